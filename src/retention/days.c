/*
 * src/retention/days.c
 *
 * What generated policies ask about the days of a connection.  Each answers in
 * one call what takes five of the server's: every function in a policy is
 * looked up, and its right to be called checked, for every statement.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/date.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "retention/clock.h"
#include "types/wall.h"

typedef struct Days
{
	bool		empty;
	RangeBound	lower;
	RangeBound	upper;
} Days;

static Days
days_of(FunctionCallInfo fcinfo, int argument)
{
	RangeType  *range = PG_GETARG_RANGE_P(argument);
	Days		days;

	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(range)), range,
					  &days.lower, &days.upper, &days.empty);
	return days;
}

static bool
has_begun(const Days *days, DateADT day)
{
	return !days->empty &&
		(days->lower.infinite || DatumGetDateADT(days->lower.val) <= day);
}

/* A finite bound is the first day, or the day after the last; of the dates infinity either may be given. */
static bool
reaches(const RangeBound *lower, const RangeBound *upper)
{
	DateADT		from = DatumGetDateADT(lower->val);
	DateADT		to = DatumGetDateADT(upper->val);

	return lower->infinite || upper->infinite || from < to ||
		(from == to && lower->inclusive && upper->inclusive);
}

static bool
overlap(const Days *a, const Days *b)
{
	return !a->empty && !b->empty &&
		reaches(&a->lower, &b->upper) && reaches(&b->lower, &a->upper);
}

static bool
holds(const Days *days, DateADT day)
{
	RangeBound	bound = {.val = DateADTGetDatum(day), .inclusive = true};

	return !days->empty && reaches(&days->lower, &bound) && reaches(&bound, &days->upper);
}

PG_FUNCTION_INFO_V1(nir_is_current);

/* SQL: nir.is_current(valid daterange) */
Datum
nir_is_current(PG_FUNCTION_ARGS)
{
	Days		valid = days_of(fcinfo, 0);

	nir_wall_require_loaded();
	PG_RETURN_BOOL(holds(&valid, nir_clock_today()));
}

PG_FUNCTION_INFO_V1(nir_has_begun);

/* SQL: nir.has_begun(valid daterange) */
Datum
nir_has_begun(PG_FUNCTION_ARGS)
{
	Days		valid = days_of(fcinfo, 0);

	nir_wall_require_loaded();
	PG_RETURN_BOOL(has_begun(&valid, nir_clock_today()));
}

PG_FUNCTION_INFO_V1(nir_covers_days);

/* SQL: nir.covers(valid daterange, days daterange); a row without days is of today */
Datum
nir_covers_days(PG_FUNCTION_ARGS)
{
	DateADT		today = nir_clock_today();
	Days		valid;
	Days		days;

	nir_wall_require_loaded();
	if (PG_ARGISNULL(0))
		PG_RETURN_BOOL(false);
	valid = days_of(fcinfo, 0);
	if (holds(&valid, today))
		PG_RETURN_BOOL(true);
	if (PG_ARGISNULL(1) || !has_begun(&valid, today))
		PG_RETURN_BOOL(false);
	days = days_of(fcinfo, 1);
	PG_RETURN_BOOL(overlap(&valid, &days));
}

PG_FUNCTION_INFO_V1(nir_covers_day);

/* SQL: nir.covers(valid daterange, day date) */
Datum
nir_covers_day(PG_FUNCTION_ARGS)
{
	DateADT		today = nir_clock_today();
	Days		valid;

	nir_wall_require_loaded();
	if (PG_ARGISNULL(0))
		PG_RETURN_BOOL(false);
	valid = days_of(fcinfo, 0);
	PG_RETURN_BOOL(holds(&valid, today) ||
				   (!PG_ARGISNULL(1) && has_begun(&valid, today) && holds(&valid, PG_GETARG_DATEADT(1))));
}
