/*
 * src/nir.c
 *
 * The front door: names the rooms, and asks each to set itself up.  A library
 * that is loaded after its session started sets up nothing but the settings:
 * without hooks from the first statement on there is no promise to keep, so
 * every function of nir then refuses (NR001).
 *
 * A server that pg_upgrade runs is the exception: it lets in nobody but the
 * superuser, and has to restore defaults and partition bounds that hold tagged
 * literals whether or not the new cluster's configuration names nir yet.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"

#include "compat.h"
#include "context/context.h"
#include "gate/token.h"
#include "guard/hooks.h"
#include "guc.h"
#include "log/log.h"
#include "retention/purge.h"
#include "seal/subject_key.h"
#include "worker/worker.h"

NIR_MODULE_MAGIC;

void		_PG_init(void);

/*
 * At process start (shared or session preload, or a parallel worker) no
 * statement is being run and no snapshot is active.
 */
static bool
at_process_start(void)
{
	return process_shared_preload_libraries_in_progress ||
		(debug_query_string == NULL && !ActiveSnapshotSet());
}

/* The server that runs may be older than the one nir was built on. */
static void
warn_of_old_server(void)
{
	const char *running = GetConfigOption("server_version_num", false, false);

	if (atoi(running) >= NIR_OLDEST_SAFE_SERVER || IsParallelWorker())
		return;
	ereport(WARNING,
			(errmsg("this server, version %s, has holes that nir cannot close", running),
			 errdetail("An ordinary role may be able to run code inside the server."),
			 errhint("Update PostgreSQL to %d.%d or later.",
					 NIR_OLDEST_SAFE_SERVER / 10000, NIR_OLDEST_SAFE_SERVER % 10000)));
}

PG_FUNCTION_INFO_V1(nir_oldest_safe_server);

/* SQL: nir.oldest_safe_server() */
Datum
nir_oldest_safe_server(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(NIR_OLDEST_SAFE_SERVER);
}

void
_PG_init(void)
{
	nir_guc_init();
	warn_of_old_server();
	if (at_process_start() || IsBinaryUpgrade)
	{
		nir_context_init();
		nir_token_init();
		nir_subject_key_init();
		nir_guard_init();
		nir_log_init();
		nir_retention_init();
		nir_worker_init();
	}
	MarkGUCPrefixReserved("nir");
}
