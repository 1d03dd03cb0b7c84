-- nir.tagged_bool: a boolean and its purposes.

CREATE TYPE nir.tagged_bool;

CREATE FUNCTION nir.tagged_bool_in(cstring, oid, integer) RETURNS nir.tagged_bool
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_in';
COMMENT ON FUNCTION nir.tagged_bool_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.tagged_bool_out(nir.tagged_bool) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_out';
COMMENT ON FUNCTION nir.tagged_bool_out(nir.tagged_bool) IS
	'output';

CREATE FUNCTION nir.tagged_bool_recv(internal, oid, integer) RETURNS nir.tagged_bool
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_recv';
COMMENT ON FUNCTION nir.tagged_bool_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.tagged_bool_send(nir.tagged_bool) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_send';
COMMENT ON FUNCTION nir.tagged_bool_send(nir.tagged_bool) IS
	'binary output';

CREATE TYPE nir.tagged_bool (
	INPUT = nir.tagged_bool_in,
	OUTPUT = nir.tagged_bool_out,
	RECEIVE = nir.tagged_bool_recv,
	SEND = nir.tagged_bool_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'B'
);
COMMENT ON TYPE nir.tagged_bool IS 'boolean, bound to purposes';

CREATE FUNCTION nir.tagged_bool(nir.tagged_bool, integer, boolean) RETURNS nir.tagged_bool
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_bind';
COMMENT ON FUNCTION nir.tagged_bool(nir.tagged_bool, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE CAST (nir.tagged_bool AS nir.tagged_bool) WITH FUNCTION nir.tagged_bool(nir.tagged_bool, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_bool AS nir.tagged_bool) IS 'binds a value to the purposes of a column';

-- ---- casts ----

CREATE FUNCTION nir.tagged_bool_to_bool(nir.tagged_bool) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_to_bool';
COMMENT ON FUNCTION nir.tagged_bool_to_bool(nir.tagged_bool) IS
	'boolean from nir.tagged_bool, if it may be read now';

CREATE CAST (nir.tagged_bool AS boolean) WITH FUNCTION nir.tagged_bool_to_bool(nir.tagged_bool) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_bool AS boolean) IS 'boolean from nir.tagged_bool, if it may be read now';

CREATE FUNCTION nir.tagged_bool_to_int4(nir.tagged_bool) RETURNS integer
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_to_int4';
COMMENT ON FUNCTION nir.tagged_bool_to_int4(nir.tagged_bool) IS
	'integer from nir.tagged_bool, if it may be read now';

CREATE CAST (nir.tagged_bool AS integer) WITH FUNCTION nir.tagged_bool_to_int4(nir.tagged_bool);
COMMENT ON CAST (nir.tagged_bool AS integer) IS 'integer from nir.tagged_bool, if it may be read now';

CREATE FUNCTION nir.tagged_bool(boolean) RETURNS nir.tagged_bool
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_from_bool';
COMMENT ON FUNCTION nir.tagged_bool(boolean) IS
	'plain nir.tagged_bool from boolean';

CREATE CAST (boolean AS nir.tagged_bool) WITH FUNCTION nir.tagged_bool(boolean) AS ASSIGNMENT;
COMMENT ON CAST (boolean AS nir.tagged_bool) IS 'plain nir.tagged_bool from boolean';

CREATE FUNCTION nir.tagged_bool_to_json(nir.tagged_bool) RETURNS json
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_to_json';
COMMENT ON FUNCTION nir.tagged_bool_to_json(nir.tagged_bool) IS
	'json from nir.tagged_bool, if it may be read now';

CREATE CAST (nir.tagged_bool AS json) WITH FUNCTION nir.tagged_bool_to_json(nir.tagged_bool);
COMMENT ON CAST (nir.tagged_bool AS json) IS 'json from nir.tagged_bool, if it may be read now';

CREATE FUNCTION nir.tagged_bool_to_jsonb(nir.tagged_bool) RETURNS jsonb
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_bool_to_jsonb';
COMMENT ON FUNCTION nir.tagged_bool_to_jsonb(nir.tagged_bool) IS
	'jsonb from nir.tagged_bool, if it may be read now';

CREATE CAST (nir.tagged_bool AS jsonb) WITH FUNCTION nir.tagged_bool_to_jsonb(nir.tagged_bool);
COMMENT ON CAST (nir.tagged_bool AS jsonb) IS 'jsonb from nir.tagged_bool, if it may be read now';

-- ---- comparison ----

CREATE FUNCTION nir.tagged_bool_lt(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt';
COMMENT ON FUNCTION nir.tagged_bool_lt(nir.tagged_bool, nir.tagged_bool) IS
	'less than';

CREATE FUNCTION nir.tagged_bool_le(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le';
COMMENT ON FUNCTION nir.tagged_bool_le(nir.tagged_bool, nir.tagged_bool) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_bool_eq(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq';
COMMENT ON FUNCTION nir.tagged_bool_eq(nir.tagged_bool, nir.tagged_bool) IS
	'equal';

CREATE FUNCTION nir.tagged_bool_ge(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge';
COMMENT ON FUNCTION nir.tagged_bool_ge(nir.tagged_bool, nir.tagged_bool) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_bool_gt(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt';
COMMENT ON FUNCTION nir.tagged_bool_gt(nir.tagged_bool, nir.tagged_bool) IS
	'greater than';

CREATE FUNCTION nir.tagged_bool_ne(nir.tagged_bool, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne';
COMMENT ON FUNCTION nir.tagged_bool_ne(nir.tagged_bool, nir.tagged_bool) IS
	'not equal';

CREATE FUNCTION nir.tagged_bool_cmp(nir.tagged_bool, nir.tagged_bool) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp';
COMMENT ON FUNCTION nir.tagged_bool_cmp(nir.tagged_bool, nir.tagged_bool) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_bool_lt,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_bool, nir.tagged_bool) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_bool_le,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_bool, nir.tagged_bool) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_bool_eq,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_bool, nir.tagged_bool) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_bool_ge,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_bool, nir.tagged_bool) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_bool_gt,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_bool, nir.tagged_bool) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_bool_ne,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_bool, nir.tagged_bool) IS 'not equal';

-- ---- comparison with boolean ----

CREATE FUNCTION nir.tagged_bool_lt_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt_bool';
COMMENT ON FUNCTION nir.tagged_bool_lt_bool(nir.tagged_bool, boolean) IS
	'less than';

CREATE FUNCTION nir.tagged_bool_le_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le_bool';
COMMENT ON FUNCTION nir.tagged_bool_le_bool(nir.tagged_bool, boolean) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_bool_eq_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq_bool';
COMMENT ON FUNCTION nir.tagged_bool_eq_bool(nir.tagged_bool, boolean) IS
	'equal';

CREATE FUNCTION nir.tagged_bool_ge_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge_bool';
COMMENT ON FUNCTION nir.tagged_bool_ge_bool(nir.tagged_bool, boolean) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_bool_gt_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt_bool';
COMMENT ON FUNCTION nir.tagged_bool_gt_bool(nir.tagged_bool, boolean) IS
	'greater than';

CREATE FUNCTION nir.tagged_bool_ne_bool(nir.tagged_bool, boolean) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne_bool';
COMMENT ON FUNCTION nir.tagged_bool_ne_bool(nir.tagged_bool, boolean) IS
	'not equal';

CREATE FUNCTION nir.tagged_bool_cmp_bool(nir.tagged_bool, boolean) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp_bool';
COMMENT ON FUNCTION nir.tagged_bool_cmp_bool(nir.tagged_bool, boolean) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_bool_lt_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_bool, boolean) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_bool_le_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_bool, boolean) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_bool_eq_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_bool, boolean) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_bool_ge_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_bool, boolean) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_bool_gt_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_bool, boolean) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_bool_ne_bool,
	LEFTARG = nir.tagged_bool,
	RIGHTARG = boolean,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_bool, boolean) IS 'not equal';

CREATE FUNCTION nir.bool_lt_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_lt_scalar';
COMMENT ON FUNCTION nir.bool_lt_tagged_bool(boolean, nir.tagged_bool) IS
	'less than';

CREATE FUNCTION nir.bool_le_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_le_scalar';
COMMENT ON FUNCTION nir.bool_le_tagged_bool(boolean, nir.tagged_bool) IS
	'less than or equal';

CREATE FUNCTION nir.bool_eq_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_eq_scalar';
COMMENT ON FUNCTION nir.bool_eq_tagged_bool(boolean, nir.tagged_bool) IS
	'equal';

CREATE FUNCTION nir.bool_ge_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_ge_scalar';
COMMENT ON FUNCTION nir.bool_ge_tagged_bool(boolean, nir.tagged_bool) IS
	'greater than or equal';

CREATE FUNCTION nir.bool_gt_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_gt_scalar';
COMMENT ON FUNCTION nir.bool_gt_tagged_bool(boolean, nir.tagged_bool) IS
	'greater than';

CREATE FUNCTION nir.bool_ne_tagged_bool(boolean, nir.tagged_bool) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_ne_scalar';
COMMENT ON FUNCTION nir.bool_ne_tagged_bool(boolean, nir.tagged_bool) IS
	'not equal';

CREATE FUNCTION nir.bool_cmp_tagged_bool(boolean, nir.tagged_bool) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_bool_cmp_scalar';
COMMENT ON FUNCTION nir.bool_cmp_tagged_bool(boolean, nir.tagged_bool) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.bool_lt_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (boolean, nir.tagged_bool) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.bool_le_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (boolean, nir.tagged_bool) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.bool_eq_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (boolean, nir.tagged_bool) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.bool_ge_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (boolean, nir.tagged_bool) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.bool_gt_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (boolean, nir.tagged_bool) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.bool_ne_tagged_bool,
	LEFTARG = boolean,
	RIGHTARG = nir.tagged_bool,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (boolean, nir.tagged_bool) IS 'not equal';

-- ---- index support ----

CREATE FUNCTION nir.tagged_bool_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_sortsupport';
COMMENT ON FUNCTION nir.tagged_bool_sortsupport(internal) IS
	'sort support';

CREATE FUNCTION nir.tagged_bool_hash(nir.tagged_bool) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash';
COMMENT ON FUNCTION nir.tagged_bool_hash(nir.tagged_bool) IS
	'hash';

CREATE FUNCTION nir.tagged_bool_hash_extended(nir.tagged_bool, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash_extended';
COMMENT ON FUNCTION nir.tagged_bool_hash_extended(nir.tagged_bool, bigint) IS
	'extended hash';

CREATE OPERATOR FAMILY nir.tagged_bool_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.tagged_bool_ops USING btree IS 'nir.tagged_bool and boolean';

CREATE OPERATOR CLASS nir.tagged_bool_ops DEFAULT FOR TYPE nir.tagged_bool USING btree FAMILY nir.tagged_bool_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.tagged_bool_cmp(nir.tagged_bool, nir.tagged_bool),
	FUNCTION 2 nir.tagged_bool_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.tagged_bool_ops USING btree IS 'nir.tagged_bool';

ALTER OPERATOR FAMILY nir.tagged_bool_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.tagged_bool, boolean),
	OPERATOR 2 pg_catalog.<= (nir.tagged_bool, boolean),
	OPERATOR 3 pg_catalog.= (nir.tagged_bool, boolean),
	OPERATOR 4 pg_catalog.>= (nir.tagged_bool, boolean),
	OPERATOR 5 pg_catalog.> (nir.tagged_bool, boolean),
	FUNCTION 1 (nir.tagged_bool, boolean) nir.tagged_bool_cmp_bool(nir.tagged_bool, boolean),
	OPERATOR 1 pg_catalog.< (boolean, nir.tagged_bool),
	OPERATOR 2 pg_catalog.<= (boolean, nir.tagged_bool),
	OPERATOR 3 pg_catalog.= (boolean, nir.tagged_bool),
	OPERATOR 4 pg_catalog.>= (boolean, nir.tagged_bool),
	OPERATOR 5 pg_catalog.> (boolean, nir.tagged_bool),
	FUNCTION 1 (boolean, nir.tagged_bool) nir.bool_cmp_tagged_bool(boolean, nir.tagged_bool);

CREATE OPERATOR FAMILY nir.tagged_bool_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.tagged_bool_ops USING hash IS 'nir.tagged_bool and boolean';

CREATE OPERATOR CLASS nir.tagged_bool_ops DEFAULT FOR TYPE nir.tagged_bool USING hash FAMILY nir.tagged_bool_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.tagged_bool_hash(nir.tagged_bool),
	FUNCTION 2 nir.tagged_bool_hash_extended(nir.tagged_bool, bigint);
COMMENT ON OPERATOR CLASS nir.tagged_bool_ops USING hash IS 'nir.tagged_bool';

-- The base type's own equality and hash complete the family: hashed IN (SELECT ...)
-- needs the equality within either side.
ALTER OPERATOR FAMILY nir.tagged_bool_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (nir.tagged_bool, boolean),
	OPERATOR 1 pg_catalog.= (boolean, nir.tagged_bool),
	OPERATOR 1 pg_catalog.= (boolean, boolean),
	FUNCTION 1 (boolean, boolean) pg_catalog.hashchar("char"),
	FUNCTION 2 (boolean, boolean) pg_catalog.hashcharextended("char", bigint);
