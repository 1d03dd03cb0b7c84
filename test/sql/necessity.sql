-- Necessity: what is of a special category is touched in a case only, under
-- any purpose and in any form; orders, cooperation, supervision and complaints
-- are declared in a case only; and a reference that says nothing is none.
-- covers: R48 R75 R50
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_imdi LOGIN;
CREATE ROLE regress_oslo LOGIN;
CREATE ROLE regress_report LOGIN;
CREATE ROLE regress_sup LOGIN;
CREATE SCHEMA regress_need;
GRANT USAGE, CREATE ON SCHEMA regress_need TO PUBLIC;
SET search_path = regress_need, public;
CREATE TABLE person (id int PRIMARY KEY);
CREATE TABLE ordinary (id int, unit nir.unit, note nir.tagged_text(d,p));
CREATE TABLE sensitive (id int, person_id bigint, unit nir.unit, note nir.tagged_text(d,p));
CREATE TABLE parted (id int, unit nir.unit, note nir.tagged_text(d,p)) PARTITION BY LIST (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
SELECT count(*) > 0 AS governed FROM nir.govern('ordinary', 'settlement_wish', 'unit');
SELECT count(*) > 0 AS governed FROM nir.govern('sensitive', 'settlement_special', 'unit');
SELECT count(*) > 0 AS governed FROM nir.govern('parted', 'settlement_special', 'unit');
INSERT INTO ordinary VALUES (1, '0301', 'plain');
INSERT INTO sensitive VALUES (1, 1, '0301', 'special');
INSERT INTO parted VALUES (1, '0301', 'special');
CREATE VIEW seen WITH (security_invoker) AS SELECT s.id FROM sensitive s;
CREATE FUNCTION counted() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM regress_need.sensitive); END $$;
GRANT SELECT ON seen TO PUBLIC;
SELECT nir.bind_role('regress_imdi', 'imdi', purposes => '{d,p,q}');
SELECT nir.bind_role('regress_oslo', '0301', purposes => '{d,p,q,f,k}');
SELECT nir.bind_role('regress_report', '0301', purposes => '{d,p}', default_purpose => '{d}');
RESET client_min_messages;

SET SESSION AUTHORIZATION regress_oslo;
PREPARE look AS SELECT note FROM sensitive;
-- any purpose, any form: NR019 before anything is read
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('p', '0301'); SELECT 1 FROM sensitive WHERE false; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d,p', '0301'); SELECT EXISTS (SELECT FROM sensitive); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT o.id FROM ordinary o JOIN sensitive s USING (id); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT * FROM seen; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT counted(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); EXECUTE look; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); EXPLAIN SELECT * FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); COPY sensitive TO STDOUT; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO sensitive VALUES (2, 1, '0301', 'x'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); UPDATE sensitive SET note = 'x'; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); WITH w AS (INSERT INTO sensitive VALUES (2, 1, '0301', 'x')) SELECT 1; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); DECLARE c CURSOR FOR SELECT note FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM parted; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM parted_1; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); SET LOCAL force_parallel_mode = on; SELECT count(*) FROM sensitive; ROLLBACK;
-- a wrong purpose is told first
BEGIN; SELECT nir.begin_processing('k', '0301', case_ref => 'order 1'); SELECT count(*) FROM sensitive; ROLLBACK;
-- what is not special needs no case
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT note FROM ordinary; ROLLBACK;
-- in a case, all of it works
BEGIN;
SELECT nir.begin_processing('d', '0301', 'anna', 'case 1');
SELECT count(*) FROM sensitive;
SELECT * FROM seen;
SELECT counted();
EXECUTE look;
INSERT INTO sensitive VALUES (2, 1, '0301', 'x') RETURNING note;
SELECT count(*) FROM parted;
SET LOCAL force_parallel_mode = on;
SELECT count(note) FROM sensitive;
ROLLBACK;
-- the case comes by narrowing, and a rollback takes it back
BEGIN;
SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
SELECT nir.begin_processing('d', '0301', case_ref => 'case 1');
SELECT count(*) FROM sensitive;
ROLLBACK TO s;
SELECT count(*) FROM sensitive;
ROLLBACK;
-- ... not under a cursor that was opened without one, and never another case
BEGIN;
SELECT nir.begin_processing('d', '0301');
DECLARE c CURSOR FOR SELECT note FROM ordinary;
SELECT nir.begin_processing('d', '0301', case_ref => 'case 1');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('d', '0301', case_ref => 'case 1');
SELECT nir.begin_processing('d', '0301', case_ref => 'case 2');
ROLLBACK;

-- references that say nothing: blank, controls, invisible characters
\set VERBOSITY sqlstate
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => ''); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => '   '); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\t\r\n\x0b\f\b'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\x01\x1f\x7f'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\u0085\u00a0\u00ad'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\u200b\u2003\u202e\u2060\ufeff\u3000\u2800'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('k', '0301', case_ref => E'\u200b'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('f', '0301', case_ref => E'\x01'); ROLLBACK;
-- one visible character is enough; too long is too long
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\u200b7'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => E'\u00e5'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => repeat('x', 255)); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => repeat('x', 256)); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', case_ref => repeat(E'\u00e5', 128)); ROLLBACK;
RESET SESSION AUTHORIZATION;

-- a body for the whole country is no exception, nor is a default
SET SESSION AUTHORIZATION regress_imdi;
BEGIN; SELECT nir.begin_processing('d'); SELECT count(*) FROM sensitive; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', case_ref => 'case 1'); SELECT count(*) FROM sensitive; ROLLBACK;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_report;
SELECT count(*) FROM ordinary;
SELECT count(*) FROM sensitive;
BEGIN; SELECT nir.begin_processing('d', case_ref => 'case 1'); SELECT count(*) FROM sensitive; COMMIT;
SELECT count(*) FROM sensitive;
RESET SESSION AUTHORIZATION;

-- a category becomes special, or is so no more: sessions that know the table hear of it
INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('regress', 'x', '{d,p}', 'local', 'x');
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation) VALUES ('regress', 'municipality', 'select', 'own', '{d}', '(,)', 'x');
CREATE TABLE becoming (id int, unit nir.unit);
SELECT count(*) > 0 AS governed FROM nir.govern('becoming', 'regress', 'unit');
BEGIN; SET LOCAL ROLE regress_oslo; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM becoming; ROLLBACK;
UPDATE nir.category SET special = 'health' WHERE code = 'regress';
BEGIN; SET LOCAL ROLE regress_oslo; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM becoming; ROLLBACK;
UPDATE nir.category SET special = NULL WHERE code = 'regress';
BEGIN; SET LOCAL ROLE regress_oslo; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM becoming; ROLLBACK;

-- what law data say: f, k, m, n; written by hand here for who the law gives them not
SELECT string_agg(letter, '' ORDER BY letter) FROM nir.purpose WHERE needs_case_ref;
SELECT nir.bind_role('regress_sup', '0301', purposes => '{b}');
UPDATE nir.role_binding SET purposes = '{b,f,k,m,n,s,t}' WHERE role = 'regress_sup'::regrole;
SET SESSION AUTHORIZATION regress_sup;
BEGIN; SELECT nir.begin_processing('f', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('k', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('m', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('n', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b,n', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('sup', '0301', 'anna', ' '); ROLLBACK;
BEGIN; SELECT nir.begin_processing('f,k,m,n', '0301', case_ref => 'case 1'); SELECT purposes FROM nir.context(); ROLLBACK;

-- and when: a purpose is declared while its basis is in force, in Norway (R50)
BEGIN; SELECT nir.begin_processing('s', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('t', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('jobs34,b', '0301'); ROLLBACK;
RESET SESSION AUTHORIZATION;
SELECT letter, valid, enabled FROM nir.purpose WHERE letter IN ('f', 's', 't') ORDER BY 1;
BEGIN;
UPDATE nir.purpose SET valid = daterange(nir.retention_today() + 1, NULL) WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
BEGIN;
UPDATE nir.purpose SET valid = daterange('2018-09-01', nir.retention_today()) WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
BEGIN;
UPDATE nir.purpose SET enabled = false WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
-- nobody moves the day with a time zone: neither a law's nor a binding's
BEGIN;
UPDATE nir.purpose SET valid = daterange(nir.retention_today(), nir.retention_today() + 1) WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SET LOCAL TimeZone = '<A>+160';
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
BEGIN;
UPDATE nir.purpose SET valid = daterange(NULL, nir.retention_today()) WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SET LOCAL TimeZone = '<A>+160';
SELECT CURRENT_DATE < nir.retention_today() AS moved;
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
BEGIN;
UPDATE nir.purpose SET valid = daterange(nir.retention_today() + 1, NULL) WHERE letter = 'f';
SET LOCAL ROLE regress_sup;
SET LOCAL TimeZone = '<A>-160';
SELECT CURRENT_DATE > nir.retention_today() AS moved;
SELECT nir.begin_processing('f', '0301', case_ref => 'case 1');
ROLLBACK;
UPDATE nir.role_binding SET valid = daterange(NULL, nir.retention_today()) WHERE role = 'regress_sup'::regrole;
SET SESSION AUTHORIZATION regress_sup;
SET TimeZone = '<A>+160';
BEGIN; SELECT nir.begin_processing('b', '0301'); ROLLBACK;
RESET TimeZone;
RESET SESSION AUTHORIZATION;

SET client_min_messages = warning;
SET search_path = public;
DROP VIEW regress_need.seen;
DROP TABLE regress_need.ordinary, regress_need.sensitive, regress_need.parted, regress_need.becoming;
DROP SCHEMA regress_need CASCADE;
DELETE FROM nir.access_rule WHERE category = 'regress';
DELETE FROM nir.category WHERE code = 'regress';
SELECT nir.unbind_role('regress_imdi'), nir.unbind_role('regress_oslo'), nir.unbind_role('regress_report'), nir.unbind_role('regress_sup');
DROP ROLE regress_imdi, regress_oslo, regress_report, regress_sup;
