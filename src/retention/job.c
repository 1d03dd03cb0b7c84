/*
 * src/retention/job.c
 *
 * Starts a purge when nir.purge_at has come and none was finished today, and
 * takes it a batch a round.  Where the process ends in between, the next
 * worker starts a purge anew, which comes to the same end.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "retention/clock.h"
#include "retention/job.h"
#include "retention/purge.h"
#include "worker/worker.h"

#define INTERVAL_MS		60000	/* between looks at the clock */

static NirPurge purge;
static bool running = false;

/* In a transaction. */
static bool
purge_is_wanted(void)
{
	static const char query[] =
	"SELECT EXISTS (SELECT FROM nir.retention_binding) AND NOT EXISTS ("
	"SELECT FROM nir.retention_run r WHERE r.driver = 'worker' AND r.today = nir.retention_today()"
	" AND r.finished_at IS NOT NULL)";
	bool		wanted;
	bool		isnull;

	if (!nir_clock_purge_hour_has_come())
		return false;
	SPI_connect();
	if (SPI_execute(query, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "the runs of the purge could not be read");
	wanted = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
	return wanted;
}

static NirJobResult
run_round(void)
{
	bool		going_on = running;

	running = false;			/* an error breaks the purge off */
	/* a worker may live for days; the day of a round is that of its beginning */
	SetCurrentStatementStartTimestamp();
	nir_job_begin();
	if (going_on)
		running = nir_retention_run_batch(&purge);
	else if (purge_is_wanted())
	{
		nir_retention_start(&purge, NULL, NIR_PURGE_SIZE, "worker");
		running = true;
	}
	nir_job_commit();
	return running ? NIR_JOB_AGAIN : NIR_JOB_IDLE;
}

void
nir_retention_job_init(void)
{
	static const NirJob job = {
		.name = "purge",
		.role = "nir_retention",
		.interval_ms = INTERVAL_MS,
		.run = run_round,
	};

	nir_worker_register_job(&job);
}
