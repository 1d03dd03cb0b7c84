-- What all tagged types share: their modifier, and what ANALYZE keeps of them.

CREATE FUNCTION nir.typmod_in(cstring[]) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_typmod_in';
COMMENT ON FUNCTION nir.typmod_in(cstring[]) IS
	'type modifier of the tagged types: a set of purposes, (a,b,d) or (''a-e,i'')';

CREATE FUNCTION nir.typmod_out(integer) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_typmod_out';
COMMENT ON FUNCTION nir.typmod_out(integer) IS
	'type modifier of the tagged types as text';

CREATE FUNCTION nir.tagged_typanalyze(internal) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_tagged_typanalyze';
COMMENT ON FUNCTION nir.tagged_typanalyze(internal) IS
	'analysis of a tagged column: standard, but no value of it is kept';
