/*
 * sql/law/retention.sql
 *
 * IF § 60, word for word the same as P18 § 16, hence one version from
 * 2018-09-01; and P05 § 11 for what was due before.  Where several rules
 * name the same data, nir.item.retention gives the order in which they are
 * tried.
 */
INSERT INTO nir.retention_rule
	(code, version, name_no, years, clock, may_extend, eraser, transfer_first, valid, citation, reading)
SELECT code, 1, name_no, years, clock::text[], may_extend, eraser::text[], transfer_first::text[],
	valid::daterange, citation, reading
FROM (VALUES
	('RC0', 'alle personopplysninger: ikke lenger enn nødvendig', NULL::smallint,
		'{}', false, '{imdi,hkdir,municipality,county}', '{}',
		'[2018-09-01,)', 'IF § 60 (1); P18 § 16 (1)',
		'erased earlier when no longer necessary; decided by people'),
	('RC1', 'bosettings- og tilskuddsrelevante personopplysninger', 15,
		'{settled}', false, '{imdi,municipality}', '{}',
		'[2018-09-01,)', 'IF § 60 (2); P18 § 16 (2)',
		NULL),
	('RC2', 'innvandrer som gjennomfører kvalifiserende tiltak', 15,
		'{programme_start,training_start,measure_start}', false, '{imdi,municipality,county}',
		'{D56-3,D56-4}', '[2018-09-01,)', 'IF § 60 (3); P18 § 16 (3)',
		'first start in the scheme; a restart or a move does not start the time again'),
	('RC3', 'innvandrer i målgruppen som ikke deltar', 15,
		'{target_entry}', false, '{imdi}', '{D56-4}',
		'[2018-09-01,)', 'IF § 60 (4); P18 § 16 (4)',
		'names the schemes of INTRO, applied to IL too; RC2 from the day the person starts'),
	('RC4', 'person som avlegger prøver', 20,
		'{test_sitting}', false, '{hkdir,municipality}', '{D57-2,D56-4}',
		'[2018-09-01,)', 'IF § 60 (5); P18 § 16 (5)',
		'each sitting by its own date'),
	('RC5', 'beboer i mottak som deltar i opplæring, og tilhørende tilskudd', 5,
		'{reception_training_start}', false, '{imdi}', '{D56-2}',
		'[2018-09-01,)', 'IF § 60 (6); P18 § 16 (6)',
		'«norsk kultur og norske verdier» is samfunnskunnskap for persons under IL'),
	('RC6', 'beboer i mottak i målgruppen som ikke deltar', 5,
		'{reception_target_entry}', false, '{imdi}', '{}',
		'[2018-09-01,)', 'IF § 60 (7); P18 § 16 (7)',
		'RC5 from the day the person starts'),
	('RC7', 'beboer i mottak som deltar i integreringsfremmende program', 5,
		'{reception_moved_in}', false, '{imdi}', '{}',
		'[2018-09-01,)', 'IF § 60 (8); P18 § 16 (8)',
		NULL),
	('RC8', 'opplysninger om kompetanse', 15,
		'{mapping_start}', true, '{imdi,municipality,county}', '{}',
		'[2018-09-01,)', 'IF § 60 (9) 1, 2; P18 § 16 (9)',
		'longer only by a decision with reason, decider, date and date of review'),
	('RC9', 'kompetanseopplysninger om asylsøkere med endelig avslag', 5,
		'{mapping_start}', false, '{imdi}', '{}',
		'[2018-09-01,)', 'IF § 60 (9) 3; P18 § 16 (9)',
		'the text gives no start: from the start of the mapping, once a final rejection is known; comes before RC8'),
	('P05-1', 'deltaker i introduksjonsprogram eller opplæring', 10,
		'{programme_start,training_start}', false, '{imdi}', '{P05-11-3}',
		'[2005-09-01,2018-09-01)', 'P05 § 11 (1)',
		'no longer in force: shows only that an erasure before 2018-09-01 was due'),
	('P05-2', 'deltaker i norskopplæring for asylsøkere', 5,
		'{reception_training_start}', false, '{imdi}', '{P05-11-3}',
		'[2007-09-01,2018-09-01)', 'P05 § 11 (1)',
		'no longer in force: shows only that an erasure before 2018-09-01 was due')
) AS t(code, name_no, years, clock, may_extend, eraser, transfer_first, valid, citation, reading)
ON CONFLICT (code, version) DO UPDATE SET
	(name_no, years, clock, may_extend, eraser, transfer_first, valid, citation, reading) =
	(excluded.name_no, excluded.years, excluded.clock, excluded.may_extend, excluded.eraser,
	 excluded.transfer_first, excluded.valid, excluded.citation, excluded.reading);
