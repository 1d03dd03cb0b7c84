/*
 * src/context/narrowing.h
 *
 * Persons whose rows are hidden for some purposes or from some actors:
 * shielded, restricted, reserved.  What that means is law data
 * (nir.narrowing); who they are stands in tables of the register
 * (nir.narrowing_source).
 */
#ifndef NIR_CONTEXT_NARROWING_H
#define NIR_CONTEXT_NARROWING_H

#include "fmgr.h"
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"

/* What only policies call: nir.subject_is_open and nir.may_reach. */
#define NIR_NARROWING_FUNCTIONS	3
extern void nir_narrowing_functions(Oid functions[NIR_NARROWING_FUNCTIONS]);

/* Raise NR091 unless the function is called by a policy, by nir_owner's functions or in an exempt session. */
extern void nir_narrowing_require_policy(FmgrInfo *flinfo);

/* Of what the planner takes over: calls in the policies of a governed relation are a policy's. */
extern void nir_narrowing_mark_rows(RangeTblEntry *of);
extern void nir_narrowing_mark_checks(Query *query);

/* True for a call of that function that is so marked. */
extern bool nir_narrowing_is_of_policy(const FuncExpr *call);

/*
 * True unless what is special about the subject is narrowed in some register
 * for the context and actor: for values that have left their rows.
 */
extern bool nir_narrowing_lets_open(int64 subject);
/*
 * False if the declared purposes hide nobody's rows of this category, whoever
 * acts, as long as nir_narrowed_generation is what it sets *generation to.
 * Raises NR090 where that cannot be told.
 */
extern bool nir_narrowing_hides_any(Oid root, const char *category, uint64 *generation);

#endif							/* NIR_CONTEXT_NARROWING_H */
