-- Who may see what: every kind of body, each row scope, and tries to get round
-- them.  The register of this test has persons who moved, whose municipality
-- was merged, renumbered or split, and one family in two municipalities.
-- covers: R70 R71 R72 R74 R75 R76 R77 R78 R79 R83 R84 R85 R291
-- covers: IL § 41; IL § 42; IL § 43; IL § 47; IL § 48; IF § 56; IF § 57; IF § 59; IF § 63 (1); IF § 63 (2)
SET datestyle = ISO;
SET timezone = 'Europe/Oslo';
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT nir.create_register('regress_bodies');
DROP ROLE IF EXISTS regress_b_oslo, regress_b_district, regress_b_bergen, regress_b_halden, regress_b_alesund, regress_b_haram,
	regress_b_county, regress_b_east, regress_b_west, regress_b_narrow, regress_b_acme, regress_b_other,
	regress_b_verifier, regress_b_portal, regress_b_udi, regress_b_hkdir, regress_b_two, regress_b_admin;
CREATE ROLE regress_b_oslo LOGIN;
CREATE ROLE regress_b_district LOGIN;
CREATE ROLE regress_b_bergen LOGIN;
CREATE ROLE regress_b_halden LOGIN;
CREATE ROLE regress_b_alesund LOGIN;
CREATE ROLE regress_b_haram LOGIN;
CREATE ROLE regress_b_county LOGIN;
CREATE ROLE regress_b_east LOGIN;
CREATE ROLE regress_b_west LOGIN;
CREATE ROLE regress_b_narrow LOGIN;
CREATE ROLE regress_b_acme LOGIN;
CREATE ROLE regress_b_other LOGIN;
CREATE ROLE regress_b_verifier LOGIN;
CREATE ROLE regress_b_portal LOGIN;
CREATE ROLE regress_b_udi LOGIN;
CREATE ROLE regress_b_hkdir LOGIN;
CREATE ROLE regress_b_two LOGIN;
CREATE ROLE regress_b_admin LOGIN IN ROLE nir_admin;
INSERT INTO nir.body (body, kind, name, orgnr) VALUES
	('regress_acme', 'provider', 'Acme', '974760673'), ('regress_other', 'provider', 'Other', '974760673'), ('regress_nobody', 'provider', 'Nobody', NULL);
SELECT nir.bind_role('regress_b_oslo', '0301', purposes => '{a,b,c,d}');
SELECT nir.bind_role('regress_b_district', '0301', units => '{030101}', purposes => '{b,d}');
SELECT nir.bind_role('regress_b_bergen', '4601', purposes => '{b,c,d}');
SELECT nir.bind_role('regress_b_halden', '3101', purposes => '{b}');
SELECT nir.bind_role('regress_b_alesund', '1508', purposes => '{b}');
SELECT nir.bind_role('regress_b_haram', '1580', purposes => '{b}');
SELECT nir.bind_role('regress_b_county', '46', purposes => '{b,f}');
SELECT nir.bind_role('regress_b_east', 'sf_ostfold_buskerud_oslo_akershus', purposes => '{m,n}');
SELECT nir.bind_role('regress_b_west', 'sf_vestland', purposes => '{m,n}');
SELECT nir.bind_role('regress_b_narrow', 'sf_ostfold_buskerud_oslo_akershus', units => '{31}', purposes => '{m}');
SELECT nir.bind_role('regress_b_acme', 'regress_acme', purposes => '{b,d}');
SELECT nir.bind_role('regress_b_other', 'regress_other', purposes => '{b}');
SELECT nir.bind_role('regress_b_verifier', 'samordna_opptak', purposes => '{j}');
SELECT nir.bind_role('regress_b_portal', 'vitnemaalsportalen', purposes => '{j}');
SELECT nir.bind_role('regress_b_udi', 'udi', purposes => '{i}');
SELECT nir.bind_role('regress_b_hkdir', 'hkdir', purposes => '{c,p}');
-- two bodies at once
SELECT nir.bind_role('regress_b_two', '0301', purposes => '{b}');
SELECT nir.bind_role('regress_b_two', '4601', purposes => '{b}');
RESET client_min_messages;

-- ---- R70: everybody is listed, with what he may or why he has no access ----
SELECT code, active, acts_as, reach, valid, citation FROM nir.body_kind ORDER BY active DESC, code;
SELECT count(*) AS without_reason FROM nir.body_kind WHERE remark = '' OR citation = '';
-- what has no access has no group role, no rule, and nobody can be bound to it
SELECT count(*) AS with_access FROM nir.body_kind AS k
WHERE NOT k.active AND (k.group_role IS NOT NULL OR EXISTS (SELECT FROM nir.access_rule AS r WHERE r.body_kind = k.code));
BEGIN;
INSERT INTO nir.body (body, kind, name) VALUES ('regress_nav', 'nav', 'NAV');
SELECT nir.bind_role('regress_b_udi', 'regress_nav', purposes => '{f}');
ROLLBACK;
-- R291: every county lies under one state governor
SELECT body, units FROM nir.body WHERE kind = 'state_governor' ORDER BY body;
SELECT count(*) AS ungoverned FROM nir.unit_code AS c
WHERE c.level = 'county' AND c.valid @> CURRENT_DATE
	AND (SELECT count(*) FROM nir.body AS b WHERE b.kind = 'state_governor' AND c.code = ANY (b.units)) <> 1;
-- versions: cooperation from August 2022, counties as trainers from August 2023
SELECT body_kind, verb, purposes && '{f}' AS coop, valid FROM nir.access_rule
WHERE category = 'programme' AND body_kind = 'municipality' AND verb = 'select' ORDER BY valid;
SELECT category, verb, valid FROM nir.access_rule
WHERE body_kind = 'county' AND category IN ('training', 'hours', 'absence') ORDER BY 1, 2;
-- no state governor and no unnamed engagement has a special category; who reads no table has no rule for one
SELECT r.body_kind, r.category FROM nir.access_rule AS r JOIN nir.category AS c ON c.code = r.category
WHERE c.special IS NOT NULL AND r.body_kind IN ('state_governor', 'county', 'immigration', 'verifier', 'portal');
SELECT r.body_kind, r.category, r.verb FROM nir.access_rule AS r WHERE r.body_kind = 'state_governor' AND r.verb <> 'select';

-- ---- persons ----
SET search_path = regress_bodies, public;
-- 1 lives in Oslo's district Gamle Oslo; 2 moved from Oslo to Bergen in 2025; 3 in Halden when it was 0101;
-- 4 in Ålesund when it was 1507, since split; 5 a child and 6 its mother, in Oslo and Bergen at once; 7 in Bergen
INSERT INTO person (birth_date, source_code) SELECT date '1990-01-01' + n, 'udi' FROM generate_series(1, 7) AS n;
INSERT INTO connection (person_id, unit, kind, valid, basis) VALUES
	(1, '030101', 'settled', '[2024-01-01,)', 'x'),
	(2, '0301', 'settled', '[2022-01-01,2025-01-01)', 'x'), (2, '4601', 'settled', '[2025-01-01,)', 'x'),
	(3, '0101', 'settled', '[2018-01-01,)', 'x'),
	(4, '1507', 'settled', '[2021-01-01,)', 'x'),
	(5, '0301', 'settled', '[2024-01-01,)', 'x'), (5, '4601', 'in_training', '[2025-01-01,)', 'x'),
	(6, '4601', 'settled', '[2024-01-01,)', 'x'),
	(7, '4601', 'settled', '[2024-01-01,)', 'x');
INSERT INTO person_name (person_id, given_name, family_name, valid, source_code) VALUES
	(1, 'One', 'Gamle', '[2020-01-01,)', 'udi'),
	(2, 'Two', 'Before', '[2000-01-01,2021-01-01)', 'udi'), (2, 'Two', 'InOslo', '[2021-01-01,2025-06-01)', 'udi'), (2, 'Two', 'Newest', '[2025-06-01,)', 'udi'),
	(3, 'Three', 'Halden', '[2018-01-01,)', 'udi'), (4, 'Four', 'Split', '[2020-01-01,)', 'udi'),
	(5, 'Five', 'Both', '[2020-01-01,)', 'udi'), (6, 'Six', 'Mother', '[2020-01-01,)', 'udi'), (7, 'Seven', 'Bergen', '[2020-01-01,)', 'udi');
INSERT INTO person_fnr (person_id, fnr, valid, status, source_code) VALUES
	(1, '01923999988', '[2020-01-01,)', 'active', 'udi'),
	(2, '31073999947', '[2020-01-01,2025-03-01)', 'ended', 'udi'), (2, '29923650081', '[2025-03-01,)', 'active', 'udi');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on, source_code)
SELECT person_id, unit::nir.unit, 'right_and_duty', day::date, day::date, 'municipality' FROM (VALUES
	(1, '030101', '2024-02-01'), (2, '0301', '2022-02-01'), (2, '4601', '2025-02-01'), (3, '0101', '2018-02-01'),
	(4, '1507', '2021-02-01'), (5, '0301', '2024-02-01'), (5, '4601', '2025-02-01'), (7, '4601', '2024-02-01')) AS t(person_id, unit, day);
INSERT INTO training (person_id, unit, right_category, granted_on, started_on, available_on, source_code)
SELECT person_id, unit::nir.unit, 'right_and_duty', day::date, day::date, day::date, 'municipality' FROM (VALUES
	(1, '030101', '2024-02-01'), (2, '0301', '2022-02-01'), (5, '0301', '2024-02-01'), (7, '4601', '2024-02-01')) AS t(person_id, unit, day);
INSERT INTO settlement (person_id, unit, case_opened_on, available_on, source_code) VALUES (1, '0301', '2024-01-01', '2024-01-01', 'imdi');
INSERT INTO health_consent (person_id, unit, given_on, informed_by, covers, available_on, source_code)
VALUES (1, '0301', '2024-01-01', 'a nurse', 'housing', '2024-01-01', 'municipality');
CREATE VIEW public.regress_seen WITH (security_invoker) AS
	SELECT p.person_id, string_agg(n.family_name::text, ',' ORDER BY n.valid) AS names,
		(SELECT string_agg(f.fnr::text, ',') FROM regress_bodies.person_fnr AS f WHERE f.person_id = p.person_id) AS numbers,
		(SELECT string_agg(i.unit::text, ',' ORDER BY i.offered_on) FROM regress_bodies.intro_programme AS i WHERE i.person_id = p.person_id) AS programmes
	FROM regress_bodies.person AS p LEFT JOIN regress_bodies.person_name AS n USING (person_id)
	GROUP BY p.person_id;
GRANT SELECT ON public.regress_seen TO PUBLIC;

-- ---- R71: one moved; each sees its own period, the former nothing newer ----
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT * FROM regress_seen ORDER BY person_id;
\set ON_ERROR_ROLLBACK on
-- her newer number and name are not to be asked for by what they are
SELECT count(*) FROM person_fnr WHERE fnr = '29923650081';
SELECT count(*) FROM person_name WHERE family_name = 'Newest';
-- what one sees of who has left is not changed, and nothing is added
UPDATE person_name SET family_name = 'x' WHERE person_id = 2;
UPDATE person SET unaccompanied_minor = true WHERE person_id = 2;
INSERT INTO person_name (person_id, given_name, family_name) VALUES (2, 'x', 'x');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (2, '0301', 'right', '2026-01-01');
SELECT connect(2, 'settled', 'x');
-- but what was known while she was there is registered late, as it must be
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on) VALUES (2, '0301', 'right', '2024-06-01', '2025-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on) VALUES (2, '4601', 'right', '2024-06-01', '2024-06-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on) VALUES (7, '0301', 'right', '2024-06-01', '2024-06-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on) VALUES (2, '0301', 'right', '2024-06-01', '2024-06-01') RETURNING available_on;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601');
-- R83: 5 and 6 are a family in two municipalities, and each sees its own facts of the child and what it needs to go on
SELECT * FROM regress_seen ORDER BY person_id;
ROLLBACK;

-- ---- today is Norway's, not that of a time zone one chooses: one ended yesterday, one begins tomorrow ----
RESET SESSION AUTHORIZATION;
INSERT INTO person (person_id, birth_date, source_code) OVERRIDING SYSTEM VALUE VALUES (1001, '1990-01-01', 'udi'), (1002, '1990-01-01', 'udi');
INSERT INTO connection (person_id, unit, kind, valid, basis) VALUES
	(1001, '0301', 'settled', daterange(CURRENT_DATE - 9, CURRENT_DATE), 'x'), (1002, '0301', 'settled', daterange(CURRENT_DATE + 1, NULL), 'x');
INSERT INTO residence_permit (person_id, applied_on, source_code) VALUES (1001, '2024-01-01', 'udi'), (1002, '2024-01-01', 'udi');
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SET LOCAL timezone = 'Etc/GMT+12';
SELECT count(*) AS permits FROM residence_permit;
SET LOCAL timezone = 'Etc/GMT-14';
SELECT count(*) AS permits FROM residence_permit;
ROLLBACK;

-- ---- R85: a district is its municipality within its own numbers ----
SET SESSION AUTHORIZATION regress_b_district;
BEGIN;
SELECT nir.begin_processing('b');
SELECT nir.current_unit(), nir.unit_scope('municipality');
SELECT * FROM regress_seen ORDER BY person_id;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('b', '0301');
SELECT nir.begin_processing('b', '030102');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (1, '0301', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (1, '030102', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (1, '030101', 'right', '2026-01-01') RETURNING unit;
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- the host municipality of a reception centre is a municipality, under a and d ----
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('a', '0301');
SELECT register_person('1999-01-01', given_name => 'Eight', family_name => 'Resident', kind => 'in_reception', ground => 'centre 3') AS resident \gset
SELECT n.family_name, array_agg(c.kind ORDER BY c.kind) AS kinds FROM person_name AS n JOIN connection AS c USING (person_id)
WHERE n.person_id = :resident GROUP BY 1;
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM intro_programme;
SELECT count(*) FROM settlement;
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- renumbered and merged: the successor; split: neither ----
SET SESSION AUTHORIZATION regress_b_halden;
BEGIN;
SELECT nir.begin_processing('b', '3101');
SELECT * FROM regress_seen ORDER BY person_id;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_alesund;
BEGIN;
SELECT nir.begin_processing('b', '1508');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_haram;
BEGIN;
SELECT nir.begin_processing('b', '1580');
SELECT count(*) AS persons FROM person;
ROLLBACK;

-- ---- R72: a county, and never by way of its municipalities ----
SET SESSION AUTHORIZATION regress_b_county;
BEGIN;
SELECT nir.begin_processing('b', '46');
\set ON_ERROR_ROLLBACK on
SELECT count(*) AS persons FROM person;
SELECT count(*) AS programmes FROM intro_programme;
SELECT nir.begin_processing('b', '4601');
INSERT INTO training (person_id, unit, right_category, granted_on) VALUES (7, '46', 'right', '2026-01-01');
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- two bodies at once: one at a time ----
SET SESSION AUTHORIZATION regress_b_two;
BEGIN;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('b');
SELECT nir.begin_processing('b', '0301');
SELECT array_agg(person_id ORDER BY person_id) AS persons FROM person;
SELECT nir.begin_processing('b', '4601');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '4601');
SELECT array_agg(person_id ORDER BY person_id) AS persons FROM person;
ROLLBACK;

-- ---- R75: supervision by the state governor of four counties ----
SET SESSION AUTHORIZATION regress_b_east;
BEGIN;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('m');
SELECT nir.begin_processing('m', '46', case_ref => '2026/1');
SELECT nir.begin_processing('m', '4601', case_ref => '2026/1');
SELECT nir.begin_processing('b', case_ref => '2026/1');
SELECT nir.begin_processing('m', case_ref => '2026/1');
SELECT person_id, unit FROM intro_programme ORDER BY 1, 2;
SELECT person_id, family_name FROM person_name ORDER BY person_id, valid;
SELECT count(*) AS other_counties FROM connection WHERE unit IN ('4601', '1507');
-- and where no index is asked for the numbers: each row is
SET LOCAL enable_indexscan = off;
SET LOCAL enable_indexonlyscan = off;
SET LOCAL enable_bitmapscan = off;
SELECT person_id, unit FROM intro_programme ORDER BY 1, 2;
SELECT count(*) AS other_counties FROM connection WHERE unit IN ('4601', '1507');
SET LOCAL enable_indexscan = on;
SET LOCAL enable_indexonlyscan = on;
SET LOCAL enable_bitmapscan = on;
-- counties, those of the past only as far as all of them lies inside: no Oppland for Jevnaker's sake
SELECT array_agg(u ORDER BY u) FROM unnest(nir.unit_scope('state_governor')) AS u WHERE nir.unit_level(u) = 'county';
SELECT count(*) FILTER (WHERE nir.in_unit_scope(u, 'state_governor')) AS inside, count(*) AS all
FROM unnest('{0532,0533,0711,0101,030101,3001,30}'::nir.unit[]) AS u;
SELECT nir.in_unit_scope('0301', 'municipality'), nir.unit_scope('county');
-- no numbers, no grants, no tests, nothing of a special category
SELECT count(*) FROM person_fnr;
SELECT count(*) FROM grant_payment;
SELECT count(*) FROM test_result;
SELECT count(*) FROM settlement;
SELECT count(*) FROM health_consent;
SELECT count(*) FROM settlement_special;
SELECT has_function_privilege('nir.open(nir.sealed)', 'EXECUTE') AS opens, has_function_privilege('nir.seal(text, bigint, text)', 'EXECUTE') AS seals;
-- read-only, whatever the form
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (1, '0301', 'right', '2026-01-01');
UPDATE intro_programme SET claimed_on = '2026-01-01';
DELETE FROM intro_programme;
SELECT 1 FROM intro_programme FOR UPDATE;
SELECT find_or_connect(fnr => '01923999988', ground => 'x');
SELECT connect(7, 'settled', 'x');
SELECT register_person('1990-01-01');
SELECT forward_complaint(1, '2026/9');
-- narrower in the same transaction, not back
SELECT nir.begin_processing('m', '31', case_ref => '2026/1');
SELECT person_id, unit FROM intro_programme ORDER BY 1, 2;
SELECT nir.begin_processing('m', case_ref => '2026/1');
SELECT nir.begin_processing('m', '03', case_ref => '2026/1');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_west;
BEGIN;
SELECT nir.begin_processing('m', case_ref => '2026/1');
SELECT person_id, unit FROM intro_programme ORDER BY 1, 2;
SELECT count(*) AS oslo FROM intro_programme WHERE unit = '0301';
-- the same in parallel workers, and in a function that keeps its plan
SET LOCAL force_parallel_mode = on;
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
-- a binding to one of the counties gives no other
SET SESSION AUTHORIZATION regress_b_narrow;
BEGIN;
SELECT nir.begin_processing('m', case_ref => '2026/1');
SELECT person_id, unit FROM intro_programme ORDER BY 1, 2;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('m', '03', case_ref => '2026/1');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- what a session kept under one context does not serve another
RESET SESSION AUTHORIZATION;
CREATE FUNCTION public.regress_inside(u nir.unit) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN nir.in_unit_scope(u, 'state_governor');
END $$;
SET SESSION AUTHORIZATION regress_b_east;
BEGIN;
SELECT nir.begin_processing('m', case_ref => 'x');
SELECT public.regress_inside('0301') AS oslo, public.regress_inside('4601') AS bergen;
SAVEPOINT s;
SELECT nir.begin_processing('m', '31', case_ref => 'x');
SELECT public.regress_inside('0301') AS oslo, public.regress_inside('3101') AS halden;
ROLLBACK TO s;
SELECT public.regress_inside('0301') AS oslo;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_west;
BEGIN;
SELECT nir.begin_processing('m', case_ref => 'x');
SELECT public.regress_inside('0301') AS oslo, public.regress_inside('4601') AS bergen;
ROLLBACK;
RESET SESSION AUTHORIZATION;
DROP FUNCTION public.regress_inside;

-- ---- complaints: one person, the declared case, while it is open ----
SET SESSION AUTHORIZATION regress_b_oslo;
SELECT forward_complaint(2, '2026/17');
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT forward_complaint(2, '2026/17');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301');
\set ON_ERROR_ROLLBACK on
SELECT forward_complaint(2, ' ');
SELECT forward_complaint(7, '2026/17');
SELECT forward_complaint(-1, '2026/17');
INSERT INTO complaint_case (person_id, unit, body, case_ref) VALUES (2, '0301', 'sf_vestland', '2026/17');
-- about a decision on somebody who has left since
SELECT forward_complaint(2, '2026/17');
SELECT forward_complaint(2, '2026/17');
SELECT forward_complaint(1, '2026/17');
SELECT person_id, body, case_ref FROM complaint_case;
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_b_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601');
SELECT count(*) AS cases_of_others FROM complaint_case;
SELECT close_complaint('2026/17');
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_west;
BEGIN;
SELECT nir.begin_processing('n', case_ref => '2026/17');
SELECT count(*) AS persons FROM person;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_east;
BEGIN;
SELECT nir.begin_processing('n', case_ref => '2026/18');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('n', case_ref => '2026/17');
SELECT * FROM regress_seen ORDER BY person_id;
SELECT count(*) AS trainings FROM training;
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM complaint_case;
SELECT count(*) FROM health_consent;
SELECT count(*) FROM settlement;
UPDATE intro_programme SET claimed_on = '2026-01-01';
-- another case in the same transaction
SELECT nir.begin_processing('n', case_ref => '2026/18');
SELECT close_complaint('2026/18');
SELECT close_complaint('2026/17');
SELECT count(*) AS persons FROM person;
\set ON_ERROR_ROLLBACK off
COMMIT;
-- closed is closed, also for who forwards it again
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT forward_complaint(2, '2026/17');
ROLLBACK;

-- ---- R74: private providers ----
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('b', '0301');
SELECT nir.begin_processing('b');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_admin;
RESET SESSION AUTHORIZATION;
GRANT regress_b_acme TO regress_b_admin;
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
RESET SESSION AUTHORIZATION;
REVOKE regress_b_acme FROM regress_b_admin;
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.engage('regress_nobody', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('0301', '4601', '4601', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('regress_acme', 'imdi', '0301', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('regress_acme', '0301', '4601', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('regress_acme', '0301', '0301', '{b,e}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('regress_acme', '46', '46', '{d}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE, NULL), 'x');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE - 10, CURRENT_DATE), 'x');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'x', daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x', '{hours}');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', NULL, daterange(CURRENT_DATE, CURRENT_DATE + 10), 'x');
INSERT INTO nir.engagement (provider, principal, unit, purposes, tasks, agreement_ref, valid) VALUES ('regress_acme', '0301', '0301', '{b}', 'x', 'x', '[2020-01-01,2099-01-01)');
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'training in Norwegian', daterange(CURRENT_DATE, CURRENT_DATE + 100), 'agreement 7') AS engagement \gset
SELECT nir.engage('regress_other', '4601', '4601', '{b}', 'training in Norwegian', daterange(CURRENT_DATE, CURRENT_DATE + 100), 'agreement 8') AS bergens \gset
DELETE FROM nir.body WHERE body = 'regress_acme';
-- the provider sees nobody before somebody is assigned, and assigns nobody itself
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('d', '0301');
SELECT nir.begin_processing('b', '4601');
SELECT nir.begin_processing('b', '0301');
SELECT count(*) AS persons FROM person;
SELECT assign(1, :engagement, 'x');
INSERT INTO assignment (person_id, unit, engagement_id, valid, basis) VALUES (1, '0301', :engagement, '[2020-01-01,2099-01-01)', 'x');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
\set ON_ERROR_ROLLBACK on
SELECT assign(7, :engagement, 'case 1');
SELECT assign(2, :engagement, 'case 1');
SELECT assign(1, :engagement, ' ');
SELECT assign(1, :bergens, 'case 1');
SELECT assign(1, -1, 'case 1');
SELECT assign(1, :engagement, 'case 1');
SELECT assign(1, :engagement, 'case 1');
SELECT assign(5, :engagement, 'case 2');
SELECT person_id, unit, valid = daterange(CURRENT_DATE, CURRENT_DATE + 100) AS as_engaged FROM assignment ORDER BY person_id;
UPDATE assignment SET valid = '[2020-01-01,2099-01-01)';
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'a teacher');
-- 5's programme in Bergen is not Oslo's
SELECT * FROM regress_seen ORDER BY person_id;
\set ON_ERROR_ROLLBACK on
SELECT training_id AS training FROM training WHERE person_id = 1 \gset
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian) VALUES (:training, 1, '030101', '[2026-03-01,2026-04-01)', 10) RETURNING norwegian, source_code, registered_by;
UPDATE training_hours SET norwegian = 11 RETURNING norwegian;
-- not about others, not in another's name, no decision, nothing that is not its task
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian) VALUES (:training, 1, '4601', '[2026-03-01,2026-04-01)', 10);
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian) SELECT :training, 2, '0301', '[2026-03-01,2026-04-01)', 10;
INSERT INTO programme_decision (intro_programme_id, person_id, unit, kind, decided_on, legal_basis) SELECT intro_programme_id, 1, '0301', 'grant', '2026-01-01', 'IL § 8' FROM intro_programme LIMIT 1;
INSERT INTO training (person_id, unit, right_category, granted_on) VALUES (1, '0301', 'right', '2026-01-01');
UPDATE person_name SET family_name = 'x';
SELECT count(*) FROM connection;
SELECT count(*) FROM complaint_case;
SELECT count(*) FROM health_consent;
SELECT find_or_connect(fnr => '01923999988', ground => 'x');
SELECT unassign(1, :engagement);
\set ON_ERROR_ROLLBACK off
COMMIT;
-- another provider, engaged by Bergen
SET SESSION AUTHORIZATION regress_b_other;
BEGIN;
\set ON_ERROR_ROLLBACK on
SELECT nir.begin_processing('b', '0301');
SELECT nir.begin_processing('b', '4601');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS assigned FROM assignment;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- one person is taken back; a special category is opened by an engagement that names it, and by no other
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT unassign(5, :engagement, CURRENT_DATE - 1) AS taken_back;
COMMIT;
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.engage('regress_acme', '0301', '0301', '{d}', 'housing', daterange(CURRENT_DATE, CURRENT_DATE + 100), 'agreement 9') AS housing \gset
SELECT nir.engage('regress_acme', '0301', '0301', '{d}', 'housing', daterange(CURRENT_DATE, CURRENT_DATE + 100), 'agreement 10', '{settlement_special}') AS special \gset
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT assign(1, :housing, 'case 3');
COMMIT;
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT array_agg(person_id) AS persons FROM person;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('d', '0301', case_ref => 'case 3');
SELECT (SELECT count(*) FROM settlement) AS settlements, (SELECT count(*) FROM health_consent) AS consents;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT assign(1, :special, 'case 3');
COMMIT;
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
SELECT nir.begin_processing('d', '0301', case_ref => 'case 3');
SELECT (SELECT count(*) FROM settlement) AS settlements, (SELECT count(*) FROM health_consent) AS consents;
ROLLBACK;
-- who leaves the municipality leaves its provider, also where a district or a number of the past connected her
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT assign(5, :engagement, 'case 2');
SELECT disconnect(1, CURRENT_DATE - 1), disconnect(5, CURRENT_DATE - 1);
SELECT count(*) FILTER (WHERE valid @> CURRENT_DATE) AS in_force, count(*) AS assigned FROM assignment;
ROLLBACK;
-- the day after its end, by the calendar: nothing, and a word why
RESET SESSION AUTHORIZATION;
UPDATE nir.engagement SET valid = daterange(CURRENT_DATE - 100, CURRENT_DATE) WHERE engagement_id = :engagement;
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
SELECT nir.begin_processing('b', '0301');
ROLLBACK;
-- on its last day it is still there; ended while a transaction is open, the next statement sees nobody
RESET SESSION AUTHORIZATION;
UPDATE nir.engagement SET valid = daterange(CURRENT_DATE - 100, CURRENT_DATE + 1) WHERE engagement_id = :engagement;
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.end_engagement(:engagement, CURRENT_DATE + 5);
SELECT nir.end_engagement(:engagement);
SELECT nir.end_engagement(-1);
SET SESSION AUTHORIZATION regress_b_acme;
PREPARE held AS SELECT count(*) AS persons FROM person;
BEGIN;
SELECT nir.begin_processing('b', '0301');
EXECUTE held;
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.end_engagement(:engagement, CURRENT_DATE - 1);
SET SESSION AUTHORIZATION regress_b_acme;
BEGIN;
SELECT nir.begin_processing('b', '0301');
ROLLBACK;
DEALLOCATE held;
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT assign(1, :engagement, 'case 1');
ROLLBACK;
-- called off before it began
SET SESSION AUTHORIZATION regress_b_admin;
SELECT nir.engage('regress_acme', '0301', '0301', '{b}', 'later', daterange(CURRENT_DATE + 5, CURRENT_DATE + 10), 'x') AS later \gset
SELECT nir.end_engagement(:later);
SELECT isempty(valid) AS called_off, ended_by FROM nir.engagement WHERE engagement_id = :later;

-- ---- R77: verification ----
SET SESSION AUTHORIZATION regress_b_hkdir;
BEGIN;
SELECT nir.begin_processing('c');
INSERT INTO test_candidate (person_id, unit, candidate_no) VALUES (1, '0301', 'K-1') RETURNING test_candidate_id AS candidate \gset
INSERT INTO test_sitting (test_candidate_id, person_id, unit, held_on) VALUES (:candidate, 1, '0301', '2026-05-05') RETURNING test_sitting_id AS sitting \gset
INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind) VALUES (:sitting, 1, '0301', 'reading') RETURNING test_part_id AS reading \gset
INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind) VALUES (:sitting, 1, '0301', 'writing') RETURNING test_part_id AS writing \gset
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, final_on, notified_on) VALUES (:reading, 1, '0301', 'reading', 'B1', '2026-06-01', '2026-05-20');
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, status) VALUES (:reading, 1, '0301', 'reading', 'A2', 'replaced');
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result) VALUES (:writing, 1, '0301', 'writing', 'A2');
COMMIT;
SET SESSION AUTHORIZATION regress_b_verifier;
SELECT * FROM verify_result('01923999988', 'reading', 'B1', '2026-05-05');
BEGIN;
SELECT nir.begin_processing('j');
SELECT * FROM verify_result('01923999988', 'reading', 'B1', '2026-05-05');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('j', case_ref => 'application 4');
\set ON_ERROR_ROLLBACK on
SELECT * FROM verify_result('01923999988', 'reading', 'B1', '2026-05-05');
-- wrong in one point, replaced, somebody without results, nobody: one answer
SELECT * FROM verify_result('01923999988', 'reading', 'B2', '2026-05-05');
SELECT * FROM verify_result('01923999988', 'writing', 'B1', '2026-05-05');
SELECT * FROM verify_result('01923999988', 'reading', 'B1', '2026-05-06');
SELECT * FROM verify_result('01923999988', 'reading', 'A2', '2026-05-05');
SELECT * FROM verify_result('29923650081', 'reading', 'B1', '2026-05-05');
SELECT * FROM verify_result('31123950057', 'reading', 'B1', '2026-05-05');
-- no claim, no answer; no browsing
SELECT * FROM verify_result('01923999988', NULL, NULL, NULL);
SELECT * FROM verify_result('01923999988', 'reading', NULL, '2026-05-05');
SELECT * FROM verify_result(NULL, 'reading', 'B1', '2026-05-05');
SELECT * FROM verify_result('01923999988', 'reading', '', '2026-05-05');
SELECT * FROM verify_result('01923999988', '%', '%', '2026-05-05');
SELECT count(*) FROM test_result;
SELECT count(*) FROM person_fnr;
SELECT has_result('01923999988');
SELECT require_verification('verifier');
SELECT find_or_connect(fnr => '01923999988', ground => 'x');
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- R78: the portal ----
SET SESSION AUTHORIZATION regress_b_portal;
SELECT * FROM has_result('01923999988');
BEGIN;
SELECT nir.begin_processing('j');
\set ON_ERROR_ROLLBACK on
SELECT * FROM has_result('01923999988');
SELECT * FROM has_result('29923650081');
SELECT * FROM has_result('31123950057');
SELECT * FROM has_result(NULL);
SELECT * FROM shared_results('01923999988', 'University of Oslo');
SELECT * FROM shared_results('01923999988', NULL);
SELECT * FROM verify_result('01923999988', 'reading', 'B1', '2026-05-05');
SELECT count(*) FROM sharing_decision;
SELECT count(*) FROM test_result;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_hkdir;
BEGIN;
SELECT nir.begin_processing('c');
\set ON_ERROR_ROLLBACK on
INSERT INTO sharing_decision (person_id, receiver, items, valid) VALUES (1, 'University of Oslo', '{reading}', daterange(CURRENT_DATE, NULL));
INSERT INTO sharing_decision (person_id, receiver, items, valid) VALUES (1, 'University of Oslo', '{everything}', daterange(CURRENT_DATE, CURRENT_DATE + 30));
INSERT INTO sharing_decision (person_id, receiver, items, valid) VALUES (1, 'University of Oslo', '{}', daterange(CURRENT_DATE, CURRENT_DATE + 30));
INSERT INTO sharing_decision (person_id, receiver, items, valid) VALUES (1, 'University of Oslo', '{reading}', daterange(CURRENT_DATE, CURRENT_DATE + 30)), (1, 'NTNU', '{reading,writing}', daterange(CURRENT_DATE - 30, CURRENT_DATE));
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_b_portal;
BEGIN;
SELECT nir.begin_processing('j');
-- what she shares with this receiver, and nothing of what she does not, or did until yesterday
SELECT * FROM shared_results('01923999988', 'University of Oslo');
SELECT * FROM shared_results('01923999988', 'NTNU');
SELECT * FROM shared_results('01923999988', 'University of Bergen');
SELECT * FROM shared_results('29923650081', 'University of Oslo');
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_hkdir;
BEGIN;
SELECT nir.begin_processing('p');
UPDATE sharing_decision SET valid = daterange(lower(valid), CURRENT_DATE) WHERE receiver = 'University of Oslo';
COMMIT;
SET SESSION AUTHORIZATION regress_b_portal;
BEGIN;
SELECT nir.begin_processing('j');
SELECT * FROM shared_results('01923999988', 'University of Oslo');
ROLLBACK;

-- ---- what functions tell is narrowed by every kind of data that they look at ----
RESET SESSION AUTHORIZATION;
UPDATE sharing_decision SET valid = daterange(lower(valid), CURRENT_DATE + 30) WHERE receiver = 'University of Oslo';
CREATE FUNCTION public.regress_told() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
	IF (nir.context()).body_kind = 'verifier' THEN
		RETURN (SELECT concat_ws(' ', matches, language) FROM regress_bodies.verify_result('01923999988', 'reading', 'B1', '2026-05-05'));
	ELSIF (nir.context()).body_kind = 'portal' THEN
		RETURN (SELECT has_result FROM regress_bodies.has_result('01923999988'))
			|| ' ' || (SELECT count(*) FROM regress_bodies.shared_results('01923999988', 'University of Oslo'));
	END IF;
	RETURN regress_bodies.find_or_connect(fnr => '01923999988', ground => 'x');
EXCEPTION WHEN no_data_found THEN
	RETURN SQLERRM;
END
$$;
SELECT string_agg(format($$
	INSERT INTO restriction (person_id, category, decision_ref) VALUES (1, %1$L, 'case 9');
	SET SESSION AUTHORIZATION %2$s;
	BEGIN;
	SELECT nir.begin_processing(%3$L, case_ref => 'case 9');
	SELECT %1$L AS restricted, public.regress_told();
	ROLLBACK;
	RESET SESSION AUTHORIZATION;
	DELETE FROM restriction;$$, kind, who, purpose), '') AS asking
FROM (VALUES ('regress_b_verifier', 'j'), ('regress_b_portal', 'j'), ('regress_b_bergen', 'b')) AS w(who, purpose),
	unnest('{hours,fnr,sitting,result,sharing}'::text[]) AS kind \gset
\t on
:asking
\t off
DROP FUNCTION public.regress_told();
-- assignments and cases of somebody who was shielded since: as of nobody
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT forward_complaint(5, '2026/20') AS forwarded;
COMMIT;
RESET SESSION AUTHORIZATION;
UPDATE assignment SET valid = daterange(CURRENT_DATE, CURRENT_DATE + 9) WHERE person_id = 5;
UPDATE person SET protection = 2 WHERE person_id = 5;
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT count(*) AS assigned FROM assignment WHERE person_id = 5;
SELECT unassign(5, :engagement, CURRENT_DATE - 1);
SELECT close_complaint('2026/20');
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_east;
BEGIN;
SELECT nir.begin_processing('n', case_ref => '2026/20');
SELECT case_subjects();
SELECT close_complaint('2026/20');
ROLLBACK;
RESET SESSION AUTHORIZATION;
UPDATE person SET protection = 0 WHERE person_id = 5;
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT unassign(5, :engagement, CURRENT_DATE - 1);
SELECT close_complaint('2026/20');
ROLLBACK;
SET SESSION AUTHORIZATION regress_b_east;
BEGIN;
SELECT nir.begin_processing('n', case_ref => '2026/20');
SELECT case_subjects();
SELECT close_complaint('2026/20');
ROLLBACK;

-- ---- R76: the immigration authorities read no table, and fetch what is their own ----
SET SESSION AUTHORIZATION regress_b_udi;
BEGIN;
SELECT nir.begin_processing('i');
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM intro_programme;
SELECT count(*) FROM test_result;
SELECT count(*) FROM person;
SELECT count(*) FROM connection;
SELECT count(*) FROM nir.transfer;
SELECT count(*) FROM nir.fetch_transfers('udi');
SELECT count(*) FROM nir.fetch_transfers('police');
SELECT disclose_d56_3(1);
SELECT find_or_connect(fnr => '01923999988', ground => 'x');
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- rules and policies: in force today, and when not, the doctor says so ----
RESET SESSION AUTHORIZATION;
SELECT count(*) AS unlike_the_rules FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
BEGIN;
INSERT INTO nir.access_rule VALUES ('grant', 'county', 'select', 'state', '{h}', daterange(CURRENT_DATE + 1, NULL), 'local');
SELECT level, count(*) FROM nir.doctor() WHERE name = 'access_changes' AND finding LIKE '%"grant"%' GROUP BY level;
SELECT count(*) AS to_come FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
UPDATE nir.access_rule SET valid = daterange(CURRENT_DATE, NULL) WHERE citation = 'local';
SELECT count(*) AS changes FROM nir.doctor() WHERE name = 'access_changes';
SELECT finding, remedy FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
SELECT count(*) > 0 AS applied FROM nir.apply_access('grant_payment');
SELECT count(*) AS begun FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
UPDATE nir.access_rule SET valid = daterange(CURRENT_DATE - 5, CURRENT_DATE) WHERE citation = 'local';
SELECT finding FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
SELECT count(*) > 0 AS applied FROM nir.apply_access('grant_payment');
SELECT count(*) AS ended FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
DROP POLICY nir_county_select ON grant_payment;
SELECT finding FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
ROLLBACK;

-- the day is Norway's, whatever the session's time zone
BEGIN;
INSERT INTO nir.access_rule VALUES ('grant', 'county', 'select', 'state', '{h}', daterange(nir.retention_today() - 3, nir.retention_today()), 'was local'),
	('grant', 'county', 'select', 'connected', '{h}', daterange(nir.retention_today() + 1, NULL), 'will be local');
SET LOCAL timezone = 'X-167';
SELECT CURRENT_DATE > nir.retention_today() AS ahead;
SELECT count(*) AS neither FROM nir.governed_relation g, nir.rules_in_force(g) r
WHERE g.relation = 'grant_payment'::regclass AND r.citation ~ 'local';
SET LOCAL timezone = 'X+167';
SELECT CURRENT_DATE < nir.retention_today() AS behind;
SELECT count(*) AS neither FROM nir.governed_relation g, nir.rules_in_force(g) r
WHERE g.relation = 'grant_payment'::regclass AND r.citation ~ 'local';
ROLLBACK;

-- a rule that has ended is refused on its day, before anybody makes policies anew
BEGIN;
UPDATE nir.access_rule SET valid = daterange(lower(valid), nir.retention_today() + 1)
WHERE (category, body_kind, verb) = ('decision', 'municipality', 'select');
-- one that goes on where another ends has no end; one that loses a purpose has
UPDATE nir.access_rule SET valid = daterange(lower(valid), nir.retention_today() + 2)
WHERE (category, body_kind, verb) = ('grant', 'municipality', 'select');
INSERT INTO nir.access_rule VALUES ('grant', 'municipality', 'select', 'own', '{e,h,k,p,q}', daterange(nir.retention_today() + 2, nir.retention_today() + 9), 'local'),
	('grant', 'municipality', 'select', 'own', '{e,h,p}', daterange(nir.retention_today() + 9, NULL), 'local too');
SELECT count(*) > 0 AS applied FROM nir.apply_access('programme_decision');
SELECT count(*) > 0 AS applied FROM nir.apply_access('grant_payment');
SELECT relation, verb, ends_on - nir.retention_today() AS ends_in FROM nir.relation_access
WHERE relation IN ('programme_decision'::regclass, 'grant_payment'::regclass) AND body_kind = 'municipality' ORDER BY 1, 2;
SELECT count(*) AS unlike_the_rules FROM nir.doctor() WHERE name = 'access_stale' AND finding LIKE '%regress_bodies.%';
SET LOCAL SESSION AUTHORIZATION regress_b_oslo;
SELECT nir.begin_processing('b', '0301');
SELECT count(*) >= 0 AS on_its_last_day FROM programme_decision;
RESET SESSION AUTHORIZATION;
-- the day comes
UPDATE nir.relation_access SET ends_on = nir.retention_today()
WHERE relation = 'programme_decision'::regclass AND (body_kind, verb) = ('municipality', 'select');
SET LOCAL SESSION AUTHORIZATION regress_b_oslo;
SELECT nir.begin_processing('b', '0301');
SET LOCAL timezone = 'X+167';
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM programme_decision;
UPDATE programme_decision SET reason = 'x';
SELECT count(*) >= 0 AS others_go_on FROM intro_programme;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- nor by another scope, since policies join both
BEGIN;
INSERT INTO nir.access_rule VALUES ('decision', 'municipality', 'select', 'own', '{b}', daterange(nir.retention_today() - 9, nir.retention_today() + 1), 'local');
SELECT count(*) > 0 AS applied FROM nir.apply_access('programme_decision');
UPDATE nir.relation_access SET ends_on = nir.retention_today() WHERE relation = 'programme_decision'::regclass AND ends_on IS NOT NULL;
SET LOCAL SESSION AUTHORIZATION regress_b_oslo;
SELECT nir.begin_processing('b', '0301');
SELECT count(*) FROM programme_decision;
ROLLBACK;

-- ---- a vendor's own tables: rules that nothing can fill are left out, and a name without a period stays hidden ----
CREATE SCHEMA regress_vendor;
CREATE TABLE regress_vendor.connection (person_id bigint, unit nir.unit, kind text, valid daterange);
CREATE TABLE regress_vendor.name (person_id bigint, name nir.tagged_text(b));
CREATE TABLE regress_vendor.dated (person_id bigint, unit nir.unit, day date, note nir.tagged_text(b));
SELECT count(*) > 0 FROM nir.govern('regress_vendor.connection', 'connection', 'unit', 'person_id');
SELECT count(*) > 0 FROM nir.govern('regress_vendor.name', 'name', subject => 'person_id');
SELECT nir.govern('regress_vendor.dated', 'programme', 'unit', 'person_id', period => 'unit');
INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('regress_dated', 'x', '{b}', 'local', 'x');
INSERT INTO nir.access_rule VALUES ('regress_dated', 'municipality', 'select', 'connected_own_period', '{b}', '[,)', 'x');
SELECT count(*) > 0 FROM nir.govern('regress_vendor.dated', 'regress_dated', 'unit', 'person_id', period => 'day');
SELECT DISTINCT relation, body_kind, scope FROM nir.relation_access
WHERE relation::text LIKE 'regress_vendor.%' AND (scope IN ('subject', 'engaged') OR body_kind IN ('provider', 'state_governor')) ORDER BY 1, 2, 3;
GRANT USAGE ON SCHEMA regress_vendor TO PUBLIC;
INSERT INTO regress_vendor.connection VALUES (1, '0301', 'x', '[2022-01-01,2023-01-01)'), (2, '0301', 'x', '[2022-01-01,)');
INSERT INTO regress_vendor.name VALUES (1, 'gone'), (2, 'here');
INSERT INTO regress_vendor.dated VALUES (1, '0301', '2022-05-01', 'while connected'), (1, '0301', '2024-05-01', 'after'),
	(2, '0301', '2021-05-01', 'before'), (2, '0301', '2024-05-01', 'since'), (2, '4601', '2024-05-01', 'elsewhere');
SET SESSION AUTHORIZATION regress_b_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT name FROM regress_vendor.name;
SELECT note FROM regress_vendor.dated ORDER BY person_id, day;
ROLLBACK;

-- ---- away ----
RESET SESSION AUTHORIZATION;
RESET search_path;
SET client_min_messages = warning;
DROP VIEW public.regress_seen;
DROP TABLE regress_vendor.name, regress_vendor.dated, regress_vendor.connection;
DO $$
BEGIN
	EXECUTE (SELECT format('DROP TABLE %s CASCADE', string_agg(c.oid::regclass::text, ', ')) FROM pg_class AS c
		WHERE c.relnamespace = 'regress_bodies'::regnamespace AND c.relkind = 'r');
END
$$;
DROP SCHEMA regress_bodies CASCADE;
DROP SCHEMA regress_vendor;
DELETE FROM nir.access_rule WHERE category = 'regress_dated';
DELETE FROM nir.category WHERE code = 'regress_dated';
DELETE FROM nir.engagement WHERE provider LIKE 'regress_%';
SELECT sum(nir.unbind_role(r.oid)) AS unbound FROM pg_roles AS r WHERE r.rolname LIKE 'regress\_b\_%' AND r.rolname <> 'regress_b_admin';
DELETE FROM nir.body WHERE body LIKE 'regress_%';
DROP ROLE regress_b_oslo, regress_b_district, regress_b_bergen, regress_b_halden, regress_b_alesund, regress_b_haram,
	regress_b_county, regress_b_east, regress_b_west, regress_b_narrow, regress_b_acme, regress_b_other,
	regress_b_verifier, regress_b_portal, regress_b_udi, regress_b_hkdir, regress_b_two, regress_b_admin;
