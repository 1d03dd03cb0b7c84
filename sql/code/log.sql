-- The access log: whether it is what was written, and where it stands.

CREATE OR REPLACE FUNCTION nir.verify_access_log(OUT batch bigint, OUT finding text) RETURNS SETOF record
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
	AS 'MODULE_PATHNAME', 'nir_verify_access_log';
COMMENT ON FUNCTION nir.verify_access_log() IS
	'what is wrong with nir.access_log: batches or rows that were changed, removed, added or cut off; no row means that it is what was written. Needs the keyring';
