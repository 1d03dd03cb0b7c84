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
#include "postmaster/autovacuum.h"
#include "replication/logicalworker.h"
#include "utils/inval.h"

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
static bool writing = false;	/* the line that is written instead */

/* Relcache callback: a binding may have been made while the session is open. */
static void
forget(Datum arg, Oid relid)
{
	if (state == LOGS_OPEN)
		state = LOGS_UNKNOWN;
}

void
nir_logs_init(void)
{
	CacheRegisterRelcacheCallback(forget, (Datum) 0);
}

void
nir_logs_learn(void)
{
	Oid			role;

	if (state == LOGS_SILENT)
		return;
	role = GetOuterUserId();
	if (likely(state == LOGS_OPEN && known_for == role) || !IsTransactionState())
		return;
	state = LOGS_UNKNOWN;
	if (nir_catalog_installed() && !nir_catalog_in_own_script() &&
		(nir_binding_exists(role) || nir_binding_exists(GetSessionUserId())))
		state = LOGS_SILENT;
	else
		state = LOGS_OPEN;
	known_for = role;
}

/*
 * log_statement and log_duration put the SQL, and parameters, in the message;
 * whatever the wording, it is postgres.c that writes them.
 */
static bool
message_carries_sql(const ErrorData *error)
{
	return error->elevel == LOG && error->filename != NULL &&
		strcmp(error->filename, "postgres.c") == 0;
}

/* nir's own messages name relations and purposes, never values. */
static bool
message_is_own(const ErrorData *error)
{
	return strncmp(unpack_sql_state(error->sqlerrcode), "NR", 2) == 0 &&
		error->filename != NULL && strcmp(error->filename, "pl_exec.c") != 0;
}

/* True if values were put into the message's form. */
static bool
message_carries_values(const ErrorData *error)
{
	return error->message != NULL && !message_is_own(error) &&
		(error->message_id == NULL || strcmp(error->message, error->message_id) != 0);
}

/*
 * The client is to see the message as it is, the log its form only: another
 * line is written instead.
 */
static void
write_form_instead(ErrorData *error)
{
	error->output_to_server = false;
	writing = true;
	PG_TRY();
	{
		/* the callers' callbacks would put their query into the line; PG_END_TRY restores them */
		error_context_stack = NULL;
		ereport(LOG_SERVER_ONLY,
				(errcode(error->sqlerrcode),
				 errmsg_internal("%s %s of a bound role (values kept out of the log by nir): %s",
								 error_severity(error->elevel), unpack_sql_state(error->sqlerrcode),
								 error->message_id != NULL ? error->message_id : ""),
				 errhidestmt(true), errhidecontext(true)));
	}
	PG_FINALLY();
	{
		writing = false;
	}
	PG_END_TRY();
}

/* What is put in is the server's to free. */
void
nir_logs_redact(ErrorData *error)
{
	if (error->detail == NULL || error->schema_name == NULL || error->table_name == NULL ||
		!nir_relation_is_known(error->schema_name, error->table_name))
		return;
	error->detail = pstrdup("The values are not shown, because the relation holds personal data.");
	error->detail_log = NULL;
}

void
nir_logs_silence(ErrorData *error)
{
	/* of a crash the postmaster tells which statement was running */
	if (!IsUnderPostmaster && error->elevel == LOG && error->detail != NULL && strstr(error->detail, ": ") != NULL)
		error->detail_log = pstrdup("(kept out of the log by nir)");
	if (!error->output_to_server || writing || MyBackendId == InvalidBackendId)
		return;
	/* after SET ROLE nothing is known until the next statement is analysed */
	if (state == LOGS_OPEN && known_for == GetOuterUserId())
		return;
	/* the server's own housekeeping tells names and counts */
	if (error->elevel < ERROR &&
		(IsAutoVacuumLauncherProcess() || IsAutoVacuumWorkerProcess() || IsLogicalWorker()))
		return;
	error->hide_stmt = true;
	error->hide_ctx = true;
	if (error->detail_log != NULL || error->detail != NULL)
		error->detail_log = pstrdup("(kept out of the log by nir)");
	if (message_carries_sql(error))
		error->message = pstrdup("statement of a bound role (kept out of the log by nir)");
	else if (message_carries_values(error) || error->hint != NULL || error->internalquery != NULL)
		write_form_instead(error);
}
