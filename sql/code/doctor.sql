-- What is wrong with an installation (doctor) and with definitions (lint).
-- Both only look.  A row is one finding: how bad, what, and what to do.

CREATE OR REPLACE FUNCTION nir.oldest_safe_server() RETURNS integer
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_oldest_safe_server';
COMMENT ON FUNCTION nir.oldest_safe_server() IS
	'for nir.doctor: the server_version_num below which PostgreSQL has holes that nir cannot close';

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
	SELECT 'warning', 'access_log',
		'no keyring is set, so the access log stays in the spool and is not chained',
		'set nir.keyring_file, reload, and SELECT nir.create_keyring()'
	WHERE current_setting('nir.keyring_file') = '' AND current_setting('nir.keyring_command') = ''
	UNION ALL
	SELECT 'error', 'old_server',
		format('PostgreSQL %s has holes through which an ordinary role could run code inside the server', current_setting('server_version')),
		format('update to %s.%s or later', nir.oldest_safe_server() / 10000, nir.oldest_safe_server() % 10000)
	WHERE current_setting('server_version_num')::integer < nir.oldest_safe_server()
	UNION ALL
	-- CVE-2024-4317: new minors leave the views of an old cluster as they were
	SELECT 'error', 'statistics_view',
		format('%s shows values of extended statistics to whoever may read the columns', v.view),
		'run fix-CVE-2024-4317.sql of PostgreSQL in every database'
	FROM (VALUES ('pg_catalog.pg_stats_ext'::regclass), ('pg_catalog.pg_stats_ext_exprs'::regclass)) v (view)
	WHERE pg_get_viewdef(v.view) NOT LIKE '%pg_has_role%'
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
	SELECT 'warning', 'administrator',
		format('role "%s" has CREATEROLE and can make itself a member of any role that is not superuser', r.rolname),
		format('ALTER ROLE %I NOCREATEROLE, or count it among the administrators of nir', r.rolname)
	FROM pg_roles r
	WHERE r.rolcreaterole AND NOT r.rolsuper AND current_setting('server_version_num')::integer < 160000
	UNION ALL
	SELECT 'warning', 'administrator',
		format('role "%s" is a member of "pg_write_all_data" and writes bindings and rules by hand', r.rolname),
		format('REVOKE pg_write_all_data FROM %I, or count it among the administrators of nir', r.rolname)
	FROM pg_roles r
	WHERE NOT r.rolsuper AND r.rolname <> 'pg_write_all_data' AND pg_has_role(r.oid, 'pg_write_all_data', 'MEMBER')
	UNION ALL
	SELECT 'error', 'role_unsafe',
		format('group role "%s" can log in or is privileged', r.rolname),
		format('ALTER ROLE %I NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS', r.rolname)
	FROM pg_roles r
	WHERE (r.rolname IN ('nir_dpo', 'nir_operator', 'nir_worker', 'nir_admin', 'nir_owner')
			OR r.rolname IN (SELECT k.group_role FROM nir.body_kind k))
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
	SELECT 'warning', 'actor_review',
		format('%s grants of actors were not confirmed in time and give no access, %s more are due within 30 days',
			count(*) FILTER (WHERE a.overdue), count(*) FILTER (WHERE NOT a.overdue)),
		'look at nir.actor_review, and confirm or withdraw each with nir.review_actor'
	FROM nir.actor_review a WHERE a.due_at <= now() + interval '30 days'
	HAVING count(*) > 0
	UNION ALL
	SELECT 'warning', 'statistics_reader',
		format('role "%s" is bound and sees the statements of every other body in pg_stat_activity and pg_stat_statements', r.rolname),
		format('REVOKE pg_read_all_stats (or the role that gives it, as pg_monitor) FROM %I', r.rolname)
	FROM pg_roles r
	WHERE r.oid IN (SELECT b.role FROM nir.role_binding b) AND NOT r.rolsuper
		AND pg_has_role(r.oid, 'pg_read_all_stats', 'MEMBER')
	UNION ALL
	-- a role that may say it replays changes fires no trigger and checks no foreign key
	SELECT 'error', 'replays',
		format('%s may set session_replication_role, and so write governed rows past triggers and foreign keys', coalesce('role ' || quote_ident(r.rolname), 'everybody')),
		format('REVOKE SET ON PARAMETER session_replication_role FROM %s', coalesce(quote_ident(r.rolname), 'PUBLIC'))
	FROM pg_parameter_acl a
	CROSS JOIN LATERAL aclexplode(a.paracl) x
	LEFT JOIN pg_roles r ON r.oid = x.grantee
	WHERE a.parname = 'session_replication_role' AND NOT coalesce(r.rolsuper, false)
	UNION ALL
	-- they count rows and pages that row-level security hid from who asks
	SELECT 'warning', 'statistics_functions',
		format('everybody can count the rows that a statement looked at and did not show, by %s and its like', max(f.oid::regprocedure::text)),
		format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', string_agg(f.oid::regprocedure::text, ', ' ORDER BY f.proname))
	FROM pg_proc f
	WHERE f.pronamespace = 'pg_catalog'::regnamespace
		AND f.proname ~ '^pg_stat_get_(xact_|db_)?(tuples_(fetched|returned)|blocks_(fetched|hit))$'
		AND has_function_privilege('public', f.oid, 'EXECUTE')
		AND EXISTS (SELECT FROM nir.governed_relation)
	HAVING count(*) > 0
	UNION ALL
	SELECT 'warning', 'setting',
		format('%s is %s', p.name, p.setting), w.remedy
	FROM (VALUES
		('nir.identity_mode', '^test$', 'synthetic numbers are accepted: set production where real persons are registered'),
		('nir.now_override', '.', 'retention takes another day for today: unset it, it is for tests alone'),
		('nir.privileged_access', '^allow$', 'superusers read governed data without a trace: set log or deny'),
		('log_parameter_max_length_on_error', '^(-|[1-9])',
			'parameters of failing statements reach the client in CONTEXT, and the log where the role is not bound: set 0'),
		('auto_explain.log_min_duration', '^\d',
			'plans of superusers and of roles that are not bound reach the log with the values in them: set -1'),
		('pg_stat_statements.track_utility', '^on$',
			'statements other than queries are kept with the values in them, for who reads statistics: set off'),
		('debug_print_parse', '^on$', 'statements of superusers reach the log with the values in them: set off'),
		('debug_print_rewritten', '^on$', 'statements of superusers reach the log with the values in them: set off'),
		('debug_print_plan', '^on$', 'statements of superusers reach the log with the values in them: set off')
	) w (name, pattern, remedy)
	JOIN pg_settings p ON p.name = w.name AND p.setting ~ w.pattern
	UNION ALL
	SELECT 'warning', 'setting',
		format('log_parameter_max_length is %s, and %s is %s', p.setting, l.name, l.setting),
		'parameters of superusers and of roles that are not bound reach the log with their statements: set 0'
	FROM pg_settings p
	JOIN (VALUES
		('log_statement', '^(mod|all)$'), ('log_min_duration_statement', '^\d'),
		('log_min_duration_sample', '^\d'), ('log_transaction_sample_rate', '^0*[.]?0*[1-9]')
	) w (name, pattern) ON true
	JOIN pg_settings l ON l.name = w.name AND l.setting ~ w.pattern
	WHERE p.name = 'log_parameter_max_length' AND p.setting <> '0'
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
	SELECT 'error', 'transfer_overdue',
		format('%s transfers to "%s" wait for more than %s days, and with them deletions', count(*), t.recipient, l.days),
		'the recipient calls nir.fetch_transfers and nir.acknowledge_transfer'
	FROM nir.transfer t
	CROSS JOIN (SELECT current_setting('nir.transfer_lead')::integer AS days) l
	WHERE t.state IN ('new', 'ready') AND t.rule IS NOT NULL AND t.queued_at < now() - make_interval(days => l.days)
	GROUP BY t.recipient, l.days
	UNION ALL
	SELECT 'error', 'quarantine',
		format('the due rows of %s subjects in %s could not be deleted (SQLSTATE %s)', count(*), q.register, q.code),
		'mend what nir.quarantine names, then delete its rows there'
	FROM nir.quarantine q
	GROUP BY q.register, q.code
	UNION ALL
	SELECT 'error', 'purge_missing',
		'tables are bound to retention rules, and no purge has come to its end for 35 days',
		'set nir.purge_at, or SELECT nir.schedule_purge(), and see nir.stat_retention'
	WHERE EXISTS (SELECT FROM nir.retention_binding b JOIN nir.governed_relation g USING (relation)
			WHERE g.governed_at < now() - interval '35 days')
		AND NOT EXISTS (SELECT FROM nir.retention_run r WHERE r.finished_at > now() - interval '35 days')
	UNION ALL
	SELECT 'error', 'retention_entangled',
		format('the purge deletes nothing by the rules of %s: %s', b.relation, nir.strangers_code(b.relation)),
		'drop it, or let a superuser own the trigger''s function'
	FROM (SELECT DISTINCT r.relation FROM nir.retention_binding r) b
	WHERE nir.strangers_code(b.relation) IS NOT NULL
	UNION ALL
	SELECT 'warning', 'retention_unbound',
		format('%s holds data about persons and goes by no retention rule', r.relation),
		format('SELECT nir.bind_retention(%L, rule, ...), after nir.govern', r.relation)
	FROM (
		SELECT g.relation FROM nir.governed_relation g WHERE g.subject_column IS NOT NULL
		UNION
		SELECT c.conrelid::regclass FROM pg_constraint c
		JOIN nir.retention_binding b ON b.relation = c.confrelid AND b.source = 'general' AND b.parent = b.relation
		WHERE c.contype = 'f' AND c.conparentid = 0) r
	WHERE nir.bound_as(r.relation) IS NULL
	UNION ALL
	SELECT 'warning', 'retention_unsure',
		format('a row of %s can be without any event that it would go by, and then never goes', r.relation),
		'bind it last by a date column, or by a parent, that is NOT NULL'
	FROM (
		SELECT b.relation FROM nir.retention_binding b
		LEFT JOIN pg_attribute a ON a.attrelid = b.relation AND a.attname = b.event_column
		GROUP BY b.relation
		HAVING bool_and(b.source <> 'general' AND NOT coalesce(b.only_column IS NULL AND a.attnotnull, false))) r
	UNION ALL
	SELECT 'warning', 'access_changes',
		format('access rules of category "%s" begin or end on %s', c.category, c.day),
		format('SELECT nir.apply_access() on %s: policies are those of the day it ran', c.day)
	FROM (
		SELECT r.category, d.day FROM nir.access_rule r CROSS JOIN LATERAL (VALUES (lower(r.valid)), (upper(r.valid))) d (day)
		GROUP BY 1, 2) c
	WHERE c.day > nir.retention_today() AND c.day <= nir.retention_today() + 30
		AND EXISTS (SELECT FROM nir.governed_relation g WHERE g.category = c.category)
	UNION ALL
	SELECT 'error', 'access_stale',
		format('policies of %s do not follow today''s access rules', g.relation),
		'SELECT nir.apply_access()'
	FROM nir.governed_relation g
	WHERE EXISTS (
		SELECT r.body_kind, r.verb, r.scope, r.purposes, r.ends_on FROM nir.rules_in_force(g) r
		EXCEPT
		SELECT a.body_kind, a.verb, a.scope, a.purposes, a.ends_on FROM nir.relation_access a WHERE a.relation = g.relation)
	OR EXISTS (
		SELECT a.body_kind, a.verb, a.scope, a.purposes, a.ends_on FROM nir.relation_access a WHERE a.relation = g.relation
		EXCEPT
		SELECT r.body_kind, r.verb, r.scope, r.purposes, r.ends_on FROM nir.rules_in_force(g) r)
	-- and the policies are those that were made of them
	OR EXISTS (
		SELECT FROM nir.relation_access a
		WHERE a.relation = g.relation AND NOT EXISTS (
			SELECT FROM pg_policy p
			WHERE p.polrelid = g.relation AND p.polpermissive AND p.polname = format('nir_%s_%s', a.body_kind, a.verb)))
	ORDER BY 1, 2, 3
$$;
COMMENT ON FUNCTION nir.doctor() IS 'findings about this installation: preloading, roles, bindings, settings, statistics, triggers, stale policies and rules that change soon; no row means well';

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
	SELECT 'error', 'unsealed', g.relation::text,
		'the trigger or a CHECK that keeps sealed values with their person is missing or off',
		format('SELECT nir.govern(%L, %L, ...)', g.relation, g.category)
	FROM nir.governed_relation g
	WHERE EXISTS (
		SELECT FROM nir.sealed_column(g.relation) s
		WHERE NOT EXISTS (SELECT FROM pg_constraint c
				WHERE c.conrelid = g.relation AND c.contype = 'c' AND c.conname = ('nir_sealed_' || s.column_name)::name)
			OR NOT EXISTS (SELECT FROM pg_trigger t
				WHERE t.tgrelid = g.relation AND t.tgname = 'zz_nir_seal' AND t.tgenabled IN ('O', 'A')))
	UNION ALL
	SELECT 'error', 'foreign_policy', p.polrelid::regclass::text,
		format('policy "%s" was not made by nir and adds to what its rules allow', p.polname),
		format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass)
	FROM pg_policy p JOIN nir.governed_relation g ON g.relation = p.polrelid
	WHERE p.polpermissive AND p.polname <> 'nir_owner_functions' AND NOT EXISTS (
		SELECT FROM nir.relation_access a JOIN nir.body_kind k ON k.code = a.body_kind
		WHERE a.relation = g.relation AND p.polname = format('nir_%s_%s', a.body_kind, a.verb)
			AND p.polroles = ARRAY[(SELECT r.oid FROM pg_roles r WHERE r.rolname = k.group_role)])
	UNION ALL
	SELECT 'warning', 'foreign_code', g.relation::text,
		format('%s calls %s, which "%s" may replace: it is handed rows of every body',
			pg_describe_object(o.classid, o.objid, 0), f.oid::regprocedure, r.rolname),
		format('give the function to a superuser, or drop what calls it: %s', f.oid::regprocedure)
	FROM nir.governed_relation g
	CROSS JOIN LATERAL (
		SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger t WHERE t.tgrelid = g.relation AND NOT t.tgisinternal
		UNION ALL SELECT 'pg_rewrite'::regclass, w.oid FROM pg_rewrite w WHERE w.ev_class = g.relation
		UNION ALL SELECT 'pg_class'::regclass, i.indexrelid FROM pg_index i WHERE i.indrelid = g.relation
		UNION ALL SELECT 'pg_constraint'::regclass, n.oid FROM pg_constraint n WHERE n.conrelid = g.relation
		UNION ALL SELECT 'pg_attrdef'::regclass, a.oid FROM pg_attrdef a WHERE a.adrelid = g.relation
		UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid FROM pg_statistic_ext s WHERE s.stxrelid = g.relation) o (classid, objid)
	JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid AND d.refclassid = 'pg_proc'::regclass
	JOIN pg_proc f ON f.oid = d.refobjid
	JOIN pg_roles r ON r.oid = f.proowner AND NOT r.rolsuper AND r.rolname <> 'nir_owner'
	UNION ALL
	SELECT 'warning', 'rule', g.relation::text,
		format('rule "%s" is handed the rows of every body''s statements', w.rulename),
		format('DROP RULE %I ON %s', w.rulename, g.relation)
	FROM nir.governed_relation g JOIN pg_rewrite w ON w.ev_class = g.relation
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
	SELECT 'error', 'ungoverned_parent', i.inhrelid::regclass::text,
		format('can be read through %s, which is not governed', i.inhparent::regclass),
		format('govern the parent, or ALTER TABLE %s NO INHERIT %s', i.inhrelid::regclass, i.inhparent::regclass)
	FROM pg_inherits i JOIN nir.governed_relation g ON g.relation = i.inhrelid
	WHERE NOT EXISTS (SELECT FROM nir.governed_relation h WHERE h.relation = i.inhparent)
	UNION ALL
	SELECT CASE WHEN n.root IS NULL THEN 'warning' ELSE 'error' END, 'not_narrowed', g.relation::text,
		CASE WHEN n.root IS NULL THEN 'is about persons of no register: whoever is shielded or restricted is not, in it'
			ELSE format('does not ask whether persons of %s are shielded or restricted', n.root) END,
		CASE WHEN n.root IS NULL THEN format('give column "%s" a foreign key to the register''s persons, and govern it again', g.subject_column)
			ELSE format('SELECT nir.apply_access(%L)', g.relation) END
	FROM nir.governed_relation g
	CROSS JOIN LATERAL (SELECT nir.narrowing_root(g) AS root) n
	WHERE g.subject_column IS NOT NULL AND EXISTS (SELECT FROM nir.narrowing_source)
		AND EXISTS (SELECT FROM pg_policy p JOIN nir.body_kind k ON p.polname LIKE format('nir\_%s\_%%', replace(k.code, '_', '\_'))
			WHERE p.polrelid = g.relation AND k.group_role <> 'nir_retention'
				AND concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) !~ 'nir\.subject_is_open\(')
	UNION ALL
	SELECT 'error', 'narrowing_missing', s.root::text,
		format('no table says who of these persons is %s', n.kind),
		format('SELECT nir.narrow_by(table, %L, %L, subject)', n.kind, s.root)
	FROM (SELECT DISTINCT o.root FROM nir.narrowing_source o) s CROSS JOIN nir.narrowing n
	WHERE NOT EXISTS (SELECT FROM nir.narrowing_source o WHERE o.root = s.root AND o.kind = n.kind
		AND EXISTS (SELECT FROM pg_class c WHERE c.oid = o.relation))
	UNION ALL
	-- from here on: what is refused where the library is in force, made where it was not
	SELECT 'error', 'no_purpose', c.relation::text,
		format('column "%s" holds tagged values and has no purposes', c.column_name),
		'give its type a modifier, as in nir.tagged_text(a,b)'
	FROM nir.governed_column c WHERE c.purposes = '{}'
	UNION ALL
	SELECT 'error', 'tagged_key', f.conrelid::regclass::text,
		format('foreign key "%s" uses a tagged column', f.conname),
		format('ALTER TABLE %s DROP CONSTRAINT %I', f.conrelid::regclass, f.conname)
	FROM pg_constraint f
	WHERE f.contype = 'f' AND EXISTS (
		SELECT FROM pg_attribute a
		WHERE (a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey) OR a.attrelid = f.confrelid AND a.attnum = ANY (f.confkey))
			AND a.atttypid >= 16384 AND nir.type_purposes(a.atttypid, a.atttypmod) IS NOT NULL)
	UNION ALL
	SELECT 'error', 'kept_values', s.stxrelid::regclass::text,
		format('extended statistics "%s" keep values of tagged columns', s.stxname),
		format('DROP STATISTICS %s.%I', s.stxnamespace::regnamespace, s.stxname)
	FROM pg_statistic_ext s
	WHERE EXISTS (
		SELECT FROM nir.governed_column c JOIN pg_attribute a ON a.attrelid = c.relation AND a.attname = c.column_name
		WHERE c.relation = s.stxrelid AND (s.stxexprs IS NOT NULL OR a.attnum = ANY (s.stxkeys)))
	UNION ALL
	SELECT 'error', 'foreign_cast', format('%s AS %s', c.castsource::regtype, c.casttarget::regtype),
		'a cast of tagged values that is not of nir may claim purposes they do not have',
		format('DROP CAST (%s AS %s)', c.castsource::regtype, c.casttarget::regtype)
	FROM pg_cast c
	WHERE (c.castsource >= 16384 AND nir.type_purposes(c.castsource, -1) IS NOT NULL
			OR c.casttarget >= 16384 AND nir.type_purposes(c.casttarget, -1) IS NOT NULL)
		AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
			WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e' AND e.extname = 'nir')
	UNION ALL
	-- beside functions of governed relations, which are above: other code, and tables that are tagged only
	SELECT 'warning', 'foreign_code', o.relid::regclass::text,
		format('%s calls %s of an ordinary role, which maintenance runs over its rows',
			pg_describe_object(o.classid, o.objid, 0), pg_describe_object(d.refclassid, d.refobjid, 0)),
		'drop it, or let it call what a superuser made'
	FROM (
		SELECT 'pg_class'::regclass::oid AS classid, i.indexrelid AS objid, i.indrelid AS relid FROM pg_index i
		UNION ALL SELECT 'pg_constraint'::regclass, c.oid, c.conrelid FROM pg_constraint c WHERE c.conrelid <> 0
		UNION ALL SELECT 'pg_attrdef'::regclass, f.oid, f.adrelid FROM pg_attrdef f
			JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum AND a.attgenerated <> '') o
	JOIN pg_depend d ON d.classid = o.classid AND d.objid = o.objid AND d.refobjid >= 16384
	LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
	LEFT JOIN pg_operator q ON d.refclassid = 'pg_operator'::regclass AND q.oid = d.refobjid
	LEFT JOIN pg_opclass k ON d.refclassid = 'pg_opclass'::regclass AND k.oid = d.refobjid
	LEFT JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid AND t.typtype = 'd'
	JOIN pg_roles r ON r.oid = COALESCE(p.proowner, q.oprowner, k.opcowner, t.typowner) AND NOT r.rolsuper
	WHERE o.relid IN (SELECT c.relation FROM nir.governed_column c)
		AND NOT (p.oid IS NOT NULL AND o.relid IN (SELECT g.relation FROM nir.governed_relation g))
		OR p.oid IS NULL AND o.relid IN (SELECT g.relation FROM nir.governed_relation g)
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
	-- through however many views: a view of a view is still a copy once it is kept
	SELECT 'error', 'materialized_view', v.oid::regclass::text,
		format('keeps a copy of rows of %s, which row-level security does not reach', string_agg(DISTINCT reads.relation::text, ', ')),
		'drop it, or replace it by a view with security_invoker'
	FROM pg_class v
	JOIN (
		WITH RECURSIVE reads (reader, relation) AS (
			SELECT r.ev_class, g.relation FROM pg_rewrite r
			JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
			JOIN nir.governed_relation g ON g.relation = d.refobjid
			UNION
			SELECT r.ev_class, u.relation FROM reads u
			JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = u.reader
			JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> u.reader)
		SELECT u.reader, u.relation FROM reads u) reads ON reads.reader = v.oid
	WHERE v.relkind = 'm'
	GROUP BY v.oid
	UNION ALL
	-- what nir_owner's functions see is every row, so that few may call them and none is led astray
	SELECT 'error', 'definer_function', f.oid::regprocedure::text,
		'sees every row of governed relations, and ' ||
			concat_ws(' and ', CASE WHEN x.open THEN 'everybody may call it' END, CASE WHEN x.unpinned THEN 'its search_path is not pinned' END),
		concat_ws('; ', CASE WHEN x.open THEN format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.oid::regprocedure) END,
			CASE WHEN x.unpinned THEN format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', f.oid::regprocedure) END)
	FROM pg_proc f
	CROSS JOIN LATERAL (
		SELECT has_function_privilege('public', f.oid, 'EXECUTE') AS open,
			NOT EXISTS (SELECT FROM unnest(f.proconfig) c WHERE c LIKE 'search_path=%') AS unpinned) x
	WHERE f.prosecdef AND f.proowner = (SELECT r.oid FROM pg_roles r WHERE r.rolname = 'nir_owner') AND (x.open OR x.unpinned)
	UNION ALL
	SELECT 'warning', 'definer_function', f.oid::regprocedure::text,
		format('reads or writes %s with the rights of "%s", which is refused (NR025)', string_agg(DISTINCT g.relation::text, ', '), r.rolname),
		format('ALTER FUNCTION %s SECURITY INVOKER', f.oid::regprocedure)
	FROM pg_proc f
	JOIN pg_roles r ON r.oid = f.proowner AND r.rolname <> 'nir_owner'
	JOIN nir.governed_relation g ON true
	JOIN pg_class c ON c.oid = g.relation
	WHERE f.prosecdef AND f.oid >= 16384
		AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e')
		AND (EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid
				AND d.refclassid = 'pg_class'::regclass AND d.refobjid = g.relation)
			-- a body that is text tells by the name alone
			OR strpos(f.prosrc, c.relnamespace::regnamespace || '.' || quote_ident(c.relname)) > 0)
	GROUP BY f.oid, r.rolname
	UNION ALL
	SELECT 'warning', 'cascade', n.conrelid::regclass::text,
		format('foreign key "%s" changes its rows when those of %s go or change, of whatever body: only sessions that pass the checks can do either', n.conname, n.confrelid::regclass),
		format('make it anew with NO ACTION, and let who deletes walk the tables')
	FROM pg_constraint n
	JOIN nir.governed_relation g ON g.relation = n.conrelid
	WHERE n.contype = 'f' AND (n.confdeltype IN ('c', 'n', 'd') OR n.confupdtype IN ('c', 'n', 'd'))
	UNION ALL
	SELECT 'warning', 'publication', quote_ident(p.pubname),
		format('sends the rows of every body of all governed relations (%s now), and of those to come, to whoever subscribes', count(*)),
		'publish tables by name, and govern them where they arrive'
	FROM pg_publication p CROSS JOIN nir.governed_relation
	WHERE p.puballtables
	GROUP BY p.pubname
	ORDER BY 1, 2, 3
$$;
COMMENT ON FUNCTION nir.lint() IS 'findings about definitions: tables, partitions, views and columns that the rules do not reach as intended; no row means well';
