-- nir.unit: county 03, municipality 0301, city district 030101.

CREATE TYPE nir.unit;

CREATE FUNCTION nir.unit_in(cstring) RETURNS nir.unit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_in';
COMMENT ON FUNCTION nir.unit_in(cstring) IS
	'input';

CREATE FUNCTION nir.unit_out(nir.unit) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_out';
COMMENT ON FUNCTION nir.unit_out(nir.unit) IS
	'output';

CREATE FUNCTION nir.unit_recv(internal) RETURNS nir.unit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_recv';
COMMENT ON FUNCTION nir.unit_recv(internal) IS
	'binary input';

CREATE FUNCTION nir.unit_send(nir.unit) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_send';
COMMENT ON FUNCTION nir.unit_send(nir.unit) IS
	'binary output';

CREATE TYPE nir.unit (
	INPUT = nir.unit_in,
	OUTPUT = nir.unit_out,
	RECEIVE = nir.unit_recv,
	SEND = nir.unit_send,
	INTERNALLENGTH = 4,
	PASSEDBYVALUE,
	ALIGNMENT = int4,
	STORAGE = plain
);
COMMENT ON TYPE nir.unit IS 'county, municipality or city district by its number';

CREATE FUNCTION nir.unit(text) RETURNS nir.unit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_from_text';
COMMENT ON FUNCTION nir.unit(text) IS
	'unit from text';

CREATE FUNCTION nir.unit_to_text(nir.unit) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_to_text';
COMMENT ON FUNCTION nir.unit_to_text(nir.unit) IS
	'unit as text';

CREATE CAST (text AS nir.unit) WITH FUNCTION nir.unit(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS nir.unit) IS 'unit from text';
CREATE CAST (varchar AS nir.unit) WITH FUNCTION nir.unit(text) AS ASSIGNMENT;
COMMENT ON CAST (varchar AS nir.unit) IS 'unit from text';
CREATE CAST (nir.unit AS text) WITH FUNCTION nir.unit_to_text(nir.unit) AS ASSIGNMENT;
COMMENT ON CAST (nir.unit AS text) IS 'unit as text';

CREATE FUNCTION nir.unit_eq(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_eq';
COMMENT ON FUNCTION nir.unit_eq(nir.unit, nir.unit) IS
	'implementation of = operator';

CREATE FUNCTION nir.unit_ne(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_ne';
COMMENT ON FUNCTION nir.unit_ne(nir.unit, nir.unit) IS
	'implementation of <> operator';

CREATE FUNCTION nir.unit_lt(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_lt';
COMMENT ON FUNCTION nir.unit_lt(nir.unit, nir.unit) IS
	'implementation of < operator';

CREATE FUNCTION nir.unit_le(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_le';
COMMENT ON FUNCTION nir.unit_le(nir.unit, nir.unit) IS
	'implementation of <= operator';

CREATE FUNCTION nir.unit_gt(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_gt';
COMMENT ON FUNCTION nir.unit_gt(nir.unit, nir.unit) IS
	'implementation of > operator';

CREATE FUNCTION nir.unit_ge(nir.unit, nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_ge';
COMMENT ON FUNCTION nir.unit_ge(nir.unit, nir.unit) IS
	'implementation of >= operator';

CREATE FUNCTION nir.unit_cmp(nir.unit, nir.unit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_cmp';
COMMENT ON FUNCTION nir.unit_cmp(nir.unit, nir.unit) IS
	'less, equal, greater';

CREATE FUNCTION nir.unit_hash(nir.unit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_hash';
COMMENT ON FUNCTION nir.unit_hash(nir.unit) IS
	'hash';

CREATE FUNCTION nir.unit_hash_extended(nir.unit, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_hash_extended';
COMMENT ON FUNCTION nir.unit_hash_extended(nir.unit, bigint) IS
	'hash with a seed';

CREATE FUNCTION nir.unit_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_sortsupport';
COMMENT ON FUNCTION nir.unit_sortsupport(internal) IS
	'sort support';

CREATE OPERATOR pg_catalog.= (
	FUNCTION = nir.unit_eq,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.=),
	NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel,
	JOIN = eqjoinsel,
	MERGES,
	HASHES
);
COMMENT ON OPERATOR pg_catalog.= (nir.unit, nir.unit) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	FUNCTION = nir.unit_ne,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.<>),
	NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel,
	JOIN = neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (nir.unit, nir.unit) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	FUNCTION = nir.unit_lt,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.>),
	NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel,
	JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (nir.unit, nir.unit) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	FUNCTION = nir.unit_le,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.>=),
	NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel,
	JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (nir.unit, nir.unit) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	FUNCTION = nir.unit_gt,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.<),
	NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel,
	JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (nir.unit, nir.unit) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	FUNCTION = nir.unit_ge,
	LEFTARG = nir.unit,
	RIGHTARG = nir.unit,
	COMMUTATOR = OPERATOR(pg_catalog.<=),
	NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel,
	JOIN = scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (nir.unit, nir.unit) IS 'greater than or equal';

CREATE OPERATOR FAMILY nir.unit_ops USING btree;
COMMENT ON OPERATOR FAMILY nir.unit_ops USING btree IS 'nir.unit';

CREATE OPERATOR CLASS nir.unit_ops DEFAULT FOR TYPE nir.unit USING btree FAMILY nir.unit_ops AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 nir.unit_cmp(nir.unit, nir.unit),
	FUNCTION 2 nir.unit_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS nir.unit_ops USING btree IS 'nir.unit';

CREATE OPERATOR FAMILY nir.unit_ops USING hash;
COMMENT ON OPERATOR FAMILY nir.unit_ops USING hash IS 'nir.unit';

CREATE OPERATOR CLASS nir.unit_ops DEFAULT FOR TYPE nir.unit USING hash FAMILY nir.unit_ops AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 nir.unit_hash(nir.unit),
	FUNCTION 2 nir.unit_hash_extended(nir.unit, bigint);
COMMENT ON OPERATOR CLASS nir.unit_ops USING hash IS 'nir.unit';

CREATE FUNCTION nir.unit_level(nir.unit) RETURNS text
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_get_level';
COMMENT ON FUNCTION nir.unit_level(nir.unit) IS
	'county, municipality or district';

CREATE FUNCTION nir.unit_parent(nir.unit) RETURNS nir.unit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_get_parent';
COMMENT ON FUNCTION nir.unit_parent(nir.unit) IS
	'the municipality of a district, the county of a municipality; a county itself';

CREATE FUNCTION nir.unit_last_within(nir.unit) RETURNS nir.unit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_get_last_within';
COMMENT ON FUNCTION nir.unit_last_within(nir.unit) IS
	'last unit in this one: unit BETWEEN u AND nir.unit_last_within(u) is what lies within u';

CREATE FUNCTION nir.unit_within(inner_unit nir.unit, outer_unit nir.unit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_unit_within';
COMMENT ON FUNCTION nir.unit_within(nir.unit, nir.unit) IS
	'whether the first unit is the second or lies in it';
