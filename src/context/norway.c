/*
 * src/context/norway.c
 *
 * The date in Norway.
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/datetime.h"

#include "context/norway.h"
#include "errors.h"

void
nir_norway_time(TimestampTz instant, struct pg_tm *tm)
{
	static pg_tz *zone = NULL;
	fsec_t		fraction;
	int			offset;

	/* zones are never freed */
	if (zone == NULL)
		zone = pg_tzset("Europe/Oslo");
	if (zone == NULL || timestamp2tm(instant, &offset, tm, &fraction, NULL, zone) != 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_PRELOADED),
				 errmsg("the date in Norway cannot be told"),
				 errhint("The server needs the time zone Europe/Oslo: install its time zone data.")));
}

DateADT
nir_norway_date(TimestampTz instant)
{
	/* no zone changes its offset within a quarter of an hour, nor its date */
	static TimestampTz quarter = -1;
	static DateADT date;
	struct pg_tm tm;

	if (likely(quarter == instant / (SECS_PER_HOUR / 4 * USECS_PER_SEC) && instant >= 0))
		return date;
	nir_norway_time(instant, &tm);
	date = date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE;
	quarter = instant / (SECS_PER_HOUR / 4 * USECS_PER_SEC);
	return date;
}

DateADT
nir_norway_today(void)
{
	static TimestampTz known = DT_NOBEGIN;
	static DateADT today;
	TimestampTz now = GetCurrentTransactionStartTimestamp();

	/* asked for every value that is shown under a default */
	if (unlikely(now != known))
	{
		today = nir_norway_date(now);
		known = now;
	}
	return today;
}
