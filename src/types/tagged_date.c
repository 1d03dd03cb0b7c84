/*
 * src/types/tagged_date.c
 *
 * nir.tagged_date: a date and its purposes.  Comparison and hash are in
 * scalar.c.
 *
 * Input reads what type date reads, but its errors never repeat the text.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

#include "compat.h"
#include "types/scalar.h"
#include "types/tagged_numeric.h"
#include "types/tagged_text.h"
#include "types/wall.h"

PG_FUNCTION_INFO_V1(nir_tagged_date_in);
PG_FUNCTION_INFO_V1(nir_tagged_date_out);
PG_FUNCTION_INFO_V1(nir_tagged_date_recv);
PG_FUNCTION_INFO_V1(nir_tagged_date_send);
PG_FUNCTION_INFO_V1(nir_tagged_date_bind);
PG_FUNCTION_INFO_V1(nir_tagged_date_from_date);
PG_FUNCTION_INFO_V1(nir_tagged_date_from_timestamp);
PG_FUNCTION_INFO_V1(nir_tagged_date_from_timestamptz);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_date);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_timestamp);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_timestamptz);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_json);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_jsonb);
PG_FUNCTION_INFO_V1(nir_tagged_date_plus_int4);
PG_FUNCTION_INFO_V1(nir_tagged_date_minus_int4);
PG_FUNCTION_INFO_V1(nir_tagged_date_minus);
PG_FUNCTION_INFO_V1(nir_tagged_date_minus_date);
PG_FUNCTION_INFO_V1(nir_date_minus_tagged_date);
PG_FUNCTION_INFO_V1(nir_tagged_date_extract);
PG_FUNCTION_INFO_V1(nir_tagged_date_to_char);
PG_FUNCTION_INFO_V1(nir_tagged_date_trunc);
PG_FUNCTION_INFO_V1(nir_tagged_date_age);
PG_FUNCTION_INFO_V1(nir_tagged_date_age2);
PG_FUNCTION_INFO_V1(nir_tagged_date_age_timestamptz);
PG_FUNCTION_INFO_V1(nir_timestamptz_age_tagged_date);

/* ---- input ---- */

static int
two_digits(const char *text)
{
	return (text[0] - '0') * 10 + (text[1] - '0');
}

/* True if text is exactly YYYY-MM-DD and such a day exists. */
static bool
parse_iso_date(const char *text, DateADT *result)
{
	static const char form[] = "0000-00-00";
	int			year;
	int			month;
	int			day;

	for (size_t i = 0; i < sizeof(form) - 1; i++)
	{
		bool		fits = form[i] == '0' ? isdigit((unsigned char) text[i]) : text[i] == form[i];

		if (!fits)
			return false;
	}
	if (text[sizeof(form) - 1] != '\0')
		return false;
	year = two_digits(text) * 100 + two_digits(text + 2);
	month = two_digits(text + 5);
	day = two_digits(text + 8);
	if (year == 0 || month < 1 || month > MONTHS_PER_YEAR ||
		day < 1 || day > day_tab[isleap(year)][month - 1])
		return false;
	*result = date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
	return true;
}

/* Everything else type date reads.  Returns 0 or one of the DTERR_ codes. */
static int
decode_date(char *text, DateADT *result)
{
	char		work[MAXDATELEN + 1];
	char	   *field[MAXDATEFIELDS];
	int			field_type[MAXDATEFIELDS];
	int			nfields;
	struct pg_tm tm;
	fsec_t		fsec;
	DateTimeErrorExtra extra;
	int			timezone;
	int			kind;
	int			error;

	error = ParseDateTime(text, work, sizeof(work), field, field_type, MAXDATEFIELDS, &nfields);
	if (error == 0)
		error = DecodeDateTime(field, field_type, nfields, &kind, &tm, &fsec, &timezone, &extra);
	if (error != 0)
		return error;
	if (kind == DTK_LATE)
		DATE_NOEND(*result);
	else if (kind == DTK_EARLY)
		DATE_NOBEGIN(*result);
	else if (kind == DTK_DATE || kind == DTK_EPOCH)
	{
		if (kind == DTK_EPOCH)
			GetEpochTime(&tm);
		if (!IS_VALID_JULIAN(tm.tm_year, tm.tm_mon, tm.tm_mday))
			return DTERR_FIELD_OVERFLOW;
		*result = date2j(tm.tm_year, tm.tm_mon, tm.tm_mday) - POSTGRES_EPOCH_JDATE;
		if (!IS_VALID_DATE(*result))
			return DTERR_FIELD_OVERFLOW;
	}
	else
		return DTERR_BAD_FORMAT;
	return 0;
}

/*
 * decode_date, but the one error the server's decoder raises itself (a time
 * zone it does not know, which it repeats) becomes a code as well.  The
 * decoder holds no resource an error would leave behind.
 */
static int
decode_date_quietly(char *text, DateADT *result)
{
	MemoryContext caller = CurrentMemoryContext;
	volatile int error = DTERR_BAD_FORMAT;

	PG_TRY();
	{
		error = decode_date(text, result);
	}
	PG_CATCH();
	{
		if (geterrcode() != ERRCODE_INVALID_PARAMETER_VALUE)
			PG_RE_THROW();
		MemoryContextSwitchTo(caller);
		FlushErrorState();
	}
	PG_END_TRY();
	return error;
}

Datum
nir_tagged_date_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	DateADT		date;
	int			error = 0;

	if (!parse_iso_date(text, &date))
		error = decode_date_quietly(text, &date);
	if (error == DTERR_FIELD_OVERFLOW || error == DTERR_MD_FIELD_OVERFLOW ||
		error == DTERR_TZDISP_OVERFLOW)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("value is out of range for type %s", "nir.tagged_date")));
	if (error != 0)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
				 errmsg("invalid input syntax for type %s", "nir.tagged_date"),
				 errhint("A date is written YYYY-MM-DD.")));
	return nir_scalar_from_int32(date, tag);
}

Datum
nir_tagged_date_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	NirPurposes tag = nir_wall_bind(NIR_PURPOSES_PLAIN, PG_GETARG_INT32(2));
	Datum		date = DirectFunctionCall1(date_recv, PointerGetDatum(buf));

	return nir_scalar_from_int32(DatumGetDateADT(date), tag);
}

/* ---- output and casts ---- */

/* The date, if it may be shown now. */
static Datum
readable_date(Datum value)
{
	nir_wall_require_readable(nir_scalar_tag(value));
	return DateADTGetDatum(nir_scalar_int32(value));
}

static Datum
readable_timestamptz(Datum value)
{
	return DirectFunctionCall1(date_timestamptz, readable_date(value));
}

/* A plain value from a date that the server has already checked. */
static Datum
plain_date(Datum date)
{
	nir_wall_require_loaded();
	return nir_scalar_from_int32(DatumGetDateADT(date), NIR_PURPOSES_PLAIN);
}

Datum
nir_tagged_date_out(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(date_out, readable_date(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_date_send(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(date_send, readable_date(PG_GETARG_DATUM(0)));
}

/* Length coercion. */
Datum
nir_tagged_date_bind(PG_FUNCTION_ARGS)
{
	Datum		value = PG_GETARG_DATUM(0);

	return nir_scalar_from_int32(nir_scalar_int32(value),
								 nir_wall_bind(nir_scalar_tag(value), PG_GETARG_INT32(1)));
}

Datum
nir_tagged_date_from_date(PG_FUNCTION_ARGS)
{
	return plain_date(PG_GETARG_DATUM(0));
}

Datum
nir_tagged_date_from_timestamp(PG_FUNCTION_ARGS)
{
	return plain_date(DirectFunctionCall1(timestamp_date, PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_date_from_timestamptz(PG_FUNCTION_ARGS)
{
	return plain_date(DirectFunctionCall1(timestamptz_date, PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_date_to_date(PG_FUNCTION_ARGS)
{
	return readable_date(PG_GETARG_DATUM(0));
}

Datum
nir_tagged_date_to_timestamp(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(date_timestamp, readable_date(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_date_to_timestamptz(PG_FUNCTION_ARGS)
{
	return readable_timestamptz(PG_GETARG_DATUM(0));
}

/* A JSON string in ISO form whatever DateStyle says, as the server does for dates. */
static char *
json_text(Datum date)
{
	DateADT		day = DatumGetDateADT(date);
	char		text[MAXDATELEN + 1];
	struct pg_tm tm;

	if (DATE_NOT_FINITE(day))
		EncodeSpecialDate(day, text);
	else
	{
		j2date(day + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
		EncodeDateOnly(&tm, USE_XSD_DATES, text);
	}
	return psprintf("\"%s\"", text);
}

Datum
nir_tagged_date_to_json(PG_FUNCTION_ARGS)
{
	char	   *json = json_text(readable_date(PG_GETARG_DATUM(0)));

	PG_RETURN_TEXT_P(cstring_to_text(json));
}

Datum
nir_tagged_date_to_jsonb(PG_FUNCTION_ARGS)
{
	char	   *json = json_text(readable_date(PG_GETARG_DATUM(0)));

	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json));
}

/* ---- arithmetic ---- */

/* Date +- days; the result keeps the date's tag. */
static Datum
move_date(FunctionCallInfo fcinfo, PGFunction function)
{
	Datum		value = PG_GETARG_DATUM(0);
	Datum		date = DirectFunctionCall2(function, DateADTGetDatum(nir_scalar_int32(value)),
										   PG_GETARG_DATUM(1));

	return nir_scalar_from_int32(DatumGetDateADT(date), nir_scalar_tag(value));
}

Datum
nir_tagged_date_plus_int4(PG_FUNCTION_ARGS)
{
	return move_date(fcinfo, date_pli);
}

Datum
nir_tagged_date_minus_int4(PG_FUNCTION_ARGS)
{
	return move_date(fcinfo, date_mii);
}

/* Days between two dates, a nir.tagged_int with the given tag. */
static Datum
days_between(DateADT later, DateADT earlier, NirPurposes tag)
{
	Datum		days = DirectFunctionCall2(date_mi, DateADTGetDatum(later), DateADTGetDatum(earlier));

	return nir_scalar_from_int32(DatumGetInt32(days), tag);
}

Datum
nir_tagged_date_minus(PG_FUNCTION_ARGS)
{
	Datum		later = PG_GETARG_DATUM(0);
	Datum		earlier = PG_GETARG_DATUM(1);

	return days_between(nir_scalar_int32(later), nir_scalar_int32(earlier),
						nir_scalar_tag(later) & nir_scalar_tag(earlier));
}

Datum
nir_tagged_date_minus_date(PG_FUNCTION_ARGS)
{
	Datum		later = PG_GETARG_DATUM(0);

	return days_between(nir_scalar_int32(later), PG_GETARG_DATEADT(1), nir_scalar_tag(later));
}

Datum
nir_date_minus_tagged_date(PG_FUNCTION_ARGS)
{
	Datum		earlier = PG_GETARG_DATUM(1);

	return days_between(PG_GETARG_DATEADT(0), nir_scalar_int32(earlier), nir_scalar_tag(earlier));
}

/* ---- parts and forms ---- */

/* extract(text, nir.tagged_date): a field of an infinite date may be NULL. */
Datum
nir_tagged_date_extract(PG_FUNCTION_ARGS)
{
	LOCAL_FCINFO(inner, 2);
	Datum		value = PG_GETARG_DATUM(1);
	Datum		result;

	InitFunctionCallInfoData(*inner, NULL, 2, InvalidOid, NULL, NULL);
	inner->args[0] = fcinfo->args[0];
	inner->args[1].value = DateADTGetDatum(nir_scalar_int32(value));
	inner->args[1].isnull = false;
	result = extract_date(inner);
	if (inner->isnull)
		PG_RETURN_NULL();
	return nir_tagged_numeric_make(result, nir_scalar_tag(value));
}

/* to_char(nir.tagged_date, text): NULL for an empty format or an infinite date. */
Datum
nir_tagged_date_to_char(PG_FUNCTION_ARGS)
{
	LOCAL_FCINFO(inner, 2);
	Datum		value = PG_GETARG_DATUM(0);
	Datum		result;

	InitFunctionCallInfoData(*inner, NULL, 2, PG_GET_COLLATION(), NULL, NULL);
	inner->args[0].value = DirectFunctionCall1(date_timestamptz,
											   DateADTGetDatum(nir_scalar_int32(value)));
	inner->args[0].isnull = false;
	inner->args[1] = fcinfo->args[1];
	result = timestamptz_to_char(inner);
	if (inner->isnull)
		PG_RETURN_NULL();
	return nir_tagged_text_make(result, nir_scalar_tag(value));
}

Datum
nir_tagged_date_trunc(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(timestamptz_trunc, PG_GETARG_DATUM(0),
							   readable_timestamptz(PG_GETARG_DATUM(1)));
}

Datum
nir_tagged_date_age(PG_FUNCTION_ARGS)
{
	Datum		today = DirectFunctionCall1(date_timestamptz, DateADTGetDatum(GetSQLCurrentDate()));

	return DirectFunctionCall2(timestamptz_age, today, readable_timestamptz(PG_GETARG_DATUM(0)));
}

Datum
nir_tagged_date_age2(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(timestamptz_age, readable_timestamptz(PG_GETARG_DATUM(0)),
							   readable_timestamptz(PG_GETARG_DATUM(1)));
}

Datum
nir_tagged_date_age_timestamptz(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(timestamptz_age, readable_timestamptz(PG_GETARG_DATUM(0)),
							   PG_GETARG_DATUM(1));
}

Datum
nir_timestamptz_age_tagged_date(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall2(timestamptz_age, PG_GETARG_DATUM(0),
							   readable_timestamptz(PG_GETARG_DATUM(1)));
}
