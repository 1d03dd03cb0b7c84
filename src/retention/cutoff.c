/*
 * src/retention/cutoff.c
 *
 * Calendar years forwards and backwards.  Days are counted from 1 March of
 * year 0, so that 29 February is the last day of its year.
 */
#include "retention/cutoff.h"

#define DAYS_400_YEARS	146097
#define DAY_0			(-730425)	/* 0000-03-01 */

typedef struct Date
{
	int			year;
	int			month;
	int			day;
} Date;

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* For a year from 0 on. */
static int32_t
to_days(Date date)
{
	int			year = date.month > 2 ? date.year : date.year - 1;
	int			cycle = (year + 400) / 400 - 1;
	int			of_cycle = year - cycle * 400;
	int			of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;

	return DAY_0 + cycle * DAYS_400_YEARS +
		of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year;
}

static Date
from_days(int32_t days)
{
	int32_t		since = days - DAY_0;
	int			cycle = since / DAYS_400_YEARS;
	int			of_cycle = since % DAYS_400_YEARS;
	int			year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
	int			of_year = of_cycle - (year * 365 + year / 4 - year / 100);
	int			month = (5 * of_year + 2) / 153;
	Date		date;

	date.day = of_year - (153 * month + 2) / 5 + 1;
	date.month = month < 10 ? month + 3 : month - 9;
	date.year = cycle * 400 + year + (month >= 10 ? 1 : 0);
	return date;
}

static bool
in_calendar(int32_t days)
{
	return days >= NIR_FIRST_DAY && days <= NIR_LAST_DAY;
}

bool
nir_expiry(int32_t event, int years, int32_t *expiry)
{
	Date		date;

	if (!in_calendar(event) || years < 0 || years > NIR_MOST_YEARS)
		return false;
	date = from_days(event);
	date.year += years;
	if (date.month == 2 && date.day == 29 && !is_leap(date.year))
		date.day = 28;
	*expiry = to_days(date);
	return in_calendar(*expiry);
}

bool
nir_cutoff(int32_t today, int years, int32_t *cutoff)
{
	Date		date;

	if (!in_calendar(today) || years < 0 || years > NIR_MOST_YEARS)
		return false;
	date = from_days(today);
	date.year -= years;
	if (date.year < 1)
		return false;
	/* 29 February runs out on 28 February of a year that has no 29th */
	if (date.month == 2 && date.day == 28 && !is_leap(date.year + years) && is_leap(date.year))
		date.day = 29;
	else if (date.month == 2 && date.day == 29 && !is_leap(date.year))
		date.day = 28;
	*cutoff = to_days(date);
	return true;
}

/* ---- instants ---- */

/* Exactly so many digits. */
static bool
take_number(const char **at, int digits, int *number)
{
	*number = 0;
	for (int i = 0; i < digits; i++, (*at)++)
	{
		if (**at < '0' || **at > '9')
			return false;
		*number = *number * 10 + (**at - '0');
	}
	return true;
}

static bool
take_character(const char **at, char character)
{
	if (**at != character)
		return false;
	(*at)++;
	return true;
}

static bool
take_date(const char **at, int32_t *days)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	Date		date;

	if (!take_number(at, 4, &date.year) || !take_character(at, '-') ||
		!take_number(at, 2, &date.month) || !take_character(at, '-') ||
		!take_number(at, 2, &date.day))
		return false;
	if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 ||
		date.day > lengths[date.month - 1] + (date.month == 2 && is_leap(date.year)))
		return false;
	*days = to_days(date);
	return true;
}

static bool
take_time(const char **at, int *seconds)
{
	int			hour;
	int			minute;
	int			second = 0;

	if (!take_number(at, 2, &hour) || !take_character(at, ':') || !take_number(at, 2, &minute) ||
		(take_character(at, ':') && !take_number(at, 2, &second)))
		return false;
	*seconds = (hour * 60 + minute) * 60 + second;
	return hour < 24 && minute < 60 && second < 60;
}

/* Distance from UTC. */
static bool
take_zone(const char **at, int *seconds)
{
	int			sign = **at == '-' ? -1 : 1;
	int			hours;
	int			minutes = 0;

	*seconds = 0;
	if (take_character(at, 'Z'))
		return true;
	if ((!take_character(at, '+') && !take_character(at, '-')) || !take_number(at, 2, &hours) ||
		(take_character(at, ':') && !take_number(at, 2, &minutes)))
		return false;
	*seconds = sign * (hours * 60 + minutes) * 60;
	return hours < 16 && minutes < 60;
}

bool
nir_instant_parse(const char *text, NirInstant *instant)
{
	const char *at = text;
	int			time;
	int			zone;

	if (!take_date(&at, &instant->day))
		return false;
	instant->whole_day = *at == '\0';
	instant->seconds = 0;
	if (instant->whole_day)
		return true;
	if ((!take_character(&at, 'T') && !take_character(&at, ' ')) ||
		!take_time(&at, &time) || !take_zone(&at, &zone) || *at != '\0')
		return false;
	instant->seconds = (int64_t) instant->day * 86400 + time - zone;
	return true;
}
