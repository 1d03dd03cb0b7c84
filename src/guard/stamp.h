/*
 * src/guard/stamp.h
 *
 * A governed query carries the context it was started under.  Whatever
 * changes the session's context meanwhile (a function's SET clause, another
 * role, a new transaction), the query's next fetch is refused.
 */
#ifndef NIR_GUARD_STAMP_H
#define NIR_GUARD_STAMP_H

#include "executor/execdesc.h"
#include "utils/portal.h"

extern void nir_stamp_init(void);

/*
 * After ExecutorStart of a query that touches governed relations: remember
 * the context.  Raises NR026 for a cursor WITH HOLD.
 */
extern void nir_stamp_query(QueryDesc *query);

/* Before ExecutorRun: raise NR015 unless the context is the one remembered. */
extern void nir_stamp_check(QueryDesc *query);

/*
 * The rows of governed queries that start or are fetched from now on are kept
 * by this portal (NULL: by none), which counts as open with them.  Returns the
 * portal so far.
 */
extern Portal nir_stamp_keep_in(Portal portal);

/* A subtransaction ended in error, and the statement that keeps rows with it, if it began there. */
extern void nir_stamp_keep_no_longer(SubTransactionId aborted);

#endif							/* NIR_GUARD_STAMP_H */
