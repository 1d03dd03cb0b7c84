/*
 * src/worker/slots.c
 *
 * The shared memory of the workers, and what sessions do with it.
 */
#include "postgres.h"

#include <signal.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "storage/shmem.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "worker/launcher.h"
#include "worker/slots.h"

#define RELEASED_MS		30000

NirWorkerShared *nir_worker_shared = NULL;

static const NirJob *jobs[NIR_JOBS];
static int	job_count = 0;
static NirWorkerSlot *my_slot = NULL;	/* of this database, once it is known */

static shmem_request_hook_type next_shmem_request = NULL;
static shmem_startup_hook_type next_shmem_startup = NULL;

static const char *const state_names[] = {
	[NIR_WORKER_FREE] = "free",
	[NIR_WORKER_DUE] = "due",
	[NIR_WORKER_STARTING] = "starting",
	[NIR_WORKER_RUNNING] = "running",
	[NIR_WORKER_RESTING] = "resting",
	[NIR_WORKER_ABSENT] = "absent",
	[NIR_WORKER_RELEASED] = "released",
	[NIR_WORKER_FAILED] = "failed",
};

static void
shmem_request(void)
{
	if (next_shmem_request != NULL)
		next_shmem_request();
	RequestAddinShmemSpace(MAXALIGN(sizeof(NirWorkerShared)));
	RequestNamedLWLockTranche("nir worker", 1);
}

static void
shmem_startup(void)
{
	bool		found;

	if (next_shmem_startup != NULL)
		next_shmem_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	nir_worker_shared = ShmemInitStruct("nir worker", sizeof(NirWorkerShared), &found);
	if (!found)
	{
		memset(nir_worker_shared, 0, sizeof(NirWorkerShared));
		nir_worker_shared->lock = &GetNamedLWLockTranche("nir worker")->lock;
	}
	LWLockRelease(AddinShmemInitLock);
}

void
nir_worker_register_job(const NirJob *job)
{
	if (job_count == NIR_JOBS)
		elog(ERROR, "nir has no room for job \"%s\"", job->name);
	jobs[job_count++] = job;
}

int
nir_worker_jobs(const NirJob *const **list)
{
	*list = jobs;
	return job_count;
}

void
nir_worker_init(void)
{
	/* nothing may connect to a server that is being upgraded */
	if (!process_shared_preload_libraries_in_progress || IsBinaryUpgrade)
		return;
	next_shmem_request = shmem_request_hook;
	shmem_request_hook = shmem_request;
	next_shmem_startup = shmem_startup_hook;
	shmem_startup_hook = shmem_startup;
	nir_launcher_register();
}

NirWorkerSlot *
nir_worker_find_slot(Oid database)
{
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
	{
		NirWorkerSlot *slot = &nir_worker_shared->slot[i];

		if (slot->state != NIR_WORKER_FREE && slot->database == database)
			return slot;
	}
	return NULL;
}

void
nir_worker_set_state(NirWorkerSlot *slot, NirWorkerState state)
{
	slot->state = state;
	slot->since = GetCurrentTimestamp();
}

void
nir_worker_rest(NirWorkerSlot *slot, TimestampTz until)
{
	nir_worker_set_state(slot, NIR_WORKER_RESTING);
	slot->not_before = until;
}

int
nir_worker_backoff_ms(int failures)
{
	int			pause = 1000;

	for (int i = 1; i < failures && pause < 300000; i++)
		pause *= 2;
	return Min(pause, 300000);
}

static void
set_latch_of(pid_t pid)
{
	PGPROC	   *proc = pid != 0 ? BackendPidGetProc(pid) : NULL;

	if (proc != NULL)
		SetLatch(&proc->procLatch);
}

/* Under the lock, so that a worker that is about to rest sees it. */
static pg_noinline void
call_worker(void)
{
	NirWorkerSlot *slot;

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot = nir_worker_find_slot(MyDatabaseId);
	if (slot != NULL)
	{
		pg_atomic_write_u32(&slot->called, 1);
		for (int i = 0; i < NIR_JOBS; i++)
			slot->job[i].wanted = true;
		if (slot->state == NIR_WORKER_ABSENT || slot->state == NIR_WORKER_RESTING)
			nir_worker_set_state(slot, NIR_WORKER_DUE);
	}
	if (slot != NULL && slot->state == NIR_WORKER_RUNNING)
		set_latch_of(slot->pid);
	else
		set_latch_of(nir_worker_shared->launcher);
	my_slot = slot;
	LWLockRelease(nir_worker_shared->lock);
}

void
nir_worker_wake(void)
{
	if (nir_worker_shared == NULL ||
		(my_slot != NULL && my_slot->database == MyDatabaseId && pg_atomic_read_u32(&my_slot->called) != 0))
		return;
	call_worker();
}

void
nir_worker_release_database(Oid database)
{
	NirWorkerSlot *slot;

	if (nir_worker_shared == NULL)
		return;
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot = nir_worker_find_slot(database);
	if (slot != NULL)
	{
		nir_worker_set_state(slot, NIR_WORKER_RELEASED);
		slot->not_before = TimestampTzPlusMilliseconds(slot->since, RELEASED_MS);
		if (slot->pid != 0)
			(void) kill(slot->pid, SIGTERM);
	}
	LWLockRelease(nir_worker_shared->lock);
}

/* ---- nir.worker ---- */

static void
put_time(TimestampTz time, Datum *value, bool *isnull)
{
	*value = TimestampTzGetDatum(time);
	*isnull = time == 0;
}

static void
put_row(ReturnSetInfo *result, const NirWorkerSlot *slot, int number, const NirJob *job)
{
	const NirJobState *state = &slot->job[number];
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = ObjectIdGetDatum(slot->database);
	values[1] = CStringGetTextDatum(state_names[slot->state]);
	values[2] = Int32GetDatum(slot->pid);
	nulls[2] = slot->pid == 0;
	put_time(slot->since, &values[3], &nulls[3]);
	put_time(slot->heartbeat, &values[4], &nulls[4]);
	values[5] = CStringGetTextDatum(job->name);
	put_time(state->last_start, &values[6], &nulls[6]);
	put_time(state->last_success, &values[7], &nulls[7]);
	values[8] = Int32GetDatum(state->failures);
	values[9] = CStringGetTextDatum(unpack_sql_state(state->sqlstate));
	nulls[9] = state->sqlstate == 0;
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(nir_worker_state);

/* SQL: nir.worker_state(), a row for each database and job */
Datum
nir_worker_state(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	NirWorkerSlot *slots;
	int			count = 0;

	InitMaterializedSRF(fcinfo, 0);
	if (nir_worker_shared == NULL)
		return (Datum) 0;
	slots = palloc(sizeof(NirWorkerSlot) * NIR_WORKER_SLOTS);
	LWLockAcquire(nir_worker_shared->lock, LW_SHARED);
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
		if (nir_worker_shared->slot[i].state != NIR_WORKER_FREE)
			slots[count++] = nir_worker_shared->slot[i];
	LWLockRelease(nir_worker_shared->lock);
	for (int i = 0; i < count; i++)
		for (int number = 0; number < job_count; number++)
			put_row(result, &slots[i], number, jobs[number]);
	return (Datum) 0;
}
