/*
 * src/types/tagged_int.c
 *
 * nir.tagged_int: an int4 and its purposes.  Comparison and hash are in
 * scalar.c.
 *
 * Arithmetic with int2, int4 and another tagged_int keeps the tag (of two,
 * what both allow); with an int8 the result is an int8, so the value must be
 * readable.
 */
#include "postgres.h"

#include "common/int.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/numeric.h"

#include "compat.h"
#include "types/scalar.h"
#include "types/tagged_numeric.h"
#include "types/wall.h"

PG_FUNCTION_INFO_V1(nir_tagged_int_in);
PG_FUNCTION_INFO_V1(nir_tagged_int_out);
PG_FUNCTION_INFO_V1(nir_tagged_int_recv);
PG_FUNCTION_INFO_V1(nir_tagged_int_send);
PG_FUNCTION_INFO_V1(nir_tagged_int_bind);
PG_FUNCTION_INFO_V1(nir_tagged_int_from_int2);
PG_FUNCTION_INFO_V1(nir_tagged_int_from_int4);
PG_FUNCTION_INFO_V1(nir_tagged_int_from_int8);
PG_FUNCTION_INFO_V1(nir_tagged_int_from_numeric);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_int4);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_int8);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_int2);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_numeric);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_float8);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_json);
PG_FUNCTION_INFO_V1(nir_tagged_int_to_jsonb);
PG_FUNCTION_INFO_V1(nir_tagged_int_minus_sign);
PG_FUNCTION_INFO_V1(nir_tagged_int_abs);
PG_FUNCTION_INFO_V1(nir_tagged_int_accumulate);
PG_FUNCTION_INFO_V1(nir_tagged_int_sum);
PG_FUNCTION_INFO_V1(nir_tagged_int_average);

/* ---- input ---- */

typedef enum ParseResult
{
	PARSE_OK,
	PARSE_SYNTAX,
	PARSE_RANGE,
} ParseResult;

static ParseResult
parse_int32(const char *text, int32 *result)
{
	int64		value = 0;
	bool		negative;
	bool		in_range = true;

	while (isspace((unsigned char) *text))
		text++;
	negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	if (!isdigit((unsigned char) *text))
		return PARSE_SYNTAX;
	for (; isdigit((unsigned char) *text); text++)
	{
		value = value * 10 + (*text - '0');
		if (value > (int64) PG_INT32_MAX + 1)
		{
			in_range = false;
			value = 0;
		}
	}
	while (isspace((unsigned char) *text))
		text++;
	if (*text != '\0')
		return PARSE_SYNTAX;
	value = negative ? -value : value;
	if (!in_range || value > PG_INT32_MAX)
		return PARSE_RANGE;
	*result = (int32) value;
	return PARSE_OK;
}

Datum
nir_tagged_int_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	int32		value = 0;
	ParseResult result = parse_int32(text, &value);

	if (result == PARSE_RANGE)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value is out of range for type %s", "nir.tagged_int")));
	if (result == PARSE_SYNTAX)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.tagged_int"),
				 errhint("An integer is digits with an optional sign.")));
	return nir_scalar_from_int32(value, tag);
}

Datum
nir_tagged_int_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));

	return nir_scalar_from_int32((int32) pq_getmsgint(buf, sizeof(int32)), tag);
}

/* ---- output and casts ---- */

/* The number, if it may be shown now. */
static int32
readable_int(Datum value)
{
	nir_wall_require_readable(nir_scalar_tag(value));
	return nir_scalar_int32(value);
}

static void
out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("integer out of range")));
}

/* A tagged_int, if value fits. */
static Datum
tagged_int(int64 value, NirPurposes tag)
{
	if (value < PG_INT32_MIN || value > PG_INT32_MAX)
		out_of_range();
	return nir_scalar_from_int32((int32) value, tag);
}

static Datum
plain_int(int64 value)
{
	nir_wall_require_loaded();
	return tagged_int(value, NIR_PURPOSES_PLAIN);
}

Datum
nir_tagged_int_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%d", readable_int(PG_GETARG_DATUM(0))));
}

Datum
nir_tagged_int_send(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(int4send, Int32GetDatum(readable_int(PG_GETARG_DATUM(0))));
}

/* Length coercion. */
Datum
nir_tagged_int_bind(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);

	return nir_scalar_from_int32(nir_scalar_int32(value),
								 nir_wall_bind(nir_scalar_tag(value), PG_GETARG_INT32(1)));
}

Datum
nir_tagged_int_from_int2(PG_FUNCTION_ARGS)
{
	return plain_int(PG_GETARG_INT16(0));
}

Datum
nir_tagged_int_from_int4(PG_FUNCTION_ARGS)
{
	return plain_int(PG_GETARG_INT32(0));
}

Datum
nir_tagged_int_from_int8(PG_FUNCTION_ARGS)
{
	return plain_int(PG_GETARG_INT64(0));
}

Datum
nir_tagged_int_from_numeric(PG_FUNCTION_ARGS)
{
	return plain_int(DatumGetInt32(DirectFunctionCall1(numeric_int4, PG_GETARG_DATUM(0))));
}

Datum
nir_tagged_int_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(readable_int(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_int_to_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(readable_int(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_int_to_int2(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(i4toi2, Int32GetDatum(readable_int(PG_GETARG_DATUM(0))));
}

Datum
nir_tagged_int_to_numeric(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(int64_to_numeric(readable_int(PG_GETARG_DATUM(0))));
}

Datum
nir_tagged_int_to_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8((float8) readable_int(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_int_to_json(PG_FUNCTION_ARGS)
{
	char	   *json = psprintf("%d", readable_int(PG_GETARG_DATUM(0)));

	PG_RETURN_TEXT_P(cstring_to_text(json));
}

Datum
nir_tagged_int_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *json = psprintf("%d", readable_int(PG_GETARG_DATUM(0)));

	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json));
}

/* ---- arithmetic ---- */

static int64
divide(int64 a, int64 b)
{
	if (b == 0)
		ereport(ERROR,
				(errcode(ERRCODE_DIVISION_BY_ZERO),
				 errmsg("division by zero")));
	return a / b;
}

static int64
modulo(int64 a, int64 b)
{
	divide(a, b);
	return a % b;
}

/* Operands are int32, so none of these leaves int64; tagged_int() checks. */
#define PLUS(a, b)		((a) + (b))
#define MINUS(a, b)		((a) - (b))
#define TIMES(a, b)		((a) * (b))
#define BY(a, b)		divide(a, b)
#define MODULO(a, b)	modulo(a, b)

#define READ_TAGGED(n)	((int64) nir_scalar_int32(PG_GETARG_DATUM(n)))
#define READ_INT16(n)	((int64) PG_GETARG_INT16(n))
#define READ_INT32(n)	((int64) PG_GETARG_INT32(n))

#define TAG_OF(n)		nir_scalar_tag(PG_GETARG_DATUM(n))

#define ARITHMETIC(symbol, left, right, operation, tag) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return tagged_int(operation(left(0), right(1)), tag); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

#define ARITHMETIC_INT8(symbol, left, right, function) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum \
	symbol(PG_FUNCTION_ARGS) \
	{ \
		return DirectFunctionCall2(function, Int64GetDatum(left), Int64GetDatum(right)); \
	} \
	extern Datum symbol(PG_FUNCTION_ARGS)

#define READABLE(n)		((int64) readable_int(PG_GETARG_DATUM(n)))

#define ARITHMETICS(name, operation, int8_function) \
	ARITHMETIC(nir_tagged_int_##name, READ_TAGGED, READ_TAGGED, operation, TAG_OF(0) & TAG_OF(1)); \
	ARITHMETIC(nir_tagged_int_##name##_int2, READ_TAGGED, READ_INT16, operation, TAG_OF(0)); \
	ARITHMETIC(nir_tagged_int_##name##_int4, READ_TAGGED, READ_INT32, operation, TAG_OF(0)); \
	ARITHMETIC(nir_int2_##name##_tagged_int, READ_INT16, READ_TAGGED, operation, TAG_OF(1)); \
	ARITHMETIC(nir_int4_##name##_tagged_int, READ_INT32, READ_TAGGED, operation, TAG_OF(1)); \
	ARITHMETIC_INT8(nir_tagged_int_##name##_int8, READABLE(0), PG_GETARG_INT64(1), int8_function); \
	ARITHMETIC_INT8(nir_int8_##name##_tagged_int, PG_GETARG_INT64(0), READABLE(1), int8_function)

ARITHMETICS(plus, PLUS, int8pl);
ARITHMETICS(minus, MINUS, int8mi);
ARITHMETICS(times, TIMES, int8mul);
ARITHMETICS(by, BY, int8div);
ARITHMETIC(nir_tagged_int_modulo, READ_TAGGED, READ_TAGGED, MODULO, TAG_OF(0) & TAG_OF(1));

Datum
nir_tagged_int_minus_sign(PG_FUNCTION_ARGS)
{
	return tagged_int(-READ_TAGGED(0), TAG_OF(0));
}

Datum
nir_tagged_int_abs(PG_FUNCTION_ARGS)
{
	int64		value = READ_TAGGED(0);

	return tagged_int(value < 0 ? -value : value, TAG_OF(0));
}

/* ---- sum and avg ---- */

/* Of the values so far: what all their tags allow, how many, their sum. */
typedef struct IntTotal
{
	NirPurposes tag;
	int64		count;
	int64		sum;
} IntTotal;

Datum
nir_tagged_int_accumulate(PG_FUNCTION_ARGS)
{
	IntTotal   *total = PG_ARGISNULL(0) ? NULL : (IntTotal *) PG_GETARG_POINTER(0);
	MemoryContext aggregate;

	if (!AggCheckCallContext(fcinfo, &aggregate))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (total == NULL)
	{
		total = MemoryContextAllocZero(aggregate, sizeof(IntTotal));
		total->tag = NIR_PURPOSES_PLAIN;
	}
	if (!PG_ARGISNULL(1))
	{
		total->tag &= TAG_OF(1);
		total->count++;
		if (pg_add_s64_overflow(total->sum, READ_TAGGED(1), &total->sum))
			out_of_range();
	}
	PG_RETURN_POINTER(total);
}

Datum
nir_tagged_int_sum(PG_FUNCTION_ARGS)
{
	IntTotal   *total = PG_ARGISNULL(0) ? NULL : (IntTotal *) PG_GETARG_POINTER(0);

	if (total == NULL || total->count == 0)
		PG_RETURN_NULL();
	return nir_tagged_numeric_make(NumericGetDatum(int64_to_numeric(total->sum)), total->tag);
}

Datum
nir_tagged_int_average(PG_FUNCTION_ARGS)
{
	IntTotal   *total = PG_ARGISNULL(0) ? NULL : (IntTotal *) PG_GETARG_POINTER(0);
	Datum		average;

	if (total == NULL || total->count == 0)
		PG_RETURN_NULL();
	average = DirectFunctionCall2(numeric_div,
								  NumericGetDatum(int64_to_numeric(total->sum)),
								  NumericGetDatum(int64_to_numeric(total->count)));
	return nir_tagged_numeric_make(average, total->tag);
}
