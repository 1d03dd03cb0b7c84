-- nir.fnr, nir.duf and nir.orgnr: what is accepted under which setting, that
-- no message tells anything of a number, that comparing, sorting and indexing
-- work for whatever is stored, and that a value keeps to its purposes.
--
-- Every number of a person here has a date of birth in 2036 or later.
\set SHOW_CONTEXT never

-- What became of a command, marked if the message shows digits of a number.
CREATE FUNCTION pg_temp.attempt(command text) RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
	told text;
BEGIN
	EXECUTE command;
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	told := concat_ws(' | ', SQLERRM, nullif(detail, ''), nullif(hint, ''));
	RETURN CASE WHEN told ~ '[0-9]{5}' THEN 'SHOWS DIGITS: ' ELSE '' END || SQLSTATE || ' | ' || told;
END
$$;

-- ---- what is accepted: fnr ----

SHOW nir.identity_mode;
-- the default, auto, will be the other rule from 2032 on
SET nir.fnr_rule = '1964';
CREATE TEMP TABLE told (value text, what text);
INSERT INTO told VALUES
	('01013699921', 'ordinary'),
	('29023699956', 'leap day'),
	('41013699915', 'D-number'),
	('41013600013', 'D-number, lowest of its series'),
	('01813699997', 'synthetic, month + 80'),
	('01663699950', 'synthetic, month + 65'),
	('41813699980', 'synthetic D-number, month + 80'),
	('41663699944', 'synthetic D-number, month + 65'),
	('01413699904', 'month + 40'),
	('99999999928', 'FH'),
	('01013699948', 'rule of 2032, rest 2'),
	('29022899978', 'rule of 2032, rest 1'),
	('41018299907', 'rule of 2032, D-number, rest 3'),
	('01013699931', 'first control digit'),
	('01013699922', 'second control digit'),
	('10013699921', 'first two digits swapped'),
	('29023799999', 'no leap year'),
	('31043699900', 'no 31 April'),
	('00013699900', 'day 0'),
	('32013699900', 'day 32'),
	('01533699900', 'month 53'),
	('01015389900', 'a year without such a series'),
	('00000000000', 'zeros'),
	('1013699921', 'ten digits'),
	('010136999210', 'twelve digits'),
	('010136 99921', 'blank inside'),
	('01013699921 ', 'blank after'),
	('0101369992x', 'a letter'),
	('٠١٠١٣٦٩٩٩٢١', 'Arabic-Indic digits'),
	('-1013699921', 'a sign'),
	('', 'nothing');
SELECT what, pg_temp.attempt(format('SELECT %L::nir.fnr', value)) FROM told ORDER BY what COLLATE "C";
-- the other ways in come to the same
SELECT count(*) FILTER (WHERE pg_temp.attempt(format('SELECT %L::text::nir.fnr', value))
			IS DISTINCT FROM pg_temp.attempt(format('SELECT %L::nir.fnr', value))) AS text_differs,
		count(*) FILTER (WHERE pg_temp.attempt(format('SELECT %L::varchar::nir.fnr', value))
			IS DISTINCT FROM pg_temp.attempt(format('SELECT %L::nir.fnr', value))) AS varchar_differs
	FROM told;
SELECT pg_temp.attempt($$SELECT repeat('01013699921', 1000000)::nir.fnr$$) AS very_long;

SET nir.identity_mode = production;
SELECT what, pg_temp.attempt(format('SELECT %L::nir.fnr', value)) FROM told
	WHERE what ~ 'synthetic|month \+|FH|ordinary' ORDER BY what COLLATE "C";
SELECT what, nir.fnr_check(value) FROM told WHERE what ~ 'synthetic' ORDER BY what COLLATE "C";
RESET nir.identity_mode;

SET nir.fnr_rule = '2032';
SELECT what, pg_temp.attempt(format('SELECT %L::nir.fnr', value)) FROM told
	WHERE what ~ '2032|control|series|leap' ORDER BY what COLLATE "C";
SET nir.fnr_rule = '1964';

SELECT nir.fnr_check(value), count(*) FROM told GROUP BY 1 ORDER BY 1;
SELECT what, nir.fnr_kind(value::nir.fnr), nir.fnr_birth_year_candidates(value::nir.fnr) FROM told
	WHERE nir.fnr_check(value) = 'valid_1964' ORDER BY what COLLATE "C";
SET nir.fnr_rule = '2032';
SELECT what, nir.fnr_birth_year_candidates(value::nir.fnr) IS NULL AS century_unknown FROM told
	WHERE what IN ('ordinary', 'rule of 2032, rest 2') ORDER BY what;
SET nir.fnr_rule = '1964';

-- ---- what is accepted: duf ----

TRUNCATE told;
INSERT INTO told VALUES
	('200500000007', 'right'),
	('201599999900', 'right, control 00'),
	('199100000010', 'right, control 10'),
	('200500000008', 'wrong'),
	('200500000018', 'wrong, control above 10'),
	('196900000002', 'wrong, and before 1970'),
	('20050000007', 'eleven digits'),
	('2005 000000 07', 'blanks');
SET nir.duf_checksum = off;
SELECT what, pg_temp.attempt(format('SELECT %L::nir.duf', value)) FROM told ORDER BY what COLLATE "C";
SET nir.duf_checksum = error;
SELECT what, pg_temp.attempt(format('SELECT %L::nir.duf', value)) FROM told ORDER BY what COLLATE "C";
RESET nir.duf_checksum;
SELECT '200500000008'::nir.duf;
SELECT '000000000000'::nir.duf;
SELECT '999900000007'::text::nir.duf;
SELECT '200500000007'::nir.duf;

-- ---- what is accepted: orgnr ----

SELECT '958935420'::nir.orgnr, '964338531'::text::nir.orgnr::text, '701730496'::varchar::nir.orgnr;
SELECT DISTINCT pg_temp.attempt(format('SELECT %L::nir.orgnr', value)) AS told,
		pg_temp.attempt(format('SELECT %L::text::nir.orgnr', value)) AS told_from_text
	FROM unnest(ARRAY['123456784', '912345670', '000000000', '12345678', 'NO123456785', '123456785MVA', '']) AS value
	ORDER BY 1;

-- ---- assignment: from text, not from a number that lost its zeros ----

CREATE TABLE identity_held (id integer PRIMARY KEY, fnr nir.fnr(a,b,d), duf nir.duf(a,b,d), orgnr nir.orgnr);
INSERT INTO identity_held SELECT 1, '01013699921'::text, '200500000007'::text, '958935420'::text;
INSERT INTO identity_held SELECT 2, '41013699915'::varchar, '201599999900'::varchar, '964338531'::varchar;
INSERT INTO identity_held VALUES (3, '29023699956', '199100000010', '701730496'), (4, NULL, NULL, NULL);
SELECT pg_temp.attempt('INSERT INTO identity_held (id, fnr) VALUES (5, 41013699915)'),
		pg_temp.attempt('INSERT INTO identity_held (id, fnr) VALUES (5, 41013699915.0)'),
		pg_temp.attempt('INSERT INTO identity_held (id, duf) VALUES (5, 200500000007)');
SELECT * FROM identity_held ORDER BY id;
SELECT fnr || '', length(fnr), coalesce(fnr, 'none'::text), CASE WHEN id = 1 THEN fnr ELSE 'other'::text END,
		fnr LIKE '01%', to_json(fnr)
	FROM identity_held WHERE id < 3 ORDER BY id;
SELECT coalesce(fnr, 'none'::varchar), CASE WHEN id = 1 THEN duf ELSE 'other'::varchar END, fnr::varchar(6),
		fnr = '01013699921'::varchar AS eq_varchar, fnr = '01013699921'::char(11) AS eq_char, nullif(fnr, '41013699915'::text),
		greatest(fnr, '29023699956'), format('%s', duf)
	FROM identity_held WHERE id < 3 ORDER BY id;
SELECT fnr FROM identity_held WHERE id = 1 UNION SELECT 'other'::text UNION SELECT 'another'::varchar ORDER BY 1;

-- ---- wire: the digits, and no tag ----

\getenv abs_builddir PG_ABS_BUILDDIR
\set file :abs_builddir '/results/identity.bin'
SELECT nir.fnr_send(fnr) = convert_to('01013699921', 'UTF8') AS fnr,
		nir.duf_send(duf) = convert_to('200500000007', 'UTF8') AS duf,
		nir.orgnr_send(orgnr) = convert_to('958935420', 'UTF8') AS orgnr
	FROM identity_held WHERE id = 1;
CREATE TABLE identity_copied (id integer, fnr nir.fnr(a,b,d), duf nir.duf(a,b,d), orgnr nir.orgnr);
COPY identity_held TO :'file' (FORMAT binary);
COPY identity_copied FROM :'file' (FORMAT binary);
SELECT count(*) AS same FROM identity_held h JOIN identity_copied c
	ON (h.id, h.fnr::text, h.duf::text, h.orgnr::text) IS NOT DISTINCT FROM (c.id, c.fnr::text, c.duf::text, c.orgnr::text);
COPY identity_held TO :'file';
COPY identity_copied FROM :'file';
SELECT count(*) AS same FROM identity_held h JOIN identity_copied c
	ON (h.id, h.fnr::text, h.duf::text, h.orgnr::text) IS NOT DISTINCT FROM (c.id, c.fnr::text, c.duf::text, c.orgnr::text);
-- any other bytes are refused, and not shown
CREATE FUNCTION pg_temp.receive(file text, bytes bytea, type text) RETURNS text
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bytes, file);
	RETURN pg_temp.attempt(format('COPY identity_copied (%I) FROM %L (FORMAT binary)', type, file));
END
$$;
SELECT pg_temp.receive(:'file', '01013699921', 'fnr') AS fnr,
		pg_temp.receive(:'file', '200500000007', 'duf') AS duf,
		pg_temp.receive(:'file', '958935420', 'orgnr') AS orgnr;
SELECT DISTINCT pg_temp.receive(:'file', bytes, 'fnr') AS fnr,
		pg_temp.receive(:'file', bytes, 'duf') AS duf,
		pg_temp.receive(:'file', bytes, 'orgnr') AS orgnr
	FROM (VALUES ('\x'::bytea), ('\x00'), ('\x3031303133363939393200'), ('\x30313031333639393932ff'),
			('\xffffffffffffffff'), ('\x000000000004e20a'), ('\x0101010101010101010101'),
			(convert_to(repeat('0', 100000), 'UTF8'))) AS v(bytes);
SELECT pg_temp.receive(:'file', '01013699931', 'fnr');

-- ---- comparison: by the digits, and never an error ----

SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge
	FROM (VALUES ('01013699921'::nir.fnr, '01013699921'::nir.fnr), ('01013699840', '01013699921'),
			('41013699915', '01013699921'), ('01013699921', NULL)) AS v(l, r);
SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge,
		r = l AS eq, r <> l AS ne, r > l AS lt, r >= l AS le, r < l AS gt, r <= l AS ge
	FROM (VALUES ('01013699921'::nir.fnr, '01013699921'::text), ('01013699921', '01013699922'),
			('01013699921', '00000000000'), ('01013699921', '1013699921'), ('01013699921', ''),
			('01013699921', '010136 9992'), ('01013699921', '٠١٠١٣٦٩٩٩٢١')) AS v(l, r);
SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge,
		r = l AS eq, r <> l AS ne, r > l AS lt, r >= l AS le, r < l AS gt, r <= l AS ge
	FROM (VALUES ('200500000007'::nir.duf, '200500000007'::text), ('200500000007', '200500000008'),
			('200500000007', '01013699921'), ('200500000007', 'x')) AS v(l, r);
SELECT l, r, l = r AS eq, l <> r AS ne, l < r AS lt, l <= r AS le, l > r AS gt, l >= r AS ge
	FROM (VALUES ('958935420'::nir.orgnr, '958935420'::nir.orgnr), ('701730496', '958935420')) AS v(l, r);
SELECT '01013699921'::nir.fnr = repeat('01013699921', 100000) AS long_text_differs;

-- ---- indexes ----

-- all valid numbers of four weeks of January 2036
CREATE TABLE identity_many (id integer, fnr nir.fnr(a,b), value text);
INSERT INTO identity_many
	SELECT row_number() OVER (ORDER BY value), value, value
	FROM (SELECT to_char(day, 'FM00') || '0136' || to_char(rest, 'FM00000') AS value
			FROM generate_series(1, 28) AS day, generate_series(99000, 99999) AS rest) AS v
	WHERE nir.fnr_check(value) = 'valid_1964';
SELECT count(*) BETWEEN 200 AND 300 AS enough, count(DISTINCT fnr) = count(*) AS distinct_ FROM identity_many;
CREATE UNIQUE INDEX identity_many_fnr ON identity_many (fnr);
ANALYZE identity_many;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM identity_many WHERE fnr = '01013699921';
PREPARE by_text(text) AS SELECT id FROM identity_many WHERE fnr = $1;
PREPARE by_varchar(varchar) AS SELECT id FROM identity_many WHERE $1 = fnr;
PREPARE by_unknown AS SELECT id FROM identity_many WHERE fnr = $1;
PREPARE by_array(text[]) AS SELECT id FROM identity_many WHERE fnr = ANY ($1) ORDER BY fnr;
PREPARE by_in(text, text) AS SELECT id FROM identity_many WHERE fnr IN ($1, $2) ORDER BY fnr;
PREPARE by_range(text, text) AS SELECT id FROM identity_many WHERE fnr BETWEEN $1 AND $2 ORDER BY fnr;
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE by_text('01013699921');
EXPLAIN (COSTS OFF) EXECUTE by_varchar('01013699921');
EXPLAIN (COSTS OFF) EXECUTE by_unknown('01013699921');
EXPLAIN (COSTS OFF) EXECUTE by_array('{01013699921}');
EXPLAIN (COSTS OFF) EXECUTE by_in('01013699921', '01013699840');
EXPLAIN (COSTS OFF) EXECUTE by_range('01013699921', '02013699999');
EXECUTE by_text('01013699921');
EXECUTE by_text('not a number');
EXECUTE by_varchar('01013699921');
EXECUTE by_unknown('01013699921');
EXECUTE by_array('{01013699921,x,y,01013699840,"",01013699921,NULL}');
EXECUTE by_in('01013699921', 'x');
EXECUTE by_range('01013699921', '02013699000');
SELECT count(*) = (SELECT count(*) FROM identity_many) AS all_before_text FROM identity_many WHERE fnr < 'x'::text;
EXPLAIN (COSTS OFF) SELECT id FROM identity_many ORDER BY fnr DESC LIMIT 1;
-- a join with plain text looks each text up in the index
EXPLAIN (COSTS OFF) SELECT a.id FROM (VALUES ('01013699921'::text), ('x')) AS v(value) JOIN identity_many a ON a.fnr = v.value;
SELECT a.id FROM (VALUES ('01013699921'::text), ('x')) AS v(value) JOIN identity_many a ON a.fnr = v.value;
RESET plan_cache_mode;
RESET enable_bitmapscan;
RESET enable_seqscan;
SELECT bool_and(fnr::text = value) AS order_is_that_of_digits
	FROM (SELECT fnr, row_number() OVER (ORDER BY fnr) AS n FROM identity_many) AS a
	JOIN (SELECT value, row_number() OVER (ORDER BY value COLLATE "C") AS n FROM identity_many) AS b USING (n);
\set VERBOSITY sqlstate
INSERT INTO identity_many SELECT 0, fnr, value FROM identity_many LIMIT 1;
\set VERBOSITY default

-- ---- the tag plays no part in equality, order and hash ----

CREATE TABLE identity_narrow (id integer, fnr nir.fnr(a));
INSERT INTO identity_narrow SELECT id, fnr FROM identity_many;
SET enable_mergejoin = off;
SET enable_nestloop = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM identity_many JOIN identity_narrow USING (fnr);
SELECT count(*) = (SELECT count(*) FROM identity_many) AS hash_join FROM identity_many JOIN identity_narrow USING (fnr);
SET enable_hashjoin = off;
RESET enable_mergejoin;
SELECT count(*) = (SELECT count(*) FROM identity_many) AS merge_join FROM identity_many JOIN identity_narrow USING (fnr);
RESET enable_nestloop;
RESET enable_hashjoin;
SELECT nir.fnr_hash(fnr) = nir.fnr_hash_extended(fnr, 0)::bit(32)::integer AS hashes_agree FROM identity_narrow LIMIT 1;
CREATE INDEX identity_narrow_hash ON identity_narrow USING hash (fnr);
SET enable_seqscan = off;
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM identity_narrow WHERE fnr = '01013699921';
SELECT id = (SELECT id FROM identity_many WHERE fnr = '01013699921') AS found FROM identity_narrow WHERE fnr = '01013699921';
RESET enable_seqscan;
RESET enable_bitmapscan;

-- ---- upkeep needs no purpose; statistics show no value ----

CREATE ROLE regress_identity;
ALTER TABLE identity_many OWNER TO regress_identity;
SET ROLE regress_identity;
ANALYZE identity_many;
REINDEX TABLE identity_many;
RESET ROLE;
VACUUM ANALYZE identity_many;
CLUSTER identity_many USING identity_many_fnr;
SELECT attname, null_frac, avg_width, n_distinct, correlation,
		coalesce(most_common_vals::text, histogram_bounds::text, most_common_elems::text) IS NULL AS no_values
	FROM pg_stats WHERE tablename = 'identity_many' AND attname = 'fnr';
SELECT stakind1, stakind2, stakind3, stakind4, stakind5,
		coalesce(stavalues1::text, stavalues2::text, stavalues3::text, stavalues4::text, stavalues5::text) IS NULL AS no_values
	FROM pg_statistic WHERE starelid = 'identity_many'::regclass AND staattnum = 2;

-- ---- purposes of a value ----

SELECT attname, format_type(atttypid, atttypmod)
	FROM pg_attribute WHERE attrelid = 'identity_held'::regclass AND attnum > 0 ORDER BY attnum;
-- what is held for few purposes does not go where more are served, whoever asks
CREATE TABLE identity_wider (fnr nir.fnr(a,b,c), duf nir.duf(a,x));
SELECT pg_temp.attempt('INSERT INTO identity_wider (fnr) SELECT fnr FROM identity_narrow LIMIT 1'),
		pg_temp.attempt('INSERT INTO identity_wider (duf) SELECT duf FROM identity_held WHERE id = 1');
SELECT pg_temp.attempt('SELECT fnr::nir.fnr(a,b) FROM identity_narrow LIMIT 1');
UPDATE identity_many SET fnr = identity_narrow.fnr FROM identity_narrow WHERE identity_many.id = identity_narrow.id;
\echo :LAST_ERROR_SQLSTATE
INSERT INTO identity_narrow SELECT -1, fnr FROM identity_held WHERE id = 3;
SELECT id, fnr FROM identity_narrow WHERE id = -1;
-- without a declared purpose nothing held for a purpose is shown or stored
GRANT SELECT, INSERT ON identity_held TO regress_identity;
SET ROLE regress_identity;
SELECT '01013699921'::nir.fnr = '01013699921'::text AS plain_values_are_free;
SELECT fnr FROM identity_held WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
SELECT duf::text FROM identity_held WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
SELECT nir.fnr_kind(fnr) FROM identity_held WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
INSERT INTO identity_held (id, fnr) VALUES (9, '01013699921');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

DROP TABLE identity_held, identity_copied, identity_many, identity_narrow, identity_wider;
DROP ROLE regress_identity;
