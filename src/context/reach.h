/*
 * src/context/reach.h
 *
 * The unit numbers that the acting body answers for, by the reach of its kind
 * (nir.body_kind.reach): those of the declared unit; everything within the
 * units it is bound to; or those of a unit that engaged it.
 */
#ifndef NIR_CONTEXT_REACH_H
#define NIR_CONTEXT_REACH_H

#include "nodes/parsenodes.h"

#include "context/context.h"

extern void nir_reach_init(void);

/* True if bodies of this kind act for all that lies within their units at once. */
extern bool nir_reach_is_within(const char *body_kind);

/*
 * Raise NR085 if the body of this context acts by engagement, and no one that
 * is in force today covers its unit and purposes.  It is asked before a
 * statement begins: a condition of rows that raises would tell which are there.
 */
extern void nir_reach_require(const NirContext *context);

/*
 * While a plan is made, the planner asks for the units to estimate by them,
 * and hears of some that nobody has: a plan may be kept, and serve another
 * context than the one it was made in.  False while a query runs, also one
 * that the planner calls for.  Returns what was so before.
 */
extern bool nir_reach_estimates(bool begin);
extern bool nir_reach_is_estimating(void);

/* How many units it hears of for bodies of a kind. */
extern int	nir_reach_estimate(text *kind);

/* What the context in force reaches, sorted, if its body is of the kind; valid until the next call. */
extern int	nir_reach_units(text *kind, const NirUnit **units);

/*
 * For the planner, whose query this is: drop conditions that the policies of
 * its relation number "of" contain as well.  A policy that asks for connections
 * names the units, and so do the policies of the connections.
 */
extern void nir_reach_drop_repeated(Query *query, int of, const List *policies);

#endif							/* NIR_CONTEXT_REACH_H */
