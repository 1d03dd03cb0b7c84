/*
 * sql/law/access_bodies.sql
 *
 * Who may do what, continued from access.sql:
 *  - Competence, reception centres and complaints: what law gives the bodies of
 *    access.sql there.  The host municipality of a reception centre is a
 *    municipality, under purposes a and d (IL §§ 5-7).
 *  - A state governor reads, never writes, and nothing of a special category.
 *    Supervision (m): what IL § 48 names, by the unit of its day, and who the
 *    rows are about.  A complaint (n): the one person of the case (IL § 47).
 *  - A private provider acts as the municipality or county that engaged it,
 *    about the persons assigned to it.  It takes no decisions.
 *  - Who verifies tests, and the portal, read no table: the rule says that
 *    they may declare the purpose.  So does the one of the immigration
 *    authorities in access.sql.
 */
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation, builtin)
SELECT category, body_kind, verb, scope, purposes::nir.purposes, '[2021-01-01,)'::daterange, citation, true
FROM (VALUES
	-- ---- assignments and cases, made by functions only ----
	('assignment', 'municipality', 'select', 'own', '{a,b,c,d,p,q}', 'IL §§ 41 (4), 42 (3)'),
	('assignment', 'county', 'select', 'own', '{b,p,q}', 'IL §§ 41 (4), 42 (3)'),
	('assignment', 'provider', 'select', 'engaged', '{a,b,c,d}', 'IL §§ 41 (4), 42 (3)'),
	('case', 'municipality', 'select', 'own', '{b,p,q}', 'IL § 47'),
	('case', 'county', 'select', 'own', '{b,p,q}', 'IL § 47'),

	-- ---- complaints: own, and not inherited by the next municipality (R71) ----
	('complaint', 'imdi', 'select', 'state', '{b,p,q}', 'IF § 56 (1)'),
	('complaint', 'municipality', 'select', 'own', '{b,p,q}', 'IL § 43 (1); IF § 58'),
	('complaint', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('complaint', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	-- ---- competence: the mapping is what guidance builds on (IL § 11) ----
	('competence', 'imdi', 'select', 'state', '{a,b,d,g,h,k,p,q}', 'IL § 6; IF §§ 47 (1), 56 (1)'),
	('competence', 'imdi', 'insert', 'state', '{b,d}', 'IL § 6; IF § 47 (1)'),
	('competence', 'imdi', 'update', 'state', '{b,d,p}', 'IL § 6; IF § 47 (1); GDPR art. 16'),
	('competence', 'municipality', 'select', 'connected', '{a,b,d,h,k,p,q}', 'IL § 43 (1); IF § 58'),
	('competence', 'municipality', 'insert', 'own', '{a,b,d}', 'IL §§ 6, 43 (2); IF § 58 (2)'),
	('competence', 'municipality', 'update', 'own', '{a,b,d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('competence', 'county', 'select', 'connected', '{b,p,q}', 'IL §§ 11, 43 (1); IF § 59'),

	-- ---- residents of reception centres ----
	('reception_training', 'imdi', 'select', 'state', '{a,e,g,h,i,p,q}', 'IF §§ 49, 56 (1), (2)'),
	('reception_training', 'imdi', 'update', 'state', '{a,p}', 'IF § 56 (1); GDPR art. 16'),
	('reception_training', 'municipality', 'select', 'own', '{a,e,h,p,q}', 'IL §§ 5, 43 (1); IF § 58'),
	('reception_training', 'municipality', 'insert', 'own', '{a}', 'IL §§ 5, 43 (2); IF § 58 (2)'),
	('reception_training', 'municipality', 'update', 'own', '{a,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('reception_programme', 'imdi', 'select', 'state', '{a,b,g,h,p,q}', 'IF §§ 48, 50, 56 (1)'),
	('reception_programme', 'imdi', 'update', 'state', '{a,b,p}', 'IF § 56 (1); GDPR art. 16'),
	('reception_programme', 'municipality', 'select', 'own', '{a,b,h,p,q}', 'IL §§ 6, 7, 43 (1); IF § 58'),
	('reception_programme', 'municipality', 'insert', 'own', '{a,b}', 'IL §§ 6, 7, 43 (2); IF § 58 (2)'),
	('reception_programme', 'municipality', 'update', 'own', '{a,b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('reception_special', 'imdi', 'select', 'state', '{a,p,q}', 'IF §§ 48 g, 49 f, 56 (1)'),
	('reception_special', 'municipality', 'select', 'own', '{a,p,q}', 'IL § 43 (1); IF §§ 48 g, 49 f, 58'),
	('reception_special', 'municipality', 'insert', 'own', '{a}', 'IL § 43 (2); IF §§ 48 g, 49 f, 58 (2)'),
	('reception_special', 'municipality', 'update', 'own', '{a,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	-- ---- supervision ----
	('person', 'state_governor', 'select', 'connected_own_period', '{m}', 'IL § 48'),
	('name', 'state_governor', 'select', 'connected_own_period', '{m}', 'IL § 48'),
	('connection', 'state_governor', 'select', 'own', '{m}', 'IL § 48'),
	('programme', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1)'),
	('decision', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1)'),
	('training', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1), (2)'),
	('hours', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1), (2)'),
	('absence', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1), (2)'),
	('complaint', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1)'),
	('competence', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (1)'),
	('guidance', 'state_governor', 'select', 'own', '{m}', 'IL § 48 (2)'),

	-- ---- complaints ----
	('connection', 'state_governor', 'select', 'subject', '{n}', 'IL § 47'),
	('person', 'state_governor', 'select', 'subject', '{n}', 'IL § 47'),
	('name', 'state_governor', 'select', 'subject', '{n}', 'IL § 47'),
	('fnr', 'state_governor', 'select', 'subject', '{n}', 'IL § 47; POL § 12'),
	('residence', 'state_governor', 'select', 'subject', '{n}', 'IL § 47'),
	('programme', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('decision', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('training', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('hours', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('absence', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('complaint', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('competence', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),
	('guidance', 'state_governor', 'select', 'subject', '{n}', 'IL §§ 46, 47'),

	-- ---- private providers ----
	('person', 'provider', 'select', 'engaged', '{a,b,c,d}', 'IL §§ 41 (4), 43 (1); IF § 46'),
	('name', 'provider', 'select', 'engaged', '{a,b,c,d}', 'IL §§ 41 (4), 43 (1); IF § 46'),
	('fnr', 'provider', 'select', 'engaged', '{a,b,c,d}', 'IL §§ 41 (4), 43 (1); IF § 46; POL § 12'),
	('duf', 'provider', 'select', 'engaged', '{a,b,c,d}', 'IL §§ 41 (4), 43 (1); IF § 46'),
	('residence', 'provider', 'select', 'engaged', '{a,b,d}', 'IL §§ 41 (4), 43 (1); IF § 46'),
	('programme', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	('decision', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	('training', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	('hours', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	('hours', 'provider', 'insert', 'engaged', '{b}', 'IL §§ 41 (4), 43 (2)'),
	('hours', 'provider', 'update', 'engaged', '{b}', 'IL §§ 41 (4), 43 (2)'),
	('absence', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	('absence', 'provider', 'insert', 'engaged', '{b}', 'IL §§ 41 (4), 43 (2)'),
	('absence', 'provider', 'update', 'engaged', '{b}', 'IL §§ 41 (4), 43 (2)'),
	('guidance', 'provider', 'select', 'engaged', '{b}', 'IL §§ 11, 41 (4), 43 (1)'),
	('guidance', 'provider', 'insert', 'engaged', '{b}', 'IL §§ 11, 41 (4), 43 (2)'),
	('guidance', 'provider', 'update', 'engaged', '{b}', 'IL §§ 11, 41 (4), 43 (2)'),
	('competence', 'provider', 'select', 'engaged', '{a,b,d}', 'IL §§ 41 (4), 43 (1)'),
	('competence', 'provider', 'insert', 'engaged', '{a,b,d}', 'IL §§ 41 (4), 43 (2)'),
	('competence', 'provider', 'update', 'engaged', '{a,b,d}', 'IL §§ 41 (4), 43 (2)'),
	('settlement', 'provider', 'select', 'engaged', '{b,d}', 'IL §§ 41 (4), 43 (1)'),
	('settlement_wish', 'provider', 'select', 'engaged', '{d}', 'IL §§ 41 (4), 43 (1)'),
	('reception_training', 'provider', 'select', 'engaged', '{a}', 'IL §§ 5, 41 (4), 43 (1)'),
	('reception_training', 'provider', 'insert', 'engaged', '{a}', 'IL §§ 5, 41 (4), 43 (2)'),
	('reception_training', 'provider', 'update', 'engaged', '{a}', 'IL §§ 5, 41 (4), 43 (2)'),
	('reception_programme', 'provider', 'select', 'engaged', '{a,b}', 'IL §§ 6, 7, 41 (4), 43 (1)'),
	('candidate', 'provider', 'select', 'engaged', '{c}', 'IL §§ 41 (4), 43 (1)'),
	('sitting', 'provider', 'select', 'engaged', '{b,c}', 'IL §§ 41 (4), 43 (1)'),
	('result', 'provider', 'select', 'engaged', '{b}', 'IL §§ 41 (4), 43 (1)'),
	-- of special categories those alone that the engagement names
	('settlement_special', 'provider', 'select', 'engaged', '{d}', 'IL §§ 41 (1), (4), 43 (1); IF § 51 (2)'),
	('reception_special', 'provider', 'select', 'engaged', '{a}', 'IL §§ 41 (1), (4), 43 (1); IF §§ 48 g, 49 f'),
	('test_special', 'provider', 'select', 'engaged', '{c}', 'IL §§ 41 (1), (4), 43 (1); IF § 54 g'),

	-- ---- verification ----
	('sharing', 'hkdir', 'select', 'state', '{c,p,q}', 'IF §§ 57, 63 (2); UHL § 15-1'),
	('sharing', 'hkdir', 'insert', 'state', '{c,p}', 'IF §§ 57, 63 (2); UHL § 15-1'),
	('sharing', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 57, 63 (2); UHL § 15-1'),
	('verification', 'verifier', 'select', 'state', '{j}', 'IF § 63 (1)'),
	('verification', 'portal', 'select', 'state', '{j}', 'IF § 63 (2)')
) AS t(category, body_kind, verb, scope, purposes, citation)
ON CONFLICT (category, body_kind, verb, scope, lower(valid)) DO UPDATE SET
	(purposes, valid, citation, builtin) =
	(excluded.purposes, excluded.valid, excluded.citation, true);
