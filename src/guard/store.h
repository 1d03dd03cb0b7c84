/*
 * src/guard/store.h
 *
 * The last wall before a value is stored (invariant I1).
 *
 * The parser binds a value to its column by a cast, which it leaves out where
 * an expression already claims the column's modifier.  Not every claim is
 * true: a record variable, a column definition list or a cast of one's own can
 * lie.  So what is stored is looked at itself, whatever was claimed.
 */
#ifndef NIR_GUARD_STORE_H
#define NIR_GUARD_STORE_H

#include "nodes/parsenodes.h"

/*
 * Before planning: make every INSERT, UPDATE and MERGE into a relation with
 * tagged columns check, after BEFORE triggers, that each value carries exactly
 * its column's purposes.
 */
extern void nir_store_guard_query(Query *query);

/*
 * After parse analysis: raise NR031 where a column definition list claims
 * purposes (FROM f() AS t(note nir.tagged_text(a))): nobody checks such claims.
 */
extern void nir_store_check_claims(Query *query);

/*
 * Raise (NR023, NR024) unless every value now stored in the relation carries
 * exactly its column's purposes: for commands that fill a table without the
 * planner's help.
 */
extern void nir_store_verify(Oid relid);

#endif							/* NIR_GUARD_STORE_H */
