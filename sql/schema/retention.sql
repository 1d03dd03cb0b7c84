-- Retention: what goes by which rule, holds, transfers, and what was deleted.

CREATE TABLE nir.retention_binding (
	relation pg_catalog.regclass NOT NULL,
	place smallint NOT NULL CHECK (place > 0),
	rule text COLLATE "C" NOT NULL,
	source text COLLATE "C" NOT NULL CHECK (source IN ('clock', 'column', 'parent', 'general')),
	event_column name,
	parent pg_catalog.regclass,
	only_column name,
	only_values text[],
	PRIMARY KEY (relation, place),
	CHECK ((source IN ('column', 'parent')) = (event_column IS NOT NULL)),
	CHECK ((source IN ('parent', 'general')) = (parent IS NOT NULL)),
	CHECK ((only_column IS NULL) = (only_values IS NULL))
);
CREATE INDEX ON nir.retention_binding (rule);
COMMENT ON TABLE nir.retention_binding IS
	'by which rules the rows of a governed table go, in the order tried: the first that applies and whose event is known (R150, R151); written by nir.bind_retention';
COMMENT ON COLUMN nir.retention_binding.relation IS 'the table';
COMMENT ON COLUMN nir.retention_binding.place IS 'place in the order, from 1';
COMMENT ON COLUMN nir.retention_binding.rule IS 'rule of nir.retention_rule; RC0 for general data, which go with the subject''s last fact';
COMMENT ON COLUMN nir.retention_binding.source IS
	'where the event is: clock (retention_clock of the same schema), column (of the row), parent (the row goes when the one it refers to is due), general (with the subject''s last fact)';
COMMENT ON COLUMN nir.retention_binding.event_column IS 'column: the event''s date; parent: the column that refers to it';
COMMENT ON COLUMN nir.retention_binding.parent IS 'parent: the table referred to; general: the table of the subjects, which is its own';
COMMENT ON COLUMN nir.retention_binding.only_column IS 'the rule applies only to rows where this column';
COMMENT ON COLUMN nir.retention_binding.only_values IS '... has one of these values';
SELECT pg_catalog.pg_extension_config_dump('nir.retention_binding', '');

CREATE TABLE nir.retention_hold (
	hold_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	register name COLLATE "C" NOT NULL,
	subject bigint NOT NULL,
	reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 200),
	until date NOT NULL,
	held_by text NOT NULL DEFAULT SESSION_USER,
	held_at timestamptz NOT NULL DEFAULT now(),
	released_by text,
	released_at timestamptz,
	CHECK ((released_by IS NULL) = (released_at IS NULL))
);
CREATE INDEX ON nir.retention_hold (register, subject) WHERE released_at IS NULL;
COMMENT ON TABLE nir.retention_hold IS
	'subjects whose general data (IF § 46) are kept after the last fact, for a claim or complaint; the facts themselves go at their maximum, held or not (R165); written by nir.hold';
COMMENT ON COLUMN nir.retention_hold.hold_id IS 'key';
COMMENT ON COLUMN nir.retention_hold.register IS 'schema of the register';
COMMENT ON COLUMN nir.retention_hold.subject IS 'the person';
COMMENT ON COLUMN nir.retention_hold.reason IS 'decision, as a case number; no content about the person';
COMMENT ON COLUMN nir.retention_hold.until IS 'last day, at most a year ahead';
COMMENT ON COLUMN nir.retention_hold.held_by IS 'who decided';
COMMENT ON COLUMN nir.retention_hold.held_at IS 'when';
COMMENT ON COLUMN nir.retention_hold.released_by IS 'who ended it before its day';
COMMENT ON COLUMN nir.retention_hold.released_at IS 'when';
SELECT pg_catalog.pg_extension_config_dump('nir.retention_hold', '');
SELECT pg_catalog.pg_extension_config_dump('nir.retention_hold_hold_id_seq', '');
COMMENT ON SEQUENCE nir.retention_hold_hold_id_seq IS 'keys of nir.retention_hold';

-- ---- disclosure lists and the outbox ----

CREATE TABLE nir.disclosure (
	list text COLLATE "C" PRIMARY KEY,
	name_no text NOT NULL,
	sender text[] NOT NULL,
	recipient text COLLATE "C" NOT NULL REFERENCES nir.body (body),
	made_by name NOT NULL,
	valid pg_catalog.daterange NOT NULL CHECK (NOT isempty(valid)),
	citation text NOT NULL
);
COMMENT ON TABLE nir.disclosure IS 'what must be handed over, to whom (utlevering), as law data (R130, R132)';
COMMENT ON COLUMN nir.disclosure.list IS 'D, paragraph and subsection: D56-3';
COMMENT ON COLUMN nir.disclosure.name_no IS 'what it is about, in Norwegian';
COMMENT ON COLUMN nir.disclosure.sender IS 'kinds of bodies that must hand it over';
COMMENT ON COLUMN nir.disclosure.recipient IS 'the body that fetches and acknowledges';
COMMENT ON COLUMN nir.disclosure.made_by IS
	'function of the register that returns the content for one person as jsonb, or null where there is nothing to transfer; a register without it has nothing';
COMMENT ON COLUMN nir.disclosure.valid IS 'when the list was in force';
COMMENT ON COLUMN nir.disclosure.citation IS 'legal basis';

CREATE TABLE nir.transfer (
	transfer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	register name COLLATE "C" NOT NULL,
	list text COLLATE "C" NOT NULL REFERENCES nir.disclosure (list),
	recipient text COLLATE "C" NOT NULL,
	subject bigint,
	rule text COLLATE "C",
	state text COLLATE "C" NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ready', 'acknowledged', 'nothing')),
	queued_at timestamptz NOT NULL DEFAULT now(),
	made_at timestamptz,
	payload jsonb,
	payload_digest bytea,
	fetched_at timestamptz,
	fetched_by text,
	acknowledged_at timestamptz,
	acknowledged_by text,
	CHECK (subject IS NOT NULL OR state IN ('acknowledged', 'nothing')),
	CHECK ((payload IS NOT NULL) = (state = 'ready')),
	CHECK ((payload_digest IS NOT NULL) = (state IN ('ready', 'acknowledged')))
);
CREATE UNIQUE INDEX transfer_new ON nir.transfer (register, subject, list) WHERE state = 'new' AND rule IS NULL;
CREATE UNIQUE INDEX transfer_due ON nir.transfer (register, subject, list, rule) WHERE rule IS NOT NULL;
CREATE INDEX transfer_open ON nir.transfer (register, subject, list) WHERE state IN ('new', 'ready');
CREATE INDEX transfer_list ON nir.transfer (list, register);
CREATE INDEX transfer_waiting ON nir.transfer (recipient, transfer_id) WHERE state = 'ready';
COMMENT ON TABLE nir.transfer IS
	'the outbox: what must be handed over before it is deleted (overføring) (IF § 61, R132, R154); read through nir.fetch_transfers';
COMMENT ON COLUMN nir.transfer.transfer_id IS 'key; the recipient''s idempotency key';
COMMENT ON COLUMN nir.transfer.register IS 'schema of the register';
COMMENT ON COLUMN nir.transfer.list IS 'disclosure list';
COMMENT ON COLUMN nir.transfer.recipient IS 'body that may fetch it';
COMMENT ON COLUMN nir.transfer.subject IS 'the person; taken out when what was transferred is deleted';
COMMENT ON COLUMN nir.transfer.rule IS 'the rule by which the data will be deleted; none where a fact was new or changed';
COMMENT ON COLUMN nir.transfer.state IS 'new (no content yet), ready, acknowledged, nothing (there was nothing to transfer)';
COMMENT ON COLUMN nir.transfer.queued_at IS 'when the reason arose';
COMMENT ON COLUMN nir.transfer.made_at IS 'when the content was made';
COMMENT ON COLUMN nir.transfer.payload IS 'the content, until it is acknowledged';
COMMENT ON COLUMN nir.transfer.payload_digest IS 'keyed digest of the content, which stays';
COMMENT ON COLUMN nir.transfer.fetched_at IS 'when it was last fetched';
COMMENT ON COLUMN nir.transfer.fetched_by IS 'role or actor that fetched it';
COMMENT ON COLUMN nir.transfer.acknowledged_at IS 'when the recipient acknowledged it';
COMMENT ON COLUMN nir.transfer.acknowledged_by IS 'role or actor that did';
SELECT pg_catalog.pg_extension_config_dump('nir.transfer', '');
SELECT pg_catalog.pg_extension_config_dump('nir.transfer_transfer_id_seq', '');
COMMENT ON SEQUENCE nir.transfer_transfer_id_seq IS 'keys of nir.transfer';

-- ---- runs, what stayed behind, and the proof ----

CREATE TABLE nir.retention_run (
	run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	rule text COLLATE "C",
	driver text COLLATE "C" NOT NULL,
	batch_size integer NOT NULL,
	started_by text NOT NULL,
	started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	today date NOT NULL,
	finished_at timestamptz,
	batches bigint NOT NULL DEFAULT 0,
	rows_deleted bigint NOT NULL DEFAULT 0,
	left_locked bigint NOT NULL DEFAULT 0,
	left_untransferred bigint NOT NULL DEFAULT 0,
	quarantined bigint NOT NULL DEFAULT 0,
	failed bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE nir.retention_run IS 'purges, with what they did; without an end while running, or where one was broken off (R161)';
COMMENT ON COLUMN nir.retention_run.run_id IS 'key';
COMMENT ON COLUMN nir.retention_run.rule IS 'the rule asked for, or none for all';
COMMENT ON COLUMN nir.retention_run.driver IS 'call or worker';
COMMENT ON COLUMN nir.retention_run.batch_size IS 'subjects in a batch';
COMMENT ON COLUMN nir.retention_run.started_by IS 'role that asked';
COMMENT ON COLUMN nir.retention_run.started_at IS 'when';
COMMENT ON COLUMN nir.retention_run.today IS 'the day it went by, in Norway';
COMMENT ON COLUMN nir.retention_run.finished_at IS 'when it was through';
COMMENT ON COLUMN nir.retention_run.batches IS 'batches that deleted something';
COMMENT ON COLUMN nir.retention_run.rows_deleted IS 'rows deleted';
COMMENT ON COLUMN nir.retention_run.left_locked IS 'subjects left because somebody else was at work on them';
COMMENT ON COLUMN nir.retention_run.left_untransferred IS 'subjects left because a transfer is not acknowledged';
COMMENT ON COLUMN nir.retention_run.quarantined IS 'subjects put into quarantine';
COMMENT ON COLUMN nir.retention_run.failed IS 'rules of a register that could not be carried out at all, or not to the end';
SELECT pg_catalog.pg_extension_config_dump('nir.retention_run', '');
SELECT pg_catalog.pg_extension_config_dump('nir.retention_run_run_id_seq', '');
COMMENT ON SEQUENCE nir.retention_run_run_id_seq IS 'keys of nir.retention_run';

CREATE TABLE nir.quarantine (
	register name COLLATE "C" NOT NULL,
	rule text COLLATE "C" NOT NULL,
	subject bigint NOT NULL,
	since timestamptz NOT NULL DEFAULT now(),
	code text NOT NULL,
	place text,
	PRIMARY KEY (register, rule, subject)
);
COMMENT ON TABLE nir.quarantine IS
	'subjects whose due rows could not be deleted; the purge passes them by until an operator deletes the row here (T-50)';
COMMENT ON COLUMN nir.quarantine.register IS 'schema of the register';
COMMENT ON COLUMN nir.quarantine.rule IS 'rule by which they are due';
COMMENT ON COLUMN nir.quarantine.subject IS 'the person';
COMMENT ON COLUMN nir.quarantine.since IS 'when it failed';
COMMENT ON COLUMN nir.quarantine.code IS 'SQLSTATE of what failed';
COMMENT ON COLUMN nir.quarantine.place IS 'table and constraint that refused, where known; never a value';
SELECT pg_catalog.pg_extension_config_dump('nir.quarantine', '');

CREATE TABLE nir.retention_rest (
	root pg_catalog.regclass NOT NULL,
	subject bigint NOT NULL,
	since timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (root, subject)
);
COMMENT ON TABLE nir.retention_rest IS
	'subjects whose facts were deleted but whose general data stayed, held or locked; each purge looks again (R159)';
COMMENT ON COLUMN nir.retention_rest.root IS 'table of the subjects';
COMMENT ON COLUMN nir.retention_rest.subject IS 'the person';
COMMENT ON COLUMN nir.retention_rest.since IS 'since when';
SELECT pg_catalog.pg_extension_config_dump('nir.retention_rest', '');

CREATE TABLE nir.deletion_log (
	batch_id bigint PRIMARY KEY,
	run_id bigint NOT NULL,
	done_at timestamptz NOT NULL,
	today date NOT NULL,
	register name COLLATE "C" NOT NULL,
	rule text COLLATE "C" NOT NULL,
	rule_version smallint NOT NULL,
	cutoff date,
	rows_deleted bigint NOT NULL,
	relations jsonb NOT NULL,
	subjects bytea[] NOT NULL,
	done_by text NOT NULL,
	level text COLLATE "C" NOT NULL DEFAULT 'deleted' CHECK (level IN ('deleted')),
	link bytea NOT NULL CHECK (octet_length(link) = 32)
);
COMMENT ON TABLE nir.deletion_log IS
	'what was deleted, batch by batch, without personal data: counts, rule and day, chained under a key that is not in the database (R161); nir.verify_deletion_log() checks it';
COMMENT ON COLUMN nir.deletion_log.batch_id IS 'number of the batch, from 1 without gaps';
COMMENT ON COLUMN nir.deletion_log.run_id IS 'purge it was part of';
COMMENT ON COLUMN nir.deletion_log.done_at IS 'when';
COMMENT ON COLUMN nir.deletion_log.today IS 'the day it went by, in Norway';
COMMENT ON COLUMN nir.deletion_log.register IS 'schema of the register';
COMMENT ON COLUMN nir.deletion_log.rule IS 'rule of nir.retention_rule';
COMMENT ON COLUMN nir.deletion_log.rule_version IS 'its version';
COMMENT ON COLUMN nir.deletion_log.cutoff IS 'events on or before this day had run out; none for general data';
COMMENT ON COLUMN nir.deletion_log.rows_deleted IS 'rows in all';
COMMENT ON COLUMN nir.deletion_log.relations IS 'rows of each table, and of each responsible unit where the table has one';
COMMENT ON COLUMN nir.deletion_log.subjects IS
	'keyed digests of the subjects, sorted: with the keyring one can ask whether a given person was among them, without it they say nothing';
COMMENT ON COLUMN nir.deletion_log.done_by IS 'role that started the purge';
COMMENT ON COLUMN nir.deletion_log.level IS
	'how far deletion has come: deleted (not visible to any new statement). This version knows no further level: vacuumed, scrubbed, gone from WAL and gone from backups are not established';
COMMENT ON COLUMN nir.deletion_log.link IS 'link of the chain: HMAC of this row and the link before it';
SELECT pg_catalog.pg_extension_config_dump('nir.deletion_log', '');

CREATE TABLE nir.deletion_head (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	batch_id bigint NOT NULL,
	link bytea NOT NULL CHECK (octet_length(link) = 32)
);
COMMENT ON TABLE nir.deletion_head IS
	'the last batch of nir.deletion_log; one row, which also lets one purge after another write the log';
COMMENT ON COLUMN nir.deletion_head.one IS 'there is one row';
COMMENT ON COLUMN nir.deletion_head.batch_id IS 'number of the last batch; 0 before the first';
COMMENT ON COLUMN nir.deletion_head.link IS 'its link; zeros before the first';
-- made with the first batch, not here: a restored dump brings its own
SELECT pg_catalog.pg_extension_config_dump('nir.deletion_head', '');

-- acts on retention, and every disclosure to a recipient, are in the access log
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.retention_binding
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('relation', 'place', 'rule', 'source', 'event_column');
CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON nir.retention_hold
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('hold_id', 'register', 'reason', 'until', 'released_by');
CREATE TRIGGER log_change AFTER DELETE ON nir.quarantine
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('register', 'rule', 'code');
CREATE TRIGGER log_change AFTER UPDATE OF fetched_at, acknowledged_at OR DELETE ON nir.transfer
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('transfer_id', 'list', 'recipient', 'state', 'fetched_by', 'acknowledged_by');
ALTER TABLE nir.retention_binding ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.retention_hold ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.quarantine ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.transfer ENABLE ALWAYS TRIGGER log_change;
