/*
 * src/types/scalar.c
 *
 * Comparison, hash and sort of the tagged types whose payload is an int32:
 * tagged_date, tagged_int and tagged_bool, among themselves and with their
 * base types.
 *
 * Everything here looks at payloads alone and never raises, so it may be
 * LEAKPROOF; the hash is the base type's, so that a join of a tagged column
 * with a plain one can hash.  A date and an int4 are the same four bytes, and
 * share the functions named int32.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "utils/sortsupport.h"

#include "types/scalar.h"

#define READ_SCALAR(n)	((int64) nir_scalar_int32(PG_GETARG_DATUM(n)))
#define READ_INT16(n)	((int64) PG_GETARG_INT16(n))
#define READ_INT32(n)	((int64) PG_GETARG_INT32(n))
#define READ_INT64(n)	PG_GETARG_INT64(n)
#define READ_BOOL(n)	((int64) PG_GETARG_BOOL(n))

#define COMPARISON(symbol, left, right, op) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(left(0) op right(1)); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

#define ORDERING(symbol, left, right) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		int64		a = left(0); \
		int64		b = right(1); \
		PG_RETURN_INT32((a > b) - (a < b)); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

/* the six operators and the btree function for one pair of argument types */
#define COMPARISONS(a, b, left, right) \
	COMPARISON(nir_##a##_lt##b, left, right, <); \
	COMPARISON(nir_##a##_le##b, left, right, <=); \
	COMPARISON(nir_##a##_eq##b, left, right, ==); \
	COMPARISON(nir_##a##_ne##b, left, right, !=); \
	COMPARISON(nir_##a##_ge##b, left, right, >=); \
	COMPARISON(nir_##a##_gt##b, left, right, >); \
	ORDERING(nir_##a##_cmp##b, left, right)

COMPARISONS(scalar,, READ_SCALAR, READ_SCALAR);
COMPARISONS(scalar, _int16, READ_SCALAR, READ_INT16);
COMPARISONS(scalar, _int32, READ_SCALAR, READ_INT32);
COMPARISONS(scalar, _int64, READ_SCALAR, READ_INT64);
COMPARISONS(scalar, _bool, READ_SCALAR, READ_BOOL);
COMPARISONS(int16, _scalar, READ_INT16, READ_SCALAR);
COMPARISONS(int32, _scalar, READ_INT32, READ_SCALAR);
COMPARISONS(int64, _scalar, READ_INT64, READ_SCALAR);
COMPARISONS(bool, _scalar, READ_BOOL, READ_SCALAR);

PG_FUNCTION_INFO_V1(nir_scalar_sortsupport);
PG_FUNCTION_INFO_V1(nir_scalar_hash);
PG_FUNCTION_INFO_V1(nir_scalar_hash_extended);
PG_FUNCTION_INFO_V1(nir_scalar_smaller);
PG_FUNCTION_INFO_V1(nir_scalar_larger);

/*
 * The server's comparator for int32 datums reads the low half of the datum,
 * which is exactly the payload; with it the sort takes its specialised path.
 */
Datum
nir_scalar_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = ssup_datum_int32_cmp;
	PG_RETURN_VOID();
}

Datum
nir_scalar_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32((uint32) nir_scalar_int32(PG_GETARG_DATUM(0)));
}

Datum
nir_scalar_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended((uint32) nir_scalar_int32(PG_GETARG_DATUM(0)),
								PG_GETARG_INT64(1));
}

/* Transition of min(): the smaller value keeps its own tag. */
Datum
nir_scalar_smaller(PG_FUNCTION_ARGS)
{
	return PG_GETARG_DATUM(READ_SCALAR(0) <= READ_SCALAR(1) ? 0 : 1);
}

/* Transition of max(). */
Datum
nir_scalar_larger(PG_FUNCTION_ARGS)
{
	return PG_GETARG_DATUM(READ_SCALAR(0) >= READ_SCALAR(1) ? 0 : 1);
}
