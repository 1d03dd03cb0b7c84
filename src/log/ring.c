/*
 * src/log/ring.c
 *
 * Positions only grow; the byte at position p lies at p modulo the size.
 * put_lock guards what is put in, write_lock the writing out, its buffer and
 * the ends of the files.  A record in the ring: database, length, CRC, bytes.
 *
 * Under a lock nothing is allocated and nothing is raised: the worker writes
 * out, too, and who waits for a lock cannot be cancelled.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "pgstat.h"
#include "port/pg_crc32c.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "utils/timestamp.h"

#include "errors.h"
#include "guc.h"
#include "log/ring.h"
#include "log/spool.h"

#define DATABASES		32		/* whose ends of files are kept */
#define HEAD			(sizeof(Oid) + NIR_SPOOL_HEAD)
#define RETRY_MS		50

typedef struct Ring
{
	LWLock	   *put_lock;
	LWLock	   *write_lock;
	uint64		start;
	pg_atomic_uint64 put;		/* everything before is in the ring */
	pg_atomic_uint64 written;	/* ... and in the spool */
	uint32		first_segment;	/* of a database that has no end here */
	NirSpoolEnd end[DATABASES]; /* the last used first */
	char		run[NIR_RING_BYTES];	/* what is being written out */
	char		bytes[NIR_RING_BYTES];
} Ring;

static Ring *ring = NULL;
static shmem_request_hook_type next_shmem_request = NULL;
static shmem_startup_hook_type next_shmem_startup = NULL;

static void
shmem_request(void)
{
	if (next_shmem_request != NULL)
		next_shmem_request();
	RequestAddinShmemSpace(MAXALIGN(sizeof(Ring)));
	RequestNamedLWLockTranche("nir access log", 2);
}

static void
shmem_startup(void)
{
	bool		found;

	if (next_shmem_startup != NULL)
		next_shmem_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	ring = ShmemInitStruct("nir access log", sizeof(Ring), &found);
	if (!found)
	{
		LWLockPadded *locks = GetNamedLWLockTranche("nir access log");

		memset(ring, 0, offsetof(Ring, run));
		ring->put_lock = &locks[0].lock;
		ring->write_lock = &locks[1].lock;
		ring->start = (uint64) GetCurrentTimestamp();
		pg_atomic_init_u64(&ring->put, 0);
		pg_atomic_init_u64(&ring->written, 0);
	}
	LWLockRelease(AddinShmemInitLock);
}

void
nir_ring_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	next_shmem_request = shmem_request_hook;
	shmem_request_hook = shmem_request;
	next_shmem_startup = shmem_startup_hook;
	shmem_startup_hook = shmem_startup;
}

bool
nir_ring_is_there(void)
{
	return ring != NULL;
}

uint64
nir_ring_start(void)
{
	return ring->start;
}

uint64
nir_ring_end(void)
{
	return pg_atomic_read_u64(&ring->put);
}

/* ---- in and out of the ring ---- */

static uint64
copy_in(uint64 at, const void *bytes, uint32 length)
{
	uint32		offset = at % NIR_RING_BYTES;
	uint32		first = Min(length, NIR_RING_BYTES - offset);

	memcpy(ring->bytes + offset, bytes, first);
	memcpy(ring->bytes, (const char *) bytes + first, length - first);
	return at + length;
}

static void
copy_out(uint64 at, void *bytes, uint32 length)
{
	uint32		offset = at % NIR_RING_BYTES;
	uint32		first = Min(length, NIR_RING_BYTES - offset);

	memcpy(bytes, ring->bytes + offset, first);
	memcpy((char *) bytes + first, ring->bytes, length - first);
}

static uint64
try_put(const uint8 *payload, uint32 length)
{
	uint32		head[3] = {MyDatabaseId, length, 0};
	pg_crc32c	crc;
	uint64		at;

	INIT_CRC32C(crc);
	COMP_CRC32C(crc, payload, length);
	FIN_CRC32C(crc);
	head[2] = crc;
	LWLockAcquire(ring->put_lock, LW_EXCLUSIVE);
	at = pg_atomic_read_u64(&ring->put);
	if (at + HEAD + length - pg_atomic_read_u64(&ring->written) > NIR_RING_BYTES)
		at = 0;
	else
	{
		at = copy_in(at, head, sizeof(head));
		at = copy_in(at, payload, length);
		pg_atomic_write_u64(&ring->put, at);
	}
	LWLockRelease(ring->put_lock);
	return at;
}

/* ---- to the spool ---- */

/*
 * A database that was forgotten for others goes on in a segment that is not
 * there yet.
 */
static NirSpoolEnd *
end_of(Oid database)
{
	NirSpoolEnd end;
	int			i = 0;

	while (i < DATABASES - 1 && ring->end[i].database != database)
		i++;
	end = ring->end[i];
	if (end.database != database)
	{
		if (OidIsValid(end.database))
			ring->first_segment = Max(ring->first_segment, end.segment + 1);
		end.database = database;
		end.segment = ring->first_segment;
		end.offset = 0;
	}
	memmove(&ring->end[1], &ring->end[0], sizeof(NirSpoolEnd) * i);
	ring->end[0] = end;
	return &ring->end[0];
}

/* Write what lies between for one database; it becomes part of its file. */
static bool
write_run(Oid database, uint32 length)
{
	return nir_spool_append(ring->start, end_of(database), ring->run, length, nir_access_log_sync());
}

/*
 * Records of one database that follow each other are written together; what
 * was written before something failed is not written again.
 */
static bool
write_out(uint64 target)
{
	uint64		at = pg_atomic_read_u64(&ring->written);
	uint32		length = 0;
	Oid			database = InvalidOid;
	bool		done = true;

	while (done && at < target)
	{
		uint32		head[3];

		copy_out(at, head, sizeof(head));
		if (length > 0 && head[0] != database)
		{
			done = write_run(database, length);
			if (!done)
				break;
			pg_atomic_write_u64(&ring->written, at);
			length = 0;
		}
		database = head[0];
		copy_out(at + sizeof(Oid), ring->run + length, NIR_SPOOL_HEAD + head[1]);
		length += NIR_SPOOL_HEAD + head[1];
		at += HEAD + head[1];
	}
	if (done && length > 0)
	{
		done = write_run(database, length);
		if (done)
			pg_atomic_write_u64(&ring->written, at);
	}
	return done;
}

/* One attempt; returns what the file system said, 0 if all is well so far. */
static int
write_up_to(uint64 up_to)
{
	int			error = 0;

	if (!LWLockAcquireOrWait(ring->write_lock, LW_EXCLUSIVE))
		return 0;
	if (pg_atomic_read_u64(&ring->written) < up_to && !write_out(nir_ring_end()))
		error = errno;
	LWLockRelease(ring->write_lock);
	return error;
}

static void
refuse(int error)
{
	errno = error;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_LOG_UNWRITABLE),
			 errmsg("the access log cannot be written: %m"),
			 errdetail("What is not logged is not done."),
			 errhint("Make room for folder %s in the data directory, and let the server write there.", NIR_SPOOL_FOLDER)));
}

static void
wait_before_retry(void)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
					 RETRY_MS, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
}

void
nir_ring_flush(uint64 up_to)
{
	TimestampTz give_up = 0;

	while (pg_atomic_read_u64(&ring->written) < up_to)
	{
		int			error = write_up_to(up_to);

		if (error == 0)
			continue;
		if (give_up == 0)
			give_up = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), nir_access_log_timeout());
		if (GetCurrentTimestamp() >= give_up)
			refuse(error);
		wait_before_retry();
	}
}

uint64
nir_ring_put(const uint8 *payload, uint32 length, bool may_raise)
{
	uint64		at;

	while ((at = try_put(payload, length)) == 0)
	{
		if (may_raise)
			nir_ring_flush(nir_ring_end());
		else if (write_up_to(nir_ring_end()) != 0)
			return 0;
	}
	return at;
}
