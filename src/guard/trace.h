/*
 * src/guard/trace.h
 *
 * What a statement is about to use, in words for the access log:
 *
 *     schema.relation(column, column) select insert {b}; ...
 *
 * Columns are the tagged ones that are named, "*" where a whole row is; the
 * purposes are those that carry the relation.  What would stand there twice, as
 * where policies ask of a table in several places, stands there once.  No value
 * is ever in it.
 */
#ifndef NIR_GUARD_TRACE_H
#define NIR_GUARD_TRACE_H

#include "lib/stringinfo.h"
#include "nodes/parsenodes.h"

#include "guard/relation.h"

typedef struct NirTrace
{
	bool		begun;
	bool		privileged;		/* of a session that the checks let pass */
	StringInfoData text;
	List	   *starts;			/* where each relation begins in it */
} NirTrace;

/* purposes: 0 where none carries it, because the session is exempt. */
extern void nir_trace_add(NirTrace *trace, const NirRelation *relation,
						  const RangeTblEntry *rte, NirPurposes purposes);

/* Hand it to the access log; returns the statement's number, 0 without log. */
extern uint64 nir_trace_write(NirTrace *trace);

#endif							/* NIR_GUARD_TRACE_H */
