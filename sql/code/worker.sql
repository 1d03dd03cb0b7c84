-- What nir's background workers are doing.

CREATE OR REPLACE FUNCTION nir.worker_state(
	OUT database oid, OUT state text, OUT pid integer, OUT since timestamptz, OUT heartbeat timestamptz,
	OUT job text, OUT last_start timestamptz, OUT last_success timestamptz, OUT failures integer, OUT sqlstate text) RETURNS SETOF record
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_worker_state';
COMMENT ON FUNCTION nir.worker_state() IS 'for nir.worker: a row for each database of the cluster and each job; none without shared_preload_libraries';

CREATE OR REPLACE VIEW nir.worker AS
	SELECT d.datname AS database, w.state, w.pid, w.since, w.heartbeat,
		w.job, w.last_start, w.last_success, w.failures, w.sqlstate
	FROM nir.worker_state() w
	LEFT JOIN pg_catalog.pg_database d ON d.oid = w.database;
COMMENT ON VIEW nir.worker IS 'background workers of nir in the whole cluster: a row for each database and each job';
COMMENT ON COLUMN nir.worker.database IS 'name of the database';
COMMENT ON COLUMN nir.worker.state IS 'due, starting, running; resting: nothing to do now; absent: no nir there; released: ended for a command that needs the database alone; failed: tried again later';
COMMENT ON COLUMN nir.worker.pid IS 'process, if there is one';
COMMENT ON COLUMN nir.worker.since IS 'since when it is in this state';
COMMENT ON COLUMN nir.worker.heartbeat IS 'when the process last came round';
COMMENT ON COLUMN nir.worker.job IS 'what the worker does';
COMMENT ON COLUMN nir.worker.last_start IS 'when the job last began';
COMMENT ON COLUMN nir.worker.last_success IS 'when it last ended well';
COMMENT ON COLUMN nir.worker.failures IS 'how often it has failed in a row';
COMMENT ON COLUMN nir.worker.sqlstate IS 'with which SQLSTATE, the last time';
