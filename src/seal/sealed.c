/*
 * src/seal/sealed.c
 *
 * The text form is the armour: "nirs1:" and base64.  Text that begins so is
 * ciphertext, anything else is plain text; no message repeats either.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/base64.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "errors.h"
#include "keys/keyring.h"
#include "keys/secret.h"
#include "seal/category.h"
#include "seal/sealed.h"
#include "seal/subject_key.h"
#include "types/purposes_text.h"
#include "types/typmod.h"
#include "types/wall.h"

#define ARMOUR			"nirs1:"
#define ARMOUR_LEN		6
#define LONGEST_TEXT	(16 * 1024 * 1024)
#define LONGEST_ARMOUR	((LONGEST_TEXT + NIR_ENVELOPE_OVERHEAD) / 3 * 4 + 4)

static bool refuse_literals = false;

bool
nir_sealed_refuse_literals(bool on)
{
	bool		before = refuse_literals;

	refuse_literals = on;
	return before;
}

/* ---- this session's key ---- */

static NirKey *session_key = NULL;
static int64 session_number = 0;

static const NirKey *
get_session_key(void)
{
	if (session_key == NULL)
	{
		NirKey	   *key = nir_secret_map(sizeof(NirKey));

		nir_crypto_require(nir_random((uint8 *) &session_number, sizeof(session_number)));
		nir_crypto_require(nir_key_draw(key));
		session_key = key;
	}
	return session_key;
}

/* ---- reading and making ---- */

void
nir_sealed_read(Datum datum, NirSealed *value)
{
	struct varlena *open = PG_DETOAST_DATUM_PACKED(datum);

	value->copy = PointerGetDatum(open) != datum ? open : NULL;
	value->bytes = (const uint8 *) VARDATA_ANY(open);
	value->len = VARSIZE_ANY_EXHDR(open);
	if (!nir_envelope_read(value->bytes, value->len, &value->head))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_BROKEN),
				 errmsg("a sealed value is damaged")));
}

void
nir_sealed_close(NirSealed *value)
{
	if (value->copy != NULL)
		pfree(value->copy);
	value->copy = NULL;
}

static Datum
make(const NirEnvelope *head, const NirKey *key, const char *text, int len)
{
	struct varlena *result;

	if (len > LONGEST_TEXT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a sealed text may have at most %d bytes", LONGEST_TEXT)));
	result = palloc(VARHDRSZ + NIR_ENVELOPE_OVERHEAD + len);
	SET_VARSIZE(result, VARHDRSZ + NIR_ENVELOPE_OVERHEAD + len);
	nir_crypto_require(nir_envelope_seal(head, key, (const uint8_t *) text, len,
										 (uint8_t *) VARDATA(result)));
	return PointerGetDatum(result);
}

Datum
nir_sealed_for_person(int64 subject, uint8 category, NirPurposes purposes,
					  const char *text, int len)
{
	NirEnvelope head = {NIR_SEAL_PERSON, category, purposes, subject, 0};
	const NirKey *key = nir_subject_key_to_seal(subject, &head.key_version);

	return make(&head, key, text, len);
}

static Datum
make_for_session(const char *text, int len)
{
	const NirKey *key;
	NirEnvelope head = {NIR_SEAL_SESSION, NIR_CATEGORY_NONE, NIR_PURPOSES_PLAIN, 0, 0};
	char	   *utf8 = pg_server_to_any(text, len, PG_UTF8);
	Datum		result;

	key = get_session_key();
	head.subject = session_number;
	result = make(&head, key, utf8, utf8 == text ? len : (int) strlen(utf8));
	if (utf8 != text)
		nir_wipe(utf8, strlen(utf8));
	return result;
}

static void
require_own_session(const NirEnvelope *head)
{
	if (session_key == NULL || head->subject != session_number)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_FOREIGN),
				 errmsg("a sealed value was made by another session and never stored"),
				 errhint("Give the text again.")));
}

char *
nir_sealed_text(const NirSealed *value, int *len)
{
	const NirKey *key;
	char	   *text;
	NirCryptoResult result;

	*len = value->len - NIR_ENVELOPE_OVERHEAD;
	text = palloc(*len + 1);
	if (value->head.kind == NIR_SEAL_SESSION)
	{
		require_own_session(&value->head);
		key = session_key;
	}
	else
		key = nir_subject_key_to_open(value->head.subject, value->head.key_version);
	result = nir_envelope_open(key, value->bytes, value->len, (uint8_t *) text);
	if (result == NIR_CRYPTO_FORGED)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_BROKEN),
				 errmsg("the seal of a value is broken"),
				 errdetail("It was damaged, or made with another key.")));
	nir_crypto_require(result);
	text[*len] = '\0';
	return text;
}

/* ---- the modifier ---- */

bool
nir_sealed_modifier(int32 typmod, uint8 *category, NirPurposes *purposes)
{
	if (!nir_typmod_purposes(typmod, purposes))
		return false;
	*category = (uint8) (typmod >> NIR_PURPOSE_COUNT);
	return true;
}

static void
bad_modifier(const char *message)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BAD_MODIFIER),
			 errmsg("%s", message),
			 errhint("Write a special category and then purposes, as in nir.sealed(health, d).")));
}

PG_FUNCTION_INFO_V1(nir_sealed_typmod_in);

/* SQL: nir.sealed_typmod_in(cstring[]) */
Datum
nir_sealed_typmod_in(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	NirPurposes purposes = 0;
	uint8		category;
	Datum	   *elements;
	int			count;

	if (ARR_ELEMTYPE(array) != CSTRINGOID || ARR_NDIM(array) != 1 || array_contains_nulls(array))
		bad_modifier("modifier of nir.sealed is no list");
	deconstruct_array(array, CSTRINGOID, -2, false, TYPALIGN_CHAR, &elements, NULL, &count);
	category = nir_category_number(DatumGetCString(elements[0]));
	if (category == NIR_CATEGORY_NONE)
		bad_modifier("modifier of nir.sealed does not begin with a special category");
	for (int i = 1; i < count; i++)
	{
		const char *element = DatumGetCString(elements[i]);
		NirPurposes some;

		if (!nir_purposes_parse_list(element, strlen(element), &some))
			bad_modifier("modifier of nir.sealed names no purposes after the category");
		purposes |= some;
	}
	if (purposes == 0 || purposes == NIR_PURPOSES_PLAIN)
		bad_modifier("modifier of nir.sealed must name some purposes, not all");
	PG_RETURN_INT32((int32) category << NIR_PURPOSE_COUNT | (int32) purposes);
}

PG_FUNCTION_INFO_V1(nir_sealed_typmod_out);

/* SQL: nir.sealed_typmod_out(integer) */
Datum
nir_sealed_typmod_out(PG_FUNCTION_ARGS)
{
	char		letters[NIR_PURPOSES_TEXTBYTES];
	const char *name;
	NirPurposes purposes;
	uint8		category;

	if (!nir_sealed_modifier(PG_GETARG_INT32(0), &category, &purposes))
		PG_RETURN_CSTRING(pstrdup(""));
	name = nir_category_name(category);
	nir_purposes_print(purposes, false, letters);
	PG_RETURN_CSTRING(psprintf("(%s,%s)", name != NULL ? name : "", letters));
}

/* ---- binding to a column ---- */

static void
refuse_other_column(const NirEnvelope *head, uint8 category, NirPurposes purposes)
{
	char		own[NIR_PURPOSES_TEXTBYTES];
	char		other[NIR_PURPOSES_TEXTBYTES];

	nir_purposes_print(head->purposes, true, own);
	nir_purposes_print(purposes, true, other);
	ereport(ERROR,
			(errcode(NIR_ERRCODE_SEAL_FOREIGN),
			 errmsg("a value sealed as %s for %s cannot be stored as %s for %s",
					nir_category_name(head->category), own, nir_category_name(category), other),
			 errhint("A seal holds for one category and one set of purposes: give the text anew.")));
}

Datum
nir_sealed_bind(Datum datum, int32 typmod)
{
	NirSealed	value;
	NirPurposes purposes;
	uint8		category;
	Datum		result = datum;

	nir_wall_require_loaded();
	if (!nir_sealed_modifier(typmod, &category, &purposes))
		return datum;
	nir_sealed_read(datum, &value);
	if (value.head.kind == NIR_SEAL_PERSON &&
		value.head.category == category && value.head.purposes == NIR_PURPOSES_PLAIN)
	{
		int			len;
		char	   *text;

		(void) nir_wall_bind(NIR_PURPOSES_PLAIN, typmod);
		text = nir_sealed_text(&value, &len);
		result = nir_sealed_for_person(value.head.subject, category, purposes, text, len);
		nir_wipe(text, len);
		pfree(text);
	}
	else if (value.head.kind == NIR_SEAL_PERSON &&
			 (value.head.category != category || value.head.purposes != purposes))
		refuse_other_column(&value.head, category, purposes);
	nir_sealed_close(&value);
	return result;
}

void
nir_sealed_require_conforming(Datum datum, int32 typmod)
{
	NirSealed	value;
	NirPurposes purposes = 0;
	uint8		category = NIR_CATEGORY_NONE;

	nir_wall_require_loaded();
	(void) nir_sealed_modifier(typmod, &category, &purposes);
	nir_sealed_read(datum, &value);
	if (value.head.kind != NIR_SEAL_PERSON || value.head.purposes == NIR_PURPOSES_PLAIN)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_SEALED),
				 errmsg("a value is not sealed for the person of its row"),
				 errhint("Sealed columns work in tables under nir.govern with a subject column; its trigger must not be disabled or followed by another that gives a value.")));
	if (value.head.category != category || value.head.purposes != purposes)
		refuse_other_column(&value.head, category, purposes);
	nir_sealed_close(&value);
}

/* ---- input and output ---- */

static void
malformed(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("malformed ciphertext for type nir.sealed"),
			 errhint("Text that begins with \"" ARMOUR "\" is taken for ciphertext; nir.seal(text, subject, category) takes any text.")));
}

static Datum
from_armour(const char *armour, int len)
{
	int			room = pg_b64_dec_len(Min(len, LONGEST_ARMOUR));
	struct varlena *result = palloc(VARHDRSZ + room);
	int			got = len > LONGEST_ARMOUR ? -1 : pg_b64_decode(armour, len, VARDATA(result), room);
	NirEnvelope head;

	if (got < 0 || !nir_envelope_read((uint8_t *) VARDATA(result), got, &head))
		malformed();
	if (head.kind == NIR_SEAL_SESSION)
		require_own_session(&head);
	SET_VARSIZE(result, VARHDRSZ + got);
	return PointerGetDatum(result);
}

static Datum
from_text(const char *text, int len, int32 typmod)
{
	nir_wall_require_loaded();
	if (refuse_literals)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_SEALED),
				 errmsg("text cannot be sealed here"),
				 errdetail("A definition, or a table that nobody governs, would keep ciphertext that belongs to no person."),
				 errhint("Give the text when a row of a governed table is written.")));
	if (len < ARMOUR_LEN || memcmp(text, ARMOUR, ARMOUR_LEN) != 0)
		return make_for_session(text, len);
	return nir_sealed_bind(from_armour(text + ARMOUR_LEN, len - ARMOUR_LEN), typmod);
}

/* The armour, if it may be shown now; zero-terminated. */
static char *
to_armour(Datum datum)
{
	NirSealed	value;
	char	   *out;
	int			room;
	int			len;

	nir_sealed_read(datum, &value);
	nir_wall_require_readable(value.head.purposes);
	room = pg_b64_enc_len(value.len);
	out = palloc(ARMOUR_LEN + room + 1);
	memcpy(out, ARMOUR, ARMOUR_LEN);
	len = pg_b64_encode((const char *) value.bytes, value.len, out + ARMOUR_LEN, room);
	if (len < 0)
		elog(ERROR, "could not encode a sealed value");
	out[ARMOUR_LEN + len] = '\0';
	nir_sealed_close(&value);
	return out;
}

PG_FUNCTION_INFO_V1(nir_sealed_in);
PG_FUNCTION_INFO_V1(nir_sealed_out);
PG_FUNCTION_INFO_V1(nir_sealed_recv);
PG_FUNCTION_INFO_V1(nir_sealed_send);
PG_FUNCTION_INFO_V1(nir_sealed_coerce);
PG_FUNCTION_INFO_V1(nir_sealed_from_text);

Datum
nir_sealed_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);

	return from_text(text, strlen(text), PG_GETARG_INT32(2));
}

Datum
nir_sealed_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(to_armour(PG_GETARG_DATUM(0)));
}

Datum
nir_sealed_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	return from_text(text, len, PG_GETARG_INT32(2));
}

Datum
nir_sealed_send(PG_FUNCTION_ARGS)
{
	char	   *armour = to_armour(PG_GETARG_DATUM(0));
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendtext(&buf, armour, strlen(armour));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* SQL: nir.sealed(nir.sealed, integer, boolean), the length coercion */
Datum
nir_sealed_coerce(PG_FUNCTION_ARGS)
{
	return nir_sealed_bind(PG_GETARG_DATUM(0), PG_GETARG_INT32(1));
}

/* SQL: nir.sealed(text) */
Datum
nir_sealed_from_text(PG_FUNCTION_ARGS)
{
	text	   *given = PG_GETARG_TEXT_PP(0);

	return from_text(VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given), -1);
}
