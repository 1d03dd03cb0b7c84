/*
 * sql/code/duty.sql
 *
 * When something must be registered, and when it was.
 */
CREATE OR REPLACE FUNCTION nir.registration_deadline(unit nir.unit, available_on date) RETURNS date
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
	RETURN (
		SELECT (available_on + make_interval(months => d.months))::date
		FROM nir.registration_duty d
		WHERE d.body_kind = CASE nir.unit_level(unit) WHEN 'county' THEN 'county' ELSE 'municipality' END
			AND d.valid @> available_on);
END
$$;
COMMENT ON FUNCTION nir.registration_deadline(nir.unit, date) IS
	'the last day on which information that existed on a day is registered in time; null where the unit had no term then: IF § 58 (2), IF § 59 (2), R91, R93';

CREATE OR REPLACE FUNCTION nir.registration_day(registered_at timestamptz) RETURNS date
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (registered_at AT TIME ZONE 'Europe/Oslo')::date;
END
$$;
COMMENT ON FUNCTION nir.registration_day(timestamptz) IS 'the day in Norway, whatever the session''s time zone: R91';
