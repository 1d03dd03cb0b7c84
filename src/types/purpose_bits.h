/*
 * src/types/purpose_bits.h
 *
 * A set of purposes as bits: letter a is bit 0, x is bit 23.  The letters are
 * fixed for ever; what a letter means is law data (nir.purpose).
 */
#ifndef NIR_TYPES_PURPOSE_BITS_H
#define NIR_TYPES_PURPOSE_BITS_H

#include <stdint.h>

typedef uint32_t NirPurposes;

#define NIR_PURPOSE_COUNT	24

/* every bit: a value nobody has bound to a column yet ("plain") */
#define NIR_PURPOSES_PLAIN	((NirPurposes) 0x00FFFFFF)

#define NIR_PURPOSE_BIT(letter) ((NirPurposes) 1 << ((letter) - 'a'))

#endif							/* NIR_TYPES_PURPOSE_BITS_H */
