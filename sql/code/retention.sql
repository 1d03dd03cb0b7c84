/*
 * sql/code/retention.sql
 *
 * Which rows are due: today, the cut-off of a rule, what a table is bound to,
 * and the condition that row-level security lets nir_retention act within.
 */
CREATE OR REPLACE FUNCTION nir.date_cutoff(today date, years integer) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_date_cutoff';
COMMENT ON FUNCTION nir.date_cutoff(date, integer) IS 'the latest day that lies so many calendar years back; 29 February runs out on 28 February';

CREATE OR REPLACE FUNCTION nir.date_expiry(event date, years integer) RETURNS date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_date_expiry';
COMMENT ON FUNCTION nir.date_expiry(date, integer) IS 'the same day so many calendar years later; 28 February where that year has no 29th (R152)';

CREATE OR REPLACE FUNCTION nir.rule_in_force(rule text) RETURNS nir.retention_rule
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_rule nir.retention_rule;
BEGIN
	SELECT * INTO found_rule FROM nir.retention_rule r
	WHERE r.code = rule_in_force.rule AND r.valid @> nir.retention_today()
	ORDER BY r.version DESC LIMIT 1;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR071',
			MESSAGE = format('there is no retention rule "%s" in force', rule),
			HINT = 'nir.retention_rule lists them.';
	END IF;
	RETURN found_rule;
END
$$;
COMMENT ON FUNCTION nir.rule_in_force(text) IS 'the version of a retention rule that is in force today';

CREATE OR REPLACE FUNCTION nir.retention_cutoff(rule text, ahead boolean DEFAULT false) RETURNS date
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_rule nir.retention_rule := nir.rule_in_force(rule);
BEGIN
	RETURN nir.date_cutoff(
		nir.retention_today() + CASE WHEN ahead THEN current_setting('nir.transfer_lead')::integer ELSE 0 END,
		found_rule.years);
END
$$;
COMMENT ON FUNCTION nir.retention_cutoff(text, boolean) IS
	'events on or before this day have run out by the rule, today or, ahead, after nir.transfer_lead days; null for a rule without a number of years (IF § 60, R150, R153)';

-- ---- what a table goes by ----

CREATE OR REPLACE FUNCTION nir.subject_reference(relation pg_catalog.regclass, subject name) RETURNS pg_catalog.regclass
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT CASE WHEN i.indrelid IS NOT NULL THEN relation ELSE c.confrelid::regclass END
		FROM pg_attribute a
		LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
			AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum
		LEFT JOIN pg_constraint c ON c.conrelid = a.attrelid AND c.contype = 'f' AND c.conkey[1] = a.attnum
			AND EXISTS (SELECT FROM pg_index k WHERE k.indrelid = c.confrelid AND k.indisprimary
				AND k.indnkeyatts = 1 AND k.indkey[0] = c.confkey[1])
		WHERE a.attrelid = subject_reference.relation AND a.attname = subject
		ORDER BY cardinality(c.conkey), c.oid LIMIT 1);
END
$$;
COMMENT ON FUNCTION nir.subject_reference(pg_catalog.regclass, name) IS
	'the table that a column refers to by its key: the one it is the key of, or that of its foreign key';

CREATE OR REPLACE FUNCTION nir.bound_as(relation pg_catalog.regclass) RETURNS pg_catalog.regclass
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE
		WHEN EXISTS (SELECT FROM nir.retention_binding b WHERE b.relation = bound_as.relation) THEN relation
		ELSE (SELECT a.relid FROM pg_partition_ancestors(relation) WITH ORDINALITY AS a (relid, level)
			WHERE EXISTS (SELECT FROM nir.retention_binding b WHERE b.relation = a.relid)
			ORDER BY a.level LIMIT 1)
	END
$$;
COMMENT ON FUNCTION nir.bound_as(pg_catalog.regclass) IS
	'the table whose retention bindings a table goes by: its own, or those of what it is a partition of; null if there are none';

CREATE OR REPLACE FUNCTION nir.column_type(relation pg_catalog.regclass, column_name name) RETURNS pg_catalog.regtype
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT a.atttypid::regtype FROM pg_attribute a
	WHERE a.attrelid = relation AND a.attname = column_name AND a.attnum > 0 AND NOT a.attisdropped
$$;
COMMENT ON FUNCTION nir.column_type(pg_catalog.regclass, name) IS 'type of a column, or null if there is none';

CREATE OR REPLACE FUNCTION nir.strangers_code(relation pg_catalog.regclass) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		-- what a deletion reaches: partitions and children, and what its foreign keys change
		WITH RECURSIVE reached (oid) AS (
			SELECT strangers_code.relation::oid
			UNION
			SELECT n.oid FROM reached r CROSS JOIN LATERAL (
				SELECT i.inhrelid AS oid FROM pg_inherits i WHERE i.inhparent = r.oid
				UNION ALL
				SELECT c.conrelid FROM pg_constraint c
				WHERE c.contype = 'f' AND c.confrelid = r.oid AND c.confdeltype IN ('c', 'n', 'd')) n
		)
		SELECT string_agg(DISTINCT what, ', ' ORDER BY what)
		FROM (
			SELECT format('trigger "%s"', t.tgname) AS what
			FROM reached d
			JOIN pg_trigger t ON t.tgrelid = d.oid
			JOIN pg_proc p ON p.oid = t.tgfoid
			JOIN pg_roles r ON r.oid = p.proowner
			WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
				AND t.tgtype & 24 <> 0	-- DELETE, or the UPDATE of a foreign key
				AND (t.tgtype & 8 <> 0 OR d.oid <> strangers_code.relation)
				AND NOT r.rolsuper AND r.rolname <> 'nir_owner'
			UNION ALL
			SELECT format('policy "%s"', p.polname) FROM pg_policy p
			WHERE p.polrelid = strangers_code.relation AND p.polname NOT LIKE 'nir\_%'
			UNION ALL
			SELECT format('rule "%s"', w.rulename)
			FROM reached d
			JOIN pg_rewrite w ON w.ev_class = d.oid
			UNION ALL
			SELECT format('foreign key "%s", which changes rows that are not due', c.conname)
			FROM reached d
			JOIN pg_constraint c ON c.contype = 'f' AND c.confrelid = d.oid AND c.confdeltype IN ('c', 'n', 'd')
			JOIN nir.governed_relation g ON g.relation = c.conrelid) found);
END
$$;
COMMENT ON FUNCTION nir.strangers_code(pg_catalog.regclass) IS
	'triggers of other owners, policies, rules and cascades that a deletion by the purge would run; null if there are none';

CREATE OR REPLACE FUNCTION nir.require_unentangled(relation pg_catalog.regclass) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_code text := nir.strangers_code(relation);
BEGIN
	IF found_code IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR075',
			MESSAGE = format('a deletion from %s would run code that is not nir''s', relation),
			DETAIL = format('Found %s.', found_code),
			HINT = 'Drop it, or let a superuser own the trigger''s function.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_unentangled(pg_catalog.regclass) IS 'raises NR075 where a deletion by the purge would run somebody else''s code';

CREATE OR REPLACE FUNCTION nir.require_retainable(
	relation pg_catalog.regclass, rule text, event name, parent name, only_column name) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	governed nir.governed_relation;
	bound_rule nir.retention_rule := nir.rule_in_force(rule);
	problem text;
	clocks regclass;
BEGIN
	SELECT * INTO governed FROM nir.governed_relation g WHERE g.relation = require_retainable.relation;
	clocks := (SELECT g.relation
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN nir.governed_relation g ON g.relation = to_regclass(format('%I.retention_clock', n.nspname))
		WHERE c.oid = require_retainable.relation);
	problem := CASE
		WHEN governed.relation IS NULL THEN 'is not governed'
		WHEN governed.subject_column IS NULL THEN 'has no subject column'
		WHEN nir.column_type(relation, governed.subject_column) IS DISTINCT FROM 'bigint'::regtype
			THEN 'has a subject column that is not of type bigint'
		WHEN event IS NOT NULL AND nir.column_type(relation, event) IS DISTINCT FROM 'date'::regtype
			THEN format('has no column "%s" of type date', event)
		WHEN parent IS NOT NULL AND nir.subject_reference(relation, parent) IS NULL
			THEN format('has no foreign key over column "%s", alone or first, to the key of another table', parent)
		WHEN parent IS NOT NULL AND NOT EXISTS (SELECT FROM nir.retention_binding b
				WHERE b.relation = nir.subject_reference(require_retainable.relation, require_retainable.parent)
					AND b.rule = require_retainable.rule)
			THEN format('refers by column "%s" to a table that does not go by rule "%s"', parent, rule)
		WHEN only_column IS NOT NULL AND nir.column_type(relation, only_column) IS DISTINCT FROM 'text'::regtype
			THEN format('has no column "%s" of type text', only_column)
		WHEN num_nonnulls(event, parent) > 1 THEN 'goes by an event or by its parent, not by both'
		WHEN bound_rule.years IS NULL AND num_nonnulls(event, parent) > 0 THEN 'cannot have an event for a rule without years'
		WHEN (bound_rule.years IS NULL OR num_nonnulls(event, parent) = 0)
			AND nir.subject_reference(relation, governed.subject_column) IS NULL
			THEN 'has a subject column that is neither a key nor refers to one'
		WHEN bound_rule.years IS NOT NULL AND num_nonnulls(event, parent) = 0 AND clocks IS NULL
			THEN 'has no event, and no governed table "retention_clock" in its schema'
	END;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR072',
			MESSAGE = format('%s %s', relation, problem),
			HINT = 'nir.bind_retention(relation, rule, event => date column) binds a governed table with a subject.';
	END IF;
	PERFORM nir.require_unentangled(relation);
END
$$;
COMMENT ON FUNCTION nir.require_retainable(pg_catalog.regclass, text, name, name, name) IS 'for nir.bind_retention: raises where a table cannot be bound as asked';

CREATE OR REPLACE FUNCTION nir.bind_retention(
	relation pg_catalog.regclass,
	rule text,
	event name DEFAULT NULL,
	parent name DEFAULT NULL,
	only_column name DEFAULT NULL,
	only_values text[] DEFAULT NULL,
	apply boolean DEFAULT true) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	governed nir.governed_relation;
	general boolean;
BEGIN
	PERFORM nir.require_retainable(relation, rule, event, parent, only_column);
	SELECT * INTO STRICT governed FROM nir.governed_relation g WHERE g.relation = bind_retention.relation;
	general := (nir.rule_in_force(rule)).years IS NULL;
	INSERT INTO nir.retention_binding (relation, place, rule, source, event_column, parent, only_column, only_values)
	SELECT relation, coalesce(max(b.place), 0) + 1, rule,
		CASE WHEN general THEN 'general' WHEN event IS NOT NULL THEN 'column'
			WHEN parent IS NOT NULL THEN 'parent' ELSE 'clock' END,
		coalesce(event, parent),
		CASE WHEN general THEN nir.subject_reference(relation, governed.subject_column)
			WHEN parent IS NOT NULL THEN nir.subject_reference(relation, parent) END,
		only_column, only_values
	FROM nir.retention_binding b WHERE b.relation = bind_retention.relation;

	-- the shipped categories have these rules already
	INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation)
	SELECT governed.category, 'retention', v.verb, 'due', '{r}', '(,)', 'IF §§ 60, 61'
	FROM (VALUES ('select'), ('delete')) AS v (verb)
	WHERE NOT EXISTS (SELECT FROM nir.access_rule r
		WHERE r.category = governed.category AND r.body_kind = 'retention' AND r.verb = v.verb);
	IF NOT has_schema_privilege('nir_retention', (SELECT c.relnamespace FROM pg_class c WHERE c.oid = relation), 'USAGE') THEN
		EXECUTE format('GRANT USAGE ON SCHEMA %s TO nir_retention',
			(SELECT c.relnamespace::regnamespace FROM pg_class c WHERE c.oid = relation));
	END IF;
	IF apply THEN
		PERFORM nir.apply_access(g.relation) FROM nir.governed_relation g
		WHERE g.relation = bind_retention.relation
			OR g.relation IN (SELECT t.relid FROM pg_partition_tree(bind_retention.relation) t);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.bind_retention(pg_catalog.regclass, text, name, name, name, text[], boolean) IS
	'says by which rule the rows of a governed table go, and from which event: a date column, the parent row, or the schema''s retention_clock; later calls add rules that are tried next (R150, R151, R164)';

CREATE OR REPLACE FUNCTION nir.unbind_retention(relation pg_catalog.regclass) RETURNS integer
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	removed integer;
BEGIN
	DELETE FROM nir.retention_binding b WHERE b.relation = unbind_retention.relation;
	GET DIAGNOSTICS removed = ROW_COUNT;
	PERFORM nir.apply_access(g.relation) FROM nir.governed_relation g
	WHERE g.relation = unbind_retention.relation
		OR g.relation IN (SELECT t.relid FROM pg_partition_tree(unbind_retention.relation) t);
	RETURN removed;
END
$$;
COMMENT ON FUNCTION nir.unbind_retention(pg_catalog.regclass) IS 'takes a table''s bindings away: nothing deletes its rows any more; returns how many there were';

-- ---- conditions for policies ----

CREATE OR REPLACE FUNCTION nir.binding_conditions(
	governed nir.governed_relation, binding nir.retention_binding, ahead boolean,
	OUT known text, OUT past text)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	table_name name;
	clocks text;
	cutoff text := format(CASE WHEN ahead THEN '(SELECT nir.retention_cutoff(%L, true))' ELSE '(SELECT nir.retention_cutoff(%L))' END, binding.rule);
	parent_key name;
BEGIN
	SELECT c.relname, format('%I.retention_clock', n.nspname) INTO STRICT table_name, clocks
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = governed.relation;
	IF binding.source = 'clock' THEN
		known := format('EXISTS (SELECT FROM %s c WHERE c.person_id = %I.%I AND c.clock = ANY (%L::text[]))',
			clocks, table_name, governed.subject_column, (nir.rule_in_force(binding.rule)).clock);
		past := format('EXISTS (SELECT FROM %s c WHERE c.person_id = %I.%I AND c.clock = ANY (%L::text[]) AND c.on_date <= %s)',
			clocks, table_name, governed.subject_column, (nir.rule_in_force(binding.rule)).clock, cutoff);
	ELSIF binding.source = 'column' THEN
		-- neither end of time is a day on which something happened
		known := format('isfinite(%I)', binding.event_column);
		past := format('isfinite(%1$I) AND %1$I <= %2$s', binding.event_column, cutoff);
	ELSIF binding.source = 'parent' THEN
		-- row-level security shows of the parents those that are due
		SELECT a.attname INTO STRICT parent_key FROM pg_index i
		JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		WHERE i.indrelid = binding.parent AND i.indisprimary;
		known := 'true';
		past := format('EXISTS (SELECT FROM %s p WHERE p.%I = %I.%I)', binding.parent, parent_key, table_name, binding.event_column);
	ELSE
		known := 'true';
		past := format('nir.is_forgotten(%L::regclass, %I)', binding.parent, governed.subject_column);
		IF table_name = 'retention_clock' THEN
			past := format('(%s OR nir.is_released(%L::regclass, %I))', past, governed.relation, governed.subject_column);
		END IF;
	END IF;
	IF binding.only_column IS NOT NULL THEN
		known := format('(%I = ANY (%L::text[]) AND %s)', binding.only_column, binding.only_values, known);
		past := format('(%I = ANY (%L::text[]) AND %s)', binding.only_column, binding.only_values, past);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.binding_conditions(nir.governed_relation, nir.retention_binding, boolean) IS
	'for nir.due_condition: that the event of a binding is known, and that its time has run out';

CREATE OR REPLACE FUNCTION nir.due_condition(governed nir.governed_relation, ahead boolean, only_rule text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	binding nir.retention_binding;
	conditions record;
	due text[] := '{}';
	earlier text;
BEGIN
	FOR binding IN
		SELECT * FROM nir.retention_binding b WHERE b.relation = nir.bound_as(governed.relation) ORDER BY b.place
	LOOP
		conditions := nir.binding_conditions(governed, binding, ahead);
		IF only_rule IS NULL OR binding.rule = only_rule THEN
			due := due || format('(%s)', concat_ws(' AND ', earlier, conditions.past));
		END IF;
		earlier := concat_ws(' AND ', earlier, format('(%s) IS NOT TRUE', conditions.known));
	END LOOP;
	RETURN CASE WHEN due = '{}' THEN 'false' ELSE format('(%s)', array_to_string(due, ' OR ')) END;
END
$$;
COMMENT ON FUNCTION nir.due_condition(nir.governed_relation, boolean, text) IS
	'for nir.apply_access: condition of row scopes due and soon: by the first rule that applies and whose event is known, or by it and it is this one, the time has run out (R156)';

CREATE OR REPLACE FUNCTION nir.pending_condition(governed nir.governed_relation) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF governed.subject_column IS NULL THEN
		RETURN 'false';
	END IF;
	RETURN (
		SELECT format('EXISTS (SELECT FROM nir.transfer x WHERE x.register = %L AND x.subject = %I.%I AND x.state = %L)',
			n.nspname, c.relname, governed.subject_column, 'new')
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.oid = governed.relation);
END
$$;
COMMENT ON FUNCTION nir.pending_condition(nir.governed_relation) IS
	'for nir.apply_access: condition of row scope pending: a transfer about the subject is to be made';

CREATE OR REPLACE FUNCTION nir.is_forgotten(root pg_catalog.regclass, subject bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_is_forgotten';
COMMENT ON FUNCTION nir.is_forgotten(pg_catalog.regclass, bigint) IS
	'for policies: has the running purge found that no fact about the subject is left? False outside a purge (R159)';

CREATE OR REPLACE FUNCTION nir.is_released(clocks pg_catalog.regclass, subject bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_is_released';
COMMENT ON FUNCTION nir.is_released(pg_catalog.regclass, bigint) IS
	'for policies: has the running purge found that nothing is left of the subject that the clocks of its rule stand for? False outside a purge';

CREATE OR REPLACE FUNCTION nir.in_retention() RETURNS boolean
	LANGUAGE c STABLE PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_in_retention';
COMMENT ON FUNCTION nir.in_retention() IS
	'for policies of nir''s own tables: is this the purge at work, and not somebody who became nir_retention?';

-- ---- holds ----

CREATE OR REPLACE FUNCTION nir.keep_subject(root pg_catalog.regclass, key name, subject bigint) RETURNS boolean
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_keep_subject';
COMMENT ON FUNCTION nir.keep_subject(pg_catalog.regclass, name, bigint) IS
	'for nir.hold: whether the subject is there, and then until the end of the transaction; asked as a foreign-key check asks';

CREATE OR REPLACE FUNCTION nir.hold(register name, subject bigint, reason text, until date) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	made bigint;
BEGIN
	IF register IS NULL OR subject IS NULL OR coalesce(btrim(reason), '') = '' OR until IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'register, subject, reason and last day must be given';
	ELSIF until NOT BETWEEN nir.retention_today() AND nir.date_expiry(nir.retention_today(), 1) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a hold lasts from a day to a year',
			HINT = 'Decide again when it ends.';
	ELSIF NOT EXISTS (SELECT FROM nir.retention_binding b JOIN pg_class c ON c.oid = b.relation
		WHERE b.source = 'general' AND c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = hold.register)) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name',
			MESSAGE = format('schema "%s" has no general data that could be held', register);
	END IF;
	-- waits for a purge that is at her, and finds then that she is gone
	IF NOT coalesce((SELECT nir.keep_subject(r.root, r.key, subject) FROM nir.root_of(register) r WHERE r.root IS NOT NULL), false) THEN
		RAISE EXCEPTION USING ERRCODE = 'no_data_found',
			MESSAGE = format('schema "%s" has no such person', register),
			HINT = 'nir.was_deleted tells whether rows of her were deleted.';
	END IF;
	INSERT INTO nir.retention_hold (register, subject, reason, until, held_by)
	VALUES (register, subject, btrim(reason), until, SESSION_USER) RETURNING hold_id INTO made;
	RETURN made;
END
$$;
COMMENT ON FUNCTION nir.hold(name, bigint, text, date) IS
	'keeps a person''s general data after the last fact for a claim or complaint, for a year at most; facts are deleted at their maximum all the same (R165, GDPR art. 18)';

CREATE OR REPLACE FUNCTION nir.release(hold_id bigint) RETURNS boolean
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	UPDATE nir.retention_hold h SET released_by = SESSION_USER, released_at = now()
	WHERE h.hold_id = release.hold_id AND h.released_at IS NULL;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION nir.release(bigint) IS 'ends a hold; false if there is none by that number';

-- ---- what is due ----

CREATE OR REPLACE FUNCTION nir.due_rows(
	OUT relation pg_catalog.regclass, OUT register name, OUT rule text, OUT due bigint,
	OUT untransferred bigint, OUT quarantined bigint) RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bound record;
	due_subjects bigint[];
BEGIN
	FOR bound IN
		SELECT DISTINCT b.relation, b.relation::text AS relation_name, n.nspname, b.rule AS rule_name, g
		FROM nir.retention_binding b
		JOIN nir.governed_relation g ON g.relation = b.relation
		JOIN pg_class c ON c.oid = b.relation
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE b.source <> 'general'
		ORDER BY n.nspname, relation_name, rule_name
	LOOP
		relation := bound.relation;
		register := bound.nspname;
		rule := bound.rule_name;
		BEGIN
			EXECUTE format('SELECT count(*), coalesce(array_agg(DISTINCT %I), ''{}'') FROM %s WHERE %s',
				(bound.g).subject_column, bound.relation, nir.due_condition(bound.g, false, rule)) INTO due, due_subjects;
			untransferred := cardinality(nir.untransferred(register, rule, due_subjects));
			quarantined := (SELECT count(*) FROM nir.quarantine q
				WHERE q.register = due_rows.register AND q.rule = due_rows.rule AND q.subject = ANY (due_subjects));
		EXCEPTION WHEN OTHERS THEN
			-- one that is broken hides no other
			PERFORM nir.require_poison(SQLSTATE, SQLERRM);
			RAISE WARNING USING ERRCODE = SQLSTATE,
				MESSAGE = format('what is due of %s by %s cannot be told (SQLSTATE %s)', relation, rule, SQLSTATE);
			due := NULL;
			untransferred := NULL;
			quarantined := NULL;
		END;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.due_rows() IS 'for nir.count_due: as row-level security shows the purge what is due';

CREATE OR REPLACE FUNCTION nir.count_due(
	OUT relation pg_catalog.regclass, OUT register name, OUT rule text, OUT due bigint,
	OUT untransferred bigint, OUT quarantined bigint) RETURNS SETOF record
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_count_due';
COMMENT ON FUNCTION nir.count_due() IS 'counts what is due in each bound table; for nir.retention_due';

CREATE OR REPLACE VIEW nir.retention_due AS
SELECT d.relation, d.register, d.rule, d.due, d.untransferred, d.quarantined FROM nir.count_due() AS d;
COMMENT ON VIEW nir.retention_due IS 'how much is due for deletion today, by table and rule, and why it is still there (R151, R154)';
COMMENT ON COLUMN nir.retention_due.relation IS 'the table';
COMMENT ON COLUMN nir.retention_due.register IS 'its schema';
COMMENT ON COLUMN nir.retention_due.rule IS 'the rule by which they are due';
COMMENT ON COLUMN nir.retention_due.due IS 'rows whose storage time has run out; null where that cannot be told';
COMMENT ON COLUMN nir.retention_due.untransferred IS 'subjects among them whose transfer is not acknowledged: overdue';
COMMENT ON COLUMN nir.retention_due.quarantined IS 'subjects among them that could not be deleted: see nir.quarantine';

CREATE OR REPLACE VIEW nir.stat_retention AS
SELECT r.run_id, r.rule, r.driver, r.started_by, r.started_at, r.today, r.finished_at,
	r.batches, r.rows_deleted, r.left_locked, r.left_untransferred, r.quarantined, r.failed
FROM nir.retention_run AS r;
COMMENT ON VIEW nir.stat_retention IS 'purges and what they did, without personal data';
COMMENT ON COLUMN nir.stat_retention.run_id IS 'number of the run';
COMMENT ON COLUMN nir.stat_retention.rule IS 'the rule asked for, or none for all';
COMMENT ON COLUMN nir.stat_retention.driver IS 'call or worker';
COMMENT ON COLUMN nir.stat_retention.started_by IS 'role that asked';
COMMENT ON COLUMN nir.stat_retention.started_at IS 'when';
COMMENT ON COLUMN nir.stat_retention.today IS 'the day it went by, in Norway';
COMMENT ON COLUMN nir.stat_retention.finished_at IS 'when it was through; none while running or if it was broken off';
COMMENT ON COLUMN nir.stat_retention.batches IS 'batches that deleted something';
COMMENT ON COLUMN nir.stat_retention.rows_deleted IS 'rows deleted';
COMMENT ON COLUMN nir.stat_retention.left_locked IS 'subjects left because somebody else was at work on them';
COMMENT ON COLUMN nir.stat_retention.left_untransferred IS 'subjects left because a transfer is not acknowledged';
COMMENT ON COLUMN nir.stat_retention.quarantined IS 'subjects put into quarantine';
COMMENT ON COLUMN nir.stat_retention.failed IS 'rules of a register that could not be carried out at all, or not to the end';
