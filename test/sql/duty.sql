-- The duty to register: which day is in time, since when, what is late and
-- what is missing; each body sees what its rows are.
-- covers: R90 R91 R92 R93 R94 R95 R96 R97
SET datestyle = ISO;
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_d_oslo, regress_d_bergen, regress_d_imdi, regress_d_hkdir, regress_d_chief;
CREATE ROLE regress_d_oslo LOGIN;
CREATE ROLE regress_d_bergen LOGIN;
CREATE ROLE regress_d_imdi LOGIN;
CREATE ROLE regress_d_hkdir LOGIN;
CREATE ROLE regress_d_chief LOGIN;
GRANT nir_admin TO regress_d_chief;
SELECT nir.bind_role('regress_d_oslo', '0301', purposes => '{b,c,d}');
SELECT nir.bind_role('regress_d_bergen', '4601', purposes => '{b,d}');
SELECT nir.bind_role('regress_d_imdi', 'imdi', purposes => '{b,d,h}');
SELECT nir.bind_role('regress_d_hkdir', 'hkdir', purposes => '{c}');
SELECT nir.create_register('regress_duty');
RESET client_min_messages;

-- ---- the term ----
SELECT body_kind, instrument, months, valid, citation FROM nir.registration_duty ORDER BY 1, lower(valid);
SELECT u AS unit, d AS available_on, nir.registration_deadline(u, d) AS deadline
FROM (VALUES ('0301'::nir.unit, '2013-06-01'::date), ('0301', '2014-04-09'), ('0301', '2014-04-10'), ('0301', '2018-08-31'),
	('0301', '2018-09-01'), ('0301', '2020-12-31'), ('0301', '2021-01-01'), ('0301', '2022-12-31'), ('0301', '2023-12-31'), ('0301', '2024-01-31'),
	('030101', '2022-01-15'), ('46', '2020-12-31'), ('46', '2021-01-01')) AS v(u, d);
-- midnight is Norway's
SELECT nir.registration_day('2026-02-28 22:59:59+00') AS before, nir.registration_day('2026-02-28 23:00:00+00') AS after;
SET timezone = 'Pacific/Honolulu';
SELECT nir.registration_day('2026-02-28 22:59:59+00') AS before, nir.registration_day('2026-02-28 23:00:00+00') AS after;
RESET timezone;
-- nothing switches it off: no setting, and no administrator
SELECT count(*) AS settings FROM pg_settings WHERE name LIKE 'nir.%' AND name ~ 'dut|deadline|late|term|register';
SET SESSION AUTHORIZATION regress_d_chief;
DELETE FROM nir.registration_duty;
UPDATE nir.registration_duty SET months = 1200;
INSERT INTO nir.registration_duty VALUES ('municipality', 'FORSOK', 1200, '(,)', 'none');
RESET SESSION AUTHORIZATION;

-- ---- registered late is registered ----
SET SESSION AUTHORIZATION regress_d_oslo;
SET search_path = regress_duty, public;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT register_person('1990-02-03', '2', 'One', 'Prøve') AS one \gset
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on)
VALUES (:one, '0301', 'right', CURRENT_DATE - 400, CURRENT_DATE - 100) RETURNING intro_programme_id AS programme \gset
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on, available_on)
VALUES (:programme, :one, '0301', CURRENT_DATE - 7 * 366, CURRENT_DATE) RETURNING programme_period_id AS period \gset
INSERT INTO training (person_id, unit, right_category, granted_on, started_on, available_on)
VALUES (:one, '0301', 'right', CURRENT_DATE - 300, CURRENT_DATE - 200, CURRENT_DATE) RETURNING training_id AS training \gset
-- not of persons that the municipality has nothing to do with
\set ON_ERROR_ROLLBACK on
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (-1, '0301', 'right', CURRENT_DATE);
\set ON_ERROR_ROLLBACK off
SELECT fact, registered_on = nir.registration_day(now()) AS today, deadline - available_on BETWEEN 59 AND 62 AS two_months, late FROM nir_duty ORDER BY fact;
SELECT missing, fact FROM nir_missing ORDER BY 1;
COMMIT;
-- the day itself, and what was before there was a term; as the database would have stamped it
RESET SESSION AUTHORIZATION;
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on, registered_at, registered_by, source_code)
VALUES (:one, '0301', 'right', '2022-12-31', '2022-12-31', '2023-02-28 22:59:59+00', 'test', 'municipality'),
	(:one, '0301', 'right', '2022-12-31', '2022-12-31', '2023-02-28 23:00:00+00', 'test', 'municipality'),
	(:one, '0301', 'right', '2013-01-01', '2013-01-01', '2016-01-01', 'test', 'municipality'),
	(:one, '0301', 'right', '2022-12-31', '2022-12-31', '2024-01-01', 'test', 'imdi');
SET SESSION AUTHORIZATION regress_d_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT available_on, registered_on, deadline, late FROM nir_duty WHERE fact = 'intro_programme' AND available_on < '2026-01-01' ORDER BY available_on, registered_on;
SELECT unit, month, fact, facts, with_deadline, late, most_days_late FROM nir_duty_report WHERE month < '2026-01-01' ORDER BY month;
-- a correction does not make it late, nor in time (R97)
UPDATE intro_programme SET claimed_on = '2023-01-01' WHERE available_on = '2022-12-31';
SELECT registered_on, late FROM nir_duty WHERE fact = 'intro_programme' AND available_on = '2022-12-31' ORDER BY registered_on;
\set ON_ERROR_ROLLBACK on
UPDATE intro_programme SET registered_at = '2023-01-01' WHERE available_on = '2022-12-31';
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- what was missing is there ----
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
INSERT INTO programme_decision (intro_programme_id, person_id, unit, kind, decided_on, legal_basis)
SELECT intro_programme_id, person_id, unit, 'grant', CURRENT_DATE, 'IL § 8' FROM intro_programme;
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian) VALUES (:training, :one, '0301', daterange(CURRENT_DATE - 200, CURRENT_DATE - 10), 100);
SELECT missing, fact FROM nir_missing ORDER BY 1;
UPDATE programme_period SET stopped_on = CURRENT_DATE - 100, stop_kind = 'permanent';
SELECT missing, fact FROM nir_missing ORDER BY 1;
UPDATE programme_period SET end_reason = 'work';
SELECT missing, fact FROM nir_missing ORDER BY 1;
-- stopped: no hours are expected after it
UPDATE training_hours SET period = daterange(CURRENT_DATE - 200, CURRENT_DATE - 149);
SELECT missing, fact FROM nir_missing ORDER BY 1;
UPDATE training SET stopped_on = CURRENT_DATE - 150;
SELECT missing, fact FROM nir_missing ORDER BY 1;
ROLLBACK;

-- ---- whose rows, and for what ----
SET SESSION AUTHORIZATION regress_d_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
SELECT (SELECT count(*) FROM nir_duty) AS duty, (SELECT count(*) FROM nir_duty_report) AS report, (SELECT count(*) FROM nir_missing) AS missing;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('d', '4601', 'case worker', 'case 1');
SELECT count(*) FROM settlement_duty;
SELECT count(*) FROM settlement_special_duty;
SELECT count(*) FROM nir_duty;
ROLLBACK;
SET SESSION AUTHORIZATION regress_d_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
SELECT unit, sum(facts) AS facts, sum(late) AS late FROM nir_duty_report GROUP BY unit;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('h', NULL, 'adviser');
SELECT count(*) FROM nir_duty;
ROLLBACK;
SET SESSION AUTHORIZATION regress_d_hkdir;
BEGIN;
SELECT nir.begin_processing('c', NULL, 'examiner', 'case 1');
SELECT (SELECT count(*) FROM tests_duty) AS duty, (SELECT count(*) FROM tests_duty_report) AS report, (SELECT count(*) FROM tests_special_duty) AS special;
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM nir_duty;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SELECT count(*) FROM tests_duty;
-- the rows of whom a restriction hides are not in the report either
RESET SESSION AUTHORIZATION;
INSERT INTO restriction (person_id, decision_ref, registered_by) VALUES (:one, 'case 1', 'test');
SET SESSION AUTHORIZATION regress_d_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
SELECT (SELECT count(*) FROM nir_duty) AS duty, (SELECT count(*) FROM nir_duty_report) AS report, (SELECT count(*) FROM nir_missing) AS missing;
ROLLBACK;

-- ---- away ----
RESET SESSION AUTHORIZATION;
RESET search_path;
SET client_min_messages = warning;
SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'regress_duty' \gset
DROP TABLE :tables CASCADE;
DROP SCHEMA regress_duty CASCADE;
SELECT nir.unbind_role(r) FROM (VALUES ('regress_d_oslo'::regrole), ('regress_d_bergen'), ('regress_d_imdi'), ('regress_d_hkdir')) AS t(r);
DROP ROLE regress_d_oslo, regress_d_bergen, regress_d_imdi, regress_d_hkdir, regress_d_chief;
