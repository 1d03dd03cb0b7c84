-- nir.tagged_int: an integer and its purposes (its shell type is in tagged_date.sql).

CREATE FUNCTION nir.tagged_int_in(cstring, oid, integer) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_in';
COMMENT ON FUNCTION nir.tagged_int_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.tagged_int_out(nir.tagged_int) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_out';
COMMENT ON FUNCTION nir.tagged_int_out(nir.tagged_int) IS
	'output';

CREATE FUNCTION nir.tagged_int_recv(internal, oid, integer) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_recv';
COMMENT ON FUNCTION nir.tagged_int_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.tagged_int_send(nir.tagged_int) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_send';
COMMENT ON FUNCTION nir.tagged_int_send(nir.tagged_int) IS
	'binary output';

CREATE TYPE nir.tagged_int (
	INPUT = nir.tagged_int_in,
	OUTPUT = nir.tagged_int_out,
	RECEIVE = nir.tagged_int_recv,
	SEND = nir.tagged_int_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'N'
);
COMMENT ON TYPE nir.tagged_int IS 'integer, bound to purposes';

CREATE FUNCTION nir.tagged_int(nir.tagged_int, integer, boolean) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_bind';
COMMENT ON FUNCTION nir.tagged_int(nir.tagged_int, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE CAST (nir.tagged_int AS nir.tagged_int) WITH FUNCTION nir.tagged_int(nir.tagged_int, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_int AS nir.tagged_int) IS 'binds a value to the purposes of a column';

-- ---- casts ----

CREATE FUNCTION nir.tagged_int_to_int4(nir.tagged_int) RETURNS integer
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_int4';
COMMENT ON FUNCTION nir.tagged_int_to_int4(nir.tagged_int) IS
	'integer from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS integer) WITH FUNCTION nir.tagged_int_to_int4(nir.tagged_int) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_int AS integer) IS 'integer from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int_to_int8(nir.tagged_int) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_int8';
COMMENT ON FUNCTION nir.tagged_int_to_int8(nir.tagged_int) IS
	'bigint from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS bigint) WITH FUNCTION nir.tagged_int_to_int8(nir.tagged_int) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_int AS bigint) IS 'bigint from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int_to_numeric(nir.tagged_int) RETURNS numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_numeric';
COMMENT ON FUNCTION nir.tagged_int_to_numeric(nir.tagged_int) IS
	'numeric from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS numeric) WITH FUNCTION nir.tagged_int_to_numeric(nir.tagged_int) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_int AS numeric) IS 'numeric from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int_to_float8(nir.tagged_int) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_float8';
COMMENT ON FUNCTION nir.tagged_int_to_float8(nir.tagged_int) IS
	'double precision from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS double precision) WITH FUNCTION nir.tagged_int_to_float8(nir.tagged_int) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_int AS double precision) IS 'double precision from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int_to_int2(nir.tagged_int) RETURNS smallint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_int2';
COMMENT ON FUNCTION nir.tagged_int_to_int2(nir.tagged_int) IS
	'smallint from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS smallint) WITH FUNCTION nir.tagged_int_to_int2(nir.tagged_int) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_int AS smallint) IS 'smallint from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int(integer) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_from_int4';
COMMENT ON FUNCTION nir.tagged_int(integer) IS
	'plain nir.tagged_int from integer';

CREATE CAST (integer AS nir.tagged_int) WITH FUNCTION nir.tagged_int(integer) AS ASSIGNMENT;
COMMENT ON CAST (integer AS nir.tagged_int) IS 'plain nir.tagged_int from integer';

CREATE FUNCTION nir.tagged_int(smallint) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_from_int2';
COMMENT ON FUNCTION nir.tagged_int(smallint) IS
	'plain nir.tagged_int from smallint';

CREATE CAST (smallint AS nir.tagged_int) WITH FUNCTION nir.tagged_int(smallint) AS ASSIGNMENT;
COMMENT ON CAST (smallint AS nir.tagged_int) IS 'plain nir.tagged_int from smallint';

CREATE FUNCTION nir.tagged_int(bigint) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_from_int8';
COMMENT ON FUNCTION nir.tagged_int(bigint) IS
	'plain nir.tagged_int from bigint';

CREATE CAST (bigint AS nir.tagged_int) WITH FUNCTION nir.tagged_int(bigint) AS ASSIGNMENT;
COMMENT ON CAST (bigint AS nir.tagged_int) IS 'plain nir.tagged_int from bigint';

CREATE FUNCTION nir.tagged_int(numeric) RETURNS nir.tagged_int
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_from_numeric';
COMMENT ON FUNCTION nir.tagged_int(numeric) IS
	'plain nir.tagged_int from numeric';

CREATE CAST (numeric AS nir.tagged_int) WITH FUNCTION nir.tagged_int(numeric) AS ASSIGNMENT;
COMMENT ON CAST (numeric AS nir.tagged_int) IS 'plain nir.tagged_int from numeric';

CREATE FUNCTION nir.tagged_int_to_json(nir.tagged_int) RETURNS json
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_json';
COMMENT ON FUNCTION nir.tagged_int_to_json(nir.tagged_int) IS
	'json from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS json) WITH FUNCTION nir.tagged_int_to_json(nir.tagged_int);
COMMENT ON CAST (nir.tagged_int AS json) IS 'json from nir.tagged_int, if it may be read now';

CREATE FUNCTION nir.tagged_int_to_jsonb(nir.tagged_int) RETURNS jsonb
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_to_jsonb';
COMMENT ON FUNCTION nir.tagged_int_to_jsonb(nir.tagged_int) IS
	'jsonb from nir.tagged_int, if it may be read now';

CREATE CAST (nir.tagged_int AS jsonb) WITH FUNCTION nir.tagged_int_to_jsonb(nir.tagged_int);
COMMENT ON CAST (nir.tagged_int AS jsonb) IS 'jsonb from nir.tagged_int, if it may be read now';

-- ---- comparison ----

CREATE FUNCTION nir.tagged_int_lt(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt';
COMMENT ON FUNCTION nir.tagged_int_lt(nir.tagged_int, nir.tagged_int) IS
	'less than';

CREATE FUNCTION nir.tagged_int_le(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le';
COMMENT ON FUNCTION nir.tagged_int_le(nir.tagged_int, nir.tagged_int) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_int_eq(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq';
COMMENT ON FUNCTION nir.tagged_int_eq(nir.tagged_int, nir.tagged_int) IS
	'equal';

CREATE FUNCTION nir.tagged_int_ge(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge';
COMMENT ON FUNCTION nir.tagged_int_ge(nir.tagged_int, nir.tagged_int) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_int_gt(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt';
COMMENT ON FUNCTION nir.tagged_int_gt(nir.tagged_int, nir.tagged_int) IS
	'greater than';

CREATE FUNCTION nir.tagged_int_ne(nir.tagged_int, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne';
COMMENT ON FUNCTION nir.tagged_int_ne(nir.tagged_int, nir.tagged_int) IS
	'not equal';

CREATE FUNCTION nir.tagged_int_cmp(nir.tagged_int, nir.tagged_int) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp';
COMMENT ON FUNCTION nir.tagged_int_cmp(nir.tagged_int, nir.tagged_int) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_int_lt,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_int, nir.tagged_int) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_int_le,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_int, nir.tagged_int) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_int_eq,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_int, nir.tagged_int) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_int_ge,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_int, nir.tagged_int) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_int_gt,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_int, nir.tagged_int) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_int_ne,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_int, nir.tagged_int) IS 'not equal';

-- ---- comparison with integer ----

CREATE FUNCTION nir.tagged_int_lt_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt_int32';
COMMENT ON FUNCTION nir.tagged_int_lt_int4(nir.tagged_int, integer) IS
	'less than';

CREATE FUNCTION nir.tagged_int_le_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le_int32';
COMMENT ON FUNCTION nir.tagged_int_le_int4(nir.tagged_int, integer) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_int_eq_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq_int32';
COMMENT ON FUNCTION nir.tagged_int_eq_int4(nir.tagged_int, integer) IS
	'equal';

CREATE FUNCTION nir.tagged_int_ge_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge_int32';
COMMENT ON FUNCTION nir.tagged_int_ge_int4(nir.tagged_int, integer) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_int_gt_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt_int32';
COMMENT ON FUNCTION nir.tagged_int_gt_int4(nir.tagged_int, integer) IS
	'greater than';

CREATE FUNCTION nir.tagged_int_ne_int4(nir.tagged_int, integer) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne_int32';
COMMENT ON FUNCTION nir.tagged_int_ne_int4(nir.tagged_int, integer) IS
	'not equal';

CREATE FUNCTION nir.tagged_int_cmp_int4(nir.tagged_int, integer) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp_int32';
COMMENT ON FUNCTION nir.tagged_int_cmp_int4(nir.tagged_int, integer) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_int_lt_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_int, integer) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_int_le_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_int, integer) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_int_eq_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_int, integer) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_int_ge_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_int, integer) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_int_gt_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_int, integer) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_int_ne_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_int, integer) IS 'not equal';

CREATE FUNCTION nir.int4_lt_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_lt_scalar';
COMMENT ON FUNCTION nir.int4_lt_tagged_int(integer, nir.tagged_int) IS
	'less than';

CREATE FUNCTION nir.int4_le_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_le_scalar';
COMMENT ON FUNCTION nir.int4_le_tagged_int(integer, nir.tagged_int) IS
	'less than or equal';

CREATE FUNCTION nir.int4_eq_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_eq_scalar';
COMMENT ON FUNCTION nir.int4_eq_tagged_int(integer, nir.tagged_int) IS
	'equal';

CREATE FUNCTION nir.int4_ge_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_ge_scalar';
COMMENT ON FUNCTION nir.int4_ge_tagged_int(integer, nir.tagged_int) IS
	'greater than or equal';

CREATE FUNCTION nir.int4_gt_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_gt_scalar';
COMMENT ON FUNCTION nir.int4_gt_tagged_int(integer, nir.tagged_int) IS
	'greater than';

CREATE FUNCTION nir.int4_ne_tagged_int(integer, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_ne_scalar';
COMMENT ON FUNCTION nir.int4_ne_tagged_int(integer, nir.tagged_int) IS
	'not equal';

CREATE FUNCTION nir.int4_cmp_tagged_int(integer, nir.tagged_int) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_cmp_scalar';
COMMENT ON FUNCTION nir.int4_cmp_tagged_int(integer, nir.tagged_int) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.int4_lt_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (integer, nir.tagged_int) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.int4_le_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (integer, nir.tagged_int) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.int4_eq_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (integer, nir.tagged_int) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.int4_ge_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (integer, nir.tagged_int) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.int4_gt_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (integer, nir.tagged_int) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.int4_ne_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (integer, nir.tagged_int) IS 'not equal';

-- ---- comparison with bigint ----

CREATE FUNCTION nir.tagged_int_lt_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt_int64';
COMMENT ON FUNCTION nir.tagged_int_lt_int8(nir.tagged_int, bigint) IS
	'less than';

CREATE FUNCTION nir.tagged_int_le_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le_int64';
COMMENT ON FUNCTION nir.tagged_int_le_int8(nir.tagged_int, bigint) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_int_eq_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq_int64';
COMMENT ON FUNCTION nir.tagged_int_eq_int8(nir.tagged_int, bigint) IS
	'equal';

CREATE FUNCTION nir.tagged_int_ge_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge_int64';
COMMENT ON FUNCTION nir.tagged_int_ge_int8(nir.tagged_int, bigint) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_int_gt_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt_int64';
COMMENT ON FUNCTION nir.tagged_int_gt_int8(nir.tagged_int, bigint) IS
	'greater than';

CREATE FUNCTION nir.tagged_int_ne_int8(nir.tagged_int, bigint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne_int64';
COMMENT ON FUNCTION nir.tagged_int_ne_int8(nir.tagged_int, bigint) IS
	'not equal';

CREATE FUNCTION nir.tagged_int_cmp_int8(nir.tagged_int, bigint) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp_int64';
COMMENT ON FUNCTION nir.tagged_int_cmp_int8(nir.tagged_int, bigint) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_int_lt_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_int, bigint) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_int_le_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_int, bigint) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_int_eq_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_int, bigint) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_int_ge_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_int, bigint) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_int_gt_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_int, bigint) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_int_ne_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_int, bigint) IS 'not equal';

CREATE FUNCTION nir.int8_lt_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_lt_scalar';
COMMENT ON FUNCTION nir.int8_lt_tagged_int(bigint, nir.tagged_int) IS
	'less than';

CREATE FUNCTION nir.int8_le_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_le_scalar';
COMMENT ON FUNCTION nir.int8_le_tagged_int(bigint, nir.tagged_int) IS
	'less than or equal';

CREATE FUNCTION nir.int8_eq_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_eq_scalar';
COMMENT ON FUNCTION nir.int8_eq_tagged_int(bigint, nir.tagged_int) IS
	'equal';

CREATE FUNCTION nir.int8_ge_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_ge_scalar';
COMMENT ON FUNCTION nir.int8_ge_tagged_int(bigint, nir.tagged_int) IS
	'greater than or equal';

CREATE FUNCTION nir.int8_gt_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_gt_scalar';
COMMENT ON FUNCTION nir.int8_gt_tagged_int(bigint, nir.tagged_int) IS
	'greater than';

CREATE FUNCTION nir.int8_ne_tagged_int(bigint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_ne_scalar';
COMMENT ON FUNCTION nir.int8_ne_tagged_int(bigint, nir.tagged_int) IS
	'not equal';

CREATE FUNCTION nir.int8_cmp_tagged_int(bigint, nir.tagged_int) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int64_cmp_scalar';
COMMENT ON FUNCTION nir.int8_cmp_tagged_int(bigint, nir.tagged_int) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.int8_lt_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (bigint, nir.tagged_int) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.int8_le_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (bigint, nir.tagged_int) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.int8_eq_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (bigint, nir.tagged_int) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.int8_ge_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (bigint, nir.tagged_int) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.int8_gt_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (bigint, nir.tagged_int) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.int8_ne_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (bigint, nir.tagged_int) IS 'not equal';

-- ---- comparison with smallint ----

CREATE FUNCTION nir.tagged_int_lt_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt_int16';
COMMENT ON FUNCTION nir.tagged_int_lt_int2(nir.tagged_int, smallint) IS
	'less than';

CREATE FUNCTION nir.tagged_int_le_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le_int16';
COMMENT ON FUNCTION nir.tagged_int_le_int2(nir.tagged_int, smallint) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_int_eq_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq_int16';
COMMENT ON FUNCTION nir.tagged_int_eq_int2(nir.tagged_int, smallint) IS
	'equal';

CREATE FUNCTION nir.tagged_int_ge_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge_int16';
COMMENT ON FUNCTION nir.tagged_int_ge_int2(nir.tagged_int, smallint) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_int_gt_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt_int16';
COMMENT ON FUNCTION nir.tagged_int_gt_int2(nir.tagged_int, smallint) IS
	'greater than';

CREATE FUNCTION nir.tagged_int_ne_int2(nir.tagged_int, smallint) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne_int16';
COMMENT ON FUNCTION nir.tagged_int_ne_int2(nir.tagged_int, smallint) IS
	'not equal';

CREATE FUNCTION nir.tagged_int_cmp_int2(nir.tagged_int, smallint) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp_int16';
COMMENT ON FUNCTION nir.tagged_int_cmp_int2(nir.tagged_int, smallint) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_int_lt_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_int, smallint) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_int_le_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_int, smallint) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_int_eq_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_int, smallint) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_int_ge_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_int, smallint) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_int_gt_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_int, smallint) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_int_ne_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_int, smallint) IS 'not equal';

CREATE FUNCTION nir.int2_lt_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_lt_scalar';
COMMENT ON FUNCTION nir.int2_lt_tagged_int(smallint, nir.tagged_int) IS
	'less than';

CREATE FUNCTION nir.int2_le_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_le_scalar';
COMMENT ON FUNCTION nir.int2_le_tagged_int(smallint, nir.tagged_int) IS
	'less than or equal';

CREATE FUNCTION nir.int2_eq_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_eq_scalar';
COMMENT ON FUNCTION nir.int2_eq_tagged_int(smallint, nir.tagged_int) IS
	'equal';

CREATE FUNCTION nir.int2_ge_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_ge_scalar';
COMMENT ON FUNCTION nir.int2_ge_tagged_int(smallint, nir.tagged_int) IS
	'greater than or equal';

CREATE FUNCTION nir.int2_gt_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_gt_scalar';
COMMENT ON FUNCTION nir.int2_gt_tagged_int(smallint, nir.tagged_int) IS
	'greater than';

CREATE FUNCTION nir.int2_ne_tagged_int(smallint, nir.tagged_int) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_ne_scalar';
COMMENT ON FUNCTION nir.int2_ne_tagged_int(smallint, nir.tagged_int) IS
	'not equal';

CREATE FUNCTION nir.int2_cmp_tagged_int(smallint, nir.tagged_int) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int16_cmp_scalar';
COMMENT ON FUNCTION nir.int2_cmp_tagged_int(smallint, nir.tagged_int) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.int2_lt_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (smallint, nir.tagged_int) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.int2_le_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (smallint, nir.tagged_int) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.int2_eq_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (smallint, nir.tagged_int) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.int2_ge_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (smallint, nir.tagged_int) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.int2_gt_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (smallint, nir.tagged_int) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.int2_ne_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (smallint, nir.tagged_int) IS 'not equal';

-- ---- index support ----

CREATE FUNCTION nir.tagged_int_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_sortsupport';
COMMENT ON FUNCTION nir.tagged_int_sortsupport(internal) IS
	'sort support';

CREATE FUNCTION nir.tagged_int_hash(nir.tagged_int) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash';
COMMENT ON FUNCTION nir.tagged_int_hash(nir.tagged_int) IS
	'hash';

CREATE FUNCTION nir.tagged_int_hash_extended(nir.tagged_int, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash_extended';
COMMENT ON FUNCTION nir.tagged_int_hash_extended(nir.tagged_int, bigint) IS
	'extended hash';

CREATE OPERATOR FAMILY nir.tagged_int_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.tagged_int_ops USING btree IS 'nir.tagged_int and the integers';

CREATE OPERATOR CLASS nir.tagged_int_ops DEFAULT FOR TYPE nir.tagged_int USING btree FAMILY nir.tagged_int_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.tagged_int_cmp(nir.tagged_int, nir.tagged_int),
	FUNCTION 2 nir.tagged_int_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.tagged_int_ops USING btree IS 'nir.tagged_int';

ALTER OPERATOR FAMILY nir.tagged_int_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.tagged_int, integer),
	OPERATOR 2 pg_catalog.<= (nir.tagged_int, integer),
	OPERATOR 3 pg_catalog.= (nir.tagged_int, integer),
	OPERATOR 4 pg_catalog.>= (nir.tagged_int, integer),
	OPERATOR 5 pg_catalog.> (nir.tagged_int, integer),
	FUNCTION 1 (nir.tagged_int, integer) nir.tagged_int_cmp_int4(nir.tagged_int, integer),
	OPERATOR 1 pg_catalog.< (integer, nir.tagged_int),
	OPERATOR 2 pg_catalog.<= (integer, nir.tagged_int),
	OPERATOR 3 pg_catalog.= (integer, nir.tagged_int),
	OPERATOR 4 pg_catalog.>= (integer, nir.tagged_int),
	OPERATOR 5 pg_catalog.> (integer, nir.tagged_int),
	FUNCTION 1 (integer, nir.tagged_int) nir.int4_cmp_tagged_int(integer, nir.tagged_int),
	OPERATOR 1 pg_catalog.< (nir.tagged_int, bigint),
	OPERATOR 2 pg_catalog.<= (nir.tagged_int, bigint),
	OPERATOR 3 pg_catalog.= (nir.tagged_int, bigint),
	OPERATOR 4 pg_catalog.>= (nir.tagged_int, bigint),
	OPERATOR 5 pg_catalog.> (nir.tagged_int, bigint),
	FUNCTION 1 (nir.tagged_int, bigint) nir.tagged_int_cmp_int8(nir.tagged_int, bigint),
	OPERATOR 1 pg_catalog.< (bigint, nir.tagged_int),
	OPERATOR 2 pg_catalog.<= (bigint, nir.tagged_int),
	OPERATOR 3 pg_catalog.= (bigint, nir.tagged_int),
	OPERATOR 4 pg_catalog.>= (bigint, nir.tagged_int),
	OPERATOR 5 pg_catalog.> (bigint, nir.tagged_int),
	FUNCTION 1 (bigint, nir.tagged_int) nir.int8_cmp_tagged_int(bigint, nir.tagged_int),
	OPERATOR 1 pg_catalog.< (nir.tagged_int, smallint),
	OPERATOR 2 pg_catalog.<= (nir.tagged_int, smallint),
	OPERATOR 3 pg_catalog.= (nir.tagged_int, smallint),
	OPERATOR 4 pg_catalog.>= (nir.tagged_int, smallint),
	OPERATOR 5 pg_catalog.> (nir.tagged_int, smallint),
	FUNCTION 1 (nir.tagged_int, smallint) nir.tagged_int_cmp_int2(nir.tagged_int, smallint),
	OPERATOR 1 pg_catalog.< (smallint, nir.tagged_int),
	OPERATOR 2 pg_catalog.<= (smallint, nir.tagged_int),
	OPERATOR 3 pg_catalog.= (smallint, nir.tagged_int),
	OPERATOR 4 pg_catalog.>= (smallint, nir.tagged_int),
	OPERATOR 5 pg_catalog.> (smallint, nir.tagged_int),
	FUNCTION 1 (smallint, nir.tagged_int) nir.int2_cmp_tagged_int(smallint, nir.tagged_int);

CREATE OPERATOR FAMILY nir.tagged_int_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.tagged_int_ops USING hash IS 'nir.tagged_int and the integers';

CREATE OPERATOR CLASS nir.tagged_int_ops DEFAULT FOR TYPE nir.tagged_int USING hash FAMILY nir.tagged_int_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.tagged_int_hash(nir.tagged_int),
	FUNCTION 2 nir.tagged_int_hash_extended(nir.tagged_int, bigint);
COMMENT ON OPERATOR CLASS nir.tagged_int_ops USING hash IS 'nir.tagged_int';

-- The base type's own equality and hash complete the family: hashed IN (SELECT ...)
-- needs the equality within either side.
ALTER OPERATOR FAMILY nir.tagged_int_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (nir.tagged_int, integer),
	OPERATOR 1 pg_catalog.= (integer, nir.tagged_int),
	OPERATOR 1 pg_catalog.= (nir.tagged_int, bigint),
	OPERATOR 1 pg_catalog.= (bigint, nir.tagged_int),
	OPERATOR 1 pg_catalog.= (nir.tagged_int, smallint),
	OPERATOR 1 pg_catalog.= (smallint, nir.tagged_int),
	OPERATOR 1 pg_catalog.= (integer, integer),
	OPERATOR 1 pg_catalog.= (integer, bigint),
	OPERATOR 1 pg_catalog.= (integer, smallint),
	FUNCTION 1 (integer, integer) pg_catalog.hashint4(integer),
	FUNCTION 2 (integer, integer) pg_catalog.hashint4extended(integer, bigint),
	OPERATOR 1 pg_catalog.= (bigint, integer),
	OPERATOR 1 pg_catalog.= (bigint, bigint),
	OPERATOR 1 pg_catalog.= (bigint, smallint),
	FUNCTION 1 (bigint, bigint) pg_catalog.hashint8(bigint),
	FUNCTION 2 (bigint, bigint) pg_catalog.hashint8extended(bigint, bigint),
	OPERATOR 1 pg_catalog.= (smallint, integer),
	OPERATOR 1 pg_catalog.= (smallint, bigint),
	OPERATOR 1 pg_catalog.= (smallint, smallint),
	FUNCTION 1 (smallint, smallint) pg_catalog.hashint2(smallint),
	FUNCTION 2 (smallint, smallint) pg_catalog.hashint2extended(smallint, bigint);

-- ---- arithmetic; a tagged result keeps the tag, of two what both allow ----

CREATE FUNCTION nir.tagged_int_plus(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_plus';
COMMENT ON FUNCTION nir.tagged_int_plus(nir.tagged_int, nir.tagged_int) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_int_plus,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_int, nir.tagged_int) IS 'sum';

CREATE FUNCTION nir.tagged_int_plus_int4(nir.tagged_int, integer) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_plus_int4';
COMMENT ON FUNCTION nir.tagged_int_plus_int4(nir.tagged_int, integer) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_int_plus_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_int, integer) IS 'sum';

CREATE FUNCTION nir.int4_plus_tagged_int(integer, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int4_plus_tagged_int';
COMMENT ON FUNCTION nir.int4_plus_tagged_int(integer, nir.tagged_int) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.int4_plus_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (integer, nir.tagged_int) IS 'sum';

CREATE FUNCTION nir.tagged_int_plus_int2(nir.tagged_int, smallint) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_plus_int2';
COMMENT ON FUNCTION nir.tagged_int_plus_int2(nir.tagged_int, smallint) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_int_plus_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_int, smallint) IS 'sum';

CREATE FUNCTION nir.int2_plus_tagged_int(smallint, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int2_plus_tagged_int';
COMMENT ON FUNCTION nir.int2_plus_tagged_int(smallint, nir.tagged_int) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.int2_plus_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (smallint, nir.tagged_int) IS 'sum';

CREATE FUNCTION nir.tagged_int_plus_int8(nir.tagged_int, bigint) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_plus_int8';
COMMENT ON FUNCTION nir.tagged_int_plus_int8(nir.tagged_int, bigint) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_int_plus_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_int, bigint) IS 'sum, if the value may be read now';

CREATE FUNCTION nir.int8_plus_tagged_int(bigint, nir.tagged_int) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int8_plus_tagged_int';
COMMENT ON FUNCTION nir.int8_plus_tagged_int(bigint, nir.tagged_int) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.int8_plus_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (bigint, nir.tagged_int) IS 'sum, if the value may be read now';

CREATE FUNCTION nir.tagged_int_minus(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_minus';
COMMENT ON FUNCTION nir.tagged_int_minus(nir.tagged_int, nir.tagged_int) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_int_minus,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_int, nir.tagged_int) IS 'difference';

CREATE FUNCTION nir.tagged_int_minus_int4(nir.tagged_int, integer) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_minus_int4';
COMMENT ON FUNCTION nir.tagged_int_minus_int4(nir.tagged_int, integer) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_int_minus_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_int, integer) IS 'difference';

CREATE FUNCTION nir.int4_minus_tagged_int(integer, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int4_minus_tagged_int';
COMMENT ON FUNCTION nir.int4_minus_tagged_int(integer, nir.tagged_int) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.int4_minus_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.- (integer, nir.tagged_int) IS 'difference';

CREATE FUNCTION nir.tagged_int_minus_int2(nir.tagged_int, smallint) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_minus_int2';
COMMENT ON FUNCTION nir.tagged_int_minus_int2(nir.tagged_int, smallint) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_int_minus_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_int, smallint) IS 'difference';

CREATE FUNCTION nir.int2_minus_tagged_int(smallint, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int2_minus_tagged_int';
COMMENT ON FUNCTION nir.int2_minus_tagged_int(smallint, nir.tagged_int) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.int2_minus_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.- (smallint, nir.tagged_int) IS 'difference';

CREATE FUNCTION nir.tagged_int_minus_int8(nir.tagged_int, bigint) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_minus_int8';
COMMENT ON FUNCTION nir.tagged_int_minus_int8(nir.tagged_int, bigint) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_int_minus_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_int, bigint) IS 'difference, if the value may be read now';

CREATE FUNCTION nir.int8_minus_tagged_int(bigint, nir.tagged_int) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int8_minus_tagged_int';
COMMENT ON FUNCTION nir.int8_minus_tagged_int(bigint, nir.tagged_int) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.int8_minus_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.- (bigint, nir.tagged_int) IS 'difference, if the value may be read now';

CREATE FUNCTION nir.tagged_int_times(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_times';
COMMENT ON FUNCTION nir.tagged_int_times(nir.tagged_int, nir.tagged_int) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_int_times,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_int, nir.tagged_int) IS 'product';

CREATE FUNCTION nir.tagged_int_times_int4(nir.tagged_int, integer) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_times_int4';
COMMENT ON FUNCTION nir.tagged_int_times_int4(nir.tagged_int, integer) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_int_times_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_int, integer) IS 'product';

CREATE FUNCTION nir.int4_times_tagged_int(integer, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int4_times_tagged_int';
COMMENT ON FUNCTION nir.int4_times_tagged_int(integer, nir.tagged_int) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.int4_times_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (integer, nir.tagged_int) IS 'product';

CREATE FUNCTION nir.tagged_int_times_int2(nir.tagged_int, smallint) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_times_int2';
COMMENT ON FUNCTION nir.tagged_int_times_int2(nir.tagged_int, smallint) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_int_times_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_int, smallint) IS 'product';

CREATE FUNCTION nir.int2_times_tagged_int(smallint, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int2_times_tagged_int';
COMMENT ON FUNCTION nir.int2_times_tagged_int(smallint, nir.tagged_int) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.int2_times_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (smallint, nir.tagged_int) IS 'product';

CREATE FUNCTION nir.tagged_int_times_int8(nir.tagged_int, bigint) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_times_int8';
COMMENT ON FUNCTION nir.tagged_int_times_int8(nir.tagged_int, bigint) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_int_times_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_int, bigint) IS 'product, if the value may be read now';

CREATE FUNCTION nir.int8_times_tagged_int(bigint, nir.tagged_int) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int8_times_tagged_int';
COMMENT ON FUNCTION nir.int8_times_tagged_int(bigint, nir.tagged_int) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.int8_times_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (bigint, nir.tagged_int) IS 'product, if the value may be read now';

CREATE FUNCTION nir.tagged_int_by(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_by';
COMMENT ON FUNCTION nir.tagged_int_by(nir.tagged_int, nir.tagged_int) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_int_by,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_int, nir.tagged_int) IS 'quotient';

CREATE FUNCTION nir.tagged_int_by_int4(nir.tagged_int, integer) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_by_int4';
COMMENT ON FUNCTION nir.tagged_int_by_int4(nir.tagged_int, integer) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_int_by_int4,
	LEFTARG = nir.tagged_int,
	RIGHTARG = integer
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_int, integer) IS 'quotient';

CREATE FUNCTION nir.int4_by_tagged_int(integer, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int4_by_tagged_int';
COMMENT ON FUNCTION nir.int4_by_tagged_int(integer, nir.tagged_int) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.int4_by_tagged_int,
	LEFTARG = integer,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog./ (integer, nir.tagged_int) IS 'quotient';

CREATE FUNCTION nir.tagged_int_by_int2(nir.tagged_int, smallint) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_by_int2';
COMMENT ON FUNCTION nir.tagged_int_by_int2(nir.tagged_int, smallint) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_int_by_int2,
	LEFTARG = nir.tagged_int,
	RIGHTARG = smallint
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_int, smallint) IS 'quotient';

CREATE FUNCTION nir.int2_by_tagged_int(smallint, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int2_by_tagged_int';
COMMENT ON FUNCTION nir.int2_by_tagged_int(smallint, nir.tagged_int) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.int2_by_tagged_int,
	LEFTARG = smallint,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog./ (smallint, nir.tagged_int) IS 'quotient';

CREATE FUNCTION nir.tagged_int_by_int8(nir.tagged_int, bigint) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_by_int8';
COMMENT ON FUNCTION nir.tagged_int_by_int8(nir.tagged_int, bigint) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_int_by_int8,
	LEFTARG = nir.tagged_int,
	RIGHTARG = bigint
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_int, bigint) IS 'quotient, if the value may be read now';

CREATE FUNCTION nir.int8_by_tagged_int(bigint, nir.tagged_int) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int8_by_tagged_int';
COMMENT ON FUNCTION nir.int8_by_tagged_int(bigint, nir.tagged_int) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.int8_by_tagged_int,
	LEFTARG = bigint,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog./ (bigint, nir.tagged_int) IS 'quotient, if the value may be read now';

CREATE FUNCTION pg_catalog.mod(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_modulo';
COMMENT ON FUNCTION pg_catalog.mod(nir.tagged_int, nir.tagged_int) IS
	'remainder';

CREATE FUNCTION nir.tagged_int_modulo(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_modulo';
COMMENT ON FUNCTION nir.tagged_int_modulo(nir.tagged_int, nir.tagged_int) IS
	'implementation of % operator';

CREATE OPERATOR pg_catalog.% (
	FUNCTION = nir.tagged_int_modulo,
	LEFTARG = nir.tagged_int,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.% (nir.tagged_int, nir.tagged_int) IS 'remainder';

CREATE FUNCTION nir.tagged_int_minus_sign(nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_minus_sign';
COMMENT ON FUNCTION nir.tagged_int_minus_sign(nir.tagged_int) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_int_minus_sign,
	RIGHTARG = nir.tagged_int
);
COMMENT ON OPERATOR pg_catalog.- (NONE, nir.tagged_int) IS 'negate';

CREATE FUNCTION pg_catalog.abs(nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_abs';
COMMENT ON FUNCTION pg_catalog.abs(nir.tagged_int) IS
	'absolute value';

-- ---- aggregates ----

CREATE FUNCTION nir.tagged_int_smaller(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_smaller';
COMMENT ON FUNCTION nir.tagged_int_smaller(nir.tagged_int, nir.tagged_int) IS
	'the smaller of two';

CREATE AGGREGATE pg_catalog.min(nir.tagged_int) (
	SFUNC = nir.tagged_int_smaller,
	STYPE = nir.tagged_int,
	COMBINEFUNC = nir.tagged_int_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(nir.tagged_int) IS 'the smallest value, with its tag';

CREATE FUNCTION nir.tagged_int_larger(nir.tagged_int, nir.tagged_int) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_larger';
COMMENT ON FUNCTION nir.tagged_int_larger(nir.tagged_int, nir.tagged_int) IS
	'the larger of two';

CREATE AGGREGATE pg_catalog.max(nir.tagged_int) (
	SFUNC = nir.tagged_int_larger,
	STYPE = nir.tagged_int,
	COMBINEFUNC = nir.tagged_int_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(nir.tagged_int) IS 'the largest value, with its tag';

CREATE FUNCTION nir.tagged_int_accumulate(internal, nir.tagged_int) RETURNS internal
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_accumulate';
COMMENT ON FUNCTION nir.tagged_int_accumulate(internal, nir.tagged_int) IS
	'transition of sum and avg';

CREATE FUNCTION nir.tagged_int_sum(internal) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_sum';
COMMENT ON FUNCTION nir.tagged_int_sum(internal) IS
	'final function of sum';

CREATE FUNCTION nir.tagged_int_average(internal) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_int_average';
COMMENT ON FUNCTION nir.tagged_int_average(internal) IS
	'final function of avg';

CREATE AGGREGATE pg_catalog.sum(nir.tagged_int) (
	SFUNC = nir.tagged_int_accumulate,
	STYPE = internal,
	FINALFUNC = nir.tagged_int_sum,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(nir.tagged_int) IS 'sum, for what all values may be used for';

CREATE AGGREGATE pg_catalog.avg(nir.tagged_int) (
	SFUNC = nir.tagged_int_accumulate,
	STYPE = internal,
	FINALFUNC = nir.tagged_int_average,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.avg(nir.tagged_int) IS 'average, for what all values may be used for';
