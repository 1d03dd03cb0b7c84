/*
 * src/log/acts.c
 *
 * Administrative acts, seen where they leave their mark: a trigger on nir's
 * own tables.  So an act is in the log whether it was done by nir's functions
 * or by hand.
 */
#include "postgres.h"

#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "context/catalog.h"
#include "errors.h"
#include "log/log.h"

static const char *
verb(TriggerEvent event)
{
	if (TRIGGER_FIRED_BY_INSERT(event))
		return "insert";
	if (TRIGGER_FIRED_BY_TRUNCATE(event))
		return "truncate";
	return TRIGGER_FIRED_BY_DELETE(event) ? "delete" : "update";
}

/* "nir.role_binding: role=oslo_app, body=0301"; the columns that the trigger names, of a row. */
static char *
describe(TriggerData *trigger, HeapTuple tuple)
{
	TupleDesc	desc = RelationGetDescr(trigger->tg_relation);
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "nir.%s:", RelationGetRelationName(trigger->tg_relation));
	for (int i = 0; i < trigger->tg_trigger->tgnargs; i++)
	{
		const char *column = trigger->tg_trigger->tgargs[i];
		int			attno = SPI_fnumber(desc, column);
		char	   *value = attno > 0 ? SPI_getvalue(tuple, desc, attno) : NULL;

		appendStringInfo(&text, "%s %s=%s", i > 0 ? "," : "", column, value != NULL ? value : "");
	}
	return text.data;
}

PG_FUNCTION_INFO_V1(nir_log_change);

/* SQL: nir.log_change(column, ...), a row trigger, or without columns for each statement */
Datum
nir_log_change(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	char	   *what;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("the function is for triggers only")));
	/* what is shipped is no act of an administrator */
	if (nir_catalog_in_own_script())
		return PointerGetDatum(NULL);
	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		what = psprintf("nir.%s", RelationGetRelationName(trigger->tg_relation));
	else
		what = describe(trigger, TRIGGER_FIRED_BY_UPDATE(trigger->tg_event)
						? trigger->tg_newtuple : trigger->tg_trigtuple);
	nir_log_act(verb(trigger->tg_event), what);
	return PointerGetDatum(NULL);
}
