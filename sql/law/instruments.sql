/*
 * sql/law/instruments.sql
 *
 * Versions of the acts and regulations, where a version changed a rule about
 * personal data.  The regulations marked data_rule follow one another without
 * gap or overlap: the one in force on the day of a processing act governs it.
 */
INSERT INTO nir.instrument (code, version, kind, title_no, citation, change_no, data_rule, valid)
SELECT code, version, kind, title_no, citation, change_no, data_rule, valid::daterange
FROM (VALUES
	('P05', 1, 'regulation', 'forskrift om nasjonalt introduksjonsregister', 'FOR-2005-04-20-342',
		NULL, true, '[2005-09-01,2007-09-01)'),
	('P05', 2, 'regulation', 'forskrift om nasjonalt introduksjonsregister', 'FOR-2005-04-20-342',
		'norskopplæring for asylsøkere: fem års lagring', true, '[2007-09-01,2013-09-01)'),
	('P05', 3, 'regulation', 'forskrift om nasjonalt introduksjonsregister', 'FOR-2005-04-20-342',
		'endring i kraft 1. september 2013', true, '[2013-09-01,2014-04-10)'),
	('P05', 4, 'regulation', 'forskrift om nasjonalt introduksjonsregister', 'FOR-2005-04-20-342',
		'frist på to måneder for registrering', true, '[2014-04-10,2016-09-22)'),
	('P05', 5, 'regulation', 'forskrift om nasjonalt introduksjonsregister', 'FOR-2005-04-20-342',
		'endring i kraft 22. september 2016', true, '[2016-09-22,2018-09-01)'),
	('P18', 1, 'regulation', 'forskrift om behandling av personopplysninger etter introduksjonsloven', 'FOR-2018-08-30-1283',
		NULL, true, '[2018-09-01,2020-04-30)'),
	('P18', 2, 'regulation', 'forskrift om behandling av personopplysninger etter introduksjonsloven', 'FOR-2018-08-30-1283',
		'§ 14: alle kandidater, statsborgerprøven', true, '[2020-04-30,2021-01-01)'),
	('IF', 1, 'regulation', 'integreringsforskriften', 'FOR-2020-12-15-2912',
		NULL, true, '[2021-01-01,2022-01-01)'),
	('IF', 2, 'regulation', 'integreringsforskriften', 'FOR-2020-12-15-2912',
		'§ 49 e og g, § 53 h: moduler i samfunnskunnskap', true, '[2022-01-01,2023-08-01)'),
	('IF', 3, 'regulation', 'integreringsforskriften', 'FOR-2020-12-15-2912',
		'§§ 44, 53 a, 57, 58, 59: HK-dir, fylkeskommunens opplæring', true, '[2023-08-01,2025-07-01)'),
	('IF', 4, 'regulation', 'integreringsforskriften', 'FOR-2020-12-15-2912',
		'§ 50 a, § 52 e: «kurs i» utgår', true, '[2025-07-01,)'),
	('INTRO', 1, 'act', 'introduksjonsloven', 'LOV-2003-07-04-80',
		'hjemmel for registeret', false, '[2005-09-01,2018-09-01)'),
	('INTRO', 2, 'act', 'introduksjonsloven', 'LOV-2003-07-04-80',
		'§§ 25, 25 a, 25 b', false, '[2018-09-01,2020-04-24)'),
	('INTRO', 3, 'act', 'introduksjonsloven', 'LOV-2003-07-04-80',
		'§ 25 (5): automatiserte avgjørelser', false, '[2020-04-24,2021-01-01)'),
	('IL', 1, 'act', 'integreringsloven', 'LOV-2020-11-06-127',
		NULL, false, '[2021-01-01,2022-06-15)'),
	('IL', 2, 'act', 'integreringsloven', 'LOV-2020-11-06-127',
		'kapittel 6A: kollektiv beskyttelse', false, '[2022-06-15,2022-08-01)'),
	('IL', 3, 'act', 'integreringsloven', 'LOV-2020-11-06-127',
		'§ 41 (3), (4), § 50: samarbeid, private', false, '[2022-08-01,2023-08-01)'),
	('IL', 4, 'act', 'integreringsloven', 'LOV-2020-11-06-127',
		'§ 43 (1): tilgang; § 44 b: HK-dir', false, '[2023-08-01,)'),
	('SBL', 1, 'act', 'statsborgerloven', 'LOV-2005-06-10-51',
		'§§ 29 a, 29 b', false, '[2020-04-24,2024-12-20)'),
	('SBL', 2, 'act', 'statsborgerloven', 'LOV-2005-06-10-51',
		'§ 29 b: HK-dir', false, '[2024-12-20,)')
) AS t(code, version, kind, title_no, citation, change_no, data_rule, valid)
ON CONFLICT (code, version) DO UPDATE SET
	(kind, title_no, citation, change_no, data_rule, valid) =
	(excluded.kind, excluded.title_no, excluded.citation, excluded.change_no,
	 excluded.data_rule, excluded.valid);
