-- nir.purposes reads, prints, compares and combines sets of purposes, keeps
-- its indexes, and refuses what is not a set of the letters a to x.
\set SHOW_CONTEXT never

-- ---- text ----

SELECT t AS written, t::nir.purposes AS printed
	FROM (VALUES ('a'), ('d,a'), ('{a,d}'), ('{}'), (' { c - e , a } '), ('a-x'), ('x,x,x')) AS v(t)
	ORDER BY t COLLATE "C";

CREATE FUNCTION pg_temp.attempt(command text) RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE command;
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(hint, ''));
END
$$;

SELECT t AS written, pg_temp.attempt(format('SELECT %L::nir.purposes', t)) AS literal,
		pg_temp.attempt(format('SELECT %L::text::nir.purposes', t)) AS from_text
	FROM (VALUES (''), ('y'), ('A'), ('{a'), ('a}'), ('a,'), ('b-a'), ('a b'), ('{a}{b}'), ('1')) AS v(t)
	ORDER BY t COLLATE "C";

-- assignment from and to text
CREATE TABLE purposes_held (id integer PRIMARY KEY, held nir.purposes);
INSERT INTO purposes_held SELECT 1, 'a,b'::text;
INSERT INTO purposes_held SELECT 2, 'c'::varchar;
INSERT INTO purposes_held VALUES (3, '{}'), (4, 'a-x'), (5, NULL);
SELECT id, held, held::text AS as_text FROM purposes_held ORDER BY id;

-- ---- wire: four bytes, of which the highest is zero ----

\getenv abs_builddir PG_ABS_BUILDDIR
\set file :abs_builddir '/results/purposes.bin'
SELECT encode(nir.purposes_send('{a,x}'), 'hex');
COPY purposes_held TO :'file' (FORMAT binary);
CREATE TABLE purposes_copied (LIKE purposes_held);
COPY purposes_copied FROM :'file' (FORMAT binary);
SELECT count(*) AS same FROM purposes_held h JOIN purposes_copied c
	ON h.id = c.id AND h.held IS NOT DISTINCT FROM c.held;
COPY (SELECT 6, 1 << 24) TO :'file' (FORMAT binary);
COPY purposes_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE
COPY (SELECT 6, -1) TO :'file' (FORMAT binary);
COPY purposes_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE
COPY (SELECT 6, 1::bigint) TO :'file' (FORMAT binary);
COPY purposes_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE
COPY (SELECT 6, 1::smallint) TO :'file' (FORMAT binary);
COPY purposes_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE

-- ---- operators ----

SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge,
		l @> r AS contains, l <@ r AS contained, l && r AS overlaps,
		l | r AS either, l & r AS both, l - r AS difference
	FROM (VALUES ('{a,b}'::nir.purposes, '{b}'::nir.purposes), ('{a}', '{a}'), ('{a}', '{b}'),
			('{}', '{a}'), ('{}', '{}'), ('{x}', '{a-w}')) AS v(l, r);
SELECT nir.purposes_union(held) AS all_of_them FROM purposes_held WHERE id < 4;
SELECT nir.purposes_union(held) IS NULL AS of_none FROM purposes_held WHERE false;

-- ---- order, indexes, hashing, statistics ----

INSERT INTO purposes_held SELECT 10 + g, ('{' || chr(97 + g % 24) || ',' || chr(97 + g / 24) || '}')::nir.purposes
	FROM generate_series(0, 575) g;
CREATE INDEX purposes_held_btree ON purposes_held (held);
ANALYZE purposes_held;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM purposes_held WHERE held > '{u,x}' ORDER BY held;
SELECT id, held FROM purposes_held WHERE held > '{u,x}' AND id > 9 ORDER BY held, id;
DROP INDEX purposes_held_btree;
CREATE INDEX purposes_held_hash ON purposes_held USING hash (held);
EXPLAIN (COSTS OFF) SELECT id FROM purposes_held WHERE held = '{u,x}';
SELECT id, held FROM purposes_held WHERE held = '{u,x}' ORDER BY id;
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT count(*), count(DISTINCT held) FROM purposes_held WHERE id > 9;
SELECT count(*) FROM (SELECT held FROM purposes_held GROUP BY held) AS g;
SELECT count(*) FROM purposes_held a JOIN purposes_held b USING (held) WHERE a.id < 10;
SELECT nir.purposes_hash('{a}') = nir.purposes_hash_extended('{a}', 0)::bit(32)::integer AS hashes_agree;
REINDEX TABLE purposes_held;
SELECT DISTINCT amvalidate(oid) FROM pg_opclass WHERE opcintype = 'nir.purposes'::regtype;

-- ---- modifiers of the tagged types: stored and printed as a set of letters ----

CREATE FUNCTION pg_temp.modifier(written text) RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	printed text;
BEGIN
	EXECUTE format('CREATE TABLE pg_temp.modified (value nir.fnr(%s))', written);
	SELECT format_type(atttypid, atttypmod) INTO STRICT printed
		FROM pg_attribute WHERE attrelid = 'pg_temp.modified'::regclass AND attname = 'value';
	DROP TABLE pg_temp.modified;
	RETURN printed;
END
$$;

SELECT written, pg_temp.modifier(written)
	FROM (VALUES ('a'), ('a,b,d'), ('d,a'), ('x'), ('''a-e,i'''), ('''a-e'',i'), ('''b-x'''), ('a,a')) AS v(written);
SELECT written, pg_temp.attempt(format('SELECT pg_temp.modifier(%L)', written)) AS refused
	FROM (VALUES ('y'), ('1'), ('-1'), (''''''), ('''a-x'''), ('''a-w'',x'), ('''a'),
			('"A"'), ('''{a}'''), ('a,y'), ('NULL'), ('''e-a''')) AS v(written);

DROP TABLE purposes_held, purposes_copied;
