/*
 * src/types/purposes_text.c
 *
 * Purposes from and to text.  Pure: no server, no allocation, no errors but
 * the result.  Reads exactly len bytes, so the text needs no closing zero.
 */
#include "types/purposes_text.h"

typedef struct Scanner
{
	const char *at;
	const char *end;
} Scanner;

static void
skip_blanks(Scanner *scanner)
{
	while (scanner->at < scanner->end &&
		   (*scanner->at == ' ' || (*scanner->at >= '\t' && *scanner->at <= '\r')))
		scanner->at++;
}

/* Takes the character and the blanks after it, if it comes next. */
static bool
take(Scanner *scanner, char expected)
{
	if (scanner->at == scanner->end || *scanner->at != expected)
		return false;
	scanner->at++;
	skip_blanks(scanner);
	return true;
}

/* Takes a letter a..x and the blanks after it; *bit is its number. */
static bool
scan_letter(Scanner *scanner, int *bit)
{
	if (scanner->at == scanner->end ||
		*scanner->at < 'a' || *scanner->at >= 'a' + NIR_PURPOSE_COUNT)
		return false;
	*bit = *scanner->at - 'a';
	scanner->at++;
	skip_blanks(scanner);
	return true;
}

/* One letter, or a range of letters that does not run backwards. */
static bool
scan_item(Scanner *scanner, NirPurposes *result)
{
	int			first;
	int			last;

	if (!scan_letter(scanner, &first))
		return false;
	last = first;
	if (take(scanner, '-') && (!scan_letter(scanner, &last) || last < first))
		return false;
	for (int bit = first; bit <= last; bit++)
		*result |= (NirPurposes) 1 << bit;
	return true;
}

static bool
scan_list(Scanner *scanner, NirPurposes *result)
{
	*result = 0;
	skip_blanks(scanner);
	do
	{
		if (!scan_item(scanner, result))
			return false;
	} while (take(scanner, ','));
	return true;
}

bool
nir_purposes_parse_list(const char *text, size_t len, NirPurposes *result)
{
	Scanner		scanner = {text, text + len};

	return scan_list(&scanner, result) && scanner.at == scanner.end;
}

bool
nir_purposes_parse(const char *text, size_t len, NirPurposes *result)
{
	Scanner		scanner = {text, text + len};

	skip_blanks(&scanner);
	if (!take(&scanner, '{'))
		return scan_list(&scanner, result) && scanner.at == scanner.end;
	*result = 0;
	if (!take(&scanner, '}') &&
		!(scan_list(&scanner, result) && take(&scanner, '}')))
		return false;
	return scanner.at == scanner.end;
}

size_t
nir_purposes_print(NirPurposes purposes, bool braces, char *out)
{
	char	   *at = out;
	bool		first = true;

	if (braces)
		*at++ = '{';
	for (int bit = 0; bit < NIR_PURPOSE_COUNT; bit++)
	{
		if ((purposes & ((NirPurposes) 1 << bit)) == 0)
			continue;
		if (!first)
			*at++ = ',';
		*at++ = (char) ('a' + bit);
		first = false;
	}
	if (braces)
		*at++ = '}';
	*at = '\0';
	return (size_t) (at - out);
}
