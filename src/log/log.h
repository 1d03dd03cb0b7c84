/*
 * src/log/log.h
 *
 * The access log, for the rooms above: what is about to be done is written
 * down first, and is durable (spool.h) before these functions return, unless
 * nir.access_log_sync is off.  A rollback does not take it back.  Works in
 * read-only transactions and on a standby.
 *
 * Where the library is in session_preload_libraries only, there is no log, and
 * nothing is written; nir_log_is_kept tells.
 *
 * Raises NR060 if nothing can be written; then what was to be logged must not
 * be done.
 */
#ifndef NIR_LOG_LOG_H
#define NIR_LOG_LOG_H

#include "types/purpose_bits.h"

/* In _PG_init, before nir_worker_init. */
extern void nir_log_init(void);

extern bool nir_log_is_kept(void);

/* In a transaction: who acts, for records that are written outside one. */
extern void nir_log_learn_who(void);

/*
 * A statement is about to read or write governed relations, which the text
 * names with columns, verbs and purposes.  Returns its number in this session.
 */
extern uint64 nir_log_intent(const char *relations, bool privileged);

/*
 * The statement of that number has ended, with so many rows.  Raises nothing
 * and reads no catalog; waits for the disk only where the ring is full, and is
 * lost if the disk refuses then.
 */
extern void nir_log_completion(uint64 statement, uint64 rows);

/*
 * A sealed value of the subject is about to be shown.  category is a name that
 * stays, one of nir_category_name.
 *
 * Alone, a record is durable before this returns.  While a query gathers
 * (between begin and end, which the query's own address tells apart from those
 * within it), the first subject is durable at once, and those that follow when
 * they are as many as before, at most NIR_LOG_OPENED_MOST: a crash of the
 * server loses no more subjects of a query than it has kept, and the query's
 * intent never.  A subject that comes several times in a row is recorded once.
 * end makes the rest durable; quietly, where the query failed, it raises
 * nothing, reads no catalog and waits for no disk.
 */
#define NIR_LOG_OPENED_MOST		1024
extern void nir_log_opened(int64 subject, const char *category, NirPurposes purpose);
extern void nir_log_opened_begin(const void *query, uint64 statement);
extern void nir_log_opened_end(const void *query, bool quietly);

/* nir is about to refuse something, for the reason the SQLSTATE tells. */
extern void nir_log_refused(int sqlstate, const char *object);

/*
 * A transaction or subtransaction has failed: if that was nir's doing, and
 * nir_log_refused did not write it down, write down what can be told from
 * there.  Raises nothing and reads no catalog.
 */
extern void nir_log_failed(void);

/* An administrative act on an object. */
extern void nir_log_act(const char *act, const char *object);

#endif							/* NIR_LOG_LOG_H */
