/*
 * test/unit/test_purposes_text.c
 *
 * Purposes from and to text: what is accepted, what is not, and that what is
 * printed is read back.  Every text is parsed from a buffer of exactly its
 * length, so that a read past its end is seen by the address sanitizer.
 */
#include <stdlib.h>
#include <string.h>

#include "types/purposes_text.h"

#include "tap.h"

typedef bool (*Parser) (const char *text, size_t len, NirPurposes *result);

static bool
parse_exact(Parser parser, const char *text, NirPurposes *result)
{
	size_t		len = strlen(text);
	char	   *copy = malloc(len + (len == 0));
	bool		accepted;

	memcpy(copy, text, len);
	accepted = parser(copy, len, result);
	free(copy);
	return accepted;
}

static bool
reads(Parser parser, const char *text, NirPurposes expected)
{
	NirPurposes result;

	return parse_exact(parser, text, &result) && result == expected;
}

static bool
refuses(Parser parser, const char *text)
{
	NirPurposes result;

	return !parse_exact(parser, text, &result);
}

static void
test_lists(void)
{
	static const char *const malformed[] = {
		"", " ", ",", "a,", ",a", "a,,b", "a b", "ab", "A", "y", "z", "`", "1", "-", "a-", "-a",
		"b-a", "a-c-e", "a--b", "{a}", "{}", "a;b", "\xc3\xa5", "a\xff",
	};
	char		name[64];

	ok(reads(nir_purposes_parse_list, "a", 1), "one letter");
	ok(reads(nir_purposes_parse_list, "x", 1 << 23), "the last letter");
	ok(reads(nir_purposes_parse_list, "d,a,b", 0xb), "any order");
	ok(reads(nir_purposes_parse_list, "a,a,a", 1), "repeats");
	ok(reads(nir_purposes_parse_list, "a-e,i", 0x11f), "a range and a letter");
	ok(reads(nir_purposes_parse_list, "c-c", 4), "a range of one");
	ok(reads(nir_purposes_parse_list, " a , c\t-\ne ", 0x1d), "blanks");
	ok(reads(nir_purposes_parse_list, "a-x", NIR_PURPOSES_PLAIN), "all letters");
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
	{
		snprintf(name, sizeof(name), "malformed list %zu is refused", i);
		ok(refuses(nir_purposes_parse_list, malformed[i]), name);
	}
}

static void
test_braces(void)
{
	static const char *const malformed[] = {
		"", "{", "}", "{a", "a}", "{a}}", "{{a}}", "{a}b", "{,}", "{a,}", "{}{}", "{} ,",
	};
	char		name[64];

	ok(reads(nir_purposes_parse, "{}", 0), "the empty set");
	ok(reads(nir_purposes_parse, " { } ", 0), "the empty set with blanks");
	ok(reads(nir_purposes_parse, "{a,d}", 9), "a set in braces");
	ok(reads(nir_purposes_parse, " { a - c } ", 7), "a range in braces");
	ok(reads(nir_purposes_parse, "a,d", 9), "a set without braces");
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
	{
		snprintf(name, sizeof(name), "malformed set %zu is refused", i);
		ok(refuses(nir_purposes_parse, malformed[i]), name);
	}
	ok(!nir_purposes_parse("a\0", 2, &(NirPurposes) {0}), "a zero byte is refused");
}

static void
test_print(void)
{
	char		text[NIR_PURPOSES_TEXTBYTES];
	NirPurposes again;
	bool		same = true;

	ok(nir_purposes_print(9, true, text) == 5 && strcmp(text, "{a,d}") == 0, "prints braces");
	ok(nir_purposes_print(9, false, text) == 3 && strcmp(text, "a,d") == 0, "prints without braces");
	ok(nir_purposes_print(0, true, text) == 2 && strcmp(text, "{}") == 0, "prints the empty set");
	ok(nir_purposes_print(0xFF000001, true, text) == 3, "bits that are no purpose are not printed");
	ok(nir_purposes_print(NIR_PURPOSES_PLAIN, true, text) == NIR_PURPOSES_TEXTBYTES - 1,
	   "the longest text fits exactly");
	for (NirPurposes set = 0; set <= NIR_PURPOSES_PLAIN; set += 257)
	{
		size_t		len = nir_purposes_print(set, true, text);

		same = same && nir_purposes_parse(text, len, &again) && again == set;
	}
	ok(same, "what is printed is read back");
}

int
main(void)
{
	test_lists();
	test_braces();
	test_print();
	return done_testing();
}
