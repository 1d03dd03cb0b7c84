-- tagged_numeric behaves like numeric, keeps its tag, and never shows a value
-- in an error.
\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset null NULL
SET search_path = '';

-- ---- input ----
SELECT v, v::nir.tagged_numeric AS tagged, v::numeric = v::nir.tagged_numeric AS same
FROM (VALUES ('0'), ('-0.00'), (' 12.50 '), ('.5'), ('5.'), ('1e10'), ('-1.5E-3'), ('+7'), ('NaN'), ('inf'), ('-Infinity'),
	('123456789012345678901234567890.123456789')) AS s(v);
SELECT v, pg_catalog.length(v::nir.tagged_numeric::text) AS digits FROM (VALUES ('1e500'), ('1e-500')) AS s(v);
SELECT '12secret'::nir.tagged_numeric;
\echo :LAST_ERROR_SQLSTATE
SELECT ''::nir.tagged_numeric;
SELECT '.'::nir.tagged_numeric;
SELECT '1e'::nir.tagged_numeric;
SELECT '1.2.3'::nir.tagged_numeric;
SELECT '+NaN'::nir.tagged_numeric;
SELECT '- 5'::nir.tagged_numeric;
SELECT '1e1000000'::nir.tagged_numeric;
SELECT '1e99999999999'::nir.tagged_numeric;

-- ---- a table, its indexes, cross-type comparison ----
CREATE SCHEMA regress_numeric;
CREATE TABLE regress_numeric.t (id integer PRIMARY KEY, amount nir.tagged_numeric(a,b));
INSERT INTO regress_numeric.t SELECT g, (g % 700) * 1.25 - 100 FROM pg_catalog.generate_series(1, 2000) AS g;
INSERT INTO regress_numeric.t VALUES (0, NULL), (-1, 'NaN'), (-2, '1e300'), (-3, 5), (-4, 7::bigint), (-5, 2.5::float8), (-6, '0');
CREATE INDEX t_amount ON regress_numeric.t (amount);
CREATE INDEX t_amount_hash ON regress_numeric.t USING hash (amount);
VACUUM ANALYZE regress_numeric.t;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM regress_numeric.t WHERE amount > 100;
EXPLAIN (COSTS OFF) SELECT id FROM regress_numeric.t WHERE 100.5 > amount;
EXPLAIN (COSTS OFF) SELECT id FROM regress_numeric.t WHERE amount BETWEEN '1' AND 2.5;
EXPLAIN (COSTS OFF) SELECT id FROM regress_numeric.t WHERE amount IN (1.25, 2.5);
EXPLAIN (COSTS OFF) SELECT max(amount) FROM regress_numeric.t;
EXPLAIN (COSTS OFF) SELECT amount FROM regress_numeric.t ORDER BY amount;
SELECT count(*) FROM regress_numeric.t WHERE amount > 100;
SELECT count(*) FROM regress_numeric.t WHERE amount::numeric > 100;
SELECT id FROM regress_numeric.t WHERE amount = 2.50 ORDER BY id;
RESET enable_seqscan;
RESET enable_bitmapscan;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SELECT pg_catalog.array_agg(amount ORDER BY amount, id)::text = pg_catalog.array_agg(amount::numeric ORDER BY amount::numeric, id)::text AS same
FROM regress_numeric.t;
SELECT pg_catalog.bool_and(ok) FROM (SELECT amount >= lag(amount) OVER (ORDER BY amount) AS ok
	FROM (SELECT amount FROM regress_numeric.t ORDER BY amount OFFSET 0) AS s) AS s;
RESET enable_indexscan;
RESET enable_indexonlyscan;
SELECT pg_catalog.bool_and(nir.tagged_numeric_hash(v::nir.tagged_numeric) = pg_catalog.hash_numeric(v)
	AND nir.tagged_numeric_hash_extended(v::nir.tagged_numeric, 42) = pg_catalog.hash_numeric_extended(v, 42)) AS hashes
FROM (SELECT g * 1.5 AS v FROM pg_catalog.generate_series(-1000, 1000) AS g UNION ALL VALUES ('NaN'), ('infinity'), (0.000)) AS s;
CREATE TABLE regress_numeric.plain AS SELECT g * 1.250 AS v FROM pg_catalog.generate_series(1, 100) AS g;
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM regress_numeric.t JOIN regress_numeric.plain p ON amount = p.v;
SELECT count(*) FROM regress_numeric.t JOIN regress_numeric.plain p ON amount = p.v;
SELECT count(*) FROM regress_numeric.t WHERE amount NOT IN (SELECT v FROM regress_numeric.plain);
RESET enable_nestloop;
RESET enable_mergejoin;

-- ---- what applications write ----
SELECT amount * 2 AS a, amount * 1.25 AS b, 2 + amount AS c, amount - amount AS d, amount / 3 AS e, -amount AS f, abs(-amount) AS g,
	round(amount / 3, 2) AS h, round(amount) AS i, ceil(amount) AS j, amount::integer AS k, amount::float8 AS l,
	coalesce(amount, 0.0) AS m, greatest(amount, 0.0) AS n, to_char(amount, 'FM990.00') AS o, amount * '3'::nir.tagged_int AS p
FROM regress_numeric.t WHERE id = -5;
SELECT sum(amount), round(avg(amount), 4) AS avg, min(amount), max(amount), sum(amount) / count(*) > 0 AS positive
FROM regress_numeric.t WHERE id > 0;
SELECT sum(amount), avg(amount), max(amount) FROM regress_numeric.t WHERE id = 0;
SELECT sum(amount) FROM regress_numeric.t WHERE id IN (-1, 1);
SELECT id, sum(amount) OVER (ORDER BY id ROWS 1 PRECEDING) FROM regress_numeric.t WHERE id BETWEEN 1 AND 3 ORDER BY id;
SELECT row_to_json(t), to_jsonb(t) FROM regress_numeric.t WHERE id IN (-5, -1, 0) ORDER BY id;
SELECT amount / 0 FROM regress_numeric.t WHERE id = -5;
SELECT amount::integer FROM regress_numeric.t WHERE id = -2;

-- ---- tags ----
SELECT ('1.5'::nir.tagged_numeric(a,b) * '2'::nir.tagged_numeric(b,c))::nir.tagged_numeric(b) AS common;
SELECT ('1.5'::nir.tagged_numeric(a,b) * '2'::nir.tagged_numeric(b,c))::nir.tagged_numeric(c) AS not_common;
\echo :LAST_ERROR_SQLSTATE
SELECT sum(v)::nir.tagged_numeric(a) FROM (VALUES ('1'::nir.tagged_numeric(a)), ('2'::nir.tagged_numeric(b)::nir.tagged_numeric)) AS s(v);

-- ---- a role that has declared no purpose ----
CREATE ROLE regress_numeric_reader;
GRANT USAGE ON SCHEMA regress_numeric TO regress_numeric_reader;
GRANT SELECT, INSERT ON regress_numeric.t TO regress_numeric_reader;
SET ROLE regress_numeric_reader;
SELECT amount FROM regress_numeric.t WHERE id = -5;
\echo :LAST_ERROR_SQLSTATE
SELECT amount::integer FROM regress_numeric.t WHERE id = -5;
\echo :LAST_ERROR_SQLSTATE
SELECT sum(amount) FROM regress_numeric.t;
\echo :LAST_ERROR_SQLSTATE
SELECT to_json(amount) FROM regress_numeric.t WHERE id = -5;
\echo :LAST_ERROR_SQLSTATE
INSERT INTO regress_numeric.t VALUES (-99, 5);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

-- ---- damaged values are compared, hashed and sorted ----
CREATE CAST (bytea AS nir.tagged_numeric) WITHOUT FUNCTION;
SELECT v, v::nir.tagged_numeric = 0 AS zero, v::nir.tagged_numeric < 5 AS lt,
	nir.tagged_numeric_hash(v::nir.tagged_numeric) = pg_catalog.hash_numeric(0) AS hash
FROM (VALUES (''::bytea), ('\x01'), ('\x01000000'), ('\x0100000000'), ('\x010000000000'), ('\x0100000000000000')) AS s(v)
ORDER BY v::nir.tagged_numeric, v;
DROP CAST (bytea AS nir.tagged_numeric);

-- ---- COPY, binary too ----
\getenv abs_builddir PG_ABS_BUILDDIR
CREATE TABLE regress_numeric.copied (LIKE regress_numeric.t);
\set file :abs_builddir '/results/tagged_numeric.bin'
COPY regress_numeric.t TO :'file' (FORMAT binary);
COPY regress_numeric.copied FROM :'file' (FORMAT binary);
SELECT count(*) FROM regress_numeric.t JOIN regress_numeric.copied c USING (id)
WHERE t.amount IS NOT DISTINCT FROM c.amount AND t.amount::text IS NOT DISTINCT FROM c.amount::text;

DROP TABLE regress_numeric.t, regress_numeric.copied;
DROP SCHEMA regress_numeric CASCADE;
DROP ROLE regress_numeric_reader;
