-- nir.fnr: national identity number or D-number, 11 digits, tagged.

CREATE TYPE nir.fnr;

CREATE FUNCTION nir.fnr_in(cstring, oid, integer) RETURNS nir.fnr
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_in';
COMMENT ON FUNCTION nir.fnr_in(cstring, oid, integer) IS
	'input';

CREATE FUNCTION nir.fnr_out(nir.fnr) RETURNS cstring
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_out';
COMMENT ON FUNCTION nir.fnr_out(nir.fnr) IS
	'output';

CREATE FUNCTION nir.fnr_recv(internal, oid, integer) RETURNS nir.fnr
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_recv';
COMMENT ON FUNCTION nir.fnr_recv(internal, oid, integer) IS
	'binary input';

CREATE FUNCTION nir.fnr_send(nir.fnr) RETURNS bytea
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_send';
COMMENT ON FUNCTION nir.fnr_send(nir.fnr) IS
	'binary output';

CREATE TYPE nir.fnr (
	INPUT = nir.fnr_in,
	OUTPUT = nir.fnr_out,
	RECEIVE = nir.fnr_recv,
	SEND = nir.fnr_send,
	TYPMOD_IN = nir.typmod_in,
	TYPMOD_OUT = nir.typmod_out,
	ANALYZE = nir.tagged_typanalyze,
	INTERNALLENGTH = 8,
	PASSEDBYVALUE,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'S'
);
COMMENT ON TYPE nir.fnr IS 'national identity number or D-number, bound to purposes';

CREATE FUNCTION nir.fnr(nir.fnr, integer, boolean) RETURNS nir.fnr
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_coerce';
COMMENT ON FUNCTION nir.fnr(nir.fnr, integer, boolean) IS
	'binds a value to the purposes of a column';

CREATE FUNCTION nir.fnr(text) RETURNS nir.fnr
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_from_text';
COMMENT ON FUNCTION nir.fnr(text) IS
	'national identity number or D-number from text';

CREATE FUNCTION nir.fnr_to_text(nir.fnr) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_to_text';
COMMENT ON FUNCTION nir.fnr_to_text(nir.fnr) IS
	'national identity number or D-number as text';

CREATE CAST (nir.fnr AS nir.fnr) WITH FUNCTION nir.fnr(nir.fnr, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (nir.fnr AS nir.fnr) IS 'binds a value to the purposes of a column';
CREATE CAST (nir.fnr AS text) WITH FUNCTION nir.fnr_to_text(nir.fnr) AS IMPLICIT;
COMMENT ON CAST (nir.fnr AS text) IS 'national identity number or D-number as text';
CREATE CAST (nir.fnr AS varchar) WITH FUNCTION nir.fnr_to_text(nir.fnr) AS IMPLICIT;
COMMENT ON CAST (nir.fnr AS varchar) IS 'national identity number or D-number as text';
CREATE CAST (text AS nir.fnr) WITH FUNCTION nir.fnr(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.fnr) IS 'national identity number or D-number from text';
CREATE CAST (varchar AS nir.fnr) WITH FUNCTION nir.fnr(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.fnr) IS 'national identity number or D-number from text';

-- A number has lost the zeros in front.  The server would convert it on
-- assignment, as it converts anything to a type of category S; a cast that must
-- be written out stops that.
CREATE CAST (bigint AS nir.fnr) WITH INOUT;
COMMENT ON CAST (bigint AS nir.fnr) IS 'national identity number or D-number from a number that has all its digits';
CREATE CAST (numeric AS nir.fnr) WITH INOUT;
COMMENT ON CAST (numeric AS nir.fnr) IS 'national identity number or D-number from a number that has all its digits';

CREATE FUNCTION nir.fnr_kind(nir.fnr) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_kind_name';
COMMENT ON FUNCTION nir.fnr_kind(nir.fnr) IS
	'fnr, dnr, synthetic_fnr or synthetic_dnr';

CREATE FUNCTION nir.fnr_birth_year_candidates(nir.fnr) RETURNS integer[]
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_birth_year_candidates';
COMMENT ON FUNCTION nir.fnr_birth_year_candidates(nir.fnr) IS
	'birth years the number allows under the rule of 1964; null for D-numbers, and for all once the rule of 2032 is in force';

CREATE FUNCTION nir.fnr_check(text) RETURNS text
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_check';
COMMENT ON FUNCTION nir.fnr_check(text) IS
	'valid_1964, valid_2032 (valid under that rule only) or invalid';

-- ---- comparisons ----

CREATE FUNCTION nir.fnr_eq(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_eq';
COMMENT ON FUNCTION nir.fnr_eq(nir.fnr, nir.fnr) IS
	'implementation of = operator';

CREATE FUNCTION nir.fnr_ne(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ne';
COMMENT ON FUNCTION nir.fnr_ne(nir.fnr, nir.fnr) IS
	'implementation of <> operator';

CREATE FUNCTION nir.fnr_lt(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_lt';
COMMENT ON FUNCTION nir.fnr_lt(nir.fnr, nir.fnr) IS
	'implementation of < operator';

CREATE FUNCTION nir.fnr_le(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_le';
COMMENT ON FUNCTION nir.fnr_le(nir.fnr, nir.fnr) IS
	'implementation of <= operator';

CREATE FUNCTION nir.fnr_gt(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_gt';
COMMENT ON FUNCTION nir.fnr_gt(nir.fnr, nir.fnr) IS
	'implementation of > operator';

CREATE FUNCTION nir.fnr_ge(nir.fnr, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_ge';
COMMENT ON FUNCTION nir.fnr_ge(nir.fnr, nir.fnr) IS
	'implementation of >= operator';

CREATE FUNCTION nir.fnr_cmp(nir.fnr, nir.fnr) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_cmp';
COMMENT ON FUNCTION nir.fnr_cmp(nir.fnr, nir.fnr) IS
	'less, equal, greater';

CREATE FUNCTION nir.fnr_hash(nir.fnr) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash';
COMMENT ON FUNCTION nir.fnr_hash(nir.fnr) IS
	'hash';

CREATE FUNCTION nir.fnr_hash_extended(nir.fnr, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_hash_extended';
COMMENT ON FUNCTION nir.fnr_hash_extended(nir.fnr, bigint) IS
	'hash with a seed';

CREATE FUNCTION nir.fnr_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_identity_sortsupport';
COMMENT ON FUNCTION nir.fnr_sortsupport(internal) IS
	'sort support';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.fnr_eq,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	MERGES,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.fnr, nir.fnr) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.fnr_ne,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.fnr, nir.fnr) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.fnr_lt,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.fnr, nir.fnr) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.fnr_le,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.fnr, nir.fnr) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.fnr_gt,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.fnr, nir.fnr) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.fnr_ge,
	LEFTARG = nir.fnr,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.fnr, nir.fnr) IS 'greater than or equal';

CREATE OPERATOR FAMILY nir.fnr_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.fnr_ops USING btree IS 'nir.fnr and text';

CREATE OPERATOR CLASS nir.fnr_ops DEFAULT FOR TYPE nir.fnr USING btree FAMILY nir.fnr_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.fnr_cmp(nir.fnr, nir.fnr),
	FUNCTION 2 nir.fnr_sortsupport(internal);
COMMENT ON OPERATOR CLASS nir.fnr_ops USING btree IS 'nir.fnr';

CREATE OPERATOR FAMILY nir.fnr_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.fnr_ops USING hash IS 'nir.fnr';

CREATE OPERATOR CLASS nir.fnr_ops DEFAULT FOR TYPE nir.fnr USING hash FAMILY nir.fnr_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.fnr_hash(nir.fnr),
	FUNCTION 2 nir.fnr_hash_extended(nir.fnr, bigint);
COMMENT ON OPERATOR CLASS nir.fnr_ops USING hash IS 'nir.fnr';

-- ---- comparisons with text: what makes fnr = $1 use the index ----

CREATE FUNCTION nir.fnr_text_eq(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_eq';
COMMENT ON FUNCTION nir.fnr_text_eq(nir.fnr, text) IS
	'implementation of = operator';

CREATE FUNCTION nir.fnr_text_ne(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_ne';
COMMENT ON FUNCTION nir.fnr_text_ne(nir.fnr, text) IS
	'implementation of <> operator';

CREATE FUNCTION nir.fnr_text_lt(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_lt';
COMMENT ON FUNCTION nir.fnr_text_lt(nir.fnr, text) IS
	'implementation of < operator';

CREATE FUNCTION nir.fnr_text_le(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_le';
COMMENT ON FUNCTION nir.fnr_text_le(nir.fnr, text) IS
	'implementation of <= operator';

CREATE FUNCTION nir.fnr_text_gt(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_gt';
COMMENT ON FUNCTION nir.fnr_text_gt(nir.fnr, text) IS
	'implementation of > operator';

CREATE FUNCTION nir.fnr_text_ge(nir.fnr, text) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_ge';
COMMENT ON FUNCTION nir.fnr_text_ge(nir.fnr, text) IS
	'implementation of >= operator';

CREATE FUNCTION nir.fnr_text_cmp(nir.fnr, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_fnr_text_cmp';
COMMENT ON FUNCTION nir.fnr_text_cmp(nir.fnr, text) IS
	'less, equal, greater';

CREATE FUNCTION nir.text_fnr_eq(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_eq';
COMMENT ON FUNCTION nir.text_fnr_eq(text, nir.fnr) IS
	'implementation of = operator';

CREATE FUNCTION nir.text_fnr_ne(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_ne';
COMMENT ON FUNCTION nir.text_fnr_ne(text, nir.fnr) IS
	'implementation of <> operator';

CREATE FUNCTION nir.text_fnr_lt(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_lt';
COMMENT ON FUNCTION nir.text_fnr_lt(text, nir.fnr) IS
	'implementation of < operator';

CREATE FUNCTION nir.text_fnr_le(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_le';
COMMENT ON FUNCTION nir.text_fnr_le(text, nir.fnr) IS
	'implementation of <= operator';

CREATE FUNCTION nir.text_fnr_gt(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_gt';
COMMENT ON FUNCTION nir.text_fnr_gt(text, nir.fnr) IS
	'implementation of > operator';

CREATE FUNCTION nir.text_fnr_ge(text, nir.fnr) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_ge';
COMMENT ON FUNCTION nir.text_fnr_ge(text, nir.fnr) IS
	'implementation of >= operator';

CREATE FUNCTION nir.text_fnr_cmp(text, nir.fnr) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_fnr_cmp';
COMMENT ON FUNCTION nir.text_fnr_cmp(text, nir.fnr) IS
	'less, equal, greater';

CREATE FUNCTION nir.text_text_fnr_cmp(text, text) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_text_text_fnr_cmp';
COMMENT ON FUNCTION nir.text_text_fnr_cmp(text, text) IS
	'less, equal, greater, as nir.fnr compares texts';

-- No MERGES or HASHES: two texts that are equal here need not be equal as texts.
CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.fnr_text_eq,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (nir.fnr, text) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.fnr_text_ne,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.fnr, text) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.fnr_text_lt,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.fnr, text) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.fnr_text_le,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.fnr, text) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.fnr_text_gt,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.fnr, text) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.fnr_text_ge,
	LEFTARG = nir.fnr,
	RIGHTARG = text,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.fnr, text) IS 'greater than or equal';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.text_fnr_eq,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel
);
COMMENT ON OPERATOR pg_catalog.= (text, nir.fnr) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.text_fnr_ne,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (text, nir.fnr) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.text_fnr_lt,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (text, nir.fnr) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.text_fnr_le,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (text, nir.fnr) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.text_fnr_gt,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (text, nir.fnr) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.text_fnr_ge,
	LEFTARG = text,
	RIGHTARG = nir.fnr,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (text, nir.fnr) IS 'greater than or equal';

-- The function for two texts sorts the array of fnr = ANY (text[]).  There are
-- no operators for two texts: = would be another = than that of text.
ALTER OPERATOR FAMILY nir.fnr_ops USING btree ADD
	OPERATOR 1 pg_catalog.< (nir.fnr, text),
	OPERATOR 2 pg_catalog.<= (nir.fnr, text),
	OPERATOR 3 pg_catalog.= (nir.fnr, text),
	OPERATOR 4 pg_catalog.>= (nir.fnr, text),
	OPERATOR 5 pg_catalog.> (nir.fnr, text),
	FUNCTION 1 (nir.fnr, text) nir.fnr_text_cmp(nir.fnr, text),
	OPERATOR 1 pg_catalog.< (text, nir.fnr),
	OPERATOR 2 pg_catalog.<= (text, nir.fnr),
	OPERATOR 3 pg_catalog.= (text, nir.fnr),
	OPERATOR 4 pg_catalog.>= (text, nir.fnr),
	OPERATOR 5 pg_catalog.> (text, nir.fnr),
	FUNCTION 1 (text, nir.fnr) nir.text_fnr_cmp(text, nir.fnr),
	FUNCTION 1 (text, text) nir.text_text_fnr_cmp(text, text);
