/*
 * sql/code/purge.sql
 *
 * What a batch of the purge does, as nir_retention inside the window of
 * src/retention/window.c; row-level security lets it see and delete what is
 * due and nothing else.  A batch is a number of subjects, in the order of
 * their keys; all that is due of one by one rule goes in one transaction,
 * children first, or stays.
 */
CREATE OR REPLACE FUNCTION nir.claim_subjects(root pg_catalog.regclass, key name, subjects bigint[]) RETURNS bigint[]
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_claim_subjects';
COMMENT ON FUNCTION nir.claim_subjects(pg_catalog.regclass, name, bigint[]) IS
	'for the purge: locks the rows of these subjects and returns those that nobody else is at work on';

CREATE OR REPLACE FUNCTION nir.release_clocks(clocks pg_catalog.regclass, relations oid[], keys name[], subjects bigint[]) RETURNS bigint[]
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_release_clocks';
COMMENT ON FUNCTION nir.release_clocks(pg_catalog.regclass, oid[], name[], bigint[]) IS
	'for the purge: the subjects among these of whom none of the tables holds a row, asked as a foreign-key check asks; nir.is_released knows them until the batch ends';

CREATE OR REPLACE FUNCTION nir.forget_subjects(root pg_catalog.regclass, key name, subjects bigint[]) RETURNS bigint[]
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_forget_subjects';
COMMENT ON FUNCTION nir.forget_subjects(pg_catalog.regclass, name, bigint[]) IS
	'for the purge: locks these subjects and returns those to whom no fact refers any more; nir.is_forgotten knows them until the batch ends';

CREATE OR REPLACE FUNCTION nir.delete_subjects(root pg_catalog.regclass, key name, subjects bigint[]) RETURNS bigint
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_delete_subjects';
COMMENT ON FUNCTION nir.delete_subjects(pg_catalog.regclass, name, bigint[]) IS
	'for the purge: deletes the rows of forgotten subjects themselves, and raises if something still refers to one; returns how many there were';

CREATE OR REPLACE FUNCTION nir.held_subjects(relations oid[], keys name[], subjects bigint[]) RETURNS bigint[]
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_held_subjects';
COMMENT ON FUNCTION nir.held_subjects(oid[], name[], bigint[]) IS
	'for the purge: the subjects among these of whom some of the tables holds a row, asked as a foreign-key check asks';

CREATE OR REPLACE FUNCTION nir.unreferred_rows(relation pg_catalog.regclass, key name, keys bigint[]) RETURNS bigint[]
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_unreferred_rows';
COMMENT ON FUNCTION nir.unreferred_rows(pg_catalog.regclass, name, bigint[]) IS
	'for the purge: the rows among these to which no row of a bound table refers that stays, asked as a foreign-key check asks';

CREATE OR REPLACE FUNCTION nir.key_of(relation pg_catalog.regclass) RETURNS name
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT a.attname FROM pg_index i
	JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.atttypid = 'bigint'::regtype
	WHERE i.indrelid = relation AND i.indisprimary AND i.indnkeyatts = 1
		AND EXISTS (SELECT FROM pg_constraint c
			WHERE c.contype = 'f' AND c.confrelid = relation AND c.conparentid = 0
				AND nir.bound_as(c.conrelid) IS NOT NULL)
$$;
COMMENT ON FUNCTION nir.key_of(pg_catalog.regclass) IS
	'for the purge: the key of a table that bound tables refer to, or itself; null where nothing does';

CREATE OR REPLACE FUNCTION nir.retention_tasks(wanted text,
	OUT place integer, OUT register name, OUT rule text) RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT row_number() OVER (ORDER BY t.nspname, t.rule)::integer, t.nspname, t.rule
	FROM (
		SELECT DISTINCT n.nspname, b.rule
		FROM nir.retention_binding b
		JOIN pg_class c ON c.oid = b.relation
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE b.source IN ('clock', 'column') AND (wanted IS NULL OR b.rule = wanted)) t
$$;
COMMENT ON FUNCTION nir.retention_tasks(text) IS 'for the purge: register and rule, one after the other';

CREATE OR REPLACE FUNCTION nir.due_subjects(
	register name, rule text, after bigint, size integer, ahead boolean) RETURNS bigint[]
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	branches text;
	found_subjects bigint[];
	earlier text[];
BEGIN
	-- clocks of rules that everywhere come before this one
	SELECT coalesce(array_agg(DISTINCT k), '{}') INTO earlier
	FROM (
		SELECT e.rule FROM nir.retention_binding e
		JOIN nir.retention_binding b ON b.relation = e.relation AND b.rule = due_subjects.rule AND b.source = 'clock'
			AND e.place < b.place
		WHERE e.source = 'clock' AND e.only_column IS NULL AND e.rule <> b.rule
			AND b.relation IN (SELECT o.relation FROM nir.deletion_order(register, due_subjects.rule) o)
		GROUP BY e.rule
		HAVING count(DISTINCT e.relation) = (SELECT count(*) FROM nir.deletion_order(register, due_subjects.rule) o WHERE o.by_clock)
	) before_it
	CROSS JOIN LATERAL unnest((nir.rule_in_force(before_it.rule)).clock) k;
	SELECT string_agg(branch, ' UNION ') INTO branches
	FROM (
		SELECT DISTINCT CASE b.source
			WHEN 'clock' THEN format(
				'(SELECT DISTINCT c.person_id AS s FROM %I.retention_clock c WHERE c.clock = ANY ($3) AND c.on_date <= $4 AND c.person_id > $1 AND NOT EXISTS (SELECT FROM %I.retention_clock e WHERE e.person_id = c.person_id AND e.clock = ANY ($5)) ORDER BY s LIMIT $2)',
				register, register)
			ELSE format(
				'(SELECT DISTINCT %I AS s FROM %s WHERE %I <= $4 AND %I > $1 AND %s ORDER BY s LIMIT $2)',
				g.subject_column, b.relation, b.event_column, g.subject_column, nir.due_condition(g, ahead, due_subjects.rule))
			END AS branch
		FROM nir.retention_binding b
		JOIN nir.governed_relation g ON g.relation = b.relation
		JOIN pg_class c ON c.oid = b.relation
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = due_subjects.register
		WHERE b.rule = due_subjects.rule AND b.source IN ('clock', 'column')
			AND (b.source = 'clock' OR NOT ahead OR EXISTS (SELECT FROM nir.relation_access a
				WHERE a.relation = b.relation AND a.body_kind = 'retention' AND a.scope = 'soon'))) bound;
	IF branches IS NULL THEN
		RETURN '{}';
	END IF;
	EXECUTE format('SELECT array_agg(s) FROM (SELECT s FROM (%s) u ORDER BY s LIMIT $2) v', branches)
	INTO found_subjects
	USING after, size, (nir.rule_in_force(rule)).clock, nir.retention_cutoff(rule, ahead), earlier;
	RETURN coalesce(found_subjects, '{}');
END
$$;
COMMENT ON FUNCTION nir.due_subjects(name, text, bigint, integer, boolean) IS
	'for the purge: the next subjects, in the order of their keys, of whom something is due by a rule, or ahead';

CREATE OR REPLACE FUNCTION nir.deletion_order(register name, rule text,
	OUT relation pg_catalog.regclass, OUT subject name, OUT unit name, OUT by_clock boolean) RETURNS SETOF record
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	WITH RECURSIVE bound AS (
		SELECT g.relation, g.subject_column, g.unit_column, bool_or(b.source = 'clock') AS by_clock
		FROM nir.retention_binding b
		JOIN nir.governed_relation g ON g.relation = b.relation
		JOIN pg_class c ON c.oid = b.relation
		JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = register
		WHERE b.rule = deletion_order.rule
		GROUP BY g.relation
	), below AS (
		SELECT b.relation, 0 AS depth FROM bound b
		UNION
		SELECT b.relation, a.depth + 1
		FROM below a
		JOIN pg_constraint c ON c.contype = 'f' AND c.confrelid = a.relation AND c.conrelid <> c.confrelid
		JOIN bound b ON b.relation = c.conrelid
		WHERE a.depth < 50
	)
	SELECT b.relation, b.subject_column, b.unit_column, b.by_clock
	FROM bound b JOIN below d ON d.relation = b.relation
	GROUP BY b.relation, b.subject_column, b.unit_column, b.by_clock
	ORDER BY max(d.depth) DESC, b.relation::text
$$;
COMMENT ON FUNCTION nir.deletion_order(name, text) IS 'for the purge: the tables that go by a rule, children first';

CREATE OR REPLACE FUNCTION nir.delete_rows(register name, rule text, subjects bigint[],
	OUT relations jsonb, OUT rows_deleted bigint, OUT touched bigint[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target record;
	gone record;
	governed nir.governed_relation;
	by_this_rule text;
	key name;
	keys bigint[];
BEGIN
	relations := '{}';
	rows_deleted := 0;
	touched := '{}';
	FOR target IN SELECT * FROM nir.deletion_order(register, rule) LOOP
		-- the subjects themselves go last of all: nir.delete_subjects
		CONTINUE WHEN rule = 'RC0' AND target.relation = (nir.root_of(register)).root;
		-- row-level security shows what is due by any rule of the table
		SELECT * INTO STRICT governed FROM nir.governed_relation g WHERE g.relation = target.relation;
		by_this_rule := CASE WHEN EXISTS (SELECT FROM nir.retention_binding b
				WHERE b.relation = target.relation AND b.rule <> delete_rows.rule)
			THEN nir.due_condition(governed, false, rule) ELSE 'true' END;
		-- what a row refers to that is not due by its own day, or not yet by any, stays as long
		key := CASE WHEN rule <> 'RC0' THEN nir.key_of(target.relation) END;
		IF key IS NOT NULL THEN
			EXECUTE format('SELECT array_agg(%I) FROM %s AS %I WHERE %I = ANY ($1) AND %s',
				key, target.relation, (SELECT c.relname FROM pg_class c WHERE c.oid = target.relation), target.subject, by_this_rule)
			INTO keys USING subjects;
			CONTINUE WHEN keys IS NULL;
			keys := nir.unreferred_rows(target.relation, key, keys);
			CONTINUE WHEN cardinality(keys) = 0;
			by_this_rule := format('%s AND %I = ANY ($2)', by_this_rule, key);
		END IF;
		EXECUTE format(
			'WITH gone AS (DELETE FROM %s AS %I WHERE %I = ANY ($1) AND %s RETURNING %I AS subject, %s AS unit), '
			'units AS (SELECT unit, count(*) AS n FROM gone GROUP BY unit) '
			'SELECT (SELECT count(*) FROM gone) AS n, (SELECT array_agg(DISTINCT subject) FROM gone) AS subjects, '
			'(SELECT jsonb_object_agg(unit, n) FROM units WHERE unit IS NOT NULL) AS units',
			target.relation, (SELECT c.relname FROM pg_class c WHERE c.oid = target.relation),
			target.subject, by_this_rule, target.subject,
			CASE WHEN target.unit IS NULL THEN 'NULL::text' ELSE format('%I::text', target.unit) END)
		INTO gone USING subjects, keys;
		CONTINUE WHEN gone.n = 0;
		rows_deleted := rows_deleted + gone.n;
		touched := ARRAY(SELECT unnest(touched) UNION SELECT unnest(gone.subjects));
		relations := relations || jsonb_build_object(
			(SELECT c.relname FROM pg_class c WHERE c.oid = target.relation),
			jsonb_strip_nulls(jsonb_build_object('rows', gone.n, 'units', gone.units)));
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.delete_rows(name, text, bigint[]) IS
	'for the purge: deletes what row-level security shows of these subjects, table by table, children first; counts, and whose rows there were';

CREATE OR REPLACE FUNCTION nir.delete_clocks(register name, rule text, subjects bigint[],
	OUT rows_deleted bigint, OUT touched bigint[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	clocks CONSTANT regclass := to_regclass(format('%I.retention_clock', register));
	tables oid[];
	keys name[];
	ended text[];
BEGIN
	rows_deleted := 0;
	touched := '{}';
	-- those of the rule, and of every other that only the same tables go by
	SELECT array_agg(c) INTO ended
	FROM (
		SELECT c, bool_and(NOT EXISTS (
			SELECT o.relation FROM nir.deletion_order(register, q.rule) o WHERE o.by_clock
			EXCEPT SELECT o.relation FROM nir.deletion_order(register, delete_clocks.rule) o WHERE o.by_clock)) AS ended
		FROM (SELECT DISTINCT t.rule FROM nir.retention_tasks(NULL) t WHERE t.register = delete_clocks.register) q
		CROSS JOIN LATERAL unnest((nir.rule_in_force(q.rule)).clock) c
		GROUP BY c) clock_of
	WHERE clock_of.ended;
	SELECT array_agg(o.relation::oid), array_agg(o.subject) INTO tables, keys
	FROM nir.deletion_order(register, rule) o WHERE o.by_clock;
	IF tables IS NOT NULL THEN
		EXECUTE format(
			'WITH gone AS (DELETE FROM %s c WHERE c.person_id = ANY ($1) AND c.clock = ANY ($2) RETURNING c.person_id) '
			'SELECT count(*), coalesce(array_agg(person_id), ''{}'') FROM gone', clocks)
		INTO rows_deleted, touched
		USING nir.release_clocks(clocks, tables, keys, subjects), ended;
	END IF;
END
$$;
COMMENT ON FUNCTION nir.delete_clocks(name, text, bigint[]) IS
	'for the purge: the clocks of a rule go when nothing that goes by it is left of the subject';

CREATE OR REPLACE FUNCTION nir.root_of(register name, OUT root pg_catalog.regclass, OUT key name)
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT b.relation, g.subject_column
	FROM nir.retention_binding b
	JOIN nir.governed_relation g ON g.relation = b.relation
	JOIN pg_class c ON c.oid = b.relation
	JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = register
	WHERE b.source = 'general' AND b.parent = b.relation
	ORDER BY b.relation LIMIT 1
$$;
COMMENT ON FUNCTION nir.root_of(name) IS 'for the purge: a register''s table of subjects, and its key';

CREATE OR REPLACE FUNCTION nir.shred_forgotten(root pg_catalog.regclass, subjects bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	-- must be one: nobody becomes nir_retention to destroy keys
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	relations oid[];
	keys name[];
	alone bigint[] := ARRAY(SELECT s FROM unnest(subjects) s WHERE nir.is_forgotten(root, s));
BEGIN
	-- another register may count its persons alike: the key is theirs too
	SELECT array_agg(g.relation::oid), array_agg(g.subject_column) INTO relations, keys
	FROM nir.governed_relation g
	WHERE g.relation <> shred_forgotten.root AND g.subject_column IS NOT NULL
		AND nir.column_type(g.relation, g.subject_column) = ANY ('{int2,int4,int8}'::regtype[])
		AND (EXISTS (SELECT FROM nir.retention_binding b
				WHERE b.relation = g.relation AND b.source = 'general' AND b.parent = b.relation)
			OR EXISTS (SELECT FROM nir.sealed_column(g.relation)));
	IF relations IS NOT NULL THEN
		alone := ARRAY(SELECT unnest(alone) EXCEPT SELECT unnest(nir.held_subjects(relations, keys, alone)) ORDER BY 1);
	END IF;
	PERFORM nir.destroy_keys(alone);
END
$$;
COMMENT ON FUNCTION nir.shred_forgotten(pg_catalog.regclass, bigint[]) IS
	'for the purge: destroys the keys of subjects of whom it has found no fact left, and of whom no other register and no table with sealed columns holds a row';

CREATE OR REPLACE FUNCTION nir.delete_general(register name, subjects bigint[],
	OUT relations jsonb, OUT rows_deleted bigint, OUT freed bigint[])
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	the_root record;
	gone bigint;
BEGIN
	relations := '{}';
	rows_deleted := 0;
	freed := '{}';
	SELECT * INTO the_root FROM nir.root_of(register);
	IF the_root.root IS NULL THEN
		RETURN;
	END IF;
	freed := ARRAY(
		SELECT s FROM unnest(nir.forget_subjects(the_root.root, the_root.key, subjects)) s
		WHERE NOT EXISTS (SELECT FROM nir.retention_hold h
				WHERE h.register = delete_general.register AND h.subject = s
					AND h.released_at IS NULL AND h.until >= nir.retention_today())
			AND NOT EXISTS (SELECT FROM nir.transfer t
				WHERE t.register = delete_general.register AND t.subject = s AND t.state IN ('new', 'ready')));
	SELECT d.relations, d.rows_deleted INTO relations, rows_deleted
	FROM nir.delete_rows(register, 'RC0', freed) d;
	gone := nir.delete_subjects(the_root.root, the_root.key, freed);
	rows_deleted := rows_deleted + gone;
	IF gone > 0 THEN
		relations := relations || jsonb_build_object(
			(SELECT c.relname FROM pg_class c WHERE c.oid = the_root.root), jsonb_build_object('rows', gone));
	END IF;
	UPDATE nir.transfer t SET subject = NULL
	WHERE t.register = delete_general.register AND t.subject = ANY (freed);
	DELETE FROM nir.retention_hold h
	WHERE h.register = delete_general.register AND h.subject = ANY (freed);
	DELETE FROM nir.retention_rest r WHERE r.root = the_root.root AND r.subject = ANY (freed);
	INSERT INTO nir.retention_rest (root, subject)
	SELECT the_root.root, s FROM unnest(subjects) s WHERE s <> ALL (freed)
	ON CONFLICT DO NOTHING;
	PERFORM nir.shred_forgotten(the_root.root, freed);
END
$$;
COMMENT ON FUNCTION nir.delete_general(name, bigint[]) IS
	'for the purge: general data of the subjects that no fact keeps and nobody holds, then their keys (IF § 46, R159, RC0)';

CREATE OR REPLACE FUNCTION nir.purge_subjects(run bigint, register name, rule text, subjects bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	facts record;
	clocks record;
	general record;
	touched bigint[];
BEGIN
	facts := nir.delete_rows(register, rule, subjects);
	clocks := nir.delete_clocks(register, rule, subjects);
	IF facts.rows_deleted = 0 AND clocks.rows_deleted = 0 THEN
		RETURN;
	END IF;
	-- what somebody changed since the subjects were chosen was not handed over
	IF cardinality(nir.untransferred(register, rule, facts.touched)) > 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'serialization_failure', MESSAGE = 'a transfer was queued meanwhile';
	END IF;
	-- what was acknowledged served these rows; later ones need their own
	UPDATE nir.transfer t SET subject = NULL
	WHERE t.register = purge_subjects.register AND t.rule = purge_subjects.rule AND t.subject = ANY (facts.touched)
		AND t.state IN ('acknowledged', 'nothing');
	touched := ARRAY(SELECT unnest(facts.touched) UNION SELECT unnest(clocks.touched));
	BEGIN
		general := nir.delete_general(register, touched);
	EXCEPTION WHEN OTHERS THEN
		-- facts do not wait for general data that cannot go: those are looked at again, one by one
		PERFORM nir.require_poison(SQLSTATE, SQLERRM);
		SELECT '{}'::jsonb AS relations, 0::bigint AS rows_deleted INTO general;
		INSERT INTO nir.retention_rest (root, subject)
		SELECT r.root, s FROM nir.root_of(register) r CROSS JOIN unnest(touched) s WHERE r.root IS NOT NULL
		ON CONFLICT DO NOTHING;
	END;
	-- and persons of another register, to whom these rows referred
	INSERT INTO nir.retention_rest (root, subject)
	SELECT DISTINCT p.root, s
	FROM (SELECT nir.subject_reference(o.relation, o.subject) AS root FROM nir.deletion_order(register, rule) o) p
	JOIN nir.retention_binding b ON b.relation = p.root AND b.source = 'general' AND b.parent = b.relation
	CROSS JOIN unnest(facts.touched) s
	WHERE p.root IS DISTINCT FROM (nir.root_of(register)).root
	ON CONFLICT DO NOTHING;
	PERFORM nir.log_deletion(run, register, rule, nir.retention_cutoff(rule), facts.relations || general.relations
			|| CASE WHEN clocks.rows_deleted > 0 THEN jsonb_build_object('retention_clock', jsonb_build_object('rows',
				clocks.rows_deleted + coalesce((general.relations -> 'retention_clock' ->> 'rows')::bigint, 0))) ELSE '{}' END,
		facts.rows_deleted + clocks.rows_deleted + general.rows_deleted, touched);
END
$$;
COMMENT ON FUNCTION nir.purge_subjects(bigint, name, text, bigint[]) IS
	'for the purge: deletes what is due of these subjects by a rule, then the general data that nothing keeps, and writes the log (IF §§ 60, 61)';

CREATE OR REPLACE FUNCTION nir.require_poison(code text, message text) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	-- the machine, the installation or somebody's cancel, not this row; or this is no purge
	IF NOT nir.in_retention() OR left(code, 2) IN ('53', '57', '58', 'F0')
		OR code = ANY ('{NR001,NR002,NR003,NR050,NR051,NR052,NR053,NR054,NR060,NR070,NR074,NR077,NR078}') THEN
		RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message;
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_poison(text, text) IS 'for the purge: raises an error again that is not the fault of one subject''s rows';

CREATE OR REPLACE FUNCTION nir.purge_rest(run bigint, register name, subjects bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	general CONSTANT record := nir.delete_general(register, subjects);
BEGIN
	IF general.rows_deleted > 0 THEN
		PERFORM nir.log_deletion(run, register, 'RC0', NULL, general.relations, general.rows_deleted, general.freed);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.purge_rest(bigint, name, bigint[]) IS
	'for the purge: deletes the general data of these subjects that nothing keeps any more, and writes the log';

CREATE OR REPLACE FUNCTION nir.task_failed(run bigint, register name, rule text, code text, message text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM nir.require_poison(code, message);
	UPDATE nir.retention_run r SET failed = r.failed + 1 WHERE r.run_id = run;
	RAISE WARNING USING
		ERRCODE = code,
		MESSAGE = format('rule "%s" in "%s" is left, the rest goes on (SQLSTATE %s)', rule, register, code),
		DETAIL = CASE WHEN left(code, 2) IN ('42', 'NR', '55') THEN message END,
		HINT = 'See that the tables bound to it are as they were bound: nir.retention_binding.';
END
$$;
COMMENT ON FUNCTION nir.task_failed(bigint, name, text, text, text) IS
	'for the purge: notes that a rule cannot be carried out in a register, so that one broken table does not keep all others';

CREATE OR REPLACE FUNCTION nir.purge_singly(run bigint, register name, rule text, subjects bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	one bigint;
	at_table text;
	at_constraint text;
	locked integer := 0;
	poisoned integer := 0;
BEGIN
	PERFORM set_config('lock_timeout', '20ms', true);
	FOREACH one IN ARRAY subjects LOOP
		BEGIN
			IF rule = 'RC0' THEN
				PERFORM nir.purge_rest(run, register, ARRAY[one]);
			ELSE
				PERFORM nir.purge_subjects(run, register, rule, ARRAY[one]);
			END IF;
		EXCEPTION
			WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
				locked := locked + 1;
				-- a table that somebody has locked: what is left waits for the next run
				EXIT WHEN locked >= 20;
			WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS at_table = TABLE_NAME, at_constraint = CONSTRAINT_NAME;
				PERFORM nir.require_poison(SQLSTATE, SQLERRM);
				INSERT INTO nir.quarantine (register, rule, subject, code, place)
				VALUES (register, rule, one, SQLSTATE, nullif(concat_ws(' ', nullif(at_table, ''), nullif(at_constraint, '')), ''))
				ON CONFLICT DO NOTHING;
				poisoned := poisoned + 1;
				-- what fails for everybody is not the fault of their rows
				EXIT WHEN poisoned >= 100;
		END;
	END LOOP;
	UPDATE nir.retention_run r SET left_locked = r.left_locked + locked, quarantined = r.quarantined + poisoned
	WHERE r.run_id = run;
END
$$;
COMMENT ON FUNCTION nir.purge_singly(bigint, name, text, bigint[]) IS
	'for the purge, after a batch has failed: one subject at a time; a locked one is left, a poisoned one goes to nir.quarantine, the rest goes on (T-50)';

CREATE OR REPLACE FUNCTION nir.purge_subjects_of(
	run bigint, register name, rule text, INOUT task integer, INOUT after bigint, size integer)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	first CONSTANT bigint := -9223372036854775808;
	the_root record;
	found_subjects bigint[];
	subjects bigint[];
	waiting bigint[];
	claimed bigint[];
	entangled text;
BEGIN
	IF after = first THEN
		SELECT string_agg(format('%s: %s', o.relation, nir.strangers_code(o.relation)), '; ') INTO entangled
		FROM (SELECT r.relation FROM nir.deletion_order(register, rule) r
			UNION SELECT r.relation FROM nir.deletion_order(register, 'RC0') r) o
		WHERE nir.strangers_code(o.relation) IS NOT NULL;
		IF entangled IS NOT NULL THEN
			RAISE WARNING USING ERRCODE = 'NR075',
				MESSAGE = format('nothing is deleted from %s by %s: it would run code that is not nir''s', register, rule),
				DETAIL = entangled,
				HINT = 'Drop it, or let a superuser own the trigger''s function.';
			task := task + 1;
			RETURN;
		END IF;
	END IF;
	found_subjects := nir.due_subjects(register, rule, after, size, false);
	IF cardinality(found_subjects) < size THEN
		task := task + 1;
		after := first;
	ELSE
		after := found_subjects[cardinality(found_subjects)];
	END IF;

	subjects := ARRAY(SELECT s FROM unnest(found_subjects) s
		WHERE NOT EXISTS (SELECT FROM nir.quarantine q
			WHERE q.register = purge_subjects_of.register AND q.rule = purge_subjects_of.rule AND q.subject = s));
	waiting := nir.untransferred(register, rule, subjects);
	subjects := ARRAY(SELECT unnest(subjects) EXCEPT SELECT unnest(waiting) ORDER BY 1);
	SELECT * INTO the_root FROM nir.root_of(register);
	claimed := CASE WHEN the_root.root IS NULL THEN subjects
		ELSE nir.claim_subjects(the_root.root, the_root.key, subjects) END;
	UPDATE nir.retention_run r SET
		left_untransferred = r.left_untransferred + cardinality(waiting),
		left_locked = r.left_locked + cardinality(subjects) - cardinality(claimed)
	WHERE r.run_id = run AND cardinality(waiting) + cardinality(subjects) - cardinality(claimed) > 0;
	IF cardinality(claimed) = 0 THEN
		RETURN;
	END IF;
	BEGIN
		PERFORM nir.purge_subjects(run, register, rule, claimed);
		RETURN;
	EXCEPTION WHEN OTHERS THEN
		PERFORM nir.require_poison(SQLSTATE, SQLERRM);
	END;
	PERFORM nir.purge_singly(run, register, rule, claimed);
END
$$;
COMMENT ON FUNCTION nir.purge_subjects_of(bigint, name, text, integer, bigint, integer) IS
	'for the purge: deletes what is due, and handed over, of the next subjects by a rule of a register';

CREATE OR REPLACE FUNCTION nir.purge_step(
	run bigint, wanted text, INOUT task integer, INOUT after bigint, size integer, OUT done boolean)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	the_task record;
	next record;
BEGIN
	SELECT * INTO the_task FROM nir.retention_tasks(wanted) t WHERE t.place = task + 1;
	done := NOT FOUND;
	IF done THEN
		RETURN;
	END IF;
	BEGIN
		next := nir.purge_subjects_of(run, the_task.register, the_task.rule, task, after, size);
		task := next.task;
		after := next.after;
	EXCEPTION WHEN OTHERS THEN
		PERFORM nir.task_failed(run, the_task.register, the_task.rule, SQLSTATE, SQLERRM);
		task := task + 1;
		after := -9223372036854775808;
	END;
END
$$;
COMMENT ON FUNCTION nir.purge_step(bigint, text, integer, bigint, integer) IS
	'a step of the purge: deletes what is due, and handed over, of the next subjects, by the rules RC1, RC2, RC3, RC4 and RC5 as tables are bound to them (IF §§ 60, 61; R153, R154, R156, R158)';

CREATE OR REPLACE FUNCTION nir.rest_step(
	run bigint, wanted text, INOUT task integer, INOUT after bigint, size integer, OUT done boolean)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	the_root record;
	subjects bigint[];
BEGIN
	SELECT n.nspname AS register, g.subject_column AS key, b.relation INTO the_root
	FROM nir.retention_binding b
	JOIN nir.governed_relation g ON g.relation = b.relation
	JOIN pg_class c ON c.oid = b.relation
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE b.source = 'general' AND b.parent = b.relation
	ORDER BY n.nspname OFFSET task LIMIT 1;
	done := NOT FOUND OR coalesce(wanted <> 'RC0', false);
	IF done THEN
		RETURN;
	END IF;
	subjects := ARRAY(SELECT r.subject FROM nir.retention_rest r
		WHERE r.root = the_root.relation AND r.subject > after ORDER BY r.subject LIMIT size);
	IF cardinality(subjects) < size THEN
		task := task + 1;
		after := -9223372036854775808;
	ELSE
		after := subjects[cardinality(subjects)];
	END IF;
	BEGIN
		subjects := nir.claim_subjects(the_root.relation, the_root.key, ARRAY(SELECT s FROM unnest(subjects) s
			WHERE NOT EXISTS (SELECT FROM nir.quarantine q
				WHERE q.register = the_root.register AND q.rule = 'RC0' AND q.subject = s)));
		IF cardinality(subjects) = 0 THEN
			RETURN;
		END IF;
		BEGIN
			PERFORM nir.purge_rest(run, the_root.register, subjects);
			RETURN;
		EXCEPTION WHEN OTHERS THEN
			PERFORM nir.require_poison(SQLSTATE, SQLERRM);
		END;
		PERFORM nir.purge_singly(run, the_root.register, 'RC0', subjects);
	EXCEPTION WHEN OTHERS THEN
		PERFORM nir.task_failed(run, the_root.register, 'RC0', SQLSTATE, SQLERRM);
	END;
END
$$;
COMMENT ON FUNCTION nir.rest_step(bigint, text, integer, bigint, integer) IS
	'a step of the purge: general data that stayed behind when the last fact went, held or locked, are looked at again (R159)';

CREATE OR REPLACE FUNCTION nir.purge_begin(wanted text, size integer, driver text, started_by text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	made bigint;
BEGIN
	IF wanted IS NOT NULL THEN
		PERFORM nir.rule_in_force(wanted);
	END IF;
	-- nothing is deleted that cannot be proved
	PERFORM nir.deletion_link('deletion log', 0, decode(repeat('00', 32), 'hex'), '{}');
	INSERT INTO nir.retention_run (rule, driver, batch_size, started_by, today)
	VALUES (wanted, driver, size, started_by, nir.retention_today()) RETURNING run_id INTO made;
	RETURN made;
END
$$;
COMMENT ON FUNCTION nir.purge_begin(text, integer, text, text) IS 'for the purge: checks that it can run, and records it';

CREATE OR REPLACE FUNCTION nir.finish_step(
	run bigint, wanted text, INOUT task integer, INOUT after bigint, size integer, OUT done boolean)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	ended nir.retention_run;
BEGIN
	UPDATE nir.retention_run r SET finished_at = clock_timestamp() WHERE r.run_id = run RETURNING r.* INTO ended;
	IF ended.left_untransferred > 0 THEN
		RAISE WARNING USING MESSAGE = format('%s subjects are overdue: their transfers are not acknowledged', ended.left_untransferred),
			HINT = 'The recipient calls nir.fetch_transfers and nir.acknowledge_transfer.';
	END IF;
	IF ended.failed > 0 THEN
		RAISE WARNING USING MESSAGE = format('%s rules of registers could not be carried out', ended.failed),
			HINT = 'The warnings of this purge, and SELECT * FROM nir.retention_due, say which.';
	END IF;
	IF ended.quarantined > 0 THEN
		RAISE WARNING USING MESSAGE = format('%s subjects could not be deleted', ended.quarantined),
			HINT = 'nir.quarantine tells where; delete the row there when it is mended.';
	END IF;
	done := true;
END
$$;
COMMENT ON FUNCTION nir.finish_step(bigint, text, integer, bigint, integer) IS 'the last step of the purge: says what was left';

CREATE OR REPLACE PROCEDURE nir.purge(rule text DEFAULT NULL, batch_size integer DEFAULT 1000)
	LANGUAGE c
	AS 'MODULE_PATHNAME', 'nir_purge';
COMMENT ON PROCEDURE nir.purge(text, integer) IS
	'deletes what is due and handed over, in batches that it commits; for one rule or for all. Late, twice, or twice at once, it comes to the same end (IF §§ 60, 61; R153)';

CREATE OR REPLACE FUNCTION nir.schedule_purge(schedule text DEFAULT '0 2 * * *') RETURNS bigint
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	job bigint;
BEGIN
	IF to_regprocedure('cron.schedule(text, text, text)') IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR076',
			MESSAGE = 'pg_cron is not in this database',
			HINT = 'Install it here (shared_preload_libraries, cron.database_name, CREATE EXTENSION pg_cron), or call CALL nir.purge() from a scheduler of your own.';
	END IF;
	EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO job USING 'nir purge', schedule, 'CALL nir.purge()';
	RETURN job;
END
$$;
COMMENT ON FUNCTION nir.schedule_purge(text) IS
	'makes or changes the pg_cron job that runs CALL nir.purge() as the caller, at two every night unless told otherwise; returns its number';
