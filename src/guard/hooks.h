/*
 * src/guard/hooks.h
 *
 * The hooks nir installs.  hooks.c saves, chains and dispatches; the other
 * files of this room decide.
 */
#ifndef NIR_GUARD_HOOKS_H
#define NIR_GUARD_HOOKS_H

/* Install every hook; at process start only. */
extern void nir_guard_init(void);

#endif							/* NIR_GUARD_HOOKS_H */
