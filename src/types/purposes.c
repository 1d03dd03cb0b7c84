/*
 * src/types/purposes.c
 *
 * The PostgreSQL face of type nir.purposes: a set of purposes, four bytes by
 * value, not tagged.  Sets sort as the unsigned number their bits make, which
 * means nothing but serves indexes, DISTINCT and GROUP BY.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "compat.h"
#include "types/purposes_text.h"

#define PG_GETARG_PURPOSES(n)		((NirPurposes) PG_GETARG_UINT32(n))
#define PG_RETURN_PURPOSES(set)		PG_RETURN_UINT32(set)

PG_FUNCTION_INFO_V1(nir_purposes_in);

/* SQL: nir.purposes_in(cstring) */
Datum
nir_purposes_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	NirPurposes result;

	if (!nir_purposes_parse(text, strlen(text), &result))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.purposes"),
				 errhint("Write letters a to x, such as {a,d}, {a-e,i} or {}.")));
	PG_RETURN_PURPOSES(result);
}

PG_FUNCTION_INFO_V1(nir_purposes_out);

/* SQL: nir.purposes_out(nir.purposes) */
Datum
nir_purposes_out(PG_FUNCTION_ARGS)
{
	char	   *text = palloc(NIR_PURPOSES_TEXTBYTES);

	nir_purposes_print(PG_GETARG_PURPOSES(0), true, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(nir_purposes_recv);

/* SQL: nir.purposes_recv(internal) */
Datum
nir_purposes_recv(PG_FUNCTION_ARGS)
{
	NirPurposes result = pq_getmsgint((StringInfo) PG_GETARG_POINTER(0), 4);

	if ((result & ~NIR_PURPOSES_PLAIN) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary format for type %s", "nir.purposes"),
				 errdetail("Only the lowest %d bits stand for a purpose.", NIR_PURPOSE_COUNT)));
	PG_RETURN_PURPOSES(result);
}

PG_FUNCTION_INFO_V1(nir_purposes_send);

/* SQL: nir.purposes_send(nir.purposes) */
Datum
nir_purposes_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, PG_GETARG_PURPOSES(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(nir_purposes_from_text);

/* SQL: nir.purposes(text) */
Datum
nir_purposes_from_text(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	NirPurposes result;

	if (!nir_purposes_parse(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), &result))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.purposes"),
				 errhint("Write letters a to x, such as {a,d}, {a-e,i} or {}.")));
	PG_RETURN_PURPOSES(result);
}

PG_FUNCTION_INFO_V1(nir_purposes_to_text);

/* SQL: nir.purposes_to_text(nir.purposes) */
Datum
nir_purposes_to_text(PG_FUNCTION_ARGS)
{
	char		text[NIR_PURPOSES_TEXTBYTES];

	nir_purposes_print(PG_GETARG_PURPOSES(0), true, text);
	PG_RETURN_TEXT_P(cstring_to_text(text));
}

#define PURPOSES_COMPARISON(name, condition) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		NirPurposes a = PG_GETARG_PURPOSES(0); \
		NirPurposes b = PG_GETARG_PURPOSES(1); \
		PG_RETURN_BOOL(condition); \
	} \
	extern int	no_such_variable

PURPOSES_COMPARISON(nir_purposes_eq, a == b);
PURPOSES_COMPARISON(nir_purposes_ne, a != b);
PURPOSES_COMPARISON(nir_purposes_lt, a < b);
PURPOSES_COMPARISON(nir_purposes_le, a <= b);
PURPOSES_COMPARISON(nir_purposes_gt, a > b);
PURPOSES_COMPARISON(nir_purposes_ge, a >= b);
PURPOSES_COMPARISON(nir_purposes_contains, (b & ~a) == 0);
PURPOSES_COMPARISON(nir_purposes_contained, (a & ~b) == 0);
PURPOSES_COMPARISON(nir_purposes_overlaps, (a & b) != 0);

PG_FUNCTION_INFO_V1(nir_purposes_cmp);

/* SQL: nir.purposes_cmp(nir.purposes, nir.purposes) */
Datum
nir_purposes_cmp(PG_FUNCTION_ARGS)
{
	NirPurposes a = PG_GETARG_PURPOSES(0);
	NirPurposes b = PG_GETARG_PURPOSES(1);

	PG_RETURN_INT32(a < b ? -1 : a > b);
}

PG_FUNCTION_INFO_V1(nir_purposes_hash);

/* SQL: nir.purposes_hash(nir.purposes) */
Datum
nir_purposes_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(PG_GETARG_PURPOSES(0));
}

PG_FUNCTION_INFO_V1(nir_purposes_hash_extended);

/* SQL: nir.purposes_hash_extended(nir.purposes, bigint) */
Datum
nir_purposes_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(PG_GETARG_PURPOSES(0), PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(nir_purposes_union);

/* SQL: nir.purposes_union(nir.purposes, nir.purposes) */
Datum
nir_purposes_union(PG_FUNCTION_ARGS)
{
	PG_RETURN_PURPOSES(PG_GETARG_PURPOSES(0) | PG_GETARG_PURPOSES(1));
}

PG_FUNCTION_INFO_V1(nir_purposes_intersection);

/* SQL: nir.purposes_intersection(nir.purposes, nir.purposes) */
Datum
nir_purposes_intersection(PG_FUNCTION_ARGS)
{
	PG_RETURN_PURPOSES(PG_GETARG_PURPOSES(0) & PG_GETARG_PURPOSES(1));
}

PG_FUNCTION_INFO_V1(nir_purposes_difference);

/* SQL: nir.purposes_difference(nir.purposes, nir.purposes) */
Datum
nir_purposes_difference(PG_FUNCTION_ARGS)
{
	PG_RETURN_PURPOSES(PG_GETARG_PURPOSES(0) & ~PG_GETARG_PURPOSES(1));
}
