/*
 * src/guard/estimate.h
 *
 * Statistics that the planner may not hand on.
 */
#ifndef NIR_GUARD_ESTIMATE_H
#define NIR_GUARD_ESTIMATE_H

#include "utils/selfuncs.h"

/*
 * For the planner's statistics hooks: true, with no statistics, where a column
 * (of a table, or of an index) holds tagged values inside an array, composite
 * or domain.  The server's own analysis keeps such values, and a selectivity
 * function would pass them to an operator of one's own, for no purpose.
 */
extern bool nir_estimate_hide_column(Oid relid, AttrNumber attnum, VariableStatData *data);

#endif							/* NIR_GUARD_ESTIMATE_H */
