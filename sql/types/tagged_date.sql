-- nir.tagged_date: a date and its purposes.

-- what some functions below give; the types follow
CREATE TYPE nir.tagged_int;
CREATE TYPE nir.tagged_text;
CREATE TYPE nir.tagged_numeric;

CREATE TYPE nir.tagged_date;

CREATE FUNCTION nir.tagged_date_in(cstring, oid, integer) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_in';
COMMENT ON FUNCTION nir.tagged_date_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.tagged_date_out(nir.tagged_date) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_out';
COMMENT ON FUNCTION nir.tagged_date_out(nir.tagged_date) IS
	'output';

CREATE FUNCTION nir.tagged_date_recv(internal, oid, integer) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_recv';
COMMENT ON FUNCTION nir.tagged_date_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.tagged_date_send(nir.tagged_date) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_send';
COMMENT ON FUNCTION nir.tagged_date_send(nir.tagged_date) IS
	'binary output';

CREATE TYPE nir.tagged_date (
	INPUT = nir.tagged_date_in,
	OUTPUT = nir.tagged_date_out,
	RECEIVE = nir.tagged_date_recv,
	SEND = nir.tagged_date_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'D'
);
COMMENT ON TYPE nir.tagged_date IS 'date, bound to purposes';

CREATE FUNCTION nir.tagged_date(nir.tagged_date, integer, boolean) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_bind';
COMMENT ON FUNCTION nir.tagged_date(nir.tagged_date, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE CAST (nir.tagged_date AS nir.tagged_date) WITH FUNCTION nir.tagged_date(nir.tagged_date, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_date AS nir.tagged_date) IS 'binds a value to the purposes of a column';

-- ---- casts ----

CREATE FUNCTION nir.tagged_date_to_date(nir.tagged_date) RETURNS date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_date';
COMMENT ON FUNCTION nir.tagged_date_to_date(nir.tagged_date) IS
	'date from nir.tagged_date, if it may be read now';

CREATE CAST (nir.tagged_date AS date) WITH FUNCTION nir.tagged_date_to_date(nir.tagged_date) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_date AS date) IS 'date from nir.tagged_date, if it may be read now';

CREATE FUNCTION nir.tagged_date_to_timestamp(nir.tagged_date) RETURNS timestamp
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_timestamp';
COMMENT ON FUNCTION nir.tagged_date_to_timestamp(nir.tagged_date) IS
	'timestamp from nir.tagged_date, if it may be read now';

CREATE CAST (nir.tagged_date AS timestamp) WITH FUNCTION nir.tagged_date_to_timestamp(nir.tagged_date) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_date AS timestamp) IS 'timestamp from nir.tagged_date, if it may be read now';

CREATE FUNCTION nir.tagged_date_to_timestamptz(nir.tagged_date) RETURNS timestamptz
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_timestamptz';
COMMENT ON FUNCTION nir.tagged_date_to_timestamptz(nir.tagged_date) IS
	'timestamptz from nir.tagged_date, if it may be read now';

CREATE CAST (nir.tagged_date AS timestamptz) WITH FUNCTION nir.tagged_date_to_timestamptz(nir.tagged_date) AS ASSIGNMENT;
COMMENT ON CAST (nir.tagged_date AS timestamptz) IS 'timestamptz from nir.tagged_date, if it may be read now';

CREATE FUNCTION nir.tagged_date(date) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_from_date';
COMMENT ON FUNCTION nir.tagged_date(date) IS
	'plain nir.tagged_date from date';

CREATE CAST (date AS nir.tagged_date) WITH FUNCTION nir.tagged_date(date) AS ASSIGNMENT;
COMMENT ON CAST (date AS nir.tagged_date) IS 'plain nir.tagged_date from date';

CREATE FUNCTION nir.tagged_date(timestamp) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_from_timestamp';
COMMENT ON FUNCTION nir.tagged_date(timestamp) IS
	'plain nir.tagged_date from timestamp';

CREATE CAST (timestamp AS nir.tagged_date) WITH FUNCTION nir.tagged_date(timestamp) AS ASSIGNMENT;
COMMENT ON CAST (timestamp AS nir.tagged_date) IS 'plain nir.tagged_date from timestamp';

CREATE FUNCTION nir.tagged_date(timestamptz) RETURNS nir.tagged_date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_from_timestamptz';
COMMENT ON FUNCTION nir.tagged_date(timestamptz) IS
	'plain nir.tagged_date from timestamptz';

CREATE CAST (timestamptz AS nir.tagged_date) WITH FUNCTION nir.tagged_date(timestamptz) AS ASSIGNMENT;
COMMENT ON CAST (timestamptz AS nir.tagged_date) IS 'plain nir.tagged_date from timestamptz';

CREATE FUNCTION nir.tagged_date_to_json(nir.tagged_date) RETURNS json
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_json';
COMMENT ON FUNCTION nir.tagged_date_to_json(nir.tagged_date) IS
	'json from nir.tagged_date, if it may be read now';

CREATE CAST (nir.tagged_date AS json) WITH FUNCTION nir.tagged_date_to_json(nir.tagged_date);
COMMENT ON CAST (nir.tagged_date AS json) IS 'json from nir.tagged_date, if it may be read now';

CREATE FUNCTION nir.tagged_date_to_jsonb(nir.tagged_date) RETURNS jsonb
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_jsonb';
COMMENT ON FUNCTION nir.tagged_date_to_jsonb(nir.tagged_date) IS
	'jsonb from nir.tagged_date, if it may be read now';

CREATE CAST (nir.tagged_date AS jsonb) WITH FUNCTION nir.tagged_date_to_jsonb(nir.tagged_date);
COMMENT ON CAST (nir.tagged_date AS jsonb) IS 'jsonb from nir.tagged_date, if it may be read now';

-- ---- comparison ----

CREATE FUNCTION nir.tagged_date_lt(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt';
COMMENT ON FUNCTION nir.tagged_date_lt(nir.tagged_date, nir.tagged_date) IS
	'less than';

CREATE FUNCTION nir.tagged_date_le(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le';
COMMENT ON FUNCTION nir.tagged_date_le(nir.tagged_date, nir.tagged_date) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_date_eq(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq';
COMMENT ON FUNCTION nir.tagged_date_eq(nir.tagged_date, nir.tagged_date) IS
	'equal';

CREATE FUNCTION nir.tagged_date_ge(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge';
COMMENT ON FUNCTION nir.tagged_date_ge(nir.tagged_date, nir.tagged_date) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_date_gt(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt';
COMMENT ON FUNCTION nir.tagged_date_gt(nir.tagged_date, nir.tagged_date) IS
	'greater than';

CREATE FUNCTION nir.tagged_date_ne(nir.tagged_date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne';
COMMENT ON FUNCTION nir.tagged_date_ne(nir.tagged_date, nir.tagged_date) IS
	'not equal';

CREATE FUNCTION nir.tagged_date_cmp(nir.tagged_date, nir.tagged_date) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp';
COMMENT ON FUNCTION nir.tagged_date_cmp(nir.tagged_date, nir.tagged_date) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_date_lt,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_date, nir.tagged_date) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_date_le,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_date, nir.tagged_date) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_date_eq,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_date, nir.tagged_date) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_date_ge,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_date, nir.tagged_date) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_date_gt,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_date, nir.tagged_date) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_date_ne,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_date, nir.tagged_date) IS 'not equal';

-- ---- comparison with date ----

CREATE FUNCTION nir.tagged_date_lt_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_lt_int32';
COMMENT ON FUNCTION nir.tagged_date_lt_date(nir.tagged_date, date) IS
	'less than';

CREATE FUNCTION nir.tagged_date_le_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_le_int32';
COMMENT ON FUNCTION nir.tagged_date_le_date(nir.tagged_date, date) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_date_eq_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_eq_int32';
COMMENT ON FUNCTION nir.tagged_date_eq_date(nir.tagged_date, date) IS
	'equal';

CREATE FUNCTION nir.tagged_date_ge_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ge_int32';
COMMENT ON FUNCTION nir.tagged_date_ge_date(nir.tagged_date, date) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_date_gt_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_gt_int32';
COMMENT ON FUNCTION nir.tagged_date_gt_date(nir.tagged_date, date) IS
	'greater than';

CREATE FUNCTION nir.tagged_date_ne_date(nir.tagged_date, date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_ne_int32';
COMMENT ON FUNCTION nir.tagged_date_ne_date(nir.tagged_date, date) IS
	'not equal';

CREATE FUNCTION nir.tagged_date_cmp_date(nir.tagged_date, date) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_cmp_int32';
COMMENT ON FUNCTION nir.tagged_date_cmp_date(nir.tagged_date, date) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_date_lt_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_date, date) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_date_le_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_date, date) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_date_eq_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_date, date) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_date_ge_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_date, date) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_date_gt_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_date, date) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_date_ne_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_date, date) IS 'not equal';

CREATE FUNCTION nir.date_lt_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_lt_scalar';
COMMENT ON FUNCTION nir.date_lt_tagged_date(date, nir.tagged_date) IS
	'less than';

CREATE FUNCTION nir.date_le_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_le_scalar';
COMMENT ON FUNCTION nir.date_le_tagged_date(date, nir.tagged_date) IS
	'less than or equal';

CREATE FUNCTION nir.date_eq_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_eq_scalar';
COMMENT ON FUNCTION nir.date_eq_tagged_date(date, nir.tagged_date) IS
	'equal';

CREATE FUNCTION nir.date_ge_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_ge_scalar';
COMMENT ON FUNCTION nir.date_ge_tagged_date(date, nir.tagged_date) IS
	'greater than or equal';

CREATE FUNCTION nir.date_gt_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_gt_scalar';
COMMENT ON FUNCTION nir.date_gt_tagged_date(date, nir.tagged_date) IS
	'greater than';

CREATE FUNCTION nir.date_ne_tagged_date(date, nir.tagged_date) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_ne_scalar';
COMMENT ON FUNCTION nir.date_ne_tagged_date(date, nir.tagged_date) IS
	'not equal';

CREATE FUNCTION nir.date_cmp_tagged_date(date, nir.tagged_date) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_int32_cmp_scalar';
COMMENT ON FUNCTION nir.date_cmp_tagged_date(date, nir.tagged_date) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.date_lt_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (date, nir.tagged_date) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.date_le_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (date, nir.tagged_date) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.date_eq_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (date, nir.tagged_date) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.date_ge_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (date, nir.tagged_date) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.date_gt_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (date, nir.tagged_date) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.date_ne_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (date, nir.tagged_date) IS 'not equal';

-- ---- index support ----

CREATE FUNCTION nir.tagged_date_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_sortsupport';
COMMENT ON FUNCTION nir.tagged_date_sortsupport(internal) IS
	'sort support';

CREATE FUNCTION nir.tagged_date_hash(nir.tagged_date) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash';
COMMENT ON FUNCTION nir.tagged_date_hash(nir.tagged_date) IS
	'hash';

CREATE FUNCTION nir.tagged_date_hash_extended(nir.tagged_date, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_hash_extended';
COMMENT ON FUNCTION nir.tagged_date_hash_extended(nir.tagged_date, bigint) IS
	'extended hash';

CREATE OPERATOR FAMILY nir.tagged_date_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.tagged_date_ops USING btree IS 'nir.tagged_date and date';

CREATE OPERATOR CLASS nir.tagged_date_ops DEFAULT FOR TYPE nir.tagged_date USING btree FAMILY nir.tagged_date_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.tagged_date_cmp(nir.tagged_date, nir.tagged_date),
	FUNCTION 2 nir.tagged_date_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.tagged_date_ops USING btree IS 'nir.tagged_date';

ALTER OPERATOR FAMILY nir.tagged_date_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.tagged_date, date),
	OPERATOR 2 pg_catalog.<= (nir.tagged_date, date),
	OPERATOR 3 pg_catalog.= (nir.tagged_date, date),
	OPERATOR 4 pg_catalog.>= (nir.tagged_date, date),
	OPERATOR 5 pg_catalog.> (nir.tagged_date, date),
	FUNCTION 1 (nir.tagged_date, date) nir.tagged_date_cmp_date(nir.tagged_date, date),
	OPERATOR 1 pg_catalog.< (date, nir.tagged_date),
	OPERATOR 2 pg_catalog.<= (date, nir.tagged_date),
	OPERATOR 3 pg_catalog.= (date, nir.tagged_date),
	OPERATOR 4 pg_catalog.>= (date, nir.tagged_date),
	OPERATOR 5 pg_catalog.> (date, nir.tagged_date),
	FUNCTION 1 (date, nir.tagged_date) nir.date_cmp_tagged_date(date, nir.tagged_date);

CREATE OPERATOR FAMILY nir.tagged_date_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.tagged_date_ops USING hash IS 'nir.tagged_date and date';

CREATE OPERATOR CLASS nir.tagged_date_ops DEFAULT FOR TYPE nir.tagged_date USING hash FAMILY nir.tagged_date_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.tagged_date_hash(nir.tagged_date),
	FUNCTION 2 nir.tagged_date_hash_extended(nir.tagged_date, bigint);
COMMENT ON OPERATOR CLASS nir.tagged_date_ops USING hash IS 'nir.tagged_date';

-- The base type's own equality and hash complete the family: hashed IN (SELECT ...)
-- needs the equality within either side.
ALTER OPERATOR FAMILY nir.tagged_date_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (nir.tagged_date, date),
	OPERATOR 1 pg_catalog.= (date, nir.tagged_date),
	OPERATOR 1 pg_catalog.= (date, date),
	FUNCTION 1 (date, date) pg_catalog.hashint4(integer),
	FUNCTION 2 (date, date) pg_catalog.hashint4extended(integer, bigint);

-- ---- arithmetic and parts of a date; a tagged result keeps the tag ----

CREATE FUNCTION nir.tagged_date_plus_int4(nir.tagged_date, integer) RETURNS nir.tagged_date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_plus_int4';
COMMENT ON FUNCTION nir.tagged_date_plus_int4(nir.tagged_date, integer) IS
	'implementation of + operator';

CREATE OPERATOR pg_catalog.+ (
	FUNCTION = nir.tagged_date_plus_int4,
	LEFTARG = nir.tagged_date,
	RIGHTARG = integer
);
COMMENT ON OPERATOR pg_catalog.+ (nir.tagged_date, integer) IS 'days later';

CREATE FUNCTION nir.tagged_date_minus_int4(nir.tagged_date, integer) RETURNS nir.tagged_date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_minus_int4';
COMMENT ON FUNCTION nir.tagged_date_minus_int4(nir.tagged_date, integer) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_date_minus_int4,
	LEFTARG = nir.tagged_date,
	RIGHTARG = integer
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_date, integer) IS 'days earlier';

CREATE FUNCTION nir.tagged_date_minus(nir.tagged_date, nir.tagged_date) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_minus';
COMMENT ON FUNCTION nir.tagged_date_minus(nir.tagged_date, nir.tagged_date) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_date_minus,
	LEFTARG = nir.tagged_date,
	RIGHTARG = nir.tagged_date
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_date, nir.tagged_date) IS 'days between';

CREATE FUNCTION nir.tagged_date_minus_date(nir.tagged_date, date) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_minus_date';
COMMENT ON FUNCTION nir.tagged_date_minus_date(nir.tagged_date, date) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.tagged_date_minus_date,
	LEFTARG = nir.tagged_date,
	RIGHTARG = date
);
COMMENT ON OPERATOR pg_catalog.- (nir.tagged_date, date) IS 'days between';

CREATE FUNCTION nir.date_minus_tagged_date(date, nir.tagged_date) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_date_minus_tagged_date';
COMMENT ON FUNCTION nir.date_minus_tagged_date(date, nir.tagged_date) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.date_minus_tagged_date,
	LEFTARG = date,
	RIGHTARG = nir.tagged_date
);
COMMENT ON OPERATOR pg_catalog.- (date, nir.tagged_date) IS 'days between';

CREATE FUNCTION pg_catalog.date(nir.tagged_date) RETURNS date
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_date';
COMMENT ON FUNCTION pg_catalog.date(nir.tagged_date) IS
	'the date, if it may be read now';

CREATE FUNCTION pg_catalog.extract(text, nir.tagged_date) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_extract';
COMMENT ON FUNCTION pg_catalog.extract(text, nir.tagged_date) IS
	'a field of the date';

CREATE FUNCTION pg_catalog.date_part(text, nir.tagged_date) RETURNS nir.tagged_numeric
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_extract';
COMMENT ON FUNCTION pg_catalog.date_part(text, nir.tagged_date) IS
	'a field of the date';

CREATE FUNCTION pg_catalog.to_char(nir.tagged_date, text) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_to_char';
COMMENT ON FUNCTION pg_catalog.to_char(nir.tagged_date, text) IS
	'the date as formatted text';

CREATE FUNCTION pg_catalog.date_trunc(text, nir.tagged_date) RETURNS timestamptz
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_trunc';
COMMENT ON FUNCTION pg_catalog.date_trunc(text, nir.tagged_date) IS
	'the beginning of the period the date is in, if it may be read now';

CREATE FUNCTION pg_catalog.age(nir.tagged_date) RETURNS interval
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_age';
COMMENT ON FUNCTION pg_catalog.age(nir.tagged_date) IS
	'time from the date to today, if it may be read now';

CREATE FUNCTION pg_catalog.age(nir.tagged_date, nir.tagged_date) RETURNS interval
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_age2';
COMMENT ON FUNCTION pg_catalog.age(nir.tagged_date, nir.tagged_date) IS
	'time between two dates, if they may be read now';

CREATE FUNCTION pg_catalog.age(nir.tagged_date, timestamptz) RETURNS interval
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_date_age_timestamptz';
COMMENT ON FUNCTION pg_catalog.age(nir.tagged_date, timestamptz) IS
	'time between, if the date may be read now';

CREATE FUNCTION pg_catalog.age(timestamptz, nir.tagged_date) RETURNS interval
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_timestamptz_age_tagged_date';
COMMENT ON FUNCTION pg_catalog.age(timestamptz, nir.tagged_date) IS
	'time between, if the date may be read now';

CREATE FUNCTION nir.tagged_date_smaller(nir.tagged_date, nir.tagged_date) RETURNS nir.tagged_date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_smaller';
COMMENT ON FUNCTION nir.tagged_date_smaller(nir.tagged_date, nir.tagged_date) IS
	'the smaller of two';

CREATE AGGREGATE pg_catalog.min(nir.tagged_date) (
	SFUNC = nir.tagged_date_smaller,
	STYPE = nir.tagged_date,
	COMBINEFUNC = nir.tagged_date_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(nir.tagged_date) IS 'the smallest value, with its tag';

CREATE FUNCTION nir.tagged_date_larger(nir.tagged_date, nir.tagged_date) RETURNS nir.tagged_date
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_scalar_larger';
COMMENT ON FUNCTION nir.tagged_date_larger(nir.tagged_date, nir.tagged_date) IS
	'the larger of two';

CREATE AGGREGATE pg_catalog.max(nir.tagged_date) (
	SFUNC = nir.tagged_date_larger,
	STYPE = nir.tagged_date,
	COMBINEFUNC = nir.tagged_date_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(nir.tagged_date) IS 'the largest value, with its tag';
