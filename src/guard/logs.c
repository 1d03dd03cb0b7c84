/*
 * src/guard/logs.c
 *
 * The log line is written when the transaction may already be broken, so
 * nothing is looked up here: whether the session's role is bound is learnt
 * beforehand, when a statement is analysed, and until it is known the
 * statement is kept out.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"

#include "context/binding.h"
#include "context/catalog.h"
#include "guard/logs.h"
#include "guard/relation.h"

static enum
{
	LOGS_UNKNOWN,
	LOGS_OPEN,					/* nothing to hide: no nir here, or not bound */
	LOGS_SILENT,				/* stays so for the rest of the session */
}			state = LOGS_UNKNOWN;

static Oid	known_for = InvalidOid;

void
nir_logs_learn(void)
{
	Oid			role;

	if (state == LOGS_SILENT || !IsTransactionState())
		return;
	role = GetOuterUserId();
	if (state == LOGS_OPEN && known_for == role)
		return;
	state = LOGS_UNKNOWN;
	if (nir_catalog_installed() && !nir_catalog_in_own_script() &&
		(nir_binding_exists(role) || nir_binding_exists(GetSessionUserId())))
		state = LOGS_SILENT;
	else
		state = LOGS_OPEN;
	known_for = role;
}

/* log_statement and log_duration put the SQL, and parameters, in the message. */
static bool
message_carries_sql(const ErrorData *error)
{
	return error->elevel == LOG && error->message_id != NULL &&
		(strstr(error->message_id, "statement: ") != NULL ||
		 strstr(error->message_id, "duration: ") != NULL ||
		 strstr(error->message_id, "execute %s") != NULL ||
		 strncmp(error->message_id, "parse ", 6) == 0 ||
		 strncmp(error->message_id, "bind ", 5) == 0);
}

void
nir_logs_redact(ErrorData *error)
{
	if (error->detail == NULL || error->schema_name == NULL || error->table_name == NULL ||
		!nir_relation_is_known(error->schema_name, error->table_name))
		return;
	/* what is put in is the server's to free */
	error->detail = pstrdup("The values are not shown, because the relation holds personal data.");
	error->detail_log = NULL;
}

/*
 * The server's own messages quote what they complain of ("invalid input syntax
 * for type integer: ..."), and the client is to see that.  nir's never do.
 */
static bool
message_may_quote(const ErrorData *error)
{
	const char *code = unpack_sql_state(error->sqlerrcode);

	return error->elevel >= ERROR && error->message_id != NULL &&
		strchr(error->message_id, '%') != NULL && strncmp(code, "NR", 2) != 0;
}

/* The message as it stands in the source, in a line of its own, for the log alone. */
static void
log_unfilled(ErrorData *error)
{
	static bool logging = false;

	if (logging)
		return;
	logging = true;
	ereport(LOG_SERVER_ONLY,
			(errcode(error->sqlerrcode),
			 errmsg_internal("error %s of a bound role: %s (what it quotes is kept out of the log by nir)",
							 unpack_sql_state(error->sqlerrcode), error->message_id),
			 errhidestmt(true), errhidecontext(true)));
	logging = false;
	error->output_to_server = false;
}

void
nir_logs_silence(ErrorData *error)
{
	if (!error->output_to_server || MyBackendId == InvalidBackendId ||
		(state == LOGS_OPEN && known_for == GetOuterUserId()))
		return;
	error->hide_stmt = true;
	error->hide_ctx = true;
	if (error->detail_log != NULL || error->detail != NULL)
		error->detail_log = pstrdup("(kept out of the log by nir)");
	if (message_carries_sql(error))
		error->message = pstrdup("statement of a bound role (kept out of the log by nir)");
	else if (message_may_quote(error))
		log_unfilled(error);
}
