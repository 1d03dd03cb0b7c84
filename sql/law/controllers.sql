/*
 * sql/law/controllers.sql
 *
 * Who answers for the facts of a part of the register.  Until 2018-09-01 IMDi
 * did for all of them, and municipalities were its processors (P05 §§ 8, 9).
 */
INSERT INTO nir.part_controller (part, version, body, name_no, processor_no, valid, citation)
SELECT part, version, body, name_no, processor_no, valid::daterange, citation
FROM (
	SELECT p, 1, 'imdi', 'Integrerings- og mangfoldsdirektoratet', 'kommunen', '[2005-09-01,2018-09-01)', 'P05 §§ 8, 9'
	FROM unnest('{core,nir,settlement,tests,local}'::text[]) AS p
	UNION ALL
	SELECT p, 2, 'imdi', 'Integrerings- og mangfoldsdirektoratet', NULL, '[2018-09-01,)', 'IF § 56 (1); P18 § 13'
	FROM unnest('{core,nir,settlement}'::text[]) AS p
	UNION ALL
	VALUES
		('tests', 2, 'hkdir', 'Kompetanse Norge', NULL, '[2018-09-01,2023-08-01)', 'IF § 57 (1); P18 § 14'),
		('tests', 3, 'hkdir', 'Direktoratet for høyere utdanning og kompetanse', NULL, '[2023-08-01,)', 'IF § 57 (1)'),
		('local', 2, NULL, 'kommunen', NULL, '[2018-09-01,2021-01-01)', 'P18 § 15 (1)'),
		('local', 3, NULL, 'kommunen eller fylkeskommunen', NULL, '[2021-01-01,)', 'IF §§ 58 (1), 59 (1)')
) AS t(part, version, body, name_no, processor_no, valid, citation)
ON CONFLICT (part, version) DO UPDATE SET
	(body, name_no, processor_no, valid, citation) =
	(excluded.body, excluded.name_no, excluded.processor_no, excluded.valid, excluded.citation);
