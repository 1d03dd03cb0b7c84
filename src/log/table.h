/*
 * src/log/table.h
 *
 * nir.access_log as it is chained: the digest of a batch is over its rows in
 * the order of log_id, each column but the batch's number in the order of the
 * table's columns, as its type's send function gives it.  Text is taken as it
 * is stored: what is sent depends on who asks.
 */
#ifndef NIR_LOG_TABLE_H
#define NIR_LOG_TABLE_H

#include "log/chain.h"

#define NIR_LOG_CHAIN		"access log"
#define NIR_LOG_COLUMNS		"log_id, at, kind, session, statement, session_role, role, actor, body, unit, " \
	"purposes, case_ref, relations, object, rows, subjects, subject_count, subject_digest, sqlstate"
#define NIR_LOG_NCOLUMNS	19

/* Where the log ended; kept outside the table (nir_spool_keep_note). */
typedef struct NirLogEnd
{
	int64		batch;
	uint8		link[NIR_CHAIN_BYTES];
} NirLogEnd;

/* False if it was not noted. */
extern bool nir_log_read_end(NirLogEnd *end);

/* Raise NR054 if a step of OpenSSL failed. */
extern void nir_log_chain_require(bool done);

/* A batch that is freed with the current memory context. */
extern NirChainBatch *nir_log_chain_begin(void);

/* Add one row; types has NIR_LOG_NCOLUMNS entries, as values and nulls. */
extern void nir_log_digest_row(NirChainBatch *batch, const Oid *types, const Datum *values, const bool *nulls);

/* Types of NIR_LOG_COLUMNS. */
extern const Oid *nir_log_column_types(void);

#endif							/* NIR_LOG_TABLE_H */
