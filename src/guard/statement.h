/*
 * src/guard/statement.h
 *
 * The statement check: may this session use these columns and relations now?
 */
#ifndef NIR_GUARD_STATEMENT_H
#define NIR_GUARD_STATEMENT_H

#include "catalog/pg_class.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"

#include "guard/relation.h"

/* What the check found. */
typedef struct NirStatementMark
{
	bool		governed;		/* some relation is nir's business, and the session not exempt */
	uint64		statement;		/* its number in the access log; 0: none */
	bool		of_leader;		/* given: a parallel leader has written it down */
	bool		of_copy;		/* given: COPY itself asks */
} NirStatementMark;

/*
 * Checks every relation of a statement's range table, whoever stands behind
 * it (view, function, cursor, COPY, parallel worker), and
 * writes down what is about to be done; sets *mark, of which the caller has
 * set of_leader and zeroed the rest, if any of them is nir's business.  Where the declared purpose does
 * not do, raises, or returns false if !report.
 */
extern bool nir_statement_check(List *range_table, bool report, NirStatementMark *mark);

/* False for an entry that is none of nir's business; a TOAST table is as its table. */
static inline bool
nir_statement_concerns_entry(const RangeTblEntry *rte)
{
	return rte->rtekind == RTE_RELATION && rte->relkind != RELKIND_VIEW &&
		(!nir_relation_is_none(rte->relid) || rte->relkind == RELKIND_TOASTVALUE);
}

/* False if nir_statement_check would find nothing to check. */
static inline bool
nir_statement_concerns(const List *range_table)
{
	ListCell   *cell;

	foreach(cell, range_table)
	{
		if (nir_statement_concerns_entry((const RangeTblEntry *) lfirst(cell)))
			return true;
	}
	return false;
}

/* Raise NR058: sealed values would be kept where no rule for their rows holds. */
extern void nir_statement_refuse_ungoverned_seal(const NirRelation *relation);

#endif							/* NIR_GUARD_STATEMENT_H */
