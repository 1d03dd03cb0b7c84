/*
 * src/log/ring.h
 *
 * The ring: records of all sessions in shared memory on their way to the
 * spool.  Whoever needs a record to be durable writes and syncs everything
 * that is in the ring, and the others who wait find theirs done.
 *
 * Only a library in shared_preload_libraries has a ring.
 */
#ifndef NIR_LOG_RING_H
#define NIR_LOG_RING_H

#define NIR_RING_BYTES	(1024 * 1024)

extern void nir_ring_init(void);

/* False without shared memory. */
extern bool nir_ring_is_there(void);

/* The number that the names of this start's spool files carry. */
extern uint64 nir_ring_start(void);

/*
 * Put in a record of this database; returns how far the ring must be written
 * for it to be in the spool.  A full ring is written out; if that fails,
 * raises NR060 as nir_ring_flush does, or without may_raise returns 0 after
 * one attempt.
 */
extern uint64 nir_ring_put(const uint8 *payload, uint32 length, bool may_raise);

/*
 * Return when the ring is written to the spool up to here, and synced if
 * nir.access_log_sync says so.  Raises NR060 if the file system refuses for
 * longer than nir.access_log_timeout.
 */
extern void nir_ring_flush(uint64 up_to);

/* Up to here everything has been put in. */
extern uint64 nir_ring_end(void);

#endif							/* NIR_LOG_RING_H */
