/*
 * sql/code/register.sql
 *
 * Making a register.  What a register is stands in sql/register.
 */
CREATE OR REPLACE FUNCTION nir.create_register(
	schema name DEFAULT 'register',
	parts text[] DEFAULT '{core,nir,settlement,tests}') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $create_register$
DECLARE
	known CONSTANT text[] := '{core,nir,settlement,tests}';
	unknown text;
BEGIN
	IF NOT (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = CURRENT_USER) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'insufficient_privilege',
			MESSAGE = 'only a superuser makes a register',
			HINT = 'Its tables are given to nir_owner and its access rules to the group roles.';
	END IF;
	IF schema IS NULL OR schema !~ '^[a-z_][a-z0-9_]*$' OR schema ~ '^(pg_|nir$)' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_schema_name',
			MESSAGE = 'a register needs a schema name of small letters, digits and underscores',
			DETAIL = 'Names that begin with pg_, and nir itself, are taken.';
	END IF;
	IF EXISTS (SELECT FROM pg_namespace AS n WHERE n.nspname = schema) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'duplicate_schema',
			MESSAGE = format('schema "%s" exists already', schema),
			HINT = 'A register is made in a schema of its own: name another, or drop this one if it is empty.';
	END IF;
	SELECT coalesce(p, 'NULL') INTO unknown
	FROM unnest(coalesce(parts, '{NULL}')) AS p
	WHERE p IS NULL OR p <> ALL (known)
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('a register has no part "%s"', unknown),
			HINT = format('The parts are %s; core is always there.', array_to_string(known, ', '));
	END IF;

	-- one of this name may have been here: what was noted of its persons is not
	-- about those who will be counted alike
	IF EXISTS (SELECT FROM nir.transfer AS t WHERE t.register = schema AND t.state IN ('new', 'ready')) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR079',
			MESSAGE = format('a register "%s" was here, and not all that it had to hand over was acknowledged', schema),
			HINT = 'Name another schema, or have nir.transfer acknowledged first.';
	END IF;
	UPDATE nir.transfer AS t SET subject = NULL WHERE t.register = schema AND t.subject IS NOT NULL;
	DELETE FROM nir.retention_hold AS h WHERE h.register = schema;
	DELETE FROM nir.quarantine AS q WHERE q.register = schema;

	EXECUTE format('CREATE SCHEMA %I AUTHORIZATION nir_owner', schema);
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', schema,
		'Nasjonalt introduksjonsregister: IL § 43');
	EXECUTE nir.register_sql(schema, array_prepend('core', parts));
	PERFORM nir.describe_common_columns(schema);
	PERFORM nir.give_register(schema);
END
$create_register$;
REVOKE ALL ON FUNCTION nir.create_register(name, text[]) FROM PUBLIC;
COMMENT ON FUNCTION nir.create_register(name, text[]) IS
	'makes the register in a new schema: part core and those named; all of it or nothing (IL § 43)';

CREATE OR REPLACE FUNCTION nir.describe_common_columns(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $describe_common_columns$
DECLARE
	a record;
BEGIN
	FOR a IN
		SELECT c.relname, t.attname, d.words
		FROM pg_class AS c
		JOIN pg_attribute AS t ON t.attrelid = c.oid
		JOIN (VALUES
			('person_id', 'the person it is about'),
			('unit', 'unit that was responsible on the day of the fact (ansvarlig enhet); a reform does not change it'),
			('available_on', 'day the information existed (foreligger), from which the two months of IF § 58 (2) run: R90'),
			('source_code', 'where it comes from (kilde): IF § 44, R37'),
			('registered_at', 'when it was registered; the database''s word'),
			('registered_by', 'who registered it; the database''s word')
		) AS d(attname, words) ON d.attname = t.attname
		WHERE c.relnamespace = schema::regnamespace AND c.relkind = 'r'
			AND col_description(c.oid, t.attnum) IS NULL
	LOOP
		EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', schema, a.relname, a.attname, a.words);
	END LOOP;
END
$describe_common_columns$;
REVOKE ALL ON FUNCTION nir.describe_common_columns(name) FROM PUBLIC;
COMMENT ON FUNCTION nir.describe_common_columns(name) IS
	'part of nir.create_register: comments on the columns that every fact table has';

CREATE OR REPLACE FUNCTION nir.give_register(schema name) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $give_register$
DECLARE
	object text;
	readers text;
BEGIN
	FOR object IN
		SELECT format('TABLE %I.%I', schema, c.relname)
		FROM pg_class AS c
		WHERE c.relnamespace = schema::regnamespace AND c.relkind IN ('r', 'v')
		UNION ALL
		SELECT format('FUNCTION %s', p.oid::regprocedure)
		FROM pg_proc AS p
		WHERE p.pronamespace = schema::regnamespace
	LOOP
		EXECUTE format('ALTER %s OWNER TO nir_owner', object);
	END LOOP;

	SELECT string_agg(quote_ident(k.group_role), ', ' ORDER BY k.code) INTO readers
	FROM nir.body_kind AS k WHERE k.active;
	EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', schema, readers);
	-- what no access rule governs is a code list
	FOR object IN
		SELECT format('%I.%I', schema, c.relname)
		FROM pg_class AS c
		WHERE c.relnamespace = schema::regnamespace AND c.relkind = 'r'
			AND NOT EXISTS (SELECT FROM nir.governed_relation AS g WHERE g.relation = c.oid)
	LOOP
		EXECUTE format('GRANT SELECT ON %s TO %s', object, readers);
	END LOOP;
END
$give_register$;
REVOKE ALL ON FUNCTION nir.give_register(name) FROM PUBLIC;
COMMENT ON FUNCTION nir.give_register(name) IS
	'part of nir.create_register: all objects to nir_owner, the schema and its code lists to the group roles';
