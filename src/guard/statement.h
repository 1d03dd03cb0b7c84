/*
 * src/guard/statement.h
 *
 * The statement check: may this session use these columns and relations now?
 */
#ifndef NIR_GUARD_STATEMENT_H
#define NIR_GUARD_STATEMENT_H

#include "nodes/pg_list.h"

/* What the check found. */
typedef struct NirStatementMark
{
	bool		governed;		/* some relation is nir's business, and the session not exempt */
	uint64		statement;		/* its number in the access log; 0: none */
} NirStatementMark;

/*
 * Checks every relation of a statement's range table, whoever stands behind
 * it (view, function, cursor, COPY, parallel worker), and
 * writes down what is about to be done; sets *mark, which the caller has
 * zeroed, if any of them is nir's business.  Where the declared purpose does
 * not do, raises, or returns false if !report.
 */
extern bool nir_statement_check(List *range_table, bool report, NirStatementMark *mark);

#endif							/* NIR_GUARD_STATEMENT_H */
