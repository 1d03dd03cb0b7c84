/*
 * src/retention/window.h
 *
 * The one way in which retention acts: as nir_retention, in a restricted
 * operation, under purpose r (or i, to make transfers), with settings that
 * the caller cannot have changed.  Row-level security confines it there to
 * what is due; outside it nir_retention has no purpose and so no rows.
 */
#ifndef NIR_RETENTION_WINDOW_H
#define NIR_RETENTION_WINDOW_H

#include "types/purpose_bits.h"

typedef enum NirRetentionTask
{
	NIR_RETENTION_DELETE,		/* purpose r */
	NIR_RETENTION_TRANSFER,		/* purpose i */
} NirRetentionTask;

typedef void (*NirWindowWork) (void *arg);

/*
 * Run work(arg) inside.  What an error leaves behind is put back before it is
 * thrown on.  Deferred constraint triggers of the transaction run before, as
 * the caller, and those of the work within it.
 */
extern void nir_window_run(NirRetentionTask task, NirWindowWork work, void *arg);

/* Raises NR074 outside, or inside for another task, or where somebody else is the current user. */
extern void nir_window_require(NirRetentionTask task);

/* The same for any task and user: for what a definer function calls inside. */
extern void nir_window_require_open(void);

#endif							/* NIR_RETENTION_WINDOW_H */
