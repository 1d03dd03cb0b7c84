/*
 * sql/register/duty_nir.sql
 *
 * Part nir, continued: what was registered in time, and what was not.  What a
 * state body supplied is not the unit's to register.  Read under purpose b; the
 * rows are those that the reader sees.
 */
CREATE VIEW @register@.nir_duty WITH (security_invoker = true, security_barrier = true) AS
SELECT f.fact, f.fact_id, f.person_id, f.unit, f.available_on,
	nir.registration_day(f.registered_at) AS registered_on,
	nir.registration_deadline(f.unit, f.available_on) AS deadline,
	coalesce(nir.registration_day(f.registered_at) > nir.registration_deadline(f.unit, f.available_on), false) AS late
FROM (
	SELECT 'intro_programme' AS fact, f.intro_programme_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.intro_programme AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'programme_decision' AS fact, f.programme_decision_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.programme_decision AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'programme_period' AS fact, f.programme_period_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.programme_period AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'training' AS fact, f.training_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.training AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
	UNION ALL
	SELECT 'training_hours' AS fact, f.training_hours_id AS fact_id, f.person_id, f.unit, f.available_on, f.registered_at
	FROM @register@.training_hours AS f WHERE f.source_code <> ALL ('{imdi,hkdir,udi,une,freg}')
) AS f;
COMMENT ON VIEW @register@.nir_duty IS
	'facts about qualification, with the day by which each had to be registered: IF § 58 (2), R90, R91, R92, R93';
COMMENT ON COLUMN @register@.nir_duty.fact IS 'table';
COMMENT ON COLUMN @register@.nir_duty.fact_id IS 'key there';
COMMENT ON COLUMN @register@.nir_duty.person_id IS 'the person it is about';
COMMENT ON COLUMN @register@.nir_duty.unit IS 'unit that had the duty';
COMMENT ON COLUMN @register@.nir_duty.available_on IS 'day the information existed (foreligger): R90';
COMMENT ON COLUMN @register@.nir_duty.registered_on IS 'day it was first registered, in Norway; a correction does not change it: R97';
COMMENT ON COLUMN @register@.nir_duty.deadline IS 'last day in time; none before there was a term: R91, R93';
COMMENT ON COLUMN @register@.nir_duty.late IS 'registered after it; it counts all the same: R92';
GRANT SELECT ON @register@.nir_duty TO nir_imdi, nir_municipality;

CREATE VIEW @register@.nir_duty_report WITH (security_invoker = true, security_barrier = true) AS
SELECT d.unit, date_trunc('month', d.available_on)::date AS month, d.fact, count(*) AS facts,
	count(*) FILTER (WHERE d.deadline IS NOT NULL) AS with_deadline,
	count(*) FILTER (WHERE d.late) AS late,
	max(d.registered_on - d.deadline) FILTER (WHERE d.late) AS most_days_late
FROM @register@.nir_duty AS d
GROUP BY 1, 2, 3;
COMMENT ON VIEW @register@.nir_duty_report IS 'how much each unit registered late, by month and table: R92';
COMMENT ON COLUMN @register@.nir_duty_report.unit IS 'unit that had the duty';
COMMENT ON COLUMN @register@.nir_duty_report.month IS 'first day of the month in which the information existed';
COMMENT ON COLUMN @register@.nir_duty_report.fact IS 'table';
COMMENT ON COLUMN @register@.nir_duty_report.facts IS 'how many rows';
COMMENT ON COLUMN @register@.nir_duty_report.with_deadline IS 'of these, with a term';
COMMENT ON COLUMN @register@.nir_duty_report.late IS 'of these, registered after it';
COMMENT ON COLUMN @register@.nir_duty_report.most_days_late IS 'days after the deadline, the worst of them';
GRANT SELECT ON @register@.nir_duty_report TO nir_imdi, nir_municipality;

CREATE VIEW @register@.nir_missing WITH (security_invoker = true, security_barrier = true) AS
SELECT m.missing, m.fact, m.fact_id, m.person_id, m.unit, m.due_on::date AS due_on
FROM (
	-- decision and start within three months of the claim or the settlement
	SELECT 'decision' AS missing, 'intro_programme' AS fact, i.intro_programme_id AS fact_id, i.person_id, i.unit,
		least(i.offered_on, i.claimed_on) + interval '3 months' AS due_on
	FROM @register@.intro_programme AS i
	WHERE NOT EXISTS (SELECT FROM @register@.programme_decision AS d WHERE d.intro_programme_id = i.intro_programme_id)
	UNION ALL
	-- no programme is longer than five years
	SELECT 'end' AS missing, 'programme_period' AS fact, p.programme_period_id AS fact_id, p.person_id, p.unit,
		p.started_on + interval '5 years' AS due_on
	FROM @register@.programme_period AS p
	WHERE p.stopped_on IS NULL
	UNION ALL
	SELECT 'end reason' AS missing, 'programme_period' AS fact, p.programme_period_id AS fact_id, p.person_id, p.unit,
		p.stopped_on + interval '2 months' AS due_on
	FROM @register@.programme_period AS p
	WHERE p.stop_kind = 'permanent' AND p.end_reason IS NULL
	UNION ALL
	-- a month of training is known when it has ended, and registered two months later
	SELECT 'hours' AS missing, 'training' AS fact, t.training_id AS fact_id, t.person_id, t.unit,
		c.known_until + interval '3 months' AS due_on
	FROM @register@.training AS t
	CROSS JOIN LATERAL (
		SELECT greatest(t.started_on, max(upper(h.period))) AS known_until
		FROM @register@.training_hours AS h WHERE h.training_id = t.training_id) AS c
	WHERE c.known_until <= coalesce(t.stopped_on, nir.retention_today())
) AS m
WHERE m.due_on < nir.retention_today();
COMMENT ON VIEW @register@.nir_missing IS
	'what is expected and was not registered: decisions, ends, end reasons and hours: R94; the terms are IL § 12, IL § 14 and IF § 58 (2)';
COMMENT ON COLUMN @register@.nir_missing.missing IS 'what';
COMMENT ON COLUMN @register@.nir_missing.fact IS 'table of the fact that it is expected for';
COMMENT ON COLUMN @register@.nir_missing.fact_id IS 'key there';
COMMENT ON COLUMN @register@.nir_missing.person_id IS 'the person';
COMMENT ON COLUMN @register@.nir_missing.unit IS 'unit of that fact';
COMMENT ON COLUMN @register@.nir_missing.due_on IS 'day after which it is missed';
GRANT SELECT ON @register@.nir_missing TO nir_imdi, nir_municipality;
