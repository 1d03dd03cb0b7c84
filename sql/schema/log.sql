-- The access log.  Rows come from the spool by nir's worker and from nowhere
-- else; nobody changes or deletes them but by nir.verify_access_log() telling.

CREATE TABLE nir.access_log (
	log_id bigint PRIMARY KEY,
	at timestamptz NOT NULL,
	kind text NOT NULL CHECK (kind IN ('intent', 'privileged', 'completion', 'opened', 'refused', 'act', 'lost')),
	session text NOT NULL,
	statement bigint,
	session_role text,
	role text,
	actor text,
	body text,
	unit nir.unit,
	purposes nir.purposes,
	case_ref text,
	relations text,
	object text,
	rows bigint,
	subjects bigint[],
	subject_count bigint,
	subject_digest bytea,
	sqlstate text,
	batch bigint NOT NULL
);
CREATE INDEX ON nir.access_log (at);
CREATE INDEX ON nir.access_log (session, statement);
COMMENT ON TABLE nir.access_log IS 'who did what with governed data, when, for whom and why (R270); written by nir''s worker from the spool, chained in batches';
COMMENT ON COLUMN nir.access_log.log_id IS 'number, without gaps';
COMMENT ON COLUMN nir.access_log.at IS 'when';
COMMENT ON COLUMN nir.access_log.kind IS 'intent: a governed statement is about to run; privileged: the same, of a session that the checks let pass; completion: it has ended; opened: a sealed value is about to be shown; refused: nir has refused; act: an administrative act; lost: a part of the spool was unreadable';
COMMENT ON COLUMN nir.access_log.session IS 'start and process of the session: the same for all its records';
COMMENT ON COLUMN nir.access_log.statement IS 'number of the governed statement in its session: the same for intent and completion';
COMMENT ON COLUMN nir.access_log.session_role IS 'role that logged in';
COMMENT ON COLUMN nir.access_log.role IS 'role that acted (after SET ROLE)';
COMMENT ON COLUMN nir.access_log.actor IS 'person behind the role, as declared';
COMMENT ON COLUMN nir.access_log.body IS 'body acted for';
COMMENT ON COLUMN nir.access_log.unit IS 'unit acted for';
COMMENT ON COLUMN nir.access_log.purposes IS 'declared purposes';
COMMENT ON COLUMN nir.access_log.case_ref IS 'case reference, as declared';
COMMENT ON COLUMN nir.access_log.relations IS 'relations with columns, verbs and the purposes that carried each';
COMMENT ON COLUMN nir.access_log.object IS 'what was opened, refused or changed';
COMMENT ON COLUMN nir.access_log.rows IS 'rows that the statement gave or changed';
COMMENT ON COLUMN nir.access_log.subjects IS 'persons whose data were shown; of opened values in this version';
COMMENT ON COLUMN nir.access_log.subject_count IS 'how many';
COMMENT ON COLUMN nir.access_log.subject_digest IS 'digest of their keys where they are too many to list; not used in this version';
COMMENT ON COLUMN nir.access_log.sqlstate IS 'why it was refused';
COMMENT ON COLUMN nir.access_log.batch IS 'batch of the chain';
SELECT pg_catalog.pg_extension_config_dump('nir.access_log', '');

CREATE TABLE nir.access_log_batch (
	batch bigint PRIMARY KEY,
	first_id bigint NOT NULL,
	last_id bigint NOT NULL,
	digest bytea NOT NULL,
	link bytea NOT NULL
);
COMMENT ON TABLE nir.access_log_batch IS 'the chain over nir.access_log: digest of each batch, and its link to the one before under a key from the keyring';
COMMENT ON COLUMN nir.access_log_batch.batch IS 'number, from 1, without gaps';
COMMENT ON COLUMN nir.access_log_batch.first_id IS 'first row';
COMMENT ON COLUMN nir.access_log_batch.last_id IS 'last row';
COMMENT ON COLUMN nir.access_log_batch.digest IS 'SHA-256 of the rows';
COMMENT ON COLUMN nir.access_log_batch.link IS 'HMAC-SHA-256 of number, link before and digest';
SELECT pg_catalog.pg_extension_config_dump('nir.access_log_batch', '');

-- of this cluster's files, so not dumped
CREATE TABLE nir.access_log_position (
	database oid NOT NULL,
	start bigint NOT NULL,
	segment bigint NOT NULL,
	byte bigint NOT NULL,
	PRIMARY KEY (database, start)
);
COMMENT ON TABLE nir.access_log_position IS 'up to where the spool is in the table';
COMMENT ON COLUMN nir.access_log_position.database IS 'whose files; a copy of the database has other ones';
COMMENT ON COLUMN nir.access_log_position.start IS 'start of the server that wrote the files';
COMMENT ON COLUMN nir.access_log_position.segment IS 'file';
COMMENT ON COLUMN nir.access_log_position.byte IS 'place in the file';

CREATE FUNCTION nir.log_change() RETURNS trigger
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_log_change';
COMMENT ON FUNCTION nir.log_change() IS 'trigger: writes an administrative act to the access log';

CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.role_binding
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('role', 'body', 'units', 'purposes', 'valid', 'default_purpose', 'default_unit');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.governed_relation
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('relation', 'category', 'purposes');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.repurposing
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('relation', 'column_name', 'old_purposes', 'new_purposes', 'citation');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.access_rule
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('category', 'body_kind', 'verb', 'scope', 'purposes', 'valid', 'citation');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.category
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('code', 'purposes', 'special', 'citation');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.body
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('body', 'kind', 'valid');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.engagement
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('engagement_id', 'provider', 'principal', 'unit', 'purposes', 'special', 'valid');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.purpose
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('letter', 'name', 'enabled', 'valid', 'citation');
-- a key is made with a value, and destroyed by somebody
CREATE TRIGGER log_change AFTER UPDATE OR DELETE ON nir.subject_key
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('subject', 'version', 'destroyed_at');
ALTER TABLE nir.subject_key ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.role_binding ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.governed_relation ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.repurposing ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.access_rule ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.category ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.body ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.engagement ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.purpose ENABLE ALWAYS TRIGGER log_change;
