-- What is wrong with an installation (doctor) and with definitions (lint).
-- Both only look.  A row is one finding: how bad, what, and what to do.

CREATE OR REPLACE FUNCTION nir.doctor(
	OUT level text, OUT name text, OUT finding text, OUT remedy text) RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT 'warning', 'session_preload',
		'nir is not in shared_preload_libraries',
		'add it and restart; session_preload_libraries protects sessions only, not background workers'
	WHERE NOT EXISTS (
		SELECT FROM unnest(string_to_array(current_setting('shared_preload_libraries'), ',')) l
		WHERE btrim(l, ' "') IN ('nir', '$libdir/nir'))
	UNION ALL
	SELECT 'warning', 'unbound_member',
		format('role "%s" is a member of "%s" without a binding of nir', m.rolname, g.rolname),
		format('REVOKE %I FROM %I, or bind it with nir.bind_role', g.rolname, m.rolname)
	FROM nir.body_kind k
	JOIN pg_roles g ON g.rolname = k.group_role
	JOIN pg_auth_members am ON am.roleid = g.oid
	JOIN pg_roles m ON m.oid = am.member
	WHERE NOT EXISTS (
		SELECT FROM nir.role_binding b JOIN nir.body o USING (body)
		WHERE b.role = m.oid AND o.kind = k.code)
	UNION ALL
	SELECT 'error', 'owner_member',
		format('role "%s" is a member of "nir_owner" and can switch off row-level security', m.rolname),
		format('REVOKE nir_owner FROM %I', m.rolname)
	FROM pg_roles g
	JOIN pg_auth_members am ON am.roleid = g.oid
	JOIN pg_roles m ON m.oid = am.member
	WHERE g.rolname = 'nir_owner'
	UNION ALL
	SELECT 'error', 'role_unsafe',
		format('group role "%s" can log in or is privileged', r.rolname),
		format('ALTER ROLE %I NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS', r.rolname)
	FROM pg_roles r
	WHERE r.rolname IN ('nir_imdi', 'nir_hkdir', 'nir_municipality', 'nir_county',
			'nir_state_governor', 'nir_immigration', 'nir_verifier', 'nir_dpo',
			'nir_operator', 'nir_retention', 'nir_worker', 'nir_admin', 'nir_owner')
		AND (r.rolcanlogin OR r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls)
	UNION ALL
	SELECT 'error', 'binding_unusable',
		format('the binding of role "%s" to body "%s" has no body or group role, or the role is gone or privileged',
			COALESCE(r.rolname, b.role::oid::text), b.body),
		'bind it again with nir.bind_role, or unbind it'
	FROM nir.role_binding b
	LEFT JOIN nir.body o USING (body)
	LEFT JOIN nir.body_kind k ON k.code = o.kind
	LEFT JOIN pg_roles r ON r.oid = b.role
	WHERE r.oid IS NULL OR k.code IS NULL OR r.rolsuper OR r.rolbypassrls
		OR NOT pg_has_role(r.oid, k.group_role, 'USAGE')
	UNION ALL
	SELECT 'warning', 'setting',
		format('%s is %s', s.name, s.setting), s.remedy
	FROM (
		SELECT p.name, p.setting, w.remedy
		FROM (VALUES
			('nir.identity_mode', 'test', 'synthetic numbers are accepted: set production where real persons are registered'),
			('nir.privileged_access', 'allow', 'superusers read governed data without a trace: set log or deny'),
			('log_parameter_max_length_on_error', '-1', 'parameters of failing statements reach the log: set 0')
		) w (name, setting, remedy)
		JOIN pg_settings p ON p.name = w.name AND p.setting = w.setting) s
	UNION ALL
	-- a restore of data with --disable-triggers leaves every trigger at plain ENABLE
	SELECT 'warning', 'trigger_off',
		format('trigger "%s" of %s does not fire for every change', t.tgname, t.tgrelid::regclass),
		format('ALTER TABLE %s ENABLE %sTRIGGER %I', t.tgrelid::regclass, wanted.word, t.tgname)
	FROM pg_trigger t
	JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'nir'::regnamespace
	JOIN (VALUES ('tell', 'A', 'ALWAYS '), ('keep_builtin', 'O', ''), ('keep_referred', 'O', ''), ('forget_access', 'O', '')) wanted (name, enabled, word) ON wanted.name = t.tgname
	WHERE NOT t.tgisinternal AND t.tgenabled::text <> wanted.enabled AND NOT (t.tgenabled = 'A' AND wanted.enabled = 'O')
	UNION ALL
	SELECT 'error', 'access_stale',
		format('policies of %s do not follow today''s access rules', g.relation),
		'SELECT nir.apply_access()'
	FROM nir.governed_relation g
	WHERE EXISTS (
		SELECT r.body_kind, r.verb, r.scope, nir.purposes_union(r.purposes)
		FROM nir.access_rule r JOIN nir.body_kind k ON k.code = r.body_kind AND k.active
		WHERE r.category = g.category AND r.valid @> CURRENT_DATE
		GROUP BY r.body_kind, r.verb, r.scope
		EXCEPT
		SELECT a.body_kind, a.verb, a.scope, a.purposes FROM nir.relation_access a WHERE a.relation = g.relation)
	OR EXISTS (
		SELECT a.body_kind, a.verb, a.scope, a.purposes FROM nir.relation_access a WHERE a.relation = g.relation
		EXCEPT
		SELECT r.body_kind, r.verb, r.scope, nir.purposes_union(r.purposes)
		FROM nir.access_rule r JOIN nir.body_kind k ON k.code = r.body_kind AND k.active
		WHERE r.category = g.category AND r.valid @> CURRENT_DATE
		GROUP BY r.body_kind, r.verb, r.scope)
	ORDER BY 1, 2, 3
$$;
COMMENT ON FUNCTION nir.doctor() IS 'findings about this installation: preloading, roles, bindings, settings, triggers, stale policies; no row means well';

CREATE OR REPLACE FUNCTION nir.lint(
	OUT level text, OUT name text, OUT object text, OUT finding text, OUT remedy text) RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT 'error', 'no_row_security', g.relation::text,
		'row-level security is off or does not bind the owner',
		format('SELECT nir.govern(%L, %L, ...)', g.relation, g.category)
	FROM nir.governed_relation g JOIN pg_class c ON c.oid = g.relation
	WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)
	UNION ALL
	SELECT 'error', 'foreign_policy', p.polrelid::regclass::text,
		format('policy "%s" was not made by nir and adds to what its rules allow', p.polname),
		format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass)
	FROM pg_policy p JOIN nir.governed_relation g ON g.relation = p.polrelid
	WHERE p.polpermissive AND p.polname NOT LIKE 'nir\_%'
	UNION ALL
	SELECT 'warning', 'ungoverned', c.relation::text,
		'has tagged columns, but no row-level security of nir',
		format('SELECT nir.govern(%L, category, unit => ..., subject => ...)', c.relation)
	FROM nir.governed_column c
	WHERE NOT EXISTS (SELECT FROM nir.governed_relation g WHERE g.relation = c.relation)
	GROUP BY c.relation
	UNION ALL
	SELECT 'error', 'ungoverned_partition', i.inhrelid::regclass::text,
		format('is a partition or child of %s and can be read directly without its rules', i.inhparent::regclass),
		format('SELECT nir.govern(%L, %L, ...)', g.relation, g.category)
	FROM pg_inherits i JOIN nir.governed_relation g ON g.relation = i.inhparent
	WHERE NOT EXISTS (SELECT FROM nir.governed_relation h WHERE h.relation = i.inhrelid)
	UNION ALL
	SELECT 'warning', 'mixed_purposes', c.relation::text,
		format('column "%s" serves %s, the relation %s: SELECT * fails under some purposes', c.column_name, c.purposes, g.purposes),
		'give every column of a table the same purposes, or split the table'
	FROM nir.governed_column c JOIN nir.governed_relation g USING (relation)
	WHERE NOT g.purposes <@ c.purposes
	UNION ALL
	SELECT 'error', 'definer_view', v.oid::regclass::text,
		format('reads %s with its owner''s rows, not the reader''s', string_agg(DISTINCT g.relation::text, ', ')),
		format('ALTER VIEW %s SET (security_invoker = true)', v.oid::regclass)
	FROM pg_class v
	JOIN pg_rewrite r ON r.ev_class = v.oid
	JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
	JOIN nir.governed_relation g ON g.relation = d.refobjid
	WHERE v.relkind = 'v'
		AND NOT COALESCE((SELECT option_value::boolean FROM pg_options_to_table(v.reloptions)
			WHERE option_name = 'security_invoker'), false)
	GROUP BY v.oid
	UNION ALL
	SELECT 'error', 'materialized_view', v.oid::regclass::text,
		format('keeps a copy of rows of %s, which row-level security does not reach', string_agg(DISTINCT g.relation::text, ', ')),
		'drop it, or replace it by a view with security_invoker'
	FROM pg_class v
	JOIN pg_rewrite r ON r.ev_class = v.oid
	JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
	JOIN nir.governed_relation g ON g.relation = d.refobjid
	WHERE v.relkind = 'm'
	GROUP BY v.oid
	ORDER BY 1, 2, 3
$$;
COMMENT ON FUNCTION nir.lint() IS 'findings about definitions: tables, partitions, views and columns that the rules do not reach as intended; no row means well';
