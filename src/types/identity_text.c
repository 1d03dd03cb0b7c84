/*
 * src/types/identity_text.c
 *
 * Identity numbers of persons and organisations: their form, kinds and
 * control digits.  Pure: no server, no allocation, no errors but the result.
 */
#include "types/identity_text.h"

typedef struct FnrParts
{
	int			digit[NIR_FNR_DIGITS];
	int			day;			/* as a date, without the 40 of a D-number */
	int			month;			/* as a date, without the addition of its band */
	int			year;			/* two digits */
	int			individual;		/* digits 7 to 9 */
	NirFnrKind	kind;
} FnrParts;

bool
nir_id_parse(const char *text, size_t len, int digits, uint64_t *id)
{
	uint64_t	value = 0;

	if (len != (size_t) digits)
		return false;
	for (int i = 0; i < digits; i++)
	{
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (uint64_t) (text[i] - '0');
	}
	*id = value;
	return true;
}

void
nir_id_print(uint64_t id, int digits, char *out)
{
	out[digits] = '\0';
	for (int i = digits - 1; i >= 0; i--)
	{
		out[i] = (char) ('0' + id % 10);
		id /= 10;
	}
}

static void
split_digits(uint64_t id, int count, int *digit)
{
	for (int i = count - 1; i >= 0; i--)
	{
		digit[i] = (int) (id % 10);
		id /= 10;
	}
}

static int
weighted_sum(const int *digit, const int *weight, int count)
{
	int			sum = 0;

	for (int i = 0; i < count; i++)
		sum += digit[i] * weight[i];
	return sum;
}

/* Takes the addition off the month, and says what the band means. */
static NirFnrKind
kind_of_month(int *month, bool d_number)
{
	if (*month >= 1 && *month <= 12)
		return d_number ? NIR_FNR_D : NIR_FNR_ORDINARY;
	if (*month >= 41 && *month <= 52)
	{
		*month -= 40;
		return NIR_FNR_AMBIGUOUS;
	}
	if (*month >= 66 && *month <= 77)
		*month -= 65;
	else if (*month >= 81 && *month <= 92)
		*month -= 80;
	else
		return NIR_FNR_UNKNOWN;
	return d_number ? NIR_FNR_SYNTHETIC_D : NIR_FNR_SYNTHETIC;
}

static FnrParts
split_fnr(uint64_t fnr)
{
	FnrParts	parts;
	bool		d_number;

	split_digits(fnr, NIR_FNR_DIGITS, parts.digit);
	d_number = parts.digit[0] >= 4 && parts.digit[0] <= 7;
	parts.day = (parts.digit[0] - (d_number ? 4 : 0)) * 10 + parts.digit[1];
	parts.month = parts.digit[2] * 10 + parts.digit[3];
	parts.year = parts.digit[4] * 10 + parts.digit[5];
	parts.individual = parts.digit[6] * 100 + parts.digit[7] * 10 + parts.digit[8];
	if (parts.digit[0] >= 8)
		parts.kind = NIR_FNR_FH;
	else
		parts.kind = kind_of_month(&parts.month, d_number);
	return parts;
}

NirFnrKind
nir_fnr_kind(uint64_t fnr)
{
	return split_fnr(fnr).kind;
}

/* The series of 1964: which years a number with these individual digits may have. */
static int
series_year(const FnrParts *parts)
{
	int			year = parts->year;
	int			individual = parts->individual;

	if (individual <= 499)
		return 1900 + year;
	if (year >= 54 && individual <= 749)
		return 1800 + year;
	if (year >= 40 && individual >= 900)
		return 1900 + year;
	if (year <= 39)
		return 2000 + year;
	return 0;
}

int
nir_fnr_series_year(uint64_t fnr)
{
	FnrParts	parts = split_fnr(fnr);

	return series_year(&parts);
}

static bool
date_exists(int year, int month, int day)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	int			last;

	if (month < 1 || month > 12)
		return false;
	last = days[month - 1] + (month == 2 && leap ? 1 : 0);
	return day >= 1 && day <= last;
}

/*
 * A D-number may have any individual digits, and from 2032 on any number may:
 * then the century is not known, and 29 February is taken to exist in every
 * fourth year, as the tax administration's own validator does.
 */
static bool
date_acceptable(const FnrParts *parts, NirFnrControl control)
{
	bool		open_series = control == NIR_FNR_CONTROL_2032 ||
		parts->kind == NIR_FNR_D || parts->kind == NIR_FNR_SYNTHETIC_D;
	int			year = open_series ? 2000 + parts->year : series_year(parts);

	return year != 0 && date_exists(year, parts->month, parts->day);
}

static int
control_rest(const int *digit)
{
	static const int weight1[10] = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
	static const int weight2[11] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};

	if (weighted_sum(digit, weight2, 11) % 11 != 0)
		return -1;
	return weighted_sum(digit, weight1, 10) % 11;
}

int
nir_fnr_rest(uint64_t fnr)
{
	FnrParts	parts = split_fnr(fnr);

	return control_rest(parts.digit);
}

NirFnrVerdict
nir_fnr_judge(uint64_t fnr, NirFnrControl control)
{
	FnrParts	parts = split_fnr(fnr);
	int			rest = control_rest(parts.digit);

	if (parts.kind == NIR_FNR_FH || parts.kind == NIR_FNR_AMBIGUOUS)
		return NIR_FNR_REFUSED_KIND;
	if (!date_acceptable(&parts, control))
		return NIR_FNR_BAD_DATE;
	if (rest < 0 || rest > (control == NIR_FNR_CONTROL_2032 ? 3 : 0))
		return NIR_FNR_BAD_CONTROL;
	return NIR_FNR_VALID;
}

NirFnrControl
nir_fnr_control_in(int year)
{
	return year >= 2032 ? NIR_FNR_CONTROL_2032 : NIR_FNR_CONTROL_1964;
}

int
nir_duf_year(uint64_t duf)
{
	return (int) (duf / 100000000 % 10000);
}

bool
nir_duf_control_ok(uint64_t duf)
{
	static const int weight[10] = {4, 6, 3, 2, 4, 6, 3, 2, 7, 5};
	int			digit[NIR_DUF_DIGITS];

	split_digits(duf, NIR_DUF_DIGITS, digit);
	return weighted_sum(digit, weight, 10) % 11 == digit[10] * 10 + digit[11];
}

bool
nir_orgnr_control_ok(uint64_t orgnr)
{
	static const int weight[9] = {3, 2, 7, 6, 5, 4, 3, 2, 1};
	int			digit[NIR_ORGNR_DIGITS];

	split_digits(orgnr, NIR_ORGNR_DIGITS, digit);
	return orgnr != 0 && weighted_sum(digit, weight, 9) % 11 == 0;
}
