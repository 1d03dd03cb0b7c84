/*
 * src/guard/utility.h
 *
 * Utility statements that nir has a say in.
 */
#ifndef NIR_GUARD_UTILITY_H
#define NIR_GUARD_UTILITY_H

#include "nodes/plannodes.h"

/*
 * True for COPY FROM into a relation with tagged columns: where it fails, the
 * server's CONTEXT quotes the line or the value.
 */
extern bool nir_utility_reads_tagged_input(PlannedStmt *statement);

/*
 * In a PG_CATCH block: rethrow the current error with what its CONTEXT quotes
 * cut off.
 */
extern void nir_utility_rethrow_unquoted(void) pg_attribute_noreturn();

#endif							/* NIR_GUARD_UTILITY_H */
