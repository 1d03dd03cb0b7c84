/*
 * src/retention/clock.c
 *
 * What day it is, and which day's events have run out today.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#include "context/norway.h"
#include "errors.h"
#include "retention/clock.h"
#include "retention/cutoff.h"
#include "types/wall.h"

static char *now_override = NULL;
static char *purge_at = NULL;
static int	transfer_lead = 30;
static int	lock_timeout = 1000;

static bool
check_override(char **newval, void **extra, GucSource source)
{
	NirInstant	instant;

	if ((*newval)[0] == '\0' || nir_instant_parse(*newval, &instant))
		return true;
	GUC_check_errdetail("It must be a date, or a date and a time with its distance from UTC.");
	GUC_check_errhint("As in 2035-05-15 or 2035-05-15T00:30:00+02:00.");
	return false;
}

/* Minutes since midnight, -1 if it is empty, -2 if it is no time. */
static int
minutes_of(const char *text)
{
	int			hour;
	int			minute;
	int			end = 0;

	if (text[0] == '\0')
		return -1;
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &end) != 2 || end != 5 || text[5] != '\0' ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return -2;
	return hour * 60 + minute;
}

static bool
check_purge_at(char **newval, void **extra, GucSource source)
{
	if (minutes_of(*newval) >= -1)
		return true;
	GUC_check_errdetail("It must be a time of day, as in 02:00, or empty.");
	return false;
}

void
nir_clock_init(void)
{
	DefineCustomStringVariable("nir.now_override",
							   "The instant that retention takes for now; for tests alone.",
							   "Empty: the start of the transaction.  nir.doctor() warns of any other value.",
							   &now_override,
							   "",
							   PGC_SUSET,
							   GUC_NOT_IN_SAMPLE,
							   check_override,
							   NULL, NULL);
	DefineCustomStringVariable("nir.purge_at",
							   "When, in Norway, the worker of each database begins the day's purge.",
							   "A time of day as in 02:00; empty: it does not, and CALL nir.purge() is somebody else's to schedule.",
							   &purge_at,
							   "",
							   PGC_SIGHUP,
							   0,
							   check_purge_at,
							   NULL, NULL);
	DefineCustomIntVariable("nir.transfer_lead",
							"How many days before data are due their transfers are made.",
							"The recipient has so long to fetch and acknowledge them before deletion is late.",
							&transfer_lead,
							30, 0, 3650,
							PGC_SUSET,
							0,
							NULL, NULL, NULL);
	DefineCustomIntVariable("nir.purge_lock_timeout",
							"How long a batch of the purge waits for a lock.",
							"What is locked longer is left for the next run.",
							&lock_timeout,
							1000, 1, 600000,
							PGC_SUSET,
							GUC_UNIT_MS,
							NULL, NULL, NULL);
}

int
nir_clock_lock_timeout(void)
{
	return lock_timeout;
}

bool
nir_clock_purge_hour_has_come(void)
{
	int			hour = minutes_of(purge_at);
	NirInstant	instant;
	struct pg_tm tm;

	if (hour < 0)
		return false;
	if (nir_instant_parse(now_override, &instant) && instant.whole_day)
		return true;
	nir_norway_time(now_override[0] == '\0' ? GetCurrentTransactionStartTimestamp()
			  : instant.seconds * USECS_PER_SEC, &tm);
	return tm.tm_hour * 60 + tm.tm_min >= hour;
}

DateADT
nir_clock_today(void)
{
	NirInstant	instant;

	if (now_override == NULL || !nir_instant_parse(now_override, &instant))
		return nir_norway_date(GetCurrentTransactionStartTimestamp());
	return instant.whole_day ? instant.day : nir_norway_date(instant.seconds * USECS_PER_SEC);
}

PG_FUNCTION_INFO_V1(nir_retention_today);

/* SQL: nir.retention_today() */
Datum
nir_retention_today(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_DATEADT(nir_clock_today());
}

static void
out_of_calendar(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("date or number of years is out of range")));
}

PG_FUNCTION_INFO_V1(nir_date_cutoff);

/* SQL: nir.date_cutoff(today date, years integer) */
Datum
nir_date_cutoff(PG_FUNCTION_ARGS)
{
	int32		cutoff;

	if (!nir_cutoff(PG_GETARG_DATEADT(0), PG_GETARG_INT32(1), &cutoff))
		out_of_calendar();
	PG_RETURN_DATEADT(cutoff);
}

PG_FUNCTION_INFO_V1(nir_date_expiry);

/* SQL: nir.date_expiry(event date, years integer) */
Datum
nir_date_expiry(PG_FUNCTION_ARGS)
{
	int32		expiry;

	if (!nir_expiry(PG_GETARG_DATEADT(0), PG_GETARG_INT32(1), &expiry))
		out_of_calendar();
	PG_RETURN_DATEADT(expiry);
}
