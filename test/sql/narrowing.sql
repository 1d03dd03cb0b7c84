-- Narrowing: shielded persons, restriction of processing, reservations against
-- research.  Rows are not there, without a word, and come back; every way
-- round that is known is tried.
-- covers: R36 R39 R197 R210 R211 R212 R213 R214 R254
-- covers: IF § 46 (1) k
SET datestyle = ISO;
SET timezone = 'Europe/Oslo';
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_n_oslo, regress_n_bergen, regress_n_imdi, regress_n_hkdir, regress_n_desk, regress_n_own, regress_n_both;
CREATE ROLE regress_n_oslo LOGIN;
CREATE ROLE regress_n_bergen LOGIN;
CREATE ROLE regress_n_imdi LOGIN;
CREATE ROLE regress_n_hkdir LOGIN;
CREATE ROLE regress_n_desk LOGIN;
CREATE ROLE regress_n_own LOGIN;
CREATE ROLE regress_n_both LOGIN;
SELECT nir.bind_role('regress_n_oslo', '0301', purposes => '{b,c,d,e,h,k,p,q}');
SELECT nir.bind_role('regress_n_bergen', '4601', purposes => '{b,d}');
SELECT nir.bind_role('regress_n_imdi', 'imdi', purposes => '{b,d,g,h,i,p,q}');
SELECT nir.bind_role('regress_n_hkdir', 'hkdir', purposes => '{c,j,p}');
SELECT nir.bind_role('regress_n_desk', '0301', purposes => '{b,d}', actors => 'granted');
SELECT nir.bind_role('regress_n_own', '0301', purposes => '{b,d}');
SELECT nir.bind_role('regress_n_both', '4601', purposes => '{b}');
SELECT nir.bind_role('regress_n_both', 'imdi', purposes => '{b}');
SELECT nir.grant_actor('anna', '0301', '{b,d}', functions => '{shielded}');
SELECT nir.grant_actor('berit', '0301', '{b,d}');
SELECT nir.create_register('regress_narrow');
GRANT USAGE ON SCHEMA regress_narrow TO regress_n_own;
CREATE SCHEMA regress_n_work AUTHORIZATION regress_n_own;
RESET client_min_messages;
-- the law, and the tables that say who
SELECT kind, purposes, identifying, function, valid FROM nir.narrowing ORDER BY kind;
SELECT relation, kind, root, subject_column, category_column, valid_column, grade_column, at_least FROM nir.narrowing_source
WHERE root = 'regress_narrow.person'::regclass ORDER BY 1;
-- every relation about a person asks; what retention works on does not
SELECT c.relname, count(*) FILTER (WHERE pg_get_expr(p.polqual, p.polrelid) ~ 'subject_is_open') AS asking,
	count(*) FILTER (WHERE p.polwithcheck IS NOT NULL AND pg_get_expr(p.polwithcheck, p.polrelid) !~ 'subject_is_open') AS unchecked
FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
WHERE c.relnamespace = 'regress_narrow'::regnamespace AND p.polname <> 'nir_owner_functions' AND p.polroles <> ARRAY['nir_retention'::regrole]::oid[]
GROUP BY c.relname HAVING count(*) FILTER (WHERE coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'subject_is_open') > 0;
SELECT count(*) AS retention_asks FROM pg_policy AS p WHERE p.polroles = ARRAY['nir_retention'::regrole]::oid[] AND pg_get_expr(p.polqual, p.polrelid) ~ 'subject_is_open';
SELECT name, object, finding FROM nir.lint() WHERE object LIKE 'regress\_n%' ORDER BY 1, 2;

-- ---- 200 persons in Oslo ----
SET SESSION AUTHORIZATION regress_n_oslo;
SET search_path = regress_narrow, public;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT min(p) AS first, max(p) AS last, min(p) + 100 AS her, min(p) + 101 AS him FROM (
	SELECT register_person('1990-02-03', '2', 'Name' || i, 'Prøve') AS p FROM generate_series(1, 200) AS i) AS made \gset
INSERT INTO person_duf (person_id, duf) VALUES (:her, '201017238203');
INSERT INTO intro_programme (person_id, unit, right_category, offered_on)
SELECT p, '0301', 'right', '2026-02-01' FROM generate_series(:first, :last) AS p;
COMMIT;
SET SESSION AUTHORIZATION regress_n_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
SELECT find_or_connect(duf => '201017238203', ground => 'case 1') = :her AS found;
COMMIT;

-- ---- nobody is, yet: long queries do not ask ----
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
-- and whoever asks all the same is not told so
\set ON_ERROR_ROLLBACK on
SELECT count(*) FROM person AS a CROSS JOIN person AS b WHERE nir.subject_is_open('person', a.person_id + 1, 'person');
\set ON_ERROR_ROLLBACK off
-- an open cursor stops showing her, also where a condition or a column looks at her from another's row
DECLARE c CURSOR FOR SELECT p.person_id - :first AS place FROM person AS p
WHERE (SELECT count(*) FROM person_name AS n WHERE n.person_id = p.person_id + 1) = 1;
DECLARE d CURSOR FOR SELECT p.person_id - :first AS place, (SELECT count(*) FROM person_name AS n WHERE n.person_id = p.person_id + 1) AS names FROM person AS p
WHERE EXISTS (SELECT FROM connection AS o WHERE o.person_id = p.person_id OFFSET 0);
FETCH 3 FROM c;
FETCH 3 FROM d;
SAVEPOINT s;
UPDATE person SET protection = 2 WHERE person_id = :first + 5;
FETCH 3 FROM c;
FETCH 3 FROM d;
ROLLBACK TO s;
FETCH 1 FROM c;
FETCH 1 FROM d;
ROLLBACK;
-- of two bodies the one that is declared alone counts
SET SESSION AUTHORIZATION regress_n_both;
BEGIN;
SELECT nir.begin_processing('b', '4601', body => '4601');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS names FROM person_name;
SELECT count(*) AS connections FROM connection AS a CROSS JOIN connection AS b;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', body => 'imdi');
SELECT count(*) AS persons FROM person;
ROLLBACK;

-- ---- shielded ----
RESET SESSION AUTHORIZATION;
UPDATE person SET protection = 1 WHERE person_id = :him;
UPDATE person SET protection = 2 WHERE person_id = :her;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
-- 199 rows and no error: lists, counts, joins, searches
SELECT count(*) AS persons FROM person;
SELECT count(*) AS names FROM person_name;
SELECT count(*) AS connections FROM connection;
SELECT count(*) AS programmes FROM intro_programme;
SELECT count(*) AS joined FROM person JOIN person_name USING (person_id) JOIN intro_programme USING (person_id);
SELECT count(*) AS found FROM person_name WHERE given_name = 'Name101';
SELECT count(*) AS found FROM person_name WHERE given_name LIKE 'Name10%';
SELECT count(*) AS found FROM intro_programme WHERE person_id = :her;
SELECT count(*) AS clocks FROM retention_clock WHERE person_id = :her;
COPY (SELECT given_name FROM person_name WHERE person_id BETWEEN :her - 1 AND :him) TO STDOUT;
SELECT person_id - :first AS place FROM person WHERE person_id BETWEEN :her - 1 AND :him FOR UPDATE;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) AS windowed FROM (SELECT count(*) OVER () FROM person WHERE person_id BETWEEN :her - 1 AND :him) AS w;
SELECT count(*) AS locked FROM (SELECT FROM person WHERE person_id = :her FOR UPDATE) AS l;
WITH c AS (SELECT person_id FROM person) SELECT count(*) AS in_with FROM c WHERE person_id = :her;
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL force_parallel_mode = on;
SELECT count(*) AS persons, sum((person_id = :her)::int) AS her FROM person;
RESET force_parallel_mode;
-- written neither: plain, upsert, MERGE, RETURNING
\set ON_ERROR_ROLLBACK on
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:her, '0301', 'right', '2026-03-01');
INSERT INTO person_name (person_id, given_name, family_name) VALUES (:her, 'New', 'Name');
UPDATE intro_programme SET claimed_on = '2026-03-01' WHERE person_id = :her RETURNING person_id;
UPDATE person SET protection = 0 WHERE person_id = :her RETURNING person_id;
MERGE INTO intro_programme AS i USING (VALUES (:her::bigint)) AS v (p) ON i.person_id = v.p
	WHEN MATCHED THEN UPDATE SET claimed_on = '2026-03-01'
	WHEN NOT MATCHED THEN INSERT (person_id, unit, right_category, offered_on) VALUES (v.p, '0301', 'right', '2026-03-01');
-- in the words for a person that is not there
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (-1, '0301', 'right', '2026-03-01');
-- functions: no more than for a stranger
SELECT find_or_connect(duf => '201017238203', ground => 'case 1');
SELECT find_or_connect(duf => '202000000003', ground => 'case 1');
SELECT connect(:her, 'settled', 'case 1');
SELECT connect(-1, 'settled', 'case 1');
SELECT disconnect(:her, CURRENT_DATE);
SELECT hand_over(:her, '4601', CURRENT_DATE, 'case 1');
SELECT hand_over_all('0301', '4601', CURRENT_DATE, 'list', ARRAY[:her, :him]);
SELECT age_at(:her, CURRENT_DATE) AS age, is_minor(:her, CURRENT_DATE) AS minor;
-- asked directly
SELECT nir.subject_is_open('person', :her, 'name');
SELECT count(*) FROM generate_series(:first, :last) AS p WHERE NOT nir.subject_is_open('person', p, 'name');
DO $$ BEGIN IF nir.subject_is_open('person', 1, 'name') THEN NULL; END IF; END $$;
SELECT nir.may_reach(:her, 'connection', 'municipality');
SELECT count(*) FROM generate_series(:first, :last) AS p WHERE nir.may_reach(p, 'connection', 'municipality');
SELECT count(*) FROM person_name WHERE nir.may_reach(person_id, 'connection', 'municipality');
SELECT nir.persons_in_reach('connection', 'municipality');
SELECT count(*) FROM person_name WHERE person_id = ANY (nir.persons_in_reach('connection', 'municipality'));
SELECT nir.is_withheld('regress_narrow', :her);
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- also under the purposes of her own rights and of claims
BEGIN;
SELECT nir.begin_processing('p', '0301', 'case worker', 'case 1');
SELECT count(*) AS persons FROM person;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b,d', '0301', 'case worker');
SELECT count(*) AS persons FROM person;
ROLLBACK;
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS found FROM person_duf WHERE duf = '201017238203';
SELECT count(*) AS connections FROM connection WHERE person_id = :her;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('h', NULL, 'adviser');
SELECT unit, count(*) AS programmes FROM intro_programme GROUP BY unit;
ROLLBACK;
SET SESSION AUTHORIZATION regress_n_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS connections FROM connection;
ROLLBACK;

-- who has the function sees her; who is at the same desk does not
SET SESSION AUTHORIZATION regress_n_desk;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'anna');
SELECT count(*) AS persons FROM person;
SELECT given_name FROM person_name WHERE person_id = :her;
SELECT find_or_connect(duf => '201017238203', ground => 'case 1') = :her AS found;
UPDATE intro_programme SET claimed_on = '2026-03-01' WHERE person_id = :her RETURNING claimed_on;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'berit');
SELECT count(*) AS persons FROM person;
ROLLBACK;

-- R39: protection comes from Folkeregisteret, through IMDi: nobody else sets or lifts it
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
\set ON_ERROR_ROLLBACK on
UPDATE person SET protection = 3 WHERE person_id = :him + 1;
UPDATE person SET protection = 0 WHERE person_id = :him;
UPDATE person SET protection = DEFAULT WHERE person_id = :him;
INSERT INTO person (birth_date, protection) VALUES ('1980-01-01', 1);
INSERT INTO person (birth_date, protection) VALUES ('1980-01-01', 0) RETURNING protection;
UPDATE person SET birth_date = '1990-02-03', protection = 1 WHERE person_id = :him RETURNING protection;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_n_hkdir;
BEGIN;
SELECT nir.begin_processing('c', NULL, 'adviser');
UPDATE person SET protection = 2 WHERE person_id = :him;
ROLLBACK;

-- who registers her is no exception once the protection is there
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
SELECT register_person('1980-01-01', '2', 'Fresh', 'Prøve') AS fresh \gset
SELECT count(*) AS seen FROM person_name WHERE given_name = 'Fresh';
UPDATE person SET protection = 3 WHERE person_id = :fresh;
SELECT count(*) AS seen FROM person_name WHERE given_name = 'Fresh';
SELECT count(*) AS seen FROM person WHERE person_id = :fresh;
-- and what is taken back was never there
SAVEPOINT s;
UPDATE person SET protection = 2 WHERE person_id = :him;
SELECT count(*) AS seen FROM person WHERE person_id = :him;
ROLLBACK TO s;
SELECT count(*) AS seen FROM person WHERE person_id = :him;
-- a cursor that was opened before stops showing her too
DECLARE c CURSOR FOR SELECT person_id - :first AS place FROM person WHERE person_id BETWEEN :him - 1 AND :him + 2 ORDER BY person_id;
FETCH 1 FROM c;
UPDATE person SET protection = 2 WHERE person_id = :him + 1;
FETCH 2 FROM c;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
INSERT INTO person (birth_date, protection) VALUES ('1980-01-01', 3) RETURNING protection;
SELECT count(*) AS seen FROM person WHERE protection = 3;
ROLLBACK;
SELECT count(*) FROM person;

-- definitions of one's own that would ask
SET SESSION AUTHORIZATION regress_n_own;
SET search_path = regress_n_work, regress_narrow;
CREATE VIEW ask AS SELECT p, nir.subject_is_open('regress_narrow.person', p, 'name') FROM generate_series(1, 200) AS p;
CREATE TABLE ask (p bigint, q boolean DEFAULT nir.subject_is_open('regress_narrow.person', 1, 'name'));
CREATE TABLE ask (p bigint CHECK (nir.subject_is_open('regress_narrow.person', p, 'name')));
CREATE TABLE ask (p bigint, q boolean);
ALTER TABLE ask ALTER q SET DEFAULT nir.subject_is_open('regress_narrow.person', 1, 'name');
CREATE POLICY ask ON ask USING (nir.subject_is_open('regress_narrow.person', p, 'name'));
CREATE POLICY ask ON ask USING (true);
ALTER POLICY ask ON ask USING (nir.subject_is_open('regress_narrow.person', p, 'name'));
ALTER POLICY ask ON ask USING (nir.may_reach(p, 'regress_narrow.connection', 'municipality'));
CREATE VIEW ask_r AS SELECT p FROM generate_series(1, 200) AS p WHERE nir.may_reach(p, 'regress_narrow.connection', 'municipality');
CREATE RULE ask AS ON INSERT TO ask WHERE nir.subject_is_open('regress_narrow.person', NEW.p, 'name') DO INSTEAD NOTHING;
CREATE DOMAIN ask_b AS boolean DEFAULT nir.subject_is_open('regress_narrow.person', 1, 'name');
CREATE DOMAIN ask_p AS bigint CHECK (nir.subject_is_open('regress_narrow.person', VALUE, 'name'));
CREATE DOMAIN ask_p AS bigint;
ALTER DOMAIN ask_p ADD CHECK (nir.subject_is_open('regress_narrow.person', VALUE, 'name'));
ALTER DOMAIN ask_p SET DEFAULT CASE WHEN nir.subject_is_open('regress_narrow.person', 1, 'name') THEN 1 END;
CREATE FUNCTION ask(p bigint) RETURNS boolean RETURN nir.subject_is_open('regress_narrow.person', p, 'name');
CREATE FUNCTION ask(p boolean DEFAULT nir.subject_is_open('regress_narrow.person', 1, 'name')) RETURNS boolean LANGUAGE sql AS 'SELECT p';
CREATE FUNCTION ask(p bigint) RETURNS boolean LANGUAGE sql AS $$SELECT nir.subject_is_open('regress_narrow.person', p, 'name')$$;
SELECT ask(1);
CREATE FUNCTION keep(regclass, text) RETURNS regclass LANGUAGE sql IMMUTABLE AS $$SELECT 'regress_narrow.person'::regclass$$;
CREATE AGGREGATE ask_a(bigint, text ORDER BY text) (SFUNC = keep, STYPE = regclass, INITCOND = '0', FINALFUNC = nir.subject_is_open);
SELECT ask_a(1, 'name') WITHIN GROUP (ORDER BY 'x'::text);
PREPARE ask AS SELECT nir.subject_is_open('regress_narrow.person', $1, 'name');
EXECUTE ask(1);
DEALLOCATE ask;
-- where its place in the text is lost: in a parallel worker, folded for an estimate, from the catalog; so of a function that is inlined
ALTER TABLE ask DISABLE ROW LEVEL SECURITY;
INSERT INTO ask SELECT p, p < 1000 FROM generate_series(1, 1010) AS p;
CREATE STATISTICS ask_s ON (nir.subject_is_open('regress_narrow.person', p, 'name')), p FROM ask;
CREATE FUNCTION ask_i(r regclass, p bigint, c text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT nir.subject_is_open(r, p, c)';
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
\set ON_ERROR_ROLLBACK on
ANALYZE ask;
\set ON_ERROR_ROLLBACK off
COMMIT;
DROP STATISTICS ask_s;
ANALYZE ask;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL force_parallel_mode = on; SET LOCAL parallel_leader_participation = off;
\set ON_ERROR_ROLLBACK on
EXPLAIN SELECT FROM ask WHERE q = nir.subject_is_open('regress_narrow.person', :her, 'name');
EXPLAIN SELECT FROM ask WHERE q = ask_i('regress_narrow.person', :her, 'name');
SELECT count(*) FROM ask WHERE NOT nir.subject_is_open('regress_narrow.person', p, 'name');
SELECT count(*) FROM ask WHERE NOT ask_i('regress_narrow.person', p, 'name');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- in a policy of one's own table
DROP POLICY ask ON ask;
CREATE POLICY ask ON ask USING (NOT ask_i('regress_narrow.person', p, 'name'));
ALTER TABLE ask ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) FROM ask;
ROLLBACK;
-- policies are asked all the same: in a function that is inlined, in a subquery of a UNION
CREATE FUNCTION persons() RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT person_id FROM regress_narrow.person';
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL force_parallel_mode = on; SET LOCAL parallel_leader_participation = off;
SELECT count(*) FROM persons();
SELECT count(*) FROM (SELECT person_id FROM person UNION ALL SELECT person_id FROM person_name) AS u;
ROLLBACK;
RESET SESSION AUTHORIZATION;
SET search_path = regress_narrow, public;

-- ---- restriction of processing ----
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
\set ON_ERROR_ROLLBACK on
INSERT INTO restriction (person_id, decision_ref) VALUES (:him, 'case 2');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('p', NULL, 'adviser', 'case 2');
\set ON_ERROR_ROLLBACK on
INSERT INTO restriction (person_id, decision_ref) VALUES (:him, ' ');
INSERT INTO restriction (person_id, category, decision_ref) VALUES (:him, 'nonsense', 'case 2');
INSERT INTO restriction (person_id, category, decision_ref) VALUES (:him, 'programme', 'case 2') RETURNING registered_by;
UPDATE restriction SET category = NULL;
UPDATE restriction SET valid = daterange(CURRENT_DATE - 1, NULL);
UPDATE restriction SET person_id = :her;
DELETE FROM restriction;
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_n_hkdir;
BEGIN;
SELECT nir.begin_processing('p', NULL, 'adviser', 'case 3');
\set ON_ERROR_ROLLBACK on
INSERT INTO restriction (person_id, decision_ref) VALUES (:him, 'case 3');
INSERT INTO restriction (person_id, category, decision_ref) VALUES (:him, 'name', 'case 3');
INSERT INTO restriction (person_id, category, decision_ref) VALUES (:him, 'result', 'case 3') RETURNING category;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
-- of the kind alone
SELECT count(*) AS persons FROM person;
SELECT count(*) AS programmes FROM intro_programme;
\set ON_ERROR_ROLLBACK on
UPDATE intro_programme SET claimed_on = '2026-03-01' WHERE person_id = :him RETURNING person_id;
INSERT INTO intro_programme (person_id, unit, right_category, offered_on) VALUES (:him, '0301', 'right', '2026-03-01');
INSERT INTO training (person_id, unit, right_category, granted_on) VALUES (:him, '0301', 'right', '2026-03-01') RETURNING right_category;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- claims and the person's rights, but not beside another purpose
BEGIN;
SELECT nir.begin_processing('p,q', '0301', 'case worker', 'case 2');
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b,q', '0301', 'case worker', 'case 2');
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('p', '0301', 'case worker', 'case 2');
UPDATE intro_programme SET claimed_on = '2026-04-01' WHERE person_id = :him RETURNING claimed_on;
COMMIT;
-- the day is Norway's, whatever the session is set to: for today alone, in zones of which one has another day
RESET SESSION AUTHORIZATION;
UPDATE restriction SET valid = daterange(lower(valid), CURRENT_DATE + 1);
SET SESSION AUTHORIZATION regress_n_oslo;
SET timezone = 'Pacific/Kiritimati';
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
SET timezone = 'Etc/GMT+12';
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) AS programmes FROM intro_programme;
ROLLBACK;
SET timezone = 'Europe/Oslo';
-- all of the person; nothing is left to look up, to connect or to hand over
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('p', NULL, 'adviser', 'case 2');
UPDATE restriction SET valid = daterange(lower(valid), CURRENT_DATE + 1);
INSERT INTO restriction (person_id, decision_ref) VALUES (:him, 'case 4');
COMMIT;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) AS persons FROM person;
SELECT count(*) AS connections FROM connection;
\set ON_ERROR_ROLLBACK on
SELECT hand_over(:him, '4601', CURRENT_DATE, 'case 5');
\set ON_ERROR_ROLLBACK off
ROLLBACK;
-- nobody's function lifts it
SET SESSION AUTHORIZATION regress_n_desk;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'anna');
SELECT count(*) AS persons FROM person WHERE person_id = :him;
ROLLBACK;
-- ended, it is as it was
RESET SESSION AUTHORIZATION;
UPDATE restriction SET valid = daterange(lower(valid), CURRENT_DATE) WHERE upper_inf(valid) AND lower(valid) < CURRENT_DATE;
ALTER TABLE restriction DISABLE TRIGGER restriction;
UPDATE restriction SET valid = daterange(CURRENT_DATE - 2, CURRENT_DATE - 1);
ALTER TABLE restriction ENABLE TRIGGER restriction;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) AS persons FROM person;
SELECT offered_on, claimed_on FROM intro_programme WHERE person_id = :him;
ROLLBACK;

-- ---- reservation against research ----
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
\set ON_ERROR_ROLLBACK on
-- not before there was such a right; nobody is asked why
INSERT INTO research_reservation (person_id, valid) VALUES (:him, '[2020-12-31,)');
INSERT INTO research_reservation (person_id, by_guardian) VALUES (:him, true);
INSERT INTO research_reservation (person_id, valid) VALUES (:him, '[2021-01-01,)') RETURNING valid, registered_by;
INSERT INTO research_reservation (person_id) VALUES (:him);
INSERT INTO research_reservation (person_id) VALUES (:her);
INSERT INTO reservation_guidance (person_id, unit, guided_on, language) VALUES (:him, '0301', '2026-01-01', 'som') RETURNING guided_on, language;
INSERT INTO reservation_guidance (person_id, unit, guided_on, language) VALUES (:him, '4601', '2026-01-01', 'som');
INSERT INTO reservation_guidance (person_id, unit, guided_on, language) VALUES (:him, '0301', CURRENT_DATE + 1, 'som');
INSERT INTO reservation_guidance (person_id, unit, guided_on, language) VALUES (:him, '0301', '2026-01-01', 'xxx');
UPDATE research_reservation SET valid = '[2022-01-01,)';
DELETE FROM research_reservation;
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('g', NULL, 'researcher');
-- what identifies; nothing else
SELECT count(*) AS names, sum((person_id = :him)::int) AS his FROM person_name;
SELECT sum((person_id = :him)::int) AS his FROM person;
SELECT sum((person_id = :him)::int) AS his FROM intro_programme;
SELECT count(*) AS left_out FROM research_reservation WHERE valid @> CURRENT_DATE;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
SELECT given_name FROM person_name WHERE person_id = :him;
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b,g', NULL, 'adviser');
SELECT given_name FROM person_name WHERE person_id = :him;
ROLLBACK;
-- withdrawn, with its history
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
UPDATE research_reservation SET valid = daterange(lower(valid), CURRENT_DATE) WHERE person_id = :him;
\set ON_ERROR_ROLLBACK on
UPDATE research_reservation SET valid = daterange(lower(valid), NULL) WHERE person_id = :him;
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_n_imdi;
BEGIN;
SELECT nir.begin_processing('g', NULL, 'researcher');
SELECT given_name FROM person_name WHERE person_id = :him;
SELECT lower(valid) AS reserved_on, upper_inf(valid) AS open FROM research_reservation WHERE person_id = :him;
ROLLBACK;

-- ---- minors ----
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT register_person('2008-02-29', '1', 'Minor', 'Prøve') AS minor \gset
SELECT d::date, age_at(:minor, d::date), is_minor(:minor, d::date)
FROM unnest('{2008-02-28,2008-02-29,2026-02-28,2026-03-01}'::date[]) AS d;
SELECT age_at(-1, '2026-01-01');
\set ON_ERROR_ROLLBACK on
INSERT INTO research_reservation (person_id, valid, by_guardian) VALUES (:minor, '[2026-03-01,)', true);
INSERT INTO research_reservation (person_id, valid, by_guardian) VALUES (:minor, '[2025-01-01,)', true);
-- she has come of age: asked again; until she answers it stands
SELECT reserved_on, of_age_on FROM reservation_to_ask;
UPDATE research_reservation SET confirmed_on = '2024-12-31' WHERE person_id = :minor;
UPDATE research_reservation SET confirmed_on = '2026-03-02' WHERE person_id = :minor;
SELECT count(*) AS to_ask FROM reservation_to_ask;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('c', '0301', 'case worker');
SELECT is_minor(:him, '2026-01-01');
ROLLBACK;

-- ---- tables of one's own: about persons of a register by their foreign key, or of nobody's ----
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
CREATE TABLE regress_n_work.note (person_id bigint REFERENCES person, unit nir.unit, note nir.tagged_text(e,p));
CREATE TABLE regress_n_work.loose (person_id bigint, unit nir.unit, note nir.tagged_text(e,p));
SELECT count(*) > 0 AS governed FROM nir.govern('regress_n_work.note', 'grant', 'unit', 'person_id');
SELECT count(*) > 0 AS governed FROM nir.govern('regress_n_work.loose', 'grant', 'unit', 'person_id');
INSERT INTO regress_n_work.note VALUES (:her, '0301', 'a'), (:him, '0301', 'b'), (NULL, '0301', 'c');
INSERT INTO regress_n_work.loose VALUES (:her, '0301', 'a'), (:him, '0301', 'b');
SELECT name, object, finding FROM nir.lint() WHERE object LIKE 'regress\_n%' ORDER BY 1, 2;
GRANT USAGE ON SCHEMA regress_n_work TO nir_municipality;
RESET client_min_messages;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('e', '0301', 'case worker');
SELECT note FROM regress_n_work.note ORDER BY 1;
SELECT count(*) FROM regress_n_work.loose;
ROLLBACK;

-- ---- what cannot be read is not open ----
RESET SESSION AUTHORIZATION;
BEGIN;
SET client_min_messages = warning;
DROP TABLE restriction CASCADE;
SELECT name, object, finding FROM nir.lint() WHERE object LIKE 'regress\_narrow%' ORDER BY 1, 2;
SET LOCAL SESSION AUTHORIZATION regress_n_oslo;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) FROM person;
ROLLBACK;
ALTER TABLE restriction RENAME category TO kind;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) FROM person;
ROLLBACK;
RESET SESSION AUTHORIZATION;
ALTER TABLE restriction RENAME kind TO category;
DELETE FROM nir.narrowing_source WHERE root = 'person'::regclass AND kind = 'shielded';
DELETE FROM nir.narrowing_source WHERE root = 'person'::regclass;
SET SESSION AUTHORIZATION regress_n_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT count(*) FROM person;
ROLLBACK;
RESET SESSION AUTHORIZATION;
SELECT nir.narrow_by('person', 'nonsense', 'person', 'person_id');
SELECT nir.narrow_by('person', 'shielded', 'person', 'birth_date');
SELECT nir.narrow_by('person', 'shielded', 'person', 'person_id', grade => 'protection');
SELECT nir.narrow_by('restriction', 'restricted', 'person', 'person_id', category => 'decision');
SELECT nir.narrow_by('reservation_to_ask', 'restricted', 'person', 'person_id');
SELECT nir.narrow_by('restriction', 'restricted', NULL, 'person_id');

-- ---- away ----
RESET search_path;
SET client_min_messages = warning;
DROP TABLE regress_n_work.note, regress_n_work.loose;
DROP SCHEMA regress_n_work CASCADE;
SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'regress_narrow' \gset
DROP TABLE :tables CASCADE;
DROP SCHEMA regress_narrow CASCADE;
SELECT nir.revoke_actor('anna'), nir.revoke_actor('berit');
SELECT nir.unbind_role(r) FROM (VALUES ('regress_n_oslo'::regrole), ('regress_n_bergen'), ('regress_n_imdi'), ('regress_n_hkdir'), ('regress_n_desk'), ('regress_n_own'), ('regress_n_both')) AS t(r);
DROP ROLE regress_n_oslo, regress_n_bergen, regress_n_imdi, regress_n_hkdir, regress_n_desk, regress_n_own, regress_n_both;
