/*
 * src/types/wall.h
 *
 * The value's own wall.  The types ask here whether a value may be shown, and
 * which tag it gets when it is stored; they know nothing of sessions, roles
 * or bodies.  The context room tells the wall, through a resolver, which
 * purposes are in force.
 *
 * Nothing here may be called from a comparison or hash function: those never
 * raise.
 */
#ifndef NIR_TYPES_WALL_H
#define NIR_TYPES_WALL_H

#include "types/purpose_bits.h"

/* What is in force for the session at this moment. */
typedef struct NirWallState
{
	bool		exempt;			/* dump, restore, replication: see context.h */
	bool		declared;		/* a purpose is in force */
	NirPurposes purposes;		/* the declared set; empty if none */
} NirWallState;

/* It may raise where nothing at all is in force for the session (NR027). */
typedef void (*NirWallResolver) (NirWallState *state);

/*
 * For every value that is shown: the declared set where nothing else has a say,
 * and an empty one where the resolver must be asked.
 */
typedef NirPurposes (*NirWallGlance) (void);

/* Called once, when the library is loaded at process start. */
extern void nir_wall_set_resolver(NirWallResolver resolver, NirWallGlance glance);

/*
 * Raise unless the hooks were installed at process start (NR001).  Every
 * SQL-callable function that reads, shows or stores a tagged value comes
 * through here directly or through the two below.
 */
extern void nir_wall_require_loaded(void);

/*
 * Raise (NR022, or NR010 when no purpose is declared) unless a value with
 * this tag may be shown now.  A plain value always may.
 */
extern void nir_wall_require_readable(NirPurposes tag);

/*
 * The tag a value gets when it is stored in (or cast to) a column whose
 * modifier is typmod (invariant I1).  typmod < 0 gives the tag back
 * unchanged.  Raises NR023 when the value was collected for fewer purposes
 * than the column serves, NR010 or NR024 when a plain value cannot be bound
 * to the declared purpose.
 */
extern NirPurposes nir_wall_bind(NirPurposes tag, int32 typmod);

/*
 * Raise (NR023, NR024) unless a stored value with this tag carries exactly the
 * purposes of typmod; whatever its expression claimed.
 */
extern void nir_wall_require_bound(NirPurposes tag, int32 typmod);

#endif							/* NIR_TYPES_WALL_H */
