-- nir.orgnr: number of an organisation, 9 digits, not tagged.

CREATE TYPE nir.orgnr;

CREATE FUNCTION nir.orgnr_in(cstring) RETURNS nir.orgnr
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_in';
COMMENT ON FUNCTION nir.orgnr_in(cstring) IS
	'input';

CREATE FUNCTION nir.orgnr_out(nir.orgnr) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_out';
COMMENT ON FUNCTION nir.orgnr_out(nir.orgnr) IS
	'output';

CREATE FUNCTION nir.orgnr_recv(internal) RETURNS nir.orgnr
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_recv';
COMMENT ON FUNCTION nir.orgnr_recv(internal) IS
	'binary input';

CREATE FUNCTION nir.orgnr_send(nir.orgnr) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_send';
COMMENT ON FUNCTION nir.orgnr_send(nir.orgnr) IS
	'binary output';

CREATE TYPE nir.orgnr (
	INPUT = nir.orgnr_in,
	OUTPUT = nir.orgnr_out,
	RECEIVE = nir.orgnr_recv,
	SEND = nir.orgnr_send,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain
);
COMMENT ON TYPE nir.orgnr IS 'number of an organisation';

CREATE FUNCTION nir.orgnr(text) RETURNS nir.orgnr
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_from_text';
COMMENT ON FUNCTION nir.orgnr(text) IS
	'organisation number from text';

CREATE FUNCTION nir.orgnr_to_text(nir.orgnr) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_orgnr_to_text';
COMMENT ON FUNCTION nir.orgnr_to_text(nir.orgnr) IS
	'organisation number as text';

CREATE CAST (text AS nir.orgnr) WITH FUNCTION nir.orgnr(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.orgnr) IS 'organisation number from text';
CREATE CAST (varchar AS nir.orgnr) WITH FUNCTION nir.orgnr(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.orgnr) IS 'organisation number from text';
CREATE CAST (nir.orgnr AS text) WITH FUNCTION nir.orgnr_to_text(nir.orgnr) AS ASSIGNMENT;
COMMENT ON CAST (nir.orgnr AS text) IS 'organisation number as text';

-- ---- comparisons ----

CREATE FUNCTION nir.orgnr_eq(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_eq';
COMMENT ON FUNCTION nir.orgnr_eq(nir.orgnr, nir.orgnr) IS
	'implementation of = operator';

CREATE FUNCTION nir.orgnr_ne(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ne';
COMMENT ON FUNCTION nir.orgnr_ne(nir.orgnr, nir.orgnr) IS
	'implementation of <> operator';

CREATE FUNCTION nir.orgnr_lt(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_lt';
COMMENT ON FUNCTION nir.orgnr_lt(nir.orgnr, nir.orgnr) IS
	'implementation of < operator';

CREATE FUNCTION nir.orgnr_le(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_le';
COMMENT ON FUNCTION nir.orgnr_le(nir.orgnr, nir.orgnr) IS
	'implementation of <= operator';

CREATE FUNCTION nir.orgnr_gt(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_gt';
COMMENT ON FUNCTION nir.orgnr_gt(nir.orgnr, nir.orgnr) IS
	'implementation of > operator';

CREATE FUNCTION nir.orgnr_ge(nir.orgnr, nir.orgnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ge';
COMMENT ON FUNCTION nir.orgnr_ge(nir.orgnr, nir.orgnr) IS
	'implementation of >= operator';

CREATE FUNCTION nir.orgnr_cmp(nir.orgnr, nir.orgnr) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_cmp';
COMMENT ON FUNCTION nir.orgnr_cmp(nir.orgnr, nir.orgnr) IS
	'less, equal, greater';

CREATE FUNCTION nir.orgnr_hash(nir.orgnr) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash';
COMMENT ON FUNCTION nir.orgnr_hash(nir.orgnr) IS
	'hash';

CREATE FUNCTION nir.orgnr_hash_extended(nir.orgnr, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash_extended';
COMMENT ON FUNCTION nir.orgnr_hash_extended(nir.orgnr, bigint) IS
	'hash with a seed';

CREATE FUNCTION nir.orgnr_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_sortsupport';
COMMENT ON FUNCTION nir.orgnr_sortsupport(internal) IS
	'sort support';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.orgnr_eq,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	MERGES,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.orgnr, nir.orgnr) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.orgnr_ne,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.orgnr, nir.orgnr) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.orgnr_lt,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.orgnr, nir.orgnr) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.orgnr_le,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.orgnr, nir.orgnr) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.orgnr_gt,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.orgnr, nir.orgnr) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.orgnr_ge,
	LEFTARG = nir.orgnr,
	RIGHTARG = nir.orgnr,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.orgnr, nir.orgnr) IS 'greater than or equal';

CREATE OPERATOR FAMILY nir.orgnr_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.orgnr_ops USING btree IS 'nir.orgnr';

CREATE OPERATOR CLASS nir.orgnr_ops DEFAULT FOR TYPE nir.orgnr USING btree FAMILY nir.orgnr_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.orgnr_cmp(nir.orgnr, nir.orgnr),
	FUNCTION 2 nir.orgnr_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS nir.orgnr_ops USING btree IS 'nir.orgnr';

CREATE OPERATOR FAMILY nir.orgnr_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.orgnr_ops USING hash IS 'nir.orgnr';

CREATE OPERATOR CLASS nir.orgnr_ops DEFAULT FOR TYPE nir.orgnr USING hash FAMILY nir.orgnr_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.orgnr_hash(nir.orgnr),
	FUNCTION 2 nir.orgnr_hash_extended(nir.orgnr, bigint);
COMMENT ON OPERATOR CLASS nir.orgnr_ops USING hash IS 'nir.orgnr';
