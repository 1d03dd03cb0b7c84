/*
 * src/context/actor.h
 *
 * Actors, the case workers behind one login: nir.actor_grant.
 */
#ifndef NIR_CONTEXT_ACTOR_H
#define NIR_CONTEXT_ACTOR_H

#include "context/context.h"

extern void nir_actor_init(void);

/*
 * The functions granted to the context's actor.  Raises 22004 if none is
 * named, NR081 without a grant in force for body, unit and all the purposes,
 * NR082 if it was not reviewed in time.
 */
extern uint32 nir_actor_require(const NirContext *context);

/* The bit of a function of nir.actor_function; raises if there is none. */
extern uint32 nir_actor_function_bit(const char *function);

#endif							/* NIR_CONTEXT_ACTOR_H */
