/*
 * src/guard/utility.h
 *
 * Utility statements that nir has a say in: COPY, DROP, and the definitions
 * that read or fill tables without the executor.
 */
#ifndef NIR_GUARD_UTILITY_H
#define NIR_GUARD_UTILITY_H

#include "nodes/plannodes.h"
#include "tcop/pquery.h"
#include "utils/portal.h"

typedef void (*NirUtilityRunner) (void *arg);

/* False for the statements that nir_utility_run would do nothing about. */
static inline bool
nir_utility_concerns(const PlannedStmt *statement)
{
	switch (nodeTag(statement->utilityStmt))
	{
		case T_CopyStmt:
		case T_DropStmt:
		case T_IndexStmt:
		case T_AlterTableStmt:
		case T_CreateTableAsStmt:
		case T_RefreshMatViewStmt:
		case T_ExplainStmt:
		case T_CreateStmt:
		case T_ClusterStmt:
		case T_AlterDomainStmt:
		case T_CreatedbStmt:
		case T_DropdbStmt:
		case T_AlterDatabaseStmt:
		case T_RenameStmt:
		case T_CreateExtensionStmt:
		case T_LockStmt:
		case T_ViewStmt:
		case T_RuleStmt:
		case T_CreateFunctionStmt:
		case T_CreatePolicyStmt:
		case T_AlterPolicyStmt:
		case T_CreateTrigStmt:
		case T_CreateDomainStmt:
		case T_CreateStatsStmt:
		case T_CreateForeignTableStmt:
			return true;
		default:
			return false;
	}
}

/*
 * Run a utility statement through runner(arg), with what nir has to say of it:
 *
 * - COPY FROM into tagged columns: what the server quotes of the input is cut
 *   off an error's CONTEXT; refused where a BEFORE trigger could put other
 *   values into the row (NR033).
 * - DROP ... CASCADE of an extension, schema or type may not take governed
 *   relations or tagged columns along (NR033).
 * - Index, constraint, NOT NULL, change of type, CLUSTER: they read every value, so
 *   the session must be allowed to (as SELECT * would need it); on a governed
 *   relation it is refused to all but exempt sessions (NR033).
 * - EXPLAIN that counts reads no governed relation (explain.h).
 * - Commands that need a database alone let nir's worker there end, and CREATE
 *   EXTENSION nir calls for one (database.c).
 * - LOCK TABLE in ACCESS SHARE mode, with which pg_dump begins, is refused on a
 *   governed relation to all but exempt sessions (NR025), and to denied ones on
 *   tagged relations too (NR027).
 * - What CREATE TABLE AS, CREATE or REFRESH MATERIALIZED VIEW and ALTER TABLE
 *   stored is verified afterwards.
 */
extern void nir_utility_run(PlannedStmt *statement, NirUtilityRunner runner, void *arg);

/* True while such a DROP ... CASCADE is running. */
extern bool nir_utility_in_wide_drop(void);

/*
 * True for EXECUTE, FETCH and EXPLAIN sent by themselves: they run a query to
 * its end and keep its rows in their own portal, from which a client may read
 * on later (stamp.c).
 */
static inline bool
nir_utility_keeps_rows(const PlannedStmt *statement)
{
	NodeTag		tag = nodeTag(statement->utilityStmt);

	return (tag == T_ExecuteStmt || tag == T_FetchStmt || tag == T_ExplainStmt) &&
		ActivePortal != NULL && ActivePortal->strategy == PORTAL_UTIL_SELECT;
}

#endif							/* NIR_GUARD_UTILITY_H */
