# Objects that somebody planted before CREATE EXTENSION (T-30): functions,
# operators, casts and types that fit a call better than the server's own, in a
# schema that is searched first; temporary ones; and later, beside the tables
# of a vendor.  Whichever is called makes its planter a superuser.  None is: not
# by the script, nor by what an administrator runs afterwards.

use strict;
use warnings FATAL => 'all';

use NirNode;
use Test::More;

my $node = nir_node('hostile');
my $superuser = getpwuid($<);

$node->safe_psql('postgres', 'CREATE ROLE mallory LOGIN; CREATE DATABASE nir; ');
$node->safe_psql('nir', q{
	GRANT ALL ON SCHEMA public TO mallory;
	GRANT CREATE, TEMP ON DATABASE nir TO mallory;
	ALTER DATABASE nir SET search_path = public, pg_catalog;
	CREATE TABLE public.caught (how text, who name);
	GRANT INSERT ON public.caught TO PUBLIC;
});

# a question of the test's own, for which mallory lays no trap
sub look
{
	return $node->safe_psql('nir', "SET search_path = pg_catalog; $_[0]");
}

# ---- what mallory plants: for every function that the script and nir's own
# functions name, one of the same name with arguments that fit at least as well
my $plant = q{
	CREATE FUNCTION public.spring(how text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
	BEGIN
		INSERT INTO public.caught VALUES (how, current_user);
		IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN ALTER ROLE mallory SUPERUSER; END IF;
	EXCEPTION WHEN insufficient_privilege THEN NULL;
	END $$;
	DO $do$
	DECLARE
		f record;
		sign text;
		pair text[];
	BEGIN
		-- the same names and the same arguments, for a search_path that does not begin with pg_catalog
		FOR f IN SELECT proname, pg_get_function_identity_arguments(oid) AS arguments, pg_get_function_result(oid) AS result, provariadic <> 0 AS variadic, proretset
			FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND prorettype <> 'internal'::regtype AND prorettype <> 'trigger'::regtype
				AND NOT 'internal'::regtype = ANY (proargtypes::oid[]) AND NOT '"any"'::regtype = ANY (proargtypes::oid[]) AND NOT 'cstring'::regtype = ANY (proargtypes::oid[]) AND prorettype <> 'cstring'::regtype
				AND proargmodes IS NULL AND proname IN ('format', 'quote_ident', 'quote_literal', 'array_position', 'array_append', 'unnest', 'upper', 'lower', 'btrim', 'replace', 'now',
					'current_setting', 'set_config', 'pg_has_role', 'string_to_array', 'array_to_string', 'has_table_privilege', 'to_regclass', 'obj_description', 'format_type', 'pg_get_expr',
					'pg_describe_object', 'pg_get_viewdef', 'cardinality', 'array_length', 'length', 'substr', 'left', 'right', 'regexp_replace', 'regexp_match', 'isempty', 'daterange',
					'coalesce', 'concat', 'int4eq', 'texteq', 'nameeq', 'pg_extension_config_dump', 'pg_partition_tree', 'make_date', 'date_part', 'char_length', 'generate_series')
		LOOP
			BEGIN
				EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS %s LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.spring(%L); RETURN%s; END $f$',
					f.proname, f.arguments, f.result, f.proname, CASE WHEN f.proretset THEN '' ELSE ' NULL' END);
			EXCEPTION WHEN OTHERS THEN NULL;
			END;
		END LOOP;
		-- better fits for calls with unknown, name, varchar and array arguments
		FOREACH pair SLICE 1 IN ARRAY ARRAY[['format', 'text, name'], ['format', 'text, regclass, name'], ['format', 'text, regrole'], ['format', 'text, name, name'], ['format', 'varchar'], ['quote_ident', 'name'],
			['btrim', 'varchar'], ['upper', 'varchar'], ['unnest', 'text[]'], ['unnest', 'name[]'], ['lower', 'name'], ['length', 'name'], ['require_loaded', ''], ['begin_processing', 'text, text'], ['bind_role', 'text, text'],
			['govern', 'text, text'], ['purposes_union', 'text'], ['type_purposes', 'oid, integer'], ['unit_scope', 'text'], ['acts_as', 'text'], ['conforms', 'text, integer']] LOOP
			EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.spring(%L); RETURN NULL; END $f$', pair[1], pair[2], pair[1] || '(' || pair[2] || ')');
		END LOOP;
		-- operators of the same signs
		FOREACH pair SLICE 1 IN ARRAY ARRAY[['text', 'text'], ['name', 'text'], ['text', 'name'], ['name', 'name'], ['oid', 'oid'], ['oid', 'regclass'], ['regclass', 'oid'], ['regclass', 'regclass'], ['"char"', 'text'],
			['"char"', '"char"'], ['bool', 'bool'], ['int4', 'int4'], ['int2', 'int4'], ['text[]', 'text[]'], ['daterange', 'date'], ['varchar', 'varchar'], ['regnamespace', 'regnamespace'], ['oid', 'regnamespace'], ['int2', 'int2']] LOOP
			EXECUTE format('CREATE FUNCTION public.sprung(%s, %s) RETURNS bool LANGUAGE plpgsql AS $f$ BEGIN PERFORM public.spring(%L); RETURN true; END $f$', pair[1], pair[2], 'operator ' || pair[1] || ' ' || pair[2]);
			FOREACH sign IN ARRAY '{=,<>,~~,!~~,~,||,<,>,<=,>=,@>,<@,&&,-}'::text[] LOOP
				EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.sprung)', sign, pair[1], pair[2]);
			END LOOP;
		END LOOP;
	END $do$;
	-- names that an unqualified look-up would find
	CREATE VIEW public.pg_roles AS SELECT 'nir_municipality'::name AS rolname, false AS rolsuper, public.spring('pg_roles')::text IS NULL AS rolcanlogin;
	CREATE VIEW public.pg_proc AS SELECT public.spring('pg_proc')::text AS s;
	CREATE TABLE public.governed_relation (relation regclass);
	CREATE TABLE public.role_binding (role oid);
	CREATE TYPE public.unit AS ENUM ('0301');
	CREATE TYPE public.purposes AS (p text);
	CREATE DOMAIN public.text AS pg_catalog.text;
};
value_as($node, 'nir', 'mallory', "SET search_path = pg_catalog; $plant");
# casts between types of mallory's own and those that nir uses
value_as($node, 'nir', 'mallory', q{
	SET search_path = pg_catalog;
	CREATE FUNCTION public.become(public.unit) RETURNS regclass LANGUAGE plpgsql AS $$ BEGIN PERFORM public.spring('cast'); RETURN NULL; END $$;
	CREATE CAST (public.unit AS regclass) WITH FUNCTION public.become(public.unit) AS IMPLICIT;
});
cmp_ok(look(q{SELECT count(*) FROM pg_proc p JOIN pg_roles r ON r.oid = proowner WHERE rolname = 'mallory'}), '>', 80, 'functions are planted');
cmp_ok(look(q{SELECT count(*) FROM pg_operator o JOIN pg_roles r ON r.oid = oprowner WHERE rolname = 'mallory'}), '>', 200, 'operators are planted');

# the traps work: a careless statement of the superuser falls into them
my $harmless = q{SELECT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = 'mallory'), (SELECT string_agg(DISTINCT how, ', ') FROM public.caught)};
$node->safe_psql('nir', q{SELECT format('%s', 'x'::name)});
is(look($harmless), 't|format(text, name)', 'a careless call makes mallory a superuser');
$node->safe_psql('nir', 'SET search_path = pg_catalog; ALTER ROLE mallory NOSUPERUSER; TRUNCATE public.caught');

# ---- what an administrator does, with that search_path in force
sub untouched
{
	my ($what) = @_;

	is(look($harmless), 'f|', "$what calls nothing of mallory's");
	$node->safe_psql('nir', 'SET search_path = pg_catalog; ALTER ROLE mallory NOSUPERUSER; TRUNCATE public.caught');
}

$node->safe_psql('nir', q{
	CREATE TEMP VIEW pg_roles AS SELECT 'nir_municipality'::pg_catalog.name AS rolname, true AS rolcanlogin;
	CREATE TEMP TABLE pg_proc (x int);
	SET client_min_messages = warning;
	CREATE EXTENSION nir CASCADE});
untouched('CREATE EXTENSION');
is(look(q{SELECT count(*) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'nir'
	WHERE d.deptype = 'e' AND pg_describe_object(d.classid, d.objid, 0) ~ 'public'}), '0', '... and takes over nothing');
is(look(q{SELECT count(*) FROM pg_depend d JOIN pg_depend m ON m.classid = d.classid AND m.objid = d.objid AND m.deptype = 'e'
	JOIN pg_extension e ON e.oid = m.refobjid AND e.extname = 'nir' WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass) AND pg_describe_object(d.refclassid, d.refobjid, 0) ~ 'public'}),
	'0', '... nor depends on any of it');
$node->safe_psql('nir', 'SELECT nir.create_register()');
untouched('nir.create_register');
$node->safe_psql('nir', q{
	CREATE ROLE oslo LOGIN;
	SELECT nir.bind_role('oslo', '0301', purposes => '{b,d}');
	CREATE TABLE public.step (step_id int, unit nir.unit, note nir.tagged_text(b,d,e));
	GRANT ALL ON public.step TO mallory});
untouched('nir.bind_role');
$node->safe_psql('nir', q{SELECT pg_catalog.count(*) FROM nir.govern('public.step', 'settlement_wish', 'unit', dry_run => true); SELECT pg_catalog.count(*) FROM nir.govern('public.step', 'settlement_wish', 'unit'); SELECT nir.apply_access()});
untouched('nir.govern');
$node->safe_psql('nir', 'SELECT * FROM nir.doctor(); SELECT * FROM nir.lint(); SELECT * FROM nir.law_coverage; SELECT * FROM nir.governed_column; SELECT * FROM nir.access_matrix');
untouched('nir.doctor, nir.lint and the views');
$node->safe_psql('nir', q{SELECT nir.repurpose_column('public.step', 'note', '{b,d}', 'test'); SELECT nir.unbind_role('oslo'); SELECT nir.bind_role('oslo', '0301', purposes => '{b,d}')});
untouched('nir.repurpose_column and nir.unbind_role');
value_as($node, 'nir', 'oslo', q{
	BEGIN;
	SELECT nir.begin_processing('b', '0301');
	SELECT register.register_person('1994-06-12', '2', 'Mariam', 'Fortelling', fnr => '29923650081', duf => '202000000003');
	SELECT given_name, given_name = 'Mariam', given_name LIKE 'M%' FROM register.person_name;
	COMMIT});
untouched('an application');
$node->safe_psql('nir', 'ANALYZE; REINDEX DATABASE nir; VACUUM');
untouched('maintenance');
$node->safe_psql('nir', 'SELECT pg_catalog.count(*) FROM nir.ungovern(\'public.step\'); DROP TABLE public.step');
untouched('nir.ungovern');

$node->stop;
done_testing();
