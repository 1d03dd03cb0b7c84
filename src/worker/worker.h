/*
 * src/worker/worker.h
 *
 * Background work.  A launcher, started with the server, looks which
 * databases have nir and keeps one worker in each; a worker runs the jobs
 * that the rooms below register at process start.
 *
 * Only a library in shared_preload_libraries has workers.
 */
#ifndef NIR_WORKER_WORKER_H
#define NIR_WORKER_WORKER_H

#include "datatype/timestamp.h"

/* How a round ended, and when the next should begin. */
typedef enum NirJobResult
{
	NIR_JOB_IDLE,				/* nothing to do until woken, or the job's interval is over */
	NIR_JOB_AGAIN,				/* more to do at once */
} NirJobResult;

typedef struct NirJob
{
	const char *name;			/* as nir.worker shows it; not longer than NAMEDATALEN - 1 */
	const char *role;			/* NOLOGIN role; session, outer and current user of its rounds */
	int			interval_ms;	/* between rounds that found nothing to do */
	int			pause_ms;		/* between rounds, also where it is woken */

	/*
	 * One round, called outside a transaction; begins and ends its own with
	 * nir_job_begin and nir_job_commit.  An error it raises is reported,
	 * rolled back and counted; the job is tried again later, with growing
	 * pauses.
	 */
	NirJobResult (*run) (void);
} NirJob;

#define NIR_JOBS	4			/* that can be registered */

/* In _PG_init: ask for shared memory and the launcher. */
extern void nir_worker_init(void);

/* In _PG_init, before nir_worker_init; the struct must live on. */
extern void nir_worker_register_job(const NirJob *job);

/*
 * A transaction of a job: with a snapshot, as a security-restricted operation,
 * so that no trigger or function of a table's owner can change the user.
 * Between the two the user may be changed and must be changed back.
 */
extern void nir_job_begin(void);
extern void nir_job_commit(void);

/* Let the jobs of this database run now; no-op without workers. */
extern void nir_worker_wake(void);

/*
 * Before a command that needs a database without other sessions (DROP, ALTER
 * DATABASE, or CREATE DATABASE from it): let its worker end, and start none
 * for half a minute.
 */
extern void nir_worker_release_database(Oid database);

#endif							/* NIR_WORKER_WORKER_H */
