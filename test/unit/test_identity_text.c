/*
 * test/unit/test_identity_text.c
 *
 * Identity numbers: every row of the vectors (argv[1]) under both rules, and
 * what must hold of all numbers whatever the vectors say.
 *
 * A vector is scheme, value, expected, kind, reason, source, separated by
 * tabs.  A value that ends in ?? stands for all its hundred endings, none of
 * which the rule of 1964 accepts.  "valid" of a kind that is never stored
 * (month + 40, FH) means its control digits alone.
 */
#include <stdlib.h>
#include <string.h>

#include "types/identity_text.h"

#include "tap.h"

static bool
parse_exact(const char *text, int digits, uint64_t *id)
{
	size_t		len = strlen(text);
	char	   *copy = malloc(len + (len == 0));
	bool		accepted;

	memcpy(copy, text, len);
	accepted = nir_id_parse(copy, len, digits, id);
	free(copy);
	return accepted;
}

static bool
fnr_valid(const char *text, NirFnrControl control)
{
	uint64_t	fnr;

	return parse_exact(text, NIR_FNR_DIGITS, &fnr) && nir_fnr_judge(fnr, control) == NIR_FNR_VALID;
}

static NirFnrKind
kind_named(const char *kind)
{
	bool		d_number = kind[0] == 'D';

	if (strcmp(kind, "FH") == 0)
		return NIR_FNR_FH;
	if (strncmp(kind, "H-or", 4) == 0 || strstr(kind, "40") != NULL)
		return NIR_FNR_AMBIGUOUS;
	if (strstr(kind, "synthetic") != NULL)
		return d_number ? NIR_FNR_SYNTHETIC_D : NIR_FNR_SYNTHETIC;
	return d_number ? NIR_FNR_D : NIR_FNR_ORDINARY;
}

static bool
all_endings_invalid(const char *prefix)
{
	char		value[NIR_FNR_DIGITS + 1];

	for (int ending = 0; ending < 100; ending++)
	{
		snprintf(value, sizeof(value), "%.9s%02d", prefix, ending);
		if (fnr_valid(value, NIR_FNR_CONTROL_1964))
			return false;
	}
	return true;
}

/* What the vectors say of a number that has a kind. */
static bool
fnr_as_expected(const char *value, const char *expected, const char *kind)
{
	uint64_t	fnr;
	NirFnrKind	known = kind_named(kind);
	bool		old = strcmp(expected, "valid1964") == 0;

	if (!parse_exact(value, NIR_FNR_DIGITS, &fnr) || nir_fnr_kind(fnr) != known)
		return false;
	if (known == NIR_FNR_FH || known == NIR_FNR_AMBIGUOUS)
		return old && nir_fnr_rest(fnr) == 0 &&
			nir_fnr_judge(fnr, NIR_FNR_CONTROL_1964) == NIR_FNR_REFUSED_KIND &&
			nir_fnr_judge(fnr, NIR_FNR_CONTROL_2032) == NIR_FNR_REFUSED_KIND;
	return fnr_valid(value, NIR_FNR_CONTROL_1964) == old &&
		fnr_valid(value, NIR_FNR_CONTROL_2032);
}

static bool
row_holds(const char *scheme, const char *value, const char *expected, const char *kind)
{
	uint64_t	id;
	bool		valid = strcmp(expected, "invalid") != 0;

	if (strcmp(scheme, "duf") == 0)
		return (parse_exact(value, NIR_DUF_DIGITS, &id) && nir_duf_control_ok(id)) == valid;
	if (strcmp(scheme, "org") == 0)
		return (parse_exact(value, NIR_ORGNR_DIGITS, &id) && nir_orgnr_control_ok(id)) == valid;
	if (strcmp(scheme, "pid") != 0)
		return false;
	if (valid)
		return fnr_as_expected(value, expected, kind);
	if (strstr(value, "??") != NULL)
		return all_endings_invalid(value);
	return !fnr_valid(value, NIR_FNR_CONTROL_1964) && !fnr_valid(value, NIR_FNR_CONTROL_2032);
}

static void
test_vectors(const char *path)
{
	char		line[1024];
	char		name[128];
	int			rows = 0;
	FILE	   *file = fopen(path, "r");

	ok(file != NULL, "the vectors can be opened");
	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL)
	{
		char	   *rest = line;
		const char *scheme = strsep(&rest, "\t");
		const char *value = rest ? strsep(&rest, "\t") : "";
		const char *expected = rest ? strsep(&rest, "\t") : "";
		const char *kind = rest ? strsep(&rest, "\t") : "";

		if (rows++ == 0)
			continue;
		snprintf(name, sizeof(name), "row %d: %s %s is %s", rows, scheme, value, expected);
		ok(row_holds(scheme, value, expected, kind), name);
	}
	fclose(file);
	ok(rows > 60, "the vectors were all there");
}

/* Every date and the corners of the series, under both rules. */
static void
test_rules_nest(void)
{
	static const int individuals[] = {0, 499, 500, 749, 750, 899, 900, 999};
	bool		nested = true;
	int			old = 0;

	for (uint64_t date = 0; date <= 999999; date++)
	{
		for (size_t i = 0; i < sizeof(individuals) / sizeof(individuals[0]); i++)
		{
			uint64_t	fnr = (date * 1000 + (uint64_t) individuals[i]) * 100 + date % 100;

			if (nir_fnr_judge(fnr, NIR_FNR_CONTROL_1964) != NIR_FNR_VALID)
				continue;
			old++;
			nested = nested && nir_fnr_judge(fnr, NIR_FNR_CONTROL_2032) == NIR_FNR_VALID;
		}
	}
	ok(old > 100, "some of these numbers are valid");
	ok(nested, "what the rule of 1964 accepts, that of 2032 accepts too");
}

/* No single mistyped digit and no swapped neighbours may pass. */
static void
test_typing_errors(const char *text)
{
	char		wrong[NIR_FNR_DIGITS + 1];
	bool		caught = true;

	for (int i = 0; i < NIR_FNR_DIGITS; i++)
	{
		for (char digit = '0'; digit <= '9'; digit++)
		{
			strcpy(wrong, text);
			wrong[i] = digit;
			caught = caught && (digit == text[i] || !fnr_valid(wrong, NIR_FNR_CONTROL_2032));
		}
		if (i + 1 == NIR_FNR_DIGITS || text[i] == text[i + 1])
			continue;
		strcpy(wrong, text);
		wrong[i] = text[i + 1];
		wrong[i + 1] = text[i];
		caught = caught && !fnr_valid(wrong, NIR_FNR_CONTROL_2032);
	}
	ok(caught, "every mistyped or swapped digit is caught");
}

static int
series_year(const char *text)
{
	uint64_t	fnr = 0;

	parse_exact(text, NIR_FNR_DIGITS, &fnr);
	return nir_fnr_series_year(fnr);
}

static NirFnrVerdict
judged(const char *text, NirFnrControl control)
{
	uint64_t	fnr = 0;

	parse_exact(text, NIR_FNR_DIGITS, &fnr);
	return nir_fnr_judge(fnr, control);
}

static void
test_series(void)
{
	ok(series_year("01010049900") == 1900 && series_year("01019900000") == 1999, "000-499 are 19YY");
	ok(series_year("01015450000") == 1854 && series_year("01019974900") == 1899, "500-749 with 54-99 are 18YY");
	ok(series_year("01014090000") == 1940 && series_year("01019999900") == 1999, "900-999 with 40-99 are 19YY");
	ok(series_year("01010050000") == 2000 && series_year("01013999900") == 2039, "500-999 with 00-39 are 20YY");
	ok(series_year("01014050000") == 0 && series_year("01015389900") == 0 &&
	   series_year("01015475000") == 0 && series_year("01019989900") == 0, "the gaps are nobody's");
	ok(judged("29020010000", NIR_FNR_CONTROL_1964) == NIR_FNR_BAD_DATE, "1900 was no leap year");
	ok(judged("29020010000", NIR_FNR_CONTROL_2032) != NIR_FNR_BAD_DATE, "... but 2000 was");
	ok(judged("69020010000", NIR_FNR_CONTROL_1964) != NIR_FNR_BAD_DATE, "a D-number has no century");
	ok(judged("29020050000", NIR_FNR_CONTROL_1964) != NIR_FNR_BAD_DATE, "2000 was a leap year");
	ok(nir_fnr_control_in(2031) == NIR_FNR_CONTROL_1964 &&
	   nir_fnr_control_in(2032) == NIR_FNR_CONTROL_2032, "the rule changes in 2032");
}

static void
test_digits(void)
{
	char		text[NIR_ID_TEXTBYTES];
	uint64_t	id;

	ok(nir_id_parse("00000000001", 11, 11, &id) && id == 1, "zeros in front are read");
	nir_id_print(1, 11, text);
	ok(strcmp(text, "00000000001") == 0, "... and printed");
	ok(nir_id_parse("999999999999", 12, 12, &id) && id < (UINT64_C(1) << 40), "the largest fits in 40 bits");
	ok(!nir_id_parse("01013699921\0", 12, 11, &id), "a zero byte is refused");
	ok(!nir_id_parse("0101369992", 10, 11, &id), "a digit too few");
	ok(!nir_id_parse("010136999211", 12, 11, &id), "a digit too many");
	ok(nir_duf_year(UINT64_C(201017238203)) == 2010, "year of a DUF number");
	ok(!nir_orgnr_control_ok(0), "the organisation number of zeros is refused");
}

int
main(int argc, char **argv)
{
	if (argc != 2)
	{
		fprintf(stderr, "usage: %s id_vectors.tsv\n", argv[0]);
		return 2;
	}
	test_digits();
	test_series();
	test_rules_nest();
	test_typing_errors("01013699921");
	test_typing_errors("29022899994");
	test_typing_errors("55123800000");
	test_vectors(argv[1]);
	return done_testing();
}
