/*
 * src/types/tagged_text.h
 *
 * What other types and the operators of nir.tagged_text need of it.
 */
#ifndef NIR_TYPES_TAGGED_TEXT_H
#define NIR_TYPES_TAGGED_TEXT_H

#include "types/purpose_bits.h"

/* A nir.tagged_text from a text datum. */
extern Datum nir_tagged_text_make(Datum text, NirPurposes tag);

/*
 * True if equal under the collation means equal bytes.  False for the
 * collations that may find different strings equal.
 */
extern bool nir_collation_is_bytewise_equal(Oid collation);

/* True if the collation orders by bytes. */
extern bool nir_collation_is_c(Oid collation);

#endif							/* NIR_TYPES_TAGGED_TEXT_H */
