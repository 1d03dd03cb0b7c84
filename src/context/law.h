/*
 * src/context/law.h
 *
 * Purposes as law data: which letters may be declared today, and what they
 * are called.  Cached for the backend until nir.purpose changes.
 */
#ifndef NIR_CONTEXT_LAW_H
#define NIR_CONTEXT_LAW_H

#include "types/purpose_bits.h"

extern void nir_law_init(void);

/*
 * Purposes from a user's text: letters and ranges ("b", "a-e,i", "{b,d}") or
 * names ("qualification"), separated by commas.  Raises NR012 for what is
 * unknown or reserved for the purge, NR080 for what is switched off or not in
 * force today.
 */
extern NirPurposes nir_law_parse_purposes(const char *text);

/* Those of the purposes that may be declared only with a case reference. */
extern NirPurposes nir_law_need_case_ref(NirPurposes purposes);

#endif							/* NIR_CONTEXT_LAW_H */
