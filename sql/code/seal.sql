-- Sealed columns: sealing for a row, opening, and destroying a person's keys.

CREATE OR REPLACE FUNCTION nir.open(sealed nir.sealed) RETURNS text
	LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED COST 100
	AS 'MODULE_PATHNAME', 'nir_open';
COMMENT ON FUNCTION nir.open(nir.sealed) IS
	'the text of a sealed value: for a bound role, under exactly one purpose that it serves, with a case reference, and recorded with the person; nobody is exempt';

CREATE OR REPLACE FUNCTION nir.seal(content text, subject bigint, category text) RETURNS nir.sealed
	LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE COST 100
	AS 'MODULE_PATHNAME', 'nir_seal';
COMMENT ON FUNCTION nir.seal(text, bigint, text) IS
	'any text sealed for a person as a special category; storing it in a column binds it to the column''s purposes';

CREATE OR REPLACE FUNCTION nir.reseal() RETURNS trigger
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_reseal';
COMMENT ON FUNCTION nir.reseal() IS
	'trigger: seals the sealed columns of a row for its person, and refuses another person''s or column''s values; made by nir.govern';

CREATE OR REPLACE FUNCTION nir.sealed_for(sealed nir.sealed, subject bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_for';
COMMENT ON FUNCTION nir.sealed_for(nir.sealed, bigint) IS
	'whether a value is sealed for this person; the CHECK of sealed columns, which needs no key';

CREATE OR REPLACE FUNCTION nir.conforms(sealed nir.sealed, modifier integer, subject bigint) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_conforms';
COMMENT ON FUNCTION nir.conforms(nir.sealed, integer, bigint) IS
	'raises unless a value is sealed for exactly the category and purposes of the modifier and for this person; every INSERT, UPDATE and MERGE into sealed columns asks it';

CREATE OR REPLACE FUNCTION nir.sealed_column(
	relation pg_catalog.regclass, OUT column_name name) RETURNS SETOF name
	LANGUAGE sql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	SELECT a.attname FROM pg_attribute a
	WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped
		AND a.atttypid = 'nir.sealed'::regtype
	ORDER BY a.attnum
$$;
COMMENT ON FUNCTION nir.sealed_column(pg_catalog.regclass) IS 'the sealed columns of a table';

-- BEFORE triggers fire in the order of their names, and this one comes last.
CREATE OR REPLACE FUNCTION nir.seal_statements(relation pg_catalog.regclass, subject name) RETURNS SETOF text
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	sealed name;
	checked name;
BEGIN
	IF NOT EXISTS (SELECT FROM nir.sealed_column(relation))
		OR EXISTS (SELECT FROM pg_class c WHERE c.oid = relation AND c.relispartition) THEN
		RETURN;		-- a partition has what its parent has
	END IF;
	RETURN NEXT format('CREATE OR REPLACE TRIGGER zz_nir_seal BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION nir.reseal(%L)',
		relation, subject);
	-- a child inherits checks, not triggers
	FOR sealed IN SELECT s.column_name FROM nir.sealed_column(relation) s
		WHERE NOT EXISTS (SELECT FROM pg_constraint c
			WHERE c.conrelid = relation AND c.conname = ('nir_sealed_' || s.column_name)::name AND c.coninhcount > 0)
	LOOP
		checked := 'nir_sealed_' || sealed;
		IF EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = relation AND c.conname = checked) THEN
			RETURN NEXT format('ALTER TABLE %s DROP CONSTRAINT %I', relation, checked);
		END IF;
		RETURN NEXT format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (nir.sealed_for(%I, %I))',
			relation, checked, sealed, subject);
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.seal_statements(pg_catalog.regclass, name) IS 'for nir.govern: the statements that make the trigger and the checks of sealed columns';

CREATE OR REPLACE FUNCTION nir.destroy_keys(subjects bigint[]) RETURNS integer
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	placed bigint[];
	destroyed integer;
BEGIN
	-- waits for who is making a first key; who never had one leaves nothing here
	WITH place AS (
		INSERT INTO nir.subject_key (subject, version, made_at, destroyed_at)
		SELECT s, 1, NULL, 'infinity' FROM unnest(subjects) s ORDER BY s
		ON CONFLICT ON CONSTRAINT subject_key_pkey DO NOTHING
		RETURNING subject)
	SELECT array_agg(subject) INTO placed FROM place;
	DELETE FROM nir.subject_key k WHERE k.subject = ANY (placed) AND k.version = 1;
	-- waits for writers, who hold the key until they commit
	PERFORM FROM nir.subject_key k WHERE k.subject = ANY (subjects) ORDER BY k.subject, k.version FOR UPDATE;
	UPDATE nir.subject_key k
	SET generation = NULL, check_value = NULL, wrapped = NULL, made_at = NULL, destroyed_at = clock_timestamp()
	WHERE k.subject = ANY (subjects) AND k.destroyed_at IS NULL;
	GET DIAGNOSTICS destroyed = ROW_COUNT;
	RETURN destroyed;
END
$$;
COMMENT ON FUNCTION nir.destroy_keys(bigint[]) IS
	'for nir.shred_subject and the purge: empties the keys of persons, and leaves nothing of who never had one; returns how many keys there were';

CREATE OR REPLACE FUNCTION nir.shred_subject(subject bigint) RETURNS integer
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN nir.destroy_keys(ARRAY[subject]);
END
$$;
COMMENT ON FUNCTION nir.shred_subject(bigint) IS
	'destroys the keys of a person: everything sealed for the person is unreadable in every session when this commits, and nothing new is sealed; returns how many keys there were, and leaves nothing of a person who never had one';
