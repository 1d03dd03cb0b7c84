-- The schema is made here, not by the control file: if somebody made a schema
-- nir before, this fails, and with it CREATE EXTENSION.
CREATE SCHEMA nir;
COMMENT ON SCHEMA nir IS 'purpose-bound personal data: types, context, bodies, law data';
GRANT USAGE ON SCHEMA nir TO PUBLIC;

CREATE FUNCTION nir.require_loaded() RETURNS void
	LANGUAGE c STABLE PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_require_loaded';
COMMENT ON FUNCTION nir.require_loaded() IS
	'raises NR001 unless nir was loaded when the session started';

-- refuse to install what could not be enforced
SELECT nir.require_loaded();
