/*
 * sql/code/law.sql
 *
 * Questions to the law data.
 */
CREATE OR REPLACE FUNCTION nir.data_rule(on_date date) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT i.code FROM nir.instrument AS i WHERE i.data_rule AND i.valid @> on_date;
END;
COMMENT ON FUNCTION nir.data_rule(date) IS
	'the regulation that governs a processing act done on that day, null before 2005-09-01; the one place that says which rule applies (R2)';
