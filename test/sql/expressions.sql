-- Every expression the server knows, over a value of every tagged type, under a
-- purpose the value does not serve: what comes out does not depend on the value.
-- The expressions are generated from the catalog; each is tried with two values,
-- and a difference is what it would give away.  The value comes from a
-- variable, so that the statement check has no part in it: this is the second
-- wall alone.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_x LOGIN;
SELECT nir.bind_role('regress_x', '0301', purposes => '{b,c,d}');
CREATE SCHEMA x AUTHORIZATION regress_x;
SET SESSION AUTHORIZATION regress_x;
SET search_path = x;
SET TimeZone = 'UTC';

-- ---- the expressions, with $1 for the value
CREATE TABLE held (n int, fnr nir.fnr(b), duf nir.duf(b), tagged_date nir.tagged_date(b), tagged_int nir.tagged_int(b),
	tagged_bool nir.tagged_bool(b), tagged_text nir.tagged_text(b), tagged_numeric nir.tagged_numeric(b));
CREATE TYPE pair AS (l text, r text);

-- what stands for another argument; null where nothing is likely to do
CREATE FUNCTION filler(type oid) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE format_type(type, NULL)
		WHEN 'text' THEN '''m''' WHEN 'cstring' THEN '''1''::cstring' WHEN 'boolean' THEN 'true' WHEN 'date' THEN 'date ''1980-01-01'''
		WHEN 'integer' THEN '5' WHEN 'bigint' THEN '5::int8' WHEN 'smallint' THEN '5::int2' WHEN 'numeric' THEN '5::numeric'
		WHEN 'double precision' THEN '5::float8' WHEN 'anyarray' THEN 'ARRAY[''a'']' WHEN 'text[]' THEN 'ARRAY[''a'']'
		WHEN 'regconfig' THEN '''simple''::regconfig' WHEN 'interval' THEN 'interval ''1 day''' WHEN 'name' THEN '''UTF8''::name'
		WHEN 'json' THEN '''{}''::json' WHEN 'jsonb' THEN '''{}''::jsonb' WHEN '"any"' THEN '''a''::text' WHEN 'bytea' THEN '''a''::bytea'
		WHEN 'timestamp without time zone' THEN 'timestamp ''2000-01-01''' WHEN 'timestamp with time zone' THEN 'timestamptz ''2000-01-01'''
		WHEN 'character' THEN '''a''::bpchar' WHEN 'internal' THEN 'NULL'
		ELSE 'NULL::' || format_type(type, NULL) END
$$;

-- whether a result of this type can carry purposes
CREATE FUNCTION may_keep(type oid) RETURNS boolean LANGUAGE sql STABLE AS $$
	SELECT typnamespace = 'nir'::regnamespace OR typtype = 'p' FROM pg_catalog.pg_type WHERE oid = type
$$;

-- functions and aggregates that a value of the type can be an argument of
CREATE FUNCTION calls(value_type regtype) RETURNS TABLE (name text, expression text, keeps boolean) LANGUAGE sql STABLE AS $$
	SELECT p.oid::regprocedure::text || ' ' || k,
		format('(%s.%I(%s)%s)::text', p.pronamespace::regnamespace, p.proname,
			(SELECT string_agg(CASE WHEN i = k THEN '$1'
				WHEN p.proargtypes[i - 1] IN ('anyelement'::regtype, 'anycompatible'::regtype, 'anynonarray'::regtype, 'anycompatiblenonarray'::regtype) THEN '$1'
				ELSE filler(p.proargtypes[i - 1]) END, ', ' ORDER BY i) FROM generate_series(1, p.pronargs) i),
			CASE p.prokind WHEN 'w' THEN ' OVER ()' ELSE '' END), may_keep(p.prorettype)
	FROM pg_catalog.pg_proc p, generate_series(1, least(p.pronargs, 4)) k
	WHERE p.prokind IN ('f', 'a', 'w') AND p.pronargs <= 4
		AND p.pronamespace IN ('pg_catalog'::regnamespace, 'nir'::regnamespace)
		AND (p.proargtypes[k - 1] = value_type
			OR EXISTS (SELECT FROM pg_cast c WHERE c.castsource = value_type AND c.casttarget = p.proargtypes[k - 1])
			OR p.proargtypes[k - 1] IN ('"any"'::regtype, 'anyelement'::regtype, 'anycompatible'::regtype, 'anynonarray'::regtype, 'anycompatiblenonarray'::regtype))
		AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
		-- differ by themselves, wait, or are not about values
		AND p.proname !~ '^(random|pg_sleep|pg_terminate|pg_cancel|pg_reload|pg_promote|pg_rotate|pg_switch|pg_create|pg_backup|pg_wal|pg_ls|pg_read|pg_stat_file|lo_|pg_logical|pg_replication|pg_drop|pg_notify|pg_(try_)?advisory|setseed|txid|pg_(current_)?(xact|snapshot)|set_config|pg_nextoid|gen_random|binary_upgrade)'
$$;

-- operators by their sign, as an application writes them
CREATE FUNCTION signs(value_type regtype) RETURNS TABLE (name text, expression text, keeps boolean) LANGUAGE sql STABLE AS $$
	SELECT DISTINCT 'operator ' || o.oprname || ' ' || o.oprright::regtype, format('($1 OPERATOR(pg_catalog.%s) %s)::text', o.oprname, filler(o.oprright)), may_keep(o.oprresult)
	FROM pg_catalog.pg_operator o
	WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprleft <> 0 AND filler(o.oprright) NOT LIKE 'NULL%'
		AND (o.oprleft = value_type OR EXISTS (SELECT FROM pg_cast c WHERE c.castsource = value_type AND c.casttarget = o.oprleft))
	UNION
	SELECT DISTINCT 'prefix ' || o.oprname, format('(OPERATOR(pg_catalog.%s) $1)::text', o.oprname), may_keep(o.oprresult)
	FROM pg_catalog.pg_operator o
	WHERE o.oprnamespace = 'pg_catalog'::regnamespace AND o.oprleft = 0
		AND (o.oprright = value_type OR EXISTS (SELECT FROM pg_cast c WHERE c.castsource = value_type AND c.casttarget = o.oprright))
$$;

-- casts to every type, also through text, and to its array
CREATE FUNCTION casts() RETURNS TABLE (name text, expression text, keeps boolean) LANGUAGE sql STABLE AS $$
	SELECT 'cast to ' || format_type(t.oid, NULL), format('($1::%s)::text', format_type(t.oid, NULL)), t.typnamespace = 'nir'::regnamespace
	FROM pg_catalog.pg_type t
	WHERE t.typtype IN ('b', 'd', 'r', 'e') AND t.typnamespace IN ('pg_catalog'::regnamespace, 'nir'::regnamespace) AND t.typname !~ '^_'
$$;

-- the kinds of expression that are no functions, and places where an expression stands
CREATE FUNCTION kinds() RETURNS TABLE (name text, expression text, keeps boolean) LANGUAGE sql IMMUTABLE AS $$
	SELECT v, v, true FROM unnest(ARRAY[
		'$1', 'coalesce($1, NULL)', 'coalesce(NULL, $1)::text', 'nullif($1, NULL)', 'nullif($1, $1)', 'greatest($1, $1)', 'least($1, NULL)',
		'CASE WHEN true THEN $1 END', 'CASE $1 WHEN $1 THEN 1 END', 'ARRAY[$1]', 'ARRAY[$1]::text[]', '(ARRAY[$1])[1]', '(ARRAY[$1])[1:1]', 'ARRAY[[$1],[$1]]',
		'ROW($1)', 'ROW(1, $1)::text', '(SELECT r FROM (SELECT $1 AS v) r)::text', 'row_to_json(ROW($1))', 'to_jsonb($1)', 'json_build_object(''k'', $1)', 'jsonb_agg($1)',
		'$1 COLLATE "C"', '($1 || '''')::text', '''a'' || $1', '$1 || $1', '$1::text || ''''', 'concat($1)', 'format(''%s'', $1)', 'format(''%L'', $1)', 'quote_literal($1)',
		'xmlelement(name e, $1)', 'xmlforest($1 AS f)', 'xmlelement(name e, xmlattributes($1 AS a))', 'xmlpi(name p, $1)',
		'extract(year FROM $1)', 'trim($1)', 'substring($1 FROM 1)', 'overlay($1 PLACING ''x'' FROM 1)', 'position(''a'' IN $1)', 'normalize($1)',
		'($1, $1) OVERLAPS ($1, $1)', '$1 AT TIME ZONE ''UTC''', '$1::text::bytea', 'string_agg($1, '','')', 'array_agg($1)', 'max($1)', 'min($1)', 'sum($1)', 'avg($1)',
		'mode() WITHIN GROUP (ORDER BY $1)', 'percentile_disc(0) WITHIN GROUP (ORDER BY $1)', 'first_value($1) OVER ()', 'lag($1, 0) OVER ()', 'nth_value($1, 1) OVER ()',
		'(SELECT $1)', '(SELECT v FROM (VALUES ($1)) t(v))', '(SELECT v::text FROM (VALUES ($1)) t(v))', '(SELECT x::text FROM (SELECT $1 AS x UNION SELECT NULL) u)',
		'(SELECT x::text FROM (SELECT NULL::text AS x UNION ALL SELECT $1::text) u LIMIT 1)', '(WITH w AS MATERIALIZED (SELECT $1 AS v) SELECT v::text FROM w)',
		'(SELECT v::text FROM unnest(ARRAY[$1]) v)', '(SELECT v::text FROM (SELECT $1 AS v GROUP BY 1) g)', '(SELECT DISTINCT $1::text)', '(SELECT json_object_agg(1, $1))',
		'(SELECT count(*) FROM generate_series(1, $1))', '(SELECT count(*) FROM (SELECT FROM pg_class LIMIT $1) l)', '(SELECT count(*) FROM (SELECT FROM pg_class WHERE $1 LIMIT 1) l)',
		'repeat(''a'', $1)', 'chr($1)', '$1::int::text', '$1::bool::text', '$1 IS TRUE', 'NOT $1', '$1 AND true', '$1 + 0', '- $1', '$1 % 7', '$1 - date ''2000-01-01''', 'date_trunc(''day'', $1)',
		'age($1)', 'to_char($1, ''9'')', 'to_char($1, ''YYYY'')', 'md5($1)', 'md5($1::text)', 'length($1)', 'lower($1)', 'upper($1)', 'initcap($1)', 'reverse($1)', 'ascii($1)', 'left($1, 3)',
		'$1 SIMILAR TO ''%'' AND length($1::text) > 0', 'regexp_replace($1, ''x'', ''y'')', 'to_tsvector(''simple'', $1)', 'query_to_xml(format(''SELECT %L'', $1), true, false, '''')',
		'current_setting($1)', 'set_config(''x.y'', $1, true)', 'jsonb_populate_record(NULL::x.pair, jsonb_build_object(''l'', $1))', '($1::text)::regtype', '$1::regclass', '$1::name', '$1::varchar(3)', '$1::char(3)'
	]) v
$$;

-- What an expression ends with: its text, or the code and message of its error.
-- (A prefix outside the catalog keeps it one simple SELECT.)
CREATE FUNCTION outcome(expression text, value anyelement) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT (%s)::text', expression) INTO result USING value;
	RETURN 'gives ' || coalesce(result, 'null');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;

-- One type: of all expressions, how many were refused for the value's purpose,
-- and which gave away something of the value.  Returns what was told.
CREATE TABLE told (type text, name text, first text, second text);
CREATE TABLE tried (type text, expressions int, ran int, refused int);
GRANT ALL ON told, tried TO PUBLIC;
CREATE PROCEDURE try(type_name text) LANGUAGE plpgsql AS $$
DECLARE
	expressions text[][];
	kept_a x.held;
	kept_b x.held;
	one text;
	two text;
	ran int := 0;
	refused int := 0;
	pair text[];
	try_one text := format('SELECT x.outcome($1, ($2).%I)', type_name);
BEGIN
	SELECT array_agg(ARRAY[e.name, e.expression] ORDER BY e.name) INTO expressions
	FROM (SELECT * FROM x.calls(('nir.' || type_name)::regtype) UNION ALL SELECT * FROM x.signs(('nir.' || type_name)::regtype)
		UNION ALL SELECT * FROM x.casts() UNION ALL SELECT * FROM x.kinds()) e;
	PERFORM nir.begin_processing('b,c', '0301');
	SELECT * INTO kept_a FROM x.held WHERE n = 1;
	SELECT * INTO kept_b FROM x.held WHERE n = 2;
	PERFORM nir.begin_processing('c', '0301');
	FOREACH pair SLICE 1 IN ARRAY expressions LOOP
		EXECUTE try_one INTO one USING pair[2], kept_a;
		EXECUTE try_one INTO two USING pair[2], kept_b;
		IF one LIKE 'gives%' THEN ran := ran + 1; END IF;
		IF one LIKE 'NR022%' THEN refused := refused + 1; END IF;
		IF one <> two OR one || two ~* 'canary|yranac|29923650081|01923999988' THEN
			INSERT INTO x.told VALUES (type_name, pair[1], one, two);
		END IF;
	END LOOP;
	INSERT INTO x.tried VALUES (type_name, cardinality(expressions) / 2, ran, refused);
END
$$;
RESET SESSION AUTHORIZATION;
INSERT INTO x.held VALUES
	(1, '29923650081', '202000000003', '1994-06-12', 7, true, 'canary one', 7.25),
	(2, '01923999988', '199100000010', '1971-02-03', 3, false, 'second canary', 3.5);
SET SESSION AUTHORIZATION regress_x;

CALL x.try('fnr');
CALL x.try('duf');
CALL x.try('tagged_date');
CALL x.try('tagged_int');
CALL x.try('tagged_bool');
CALL x.try('tagged_text');
CALL x.try('tagged_numeric');
-- enough was tried, some of it ran, and much was refused by the value's own tag
SELECT type, expressions > 300 AS many, ran > 40 AS ran, refused > 100 AS refused FROM tried ORDER BY type COLLATE "C";
-- Comparison, hash and sort look at the bytes alone, for an index may not ask
-- for a purpose, and a size is no secret to the server; the statement check
-- answers for them.  Nothing else is here.
SELECT comparison FROM (SELECT DISTINCT regexp_replace(name, '^(operator \S+|prefix \S+|[^(]+).*', '\1') AS comparison FROM told
	WHERE first !~* 'canary|29923650081' AND first ~ '^gives' AND second ~ '^gives') c ORDER BY comparison COLLATE "C";
SELECT type, name, first, second FROM told
	WHERE NOT (first !~* 'canary|29923650081' AND first ~ '^gives' AND second ~ '^gives') ORDER BY type COLLATE "C", name COLLATE "C";

-- ---- what an expression makes of a value keeps its purposes: the same
-- expressions, under a purpose the value serves, are not stored for another one
CREATE TABLE wide (k int DEFAULT 1, fnr nir.fnr(b,c), duf nir.duf(b,c), tagged_date nir.tagged_date(b,c), tagged_int nir.tagged_int(b,c),
	tagged_bool nir.tagged_bool(b,c), tagged_text nir.tagged_text(b,c), tagged_numeric nir.tagged_numeric(b,c),
	fnrs nir.fnr(b,c)[], dufs nir.duf(b,c)[], tagged_dates nir.tagged_date(b,c)[], tagged_ints nir.tagged_int(b,c)[],
	tagged_bools nir.tagged_bool(b,c)[], tagged_texts nir.tagged_text(b,c)[], tagged_numerics nir.tagged_numeric(b,c)[]);
CREATE TABLE widened (type text, name text, made text);
CREATE TABLE kept (type text, refused int);
-- the type an expression makes, if it is a tagged one, and what storing it ends with
CREATE FUNCTION stored(expression text, value anyelement, OUT made text, OUT ended text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT pg_typeof(%s)::text', expression) INTO made USING value;
	made := substring(made FROM '^nir\.((fnr|duf|tagged_\w+)(\[\])?)$');
	IF made IS NULL THEN RETURN; END IF;
	made := replace(made, '[]', 's');
	EXECUTE format('INSERT INTO x.wide (%1$I) SELECT %2$s RETURNING CASE WHEN %1$I IS NULL THEN ''null'' ELSE ''stored'' END', made, expression) INTO ended USING value;
EXCEPTION WHEN OTHERS THEN
	ended := SQLSTATE;
END
$$;
CREATE PROCEDURE widen(type_name text) LANGUAGE plpgsql AS $$
DECLARE
	expressions text[][];
	value x.held;
	pair text[];
	made text;
	ended text;
	refused int := 0;
BEGIN
	SELECT array_agg(ARRAY[e.name, regexp_replace(e.expression, '::text$', '')] ORDER BY e.name) INTO expressions
	FROM (SELECT * FROM x.calls(('nir.' || type_name)::regtype) UNION ALL SELECT * FROM x.signs(('nir.' || type_name)::regtype)
		UNION ALL SELECT * FROM x.casts() UNION ALL SELECT * FROM x.kinds()) e WHERE e.keeps;
	PERFORM nir.begin_processing('b', '0301');
	SELECT * INTO value FROM x.held WHERE n = 1;
	FOREACH pair SLICE 1 IN ARRAY expressions LOOP
		EXECUTE format('SELECT * FROM x.stored($1, ($2).%I)', type_name) INTO made, ended USING pair[2], value;
		IF ended = 'NR023' THEN refused := refused + 1; END IF;
		IF ended = 'stored' THEN INSERT INTO x.widened VALUES (type_name, pair[1], made); END IF;
	END LOOP;
	INSERT INTO x.kept VALUES (type_name, refused);
END
$$;
CALL x.widen('fnr');
CALL x.widen('duf');
CALL x.widen('tagged_date');
CALL x.widen('tagged_int');
CALL x.widen('tagged_bool');
CALL x.widen('tagged_text');
CALL x.widen('tagged_numeric');
SELECT type, refused > 10 AS refused FROM kept ORDER BY type COLLATE "C";
-- what goes through a base type was shown, and is plain from there on
SELECT type, name, made FROM widened ORDER BY type COLLATE "C", name COLLATE "C";

-- ---- every place of a statement where a column can stand, under a purpose it does not serve
GRANT SELECT ON held TO PUBLIC;
CREATE TABLE mine (k int PRIMARY KEY, n int, note nir.tagged_text(b,c), other nir.tagged_text(c));
BEGIN; SELECT nir.begin_processing('c', '0301'); INSERT INTO mine VALUES (1, 1, 'mine', 'mine'); COMMIT;
CREATE FUNCTION place(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RETURN 'runs';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE TABLE places AS SELECT statement FROM unnest(ARRAY[
	'SELECT tagged_text FROM x.held', 'SELECT FROM x.held', 'SELECT n FROM x.held', 'SELECT count(*) FROM x.held', 'TABLE x.held', 'SELECT h FROM x.held h', 'SELECT h.* FROM x.held h',
	'SELECT 1 FROM x.held WHERE tagged_text = ''a''', 'SELECT 1 FROM x.held WHERE tagged_text IS NULL', 'SELECT 1 FROM x.held ORDER BY tagged_text', 'SELECT 1 FROM x.held GROUP BY tagged_text',
	'SELECT 1 FROM x.held GROUP BY n HAVING max(tagged_text) > ''a''', 'SELECT DISTINCT ON (tagged_text) 1 FROM x.held', 'SELECT row_number() OVER (ORDER BY tagged_text) FROM x.held',
	'SELECT sum(n) OVER (PARTITION BY tagged_text) FROM x.held', 'SELECT count(*) FILTER (WHERE tagged_bool) FROM x.held', 'SELECT string_agg(tagged_text, '''' ORDER BY n) FROM x.held',
	'SELECT 1 FROM x.mine m JOIN x.held h ON h.tagged_text = m.note', 'SELECT 1 FROM x.mine m JOIN x.held h USING (n)', 'SELECT 1 FROM x.mine m NATURAL JOIN x.held h',
	'SELECT 1 FROM x.mine m, LATERAL (SELECT 1 FROM x.held h WHERE h.tagged_text = m.note) l', 'SELECT 1 FROM x.mine m WHERE EXISTS (SELECT FROM x.held)',
	'SELECT 1 FROM x.mine m WHERE note IN (SELECT tagged_text FROM x.held)', 'SELECT (SELECT tagged_text FROM x.held LIMIT 1)',
	'SELECT 1 FROM x.mine WHERE note > ALL (SELECT tagged_text FROM x.held)', 'SELECT ARRAY(SELECT tagged_text FROM x.held)', 'WITH w AS (SELECT tagged_text FROM x.held) SELECT 1 FROM w',
	'WITH RECURSIVE w AS (SELECT n FROM x.held UNION SELECT n FROM w) SELECT 1 FROM w', 'SELECT n FROM x.held UNION SELECT 1', 'SELECT ''a''::nir.tagged_text EXCEPT SELECT tagged_text FROM x.held',
	'SELECT ''a''::nir.tagged_text INTERSECT ALL SELECT tagged_text FROM x.held', 'SELECT tagged_text FROM x.held TABLESAMPLE SYSTEM (100)', 'SELECT 1 FROM x.held FOR UPDATE',
	'SELECT 1 FROM x.mine LIMIT (SELECT n FROM x.held LIMIT 1)', 'VALUES ((SELECT tagged_text FROM x.held LIMIT 1))',
	'INSERT INTO x.mine SELECT 2, 2, tagged_text FROM x.held', 'INSERT INTO x.held (tagged_text) VALUES (''a'')', 'INSERT INTO x.held (n) VALUES (9)', 'UPDATE x.held SET n = 9',
	'UPDATE x.held SET tagged_text = ''a''', 'DELETE FROM x.held', 'UPDATE x.mine SET note = (SELECT tagged_text FROM x.held LIMIT 1)',
	'UPDATE x.mine SET k = 1 FROM x.held h WHERE h.tagged_text = note', 'DELETE FROM x.mine USING x.held h WHERE h.tagged_text = note', 'DELETE FROM x.mine RETURNING (SELECT tagged_text FROM x.held LIMIT 1)',
	'INSERT INTO x.mine VALUES (1) ON CONFLICT (k) DO UPDATE SET note = (SELECT tagged_text FROM x.held LIMIT 1)', 'INSERT INTO x.mine VALUES (1) ON CONFLICT (k) DO UPDATE SET k = 1 WHERE EXISTS (SELECT FROM x.held)',
	'MERGE INTO x.mine USING x.held h ON note = h.tagged_text WHEN MATCHED THEN DELETE', 'MERGE INTO x.held USING x.mine ON tagged_text = note WHEN MATCHED THEN DO NOTHING',
	'MERGE INTO x.mine USING (SELECT 1) s ON true WHEN MATCHED AND EXISTS (SELECT FROM x.held) THEN DELETE', 'WITH w AS (DELETE FROM x.held RETURNING n) SELECT 1 FROM w',
	'WITH w AS (UPDATE x.held SET n = 1 RETURNING tagged_text) SELECT 1 FROM w', 'CREATE TABLE x.t AS SELECT tagged_text FROM x.held', 'CREATE MATERIALIZED VIEW x.m AS SELECT tagged_text FROM x.held',
	'EXPLAIN SELECT tagged_text FROM x.held', 'EXPLAIN ANALYZE SELECT n FROM x.held', 'EXPLAIN UPDATE x.held SET n = 1', 'DECLARE c CURSOR FOR SELECT tagged_text FROM x.held',
	'SELECT query_to_xml(''SELECT tagged_text FROM x.held'', true, false, '''')', 'SELECT table_to_xml(''x.held'', true, false, '''')', 'SELECT schema_to_xml(''x'', true, false, '''')',
	'SELECT ts_stat(''SELECT to_tsvector(tagged_text) FROM x.held'')', 'TRUNCATE x.held'
]) statement;
BEGIN; SELECT nir.begin_processing('c', '0301');
SELECT statement, ended FROM places, LATERAL x.place(statement) ended WHERE ended !~ '^(NR020|NR021|NR028)';
ROLLBACK;
-- the same in a table that serves the purpose, but not with this column; a whole row is all columns
CREATE TABLE mixed (n int, open nir.tagged_text(c), tagged_text nir.tagged_text(b), tagged_bool nir.tagged_bool(b));
CREATE TABLE contains (n int, open nir.tagged_text(c), tagged_text nir.tagged_text(b)[]);
BEGIN; SELECT nir.begin_processing('c', '0301');
SELECT count(*), open FROM mixed GROUP BY open;
SELECT tried.statement, ended FROM places p, LATERAL (SELECT replace(p.statement, 'x.held', 'x.mixed')) tried (statement), LATERAL x.place(tried.statement) ended
	WHERE p.statement ~ 'tagged_(text|bool)|SELECT h |h\.\*|TABLE' AND ended !~ '^(NR020|NR028)' AND p.statement !~ 'to_xml';
SELECT place('SELECT tagged_text FROM x.contains'), place('SELECT c FROM x.contains c'), place('SELECT tagged_text[1] FROM x.contains'), place('SELECT open FROM x.contains');
ROLLBACK;
-- a value is bound to one purpose, also where no table is written
BEGIN; SELECT nir.begin_processing('b,c', '0301'); SELECT 'x'::nir.tagged_text(b); ROLLBACK;
BEGIN; SELECT nir.begin_processing('c', '0301'); SELECT 'x'::nir.tagged_text(b); ROLLBACK;
RESET SESSION AUTHORIZATION;
RESET search_path;
SET client_min_messages = warning;
DROP TABLE x.held, x.wide, x.mine, x.mixed, x.contains;
DROP SCHEMA x CASCADE;
SELECT nir.unbind_role('regress_x');
DROP ROLE regress_x;
