/*
 * src/context/norway.c
 *
 * The clock on the wall in Norway.
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "context/norway.h"
#include "errors.h"

void
nir_norway_time(TimestampTz instant, struct pg_tm *tm)
{
	pg_tz	   *zone = pg_tzset("Europe/Oslo");
	fsec_t		fraction;
	int			offset;

	if (zone == NULL || timestamp2tm(instant, &offset, tm, &fraction, NULL, zone) != 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_PRELOADED),
				 errmsg("the date in Norway cannot be told"),
				 errhint("The server needs the time zone Europe/Oslo: install its time zone data.")));
}

DateADT
nir_norway_date(TimestampTz instant)
{
	struct pg_tm tm;

	nir_norway_time(instant, &tm);
	return date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE;
}
