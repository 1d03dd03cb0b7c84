/*
 * test/hunt/types_given.c
 *
 * Input and receive functions given any bytes: accepted, or refused with an
 * error of bad data whose words are constant.  What is accepted is printed,
 * sent, read and received again as the same value; and a type that tags a type
 * of the server takes what that type takes, as the same value.
 *
 * The first byte chooses the type, or type modifiers; the second the form.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "compat.h"
#include "types_fuzz.h"

/* ---- refusals ---- */

/* A message with a value in it would be a new one for every value. */
#define WORDINGS	64
static char wordings[WORDINGS][256];
static int	wording_count = 0;

static void
expect_constant_words(const Outcome *outcome, const char *type)
{
	for (int i = 0; i < wording_count; i++)
	{
		if (strcmp(wordings[i], outcome->message) == 0)
			return;
	}
	if (wording_count == WORDINGS)
		broken("messages are not constant", type);
	strlcpy(wordings[wording_count++], outcome->message, sizeof(wordings[0]));
}

static void
expect_clean_refusal(const Outcome *outcome, const char *type)
{
	const char *sqlstate = unpack_sql_state(outcome->sqlerrcode);

	if (strncmp(sqlstate, "22", 2) != 0 && strncmp(sqlstate, "NR", 2) != 0 && strcmp(sqlstate, "08P01") != 0)
		broken("refused for another reason than bad data", type);
	/* the server's words about an encoding name the bytes */
	if (outcome->sqlerrcode != ERRCODE_CHARACTER_NOT_IN_REPERTOIRE)
		expect_constant_words(outcome, type);
}

/* ---- the four functions ---- */

static Outcome
give_text(Type *type, char *text)
{
	return call(&type->in, InvalidOid, 3, CStringGetDatum(text),
				ObjectIdGetDatum(type->ioparam), Int32GetDatum(type->typmod));
}

/* False in the outcome also where bytes are left over, as the server sees it. */
static Outcome
give_bytes(Type *type, int slot, const void *bytes, Size len, bool *whole)
{
	StringInfoData message;
	Outcome		outcome;

	message.data = fenced(slot, len, 1);
	memcpy(message.data, bytes, len);
	message.len = len;
	message.maxlen = len;
	message.cursor = 0;
	outcome = call(&type->receive, InvalidOid, 3, PointerGetDatum(&message),
				   ObjectIdGetDatum(type->ioparam), Int32GetDatum(type->typmod));
	*whole = message.cursor == message.len;
	return outcome;
}

static char *
print(Type *type, Datum value)
{
	Outcome		outcome = call(&type->out, InvalidOid, 1, value, 0, 0);

	if (outcome.raised)
		broken("an accepted value cannot be printed", type->name);
	return DatumGetCString(outcome.result);
}

static bytea *
send(Type *type, Datum value)
{
	Outcome		outcome = call(&type->send, InvalidOid, 1, value, 0, 0);

	if (outcome.raised)
		broken("an accepted value cannot be sent", type->name);
	return DatumGetByteaPP(outcome.result);
}

/* ---- what was accepted ---- */

static void
expect_same(Type *type, Datum value, const Outcome *again, const char *what)
{
	Oid			collation = collations()->bytes;

	if (again->raised)
		broken(what, type->name);
	/* ciphertext has no order: it is the same bytes */
	if (!OidIsValid(type->compare.fn_oid))
	{
		if (!datumIsEqual(value, again->result, type->byval, type->len))
			broken("read back, ciphertext is another one", type->name);
		return;
	}
	if (DatumGetInt32(FunctionCall2Coll(&type->compare, collation, value, again->result)) != 0 ||
		!DatumGetBool(FunctionCall2Coll(&type->operators[2], collation, value, again->result)))
		broken("read back, a value is another one", type->name);
	if (FunctionCall1Coll(&type->hash, collation, value) != FunctionCall1Coll(&type->hash, collation, again->result))
		broken("read back, a value has another hash", type->name);
}

static void
expect_text_round_trip(Type *type, Datum value)
{
	char	   *text = print(type, value);
	Outcome		again = give_text(type, text);

	expect_same(type, value, &again, "a printed value cannot be read");
	if (strcmp(print(type, again.result), text) != 0)
		broken("printed again, a value looks different", type->name);
}

static void
expect_wire_round_trip(Type *type, Datum value)
{
	bytea	   *bytes = send(type, value);
	bytea	   *bytes_again;
	bool		whole;
	Outcome		again;

	again = give_bytes(type, 1, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), &whole);
	expect_same(type, value, &again, "a sent value cannot be received");
	bytes_again = send(type, again.result);
	if (!whole || VARSIZE_ANY_EXHDR(bytes) != VARSIZE_ANY_EXHDR(bytes_again) ||
		memcmp(VARDATA_ANY(bytes), VARDATA_ANY(bytes_again), VARSIZE_ANY_EXHDR(bytes)) != 0)
		broken("sent again, a value looks different", type->name);
}

/*
 * Forms of a number that the server takes and nir does not: a blank behind the
 * e, before 16; underscores and other bases, from 16 on.
 */
static bool
is_strange_number(const Type *type, const char *text)
{
	const char *exponent = text + strcspn(text, "eE");

	if (type->base->oid != INT4OID && type->base->oid != NUMERICOID)
		return false;
	return strpbrk(text, "xXoObB_") != NULL || (*exponent != '\0' && isspace((unsigned char) exponent[1]));
}

/* The base type of the server, given the same, says the same. */
static void
expect_as_base(Type *type, const Outcome *ours, const Outcome *bases)
{
	if (ours->raised != bases->raised)
		broken(ours->raised ? "refused what its base type takes" : "took what its base type refuses", type->name);
	if (!ours->raised && strcmp(print(type, ours->result), print(type->base, bases->result)) != 0)
		broken("read another value than its base type", type->name);
}

static void
try_text(Type *type, Bytes input)
{
	Size		len = strnlen((const char *) input.data, input.len);
	char	   *text = fenced(0, len + 1, 1);
	/* the server lets only such text pass to an input function */
	bool		encoded = pg_verify_mbstr(GetDatabaseEncoding(), (const char *) input.data, len, true);
	Outcome		outcome;

	memcpy(text, input.data, len);
	text[len] = '\0';
	outcome = give_text(type, text);
	if (outcome.raised)
		expect_clean_refusal(&outcome, type->name);
	else
	{
		expect_text_round_trip(type, outcome.result);
		if (encoded)
			expect_wire_round_trip(type, outcome.result);
	}
	if (type->base != NULL && encoded)
	{
		Outcome		bases = give_text(type->base, text);

		if (!outcome.raised || bases.raised || !is_strange_number(type, text))
			expect_as_base(type, &outcome, &bases);
	}
}

static void
try_bytes(Type *type, Bytes input)
{
	bool		whole;
	Outcome		outcome = give_bytes(type, 0, input.data, input.len, &whole);

	if (outcome.raised)
		expect_clean_refusal(&outcome, type->name);
	else if (whole)
	{
		expect_text_round_trip(type, outcome.result);
		expect_wire_round_trip(type, outcome.result);
	}
	if (type->base != NULL)
	{
		bool		base_whole;
		Outcome		bases = give_bytes(type->base, 2, input.data, input.len, &base_whole);

		expect_as_base(type, &outcome, &bases);
		if (!outcome.raised && whole != base_whole)
			broken("consumed another number of bytes than its base type", type->name);
	}
}

/* ---- modifiers ---- */

static Outcome
give_modifier(Datum *elements, int count)
{
	static FmgrInfo function;
	ArrayType  *array = construct_array(elements, count, CSTRINGOID, -2, false, TYPALIGN_CHAR);

	if (!OidIsValid(function.fn_oid))
		find_function_named("nir.typmod_in(cstring[])", &function);
	return call(&function, InvalidOid, 1, PointerGetDatum(array), 0, 0);
}

/* The letters of a modifier, without the parentheses of its printed form. */
static char *
print_modifier(Datum modifier)
{
	static FmgrInfo function;
	char	   *text;

	if (!OidIsValid(function.fn_oid))
		find_function_named("nir.typmod_out(integer)", &function);
	text = DatumGetCString(FunctionCall1(&function, modifier));
	if (strlen(text) < 3)
		broken("a modifier is printed without letters", "modifier");
	return pnstrdup(text + 1, strlen(text) - 2);
}

static void
try_modifiers(Bytes input)
{
	Datum		elements[32];
	int			count = 0;
	Outcome		outcome;
	Outcome		again;
	Datum		printed;

	while (input.len > 0 && count < lengthof(elements))
	{
		Bytes		part = take_part(&input);

		elements[count++] = CStringGetDatum(pnstrdup((const char *) part.data, part.len));
	}
	outcome = give_modifier(elements, count);
	if (outcome.raised)
	{
		expect_clean_refusal(&outcome, "modifier");
		return;
	}
	if (DatumGetInt32(outcome.result) <= 0 || DatumGetInt32(outcome.result) >= 0xFFFFFF)
		broken("a modifier that is no set of purposes, or is all of them", "modifier");
	printed = CStringGetDatum(print_modifier(outcome.result));
	again = give_modifier(&printed, 1);
	if (again.raised || DatumGetInt32(again.result) != DatumGetInt32(outcome.result))
		broken("a printed modifier is not read as itself", "modifier");
}

void
try_given(Bytes input)
{
	int			count;
	Type	   *types = types_under_test(&count);
	int			choice = take_byte(&input) % (count + 1);

	if (choice == count)
		try_modifiers(input);
	else if (take_byte(&input) % 2 == 0)
		try_text(&types[choice], input);
	else
		try_bytes(&types[choice], input);
}
