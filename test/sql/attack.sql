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
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) CREATE TABLE ctas AS SELECT * FROM av.lie_p;
ROLLBACK TO s;
SELECT * INTO ctas FROM av.lie_c;
ROLLBACK TO s;
-- a temporary table of the same name is not what is verified
CREATE TEMP TABLE shadow (x int);
CREATE TABLE shadow AS SELECT * FROM av.lie_c;
ROLLBACK TO s;
CREATE MATERIALIZED VIEW mv AS SELECT t.note FROM av.lie_c t;
ROLLBACK TO s;
CREATE MATERIALIZED VIEW mv AS SELECT t.note FROM av.lie t WITH NO DATA;
REFRESH MATERIALIZED VIEW mv;
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
-- nor by NOT NULL, or the order that CLUSTER lays rows down in
CREATE TABLE laid (id int PRIMARY KEY, note nir.tagged_text(d));
CREATE INDEX laid_note ON laid (note);
ALTER TABLE laid ALTER note SET NOT NULL, ALTER note DROP NOT NULL;
CLUSTER laid USING laid_note;
BEGIN; SELECT nir.begin_processing('d', '0301'); INSERT INTO laid VALUES (1, 'canary'); COMMIT;
ALTER TABLE laid ALTER note SET NOT NULL;
ALTER TABLE laid ADD UNIQUE (id), ALTER note SET NOT NULL;
CLUSTER laid;
CLUSTER laid USING laid_note;
CLUSTER;
BEGIN; SELECT nir.begin_processing('b', '0301'); ALTER TABLE laid ALTER note SET NOT NULL; ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301'); CLUSTER laid; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); ALTER TABLE laid ALTER note SET NOT NULL; CLUSTER laid; COMMIT;
ALTER TABLE laid SET WITHOUT CLUSTER;
CLUSTER;
RESET search_path;
RESET SESSION AUTHORIZATION;
-- on a governed table its owner reads nothing that way, with a purpose or without
ALTER TABLE av.settling OWNER TO regress_a_owner;
ALTER TABLE av.connection OWNER TO regress_a_owner;
SET SESSION AUTHORIZATION regress_a_owner;
CREATE INDEX ON av.settling (note);
BEGIN; SELECT nir.begin_processing('d', '0301'); CREATE INDEX ON av.settling (note); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); ALTER TABLE av.settling ADD CHECK (note <> 'x'); ROLLBACK;
ALTER TABLE av.settling ALTER note SET NOT NULL;
BEGIN; SELECT nir.begin_processing('d', '0301'); ALTER TABLE av.settling ALTER note SET NOT NULL; ROLLBACK;
CLUSTER av.settling USING settling_pkey;
BEGIN; SELECT nir.begin_processing('d', '0301'); CLUSTER av.settling USING settling_pkey; ROLLBACK;
ALTER TABLE av.settling CLUSTER ON settling_pkey;
CLUSTER;
ALTER TABLE av.settling SET WITHOUT CLUSTER;
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

-- ---- nothing is counted that row-level security then hides
SET SESSION AUTHORIZATION regress_a_oslo;
CREATE FUNCTION a.asks() RETURNS bigint LANGUAGE plpgsql PARALLEL SAFE AS $$ BEGIN RETURN (SELECT count(*) FROM av.settling); END $$;
CREATE FUNCTION a.asks_early() RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT count(*) FROM av.settling); END $$;
CREATE FUNCTION a.stumbles() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE division_by_zero; EXCEPTION WHEN division_by_zero THEN RETURN 0; END $$;
CREATE FUNCTION a.plans(how text) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	EXECUTE how || ' SELECT note FROM av.settling' INTO line;
	RETURN line IS NOT NULL;
END
$$;
PREPARE asked AS SELECT note FROM av.settling;
BEGIN; SELECT nir.begin_processing('d', '0301');
SAVEPOINT s;
EXPLAIN ANALYZE SELECT note FROM av.settling;
ROLLBACK TO s;
EXPLAIN (ANALYZE off, ANALYZE) UPDATE av.settling SET note = 'x';
ROLLBACK TO s;
EXPLAIN ANALYZE EXECUTE asked;
ROLLBACK TO s;
EXPLAIN ANALYZE DECLARE c CURSOR FOR SELECT note FROM av.settling;
ROLLBACK TO s;
DO $$ BEGIN EXECUTE 'EXPLAIN ANALYZE SELECT note FROM av.settling'; END $$;
ROLLBACK TO s;
SELECT a.plans('EXPLAIN (ANALYZE, FORMAT JSON)');
ROLLBACK TO s;
-- nor the pages that a function looks at, also in a worker, while it is planned, and past an error
EXPLAIN (ANALYZE, BUFFERS) SELECT a.asks();
ROLLBACK TO s;
SET LOCAL force_parallel_mode = on;
EXPLAIN (ANALYZE, BUFFERS) SELECT a.asks();
ROLLBACK TO s;
EXPLAIN (BUFFERS) SELECT a.asks_early();
ROLLBACK TO s;
EXPLAIN (ANALYZE, BUFFERS) SELECT a.stumbles(), a.asks();
ROLLBACK TO s;
-- what counts nothing, or nothing that is governed, is as before
SELECT a.plans('EXPLAIN'), a.asks();
SET LOCAL force_parallel_mode = on;
EXPLAIN (COSTS OFF) SELECT a.asks();
SELECT a.asks();
ROLLBACK TO s;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT note FROM a.narrow;
ROLLBACK;
RESET SESSION AUTHORIZATION;
SET client_min_messages = warning;
SELECT a.plans('EXPLAIN ANALYZE');
RESET client_min_messages;

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

-- ---- what is read without being named: under b nothing may depend on a note kept for d
SET SESSION AUTHORIZATION regress_a_oslo;
SET search_path = a;
CREATE TABLE im (id int PRIMARY KEY, note nir.tagged_text(d), other nir.tagged_text(b), probe text,
	CHECK (probe IS NULL OR note > probe), CHECK (note <> 'x'));
CREATE TABLE im_g (id int, note nir.tagged_text(d), other nir.tagged_text(b), probe text,
	less bool GENERATED ALWAYS AS (note < probe) STORED);
CREATE TABLE im_u (id int, k int, note nir.tagged_text(d), other nir.tagged_text(b), UNIQUE (note, k));
CREATE TABLE im_t (id int, note nir.tagged_text(d), other nir.tagged_text(b));
CREATE TABLE im_w (LIKE im_t);
CREATE TABLE im_s (LIKE im_t);
CREATE TABLE im_p (LIKE im_t);
CREATE TABLE im_r (LIKE im_t);
CREATE TABLE im_k (LIKE im_t) PARTITION BY RANGE (note);
CREATE TABLE im_kd PARTITION OF im_k DEFAULT;
CREATE TABLE im_parent (id int);
CREATE TABLE im_child (note nir.tagged_text(d), other nir.tagged_text(b)) INHERITS (im_parent);
CREATE TABLE im_pk (k int PRIMARY KEY);
CREATE TABLE im_fk (k int REFERENCES im_pk ON DELETE CASCADE, note nir.tagged_text(d));
CREATE FUNCTION im_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'less: %', OLD.note < 'm'; RETURN OLD; END $$;
CREATE FUNCTION im_s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'less: %', (SELECT note < 'm' FROM o); RETURN NULL; END $$;
CREATE TRIGGER t BEFORE UPDATE OR DELETE ON im_t FOR EACH ROW EXECUTE FUNCTION im_f();
CREATE TRIGGER t BEFORE UPDATE ON im_w FOR EACH ROW WHEN (OLD.note < 'm') EXECUTE FUNCTION suppress_redundant_updates_trigger();
CREATE TRIGGER t AFTER DELETE ON im_s REFERENCING OLD TABLE AS o FOR EACH STATEMENT EXECUTE FUNCTION im_s();
CREATE TRIGGER t BEFORE DELETE ON im_child FOR EACH ROW EXECUTE FUNCTION im_f();
CREATE TRIGGER t BEFORE DELETE ON im_fk FOR EACH ROW EXECUTE FUNCTION im_f();
CREATE RULE r AS ON UPDATE TO im_r WHERE OLD.note < 'm' DO INSTEAD NOTHING;
ALTER TABLE im_p ENABLE ROW LEVEL SECURITY;
ALTER TABLE im_p FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON im_p USING (note < 'm') WITH CHECK (true);
BEGIN; SELECT nir.begin_processing('d', '0301');
INSERT INTO im (id, note) VALUES (1, 'canary');
INSERT INTO im_g (id, note) VALUES (1, 'canary');
INSERT INTO im_u VALUES (1, 1, 'canary'), (2, 2, 'canary');
INSERT INTO im_t VALUES (1, 'canary');
INSERT INTO im_w VALUES (1, 'canary');
INSERT INTO im_s VALUES (1, 'canary');
INSERT INTO im_p VALUES (1, 'canary');
INSERT INTO im_r VALUES (1, 'canary');
INSERT INTO im_k VALUES (1, 'canary');
INSERT INTO im_child VALUES (1, 'canary');
INSERT INTO im_pk VALUES (1);
INSERT INTO im_fk VALUES (1, 'canary');
COMMIT;
BEGIN; SELECT nir.begin_processing('b', '0301');
SAVEPOINT s;
UPDATE im SET probe = 'd' WHERE id = 1;
ROLLBACK TO s;
INSERT INTO im (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET probe = 'd';
ROLLBACK TO s;
MERGE INTO im USING (SELECT 1) x ON id = 1 WHEN MATCHED THEN UPDATE SET probe = 'd';
ROLLBACK TO s;
UPDATE im_g SET probe = 'd' RETURNING less;
ROLLBACK TO s;
SELECT less FROM im_g;
ROLLBACK TO s;
UPDATE im_u SET k = 1;
ROLLBACK TO s;
UPDATE im_t SET id = 2;
ROLLBACK TO s;
DELETE FROM im_t;
ROLLBACK TO s;
UPDATE im_w SET id = id;
ROLLBACK TO s;
DELETE FROM im_s;
ROLLBACK TO s;
DELETE FROM im_parent;
ROLLBACK TO s;
DELETE FROM im_pk;
ROLLBACK TO s;
UPDATE im_r SET id = 2;
ROLLBACK TO s;
SELECT id FROM im_p;
ROLLBACK TO s;
SELECT id, tableoid::regclass FROM im_k;
ROLLBACK TO s;
SELECT id FROM im_kd;
ROLLBACK TO s;
-- what reads no note goes on as before
UPDATE im SET other = 'x', id = 2 RETURNING other;
DELETE FROM im_w;
DELETE FROM im_u;
SELECT id FROM im_t FOR UPDATE;
SELECT id, other, probe FROM im_g;
ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301'); UPDATE im SET probe = 'd'; ROLLBACK;
-- nor do statistics tell
CREATE TABLE im_i (id int, note nir.tagged_text(d));
CREATE INDEX ON im_i ((note < 'm'));
CREATE INDEX ON im_i (id) WHERE note < 'm';
CREATE INDEX ON im_i ((CASE WHEN id = 5 THEN note END));
CREATE INDEX ON im_i (hash_record(im_i));
CREATE INDEX ON im_i (lower(note) COLLATE "C", (id + 1)) WHERE note IS NOT NULL AND id > 5;
CREATE TABLE im_n (id int);
CREATE INDEX ON im_n (hash_record(im_n));
ALTER TABLE im_n ADD COLUMN note nir.tagged_text(d);
CREATE TABLE im_x (note text);
CREATE INDEX ON im_x ((note < 'm'));
ALTER TABLE im_x ALTER note TYPE nir.tagged_text(d);

-- ---- a column filled by its domain's default is looked at, too
CREATE FUNCTION lies() RETURNS holds LANGUAGE plpgsql AS $$
DECLARE
	r record;
	h holds;
BEGIN
	FOR i IN 1..2 LOOP
		IF i = 1 THEN SELECT note INTO r FROM wide LIMIT 1;
		ELSE SELECT note INTO r FROM av.settling LIMIT 1; END IF;
		h.v := r.note;
	END LOOP;
	RETURN h;
END
$$;
CREATE DOMAIN lying AS nir.tagged_text(b,c,d,e) DEFAULT (a.lies()).v;
CREATE TABLE filled (note nir.tagged_text(d));
BEGIN; SELECT nir.begin_processing('d', '0301');
INSERT INTO filled VALUES ('x');
ALTER TABLE filled ADD COLUMN bad lying;
ROLLBACK;
-- a view's row type that a column holds does not grow tagged values
CREATE VIEW grows AS SELECT 1 AS x;
CREATE TABLE held (r grows);
CREATE OR REPLACE VIEW grows AS SELECT 1 AS x, NULL::nir.tagged_text(b,c,d,e) AS note;
CREATE OR REPLACE VIEW grows AS SELECT 1 AS x, NULL::text AS note;
RESET search_path;
RESET SESSION AUTHORIZATION;
-- long values are not for who may read every table
CREATE ROLE regress_a_all LOGIN IN ROLE pg_read_all_data;
CREATE TABLE av.long (note nir.tagged_text(d));
INSERT INTO av.long SELECT string_agg(md5(i::text), '') FROM generate_series(1, 1000) i;
SELECT reltoastrelid::regclass AS toast FROM pg_class WHERE oid = 'av.long'::regclass \gset
SET SESSION AUTHORIZATION regress_a_all;
\set VERBOSITY sqlstate
SELECT count(chunk_data) FROM :toast;
-- also when it was looked up and found to have no columns of its own
COPY :toast FROM '/dev/null';
SELECT count(chunk_data) FROM :toast;
\set VERBOSITY terse
RESET SESSION AUTHORIZATION;
DROP ROLE regress_a_all;
DROP TABLE av.long;

-- ---- on a governed table: no rule, no child, no code that others would run, also while it is empty
CREATE DOMAIN ao.code AS text;
CREATE DOMAIN ao.code2 AS ao.code;
CREATE TABLE av.coded (id int, unit nir.unit NOT NULL, code ao.code2);
CREATE TABLE av.empty (id int, unit nir.unit NOT NULL, note nir.tagged_text(b,d,e));
INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_empty', 'x', '{b,d}', 'core', 'x');
SELECT count(*) > 0 FROM nir.govern('av.empty', 'local_empty', 'unit');
INSERT INTO av.coded VALUES (1, '4601', 'canary');
SELECT count(*) > 0 FROM nir.govern('av.coded', 'local_empty', 'unit');
ALTER DOMAIN ao.code OWNER TO regress_a_owner;
ALTER TABLE av.empty OWNER TO regress_a_owner;
GRANT CREATE ON SCHEMA av TO regress_a_owner;
SET SESSION AUTHORIZATION regress_a_owner;
CREATE TABLE ao.log (settling_id int, unit nir.unit, note nir.tagged_text(b,d,e));
CREATE RULE r AS ON INSERT TO av.settling DO ALSO INSERT INTO ao.log VALUES (NEW.settling_id, NEW.unit, NEW.note);
-- such a child of the connections would connect its maker with anybody
CREATE TABLE ao.conn () INHERITS (av.connection);
CREATE TABLE ao.conn (LIKE av.connection);
ALTER TABLE ao.conn INHERIT av.connection;
CREATE FUNCTION ao.troj() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'run by %', current_user; RETURN 1; END $$;
CREATE FUNCTION ao.troj(int) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'run by %', current_user; RETURN true; END $$;
CREATE DOMAIN ao.trojan AS int CHECK (ao.troj(VALUE));
CREATE TYPE ao.horse AS (x ao.trojan);
ALTER TABLE av.settling ALTER person_id SET DEFAULT ao.troj();
ALTER TABLE av.settling ADD COLUMN x ao.trojan;
ALTER TABLE av.settling ADD COLUMN x ao.horse[];
-- nor a domain that it uses already
CREATE FUNCTION ao.troj(text) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'seen %', $1; RETURN true; END $$;
ALTER DOMAIN ao.code ADD CHECK (ao.troj(VALUE));
ALTER DOMAIN ao.code SET DEFAULT ao.troj()::text;
ALTER DOMAIN ao.code RENAME TO codes;
CREATE INDEX ON av.empty ((id + 1));
CREATE INDEX ON av.empty (id) WHERE id > 5;
-- what is the server's own is his to add
ALTER TABLE av.empty ADD COLUMN x int DEFAULT 5, ADD COLUMN y nir.unit;
CREATE INDEX ON av.empty (id);
RESET SESSION AUTHORIZATION;
REVOKE CREATE ON SCHEMA av FROM regress_a_owner;
DROP TABLE av.empty, av.coded;
DROP DOMAIN ao.code2, ao.codes;

-- ---- a child of a parent that is not governed is not governed by mistake
CREATE TABLE av.parent (id int, unit nir.unit);
CREATE TABLE av.child (note nir.tagged_text(d)) INHERITS (av.parent);
SELECT nir.govern('av.child', 'settlement', 'unit');
DROP TABLE av.child, av.parent;

-- ---- checks of a foreign key run as the owner of the other table, past its policies: no cast of a stranger's in them
GRANT REFERENCES ON av.settling, nir.unit_code TO regress_a_owner;
SET SESSION AUTHORIZATION regress_a_owner;
CREATE TYPE ao.key AS ENUM ('k1', '0301');
CREATE FUNCTION ao.key_to_int(ao.key) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
	RAISE NOTICE 'runs as %', current_user;
	RETURN substr($1::text, 2)::int;
END
$$;
CREATE FUNCTION ao.key_to_unit(ao.key) RETURNS nir.unit LANGUAGE sql AS $$SELECT '0301'::nir.unit$$;
CREATE CAST (ao.key AS int) WITH FUNCTION ao.key_to_int(ao.key) AS IMPLICIT;
CREATE CAST (ao.key AS nir.unit) WITH FUNCTION ao.key_to_unit(ao.key) AS IMPLICIT;
CREATE DOMAIN ao.id AS int CHECK (VALUE > 0);
CREATE TABLE ao.refers (k ao.key REFERENCES av.settling (settling_id));
CREATE TABLE ao.refers (k ao.key, u ao.key, n int, d ao.id REFERENCES av.settling (settling_id), b bigint REFERENCES av.settling (settling_id),
	unit nir.unit REFERENCES nir.unit_code);
ALTER TABLE ao.refers ADD FOREIGN KEY (k) REFERENCES av.settling (settling_id) NOT VALID;
ALTER TABLE ao.refers ADD FOREIGN KEY (u) REFERENCES nir.unit_code (code);
ALTER TABLE ao.refers ALTER b TYPE ao.key USING 'k1'::ao.key;
INSERT INTO ao.refers (b, d, unit) VALUES (1, 2, '0301');
RESET SESSION AUTHORIZATION;
DROP TABLE IF EXISTS ao.refers;
REVOKE REFERENCES ON av.settling, nir.unit_code FROM regress_a_owner;

-- ---- what the policies of a governed table ask runs as whoever reads it: tables that are governed, and trusted functions
SET SESSION AUTHORIZATION regress_a_owner;
CREATE TABLE ao.connection (person_id int, unit nir.unit, kind text, valid daterange);
CREATE FUNCTION ao.ask() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'ask runs as %', current_user; RETURN true; END $$;
CREATE FUNCTION ao.case_subjects() RETURNS bigint[] LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'case_subjects runs as %', current_user; RETURN '{}'; END $$;
ALTER TABLE ao.connection ENABLE ROW LEVEL SECURITY;
CREATE POLICY ask ON ao.connection USING (ao.ask());
GRANT SELECT ON ao.connection TO PUBLIC;
CREATE TABLE ao.programme (person_id bigint, unit nir.unit, note nir.tagged_text(b));
CREATE VIEW ao.assignment AS SELECT 1::bigint AS person_id, 1::bigint AS engagement_id, daterange '(,)' AS valid WHERE ao.ask();
INSERT INTO ao.connection VALUES (1, '0301', 'x', '[2020-01-01,)');
RESET SESSION AUTHORIZATION;
SELECT count(*) > 0 FROM nir.govern('ao.programme', 'programme', 'unit', 'person_id');
DROP POLICY ask ON ao.connection;
SELECT count(*) > 0 FROM nir.govern('ao.connection', 'connection', 'unit', 'person_id');
SELECT count(*) > 0 FROM nir.govern('ao.programme', 'programme', 'unit', 'person_id');
SELECT polname FROM pg_policy WHERE polrelid = 'ao.programme'::regclass AND pg_get_expr(polqual, polrelid) ~ 'ao\.(ask|assignment|case_subjects)';
SELECT DISTINCT scope FROM nir.relation_access WHERE relation = 'ao.programme'::regclass AND scope IN ('subject', 'engaged');
DROP TABLE ao.programme, ao.connection;

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
