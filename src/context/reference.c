/*
 * src/context/reference.c
 *
 * A case reference is a note of why (R48); one that nobody can read is none.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"

#include "context/reference.h"

/* Spaces, controls and format characters, as the Unicode database has them. */
static const struct
{
	pg_wchar	first;
	pg_wchar	last;
}			unseen[] = {
	{0x0000, 0x0020}, {0x007F, 0x00A0}, {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},
	{0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
	{0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
	{0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF},
};

static bool
is_seen(pg_wchar character)
{
	for (int i = 0; i < (int) lengthof(unseen); i++)
		if (character >= unseen[i].first && character <= unseen[i].last)
			return false;
	return true;
}

bool
nir_reference_says(const char *text)
{
	while (*text != '\0')
	{
		int			len = pg_mblen(text);

		/* other encodings: what is not ASCII counts as seen */
		if (len == 1 ? is_seen((unsigned char) *text) :
			GetDatabaseEncoding() != PG_UTF8 || is_seen(utf8_to_unicode((const unsigned char *) text)))
			return true;
		text += len;
	}
	return false;
}
