/*
 * src/guard/logs.h
 *
 * What the server log may hold of a bound role's statements.
 */
#ifndef NIR_GUARD_LOGS_H
#define NIR_GUARD_LOGS_H

#include "utils/elog.h"

/* Install the invalidation callback; once, at process start. */
extern void nir_logs_init(void);

/* Once the session's roles are known: remember whether they are bound. */
extern void nir_logs_learn(void);

/*
 * Take the values out of what the server itself says of a constraint of a
 * governed relation ("Key (...)=(...) already exists", "Failing row contains
 * ..."), for the client too.
 */
extern void nir_logs_redact(ErrorData *error);

/*
 * Take the statement, the context and the detail out of what a bound role's
 * session writes to the server log, and the SQL out of log_statement's and
 * log_duration's own lines.
 */
extern void nir_logs_silence(ErrorData *error);

#endif							/* NIR_GUARD_LOGS_H */
