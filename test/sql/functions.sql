-- Every function of nir, called by the lowest of users with null, empty, extreme
-- and misplaced arguments: an answer or a clean error, never an internal one
-- and never a lost server.  The calls are generated from the catalog.  And no
-- function that asks who asks may be folded into a plan.
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_lowest LOGIN;
CREATE ROLE regress_bound LOGIN;
SELECT nir.bind_role('regress_bound', '0301', purposes => '{b,c}');
CREATE SCHEMA fn;
GRANT USAGE ON SCHEMA fn TO PUBLIC;
SET search_path = fn;

CREATE VIEW own AS
	SELECT p.* FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'nir';
GRANT SELECT ON own TO PUBLIC;

-- the nth odd argument of a type, as it is written
CREATE FUNCTION odd(type oid, n int) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT coalesce(choices[1 + n % cardinality(choices)], 'NULL') FROM (SELECT CASE
		WHEN type = 'internal'::regtype THEN '{NULL}'
		WHEN type = 'cstring'::regtype THEN ARRAY['NULL', '''''::cstring', '''{''::cstring', 'repeat(''9'', 400)::cstring', 'chr(1)::cstring', '''-''::cstring']
		WHEN type = 'text'::regtype THEN ARRAY['NULL::text', '''''::text', 'repeat(''%_\'', 200)', 'chr(127)', '''b''::text', '''(?''::text']
		WHEN type IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype) THEN ARRAY['NULL', '-1', '0', '32767', '-32768', CASE type WHEN 'integer'::regtype THEN '(-2147483648)' ELSE '1' END]
		WHEN type = 'oid'::regtype THEN ARRAY['NULL::oid', '0::oid', '4294967295::oid', '16384::oid', '''nir.fnr''::regtype::oid', '25::oid']
		WHEN type = 'numeric'::regtype THEN ARRAY['NULL::numeric', '''NaN''::numeric', '''-Infinity''::numeric', '1e1000::numeric', '-0.0000000001::numeric', '0::numeric']
		WHEN type = 'double precision'::regtype THEN ARRAY['NULL::float8', '''NaN''::float8', '''Infinity''::float8', '-1e308::float8', '0::float8', '1e-308::float8']
		WHEN type = 'date'::regtype THEN ARRAY['NULL::date', '''infinity''::date', '''-infinity''::date', '''4713-01-01 BC''::date', '''5874897-12-31''::date', '''2000-02-29''::date']
		WHEN type = 'interval'::regtype THEN ARRAY['NULL::interval', '''178000000 years''::interval', '''-178000000 years''::interval', '''0''::interval', '''2147483647 days''::interval', '''1 microsecond''::interval']
		WHEN type = 'boolean'::regtype THEN ARRAY['NULL::boolean', 'true', 'false']
		WHEN type = 'bytea'::regtype THEN ARRAY['NULL::bytea', '''''::bytea', '''\xff''::bytea']
		WHEN type = 'daterange'::regtype THEN ARRAY['NULL::daterange', '''empty''::daterange', '''(,)''::daterange']
		WHEN type = '"any"'::regtype THEN ARRAY['NULL', 'NULL::text', '''x''::nir.tagged_text', 'ROW(1)', 'ARRAY[1]', 'ROW(''x''::nir.tagged_text, NULL)']
		WHEN type = 'regrole'::regtype THEN ARRAY['NULL::regrole', '0::regrole', '4294967295::oid::regrole', '10::regrole']
		WHEN type = 'regclass'::regtype THEN ARRAY['NULL::regclass', '0::regclass', '4294967295::oid::regclass', '''pg_class''::regclass']
		WHEN type = 'nir.tagged_text'::regtype THEN ARRAY['NULL::nir.tagged_text', '''''::nir.tagged_text', 'repeat(''%_\'', 200)::nir.tagged_text', '''(?''::nir.tagged_text', '''æ''::nir.tagged_text']
		WHEN type = 'nir.tagged_numeric'::regtype THEN ARRAY['NULL::nir.tagged_numeric', '''NaN''::nir.tagged_numeric', '''-Infinity''::nir.tagged_numeric', '''1e1000''::nir.tagged_numeric', '''0''::nir.tagged_numeric']
		WHEN type = 'nir.tagged_date'::regtype THEN ARRAY['NULL::nir.tagged_date', '''infinity''::nir.tagged_date', '''-infinity''::nir.tagged_date', '''4713-01-01 BC''::nir.tagged_date', '''5874897-12-31''::nir.tagged_date']
		WHEN type = 'nir.tagged_int'::regtype THEN ARRAY['NULL::nir.tagged_int', '''-2147483648''::nir.tagged_int', '''2147483647''::nir.tagged_int', '''0''::nir.tagged_int', '''-1''::nir.tagged_int']
		WHEN type = 'nir.tagged_bool'::regtype THEN ARRAY['NULL::nir.tagged_bool', '''t''::nir.tagged_bool', '''f''::nir.tagged_bool']
		WHEN type = 'nir.unit'::regtype THEN ARRAY['NULL::nir.unit', '''00''::nir.unit', '''9999''::nir.unit', '''999999''::nir.unit']
		WHEN type = 'nir.purposes'::regtype THEN ARRAY['NULL::nir.purposes', '''{}''::nir.purposes', '''{a-x}''::nir.purposes']
		WHEN type = 'nir.fnr'::regtype THEN ARRAY['NULL::nir.fnr', '''29923650081''::nir.fnr']
		WHEN type = 'nir.duf'::regtype THEN ARRAY['NULL::nir.duf', '''199100000010''::nir.duf']
		ELSE ARRAY['NULL::' || format_type(type, NULL), CASE WHEN typelem <> 0 AND typlen = -1 THEN '''{}''::' || format_type(type, NULL) END]
		END AS choices FROM pg_type WHERE oid = type) c
$$;

-- calls of a function: all arguments in step, and each one null in its turn; one that is IMMUTABLE
-- also with arguments from sub-selects, since what it says to the planner is not all that it says
CREATE FUNCTION calls(called oid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
	SELECT format('SELECT %s.%I(%s)%s', p.pronamespace::regnamespace, p.proname,
		(SELECT string_agg(format(form, CASE WHEN i = hole THEN odd(p.proargtypes[i - 1], 0) ELSE odd(p.proargtypes[i - 1], n + i * shift) END), ', ' ORDER BY i)
			FROM generate_series(1, p.pronargs) i),
		CASE p.prokind WHEN 'w' THEN ' OVER ()' ELSE '' END)
	FROM pg_proc p, generate_series(0, 5) n, generate_series(0, 1) shift, generate_series(0, p.pronargs) hole, unnest('{%s,(SELECT %s)}'::text[]) form
	WHERE p.oid = called AND p.prokind <> 'p' AND (form = '%s' OR p.provolatile = 'i')
	GROUP BY 1
$$;
CREATE TABLE ended (called oid, code text, said text, statement text);
GRANT ALL ON ended TO PUBLIC;
CREATE PROCEDURE call_all() LANGUAGE plpgsql AS $$
DECLARE
	called oid;
	statement text;
BEGIN
	FOR called, statement IN SELECT p.oid, c FROM fn.own p, fn.calls(p.oid) c ORDER BY c COLLATE "C" LOOP
		BEGIN
			EXECUTE statement;
			INSERT INTO fn.ended VALUES (called, '00000', '', statement);
		EXCEPTION WHEN OTHERS THEN
			INSERT INTO fn.ended VALUES (called, SQLSTATE, SQLERRM, statement);
		END;
	END LOOP;
END
$$;
SET SESSION AUTHORIZATION regress_lowest;
CALL fn.call_all();
RESET SESSION AUTHORIZATION;
SELECT count(*) > 5000 AS many, count(*) FILTER (WHERE code = '00000') > 2000 AS answered, count(DISTINCT code) > 5 AS refused FROM fn.ended;
-- what no user may ever meet: internal errors, lost connections, system errors
SELECT code, said, statement FROM fn.ended WHERE code ~ '^(XX|58|57|08)' ORDER BY statement COLLATE "C" LIMIT 20;

-- ---- a function that answers differently for another context is not IMMUTABLE:
-- with values bound for b, every one is called under b and under c
CREATE TABLE held (fnr nir.fnr(b), duf nir.duf(b), tagged_date nir.tagged_date(b), tagged_int nir.tagged_int(b),
	tagged_bool nir.tagged_bool(b), tagged_text nir.tagged_text(b), tagged_numeric nir.tagged_numeric(b));
INSERT INTO held VALUES ('29923650081', '202000000003', '1994-06-12', 7, true, 'x', 7.25);
GRANT SELECT ON held TO regress_bound;
CREATE FUNCTION ends(statement text, held fn.held) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement USING held.fnr, held.duf, held.tagged_date, held.tagged_int, held.tagged_bool, held.tagged_text, held.tagged_numeric;
	RETURN '00000';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END
$$;
CREATE TABLE asked (called oid);
GRANT INSERT ON asked TO PUBLIC;
SET SESSION AUTHORIZATION regress_bound;
DO $$
DECLARE
	value fn.held;
	functions oid[];
	statements text[];
BEGIN
	SELECT array_agg(oid ORDER BY oid), array_agg(format('SELECT %s.%I(%s)', pronamespace::regnamespace, proname, (
			SELECT string_agg(coalesce('$' || array_position('{nir.fnr,nir.duf,nir.tagged_date,nir.tagged_int,nir.tagged_bool,nir.tagged_text,nir.tagged_numeric}'::regtype[]::oid[], proargtypes[i - 1]),
				fn.odd(proargtypes[i - 1], CASE WHEN proargtypes[i - 1] = 'integer'::regtype THEN 2 ELSE 5 END)), ', ' ORDER BY i)
			FROM generate_series(1, pronargs) i)) ORDER BY oid)
	INTO functions, statements FROM fn.own WHERE prokind = 'f' AND prorettype <> 'trigger'::regtype AND proname NOT IN ('begin_processing', 'break_glass');
	PERFORM nir.begin_processing('b,c', '0301');
	SELECT * INTO value FROM fn.held;
	PERFORM nir.begin_processing('c', '0301');
	FOR i IN 1 .. cardinality(functions) LOOP
		IF fn.ends(statements[i], value) ~ '^NR0[12]' THEN
			INSERT INTO fn.asked VALUES (functions[i]);
		END IF;
	END LOOP;
END
$$;
RESET SESSION AUTHORIZATION;
INSERT INTO asked SELECT called FROM ended WHERE code ~ '^NR01';
SELECT count(DISTINCT called) > 60 AS many_ask FROM asked;
SELECT DISTINCT called::regprocedure AS asks_and_is_immutable FROM asked JOIN pg_proc p ON p.oid = called WHERE p.provolatile = 'i';
-- and none of these is LEAKPROOF, for it raises
SELECT DISTINCT called::regprocedure AS asks_and_is_leakproof FROM asked JOIN pg_proc p ON p.oid = called WHERE p.proleakproof;

RESET search_path;
DROP TABLE fn.held CASCADE;
DROP SCHEMA fn CASCADE;
SELECT nir.unbind_role('regress_bound');
DROP ROLE regress_lowest, regress_bound;
