-- The register: making it, its shape, what its constraints and functions
-- refuse, and what each body sees of it.
-- covers: R20 R21 R23 R33 R34 R37 R71 R72 R73 R84 R85 R86 R100 R106 R114 R115
-- covers: R220 R229 R230 R272 R290
-- covers: IF § 46 (1) a; IF § 46 (1) b; IF § 46 (1) f; IF § 46 (1) g; IF § 46 (1) i
-- covers: IF § 51 (1) a; IF § 51 (1) c; IF § 52 a; IF § 53 a; IF § 53 g; IF § 53 h
-- covers: IF § 54 a; IF § 54 b; IF § 54 c; IF § 54 d; IF § 54 e; IF § 54 f
-- covers: IF § 54 h; IF § 54 j; IF § 54 k; IF § 55 a; IF § 55 b; IF § 55 c; IF § 55 d; IF § 55 e
SET datestyle = ISO;
SET timezone = 'Europe/Oslo';
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_r_oslo, regress_r_bergen, regress_r_hkdir, regress_r_imdi, regress_r_county;
CREATE ROLE regress_r_oslo LOGIN;
CREATE ROLE regress_r_bergen LOGIN;
CREATE ROLE regress_r_hkdir LOGIN;
CREATE ROLE regress_r_imdi LOGIN;
CREATE ROLE regress_r_county LOGIN;
SELECT nir.bind_role('regress_r_oslo', '0301', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_r_bergen', '4601', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_r_hkdir', 'hkdir', purposes => '{c}');
SELECT nir.bind_role('regress_r_imdi', 'imdi', purposes => '{b,d,e}');
SELECT nir.bind_role('regress_r_county', '46', purposes => '{b}');
RESET client_min_messages;

-- ---- what is no register ----
SELECT nir.create_register('regress_register', '{core,nonsense}');
SELECT nir.create_register('regress_register', NULL);
SELECT nir.create_register('regress_register', '{NULL}');
SELECT nir.create_register('public');
SELECT nir.create_register('Mine');
SELECT nir.create_register('a"b; DROP SCHEMA nir');
SELECT nir.create_register('nir');
SELECT nir.create_register('pg_mine');
SELECT nir.create_register(NULL);
SET SESSION AUTHORIZATION regress_r_oslo;
SELECT nir.create_register('regress_register');
RESET SESSION AUTHORIZATION;
SELECT count(*) AS made FROM pg_namespace WHERE nspname = 'regress_register';

-- ---- a part alone, and in a schema whose name is a key word ----
BEGIN;
SELECT nir.create_register('select', '{tests}');
SELECT count(*) AS tables FROM pg_tables WHERE schemaname = 'select';
SELECT to_regclass('"select".test_result') IS NOT NULL AS tests, to_regclass('"select".settlement') IS NOT NULL AS settlement;
ROLLBACK;

-- ---- the whole ----
SELECT nir.create_register('regress_register');
-- again: refused, and what is there stays
SELECT nir.create_register('regress_register');
SELECT g.relation, g.category, g.unit_column, g.subject_column, g.fresh_column
FROM nir.governed_relation AS g JOIN pg_class AS c ON c.oid = g.relation
WHERE c.relnamespace = 'regress_register'::regnamespace ORDER BY g.relation::text;
-- ordinary tables of nir_owner with row-level security that binds it too
SELECT c.relname, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity
FROM pg_class AS c LEFT JOIN nir.governed_relation AS g ON g.relation = c.oid
WHERE c.relnamespace = 'regress_register'::regnamespace AND c.relkind = 'r'
	AND (c.relowner <> 'nir_owner'::regrole OR g.relation IS NOT NULL AND NOT (c.relrowsecurity AND c.relforcerowsecurity))
ORDER BY c.relname;
SELECT count(*) AS extension_members
FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid
WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e' AND c.relnamespace = 'regress_register'::regnamespace;
-- one table, one purpose set: each tagged column's is its category's
SELECT gc.relation, gc.column_name, gc.purposes, g.purposes
FROM nir.governed_column AS gc JOIN nir.governed_relation AS g USING (relation)
JOIN pg_class AS c ON c.oid = g.relation
WHERE c.relnamespace = 'regress_register'::regnamespace AND gc.purposes <> g.purposes
ORDER BY gc.relation::text, gc.column_name;
-- lint and doctor have nothing to say of it
SELECT level, name, object, finding FROM nir.lint() WHERE object LIKE 'regress_register.%' ORDER BY 1, 2, 3;
-- every item_column that a part promises is there
SELECT ic.item_id, ic.table_name, ic.column_name FROM nir.item_column AS ic
WHERE NOT EXISTS (SELECT FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
	WHERE c.relnamespace = 'regress_register'::regnamespace AND c.relname = ic.table_name AND a.attname = ic.column_name)
ORDER BY 1, 2, 3;
-- everything says what it is
SELECT c.relname, a.attname
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'regress_register'::regnamespace AND c.relkind = 'r'
	AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)
ORDER BY c.relname, a.attname;
SELECT p.proname FROM pg_proc AS p
WHERE p.pronamespace = 'regress_register'::regnamespace AND obj_description(p.oid) IS NULL;
-- PUBLIC has nothing; definer functions have a fixed search_path
SELECT 'schema' AS what, n.nspname AS name FROM pg_namespace AS n CROSS JOIN LATERAL aclexplode(n.nspacl) AS a
WHERE n.nspname = 'regress_register' AND a.grantee = 0
UNION ALL
SELECT 'table', c.relname FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a
WHERE c.relnamespace = 'regress_register'::regnamespace AND a.grantee = 0
UNION ALL
SELECT 'function', p.proname FROM pg_proc AS p
CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
WHERE p.pronamespace = 'regress_register'::regnamespace AND a.grantee = 0
UNION ALL
SELECT 'search_path', p.proname FROM pg_proc AS p
WHERE p.pronamespace = 'regress_register'::regnamespace
	AND p.proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}';
SELECT p.proname, p.prosecdef, p.proowner::regrole FROM pg_proc AS p
WHERE p.pronamespace = 'regress_register'::regnamespace ORDER BY p.proname;
-- who may do what, as the law data has it
SELECT count(*) AS wrong
FROM nir.governed_relation AS g
JOIN pg_class AS c ON c.oid = g.relation AND c.relnamespace = 'regress_register'::regnamespace
CROSS JOIN (SELECT * FROM nir.body_kind WHERE active) AS k
CROSS JOIN (VALUES ('select'), ('insert'), ('update'), ('delete')) AS v(verb)
WHERE has_table_privilege(k.group_role, g.relation, v.verb) <> EXISTS (
	SELECT FROM nir.access_rule AS r WHERE r.category = g.category AND r.body_kind = k.code AND r.verb = v.verb);

-- the coverage is made from the comments and the tables
SELECT kind, reference, carried, objects FROM nir.law_coverage
WHERE reference IN ('IF § 46 (1) g', 'IF § 51 (2) d', 'RC4', 'R20', 'IL § 43')
ORDER BY kind, reference;
SELECT reference, tests FROM nir.law_coverage WHERE reference = 'IF § 55 d';

-- ---- Oslo registers a participant in plain SQL ----
SET SESSION AUTHORIZATION regress_r_oslo;
SET search_path = regress_register, public;
INSERT INTO person (birth_date) VALUES ('1990-02-03');
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case.worker');
INSERT INTO person (birth_date, sex_code, origin_country, unaccompanied_minor)
VALUES ('1990-02-03', '2', 'SOM', false) RETURNING person_id AS first \gset
-- in which transaction is not for the registrar to say: a later one of another would see the row
SAVEPOINT s;
INSERT INTO person (birth_date, registered_in) VALUES ('1990-02-03', '00000000-0000-0000-0000-000000000000') RETURNING registered_in = nir.transaction_token() AS made_now;
UPDATE person SET registered_in = '00000000-0000-0000-0000-000000000000' WHERE person_id = :first RETURNING registered_in = nir.transaction_token() AS made_now;
ROLLBACK TO s;
INSERT INTO person_name (person_id, given_name, family_name) VALUES (:first, 'Testa', 'Prøve');
INSERT INTO person_fnr (person_id, fnr) VALUES (:first, '01923999988');
INSERT INTO person_duf (person_id, duf) VALUES (:first, '201017238203');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on)
VALUES (:first, '0301', 'right_and_duty', '2026-02-01') RETURNING intro_programme_id AS programme \gset
INSERT INTO programme_decision (intro_programme_id, person_id, unit, kind, decided_on, legal_basis)
VALUES (:programme, :first, '0301', 'grant', '2026-02-15', 'IL § 8')
RETURNING registered_by, decided_by, source_code, legal_basis;
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on)
VALUES (:programme, :first, '0301', '2026-03-01');
INSERT INTO training (person_id, unit, right_category, granted_on, started_on)
VALUES (:first, '0301', 'right_and_duty', '2026-02-15', '2026-03-01') RETURNING training_id AS training \gset
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian, society, module)
VALUES (:training, :first, '0301', '[2026-03-01,2026-04-01)', 62.5, 10, '1');
SELECT p.birth_date, n.given_name, n.family_name, f.fnr, d.duf
FROM person AS p JOIN person_name AS n USING (person_id) JOIN person_fnr AS f USING (person_id)
JOIN person_duf AS d USING (person_id);
SELECT kind, unit, basis, registered_by FROM connection;
SELECT sum(norwegian) AS norwegian, sum(society) AS society FROM training_hours;
COMMIT;

-- the same by function; the second connection has its own ground
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case.worker');
SELECT register_person('1985-07-08', '1', 'Annen', 'Prøve', fnr => '29923650081',
	kind => 'settled', ground => 'case 12') AS second \gset
SELECT kind, basis FROM connection WHERE person_id = :second ORDER BY connection_id;
-- what the register does not take
\set ON_ERROR_ROLLBACK on
INSERT INTO person_fnr (person_id, fnr) VALUES (:second, '01923999988');
INSERT INTO person_fnr (person_id, fnr) VALUES (:second, '01923999989');
INSERT INTO person (birth_date, sex_code) VALUES ('1990-01-01', 'x');
INSERT INTO person (birth_date, origin_country) VALUES ('1990-01-01', 'ZZZ');
INSERT INTO person (birth_date, source_code) VALUES ('1990-01-01', 'social_media');
INSERT INTO person_name (person_id, given_name, family_name) VALUES (:second, 'To', 'Navn');
INSERT INTO intro_programme (person_id, unit, right_category) VALUES (:second, '0301', 'right');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '0301', 'may', '2026-01-01');
-- another's unit, a unit of the past, a district without administration, none at all
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '4601', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '0101', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '030117', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '9999', 'right', '2026-01-01');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:second, '030101', 'right', '2026-01-01') RETURNING unit;
-- a fact of another person's programme
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on) VALUES (:programme, :second, '0301', '2026-03-01');
-- overlapping and backward periods, an end without its kind
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on) VALUES (:programme, :first, '0301', '2026-05-01');
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on, stopped_on, stop_kind)
VALUES (:programme, :first, '0301', '2025-05-01', '2025-04-01', 'permanent');
UPDATE programme_period SET stopped_on = '2026-06-01';
UPDATE programme_period SET stopped_on = '2026-06-01', stop_kind = 'temporary', end_reason = 'work';
-- a refusal without reasons, a decision by a machine
INSERT INTO programme_decision (intro_programme_id, person_id, unit, kind, decided_on, legal_basis)
VALUES (:programme, :first, '0301', 'refusal', '2026-02-15', 'IL § 8');
INSERT INTO programme_decision (intro_programme_id, person_id, unit, kind, decided_on, legal_basis, automated)
VALUES (:programme, :first, '0301', 'grant', '2026-02-15', 'IL § 8', true);
-- hours that cannot be, a module before there were any, a county too early
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian) VALUES (:training, :first, '0301', '[2026-03-01,2026-04-01)', -1);
INSERT INTO training_hours (training_id, person_id, unit, period) VALUES (:training, :first, '0301', '[2026-03-01,2026-04-01)');
INSERT INTO training_hours (training_id, person_id, unit, period, society, module)
VALUES (:training, :first, '0301', '[2021-12-01,2022-01-01)', 5, '1');
INSERT INTO training (person_id, unit, right_category, granted_on, provider_kind) VALUES (:second, '0301', 'right', '2023-07-31', 'county');
-- who registered it and when is the database's word, and rows keep their person and unit
INSERT INTO person (birth_date, registered_by, registered_at) VALUES ('1990-01-01', 'another', '2000-01-01')
RETURNING registered_by, registered_at = now() AS now;
UPDATE person_name SET person_id = :second WHERE person_id = :first;
UPDATE person_name SET registered_by = 'another' WHERE person_id = :first;
UPDATE programme_period SET unit = '030101';
-- what is not a municipality's to write or to delete
INSERT INTO residence_permit (person_id, applied_on) VALUES (:first, '2026-01-01');
INSERT INTO grant_payment (person_id, unit, paid_on, grant_kind, rate, amount) VALUES (:first, '0301', '2026-06-01', 'integration_1', 1, 1);
INSERT INTO connection (person_id, unit, kind, basis) VALUES (:first, '0301', 'settled', 'x');
DELETE FROM programme_period;
ROLLBACK;
\set ON_ERROR_ROLLBACK off

-- ---- Bergen sees nothing of her until it knows her number and a ground ----
SET SESSION AUTHORIZATION regress_r_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'other.worker');
\set ON_ERROR_ROLLBACK on
SELECT count(*) AS persons FROM person;
SELECT count(*) AS programmes FROM intro_programme;
SELECT count(*) AS connections FROM connection;
INSERT INTO person_name (person_id, given_name, family_name) VALUES (:first, 'x', 'x');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:first, '4601', 'right', '2026-01-01');
-- the same words for a person of another and for one who does not exist
SELECT connect(:first, 'settled', 'x');
SELECT connect(-1, 'settled', 'x');
SELECT disconnect(:first, CURRENT_DATE);
SELECT require_connection(:first);
SELECT find_or_connect();
SELECT find_or_connect(fnr => '01923999988', duf => '201017238203', ground => 'case 3');
SELECT find_or_connect(fnr => '01923999988');
SELECT find_or_connect(fnr => '01923999988', ground => ' ');
SELECT find_or_connect(fnr => '31073999947', ground => 'case 3');
SELECT find_or_connect(fnr => 'nonsense', ground => 'case 3');
SELECT find_or_connect(fnr => '01923999988', ground => 'case 3') = :first AS found;
SELECT find_or_connect(duf => '201017238203', ground => 'case 3') = :first AS found;
SELECT count(*) AS persons FROM person;
SELECT unit, right_category FROM intro_programme;
-- what Oslo wrote is read, not changed
UPDATE intro_programme SET claimed_on = '2026-01-01';
SELECT kind, unit, basis FROM connection ORDER BY connection_id;
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:first, '4601', 'right', '2026-10-01') RETURNING unit;
SELECT disconnect(:first, CURRENT_DATE + 1);
SELECT disconnect(:first, CURRENT_DATE) AS ended;
SELECT disconnect(:first, CURRENT_DATE);
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- a county reads of those it guides, and writes nothing of the programme ----
SET SESSION AUTHORIZATION regress_r_county;
BEGIN;
SELECT nir.begin_processing('b', '46', 'adviser');
\set ON_ERROR_ROLLBACK on
SELECT count(*) AS persons FROM person;
SELECT find_or_connect(fnr => '01923999988', ground => 'guidance 4') = :first AS found;
SELECT kind, unit FROM connection;
SELECT count(*) AS programmes FROM intro_programme;
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:first, '46', 'right', '2026-01-01');
SELECT register_person('1990-01-01');
\set ON_ERROR_ROLLBACK off
ROLLBACK;

-- ---- IMDi settles, permits and pays; it never sees answers ----
SET SESSION AUTHORIZATION regress_r_imdi;
BEGIN;
SELECT nir.begin_processing('d', NULL, 'adviser');
\set ON_ERROR_ROLLBACK on
INSERT INTO residence_permit (person_id, applied_on, decided_on, outcome_code, ground_code, valid, duration_months, source_code)
VALUES (:first, '2025-01-01', '2025-06-01', 'granted', 'refuge', '[2025-06-01,2030-06-01)', 60, 'udi') RETURNING duration_months;
INSERT INTO residence_permit (person_id, decided_on, outcome_code, valid) VALUES (:first, '2026-06-01', 'granted', '[2026-06-01,2028-06-01)');
INSERT INTO residence_permit (person_id, decided_on, outcome_code, valid, overlap_accepted) VALUES (:first, '2026-06-01', 'granted', '[2026-06-01,2028-06-01)', true);
INSERT INTO residence_permit (person_id, decided_on, outcome_code, valid) VALUES (:first, '2026-06-01', 'refused', '[2036-06-01,2038-06-01)');
INSERT INTO settlement (person_id, unit, case_opened_on, requested_unit, settled_on, settled_unit, process_note)
VALUES (:first, '0301', '2025-08-01', '0301', '2026-01-20', '0301', 'a note') RETURNING settlement_id AS settlement \gset
INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit) VALUES (:first, '0301', '2025-08-01', CURRENT_DATE + 1, '0301');
INSERT INTO settlement (person_id, unit, case_opened_on, settled_on) VALUES (:first, '0301', '2025-08-01', '2026-01-20');
INSERT INTO settlement (person_id, unit, case_opened_on, process_note) VALUES (:first, '0301', '2025-08-01', repeat('x', 1001));
INSERT INTO settlement_wish (settlement_id, person_id, unit, wished_unit) VALUES (:settlement, :first, '0301', '0301') RETURNING wished_unit;
INSERT INTO settlement_wish (settlement_id, person_id, unit, rank) VALUES (:settlement, :first, '0301', 2);
INSERT INTO connection (person_id, unit, kind, basis) VALUES (:first, '1103', 'settlement_request', 'case 8') RETURNING unit;
INSERT INTO person (birth_date, protection) VALUES ('1990-01-01', 4);
SELECT * FROM test_answer;
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:first, '0301', 'right', '2026-01-01');
\set ON_ERROR_ROLLBACK off
COMMIT;
BEGIN;
SELECT nir.begin_processing('e', NULL, 'payer');
INSERT INTO grant_payment (person_id, unit, recipient_orgnr, paid_on, grant_kind, rate, amount)
VALUES (:first, '0301', '974760673', '2026-06-01', 'integration_1', 265000, 265000) RETURNING rate, amount, recipient_orgnr;
COMMIT;

-- ---- HK-dir: the tests, and nothing else ----
SET SESSION AUTHORIZATION regress_r_hkdir;
BEGIN;
SELECT nir.begin_processing('c', NULL, 'examiner');
\set ON_ERROR_ROLLBACK on
INSERT INTO test_candidate (person_id, unit, candidate_no, paid, assumed_reading, assumed_listening)
VALUES (:first, '0301', 'K-1', true, 'A2', 'B1') RETURNING test_candidate_id AS candidate \gset
INSERT INTO test_candidate (person_id, unit, candidate_no, assumed_reading) VALUES (:first, '0301', 'K-2', 'C9');
INSERT INTO test_background (test_candidate_id, person_id, unit, mother_tongue, after_training, school_years)
VALUES (:candidate, :first, '0301', 'som', true, 9) RETURNING school_years;
INSERT INTO test_sitting (test_candidate_id, person_id, unit, held_on, place)
VALUES (:candidate, :first, '0301', '2026-05-05', 'Oslo') RETURNING test_sitting_id AS sitting \gset
INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind, norwegian_form)
VALUES (:sitting, :first, '0301', 'reading', 'bokmaal') RETURNING test_part_id AS reading \gset
INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind)
VALUES (:sitting, :first, '0301', 'writing') RETURNING test_part_id AS writing \gset
INSERT INTO test_answer (test_part_id, person_id, unit, answer) VALUES (:reading, :first, '0301', 'an answer') RETURNING answer;
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, automated)
VALUES (:reading, :first, '0301', 'reading', 'B1', true) RETURNING result;
-- a second current result, a scale that is another's, a machine where people judge
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result) VALUES (:reading, :first, '0301', 'reading', 'B2');
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, status) VALUES (:reading, :first, '0301', 'reading', 'passed', 'replaced');
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, automated) VALUES (:writing, :first, '0301', 'writing', 'B1', true);
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, automated) VALUES (:writing, :first, '0301', 'reading', 'B1', true);
SELECT count(*) FROM settlement;
SELECT count(*) FROM intro_programme;
SELECT count(*) FROM person_duf;
\set ON_ERROR_ROLLBACK off
COMMIT;

-- ---- Oslo: the result for qualification, not the answers; the settlement for settlement ----
SET SESSION AUTHORIZATION regress_r_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case.worker');
\set ON_ERROR_ROLLBACK on
SELECT s.held_on, p.part_kind, r.result
FROM test_result AS r JOIN test_part AS p USING (test_part_id, person_id) JOIN test_sitting AS s USING (test_sitting_id, person_id);
SELECT count(*) FROM test_answer;
SELECT count(*) FROM test_candidate;
SELECT count(*) FROM grant_payment;
SELECT count(*) FROM settlement_wish;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('c', '0301', 'case.worker');
\set ON_ERROR_ROLLBACK on
SELECT process_note FROM settlement;
SELECT count(*) FROM settlement;
SELECT candidate_no FROM test_candidate;
SELECT count(*) FROM test_result;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('e', '0301', 'case.worker');
SELECT paid_on, grant_kind, rate, amount FROM grant_payment;
-- nobody is looked for to pay a grant
SELECT find_or_connect(fnr => '01923999988', ground => 'case 3');
ROLLBACK;
SELECT find_or_connect(fnr => '01923999988', ground => 'case 3');

-- ---- the day is Norway's: the session's time zone moves neither validity nor what is to come ----
SET timezone = 'X-167';
BEGIN;
SELECT nir.begin_processing('d', '0301', 'case.worker');
\set ON_ERROR_ROLLBACK on
SELECT CURRENT_DATE > nir.retention_today() AS ahead;
SELECT register_person('1990-01-01', '2', 'Day', 'Prøve') AS dated \gset
SELECT lower(c.valid) = nir.retention_today() AS connected_today, lower(n.valid) = nir.retention_today() AS named_today
FROM connection AS c JOIN person_name AS n USING (person_id) WHERE person_id = :dated;
INSERT INTO settlement (person_id, unit, case_opened_on) VALUES (:dated, '0301', '2025-08-01') RETURNING available_on = nir.retention_today() AS today;
UPDATE settlement SET settled_on = CURRENT_DATE, settled_unit = '0301' WHERE person_id = :dated;
SELECT hand_over(:dated, '4601', CURRENT_DATE, 'case 1');
SELECT disconnect(:dated, CURRENT_DATE);
SET LOCAL timezone = 'X+167';
SELECT CURRENT_DATE < nir.retention_today() AS behind;
SELECT register_person('1990-01-01', '2', 'Day', 'Prøve') AS dated \gset
SELECT lower(valid) = nir.retention_today() AS connected_today FROM connection WHERE person_id = :dated;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
RESET SESSION AUTHORIZATION;
SELECT count(*) AS of_the_session FROM (
	SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef AS d JOIN pg_class AS c ON c.oid = d.adrelid WHERE c.relnamespace IN ('regress_register'::regnamespace, 'nir'::regnamespace)
	UNION ALL SELECT pg_get_constraintdef(k.oid) FROM pg_constraint AS k WHERE k.connamespace IN ('regress_register'::regnamespace, 'nir'::regnamespace)
	UNION ALL SELECT pg_get_viewdef(c.oid) FROM pg_class AS c WHERE c.relkind = 'v' AND c.relnamespace IN ('regress_register'::regnamespace, 'nir'::regnamespace)
	UNION ALL SELECT regexp_replace(p.prosrc, '--[^\n]*', '', 'g') FROM pg_proc AS p WHERE p.pronamespace IN ('regress_register'::regnamespace, 'nir'::regnamespace) AND p.proname <> 'register_sql') AS t(text)
WHERE text ~* '\mcurrent_date\M';

-- ---- away ----
RESET SESSION AUTHORIZATION;
RESET search_path;
SELECT nir.unbind_role(r) FROM (VALUES ('regress_r_oslo'::regrole), ('regress_r_bergen'), ('regress_r_hkdir'), ('regress_r_imdi'), ('regress_r_county')) AS t(r);
DROP ROLE regress_r_oslo, regress_r_bergen, regress_r_hkdir, regress_r_imdi, regress_r_county;
