/*
 * src/guard/explain.h
 *
 * EXPLAIN with ANALYZE or BUFFERS counts the rows or pages that were looked
 * at, also those that row-level security then hid: by halving, they tell the
 * values of other bodies' rows.  So no governed relation is read for it, in
 * whatever function.
 */
#ifndef NIR_GUARD_EXPLAIN_H
#define NIR_GUARD_EXPLAIN_H

#include "executor/execdesc.h"
#include "nodes/parsenodes.h"

/*
 * From begin to end, what the session reads is counted and shown.  begin
 * returns what to hand to end, also after an error.
 */
extern bool nir_explain_begin(ExplainStmt *explain);
extern void nir_explain_end(bool outer);

/* A parallel worker starts a query: is it one that such an EXPLAIN of the leader counts? */
extern void nir_explain_start_in_worker(const QueryDesc *query);

extern bool nir_explain_is_counting(void);

#endif							/* NIR_GUARD_EXPLAIN_H */
