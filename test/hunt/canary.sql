-- test/hunt/canary.sql - what the hunt for canaries hunts in: roles, the
-- register, a vendor's tables, planted rows, and who may see what is planted.
--
-- Schema canary says it independently of the policies and of the C code: from
-- the law data and from how the rows were planted.  Nobody but the superuser
-- may look there.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS nir CASCADE;
SELECT nir.create_register();
CREATE SCHEMA canary;
SET search_path = pg_catalog, pg_temp;

-- ---- who hunts ----

CREATE TABLE canary.body (body int PRIMARY KEY, kind text, units nir.unit[]);
INSERT INTO canary.body VALUES
	(0, 'none', '{}'), (1, 'municipality', '{0301}'), (2, 'municipality', '{4601,1201}'), (3, 'hkdir', '{}');
CREATE TABLE canary.role (
	role int PRIMARY KEY, name name, body int REFERENCES canary.body, purposes text, unit text, default_purpose text);
INSERT INTO canary.role VALUES
	(0, 'regress_k_oslo_b', 1, 'b', '0301', ''),
	(1, 'regress_k_oslo_c', 1, 'c', '0301', ''),
	(2, 'regress_k_oslo_all', 1, 'bcde', '0301', ''),
	(3, 'regress_k_bergen', 2, 'd', '4601', ''),
	(4, 'regress_k_hkdir', 3, 'c', '', 'c'),
	(5, 'regress_k_unbound', 0, '', '', '');
SELECT format('CREATE ROLE %I LOGIN NOINHERIT', name) FROM canary.role UNION ALL
SELECT 'CREATE ROLE regress_k_pool LOGIN NOINHERIT' \gexec
GRANT regress_k_oslo_b, regress_k_oslo_c TO regress_k_pool;
ALTER ROLE regress_k_pool SET statement_timeout = '3s';
SELECT format('ALTER ROLE %I SET statement_timeout = %L', name, '3s') FROM canary.role \gexec
-- a bound role inherits the group role of its body
SELECT format('ALTER ROLE %I INHERIT', name) FROM canary.role WHERE body > 0 \gexec
SELECT nir.bind_role('regress_k_oslo_b', '0301', purposes => '{b}');
SELECT nir.bind_role('regress_k_oslo_c', '0301', purposes => '{c}');
SELECT nir.bind_role('regress_k_oslo_all', '0301', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_k_bergen', '4601', purposes => '{d}');
SELECT nir.bind_role('regress_k_hkdir', 'hkdir', purposes => '{c}', default_purpose => '{c}');
SELECT format('GRANT CREATE, TEMP ON DATABASE %I TO %I', current_database(), name) FROM canary.role UNION ALL
SELECT format('GRANT CREATE, TEMP ON DATABASE %I TO regress_k_pool', current_database()) \gexec

-- ---- a vendor's tables: every tagged type, and types around them ----

CREATE SCHEMA vendor;
GRANT USAGE ON SCHEMA vendor TO PUBLIC;
CREATE TABLE vendor.client (person_id bigint PRIMARY KEY);
CREATE TABLE vendor.connection (
	person_id bigint NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL, kind text, valid daterange NOT NULL);
CREATE DOMAIN vendor.remark AS nir.tagged_text(b,d,e) CHECK (length(VALUE::text) < 500);
CREATE TYPE vendor.pair AS (first nir.tagged_text(b,d), second nir.tagged_int(b,d,e));
CREATE TABLE vendor.settling (
	settling_id int PRIMARY KEY, person_id bigint NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL,
	note nir.tagged_text(b,d,e) UNIQUE, moved nir.tagged_date(b,d,e), code nir.tagged_int(b,d,e),
	amount nir.tagged_numeric(b,d,e), flag nir.tagged_bool(b,d,e), only_d nir.tagged_text(d), remark vendor.remark);
CREATE TABLE vendor.result (
	result_id int PRIMARY KEY, person_id bigint NOT NULL REFERENCES vendor.client, unit nir.unit NOT NULL,
	level nir.tagged_text(b,c), secret nir.tagged_text(c), code nir.tagged_int(b,c));
CREATE TABLE vendor.answer (
	answer_id int PRIMARY KEY, person_id bigint NOT NULL, unit nir.unit NOT NULL, answer nir.tagged_text(c));
CREATE TABLE vendor.process (
	process_id int, person_id bigint NOT NULL, unit nir.unit NOT NULL, note nir.tagged_text(d,e),
	notes nir.tagged_text(b,d)[], pair vendor.pair) PARTITION BY RANGE (process_id);
CREATE TABLE vendor.process_1 PARTITION OF vendor.process FOR VALUES FROM (0) TO (3);
CREATE TABLE vendor.process_2 PARTITION OF vendor.process FOR VALUES FROM (3) TO (1000);
SELECT count(*) FROM nir.govern('vendor.connection', 'connection', 'unit', 'person_id');
SELECT count(*) FROM nir.govern('vendor.settling', 'settlement', 'unit', 'person_id');
SELECT count(*) FROM nir.govern('vendor.result', 'result', 'unit', 'person_id');
SELECT count(*) FROM nir.govern('vendor.answer', 'answer', 'unit', 'person_id');
SELECT count(*) FROM nir.govern('vendor.process', 'settlement', 'unit', 'person_id');
-- what nir refuses must not hang on privileges alone
GRANT SELECT ON ALL TABLES IN SCHEMA vendor TO PUBLIC;

-- ---- canaries ----

CREATE TABLE canary.planted (
	id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind "char", value text,
	relation regclass, column_name name, person_id bigint, unit nir.unit);

CREATE FUNCTION canary.plant(kind "char", relation regclass, column_name name, person_id bigint, unit nir.unit) RETURNS text
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	n int;
	text_value text;
	digits int[];
	first_control int;
BEGIN
	INSERT INTO canary.planted (kind, relation, column_name, person_id, unit)
	VALUES (kind, relation, column_name, person_id, unit) RETURNING id INTO n;
	CASE kind
	WHEN 't' THEN
		-- in digits 1 to 8, since to_char takes 0 and 9 for places of a number
		text_value := format('Kan7%s%s%s%sq', n / 512 % 8 + 1, n / 64 % 8 + 1, n / 8 % 8 + 1, n % 8 + 1);
	WHEN 'i' THEN
		-- unevenly spaced, or the mean of two that may be read is a third
		text_value := 777000007 + 1009 * n + n::bigint * n * n % 1009;
	WHEN 'n' THEN
		text_value := 777000007 + 1009 * n + n::bigint * n * n % 1009 || '.75';
	WHEN 'd' THEN
		-- the first of a month is nobody's, so date_trunc shows no other's
		SELECT count(*) INTO n FROM canary.planted p WHERE p.kind = 'd';
		text_value := format('1907-%s-%s', lpad((n % 12 + 1)::text, 2, '0'), 10 + n / 12);
	WHEN 'f' THEN
		-- synthetic: month + 80, born 1958
		FOR individual IN 100 + n .. 499 LOOP
			digits := string_to_array('109158' || individual, NULL)::int[];
			first_control := 11 - (3 * digits[1] + 7 * digits[2] + 6 * digits[3] + digits[4] + 8 * digits[5]
				+ 9 * digits[6] + 4 * digits[7] + 5 * digits[8] + 2 * digits[9]) % 11;
			digits := digits || first_control % 11;
			digits := digits || (11 - (5 * digits[1] + 4 * digits[2] + 3 * digits[3] + 2 * digits[4] + 7 * digits[5]
				+ 6 * digits[6] + 5 * digits[7] + 4 * digits[8] + 3 * digits[9] + 2 * digits[10]) % 11) % 11;
			text_value := array_to_string(digits, '');
			EXIT WHEN length(text_value) = 11 AND NOT EXISTS (SELECT FROM canary.planted p WHERE p.value = text_value);
		END LOOP;
	WHEN 'u' THEN
		SET LOCAL nir.duf_checksum = error;
		FOR control IN 0 .. 99 LOOP
			BEGIN
				text_value := '1999' || lpad((770000 + n)::text, 6, '0') || lpad(control::text, 2, '0');
				PERFORM text_value::nir.duf;
				EXIT;
			EXCEPTION WHEN OTHERS THEN
				NULL;
			END;
		END LOOP;
	END CASE;
	UPDATE canary.planted SET value = text_value WHERE id = (SELECT max(id) FROM canary.planted);
	RETURN CASE WHEN kind = 't' AND column_name <> 'candidate_no' THEN text_value || ' and ' || lower(text_value) ELSE text_value END;
END
$$;

CREATE FUNCTION canary.text(relation regclass, column_name name, person_id bigint, unit nir.unit) RETURNS text
	LANGUAGE sql AS $$ SELECT canary.plant('t', relation, column_name, person_id, unit) $$;

-- person 1 Oslo's, 2 Bergen's, 3 moved from Bergen to Oslo, 4 Trondheim's, 5 both Oslo's and Bergen's
CREATE TABLE canary.connection (person_id bigint, unit nir.unit, valid daterange);
INSERT INTO canary.connection VALUES
	(1, '0301', '[2020-01-01,)'), (2, '4601', '[2020-01-01,)'),
	(3, '4601', '[2015-01-01,2020-01-01)'), (3, '0301', '[2020-01-01,)'),
	(4, '5001', '[2020-01-01,)'), (5, '0301', '[2020-01-01,)'), (5, '4601', '[2021-01-01,)');
-- facts and the unit of their day
CREATE TABLE canary.fact (fact int GENERATED ALWAYS AS IDENTITY, person_id bigint, unit nir.unit, on_date date);
INSERT INTO canary.fact (person_id, unit, on_date) VALUES
	(1, '0301', '2022-02-02'), (2, '4601', '2022-02-02'), (3, '1201', '2016-02-02'), (3, '0301', '2022-02-02'),
	(4, '5001', '2022-02-02'), (5, '0301', '2022-02-02'), (5, '4601', '2022-02-02');

INSERT INTO register.person (birth_date, sex_code, unaccompanied_minor, source_code)
SELECT canary.plant('d', 'register.person', 'birth_date', i, NULL)::date, '1', true, 'person' FROM generate_series(1, 5) i;
INSERT INTO register.connection (person_id, unit, kind, valid, basis)
SELECT person_id, unit, 'settled', valid, 'case' FROM canary.connection;
INSERT INTO register.person_name (person_id, given_name, middle_name, family_name, source_code)
SELECT i, canary.text('register.person_name', 'given_name', i, NULL), canary.text('register.person_name', 'middle_name', i, NULL),
	canary.text('register.person_name', 'family_name', i, NULL), 'person' FROM generate_series(1, 5) i;
INSERT INTO register.person_fnr (person_id, fnr, source_code)
SELECT i, canary.plant('f', 'register.person_fnr', 'fnr', i, NULL)::nir.fnr, 'freg' FROM generate_series(1, 5) i;
INSERT INTO register.person_duf (person_id, duf, source_code)
SELECT i, canary.plant('u', 'register.person_duf', 'duf', i, NULL)::nir.duf, 'udi' FROM generate_series(1, 5) i;
INSERT INTO register.residence_permit (person_id, applied_on, duration_months, source_code)
SELECT i, '2019-01-01', canary.plant('i', 'register.residence_permit', 'duration_months', i, NULL)::int, 'udi' FROM generate_series(1, 5) i;
INSERT INTO register.settlement (person_id, unit, case_opened_on, process_note, available_on, source_code)
SELECT person_id, unit, on_date, canary.text('register.settlement', 'process_note', person_id, unit), on_date, 'imdi'
	FROM canary.fact ORDER BY fact;
INSERT INTO register.settlement_wish (settlement_id, person_id, unit, wish, available_on, source_code)
SELECT s.settlement_id, s.person_id, s.unit, canary.text('register.settlement_wish', 'wish', s.person_id, s.unit), s.available_on, 'imdi'
	FROM register.settlement s ORDER BY 1;
INSERT INTO register.intro_programme (person_id, unit, right_category, offered_on, available_on, source_code)
SELECT person_id, unit, 'right_and_duty', on_date, on_date, 'municipality' FROM canary.fact ORDER BY fact;
INSERT INTO register.programme_decision (intro_programme_id, person_id, unit, kind, decided_on, decided_by, legal_basis, reason, available_on, source_code)
SELECT p.intro_programme_id, p.person_id, p.unit, 'grant', p.offered_on, 'somebody',
	canary.text('register.programme_decision', 'legal_basis', p.person_id, p.unit),
	canary.text('register.programme_decision', 'reason', p.person_id, p.unit), p.offered_on, 'municipality'
	FROM register.intro_programme p ORDER BY 1;
INSERT INTO register.test_candidate (person_id, unit, candidate_no, paid, available_on, source_code)
SELECT person_id, unit, canary.text('register.test_candidate', 'candidate_no', person_id, unit), true, on_date, 'hkdir'
	FROM canary.fact ORDER BY fact;
INSERT INTO register.test_sitting (test_candidate_id, person_id, unit, held_on, place, available_on, source_code)
SELECT c.test_candidate_id, c.person_id, c.unit, c.available_on,
	canary.text('register.test_sitting', 'place', c.person_id, c.unit), c.available_on, 'hkdir'
	FROM register.test_candidate c ORDER BY 1;
INSERT INTO register.test_part (test_sitting_id, person_id, unit, part_kind, available_on, source_code)
SELECT s.test_sitting_id, s.person_id, s.unit, 'writing', s.held_on, 'hkdir' FROM register.test_sitting s ORDER BY 1;
INSERT INTO register.test_answer (test_part_id, person_id, unit, answer, available_on, source_code)
SELECT p.test_part_id, p.person_id, p.unit, canary.text('register.test_answer', 'answer', p.person_id, p.unit), p.available_on, 'hkdir'
	FROM register.test_part p ORDER BY 1;

INSERT INTO vendor.client SELECT i FROM generate_series(1, 5) i;
INSERT INTO vendor.connection SELECT person_id, unit, 'settled', valid FROM canary.connection;
INSERT INTO vendor.settling
SELECT fact, person_id, unit, canary.text('vendor.settling', 'note', person_id, unit),
	canary.plant('d', 'vendor.settling', 'moved', person_id, unit)::date,
	canary.plant('i', 'vendor.settling', 'code', person_id, unit)::int,
	canary.plant('n', 'vendor.settling', 'amount', person_id, unit)::numeric, true,
	canary.text('vendor.settling', 'only_d', person_id, unit), canary.text('vendor.settling', 'remark', person_id, unit)
	FROM canary.fact ORDER BY fact;
INSERT INTO vendor.result
SELECT fact, person_id, unit, canary.text('vendor.result', 'level', person_id, unit),
	canary.text('vendor.result', 'secret', person_id, unit), canary.plant('i', 'vendor.result', 'code', person_id, unit)::int
	FROM canary.fact ORDER BY fact;
INSERT INTO vendor.answer
SELECT fact, person_id, unit, canary.text('vendor.answer', 'answer', person_id, unit) FROM canary.fact ORDER BY fact;
INSERT INTO vendor.process (process_id, person_id, unit, note, notes, pair)
SELECT fact, person_id, unit, canary.text('vendor.process', 'note', person_id, unit),
	ARRAY[canary.text('vendor.process', 'notes', person_id, unit)]::nir.tagged_text(b,d)[],
	ROW(canary.text('vendor.process', 'pair', person_id, unit)::nir.tagged_text(b,d), 5::nir.tagged_int(b,d,e))::vendor.pair
	FROM canary.fact ORDER BY fact;
ANALYZE;

-- ---- who may see what, and for which purposes ----

CREATE FUNCTION canary.bits(purposes nir.purposes) RETURNS int LANGUAGE sql STABLE AS
$$ SELECT coalesce(sum(1 << (ascii(letter) - 97)), 0)::int FROM unnest(string_to_array(btrim(purposes::text, '{}'), ',')) letter WHERE letter <> '' $$;

-- by_rule: read through the governed relation; by_column: once read, wherever
-- the reader stored it
CREATE VIEW canary.visible AS
SELECT p.id, p.kind, p.value, b.body, r.by_rule,
	CASE WHEN r.by_rule <> 0 THEN canary.bits(c.purposes) & canary.bits(g.purposes) ELSE 0 END AS by_column
FROM canary.planted p
JOIN nir.governed_relation g ON g.relation = p.relation
JOIN nir.governed_column c ON c.relation = p.relation AND c.column_name = p.column_name
CROSS JOIN canary.body b
CROSS JOIN LATERAL (
	SELECT coalesce(bit_or(canary.bits(a.purposes)), 0) & canary.bits(c.purposes) & canary.bits(g.purposes) AS by_rule
	FROM nir.access_rule a
	WHERE a.category = g.category AND a.body_kind = b.kind AND a.verb = 'select' AND a.valid @> CURRENT_DATE
		AND (a.scope = 'state' OR p.unit = ANY (b.units)
			-- names and numbers planted here begin today; what is timeless stays with whoever was connected
			OR a.scope IN ('connected', 'connected_own_period') AND EXISTS (SELECT FROM canary.connection k
				WHERE k.person_id = p.person_id AND k.unit = ANY (b.units)
					AND (k.valid @> CURRENT_DATE OR a.scope = 'connected_own_period' AND lower(k.valid) <= CURRENT_DATE
						AND (SELECT d.timeless FROM nir.category d WHERE d.code = a.category))))) r;

-- purposes for which a body may use a relation at all
CREATE VIEW canary.touchable AS
SELECT g.relation::text AS relation, b.body,
	coalesce((SELECT bit_or(canary.bits(a.purposes)) FROM nir.access_rule a
		WHERE a.category = g.category AND a.body_kind = b.kind AND a.verb = 'select' AND a.valid @> CURRENT_DATE), 0)
	& canary.bits(g.purposes) AS purposes
FROM nir.governed_relation g CROSS JOIN canary.body b;

-- the letters by which the grammar knows types; o is any other
CREATE FUNCTION canary.letter(type oid) RETURNS text LANGUAGE sql STABLE AS $$
SELECT coalesce((SELECT letter FROM (VALUES
	('nir.tagged_text', 't'), ('nir.tagged_date', 'd'), ('nir.tagged_int', 'i'), ('nir.tagged_numeric', 'n'),
	('nir.fnr', 'f'), ('nir.duf', 'u'), ('nir.tagged_bool', 'b'), ('nir.unit', 'U'),
	('text', 'T'), ('date', 'D'), ('integer', 'I'), ('bigint', 'I'), ('numeric', 'N'), ('boolean', 'B'),
	('jsonb', 'J'), ('json', 'j'), ('double precision', 'F'), ('anyelement', 'A'), ('"any"', 'A'),
	('anycompatible', 'A'), ('anyarray', 'Y'), ('record', 'R'), ('vendor.remark', 't')) t (name, letter)
	WHERE to_regtype(name) = type), 'o') $$;
CREATE VIEW canary.columns AS
SELECT c.oid::regclass::text AS relation, a.attname::text AS column_name, canary.letter(a.atttypid) AS letter
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace::regnamespace::text IN ('register', 'vendor', 'leak') AND c.relkind IN ('r', 'p')
	AND a.attnum > 0 AND NOT a.attisdropped
	AND (c.oid IN (SELECT relation FROM nir.governed_relation) OR c.relnamespace = to_regnamespace('leak'));
-- function or operator, its result and its arguments
CREATE VIEW canary.routine AS
SELECT CASE p.prokind WHEN 'a' THEN 'a' WHEN 'w' THEN 'w' ELSE 'f' END AS kind,
	format('%I.%I', p.pronamespace::regnamespace::text, p.proname) AS name, canary.letter(p.prorettype) AS result,
	(SELECT coalesce(string_agg(canary.letter(t), '' ORDER BY n), '') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (t, n)) AS arguments
FROM pg_proc p
WHERE p.provolatile <> 'v' AND p.pronargs BETWEEN 1 AND 4 AND NOT p.proretset AND p.prokind <> 'p'
	AND p.pronamespace IN ('pg_catalog'::regnamespace, 'nir'::regnamespace)
	AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype)
	AND NOT EXISTS (SELECT FROM pg_aggregate g WHERE g.aggfnoid = p.oid AND g.aggkind <> 'n')
	AND p.proname NOT IN ('repeat', 'lpad', 'rpad', 'set_config')
UNION ALL
SELECT 'o', format('OPERATOR(%I.%s)', o.oprnamespace::regnamespace::text, o.oprname), canary.letter(o.oprresult),
	canary.letter(o.oprleft) || canary.letter(o.oprright)
FROM pg_operator o WHERE o.oprleft <> 0;

-- what MUTATE=1 lets everybody read: copies that no wall surrounds
CREATE SCHEMA leak;
CREATE TABLE leak.settling AS SELECT settling_id, note::text, moved::date, only_d::text FROM vendor.settling;
CREATE TABLE leak.name AS SELECT person_id, given_name::text, family_name::text FROM register.person_name;
