/*
 * test/unit/test_unit_text.c
 *
 * Unit numbers: every number of every level, read, printed and placed among
 * the others.
 */
#include <stdlib.h>
#include <string.h>

#include "types/unit_text.h"

#include "tap.h"

static bool
parse_exact(const char *text, NirUnit *result)
{
	size_t		len = strlen(text);
	char	   *copy = malloc(len + (len == 0));
	bool		accepted;

	memcpy(copy, text, len);
	accepted = nir_unit_parse(copy, len, result);
	free(copy);
	return accepted;
}

static NirUnit
unit(const char *text)
{
	NirUnit		result = -1;

	if (!parse_exact(text, &result))
		fprintf(stderr, "%s is not a unit\n", text);
	return result;
}

static void
test_refused(void)
{
	static const char *const malformed[] = {
		"", "3", "301", "03011", "0301011", "00", "0300", "030100", "0001", "000101", "030001",
		"03a1", " 0301", "0301 ", "-301", "+301", "03.1", "\xd9\xa0\xd9\xa3",
	};
	char		name[64];
	NirUnit		result;

	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
	{
		snprintf(name, sizeof(name), "malformed unit %zu is refused", i);
		ok(!parse_exact(malformed[i], &result), name);
	}
	ok(!nir_unit_parse("03\0\0", 4, &result), "zero bytes are refused");
}

/* Counts the valid integers, and checks all that a valid one promises. */
static void
test_every_unit(void)
{
	int			count = 0;
	bool		reads_back = true;
	bool		placed = true;
	char		text[NIR_UNIT_TEXTBYTES];
	NirUnit		again;

	for (NirUnit u = -8; u <= 4 * 1000000 + 8; u++)
	{
		size_t		len;
		NirUnit		last;

		if (!nir_unit_valid(u))
			continue;
		count++;
		len = nir_unit_print(u, text);
		reads_back = reads_back && nir_unit_parse(text, len, &again) && again == u;
		last = nir_unit_last_within(u);
		placed = placed && nir_unit_valid(last) && nir_unit_valid(nir_unit_parent(u)) &&
			u <= last && nir_unit_parent(u) <= u && last <= nir_unit_last_within(nir_unit_parent(u));
	}
	ok(count == 99 + 99 * 99 + 99 * 99 * 99, "exactly the numbers without a 00 are valid");
	ok(reads_back, "what is printed is read back");
	ok(placed, "every unit lies within its parent");
}

static void
test_order(void)
{
	ok(unit("03") < unit("0301") && unit("0301") < unit("030101") &&
	   unit("030101") < unit("030199") && unit("030199") < unit("0302") &&
	   unit("0302") < unit("039999") && unit("039999") < unit("04"),
	   "county, municipality, its districts, next municipality, next county");
	ok(nir_unit_last_within(unit("03")) == unit("039999"), "last in a county");
	ok(nir_unit_last_within(unit("0301")) == unit("030199"), "last in a municipality");
	ok(nir_unit_last_within(unit("030101")) == unit("030101"), "last in a district");
	ok(nir_unit_parent(unit("030101")) == unit("0301"), "parent of a district");
	ok(nir_unit_parent(unit("0301")) == unit("03"), "parent of a municipality");
	ok(nir_unit_parent(unit("03")) == unit("03"), "parent of a county");
	ok(nir_unit_level(unit("03")) == NIR_UNIT_COUNTY &&
	   nir_unit_level(unit("0301")) == NIR_UNIT_MUNICIPALITY &&
	   nir_unit_level(unit("030101")) == NIR_UNIT_DISTRICT, "levels");
	ok(nir_unit_acts_for(unit("0301"), unit("0301")) && nir_unit_acts_for(unit("0301"), unit("030101")) &&
	   nir_unit_acts_for(unit("03"), unit("03")), "a unit acts for itself, a municipality for its districts");
	ok(!nir_unit_acts_for(unit("03"), unit("0301")) && !nir_unit_acts_for(unit("03"), unit("030101")) &&
	   !nir_unit_acts_for(unit("030101"), unit("0301")) && !nir_unit_acts_for(unit("0301"), unit("0302")),
	   "a county does not act for its municipalities, nor a district for the whole");
	ok(!nir_unit_valid(INT32_MIN) && !nir_unit_valid(INT32_MAX), "extremes are not units");
}

int
main(void)
{
	test_refused();
	test_every_unit();
	test_order();
	return done_testing();
}
