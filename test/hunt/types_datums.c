/*
 * test/hunt/types_datums.c
 *
 * Three datums of any bytes, as a damaged page may hand them over: with a
 * short header, a full one, or one that claims to be compressed.  Comparison,
 * hash and sort never raise and never read beyond them; they are an order, the
 * operators and abbreviated keys agree with it, equal values have one hash, and
 * the types one can compare with fit in between.
 *
 * What claims to be compressed may be refused by the server's decompression.
 * A numeric whose digits are none has no order, as in the server itself: of
 * those only survival is asked.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/sortsupport.h"

#include "compat.h"
#include "types_fuzz.h"

typedef enum Header
{
	SHORT_HEADER,
	FULL_HEADER,
	COMPRESSED_HEADER,
} Header;

/* What a case is about: three datums of one type. */
typedef struct Trial
{
	Type	   *type;
	Oid			collation;
	bool		may_raise;
	bool		ordered;
	Datum		value[3];
} Trial;

/* ---- datums ---- */

static bool
is_text(const uint8 *bytes, Size len)
{
	return pg_verify_mbstr(GetDatabaseEncoding(), (const char *) bytes, len, true);
}

/* tag: how many bytes of a payload are not the numeric itself */
static bool
is_sound_numeric(Bytes payload, Size tag)
{
	uint16		header;
	Size		header_len = sizeof(uint16);
	int			count;

	if (payload.len < tag + sizeof(uint16))
		return false;
	memcpy(&header, payload.data + tag, sizeof(header));
	if ((header & 0xC000) == 0xC000)
		return payload.len == tag + sizeof(uint16) && (header & 0x0FFF) == 0 && header != 0xE000;
	if ((header & 0x8000) == 0)
		header_len = 2 * sizeof(uint16);
	if (payload.len < tag + header_len || (payload.len - tag) % 2 != 0)
		return false;
	count = (payload.len - tag - header_len) / 2;
	if (count == 0)
		return header == 0x8000 || (header_len == 4 && header == 0);
	for (int i = 0; i < count; i++)
	{
		int16		digit;

		memcpy(&digit, payload.data + tag + header_len + 2 * i, sizeof(digit));
		if (digit < 0 || digit > 9999 || (digit == 0 && (i == 0 || i == count - 1)))
			return false;
	}
	return true;
}

static Datum
make_varlena(int slot, Header header, Bytes payload)
{
	char	   *start;

	if (header == SHORT_HEADER && payload.len + VARHDRSZ_SHORT <= VARATT_SHORT_MAX)
	{
		start = fenced(slot, payload.len + VARHDRSZ_SHORT, 1);
		SET_VARSIZE_SHORT(start, payload.len + VARHDRSZ_SHORT);
		memcpy(start + VARHDRSZ_SHORT, payload.data, payload.len);
	}
	else if (header == COMPRESSED_HEADER && payload.len >= sizeof(uint32))
	{
		uint32		claimed;

		start = fenced(slot, payload.len + VARHDRSZ, sizeof(int32));
		SET_VARSIZE_COMPRESSED(start, payload.len + VARHDRSZ);
		memcpy(start + VARHDRSZ, payload.data, payload.len);
		/* a size that can be had, under any method */
		memcpy(&claimed, payload.data, sizeof(claimed));
		claimed &= 0xC0003FFF;
		memcpy(start + VARHDRSZ, &claimed, sizeof(claimed));
	}
	else
	{
		start = fenced(slot, payload.len + VARHDRSZ, sizeof(int32));
		SET_VARSIZE(start, payload.len + VARHDRSZ);
		memcpy(start + VARHDRSZ, payload.data, payload.len);
	}
	return PointerGetDatum(start);
}

static Datum
make_by_value(int16 len, Oid oid, Bytes bytes)
{
	int64		whole = 0;

	memcpy(&whole, bytes.data, Min(bytes.len, (Size) len));
	switch (len)
	{
		case 1:
			return oid == BOOLOID ? BoolGetDatum(whole & 1) : CharGetDatum(whole);
		case 2:
			return Int16GetDatum(whole);
		case 4:
			return Int32GetDatum(whole);
		default:
			return Int64GetDatum(whole);
	}
}

/* Any value of a type of the server that its functions take. */
static Datum
make_other(const OtherType *other, int slot, Bytes *input, bool *sound)
{
	Bytes		payload;

	if (other->byval)
		return make_by_value(other->len, other->oid, take(input, other->len));
	payload = take_part(input);
	if (other->oid == NUMERICOID && !is_sound_numeric(payload, 0))
	{
		static const uint8 zero[] = {0x00, 0x80};

		payload = (Bytes) {zero, sizeof(zero)};
	}
	if (other->oid != NUMERICOID && !is_text(payload.data, payload.len))
		*sound = false;
	return make_varlena(slot, take_byte(input) % 2, payload);
}

/* ---- calls that may not raise ---- */

static bool
compare_call(const Trial *trial, FmgrInfo *function, Datum a, Datum b, int *result)
{
	Outcome		outcome = call(function, trial->collation, 2, a, b, 0);

	if (outcome.raised && !trial->may_raise)
		broken("a comparison raised", trial->type->name);
	*result = outcome.raised ? 0 : DatumGetInt32(outcome.result);
	*result = (*result > 0) - (*result < 0);
	return !outcome.raised;
}

static bool
hash_call(const Trial *trial, FmgrInfo *function, Datum a, uint64 *result)
{
	Outcome		outcome = call(function, trial->collation, function->fn_nargs, a, Int64GetDatum(0), 0);

	if (outcome.raised && !trial->may_raise)
		broken("a hash function raised", trial->type->name);
	*result = outcome.raised ? 0 : DatumGetUInt64(outcome.result);
	return !outcome.raised;
}

/* ---- an order ---- */

static bool
find_order(const Trial *trial, int order[3][3])
{
	bool		all = true;

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			all = compare_call(trial, &trial->type->compare, trial->value[i], trial->value[j], &order[i][j]) && all;
	return all;
}

static void
expect_order(const Trial *trial, int order[3][3])
{
	if (!trial->ordered)
		return;
	for (int i = 0; i < 3; i++)
	{
		if (order[i][i] != 0)
			broken("a value is not equal to itself", trial->type->name);
		for (int j = 0; j < 3; j++)
		{
			if (order[i][j] != -order[j][i])
				broken("comparison is not antisymmetric", trial->type->name);
			for (int k = 0; k < 3; k++)
			{
				if (order[i][j] <= 0 && order[j][k] <= 0 &&
					(order[i][k] > 0 || (order[i][k] == 0 && (order[i][j] != 0 || order[j][k] != 0))))
					broken("comparison is not transitive", trial->type->name);
			}
		}
	}
}

static void
expect_operators(const Trial *trial, int order[3][3])
{
	for (int i = 0; i < 5; i++)
	{
		int			o = order[0][1];
		bool		expected[5] = {o < 0, o <= 0, o == 0, o >= 0, o > 0};
		Outcome		outcome = call(&trial->type->operators[i], trial->collation, 2,
								   trial->value[0], trial->value[1], 0);

		if (outcome.raised && !trial->may_raise)
			broken("an operator raised", trial->type->name);
		if (!outcome.raised && trial->ordered && DatumGetBool(outcome.result) != expected[i])
			broken("an operator disagrees with the comparison", trial->type->name);
	}
}

static void
expect_hashes(const Trial *trial, int order[3][3])
{
	uint64		hash[3];
	uint64		extended[3];

	for (int i = 0; i < 3; i++)
	{
		if (!hash_call(trial, &trial->type->hash, trial->value[i], &hash[i]) ||
			!hash_call(trial, &trial->type->hash_extended, trial->value[i], &extended[i]))
			return;
		if ((uint32) hash[i] != (uint32) extended[i])
			broken("the extended hash with seed 0 is another one", trial->type->name);
	}
	for (int i = 1; trial->ordered && i < 3; i++)
	{
		if (order[0][i] == 0 && ((uint32) hash[0] != (uint32) hash[i] || extended[0] != extended[i]))
			broken("equal values have different hashes", trial->type->name);
	}
}

/* ---- sort support ---- */

/*
 * Abbreviated keys may only fail to tell; the full comparator is the order.
 * An error in here ends the harness.
 */
static void
expect_sort(const Trial *trial, int order[3][3], bool abbreviate)
{
	SortSupportData sort = {0};
	int			(*full) (Datum x, Datum y, SortSupport ssup);
	Datum		keys[3];

	sort.ssup_cxt = CurrentMemoryContext;
	sort.ssup_collation = trial->collation;
	sort.abbreviate = abbreviate;
	FunctionCall1(&trial->type->sort, PointerGetDatum(&sort));
	full = sort.abbrev_converter != NULL ? sort.abbrev_full_comparator : sort.comparator;
	for (int i = 0; i < 3; i++)
	{
		int			found = full(trial->value[0], trial->value[i], &sort);

		if (trial->ordered && (found > 0) - (found < 0) != order[0][i])
			broken("the sort disagrees with the comparison", trial->type->name);
		if (sort.abbrev_converter != NULL)
			keys[i] = sort.abbrev_converter(trial->value[i], &sort);
	}
	if (sort.abbrev_converter == NULL)
		return;
	(void) sort.abbrev_abort(3, &sort);
	for (int i = 1; i < 3; i++)
	{
		int			found = sort.comparator(keys[0], keys[i], &sort);

		if (trial->ordered && found != 0 && (found > 0) - (found < 0) != order[0][i])
			broken("abbreviated keys disagree with the comparison", trial->type->name);
	}
}

/* ---- other types ---- */

static void
expect_other(Trial *trial, OtherType *other, Bytes *input, int order[3][3])
{
	bool		sound = trial->ordered;
	Datum		between = make_other(other, 3, input, &sound);
	int			to[3];
	int			back[3];
	uint64		hashes[2];

	for (int i = 0; i < 3; i++)
	{
		if (!compare_call(trial, &other->compare, trial->value[i], between, &to[i]) ||
			!compare_call(trial, &other->compare_back, between, trial->value[i], &back[i]))
			return;
	}
	if (!sound)
		return;
	for (int i = 0; i < 3; i++)
	{
		if (to[i] != -back[i])
			broken("comparison with another type is not antisymmetric", trial->type->name);
		for (int j = 0; j < 3; j++)
		{
			if (to[i] <= 0 && back[j] <= 0 &&
				(order[i][j] > 0 || (order[i][j] == 0 && (to[i] != 0 || back[j] != 0))))
				broken("comparison with another type is not transitive", trial->type->name);
		}
	}
	if (to[0] == 0 && OidIsValid(other->hash.fn_oid) &&
		hash_call(trial, &trial->type->hash, trial->value[0], &hashes[0]) &&
		hash_call(trial, &other->hash, between, &hashes[1]) &&
		(uint32) hashes[0] != (uint32) hashes[1])
		broken("a value of another type is equal and has another hash", trial->type->name);
}

/* ---- a trial ---- */

static void
make_values(Trial *trial, Bytes *input)
{
	Type	   *type = trial->type;
	bool		is_numeric = type->base != NULL && type->base->oid == NUMERICOID;
	Bytes		part = {0};

	for (int i = 0; i < 3; i++)
	{
		Header		header;

		if (type->byval)
		{
			trial->value[i] = make_by_value(type->len, type->oid, take(input, type->len));
			continue;
		}
		header = take_byte(input) % 8;
		/* now and then the same bytes under another header */
		part = i > 0 && header == 7 ? part : take_part(input);
		header = header == 6 ? COMPRESSED_HEADER : header % 2;
		trial->value[i] = make_varlena(i, header, part);
		if (VARATT_IS_COMPRESSED(DatumGetPointer(trial->value[i])))
		{
			trial->may_raise = true;
			trial->ordered = false;
		}
		if (is_numeric && !is_sound_numeric(part, sizeof(uint32)))
			trial->ordered = false;
		if (trial->collation != collations()->bytes && !is_numeric && part.len >= sizeof(uint32) &&
			!is_text(part.data + sizeof(uint32), part.len - sizeof(uint32)))
		{
			trial->ordered = false;
			trial->may_raise = trial->may_raise || trial->collation == collations()->loose;
		}
	}
}

/* What a damaged value looks like is not said; that it can be looked at is. */
static void
show(const Trial *trial)
{
	(void) call(&trial->type->out, InvalidOid, 1, trial->value[0], 0, 0);
	(void) call(&trial->type->send, InvalidOid, 1, trial->value[0], 0, 0);
}

void
try_datums(Bytes input)
{
	int			count;
	Type	   *types = types_under_test(&count);
	uint8		choice = take_byte(&input);
	uint8		form = take_byte(&input);
	Trial		trial = {&types[choice % count], collations()->bytes, false, true, {0}};
	int			order[3][3];

	if (form % 8 == 1)
		trial.collation = collations()->locale;
	else if (form % 8 == 2 && OidIsValid(collations()->loose))
		trial.collation = collations()->loose;
	make_values(&trial, &input);
	show(&trial);
	/* nir.sealed has no order */
	if (!OidIsValid(trial.type->compare.fn_oid))
		return;
	if (find_order(&trial, order))
	{
		expect_order(&trial, order);
		expect_operators(&trial, order);
		expect_hashes(&trial, order);
		if (!trial.may_raise && OidIsValid(trial.type->sort.fn_oid))
			expect_sort(&trial, order, form % 16 >= 8);
	}
	if (trial.type->other_count > 0)
		expect_other(&trial, &trial.type->others[(form >> 4) % trial.type->other_count], &input, order);
}
