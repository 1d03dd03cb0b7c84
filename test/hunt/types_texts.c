/*
 * test/hunt/types_texts.c
 *
 * What nir.tagged_text does in functions of its own, given any bytes as value
 * and pattern: LIKE, NOT LIKE, starts_with, lower and upper never raise and,
 * where the bytes are a text and the pattern is one, say what the server says
 * of type text; and a value that matches lies within every condition that the
 * planner puts on an index for the pattern.
 */
#include "postgres.h"

#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "parser/parse_oper.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "compat.h"
#include "types_fuzz.h"

/* A function of nir and the one of the server it stands for. */
typedef struct Twin
{
	const char *signature;
	const char *server;
	FmgrInfo	ours;
	FmgrInfo	theirs;
} Twin;

static Twin matches[] = {
	{"nir.tagged_text_like(nir.tagged_text,text)", "pg_catalog.textlike(text,text)"},
	{"nir.tagged_text_not_like(nir.tagged_text,text)", "pg_catalog.textnlike(text,text)"},
	{"pg_catalog.starts_with(nir.tagged_text,text)", "pg_catalog.starts_with(text,text)"},
};

static Twin folds[] = {
	{"pg_catalog.lower(nir.tagged_text)", "pg_catalog.lower(text)"},
	{"pg_catalog.upper(nir.tagged_text)", "pg_catalog.upper(text)"},
};

/* What the planner asks for a prefix. */
static FmgrInfo supports[2];
static Oid	support_operators[2];

static void
find_all(void)
{
	Oid			tagged = type_named("tagged_text")->oid;

	for (int i = 0; i < lengthof(matches); i++)
	{
		find_function_named(matches[i].signature, &matches[i].ours);
		find_function_named(matches[i].server, &matches[i].theirs);
	}
	for (int i = 0; i < lengthof(folds); i++)
	{
		find_function_named(folds[i].signature, &folds[i].ours);
		find_function_named(folds[i].server, &folds[i].theirs);
	}
	find_function_named("nir.tagged_text_like_support(internal)", &supports[0]);
	find_function_named("nir.tagged_text_starts_with_support(internal)", &supports[1]);
	support_operators[0] = LookupOperName(NULL, list_make1(makeString("~~")), tagged, TEXTOID, false, -1);
	support_operators[1] = LookupOperName(NULL, list_make1(makeString("^@")), tagged, TEXTOID, false, -1);
}

static Datum
make_text(int slot, Bytes bytes, uint32 tag, Size tag_len, bool short_header)
{
	Size		len = bytes.len + tag_len;
	char	   *start;
	char	   *payload;

	if (short_header && len + VARHDRSZ_SHORT <= VARATT_SHORT_MAX)
	{
		start = fenced(slot, len + VARHDRSZ_SHORT, 1);
		SET_VARSIZE_SHORT(start, len + VARHDRSZ_SHORT);
		payload = start + VARHDRSZ_SHORT;
	}
	else
	{
		start = fenced(slot, len + VARHDRSZ, sizeof(int32));
		SET_VARSIZE(start, len + VARHDRSZ);
		payload = start + VARHDRSZ;
	}
	memcpy(payload, &tag, tag_len);
	memcpy(payload + tag_len, bytes.data, bytes.len);
	return PointerGetDatum(start);
}

static bool
is_text(Bytes bytes)
{
	return pg_verify_mbstr(GetDatabaseEncoding(), (const char *) bytes.data, bytes.len, true);
}

/* False if the pattern ends in a lone escape, for which nir has a rule of its own. */
static bool
is_pattern(Bytes bytes)
{
	Size		i = 0;

	while (i < bytes.len)
		i += bytes.data[i] == '\\' ? 2 : 1;
	return i == bytes.len;
}

/* ---- properties ---- */

static void
try_matches(Datum tagged, Datum plain, Datum pattern, Oid collation, bool as_server)
{
	for (int i = 0; i < lengthof(matches); i++)
	{
		Outcome		ours = call(&matches[i].ours, collation, 2, tagged, pattern, 0);
		Outcome		theirs;

		if (ours.raised)
			broken("a match raised", matches[i].signature);
		if (!as_server)
			continue;
		theirs = call(&matches[i].theirs, collation, 2, plain, pattern, 0);
		if (theirs.raised || DatumGetBool(ours.result) != DatumGetBool(theirs.result))
			broken("does not match what the server matches", matches[i].signature);
	}
}

static void
expect_same_text(Datum tagged, Datum plain, const char *what)
{
	const char *ours = VARDATA_ANY(DatumGetPointer(tagged));
	const char *theirs = VARDATA_ANY(DatumGetPointer(plain));
	Size		len = VARSIZE_ANY_EXHDR(DatumGetPointer(plain));

	if (VARSIZE_ANY_EXHDR(DatumGetPointer(tagged)) != len + sizeof(uint32) ||
		memcmp(ours + sizeof(uint32), theirs, len) != 0)
		broken("folds otherwise than the server", what);
}

/* Where the server refuses to fold, and where it is damaged, the text stays as it is. */
static void
try_folds(Datum tagged, Datum plain, Oid collation, bool encoded)
{
	for (int i = 0; i < lengthof(folds); i++)
	{
		Outcome		ours = call(&folds[i].ours, collation, 1, tagged, 0, 0);
		Outcome		theirs = {.raised = true};

		if (ours.raised)
			broken("folding raised", folds[i].signature);
		if (encoded)
			theirs = call(&folds[i].theirs, collation, 1, plain, 0, 0);
		expect_same_text(ours.result, theirs.raised ? plain : theirs.result, folds[i].signature);
	}
}

static List *
index_conditions(int which, Datum pattern, Oid collation)
{
	Oid			tagged = type_named("tagged_text")->oid;
	SupportRequestIndexCondition request = {0};
	Expr	   *column = (Expr *) makeVar(1, 1, tagged, -1, collation, 0);
	Expr	   *constant = (Expr *) makeConst(TEXTOID, -1, collation, -1, pattern, false, false);

	request.type = T_SupportRequestIndexCondition;
	request.node = (Node *) make_opclause(support_operators[which], BOOLOID, false, column, constant,
										  InvalidOid, collation);
	set_opfuncid((OpExpr *) request.node);
	request.funcid = ((OpExpr *) request.node)->opfuncid;
	request.opfamily = lookup_type_cache(tagged, TYPECACHE_BTREE_OPFAMILY)->btree_opf;
	request.indexcollation = collation;
	return (List *) DatumGetPointer(FunctionCall1(&supports[which], PointerGetDatum(&request)));
}

/* The conditions may let through what does not match, and never lose what does. */
static void
try_conditions(int which, Datum tagged, Datum pattern, Oid collation)
{
	ListCell   *cell;

	foreach(cell, index_conditions(which, pattern, collation))
	{
		OpExpr	   *condition = lfirst_node(OpExpr, cell);
		Datum		bound = lsecond_node(Const, condition->args)->constvalue;

		if (!DatumGetBool(OidFunctionCall2Coll(get_opcode(condition->opno), collation, tagged, bound)))
			broken("a match lies outside the condition on the index", matches[which * 2].signature);
	}
}

void
try_texts(Bytes input)
{
	uint8		form = take_byte(&input);
	Bytes		value = take_part(&input);
	Bytes		wanted = take_part(&input);
	Datum		tagged = make_text(0, value, 0xFFFFFF, sizeof(uint32), form & 1);
	Datum		plain = make_text(1, value, 0, 0, form & 2);
	Datum		pattern = make_text(2, wanted, 0, 0, form & 4);
	Oid			collation = (form & 8) != 0 ? collations()->bytes : collations()->locale;
	bool		sound = is_text(value) && is_text(wanted);

	if (!OidIsValid(support_operators[1]))
		find_all();
	if ((form & 48) == 48 && OidIsValid(collations()->loose))
	{
		try_matches(tagged, plain, pattern, collations()->loose, false);
		return;
	}
	try_matches(tagged, plain, pattern, collation, sound && is_pattern(wanted));
	try_folds(tagged, plain, collation, is_text(value));
	for (int i = 0; i < lengthof(supports); i++)
	{
		/* byte by byte, bytes that are no text have an order too */
		if ((sound || collation == collations()->bytes) &&
			DatumGetBool(FunctionCall2Coll(&matches[i * 2].ours, collation, tagged, pattern)))
			try_conditions(i, tagged, pattern, collation);
		else
			(void) index_conditions(i, pattern, collation);
	}
}
