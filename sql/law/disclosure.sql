/*
 * sql/law/disclosure.sql
 *
 * What IMDi and HK-dir must hand over to the immigration authorities (IF
 * §§ 56, 57), and before erasure in any case (IF § 61).  The content is made
 * by functions of the register, which hold the items of each list.
 */
INSERT INTO nir.disclosure (list, name_no, sender, recipient, made_by, valid, citation)
SELECT list, name_no, sender::text[], 'udi', made_by, valid::daterange, citation
FROM (VALUES
	('D56-2', 'timer opplæring per uke for asylsøkere', '{imdi}', 'disclose_d56_2', '[2021-01-01,)', 'IF § 56 (2)'),
	('D56-3', 'deltakere i introduksjonsprogram', '{imdi}', 'disclose_d56_3', '[2021-01-01,)', 'IF § 56 (3)'),
	('D56-4', 'målgruppen for opplæring i norsk og samfunnskunnskap', '{imdi}', 'disclose_d56_4', '[2021-01-01,)', 'IF § 56 (4)'),
	('D57-2', 'prøver i norsk og samfunnskunnskap og statsborgerprøven', '{hkdir}', 'disclose_d57_2', '[2021-01-01,)', 'IF § 57 (2)')
) AS t(list, name_no, sender, made_by, valid, citation)
ON CONFLICT (list) DO UPDATE SET
	(name_no, sender, recipient, made_by, valid, citation) =
	(excluded.name_no, excluded.sender, excluded.recipient, excluded.made_by, excluded.valid, excluded.citation);
