/*
 * src/worker/worker.c
 *
 * The worker of one database.  On 15 a background worker can connect only as
 * a role that may log in, or as the bootstrap superuser; so it connects as
 * that, and before it does anything else becomes, as session user too, the
 * role nir_worker, which can neither log in nor do more than its grants.  For
 * a job's round it becomes the job's role.  What the job runs cannot go back:
 * its transactions are security-restricted operations to their end, deferred
 * triggers included.
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/acl.h"
#include "utils/backend_status.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "context/catalog.h"
#include "errors.h"
#include "worker/slots.h"

#define IDLE_ROLE	"nir_worker"
#define LINGER_MS	5000		/* without work, before the process ends */

PGDLLEXPORT void nir_worker_main(Datum arg);

static NirWorkerSlot *slot;

/* ---- who it is ---- */

static Oid
role_of(const char *name)
{
	Oid			role = get_role_oid(name, true);

	if (!OidIsValid(role) || superuser_arg(role))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_ROLE_UNSAFE),
				 errmsg("role \"%s\" of nir is missing or a superuser", name),
				 errhint("nir.doctor() says what is wrong with nir's roles.")));
	return role;
}

/* In a transaction. */
static void
become(const char *name)
{
	SetSessionAuthorization(role_of(name), false);
}

void
nir_job_begin(void)
{
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	SetUserIdAndSecContext(GetUserId(), SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
}

void
nir_job_commit(void)
{
	AfterTriggerFireDeferred();
	PopActiveSnapshot();
	SetUserIdAndSecContext(GetUserId(), 0);
	CommitTransactionCommand();
}

/* A database's owner may have set these for it. */
static void
set_surroundings(void)
{
	static const char *const settings[][2] = {
		{"role", "none"},
		{"search_path", "pg_catalog, pg_temp"},
		{"statement_timeout", "0"},
		{"lock_timeout", "0"},
		{"idle_in_transaction_session_timeout", "0"},
		{"default_transaction_isolation", "read committed"},
		{"default_transaction_read_only", "off"},
		{"default_transaction_deferrable", "off"},
		{"row_security", "on"},
		{"synchronous_commit", "on"},
		{"DateStyle", "ISO, YMD"},
		{"IntervalStyle", "postgres"},
	};

	for (int i = 0; i < (int) lengthof(settings); i++)
		SetConfigOption(settings[i][0], settings[i][1], PGC_SUSET, PGC_S_OVERRIDE);
}

/* False if this database has no nir. */
static bool
settle_in(void)
{
	bool		installed;

	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	installed = nir_catalog_installed();
	if (installed)
	{
		nir_catalog_require_version();
		set_surroundings();
		become(IDLE_ROLE);
	}
	PopActiveSnapshot();
	CommitTransactionCommand();
	if (installed)
		pgstat_bestart();		/* pg_stat_activity shows the role from now on */
	return installed;
}

static bool
is_installed(void)
{
	bool		installed;

	StartTransactionCommand();
	installed = nir_catalog_installed();
	CommitTransactionCommand();
	return installed;
}

/* ---- its slot ---- */

static void
worker_exit(int code, Datum arg)
{
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	if (slot->pid == MyProcPid)
		slot->pid = 0;
	LWLockRelease(nir_worker_shared->lock);
}

/* False if there is no work for this process any more. */
static bool
report_state(NirWorkerState state)
{
	bool		wanted;

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	wanted = slot->state == NIR_WORKER_STARTING || slot->state == NIR_WORKER_RUNNING;
	if (wanted && slot->state != state)
		nir_worker_set_state(slot, state);
	slot->heartbeat = GetCurrentTimestamp();
	LWLockRelease(nir_worker_shared->lock);
	return wanted;
}

/* Take the slot, and learn whose it is. */
static Oid
take_seat(int number)
{
	Oid			database;

	slot = &nir_worker_shared->slot[number];
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot->pid = MyProcPid;
	database = slot->state == NIR_WORKER_STARTING ? slot->database : InvalidOid;
	LWLockRelease(nir_worker_shared->lock);
	before_shmem_exit(worker_exit, (Datum) 0);
	return database;
}

/* ---- its rounds ---- */

static void
note_start(int number)
{
	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	slot->job[number].last_start = GetCurrentTimestamp();
	slot->job[number].wanted = false;
	/* whoever has something from now on must call again */
	pg_atomic_write_u32(&slot->called, 0);
	LWLockRelease(nir_worker_shared->lock);
}

static void
note_end(int number, int sqlstate, NirJobResult result, int interval_ms)
{
	NirJobState *state = &slot->job[number];
	TimestampTz now = GetCurrentTimestamp();

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	if (sqlstate == 0)
	{
		state->failures = 0;
		state->sqlstate = 0;
		state->last_success = now;
		slot->failures = 0;
		state->next_round = result == NIR_JOB_AGAIN ? now : TimestampTzPlusMilliseconds(now, interval_ms);
	}
	else
	{
		state->failures++;
		state->sqlstate = sqlstate;
		state->next_round = TimestampTzPlusMilliseconds(now, nir_worker_backoff_ms(state->failures));
	}
	LWLockRelease(nir_worker_shared->lock);
}

static void
become_in_transaction(const char *name)
{
	StartTransactionCommand();
	become(name);
	CommitTransactionCommand();
}

static void
run_job(int number, const NirJob *job, MemoryContext memory)
{
	volatile int sqlstate = 0;
	volatile NirJobResult result = NIR_JOB_IDLE;

	note_start(number);
	pgstat_report_activity(STATE_RUNNING, job->name);
	MemoryContextSwitchTo(memory);
	PG_TRY();
	{
		become_in_transaction(job->role);
		result = job->run();
	}
	PG_CATCH();
	{
		HOLD_INTERRUPTS();
		sqlstate = geterrcode();
		EmitErrorReport();
		LWLockReleaseAll();		/* outside a transaction nobody else would */
		AbortCurrentTransaction();
		FlushErrorState();
		RESUME_INTERRUPTS();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(memory);
	become_in_transaction(IDLE_ROLE);
	MemoryContextReset(memory);
	MemoryContextSwitchTo(TopMemoryContext);
	pgstat_report_activity(STATE_IDLE, NULL);
	note_end(number, sqlstate, result, job->interval_ms);
}

/* When the job is to begin its next round. */
static TimestampTz
due_at(const NirJobState *state, const NirJob *job)
{
	if (state->wanted && state->failures == 0)
		return TimestampTzPlusMilliseconds(state->last_start, job->pause_ms);
	return state->next_round;
}

/* Returns how many jobs ran; *next is when the first is due again. */
static int
run_due_jobs(MemoryContext memory, TimestampTz *next)
{
	const NirJob *const *jobs;
	int			count = nir_worker_jobs(&jobs);
	int			ran = 0;

	*next = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), 3600000);
	pg_atomic_write_u32(&slot->called, 0);
	pg_memory_barrier();
	for (int i = 0; i < count; i++)
	{
		const NirJobState *state = &slot->job[i];

		if (due_at(state, jobs[i]) <= GetCurrentTimestamp())
		{
			run_job(i, jobs[i], memory);
			ran++;
		}
		*next = Min(*next, due_at(state, jobs[i]));
	}
	return ran;
}

static bool
others_wait(void)
{
	for (int i = 0; i < NIR_WORKER_SLOTS; i++)
		if (nir_worker_shared->slot[i].state == NIR_WORKER_DUE)
			return true;
	return false;
}

/*
 * True if the process should end until *next, because it has had nothing to
 * do for a while, or because another database waits for its place.  A session
 * that wakes it from now on finds that it rests, and asks the launcher.
 */
static bool
retire(TimestampTz idle_since, TimestampTz next)
{
	TimestampTz now = GetCurrentTimestamp();
	bool		resting = false;

	LWLockAcquire(nir_worker_shared->lock, LW_EXCLUSIVE);
	if (slot->state == NIR_WORKER_RUNNING && next > now && !MyLatch->is_set &&
		(others_wait() || now >= TimestampTzPlusMilliseconds(idle_since, LINGER_MS)))
	{
		nir_worker_rest(slot, next);
		resting = true;
	}
	LWLockRelease(nir_worker_shared->lock);
	return resting;
}

/* Until the time given, a call, or the end of lingering. */
static void
wait_for_work(TimestampTz next)
{
	long		wait_ms = Min(TimestampDifferenceMilliseconds(GetCurrentTimestamp(), next), LINGER_MS);

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

void
nir_worker_main(Datum arg)
{
	MemoryContext memory;
	TimestampTz idle_since = GetCurrentTimestamp();
	Oid			database;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	database = take_seat(DatumGetInt32(arg));
	if (!OidIsValid(database))
		proc_exit(0);
	BackgroundWorkerInitializeConnectionByOid(database, InvalidOid, 0);
	if (!settle_in())
	{
		(void) report_state(NIR_WORKER_ABSENT);
		proc_exit(0);
	}
	memory = AllocSetContextCreate(TopMemoryContext, "nir worker", ALLOCSET_DEFAULT_SIZES);
	while (report_state(NIR_WORKER_RUNNING))
	{
		TimestampTz next;

		if (!is_installed())
		{
			(void) report_state(NIR_WORKER_ABSENT);
			break;
		}
		if (run_due_jobs(memory, &next) > 0)
			idle_since = GetCurrentTimestamp();
		if (retire(idle_since, next))
			break;
		wait_for_work(next);
	}
	proc_exit(0);
}
