/*
 * src/guard/definition.h
 *
 * What may not be defined: a column of tagged values without a modifier
 * (invariant I2), a foreign key over tagged columns, extended statistics over
 * them, a cast from or to their types, an index, check or generated column
 * over them that calls somebody's own code, a governed table below a parent
 * that is not, or the other way round; policies, triggers and rules of a
 * governed table; TRUNCATE; and what DROP EXTENSION, SCHEMA or TYPE ... CASCADE
 * may not take along.
 */
#ifndef NIR_GUARD_DEFINITION_H
#define NIR_GUARD_DEFINITION_H

#include "catalog/objectaccess.h"
#include "nodes/pg_list.h"

/* False for the events that come with every statement, and change nothing. */
static inline bool
nir_definition_concerns(ObjectAccessType access)
{
	return access == OAT_POST_CREATE || access == OAT_POST_ALTER ||
		access == OAT_TRUNCATE || access == OAT_DROP;
}

/* Called for every object access event; raises NR028, NR030, NR032 or NR033. */
extern void nir_definition_check(ObjectAccessType access, Oid class_id,
								 Oid object_id, int sub_id, void *arg);

/* OIDs of the relations that are nir's business and have a column of the type, also inside another. */
extern List *nir_definition_users_of_type(Oid type);

/*
 * Before DROP EXTENSION nir CASCADE: raise NR033 while a relation is governed
 * or a column holds tagged values.
 */
extern void nir_definition_require_unused(void);

/*
 * Between collect(true) and collect(before): remember the tables with tagged
 * columns that are made, so that what fills them can be verified by number
 * and not by name.
 */
extern bool nir_definition_collect(bool on);
extern List *nir_definition_filled(void);

#endif							/* NIR_GUARD_DEFINITION_H */
