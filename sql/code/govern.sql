-- Putting a table under nir: what it may be used for, and generated row-level
-- security from the access rules; what a column serves, and changing that.
-- Policies are permissive, one for each verb and kind of body, and use only
-- forms that keep indexes usable: functions that tell the planner of a
-- condition on an index, an array or a boolean from a sub-select (computed once
-- a statement), a correlated EXISTS.

CREATE OR REPLACE FUNCTION nir.type_purposes(type oid, modifier integer) RETURNS nir.purposes
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_type_purposes_sql';
COMMENT ON FUNCTION nir.type_purposes(oid, integer) IS
	'the purposes that every tagged value in a column of this type serves; null if it can hold none';

CREATE OR REPLACE FUNCTION nir.conforms(value "any", modifier integer) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_conforms';
COMMENT ON FUNCTION nir.conforms("any", integer) IS
	'raises unless a value carries exactly the purposes of the modifier, also in arrays and composites; every INSERT, UPDATE and MERGE into tagged columns asks it';

CREATE OR REPLACE VIEW nir.governed_column AS
SELECT a.attrelid::pg_catalog.regclass AS relation,
	a.attname AS column_name,
	pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
	nir.type_purposes(a.atttypid, a.atttypmod) AS purposes
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE a.attnum > 0 AND NOT a.attisdropped
	AND c.relkind IN ('r', 'p', 'm', 'f')
	AND a.atttypid >= 16384
	AND nir.type_purposes(a.atttypid, a.atttypmod) IS NOT NULL;
COMMENT ON VIEW nir.governed_column IS 'every column that holds tagged values, with the purposes it serves';
COMMENT ON COLUMN nir.governed_column.relation IS 'the table';
COMMENT ON COLUMN nir.governed_column.column_name IS 'the column';
COMMENT ON COLUMN nir.governed_column.type IS 'its type with the modifier';
COMMENT ON COLUMN nir.governed_column.purposes IS 'purposes that every value in it serves';

CREATE OR REPLACE VIEW nir.access_matrix AS
SELECT g.relation, g.category, a.body_kind, a.verb, a.scope, a.purposes, a.citation
FROM nir.governed_relation g
JOIN nir.relation_access a USING (relation);
COMMENT ON VIEW nir.access_matrix IS 'what each kind of body may do with each governed relation, on which rows, for which purposes, by which rule';
COMMENT ON COLUMN nir.access_matrix.relation IS 'the governed table';
COMMENT ON COLUMN nir.access_matrix.category IS 'kind of data';
COMMENT ON COLUMN nir.access_matrix.body_kind IS 'kind of body';
COMMENT ON COLUMN nir.access_matrix.verb IS 'select, insert, update or delete';
COMMENT ON COLUMN nir.access_matrix.scope IS 'which rows: state (all), own, connected, connected_own_period, subject, engaged, new; due, soon, pending for retention';
COMMENT ON COLUMN nir.access_matrix.purposes IS 'under which purposes';
COMMENT ON COLUMN nir.access_matrix.citation IS 'the rule it follows';

-- an index that begins with the unit is asked for each of the numbers (nir.in_unit_scope_support)
CREATE OR REPLACE FUNCTION nir.unit_condition(unit_column text, kind text) RETURNS text
	LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN format('nir.in_unit_scope(%s, %L)', unit_column, kind);
END
$$;
COMMENT ON FUNCTION nir.unit_condition(text, text) IS 'for nir.apply_access: condition that a unit is one of the acting body''s';

-- the person's connection to one of the acting body's units: today's (now), one that has begun, on the row's days (then), either;
-- or, for who writes a row, today's or one on the row's day (written)
CREATE OR REPLACE FUNCTION nir.connected_condition(governed nir.governed_relation, kind text, verb text, days text DEFAULT 'now') RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target pg_class;
	schema_name name;
	connections regclass;
	-- in Norway: CURRENT_DATE is the session's, who may choose a time zone where it is yesterday
	today CONSTANT text := 'nir.is_current(c.valid)';
	begun CONSTANT text := 'nir.has_begun(c.valid)';
	looked_up text;
	period text;
	connected text;
	condition text;
BEGIN
	SELECT * INTO STRICT target FROM pg_class WHERE oid = governed.relation;
	SELECT nspname INTO STRICT schema_name FROM pg_namespace WHERE oid = target.relnamespace;
	-- governed, or its owner's policies would run as whoever reads the relation
	SELECT g.relation INTO connections FROM nir.governed_relation g
	WHERE g.relation = to_regclass(format('%I.%I', schema_name, 'connection'));
	IF connections IS NULL OR governed.subject_column IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('the access rules of category "%s" need connections of persons', governed.category),
			DETAIL = format('%s has no subject column, or schema %I has no governed table "connection".', governed.relation, schema_name),
			HINT = 'Name the subject column, or choose a category whose rules are by unit.';
	END IF;
	IF days <> 'now' THEN
		period := CASE
			WHEN governed.period_column IS NOT NULL THEN format(
				CASE WHEN (SELECT a.atttypid = 'date'::regtype FROM pg_attribute a
						WHERE a.attrelid = governed.relation AND a.attname = governed.period_column)
					THEN 'c.valid @> %I.%I' ELSE 'c.valid && %I.%I' END,
				target.relname, governed.period_column)
			WHEN (SELECT g.timeless FROM nir.category g WHERE g.code = governed.category) THEN begun END;
	END IF;
	connected := format('EXISTS (SELECT FROM %1$I.%2$I c WHERE c.person_id = %3$I.%4$I AND %5$s',
		schema_name, 'connection', target.relname, governed.subject_column, nir.unit_condition('c.unit', kind));
	looked_up := format('nir.is_looked_up(%s)', concat_ws(', ', quote_ident(governed.subject_column), (
		SELECT quote_ident(a.attname)
		FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		WHERE i.indrelid = governed.relation AND i.indisprimary AND i.indnkeyatts = 1)));
	-- of a table that knows no days of its own, today's
	condition := CASE
		WHEN period IS NULL THEN format('%s AND %s)', connected, today)
		WHEN days = 'written' THEN format('%s AND (%s OR %s))', connected, today, period)
		WHEN period = begun THEN format('%s AND %s)', connected, begun)
		WHEN days = 'then' THEN format('%s AND %s AND %s)', connected, begun, period)
		-- a list computes the first once, of the person alone, and asks the second of few; a look-up asks it alone
		ELSE format('(NOT %1$s AND %2$s AND %3$s) OR %2$s AND nir.covers(c.valid, %4$I.%5$I)))',
			looked_up, connected, today, target.relname, governed.period_column) END;
	IF governed.fresh_column IS NOT NULL THEN
		condition := format('(%s OR %I = (SELECT nir.transaction_token()) AND (SELECT nir.acts_as(%L)))',
			condition, governed.fresh_column, kind);
	END IF;
	-- a list begins with who may be there at all
	IF verb = 'select' AND governed.unit_column IS NULL THEN
		condition := format('(%s OR nir.may_reach(%s)) AND %s', looked_up, concat_ws(', ',
			quote_ident(governed.subject_column), format('%L::regclass, %L', connections, kind),
			CASE WHEN governed.fresh_column IS NOT NULL THEN format('%L::regclass, %L', governed.relation, governed.subject_column) END),
			condition);
	END IF;
	RETURN condition;
END
$$;
COMMENT ON FUNCTION nir.connected_condition(nir.governed_relation, text, text, text) IS 'for nir.apply_access: condition of row scopes connected and connected_own_period';

-- the person whom the declared case is about: a register knows by its function case_subjects()
CREATE OR REPLACE FUNCTION nir.subject_condition(governed nir.governed_relation, kind text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	subjects text;
BEGIN
	SELECT format('%I.case_subjects()', n.nspname) INTO STRICT subjects
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = governed.relation;
	-- it runs as whoever reads the relation
	IF governed.subject_column IS NULL OR NOT EXISTS (
		SELECT FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
		WHERE p.oid = to_regprocedure(subjects) AND (r.rolsuper OR r.rolname = 'nir_owner')) THEN
		RETURN NULL;
	END IF;
	RETURN concat_ws(' AND ',
		format('%I = ANY ((SELECT %s)::bigint[]) AND (SELECT nir.acts_as(%L))', governed.subject_column, subjects, kind),
		-- of her facts those of the body's own units: the case is about one of their decisions
		nir.unit_condition(quote_ident(governed.unit_column), kind));
END
$$;
COMMENT ON FUNCTION nir.subject_condition(nir.governed_relation, text) IS
	'for nir.apply_access: condition of row scope subject; null where nobody knows what a case is about';

-- persons assigned to the acting provider, in rows of the unit that engaged it
CREATE OR REPLACE FUNCTION nir.engaged_condition(governed nir.governed_relation, kind text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target pg_class;
	schema_name name;
	engagements text;
	condition text;
BEGIN
	SELECT * INTO STRICT target FROM pg_class WHERE oid = governed.relation;
	SELECT nspname INTO STRICT schema_name FROM pg_namespace WHERE oid = target.relnamespace;
	SELECT format('((SELECT nir.engagements(%s))::bigint[])', CASE WHEN c.special IS NOT NULL THEN quote_literal(c.code) END)
	INTO STRICT engagements FROM nir.category c WHERE c.code = governed.category;
	IF governed.category = 'assignment' THEN
		RETURN format('engagement_id = ANY %s AND valid @> (SELECT nir.retention_today())', engagements);
	ELSIF governed.subject_column IS NULL OR NOT EXISTS (SELECT FROM nir.governed_relation g
		WHERE g.relation = to_regclass(format('%I.%I', schema_name, 'assignment'))) THEN
		RETURN NULL;
	END IF;
	condition := format(
		'EXISTS (SELECT FROM %1$I.%2$I a WHERE a.person_id = %3$I.%4$I AND a.engagement_id = ANY %5$s AND a.valid @> (SELECT nir.retention_today()))',
		schema_name, 'assignment', target.relname, governed.subject_column, engagements);
	IF governed.unit_column IS NOT NULL THEN
		condition := format('%s AND %s', nir.unit_condition(quote_ident(governed.unit_column), kind), condition);
	END IF;
	RETURN condition;
END
$$;
COMMENT ON FUNCTION nir.engaged_condition(nir.governed_relation, text) IS
	'for nir.apply_access: condition of row scope engaged; null where nobody is assigned';

CREATE OR REPLACE FUNCTION nir.scope_condition(
	governed nir.governed_relation, kind text, verb text, scope text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	own text;
BEGIN
	IF scope = 'due' THEN
		RETURN nir.due_condition(governed, false);
	ELSIF scope = 'soon' THEN
		RETURN nir.due_condition(governed, true);
	ELSIF scope = 'pending' THEN
		RETURN nir.pending_condition(governed);
	ELSIF scope IN ('state', 'new') THEN
		RETURN format('(SELECT nir.acts_as(%L))', kind);
	ELSIF scope = 'subject' THEN
		RETURN nir.subject_condition(governed, kind);
	ELSIF scope = 'engaged' THEN
		RETURN nir.engaged_condition(governed, kind);
	END IF;
	IF governed.unit_column IS NOT NULL THEN
		own := nir.unit_condition(quote_ident(governed.unit_column), kind);
	END IF;
	IF scope = 'own' AND own IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('the access rules of category "%s" need a unit column', governed.category),
			DETAIL = format('%s was given none.', governed.relation),
			HINT = 'Name the column of type nir.unit with the unit responsible on the day of the fact.';
	END IF;
	IF scope = 'connected_own_period' THEN
		RETURN concat_ws(' AND ', own, nir.connected_condition(governed, kind, verb, CASE WHEN own IS NULL THEN 'either' ELSE 'then' END));
	END IF;
	-- what is written about a person is written by who is connected with it, or was on the day of the fact
	IF verb = 'insert' AND governed.subject_column IS NOT NULL AND own IS NOT NULL
		AND governed.category <> 'connection' THEN
		RETURN format('%s AND %s', own, nir.connected_condition(governed, kind, verb, 'written'));
	ELSIF scope = 'own' OR (own IS NOT NULL AND verb IN ('update', 'delete')) THEN
		RETURN own;
	ELSIF own IS NULL THEN
		RETURN nir.connected_condition(governed, kind, verb);
	END IF;
	RETURN format('(%s OR %s)', nir.unit_condition(quote_ident(governed.unit_column), kind), nir.connected_condition(governed, kind, verb));
END
$$;
COMMENT ON FUNCTION nir.scope_condition(nir.governed_relation, text, text, text) IS
	'for nir.apply_access: condition of a row scope; null where the schema has nothing that could fill it';

CREATE OR REPLACE FUNCTION nir.rules_in_force(governed nir.governed_relation,
	OUT body_kind text, OUT verb text, OUT scope text, OUT purposes nir.purposes, OUT citation text, OUT ends_on date) RETURNS SETOF record
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	SELECT f.*, (
		-- the first day on which rules no longer carry all of it
		SELECT min(d.day)
		FROM (SELECT upper(e.valid) AS day FROM nir.access_rule e WHERE e.category = governed.category) d
		WHERE d.day > nir.retention_today() AND NOT f.purposes <@ (
			SELECT coalesce(nir.purposes_union(n.purposes), '{}')
			FROM nir.access_rule n
			WHERE n.category = governed.category AND n.body_kind = f.body_kind AND n.verb = f.verb
				AND n.scope = f.scope AND n.valid @> d.day))
	FROM (
	SELECT r.body_kind, r.verb, r.scope, nir.purposes_union(r.purposes) AS purposes, string_agg(DISTINCT r.citation, '; ') AS citation
	FROM nir.access_rule r
	JOIN nir.body_kind k ON k.code = r.body_kind AND k.active
	WHERE r.category = governed.category AND r.valid @> nir.retention_today()
		AND (k.group_role <> 'nir_retention'
			OR nir.bound_as(governed.relation) IS NOT NULL)
		-- a rule that nothing can fill would refuse with an empty answer
		AND (r.scope NOT IN ('subject', 'engaged')
			OR nir.scope_condition(governed, r.body_kind, r.verb, r.scope) IS NOT NULL)
	GROUP BY r.body_kind, r.verb, r.scope) f;
END
$$;
COMMENT ON FUNCTION nir.rules_in_force(nir.governed_relation) IS
	'the access rules that hold for a governed relation today, one for each kind of body, verb and row scope, and the first day on which they do not';

CREATE OR REPLACE FUNCTION nir.policy_statements(governed nir.governed_relation) RETURNS SETOF text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	rule record;
	old record;
	root regclass := nir.narrowing_root(governed);
BEGIN
	FOR old IN SELECT polname FROM pg_policy
		WHERE polrelid = governed.relation AND polname LIKE 'nir\_%' ORDER BY polname LOOP
		RETURN NEXT format('DROP POLICY %I ON %s', old.polname, governed.relation);
	END LOOP;
	RETURN NEXT format('CREATE POLICY nir_owner_functions ON %s TO nir_owner USING ((SELECT nir.in_definer_function())) WITH CHECK ((SELECT nir.in_definer_function()))', governed.relation);
	FOR rule IN
		SELECT a.body_kind, a.verb, k.group_role,
			string_agg(
				CASE WHEN a.purposes = everything.purposes AND k.group_role <> 'nir_retention' THEN condition
					ELSE format('(SELECT nir.purpose_in(%L)) AND %s', a.purposes, condition) END,
				' OR ' ORDER BY a.scope) AS condition
		FROM nir.relation_access a
		JOIN nir.body_kind k ON k.code = a.body_kind
		CROSS JOIN LATERAL (
			SELECT nir.purposes_union(b.purposes) AS purposes FROM nir.relation_access b
			WHERE b.relation = a.relation AND b.body_kind = a.body_kind AND b.verb = a.verb) everything
		CROSS JOIN LATERAL nir.scope_condition(governed, a.body_kind, a.verb, a.scope) condition
		WHERE a.relation = governed.relation
		GROUP BY a.body_kind, a.verb, k.group_role
		ORDER BY a.body_kind, a.verb
	LOOP
		-- whose rows are narrowed; the purge works on all that is due
		IF root IS NOT NULL AND rule.group_role <> 'nir_retention' THEN
			rule.condition := format('(%s) AND nir.subject_is_open(%L::regclass, %I, %L)',
				rule.condition, root, governed.subject_column, governed.category);
		END IF;
		RETURN NEXT format('CREATE POLICY %I ON %s FOR %s TO %I%s%s',
			'nir_' || rule.body_kind || '_' || rule.verb,
			governed.relation, upper(rule.verb), rule.group_role,
			CASE WHEN rule.verb <> 'insert' THEN format(' USING (%s)', rule.condition) END,
			CASE WHEN rule.verb IN ('insert', 'update') THEN format(' WITH CHECK (%s)', rule.condition) END);
		-- whatever other policies let everybody do, the purge stays within this
		IF rule.group_role = 'nir_retention' THEN
			RETURN NEXT format('CREATE POLICY %I ON %s AS RESTRICTIVE FOR %s TO %I USING (%s)',
				'nir_' || rule.body_kind || '_' || rule.verb || '_only',
				governed.relation, upper(rule.verb), rule.group_role, rule.condition);
		END IF;
		RETURN NEXT format('GRANT %s ON %s TO %I', upper(rule.verb), governed.relation, rule.group_role);
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.policy_statements(nir.governed_relation) IS 'for nir.apply_access: the statements that make a relation''s policies and grants';

CREATE OR REPLACE FUNCTION nir.apply_access(relation pg_catalog.regclass DEFAULT NULL) RETURNS SETOF text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	governed nir.governed_relation;
	statement text;
BEGIN
	FOR governed IN
		SELECT * FROM nir.governed_relation g
		WHERE apply_access.relation IS NULL OR g.relation = apply_access.relation
		ORDER BY g.relation::text
	LOOP
		DELETE FROM nir.relation_access a WHERE a.relation = governed.relation;
		INSERT INTO nir.relation_access (relation, body_kind, verb, scope, purposes, citation, ends_on)
		SELECT governed.relation, r.body_kind, r.verb, r.scope, r.purposes, r.citation, r.ends_on
		FROM nir.rules_in_force(governed) r;

		FOR statement IN
			SELECT format('REVOKE ALL ON %s FROM %I', governed.relation, k.group_role)
			FROM nir.body_kind k WHERE k.group_role IS NOT NULL ORDER BY k.code
		LOOP
			EXECUTE statement;
		END LOOP;
		FOR statement IN SELECT nir.policy_statements(governed) LOOP
			EXECUTE statement;
			RETURN NEXT statement;
		END LOOP;
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.apply_access(pg_catalog.regclass) IS
	'makes policies, grants and nir.relation_access of one governed relation, or of all, from the access rules in force today; returns the statements';

CREATE OR REPLACE FUNCTION nir.require_governable(
	relation pg_catalog.regclass, category text, unit name, subject name, fresh name, period name) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	allowed nir.purposes;
	wrong text;
BEGIN
	IF relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'a relation must be given';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = relation AND c.relkind IN ('r', 'p')) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('%s is not a table', relation),
			HINT = 'Govern the tables; a view over them with security_invoker follows their rules.';
	END IF;
	IF EXISTS (SELECT FROM pg_inherits i
		WHERE i.inhrelid = relation
			AND NOT EXISTS (SELECT FROM nir.governed_relation g WHERE g.relation = i.inhparent)) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('%s has a parent that is not governed', relation),
			DETAIL = 'Every row could be read through the parent.',
			HINT = 'Govern the parent first; a partitioned table takes its partitions along.';
	END IF;
	SELECT c.purposes INTO allowed FROM nir.category c WHERE c.code = require_governable.category;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('there is no category "%s"', category),
			HINT = 'nir.category lists the kinds of data that access rules are written for.';
	END IF;
	SELECT string_agg(format('"%s"', wanted.name), ', ') INTO wrong
	FROM (VALUES (unit, '{nir.unit}'::regtype[]), (subject, NULL), (fresh, '{uuid}'), (period, '{daterange,date}')) wanted (name, types)
	WHERE wanted.name IS NOT NULL AND NOT EXISTS (
		SELECT FROM pg_attribute a
		WHERE a.attrelid = relation AND a.attname = wanted.name AND a.attnum > 0
			AND NOT a.attisdropped AND (wanted.types IS NULL OR a.atttypid = ANY (wanted.types)));
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('%s has no fitting column %s', relation, wrong),
			HINT = 'unit must be of type nir.unit, fresh of type uuid, period of type daterange or date.';
	END IF;
	IF EXISTS (SELECT FROM nir.sealed_column(relation)) AND NOT EXISTS (
		SELECT FROM pg_attribute a
		WHERE a.attrelid = relation AND a.attname = subject
			AND a.atttypid = ANY ('{int2,int4,int8}'::regtype[])) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('%s has sealed columns and no subject column of an integer type', relation),
			HINT = 'Name the column with the person as subject: what is sealed is sealed for somebody.';
	END IF;
	SELECT string_agg(format('"%s" %s', c.column_name, c.purposes), ', ') INTO wrong
	FROM nir.governed_column c
	WHERE c.relation = require_governable.relation AND NOT c.purposes && allowed;
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('columns of %s serve no purpose of category "%s" %s', relation, category, allowed),
			DETAIL = wrong,
			HINT = 'Nobody could ever read them: correct the modifier or choose another category.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_governable(pg_catalog.regclass, text, name, name, name, name) IS 'for nir.govern: raises where a table cannot be governed as asked';

CREATE OR REPLACE FUNCTION nir.govern(
	relation pg_catalog.regclass,
	category text,
	unit name DEFAULT NULL,
	subject name DEFAULT NULL,
	fresh name DEFAULT NULL,
	dry_run boolean DEFAULT false,
	period name DEFAULT NULL) RETURNS SETOF text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	partition regclass;
	statement text;
	done text[] := '{}';
BEGIN
	BEGIN
		PERFORM nir.require_governable(relation, category, unit, subject, fresh, period);
		FOR partition IN
			SELECT relation UNION
			SELECT t.relid FROM pg_partition_tree(relation) t ORDER BY 1
		LOOP
			INSERT INTO nir.governed_relation AS g
				(relation, category, purposes, unit_column, subject_column, fresh_column, period_column, governed_by)
			SELECT partition, c.code, c.purposes, unit, subject, fresh, period, SESSION_USER
			FROM nir.category c WHERE c.code = govern.category
			ON CONFLICT ON CONSTRAINT governed_relation_pkey DO UPDATE SET
				category = excluded.category, purposes = excluded.purposes,
				unit_column = excluded.unit_column, subject_column = excluded.subject_column,
				fresh_column = excluded.fresh_column, period_column = excluded.period_column, governed_by = excluded.governed_by, governed_at = now();
			FOREACH statement IN ARRAY ARRAY[
				format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', partition),
				format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', partition),
				format('REVOKE ALL ON %s FROM PUBLIC', partition)]
			LOOP
				EXECUTE statement;
				done := done || statement;
			END LOOP;
			FOR statement IN SELECT nir.seal_statements(partition, subject) LOOP
				EXECUTE statement;
				done := done || statement;
			END LOOP;
			done := done || ARRAY(SELECT nir.apply_access(partition));
		END LOOP;
		IF dry_run THEN
			RAISE EXCEPTION USING ERRCODE = 'NRDRY', MESSAGE = 'dry run';
		END IF;
	EXCEPTION WHEN SQLSTATE 'NRDRY' THEN
		NULL;	-- everything is taken back, what would have been done is returned
	END;
	RETURN QUERY SELECT unnest(done);
END
$$;
COMMENT ON FUNCTION nir.govern(pg_catalog.regclass, text, name, name, name, boolean, name) IS
	'puts a table and its partitions under nir: purposes of the category, row-level security and grants from the access rules; returns the statements, with dry_run without keeping them';

CREATE OR REPLACE FUNCTION nir.ungovern(relation pg_catalog.regclass) RETURNS SETOF text
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	statement text;
BEGIN
	FOR statement IN
		SELECT format('DROP POLICY %I ON %s', p.polname, relation)
		FROM pg_policy p WHERE p.polrelid = relation AND p.polname LIKE 'nir\_%'
		UNION ALL
		SELECT format('REVOKE ALL ON %s FROM %I', relation, k.group_role) FROM nir.body_kind k WHERE k.group_role IS NOT NULL
	LOOP
		EXECUTE statement;
		RETURN NEXT statement;
	END LOOP;
	DELETE FROM nir.governed_relation g WHERE g.relation = ungovern.relation;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'NR034', MESSAGE = format('%s is not governed', relation);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.ungovern(pg_catalog.regclass) IS
	'takes a table out from under nir: its policies and grants go; row-level security stays on until its owner lifts it, and tagged columns keep their purposes';

CREATE OR REPLACE FUNCTION nir.repurpose_column(
	relation pg_catalog.regclass, column_name name, purposes nir.purposes, citation text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	type_name text;
	base_name text;
	old nir.purposes;
BEGIN
	IF relation IS NULL OR column_name IS NULL OR purposes IS NULL OR COALESCE(btrim(citation), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'relation, column, purposes and citation must be given',
			HINT = 'The citation names the rule that lets data collected for one purpose serve another.';
	END IF;
	SELECT format('%I.%I', n.nspname, t.typname), nir.type_purposes(a.atttypid, a.atttypmod),
		(SELECT format_type(c.casttarget, NULL) FROM pg_cast c
			WHERE c.castsource = t.oid AND c.casttarget = ANY ('{text,date,int4,bool,numeric}'::regtype[]) AND c.castcontext = 'i'
			ORDER BY array_position('{text,date,int4,bool,numeric}'::regtype[], c.casttarget::regtype) LIMIT 1)
	INTO type_name, old, base_name
	FROM pg_attribute a
	JOIN pg_type t ON t.oid = a.atttypid
	JOIN pg_namespace n ON n.oid = t.typnamespace
	WHERE a.attrelid = repurpose_column.relation AND a.attname = repurpose_column.column_name
		AND a.attnum > 0 AND NOT a.attisdropped;
	IF old IS NULL OR base_name IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR034',
			MESSAGE = format('%s has no tagged column "%s"', relation, column_name),
			HINT = 'nir.governed_column lists them; a domain, array or composite is changed by its own definition.';
	END IF;
	-- only a session that the value check lets pass can take the old tag off
	EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s(%L) USING %I::%s::%s',
		relation, column_name, type_name, btrim(purposes::text, '{}'), column_name, base_name, type_name);
	INSERT INTO nir.repurposing (relation, column_name, old_purposes, new_purposes, citation)
	VALUES (repurpose_column.relation::text, repurpose_column.column_name, old, repurpose_column.purposes, repurpose_column.citation);
END
$$;
COMMENT ON FUNCTION nir.repurpose_column(pg_catalog.regclass, name, nir.purposes, text) IS
	'changes the purposes a column serves, widening too, with the rule that allows it; rewrites the table, needs a privileged session that owns it, and leaves a row in nir.repurposing (R49)';

-- a dropped table takes its rows along, or a later one with its number would inherit them
CREATE OR REPLACE FUNCTION nir.forget_dropped() RETURNS event_trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	DELETE FROM nir.governed_relation g
	USING pg_event_trigger_dropped_objects() d
	WHERE d.classid = 'pg_class'::regclass AND d.objsubid = 0 AND g.relation::oid = d.objid;
	-- one that said who is narrowed among persons that are still there stays missed
	DELETE FROM nir.narrowing_source s
	USING pg_event_trigger_dropped_objects() d
	WHERE d.classid = 'pg_class'::regclass AND d.objsubid = 0 AND d.objid = s.root::oid;
END
$$;
COMMENT ON FUNCTION nir.forget_dropped() IS 'event trigger: forgets governed relations, and persons that may be narrowed, that were dropped';
