-- Ways round that were found once, each kept shut: values stored under a false
-- claim, definitions that read, code that maintenance runs, parents, cascades,
-- and queries that lose their mark.  An ordinary role with every right a role
-- can be given short of an administrator's.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_a_oslo LOGIN;
CREATE ROLE regress_a_owner LOGIN;
SELECT nir.bind_role('regress_a_oslo', '0301', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_a_owner', '0301', purposes => '{b,d}');
CREATE SCHEMA av;
CREATE TABLE av.client (person_id int PRIMARY KEY);
CREATE TABLE av.connection (person_id int, unit nir.unit, kind text, valid daterange);
CREATE TABLE av.settling (
	settling_id int PRIMARY KEY, person_id int NOT NULL REFERENCES av.client, unit nir.unit NOT NULL,
	note nir.tagged_text(b,d,e));
INSERT INTO av.client VALUES (1), (2);
INSERT INTO av.connection VALUES (1, '0301', 'x', '[2020-01-01,)'), (2, '4601', 'x', '[2020-01-01,)');
INSERT INTO av.settling VALUES (1, 1, '0301', 'canary_oslo'), (2, 2, '4601', 'canary_bergen');
SELECT count(*) > 0 FROM nir.govern('av.connection', 'connection', 'unit', 'person_id');
SELECT count(*) > 0 FROM nir.govern('av.settling', 'settlement', 'unit', 'person_id');
CREATE SCHEMA a AUTHORIZATION regress_a_oslo;
CREATE SCHEMA ao AUTHORIZATION regress_a_owner;
-- claims that only a superuser can still make, to see that they do not help
CREATE VIEW av.lie WITH (security_invoker) AS SELECT t.note FROM av.settling s, unnest(ARRAY[ROW(s.note)]) AS t(note nir.tagged_text(b,c,d,e));
CREATE VIEW av.lie_c WITH (security_invoker) AS SELECT t.note FROM av.settling s, unnest(ARRAY[ROW(s.note)]) AS t(note nir.tagged_text(c));
CREATE VIEW av.lie_a WITH (security_invoker) AS SELECT t.a FROM av.settling s, unnest(ARRAY[ROW(ARRAY[s.note])]) AS t(a nir.tagged_text(b,c,d,e)[]);
CREATE VIEW av.lie_p AS SELECT t.note FROM unnest(ARRAY[ROW('canary'::nir.tagged_text)]) AS t(note nir.tagged_text(b,c,d,e));
GRANT SELECT ON av.lie, av.lie_c, av.lie_a, av.lie_p TO regress_a_oslo, regress_a_owner;
GRANT USAGE ON SCHEMA av TO regress_a_oslo, regress_a_owner;
GRANT USAGE, CREATE ON SCHEMA ao TO regress_a_oslo;
GRANT CREATE, TEMP ON DATABASE :DBNAME TO regress_a_oslo, regress_a_owner;
RESET client_min_messages;

SET SESSION AUTHORIZATION regress_a_oslo;
SET search_path = a;
CREATE TABLE wide (how text, note nir.tagged_text(b,c,d,e));
CREATE TABLE narrow (note nir.tagged_text(d));
BEGIN; SELECT nir.begin_processing('d', '0301');
INSERT INTO narrow SELECT note FROM av.settling;
INSERT INTO wide VALUES ('seed', 'seed');
COMMIT;

-- ---- false claims: what is stored is looked at
BEGIN; SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
DO $$
DECLARE
	r record;
BEGIN
	FOR i IN 1..2 LOOP
		IF i = 1 THEN SELECT note INTO r FROM wide LIMIT 1;
		ELSE SELECT note INTO r FROM av.settling LIMIT 1; END IF;
		INSERT INTO wide VALUES ('record', r.note);
	END LOOP;
END
$$;
ROLLBACK TO s;
DO $$
DECLARE
	r record;
	v nir.tagged_text(b,c,d,e);
	x nir.tagged_text(b,c,d,e)[];
BEGIN
	FOR i IN 1..2 LOOP
		IF i = 1 THEN SELECT note INTO r FROM wide LIMIT 1;
		ELSE SELECT note INTO r FROM av.settling LIMIT 1; END IF;
		v := r.note;
		x[1] := r.note;
		UPDATE wide SET note = coalesce(v, x[1]);
	END LOOP;
END
$$;
ROLLBACK TO s;
INSERT INTO wide SELECT 'list', t.note FROM av.settling s, unnest(ARRAY[ROW(s.note)]) AS t(note nir.tagged_text(b,c,d,e));
ROLLBACK TO s;
INSERT INTO wide SELECT 'view', note FROM av.lie;
ROLLBACK TO s;
INSERT INTO wide SELECT 'json', t.note FROM av.settling s, json_populate_record(ROW(s.note), '{}') AS t(note nir.tagged_text(b,c,d,e));
ROLLBACK TO s;
INSERT INTO wide SELECT 'rows', x FROM av.settling s, ROWS FROM (unnest(ARRAY[ROW(s.note)]) AS (x nir.tagged_text(b,c,d,e)));
ROLLBACK TO s;
-- a plain value that claims to be bound already
INSERT INTO wide SELECT 'plain', note FROM av.lie_p;
ROLLBACK TO s;
UPDATE wide SET note = (SELECT t.note FROM av.lie t);
ROLLBACK TO s;
WITH w AS (INSERT INTO wide SELECT 'cte', t.note FROM av.lie t RETURNING 1) SELECT * FROM w;
ROLLBACK TO s;
MERGE INTO wide USING (SELECT t.note FROM av.lie t) x ON false
	WHEN NOT MATCHED THEN INSERT VALUES ('merge', x.note);
ROLLBACK TO s;
CREATE TABLE ctas AS SELECT t.note FROM av.lie_c t;
ROLLBACK TO s;
PREPARE lie AS SELECT t.note FROM av.lie_c t;
CREATE TABLE ctas AS EXECUTE lie;
ROLLBACK TO s;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) CREATE TABLE ctas AS SELECT * FROM av.lie_c;
ROLLBACK TO s;
SELECT * INTO ctas FROM av.lie_c;
ROLLBACK TO s;
-- a temporary table of the same name is not what is verified
CREATE TEMP TABLE shadow (x int);
CREATE TABLE shadow AS SELECT * FROM av.lie_c;
ROLLBACK TO s;
CREATE MATERIALIZED VIEW mv AS SELECT t.note FROM av.lie_c t;
ROLLBACK TO s;
ROLLBACK;
CREATE TABLE arrays (a nir.tagged_text(b,c,d,e)[]);
CREATE TYPE pair AS (x int, y nir.tagged_text(b,c,d,e));
CREATE TABLE pairs (p pair);
CREATE TABLE parts (k int, note nir.tagged_text(b,c,d,e)) PARTITION BY LIST (k);
CREATE TABLE part1 PARTITION OF parts FOR VALUES IN (1);
CREATE TABLE upsert (k int PRIMARY KEY, note nir.tagged_text(b,c,d,e));
BEGIN; SELECT nir.begin_processing('d', '0301');
INSERT INTO upsert VALUES (1, 'mine');
INSERT INTO arrays VALUES (ARRAY['x', 'y', NULL]);
INSERT INTO pairs VALUES (ROW(1, 'x'));
INSERT INTO parts VALUES (1, 'x');
SAVEPOINT s;
INSERT INTO arrays SELECT t.a FROM av.lie_a t;
ROLLBACK TO s;
INSERT INTO parts SELECT 1, t.note FROM av.lie t;
ROLLBACK TO s;
INSERT INTO upsert VALUES (1, 'x') ON CONFLICT (k) DO UPDATE SET note =
	(SELECT t.note FROM av.lie t);
ROLLBACK TO s;
COMMIT;
-- a cast of one's own
CREATE TYPE foo AS (v nir.tagged_text(b,d,e));
CREATE FUNCTION lie(foo, int, bool) RETURNS nir.tagged_text LANGUAGE sql AS 'SELECT ($1).v';
CREATE CAST (foo AS nir.tagged_text) WITH FUNCTION lie(foo, int, bool);
-- through a trigger, also in COPY
CREATE TABLE trg (note nir.tagged_text(b,c,d,e));
CREATE FUNCTION trgf() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	SELECT t.note INTO r FROM av.lie t LIMIT 1;
	NEW.note := r.note;
	RETURN NEW;
END
$$;
CREATE TRIGGER a BEFORE INSERT ON trg FOR EACH ROW EXECUTE FUNCTION trgf();
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO trg VALUES ('x'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301');
COPY trg FROM STDIN;
x
\.
ROLLBACK;
-- a child's own column, filled by a trigger when the parent is updated
CREATE TABLE par (how text);
CREATE TABLE chi (note nir.tagged_text(b,c,d,e)) INHERITS (par);
CREATE FUNCTION chif() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN SELECT note INTO NEW.note FROM av.lie LIMIT 1; RETURN NEW; END $$;
CREATE TRIGGER a BEFORE UPDATE ON chi FOR EACH ROW EXECUTE FUNCTION chif();
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO chi VALUES ('child'); UPDATE par SET how = 'x'; ROLLBACK;
-- COPY and a default that lies
CREATE TYPE holds AS (v nir.tagged_text(b,c,d,e));
CREATE FUNCTION ff() RETURNS holds LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN SELECT note INTO r FROM av.lie LIMIT 1; RETURN r; END $$;
CREATE TABLE cd (how text, note nir.tagged_text(b,c,d,e) DEFAULT (ff()).v);
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO cd (how) VALUES ('i'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301');
COPY cd (how) FROM STDIN;
c
\.
ROLLBACK;
-- USING that moves the search_path away
CREATE FUNCTION fu(v nir.tagged_text, path text) RETURNS holds LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
	PERFORM set_config('search_path', path, false);
	SELECT note INTO r FROM av.lie LIMIT 1;
	RETURN r;
END
$$;
BEGIN; SELECT nir.begin_processing('d', '0301');
ALTER TABLE narrow ALTER note TYPE nir.tagged_text(b,c,d,e) USING (fu(note, 'pg_catalog')).v;
ROLLBACK;
SET search_path = a;
-- what was stored is what may be: nothing of a canary under c
BEGIN; SELECT nir.begin_processing('c', '0301');
SELECT how, count(*) FILTER (WHERE note LIKE 'canary%') FROM wide GROUP BY how ORDER BY how;
ROLLBACK;

-- ---- definitions that read
ALTER TABLE narrow ADD CHECK (starts_with(note, 'canary'));
CREATE INDEX ON narrow (lower(note));
ALTER TABLE narrow ADD UNIQUE (note);
ALTER TABLE narrow ADD COLUMN g nir.tagged_text(d) GENERATED ALWAYS AS (lower(note)::nir.tagged_text(d)) STORED;
ALTER TABLE narrow ADD COLUMN g int GENERATED ALWAYS AS (CASE WHEN starts_with(note, 'c') THEN 1 END) STORED;
ALTER TABLE narrow ALTER note TYPE nir.tagged_text(d) USING lower(note);
BEGIN; SELECT nir.begin_processing('d', '0301');
ALTER TABLE narrow ADD CHECK (starts_with(note, 'canary'));
CREATE INDEX ON narrow (lower(note));
SAVEPOINT s;
ALTER TABLE narrow ALTER note TYPE nir.tagged_text(d,e);
ROLLBACK TO s;
COMMIT;
CREATE FUNCTION peep(v nir.tagged_text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'seen'; RETURN 1; END $$;
BEGIN; SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
CREATE INDEX ON narrow (peep(note));
ROLLBACK TO s;
CREATE INDEX ON narrow (note) WHERE peep(note) = 1;
ROLLBACK TO s;
ALTER TABLE narrow ADD CHECK (peep(note) = 1);
ROLLBACK TO s;
ALTER TABLE narrow ADD CHECK (peep(note) = 1) NOT VALID;
ROLLBACK TO s;
ALTER TABLE narrow ADD COLUMN g int GENERATED ALWAYS AS (peep(note)) STORED;
ROLLBACK TO s;
CREATE TABLE made (note nir.tagged_text(d), CHECK (peep(note) = 1));
ROLLBACK TO s;
ROLLBACK;
-- nor through a domain's check, an extension's name, or a table that was not tagged yet
CREATE DOMAIN spy AS nir.tagged_text CHECK (peep(VALUE) = 1);
BEGIN; SELECT nir.begin_processing('d', '0301');
CREATE INDEX ON narrow ((note::spy));
ROLLBACK;
CREATE DOMAIN dn AS nir.tagged_text(d);
CREATE TABLE nd (note dn);
ALTER DOMAIN dn ADD CONSTRAINT q CHECK (starts_with(VALUE, 'x'));
CREATE TABLE wr (k int);
CREATE FUNCTION whole(r wr) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN true; END $$;
CREATE INDEX ON wr (whole(wr.*));
ALTER TABLE wr ADD COLUMN note nir.tagged_text(d);
-- nor a partition's bounds
CREATE TABLE pl (note nir.tagged_text(d)) PARTITION BY RANGE (lower(note));
CREATE TABLE pld PARTITION OF pl DEFAULT;
CREATE TABLE pa (note nir.tagged_text(d)) PARTITION BY RANGE (lower(note));
CREATE TABLE pac (note nir.tagged_text(d));
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO pl VALUES ('canary'); INSERT INTO pac VALUES ('canary'); COMMIT;
CREATE TABLE plx PARTITION OF pl FOR VALUES FROM ('c') TO ('d');
ALTER TABLE pa ATTACH PARTITION pac FOR VALUES FROM ('d') TO ('e');
-- nor by code of one's own that a trusted extension was made to own
SET client_min_messages = warning;
CREATE EXTENSION hstore SCHEMA a;
ALTER EXTENSION hstore ADD FUNCTION a.peep(nir.tagged_text);
RESET client_min_messages;
BEGIN; SELECT nir.begin_processing('d', '0301'); CREATE INDEX ON narrow (peep(note)); ROLLBACK;
ALTER EXTENSION hstore DROP FUNCTION a.peep(nir.tagged_text);
DROP EXTENSION hstore;
-- nor by altering the type that a typed table is of
CREATE TYPE of_type AS (note nir.tagged_text(d));
CREATE TABLE typed OF of_type;
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO typed VALUES ('canary'); COMMIT;
ALTER TYPE of_type ALTER ATTRIBUTE note TYPE nir.tagged_text(d) CASCADE;
-- a default of one's own reads nothing of the row
CREATE FUNCTION next_no() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE numbered (n int DEFAULT a.next_no(), note nir.tagged_text(d));
-- a row type that a column holds does not grow tagged values
CREATE TABLE rt (x nir.tagged_text(b,d));
CREATE TABLE rc (r rt);
ALTER TABLE rt ADD COLUMN z nir.tagged_text(c);
ALTER TYPE pair ADD ATTRIBUTE z nir.tagged_text(c);
RESET search_path;
RESET SESSION AUTHORIZATION;
-- on a governed table its owner reads nothing that way, with a purpose or without
ALTER TABLE av.settling OWNER TO regress_a_owner;
ALTER TABLE av.connection OWNER TO regress_a_owner;
SET SESSION AUTHORIZATION regress_a_owner;
CREATE INDEX ON av.settling (note);
BEGIN; SELECT nir.begin_processing('d', '0301'); CREATE INDEX ON av.settling (note); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); ALTER TABLE av.settling ADD CHECK (note <> 'x'); ROLLBACK;
-- nor a table without tagged values, a trigger, or a cascade
CREATE FUNCTION ao.seen(p int, u nir.unit) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'seen'; RETURN 1; END $$;
CREATE INDEX ON av.connection (ao.seen(person_id, unit));
ALTER TABLE av.connection ADD CHECK (NOT (person_id = 2 AND unit = '4601'));
CREATE TABLE ao.client (person_id int PRIMARY KEY);
INSERT INTO ao.client VALUES (1), (2);
ALTER TABLE av.settling ADD FOREIGN KEY (person_id) REFERENCES ao.client ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
CREATE FUNCTION ao.tf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'seen %', OLD.settling_id; RETURN OLD; END $$;
CREATE TRIGGER t BEFORE UPDATE OR DELETE ON av.settling FOR EACH ROW EXECUTE FUNCTION ao.tf();
DELETE FROM ao.client;
UPDATE ao.client SET person_id = person_id + 10;
BEGIN; SELECT nir.begin_processing('d', '0301'); DELETE FROM ao.client; ROLLBACK;
-- nor a rule, or an expression that ANALYZE would compute for every row
CREATE TABLE ao.stolen (settling_id int, note text);
CREATE RULE r AS ON INSERT TO av.settling DO ALSO INSERT INTO ao.stolen VALUES (NEW.settling_id, NEW.note::text);
CREATE RULE r AS ON UPDATE TO av.connection DO ALSO INSERT INTO ao.stolen VALUES (NEW.person_id, NULL);
CREATE STATISTICS ao.seen ON (ao.seen(person_id, unit)) FROM av.connection;
CREATE STATISTICS ao.plain ON person_id, unit FROM av.connection;
-- nor a domain of his own that a governed table uses
CREATE DOMAIN ao.kind AS text;
CREATE DOMAIN ao.sort AS ao.kind;
RESET SESSION AUTHORIZATION;
CREATE TABLE av.sorted (sort ao.sort, unit nir.unit, person_id int);
SELECT count(*) > 0 FROM nir.govern('av.sorted', 'connection', 'unit', 'person_id');
SET SESSION AUTHORIZATION regress_a_owner;
ALTER DOMAIN ao.kind ADD CHECK (VALUE <> 'bergen');
ALTER DOMAIN ao.sort SET NOT NULL;
CREATE DOMAIN ao.other AS text;
ALTER DOMAIN ao.other ADD CHECK (VALUE <> 'bergen');
RESET SESSION AUTHORIZATION;
DROP TABLE av.sorted;
SET SESSION AUTHORIZATION regress_a_owner;
-- nor by policies of his own
ALTER POLICY nir_municipality_select ON av.settling USING (true);
CREATE POLICY nir_x ON av.settling USING (true);
-- nor through a parent that nobody guards
CREATE TABLE ao.par (settling_id int NOT NULL, person_id int NOT NULL, unit nir.unit NOT NULL, note nir.tagged_text(b,d,e));
ALTER TABLE av.settling INHERIT ao.par;
-- nor from a trigger that a cascade fires
CREATE TABLE ao.pk (k int PRIMARY KEY);
CREATE TABLE ao.fk (k int REFERENCES ao.pk ON DELETE CASCADE);
CREATE FUNCTION ao.f() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE NOTICE '%', (SELECT string_agg(settling_id || '@' || unit, ',') FROM av.settling);
	RETURN OLD;
END
$$;
CREATE TRIGGER t BEFORE DELETE ON ao.fk FOR EACH ROW EXECUTE FUNCTION ao.f();
INSERT INTO ao.pk VALUES (1);
INSERT INTO ao.fk VALUES (1);
BEGIN; SELECT nir.begin_processing('d', '0301'); DELETE FROM ao.pk; ROLLBACK;
BEGIN; SELECT nir.begin_processing('c', '0301'); ROLLBACK;
DELETE FROM ao.pk;
RESET SESSION AUTHORIZATION;
-- foreign keys themselves work: the check reads a governed table that its reader may not
CREATE TABLE av.refers (settling_id int REFERENCES av.settling);
GRANT INSERT ON av.refers TO regress_a_oslo;
SET SESSION AUTHORIZATION regress_a_oslo;
INSERT INTO av.refers VALUES (1);
INSERT INTO av.refers VALUES (99);
RESET SESSION AUTHORIZATION;
DROP TABLE av.refers;

-- ---- maintenance by a superuser runs an owner's function without the superuser's rights
CREATE TABLE a.got (what text);
GRANT ALL ON a.got TO regress_a_oslo;
CREATE FUNCTION a.save(s text) RETURNS void LANGUAGE sql VOLATILE AS 'INSERT INTO a.got VALUES (s)';
CREATE FUNCTION a.show(v nir.tagged_text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	PERFORM a.save('plain ' || v::text);
	RETURN 1;
EXCEPTION WHEN OTHERS THEN
	PERFORM a.save('refused ' || SQLSTATE);
	RETURN 1;
END
$$;
ALTER FUNCTION a.save(text) OWNER TO regress_a_oslo;
ALTER FUNCTION a.show(nir.tagged_text) OWNER TO regress_a_oslo;
-- not even made by a superuser, whom the server makes the owner for it
CREATE INDEX show_it ON a.narrow (a.show(note));
-- but it may be there already when the table changes hands
ALTER TABLE a.narrow OWNER TO CURRENT_USER;
CREATE INDEX show_it ON a.narrow (a.show(note));
TRUNCATE a.got;
ALTER TABLE a.narrow OWNER TO regress_a_oslo;
ANALYZE a.narrow;
REINDEX TABLE a.narrow;
SELECT DISTINCT what FROM a.got;
DROP INDEX a.show_it;

-- ---- statistics of what contains tagged values are not for an operator of one's own
SET SESSION AUTHORIZATION regress_a_oslo;
CREATE TYPE a.sc AS (x nir.tagged_text(d));
CREATE TABLE a.st (a nir.tagged_text(d)[], c a.sc);
BEGIN; SELECT nir.begin_processing('d', '0301');
INSERT INTO a.st SELECT ARRAY[('canary ' || i % 3)::nir.tagged_text], ROW(('canary ' || i % 3)::nir.tagged_text)::a.sc FROM generate_series(1, 300) i;
COMMIT;
ANALYZE a.st;
CREATE FUNCTION a.opf(l nir.tagged_text[], r nir.tagged_text[]) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
	$$ BEGIN RAISE NOTICE 'the planner shows a value'; RETURN false; END $$;
CREATE OPERATOR a.=== (LEFTARG = nir.tagged_text[], RIGHTARG = nir.tagged_text[], FUNCTION = a.opf, RESTRICT = eqsel);
EXPLAIN SELECT 1 FROM a.st WHERE a OPERATOR(a.===) ARRAY['zz'::nir.tagged_text];
RESET SESSION AUTHORIZATION;

-- ---- a query keeps its mark while its start runs another
SET SESSION AUTHORIZATION regress_a_oslo;
SET search_path = a;
CREATE TABLE p (k int) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
INSERT INTO p VALUES (1), (2);
CREATE FUNCTION st() RETURNS int LANGUAGE plpgsql STABLE AS $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_class; RETURN 1; END $$;
BEGIN; SELECT nir.begin_processing('b,d', '0301');
DECLARE c CURSOR WITH HOLD FOR SELECT s.settling_id FROM av.settling s, p WHERE p.k = st();
ROLLBACK;
BEGIN; SELECT nir.begin_processing('b,d', '0301');
DECLARE c CURSOR FOR SELECT s.settling_id FROM av.settling s, p WHERE p.k = st();
SELECT nir.begin_processing('b', '0301');
ROLLBACK;
RESET search_path;
RESET SESSION AUTHORIZATION;

-- ---- a partition that its owner would read freely is not added to a governed table
CREATE TABLE av.by_kind (kind int, person_id int, unit nir.unit, note nir.tagged_text(b,d,e)) PARTITION BY LIST (kind);
CREATE TABLE av.kind1 PARTITION OF av.by_kind FOR VALUES IN (1);
CREATE TRIGGER t BEFORE DELETE ON av.by_kind FOR EACH ROW EXECUTE FUNCTION ao.tf();
CREATE RULE r AS ON INSERT TO av.by_kind DO ALSO NOTHING;
SELECT count(*) > 0 FROM nir.govern('av.by_kind', 'settlement', 'unit', 'person_id');
-- of code that was there before, nir.lint tells
SELECT name, object, finding FROM nir.lint() WHERE name IN ('foreign_code', 'rule') ORDER BY 1, 2, 3;
DROP RULE r ON av.by_kind;
ALTER TABLE av.by_kind OWNER TO regress_a_owner;
SET SESSION AUTHORIZATION regress_a_owner;
CREATE TABLE ao.kind2 PARTITION OF av.by_kind FOR VALUES IN (2);
CREATE TABLE ao.kind2 (kind int, person_id int, unit nir.unit, note nir.tagged_text(b,d,e));
ALTER TABLE av.by_kind ATTACH PARTITION ao.kind2 FOR VALUES IN (2);
RESET SESSION AUTHORIZATION;
CREATE TABLE av.kind2 PARTITION OF av.by_kind FOR VALUES IN (2);
DROP TABLE av.by_kind;

-- ---- a child of a parent that is not governed is not governed by mistake
CREATE TABLE av.parent (id int, unit nir.unit);
CREATE TABLE av.child (note nir.tagged_text(d)) INHERITS (av.parent);
SELECT nir.govern('av.child', 'settlement', 'unit');
DROP TABLE av.child, av.parent;

-- ---- two purposes: one may not open the rows and the other the columns
INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_mix', 'x', '{b,d}', 'core', 'x');
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation) VALUES
	('local_mix', 'municipality', 'select', 'own', '{b}', '(,)', 'x'), ('local_mix', 'municipality', 'select', 'state', '{d}', '(,)', 'x');
CREATE TABLE av.mix (id int PRIMARY KEY, unit nir.unit NOT NULL, secret nir.tagged_text(b));
SELECT count(*) > 0 FROM nir.govern('av.mix', 'local_mix', 'unit');
INSERT INTO av.mix VALUES (1, '0301', 'oslo'), (2, '4601', 'bergen');
SET SESSION AUTHORIZATION regress_a_oslo;
BEGIN; SELECT nir.begin_processing('b', '0301'); SELECT secret FROM av.mix; ROLLBACK;
BEGIN; SELECT nir.begin_processing('b,d', '0301'); SELECT secret FROM av.mix; ROLLBACK;
BEGIN; SELECT nir.begin_processing('b,d', '0301'); SELECT id FROM av.mix ORDER BY 1; ROLLBACK;
RESET SESSION AUTHORIZATION;

SET client_min_messages = warning;
DROP TABLE av.mix;
DELETE FROM nir.access_rule WHERE NOT builtin;
DELETE FROM nir.category WHERE NOT builtin;
DROP TABLE av.settling, av.connection CASCADE;
DROP OWNED BY regress_a_oslo, regress_a_owner CASCADE;
DROP SCHEMA av CASCADE;
SELECT nir.unbind_role('regress_a_oslo'), nir.unbind_role('regress_a_owner');
DROP ROLE regress_a_oslo, regress_a_owner;
