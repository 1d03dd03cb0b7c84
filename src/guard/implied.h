/*
 * src/guard/implied.h
 *
 * What a statement reads of a relation without naming it.
 *
 * Somebody who may define things on a table can have columns looked at that
 * the statement does not name: by policies, partition keys and generated
 * columns in every statement, by checks and unique indexes in an UPDATE, by
 * triggers and rules, which are handed the whole old row.  Comparing asks for
 * no purpose, so these columns must count as named.
 */
#ifndef NIR_GUARD_IMPLIED_H
#define NIR_GUARD_IMPLIED_H

#include "nodes/bitmapset.h"
#include "nodes/parsenodes.h"
#include "utils/relcache.h"

#include "guard/relation.h"

/* While the entry is built: what of this does not change with the statement. */
extern void nir_implied_describe(NirRelation *entry, Relation relation);

/*
 * Those columns of a relation that is tagged, as in selectedCols; 0 stands for
 * the whole row.  inherited is what the statement does to parents, whose
 * children are not told.
 */
extern Bitmapset *nir_implied_columns(const NirRelation *entry, const RangeTblEntry *rte, AclMode inherited);

#endif							/* NIR_GUARD_IMPLIED_H */
