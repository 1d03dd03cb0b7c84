/*
 * src/types/tagged_text_ops.c
 *
 * What applications do with text, for nir.tagged_text: functions that keep
 * the tag, pattern matching with planner support, string_agg.
 *
 * A result made from one value keeps its tag; one made from several gets what
 * all of them allow, possibly nothing.  No function here looks at the
 * context: a result is guarded by its own tag.
 *
 * LIKE, NOT LIKE, ^@, lower() and upper() are LEAKPROOF, so that a search for
 * a name, also a case-blind one, reaches an index below a row-level security
 * policy.  Hence LIKE has its own matcher, which neither raises nor recurses;
 * where the server's would raise (a pattern that ends in a lone backslash, a
 * collation that is not deterministic) LIKE and NOT LIKE are both false.
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "compat.h"
#include "types/scalar.h"
#include "types/tagged_text.h"
#include "types/tagged_varlena.h"

PG_FUNCTION_INFO_V1(nir_tagged_text_concat);
PG_FUNCTION_INFO_V1(nir_tagged_text_concat_text);
PG_FUNCTION_INFO_V1(nir_text_concat_tagged_text);
PG_FUNCTION_INFO_V1(nir_tagged_text_lower);
PG_FUNCTION_INFO_V1(nir_tagged_text_upper);
PG_FUNCTION_INFO_V1(nir_tagged_text_length);
PG_FUNCTION_INFO_V1(nir_tagged_text_starts_with);
PG_FUNCTION_INFO_V1(nir_tagged_text_like);
PG_FUNCTION_INFO_V1(nir_tagged_text_not_like);
PG_FUNCTION_INFO_V1(nir_tagged_text_ilike);
PG_FUNCTION_INFO_V1(nir_tagged_text_not_ilike);
PG_FUNCTION_INFO_V1(nir_tagged_text_like_support);
PG_FUNCTION_INFO_V1(nir_tagged_text_starts_with_support);
PG_FUNCTION_INFO_V1(nir_tagged_text_accumulate);
PG_FUNCTION_INFO_V1(nir_tagged_text_joined);

#define ESCAPE	'\\'

/* ---- functions that keep the tag ---- */

/*
 * Calls the server's function with the text of argument 0 and the other
 * arguments as they are.  The functions called use nothing but their
 * arguments and collation.
 */
static Datum
call_for_text(FunctionCallInfo fcinfo, PGFunction function, NirPurposes *tag, bool *isnull)
{
	LOCAL_FCINFO(inner, 3);
	NirTaggedVarlena value;
	Datum		result;

	Assert(PG_NARGS() <= 3);
	InitFunctionCallInfoData(*inner, NULL, PG_NARGS(), PG_GET_COLLATION(), NULL, NULL);
	for (int i = 1; i < PG_NARGS(); i++)
		inner->args[i] = fcinfo->args[i];
	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	inner->args[0].value = nir_tagged_make_base(&value);
	inner->args[0].isnull = false;
	*tag = value.tag;
	nir_tagged_close(&value);
	result = function(inner);
	*isnull = inner->isnull;
	return result;
}

static Datum
keep_tag(FunctionCallInfo fcinfo, PGFunction function)
{
	NirPurposes tag;
	bool		isnull;
	Datum		result = call_for_text(fcinfo, function, &tag, &isnull);

	if (isnull)
		PG_RETURN_NULL();
	return nir_tagged_text_make(result, tag);
}

#define KEEPS_TAG(name, function) \
	PG_FUNCTION_INFO_V1(nir_tagged_text_##name); \
	Datum \
	nir_tagged_text_##name(PG_FUNCTION_ARGS) \
	{ \
		return keep_tag(fcinfo, function); \
	} \
	extern Datum nir_tagged_text_##name(PG_FUNCTION_ARGS)

KEEPS_TAG(initcap, initcap);
KEEPS_TAG(left, text_left);
KEEPS_TAG(right, text_right);
KEEPS_TAG(substring, text_substr);
KEEPS_TAG(substring_from, text_substr_no_len);
KEEPS_TAG(substring_regex, textregexsubstr);
KEEPS_TAG(btrim, btrim);
KEEPS_TAG(btrim_blanks, btrim1);
KEEPS_TAG(ltrim, ltrim);
KEEPS_TAG(ltrim_blanks, ltrim1);
KEEPS_TAG(rtrim, rtrim);
KEEPS_TAG(rtrim_blanks, rtrim1);
KEEPS_TAG(replace, replace_text);
KEEPS_TAG(split_part, split_part);

/* True if the payload is a text in the database's encoding, as all but damaged ones are. */
static bool
is_encoded(const NirTaggedVarlena *value)
{
	return pg_verify_mbstr(GetDatabaseEncoding(), value->data, value->len, true);
}

/*
 * As keep_tag, for lower() and upper(): a text that the locale's converter
 * refuses comes back as it is, so that no error depends on a value.  The
 * converter holds nothing but memory when it raises.  So does a damaged text,
 * of whose bytes the server's functions may make more than they have room for.
 */
static Datum
fold_quietly(FunctionCallInfo fcinfo, PGFunction function)
{
	MemoryContext caller = CurrentMemoryContext;
	volatile Datum result = PG_GETARG_DATUM(0);
	NirTaggedVarlena value;
	bool		encoded;

	nir_tagged_open(result, &value);
	encoded = is_encoded(&value);
	nir_tagged_close(&value);
	if (!encoded)
		return result;
	PG_TRY();
	{
		result = keep_tag(fcinfo, function);
	}
	PG_CATCH();
	{
		int			code = geterrcode();

		if (code != ERRCODE_CHARACTER_NOT_IN_REPERTOIRE && code != ERRCODE_INTERNAL_ERROR)
			PG_RE_THROW();
		MemoryContextSwitchTo(caller);
		FlushErrorState();
	}
	PG_END_TRY();
	return result;
}

Datum
nir_tagged_text_lower(PG_FUNCTION_ARGS)
{
	return fold_quietly(fcinfo, lower);
}

Datum
nir_tagged_text_upper(PG_FUNCTION_ARGS)
{
	return fold_quietly(fcinfo, upper);
}

Datum
nir_tagged_text_length(PG_FUNCTION_ARGS)
{
	NirPurposes tag;
	bool		isnull;
	Datum		length = call_for_text(fcinfo, textlen, &tag, &isnull);

	return nir_scalar_from_int32(DatumGetInt32(length), tag);
}

/* Arguments 0 and 1 joined, each opened as its type wants. */
static Datum
concatenate(FunctionCallInfo fcinfo, NirTaggedOpener open_left, NirTaggedOpener open_right)
{
	NirTaggedVarlena left;
	NirTaggedVarlena right;
	StringInfoData joined;

	open_left(PG_GETARG_DATUM(0), &left);
	open_right(PG_GETARG_DATUM(1), &right);
	initStringInfo(&joined);
	appendBinaryStringInfo(&joined, left.data, left.len);
	appendBinaryStringInfo(&joined, right.data, right.len);
	return nir_tagged_make(left.tag & right.tag, joined.data, joined.len);
}

Datum
nir_tagged_text_concat(PG_FUNCTION_ARGS)
{
	return concatenate(fcinfo, nir_tagged_open, nir_tagged_open);
}

Datum
nir_tagged_text_concat_text(PG_FUNCTION_ARGS)
{
	return concatenate(fcinfo, nir_tagged_open, nir_tagged_open_base);
}

Datum
nir_text_concat_tagged_text(PG_FUNCTION_ARGS)
{
	return concatenate(fcinfo, nir_tagged_open_base, nir_tagged_open);
}

/* ---- regular expressions ---- */

#define MATCHES(name, function) \
	PG_FUNCTION_INFO_V1(nir_tagged_text_##name); \
	Datum \
	nir_tagged_text_##name(PG_FUNCTION_ARGS) \
	{ \
		NirPurposes tag; \
		bool		isnull; \
		return call_for_text(fcinfo, function, &tag, &isnull); \
	} \
	extern Datum nir_tagged_text_##name(PG_FUNCTION_ARGS)

MATCHES(regex_eq, textregexeq);
MATCHES(regex_ne, textregexne);
MATCHES(iregex_eq, texticregexeq);
MATCHES(iregex_ne, texticregexne);

/* ---- LIKE ---- */

/* Length of the character at text, at most up to end; never raises. */
static int
character_length(const char *text, const char *end)
{
	int			len = pg_encoding_mblen(GetDatabaseEncoding(), text);

	return Max(1, Min(len, end - text));
}

/* False if the pattern ends in a lone escape. */
static bool
is_valid_pattern(const NirTaggedVarlena *pattern)
{
	int			i = 0;

	while (i < pattern->len)
		i += pattern->data[i] == ESCAPE ? 2 : 1;
	return i == pattern->len;
}

/*
 * LIKE for a valid pattern.  Only the last % passed can ever need another
 * try, so there is nothing to recurse into.  Bytes are compared one by one,
 * which is right because a text is stepped through by whole characters where
 * a wildcard stands.
 */
static bool
match_like(const NirTaggedVarlena *value, const NirTaggedVarlena *pattern)
{
	const char *text = value->data;
	const char *text_end = text + value->len;
	const char *wanted = pattern->data;
	const char *wanted_end = wanted + pattern->len;
	const char *after_percent = NULL;
	const char *retry = NULL;

	while (text < text_end)
	{
		if (wanted < wanted_end && *wanted == '%')
		{
			after_percent = ++wanted;
			retry = text;
		}
		else if (wanted < wanted_end && *wanted == '_')
		{
			wanted++;
			text += character_length(text, text_end);
		}
		else if (wanted < wanted_end && *text == (*wanted == ESCAPE ? wanted[1] : *wanted))
		{
			wanted += *wanted == ESCAPE ? 2 : 1;
			text++;
		}
		else if (after_percent != NULL)
		{
			CHECK_FOR_INTERRUPTS();
			retry += character_length(retry, text_end);
			text = retry;
			wanted = after_percent;
		}
		else
			return false;
	}
	while (wanted < wanted_end && *wanted == '%')
		wanted++;
	return wanted == wanted_end;
}

/* True if argument 0 [NOT] LIKE argument 1; false for both where LIKE is not defined. */
static bool
like(FunctionCallInfo fcinfo, bool expected)
{
	NirTaggedVarlena value;
	NirTaggedVarlena pattern;
	bool		result;

	if (OidIsValid(PG_GET_COLLATION()) && !nir_collation_is_bytewise_equal(PG_GET_COLLATION()))
		return false;
	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	nir_tagged_open_base(PG_GETARG_DATUM(1), &pattern);
	result = is_valid_pattern(&pattern) && match_like(&value, &pattern) == expected;
	nir_tagged_close(&value);
	nir_tagged_close(&pattern);
	return result;
}

Datum
nir_tagged_text_like(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(like(fcinfo, true));
}

Datum
nir_tagged_text_not_like(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(like(fcinfo, false));
}

/* The same for ILIKE, which is the server's own: not LEAKPROOF. */
static bool
ilike(FunctionCallInfo fcinfo, bool expected)
{
	NirTaggedVarlena pattern;
	NirPurposes tag;
	bool		isnull;
	bool		valid;

	if (OidIsValid(PG_GET_COLLATION()) && !nir_collation_is_bytewise_equal(PG_GET_COLLATION()))
		return false;
	nir_tagged_open_base(PG_GETARG_DATUM(1), &pattern);
	valid = is_valid_pattern(&pattern);
	nir_tagged_close(&pattern);
	return valid && DatumGetBool(call_for_text(fcinfo, texticlike, &tag, &isnull)) == expected;
}

Datum
nir_tagged_text_ilike(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ilike(fcinfo, true));
}

Datum
nir_tagged_text_not_ilike(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(ilike(fcinfo, false));
}

/* starts_with() and ^@ */
Datum
nir_tagged_text_starts_with(PG_FUNCTION_ARGS)
{
	NirTaggedVarlena value;
	NirTaggedVarlena prefix;
	bool		result;

	if (OidIsValid(PG_GET_COLLATION()) && !nir_collation_is_bytewise_equal(PG_GET_COLLATION()))
		PG_RETURN_BOOL(false);
	nir_tagged_open(PG_GETARG_DATUM(0), &value);
	nir_tagged_open_base(PG_GETARG_DATUM(1), &prefix);
	result = prefix.len <= value.len && memcmp(value.data, prefix.data, prefix.len) == 0;
	nir_tagged_close(&value);
	nir_tagged_close(&prefix);
	PG_RETURN_BOOL(result);
}

/* ---- planner support: a constant prefix becomes a range of the index ---- */

typedef struct Prefix
{
	char	   *bytes;
	int			len;
	bool		whole;			/* nothing may follow: an equality */
} Prefix;

/* What every match of a LIKE pattern begins with; false if the pattern is invalid. */
static bool
prefix_of_pattern(const NirTaggedVarlena *pattern, Prefix *prefix)
{
	int			i = 0;

	if (!is_valid_pattern(pattern))
		return false;
	prefix->bytes = palloc(pattern->len + 1);
	prefix->len = 0;
	while (i < pattern->len && pattern->data[i] != '%' && pattern->data[i] != '_')
	{
		if (pattern->data[i] == ESCAPE)
			i++;
		prefix->bytes[prefix->len++] = pattern->data[i++];
	}
	prefix->whole = i == pattern->len;
	return true;
}

static bool
prefix_itself(const NirTaggedVarlena *pattern, Prefix *prefix)
{
	prefix->bytes = pnstrdup(pattern->data, pattern->len);
	prefix->len = pattern->len;
	prefix->whole = false;
	return true;
}

/*
 * Makes prefix the smallest string we can find that follows all strings with
 * this prefix in byte order and is valid in the database's encoding; false if
 * there is none.
 */
static bool
advance(Prefix *prefix)
{
	mbcharacter_incrementer increment = pg_database_encoding_character_incrementer();

	while (prefix->len > 0)
	{
		int			before = pg_mbcliplen(prefix->bytes, prefix->len, prefix->len - 1);
		char	   *last = prefix->bytes + before;

		if (increment((unsigned char *) last, prefix->len - before))
			return true;
		prefix->len = before;
	}
	return false;
}

static Node *
make_condition(SupportRequestIndexCondition *request, Expr *column, int strategy, const Prefix *prefix)
{
	Oid			operator = get_opfamily_member(request->opfamily, exprType((Node *) column),
											   TEXTOID, strategy);
	text	   *bound = cstring_to_text_with_len(prefix->bytes, prefix->len);

	if (!OidIsValid(operator))
		return NULL;
	return (Node *) make_opclause(operator, BOOLOID, false, column,
								  (Expr *) makeConst(TEXTOID, -1, request->indexcollation, -1,
													 PointerGetDatum(bound), false, false),
								  InvalidOid, request->indexcollation);
}

/* Conditions on the index that every match fulfils; NIL if there are none. */
static List *
prefix_conditions(SupportRequestIndexCondition *request, Expr *column, Prefix *prefix)
{
	Node	   *lower;
	Node	   *upper = NULL;

	if (prefix->whole && nir_collation_is_bytewise_equal(request->indexcollation))
	{
		Node	   *equal = make_condition(request, column, BTEqualStrategyNumber, prefix);

		return equal == NULL ? NIL : list_make1(equal);
	}
	if (prefix->len == 0 || !nir_collation_is_c(request->indexcollation))
		return NIL;
	lower = make_condition(request, column, BTGreaterEqualStrategyNumber, prefix);
	if (lower == NULL)
		return NIL;
	if (advance(prefix))
		upper = make_condition(request, column, BTLessStrategyNumber, prefix);
	return upper == NULL ? list_make1(lower) : list_make2(lower, upper);
}

static bool
is_btree_family(Oid family)
{
	HeapTuple	tuple = SearchSysCache1(OPFAMILYOID, ObjectIdGetDatum(family));
	bool		result;

	if (!HeapTupleIsValid(tuple))
		return false;
	result = ((Form_pg_opfamily) GETSTRUCT(tuple))->opfmethod == BTREE_AM_OID;
	ReleaseSysCache(tuple);
	return result;
}

/*
 * Answers a request for index conditions for column OP constant pattern.  The
 * conditions are lossy: the operator itself is checked again for every row.
 */
static List *
index_conditions(SupportRequestIndexCondition *request,
				 bool (*find_prefix) (const NirTaggedVarlena *pattern, Prefix *prefix))
{
	List	   *arguments;
	Const	   *constant;
	NirTaggedVarlena pattern;
	Prefix		prefix;

	if (is_opclause(request->node))
		arguments = ((OpExpr *) request->node)->args;
	else if (is_funcclause(request->node))
		arguments = ((FuncExpr *) request->node)->args;
	else
		return NIL;
	if (request->indexarg != 0 || list_length(arguments) != 2 || !IsA(lsecond(arguments), Const))
		return NIL;
	constant = lsecond_node(Const, arguments);
	if (constant->constisnull || constant->consttype != TEXTOID || !is_btree_family(request->opfamily))
		return NIL;
	nir_tagged_open_base(constant->constvalue, &pattern);
	/* of bytes that are no text there is no telling what follows them */
	if (!is_encoded(&pattern) || !find_prefix(&pattern, &prefix))
		return NIL;
	return prefix_conditions(request, linitial(arguments), &prefix);
}

Datum
nir_tagged_text_like_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(index_conditions((SupportRequestIndexCondition *) request, prefix_of_pattern));
}

Datum
nir_tagged_text_starts_with_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(index_conditions((SupportRequestIndexCondition *) request, prefix_itself));
}

/* ---- string_agg ---- */

/* Of the values so far: what all their tags allow, their text with delimiters. */
typedef struct JoinedText
{
	NirPurposes tag;
	StringInfo	text;
} JoinedText;

static void
append_argument(StringInfo joined, const NirTaggedVarlena *argument)
{
	appendBinaryStringInfo(joined, argument->data, argument->len);
}

static JoinedText *
start_joining(MemoryContext aggregate)
{
	MemoryContext caller = MemoryContextSwitchTo(aggregate);
	JoinedText *joined = palloc(sizeof(JoinedText));

	joined->tag = NIR_PURPOSES_PLAIN;
	joined->text = makeStringInfo();
	MemoryContextSwitchTo(caller);
	return joined;
}

/* string_agg(nir.tagged_text, text): the first value's delimiter is not used. */
Datum
nir_tagged_text_accumulate(PG_FUNCTION_ARGS)
{
	JoinedText *joined = PG_ARGISNULL(0) ? NULL : (JoinedText *) PG_GETARG_POINTER(0);
	MemoryContext aggregate;
	NirTaggedVarlena value;

	if (!AggCheckCallContext(fcinfo, &aggregate))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (PG_ARGISNULL(1))
	{
		if (joined == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(joined);
	}
	if (joined == NULL)
		joined = start_joining(aggregate);
	else if (!PG_ARGISNULL(2))
	{
		NirTaggedVarlena delimiter;

		nir_tagged_open_base(PG_GETARG_DATUM(2), &delimiter);
		append_argument(joined->text, &delimiter);
		nir_tagged_close(&delimiter);
	}
	nir_tagged_open(PG_GETARG_DATUM(1), &value);
	joined->tag &= value.tag;
	append_argument(joined->text, &value);
	nir_tagged_close(&value);
	PG_RETURN_POINTER(joined);
}

Datum
nir_tagged_text_joined(PG_FUNCTION_ARGS)
{
	JoinedText *joined = PG_ARGISNULL(0) ? NULL : (JoinedText *) PG_GETARG_POINTER(0);

	if (joined == NULL)
		PG_RETURN_NULL();
	return nir_tagged_make(joined->tag, joined->text->data, joined->text->len);
}
