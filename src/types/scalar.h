/*
 * src/types/scalar.h
 *
 * The layout that fnr, duf, tagged_date, tagged_int and tagged_bool share:
 * eight bytes by value, tag in bits 40..63, payload in bits 0..39.  An
 * identity number is an unsigned payload of 40 bits; a date, int or bool is
 * an int32 in bits 0..31 with bits 32..39 zero.
 *
 * Equality, order and hash look at the payload alone: two rows that hold the
 * same number for different purposes are the same number.
 */
#ifndef NIR_TYPES_SCALAR_H
#define NIR_TYPES_SCALAR_H

#include "types/purpose_bits.h"

#define NIR_SCALAR_TAG_SHIFT	40
#define NIR_SCALAR_PAYLOAD_MASK	UINT64CONST(0xFFFFFFFFFF)

static inline NirPurposes
nir_scalar_tag(Datum datum)
{
	return (NirPurposes) (DatumGetUInt64(datum) >> NIR_SCALAR_TAG_SHIFT);
}

static inline uint64
nir_scalar_id(Datum datum)
{
	return DatumGetUInt64(datum) & NIR_SCALAR_PAYLOAD_MASK;
}

static inline int32
nir_scalar_int32(Datum datum)
{
	return (int32) (uint32) DatumGetUInt64(datum);
}

static inline Datum
nir_scalar_from_id(uint64 id, NirPurposes tag)
{
	return UInt64GetDatum(((uint64) tag << NIR_SCALAR_TAG_SHIFT) | (id & NIR_SCALAR_PAYLOAD_MASK));
}

static inline Datum
nir_scalar_from_int32(int32 value, NirPurposes tag)
{
	return UInt64GetDatum(((uint64) tag << NIR_SCALAR_TAG_SHIFT) | (uint32) value);
}

#endif							/* NIR_TYPES_SCALAR_H */
