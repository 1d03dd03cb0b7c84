/*
 * sql/code/deletion_log.sql
 *
 * Writing and checking nir.deletion_log.  A batch's row is written in the
 * transaction that deletes, so that neither is there without the other.
 */
CREATE OR REPLACE FUNCTION nir.deletion_link(chain text, number bigint, previous bytea, fields text[]) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_deletion_link';
COMMENT ON FUNCTION nir.deletion_link(text, bigint, bytea, text[]) IS
	'link of a chain by the keyring''s log secret: HMAC of its name, a number, the link before and one row of fields';

CREATE OR REPLACE FUNCTION nir.subject_digests(register text, subjects bigint[]) RETURNS bytea[]
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_subject_digests';
COMMENT ON FUNCTION nir.subject_digests(text, bigint[]) IS
	'keyed digests of subjects of a register, sorted, so that one subject can be found again without being kept';

CREATE OR REPLACE FUNCTION nir.deletion_fields(entry nir.deletion_log) RETURNS text[]
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT ARRAY[
		entry.run_id::text,
		extract(epoch FROM entry.done_at)::text,
		to_char(entry.today, 'YYYY-MM-DD'),
		entry.register::text,
		entry.rule,
		entry.rule_version::text,
		to_char(entry.cutoff, 'YYYY-MM-DD'),
		entry.rows_deleted::text,
		entry.relations::text,
		(SELECT string_agg(encode(s, 'hex'), ' ' ORDER BY place) FROM unnest(entry.subjects) WITH ORDINALITY AS u (s, place)),
		entry.done_by,
		entry.level]
$$;
COMMENT ON FUNCTION nir.deletion_fields(nir.deletion_log) IS 'what a link of the deletion log covers, in forms that no setting changes';

CREATE OR REPLACE FUNCTION nir.log_deletion(
	run bigint, register name, rule text, cutoff date, relations jsonb, rows_deleted bigint, subjects bigint[]) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	head nir.deletion_head;
	entry nir.deletion_log;
	patience CONSTANT text := current_setting('lock_timeout');
BEGIN
	-- another purge holds this until it commits: wait for it
	PERFORM set_config('lock_timeout', '60s', true);
	INSERT INTO nir.deletion_head (batch_id, link) VALUES (0, decode(repeat('00', 32), 'hex'))
	ON CONFLICT DO NOTHING;
	SELECT * INTO STRICT head FROM nir.deletion_head h FOR UPDATE;
	PERFORM set_config('lock_timeout', patience, true);
	entry.batch_id := head.batch_id + 1;
	entry.run_id := run;
	entry.done_at := clock_timestamp();
	entry.today := nir.retention_today();
	entry.register := register;
	entry.rule := rule;
	entry.rule_version := (nir.rule_in_force(rule)).version;
	entry.cutoff := cutoff;
	entry.rows_deleted := rows_deleted;
	entry.relations := relations;
	entry.subjects := nir.subject_digests(register, subjects);
	entry.done_by := (SELECT r.started_by FROM nir.retention_run r WHERE r.run_id = run);
	entry.level := 'deleted';
	entry.link := nir.deletion_link('deletion log', entry.batch_id, head.link, nir.deletion_fields(entry));
	INSERT INTO nir.deletion_log SELECT entry.*;
	UPDATE nir.deletion_head SET batch_id = entry.batch_id, link = entry.link;
	UPDATE nir.retention_run r
	SET batches = r.batches + 1, rows_deleted = r.rows_deleted + log_deletion.rows_deleted
	WHERE r.run_id = run;
END
$$;
COMMENT ON FUNCTION nir.log_deletion(bigint, name, text, date, jsonb, bigint, bigint[]) IS 'for the purge: appends a batch to nir.deletion_log';

-- stable: the log and its head as one snapshot has them, whatever is purged meanwhile
CREATE OR REPLACE FUNCTION nir.verify_deletion_log(OUT batch_id bigint, OUT finding text) RETURNS SETOF record
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	entry nir.deletion_log;
	head nir.deletion_head;
	previous bytea := decode(repeat('00', 32), 'hex');
	expected bigint := 1;
BEGIN
	-- without the keyring nothing can be said: that is its own error
	PERFORM nir.deletion_link('deletion log', 0, previous, '{}');
	FOR entry IN SELECT * FROM nir.deletion_log l ORDER BY l.batch_id LOOP
		batch_id := entry.batch_id;
		IF entry.batch_id <> expected THEN
			finding := format('batches %s to %s are missing', expected, entry.batch_id - 1);
			RETURN NEXT;
		ELSIF nir.deletion_link('deletion log', entry.batch_id, previous, nir.deletion_fields(entry)) <> entry.link THEN
			finding := 'the row was changed, or the one before it';
			RETURN NEXT;
		END IF;
		previous := entry.link;
		expected := entry.batch_id + 1;
	END LOOP;
	SELECT * INTO head FROM nir.deletion_head h;
	IF coalesce(head.batch_id, 0) <> expected - 1 OR (head.batch_id > 0 AND head.link <> previous) THEN
		batch_id := expected - 1;
		finding := format('the log ends here, but the last batch written was %s', coalesce(head.batch_id, 0));
		RETURN NEXT;
	END IF;
END
$$;
COMMENT ON FUNCTION nir.verify_deletion_log() IS
	'what is wrong with nir.deletion_log: rows changed, removed, moved or cut off; no row means it is as it was written (R161, R167). Raises if the keyring is missing. Who can write the tables can cut rows off together with nir.deletion_head: keep the last link elsewhere';

CREATE OR REPLACE FUNCTION nir.was_deleted(register name, subject bigint,
	OUT batch_id bigint, OUT done_at timestamptz, OUT rule text) RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY SELECT l.batch_id, l.done_at, l.rule::text FROM nir.deletion_log l
	WHERE l.register = was_deleted.register
		AND (nir.subject_digests(was_deleted.register, ARRAY[was_deleted.subject]))[1] = ANY (l.subjects)
	ORDER BY l.batch_id;
END
$$;
COMMENT ON FUNCTION nir.was_deleted(name, bigint) IS
	'batches in which rows of a person were deleted; needs the keyring, since the log holds keyed digests only (R161)';
