/*
 * test/unit/test_cutoff.c
 *
 * Storage time against a reference calendar that is walked day by day, and
 * the worked dates of the rules.
 * covers: R152 R153
 */
#include <stdlib.h>
#include <string.h>

#include "retention/cutoff.h"

#include "tap.h"

/* ---- the reference: every day from 0001-01-01 on, by counting ---- */

#define DAYS	(NIR_LAST_DAY - NIR_FIRST_DAY + 1)

typedef struct Day
{
	short		year;
	signed char month;
	signed char day;
} Day;

static Day *calendar;
static int *first_of_year;		/* place of 1 January; year 10000 closes it */

static int
length_of_month(int year, int month)
{
	if (month == 2)
		return (year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void
make_calendar(void)
{
	int			place = 0;

	calendar = malloc(sizeof(Day) * DAYS);
	first_of_year = malloc(sizeof(int) * 10001);
	for (int year = 1; year < 10000; year++)
	{
		first_of_year[year] = place;
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= length_of_month(year, month); day++)
				if (place < DAYS)
					calendar[place++] = (Day) {year, month, day};
	}
	first_of_year[10000] = place;
	ok(place == DAYS && calendar[DAYS - 1].day == 31, "the calendar ends on 9999-12-31");
}

static int32_t
on(int year, int month, int day)
{
	int			place = first_of_year[year];

	while (calendar[place].month != month || calendar[place].day != day)
		place++;
	return NIR_FIRST_DAY + place;
}

/* The reference's expiry: the same name of a day, or the day before it. */
static int32_t
reference_expiry(int place, int years)
{
	Day			event = calendar[place];
	int			year = event.year + years;
	int			length = length_of_month(year, event.month);
	int			at = first_of_year[year];

	for (int month = 1; month < event.month; month++)
		at += length_of_month(year, month);
	return NIR_FIRST_DAY + at + (event.day < length ? event.day : length) - 1;
}

/* ---- ---- */

static const int terms[] = {0, 1, 4, 5, 10, 15, 20, 100};

#define TERMS	((int) (sizeof(terms) / sizeof(terms[0])))

static void
test_every_day(void)
{
	int			wrong_expiry = 0;
	int			wrong_cutoff = 0;
	int32_t		result;

	for (int t = 0; t < TERMS; t++)
	{
		/* the latest event that has run out, walking along with today */
		int			event = 0;

		for (int place = 0; place < DAYS; place++)
		{
			int32_t		today = NIR_FIRST_DAY + place;
			bool		found = nir_expiry(today, terms[t], &result);

			if (calendar[place].year + terms[t] > 9999)
				wrong_expiry += found;
			else
				wrong_expiry += !found || result != reference_expiry(place, terms[t]);

			if (calendar[place].year - terms[t] < 1)
			{
				wrong_cutoff += nir_cutoff(today, terms[t], &result);
				continue;
			}
			while (event + 1 <= place && calendar[event + 1].year + terms[t] <= 9999 &&
				   reference_expiry(event + 1, terms[t]) <= today)
				event++;
			wrong_cutoff += !nir_cutoff(today, terms[t], &result) ||
				result != NIR_FIRST_DAY + event;
		}
	}
	ok(wrong_expiry == 0, "expiry is the reference's on every day");
	ok(wrong_cutoff == 0, "the cut-off is the latest day that has run out, on every day");
}

static void
test_worked(void)
{
	/* R152 */
	static const struct
	{
		const char *name;
		int			event[3];
		int			years;
		int			expiry[3];
	}			worked[] = {
		{"RC1", {2020, 5, 15}, 15, {2035, 5, 15}},
		{"RC2", {2021, 2, 28}, 15, {2036, 2, 28}},
		{"RC2 on a leap day", {2020, 2, 29}, 15, {2035, 2, 28}},
		{"RC4", {2021, 6, 1}, 20, {2041, 6, 1}},
		{"RC4 on a leap day", {2020, 2, 29}, 20, {2040, 2, 29}},
		{"RC5", {2024, 3, 31}, 5, {2029, 3, 31}},
		{"RC7", {2023, 1, 1}, 5, {2028, 1, 1}},
		{"RC8", {2022, 10, 10}, 15, {2037, 10, 10}},
		{"RC9", {2022, 1, 1}, 5, {2027, 1, 1}},
	};
	char		name[100];

	for (size_t i = 0; i < sizeof(worked) / sizeof(worked[0]); i++)
	{
		int32_t		event = on(worked[i].event[0], worked[i].event[1], worked[i].event[2]);
		int32_t		expiry = on(worked[i].expiry[0], worked[i].expiry[1], worked[i].expiry[2]);
		int32_t		result;

		snprintf(name, sizeof(name), "%s expires on its day", worked[i].name);
		ok(nir_expiry(event, worked[i].years, &result) && result == expiry, name);
		snprintf(name, sizeof(name), "%s is due on that day and not the day before", worked[i].name);
		ok(nir_cutoff(expiry, worked[i].years, &result) && result >= event &&
		   nir_cutoff(expiry - 1, worked[i].years, &result) && result < event, name);
	}
}

static void
test_limits(void)
{
	int32_t		result;

	ok(!nir_expiry(NIR_LAST_DAY + 1, 1, &result) && !nir_expiry(NIR_FIRST_DAY - 1, 1, &result) &&
	   !nir_expiry(INT32_MAX, 1, &result) && !nir_expiry(INT32_MIN, 1, &result),
	   "what lies outside the calendar has no expiry");
	ok(!nir_cutoff(INT32_MAX, 1, &result) && !nir_cutoff(INT32_MIN, 1, &result),
	   "... and no cut-off");
	ok(!nir_expiry(0, -1, &result) && !nir_expiry(0, NIR_MOST_YEARS + 1, &result) &&
	   !nir_cutoff(0, -1, &result) && !nir_cutoff(0, INT32_MAX, &result),
	   "years are from 0 to 1000");
}

static void
test_instants(void)
{
	static const char *const wrong[] = {
		"", "today", "2035", "2035-5-15", "2035-13-01", "2035-02-29", "2035-00-10", "0000-01-01",
		"2035-05-15 ", " 2035-05-15", "2035-05-15T", "2035-05-15T12", "2035-05-15T12:00",
		"2035-05-15T24:00Z", "2035-05-15T12:60Z", "2035-05-15T12:00:60Z", "2035-05-15T12:00z",
		"2035-05-15T12:00+1", "2035-05-15T12:00+16", "2035-05-15T12:00+01:60",
		"2035-05-15T12:00Z ", "2035-05-15 12:00:00.5Z", "infinity", "-2035-05-15",
	};
	NirInstant	instant;
	char		name[100];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
	{
		snprintf(name, sizeof(name), "\"%s\" is no instant", wrong[i]);
		ok(!nir_instant_parse(wrong[i], &instant), name);
	}
	ok(nir_instant_parse("2036-02-29", &instant) && instant.whole_day && instant.day == on(2036, 2, 29),
	   "a date is a whole day");
	ok(nir_instant_parse("2000-01-01T00:00Z", &instant) && !instant.whole_day && instant.seconds == 0,
	   "a time has a distance from UTC");
	ok(nir_instant_parse("2000-01-02 00:30:15+01:30", &instant) && instant.seconds == 86400 - 3600 + 15,
	   "... which is taken off");
	ok(nir_instant_parse("1999-12-31T23:00:00-02", &instant) && instant.seconds == 3600,
	   "... or put on");
}

int
main(void)
{
	make_calendar();
	test_every_day();
	test_worked();
	test_limits();
	test_instants();
	free(calendar);
	free(first_of_year);
	return done_testing();
}
