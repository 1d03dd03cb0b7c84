-- nir.tagged_text: a text and its purposes (its shell type is in tagged_date.sql).

CREATE FUNCTION nir.tagged_text_in(cstring, oid, integer) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_in';
COMMENT ON FUNCTION nir.tagged_text_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.tagged_text_out(nir.tagged_text) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_out';
COMMENT ON FUNCTION nir.tagged_text_out(nir.tagged_text) IS
	'output';

CREATE FUNCTION nir.tagged_text_recv(internal, oid, integer) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_recv';
COMMENT ON FUNCTION nir.tagged_text_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.tagged_text_send(nir.tagged_text) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_send';
COMMENT ON FUNCTION nir.tagged_text_send(nir.tagged_text) IS
	'binary output';

CREATE TYPE nir.tagged_text (
	INPUT = nir.tagged_text_in,
	OUTPUT = nir.tagged_text_out,
	RECEIVE = nir.tagged_text_recv,
	SEND = nir.tagged_text_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = extended,
	CATEGORY = 'S',
	COLLATABLE = true
);
COMMENT ON TYPE nir.tagged_text IS 'text, bound to purposes';

CREATE FUNCTION nir.tagged_text(nir.tagged_text, integer, boolean) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_bind';
COMMENT ON FUNCTION nir.tagged_text(nir.tagged_text, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE CAST (nir.tagged_text AS nir.tagged_text) WITH FUNCTION nir.tagged_text(nir.tagged_text, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_text AS nir.tagged_text) IS 'binds a value to the purposes of a column';

-- ---- casts ----

CREATE FUNCTION nir.tagged_text_to_text(nir.tagged_text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_to_text';
COMMENT ON FUNCTION nir.tagged_text_to_text(nir.tagged_text) IS
	'text from nir.tagged_text, if it may be read now';

CREATE CAST (nir.tagged_text AS text) WITH FUNCTION nir.tagged_text_to_text(nir.tagged_text) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_text AS text) IS 'text from nir.tagged_text, if it may be read now';

CREATE CAST (nir.tagged_text AS varchar) WITH FUNCTION nir.tagged_text_to_text(nir.tagged_text) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_text AS varchar) IS 'varchar from nir.tagged_text, if it may be read now';

CREATE CAST (nir.tagged_text AS bpchar) WITH FUNCTION nir.tagged_text_to_text(nir.tagged_text) AS IMPLICIT;
COMMENT ON CAST (nir.tagged_text AS bpchar) IS 'bpchar from nir.tagged_text, if it may be read now';

CREATE FUNCTION nir.tagged_text(text) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_from_text';
COMMENT ON FUNCTION nir.tagged_text(text) IS
	'plain nir.tagged_text from text';

CREATE CAST (text AS nir.tagged_text) WITH FUNCTION nir.tagged_text(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.tagged_text) IS 'plain nir.tagged_text from text';

CREATE CAST (varchar AS nir.tagged_text) WITH FUNCTION nir.tagged_text(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.tagged_text) IS 'plain nir.tagged_text from varchar';

CREATE FUNCTION nir.tagged_text(bpchar) RETURNS nir.tagged_text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_from_bpchar';
COMMENT ON FUNCTION nir.tagged_text(bpchar) IS
	'plain nir.tagged_text from bpchar';

CREATE CAST (bpchar AS nir.tagged_text) WITH FUNCTION nir.tagged_text(bpchar) AS ASSIGNMENT;
COMMENT ON CAST (bpchar AS nir.tagged_text) IS 'plain nir.tagged_text from bpchar';

-- ---- comparison ----

CREATE FUNCTION nir.tagged_text_lt(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_lt';
COMMENT ON FUNCTION nir.tagged_text_lt(nir.tagged_text, nir.tagged_text) IS
	'less than';

CREATE FUNCTION nir.tagged_text_le(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_le';
COMMENT ON FUNCTION nir.tagged_text_le(nir.tagged_text, nir.tagged_text) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_text_eq(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_eq';
COMMENT ON FUNCTION nir.tagged_text_eq(nir.tagged_text, nir.tagged_text) IS
	'equal';

CREATE FUNCTION nir.tagged_text_ge(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ge';
COMMENT ON FUNCTION nir.tagged_text_ge(nir.tagged_text, nir.tagged_text) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_text_gt(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_gt';
COMMENT ON FUNCTION nir.tagged_text_gt(nir.tagged_text, nir.tagged_text) IS
	'greater than';

CREATE FUNCTION nir.tagged_text_ne(nir.tagged_text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ne';
COMMENT ON FUNCTION nir.tagged_text_ne(nir.tagged_text, nir.tagged_text) IS
	'not equal';

CREATE FUNCTION nir.tagged_text_cmp(nir.tagged_text, nir.tagged_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_cmp';
COMMENT ON FUNCTION nir.tagged_text_cmp(nir.tagged_text, nir.tagged_text) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_text_lt,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_text, nir.tagged_text) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_text_le,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_text, nir.tagged_text) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_text_eq,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES,
	MERGES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_text, nir.tagged_text) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_text_ge,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_text, nir.tagged_text) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_text_gt,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_text, nir.tagged_text) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_text_ne,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_text, nir.tagged_text) IS 'not equal';

-- ---- comparison with text ----

CREATE FUNCTION nir.tagged_text_lt_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_lt_text';
COMMENT ON FUNCTION nir.tagged_text_lt_text(nir.tagged_text, text) IS
	'less than';

CREATE FUNCTION nir.tagged_text_le_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_le_text';
COMMENT ON FUNCTION nir.tagged_text_le_text(nir.tagged_text, text) IS
	'less than or equal';

CREATE FUNCTION nir.tagged_text_eq_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_eq_text';
COMMENT ON FUNCTION nir.tagged_text_eq_text(nir.tagged_text, text) IS
	'equal';

CREATE FUNCTION nir.tagged_text_ge_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ge_text';
COMMENT ON FUNCTION nir.tagged_text_ge_text(nir.tagged_text, text) IS
	'greater than or equal';

CREATE FUNCTION nir.tagged_text_gt_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_gt_text';
COMMENT ON FUNCTION nir.tagged_text_gt_text(nir.tagged_text, text) IS
	'greater than';

CREATE FUNCTION nir.tagged_text_ne_text(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ne_text';
COMMENT ON FUNCTION nir.tagged_text_ne_text(nir.tagged_text, text) IS
	'not equal';

CREATE FUNCTION nir.tagged_text_cmp_text(nir.tagged_text, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_cmp_text';
COMMENT ON FUNCTION nir.tagged_text_cmp_text(nir.tagged_text, text) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.tagged_text_lt_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.tagged_text, text) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.tagged_text_le_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.tagged_text, text) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.tagged_text_eq_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.tagged_text, text) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.tagged_text_ge_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.tagged_text, text) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.tagged_text_gt_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.tagged_text, text) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.tagged_text_ne_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.tagged_text, text) IS 'not equal';

CREATE FUNCTION nir.text_lt_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_lt_tagged_text';
COMMENT ON FUNCTION nir.text_lt_tagged_text(text, nir.tagged_text) IS
	'less than';

CREATE FUNCTION nir.text_le_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_le_tagged_text';
COMMENT ON FUNCTION nir.text_le_tagged_text(text, nir.tagged_text) IS
	'less than or equal';

CREATE FUNCTION nir.text_eq_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_eq_tagged_text';
COMMENT ON FUNCTION nir.text_eq_tagged_text(text, nir.tagged_text) IS
	'equal';

CREATE FUNCTION nir.text_ge_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_ge_tagged_text';
COMMENT ON FUNCTION nir.text_ge_tagged_text(text, nir.tagged_text) IS
	'greater than or equal';

CREATE FUNCTION nir.text_gt_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_gt_tagged_text';
COMMENT ON FUNCTION nir.text_gt_tagged_text(text, nir.tagged_text) IS
	'greater than';

CREATE FUNCTION nir.text_ne_tagged_text(text, nir.tagged_text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_ne_tagged_text';
COMMENT ON FUNCTION nir.text_ne_tagged_text(text, nir.tagged_text) IS
	'not equal';

CREATE FUNCTION nir.text_cmp_tagged_text(text, nir.tagged_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_cmp_tagged_text';
COMMENT ON FUNCTION nir.text_cmp_tagged_text(text, nir.tagged_text) IS
	'btree comparison';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.text_lt_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel,
	JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (text, nir.tagged_text) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.text_le_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel,
	JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (text, nir.tagged_text) IS 'less than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.text_eq_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel,
	JOIN = pg_catalog.eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (text, nir.tagged_text) IS 'equal';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.text_ge_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel,
	JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (text, nir.tagged_text) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.text_gt_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel,
	JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (text, nir.tagged_text) IS 'greater than';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.text_ne_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (text, nir.tagged_text) IS 'not equal';

-- ---- index support ----

CREATE FUNCTION nir.tagged_text_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_sortsupport';
COMMENT ON FUNCTION nir.tagged_text_sortsupport(internal) IS
	'sort support';

CREATE FUNCTION nir.tagged_text_hash(nir.tagged_text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_hash';
COMMENT ON FUNCTION nir.tagged_text_hash(nir.tagged_text) IS
	'hash';

CREATE FUNCTION nir.tagged_text_hash_extended(nir.tagged_text, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_hash_extended';
COMMENT ON FUNCTION nir.tagged_text_hash_extended(nir.tagged_text, bigint) IS
	'extended hash';

CREATE OPERATOR FAMILY nir.tagged_text_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.tagged_text_ops USING btree IS 'nir.tagged_text and text';

CREATE OPERATOR CLASS nir.tagged_text_ops DEFAULT FOR TYPE nir.tagged_text USING btree FAMILY nir.tagged_text_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.tagged_text_cmp(nir.tagged_text, nir.tagged_text),
	FUNCTION 2 nir.tagged_text_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.tagged_text_ops USING btree IS 'nir.tagged_text';

ALTER OPERATOR FAMILY nir.tagged_text_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.tagged_text, text),
	OPERATOR 2 pg_catalog.<= (nir.tagged_text, text),
	OPERATOR 3 pg_catalog.= (nir.tagged_text, text),
	OPERATOR 4 pg_catalog.>= (nir.tagged_text, text),
	OPERATOR 5 pg_catalog.> (nir.tagged_text, text),
	FUNCTION 1 (nir.tagged_text, text) nir.tagged_text_cmp_text(nir.tagged_text, text),
	OPERATOR 1 pg_catalog.< (text, nir.tagged_text),
	OPERATOR 2 pg_catalog.<= (text, nir.tagged_text),
	OPERATOR 3 pg_catalog.= (text, nir.tagged_text),
	OPERATOR 4 pg_catalog.>= (text, nir.tagged_text),
	OPERATOR 5 pg_catalog.> (text, nir.tagged_text),
	FUNCTION 1 (text, nir.tagged_text) nir.text_cmp_tagged_text(text, nir.tagged_text);

CREATE OPERATOR FAMILY nir.tagged_text_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.tagged_text_ops USING hash IS 'nir.tagged_text and text';

CREATE OPERATOR CLASS nir.tagged_text_ops DEFAULT FOR TYPE nir.tagged_text USING hash FAMILY nir.tagged_text_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.tagged_text_hash(nir.tagged_text),
	FUNCTION 2 nir.tagged_text_hash_extended(nir.tagged_text, bigint);
COMMENT ON OPERATOR CLASS nir.tagged_text_ops USING hash IS 'nir.tagged_text';

-- The base type's own equality and hash complete the family: hashed IN (SELECT ...)
-- needs the equality within either side.
ALTER OPERATOR FAMILY nir.tagged_text_ops USING hash ADD
	OPERATOR 1 pg_catalog.= (nir.tagged_text, text),
	OPERATOR 1 pg_catalog.= (text, nir.tagged_text),
	OPERATOR 1 pg_catalog.= (text, text),
	FUNCTION 1 (text, text) pg_catalog.hashtext(text),
	FUNCTION 2 (text, text) pg_catalog.hashtextextended(text, bigint);

-- ---- functions of text that keep the tag; of two tagged values, what both allow ----

CREATE FUNCTION nir.tagged_text_concat(nir.tagged_text, nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_concat';
COMMENT ON FUNCTION nir.tagged_text_concat(nir.tagged_text, nir.tagged_text) IS
	'implementation of || operator';

CREATE FUNCTION nir.tagged_text_concat_text(nir.tagged_text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_concat_text';
COMMENT ON FUNCTION nir.tagged_text_concat_text(nir.tagged_text, text) IS
	'implementation of || operator';

CREATE FUNCTION nir.text_concat_tagged_text(text, nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_concat_tagged_text';
COMMENT ON FUNCTION nir.text_concat_tagged_text(text, nir.tagged_text) IS
	'implementation of || operator';

CREATE OPERATOR pg_catalog.|| (
	FUNCTION = nir.tagged_text_concat,
	LEFTARG = nir.tagged_text,
	RIGHTARG = nir.tagged_text
);
COMMENT ON OPERATOR pg_catalog.|| (nir.tagged_text, nir.tagged_text) IS 'concatenate';

CREATE OPERATOR pg_catalog.|| (
	FUNCTION = nir.tagged_text_concat_text,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text
);
COMMENT ON OPERATOR pg_catalog.|| (nir.tagged_text, text) IS 'concatenate';

CREATE OPERATOR pg_catalog.|| (
	FUNCTION = nir.text_concat_tagged_text,
	LEFTARG = text,
	RIGHTARG = nir.tagged_text
);
COMMENT ON OPERATOR pg_catalog.|| (text, nir.tagged_text) IS 'concatenate';

CREATE FUNCTION pg_catalog.lower(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_lower';
COMMENT ON FUNCTION pg_catalog.lower(nir.tagged_text) IS
	'lower case';

CREATE FUNCTION pg_catalog.upper(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_upper';
COMMENT ON FUNCTION pg_catalog.upper(nir.tagged_text) IS
	'upper case';

CREATE FUNCTION pg_catalog.initcap(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_initcap';
COMMENT ON FUNCTION pg_catalog.initcap(nir.tagged_text) IS
	'every word capitalized';

CREATE FUNCTION pg_catalog.left(nir.tagged_text, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_left';
COMMENT ON FUNCTION pg_catalog.left(nir.tagged_text, integer) IS
	'the first characters';

CREATE FUNCTION pg_catalog.right(nir.tagged_text, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_right';
COMMENT ON FUNCTION pg_catalog.right(nir.tagged_text, integer) IS
	'the last characters';

CREATE FUNCTION pg_catalog.substring(nir.tagged_text, integer, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_substring';
COMMENT ON FUNCTION pg_catalog.substring(nir.tagged_text, integer, integer) IS
	'part of the text';

CREATE FUNCTION pg_catalog.substring(nir.tagged_text, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_substring_from';
COMMENT ON FUNCTION pg_catalog.substring(nir.tagged_text, integer) IS
	'part of the text';

CREATE FUNCTION pg_catalog.substring(nir.tagged_text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_substring_regex';
COMMENT ON FUNCTION pg_catalog.substring(nir.tagged_text, text) IS
	'the part that matches a regular expression';

CREATE FUNCTION pg_catalog.substr(nir.tagged_text, integer, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_substring';
COMMENT ON FUNCTION pg_catalog.substr(nir.tagged_text, integer, integer) IS
	'part of the text';

CREATE FUNCTION pg_catalog.substr(nir.tagged_text, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_substring_from';
COMMENT ON FUNCTION pg_catalog.substr(nir.tagged_text, integer) IS
	'part of the text';

CREATE FUNCTION pg_catalog.btrim(nir.tagged_text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_btrim';
COMMENT ON FUNCTION pg_catalog.btrim(nir.tagged_text, text) IS
	'without these characters at both ends';

CREATE FUNCTION pg_catalog.btrim(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_btrim_blanks';
COMMENT ON FUNCTION pg_catalog.btrim(nir.tagged_text) IS
	'without blanks at both ends';

CREATE FUNCTION pg_catalog.ltrim(nir.tagged_text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ltrim';
COMMENT ON FUNCTION pg_catalog.ltrim(nir.tagged_text, text) IS
	'without these characters in front';

CREATE FUNCTION pg_catalog.ltrim(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ltrim_blanks';
COMMENT ON FUNCTION pg_catalog.ltrim(nir.tagged_text) IS
	'without blanks in front';

CREATE FUNCTION pg_catalog.rtrim(nir.tagged_text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_rtrim';
COMMENT ON FUNCTION pg_catalog.rtrim(nir.tagged_text, text) IS
	'without these characters at the end';

CREATE FUNCTION pg_catalog.rtrim(nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_rtrim_blanks';
COMMENT ON FUNCTION pg_catalog.rtrim(nir.tagged_text) IS
	'without blanks at the end';

CREATE FUNCTION pg_catalog.replace(nir.tagged_text, text, text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_replace';
COMMENT ON FUNCTION pg_catalog.replace(nir.tagged_text, text, text) IS
	'with every occurrence of one text replaced by another';

CREATE FUNCTION pg_catalog.split_part(nir.tagged_text, text, integer) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_split_part';
COMMENT ON FUNCTION pg_catalog.split_part(nir.tagged_text, text, integer) IS
	'one field of a delimited text';

CREATE FUNCTION pg_catalog.length(nir.tagged_text) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_length';
COMMENT ON FUNCTION pg_catalog.length(nir.tagged_text) IS
	'number of characters';

CREATE FUNCTION pg_catalog.char_length(nir.tagged_text) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_length';
COMMENT ON FUNCTION pg_catalog.char_length(nir.tagged_text) IS
	'number of characters';

CREATE FUNCTION pg_catalog.character_length(nir.tagged_text) RETURNS nir.tagged_int
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_length';
COMMENT ON FUNCTION pg_catalog.character_length(nir.tagged_text) IS
	'number of characters';

-- ---- pattern matching ----

CREATE FUNCTION nir.tagged_text_like_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_like_support';
COMMENT ON FUNCTION nir.tagged_text_like_support(internal) IS
	'planner support: a constant prefix as a range of the index';

CREATE FUNCTION nir.tagged_text_starts_with_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_starts_with_support';
COMMENT ON FUNCTION nir.tagged_text_starts_with_support(internal) IS
	'planner support: a constant prefix as a range of the index';

CREATE FUNCTION nir.tagged_text_like(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	SUPPORT nir.tagged_text_like_support
	AS 'MODULE_PATHNAME', 'nir_tagged_text_like';
COMMENT ON FUNCTION nir.tagged_text_like(nir.tagged_text, text) IS
	'implementation of ~~ operator; an invalid pattern matches nothing';

CREATE FUNCTION nir.tagged_text_not_like(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_not_like';
COMMENT ON FUNCTION nir.tagged_text_not_like(nir.tagged_text, text) IS
	'implementation of !~~ operator; false for an invalid pattern too';

CREATE FUNCTION nir.tagged_text_ilike(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_ilike';
COMMENT ON FUNCTION nir.tagged_text_ilike(nir.tagged_text, text) IS
	'implementation of ~~* operator; an invalid pattern matches nothing';

CREATE FUNCTION nir.tagged_text_not_ilike(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_not_ilike';
COMMENT ON FUNCTION nir.tagged_text_not_ilike(nir.tagged_text, text) IS
	'implementation of !~~* operator; false for an invalid pattern too';

CREATE FUNCTION nir.tagged_text_regex_eq(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_regex_eq';
COMMENT ON FUNCTION nir.tagged_text_regex_eq(nir.tagged_text, text) IS
	'implementation of ~ operator';

CREATE FUNCTION nir.tagged_text_regex_ne(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_regex_ne';
COMMENT ON FUNCTION nir.tagged_text_regex_ne(nir.tagged_text, text) IS
	'implementation of !~ operator';

CREATE FUNCTION nir.tagged_text_iregex_eq(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_iregex_eq';
COMMENT ON FUNCTION nir.tagged_text_iregex_eq(nir.tagged_text, text) IS
	'implementation of ~* operator';

CREATE FUNCTION nir.tagged_text_iregex_ne(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_iregex_ne';
COMMENT ON FUNCTION nir.tagged_text_iregex_ne(nir.tagged_text, text) IS
	'implementation of !~* operator';

CREATE FUNCTION pg_catalog.starts_with(nir.tagged_text, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	SUPPORT nir.tagged_text_starts_with_support
	AS 'MODULE_PATHNAME', 'nir_tagged_text_starts_with';
COMMENT ON FUNCTION pg_catalog.starts_with(nir.tagged_text, text) IS
	'true if the text begins with this prefix; implementation of ^@ operator';

-- An invalid pattern makes both LIKE and NOT LIKE false, so they are not each
-- other's negators; without one, the selectivity functions of NOT LIKE refuse.

CREATE OPERATOR pg_catalog.~~ (
	FUNCTION = nir.tagged_text_like,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	RESTRICT = pg_catalog.likesel,
	JOIN = pg_catalog.likejoinsel
);
COMMENT ON OPERATOR pg_catalog.~~ (nir.tagged_text, text) IS 'matches LIKE expression';

CREATE OPERATOR pg_catalog.!~~ (
	FUNCTION = nir.tagged_text_not_like,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.!~~ (nir.tagged_text, text) IS 'does not match LIKE expression';

CREATE OPERATOR pg_catalog.~~* (
	FUNCTION = nir.tagged_text_ilike,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	RESTRICT = pg_catalog.iclikesel,
	JOIN = pg_catalog.iclikejoinsel
);
COMMENT ON OPERATOR pg_catalog.~~* (nir.tagged_text, text) IS 'matches LIKE expression, case-insensitive';

CREATE OPERATOR pg_catalog.!~~* (
	FUNCTION = nir.tagged_text_not_ilike,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	RESTRICT = pg_catalog.neqsel,
	JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.!~~* (nir.tagged_text, text) IS 'does not match LIKE expression, case-insensitive';

CREATE OPERATOR pg_catalog.~ (
	FUNCTION = nir.tagged_text_regex_eq,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	NEGATOR = OPERATOR(pg_catalog.!~),
	RESTRICT = pg_catalog.regexeqsel,
	JOIN = pg_catalog.regexeqjoinsel
);
COMMENT ON OPERATOR pg_catalog.~ (nir.tagged_text, text) IS 'matches regular expression';

CREATE OPERATOR pg_catalog.!~ (
	FUNCTION = nir.tagged_text_regex_ne,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	NEGATOR = OPERATOR(pg_catalog.~),
	RESTRICT = pg_catalog.regexnesel,
	JOIN = pg_catalog.regexnejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~ (nir.tagged_text, text) IS 'does not match regular expression';

CREATE OPERATOR pg_catalog.~* (
	FUNCTION = nir.tagged_text_iregex_eq,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	NEGATOR = OPERATOR(pg_catalog.!~*),
	RESTRICT = pg_catalog.icregexeqsel,
	JOIN = pg_catalog.icregexeqjoinsel
);
COMMENT ON OPERATOR pg_catalog.~* (nir.tagged_text, text) IS 'matches regular expression, case-insensitive';

CREATE OPERATOR pg_catalog.!~* (
	FUNCTION = nir.tagged_text_iregex_ne,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	NEGATOR = OPERATOR(pg_catalog.~*),
	RESTRICT = pg_catalog.icregexnesel,
	JOIN = pg_catalog.icregexnejoinsel
);
COMMENT ON OPERATOR pg_catalog.!~* (nir.tagged_text, text) IS 'does not match regular expression, case-insensitive';

CREATE OPERATOR pg_catalog.^@ (
	FUNCTION = pg_catalog.starts_with,
	LEFTARG = nir.tagged_text,
	RIGHTARG = text,
	RESTRICT = pg_catalog.prefixsel,
	JOIN = pg_catalog.prefixjoinsel
);
COMMENT ON OPERATOR pg_catalog.^@ (nir.tagged_text, text) IS 'starts with';

-- ---- aggregates ----

CREATE FUNCTION nir.tagged_text_smaller(nir.tagged_text, nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_smaller';
COMMENT ON FUNCTION nir.tagged_text_smaller(nir.tagged_text, nir.tagged_text) IS
	'the smaller of two';

CREATE AGGREGATE pg_catalog.min(nir.tagged_text) (
	SFUNC = nir.tagged_text_smaller,
	STYPE = nir.tagged_text,
	COMBINEFUNC = nir.tagged_text_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(nir.tagged_text) IS 'the smallest value, with its tag';

CREATE FUNCTION nir.tagged_text_larger(nir.tagged_text, nir.tagged_text) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_larger';
COMMENT ON FUNCTION nir.tagged_text_larger(nir.tagged_text, nir.tagged_text) IS
	'the larger of two';

CREATE AGGREGATE pg_catalog.max(nir.tagged_text) (
	SFUNC = nir.tagged_text_larger,
	STYPE = nir.tagged_text,
	COMBINEFUNC = nir.tagged_text_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(nir.tagged_text) IS 'the largest value, with its tag';

CREATE FUNCTION nir.tagged_text_accumulate(internal, nir.tagged_text, text) RETURNS internal
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_accumulate';
COMMENT ON FUNCTION nir.tagged_text_accumulate(internal, nir.tagged_text, text) IS
	'transition of string_agg';

CREATE FUNCTION nir.tagged_text_joined(internal) RETURNS nir.tagged_text
	LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_text_joined';
COMMENT ON FUNCTION nir.tagged_text_joined(internal) IS
	'final function of string_agg';

CREATE AGGREGATE pg_catalog.string_agg(nir.tagged_text, text) (
	SFUNC = nir.tagged_text_accumulate,
	STYPE = internal,
	FINALFUNC = nir.tagged_text_joined,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.string_agg(nir.tagged_text, text) IS 'all values with a delimiter between, for what all may be used for';
