-- test/hunt/matrix.sql - the world that test/hunt/matrix plays in: persons who
-- belong, belonged, will belong or never belonged to municipalities that were
-- merged, split and renumbered, a row of each for every table, and what each
-- table takes for a further row.
--
-- Schema matrix is the superuser's; who may see what is not said here.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
CREATE SCHEMA matrix;
SET search_path = pg_catalog, pg_temp;

CREATE TABLE matrix.connection (person_id bigint, unit nir.unit, valid daterange, kind text DEFAULT 'settled');
INSERT INTO matrix.connection (person_id, unit, valid) VALUES
	(1, '0301', '[2020-01-01,)'),                                            -- Oslo's
	(2, '030101', '[2020-01-01,)'),                                          -- Oslo's, in a district
	(3, '4601', '[2015-01-01,)'),                                            -- Bergen's, with rows of its old number
	(4, '4601', '[2015-01-01,2020-01-01)'), (4, '0301', '[2020-01-01,)'),    -- moved from Bergen to Oslo
	(5, '0301', '[2020-01-01,2023-01-01)'), (5, '4601', '[2023-01-01,)'),    -- and from Oslo to Bergen
	(6, '1018', '[2015-01-01,)'),                                            -- Søgne's, which Kristiansand took over
	(7, '1507', '[2020-01-01,)'),                                            -- old Ålesund's, which was split
	(8, '1508', '[2024-01-01,)'),                                            -- new Ålesund's
	(9, '0101', '[2014-01-01,)'),                                            -- Halden's, renumbered twice
	(10, '0301', '[2020-01-01,)'), (10, '4601', '[2021-01-01,)'),            -- of two at once
	(12, '46', '[2023-09-01,)'), (12, '4601', '[2022-01-01,)'),              -- guided by the county
	(13, '0301', '[2099-01-01,)'),                                           -- Oslo's, but not yet
	(14, '0301', '[2020-01-01,)'), (15, '0301', '[2020-01-01,)'), (16, '0301', '[2020-01-01,)');	-- shielded, restricted, reserved
	-- and nobody's: 11
CREATE TABLE matrix.fact (fact int GENERATED ALWAYS AS IDENTITY, person_id bigint, unit nir.unit, on_date date);
INSERT INTO matrix.fact (person_id, unit, on_date) VALUES
	(1, '0301', '2022-02-02'), (2, '030101', '2022-02-02'), (3, '1201', '2016-02-02'), (3, '4601', '2022-02-02'),
	(4, '1201', '2016-02-02'), (4, '0301', '2022-02-02'), (5, '0301', '2021-02-02'), (5, '0301', '2024-02-02'), (5, '4601', '2023-02-02'),
	(6, '1018', '2016-02-02'), (6, '4204', '2021-02-02'), (7, '1507', '2021-02-02'), (8, '1508', '2024-02-02'),
	(9, '0101', '2015-02-02'), (9, '3001', '2021-02-02'), (9, '3101', '2024-03-02'), (10, '0301', '2022-02-02'), (10, '4601', '2022-05-02'),
	(11, '5001', '2022-02-02'), (12, '46', '2023-10-02'), (12, '4601', '2022-02-02'), (13, '5001', '2022-02-02'),
	(14, '0301', '2022-02-02'), (15, '0301', '2022-02-02'), (16, '0301', '2022-02-02');

-- a synthetic number (month + 80, born 1958)
CREATE FUNCTION matrix.fnr(n int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	digits int[];
	text_value text;
BEGIN
	FOR individual IN 0 .. 499 LOOP
		digits := string_to_array('109158' || lpad(individual::text, 3, '0'), NULL)::int[];
		digits := digits || (11 - (3 * digits[1] + 7 * digits[2] + 6 * digits[3] + digits[4] + 8 * digits[5]
			+ 9 * digits[6] + 4 * digits[7] + 5 * digits[8] + 2 * digits[9]) % 11) % 11;
		digits := digits || (11 - (5 * digits[1] + 4 * digits[2] + 3 * digits[3] + 2 * digits[4] + 7 * digits[5]
			+ 6 * digits[6] + 5 * digits[7] + 4 * digits[8] + 3 * digits[9] + 2 * digits[10]) % 11) % 11;
		text_value := array_to_string(digits, '');
		CONTINUE WHEN length(text_value) <> 11;
		IF n = 0 THEN RETURN text_value; END IF;
		n := n - 1;
	END LOOP;
END $$;

INSERT INTO register.person (birth_date, sex_code, unaccompanied_minor, source_code)
SELECT '1958-11-10', '1', false, 'person' FROM generate_series(1, 16) i;
INSERT INTO register.connection (person_id, unit, kind, valid, basis) SELECT person_id, unit, kind, valid, 'case' FROM matrix.connection;
-- person 5 had another name and number in the beginning, and again after she had moved
INSERT INTO register.person_name (person_id, given_name, family_name, valid, source_code) SELECT i, 'Anna', 'Test', '[2000-01-01,)', 'person' FROM generate_series(1, 16) i WHERE i <> 5;
INSERT INTO register.person_name (person_id, given_name, family_name, valid, source_code)
SELECT 5, 'Anna', 'Test', v::daterange, 'person' FROM unnest('{"[2000-01-01,2020-01-01)","[2020-01-01,2024-01-01)","[2024-01-01,)"}'::text[]) v;
INSERT INTO register.person_fnr (person_id, fnr, valid, source_code) SELECT i, matrix.fnr(i)::nir.fnr, '[2000-01-01,)', 'freg' FROM generate_series(1, 16) i WHERE i <> 5;
INSERT INTO register.person_fnr (person_id, fnr, valid, status, source_code) VALUES
	(5, matrix.fnr(20)::nir.fnr, '[2000-01-01,2021-01-01)', 'ended', 'freg'), (5, matrix.fnr(5)::nir.fnr, '[2023-06-01,)', 'active', 'freg');
INSERT INTO register.person_duf (person_id, duf, valid, source_code) SELECT i, '1999' || 770000 + i || '00', '[2000-01-01,)', 'udi' FROM generate_series(1, 16) i;
INSERT INTO register.residence_permit (person_id, applied_on, source_code) SELECT i, '2019-01-01', 'udi' FROM generate_series(1, 16) i;
INSERT INTO register.retention_clock (person_id, clock, on_date) SELECT i, 'mapping_start', '2020-01-01' FROM generate_series(1, 16) i;

-- two of what others hang on: one with, one without
CREATE TABLE matrix.two (n int);
INSERT INTO matrix.two VALUES (1), (2);
INSERT INTO register.settlement (person_id, unit, case_opened_on, available_on, source_code)
SELECT person_id, unit, on_date, on_date, 'imdi' FROM matrix.fact, matrix.two ORDER BY n, fact;
CREATE TABLE matrix.settlement AS SELECT *, row_number() OVER (PARTITION BY person_id, unit, case_opened_on ORDER BY settlement_id) n FROM register.settlement;
INSERT INTO register.settlement_wish (settlement_id, person_id, unit, wish, available_on, source_code)
SELECT settlement_id, person_id, unit, 'near the sea', available_on, 'imdi' FROM matrix.settlement WHERE n = 1;
INSERT INTO register.settlement_consideration (settlement_id, person_id, unit, consideration, available_on, source_code)
SELECT settlement_id, person_id, unit, 'quiet', available_on, 'imdi' FROM matrix.settlement WHERE n = 1;
INSERT INTO register.health_consent (person_id, unit, given_on, informed_by, covers, available_on, source_code)
SELECT person_id, unit, on_date, 'somebody', 'all', on_date, 'imdi' FROM matrix.fact;
INSERT INTO register.settlement_special (settlement_id, person_id, unit, ethnic, necessity, available_on, source_code)
SELECT settlement_id, person_id, unit, 'some', 'safety', available_on, 'imdi' FROM matrix.settlement WHERE n = 1;

INSERT INTO register.intro_programme (person_id, unit, right_category, offered_on, available_on, source_code)
SELECT person_id, unit, 'right_and_duty', on_date, on_date, 'municipality' FROM matrix.fact ORDER BY fact;
INSERT INTO register.programme_decision (intro_programme_id, person_id, unit, kind, decided_on, decided_by, legal_basis, available_on, source_code)
SELECT intro_programme_id, person_id, unit, 'grant', offered_on, 'somebody', 'IL § 14', offered_on, 'municipality' FROM register.intro_programme;
INSERT INTO register.programme_period (intro_programme_id, person_id, unit, started_on, stopped_on, stop_kind, available_on, source_code)
SELECT intro_programme_id, person_id, unit, offered_on, offered_on + 9, 'temporary', offered_on, 'municipality' FROM register.intro_programme;
INSERT INTO register.training (person_id, unit, right_category, granted_on, started_on, available_on, source_code)
SELECT person_id, unit, 'right', on_date, on_date, on_date, 'municipality' FROM matrix.fact ORDER BY fact;
INSERT INTO register.training_hours (training_id, person_id, unit, period, norwegian, available_on, source_code)
SELECT training_id, person_id, unit, daterange(granted_on, granted_on + 9), 4, granted_on, 'municipality' FROM register.training;
INSERT INTO register.grant_payment (person_id, unit, paid_on, grant_kind, rate, amount, available_on, source_code)
SELECT person_id, unit, on_date, 'integration_1', 1, 1, on_date, 'imdi' FROM matrix.fact;

INSERT INTO register.test_candidate (person_id, unit, candidate_no, available_on, source_code)
SELECT person_id, unit, 'K1', on_date, 'hkdir' FROM matrix.fact, matrix.two ORDER BY n, fact;
CREATE TABLE matrix.candidate AS SELECT *, row_number() OVER (PARTITION BY person_id, unit, available_on ORDER BY test_candidate_id) n FROM register.test_candidate;
INSERT INTO register.test_background (test_candidate_id, person_id, unit, school_years, available_on, source_code)
SELECT test_candidate_id, person_id, unit, 9, available_on, 'hkdir' FROM matrix.candidate WHERE n = 1;
INSERT INTO register.test_accommodation (test_candidate_id, person_id, unit, need, available_on, source_code)
SELECT test_candidate_id, person_id, unit, 'time', available_on, 'hkdir' FROM matrix.candidate WHERE n = 1;
INSERT INTO register.test_sitting (test_candidate_id, person_id, unit, held_on, place, available_on, source_code)
SELECT test_candidate_id, person_id, unit, available_on, 'hall', available_on, 'hkdir' FROM matrix.candidate WHERE n = 1;
INSERT INTO register.test_absence (test_sitting_id, person_id, unit, reason, available_on, source_code)
SELECT test_sitting_id, person_id, unit, 'ill', held_on, 'hkdir' FROM register.test_sitting;
INSERT INTO register.test_part (test_sitting_id, person_id, unit, part_kind, available_on, source_code)
SELECT test_sitting_id, person_id, unit, p, held_on, 'hkdir' FROM register.test_sitting, unnest('{writing,speaking}'::text[]) p;
INSERT INTO register.test_answer (test_part_id, person_id, unit, answer, available_on, source_code)
SELECT test_part_id, person_id, unit, 'text', available_on, 'hkdir' FROM register.test_part WHERE part_kind = 'writing';
INSERT INTO register.test_result (test_part_id, person_id, unit, part_kind, result, available_on, source_code)
SELECT test_part_id, person_id, unit, part_kind, 'B1', available_on, 'hkdir' FROM register.test_part WHERE part_kind = 'writing';

-- providers: one with tasks in Oslo, one that needs special categories for them, one whose time is over
INSERT INTO nir.body (body, kind, name, orgnr)
SELECT b, 'provider', b, '974760673' FROM unnest('{regress_m_acme,regress_m_helper,regress_m_lapsed}'::text[]) b
WHERE EXISTS (SELECT FROM nir.body_kind WHERE code = 'provider');
CREATE TABLE matrix.engagement (engagement_id bigint, provider text, purposes text, special text, valid daterange);
INSERT INTO nir.engagement (provider, principal, unit, purposes, special, tasks, agreement_ref, valid) VALUES
	('regress_m_acme', '0301', '0301', '{b,d}', '{}', 'x', 'x', daterange(CURRENT_DATE - 100, CURRENT_DATE + 100)),
	('regress_m_helper', '0301', '0301', '{c,d}', '{settlement_special,test_special}', 'x', 'x', daterange(CURRENT_DATE - 100, CURRENT_DATE + 100)),
	('regress_m_lapsed', '0301', '0301', '{b,d}', '{}', 'x', 'x', daterange(CURRENT_DATE - 100, CURRENT_DATE));
INSERT INTO matrix.engagement SELECT engagement_id, provider, purposes::text, special::text, valid FROM nir.engagement;
CREATE TABLE matrix.assignment (person_id bigint, engagement_id bigint, valid daterange);
INSERT INTO matrix.assignment SELECT p, engagement_id, v::daterange FROM matrix.engagement, (VALUES
	(1, 'acme', '[2024-01-01,2099-01-01)'), (4, 'acme', '[2024-01-01,2099-01-01)'), (10, 'acme', '[2024-01-01,2099-01-01)'),
	(5, 'acme', '[2021-01-01,2022-01-01)'), (3, 'acme', '[2098-01-01,2099-01-01)'),
	(1, 'helper', '[2024-01-01,2099-01-01)'), (2, 'helper', '[2024-01-01,2099-01-01)'), (1, 'lapsed', '[2024-01-01,2099-01-01)')) a (p, who, v)
WHERE provider = 'regress_m_' || who;
INSERT INTO register.assignment (person_id, unit, engagement_id, valid, basis) SELECT person_id, '0301', engagement_id, valid, 'case' FROM matrix.assignment;

-- complaints: open, closed, another governor's, under another reference
CREATE TABLE matrix.complaint (person_id bigint, body text, case_ref text, valid daterange);
INSERT INTO matrix.complaint VALUES
	(1, 'sf_ostfold_buskerud_oslo_akershus', '2026/1', '[2024-01-01,)'), (10, 'sf_ostfold_buskerud_oslo_akershus', '2026/2', '[2024-01-01,)'),
	(4, 'sf_ostfold_buskerud_oslo_akershus', '2026/3', '[2024-01-01,2025-01-01)'), (3, 'sf_vestland', '2026/1', '[2024-01-01,)');
INSERT INTO register.complaint_case (person_id, unit, body, case_ref, valid)
SELECT person_id, CASE WHEN body = 'sf_vestland' THEN '4601' ELSE '0301' END::nir.unit, body, case_ref, valid FROM matrix.complaint;
INSERT INTO register.sharing_decision (person_id, receiver, items, valid, source_code)
SELECT i, 'somebody', '{writing}', '[2024-01-01,2099-01-01)', 'person' FROM generate_series(1, 16) i;

-- who is narrowed, where that is known
CREATE TABLE matrix.narrowed (person_id bigint, kind text);
DO $$
BEGIN
	IF to_regclass('nir.narrowing') IS NOT NULL THEN
		INSERT INTO matrix.narrowed VALUES (14, 'shielded'), (15, 'restricted'), (16, 'reserved');
		UPDATE register.person SET protection = 3 WHERE person_id = 14;
		INSERT INTO register.restriction (person_id, decision_ref) VALUES (15, 'case');
		INSERT INTO register.research_reservation (person_id, source_code) VALUES (16, 'person');
	END IF;
END $$;

-- ---- every planted row: key, person, unit, day, and the days for which it holds ----

CREATE TABLE matrix.row (relation text, key text, person_id bigint, unit text, on_date date, valid daterange);
DO $$
DECLARE
	g record;
BEGIN
	FOR g IN
		SELECT r.relation, r.unit_column,
			(SELECT string_agg(format('%I::text', a.attname), ' || ''/'' || ' ORDER BY k.n)
				FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k (attnum, n), pg_attribute a
				WHERE i.indrelid = r.relation AND i.indisprimary AND a.attrelid = r.relation AND a.attnum = k.attnum) AS key,
			EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.relation AND a.attname = 'available_on' AND NOT a.attisdropped) AS dated,
			EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.relation AND a.attname = 'valid' AND NOT a.attisdropped) AS holds
		FROM nir.governed_relation r JOIN pg_class c ON c.oid = r.relation WHERE c.relnamespace = 'register'::regnamespace
	LOOP
		EXECUTE format('INSERT INTO matrix.row SELECT %L, %s, person_id, %s, %s, %s FROM %s', g.relation::text, g.key,
			CASE WHEN g.unit_column IS NULL THEN 'NULL' ELSE quote_ident(g.unit_column) || '::text' END,
			CASE WHEN g.dated THEN 'available_on' ELSE 'NULL' END, CASE WHEN g.holds THEN 'valid' ELSE $q$'(,)'$q$ END, g.relation);
	END LOOP;
END $$;

-- ---- a further row of each table, as VALUES: PERSON and UNIT are filled in ----

-- hung on what that person has, whatever the unit
CREATE FUNCTION matrix.of(relation text, person bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	key bigint;
BEGIN
	EXECUTE format('SELECT max(%1$s_id) FROM register.%1$s WHERE person_id = $1', relation) INTO key USING person;
	RETURN key;
END $$;
CREATE TABLE matrix.template (relation text, columns text, parent text, row_values text);
INSERT INTO matrix.template VALUES
	('person', 'sex_code, source_code', NULL, $$'2', 'person'$$),
	('connection', 'person_id, unit, kind, valid, basis', NULL, $$PERSON, 'UNIT', 'tested', '[1990-01-01,1990-02-01)', 'case'$$),
	('person_name', 'person_id, given_name, family_name, valid, source_code', NULL, $$PERSON, 'Former', 'Name', '[1990-01-01,1991-01-01)', 'person'$$),
	('person_fnr', 'person_id, fnr, source_code', NULL, format($$PERSON, %L, 'person'$$, matrix.fnr(40))),
	('person_duf', 'person_id, duf, source_code', NULL, $$PERSON, '199977999900', 'person'$$),
	('residence_permit', 'person_id, applied_on, source_code', NULL, $$PERSON, '2018-01-01', 'udi'$$),
	('retention_clock', 'person_id, clock, on_date', NULL, $$PERSON, 'final_rejection', '2018-01-01'$$),
	('assignment', 'person_id, unit, engagement_id, valid, basis', NULL, $$PERSON, 'UNIT', 1, '[1990-01-01,1990-02-01)', 'case'$$),
	('complaint_case', 'person_id, unit, body, case_ref', NULL, $$PERSON, 'UNIT', 'sf_vestland', 'new'$$),
	('restriction', 'person_id, category, decision_ref', NULL, $$PERSON, 'result', 'case'$$),
	('research_reservation', 'person_id, valid, source_code', NULL, $$PERSON, '[2022-01-01,2022-02-01)', 'person'$$),
	('reservation_guidance', NULL, NULL, NULL), ('person_hand_over', NULL, NULL, NULL),
	('sharing_decision', 'person_id, receiver, items, valid, source_code', NULL, $$PERSON, 'x', '{writing}', '[2026-01-01,2027-01-01)', 'person'$$),
	('settlement', 'person_id, unit, case_opened_on, available_on, source_code', NULL, $$PERSON, 'UNIT', 'DAY', 'DAY', 'person'$$),
	('settlement_wish', 'settlement_id, person_id, unit, rank, wish, available_on, source_code', 'settlement', $$PARENT, PERSON, 'UNIT', 9, 'near', 'DAY', 'person'$$),
	('settlement_consideration', 'settlement_id, person_id, unit, consideration, available_on, source_code', 'settlement', $$PARENT, PERSON, 'UNIT', 'quiet', 'DAY', 'person'$$),
	('health_consent', 'person_id, unit, given_on, informed_by, covers, available_on, source_code', NULL, $$PERSON, 'UNIT', 'DAY', 'somebody', 'all', 'DAY', 'person'$$),
	('settlement_special', 'settlement_id, person_id, unit, ethnic, necessity, available_on, source_code', 'settlement', $$PARENT, PERSON, 'UNIT', 'some', 'safety', 'DAY', 'person'$$),
	('intro_programme', 'person_id, unit, right_category, offered_on, available_on, source_code', NULL, $$PERSON, 'UNIT', 'right', 'DAY', 'DAY', 'person'$$),
	('programme_decision', 'intro_programme_id, person_id, unit, kind, decided_on, legal_basis, available_on, source_code', 'intro_programme', $$PARENT, PERSON, 'UNIT', 'grant', 'DAY', 'IL § 14', 'DAY', 'person'$$),
	('programme_period', 'intro_programme_id, person_id, unit, started_on, stopped_on, stop_kind, available_on, source_code', 'intro_programme', $$PARENT, PERSON, 'UNIT', '2011-01-01', '2011-02-01', 'temporary', 'DAY', 'person'$$),
	('training', 'person_id, unit, right_category, granted_on, available_on, source_code', NULL, $$PERSON, 'UNIT', 'right', 'DAY', 'DAY', 'person'$$),
	('training_hours', 'training_id, person_id, unit, period, norwegian, available_on, source_code', 'training', $$PARENT, PERSON, 'UNIT', '[2019-01-01,2019-01-08)', '4', 'DAY', 'person'$$),
	('grant_payment', 'person_id, unit, paid_on, grant_kind, rate, amount, available_on, source_code', NULL, $$PERSON, 'UNIT', 'DAY', 'school', '1', '1', 'DAY', 'imdi'$$),
	('test_candidate', 'person_id, unit, candidate_no, available_on, source_code', NULL, $$PERSON, 'UNIT', 'K2', 'DAY', 'person'$$),
	('test_background', 'test_candidate_id, person_id, unit, school_years, available_on, source_code', 'test_candidate', $$PARENT, PERSON, 'UNIT', '9', 'DAY', 'person'$$),
	('test_accommodation', 'test_candidate_id, person_id, unit, need, available_on, source_code', 'test_candidate', $$PARENT, PERSON, 'UNIT', 'time', 'DAY', 'person'$$),
	('test_sitting', 'test_candidate_id, person_id, unit, held_on, place, available_on, source_code', 'test_candidate', $$PARENT, PERSON, 'UNIT', 'DAY', 'hall', 'DAY', 'person'$$),
	('test_absence', 'test_sitting_id, person_id, unit, reason, available_on, source_code', 'test_sitting', $$PARENT, PERSON, 'UNIT', 'ill', 'DAY', 'person'$$),
	('test_part', 'test_sitting_id, person_id, unit, part_kind, available_on, source_code', 'test_sitting', $$PARENT, PERSON, 'UNIT', 'reading', 'DAY', 'person'$$),
	('test_answer', 'test_part_id, person_id, unit, answer, available_on, source_code', 'test_part', $$PARENT, PERSON, 'UNIT', 'text', 'DAY', 'person'$$),
	('test_result', 'test_part_id, person_id, unit, part_kind, result, available_on, source_code', 'test_part', $$PARENT, PERSON, 'UNIT', 'speaking', 'B1', 'DAY', 'person'$$);
CREATE TABLE matrix.parent AS
SELECT t.relation, i AS person_id, matrix.of(t.parent, i) AS parent_id
FROM matrix.template t, generate_series(1, 16) i WHERE t.parent IS NOT NULL;
ANALYZE;
