/*
 * src/types/wall.c
 *
 * The value check and the binding of stored values (design: I1).  The state
 * that decides comes from the context room through a resolver, so this file
 * can be read, and reasoned about, alone.
 */
#include "postgres.h"

#include "fmgr.h"

#include "errors.h"
#include "types/purposes_text.h"
#include "types/typmod.h"
#include "types/wall.h"

static NirWallResolver resolver = NULL;
static NirWallGlance glance = NULL;

void
nir_wall_set_resolver(NirWallResolver new_resolver, NirWallGlance new_glance)
{
	resolver = new_resolver;
	glance = new_glance;
}

void
nir_wall_require_loaded(void)
{
	if (resolver == NULL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_PRELOADED),
				 errmsg("nir was not loaded when this session started"),
				 errdetail("Its checks are not in force, so nothing it protects is read or written."),
				 errhint("Add nir to shared_preload_libraries (or session_preload_libraries) and connect again.")));
}

static NirWallState
current_state(void)
{
	NirWallState state = {0};

	nir_wall_require_loaded();
	resolver(&state);
	return state;
}

static char *
purposes_text(NirPurposes purposes)
{
	char	   *text = palloc(NIR_PURPOSES_TEXTBYTES);

	nir_purposes_print(purposes, true, text);
	return text;
}

static void
no_purpose_declared(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_NO_CONTEXT),
			 errmsg("no purpose is declared"),
			 errhint("Call nir.begin_processing(purpose, unit) in this transaction.")));
}

void
nir_wall_require_readable(NirPurposes tag)
{
	NirWallState state;

	if (likely(glance != NULL && (glance() & tag) != 0 && tag != NIR_PURPOSES_PLAIN))
		return;
	if (tag == NIR_PURPOSES_PLAIN)
	{
		nir_wall_require_loaded();
		return;
	}
	state = current_state();
	if (state.exempt || (state.purposes & tag) != 0)
		return;
	if (!state.declared)
		no_purpose_declared();
	ereport(ERROR,
			(errcode(NIR_ERRCODE_VALUE_PURPOSE),
			 errmsg("value may not be used for the declared purpose %s",
					purposes_text(state.purposes)),
			 errdetail("It may be used for %s.", purposes_text(tag))));
}

static NirPurposes
bind_plain(NirPurposes modifier)
{
	NirWallState state = current_state();

	if (state.exempt)
		return modifier;
	if (!state.declared)
		no_purpose_declared();
	if ((state.purposes & (state.purposes - 1)) != 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PLAIN_UNBOUND),
				 errmsg("writing needs exactly one declared purpose"),
				 errdetail("Declared are %s.", purposes_text(state.purposes)),
				 errhint("Narrow the context with nir.begin_processing to one of them.")));
	if ((state.purposes & modifier) == 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PLAIN_UNBOUND),
				 errmsg("a value given for purpose %s cannot be stored for %s",
						purposes_text(state.purposes), purposes_text(modifier)),
				 errhint("Declare a purpose the column serves, or store it in a column that serves this one.")));
	return modifier;
}

static void
refuse_write_up(NirPurposes tag, NirPurposes modifier)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_WRITE_UP),
			 errmsg("a value held for %s cannot be stored for %s",
					purposes_text(tag), purposes_text(modifier)),
			 errhint("A column may serve only purposes the value was collected for.")));
}

NirPurposes
nir_wall_bind(NirPurposes tag, int32 typmod)
{
	NirPurposes modifier;

	nir_wall_require_loaded();
	if (!nir_typmod_purposes(typmod, &modifier))
		return tag;
	if (tag == NIR_PURPOSES_PLAIN)
		return bind_plain(modifier);
	if ((modifier & ~tag) != 0)
		refuse_write_up(tag, modifier);
	return modifier;
}

void
nir_wall_require_bound(NirPurposes tag, int32 typmod)
{
	NirPurposes modifier = 0;

	nir_wall_require_loaded();
	(void) nir_typmod_purposes(typmod, &modifier);
	if (likely(tag == modifier && modifier != 0))
		return;
	if (tag == NIR_PURPOSES_PLAIN)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PLAIN_UNBOUND),
				 errmsg("a value bound to no purpose cannot be stored for %s",
						purposes_text(modifier)),
				 errhint("Cast the expression to the column's type.")));
	refuse_write_up(tag, modifier);
}

PG_FUNCTION_INFO_V1(nir_require_loaded);

/* SQL: nir.require_loaded() */
Datum
nir_require_loaded(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_VOID();
}
