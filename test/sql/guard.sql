-- The guard: what a statement may use, what a value may be stored for, which
-- rows a body sees, and what may not be defined.
-- covers: R46 R47 R61 R71 R73 R82 R84 R272 R279
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_g_oslo, regress_g_bergen, regress_g_hkdir, regress_g_imdi, regress_g_owner;
CREATE ROLE regress_g_oslo LOGIN;
CREATE ROLE regress_g_bergen LOGIN;
CREATE ROLE regress_g_hkdir LOGIN;
CREATE ROLE regress_g_imdi LOGIN;
CREATE ROLE regress_g_owner LOGIN;
SELECT nir.bind_role('regress_g_oslo', '0301', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_g_bergen', '4601', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_g_hkdir', 'hkdir', purposes => '{c}');
SELECT nir.bind_role('regress_g_imdi', 'imdi', purposes => '{b,d,e}');
RESET client_min_messages;

-- a vendor's own tables
CREATE SCHEMA vendor;
GRANT USAGE ON SCHEMA vendor TO PUBLIC;
CREATE TABLE vendor.client (person_id int PRIMARY KEY);
CREATE TABLE vendor.connection (
	person_id int NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL, kind text, valid daterange NOT NULL);
CREATE TABLE vendor.settling (
	settling_id int PRIMARY KEY, person_id int NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL,
	note nir.tagged_text(b,d,e), moved nir.tagged_date(b,d,e));
CREATE TABLE vendor.result (
	result_id int PRIMARY KEY, person_id int NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL,
	level nir.tagged_text(b,c));
CREATE TABLE vendor.answer (
	answer_id int PRIMARY KEY, person_id int NOT NULL, unit nir.unit NOT NULL, answer nir.tagged_text(c));

-- what cannot be governed
SELECT nir.govern('vendor.settling', 'nonsense', 'unit', 'person_id');
SELECT nir.govern('vendor.settling', 'settlement', 'settling_id', 'person_id');
SELECT nir.govern('vendor.settling', 'settlement', 'nowhere', 'person_id');
SELECT nir.govern('vendor.settling', 'settlement', NULL, 'person_id');
SELECT nir.govern('vendor.answer', 'settlement', 'unit', 'person_id');
SELECT nir.govern('nir.access_matrix', 'settlement');
SELECT nir.govern(NULL, 'settlement');

-- connections first: policies ask them as whoever reads
SELECT count(*) > 0 FROM nir.govern('vendor.connection', 'connection', 'unit', 'person_id');
-- a dry run tells and leaves nothing
SELECT statement FROM nir.govern('vendor.result', 'result', 'unit', 'person_id', dry_run => true) statement
	WHERE statement LIKE 'CREATE POLICY nir_municipality%';
SELECT count(*) FROM nir.governed_relation WHERE relation::text LIKE 'vendor.%' AND relation <> 'vendor.connection'::regclass;
SELECT relrowsecurity FROM pg_class WHERE oid = 'vendor.result'::regclass;

SELECT count(*) > 0 FROM nir.govern('vendor.settling', 'settlement', 'unit', 'person_id');
SELECT count(*) > 0 FROM nir.govern('vendor.result', 'result', 'unit', 'person_id');
SELECT count(*) > 0 FROM nir.govern('vendor.answer', 'answer', 'unit', 'person_id');
SELECT polname, polcmd, pg_get_expr(polqual, polrelid) AS using, pg_get_expr(polwithcheck, polrelid) AS with_check
	FROM pg_policy WHERE polrelid = 'vendor.result'::regclass ORDER BY 1;
SELECT * FROM nir.lint() WHERE object LIKE 'vendor.%';

GRANT SELECT ON vendor.client TO PUBLIC;
INSERT INTO vendor.client SELECT generate_series(1, 4);
INSERT INTO vendor.connection VALUES
	(1, '0301', 'settled', '[2020-01-01,)'), (2, '4601', 'settled', '[2020-01-01,)'),
	(3, '4601', 'settled', '[2010-01-01,2020-01-01)'), (3, '0301', 'settled', '[2020-01-01,)');
INSERT INTO vendor.settling VALUES
	(1, 1, '0301', 'canary oslo', '2021-02-03'), (2, 2, '4601', 'canary bergen', '2022-02-03'),
	(3, 3, '4601', 'canary moved', '2019-02-03');
INSERT INTO vendor.result VALUES (1, 1, '4601', 'B1'), (2, 2, '4601', 'A2'), (3, 3, '4601', 'B2');
INSERT INTO vendor.answer VALUES (1, 1, '0301', 'canary answer');

-- ---------------------------------------------------------------- no context
SET SESSION AUTHORIZATION regress_g_oslo;
SELECT * FROM vendor.settling;
SELECT count(*) FROM vendor.settling;
SELECT 1 FROM vendor.client c WHERE EXISTS (SELECT FROM vendor.settling s WHERE s.person_id = c.person_id);
EXPLAIN SELECT * FROM vendor.settling;
COPY vendor.settling TO STDOUT;
INSERT INTO vendor.settling VALUES (9, 1, '0301', 'x', '2021-01-01');
PREPARE early AS SELECT settling_id FROM vendor.settling ORDER BY 1;
EXECUTE early;

-- ------------------------------------------------------------- right purpose
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT settling_id, note, moved FROM vendor.settling ORDER BY 1;
SELECT count(*) FROM vendor.settling;
EXECUTE early;
SELECT note FROM vendor.settling WHERE note = 'canary bergen';
SELECT lower(note), upper(note::text), length(note) FROM vendor.settling ORDER BY settling_id;
INSERT INTO vendor.settling VALUES (10, 1, '0301', 'new', '2021-01-01') RETURNING *;
UPDATE vendor.settling SET note = 'changed' WHERE settling_id = 10 RETURNING note;
-- not a person one is not connected with, not a unit that is not one's own
SAVEPOINT s;
INSERT INTO vendor.settling VALUES (11, 2, '0301', 'x', '2021-01-01');
ROLLBACK TO s;
INSERT INTO vendor.settling VALUES (11, 1, '4601', 'x', '2021-01-01');
ROLLBACK TO s;
UPDATE vendor.settling SET unit = '4601' WHERE settling_id = 10;
ROLLBACK TO s;
DELETE FROM vendor.settling;
ROLLBACK TO s;
UPDATE vendor.settling SET note = 'taken' WHERE settling_id = 2;
TRUNCATE vendor.settling;
ROLLBACK TO s;
-- a body's kind: no rule, no look
SELECT * FROM vendor.answer;
ROLLBACK;

-- ------------------------------------------------------------- wrong purpose
BEGIN;
SELECT nir.begin_processing('c', '0301');
SAVEPOINT s;
SELECT note FROM vendor.settling;
ROLLBACK TO s;
SELECT count(*) FROM vendor.settling;
ROLLBACK TO s;
SELECT c.person_id FROM vendor.client c JOIN vendor.settling s USING (person_id);
ROLLBACK TO s;
WITH x AS (SELECT 1 FROM vendor.settling) SELECT count(*) FROM x;
ROLLBACK TO s;
SELECT (SELECT max(settling_id) FROM vendor.settling);
ROLLBACK TO s;
COPY (SELECT 1 FROM vendor.settling) TO STDOUT;
ROLLBACK TO s;
EXECUTE early;
ROLLBACK TO s;
EXPLAIN (COSTS OFF) SELECT settling_id FROM vendor.settling;
ROLLBACK TO s;
SELECT * FROM vendor.answer;
ROLLBACK;

-- a privilege given by hand is no access rule
RESET SESSION AUTHORIZATION;
GRANT DELETE ON vendor.settling TO regress_g_oslo;
GRANT SELECT ON vendor.answer TO regress_g_oslo;
SET SESSION AUTHORIZATION regress_g_oslo;
BEGIN; SELECT nir.begin_processing('d', '0301'); DELETE FROM vendor.settling WHERE settling_id = 1; ROLLBACK;
BEGIN; SELECT nir.begin_processing('c', '0301'); SELECT answer FROM vendor.answer; ROLLBACK;
RESET SESSION AUTHORIZATION;
REVOKE DELETE ON vendor.settling FROM regress_g_oslo;
REVOKE SELECT ON vendor.answer FROM regress_g_oslo;
SET SESSION AUTHORIZATION regress_g_oslo;

-- several purposes for reading, one for writing
BEGIN;
SELECT nir.begin_processing('b,d', '0301');
SELECT s.settling_id, r.level FROM vendor.settling s JOIN vendor.result r USING (person_id) ORDER BY 1;
UPDATE vendor.settling SET note = 'x' WHERE settling_id = 1;
ROLLBACK;
RESET SESSION AUTHORIZATION;

-- -------------------------------------------------------------- other bodies
SET SESSION AUTHORIZATION regress_g_bergen;
BEGIN;
SELECT nir.begin_processing('d', '4601');
-- its own rows, of its own time also those of who has moved away since
SELECT settling_id, note FROM vendor.settling ORDER BY 1;
COMMIT;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_g_hkdir;
BEGIN;
SELECT nir.begin_processing('c');
SELECT result_id, level FROM vendor.result ORDER BY 1;
SELECT answer FROM vendor.answer;
SELECT count(*) FROM vendor.settling;
ROLLBACK;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_g_imdi;
BEGIN;
SELECT nir.begin_processing('d');
SELECT count(*) FROM vendor.settling;
SELECT * FROM vendor.answer;
ROLLBACK;
RESET SESSION AUTHORIZATION;

-- ------------------------------------------------- I1: no write-up, and I2
GRANT CREATE, TEMP ON DATABASE :DBNAME TO regress_g_oslo;
SET SESSION AUTHORIZATION regress_g_oslo;
CREATE TEMP TABLE wide (note nir.tagged_text(b,c,d,e));
CREATE TEMP TABLE narrow (note nir.tagged_text(d));
BEGIN;
SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
INSERT INTO wide SELECT note FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT CASE WHEN true THEN note END FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT lower(note) FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT note || '' FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT max(note) FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT (array_agg(note))[1] FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide SELECT note FROM vendor.settling UNION ALL SELECT 'x'::nir.tagged_text(b,c,d,e);
ROLLBACK TO s;
INSERT INTO wide SELECT note::nir.tagged_text(b,c,d,e) FROM vendor.settling;
ROLLBACK TO s;
INSERT INTO wide VALUES ('plain'); UPDATE wide SET note = (SELECT note FROM vendor.settling WHERE settling_id = 1);
ROLLBACK TO s;
DO $$
DECLARE
	v nir.tagged_text;
BEGIN
	SELECT note INTO v FROM vendor.settling WHERE settling_id = 1;
	INSERT INTO wide VALUES (v);
END
$$;
ROLLBACK TO s;
DO $$
DECLARE
	v wide;
BEGIN
	SELECT note INTO v FROM vendor.settling WHERE settling_id = 1;
END
$$;
ROLLBACK TO s;
-- narrower is right
INSERT INTO narrow SELECT note FROM vendor.settling WHERE settling_id = 1;
SELECT note FROM narrow;
COMMIT;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SAVEPOINT s;
SELECT note FROM narrow;
ROLLBACK TO s;
SELECT count(*) FROM narrow;
ROLLBACK TO s;
INSERT INTO narrow VALUES ('given for b');
ROLLBACK TO s;
COPY narrow FROM STDIN;
given for b
\.
ROLLBACK;
-- columns without a purpose
CREATE TEMP TABLE bare (note nir.tagged_text);
CREATE TEMP TABLE bare (notes nir.tagged_text[]);
CREATE TEMP TABLE good (notes nir.tagged_text(b)[]);
CREATE DOMAIN pg_temp.bare_domain AS nir.tagged_text;
CREATE TEMP TABLE bare (note bare_domain);
CREATE TYPE pg_temp.bare_pair AS (a int, b nir.tagged_text);
CREATE TYPE pg_temp.bare_range AS RANGE (subtype = nir.tagged_date);
CREATE TEMP TABLE bare (r bare_range);
ALTER TABLE good ADD COLUMN more nir.fnr;
ALTER TABLE good ALTER COLUMN notes TYPE nir.tagged_text[];
BEGIN;
SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
CREATE TEMP TABLE agg AS SELECT array_agg(note) AS notes FROM vendor.settling;
ROLLBACK TO s;
CREATE TEMP TABLE uni AS SELECT note FROM vendor.settling UNION SELECT 'x'::nir.tagged_text(d);
ROLLBACK TO s;
SELECT lower(note) AS note INTO TEMP low FROM vendor.settling;
ROLLBACK TO s;
CREATE TEMP TABLE kept AS SELECT note FROM vendor.settling;
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'kept'::regclass AND attname = 'note';
ROLLBACK;
CREATE TABLE pg_temp.fk_target (f nir.tagged_int(b) PRIMARY KEY);
CREATE TABLE pg_temp.fk_source (f nir.tagged_int(b) REFERENCES pg_temp.fk_target);
CREATE TABLE pg_temp.wrong (f nir.tagged_int(y));
CREATE TABLE pg_temp.wrong (f nir.tagged_int('a-x'));

-- ----------------------------------------------- the context on the query
BEGIN;
SELECT nir.begin_processing('b,d', '0301');
DECLARE c CURSOR FOR SELECT settling_id FROM vendor.settling ORDER BY 1;
FETCH 1 FROM c;
SELECT nir.begin_processing('b', '0301');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('d', '0301');
DECLARE c CURSOR FOR SELECT settling_id FROM vendor.settling ORDER BY 1;
FETCH 1 FROM c;
CLOSE c;
SELECT nir.begin_processing('d', '030101');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('d', '0301');
DECLARE c CURSOR WITH HOLD FOR SELECT settling_id FROM vendor.settling;
ROLLBACK;
CREATE PROCEDURE pg_temp.loops() LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	PERFORM nir.begin_processing('d', '0301');
	FOR r IN SELECT settling_id FROM vendor.settling ORDER BY 1 LOOP
		RAISE NOTICE 'row %', r.settling_id;
		COMMIT;
	END LOOP;
END
$$;
CALL pg_temp.loops();
RESET SESSION AUTHORIZATION;
-- SECURITY DEFINER of a superuser neither exempts nor changes the context
CREATE FUNCTION vendor.helper() RETURNS SETOF int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS $$ SELECT settling_id FROM vendor.settling ORDER BY 1 $$;
SET SESSION AUTHORIZATION regress_g_oslo;
SELECT vendor.helper();
BEGIN; SELECT nir.begin_processing('c', '0301'); SELECT vendor.helper(); ROLLBACK;
-- nor does it, or a view, lend the rows of others
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT vendor.helper(); ROLLBACK;
RESET SESSION AUTHORIZATION;
CREATE VIEW vendor.lends AS SELECT settling_id FROM vendor.settling;
CREATE VIEW vendor.follows WITH (security_invoker) AS SELECT settling_id FROM vendor.settling;
GRANT SELECT ON vendor.lends, vendor.follows TO regress_g_oslo;
SELECT name, object FROM nir.lint() WHERE object IN ('vendor.lends', 'vendor.follows');
SET SESSION AUTHORIZATION regress_g_oslo;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM vendor.follows; SELECT * FROM vendor.lends; ROLLBACK;
RESET SESSION AUTHORIZATION;
ALTER FUNCTION vendor.helper() OWNER TO regress_g_owner;
GRANT SELECT ON vendor.settling TO regress_g_owner;
SET SESSION AUTHORIZATION regress_g_oslo;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT vendor.helper(); ROLLBACK;
RESET SESSION AUTHORIZATION;
ALTER TABLE vendor.settling DISABLE ROW LEVEL SECURITY;
SET SESSION AUTHORIZATION regress_g_oslo;
BEGIN; SELECT nir.begin_processing('d', '0301'); SELECT count(*) FROM vendor.settling; ROLLBACK;
RESET SESSION AUTHORIZATION;
ALTER TABLE vendor.settling ENABLE ROW LEVEL SECURITY;

-- owner and privileged sessions
ALTER TABLE vendor.settling OWNER TO regress_g_owner;
SET SESSION AUTHORIZATION regress_g_owner;
SELECT count(*) FROM vendor.settling;
RESET SESSION AUTHORIZATION;
SET ROLE regress_g_owner;
SELECT count(*) FROM vendor.settling;
RESET ROLE;
-- nor is who merely became a privileged role, or left one
CREATE ROLE regress_g_bypass BYPASSRLS;
GRANT regress_g_bypass TO regress_g_oslo;
GRANT SELECT ON vendor.settling TO regress_g_bypass;
SET SESSION AUTHORIZATION regress_g_oslo;
SET ROLE regress_g_bypass;
SELECT count(*) FROM vendor.settling;
RESET SESSION AUTHORIZATION;
REVOKE SELECT ON vendor.settling FROM regress_g_bypass;
DROP ROLE regress_g_bypass;
-- no session lifts the rule for privileged ones for itself
SET nir.privileged_access = allow;
SET nir.broken_glass = 'because';
SELECT nir.break_glass('because');
SELECT count(*) FROM vendor.settling;

-- parallel workers decide as their leader
SET SESSION AUTHORIZATION regress_g_oslo;
SET force_parallel_mode = on;
BEGIN;
SELECT nir.begin_processing('d', '0301');
SELECT count(note) FROM vendor.settling WHERE note::text <> '';
COMMIT;
BEGIN;
SELECT nir.begin_processing('c', '0301');
SELECT count(*) FROM vendor.settling;
ROLLBACK;
RESET SESSION AUTHORIZATION;
-- a policy's sub-select keeps that query with the leader; this one is the worker's
CREATE TABLE vendor.free (k int, note nir.tagged_text(b,d));
INSERT INTO vendor.free VALUES (1, 'canary');
GRANT SELECT ON vendor.free TO regress_g_oslo;
SET SESSION AUTHORIZATION regress_g_oslo;
BEGIN;
SELECT nir.begin_processing('d', '0301');
EXPLAIN (COSTS OFF) SELECT note FROM vendor.free WHERE note::text <> '';
SELECT note FROM vendor.free WHERE note::text <> '';
COMMIT;
SELECT note FROM vendor.free;
RESET force_parallel_mode;
RESET SESSION AUTHORIZATION;
DROP TABLE vendor.free;

-- an index is used under row-level security, whatever the search_path
INSERT INTO vendor.client SELECT generate_series(100, 20000);
INSERT INTO vendor.settling SELECT i, i, '4601', 'note ' || i, '2020-01-01' FROM generate_series(100, 20000) i;
INSERT INTO vendor.connection SELECT i, '4601', 'settled', '[2020-01-01,)' FROM generate_series(100, 20000) i;
CREATE INDEX ON vendor.connection (person_id);
CREATE INDEX ON vendor.settling (note);
ANALYZE vendor.settling, vendor.connection;
SET SESSION AUTHORIZATION regress_g_bergen;
BEGIN;
SELECT nir.begin_processing('d', '4601');
-- with workers below the policy's sub-select
SAVEPOINT s;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL enable_indexscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM vendor.settling WHERE note::text LIKE '%5';
SELECT count(*) FROM vendor.settling WHERE note::text LIKE '%5';
ROLLBACK TO s;
SET LOCAL search_path = '';
EXPLAIN (COSTS OFF) SELECT settling_id FROM vendor.settling WHERE note = 'note 500';
EXPLAIN (COSTS OFF) SELECT settling_id FROM vendor.settling WHERE settling_id = 500;
COMMIT;
RESET SESSION AUTHORIZATION;
SELECT attname, null_frac, most_common_vals, histogram_bounds FROM pg_stats
	WHERE schemaname = 'vendor' AND tablename = 'settling' AND attname IN ('note', 'moved') ORDER BY 1;

-- what the server itself says of a constraint shows no values, to nobody
CREATE UNIQUE INDEX ON vendor.answer (answer);
INSERT INTO vendor.answer VALUES (2, 1, '0301', 'canary answer');
ALTER TABLE vendor.answer ALTER answer SET NOT NULL, ADD CHECK (answer_id < 100);
INSERT INTO vendor.answer VALUES (100, 1, '0301', 'canary check');
INSERT INTO vendor.answer (answer_id, person_id, unit) VALUES (3, 1, '0301');
-- nor does COPY quote what it was reading
\set SHOW_CONTEXT always
COPY vendor.answer FROM STDIN;
4	1	0301	canary line	too much
\.
COPY vendor.answer FROM STDIN (FORMAT csv);
5,1,canary unit,canary value
\.
CREATE TABLE vendor.numbers (duf nir.duf(a), fnr nir.fnr(a));
COPY vendor.numbers FROM STDIN;
200500000008	01013699922
\.
\set SHOW_CONTEXT never
-- extended statistics would keep values
CREATE STATISTICS vendor.canary_stat (mcv) ON note, moved FROM vendor.settling;
CREATE STATISTICS vendor.canary_stat ON lower(note), unit FROM vendor.settling;
CREATE STATISTICS vendor.plain_stat ON unit, person_id FROM vendor.settling;

-- purposes of a column change by an administrator's act alone
ALTER TABLE vendor.answer ALTER answer TYPE nir.tagged_text(b,c);
SELECT nir.repurpose_column('vendor.answer', 'answer', '{b,c}', '');
SELECT nir.repurpose_column('vendor.answer', 'answer_id', '{b,c}', 'test');
SELECT nir.repurpose_column('vendor.answer', 'answer', '{a-x}', 'test');
SELECT nir.repurpose_column('vendor.answer', 'answer', '{}', 'test');
SELECT nir.repurpose_column('vendor.answer', 'answer', '{b,c}', 'IL § 0');
SELECT column_name, type, purposes FROM nir.governed_column WHERE relation = 'vendor.answer'::regclass;
SELECT relation, column_name, old_purposes, new_purposes, citation FROM nir.repurposing;
DELETE FROM nir.repurposing;
GRANT nir_admin TO regress_g_owner;
ALTER TABLE vendor.answer OWNER TO regress_g_owner;
SET SESSION AUTHORIZATION regress_g_owner;
SELECT nir.repurpose_column('vendor.answer', 'answer', '{b,c,d}', 'test');
RESET SESSION AUTHORIZATION;
REVOKE nir_admin FROM regress_g_owner;

-- what drops a schema, a type or the extension may not take data along
DROP EXTENSION nir CASCADE;
DROP SCHEMA vendor CASCADE;
CREATE DOMAIN vendor.short AS nir.tagged_text(b) CHECK (length(VALUE) < 100);
CREATE TABLE vendor.uses (id int, t vendor.short, u nir.unit);
DROP DOMAIN vendor.short CASCADE;
DROP TYPE nir.tagged_text CASCADE;
BEGIN;
DROP TABLE vendor.uses;
DROP DOMAIN vendor.short CASCADE;
ROLLBACK;
CREATE SCHEMA vendor_plain CREATE TABLE plain (id int, u nir.unit) CREATE VIEW seen AS SELECT * FROM plain CREATE INDEX ON plain (u);
SET client_min_messages = warning;
DROP SCHEMA vendor_plain CASCADE;
RESET client_min_messages;

-- law changes reach a session that has it cached
SET ROLE regress_g_bergen;
RESET ROLE;
SELECT count(*) > 0 FROM nir.ungovern('vendor.answer');
SELECT nir.ungovern('vendor.answer');
DROP TABLE vendor.result;
SELECT relation FROM nir.governed_relation WHERE relation::text LIKE 'vendor.%' OR relation::text ~ '^[0-9]' ORDER BY relation::text;

SET client_min_messages = warning;
DROP TABLE vendor.settling, vendor.answer, vendor.connection, vendor.uses, vendor.numbers CASCADE;
DROP SCHEMA vendor CASCADE;
REVOKE CREATE, TEMP ON DATABASE :DBNAME FROM regress_g_oslo;
DROP OWNED BY regress_g_oslo, regress_g_owner;
SELECT nir.unbind_role(r::regrole) FROM unnest('{regress_g_oslo,regress_g_bergen,regress_g_hkdir,regress_g_imdi}'::text[]) r;
DROP ROLE regress_g_oslo, regress_g_bergen, regress_g_hkdir, regress_g_imdi, regress_g_owner;
