/*
 * src/types/typmod.h
 *
 * The modifier of a tagged type: a set of purpose letters, written
 * nir.tagged_text(a,b,d) or nir.tagged_text('a-e,i').  As a typmod it is the
 * set's bits; -1 is no modifier.  Reading and printing it reads no table.
 */
#ifndef NIR_TYPES_TYPMOD_H
#define NIR_TYPES_TYPMOD_H

#include "types/purpose_bits.h"

/* True if typmod carries a set; then *purposes is it. */
static inline bool
nir_typmod_purposes(int32 typmod, NirPurposes *purposes)
{
	if (typmod < 0)
		return false;
	*purposes = (NirPurposes) typmod & NIR_PURPOSES_PLAIN;
	return true;
}

#endif							/* NIR_TYPES_TYPMOD_H */
