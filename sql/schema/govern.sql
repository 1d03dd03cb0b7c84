-- Governed relations: what may be done with a table, and by whom.

CREATE TABLE nir.governed_relation (
	relation pg_catalog.regclass PRIMARY KEY,
	category text NOT NULL,
	purposes nir.purposes NOT NULL,
	unit_column name,
	subject_column name,
	fresh_column name,
	period_column name,
	governed_by text NOT NULL DEFAULT CURRENT_USER,
	governed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE nir.governed_relation IS 'relations under nir, with the purposes for which each may be touched at all; written by nir.govern';
COMMENT ON COLUMN nir.governed_relation.relation IS 'the table';
COMMENT ON COLUMN nir.governed_relation.category IS 'kind of data; access rules are written for categories';
COMMENT ON COLUMN nir.governed_relation.purposes IS 'touching the relation, even counting its rows, needs one of these';
COMMENT ON COLUMN nir.governed_relation.unit_column IS 'column of type nir.unit: who was responsible on the day of the fact';
COMMENT ON COLUMN nir.governed_relation.subject_column IS 'column with the person the row is about';
COMMENT ON COLUMN nir.governed_relation.fresh_column IS 'column of type uuid with nir.transaction_token() of the transaction that made the row, so that its maker sees it at once';
COMMENT ON COLUMN nir.governed_relation.period_column IS 'column of type daterange or date with the days that the row is about';
COMMENT ON COLUMN nir.governed_relation.governed_by IS 'who put it under nir';
COMMENT ON COLUMN nir.governed_relation.governed_at IS 'when';
SELECT pg_catalog.pg_extension_config_dump('nir.governed_relation', '');

CREATE TABLE nir.relation_access (
	relation pg_catalog.regclass NOT NULL,
	body_kind text COLLATE "C" NOT NULL,
	verb text COLLATE "C" NOT NULL CHECK (verb IN ('select', 'insert', 'update', 'delete')),
	scope text COLLATE "C" NOT NULL CHECK (scope IN ('state', 'own', 'connected', 'connected_own_period', 'subject', 'engaged', 'new', 'due', 'soon', 'pending')),
	purposes nir.purposes NOT NULL,
	citation text NOT NULL,
	ends_on date,
	PRIMARY KEY (relation, body_kind, verb, scope)
);
COMMENT ON TABLE nir.relation_access IS 'access rules as applied to each governed relation; written by nir.apply_access, read by the statement check';
COMMENT ON COLUMN nir.relation_access.relation IS 'the governed table';
COMMENT ON COLUMN nir.relation_access.body_kind IS 'kind of body';
COMMENT ON COLUMN nir.relation_access.verb IS 'select, insert, update or delete';
COMMENT ON COLUMN nir.relation_access.scope IS 'which rows: state (all), own, connected, connected_own_period, subject, engaged, new; due, soon, pending for retention';
COMMENT ON COLUMN nir.relation_access.purposes IS 'under which purposes';
COMMENT ON COLUMN nir.relation_access.citation IS 'the rule it follows';
COMMENT ON COLUMN nir.relation_access.ends_on IS 'from this day on, in Norway, the statement check refuses it, whatever the policies say; null if no end is known';
SELECT pg_catalog.pg_extension_config_dump('nir.relation_access', '');

CREATE TABLE nir.repurposing (
	repurposing_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	relation text NOT NULL,
	column_name name NOT NULL,
	old_purposes nir.purposes NOT NULL,
	new_purposes nir.purposes NOT NULL,
	citation text NOT NULL CHECK (citation <> ''),
	done_by text NOT NULL DEFAULT SESSION_USER,
	done_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE nir.repurposing IS 'every time the purposes of a column were changed after the fact; written by nir.repurpose_column';
COMMENT ON COLUMN nir.repurposing.repurposing_id IS 'key';
COMMENT ON COLUMN nir.repurposing.relation IS 'the table, by name, so that the record outlives it';
COMMENT ON COLUMN nir.repurposing.column_name IS 'the column';
COMMENT ON COLUMN nir.repurposing.old_purposes IS 'what it served before';
COMMENT ON COLUMN nir.repurposing.new_purposes IS 'what it serves since';
COMMENT ON COLUMN nir.repurposing.citation IS 'the rule that allows the change';
COMMENT ON COLUMN nir.repurposing.done_by IS 'who did it';
COMMENT ON COLUMN nir.repurposing.done_at IS 'when';
SELECT pg_catalog.pg_extension_config_dump('nir.repurposing', '');
SELECT pg_catalog.pg_extension_config_dump('nir.repurposing_repurposing_id_seq', '');
COMMENT ON SEQUENCE nir.repurposing_repurposing_id_seq IS 'keys of nir.repurposing';

-- C caches what it read from these tables until a change tells it not to.
CREATE FUNCTION nir.tell_relation() RETURNS trigger
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_tell_relation';
COMMENT ON FUNCTION nir.tell_relation() IS 'trigger: every session forgets what it knew of the relation named in the row''s first column';
CREATE FUNCTION nir.tell_table() RETURNS trigger
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_tell_table';
COMMENT ON FUNCTION nir.tell_table() IS 'trigger: every session forgets what it had read from this table';

CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON nir.governed_relation
	FOR EACH ROW EXECUTE FUNCTION nir.tell_relation();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON nir.relation_access
	FOR EACH ROW EXECUTE FUNCTION nir.tell_relation();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.role_binding
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.body
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.body_kind
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.engagement
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.category
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.purpose
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.unit_code
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.unit_succession
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
ALTER TABLE nir.governed_relation ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.relation_access ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.role_binding ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.body ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.body_kind ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.engagement ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.category ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.purpose ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.unit_code ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.unit_succession ENABLE ALWAYS TRIGGER tell;

-- Tables whose rows a dump takes along have no foreign keys to each other: they
-- are there before their rows, and a parallel restore brings rows in any order.
-- What would dangle when a row goes is looked after here.
CREATE FUNCTION nir.forget_access() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	DELETE FROM nir.relation_access a WHERE a.relation = OLD.relation;
	DELETE FROM nir.retention_binding b WHERE b.relation = OLD.relation;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION nir.forget_access() IS 'trigger: a relation that is no longer governed takes its access rules and retention bindings along';
CREATE TRIGGER forget_access AFTER DELETE OR UPDATE OF relation ON nir.governed_relation
	FOR EACH ROW EXECUTE FUNCTION nir.forget_access();

CREATE FUNCTION nir.keep_referred() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	key text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
	IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> TG_ARGV[0] = key THEN
		RETURN NULL;
	END IF;
	IF TG_TABLE_NAME = 'body' AND (EXISTS (SELECT FROM nir.role_binding b WHERE b.body = key)
			OR EXISTS (SELECT FROM nir.engagement e WHERE key IN (e.provider, e.principal))
			OR EXISTS (SELECT FROM nir.actor_grant a WHERE a.body = key))
		OR TG_TABLE_NAME = 'category' AND (EXISTS (SELECT FROM nir.governed_relation g WHERE g.category = key)
			OR EXISTS (SELECT FROM nir.access_rule r WHERE r.category = key)) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'foreign_key_violation',
			MESSAGE = format('%s "%s" is still referred to', TG_TABLE_NAME, key),
			HINT = 'Take its bindings, grants, engagements, relations or access rules away first.';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION nir.keep_referred() IS 'trigger: a body with bindings, grants or engagements, or a category with relations or rules, stays; its argument is the key column';
CREATE TRIGGER keep_referred AFTER DELETE OR UPDATE ON nir.body
	FOR EACH ROW EXECUTE FUNCTION nir.keep_referred('body');
CREATE TRIGGER keep_referred AFTER DELETE OR UPDATE ON nir.category
	FOR EACH ROW EXECUTE FUNCTION nir.keep_referred('code');

-- An administrator adds local rows; what was shipped is changed by an upgrade.
CREATE FUNCTION nir.keep_builtin() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = CURRENT_USER) THEN
		NULL;
	ELSIF (TG_OP <> 'INSERT' AND OLD.builtin) OR (TG_OP <> 'DELETE' AND NEW.builtin) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR033',
			MESSAGE = format('shipped rows of nir.%I cannot be changed', TG_TABLE_NAME),
			HINT = 'Add a row of your own; a change of law comes with an upgrade of nir.';
	END IF;
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION nir.keep_builtin() IS 'trigger: only a superuser changes rows shipped with nir';
CREATE TRIGGER keep_builtin BEFORE INSERT OR UPDATE OR DELETE ON nir.body
	FOR EACH ROW EXECUTE FUNCTION nir.keep_builtin();
CREATE TRIGGER keep_builtin BEFORE INSERT OR UPDATE OR DELETE ON nir.category
	FOR EACH ROW EXECUTE FUNCTION nir.keep_builtin();
CREATE TRIGGER keep_builtin BEFORE INSERT OR UPDATE OR DELETE ON nir.access_rule
	FOR EACH ROW EXECUTE FUNCTION nir.keep_builtin();
CREATE TRIGGER keep_builtin BEFORE INSERT OR UPDATE OR DELETE ON nir.purpose
	FOR EACH ROW EXECUTE FUNCTION nir.keep_builtin();
