/*
 * What policies ask about days, in C, beside the server's range operators that
 * say the same, over every pair of bounds around today.
 */
SELECT plan(4);

CREATE TEMP TABLE bound AS
	SELECT NULL::date AS day UNION SELECT d::date FROM (VALUES ('-infinity'), ('infinity')) v(d)
	UNION SELECT nir.retention_today() + n FROM unnest('{-400,-2,-1,0,1,2,400}'::int[]) n;
CREATE TEMP TABLE period AS
	SELECT DISTINCT daterange(a.day, b.day, form) AS valid
	FROM bound a CROSS JOIN bound b CROSS JOIN unnest('{[),[],(),(]}'::text[]) form
	WHERE NOT a.day > b.day
	UNION SELECT 'empty' UNION SELECT NULL;

SELECT is_empty($$
	SELECT valid FROM period WHERE nir.is_current(valid) IS DISTINCT FROM (valid @> nir.retention_today())
$$, 'nir.is_current is @> today');
SELECT is_empty($$
	SELECT valid FROM period
	WHERE nir.has_begun(valid) IS DISTINCT FROM (NOT isempty(valid) AND (lower(valid) <= nir.retention_today() OR lower_inf(valid)))
$$, 'nir.has_begun is a first day before tomorrow');
-- a condition that is not true shows nothing, be it false or null
SELECT is_empty($$
	SELECT a.valid, b.valid FROM period a CROSS JOIN period b
	WHERE coalesce(nir.covers(a.valid, b.valid), false) <> coalesce(
		a.valid @> nir.retention_today() OR (lower(a.valid) <= nir.retention_today() OR lower_inf(a.valid)) AND a.valid && b.valid, false)
$$, 'nir.covers is @> today, or && after a first day that has come');
SELECT is_empty($$
	SELECT a.valid, b.day FROM period a CROSS JOIN bound b
	WHERE coalesce(nir.covers(a.valid, b.day), false) <> coalesce(
		a.valid @> nir.retention_today() OR (lower(a.valid) <= nir.retention_today() OR lower_inf(a.valid)) AND a.valid @> b.day, false)
$$, '... of a day, @>');
SELECT * FROM finish();
