/*
 * src/types/unit_text.c
 *
 * Unit numbers from and to text.  Pure: no server, no allocation, no errors
 * but the result.
 *
 * Inside, a unit is its six padded digits and its level (unit_text.h); a pair
 * of digits that the level does not have is 00, and no other pair is.
 */
#include "types/unit_text.h"

#define LAST_UNIT	(999999 * 4 + NIR_UNIT_DISTRICT)

static NirUnit
make_unit(int32_t padded, NirUnitLevel level)
{
	return padded * 4 + (NirUnit) level;
}

static int32_t
padded_digits(NirUnit unit)
{
	return unit / 4;
}

bool
nir_unit_parse(const char *text, size_t len, NirUnit *result)
{
	int32_t		padded = 0;

	if (len != 2 && len != 4 && len != 6)
		return false;
	for (size_t i = 0; i < 6; i += 2)
	{
		int			pair = 0;

		if (i < len)
		{
			if (text[i] < '0' || text[i] > '9' ||
				text[i + 1] < '0' || text[i + 1] > '9')
				return false;
			pair = (text[i] - '0') * 10 + (text[i + 1] - '0');
			if (pair == 0)
				return false;
		}
		padded = padded * 100 + pair;
	}
	*result = make_unit(padded, (NirUnitLevel) (len / 2 - 1));
	return true;
}

bool
nir_unit_valid(NirUnit unit)
{
	int32_t		padded = padded_digits(unit);
	bool		municipality;
	bool		district;

	if (unit < 0 || unit > LAST_UNIT || padded / 10000 == 0)
		return false;
	municipality = padded / 100 % 100 != 0;
	district = padded % 100 != 0;
	switch (unit & 3)
	{
		case NIR_UNIT_COUNTY:
			return !municipality && !district;
		case NIR_UNIT_MUNICIPALITY:
			return municipality && !district;
		case NIR_UNIT_DISTRICT:
			return municipality && district;
	}
	return false;
}

size_t
nir_unit_print(NirUnit unit, char *out)
{
	int32_t		padded = padded_digits(unit);
	size_t		len = 2 * ((size_t) (unit & 3) + 1);
	char		digits[6];

	for (int i = 5; i >= 0; i--)
	{
		digits[i] = (char) ('0' + padded % 10);
		padded /= 10;
	}
	if (len > sizeof(digits))
		len = sizeof(digits);
	for (size_t i = 0; i < len; i++)
		out[i] = digits[i];
	out[len] = '\0';
	return len;
}

NirUnit
nir_unit_last_within(NirUnit unit)
{
	int32_t		padded = padded_digits(unit);

	switch (nir_unit_level(unit))
	{
		case NIR_UNIT_COUNTY:
			return make_unit(padded + 9999, NIR_UNIT_DISTRICT);
		case NIR_UNIT_MUNICIPALITY:
			return make_unit(padded + 99, NIR_UNIT_DISTRICT);
		case NIR_UNIT_DISTRICT:
			break;
	}
	return unit;
}

NirUnit
nir_unit_parent(NirUnit unit)
{
	int32_t		padded = padded_digits(unit);

	if (nir_unit_level(unit) == NIR_UNIT_DISTRICT)
		return make_unit(padded - padded % 100, NIR_UNIT_MUNICIPALITY);
	return make_unit(padded - padded % 10000, NIR_UNIT_COUNTY);
}

bool
nir_unit_acts_for(NirUnit outer, NirUnit inner)
{
	return inner == outer ||
		(nir_unit_level(outer) == NIR_UNIT_MUNICIPALITY &&
		 inner > outer && inner <= nir_unit_last_within(outer));
}
