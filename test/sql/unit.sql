-- nir.unit reads and prints counties, municipalities and city districts as
-- they are written, sorts what lies within a unit right after it, and refuses
-- anything else.
\set SHOW_CONTEXT never

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

-- ---- text ----

SELECT u, u::text AS as_text, nir.unit_level(u), nir.unit_parent(u), nir.unit_last_within(u)
	FROM unnest('{03,0301,030101,99,9999,999999,01,0101,010101}'::nir.unit[]) AS u ORDER BY u;
SELECT DISTINCT pg_temp.attempt(format('SELECT %L::nir.unit', t)) AS literal,
		pg_temp.attempt(format('SELECT %L::text::nir.unit', t)) AS from_text
	FROM unnest(ARRAY['', '3', '301', '03011', '0301011', '00', '0300', '030100', '030001', '0001',
			'03a1', ' 0301', '0301 ', '-301', '٠٣٠١', repeat('0301', 1000000)]) AS t;

CREATE TABLE unit_held (id integer PRIMARY KEY, held nir.unit);
INSERT INTO unit_held SELECT 1, '0301'::text;
INSERT INTO unit_held SELECT 2, '030101'::varchar;
INSERT INTO unit_held VALUES (3, '03'), (4, NULL);

-- ---- wire: the digits ----

\getenv abs_builddir PG_ABS_BUILDDIR
\set file :abs_builddir '/results/unit.bin'
SELECT nir.unit_send('0301') = convert_to('0301', 'UTF8') AS sends_digits;
COPY unit_held TO :'file' (FORMAT binary);
CREATE TABLE unit_copied (LIKE unit_held);
COPY unit_copied FROM :'file' (FORMAT binary);
SELECT count(*) AS same FROM unit_held h JOIN unit_copied c
	ON h.id = c.id AND h.held IS NOT DISTINCT FROM c.held;
COPY (SELECT 5, ''::text) TO :'file' (FORMAT binary);
COPY unit_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE
COPY (SELECT 5, '\x30330031'::bytea) TO :'file' (FORMAT binary);
COPY unit_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE
COPY (SELECT 5, 301) TO :'file' (FORMAT binary);
COPY unit_copied FROM :'file' (FORMAT binary);
\echo :LAST_ERROR_SQLSTATE

-- ---- order and containment ----

SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge,
		nir.unit_within(l, r) AS within
	FROM (VALUES ('0301'::nir.unit, '03'::nir.unit), ('03', '0301'), ('030101', '0301'), ('030101', '03'),
			('0301', '0301'), ('0302', '0301'), ('030201', '0301'), ('04', '03')) AS v(l, r);

-- ---- a county is one range of an index; indexes, hashing, statistics ----

INSERT INTO unit_held SELECT 10 + g, lpad((g / 90 + 11)::text, 2, '0') || lpad((g % 90 + 1)::text, 2, '0')
	FROM generate_series(0, 3599) g;
INSERT INTO unit_held SELECT 4000 + g, '1103' || lpad((g + 1)::text, 2, '0') FROM generate_series(0, 9) g;
CREATE INDEX unit_held_btree ON unit_held (held);
ANALYZE unit_held;
EXPLAIN (COSTS OFF) SELECT id FROM unit_held WHERE held = '1103';
EXPLAIN (COSTS OFF) SELECT id FROM unit_held WHERE held = ANY ('{1103,1104}');
EXPLAIN (COSTS OFF) SELECT id FROM unit_held WHERE held BETWEEN '1103' AND nir.unit_last_within('1103') ORDER BY held;
SELECT held FROM unit_held WHERE held BETWEEN '1103' AND nir.unit_last_within('1103') ORDER BY held;
SELECT count(*) FROM unit_held WHERE held BETWEEN '11' AND nir.unit_last_within('11');
SELECT count(*) = count(*) FILTER (WHERE nir.unit_within(held, '11')) AS ranges_agree
	FROM unit_held WHERE held BETWEEN '11' AND nir.unit_last_within('11');
SELECT count(DISTINCT held) FROM unit_held WHERE id > 9;
SELECT count(*) FROM unit_held a JOIN unit_held b USING (held) WHERE a.id > 9;
SELECT nir.unit_hash('0301') = nir.unit_hash_extended('0301', 0)::bit(32)::integer AS hashes_agree;
DROP INDEX unit_held_btree;
CREATE INDEX unit_held_hash ON unit_held USING hash (held);
EXPLAIN (COSTS OFF) SELECT id FROM unit_held WHERE held = '1103';
SELECT held FROM unit_held WHERE held = '1103';
REINDEX TABLE unit_held;
SELECT DISTINCT amvalidate(oid) FROM pg_opclass WHERE opcintype = 'nir.unit'::regtype;

DROP TABLE unit_held, unit_copied;
