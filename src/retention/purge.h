/*
 * src/retention/purge.h
 *
 * The purge: transfers are made, what is due and handed over is deleted and
 * proved in nir.deletion_log.  One batch function without transaction control
 * and two drivers: CALL nir.purge() and a background worker.
 */
#ifndef NIR_RETENTION_PURGE_H
#define NIR_RETENTION_PURGE_H

#include "retention/window.h"

/* Where a purge is; the batch function moves it on. */
typedef struct NirPurge
{
	char		rule[NAMEDATALEN];	/* empty: every rule */
	int			size;			/* subjects in a batch */
	int64		run;			/* key in nir.retention_run */
	int			phase;
	int			task;
	int64		after;			/* the last subject that was looked at */
} NirPurge;

#define NIR_PURGE_SIZE	1000	/* subjects in a batch, unless told otherwise */

/* Define settings; once, at process start. */
extern void nir_retention_init(void);

/*
 * Start a purge and record it.  Needs a transaction with an active snapshot,
 * as the next does; commit afterwards.  rule NULL: every rule.  driver names
 * who asked: 'call' or 'worker'.  Raises NR071 for an unknown rule.
 */
extern void nir_retention_start(NirPurge *purge, const char *rule, int size, const char *driver);

/*
 * One batch, in a transaction of the caller's, which commits afterwards and
 * calls again while this returns true.  An error leaves the batch undone and
 * the purge where it was; running it anew later comes to the same end.
 */
extern bool nir_retention_run_batch(NirPurge *purge);

#endif							/* NIR_RETENTION_PURGE_H */
