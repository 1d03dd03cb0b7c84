-- nir.tagged_numeric: a numeric and its purposes (its shell type is in tagged_date.sql).

CREATE FUNCTION nir.tagged_numeric_in(cstring, oid, integer) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_in';
COMMENT ON FUNCTION nir.tagged_numeric_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.tagged_numeric_out(nir.tagged_numeric) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_out';
COMMENT ON FUNCTION nir.tagged_numeric_out(nir.tagged_numeric) IS
	'output';

CREATE FUNCTION nir.tagged_numeric_recv(internal, oid, integer) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_recv';
COMMENT ON FUNCTION nir.tagged_numeric_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.tagged_numeric_send(nir.tagged_numeric) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_send';
COMMENT ON FUNCTION nir.tagged_numeric_send(nir.tagged_numeric) IS
	'binary output';

CREATE TYPE nir.tagged_numeric (
	INPUT = nir.tagged_numeric_in,
	OUTPUT = nir.tagged_numeric_out,
	RECEIVE = nir.tagged_numeric_recv,
	SEND = nir.tagged_numeric_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = main,
	CATEGORY = 'N'
);
COMMENT ON TYPE nir.tagged_numeric IS 'numeric, bound to purposes';

CREATE FUNCTION nir.tagged_numeric(nir.tagged_numeric, integer, boolean) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_bind';
COMMENT ON FUNCTION nir.tagged_numeric(nir.tagged_numeric, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE CAST (nir.tagged_numeric AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(nir.tagged_numeric, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_numeric AS nir.tagged_numeric) IS 'binds a value to the purposes of a column';

-- ---- casts ----

CREATE FUNCTION nir.tagged_numeric_to_numeric(nir.tagged_numeric) RETURNS numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_to_numeric(nir.tagged_numeric) IS
	'numeric from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS numeric) WITH FUNCTION nir.tagged_numeric_to_numeric(nir.tagged_numeric) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_numeric AS numeric) IS 'numeric from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_int4(nir.tagged_numeric) RETURNS integer
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_int4';
COMMENT ON FUNCTION nir.tagged_numeric_to_int4(nir.tagged_numeric) IS
	'integer from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS integer) WITH FUNCTION nir.tagged_numeric_to_int4(nir.tagged_numeric) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_numeric AS integer) IS 'integer from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_int8(nir.tagged_numeric) RETURNS bigint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_int8';
COMMENT ON FUNCTION nir.tagged_numeric_to_int8(nir.tagged_numeric) IS
	'bigint from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS bigint) WITH FUNCTION nir.tagged_numeric_to_int8(nir.tagged_numeric) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_numeric AS bigint) IS 'bigint from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_int2(nir.tagged_numeric) RETURNS smallint
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_int2';
COMMENT ON FUNCTION nir.tagged_numeric_to_int2(nir.tagged_numeric) IS
	'smallint from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS smallint) WITH FUNCTION nir.tagged_numeric_to_int2(nir.tagged_numeric) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_numeric AS smallint) IS 'smallint from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_float4(nir.tagged_numeric) RETURNS real
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_float4';
COMMENT ON FUNCTION nir.tagged_numeric_to_float4(nir.tagged_numeric) IS
	'real from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS real) WITH FUNCTION nir.tagged_numeric_to_float4(nir.tagged_numeric) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_numeric AS real) IS 'real from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_float8(nir.tagged_numeric) RETURNS double precision
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_float8';
COMMENT ON FUNCTION nir.tagged_numeric_to_float8(nir.tagged_numeric) IS
	'double precision from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS double precision) WITH FUNCTION nir.tagged_numeric_to_float8(nir.tagged_numeric) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_numeric AS double precision) IS 'double precision from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric(numeric) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_numeric';
COMMENT ON FUNCTION nir.tagged_numeric(numeric) IS
	'plain nir.tagged_numeric from numeric';

CREATE CAST (numeric AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(numeric) AS ASSIGNMENT;
COMMENT ON CAST (numeric AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from numeric';

CREATE FUNCTION nir.tagged_numeric(integer) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_int4';
COMMENT ON FUNCTION nir.tagged_numeric(integer) IS
	'plain nir.tagged_numeric from integer';

CREATE CAST (integer AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(integer) AS ASSIGNMENT;
COMMENT ON CAST (integer AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from integer';

CREATE FUNCTION nir.tagged_numeric(bigint) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_int8';
COMMENT ON FUNCTION nir.tagged_numeric(bigint) IS
	'plain nir.tagged_numeric from bigint';

CREATE CAST (bigint AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(bigint) AS ASSIGNMENT;
COMMENT ON CAST (bigint AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from bigint';

CREATE FUNCTION nir.tagged_numeric(smallint) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_int2';
COMMENT ON FUNCTION nir.tagged_numeric(smallint) IS
	'plain nir.tagged_numeric from smallint';

CREATE CAST (smallint AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(smallint) AS ASSIGNMENT;
COMMENT ON CAST (smallint AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from smallint';

CREATE FUNCTION nir.tagged_numeric(real) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_float4';
COMMENT ON FUNCTION nir.tagged_numeric(real) IS
	'plain nir.tagged_numeric from real';

CREATE CAST (real AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(real) AS ASSIGNMENT;
COMMENT ON CAST (real AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from real';

CREATE FUNCTION nir.tagged_numeric(double precision) RETURNS nir.tagged_numeric
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_from_float8';
COMMENT ON FUNCTION nir.tagged_numeric(double precision) IS
	'plain nir.tagged_numeric from double precision';

CREATE CAST (double precision AS nir.tagged_numeric) WITH FUNCTION nir.tagged_numeric(double precision) AS ASSIGNMENT;
COMMENT ON CAST (double precision AS nir.tagged_numeric) IS 'plain nir.tagged_numeric from double precision';

CREATE FUNCTION nir.tagged_numeric_to_json(nir.tagged_numeric) RETURNS json
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_json';
COMMENT ON FUNCTION nir.tagged_numeric_to_json(nir.tagged_numeric) IS
	'json from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS json) WITH FUNCTION nir.tagged_numeric_to_json(nir.tagged_numeric);
COMMENT ON CAST (nir.tagged_numeric AS json) IS 'json from nir.tagged_numeric, if it may be read now';

CREATE FUNCTION nir.tagged_numeric_to_jsonb(nir.tagged_numeric) RETURNS jsonb
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_to_jsonb';
COMMENT ON FUNCTION nir.tagged_numeric_to_jsonb(nir.tagged_numeric) IS
	'jsonb from nir.tagged_numeric, if it may be read now';

CREATE CAST (nir.tagged_numeric AS jsonb) WITH FUNCTION nir.tagged_numeric_to_jsonb(nir.tagged_numeric);
COMMENT ON CAST (nir.tagged_numeric AS jsonb) IS 'jsonb from nir.tagged_numeric, if it may be read now';

-- ---- comparison ----

CREATE FUNCTION nir.tagged_numeric_lt(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_lt';
COMMENT ON FUNCTION nir.tagged_numeric_lt(nir.tagged_numeric, nir.tagged_numeric) IS
	'less than';

CREATE FUNCTION nir.tagged_numeric_le(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_le';
COMMENT ON FUNCTION nir.tagged_numeric_le(nir.tagged_numeric, nir.tagged_numeric) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_numeric_eq(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_eq';
COMMENT ON FUNCTION nir.tagged_numeric_eq(nir.tagged_numeric, nir.tagged_numeric) IS
	'equal';

CREATE FUNCTION nir.tagged_numeric_ge(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_ge';
COMMENT ON FUNCTION nir.tagged_numeric_ge(nir.tagged_numeric, nir.tagged_numeric) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_numeric_gt(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_gt';
COMMENT ON FUNCTION nir.tagged_numeric_gt(nir.tagged_numeric, nir.tagged_numeric) IS
	'greater than';

CREATE FUNCTION nir.tagged_numeric_ne(nir.tagged_numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_ne';
COMMENT ON FUNCTION nir.tagged_numeric_ne(nir.tagged_numeric, nir.tagged_numeric) IS
	'not equal';

CREATE FUNCTION nir.tagged_numeric_cmp(nir.tagged_numeric, nir.tagged_numeric) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_cmp';
COMMENT ON FUNCTION nir.tagged_numeric_cmp(nir.tagged_numeric, nir.tagged_numeric) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_numeric_lt,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_numeric, nir.tagged_numeric) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_numeric_le,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_numeric, nir.tagged_numeric) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_numeric_eq,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_numeric, nir.tagged_numeric) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_numeric_ge,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_numeric, nir.tagged_numeric) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_numeric_gt,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_numeric, nir.tagged_numeric) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_numeric_ne,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_numeric, nir.tagged_numeric) IS 'not equal';

-- ---- comparison with numeric ----

CREATE FUNCTION nir.tagged_numeric_lt_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_lt_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_lt_numeric(nir.tagged_numeric, numeric) IS
	'less than';

CREATE FUNCTION nir.tagged_numeric_le_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_le_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_le_numeric(nir.tagged_numeric, numeric) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_numeric_eq_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_eq_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_eq_numeric(nir.tagged_numeric, numeric) IS
	'equal';

CREATE FUNCTION nir.tagged_numeric_ge_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_ge_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_ge_numeric(nir.tagged_numeric, numeric) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_numeric_gt_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_gt_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_gt_numeric(nir.tagged_numeric, numeric) IS
	'greater than';

CREATE FUNCTION nir.tagged_numeric_ne_numeric(nir.tagged_numeric, numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_ne_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_ne_numeric(nir.tagged_numeric, numeric) IS
	'not equal';

CREATE FUNCTION nir.tagged_numeric_cmp_numeric(nir.tagged_numeric, numeric) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_cmp_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_cmp_numeric(nir.tagged_numeric, numeric) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_numeric_lt_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_numeric, numeric) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_numeric_le_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_numeric, numeric) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_numeric_eq_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_numeric, numeric) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_numeric_ge_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_numeric, numeric) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_numeric_gt_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_numeric, numeric) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_numeric_ne_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_numeric, numeric) IS 'not equal';

CREATE FUNCTION nir.numeric_lt_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_lt_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_lt_tagged_numeric(numeric, nir.tagged_numeric) IS
	'less than';

CREATE FUNCTION nir.numeric_le_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_le_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_le_tagged_numeric(numeric, nir.tagged_numeric) IS
	'less than or equal';

CREATE FUNCTION nir.numeric_eq_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_eq_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_eq_tagged_numeric(numeric, nir.tagged_numeric) IS
	'equal';

CREATE FUNCTION nir.numeric_ge_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_ge_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_ge_tagged_numeric(numeric, nir.tagged_numeric) IS
	'greater than or equal';

CREATE FUNCTION nir.numeric_gt_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_gt_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_gt_tagged_numeric(numeric, nir.tagged_numeric) IS
	'greater than';

CREATE FUNCTION nir.numeric_ne_tagged_numeric(numeric, nir.tagged_numeric) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_ne_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_ne_tagged_numeric(numeric, nir.tagged_numeric) IS
	'not equal';

CREATE FUNCTION nir.numeric_cmp_tagged_numeric(numeric, nir.tagged_numeric) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_cmp_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_cmp_tagged_numeric(numeric, nir.tagged_numeric) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.numeric_lt_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (numeric, nir.tagged_numeric) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.numeric_le_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (numeric, nir.tagged_numeric) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.numeric_eq_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (numeric, nir.tagged_numeric) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.numeric_ge_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (numeric, nir.tagged_numeric) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.numeric_gt_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (numeric, nir.tagged_numeric) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.numeric_ne_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (numeric, nir.tagged_numeric) IS 'not equal';

-- ---- index support ----

CREATE FUNCTION nir.tagged_numeric_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_sortsupport';
COMMENT ON FUNCTION nir.tagged_numeric_sortsupport(internal) IS
	'sort support';

CREATE FUNCTION nir.tagged_numeric_hash(nir.tagged_numeric) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_hash';
COMMENT ON FUNCTION nir.tagged_numeric_hash(nir.tagged_numeric) IS
	'hash';

CREATE FUNCTION nir.tagged_numeric_hash_extended(nir.tagged_numeric, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_hash_extended';
COMMENT ON FUNCTION nir.tagged_numeric_hash_extended(nir.tagged_numeric, bigint) IS
	'extended hash';

CREATE OPERATOR FAMILY nir.tagged_numeric_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.tagged_numeric_ops USING btree IS 'nir.tagged_numeric and numeric';

CREATE OPERATOR CLASS nir.tagged_numeric_ops DEFAULT FOR TYPE nir.tagged_numeric USING btree FAMILY nir.tagged_numeric_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.tagged_numeric_cmp(nir.tagged_numeric, nir.tagged_numeric),
	FUNCTION 2 nir.tagged_numeric_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.tagged_numeric_ops USING btree IS 'nir.tagged_numeric';

ALTER OPERATOR FAMILY nir.tagged_numeric_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.tagged_numeric, numeric),
	OPERATOR 2 pg_catalog.<= (nir.tagged_numeric, numeric),
	OPERATOR 3 pg_catalog.= (nir.tagged_numeric, numeric),
	OPERATOR 4 pg_catalog.>= (nir.tagged_numeric, numeric),
	OPERATOR 5 pg_catalog.> (nir.tagged_numeric, numeric),
	FUNCTION 1 (nir.tagged_numeric, numeric) nir.tagged_numeric_cmp_numeric(nir.tagged_numeric, numeric),
	OPERATOR 1 pg_catalog.< (numeric, nir.tagged_numeric),
	OPERATOR 2 pg_catalog.<= (numeric, nir.tagged_numeric),
	OPERATOR 3 pg_catalog.= (numeric, nir.tagged_numeric),
	OPERATOR 4 pg_catalog.>= (numeric, nir.tagged_numeric),
	OPERATOR 5 pg_catalog.> (numeric, nir.tagged_numeric),
	FUNCTION 1 (numeric, nir.tagged_numeric) nir.numeric_cmp_tagged_numeric(numeric, nir.tagged_numeric);

CREATE OPERATOR FAMILY nir.tagged_numeric_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.tagged_numeric_ops USING hash IS 'nir.tagged_numeric and numeric';

CREATE OPERATOR CLASS nir.tagged_numeric_ops DEFAULT FOR TYPE nir.tagged_numeric USING hash FAMILY nir.tagged_numeric_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.tagged_numeric_hash(nir.tagged_numeric),
	FUNCTION 2 nir.tagged_numeric_hash_extended(nir.tagged_numeric, bigint);
COMMENT ON OPERATOR CLASS nir.tagged_numeric_ops USING hash IS 'nir.tagged_numeric';

-- The base type's own equality and hash complete the family: hashed IN (SELECT ...)
-- needs the equality within either side.
ALTER OPERATOR FAMILY nir.tagged_numeric_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (nir.tagged_numeric, numeric),
	OPERATOR 1 pg_catalog.= (numeric, nir.tagged_numeric),
	OPERATOR 1 pg_catalog.= (numeric, numeric),
	FUNCTION 1 (numeric, numeric) pg_catalog.hash_numeric(numeric),
	FUNCTION 2 (numeric, numeric) pg_catalog.hash_numeric_extended(numeric, bigint);

-- ---- arithmetic; the result keeps the tag, of two what both allow ----

CREATE FUNCTION nir.tagged_numeric_plus(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_plus';
COMMENT ON FUNCTION nir.tagged_numeric_plus(nir.tagged_numeric, nir.tagged_numeric) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_numeric_plus,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_numeric, nir.tagged_numeric) IS 'sum';

CREATE FUNCTION nir.tagged_numeric_plus_numeric(nir.tagged_numeric, numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_plus_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_plus_numeric(nir.tagged_numeric, numeric) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_numeric_plus_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_numeric, numeric) IS 'sum';

CREATE FUNCTION nir.numeric_plus_tagged_numeric(numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_plus_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_plus_tagged_numeric(numeric, nir.tagged_numeric) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.numeric_plus_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (numeric, nir.tagged_numeric) IS 'sum';

CREATE FUNCTION nir.tagged_numeric_minus(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_minus';
COMMENT ON FUNCTION nir.tagged_numeric_minus(nir.tagged_numeric, nir.tagged_numeric) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_numeric_minus,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_numeric, nir.tagged_numeric) IS 'difference';

CREATE FUNCTION nir.tagged_numeric_minus_numeric(nir.tagged_numeric, numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_minus_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_minus_numeric(nir.tagged_numeric, numeric) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_numeric_minus_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_numeric, numeric) IS 'difference';

CREATE FUNCTION nir.numeric_minus_tagged_numeric(numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_minus_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_minus_tagged_numeric(numeric, nir.tagged_numeric) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.numeric_minus_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric
);
COMMENT ON OPERATOR pg_catalog.- (numeric, nir.tagged_numeric) IS 'difference';

CREATE FUNCTION nir.tagged_numeric_times(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_times';
COMMENT ON FUNCTION nir.tagged_numeric_times(nir.tagged_numeric, nir.tagged_numeric) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_numeric_times,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_numeric, nir.tagged_numeric) IS 'product';

CREATE FUNCTION nir.tagged_numeric_times_numeric(nir.tagged_numeric, numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_times_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_times_numeric(nir.tagged_numeric, numeric) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.tagged_numeric_times_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (nir.tagged_numeric, numeric) IS 'product';

CREATE FUNCTION nir.numeric_times_tagged_numeric(numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_times_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_times_tagged_numeric(numeric, nir.tagged_numeric) IS
	'implementation of * operator';

CREATE OPERATOR pg_catalog.* (
	FUNCTION = nir.numeric_times_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric,
	COMMUTATOR = OPERATOR(pg_catalog.*)
);
COMMENT ON OPERATOR pg_catalog.* (numeric, nir.tagged_numeric) IS 'product';

CREATE FUNCTION nir.tagged_numeric_by(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_by';
COMMENT ON FUNCTION nir.tagged_numeric_by(nir.tagged_numeric, nir.tagged_numeric) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_numeric_by,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = nir.tagged_numeric
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_numeric, nir.tagged_numeric) IS 'quotient';

CREATE FUNCTION nir.tagged_numeric_by_numeric(nir.tagged_numeric, numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_by_numeric';
COMMENT ON FUNCTION nir.tagged_numeric_by_numeric(nir.tagged_numeric, numeric) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.tagged_numeric_by_numeric,
	LEFTARG = nir.tagged_numeric,
	RIGHTARG = numeric
);
COMMENT ON OPERATOR pg_catalog./ (nir.tagged_numeric, numeric) IS 'quotient';

CREATE FUNCTION nir.numeric_by_tagged_numeric(numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_numeric_by_tagged_numeric';
COMMENT ON FUNCTION nir.numeric_by_tagged_numeric(numeric, nir.tagged_numeric) IS
	'implementation of / operator';

CREATE OPERATOR pg_catalog./ (
	FUNCTION = nir.numeric_by_tagged_numeric,
	LEFTARG = numeric,
	RIGHTARG = nir.tagged_numeric
);
COMMENT ON OPERATOR pg_catalog./ (numeric, nir.tagged_numeric) IS 'quotient';

CREATE FUNCTION nir.tagged_numeric_minus_sign(nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_minus_sign';
COMMENT ON FUNCTION nir.tagged_numeric_minus_sign(nir.tagged_numeric) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_numeric_minus_sign,
	RIGHTARG = nir.tagged_numeric
);
COMMENT ON OPERATOR pg_catalog.- (NONE, nir.tagged_numeric) IS 'negate';

CREATE FUNCTION pg_catalog.abs(nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_abs';
COMMENT ON FUNCTION pg_catalog.abs(nir.tagged_numeric) IS
	'absolute value';

CREATE FUNCTION pg_catalog.round(nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_round';
COMMENT ON FUNCTION pg_catalog.round(nir.tagged_numeric) IS
	'nearest whole number';

CREATE FUNCTION pg_catalog.round(nir.tagged_numeric, integer) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_round';
COMMENT ON FUNCTION pg_catalog.round(nir.tagged_numeric, integer) IS
	'nearest number with so many decimals';

-- ---- aggregates ----

CREATE FUNCTION nir.tagged_numeric_smaller(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_smaller';
COMMENT ON FUNCTION nir.tagged_numeric_smaller(nir.tagged_numeric, nir.tagged_numeric) IS
	'the smaller of two';

CREATE AGGREGATE pg_catalog.min(nir.tagged_numeric) (
	SFUNC = nir.tagged_numeric_smaller,
	STYPE = nir.tagged_numeric,
	COMBINEFUNC = nir.tagged_numeric_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(nir.tagged_numeric) IS 'the smallest value, with its tag';

CREATE FUNCTION nir.tagged_numeric_larger(nir.tagged_numeric, nir.tagged_numeric) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_larger';
COMMENT ON FUNCTION nir.tagged_numeric_larger(nir.tagged_numeric, nir.tagged_numeric) IS
	'the larger of two';

CREATE AGGREGATE pg_catalog.max(nir.tagged_numeric) (
	SFUNC = nir.tagged_numeric_larger,
	STYPE = nir.tagged_numeric,
	COMBINEFUNC = nir.tagged_numeric_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(nir.tagged_numeric) IS 'the largest value, with its tag';

CREATE FUNCTION nir.tagged_numeric_accumulate(internal, nir.tagged_numeric) RETURNS internal
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_accumulate';
COMMENT ON FUNCTION nir.tagged_numeric_accumulate(internal, nir.tagged_numeric) IS
	'transition of sum and avg';

CREATE FUNCTION nir.tagged_numeric_sum(internal) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_sum';
COMMENT ON FUNCTION nir.tagged_numeric_sum(internal) IS
	'final function of sum';

CREATE FUNCTION nir.tagged_numeric_average(internal) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_numeric_average';
COMMENT ON FUNCTION nir.tagged_numeric_average(internal) IS
	'final function of avg';

CREATE AGGREGATE pg_catalog.sum(nir.tagged_numeric) (
	SFUNC = nir.tagged_numeric_accumulate,
	STYPE = internal,
	FINALFUNC = nir.tagged_numeric_sum,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(nir.tagged_numeric) IS 'sum, for what all values may be used for';

CREATE AGGREGATE pg_catalog.avg(nir.tagged_numeric) (
	SFUNC = nir.tagged_numeric_accumulate,
	STYPE = internal,
	FINALFUNC = nir.tagged_numeric_average,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.avg(nir.tagged_numeric) IS 'average, for what all values may be used for';
