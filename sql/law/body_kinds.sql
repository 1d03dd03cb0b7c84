/*
 * sql/law/body_kinds.sql
 *
 * Kinds of bodies.  A city district, a host municipality of a reception
 * centre and a private provider act as the municipality or county they work
 * for (IL §§ 41 (4), 42 (3)), so they are no kinds of their own.
 */
INSERT INTO nir.body_kind (code, group_role, name_no, scope_level, active, internal, citation)
SELECT code, group_role, name_no, scope_level, active, code = 'retention', citation
FROM (VALUES
	-- nir's own purge, which acts for whoever must erase
	('retention', 'nir_retention', 'sletting når lagringstiden utløper', 'state', true, 'IF §§ 60, 61'),
	('imdi', 'nir_imdi', 'Integrerings- og mangfoldsdirektoratet', 'state', true, 'IF § 56'),
	('hkdir', 'nir_hkdir', 'Direktoratet for høyere utdanning og kompetanse', 'state', true, 'IF § 57'),
	('municipality', 'nir_municipality', 'kommune', 'municipality', true, 'IL § 43 (2); IF § 58'),
	('county', 'nir_county', 'fylkeskommune', 'county', true, 'IL § 43 (2); IF § 59'),
	('state_governor', 'nir_state_governor', 'statsforvalter', 'county', false, 'IL §§ 47, 48'),
	('immigration', 'nir_immigration', 'utlendingsmyndighetene', 'state', true, 'IF §§ 56, 57'),
	('verifier', 'nir_verifier', 'Samordna opptak og høyere utdanningsinstitusjoner', 'state', false, 'IF § 63')
) AS t(code, group_role, name_no, scope_level, active, citation)
ON CONFLICT (code) DO UPDATE SET
	(group_role, name_no, scope_level, active, internal, citation) =
	(excluded.group_role, excluded.name_no, excluded.scope_level, excluded.active, excluded.internal, excluded.citation);
