-- nir.duf: number of the immigration authorities, 12 digits, tagged.

CREATE TYPE nir.duf;

CREATE FUNCTION nir.duf_in(cstring, oid, integer) RETURNS nir.duf
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_in';
COMMENT ON FUNCTION nir.duf_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.duf_out(nir.duf) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_out';
COMMENT ON FUNCTION nir.duf_out(nir.duf) IS
	'output';

CREATE FUNCTION nir.duf_recv(internal, oid, integer) RETURNS nir.duf
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_recv';
COMMENT ON FUNCTION nir.duf_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.duf_send(nir.duf) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_send';
COMMENT ON FUNCTION nir.duf_send(nir.duf) IS
	'binary output';

CREATE TYPE nir.duf (
	INPUT = nir.duf_in,
	OUTPUT = nir.duf_out,
	RECEIVE = nir.duf_recv,
	SEND = nir.duf_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'S'
);
COMMENT ON TYPE nir.duf IS 'DUF number, bound to purposes';

CREATE FUNCTION nir.duf(nir.duf, integer, boolean) RETURNS nir.duf
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_coerce';
COMMENT ON FUNCTION nir.duf(nir.duf, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE FUNCTION nir.duf(text) RETURNS nir.duf
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_from_text';
COMMENT ON FUNCTION nir.duf(text) IS
	'DUF number from text';

CREATE FUNCTION nir.duf_to_text(nir.duf) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_to_text';
COMMENT ON FUNCTION nir.duf_to_text(nir.duf) IS
	'DUF number as text';

CREATE CAST (nir.duf AS nir.duf) WITH FUNCTION nir.duf(nir.duf, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.duf AS nir.duf) IS 'binds a value to the purposes of a column';
CREATE CAST (nir.duf AS text) WITH FUNCTION nir.duf_to_text(nir.duf) AS IMPLICIT;
COMMENT ON CAST (nir.duf AS text) IS 'DUF number as text';
CREATE CAST (nir.duf AS varchar) WITH FUNCTION nir.duf_to_text(nir.duf) AS IMPLICIT;
COMMENT ON CAST (nir.duf AS varchar) IS 'DUF number as text';
CREATE CAST (text AS nir.duf) WITH FUNCTION nir.duf(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.duf) IS 'DUF number from text';
CREATE CAST (varchar AS nir.duf) WITH FUNCTION nir.duf(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.duf) IS 'DUF number from text';

-- A number has lost the zeros in front.  The server would convert it on
-- assignment, as it converts anything to a type of category S; a cast that must
-- be written out stops that.
CREATE CAST (bigint AS nir.duf) WITH INOUT;
COMMENT ON CAST (bigint AS nir.duf) IS 'DUF number from a number that has all its digits';
CREATE CAST (numeric AS nir.duf) WITH INOUT;
COMMENT ON CAST (numeric AS nir.duf) IS 'DUF number from a number that has all its digits';

-- ---- comparisons ----

CREATE FUNCTION nir.duf_eq(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_eq';
COMMENT ON FUNCTION nir.duf_eq(nir.duf, nir.duf) IS
	'implementation of = operator';

CREATE FUNCTION nir.duf_ne(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ne';
COMMENT ON FUNCTION nir.duf_ne(nir.duf, nir.duf) IS
	'implementation of <> operator';

CREATE FUNCTION nir.duf_lt(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_lt';
COMMENT ON FUNCTION nir.duf_lt(nir.duf, nir.duf) IS
	'implementation of < operator';

CREATE FUNCTION nir.duf_le(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_le';
COMMENT ON FUNCTION nir.duf_le(nir.duf, nir.duf) IS
	'implementation of <= operator';

CREATE FUNCTION nir.duf_gt(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_gt';
COMMENT ON FUNCTION nir.duf_gt(nir.duf, nir.duf) IS
	'implementation of > operator';

CREATE FUNCTION nir.duf_ge(nir.duf, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ge';
COMMENT ON FUNCTION nir.duf_ge(nir.duf, nir.duf) IS
	'implementation of >= operator';

CREATE FUNCTION nir.duf_cmp(nir.duf, nir.duf) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_cmp';
COMMENT ON FUNCTION nir.duf_cmp(nir.duf, nir.duf) IS
	'less, equal, greater';

CREATE FUNCTION nir.duf_hash(nir.duf) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash';
COMMENT ON FUNCTION nir.duf_hash(nir.duf) IS
	'hash';

CREATE FUNCTION nir.duf_hash_extended(nir.duf, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash_extended';
COMMENT ON FUNCTION nir.duf_hash_extended(nir.duf, bigint) IS
	'hash with a seed';

CREATE FUNCTION nir.duf_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_sortsupport';
COMMENT ON FUNCTION nir.duf_sortsupport(internal) IS
	'sort support';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.duf_eq,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	MERGES,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.duf, nir.duf) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.duf_ne,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.duf, nir.duf) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.duf_lt,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.duf, nir.duf) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.duf_le,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.duf, nir.duf) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.duf_gt,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.duf, nir.duf) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.duf_ge,
	LEFTARG = nir.duf,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.duf, nir.duf) IS 'greater than or equal';

CREATE OPERATOR FAMILY nir.duf_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.duf_ops USING btree IS 'nir.duf and text';

CREATE OPERATOR CLASS nir.duf_ops DEFAULT FOR TYPE nir.duf USING btree FAMILY nir.duf_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.duf_cmp(nir.duf, nir.duf),
	FUNCTION 2 nir.duf_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.duf_ops USING btree IS 'nir.duf';

CREATE OPERATOR FAMILY nir.duf_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.duf_ops USING hash IS 'nir.duf';

CREATE OPERATOR CLASS nir.duf_ops DEFAULT FOR TYPE nir.duf USING hash FAMILY nir.duf_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.duf_hash(nir.duf),
	FUNCTION 2 nir.duf_hash_extended(nir.duf, bigint);
COMMENT ON OPERATOR CLASS nir.duf_ops USING hash IS 'nir.duf';

-- ---- comparisons with text: what makes duf = $1 use the index ----

CREATE FUNCTION nir.duf_text_eq(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_eq';
COMMENT ON FUNCTION nir.duf_text_eq(nir.duf, text) IS
	'implementation of = operator';

CREATE FUNCTION nir.duf_text_ne(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_ne';
COMMENT ON FUNCTION nir.duf_text_ne(nir.duf, text) IS
	'implementation of <> operator';

CREATE FUNCTION nir.duf_text_lt(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_lt';
COMMENT ON FUNCTION nir.duf_text_lt(nir.duf, text) IS
	'implementation of < operator';

CREATE FUNCTION nir.duf_text_le(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_le';
COMMENT ON FUNCTION nir.duf_text_le(nir.duf, text) IS
	'implementation of <= operator';

CREATE FUNCTION nir.duf_text_gt(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_gt';
COMMENT ON FUNCTION nir.duf_text_gt(nir.duf, text) IS
	'implementation of > operator';

CREATE FUNCTION nir.duf_text_ge(nir.duf, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_ge';
COMMENT ON FUNCTION nir.duf_text_ge(nir.duf, text) IS
	'implementation of >= operator';

CREATE FUNCTION nir.duf_text_cmp(nir.duf, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_duf_text_cmp';
COMMENT ON FUNCTION nir.duf_text_cmp(nir.duf, text) IS
	'less, equal, greater';

CREATE FUNCTION nir.text_duf_eq(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_eq';
COMMENT ON FUNCTION nir.text_duf_eq(text, nir.duf) IS
	'implementation of = operator';

CREATE FUNCTION nir.text_duf_ne(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_ne';
COMMENT ON FUNCTION nir.text_duf_ne(text, nir.duf) IS
	'implementation of <> operator';

CREATE FUNCTION nir.text_duf_lt(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_lt';
COMMENT ON FUNCTION nir.text_duf_lt(text, nir.duf) IS
	'implementation of < operator';

CREATE FUNCTION nir.text_duf_le(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_le';
COMMENT ON FUNCTION nir.text_duf_le(text, nir.duf) IS
	'implementation of <= operator';

CREATE FUNCTION nir.text_duf_gt(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_gt';
COMMENT ON FUNCTION nir.text_duf_gt(text, nir.duf) IS
	'implementation of > operator';

CREATE FUNCTION nir.text_duf_ge(text, nir.duf) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_ge';
COMMENT ON FUNCTION nir.text_duf_ge(text, nir.duf) IS
	'implementation of >= operator';

CREATE FUNCTION nir.text_duf_cmp(text, nir.duf) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_duf_cmp';
COMMENT ON FUNCTION nir.text_duf_cmp(text, nir.duf) IS
	'less, equal, greater';

CREATE FUNCTION nir.text_text_duf_cmp(text, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_text_duf_cmp';
COMMENT ON FUNCTION nir.text_text_duf_cmp(text, text) IS
	'less, equal, greater, as nir.duf compares texts';

-- No MERGES or HASHES: two texts that are equal here need not be equal as texts.
CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.duf_text_eq,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (nir.duf, text) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.duf_text_ne,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.duf, text) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.duf_text_lt,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.duf, text) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.duf_text_le,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.duf, text) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.duf_text_gt,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.duf, text) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.duf_text_ge,
	LEFTARG = nir.duf,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.duf, text) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.text_duf_eq,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (text, nir.duf) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.text_duf_ne,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (text, nir.duf) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.text_duf_lt,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (text, nir.duf) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.text_duf_le,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (text, nir.duf) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.text_duf_gt,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (text, nir.duf) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.text_duf_ge,
	LEFTARG = text,
	RIGHTARG = nir.duf,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (text, nir.duf) IS 'greater than or equal';

-- The function for two texts sorts the array of duf = ANY (text[]).  There are
-- no operators for two texts: = would be another = than that of text.
ALTER OPERATOR FAMILY nir.duf_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.duf, text),
	OPERATOR 2 pg_catalog.<= (nir.duf, text),
	OPERATOR 3 pg_catalog.= (nir.duf, text),
	OPERATOR 4 pg_catalog.>= (nir.duf, text),
	OPERATOR 5 pg_catalog.> (nir.duf, text),
	FUNCTION 1 (nir.duf, text) nir.duf_text_cmp(nir.duf, text),
	OPERATOR 1 pg_catalog.< (text, nir.duf),
	OPERATOR 2 pg_catalog.<= (text, nir.duf),
	OPERATOR 3 pg_catalog.= (text, nir.duf),
	OPERATOR 4 pg_catalog.>= (text, nir.duf),
	OPERATOR 5 pg_catalog.> (text, nir.duf),
	FUNCTION 1 (text, nir.duf) nir.text_duf_cmp(text, nir.duf),
	FUNCTION 1 (text, text) nir.text_text_duf_cmp(text, text);
