-- tagged_date, tagged_int and tagged_bool behave like date, integer and
-- boolean, keep their tags, and never show a value in an error.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET search_path = '';

-- ---- input: what the base types read, and errors without the value ----
SELECT v, v::nir.tagged_date AS tagged, v::date = v::nir.tagged_date AS same
FROM (VALUES ('2020-02-29'), ('08-Jan-1999'), ('January 8, 1999'), ('infinity'), ('-infinity'),
	('2020-01-01 12:00:00+02'), ('0044-03-15 BC'), ('epoch')) AS s(v);
SELECT '2021-02-29'::nir.tagged_date;
SELECT '2020-01-01 Secret/Zone'::nir.tagged_date;
SELECT '99999999-01-01'::nir.tagged_date;
SELECT 'secret'::nir.tagged_date;
SELECT ''::nir.tagged_date;
\echo :LAST_ERROR_SQLSTATE
SELECT v, v::nir.tagged_int AS tagged FROM (VALUES ('5'), (' -7 '), ('+3'), ('2147483647'), ('-2147483648'), ('007')) AS s(v);
SELECT '2147483648'::nir.tagged_int;
\echo :LAST_ERROR_SQLSTATE
SELECT '-99999999999999999999999999'::nir.tagged_int;
SELECT '12secret'::nir.tagged_int;
\echo :LAST_ERROR_SQLSTATE
SELECT ''::nir.tagged_int;
SELECT '- 5'::nir.tagged_int;
SELECT v, v::nir.tagged_bool AS tagged FROM (VALUES ('t'), (' yes '), ('off'), ('0')) AS s(v);
SELECT 'secret'::nir.tagged_bool;
\echo :LAST_ERROR_SQLSTATE

SET datestyle = 'German';
SELECT '2020-02-03'::nir.tagged_date, pg_catalog.to_json('2020-02-03'::nir.tagged_date);
RESET datestyle;

-- ---- a table, its indexes, cross-type comparison ----
CREATE SCHEMA regress_scalar;
CREATE TABLE regress_scalar.t (
	id integer PRIMARY KEY,
	d nir.tagged_date(a),
	n nir.tagged_int(a,b),
	flag nir.tagged_bool(a)
);
INSERT INTO regress_scalar.t
	SELECT g, date '2000-01-01' + g, g % 500, g % 3 = 0 FROM pg_catalog.generate_series(1, 2000) AS g;
INSERT INTO regress_scalar.t VALUES (0, NULL, NULL, NULL);
CREATE INDEX t_d ON regress_scalar.t (d);
CREATE INDEX t_n ON regress_scalar.t (n);
CREATE INDEX t_n_hash ON regress_scalar.t USING hash (n);
VACUUM ANALYZE regress_scalar.t;
SELECT attname, null_frac > 0 AS nulls, most_common_vals IS NULL AND histogram_bounds IS NULL AS silent
FROM pg_catalog.pg_stats WHERE schemaname = 'regress_scalar' AND attname <> 'id' ORDER BY attname;

SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE d = '2003-01-01';
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE d >= date '2003-01-01' AND d < '2003-02-01';
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE d > current_date - 30;
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE n = 5::bigint;
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE n < 5::smallint;
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE 5 >= n;
EXPLAIN (COSTS OFF) SELECT id FROM regress_scalar.t WHERE n IN (1, 2);
EXPLAIN (COSTS OFF) SELECT n FROM regress_scalar.t ORDER BY n DESC LIMIT 1;
EXPLAIN (COSTS OFF) SELECT max(d) FROM regress_scalar.t;
PREPARE by_n(bigint) AS SELECT count(*) FROM regress_scalar.t WHERE n = $1;
EXECUTE by_n(5);
RESET enable_seqscan;
RESET enable_bitmapscan;

-- every comparison agrees with the base type's
SELECT count(*) FILTER (WHERE (a::nir.tagged_int < b::nir.tagged_int) <> (a < b)
	OR (a::nir.tagged_int <= b) <> (a <= b) OR (a = b::nir.tagged_int) <> (a = b)
	OR (a::bigint >= b::nir.tagged_int) <> (a >= b) OR (a::nir.tagged_int > b::smallint) <> (a > b)
	OR (a::smallint <> b::nir.tagged_int) <> (a <> b)) AS wrong
FROM pg_catalog.generate_series(-3, 3) AS a, pg_catalog.generate_series(-3, 3) AS b;
SELECT x::text, y::text, x < y AS lt, x = y AS eq, x > y AS gt
FROM (VALUES (true::nir.tagged_bool), (false::nir.tagged_bool)) AS l(x), (VALUES (true), (false)) AS r(y);
SELECT '9223372036854775807'::bigint > '5'::nir.tagged_int AS big;

-- hashes agree with the base types', so that joins can hash
SELECT pg_catalog.bool_and(nir.tagged_int_hash(v::nir.tagged_int) = pg_catalog.hashint4(v)
	AND nir.tagged_int_hash(v::nir.tagged_int) = pg_catalog.hashint8(v)
	AND nir.tagged_int_hash_extended(v::nir.tagged_int, 42) = pg_catalog.hashint2extended(v::smallint, 42)) AS int_hashes
FROM pg_catalog.generate_series(-1000, 1000) AS v;
SELECT nir.tagged_bool_hash(true::nir.tagged_bool) = pg_catalog.hashchar(1::"char") AS bool_hash;
CREATE TABLE regress_scalar.plain AS SELECT g AS n, g::bigint AS i8 FROM pg_catalog.generate_series(1, 300) AS g;
ANALYZE regress_scalar.plain;
SET enable_nestloop = off;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM regress_scalar.t JOIN regress_scalar.plain p ON t.n = p.i8;
SELECT count(*) FROM regress_scalar.t JOIN regress_scalar.plain p ON t.n = p.i8;
SELECT count(*) FROM regress_scalar.t WHERE n IN (SELECT n FROM regress_scalar.plain);
SELECT count(*) FROM regress_scalar.t WHERE n NOT IN (SELECT i8 FROM regress_scalar.plain);
SELECT count(*) FROM regress_scalar.plain WHERE i8 NOT IN (SELECT n FROM regress_scalar.t WHERE n IS NOT NULL);
RESET enable_nestloop;
RESET enable_mergejoin;

-- sorted by index, by tuple sort, and as the base type sorts
SELECT pg_catalog.array_agg(n ORDER BY n, id)::text = pg_catalog.array_agg(n::integer ORDER BY n::integer, id)::text AS same
FROM regress_scalar.t;

-- ---- what applications write ----
\pset null NULL
SELECT n + 1 AS a, 2 * n AS b, n - n AS c, n / 2 AS d, n % n AS e, -n AS f, abs(-n) AS g, n + 1.5 AS h, n + 1::bigint AS i,
	n * 2::smallint AS j, n::bigint AS k, n::numeric AS l, coalesce(n, 0) AS m, greatest(n, 900) AS n
FROM regress_scalar.t WHERE id = 7;
SELECT d + 1 AS a, d - 1 AS b, d - date '2000-01-01' AS c, date '2001-01-01' - d AS c2, d - d AS e, extract(year FROM d) AS f,
	date_part('month', d)::integer AS g, date_trunc('month', d) AS h, to_char(d, 'DD.MM.YYYY') AS i,
	age(date '2010-01-08', d) AS j, d::timestamp AS k, coalesce(d, current_date) AS l, date(d) AS m
FROM regress_scalar.t WHERE id = 7;
SELECT extract(day FROM 'infinity'::nir.tagged_date) AS none, to_char(d, '') AS nothing FROM regress_scalar.t WHERE id = 7;
SELECT count(*) FROM regress_scalar.t WHERE flag;
SELECT count(*) FROM regress_scalar.t WHERE NOT flag AND n > 2.5 AND d BETWEEN '2000-01-01' AND now();
SELECT CASE WHEN flag THEN 1 END AS a, flag AND true AS b, flag::integer AS c, coalesce(flag, false) AS d
FROM regress_scalar.t WHERE id IN (0, 3) ORDER BY id;
SELECT min(d), max(d), min(n), max(n), sum(n), round(avg(n), 3) AS avg, sum(n)::bigint / count(n) AS mean, count(DISTINCT n)
FROM regress_scalar.t;
SELECT sum(n), avg(n), max(n), max(d) FROM regress_scalar.t WHERE id = 0;
SELECT n, sum(n) OVER (ORDER BY id ROWS 1 PRECEDING) FROM regress_scalar.t WHERE id < 4 ORDER BY id;
SELECT row_to_json(t), to_jsonb(t) FROM regress_scalar.t WHERE id IN (0, 9) ORDER BY id;

-- errors of arithmetic have no value in them
SELECT n + 2147483647 FROM regress_scalar.t WHERE id = 7;
SELECT n / 0 FROM regress_scalar.t WHERE id = 7;
SELECT '-2147483648'::nir.tagged_int / -1;
SELECT -('-2147483648'::nir.tagged_int);
SELECT 'infinity'::nir.tagged_date - '2000-01-01'::nir.tagged_date;
SELECT '2000-01-01'::nir.tagged_date + 2147483647;
INSERT INTO regress_scalar.t (id, n) VALUES (-1, 3000000000);

-- ---- tags: results may be used for what all their inputs may ----
SELECT (('1'::nir.tagged_int(a,b) + '1'::nir.tagged_int(b,c))::nir.tagged_int(b)) AS common;
SELECT (('1'::nir.tagged_int(a,b) + '1'::nir.tagged_int(b,c))::nir.tagged_int(a)) AS not_common;
\echo :LAST_ERROR_SQLSTATE
SELECT (('1'::nir.tagged_int(a) + '1'::nir.tagged_int(b))::nir.tagged_int(a)) AS empty_tag;
SELECT sum(v)::nir.tagged_numeric(a) FROM (VALUES ('1'::nir.tagged_int(a)), ('2'::nir.tagged_int(b)::nir.tagged_int)) AS s(v);

-- ---- a role that has declared no purpose ----
CREATE ROLE regress_scalar_reader;
GRANT USAGE ON SCHEMA regress_scalar TO regress_scalar_reader;
GRANT SELECT, INSERT ON regress_scalar.t TO regress_scalar_reader;
SET ROLE regress_scalar_reader;
SELECT n FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
SELECT d::text FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
SELECT flag::boolean FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
SELECT age(d) FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
SELECT n + 1::bigint FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
SELECT to_jsonb(n) FROM regress_scalar.t WHERE id = 7;
\echo :LAST_ERROR_SQLSTATE
INSERT INTO regress_scalar.t (id, n) VALUES (-2, 5);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

-- ---- COPY, binary too ----
\getenv abs_builddir PG_ABS_BUILDDIR
CREATE TABLE regress_scalar.copied (LIKE regress_scalar.t);
\set file :abs_builddir '/results/tagged_scalar.bin'
COPY regress_scalar.t TO :'file' (FORMAT binary);
COPY regress_scalar.copied FROM :'file' (FORMAT binary);
SELECT count(*) FROM regress_scalar.t JOIN regress_scalar.copied c USING (id)
WHERE (t.d, t.n, t.flag) IS NOT DISTINCT FROM (c.d, c.n, c.flag);

DROP TABLE regress_scalar.t, regress_scalar.copied;
DROP SCHEMA regress_scalar CASCADE;
DROP ROLE regress_scalar_reader;
