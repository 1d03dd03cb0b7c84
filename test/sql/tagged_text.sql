-- tagged_text behaves like text under every collation, uses its index, keeps
-- its tag, and never shows a value in an error.
\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset null NULL
SET search_path = '';

CREATE SCHEMA regress_text;
CREATE TABLE regress_text.t (
	id integer PRIMARY KEY,
	name nir.tagged_text(a,b),
	family nir.tagged_text(a),
	other text
);
INSERT INTO regress_text.t
	SELECT g, (ARRAY['Kari', 'Ola', 'Per', 'kari', 'Åse', 'Æble', 'Øystein', 'Karin'])[g % 8 + 1] || CASE WHEN g > 8 THEN g::text ELSE '' END,
		'Nordmann' || g % 50, 'x' || g
	FROM pg_catalog.generate_series(1, 2000) AS g;
INSERT INTO regress_text.t VALUES (0, NULL, NULL, NULL), (-1, '', '', ''), (-2, '{"a": 1}', '{a,b}', 'x'),
	(-3, pg_catalog.repeat('æøå', 1400), pg_catalog.repeat('a', 8192), 'x'), (-4, 'a_b%c\d', 'x', 'x'), (-5, 'Ola', 'N', 'Ola');
CREATE INDEX t_name ON regress_text.t (name);
CREATE INDEX t_lower ON regress_text.t (lower(name));
CREATE INDEX t_hash ON regress_text.t USING hash (family);
VACUUM ANALYZE regress_text.t;
SELECT attname, null_frac > 0 AS nulls, most_common_vals IS NULL AND histogram_bounds IS NULL AS silent
FROM pg_catalog.pg_stats WHERE schemaname = 'regress_text' AND attname IN ('name', 'family') ORDER BY attname;

-- ---- the index is used ----
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = 'Kari';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = 'Kari'::text;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = 'Kari'::varchar;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE 'Kari'::text = name;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = ANY (ARRAY['Kari', 'Ola']::text[]);
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name IN ('Kari', 'Ola');
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name >= 'Kari' AND name < 'Kb'::text;
EXPLAIN (COSTS OFF) SELECT name FROM regress_text.t ORDER BY name DESC LIMIT 1;
EXPLAIN (COSTS OFF) SELECT min(name) FROM regress_text.t;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'Kar%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'K_r%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'a\_b\%c\\d';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'Ø%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name ^@ 'Kar';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE starts_with(name, 'Kar');
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE lower(name) LIKE 'kar%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE lower(name) = 'kari';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE family = 'Nordmann7';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE '%x';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'x\';
PREPARE by_text(text) AS SELECT count(*) FROM regress_text.t WHERE name = $1;
PREPARE by_varchar(varchar) AS SELECT count(*) FROM regress_text.t WHERE name = $1;
PREPARE by_unknown AS SELECT count(*) FROM regress_text.t WHERE name = $1;
PREPARE by_like(text) AS SELECT count(*) FROM regress_text.t WHERE name LIKE $1;
EXECUTE by_text('Ola');
EXECUTE by_varchar('Ola');
EXECUTE by_unknown('Ola');
EXECUTE by_like('Kar%');
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE by_varchar('Ola');
EXPLAIN (COSTS OFF) EXECUTE by_unknown('Ola');
RESET plan_cache_mode;

-- with and without the index the answers are the same
SELECT count(*) FROM regress_text.t WHERE name LIKE 'Kar%';
SELECT count(*) FROM regress_text.t WHERE name LIKE 'Ø%';
SELECT id FROM regress_text.t WHERE name LIKE 'a\_b\%c\\d';
SELECT count(*) FROM regress_text.t WHERE lower(name) LIKE 'kar%';
SELECT count(*) FROM regress_text.t WHERE name ^@ 'Kari';
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_seqscan = on;
SELECT count(*) FROM regress_text.t WHERE name LIKE 'Kar%';
SELECT count(*) FROM regress_text.t WHERE name LIKE 'Ø%';
SELECT id FROM regress_text.t WHERE name LIKE 'a\_b\%c\\d';
SELECT count(*) FROM regress_text.t WHERE lower(name) LIKE 'kar%';
SELECT count(*) FROM regress_text.t WHERE name ^@ 'Kari';
RESET enable_indexscan;
RESET enable_indexonlyscan;
RESET enable_bitmapscan;

-- ---- LIKE agrees with the server's ----
SELECT count(*) AS pairs, count(*) FILTER (WHERE (v::nir.tagged_text LIKE p) <> (v LIKE p)
	OR (v::nir.tagged_text NOT LIKE p) <> (v NOT LIKE p) OR (v::nir.tagged_text ILIKE p) <> (v ILIKE p)
	OR (v::nir.tagged_text ^@ p) <> (v ^@ p)) AS wrong
FROM (SELECT a || b || c AS v FROM (VALUES (''), ('a'), ('æ'), ('_')) AS x(a), (VALUES (''), ('b'), ('%'), ('å')) AS y(b),
		(VALUES (''), ('ab'), ('\'), ('aab'), ('æå')) AS z(c)) AS values_,
	(SELECT a || b || c AS p FROM (VALUES (''), ('%'), ('_'), ('a'), ('æ'), ('\_')) AS x(a), (VALUES (''), ('%'), ('_'), ('b'), ('\%')) AS y(b),
		(VALUES (''), ('%'), ('ab'), ('\\'), ('_b'), ('%å'), ('%a%b')) AS z(c)) AS patterns;
-- an invalid pattern matches nothing, either way
SELECT 'x\'::nir.tagged_text LIKE 'x\' AS l, 'x\'::nir.tagged_text NOT LIKE 'x\' AS nl,
	'x\'::nir.tagged_text ILIKE 'x\' AS il, 'x\'::nir.tagged_text NOT ILIKE 'x\' AS nil;
-- deep patterns need no stack
SELECT pg_catalog.repeat('ab', 100000)::nir.tagged_text LIKE pg_catalog.repeat('%b', 100000) AS deep;
SELECT name ~ '^K' AS a, name !~ '^K' AS b, name ~* '^k' AS c, name !~* '^k' AS d, name SIMILAR TO 'K%' AS e FROM regress_text.t WHERE id = 8;

-- every operator can be planned, in a restriction and in a join
SELECT count(*) FILTER (WHERE name LIKE '%a%') AS l, count(*) FILTER (WHERE name NOT LIKE '%a%') AS nl FROM regress_text.t;
SELECT count(*) FROM regress_text.t WHERE name NOT LIKE '%a%' AND name NOT ILIKE '%b%' AND name ILIKE 'o%' AND name ~ 'O'
	AND name !~ 'x' AND name ~* 'O' AND name !~* 'x' AND name ^@ 'O';
SELECT count(*) FROM regress_text.t JOIN regress_text.t p ON t.name LIKE p.other AND t.id < 0;
SELECT count(*) FROM regress_text.t JOIN regress_text.t p ON t.name NOT LIKE p.other AND t.name NOT ILIKE p.other
	AND t.name ILIKE p.other || '%' AND t.id < 0 AND p.id < 0;

-- ---- what applications write ----
SELECT name || ' ' || family AS a, name || 1 AS b, 'a' || name AS c, name || other AS d, other || name AS e
FROM regress_text.t WHERE id = 8;
SELECT lower(name) AS a, upper(left(name, 1)) AS b, initcap(lower(name)) AS c, length(name) > 3 AS d, char_length(name) AS e,
	character_length(name) AS f, right(name, 2) AS g, substr(name, 2) AS h, substr(name, 2, 1) AS i
FROM regress_text.t WHERE id = 8;
SELECT substring(name FROM 1 FOR 2) AS a, substring(name FROM 2) AS b, substring(name FROM '^.') AS c, trim(name) AS d,
	trim(BOTH 'K' FROM name) AS e, trim(LEADING FROM name) AS f, trim(TRAILING 'i' FROM name) AS g, position('r' IN name) AS h,
	overlay(name PLACING 'xx' FROM 1 FOR 1) AS i
FROM regress_text.t WHERE id = 8;
SELECT ltrim(name, 'K') AS a, rtrim(name, 'i') AS b, btrim(name) AS c, ltrim(name) AS d, rtrim(name) AS e, replace(name, 'a', 'b') AS f,
	split_part(name, 'a', 2) AS g, concat(name, ' ', other) AS h, format('%s', name) AS i, name::varchar(2) AS j, name::char(2) AS k
FROM regress_text.t WHERE id = 8;
SELECT substring('x'::nir.tagged_text FROM 'y') AS none;
SELECT coalesce(name, '-') AS a, coalesce(name, other) AS b, nullif(name, '') AS c, CASE WHEN id = 0 THEN name ELSE 'y' END AS d,
	greatest(name, 'A') AS e
FROM regress_text.t WHERE id IN (0, -1) ORDER BY id;
SELECT name FROM regress_text.t WHERE id = 8 UNION SELECT other FROM regress_text.t WHERE id = 8 ORDER BY 1;
SELECT count(*) FROM regress_text.t WHERE name = other;
SELECT count(*) FROM regress_text.t WHERE name = 'O' || 'la';
SELECT count(DISTINCT family), min(name), max(family COLLATE "C") FROM regress_text.t WHERE id BETWEEN 1 AND 100;
SELECT lower(name), count(*) FROM regress_text.t WHERE id BETWEEN 1 AND 8 GROUP BY lower(name) ORDER BY lower(name) DESC;
SELECT string_agg(name, ', ' ORDER BY id), string_agg(DISTINCT name, ','), array_agg(name ORDER BY id), json_agg(name ORDER BY id)
FROM regress_text.t WHERE id BETWEEN 1 AND 4;
SELECT string_agg(name, ',') AS a, max(name) AS b FROM regress_text.t WHERE id = 0;
SELECT string_agg(name, NULL ORDER BY id) FROM regress_text.t WHERE id IN (1, 2);
SELECT row_to_json(t), to_jsonb(t) FROM regress_text.t WHERE id = -2;
SELECT left(name, 2) FROM regress_text.t WHERE name COLLATE "C" < 'Kari' AND id BETWEEN 1 AND 8 ORDER BY name;
SELECT 'x'::nir.tagged_text ~ '(';
SELECT substring('secret'::nir.tagged_text, 1, -1);

-- ---- hashes and joins with text ----
SELECT pg_catalog.bool_and(nir.tagged_text_hash(v::nir.tagged_text) = pg_catalog.hashtext(v)
	AND nir.tagged_text_hash_extended(v::nir.tagged_text, 42) = pg_catalog.hashtextextended(v, 42)) AS hashes
FROM (VALUES (''), ('a'), ('æøå'), (pg_catalog.repeat('x', 10000))) AS s(v);
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM regress_text.t JOIN regress_text.t p ON t.name = p.other;
SELECT count(*) FROM regress_text.t JOIN regress_text.t p ON t.name = p.other;
SELECT count(*) FROM regress_text.t WHERE name NOT IN (SELECT other FROM regress_text.t WHERE other IS NOT NULL);
SELECT count(*) FROM regress_text.t WHERE other IN (SELECT name FROM regress_text.t);
RESET enable_nestloop;
RESET enable_mergejoin;

-- ---- collations ----
CREATE COLLATION regress_text.blind (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
SELECT 'KARI'::nir.tagged_text = 'kari' COLLATE regress_text.blind AS equal,
	'KARI'::nir.tagged_text COLLATE regress_text.blind LIKE 'KARI' AS l, 'KARI'::nir.tagged_text COLLATE regress_text.blind NOT LIKE 'x' AS nl,
	nir.tagged_text_hash('KARI' COLLATE regress_text.blind) = nir.tagged_text_hash('kari' COLLATE regress_text.blind) AS hash,
	nir.tagged_text_hash('KARI' COLLATE regress_text.blind) = pg_catalog.hashtext('kari' COLLATE regress_text.blind) AS hash_text;
SELECT count(DISTINCT lower(name)), count(DISTINCT name COLLATE regress_text.blind) FROM regress_text.t;
CREATE TABLE regress_text.sorted AS SELECT name::text AS v, id FROM regress_text.t WHERE name IS NOT NULL;
SELECT pg_catalog.array_agg(v ORDER BY v::nir.tagged_text COLLATE pg_catalog."nb-x-icu", id) = pg_catalog.array_agg(v ORDER BY v COLLATE pg_catalog."nb-x-icu", id) AS norwegian,
	pg_catalog.array_agg(v ORDER BY v::nir.tagged_text COLLATE "C", id) = pg_catalog.array_agg(v ORDER BY v COLLATE "C", id) AS bytes,
	pg_catalog.array_agg(id ORDER BY v::nir.tagged_text COLLATE regress_text.blind, id) = pg_catalog.array_agg(id ORDER BY v COLLATE regress_text.blind, id) AS blind
FROM regress_text.sorted;
-- a sort on the value alone, so that it goes by abbreviated keys
SELECT pg_catalog.bool_and(before IS NULL OR before <= v) AS norwegian FROM (SELECT v COLLATE pg_catalog."nb-x-icu", pg_catalog.lag(v) OVER () AS before
	FROM (SELECT name::text COLLATE pg_catalog."nb-x-icu" AS v FROM regress_text.t WHERE name IS NOT NULL ORDER BY name COLLATE pg_catalog."nb-x-icu" OFFSET 0) AS s) AS s;
SELECT pg_catalog.bool_and(before IS NULL OR before <= v) AS bytes FROM (SELECT v, pg_catalog.lag(v) OVER () AS before
	FROM (SELECT name::text AS v FROM regress_text.t WHERE name IS NOT NULL ORDER BY name COLLATE "C" OFFSET 0) AS s) AS s;
SELECT string_agg(name, ' ' ORDER BY name COLLATE pg_catalog."nb-x-icu") FROM regress_text.t WHERE id BETWEEN 1 AND 8;
CREATE TABLE regress_text.icu (name nir.tagged_text(a) COLLATE pg_catalog."nb-x-icu");
INSERT INTO regress_text.icu SELECT v FROM regress_text.sorted;
CREATE INDEX ON regress_text.icu (name);
CREATE TABLE regress_text.nondeterministic (name nir.tagged_text(a) COLLATE regress_text.blind UNIQUE);
INSERT INTO regress_text.nondeterministic VALUES ('Kari'), ('KARI') ON CONFLICT DO NOTHING;
SELECT name FROM regress_text.nondeterministic WHERE name = 'kari'::text;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT name FROM regress_text.icu WHERE name LIKE 'Ola%';
EXPLAIN (COSTS OFF) SELECT name FROM regress_text.icu WHERE name LIKE 'Ola';
SELECT count(*) FROM regress_text.icu WHERE name LIKE 'Ola';
SELECT pg_catalog.bool_and(before IS NULL OR before <= v) AS index_order FROM (SELECT v, pg_catalog.lag(v) OVER () AS before
	FROM (SELECT name::text COLLATE pg_catalog."nb-x-icu" AS v FROM regress_text.icu ORDER BY name OFFSET 0) AS s) AS s;
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT count(*) FROM regress_text.icu JOIN regress_text.t ON icu.name = t.name;

-- ---- tags ----
SELECT ('x'::nir.tagged_text(a,b) || 'y'::nir.tagged_text(b,c))::nir.tagged_text(b) AS common;
SELECT ('x'::nir.tagged_text(a,b) || 'y'::nir.tagged_text(b,c))::nir.tagged_text(a) AS not_common;
\echo :LAST_ERROR_SQLSTATE
SELECT (upper('x'::nir.tagged_text(a)) || 'y')::nir.tagged_text(b) AS not_kept;
SELECT string_agg(v, ',')::nir.tagged_text(a) FROM (VALUES ('x'::nir.tagged_text(a)), ('y'::nir.tagged_text(b)::nir.tagged_text)) AS s(v);
SELECT length('x'::nir.tagged_text(a))::nir.tagged_int(b);

-- ---- a role that has declared no purpose ----
CREATE ROLE regress_text_reader;
GRANT USAGE ON SCHEMA regress_text TO regress_text_reader;
GRANT SELECT, INSERT ON regress_text.t TO regress_text_reader;
SET ROLE regress_text_reader;
SELECT name FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT upper(name) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT md5(name) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT concat(name) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT length(name) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT array_agg(name) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT string_agg(name, ',') FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT row_to_json(t) FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT name::integer FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT name || other FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
SELECT name || 1 FROM regress_text.t WHERE id = 8;
\echo :LAST_ERROR_SQLSTATE
INSERT INTO regress_text.t (id, name) VALUES (-99, 'secret');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

-- ---- what may go to an index below a row-level security policy ----
ALTER TABLE regress_text.t ADD unit integer;
UPDATE regress_text.t SET unit = id % 5;
CREATE INDEX t_unit ON regress_text.t (unit);
ALTER TABLE regress_text.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON regress_text.t USING (unit = 3);
SELECT nir.bind_role('regress_text_reader', '0301', purposes => '{b}', default_purpose => '{b}') IS NULL AS bound;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET ROLE regress_text_reader;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = 'Kari8';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name = 'Kari8'::text;
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name LIKE 'Kari8%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name ^@ 'Kari8';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE lower(name) LIKE 'kari8%';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE lower(name) = 'kari8';
EXPLAIN (COSTS OFF) SELECT id FROM regress_text.t WHERE name ILIKE 'Kari8%';
RESET ROLE;
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT nir.unbind_role('regress_text_reader', '0301') IS NULL AS unbound;

-- ---- damaged values are compared, hashed and sorted, and may be used for nothing ----
CREATE CAST (bytea AS nir.tagged_text) WITHOUT FUNCTION;
SELECT v::nir.tagged_text = ''::text AS empty, nir.tagged_text_hash(v::nir.tagged_text) = pg_catalog.hashtext('') AS hash,
	v::nir.tagged_text LIKE '%' AS l, v::nir.tagged_text < 'a' AS lt
FROM (VALUES (''::bytea), ('\x01'), ('\x010203'), ('\x01000000')) AS s(v);
SELECT v FROM (VALUES ('\xffffffff62'::bytea), (''), ('\x01'), ('\xffffffff61')) AS s(v) ORDER BY v::nir.tagged_text, v;
SELECT (v::nir.tagged_text)::nir.tagged_text(a) FROM (VALUES ('\x01'::bytea)) AS s(v);
DROP CAST (bytea AS nir.tagged_text);

-- ---- COPY in every format ----
\getenv abs_builddir PG_ABS_BUILDDIR
CREATE TABLE regress_text.copied (LIKE regress_text.t);
\set file :abs_builddir '/results/tagged_text.txt'
COPY regress_text.t TO :'file';
COPY regress_text.copied FROM :'file';
\set file :abs_builddir '/results/tagged_text.csv'
COPY regress_text.t TO :'file' (FORMAT csv);
COPY regress_text.copied FROM :'file' (FORMAT csv);
\set file :abs_builddir '/results/tagged_text.bin'
COPY regress_text.t TO :'file' (FORMAT binary);
COPY regress_text.copied FROM :'file' (FORMAT binary);
SELECT count(*), count(*) FILTER (WHERE (t.name, t.family, t.other) IS NOT DISTINCT FROM (c.name, c.family, c.other)
	AND t.name::text IS NOT DISTINCT FROM c.name::text) AS same
FROM regress_text.t JOIN regress_text.copied c USING (id);
SELECT id, length(name), length(family), pg_catalog.pg_column_size(family) < 1000 AS compressed FROM regress_text.t WHERE id = -3;

DROP TABLE regress_text.t, regress_text.icu, regress_text.nondeterministic, regress_text.copied;
DROP SCHEMA regress_text CASCADE;
DROP ROLE regress_text_reader;
