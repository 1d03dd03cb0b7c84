/*
 * src/context/scope.h
 *
 * Which unit numbers a unit answers for: itself, a municipality's districts,
 * and the numbers it had before a reform.  Cached for the backend until the
 * reference tables change.
 */
#ifndef NIR_CONTEXT_SCOPE_H
#define NIR_CONTEXT_SCOPE_H

#include "types/unit_text.h"

extern void nir_scope_init(void);

/* Raise NR014 unless the unit exists today. */
extern void nir_scope_require_unit(NirUnit unit);

/*
 * The numbers the unit answers for, sorted, palloc'd in the caller's context.
 * A municipality that was renumbered or merged answers for its predecessors;
 * where one was split, no successor does.
 */
extern int	nir_scope_units(NirUnit unit, NirUnit **units);

/*
 * The numbers that lie within any of these units, today or as the numbers that
 * became such ones: districts, municipalities of a county, and what was
 * renumbered into or merged with them; never what was split.  The number of a
 * county that is no more belongs to them if every municipality it had does.
 */
extern int	nir_scope_units_within(const NirUnit *outer, int nouter, NirUnit **units);

#endif							/* NIR_CONTEXT_SCOPE_H */
