/*
 * src/types/orgnr.c
 *
 * The PostgreSQL face of type nir.orgnr: the number of an organisation, eight
 * bytes by value.  An organisation is no person, so the value carries no tag;
 * the tag bits are zero, and the comparisons of identity.c serve here too.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "compat.h"
#include "errors.h"
#include "types/identity_text.h"
#include "types/scalar.h"

static Datum
orgnr_from_bytes(const char *bytes, size_t len, Node *escontext)
{
	uint64		orgnr;

	if (!nir_id_parse(bytes, len, NIR_ORGNR_DIGITS, &orgnr))
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "nir.orgnr"),
				 errhint("Write exactly %d digits, without blanks, NO or MVA.", NIR_ORGNR_DIGITS)));
	if (!nir_orgnr_control_ok(orgnr))
		ereturn(escontext, (Datum) 0,
				(errcode(NIR_ERRCODE_ID_CHECK_DIGITS),
				 errmsg("control digit of the organisation number is wrong"),
				 errhint("Look for a mistyped or swapped digit.")));
	return nir_scalar_from_id(orgnr, 0);
}

PG_FUNCTION_INFO_V1(nir_orgnr_in);

/* SQL: nir.orgnr_in(cstring) */
Datum
nir_orgnr_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);

	return orgnr_from_bytes(text, strlen(text), fcinfo->context);
}

PG_FUNCTION_INFO_V1(nir_orgnr_out);

/* SQL: nir.orgnr_out(nir.orgnr) */
Datum
nir_orgnr_out(PG_FUNCTION_ARGS)
{
	char	   *text = palloc(NIR_ID_TEXTBYTES);

	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), NIR_ORGNR_DIGITS, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(nir_orgnr_recv);

/* SQL: nir.orgnr_recv(internal) */
Datum
nir_orgnr_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;
	const char *bytes = pq_getmsgbytes(buf, len);

	return orgnr_from_bytes(bytes, len, NULL);
}

PG_FUNCTION_INFO_V1(nir_orgnr_send);

/* SQL: nir.orgnr_send(nir.orgnr) */
Datum
nir_orgnr_send(PG_FUNCTION_ARGS)
{
	char		digits[NIR_ID_TEXTBYTES];
	StringInfoData buf;

	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), NIR_ORGNR_DIGITS, digits);
	pq_begintypsend(&buf);
	pq_sendtext(&buf, digits, NIR_ORGNR_DIGITS);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(nir_orgnr_from_text);

/* SQL: nir.orgnr(text) */
Datum
nir_orgnr_from_text(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);

	return orgnr_from_bytes(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), NULL);
}

PG_FUNCTION_INFO_V1(nir_orgnr_to_text);

/* SQL: nir.orgnr_to_text(nir.orgnr) */
Datum
nir_orgnr_to_text(PG_FUNCTION_ARGS)
{
	char		digits[NIR_ID_TEXTBYTES];

	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), NIR_ORGNR_DIGITS, digits);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(digits, NIR_ORGNR_DIGITS));
}
