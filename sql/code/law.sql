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

CREATE OR REPLACE FUNCTION nir.controller(part text, unit nir.unit, on_date date) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(c.body, (
		SELECT b.body FROM nir.body AS b
		WHERE controller.unit = ANY (b.units) AND b.valid @> on_date AND b.kind = nir.unit_level(controller.unit)
			OR b.kind = 'municipality' AND nir.unit_level(controller.unit) = 'district' AND nir.unit_parent(controller.unit) = ANY (b.units) AND b.valid @> on_date))
	FROM nir.part_controller AS c WHERE c.part = controller.part AND c.valid @> on_date;
END;
COMMENT ON FUNCTION nir.controller(text, nir.unit, date) IS
	'the body that is controller of a fact of this part of the register, unit and day; null before 2005-09-01 (R86)';
