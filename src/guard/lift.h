/*
 * src/guard/lift.h
 *
 * Policies ask of every row whether its person is narrowed.  While nobody is
 * whom the declared purposes would hide, a long query does without asking; and
 * it does without what the context has answered for all rows.
 */
#ifndef NIR_GUARD_LIFT_H
#define NIR_GUARD_LIFT_H

#include "executor/execdesc.h"

/* True while some query does without. */
extern bool nir_lift_is_any;

/* After ExecutorStart of a governed query: lift the condition where that can be. */
extern void nir_lift_query(QueryDesc *query);

/* Before ExecutorRun: put it back if who is narrowed may have changed. */
extern void nir_lift_check(QueryDesc *query);

#endif							/* NIR_GUARD_LIFT_H */
