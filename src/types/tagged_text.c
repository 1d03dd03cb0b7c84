/*
 * src/types/tagged_text.c
 *
 * nir.tagged_text: a text and its purposes.  This file has what makes it a
 * type: input and output, casts, comparison, hash, sort.  What applications
 * do with text is in tagged_text_ops.c.
 *
 * Comparison and hash agree with the server's for text under every
 * collation, so that a tagged column may be compared with, and hash joined
 * to, a plain one.
 */
#include "postgres.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/pg_locale.h"
#include "utils/sortsupport.h"
#include "utils/varlena.h"

#include "compat.h"
#include "types/tagged_text.h"
#include "types/tagged_varlena.h"
#include "types/wall.h"

PG_FUNCTION_INFO_V1(nir_tagged_text_in);
PG_FUNCTION_INFO_V1(nir_tagged_text_out);
PG_FUNCTION_INFO_V1(nir_tagged_text_recv);
PG_FUNCTION_INFO_V1(nir_tagged_text_send);
PG_FUNCTION_INFO_V1(nir_tagged_text_bind);
PG_FUNCTION_INFO_V1(nir_tagged_text_from_text);
PG_FUNCTION_INFO_V1(nir_tagged_text_from_bpchar);
PG_FUNCTION_INFO_V1(nir_tagged_text_to_text);
PG_FUNCTION_INFO_V1(nir_tagged_text_sortsupport);
PG_FUNCTION_INFO_V1(nir_tagged_text_hash);
PG_FUNCTION_INFO_V1(nir_tagged_text_hash_extended);
PG_FUNCTION_INFO_V1(nir_tagged_text_smaller);
PG_FUNCTION_INFO_V1(nir_tagged_text_larger);

/* ---- input, output, casts ---- */

Datum
nir_tagged_text_make(Datum datum, NirPurposes tag)
{
	text	   *source = DatumGetTextPP(datum);

	return nir_tagged_make(tag, VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
}

Datum
nir_tagged_text_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);

	return nir_tagged_make(nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2)),
						   text, strlen(text));
}

Datum
nir_tagged_text_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	int			len;
	char	   *text = pq_getmsgtext(buf, buf->len - buf->cursor, &len);

	return nir_tagged_make(tag, text, len);
}

/* Opens argument 0 if it may be shown now. */
static void
open_readable(FunctionCallInfo fcinfo, NirTaggedVarlena *value)
{
	nir_tagged_open(PG_GETARG_DATUM(0), value);
	nir_wall_require_readable(value->tag);
}

Datum
nir_tagged_text_out(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	char	   *text;

	open_readable(fcinfo, &value);
	text = palloc((Size) value.len + 1);
	memcpy(text, value.data, value.len);
	text[value.len] = '\0';
	PG_RETURN_CSTRING(text);
}

Datum
nir_tagged_text_send(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	StringInfoData buf;

	open_readable(fcinfo, &value);
	pq_begintypsend(&buf);
	pq_sendtext(&buf, value.data, value.len);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Length coercion. */
Datum
nir_tagged_text_bind(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	NirPurposes tag;

	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	tag = nir_wall_bind(value.tag, PG_GETARG_INT32(1));
	if (tag == value.tag)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	return nir_tagged_make(tag, value.data, value.len);
}

Datum
nir_tagged_text_from_text(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	return nir_tagged_text_make(PG_GETARG_DATUM(0), NIR_PURPOSES_PLAIN);
}

/* A char(n) loses the blanks it was padded with, as when it becomes a text. */
Datum
nir_tagged_text_from_bpchar(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	return nir_tagged_text_make(DirectFunctionCall1(rtrim1, PG_GETARG_DATUM(0)),
								NIR_PURPOSES_PLAIN);
}

Datum
nir_tagged_text_to_text(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;

	open_readable(fcinfo, &value);
	return nir_tagged_make_base(&value);
}

/* ---- comparison ---- */

bool
nir_collation_is_c(Oid collation)
{
	return OidIsValid(collation) && lc_collate_is_c(collation);
}

bool
nir_collation_is_bytewise_equal(Oid collation)
{
	pg_locale_t locale;

	if (nir_collation_is_c(collation) || collation == DEFAULT_COLLATION_OID)
		return true;
	locale = pg_newlocale_from_collation(collation);
	return locale == NULL || locale->deterministic;
}

/* As the server does for text when the parser found no collation to use. */
static void
require_collation(Oid collation)
{
	if (!OidIsValid(collation))
		ereport(ERROR,
				(errcode(ERRCODE_INDETERMINATE_COLLATION),
				 errmsg("could not determine which collation to use for string comparison"),
				 errhint("Use the COLLATE clause to set the collation explicitly.")));
}

/* Under a collation that require_collation accepts. */
static int
compare_open(const NirTaggedVarlena *a, const NirTaggedVarlena *b, Oid collation)
{
	return varstr_cmp(a->data, a->len, b->data, b->len, collation);
}

static bool
equal_open(const NirTaggedVarlena *a, const NirTaggedVarlena *b, Oid collation)
{
	if (nir_collation_is_bytewise_equal(collation))
		return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
	return compare_open(a, b, collation) == 0;
}

/* The order of arguments 0 and 1, each opened as its type wants. */
static int
compare_arguments(FunctionCallInfo fcinfo, NirTaggedOpener open_left, NirTaggedOpener open_right)
{
	NirTaggedVarlena left;
	NirTaggedVarlena right;
	int			result;

	require_collation(PG_GET_COLLATION());
	open_left(PG_GETARG_DATUM(0), &left);
	open_right(PG_GETARG_DATUM(1), &right);
	result = compare_open(&left, &right, PG_GET_COLLATION());
	nir_tagged_close(&left);
	nir_tagged_close(&right);
	return result;
}

static bool
arguments_equal(FunctionCallInfo fcinfo, NirTaggedOpener open_left, NirTaggedOpener open_right)
{
	NirTaggedVarlena left;
	NirTaggedVarlena right;
	bool		result;

	require_collation(PG_GET_COLLATION());
	open_left(PG_GETARG_DATUM(0), &left);
	open_right(PG_GETARG_DATUM(1), &right);
	result = equal_open(&left, &right, PG_GET_COLLATION());
	nir_tagged_close(&left);
	nir_tagged_close(&right);
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
	COMPARISON(nir_##a##_eq##b, PG_RETURN_BOOL, arguments_equal(fcinfo, left, right)); \
	COMPARISON(nir_##a##_ne##b, PG_RETURN_BOOL, !arguments_equal(fcinfo, left, right)); \
	COMPARISON(nir_##a##_ge##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) >= 0); \
	COMPARISON(nir_##a##_gt##b, PG_RETURN_BOOL, compare_arguments(fcinfo, left, right) > 0); \
	COMPARISON(nir_##a##_cmp##b, PG_RETURN_INT32, compare_arguments(fcinfo, left, right))

COMPARISONS(tagged_text,, nir_tagged_open, nir_tagged_open);
COMPARISONS(tagged_text, _text, nir_tagged_open, nir_tagged_open_base);
COMPARISONS(text, _tagged_text, nir_tagged_open_base, nir_tagged_open);

/* Transition of min(): the smaller value keeps its own tag. */
Datum
nir_tagged_text_smaller(PG_FUNCTION_ARGS)
{
	bool		first = compare_arguments(fcinfo, nir_tagged_open, nir_tagged_open) <= 0;

	PG_RETURN_DATUM(PG_GETARG_DATUM(first ? 0 : 1));
}

/* Transition of max(). */
Datum
nir_tagged_text_larger(PG_FUNCTION_ARGS)
{
	bool		first = compare_arguments(fcinfo, nir_tagged_open, nir_tagged_open) >= 0;

	PG_RETURN_DATUM(PG_GETARG_DATUM(first ? 0 : 1));
}

/* ---- sort ---- */

static int
compare_bytes(Datum x, Datum y, SortSupport ssup)
{
	NirTaggedVarlena left;
	NirTaggedVarlena right;
	int			result;

	nir_tagged_open(x, &left);
	nir_tagged_open(y, &right);
	result = memcmp(left.data, right.data, Min(left.len, right.len));
	if (result == 0)
		result = (left.len > right.len) - (left.len < right.len);
	nir_tagged_close(&left);
	nir_tagged_close(&right);
	return result;
}

static void
set_up_text(SortSupport base)
{
	varstr_sortsupport(base, TEXTOID, base->ssup_collation);
}

Datum
nir_tagged_text_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);
	MemoryContext caller = MemoryContextSwitchTo(ssup->ssup_cxt);

	require_collation(ssup->ssup_collation);
	nir_tagged_sort_as_base(ssup, nir_tagged_open, set_up_text);
	if (nir_collation_is_c(ssup->ssup_collation))
	{
		/* needs no copy of the payload */
		if (ssup->abbrev_converter != NULL)
			ssup->abbrev_full_comparator = compare_bytes;
		else
			ssup->comparator = compare_bytes;
	}
	MemoryContextSwitchTo(caller);
	PG_RETURN_VOID();
}

/* ---- hash ---- */

Datum
nir_tagged_text_hash(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	Datum		result;

	require_collation(PG_GET_COLLATION());
	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	if (nir_collation_is_bytewise_equal(PG_GET_COLLATION()))
		result = hash_any((const unsigned char *) value.data, value.len);
	else
	{
		Datum		base = nir_tagged_make_base(&value);

		result = DirectFunctionCall1Coll(hashtext, PG_GET_COLLATION(), base);
		pfree(DatumGetPointer(base));
	}
	nir_tagged_close(&value);
	return result;
}

Datum
nir_tagged_text_hash_extended(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	Datum		result;

	require_collation(PG_GET_COLLATION());
	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	if (nir_collation_is_bytewise_equal(PG_GET_COLLATION()))
		result = hash_any_extended((const unsigned char *) value.data, value.len,
								   PG_GETARG_INT64(1));
	else
	{
		Datum		base = nir_tagged_make_base(&value);

		result = DirectFunctionCall2Coll(hashtextextended, PG_GET_COLLATION(), base,
										 PG_GETARG_DATUM(1));
		pfree(DatumGetPointer(base));
	}
	nir_tagged_close(&value);
	return result;
}
