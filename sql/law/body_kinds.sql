/*
 * sql/law/body_kinds.sql
 *
 * Every kind of body that the law knows in this field, and what it may.  Those
 * with a group role act for themselves.  A city district and the host
 * municipality of a reception centre act as the municipality they are, so
 * they are bound to its units; a private provider acts for whoever engaged it
 * (IL §§ 41 (4), 42 (3)).  The rest has no access to the register, and the
 * remark says why.
 */
INSERT INTO nir.body_kind (code, group_role, name_no, scope_level, reach, active, internal, acts_as, remark, valid, citation)
SELECT code, group_role, name_no, scope_level, reach, active, code = 'retention', acts_as, remark, valid::daterange, citation
FROM (VALUES
	-- nir's own purge, which acts for whoever must erase
	('retention', 'nir_retention', 'sletting når lagringstiden utløper', 'state', 'unit', true, NULL,
		'deletes what is due, after what must be handed over', '(,)', 'IF §§ 60, 61'),
	('imdi', 'nir_imdi', 'Integrerings- og mangfoldsdirektoratet', 'state', 'unit', true, NULL,
		'controller of the registers on competence, qualification, settlement and grants', '[2005-09-01,)', 'IF § 56'),
	('hkdir', 'nir_hkdir', 'Direktoratet for høyere utdanning og kompetanse', 'state', 'unit', true, NULL,
		'controller of the registers on tests', '[2018-09-01,)', 'IF § 57'),
	('municipality', 'nir_municipality', 'kommune', 'municipality', 'unit', true, NULL,
		'registers about the persons connected with it, and reads of them', '(,)', 'IL § 43 (2); IF § 58'),
	('county', 'nir_county', 'fylkeskommune', 'county', 'unit', true, NULL,
		'registers career guidance and the absence of those it trains, and reads of the persons connected with it', '[2021-01-01,)', 'IL § 43 (2); IF § 59'),
	('state_governor', 'nir_state_governor', 'statsforvalter', 'county', 'within', true, NULL,
		'reads its own counties, in a case: for supervision what IL § 48 names, for a complaint the one person it is about', '[2021-01-01,)', 'IL §§ 47, 48'),
	('immigration', 'nir_immigration', 'utlendingsmyndighetene (UDI, UNE, politiet)', 'state', 'unit', true, NULL,
		'reads no table: fetches what is handed over to it', '[2005-09-01,)', 'IF §§ 56, 57'),
	('provider', 'nir_provider', 'privat aktør som utfører oppgaver for kommune eller fylkeskommune', 'municipality', 'engaged', true, NULL,
		'acts for who engaged it, about the persons assigned to it, as long as the engagement lasts', '[2021-01-01,)', 'IL §§ 41 (4), 42 (3), 43 (1)'),
	('verifier', 'nir_verifier', 'Samordna opptak og høyere utdanningsinstitusjoner', 'state', 'unit', true, NULL,
		'reads no table: has a claimed test result confirmed or not', '[2018-09-01,)', 'IF § 63 (1)'),
	('portal', 'nir_portal', 'nasjonal portal for deling av vitnemål (Vitnemålsportalen)', 'state', 'unit', true, NULL,
		'reads no table: learns whether a number has a test result, and the result where the person decided to share it', '[2021-01-01,)', 'IF § 63 (2); UHL § 15-1'),

	-- who acts as another
	('district', NULL, 'bydel', 'municipality', 'unit', false, 'municipality',
		'acts as its municipality, bound to the number of the district', '(,)', 'P05 § 5 g; IF § 58'),
	('host_municipality', NULL, 'vertskommune for mottak', 'municipality', 'unit', false, 'municipality',
		'is a municipality, for the persons in its reception centres under purposes a and d', '[2021-01-01,)', 'IL §§ 5, 6, 7'),
	('career_centre', NULL, 'offentlig karrieresenter', 'county', 'unit', false, 'county',
		'gives guidance for its county and acts as it, or as a provider; else a source only', '[2021-01-01,)', 'IL § 11; IF § 44'),

	-- who has no access to the register
	('foreign_service', NULL, 'utenrikstjenesten', 'state', 'unit', false, NULL,
		'gets data through the immigration authorities, in cases of SBF chapter 14', '[2018-09-01,)', 'SBF ch. 14'),
	('population_register', NULL, 'folkeregistermyndigheten', 'state', 'unit', false, NULL,
		'a source: IMDi collects from it', '(,)', 'IL §§ 42 (1), 44 f; IF § 44'),
	('nav', NULL, 'Arbeids- og velferdsetaten', 'state', 'unit', false, NULL,
		'a source, and may be ordered to disclose; gets data by exchange or cooperation only, case by case', '(,)', 'IL §§ 42 (2), 44 c, 50; IF § 44'),
	('bufetat', NULL, 'Barne-, ungdoms- og familieetaten', 'state', 'unit', false, NULL,
		'a source: IMDi collects from it', '(,)', 'IF § 44'),
	('care_centre', NULL, 'omsorgssenter for mindreårige', 'state', 'unit', false, NULL,
		'a source: IMDi collects from it', '(,)', 'IF § 44'),
	('reception_centre', NULL, 'asylmottak', 'municipality', 'unit', false, NULL,
		'its data come by the host municipality and the immigration authorities', '(,)', 'IL §§ 3, 5; IF §§ 48, 49'),
	('child_welfare', NULL, 'kommunal barnevernstjeneste', 'municipality', 'unit', false, NULL,
		'a source where the child''s best interests need it, and notified outside the register', '(,)', 'IL §§ 42 (1), 49; IF § 44 (2)'),
	('crisis_centre', NULL, 'krisesenter', 'municipality', 'unit', false, NULL,
		'a source where the child''s best interests need it', '(,)', 'IL § 42 (1); IF § 44 (2)'),
	('health_personnel', NULL, 'helsepersonell', 'state', 'unit', false, NULL,
		'a source with the person''s consent: their secrecy is never lifted', '(,)', 'IL §§ 42 (2), 44'),
	('researcher', NULL, 'forsker', 'state', 'unit', false, NULL,
		'gets extracts after a decision, never the register (R79)', '[2018-09-01,)', 'IF § 62'),
	('statistics_norway', NULL, 'Statistisk sentralbyrå', 'state', 'unit', false, NULL,
		'gets the basis of statistics from the controller, by its own act', '(,)', 'IL § 42 (2)'),
	('audit', NULL, 'Riksrevisjonen, Datatilsynet og kommunal revisjon', 'state', 'unit', false, NULL,
		'have what their own acts give them, from the controller', '(,)', 'POL; GDPR art. 58')
) AS t(code, group_role, name_no, scope_level, reach, active, acts_as, remark, valid, citation)
ON CONFLICT (code) DO UPDATE SET
	(group_role, name_no, scope_level, reach, active, internal, acts_as, remark, valid, citation) =
	(excluded.group_role, excluded.name_no, excluded.scope_level, excluded.reach, excluded.active, excluded.internal,
	 excluded.acts_as, excluded.remark, excluded.valid, excluded.citation);
