/*
 * src/guard/logs.h
 *
 * What the server log may hold of a bound role's statements.
 */
#ifndef NIR_GUARD_LOGS_H
#define NIR_GUARD_LOGS_H

#include "miscadmin.h"
#include "utils/elog.h"

/* Install the invalidation callback; once, at process start. */
extern void nir_logs_init(void);

/*
 * Once the session's roles are known, and whenever they may have changed:
 * remember whether they are bound.  Reads the catalog, if anything is to learn.
 */
extern void nir_logs_look_up(void);
extern Oid	nir_logs_open_for;	/* the role known not to be bound, if any */

static inline void
nir_logs_learn(void)
{
	if (unlikely(nir_logs_open_for != GetOuterUserId()))
		nir_logs_look_up();
}

/*
 * Take a bound role's statements off the memory of its prepared plans: a
 * server that runs out of memory prints what each piece is labelled with,
 * straight to the log.  Before a statement is planned and run.
 */
extern void nir_logs_take_labels(void);
extern bool nir_logs_silent;	/* the role is bound; for the rest of the session */

static inline void
nir_logs_hide_plans(void)
{
	if (unlikely(nir_logs_silent))
		nir_logs_take_labels();
}

/*
 * Take the values out of what the server itself says of a constraint of a
 * governed relation ("Key (...)=(...) already exists", "Failing row contains
 * ..."), for the client too.
 */
extern void nir_logs_redact(ErrorData *error);

/*
 * Take the statement, the context and the detail out of what the session of a
 * bound role, or of one not looked up yet, writes to the server log; the SQL
 * out of log_statement's and log_duration's own lines; the values out of
 * messages.  Severity, SQLSTATE and what log_line_prefix adds stay.  Likewise
 * for maintenance and replication, which run functions over everybody's rows.
 */
extern void nir_logs_silence(ErrorData *error);

#endif							/* NIR_GUARD_LOGS_H */
