/*
 * src/types/tagged_numeric.c
 *
 * nir.tagged_numeric: a numeric and its purposes.  Everything a numeric can
 * do is left to the server, on a rebuilt numeric; here is what surrounds it.
 *
 * As with the server's numeric, comparison is not LEAKPROOF.
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"
#include "utils/sortsupport.h"

#include "compat.h"
#include "types/scalar.h"
#include "types/tagged_numeric.h"
#include "types/tagged_varlena.h"
#include "types/wall.h"

PG_FUNCTION_INFO_V1(nir_tagged_numeric_in);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_out);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_recv);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_send);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_bind);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_numeric);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_int2);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_int4);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_int8);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_float4);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_from_float8);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_numeric);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_int2);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_int4);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_int8);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_float4);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_float8);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_json);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_to_jsonb);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_sortsupport);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_hash);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_hash_extended);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_smaller);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_larger);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_minus_sign);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_abs);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_round);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_accumulate);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_sum);
PG_FUNCTION_INFO_V1(nir_tagged_numeric_average);

/* ---- open and make ---- */

/*
 * The header words of a numeric are read before its length is looked at, so a
 * damaged payload too short to hold them reads as zero.
 */
static void
open_tagged(Datum datum, NirTaggedVarlena *value)
{
	static const char zero[2 * sizeof(int16)] = {0};
	uint16		header;

	nir_tagged_open(datum, value);
	if (value->len >= (int) sizeof(zero))
		return;
	if (value->len >= (int) sizeof(header))
	{
		/* the short forms, which have their high bit set, need one word */
		memcpy(&header, value->data, sizeof(header));
		if ((header & 0x8000) != 0)
			return;
	}
	value->data = zero;
	value->len = sizeof(zero);
}

/* The numeric in a tagged value. */
static Datum
numeric_of(Datum datum)
{
	NirTaggedVarlena value;
	Datum		result;

	open_tagged(datum, &value);
	result = nir_tagged_make_base(&value);
	nir_tagged_close(&value);
	return result;
}

static NirPurposes
tag_of(Datum datum)
{
	NirTaggedVarlena value;
	NirPurposes tag;

	nir_tagged_open(datum, &value);
	tag = value.tag;
	nir_tagged_close(&value);
	return tag;
}

/* The numeric in argument 0, if it may be shown now. */
static Datum
readable_numeric(FunctionCallInfo fcinfo)
{
	nir_wall_require_readable(tag_of(PG_GETARG_DATUM(0)));
	return numeric_of(PG_GETARG_DATUM(0));
}

Datum
nir_tagged_numeric_make(Datum datum, NirPurposes tag)
{
	Numeric		numeric = DatumGetNumeric(datum);

	return nir_tagged_make(tag, VARDATA(numeric), VARSIZE(numeric) - VARHDRSZ);
}

/* ---- input ---- */

static const char *
skip_blanks(const char *text)
{
	while (isspace((unsigned char) *text))
		text++;
	return text;
}

/* The end of the digits at text, text itself if there is none. */
static const char *
skip_digits(const char *text)
{
	while (isdigit((unsigned char) *text))
		text++;
	return text;
}

/* The end of NaN or, after a sign too, Infinity or Inf; NULL if there is none. */
static const char *
skip_special(const char *text, bool is_signed)
{
	if (!is_signed && pg_strncasecmp(text, "nan", 3) == 0)
		return text + 3;
	if (pg_strncasecmp(text, "infinity", 8) == 0)
		return text + 8;
	if (pg_strncasecmp(text, "inf", 3) == 0)
		return text + 3;
	return NULL;
}

/* The end of digits with a point and an exponent; NULL if malformed. */
static const char *
skip_decimal(const char *text)
{
	const char *digits = text;
	const char *end = skip_digits(text);
	bool		any = end > digits;

	if (*end == '.')
	{
		digits = end + 1;
		end = skip_digits(digits);
		any = any || end > digits;
	}
	if (!any)
		return NULL;
	if (*end == 'e' || *end == 'E')
	{
		digits = end + 1;
		if (*digits == '-' || *digits == '+')
			digits++;
		end = skip_digits(digits);
		if (end == digits)
			return NULL;
	}
	return end;
}

/*
 * True if text is a number that numeric_in reads, in the forms that every
 * version of it reads: no blank behind the e, no underscore, no base but ten.
 * What is checked here cannot make numeric_in repeat the text in an error; a
 * number too large still can raise one, which has no value in it.
 */
static bool
is_numeric(const char *text)
{
	const char *end;
	bool		is_signed;

	text = skip_blanks(text);
	is_signed = *text == '-' || *text == '+';
	if (is_signed)
		text++;
	end = skip_special(text, is_signed);
	if (end == NULL)
		end = skip_decimal(text);
	return end != NULL && *skip_blanks(end) == '\0';
}

Datum
nir_tagged_numeric_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	Datum		numeric;

	if (!is_numeric(text))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.tagged_numeric"),
				 errhint("A number is digits with an optional sign, point and exponent.")));
	numeric = DirectFunctionCall3(numeric_in, CStringGetDatum(text),
								  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	return nir_tagged_numeric_make(numeric, tag);
}

Datum
nir_tagged_numeric_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	Datum		numeric = DirectFunctionCall3(numeric_recv, PointerGetDatum(buf),
											  ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));

	return nir_tagged_numeric_make(numeric, tag);
}

/* ---- output and casts ---- */

Datum
nir_tagged_numeric_out(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(numeric_out, readable_numeric(fcinfo));
}

Datum
nir_tagged_numeric_send(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(numeric_send, readable_numeric(fcinfo));
}

/* Length coercion. */
Datum
nir_tagged_numeric_bind(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	NirPurposes tag;

	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	tag = nir_wall_bind(value.tag, PG_GETARG_INT32(1));
	return nir_tagged_make(tag, value.data, value.len);
}

/* A plain value from argument 0, converted by the server's function. */
#define FROM_BASE(symbol, function) \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		nir_wall_require_loaded(); \
		return nir_tagged_numeric_make(DirectFunctionCall1(function, PG_GETARG_DATUM(0)), \
									   NIR_PURPOSES_PLAIN); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

FROM_BASE(nir_tagged_numeric_from_numeric, numeric_uplus);
FROM_BASE(nir_tagged_numeric_from_int2, int2_numeric);
FROM_BASE(nir_tagged_numeric_from_int4, int4_numeric);
FROM_BASE(nir_tagged_numeric_from_int8, int8_numeric);
FROM_BASE(nir_tagged_numeric_from_float4, float4_numeric);
FROM_BASE(nir_tagged_numeric_from_float8, float8_numeric);

#define TO_BASE(symbol, function) \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return DirectFunctionCall1(function, readable_numeric(fcinfo)); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

TO_BASE(nir_tagged_numeric_to_numeric, numeric_uplus);
TO_BASE(nir_tagged_numeric_to_int2, numeric_int2);
TO_BASE(nir_tagged_numeric_to_int4, numeric_int4);
TO_BASE(nir_tagged_numeric_to_int8, numeric_int8);
TO_BASE(nir_tagged_numeric_to_float4, numeric_float4);
TO_BASE(nir_tagged_numeric_to_float8, numeric_float8);

/* A JSON number; NaN and the infinities, which JSON lacks, as strings. */
static char *
json_text(FunctionCallInfo fcinfo)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, readable_numeric(fcinfo)));

	return IsValidJsonNumber(text, strlen(text)) ? text : psprintf("\"%s\"", text);
}

Datum
nir_tagged_numeric_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(json_text(fcinfo)));
}

Datum
nir_tagged_numeric_to_jsonb(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json_text(fcinfo)));
}

/* ---- comparison, sort, hash ---- */

/* Room for a numeric of ordinary size, so that comparing allocates nothing. */
typedef union Scratch
{
	int32		align;
	char		bytes[VARHDRSZ + 64];
} Scratch;

static Datum
lay_out(Scratch *scratch, NirTaggedOpener open, Datum datum)
{
	NirTaggedVarlena value;
	Datum		result;

	open(datum, &value);
	if (VARHDRSZ + (Size) value.len <= sizeof(Scratch))
	{
		SET_VARSIZE(scratch->bytes, VARHDRSZ + value.len);
		memcpy(VARDATA(scratch->bytes), value.data, value.len);
		result = PointerGetDatum(scratch->bytes);
	}
	else
		result = nir_tagged_make_base(&value);
	nir_tagged_close(&value);
	return result;
}

static void
clear(Scratch *scratch, Datum laid_out)
{
	if (DatumGetPointer(laid_out) != scratch->bytes)
		pfree(DatumGetPointer(laid_out));
}

/* The order of arguments 0 and 1, each opened as its type wants. */
static int
compare_arguments(FunctionCallInfo fcinfo, NirTaggedOpener open_left, NirTaggedOpener open_right)
{
	Scratch		left_scratch;
	Scratch		right_scratch;
	Datum		left = lay_out(&left_scratch, open_left, PG_GETARG_DATUM(0));
	Datum		right = lay_out(&right_scratch, open_right, PG_GETARG_DATUM(1));
	int			result = DatumGetInt32(DirectFunctionCall2(numeric_cmp, left, right));

	clear(&left_scratch, left);
	clear(&right_scratch, right);
	return result;
}

#define COMPARISON(symbol, return_macro, expression) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return_macro(expression); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

/* the six operators and the btree function for one pair of argument types */
#define COMPARISONS(a, b, left, right) \
	COMPARISON(nir_##a##_lt##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) < 0); \
	COMPARISON(nir_##a##_le##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) <= 0); \
	COMPARISON(nir_##a##_eq##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) == 0); \
	COMPARISON(nir_##a##_ne##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) != 0); \
	COMPARISON(nir_##a##_ge##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) >= 0); \
	COMPARISON(nir_##a##_gt##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) > 0); \
	COMPARISON(nir_##a##_cmp##b, PG_RETURN_INT32, compare_arguments(fcinfo, left, right))

COMPARISONS(tagged_numeric,, open_tagged, open_tagged);
COMPARISONS(tagged_numeric, _numeric, open_tagged, nir_tagged_open_base);
COMPARISONS(numeric, _tagged_numeric, nir_tagged_open_base, open_tagged);

/* Transition of min(): the smaller value keeps its own tag. */
Datum
nir_tagged_numeric_smaller(PG_FUNCTION_ARGS)
{
	bool		first = compare_arguments(fcinfo, open_tagged, open_tagged) <= 0;

	PG_RETURN_DATUM(PG_GETARG_DATUM(first ? 0 : 1));
}

/* Transition of max(). */
Datum
nir_tagged_numeric_larger(PG_FUNCTION_ARGS)
{
	bool		first = compare_arguments(fcinfo, open_tagged, open_tagged) >= 0;

	PG_RETURN_DATUM(PG_GETARG_DATUM(first ? 0 : 1));
}

static void
set_up_numeric(SortSupport base)
{
	DirectFunctionCall1(numeric_sortsupport, PointerGetDatum(base));
}

Datum
nir_tagged_numeric_sortsupport(PG_FUNCTION_ARGS)
{
	nir_tagged_sort_as_base((SortSupport) PG_GETARG_POINTER(0), open_tagged, set_up_numeric);
	PG_RETURN_VOID();
}

Datum
nir_tagged_numeric_hash(PG_FUNCTION_ARGS)
{
	Scratch		scratch;
	Datum		numeric = lay_out(&scratch, open_tagged, PG_GETARG_DATUM(0));
	Datum		result = DirectFunctionCall1(hash_numeric, numeric);

	clear(&scratch, numeric);
	return result;
}

Datum
nir_tagged_numeric_hash_extended(PG_FUNCTION_ARGS)
{
	Scratch		scratch;
	Datum		numeric = lay_out(&scratch, open_tagged, PG_GETARG_DATUM(0));
	Datum		result = DirectFunctionCall2(hash_numeric_extended, numeric, PG_GETARG_DATUM(1));

	clear(&scratch, numeric);
	return result;
}

/* ---- arithmetic; of two tags, what both allow ---- */

#define TAGGED(n)		numeric_of(PG_GETARG_DATUM(n))
#define BASE(n)			NumericGetDatum(PG_GETARG_NUMERIC(n))
#define TAG_OF(n)		tag_of(PG_GETARG_DATUM(n))

#define ARITHMETIC(symbol, left, right, function, tag) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return nir_tagged_numeric_make(DirectFunctionCall2(function, left(0), right(1)), tag); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

#define ARITHMETICS(name, function) \
	ARITHMETIC(nir_tagged_numeric_##name, TAGGED, TAGGED, function, TAG_OF(0) & TAG_OF(1)); \
	ARITHMETIC(nir_tagged_numeric_##name##_numeric, TAGGED, BASE, function, TAG_OF(0)); \
	ARITHMETIC(nir_numeric_##name##_tagged_numeric, BASE, TAGGED, function, TAG_OF(1))

ARITHMETICS(plus, numeric_add);
ARITHMETICS(minus, numeric_sub);
ARITHMETICS(times, numeric_mul);
ARITHMETICS(by, numeric_div);

Datum
nir_tagged_numeric_minus_sign(PG_FUNCTION_ARGS)
{
	return nir_tagged_numeric_make(DirectFunctionCall1(numeric_uminus, TAGGED(0)), TAG_OF(0));
}

Datum
nir_tagged_numeric_abs(PG_FUNCTION_ARGS)
{
	return nir_tagged_numeric_make(DirectFunctionCall1(numeric_abs, TAGGED(0)), TAG_OF(0));
}

/* round(nir.tagged_numeric) and round(nir.tagged_numeric, integer) */
Datum
nir_tagged_numeric_round(PG_FUNCTION_ARGS)
{
	int32		scale = PG_NARGS() > 1 ? PG_GETARG_INT32(1) : 0;
	Datum		rounded = DirectFunctionCall2(numeric_round, TAGGED(0), Int32GetDatum(scale));

	return nir_tagged_numeric_make(rounded, TAG_OF(0));
}

/* ---- sum and avg ---- */

/* Of the values so far: what all their tags allow, how many, the server's own state. */
typedef struct NumericTotal
{
	NirPurposes tag;
	int64		count;
	Datum		server;
	bool		server_isnull;
} NumericTotal;

/* Hands one value to the server's transition function of sum and avg. */
static void
accumulate(FunctionCallInfo fcinfo, NumericTotal *total, Datum numeric)
{
	LOCAL_FCINFO(inner, 2);

	InitFunctionCallInfoData(*inner, fcinfo->flinfo, 2, InvalidOid, fcinfo->context, NULL);
	inner->args[0].value = total->server;
	inner->args[0].isnull = total->server_isnull;
	inner->args[1].value = numeric;
	inner->args[1].isnull = false;
	total->server = numeric_avg_accum(inner);
	total->server_isnull = inner->isnull;
}

Datum
nir_tagged_numeric_accumulate(PG_FUNCTION_ARGS)
{
	NumericTotal *total = PG_ARGISNULL(0) ? NULL : (NumericTotal *) PG_GETARG_POINTER(0);
	MemoryContext aggregate;

	if (!AggCheckCallContext(fcinfo, &aggregate))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (total == NULL)
	{
		total = MemoryContextAllocZero(aggregate, sizeof(NumericTotal));
		total->tag = NIR_PURPOSES_PLAIN;
		total->server_isnull = true;
	}
	if (!PG_ARGISNULL(1))
	{
		total->tag &= TAG_OF(1);
		total->count++;
		accumulate(fcinfo, total, TAGGED(1));
	}
	PG_RETURN_POINTER(total);
}

/* sum() or avg(), which the server's function makes of its state. */
static Datum
finish(FunctionCallInfo fcinfo, PGFunction function)
{
	NumericTotal *total = PG_ARGISNULL(0) ? NULL : (NumericTotal *) PG_GETARG_POINTER(0);

	if (total == NULL || total->count == 0)
		PG_RETURN_NULL();
	return nir_tagged_numeric_make(DirectFunctionCall1(function, total->server), total->tag);
}

Datum
nir_tagged_numeric_sum(PG_FUNCTION_ARGS)
{
	return finish(fcinfo, numeric_sum);
}

Datum
nir_tagged_numeric_average(PG_FUNCTION_ARGS)
{
	return finish(fcinfo, numeric_avg);
}
