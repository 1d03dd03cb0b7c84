-- The keys of persons.  A key is destroyed by emptying its row, never by
-- deleting it: a row that is there keeps anybody from making the key anew.
-- The number and the day are all that it says of the person.

CREATE TABLE nir.subject_key (
	subject bigint NOT NULL,
	version integer NOT NULL DEFAULT 1 CHECK (version > 0),
	generation integer,
	check_value bytea,
	wrapped bytea,
	made_at timestamptz DEFAULT now(),
	destroyed_at timestamptz,
	PRIMARY KEY (subject, version),
	CONSTRAINT key_or_tombstone CHECK (
		(destroyed_at IS NULL AND num_nulls(generation, check_value, wrapped, made_at) = 0
			AND octet_length(check_value) = 8 AND octet_length(wrapped) = 60)
		OR (destroyed_at IS NOT NULL AND num_nonnulls(generation, check_value, wrapped, made_at) = 0))
);
COMMENT ON TABLE nir.subject_key IS 'a key for each person with sealed values, wrapped by a generation of the keyring; nothing without the keyring';
COMMENT ON COLUMN nir.subject_key.subject IS 'the person: the number in the subject column of governed relations';
COMMENT ON COLUMN nir.subject_key.version IS 'counts the person''s keys; new values use the newest';
COMMENT ON COLUMN nir.subject_key.generation IS 'key-encryption key that wraps it; null when destroyed';
COMMENT ON COLUMN nir.subject_key.check_value IS 'tells this key-encryption key from another keyring''s; null when destroyed';
COMMENT ON COLUMN nir.subject_key.wrapped IS 'the wrapped key; null when destroyed';
COMMENT ON COLUMN nir.subject_key.made_at IS 'when it was made; null when destroyed';
COMMENT ON COLUMN nir.subject_key.destroyed_at IS 'when it was destroyed; everything sealed under it is unreadable since';
SELECT pg_catalog.pg_extension_config_dump('nir.subject_key', '');

-- Sessions empty their caches when a key is destroyed, whoever does it and how.
-- For each row, because a subscriber fires no triggers for a statement.  A row
-- destroyed at infinity was put by nir.shred_subject for a moment and never a key.
CREATE TRIGGER tell AFTER UPDATE OR DELETE ON nir.subject_key
	FOR EACH ROW WHEN (OLD.destroyed_at IS DISTINCT FROM 'infinity') EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell_truncated AFTER TRUNCATE ON nir.subject_key
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
ALTER TABLE nir.subject_key ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.subject_key ENABLE ALWAYS TRIGGER tell_truncated;
