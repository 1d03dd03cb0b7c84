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
 * Fill body, body_kind, unit, granted and functions for a role that declares
 * purposes, an actor and, unless 0 and empty, a unit and a body.  Raises NR011
 * (unbound, or not to this body), NR012 (purpose not bound), NR013 (unit not
 * bound, or one must be named), NR014 (the unit never existed, or no longer
 * does), NR083 (several bodies), and what nir_actor_require does.
 */
extern void nir_binding_choose(NirUnit unit, NirContext *context);

/*
 * Raise the same, or NR015, if what was declared could not be declared now,
 * because binding or grant were changed since.  Quick while nothing was.
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

#endif							/* NIR_CONTEXT_BINDING_H */
