/*
 * src/retention/window.c
 *
 * Becoming nir_retention, and ceasing to be.
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/guc.h"

#include "context/context.h"
#include "errors.h"
#include "guc.h"
#include "retention/clock.h"
#include "retention/subjects.h"
#include "retention/window.h"
#include "types/wall.h"

static const NirContext contexts[] = {
	[NIR_RETENTION_DELETE] = {.declared = true,.purposes = NIR_PURPOSE_BIT('r'),
	.body = "retention",.body_kind = "retention"},
	[NIR_RETENTION_TRANSFER] = {.declared = true,.purposes = NIR_PURPOSE_BIT('i'),
	.body = "retention",.body_kind = "retention"},
};

static const NirRetentionTask *running = NULL;

static Oid
retention_role(void)
{
	Oid			role = get_role_oid("nir_retention", true);

	if (!OidIsValid(role))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_RETENTION_ONLY),
				 errmsg("role \"nir_retention\" does not exist"),
				 errhint("It was dropped: CREATE ROLE nir_retention NOLOGIN, then SELECT nir.apply_access().")));
	if (superuser_arg(role) || has_bypassrls_privilege(role))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_ROLE_UNSAFE),
				 errmsg("role \"nir_retention\" is privileged"),
				 errdetail("Row-level security would not confine the purge to what is due."),
				 errhint("ALTER ROLE nir_retention NOSUPERUSER NOBYPASSRLS.")));
	return role;
}

/* What the caller set must not reach the work. */
static void
pin_settings(void)
{
	static const char *const pinned[][2] = {
		{"search_path", "pg_catalog, pg_temp"},
		{"row_security", "on"},
		{"session_replication_role", "origin"},
		{"max_parallel_workers_per_gather", "0"},
		{"transform_null_equals", "off"},
		{"jit", "off"},
	};

	for (int i = 0; i < (int) lengthof(pinned); i++)
		(void) set_config_option(pinned[i][0], pinned[i][1], PGC_SUSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	(void) set_config_option("lock_timeout", psprintf("%d", nir_clock_lock_timeout()),
							 PGC_SUSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

/* Nothing deferred is left for the end of the transaction, when the user is another. */
static void
defer_nothing(void)
{
	ConstraintsSetStmt *statement = makeNode(ConstraintsSetStmt);

	statement->constraints = NIL;
	statement->deferred = false;
	AfterTriggerSetState(statement);
}

/*
 * What is found must hold until commit, and what others committed be seen; and
 * where persons are real, today is today.
 */
static void
require_sound(NirRetentionTask task)
{
	if (IsolationUsesXactSnapshot() && !XactReadOnly)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PURGE_UNSOUND),
				 errmsg("retention does not work in a transaction that is %s",
						XactIsoLevel == XACT_SERIALIZABLE ? "serializable" : "repeatable read"),
				 errhint("It must see what others commit: use READ COMMITTED.")));
	if (task == NIR_RETENTION_DELETE && nir_clock_is_moved() && nir_identity_mode() != NIR_IDENTITY_TEST)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PURGE_UNSOUND),
				 errmsg("nothing is deleted by the clock of nir.now_override"),
				 errhint("RESET nir.now_override; it is for tests, where nir.identity_mode is test.")));
}

void
nir_window_run(NirRetentionTask task, NirWindowWork work, void *arg)
{
	Oid			role = retention_role();
	const NirRetentionTask *outer = running;
	const NirContext *before;
	Oid			user;
	int			security;
	int			nest;

	require_sound(task);
	defer_nothing();
	GetUserIdAndSecContext(&user, &security);
	nest = NewGUCNestLevel();
	pin_settings();
	SetUserIdAndSecContext(role, security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	before = nir_context_act_as(role, &contexts[task]);
	running = &task;
	PG_TRY();
	{
		work(arg);
	}
	PG_FINALLY();
	{
		running = outer;
		(void) nir_context_act_as(role, before);
		nir_subjects_forget();
	}
	PG_END_TRY();
	/* after an error the end of the transaction does this */
	SetUserIdAndSecContext(user, security);
	AtEOXact_GUC(false, nest);
}

static bool
is_open(void)
{
	return running != NULL && InSecurityRestrictedOperation();
}

static bool
is_retention(void)
{
	return GetUserId() == get_role_oid("nir_retention", true);
}

static void
refuse_outside(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_RETENTION_ONLY),
			 errmsg("this function is for the purge alone"),
			 errhint("CALL nir.purge() deletes what is due.")));
}

void
nir_window_require(NirRetentionTask task)
{
	if (!is_open() || *running != task || !is_retention())
		refuse_outside();
}

void
nir_window_require_open(void)
{
	if (!is_open())
		refuse_outside();
}

PG_FUNCTION_INFO_V1(nir_in_retention);

/* SQL: nir.in_retention() */
Datum
nir_in_retention(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_BOOL(is_open() && is_retention());
}
