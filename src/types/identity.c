/*
 * src/types/identity.c
 *
 * The PostgreSQL face of nir.fnr and nir.duf, and the comparisons that they
 * and nir.orgnr share.  Layout: scalar.h; on the wire and to text they are
 * their digits.
 *
 * Comparisons see the digits alone, never the tag.  A text that is not as
 * many digits as the type has equals no number and sorts after every number,
 * and all such texts are peers; control digits play no part, so comparing
 * never raises.
 *
 * No message says anything of a number but what is wrong with it.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/sortsupport.h"

#include "compat.h"
#include "errors.h"
#include "guc.h"
#include "types/identity_text.h"
#include "types/scalar.h"
#include "types/wall.h"

/* ---- what is accepted ---- */

static int
current_year(void)
{
	int			year;
	int			month;
	int			day;

	j2date(GetSQLCurrentDate() + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year;
}

static NirFnrControl
fnr_control_in_force(void)
{
	switch (nir_fnr_rule())
	{
		case NIR_FNR_1964:
			return NIR_FNR_CONTROL_1964;
		case NIR_FNR_2032:
			return NIR_FNR_CONTROL_2032;
		case NIR_FNR_AUTO:
			break;
	}
	return nir_fnr_control_in(current_year());
}

static bool
is_synthetic(NirFnrKind kind)
{
	return kind == NIR_FNR_SYNTHETIC || kind == NIR_FNR_SYNTHETIC_D;
}

/*
 * The refusals return false where the error is saved in escontext, and do not
 * return where there is none.
 */
static bool
refuse_kind(Node *escontext)
{
	ereturn(escontext, false,
			(errcode(NIR_ERRCODE_ID_KIND),
			 errmsg("help numbers are not national identity numbers"),
			 errdetail("FH numbers and numbers with month + 40 are given out by single institutions, or are synthetic."),
			 errhint("Use the person's national identity number, D-number or DUF number.")));
}

static bool
refuse_date(Node *escontext)
{
	ereturn(escontext, false,
			(errcode(NIR_ERRCODE_ID_DATE),
			 errmsg("national identity number does not begin with a possible date of birth"),
			 errhint("The first six digits are day, month and year (day + 40 in a D-number), and the next three must belong to a series of that year.")));
}

static bool
refuse_control(uint64 fnr, NirFnrControl control, Node *escontext)
{
	bool		valid_later = control == NIR_FNR_CONTROL_1964 &&
		nir_fnr_judge(fnr, NIR_FNR_CONTROL_2032) == NIR_FNR_VALID;

	ereturn(escontext, false,
			(errcode(NIR_ERRCODE_ID_CHECK_DIGITS),
			 errmsg("control digits of the national identity number are wrong"),
			 valid_later ?
			 errhint("It keeps the rule for numbers assigned from 1 January 2032 on; nir.fnr_rule decides whether that rule is in force.") :
			 errhint("Look for a mistyped or swapped digit.")));
}

static bool
refuse_synthetic(Node *escontext)
{
	ereturn(escontext, false,
			(errcode(NIR_ERRCODE_ID_SYNTHETIC),
			 errmsg("synthetic identity numbers are not accepted in production"),
			 errhint("Only a system with nir.identity_mode = test stores them.")));
}

/* True if the number may be stored; else as the refusals. */
static bool
accept_fnr(uint64 fnr, Node *escontext)
{
	NirFnrControl control = fnr_control_in_force();

	switch (nir_fnr_judge(fnr, control))
	{
		case NIR_FNR_VALID:
			break;
		case NIR_FNR_REFUSED_KIND:
			return refuse_kind(escontext);
		case NIR_FNR_BAD_DATE:
			return refuse_date(escontext);
		case NIR_FNR_BAD_CONTROL:
			return refuse_control(fnr, control, escontext);
	}
	if (is_synthetic(nir_fnr_kind(fnr)) && nir_identity_mode() == NIR_IDENTITY_PRODUCTION)
		return refuse_synthetic(escontext);
	return true;
}

static bool
refuse_duf_control(Node *escontext)
{
	ereturn(escontext, false,
			(errcode(NIR_ERRCODE_ID_CHECK_DIGITS),
			 errmsg("control digits of the DUF number are wrong"),
			 errhint("Look for a mistyped or swapped digit.")));
}

/*
 * A warning without CONTEXT: COPY's would quote the number.
 */
static void
warn_duf(int code, const char *message, const char *hint)
{
	ErrorContextCallback *caller = error_context_stack;

	error_context_stack = NULL;
	ereport(WARNING,
			(errcode(code),
			 errmsg_internal("%s", message),
			 errhint("%s", hint)));
	error_context_stack = caller;
}

/* True if the number may be stored; else as the refusals. */
static bool
accept_duf(uint64 duf, Node *escontext)
{
	int			year = nir_duf_year(duf);

	if (nir_duf_checksum() == NIR_DUF_OFF)
		return true;
	if (!nir_duf_control_ok(duf))
	{
		if (nir_duf_checksum() == NIR_DUF_ERROR)
			return refuse_duf_control(escontext);
		warn_duf(NIR_ERRCODE_ID_CHECK_DIGITS,
				 "control digits of a DUF number seem wrong",
				 "Look for a mistyped or swapped digit.");
	}
	if (year < 1970 || year > current_year())
		warn_duf(NIR_ERRCODE_ID_DATE,
				 "a DUF number begins with a year in which nobody can have applied",
				 "The first four digits are the year of the first application.");
	return true;
}

/* ---- in and out ---- */

/* What differs between the two types. */
typedef struct IdentityType
{
	const char *name;
	int			digits;
	bool		(*accept) (uint64 id, Node *escontext);
} IdentityType;

static const IdentityType fnr_type = {"nir.fnr", NIR_FNR_DIGITS, accept_fnr};
static const IdentityType duf_type = {"nir.duf", NIR_DUF_DIGITS, accept_duf};

static Datum
id_from_bytes(const IdentityType *type, const char *bytes, size_t len, int32 typmod, Node *escontext)
{
	uint64		id;

	nir_wall_require_loaded();
	if (!nir_id_parse(bytes, len, type->digits, &id))
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", type->name),
				 errhint("Write exactly %d digits, zeros in front included and no blanks.", type->digits)));
	if (!type->accept(id, escontext))
		return (Datum) 0;
	return nir_scalar_from_id(id, nir_wall_bind(NIR_PURPOSES_PLAIN, typmod));
}

static Datum
id_in(const IdentityType *type, FunctionCallInfo fcinfo)
{
	const char *text = PG_GETARG_CSTRING(0);

	return id_from_bytes(type, text, strlen(text), PG_GETARG_INT32(2), fcinfo->context);
}

/*
 * Digits are the same bytes in every client encoding, so nothing is
 * converted: an error of the conversion would show some of the bytes.
 */
static Datum
id_recv(const IdentityType *type, FunctionCallInfo fcinfo)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			len = buf->len - buf->cursor;
	const char *bytes = pq_getmsgbytes(buf, len);

	return id_from_bytes(type, bytes, len, PG_GETARG_INT32(2), NULL);
}

static Datum
id_from_text(const IdentityType *type, FunctionCallInfo fcinfo)
{
	text	   *source = PG_GETARG_TEXT_PP(0);

	return id_from_bytes(type, VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), -1, NULL);
}

static Datum
id_out(const IdentityType *type, FunctionCallInfo fcinfo)
{
	char	   *text = palloc(NIR_ID_TEXTBYTES);

	nir_wall_require_readable(nir_scalar_tag(PG_GETARG_DATUM(0)));
	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), type->digits, text);
	PG_RETURN_CSTRING(text);
}

static Datum
id_to_text(const IdentityType *type, FunctionCallInfo fcinfo)
{
	char		digits[NIR_ID_TEXTBYTES];

	nir_wall_require_readable(nir_scalar_tag(PG_GETARG_DATUM(0)));
	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), type->digits, digits);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(digits, type->digits));
}

/* The wire form is that of text: the digits. */
static Datum
id_send(const IdentityType *type, FunctionCallInfo fcinfo)
{
	char		digits[NIR_ID_TEXTBYTES];
	StringInfoData buf;

	nir_wall_require_readable(nir_scalar_tag(PG_GETARG_DATUM(0)));
	nir_id_print(nir_scalar_id(PG_GETARG_DATUM(0)), type->digits, digits);
	pq_begintypsend(&buf);
	pq_sendtext(&buf, digits, type->digits);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

#define ID_FUNCTION(name, type, function) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return function(&type, fcinfo); \
	} \
	extern int	no_such_variable

ID_FUNCTION(nir_fnr_in, fnr_type, id_in);
ID_FUNCTION(nir_fnr_out, fnr_type, id_out);
ID_FUNCTION(nir_fnr_recv, fnr_type, id_recv);
ID_FUNCTION(nir_fnr_send, fnr_type, id_send);
ID_FUNCTION(nir_fnr_from_text, fnr_type, id_from_text);
ID_FUNCTION(nir_fnr_to_text, fnr_type, id_to_text);
ID_FUNCTION(nir_duf_in, duf_type, id_in);
ID_FUNCTION(nir_duf_out, duf_type, id_out);
ID_FUNCTION(nir_duf_recv, duf_type, id_recv);
ID_FUNCTION(nir_duf_send, duf_type, id_send);
ID_FUNCTION(nir_duf_from_text, duf_type, id_from_text);
ID_FUNCTION(nir_duf_to_text, duf_type, id_to_text);

PG_FUNCTION_INFO_V1(nir_identity_coerce);

/* SQL: nir.fnr(nir.fnr, integer, boolean), nir.duf(nir.duf, integer, boolean) */
Datum
nir_identity_coerce(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);

	return nir_scalar_from_id(nir_scalar_id(value),
							  nir_wall_bind(nir_scalar_tag(value), PG_GETARG_INT32(1)));
}

/* ---- questions about a number ---- */

PG_FUNCTION_INFO_V1(nir_fnr_kind_name);

/* SQL: nir.fnr_kind(nir.fnr) */
Datum
nir_fnr_kind_name(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);

	nir_wall_require_readable(nir_scalar_tag(value));
	switch (nir_fnr_kind(nir_scalar_id(value)))
	{
		case NIR_FNR_ORDINARY:
			PG_RETURN_TEXT_P(cstring_to_text("fnr"));
		case NIR_FNR_D:
			PG_RETURN_TEXT_P(cstring_to_text("dnr"));
		case NIR_FNR_SYNTHETIC:
			PG_RETURN_TEXT_P(cstring_to_text("synthetic_fnr"));
		case NIR_FNR_SYNTHETIC_D:
			PG_RETURN_TEXT_P(cstring_to_text("synthetic_dnr"));
		case NIR_FNR_AMBIGUOUS:
		case NIR_FNR_FH:
		case NIR_FNR_UNKNOWN:
			break;
	}
	elog(ERROR, "stored number is of a kind that is never stored");
}

PG_FUNCTION_INFO_V1(nir_fnr_birth_year_candidates);

/*
 * SQL: nir.fnr_birth_year_candidates(nir.fnr)
 *
 * Null where the number says nothing of the century: D-numbers, and every
 * number once the rule of 2032 is in force, since the number does not tell
 * when it was assigned.
 */
Datum
nir_fnr_birth_year_candidates(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);
	uint64		fnr = nir_scalar_id(value);
	NirFnrKind	kind = nir_fnr_kind(fnr);
	Datum		year;

	nir_wall_require_readable(nir_scalar_tag(value));
	if (kind == NIR_FNR_D || kind == NIR_FNR_SYNTHETIC_D ||
		fnr_control_in_force() != NIR_FNR_CONTROL_1964 ||
		nir_fnr_judge(fnr, NIR_FNR_CONTROL_1964) != NIR_FNR_VALID)
		PG_RETURN_NULL();
	year = Int32GetDatum(nir_fnr_series_year(fnr));
	PG_RETURN_ARRAYTYPE_P(construct_array(&year, 1, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}

PG_FUNCTION_INFO_V1(nir_fnr_check);

/* SQL: nir.fnr_check(text) */
Datum
nir_fnr_check(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	const char *result = "invalid";
	uint64		fnr;

	if (nir_id_parse(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), NIR_FNR_DIGITS, &fnr) &&
		(nir_identity_mode() == NIR_IDENTITY_TEST || !is_synthetic(nir_fnr_kind(fnr))))
	{
		if (nir_fnr_judge(fnr, NIR_FNR_CONTROL_1964) == NIR_FNR_VALID)
			result = "valid_1964";
		else if (nir_fnr_judge(fnr, NIR_FNR_CONTROL_2032) == NIR_FNR_VALID)
			result = "valid_2032";
	}
	PG_RETURN_TEXT_P(cstring_to_text(result));
}

/* ---- comparisons ---- */

/* Sorts after every number. */
#define NOT_A_NUMBER	PG_UINT64_MAX

/* The number that a text is, or NOT_A_NUMBER; does not fetch what is too long. */
static uint64
id_of_text(Datum datum, int digits)
{
	uint64		id = NOT_A_NUMBER;
	text	   *source;

	if (toast_raw_datum_size(datum) != (Size) digits + VARHDRSZ)
		return NOT_A_NUMBER;
	source = DatumGetTextPP(datum);
	if (!nir_id_parse(VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source), digits, &id))
		id = NOT_A_NUMBER;
	if ((Pointer) source != DatumGetPointer(datum))
		pfree(source);
	return id;
}

static int
compare_ids(uint64 a, uint64 b)
{
	return a < b ? -1 : a > b;
}

#define FNR_OF_TEXT(datum)	id_of_text(datum, NIR_FNR_DIGITS)
#define DUF_OF_TEXT(datum)	id_of_text(datum, NIR_DUF_DIGITS)

#define COMPARISON(name, return_result, left, right, test) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		return_result(compare_ids(left(PG_GETARG_DATUM(0)), right(PG_GETARG_DATUM(1))) test); \
	} \
	extern int	no_such_variable

/* the functions of one pair of types: name_eq ... name_ge and name_cmp */
#define COMPARISONS(name, left, right) \
	COMPARISON(name##_eq, PG_RETURN_BOOL, left, right, == 0); \
	COMPARISON(name##_ne, PG_RETURN_BOOL, left, right, != 0); \
	COMPARISON(name##_lt, PG_RETURN_BOOL, left, right, < 0); \
	COMPARISON(name##_le, PG_RETURN_BOOL, left, right, <= 0); \
	COMPARISON(name##_gt, PG_RETURN_BOOL, left, right, > 0); \
	COMPARISON(name##_ge, PG_RETURN_BOOL, left, right, >= 0); \
	COMPARISON(name##_cmp, PG_RETURN_INT32, left, right,)

COMPARISONS(nir_identity, nir_scalar_id, nir_scalar_id);
COMPARISONS(nir_fnr_text, nir_scalar_id, FNR_OF_TEXT);
COMPARISONS(nir_text_fnr, FNR_OF_TEXT, nir_scalar_id);
COMPARISONS(nir_duf_text, nir_scalar_id, DUF_OF_TEXT);
COMPARISONS(nir_text_duf, DUF_OF_TEXT, nir_scalar_id);
COMPARISON(nir_text_text_fnr_cmp, PG_RETURN_INT32, FNR_OF_TEXT, FNR_OF_TEXT,);
COMPARISON(nir_text_text_duf_cmp, PG_RETURN_INT32, DUF_OF_TEXT, DUF_OF_TEXT,);

static int
compare_for_sort(Datum a, Datum b, SortSupport ssup)
{
	return compare_ids(nir_scalar_id(a), nir_scalar_id(b));
}

PG_FUNCTION_INFO_V1(nir_identity_sortsupport);

/* SQL: nir.fnr_sortsupport(internal), and of duf and orgnr */
Datum
nir_identity_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_for_sort;
	PG_RETURN_VOID();
}

/* The two halves folded, so that the high digits matter too. */
static uint32
fold(Datum value)
{
	uint64		id = nir_scalar_id(value);

	return (uint32) id ^ (uint32) (id >> 32);
}

PG_FUNCTION_INFO_V1(nir_identity_hash);

/* SQL: nir.fnr_hash(nir.fnr), and of duf and orgnr */
Datum
nir_identity_hash(PG_FUNCTION_ARGS)
{
	return hash_uint32(fold(PG_GETARG_DATUM(0)));
}

PG_FUNCTION_INFO_V1(nir_identity_hash_extended);

/* SQL: nir.fnr_hash_extended(nir.fnr, bigint), and of duf and orgnr */
Datum
nir_identity_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_uint32_extended(fold(PG_GETARG_DATUM(0)), PG_GETARG_INT64(1));
}
