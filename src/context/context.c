/*
 * src/context/context.c
 *
 * The declared context and how it ends.
 *
 * It lives in a setting, nir.context, because settings are what PostgreSQL
 * takes back at commit, rollback, PREPARE TRANSACTION and ROLLBACK TO, and
 * what it hands to parallel workers.  Nobody may write it but begin_processing
 * (always LOCAL, so a connection pool cannot leak it) and a parallel leader:
 * the check hook refuses every other source.  DISCARD ALL and RESET ALL do
 * not touch it; inside a transaction block it ends with the block.
 *
 * The text form is internal: fields separated by '|', strings in hex.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "tcop/pquery.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/uuid.h"

#include "context/actor.h"
#include "context/binding.h"
#include "context/catalog.h"
#include "context/context.h"
#include "context/exempt.h"
#include "context/law.h"
#include "context/narrowed.h"
#include "context/reach.h"
#include "context/reference.h"
#include "context/scope.h"
#include "errors.h"
#include "guc.h"
#include "types/wall.h"

static char *context_setting = NULL;
static const NirContext *declared = NULL;	/* the setting's parsed form */
static bool writing = false;	/* begin_processing is at work */
uint64		nir_context_changes = 0;
static NirContextChangeCheck change_check = NULL;
static NirContextTokenCheck token_check = NULL;

/* of the retention room: in force for this role in a restricted operation */
static Oid	acting_role = InvalidOid;
static const NirContext *acting = NULL;

/* ---- the setting ---- */

static char *
hex_encode_string(const char *text)
{
	size_t		len = strlen(text);
	char	   *out = palloc(len * 2 + 1);

	for (size_t i = 0; i < len; i++)
		snprintf(out + i * 2, 3, "%02x", (unsigned char) text[i]);
	out[len * 2] = '\0';
	return out;
}

static bool
hex_decode_string(const char *hex, char *out, size_t room)
{
	size_t		len = strlen(hex);

	if (len % 2 != 0 || len / 2 >= room)
		return false;
	for (size_t i = 0; i < len; i += 2)
	{
		unsigned int byte;

		if (sscanf(hex + i, "%2x", &byte) != 1)
			return false;
		out[i / 2] = (char) byte;
	}
	out[len / 2] = '\0';
	return true;
}

static char *
print_context(const NirContext *context)
{
	return psprintf("%u|%u|%d|%d|%u|%d|%s|%s|%s|%s",
					context->role, context->purposes, context->vouched, context->granted,
					context->functions, context->unit,
					hex_encode_string(context->body),
					hex_encode_string(context->body_kind),
					hex_encode_string(context->actor),
					hex_encode_string(context->case_ref));
}

/* Splits a copy of the text; false if it is not ours. */
static bool
parse_context(const char *text, NirContext *context)
{
	char	   *copy = strdup(text);
	char	   *fields[10];
	char	   *at = copy;
	int			n = 0;
	bool		ok = false;

	if (copy == NULL)
		return false;
	while (n < (int) lengthof(fields) && at != NULL)
		fields[n++] = strsep(&at, "|");
	if (n == (int) lengthof(fields) && at == NULL)
	{
		context->role = strtoul(fields[0], NULL, 10);
		context->purposes = strtoul(fields[1], NULL, 10);
		context->vouched = fields[2][0] == '1';
		context->granted = fields[3][0] == '1';
		context->functions = strtoul(fields[4], NULL, 10);
		context->unit = strtol(fields[5], NULL, 10);
		context->declared = true;
		ok = hex_decode_string(fields[6], context->body, sizeof(context->body)) &&
			hex_decode_string(fields[7], context->body_kind, sizeof(context->body_kind)) &&
			hex_decode_string(fields[8], context->actor, sizeof(context->actor)) &&
			hex_decode_string(fields[9], context->case_ref, sizeof(context->case_ref)) &&
			context->purposes != 0;
	}
	free(copy);
	return ok;
}

static bool
check_setting(char **newval, void **extra, GucSource source)
{
	static uint64 versions = 0;
	NirContext *context;

	/* no context: the default, and what a superuser's RESET leaves for a worker */
	if ((*newval)[0] == '\0' && (source == PGC_S_DEFAULT || InitializingParallelWorker))
		return true;
	if (!writing && !InitializingParallelWorker)
	{
		GUC_check_errcode(NIR_ERRCODE_CONTEXT_PROTECTED);
		GUC_check_errmsg("parameter \"nir.context\" cannot be set");
		GUC_check_errhint("Call nir.begin_processing(purpose, unit) inside a transaction.");
		return false;
	}
	context = calloc(1, sizeof(NirContext));
	if (context == NULL)
		return false;
	if (!parse_context(*newval, context))
	{
		free(context);
		return false;
	}
	context->version = ++versions;
	*extra = context;
	return true;
}

/* Who acts as somebody does so only while current user is that role. */
static void
note_change(void)
{
	static uint64 changes = 0;

	nir_context_changes = acting == NULL ? ++changes : 0;
}

static void
assign_setting(const char *newval, void *extra)
{
	declared = extra;
	note_change();
}

static void
write_setting(const NirContext *context)
{
	char	   *text = print_context(context);

	writing = true;
	PG_TRY();
	{
		(void) set_config_option("nir.context", text, PGC_SUSET, PGC_S_SESSION,
								 GUC_ACTION_LOCAL, true, ERROR, false);
	}
	PG_FINALLY();
	{
		writing = false;
	}
	PG_END_TRY();
}

/* ---- what is in force ---- */

/*
 * What resolve would find in an ordinary session that has declared something, or
 * nothing; while it decodes changes it is exempt, and may see that as well.
 */
static NirPurposes
glance(void)
{
	const NirContext *context = declared;
	Oid			role = GetOuterUserId();

	return likely(context != NULL && acting == NULL && context->role == role &&
				  !nir_session_is_privileged(role)) ? context->purposes : 0;
}

static void
resolve(NirWallState *state)
{
	const NirContext *context;

	switch (nir_session_standing())
	{
		case NIR_STANDING_EXEMPT:
			state->exempt = true;
			return;
		case NIR_STANDING_DENIED:
			nir_session_refuse_denied();
			break;
		case NIR_STANDING_ORDINARY:
			break;
	}
	context = nir_context_current();
	state->declared = context != NULL;
	state->purposes = context != NULL ? context->purposes : 0;
}

void
nir_context_init(void)
{
	DefineCustomStringVariable("nir.context",
							   "The declared context; written by nir.begin_processing only.",
							   NULL,
							   &context_setting,
							   "",
							   PGC_SUSET,
							   GUC_NO_RESET_ALL | GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE |
							   GUC_DISALLOW_IN_FILE | GUC_DISALLOW_IN_AUTO_FILE |
							   GUC_SUPERUSER_ONLY,
							   check_setting,
							   assign_setting,
							   NULL);
	nir_exempt_init();
	nir_catalog_init();
	nir_law_init();
	nir_scope_init();
	nir_narrowed_init();
	nir_binding_init();
	nir_actor_init();
	nir_reach_init();
	nir_wall_set_resolver(resolve, glance);
}

void
nir_context_set_change_check(NirContextChangeCheck check)
{
	change_check = check;
}

void
nir_context_set_token_check(NirContextTokenCheck check)
{
	token_check = check;
}

const NirContext *
nir_context_act_as(Oid role, const NirContext *context)
{
	const NirContext *before = acting;

	acting_role = role;
	acting = context;
	note_change();
	return before;
}

const NirContext *
nir_context_current(void)
{
	static NirContext by_default;
	Oid			role = GetOuterUserId();

	if (unlikely(acting != NULL) && GetUserId() == acting_role && InSecurityRestrictedOperation())
		return acting;
	if (declared != NULL)
	{
		if (declared->role != role)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_CONTEXT_CHANGED),
					 errmsg("the context was declared by another role"),
					 errhint("After SET ROLE or SET SESSION AUTHORIZATION begin a new transaction and call nir.begin_processing in it.")));
		return declared;
	}
	if (!nir_catalog_installed() || !nir_binding_default(role, &by_default))
		return NULL;
	return &by_default;
}

const NirContext *
nir_context_peek(void)
{
	if (declared != NULL && declared->role != GetOuterUserId())
		return NULL;
	return nir_context_current();
}

const NirContext *
nir_context_declared(void)
{
	return declared != NULL && declared->role == GetOuterUserId() ? declared : NULL;
}

const NirContext *
nir_context_require(void)
{
	const NirContext *context = nir_context_current();

	nir_catalog_require_version();
	if (context == NULL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NO_CONTEXT),
				 errmsg("no purpose is declared"),
				 errhint("Call nir.begin_processing(purpose, unit) in this transaction.")));
	if (context == declared)
		nir_binding_require_standing(context);
	return context;
}

bool
nir_context_equal(const NirContext *a, const NirContext *b)
{
	if (likely(a->version == b->version && a->version != 0))
		return true;
	return a->role == b->role && a->declared == b->declared &&
		a->purposes == b->purposes && a->unit == b->unit &&
		a->vouched == b->vouched && a->granted == b->granted && a->functions == b->functions &&
		strcmp(a->body, b->body) == 0 &&
		strcmp(a->body_kind, b->body_kind) == 0 &&
		strcmp(a->actor, b->actor) == 0 &&
		strcmp(a->case_ref, b->case_ref) == 0;
}

/* ---- nir.begin_processing ---- */

/*
 * True if the function was called straight from a statement of its own, with
 * no transaction block around it: what it declared would end with it.
 */
static bool
would_end_at_once(void)
{
	MemoryContext query;

	if (IsTransactionBlock() || ActivePortal == NULL || ActivePortal->queryDesc == NULL)
		return false;
	query = ActivePortal->queryDesc->estate->es_query_cxt;
	for (MemoryContext at = CurrentMemoryContext; at != NULL; at = MemoryContextGetParent(at))
		if (at == query)
			return true;
	return false;
}

static void
copy_argument(FunctionCallInfo fcinfo, int arg, const char *what, char *out, size_t room)
{
	char	   *given;

	out[0] = '\0';
	if (PG_ARGISNULL(arg))
		return;
	given = text_to_cstring(PG_GETARG_TEXT_PP(arg));
	if (strlen(given) >= room)
		ereport(ERROR,
				(errcode(ERRCODE_STRING_DATA_RIGHT_TRUNCATION),
				 errmsg("%s is too long", what),
				 errdetail("At most %zu bytes fit.", room - 1)));
	strlcpy(out, given, room);
}

/* A later call may only narrow what an earlier one in the transaction declared. */
static void
require_narrower(const NirContext *old, const NirContext *new)
{
	const char *what = NULL;

	if ((new->purposes & ~old->purposes) != 0)
		what = "purposes";
	else if (strcmp(new->body, old->body) != 0)
		what = "body";
	else if (old->unit != 0 && !nir_unit_acts_for(old->unit, new->unit))
		what = "unit";
	else if (old->actor[0] != '\0' && strcmp(new->actor, old->actor) != 0)
		what = "actor";
	else if (old->case_ref[0] != '\0' && strcmp(new->case_ref, old->case_ref) != 0)
		what = "case reference";
	else if (old->vouched && !new->vouched)
		what = "token";
	else if (new->granted != old->granted || (new->functions & ~old->functions) != 0)
		what = "functions of the actor";
	if (what != NULL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_CONTEXT_CHANGED),
				 errmsg("a transaction's context can only be narrowed"),
				 errdetail("The %s would change to something the first call did not cover.", what),
				 errhint("End the transaction and declare the new context in the next one.")));
}

PG_FUNCTION_INFO_V1(nir_begin_processing);

/* SQL: nir.begin_processing(purpose text, unit nir.unit, actor text, case_ref text, body text) */
Datum
nir_begin_processing(PG_FUNCTION_ARGS)
{
	NirContext	context = {0};
	NirUnit		unit = PG_ARGISNULL(1) ? 0 : PG_GETARG_INT32(1);
	char		body[NAMEDATALEN];

	nir_wall_require_loaded();
	nir_catalog_require_version();
	if (would_end_at_once())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_IN_TRANSACTION),
				 errmsg("nir.begin_processing outside a transaction block has no effect"),
				 errhint("Send BEGIN first; the context lasts until COMMIT or ROLLBACK.")));
	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a purpose must be given"),
				 errhint("nir.purpose lists letters and names.")));

	context.role = GetOuterUserId();
	context.declared = true;
	context.purposes = nir_law_parse_purposes(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	copy_argument(fcinfo, 2, "the actor", context.actor, sizeof(context.actor));
	copy_argument(fcinfo, 3, "the case reference", context.case_ref, sizeof(context.case_ref));
	copy_argument(fcinfo, 4, "the body", body, sizeof(body));
	strlcpy(context.body, body, sizeof(context.body));
	nir_binding_choose(unit, &context);
	if (context.vouched)
		token_check(&context, unit, body);
	if (context.granted)
		context.functions = nir_actor_require(&context);
	if (nir_law_need_case_ref(context.purposes) != 0 && !nir_reference_says(context.case_ref))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_CASE_REF_REQUIRED),
				 errmsg("this purpose needs a case reference"),
				 errhint("Give it as case_ref: nir.begin_processing(purpose, unit, actor, case_ref).")));

	if (declared != NULL)
	{
		require_narrower(nir_context_current(), &context);
		/* what is open knows it by its version */
		if (nir_context_equal(declared, &context))
			PG_RETURN_VOID();
	}
	if (change_check != NULL)
		change_check();
	write_setting(&context);
	PG_RETURN_VOID();
}

/* ---- what SQL may ask ---- */

PG_FUNCTION_INFO_V1(nir_context_fields);

/* SQL: nir.context(), one row, all null where nothing is declared */
Datum
nir_context_fields(PG_FUNCTION_ARGS)
{
	const NirContext *context;
	TupleDesc	desc;
	Datum		values[7] = {0};
	bool		nulls[7] = {true, true, true, true, true, true, true};

	nir_wall_require_loaded();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "nir.context must return a row");
	context = nir_context_current();
	if (context != NULL)
	{
		memset(nulls, false, sizeof(nulls));
		values[0] = UInt32GetDatum(context->purposes);
		values[1] = Int32GetDatum(context->unit);
		nulls[1] = context->unit == 0;
		values[2] = CStringGetTextDatum(context->body);
		values[3] = CStringGetTextDatum(context->body_kind);
		values[4] = CStringGetTextDatum(context->actor);
		nulls[4] = context->actor[0] == '\0';
		values[5] = CStringGetTextDatum(context->case_ref);
		nulls[5] = context->case_ref[0] == '\0';
		values[6] = BoolGetDatum(context->declared);
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

PG_FUNCTION_INFO_V1(nir_current_unit);

/* SQL: nir.current_unit(); null for a body that acts for the whole country */
Datum
nir_current_unit(PG_FUNCTION_ARGS)
{
	const NirContext *context;

	nir_wall_require_loaded();
	context = nir_context_require();
	if (context->unit == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(context->unit);
}

PG_FUNCTION_INFO_V1(nir_current_body);

/* SQL: nir.current_body() */
Datum
nir_current_body(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_TEXT_P(cstring_to_text(nir_context_require()->body));
}

PG_FUNCTION_INFO_V1(nir_current_actor);

/* SQL: nir.current_actor(); the named actor, else the role */
Datum
nir_current_actor(PG_FUNCTION_ARGS)
{
	const NirContext *context;

	nir_wall_require_loaded();
	context = nir_session_is_exempt() ? NULL : nir_context_require();
	if (context != NULL && context->actor[0] != '\0')
		PG_RETURN_TEXT_P(cstring_to_text(context->actor));
	PG_RETURN_TEXT_P(cstring_to_text(GetUserNameFromId(GetOuterUserId(), false)));
}

/* ---- what policies ask ---- */

PG_FUNCTION_INFO_V1(nir_has_function);

/* SQL: nir.has_function(function text): was it granted to the actor? */
Datum
nir_has_function(PG_FUNCTION_ARGS)
{
	uint32		bit = nir_actor_function_bit(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	const NirContext *context;

	nir_wall_require_loaded();
	context = nir_context_current();
	PG_RETURN_BOOL(context != NULL && context->granted && (context->functions & bit) != 0);
}

PG_FUNCTION_INFO_V1(nir_acts_as);

/* SQL: nir.acts_as(kind text); raises without a context */
Datum
nir_acts_as(PG_FUNCTION_ARGS)
{
	char	   *kind = text_to_cstring(PG_GETARG_TEXT_PP(0));

	nir_wall_require_loaded();
	PG_RETURN_BOOL(strcmp(nir_context_require()->body_kind, kind) == 0);
}

PG_FUNCTION_INFO_V1(nir_purpose_in);

/* SQL: nir.purpose_in(nir.purposes): is a declared purpose among these? */
Datum
nir_purpose_in(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_BOOL((nir_context_require()->purposes & PG_GETARG_UINT32(0)) != 0);
}

PG_FUNCTION_INFO_V1(nir_in_definer_function);

/*
 * SQL: nir.in_definer_function(): does nir_owner act because a SECURITY
 * DEFINER function of its own is running?  False for who merely became
 * nir_owner, and for a view that nir_owner owns.
 */
Datum
nir_in_definer_function(PG_FUNCTION_ARGS)
{
	Oid			owner = nir_catalog_owner_role();

	nir_wall_require_loaded();
	PG_RETURN_BOOL(OidIsValid(owner) && GetUserId() == owner && GetOuterUserId() != owner);
}

PG_FUNCTION_INFO_V1(nir_transaction_token);

/*
 * SQL: nir.transaction_token().  Drawn when a transaction first asks.  A
 * transaction number would not do: after a restore the numbers in the rows
 * come round again.
 */
Datum
nir_transaction_token(PG_FUNCTION_ARGS)
{
	static pg_uuid_t token;
	static LocalTransactionId drawn_for = InvalidLocalTransactionId;
	pg_uuid_t  *result = palloc(sizeof(pg_uuid_t));

	nir_wall_require_loaded();
	if (drawn_for != MyProc->lxid)
	{
		if (!pg_strong_random(token.data, UUID_LEN))
			ereport(ERROR,
					(errcode(ERRCODE_INTERNAL_ERROR),
					 errmsg("could not generate random values")));
		drawn_for = MyProc->lxid;
	}
	*result = token;
	PG_RETURN_UUID_P(result);
}
