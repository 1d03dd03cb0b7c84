/*
 * src/retention/job.h
 *
 * The purge as a background job: once a day, in the database's worker.
 */
#ifndef NIR_RETENTION_JOB_H
#define NIR_RETENTION_JOB_H

/* In _PG_init, before nir_worker_init. */
extern void nir_retention_job_init(void);

#endif							/* NIR_RETENTION_JOB_H */
