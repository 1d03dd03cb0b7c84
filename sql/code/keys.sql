-- The keyring: making one, and what is in it without the keys.

CREATE OR REPLACE FUNCTION nir.create_keyring() RETURNS void
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_create_keyring';
COMMENT ON FUNCTION nir.create_keyring() IS
	'makes the file that nir.keyring_file names, with new keys; refused where it exists, and to all but superusers';

CREATE OR REPLACE FUNCTION nir.read_keyring_status(
	OUT generation integer, OUT state text, OUT on_date date, OUT check_value bytea,
	OUT source text, OUT of_this_cluster boolean) RETURNS SETOF record
	LANGUAGE c VOLATILE PARALLEL UNSAFE
	AS 'MODULE_PATHNAME', 'nir_keyring_status';
COMMENT ON FUNCTION nir.read_keyring_status() IS 'for nir.keyring_status';

CREATE OR REPLACE VIEW nir.keyring_status AS
SELECT s.generation, s.state, s.on_date, s.check_value, s.source, s.of_this_cluster
FROM nir.read_keyring_status() s;
COMMENT ON VIEW nir.keyring_status IS 'the generations of key-encryption keys in the keyring, without the keys; an error where it cannot be used';
COMMENT ON COLUMN nir.keyring_status.generation IS 'number of the generation';
COMMENT ON COLUMN nir.keyring_status.state IS 'current (wraps new keys), announced (will), kept (did), destroyed';
COMMENT ON COLUMN nir.keyring_status.on_date IS 'day it was made, or destroyed';
COMMENT ON COLUMN nir.keyring_status.check_value IS 'tells this key from another; says nothing about it';
COMMENT ON COLUMN nir.keyring_status.source IS 'file or command';
COMMENT ON COLUMN nir.keyring_status.of_this_cluster IS 'whether it was made in this cluster; false after a restore into another, which is fine';
