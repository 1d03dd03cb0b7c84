/*
 * sql/register/duty_tests.sql
 *
 * Part tests, continued: what was registered in time, and what was not.  What a
 * state body supplied is not the unit's to register.  Read under purpose c; the
 * rows are those that the reader sees.
 */
CREATE VIEW @register@.tests_duty WITH (security_invoker = true, security_barrier = true) AS
SELECT f.fact, f.fact_id, f.person_id, f.unit, f.available_on,
	nir.registration_day(f.registered_at) AS registered_on,
	nir.registration_deadline(f.unit, f.available_on) AS deadline,
	coalesce(nir.registration_day(f.registered_at) > nir.registration_deadline(f.unit, f.available_on), false) AS late
FROM (
	SELECT 'test_candidate' AS fact, f.test_candidate_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_candidate AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'test_background' AS fact, f.test_background_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_background AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'test_sitting' AS fact, f.test_sitting_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_sitting AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'test_part' AS fact, f.test_part_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_part AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
) AS f;
COMMENT ON VIEW @register@.tests_duty IS
	'facts about tests, with the day by which each had to be registered: IF § 58 (2), R90, R91, R92, R93';
COMMENT ON COLUMN @register@.tests_duty.fact IS 'table';
COMMENT ON COLUMN @register@.tests_duty.fact_id IS 'key there';
COMMENT ON COLUMN @register@.tests_duty.person_id IS 'the person it is about';
COMMENT ON COLUMN @register@.tests_duty.unit IS 'unit that had the duty';
COMMENT ON COLUMN @register@.tests_duty.available_on IS 'day the information existed (foreligger): R90';
COMMENT ON COLUMN @register@.tests_duty.registered_on IS 'day it was first registered, in Norway; a correction does not change it: R97';
COMMENT ON COLUMN @register@.tests_duty.deadline IS 'last day in time; none before there was a term: R91, R93';
COMMENT ON COLUMN @register@.tests_duty.late IS 'registered after it; it counts all the same: R92';
GRANT SELECT ON @register@.tests_duty TO nir_hkdir, nir_municipality;

CREATE VIEW @register@.tests_duty_report WITH (security_invoker = true, security_barrier = true) AS
SELECT d.unit, date_trunc('month', d.available_on)::date AS month, d.fact, count(*) AS facts,
	count(*) FILTER (WHERE d.deadline IS NOT NULL) AS with_deadline,
	count(*) FILTER (WHERE d.late) AS late,
	max(d.registered_on - d.deadline) FILTER (WHERE d.late) AS most_days_late
FROM @register@.tests_duty AS d
GROUP BY 1, 2, 3;
COMMENT ON VIEW @register@.tests_duty_report IS 'how much each unit registered late, by month and table: R92';
COMMENT ON COLUMN @register@.tests_duty_report.unit IS 'unit that had the duty';
COMMENT ON COLUMN @register@.tests_duty_report.month IS 'first day of the month in which the information existed';
COMMENT ON COLUMN @register@.tests_duty_report.fact IS 'table';
COMMENT ON COLUMN @register@.tests_duty_report.facts IS 'how many rows';
COMMENT ON COLUMN @register@.tests_duty_report.with_deadline IS 'of these, with a term';
COMMENT ON COLUMN @register@.tests_duty_report.late IS 'of these, registered after it';
COMMENT ON COLUMN @register@.tests_duty_report.most_days_late IS 'days after the deadline, the worst of them';
GRANT SELECT ON @register@.tests_duty_report TO nir_hkdir, nir_municipality;

CREATE VIEW @register@.tests_special_duty WITH (security_invoker = true, security_barrier = true) AS
SELECT f.fact, f.fact_id, f.person_id, f.unit, f.available_on,
	nir.registration_day(f.registered_at) AS registered_on,
	nir.registration_deadline(f.unit, f.available_on) AS deadline,
	coalesce(nir.registration_day(f.registered_at) > nir.registration_deadline(f.unit, f.available_on), false) AS late
FROM (
	SELECT 'test_accommodation' AS fact, f.test_accommodation_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_accommodation AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'test_absence' AS fact, f.test_absence_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.test_absence AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
) AS f;
COMMENT ON VIEW @register@.tests_special_duty IS
	'the same of special categories, apart, so that nobody touches them for a report about the others: IF § 58 (2), R91, R92';
COMMENT ON COLUMN @register@.tests_special_duty.fact IS 'table';
COMMENT ON COLUMN @register@.tests_special_duty.fact_id IS 'key there';
COMMENT ON COLUMN @register@.tests_special_duty.person_id IS 'the person it is about';
COMMENT ON COLUMN @register@.tests_special_duty.unit IS 'unit that had the duty';
COMMENT ON COLUMN @register@.tests_special_duty.available_on IS 'day the information existed (foreligger): R90';
COMMENT ON COLUMN @register@.tests_special_duty.registered_on IS 'day it was first registered, in Norway; a correction does not change it: R97';
COMMENT ON COLUMN @register@.tests_special_duty.deadline IS 'last day in time; none before there was a term: R91, R93';
COMMENT ON COLUMN @register@.tests_special_duty.late IS 'registered after it; it counts all the same: R92';
GRANT SELECT ON @register@.tests_special_duty TO nir_hkdir, nir_municipality;
