/*
 * sql/law/purposes.sql
 *
 * The letters a to t.  Dates: IL and IF from 2021-01-01; INTRO §§ 25-25 b and
 * P18, which named the same five main purposes, from 2018-09-01; P05 from
 * 2005-09-01.  The letters u to x are free for local rows.
 */
INSERT INTO nir.purpose
	(letter, name, name_no, citation, valid, needs_case_ref, enabled, reserved, builtin)
SELECT letter, name, name_no, citation, valid::daterange, needs_case_ref, enabled, reserved, true
FROM (VALUES
	('a', 'asylum_training', 'tiltak for å gi asylsøkere kjennskap til norsk språk og samfunnsliv',
		'IL § 41 (1) a; INTRO § 25 (1) a', '[2018-09-01,)', false, true, false),
	('b', 'qualification', 'tiltak for å gi innvandrere kunnskap og ferdigheter for å kunne delta i det norske samfunnslivet',
		'IL § 41 (1) b; INTRO § 25 (1) b', '[2018-09-01,)', false, true, false),
	('c', 'tests', 'gjennomføring av prøver for dokumentasjon av norskkunnskaper og samfunnskunnskap',
		'IL § 41 (1) c; INTRO § 25 (1) c', '[2018-09-01,)', false, true, false),
	('d', 'settlement', 'bosetting av innvandrere',
		'IL § 41 (1) d; INTRO § 25 (1) d', '[2018-09-01,)', false, true, false),
	('e', 'grants', 'utbetaling av tilskudd for tiltak som nevnt i bokstav a, b og d',
		'IL § 41 (1) e; INTRO § 25 (1) e', '[2018-09-01,)', false, true, false),
	('f', 'coop', 'samarbeid med andre tjenester',
		'IL §§ 41 (3), 50', '[2022-08-01,)', true, true, false),
	('g', 'res', 'forskning og analyse',
		'IF § 62; P18 § 18', '[2018-09-01,)', false, true, false),
	('h', 'stat', 'egen statistikk',
		'IL § 42 (2); INTRO § 25', '[2018-09-01,)', false, true, false),
	('i', 'imm', 'utlevering til utlendingsmyndighetene',
		'IF §§ 56, 57, 61; P18 §§ 13, 14; P05 § 11', '[2005-09-01,)', false, true, false),
	('j', 'ver', 'verifikasjon av prøveresultater',
		'IF § 63; P18 § 19', '[2018-09-01,)', false, true, false),
	('k', 'order', 'pålegg om å utlevere personopplysninger',
		'IL § 44; INTRO § 25 b', '[2018-09-01,)', true, true, false),
	('l', 'county', 'fylkeskommunens opplysninger til kommunen',
		'IF § 59 (3)', '[2021-01-01,)', false, true, false),
	('m', 'sup', 'tilsyn',
		'IL § 48', '[2021-01-01,)', true, true, false),
	('n', 'compl', 'klage',
		'IL § 47', '[2021-01-01,)', true, true, false),
	('o', 'child', 'opplysningsplikt til barnevernet',
		'IL § 49', '[2021-01-01,)', false, true, false),
	('p', 'rights', 'den registrertes rettigheter',
		'GDPR art. 12-22', '[2018-07-20,)', false, true, false),
	('q', 'claim', 'rettskrav',
		'GDPR art. 18 (2)', '[2018-07-20,)', false, true, false),
	('r', 'retention', 'overføring og sletting når lagringstiden utløper',
		'IF §§ 60, 61; P18 §§ 16, 17; P05 § 11', '[2005-09-01,)', false, true, true),
	('s', 'jobs34', 'kompetanseopplysninger til arbeidsgivere for personer med kollektiv beskyttelse',
		'IL § 37 f', '[2022-06-15,2028-07-01)', false, false, false),
	-- no rule for archives was found, so the purpose is off and never in force
	('t', 'arch', 'arkiv',
		'none found', 'empty', false, false, false)
) AS t(letter, name, name_no, citation, valid, needs_case_ref, enabled, reserved)
ON CONFLICT (letter) DO UPDATE SET
	(name, name_no, citation, valid, needs_case_ref, enabled, reserved, builtin) =
	(excluded.name, excluded.name_no, excluded.citation, excluded.valid, excluded.needs_case_ref,
	 excluded.enabled, excluded.reserved, true);
