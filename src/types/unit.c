/*
 * src/types/unit.c
 *
 * The PostgreSQL face of type nir.unit: county, municipality or city district
 * by its number, four bytes by value (unit_text.h has the layout), not
 * tagged.  On the wire a unit is text.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#include "compat.h"
#include "types/unit_text.h"

#define PG_GETARG_UNIT(n)		((NirUnit) PG_GETARG_INT32(n))
#define PG_RETURN_UNIT(unit)	PG_RETURN_INT32(unit)

static Datum
unit_from_bytes(const char *bytes, size_t len, Node *escontext)
{
	NirUnit		result;

	if (!nir_unit_parse(bytes, len, &result))
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.unit"),
				 errhint("Write 2 digits for a county, 4 for a municipality or 6 for a city district, such as 03, 0301 or 030101.")));
	PG_RETURN_UNIT(result);
}

PG_FUNCTION_INFO_V1(nir_unit_in);

/* SQL: nir.unit_in(cstring) */
Datum
nir_unit_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);

	return unit_from_bytes(text, strlen(text), fcinfo->context);
}

PG_FUNCTION_INFO_V1(nir_unit_out);

/* SQL: nir.unit_out(nir.unit) */
Datum
nir_unit_out(PG_FUNCTION_ARGS)
{
	char	   *text = palloc(NIR_UNIT_TEXTBYTES);

	nir_unit_print(PG_GETARG_UNIT(0), text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(nir_unit_recv);

/* SQL: nir.unit_recv(internal) */
Datum
nir_unit_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;
	const char *bytes = pq_getmsgbytes(buf, len);

	return unit_from_bytes(bytes, len, NULL);
}

PG_FUNCTION_INFO_V1(nir_unit_send);

/* SQL: nir.unit_send(nir.unit) */
Datum
nir_unit_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;
	char		text[NIR_UNIT_TEXTBYTES];
	size_t		len = nir_unit_print(PG_GETARG_UNIT(0), text);

	pq_begintypsend(&buf);
	pq_sendtext(&buf, text, len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(nir_unit_from_text);

/* SQL: nir.unit(text) */
Datum
nir_unit_from_text(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);

	return unit_from_bytes(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), NULL);
}

PG_FUNCTION_INFO_V1(nir_unit_to_text);

/* SQL: nir.unit_to_text(nir.unit) */
Datum
nir_unit_to_text(PG_FUNCTION_ARGS)
{
	char		text[NIR_UNIT_TEXTBYTES];
	size_t		len = nir_unit_print(PG_GETARG_UNIT(0), text);

	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, len));
}

#define UNIT_COMPARISON(name, condition) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		NirUnit		a = PG_GETARG_UNIT(0); \
		NirUnit		b = PG_GETARG_UNIT(1); \
		PG_RETURN_BOOL(condition); \
	} \
	extern int	no_such_variable

UNIT_COMPARISON(nir_unit_eq, a == b);
UNIT_COMPARISON(nir_unit_ne, a != b);
UNIT_COMPARISON(nir_unit_lt, a < b);
UNIT_COMPARISON(nir_unit_le, a <= b);
UNIT_COMPARISON(nir_unit_gt, a > b);
UNIT_COMPARISON(nir_unit_ge, a >= b);
UNIT_COMPARISON(nir_unit_within, b <= a && a <= nir_unit_last_within(b));

PG_FUNCTION_INFO_V1(nir_unit_cmp);

/* SQL: nir.unit_cmp(nir.unit, nir.unit) */
Datum
nir_unit_cmp(PG_FUNCTION_ARGS)
{
	NirUnit		a = PG_GETARG_UNIT(0);
	NirUnit		b = PG_GETARG_UNIT(1);

	PG_RETURN_INT32(a < b ? -1 : a > b);
}

PG_FUNCTION_INFO_V1(nir_unit_sortsupport);

/* SQL: nir.unit_sortsupport(internal) */
Datum
nir_unit_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = ssup_datum_int32_cmp;
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(nir_unit_hash);

/* SQL: nir.unit_hash(nir.unit) */
Datum
nir_unit_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32((uint32) PG_GETARG_UNIT(0));
}

PG_FUNCTION_INFO_V1(nir_unit_hash_extended);

/* SQL: nir.unit_hash_extended(nir.unit, bigint) */
Datum
nir_unit_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended((uint32) PG_GETARG_UNIT(0), PG_GETARG_INT64(1));
}

PG_FUNCTION_INFO_V1(nir_unit_get_level);

/* SQL: nir.unit_level(nir.unit) */
Datum
nir_unit_get_level(PG_FUNCTION_ARGS)
{
	const char *level = NULL;

	switch (nir_unit_level(PG_GETARG_UNIT(0)))
	{
		case NIR_UNIT_COUNTY:
			level = "county";
			break;
		case NIR_UNIT_MUNICIPALITY:
			level = "municipality";
			break;
		case NIR_UNIT_DISTRICT:
			level = "district";
			break;
	}
	if (level == NULL)
		elog(ERROR, "invalid unit level");
	PG_RETURN_TEXT_P(cstring_to_text(level));
}

PG_FUNCTION_INFO_V1(nir_unit_get_parent);

/* SQL: nir.unit_parent(nir.unit) */
Datum
nir_unit_get_parent(PG_FUNCTION_ARGS)
{
	PG_RETURN_UNIT(nir_unit_parent(PG_GETARG_UNIT(0)));
}

PG_FUNCTION_INFO_V1(nir_unit_get_last_within);

/* SQL: nir.unit_last_within(nir.unit) */
Datum
nir_unit_get_last_within(PG_FUNCTION_ARGS)
{
	PG_RETURN_UNIT(nir_unit_last_within(PG_GETARG_UNIT(0)));
}
