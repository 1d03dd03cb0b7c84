-- nir.sealed: text that is stored encrypted under its person's key.

CREATE TYPE nir.sealed;

CREATE FUNCTION nir.sealed_in(cstring, oid, integer) RETURNS nir.sealed
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_sealed_in';
COMMENT ON FUNCTION nir.sealed_in(cstring, oid, integer) IS
	'input: plain text is encrypted at once, text that begins with nirs1: is ciphertext';

CREATE FUNCTION nir.sealed_out(nir.sealed) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_out';
COMMENT ON FUNCTION nir.sealed_out(nir.sealed) IS
	'output: ciphertext';

CREATE FUNCTION nir.sealed_recv(internal, oid, integer) RETURNS nir.sealed
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_sealed_recv';
COMMENT ON FUNCTION nir.sealed_recv(internal, oid, integer) IS
	'binary input, as the text';

CREATE FUNCTION nir.sealed_send(nir.sealed) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_send';
COMMENT ON FUNCTION nir.sealed_send(nir.sealed) IS
	'binary output, as the text';

CREATE FUNCTION nir.sealed_typmod_in(cstring[]) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_typmod_in';
COMMENT ON FUNCTION nir.sealed_typmod_in(cstring[]) IS
	'type modifier of nir.sealed: a special category and purposes, (health, d)';

CREATE FUNCTION nir.sealed_typmod_out(integer) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_sealed_typmod_out';
COMMENT ON FUNCTION nir.sealed_typmod_out(integer) IS
	'type modifier of nir.sealed as text';

CREATE TYPE nir.sealed (
	INPUT = nir.sealed_in,
	OUTPUT = nir.sealed_out,
	RECEIVE = nir.sealed_recv,
	SEND = nir.sealed_send,
	TYPMOD_IN = nir.sealed_typmod_in,
	TYPMOD_OUT = nir.sealed_typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = external
);
COMMENT ON TYPE nir.sealed IS 'text of a special category, encrypted under its person''s key; has no order and no equality';

CREATE FUNCTION nir.sealed(nir.sealed, integer, boolean) RETURNS nir.sealed
	LANGUAGE c STABLE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_sealed_coerce';
COMMENT ON FUNCTION nir.sealed(nir.sealed, integer, boolean) IS
	'binds a sealed value to the category and purposes of a column';

CREATE CAST (nir.sealed AS nir.sealed) WITH FUNCTION nir.sealed(nir.sealed, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.sealed AS nir.sealed) IS 'binds a sealed value to the category and purposes of a column';

CREATE FUNCTION nir.sealed(text) RETURNS nir.sealed
	LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED
	AS 'MODULE_PATHNAME', 'nir_sealed_from_text';
COMMENT ON FUNCTION nir.sealed(text) IS
	'nir.sealed from text, as its input does';

CREATE CAST (text AS nir.sealed) WITH FUNCTION nir.sealed(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.sealed) IS 'nir.sealed from text, as its input does';

CREATE CAST (varchar AS nir.sealed) WITH FUNCTION nir.sealed(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.sealed) IS 'nir.sealed from varchar, as its input does';
