/*
 * src/context/context.h
 *
 * Who acts, for which body and unit, and for which purposes.
 */
#ifndef NIR_CONTEXT_CONTEXT_H
#define NIR_CONTEXT_CONTEXT_H

/* Define the context setting and tell the wall where to ask. */
extern void nir_context_init(void);

#endif							/* NIR_CONTEXT_CONTEXT_H */
