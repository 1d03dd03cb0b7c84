/*
 * src/context/reference.h
 *
 * Whether a name or a case reference says anything.
 */
#ifndef NIR_CONTEXT_REFERENCE_H
#define NIR_CONTEXT_REFERENCE_H

/* False for what is empty, blank or made of invisible characters; text of the server's encoding. */
extern bool nir_reference_says(const char *text);

#endif							/* NIR_CONTEXT_REFERENCE_H */
