-- nir.purposes: a set of purposes, {a,d}.

CREATE TYPE nir.purposes;

CREATE FUNCTION nir.purposes_in(cstring) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_in';
COMMENT ON FUNCTION nir.purposes_in(cstring) IS
	'input';

CREATE FUNCTION nir.purposes_out(nir.purposes) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_out';
COMMENT ON FUNCTION nir.purposes_out(nir.purposes) IS
	'output';

CREATE FUNCTION nir.purposes_recv(internal) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_recv';
COMMENT ON FUNCTION nir.purposes_recv(internal) IS
	'binary input';

CREATE FUNCTION nir.purposes_send(nir.purposes) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_send';
COMMENT ON FUNCTION nir.purposes_send(nir.purposes) IS
	'binary output';

CREATE TYPE nir.purposes (
	INPUT = nir.purposes_in,
	OUTPUT = nir.purposes_out,
	RECEIVE = nir.purposes_recv,
	SEND = nir.purposes_send,
	INTERNALLENGTH = 4,
	PASSEDBYVALUE,
	ALIGNMENT = int4,
	STORAGE = plain
);
COMMENT ON TYPE nir.purposes IS 'set of purposes, letters a to x';

CREATE FUNCTION nir.purposes(text) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_from_text';
COMMENT ON FUNCTION nir.purposes(text) IS
	'purposes from text';

CREATE FUNCTION nir.purposes_to_text(nir.purposes) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_to_text';
COMMENT ON FUNCTION nir.purposes_to_text(nir.purposes) IS
	'purposes as text';

CREATE CAST (text AS nir.purposes) WITH FUNCTION nir.purposes(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.purposes) IS 'purposes from text';
CREATE CAST (varchar AS nir.purposes) WITH FUNCTION nir.purposes(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.purposes) IS 'purposes from text';
CREATE CAST (nir.purposes AS text) WITH FUNCTION nir.purposes_to_text(nir.purposes) AS ASSIGNMENT;
COMMENT ON CAST (nir.purposes AS text) IS 'purposes as text';

CREATE FUNCTION nir.purposes_eq(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_eq';
COMMENT ON FUNCTION nir.purposes_eq(nir.purposes, nir.purposes) IS
	'implementation of = operator';

CREATE FUNCTION nir.purposes_ne(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_ne';
COMMENT ON FUNCTION nir.purposes_ne(nir.purposes, nir.purposes) IS
	'implementation of <> operator';

CREATE FUNCTION nir.purposes_lt(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_lt';
COMMENT ON FUNCTION nir.purposes_lt(nir.purposes, nir.purposes) IS
	'implementation of < operator';

CREATE FUNCTION nir.purposes_le(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_le';
COMMENT ON FUNCTION nir.purposes_le(nir.purposes, nir.purposes) IS
	'implementation of <= operator';

CREATE FUNCTION nir.purposes_gt(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_gt';
COMMENT ON FUNCTION nir.purposes_gt(nir.purposes, nir.purposes) IS
	'implementation of > operator';

CREATE FUNCTION nir.purposes_ge(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_ge';
COMMENT ON FUNCTION nir.purposes_ge(nir.purposes, nir.purposes) IS
	'implementation of >= operator';

CREATE FUNCTION nir.purposes_cmp(nir.purposes, nir.purposes) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_cmp';
COMMENT ON FUNCTION nir.purposes_cmp(nir.purposes, nir.purposes) IS
	'less, equal, greater';

CREATE FUNCTION nir.purposes_hash(nir.purposes) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_hash';
COMMENT ON FUNCTION nir.purposes_hash(nir.purposes) IS
	'hash';

CREATE FUNCTION nir.purposes_hash_extended(nir.purposes, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_hash_extended';
COMMENT ON FUNCTION nir.purposes_hash_extended(nir.purposes, bigint) IS
	'hash with a seed';

CREATE FUNCTION nir.purposes_contains(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_contains';
COMMENT ON FUNCTION nir.purposes_contains(nir.purposes, nir.purposes) IS
	'implementation of @> operator';

CREATE FUNCTION nir.purposes_contained(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_contained';
COMMENT ON FUNCTION nir.purposes_contained(nir.purposes, nir.purposes) IS
	'implementation of <@ operator';

CREATE FUNCTION nir.purposes_overlaps(nir.purposes, nir.purposes) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_overlaps';
COMMENT ON FUNCTION nir.purposes_overlaps(nir.purposes, nir.purposes) IS
	'implementation of && operator';

CREATE FUNCTION nir.purposes_union(nir.purposes, nir.purposes) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_union';
COMMENT ON FUNCTION nir.purposes_union(nir.purposes, nir.purposes) IS
	'implementation of | operator';

CREATE FUNCTION nir.purposes_intersection(nir.purposes, nir.purposes) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_intersection';
COMMENT ON FUNCTION nir.purposes_intersection(nir.purposes, nir.purposes) IS
	'implementation of & operator';

CREATE FUNCTION nir.purposes_difference(nir.purposes, nir.purposes) RETURNS nir.purposes
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_purposes_difference';
COMMENT ON FUNCTION nir.purposes_difference(nir.purposes, nir.purposes) IS
	'implementation of - operator';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.purposes_eq,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	MERGES,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.purposes, nir.purposes) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.purposes_ne,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.purposes, nir.purposes) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.purposes_lt,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.purposes, nir.purposes) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.purposes_le,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.purposes, nir.purposes) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.purposes_gt,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.purposes, nir.purposes) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.purposes_ge,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.purposes, nir.purposes) IS 'greater than or equal';

-- No estimators for these: contsel and its like were written for other types.
CREATE OPERATOR pg_catalog.@> (
	FUNCTION = nir.purposes_contains,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.<@)
);
COMMENT ON OPERATOR pg_catalog.@> (nir.purposes, nir.purposes) IS 'contains';

CREATE OPERATOR pg_catalog.<@ (
	FUNCTION = nir.purposes_contained,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.@>)
);
COMMENT ON OPERATOR pg_catalog.<@ (nir.purposes, nir.purposes) IS 'is contained by';

CREATE OPERATOR pg_catalog.&& (
	FUNCTION = nir.purposes_overlaps,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.&&)
);
COMMENT ON OPERATOR pg_catalog.&& (nir.purposes, nir.purposes) IS 'have a purpose in common';

CREATE OPERATOR pg_catalog.| (
	FUNCTION = nir.purposes_union,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.|)
);
COMMENT ON OPERATOR pg_catalog.| (nir.purposes, nir.purposes) IS 'purposes of either';

CREATE OPERATOR pg_catalog.& (
	FUNCTION = nir.purposes_intersection,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes,
	COMMUTATOR = OPERATOR(pg_catalog.&)
);
COMMENT ON OPERATOR pg_catalog.& (nir.purposes, nir.purposes) IS 'purposes of both';

CREATE OPERATOR pg_catalog.- (
	FUNCTION = nir.purposes_difference,
	LEFTARG = nir.purposes,
	RIGHTARG = nir.purposes
);
COMMENT ON OPERATOR pg_catalog.- (nir.purposes, nir.purposes) IS 'purposes of the first that are not of the second';

CREATE OPERATOR FAMILY nir.purposes_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.purposes_ops USING btree IS 'nir.purposes';

CREATE OPERATOR CLASS nir.purposes_ops DEFAULT FOR TYPE nir.purposes USING btree FAMILY nir.purposes_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.purposes_cmp(nir.purposes, nir.purposes),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS nir.purposes_ops USING btree IS 'nir.purposes';

CREATE OPERATOR FAMILY nir.purposes_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.purposes_ops USING hash IS 'nir.purposes';

CREATE OPERATOR CLASS nir.purposes_ops DEFAULT FOR TYPE nir.purposes USING hash FAMILY nir.purposes_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.purposes_hash(nir.purposes),
	FUNCTION 2 nir.purposes_hash_extended(nir.purposes, bigint);
COMMENT ON OPERATOR CLASS nir.purposes_ops USING hash IS 'nir.purposes';

CREATE AGGREGATE nir.purposes_union(nir.purposes) (
	SFUNC = nir.purposes_union,
	STYPE = nir.purposes,
	COMBINEFUNC = nir.purposes_union,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE nir.purposes_union(nir.purposes) IS 'purposes of any row';
