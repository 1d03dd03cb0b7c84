/*
 * src/guard/utility.h
 *
 * Utility statements that nir has a say in.
 */
#ifndef NIR_GUARD_UTILITY_H
#define NIR_GUARD_UTILITY_H

#include "nodes/plannodes.h"

typedef void (*NirUtilityRunner) (void *arg);

/* False for the statements that nir_utility_run would do nothing about. */
static inline bool
nir_utility_concerns(const PlannedStmt *statement)
{
	return IsA(statement->utilityStmt, CopyStmt) || IsA(statement->utilityStmt, DropStmt);
}

/*
 * Run a utility statement through runner(arg).  Where it is a COPY FROM into
 * a relation with tagged columns, what the server quotes of the input is cut
 * off an error's CONTEXT.  Where it is a DROP ... CASCADE of an extension,
 * schema or type, it may not take governed relations or tagged columns along
 * (NR033).
 */
extern void nir_utility_run(PlannedStmt *statement, NirUtilityRunner runner, void *arg);

/* True while such a DROP ... CASCADE is running. */
extern bool nir_utility_in_wide_drop(void);

#endif							/* NIR_GUARD_UTILITY_H */
