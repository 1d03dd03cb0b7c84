-- What nir does not hide or hinder, as docs/security.md says under "Known
-- limits".  A line that changes here must change there.
\set VERBOSITY terse
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_l_oslo;
CREATE ROLE regress_l_oslo LOGIN;
SELECT nir.bind_role('regress_l_oslo', '0301', purposes => '{b,c,d}');
INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_limits', 'x', '{b,d}', 'core', 'x');
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation)
	SELECT 'local_limits', 'municipality', verb, 'own', '{b,d}', '(,)', 'x' FROM unnest('{select,insert,update,delete}'::text[]) verb;
CREATE SCHEMA vl;
GRANT USAGE ON SCHEMA vl TO PUBLIC;
CREATE TABLE vl.person (id int PRIMARY KEY, unit nir.unit NOT NULL, fnr nir.fnr(b,d) UNIQUE);
CREATE TABLE vl.child (id int REFERENCES vl.person ON DELETE CASCADE, unit nir.unit NOT NULL, note nir.tagged_text(b,d));
SELECT count(*) > 0 FROM nir.govern('vl.person', 'local_limits', 'unit');
SELECT count(*) > 0 FROM nir.govern('vl.child', 'local_limits', 'unit');
INSERT INTO vl.person VALUES (1, '0301', NULL), (2, '4601', '29923650081');
INSERT INTO vl.child VALUES (1, '4601', 'bergen');
ANALYZE vl.person;

SET SESSION AUTHORIZATION regress_l_oslo;
-- a number of another body's person: not seen, but known to be there
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT count(*) FROM vl.person WHERE fnr = '29923650081';
SAVEPOINT here;
INSERT INTO vl.person VALUES (3, '0301', '29923650081');
ROLLBACK TO here;
-- a key of another body's row: not seen, but it may be referred to
SELECT count(*) FROM vl.person WHERE id = 2;
INSERT INTO vl.child VALUES (2, '0301', NULL);
INSERT INTO vl.child VALUES (9, '0301', NULL);
ROLLBACK;
-- which units are in use is told by NR014, which a role is bound to by NR013
BEGIN; SELECT nir.begin_processing('b', '9999'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '4601'); ROLLBACK;
-- how many rows there are, without a purpose
SELECT reltuples FROM pg_class WHERE oid = 'vl.person'::regclass;
-- rows that were looked at, by an index, and not shown
BEGIN;
SELECT nir.begin_processing('b', '0301');
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SELECT count(*) FROM vl.person WHERE fnr > '29923650081';
SELECT pg_stat_get_xact_tuples_returned('vl.person_fnr_key'::regclass) AS none;
SELECT count(*) FROM vl.person WHERE fnr >= '29923650081';
SELECT pg_stat_get_xact_tuples_returned('vl.person_fnr_key'::regclass) AS found;
ROLLBACK;
-- until the administrator does as the doctor says
RESET SESSION AUTHORIZATION;
BEGIN;
SELECT level, finding FROM nir.doctor() WHERE name = 'statistics_functions';
SELECT remedy FROM nir.doctor() WHERE name = 'statistics_functions' \gexec
SELECT count(*) FROM nir.doctor() WHERE name = 'statistics_functions';
SELECT proname FROM pg_proc WHERE proname ~ 'stat_get_.*(tuples_(fetched|returned)|blocks_(fetched|hit))'
	AND has_function_privilege('regress_l_oslo', oid, 'EXECUTE') ORDER BY 1;
SET LOCAL SESSION AUTHORIZATION regress_l_oslo;
SELECT pg_stat_get_xact_tuples_returned('vl.person_fnr_key'::regclass);
ROLLBACK;
SET SESSION AUTHORIZATION regress_l_oslo;
-- a lock, without a purpose
BEGIN; LOCK TABLE vl.person IN ACCESS EXCLUSIVE MODE; ROLLBACK;
-- a sub-select that is never run is not checked; a table of the statement is
BEGIN;
SELECT nir.begin_processing('c', '0301');
SELECT 1 FROM pg_class CROSS JOIN (SELECT 1 FROM vl.person LIMIT 1) p WHERE false;
SELECT 1 FROM vl.person WHERE false;
ROLLBACK;
-- clients are told nir's types
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT fnr, unit, id FROM vl.person LIMIT 0 \gdesc
COMMIT;
RESET SESSION AUTHORIZATION;

-- a plain value that was shown can be kept by who can make a table
GRANT CREATE ON SCHEMA vl TO regress_l_oslo;
UPDATE vl.person SET unit = '0301';
SET SESSION AUTHORIZATION regress_l_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
CREATE TABLE vl.kept AS SELECT fnr::text FROM vl.person;
COMMIT;
SELECT * FROM vl.kept;
RESET SESSION AUTHORIZATION;

-- statistics of arrays hold values; pg_stats shows them for their purpose only
CREATE TABLE vl.list (notes nir.tagged_text(b)[]);
INSERT INTO vl.list SELECT '{canary}' FROM generate_series(1, 200);
ANALYZE vl.list;
SELECT stavalues1::text FROM pg_statistic WHERE starelid = 'vl.list'::regclass;
GRANT SELECT ON vl.list TO regress_l_oslo;
SET SESSION AUTHORIZATION regress_l_oslo;
SELECT most_common_vals::text FROM pg_stats WHERE schemaname = 'vl' AND tablename = 'list';
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT most_common_vals::text FROM pg_stats WHERE schemaname = 'vl' AND tablename = 'list';
ROLLBACK;
RESET SESSION AUTHORIZATION;

DROP TABLE vl.kept, vl.list, vl.child, vl.person;
DROP SCHEMA vl;
DELETE FROM nir.access_rule WHERE NOT builtin;
DELETE FROM nir.category WHERE NOT builtin;
SELECT nir.unbind_role('regress_l_oslo');
DROP ROLE regress_l_oslo;
