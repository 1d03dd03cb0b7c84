/*
 * src/guard/statement.h
 *
 * The statement check: may this session use these columns and relations now?
 */
#ifndef NIR_GUARD_STATEMENT_H
#define NIR_GUARD_STATEMENT_H

#include "nodes/pg_list.h"

/*
 * Checks every relation of a statement's range table, whoever stands behind
 * it (view, function, cursor, COPY, parallel worker).  *governed is set if any
 * of them is nir's business and the session is not exempt.  Where the
 * declared purpose does not do, raises, or returns false if !report.
 */
extern bool nir_statement_check(List *range_table, bool report, bool *governed);

#endif							/* NIR_GUARD_STATEMENT_H */
