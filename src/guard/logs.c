/*
 * src/guard/logs.c
 *
 * The log line is written when the transaction may already be broken, so
 * nothing is looked up here: whether the session's role is bound is learnt
 * beforehand, when the session begins, when a statement is analysed and when
 * the role changes; and until it is known the statement is kept out.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "postmaster/autovacuum.h"
#include "postmaster/bgworker.h"
#include "replication/logicalworker.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "context/binding.h"
#include "context/catalog.h"
#include "errors.h"
#include "guard/logs.h"
#include "guard/relation.h"
#include "log/log.h"

Oid			nir_logs_open_for = InvalidOid;
bool		nir_logs_silent = false;

/* What nir_logs_open_for rests on. */
static bool installed = false;
static Oid	bindings = InvalidOid;	/* nir.role_binding, where installed */
static uint32 schema_hash = 0;	/* of the name "nir" */
static uint64 generation = 0;	/* counts what made it doubtful */

static bool writing = false;	/* the line that is written instead */
static int	written_level;		/* ... and the severity of the one it replaces */

static void
forget(void)
{
	generation++;
	nir_logs_open_for = InvalidOid;
}

/* Relcache callback: a binding may have been made while the session is open. */
static void
relation_changed(Datum arg, Oid relid)
{
	if (!OidIsValid(relid) || relid == bindings || (installed && !OidIsValid(bindings)))
		forget();
}

/* Syscache callback: nir may have been installed meanwhile. */
static void
schema_changed(Datum arg, int cacheid, uint32 hashvalue)
{
	if (hashvalue == 0 || schema_hash == 0 || hashvalue == schema_hash)
		forget();
}

void
nir_logs_init(void)
{
	nir_catalog_tell_of_changes(relation_changed);
	CacheRegisterSyscacheCallback(NAMESPACENAME, schema_changed, (Datum) 0);
}

/*
 * Maintenance, replication and nir's own jobs run functions over everybody's
 * rows, for nobody: theirs are never open.
 */
static bool
is_nobodys(void)
{
	return IsAutoVacuumLauncherProcess() || IsAutoVacuumWorkerProcess() || IsLogicalWorker() ||
		(MyBgworkerEntry != NULL && strcmp(MyBgworkerEntry->bgw_library_name, "nir") == 0);
}

static bool
is_bound(Oid role)
{
	bool		in_script = nir_catalog_in_own_script();

	installed = nir_catalog_installed();
	schema_hash = GetSysCacheHashValue1(NAMESPACENAME, CStringGetDatum("nir"));
	bindings = installed && !in_script ? nir_catalog_relation("role_binding") : InvalidOid;
	return OidIsValid(bindings) &&
		(nir_binding_exists(role) || nir_binding_exists(GetSessionUserId()));
}

void
nir_logs_look_up(void)
{
	Oid			role;
	uint64		begun = generation;

	if (nir_logs_silent || !IsTransactionState() || !OidIsValid(MyDatabaseId) || is_nobodys())
		return;
	role = GetOuterUserId();
	nir_logs_open_for = InvalidOid;
	if (is_bound(role))
	{
		nir_logs_silent = true;
		nir_log_learn_who();
	}
	else if (begun == generation)
		nir_logs_open_for = role;
}

/*
 * The newest plans stand first, so one whose text was taken off ends the
 * search.
 */
void
nir_logs_take_labels(void)
{
	if (CacheMemoryContext == NULL)
		return;
	for (MemoryContext plan = CacheMemoryContext->firstchild; plan != NULL; plan = plan->nextchild)
	{
		if (strncmp(plan->name, "CachedPlan", 10) != 0)
			continue;
		if (plan->ident == NULL && strcmp(plan->name, "CachedPlanSource") == 0)
			return;
		MemoryContextSetIdentifier(plan, NULL);
	}
}

static bool
is_of_file(const ErrorData *error, const char *const *files)
{
	for (; error->filename != NULL && *files != NULL; files++)
		if (strcmp(error->filename, *files) == 0)
			return true;
	return false;
}

/* Who comes, and whether he is let in, is told before he has said anything. */
static bool
tells_who_comes(const ErrorData *error)
{
	static const char *const files[] = {"auth.c", "hba.c", "miscinit.c", "postinit.c", NULL};

	return IsInitProcessingMode() && is_of_file(error, files);
}

/* The server's own housekeeping tells names and counts; a function that it runs may tell anything. */
static bool
tells_of_housekeeping(const ErrorData *error)
{
	static const char *const files[] = {"analyze.c", "autovacuum.c", "vacuum.c", "vacuumlazy.c", NULL};
	static const char *const replication[] = {"worker.c", "tablesync.c", NULL};

	return error->elevel < ERROR &&
		(IsAutoVacuumLauncherProcess() || (IsAutoVacuumWorkerProcess() && is_of_file(error, files)) ||
		 (IsLogicalWorker() && is_of_file(error, replication)));
}

/* Two lines of postgres.c that tell a time and no statement. */
static bool
tells_time_only(const ErrorData *error)
{
	return error->message_id != NULL &&
		(strcmp(error->message_id, "duration: %s ms") == 0 ||
		 strncmp(error->message_id, "disconnection: session time", 27) == 0);
}

/*
 * log_statement and log_duration put the SQL, and parameters, in the message;
 * whatever the wording, it is postgres.c that writes them.
 */
static bool
message_carries_sql(const ErrorData *error)
{
	static const char *const files[] = {"postgres.c", NULL};

	return error->elevel == LOG && is_of_file(error, files);
}

/*
 * nir's own messages name relations and purposes, never values.  Any language
 * can raise its SQLSTATEs, but not in its domain.
 */
bool
nir_logs_is_own(const ErrorData *error)
{
	return strncmp(unpack_sql_state(error->sqlerrcode), "NR", 2) == 0 &&
		error->domain != NULL && strcmp(error->domain, NIR_MESSAGE_DOMAIN) == 0;
}

/* True if values were put into the message's form. */
static bool
message_carries_values(const ErrorData *error)
{
	return error->message != NULL && !nir_logs_is_own(error) &&
		(error->message_id == NULL || strcmp(error->message, error->message_id) != 0);
}

static const char *
whose(void)
{
	if (is_nobodys())
		return "of maintenance";
	return nir_logs_silent ? "of a bound role" : "of a role not looked up yet";
}

/* Which table a failed autovacuum was at is the last line of its context. */
static int
context_of_maintenance(const ErrorData *error)
{
	const char *last;

	if (!IsAutoVacuumWorkerProcess() || error->context == NULL)
		return 0;
	last = strrchr(error->context, '\n');
	last = last != NULL ? last + 1 : error->context;
	if (strncmp(last, "automatic ", 10) != 0)
		return 0;
	return errdetail_internal("%s", last);
}

/*
 * The client is to see the message as it is, the log its form only: another
 * line is written instead, which gets the severity of this one.
 */
static void
write_form_instead(ErrorData *error)
{
	int			threshold = log_min_messages;

	error->output_to_server = false;
	writing = true;
	written_level = error->elevel;
	log_min_messages = LOG;		/* that it is to be written is decided */
	PG_TRY();
	{
		/* the callers' callbacks would put their query into the line; PG_END_TRY restores them */
		error_context_stack = NULL;
		ereport(LOG_SERVER_ONLY,
				(errcode(error->sqlerrcode),
				 errmsg_internal("%s %s %s (values kept out of the log by nir): %s",
								 error_severity(error->elevel), unpack_sql_state(error->sqlerrcode), whose(),
								 error->message_id != NULL ? error->message_id : ""),
				 context_of_maintenance(error),
				 errhidestmt(true), errhidecontext(true)));
	}
	PG_FINALLY();
	{
		writing = false;
		log_min_messages = threshold;
	}
	PG_END_TRY();
}

/* True if the detail may hold the row or key of a relation that nir knows. */
static bool
describes_known_row(const ErrorData *error)
{
	/* of a view's WITH CHECK OPTION the server names no relation */
	return ((error->schema_name != NULL && error->table_name != NULL) ||
			error->sqlerrcode == ERRCODE_WITH_CHECK_OPTION_VIOLATION) &&
		nir_relation_may_be_known(error->schema_name, error->table_name);
}

/* What is put in is the server's to free. */
void
nir_logs_redact(ErrorData *error)
{
	if (error->detail == NULL || !describes_known_row(error))
		return;
	error->detail = pstrdup("The values are not shown, because the relation holds personal data.");
	error->detail_log = NULL;
}

/* A session that has nothing to hide may tell of others: the report of a deadlock has their statements. */
static void
silence_about_others(ErrorData *error)
{
	if (installed && error->sqlerrcode == ERRCODE_T_R_DEADLOCK_DETECTED)
		error->detail_log = NULL;
}

void
nir_logs_silence(ErrorData *error)
{
	/* of a crash the postmaster tells which statement was running */
	if (!IsUnderPostmaster && error->elevel == LOG && error->detail != NULL && strstr(error->detail, ": ") != NULL)
		error->detail_log = pstrdup("(kept out of the log by nir)");
	if (writing)
		error->elevel = written_level;	/* elog.c goes on by a copy of its own */
	if (!error->output_to_server || writing || MyBackendId == InvalidBackendId)
		return;
	/* after SET ROLE nothing is known until the role is looked up */
	if (OidIsValid(nir_logs_open_for) && nir_logs_open_for == GetOuterUserId())
	{
		silence_about_others(error);
		return;
	}
	if (tells_who_comes(error) || tells_of_housekeeping(error))
		return;
	error->hide_stmt = true;
	error->hide_ctx = true;
	if (error->detail_log != NULL || error->detail != NULL)
		error->detail_log = pstrdup("(kept out of the log by nir)");
	if (tells_time_only(error))
		return;
	if (message_carries_sql(error))
		error->message = psprintf("statement %s (kept out of the log by nir)", whose());
	else if (message_carries_values(error) || error->hint != NULL || error->internalquery != NULL)
		write_form_instead(error);
}
