/*
 * src/context/exempt.c
 *
 * Whom the checks let pass: privileged roles, by attribute alone, logical
 * decoding and pg_upgrade; and nir.break_glass.
 *
 * A broken glass is a setting, as the context is, so that it ends with the
 * transaction and reaches parallel workers; only nir.break_glass writes it.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "replication/logicalworker.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/plancache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "context/exempt.h"
#include "errors.h"
#include "guc.h"
#include "types/wall.h"

static char *glass_setting = NULL;
static bool breaking = false;	/* nir.break_glass is at work */

/* The last answer; asked once for every value shown, so it must be quick. */
static struct
{
	bool		known;
	Oid			session_user;
	Oid			outer_user;
	bool		privileged;
}			cache;

/* Syscache callback: some role's attributes have changed. */
static void
forget(Datum arg, int cacheid, uint32 hashvalue)
{
	cache.known = false;
	ResetPlanCache();
}

static bool
check_glass(char **newval, void **extra, GucSource source)
{
	if (((*newval)[0] == '\0' && source == PGC_S_DEFAULT) || breaking || InitializingParallelWorker)
		return true;
	GUC_check_errcode(NIR_ERRCODE_CONTEXT_PROTECTED);
	GUC_check_errmsg("parameter \"nir.broken_glass\" cannot be set");
	GUC_check_errhint("Call nir.break_glass(reason) inside a transaction.");
	return false;
}

void
nir_exempt_init(void)
{
	DefineCustomStringVariable("nir.broken_glass",
							   "Why a privileged session reads governed data although that is denied; written by nir.break_glass only.",
							   NULL,
							   &glass_setting,
							   "",
							   PGC_SUSET,
							   GUC_NO_RESET_ALL | GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE |
							   GUC_DISALLOW_IN_FILE | GUC_DISALLOW_IN_AUTO_FILE |
							   GUC_SUPERUSER_ONLY,
							   check_glass,
							   NULL, NULL);
	CacheRegisterSyscacheCallback(AUTHOID, forget, (Datum) 0);
}

/* Superuser or BYPASSRLS, in both of the session's roles. */
bool
nir_session_is_privileged(Oid outer_user)
{
	Oid			session_user = GetSessionUserId();

	if (cache.known && cache.session_user == session_user && cache.outer_user == outer_user)
		return cache.privileged;
	cache.known = true;
	cache.session_user = session_user;
	cache.outer_user = outer_user;
	cache.privileged = has_bypassrls_privilege(session_user) &&
		(outer_user == session_user || has_bypassrls_privilege(outer_user));
	return cache.privileged;
}

static bool
is_privileged(void)
{
	return nir_session_is_privileged(GetOuterUserId());
}

/*
 * Denial is for sessions, which can break the glass.  A worker that applies
 * what a subscription brings cannot, and shows nobody anything.
 */
static bool
is_let_in(void)
{
	return nir_privileged_access() != NIR_PRIVILEGED_DENY || glass_setting[0] != '\0' ||
		IsLogicalWorker();
}

/*
 * In maintenance (ANALYZE, REINDEX, REFRESH, also by autovacuum) a table's
 * owner's functions run; they are not to have what the session has.
 */
static bool
runs_strangers_code(void)
{
	return InSecurityRestrictedOperation() && !has_bypassrls_privilege(GetUserId());
}

/*
 * While a change is decoded, and no longer: a slot stays with the session when
 * a function that took it fails and the error is caught.
 */
static bool
is_decoding(void)
{
	return HistoricSnapshotActive();
}

bool
nir_session_may_define(void)
{
	return is_decoding() || IsBinaryUpgrade || (is_privileged() && is_let_in());
}

bool
nir_session_is_exempt(void)
{
	return nir_session_may_define() && !runs_strangers_code();
}

bool
nir_session_is_denied(void)
{
	return !nir_session_may_define() && is_privileged();
}

NirStanding
nir_session_standing(void)
{
	if (likely(!is_privileged() && !is_decoding() && !IsBinaryUpgrade))
		return NIR_STANDING_ORDINARY;
	if (nir_session_is_exempt())
		return NIR_STANDING_EXEMPT;
	return nir_session_is_denied() ? NIR_STANDING_DENIED : NIR_STANDING_ORDINARY;
}

void
nir_session_refuse_denied(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_PRIVILEGED_DENIED),
			 errmsg("privileged access to governed data is denied"),
			 errdetail("nir.privileged_access is deny."),
			 errhint("Use a role bound with nir.bind_role, or say why: nir.break_glass(reason) in a transaction.")));
}

static void
write_glass(const char *reason)
{
	breaking = true;
	PG_TRY();
	{
		(void) set_config_option("nir.broken_glass", reason, PGC_SUSET, PGC_S_SESSION,
								 GUC_ACTION_LOCAL, true, ERROR, false);
	}
	PG_FINALLY();
	{
		breaking = false;
	}
	PG_END_TRY();
}

PG_FUNCTION_INFO_V1(nir_break_glass);

/* SQL: nir.break_glass(reason text) */
Datum
nir_break_glass(PG_FUNCTION_ARGS)
{
	char	   *reason = text_to_cstring(PG_GETARG_TEXT_PP(0));

	nir_wall_require_loaded();
	if (!is_privileged())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("only a privileged session can break the glass"),
				 errhint("Everybody else declares a purpose with nir.begin_processing.")));
	if (!IsTransactionBlock())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_IN_TRANSACTION),
				 errmsg("nir.break_glass outside a transaction block has no effect"),
				 errhint("Send BEGIN first; it lasts until COMMIT or ROLLBACK.")));
	if (reason[strspn(reason, " \t\r\n")] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a reason must be given"),
				 errhint("It is written to the server log.")));
	ereport(LOG,
			(errmsg("privileged role \"%s\" breaks the glass: %s",
					GetUserNameFromId(GetOuterUserId(), true), reason),
			 errhidestmt(true), errhidecontext(true)));
	write_glass(reason);
	PG_RETURN_VOID();
}
