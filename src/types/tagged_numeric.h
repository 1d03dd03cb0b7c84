/*
 * src/types/tagged_numeric.h
 *
 * What other types need of nir.tagged_numeric.
 */
#ifndef NIR_TYPES_TAGGED_NUMERIC_H
#define NIR_TYPES_TAGGED_NUMERIC_H

#include "types/purpose_bits.h"

/* A nir.tagged_numeric from a numeric datum. */
extern Datum nir_tagged_numeric_make(Datum numeric, NirPurposes tag);

#endif							/* NIR_TYPES_TAGGED_NUMERIC_H */
