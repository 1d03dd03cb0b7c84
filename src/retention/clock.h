/*
 * src/retention/clock.h
 *
 * Today, as the law counts days: the date in Norway, whatever time zone the
 * session is set to.
 */
#ifndef NIR_RETENTION_CLOCK_H
#define NIR_RETENTION_CLOCK_H

#include "utils/date.h"

/* Define nir.now_override, nir.transfer_lead and the other settings of the room. */
extern void nir_clock_init(void);

/* The date of the transaction's start, or of nir.now_override. */
extern DateADT nir_clock_today(void);

/* True if nir.now_override is set. */
extern bool nir_clock_is_moved(void);

/* True if nir.purge_at is set and has come today, in Norway. */
extern bool nir_clock_purge_hour_has_come(void);

/* How long a batch waits for a lock, in milliseconds. */
extern int	nir_clock_lock_timeout(void);

#endif							/* NIR_RETENTION_CLOCK_H */
