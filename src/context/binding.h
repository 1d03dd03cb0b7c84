/*
 * src/context/binding.h
 *
 * Which bodies a role acts for: nir.role_binding and nir.body.
 */
#ifndef NIR_CONTEXT_BINDING_H
#define NIR_CONTEXT_BINDING_H

#include "context/catalog.h"
#include "context/context.h"

extern void nir_binding_init(void);

/* True if the role has a binding row at all, in force or not; cached. */
extern bool nir_binding_exists(Oid role);

/*
 * Fill body, body_kind and unit for a role that declares purposes and, unless
 * 0 and empty, a unit and a body; vouched and granted tell what else the
 * binding demands, for the caller to see to.  Raises NR011
 * (unbound, or not to this body), NR012 (purpose not bound), NR013 (unit not
 * bound, or one must be named), NR014 (the unit never existed, or no longer
 * does) or NR083 (several bodies).
 */
extern void nir_binding_choose(NirUnit unit, NirContext *context);

/*
 * Raise the same, NR080, what nir_actor_require does, or NR015, if what was declared could not be declared now,
 * because law data, binding or grant were changed since.  Quick while nothing was.
 */
extern void nir_binding_require_standing(const NirContext *declared);

/*
 * The context of a binding that needs no declaration, or false.  Cached until
 * the binding tables change or the day does.
 */
extern bool nir_binding_default(Oid role, NirContext *context);

/* Column units of a row; false where it is null, for the whole country. */
extern bool nir_binding_read_units(NirCatalogScan *scan, HeapTuple tuple,
								   NirUnit **units, int *count);

/* True if one of the units acts for the unit. */
extern bool nir_binding_units_cover(const NirUnit *units, int count, NirUnit unit);

/* The units that the role is bound to for the body today, palloc'd; 0 if it is not bound. */
extern int	nir_binding_units(Oid role, const char *body, NirUnit **units);

#endif							/* NIR_CONTEXT_BINDING_H */
