/*
 * sql/code/transfer.sql
 *
 * What must be handed over before it is deleted.  A transfer is queued when a
 * fact arises (triggers of the register) and again nir.transfer_lead days
 * before its subject's data are due; its content is made under purpose i; the
 * recipient fetches it, as often as it likes, and acknowledges it once.
 */
CREATE OR REPLACE FUNCTION nir.disclosure_function(register name, made_by text) RETURNS pg_catalog.regprocedure
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_function CONSTANT regprocedure := to_regprocedure(format('%I.%I(bigint)', register, made_by));
BEGIN
	-- it would run as nir_retention and see what is to be handed over
	IF EXISTS (SELECT FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
		WHERE p.oid = found_function AND NOT r.rolsuper AND r.rolname <> 'nir_owner') THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR075',
			MESSAGE = format('transfers of "%s" would be made by code that is not nir''s: %s', register, found_function),
			HINT = 'Let nir_owner or a superuser own the function, or drop it.';
	END IF;
	RETURN found_function;
END
$$;
COMMENT ON FUNCTION nir.disclosure_function(name, text) IS
	'the function of a register that makes the content of a disclosure list, or null; raises NR075 if it is a stranger''s';

CREATE OR REPLACE FUNCTION nir.lists_of(register name, rule text) RETURNS text[]
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN ARRAY(
		SELECT d.list FROM nir.disclosure d
		WHERE d.list = ANY ((nir.rule_in_force(lists_of.rule)).transfer_first)
			AND d.valid @> nir.retention_today()
			-- a function that is gone does not make a list one that the register has nothing of
			AND CASE WHEN nir.disclosure_function(register, d.made_by) IS NOT NULL THEN true
				ELSE EXISTS (SELECT FROM nir.transfer t WHERE t.list = d.list AND t.register = lists_of.register) END
		ORDER BY d.list);
END
$$;
COMMENT ON FUNCTION nir.lists_of(name, text) IS
	'disclosure lists that a register must hand over before it deletes by a rule; one that it holds nothing of is left out (IF § 61)';

CREATE OR REPLACE FUNCTION nir.untransferred(register name, rule text, subjects bigint[]) RETURNS bigint[]
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	lists text[] := nir.lists_of(register, rule);
BEGIN
	RETURN ARRAY(
		SELECT s FROM unnest(subjects) s
		WHERE EXISTS (
			SELECT FROM unnest(lists) l
			WHERE NOT EXISTS (SELECT FROM nir.transfer t
					WHERE t.register = untransferred.register AND t.subject = s AND t.list = l
						AND t.rule = untransferred.rule AND t.state IN ('acknowledged', 'nothing'))
				OR EXISTS (SELECT FROM nir.transfer t
					WHERE t.register = untransferred.register AND t.subject = s AND t.list = l
						AND t.state IN ('new', 'ready')))
		ORDER BY s);
END
$$;
COMMENT ON FUNCTION nir.untransferred(name, text, bigint[]) IS
	'the subjects for whom some list that the rule asks for is not acknowledged, nor known to be nothing (IF § 61, R154)';

CREATE OR REPLACE FUNCTION nir.prepare_step(
	run bigint, wanted text, INOUT task integer, INOUT after bigint, size integer, OUT done boolean)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	the_task record;
	subjects bigint[];
BEGIN
	SELECT * INTO the_task FROM nir.retention_tasks(wanted) t WHERE t.place = task + 1;
	done := NOT FOUND;
	IF done THEN
		RETURN;
	END IF;
	BEGIN
		subjects := CASE WHEN cardinality(nir.lists_of(the_task.register, the_task.rule)) = 0 THEN '{}'
			ELSE nir.due_subjects(the_task.register, the_task.rule, after, size, true) END;
		INSERT INTO nir.transfer (register, list, recipient, subject, rule)
		SELECT the_task.register, d.list, d.recipient, s, the_task.rule
		FROM unnest(subjects) s
		CROSS JOIN nir.disclosure d
		WHERE d.list = ANY (nir.lists_of(the_task.register, the_task.rule))
		ON CONFLICT DO NOTHING;
	EXCEPTION WHEN OTHERS THEN
		PERFORM nir.task_failed(run, the_task.register, the_task.rule, SQLSTATE, SQLERRM);
		subjects := '{}';
	END;
	IF cardinality(subjects) < size THEN
		task := task + 1;
		after := -9223372036854775808;
	ELSE
		after := subjects[cardinality(subjects)];
	END IF;
END
$$;
COMMENT ON FUNCTION nir.prepare_step(bigint, text, integer, bigint, integer) IS
	'a step of the purge: queues the transfers of subjects that will be due within nir.transfer_lead days (R154)';

CREATE OR REPLACE FUNCTION nir.payload_step(
	run bigint, wanted text, INOUT task integer, INOUT after bigint, size integer, OUT done boolean)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	queued record;
	content jsonb;
	maker regprocedure;
BEGIN
	done := true;
	FOR queued IN
		SELECT t.transfer_id, t.register, t.subject, d.made_by
		FROM nir.transfer t JOIN nir.disclosure d USING (list)
		WHERE t.state = 'new' AND t.transfer_id > after
		ORDER BY t.transfer_id LIMIT size FOR UPDATE OF t SKIP LOCKED
	LOOP
		done := false;
		after := queued.transfer_id;
		-- restricted: it stays new, so nothing of it is deleted either
		CONTINUE WHEN nir.is_withheld(queued.register, queued.subject);
		BEGIN
			maker := nir.disclosure_function(queued.register, queued.made_by);
			IF maker IS NULL THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_function', MESSAGE = 'the function that makes it is gone';
			END IF;
			EXECUTE format('SELECT %I.%I($1)', queued.register, queued.made_by) INTO content USING queued.subject;
			UPDATE nir.transfer t SET
				state = CASE WHEN content IS NULL THEN 'nothing' ELSE 'ready' END,
				made_at = now(), payload = content,
				payload_digest = CASE WHEN content IS NOT NULL THEN
					nir.deletion_link('transfer', t.transfer_id, decode(repeat('00', 32), 'hex'), ARRAY[content::text]) END
			WHERE t.transfer_id = queued.transfer_id;
		EXCEPTION WHEN OTHERS THEN
			-- it stays new, so nothing of it is deleted
			PERFORM nir.require_poison(SQLSTATE, SQLERRM);
			RAISE WARNING USING
				ERRCODE = SQLSTATE,
				MESSAGE = format('transfer %s could not be made (SQLSTATE %s)', queued.transfer_id, SQLSTATE);
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.payload_step(bigint, text, integer, bigint, integer) IS
	'a step of the purge: makes the content of queued transfers under purpose i, or records that there is nothing to transfer (IF §§ 56, 57; R132)';

CREATE OR REPLACE FUNCTION nir.prepare_transfers() RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_prepare_transfers';
COMMENT ON FUNCTION nir.prepare_transfers() IS
	'queues the transfers of what will be due within nir.transfer_lead days and makes the content of all that are queued; each purge does so first';

CREATE OR REPLACE FUNCTION nir.queue_transfer(register name, list text, subject bigint) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
	-- a part of the register that is not there has nothing to hand over
	IF to_regprocedure(format('%I.%I(bigint)', register,
			(SELECT d.made_by FROM nir.disclosure d WHERE d.list = queue_transfer.list))) IS NULL THEN
		RETURN;
	END IF;
	-- one that waits will do, if its content is made after this commits
	LOOP
		INSERT INTO nir.transfer (register, list, recipient, subject)
		SELECT register, d.list, d.recipient, subject FROM nir.disclosure d
		WHERE d.list = queue_transfer.list AND d.valid @> nir.retention_today()
		ON CONFLICT DO NOTHING;
		EXIT WHEN FOUND OR NOT EXISTS (SELECT FROM nir.disclosure d
			WHERE d.list = queue_transfer.list AND d.valid @> nir.retention_today());
		PERFORM FROM nir.transfer t
		WHERE t.register = queue_transfer.register AND t.subject = queue_transfer.subject AND t.list = queue_transfer.list
			AND t.state = 'new' AND t.rule IS NULL
		FOR SHARE;
		EXIT WHEN FOUND;
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.queue_transfer(name, text, bigint) IS
	'for triggers of the register: a fact that must be handed over is new or changed (R132)';

-- ---- the recipient's side ----

CREATE OR REPLACE FUNCTION nir.require_recipient(recipient text) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	context record := nir.context();
BEGIN
	IF context.body IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'NR010',
			MESSAGE = 'transfers need a declared purpose',
			HINT = 'BEGIN, then SELECT nir.begin_processing(''i'').';
	ELSIF NOT context.purposes @> '{i}'::nir.purposes THEN
		RAISE EXCEPTION USING ERRCODE = 'NR021',
			MESSAGE = format('transfers may not be used for the declared purpose %s', context.purposes),
			HINT = 'They serve the immigration authorities'' tasks: declare purpose i.';
	ELSIF recipient IS NULL OR context.body <> recipient THEN
		RAISE EXCEPTION USING ERRCODE = 'NR073',
			MESSAGE = 'there is no such transfer for the body that acts',
			HINT = 'A body fetches and acknowledges what is addressed to itself.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_recipient(text) IS 'raises unless the acting body is this one, under purpose i';

CREATE OR REPLACE FUNCTION nir.fetch_transfers(recipient text, n integer DEFAULT 100,
	OUT transfer_id bigint, OUT list text, OUT made_at timestamptz, OUT payload jsonb) RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	PERFORM nir.require_recipient(recipient);
	IF n IS NULL OR n NOT BETWEEN 1 AND 1000 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'from 1 to 1000 transfers are fetched at a time';
	END IF;
	RETURN QUERY
	UPDATE nir.transfer t SET fetched_at = now(), fetched_by = nir.current_actor()
	FROM (SELECT o.transfer_id FROM nir.transfer o
		WHERE o.recipient = fetch_transfers.recipient AND o.state = 'ready'
			AND NOT nir.is_withheld(o.register, o.subject)
		ORDER BY o.transfer_id LIMIT n FOR UPDATE SKIP LOCKED) chosen
	WHERE t.transfer_id = chosen.transfer_id
	RETURNING t.transfer_id, t.list, t.made_at, t.payload;
END
$$;
COMMENT ON FUNCTION nir.fetch_transfers(text, integer) IS
	'what waits for a recipient, oldest first; the same again until it is acknowledged, so nothing is lost on the way (IF §§ 56, 57; R76)';

CREATE OR REPLACE FUNCTION nir.acknowledge_transfer(transfer_id bigint) RETURNS boolean
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_transfer nir.transfer;
BEGIN
	SELECT * INTO found_transfer FROM nir.transfer t WHERE t.transfer_id = acknowledge_transfer.transfer_id FOR UPDATE;
	-- the same words whether it is another's or does not exist
	PERFORM nir.require_recipient(found_transfer.recipient);
	IF found_transfer.state = 'acknowledged' THEN
		RETURN false;
	ELSIF found_transfer.state <> 'ready' OR found_transfer.fetched_at IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'NR073',
			MESSAGE = 'a transfer that was not fetched cannot be acknowledged',
			HINT = 'SELECT * FROM nir.fetch_transfers(recipient) first.';
	END IF;
	UPDATE nir.transfer t SET
		state = 'acknowledged', payload = NULL,
		acknowledged_at = now(), acknowledged_by = nir.current_actor()
	WHERE t.transfer_id = acknowledge_transfer.transfer_id;
	RETURN true;
END
$$;
COMMENT ON FUNCTION nir.acknowledge_transfer(bigint) IS
	'the recipient has it: the content is erased here, its digest stays; false if it was acknowledged before (R132, R154)';
