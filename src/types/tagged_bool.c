/*
 * src/types/tagged_bool.c
 *
 * nir.tagged_bool: a boolean and its purposes.  Comparison and hash are in
 * scalar.c.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "compat.h"
#include "types/scalar.h"
#include "types/wall.h"

PG_FUNCTION_INFO_V1(nir_tagged_bool_in);
PG_FUNCTION_INFO_V1(nir_tagged_bool_out);
PG_FUNCTION_INFO_V1(nir_tagged_bool_recv);
PG_FUNCTION_INFO_V1(nir_tagged_bool_send);
PG_FUNCTION_INFO_V1(nir_tagged_bool_bind);
PG_FUNCTION_INFO_V1(nir_tagged_bool_from_bool);
PG_FUNCTION_INFO_V1(nir_tagged_bool_to_bool);
PG_FUNCTION_INFO_V1(nir_tagged_bool_to_int4);
PG_FUNCTION_INFO_V1(nir_tagged_bool_to_json);
PG_FUNCTION_INFO_V1(nir_tagged_bool_to_jsonb);

/* The boolean, if it may be shown now. */
static bool
readable_bool(Datum value)
{
	nir_wall_require_readable(nir_scalar_tag(value));
	return nir_scalar_int32(value) != 0;
}

Datum
nir_tagged_bool_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	size_t		len;
	bool		value;

	while (isspace((unsigned char) *text))
		text++;
	len = strlen(text);
	while (len > 0 && isspace((unsigned char) text[len - 1]))
		len--;
	if (!parse_bool_with_len(text, len, &value))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.tagged_bool"),
				 errhint("A boolean is written true or false.")));
	return nir_scalar_from_int32(value, tag);
}

Datum
nir_tagged_bool_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));

	return nir_scalar_from_int32(pq_getmsgbyte(buf) != 0, tag);
}

Datum
nir_tagged_bool_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(pstrdup(readable_bool(PG_GETARG_DATUM(0)) ? "t" : "f"));
}

Datum
nir_tagged_bool_send(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(boolsend, BoolGetDatum(readable_bool(PG_GETARG_DATUM(0))));
}

/* Length coercion. */
Datum
nir_tagged_bool_bind(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);

	return nir_scalar_from_int32(nir_scalar_int32(value),
								 nir_wall_bind(nir_scalar_tag(value), PG_GETARG_INT32(1)));
}

Datum
nir_tagged_bool_from_bool(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	return nir_scalar_from_int32(PG_GETARG_BOOL(0), NIR_PURPOSES_PLAIN);
}

Datum
nir_tagged_bool_to_bool(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(readable_bool(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_bool_to_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(readable_bool(PG_GETARG_DATUM(0)) ? 1 : 0);
}

static const char *
json_text(Datum value)
{
	return readable_bool(value) ? "true" : "false";
}

Datum
nir_tagged_bool_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(json_text(PG_GETARG_DATUM(0))));
}

Datum
nir_tagged_bool_to_jsonb(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json_text(PG_GETARG_DATUM(0))));
}
