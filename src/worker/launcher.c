/*
 * src/worker/launcher.c
 *
 * The launcher reads pg_database and nothing else, so it stays what a
 * background worker without a database is.  Whether a database has nir is
 * found out by the worker it starts there, which ends at once if not.
 *
 * It looks every ten seconds, when a worker ends, and when a session of a
 * database without a worker calls (CREATE EXTENSION does).
 *
 * Workers that have nothing to do end, and no more than nir.max_workers are
 * at work at once, so a cluster of many databases keeps its worker processes
 * for others.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "guc.h"
#include "worker/launcher.h"
#include "worker/slots.h"

#define LOOK_MS			10000	/* between looks, if nothing calls */
#define ABSENT_MS		60000	/* a database without nir is looked at again */

PGDLLEXPORT void nir_launcher_main(Datum arg);

static BackgroundWorkerHandle *handles[NIR_WORKER_SLOTS];

/* ---- which databases ---- */

static List *
connectable_databases(void)
{
	List	   *result = NIL;
	MemoryContext caller = CurrentMemoryContext;
	Relation	relation;
	TableScanDesc scan;
	HeapTuple	tuple;

	StartTransactionCommand();
	(void) GetTransactionSnapshot();
	relation = table_open(DatabaseRelationId, AccessShareLock);
	scan = table_beginscan_catalog(relation, 0, NULL);
	while (HeapTupleIsValid(tuple = heap_getnext(scan, ForwardScanDirection)))
	{
		Form_pg_database database = (Form_pg_database) GETSTRUCT(tuple);
		MemoryContext scanning = MemoryContextSwitchTo(caller);

		if (database->datallowconn && !database->datistemplate)
			result = lappend_oid(result, database->oid);
		MemoryContextSwitchTo(scanning);
	}
	table_endscan(scan);
	table_close(relation, AccessShareLock);
	CommitTransactionCommand();
	return result;
}

static NirWorkerSlot *
take_slot(Oid database)
{
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
	{
		NirWorkerSlot *slot = &nir_worker_shared->slot[i];

		if (slot->state != NIR_WORKER_FREE)
			continue;
		memset(slot, 0, sizeof(NirWorkerSlot));
		slot->database = database;
		pg_atomic_init_u32(&slot->called, 0);
		nir_worker_set_state(slot, NIR_WORKER_DUE);
		return slot;
	}
	return NULL;
}

static void
match_slots(const List *databases)
{
	ListCell   *cell;

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
	{
		NirWorkerSlot *slot = &nir_worker_shared->slot[i];

		if (slot->state != NIR_WORKER_FREE && handles[i] == NULL &&
			!list_member_oid(databases, slot->database))
			slot->state = NIR_WORKER_FREE;
	}
	foreach(cell, databases)
		if (nir_worker_find_slot(lfirst_oid(cell)) == NULL)
			(void) take_slot(lfirst_oid(cell));
	LWLockRelease(nir_worker_shared->lock);
}

/* ---- starting and ending ---- */

/* A worker that ended without saying why has failed. */
static void
notice_end(int number)
{
	NirWorkerSlot *slot = &nir_worker_shared->slot[number];
	pid_t		pid;

	if (handles[number] == NULL || GetBackgroundWorkerPid(handles[number], &pid) != BGWH_STOPPED)
		return;
	pfree(handles[number]);
	handles[number] = NULL;
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot->pid = 0;
	if (slot->state == NIR_WORKER_RUNNING || slot->state == NIR_WORKER_STARTING)
	{
		slot->failures++;
		nir_worker_set_state(slot, NIR_WORKER_FAILED);
		slot->not_before = TimestampTzPlusMilliseconds(slot->since, nir_worker_backoff_ms(slot->failures));
	}
	LWLockRelease(nir_worker_shared->lock);
}

static int
workers_at_work(void)
{
	int			count = 0;

	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
		count += handles[i] != NULL;
	return count;
}

/* True if a worker should be started now.  *wait_ms shrinks to the next time that one may have to be. */
static bool
is_due(int number, long *wait_ms)
{
	NirWorkerSlot *slot = &nir_worker_shared->slot[number];
	TimestampTz now = GetCurrentTimestamp();
	TimestampTz when = 0;
	bool		due;

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	switch (slot->state)
	{
		case NIR_WORKER_DUE:
			when = now;
			break;
		case NIR_WORKER_ABSENT:
			when = TimestampTzPlusMilliseconds(slot->since, ABSENT_MS);
			break;
		case NIR_WORKER_RESTING:
		case NIR_WORKER_RELEASED:
		case NIR_WORKER_FAILED:
			when = slot->not_before;
			break;
		default:
			break;
	}
	due = when != 0 && when <= now && handles[number] == NULL;
	if (due && workers_at_work() >= nir_max_workers())
	{
		/* a worker that lingers sees that somebody waits, and ends */
		due = false;
		nir_worker_set_state(slot, NIR_WORKER_DUE);
	}
	else if (due)
		nir_worker_set_state(slot, NIR_WORKER_STARTING);
	else if (when > now)
		*wait_ms = Min(*wait_ms, TimestampDifferenceMilliseconds(now, when) + 1);
	LWLockRelease(nir_worker_shared->lock);
	return due;
}

static void
start_worker(int number)
{
	NirWorkerSlot *slot = &nir_worker_shared->slot[number];
	BackgroundWorker worker = {0};

	snprintf(worker.bgw_name, BGW_MAXLEN, "nir worker of database %u", slot->database);
	strlcpy(worker.bgw_type, "nir worker", BGW_MAXLEN);
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strlcpy(worker.bgw_library_name, "nir", BGW_MAXLEN);
	strlcpy(worker.bgw_function_name, "nir_worker_main", BGW_MAXLEN);
	worker.bgw_main_arg = Int32GetDatum(number);
	worker.bgw_notify_pid = MyProcPid;
	if (RegisterDynamicBackgroundWorker(&worker, &handles[number]))
		return;
	handles[number] = NULL;
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot->failures++;
	nir_worker_set_state(slot, NIR_WORKER_FAILED);
	slot->not_before = TimestampTzPlusMilliseconds(slot->since, nir_worker_backoff_ms(slot->failures));
	LWLockRelease(nir_worker_shared->lock);
	ereport(slot->failures == 1 ? WARNING : DEBUG1,
			(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
			 errmsg("nir could not start its worker of database %u", slot->database),
			 errhint("Raise max_worker_processes: nir needs one, and as many as nir.max_workers says.")));
}

/* One look at all databases; returns how long to wait for the next. */
static long
look(MemoryContext memory)
{
	MemoryContext caller = MemoryContextSwitchTo(memory);
	List	   *databases = connectable_databases();
	long		wait_ms = LOOK_MS;

	MemoryContextSwitchTo(caller);
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
		notice_end(i);
	match_slots(databases);
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
		if (is_due(i, &wait_ms))
			start_worker(i);
	MemoryContextReset(memory);
	return wait_ms;
}

static void
launcher_exit(int code, Datum arg)
{
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	if (nir_worker_shared->launcher == MyProcPid)
		nir_worker_shared->launcher = 0;
	LWLockRelease(nir_worker_shared->lock);
}

/*
 * After a crash of the launcher alone the workers of the one before run on;
 * without their handles nobody would notice their end, so they end now.
 */
static void
take_over(void)
{
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	nir_worker_shared->launcher = MyProcPid;
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
	{
		NirWorkerSlot *slot = &nir_worker_shared->slot[i];

		if (slot->state == NIR_WORKER_FREE)
			continue;
		if (slot->pid != 0)
			(void) kill(slot->pid, SIGTERM);
		nir_worker_set_state(slot, NIR_WORKER_DUE);
	}
	LWLockRelease(nir_worker_shared->lock);
	before_shmem_exit(launcher_exit, (Datum) 0);
}

void
nir_launcher_main(Datum arg)
{
	MemoryContext memory;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection(NULL, NULL, 0);
	memory = AllocSetContextCreate(TopMemoryContext, "nir launcher", ALLOCSET_DEFAULT_SIZES);
	take_over();
	for (;;)
	{
		long		wait_ms = look(memory);

		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 wait_ms, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
		}
	}
}

void
nir_launcher_register(void)
{
	BackgroundWorker worker = {0};

	strlcpy(worker.bgw_name, "nir launcher", BGW_MAXLEN);
	strlcpy(worker.bgw_type, "nir launcher", BGW_MAXLEN);
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = 5;
	strlcpy(worker.bgw_library_name, "nir", BGW_MAXLEN);
	strlcpy(worker.bgw_function_name, "nir_launcher_main", BGW_MAXLEN);
	RegisterBackgroundWorker(&worker);
}
