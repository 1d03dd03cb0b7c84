/*
 * src/guard/tally.h
 *
 * Rows of the statements that are in the access log, privileged ones too.
 * However a statement ends, the log is then told how many rows it gave.
 */
#ifndef NIR_GUARD_TALLY_H
#define NIR_GUARD_TALLY_H

#include "executor/execdesc.h"

#include "guard/statement.h"

/* After ExecutorStart of the query that has this number in the log. */
extern void nir_tally_query(QueryDesc *query, uint64 statement);

/* Around each ExecutorRun; the second is left out where that fails. */
extern bool nir_tally_is_any;
extern void nir_tally_begin_run(QueryDesc *query);
extern void nir_tally_end_run(QueryDesc *query);

/*
 * Around COPY, which reads and writes tables without the executor: the mark is
 * for the check of its statement, and the second is left out where it fails.
 */
extern NirStatementMark *nir_tally_begin_copy(void);
extern void nir_tally_end_copy(NirStatementMark *mark, uint64 rows);

#endif							/* NIR_GUARD_TALLY_H */
