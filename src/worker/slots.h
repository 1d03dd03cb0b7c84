/*
 * src/worker/slots.h
 *
 * What launcher, workers and sessions know of each other, in shared memory:
 * one slot for each database.  Every field but "called" is read and written under
 * the lock.
 */
#ifndef NIR_WORKER_SLOTS_H
#define NIR_WORKER_SLOTS_H

#include "datatype/timestamp.h"
#include "port/atomics.h"
#include "storage/lwlock.h"

#include "worker/worker.h"

#define NIR_WORKER_SLOTS	128 /* databases that can be looked after */

typedef enum NirWorkerState
{
	NIR_WORKER_FREE = 0,		/* slot not in use */
	NIR_WORKER_DUE,				/* to be started */
	NIR_WORKER_STARTING,
	NIR_WORKER_RUNNING,
	NIR_WORKER_RESTING,			/* nothing to do before not_before, unless woken */
	NIR_WORKER_ABSENT,			/* the database has no nir; looked at again later */
	NIR_WORKER_RELEASED,		/* ended for a command that needs the database alone */
	NIR_WORKER_FAILED,			/* ended with an error; tried again later */
} NirWorkerState;

typedef struct NirJobState
{
	TimestampTz last_start;
	TimestampTz last_success;
	TimestampTz next_round;
	bool		wanted;			/* somebody has called since it last began */
	int			failures;		/* in a row */
	int			sqlstate;		/* of the last failure */
} NirJobState;

typedef struct NirWorkerSlot
{
	Oid			database;
	NirWorkerState state;
	pid_t		pid;			/* 0 if there is none */
	TimestampTz since;			/* of the state */
	TimestampTz not_before;		/* of the next start */
	TimestampTz heartbeat;
	int			failures;		/* in a row */
	pg_atomic_uint32 called;	/* 1: somebody has called, and nobody has listened yet */
	NirJobState job[NIR_JOBS];
} NirWorkerSlot;

typedef struct NirWorkerShared
{
	LWLock	   *lock;
	pid_t		launcher;		/* 0 if there is none */
	NirWorkerSlot slot[NIR_WORKER_SLOTS];
} NirWorkerShared;

extern NirWorkerShared *nir_worker_shared;	/* NULL without shared memory */

/* The slot of a database, or NULL.  The caller holds the lock. */
extern NirWorkerSlot *nir_worker_find_slot(Oid database);

/* Change the state and note when.  The caller holds the lock, exclusively. */
extern void nir_worker_set_state(NirWorkerSlot *slot, NirWorkerState state);

/*
 * End the work of a slot until the time given.  The caller holds the lock,
 * exclusively.
 */
extern void nir_worker_rest(NirWorkerSlot *slot, TimestampTz until);

/* Pause before another try after so many failures in a row: 1 s to 5 min. */
extern int	nir_worker_backoff_ms(int failures);

extern int	nir_worker_jobs(const NirJob *const **jobs);

#endif							/* NIR_WORKER_SLOTS_H */
