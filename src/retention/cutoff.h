/*
 * src/retention/cutoff.h
 *
 * Storage time in calendar years.  A date is the number of days since
 * 2000-01-01, as in the server; the calendar is the Gregorian one for every
 * date.  Knows no server.
 */
#ifndef NIR_RETENTION_CUTOFF_H
#define NIR_RETENTION_CUTOFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From 0001-01-01 to 9999-12-31; what these functions take and return. */
#define NIR_FIRST_DAY	(-730119)
#define NIR_LAST_DAY	2921939
#define NIR_MOST_YEARS	1000

/*
 * The same day so many years later; 28 February where that year has no 29th.
 * False if it lies outside the calendar, or years is not from 0 to
 * NIR_MOST_YEARS.
 */
extern bool nir_expiry(int32_t event, int years, int32_t *expiry);

/* The latest day whose storage time has run out today: nir_expiry(day) <= today. */
extern bool nir_cutoff(int32_t today, int years, int32_t *cutoff);

/*
 * An instant given for tests: a date ("2035-05-15"), which is that day
 * wherever it is asked, or a date and a time with its distance from UTC
 * ("2035-05-14T23:30:00+01:00", a blank for T, Z for +00:00, seconds and
 * minutes of the distance may be left out).  False if it is neither.
 */
typedef struct NirInstant
{
	bool		whole_day;
	int32_t		day;			/* the date, if whole_day */
	int64_t		seconds;		/* since 2000-01-01T00:00:00Z, otherwise */
} NirInstant;

extern bool nir_instant_parse(const char *text, NirInstant *instant);

#endif							/* NIR_RETENTION_CUTOFF_H */
