/*
 * src/context/binding.h
 *
 * Which bodies a role acts for: nir.role_binding and nir.body.
 */
#ifndef NIR_CONTEXT_BINDING_H
#define NIR_CONTEXT_BINDING_H

#include "context/context.h"

extern void nir_binding_init(void);

/* True if the role has a binding row at all, in force or not; cached. */
extern bool nir_binding_exists(Oid role);

/*
 * Fill context->body, body_kind and unit for a role that declares purposes
 * and, unless 0, a unit.  Raises NR011 (unbound), NR012 (purpose not bound),
 * NR013 (unit not bound, or a choice must be made) or NR014 (the unit never
 * existed, or no longer does).
 */
extern void nir_binding_choose(Oid role, NirPurposes purposes, NirUnit unit,
							   NirContext *context);

/*
 * The context of a binding that needs no declaration, or false.  Cached until
 * the binding tables change or the day does.
 */
extern bool nir_binding_default(Oid role, NirContext *context);

/* The units that the role is bound to for the body today, palloc'd; 0 if it is not bound. */
extern int	nir_binding_units(Oid role, const char *body, NirUnit **units);

#endif							/* NIR_CONTEXT_BINDING_H */
