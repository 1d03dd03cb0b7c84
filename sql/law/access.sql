/*
 * sql/law/access.sql
 *
 * Who may do what.  The rows say:
 *  - IMDi: its own registers, the whole country (IF § 56); of the tests only
 *    what the immigration authorities must get (IF § 56 (4)).
 *  - HK-dir: the tests, and the identity of candidates (IF § 57).
 *  - A municipality registers about the persons connected with it (IL § 43
 *    (2), IF § 58 (2)); it reads what it needs to continue a scheme that
 *    another municipality began, and never answers to tests or rates of grants.
 *    Of a person who has left it keeps its own facts, and name and numbers of
 *    the time she was there (R71).
 *  - A county: career guidance, and from 2023-08-01 the absence of those it
 *    trains (IL § 30 (2), IF § 59); who works there tells child welfare (IL § 49).
 * Nobody deletes but retention, what is due: the rules at the end.
 * State governors, private providers and who verifies tests are in
 * access_bodies.sql.
 */
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation, builtin)
SELECT t.category, t.body_kind, t.verb, t.scope, v.purposes, v.valid, t.citation, true
FROM (VALUES
	-- master data
	('person', 'imdi', 'select', 'state', '{a,b,d,e,g,h,i,k,p,q}', 'IF §§ 46, 56'),
	('person', 'imdi', 'insert', 'new', '{a,b,d}', 'IF §§ 46, 56'),
	('person', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 46, 56; GDPR art. 16'),
	('person', 'hkdir', 'select', 'state', '{c,g,h,i,k,p,q}', 'IF §§ 46, 57'),
	('person', 'hkdir', 'insert', 'new', '{c}', 'IF §§ 46, 57'),
	('person', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 46, 57; GDPR art. 16'),
	('person', 'municipality', 'select', 'connected_own_period', '{a,b,c,d,e,f,h,i,k,o,p,q}', 'IL § 43 (1); IF §§ 46, 58'),
	('person', 'municipality', 'insert', 'new', '{a,b,c,d}', 'IL § 43 (2); IF § 58 (2)'),
	('person', 'municipality', 'update', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('person', 'county', 'select', 'connected_own_period', '{b,f,k,o,p,q}', 'IL §§ 43 (1), 49; IF §§ 46, 59'),

	('name', 'imdi', 'select', 'state', '{a,b,d,e,g,i,k,p,q}', 'IF §§ 46, 56'),
	('name', 'imdi', 'insert', 'state', '{a,b,d}', 'IF §§ 46, 56'),
	('name', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 46, 56; GDPR art. 16'),
	('name', 'hkdir', 'select', 'state', '{c,g,i,j,k,p,q}', 'IF §§ 46, 57, 63'),
	('name', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 46, 57'),
	('name', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 46, 57; GDPR art. 16'),
	('name', 'municipality', 'select', 'connected_own_period', '{a,b,c,d,e,f,i,k,o,p,q}', 'IL § 43 (1); IF §§ 46, 58'),
	('name', 'municipality', 'insert', 'connected', '{a,b,c,d}', 'IL § 43 (2); IF § 58 (2)'),
	('name', 'municipality', 'update', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('name', 'county', 'select', 'connected_own_period', '{b,f,k,l,o,p,q}', 'IL §§ 43 (1), 49; IF §§ 46, 59'),

	('fnr', 'imdi', 'select', 'state', '{a,b,d,e,g,i,k,p,q}', 'IF §§ 46, 56; POL § 12'),
	('fnr', 'imdi', 'insert', 'state', '{a,b,d}', 'IF §§ 46, 56; POL § 12'),
	('fnr', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 46, 56; GDPR art. 16'),
	('fnr', 'hkdir', 'select', 'state', '{c,g,i,j,k,p,q}', 'IF §§ 46, 57, 63; POL § 12'),
	('fnr', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 46, 57; POL § 12'),
	('fnr', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 46, 57; GDPR art. 16'),
	('fnr', 'municipality', 'select', 'connected_own_period', '{a,b,c,d,e,f,i,k,o,p,q}', 'IL § 43 (1); IF §§ 46, 58; POL § 12'),
	('fnr', 'municipality', 'insert', 'connected', '{a,b,c,d}', 'IL § 43 (2); IF § 58 (2); POL § 12'),
	('fnr', 'municipality', 'update', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('fnr', 'county', 'select', 'connected_own_period', '{b,f,k,l,o,p,q}', 'IL §§ 43 (1), 49; IF §§ 46, 59; POL § 12'),

	('duf', 'imdi', 'select', 'state', '{a,b,d,e,g,i,k,p,q}', 'IF §§ 46, 56'),
	('duf', 'imdi', 'insert', 'state', '{a,b,d}', 'IF §§ 46, 56'),
	('duf', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 46, 56; GDPR art. 16'),
	('duf', 'hkdir', 'select', 'state', '{c,g,i,k,p,q}', 'IF §§ 46, 57'),
	('duf', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 46, 57'),
	('duf', 'municipality', 'select', 'connected_own_period', '{a,b,c,d,e,f,i,k,p,q}', 'IL § 43 (1); IF §§ 46, 58'),
	('duf', 'municipality', 'insert', 'connected', '{a,b,c,d}', 'IL § 43 (2); IF § 58 (2)'),
	('duf', 'municipality', 'update', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('duf', 'county', 'select', 'connected_own_period', '{b,f,k,p,q}', 'IL § 43 (1); IF §§ 46, 59'),

	-- connections: municipalities and counties make them through functions only
	('connection', 'imdi', 'select', 'state', '{a,b,d,e,g,h,i,k,p,q}', 'IF § 56'),
	('connection', 'imdi', 'insert', 'state', '{a,b,d}', 'IF § 56'),
	('connection', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF § 56; GDPR art. 16'),
	('connection', 'municipality', 'select', 'own', '{a,b,c,d,e,f,h,i,k,o,p,q}', 'IL § 43 (2); IF §§ 45, 58'),
	('connection', 'county', 'select', 'own', '{b,f,k,l,o,p,q}', 'IL §§ 43 (2), 49; IF §§ 45, 59'),

	('residence', 'imdi', 'select', 'state', '{a,b,d,e,g,h,i,k,p,q}', 'IF §§ 46, 56'),
	('residence', 'imdi', 'insert', 'state', '{a,b,d}', 'IF §§ 44, 46, 56'),
	('residence', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 44, 46, 56; GDPR art. 16'),
	('residence', 'municipality', 'select', 'connected', '{a,b,d,e,f,h,i,k,p,q}', 'IL § 43 (1); IF §§ 46, 58'),
	('residence', 'county', 'select', 'connected', '{b,p,q}', 'IL § 43 (1); IF §§ 46, 59'),

	-- qualification
	('programme', 'imdi', 'select', 'state', '{b,g,h,i,k,p,q}', 'IF § 56 (1), (3)'),
	('programme', 'imdi', 'update', 'state', '{b,p}', 'IF § 56 (1); GDPR art. 16'),
	('programme', 'municipality', 'select', 'connected', '{b,f,h,i,k,p,q}', 'IL §§ 41 (3), 43 (1); IF § 58'),
	('programme', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('programme', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('programme', 'county', 'select', 'connected', '{b,p,q}', 'IL §§ 11, 43 (1); IF § 59'),

	('decision', 'imdi', 'select', 'state', '{b,i,p,q}', 'IF § 56 (1)'),
	('decision', 'imdi', 'update', 'state', '{b,p}', 'IF § 56 (1); GDPR art. 16'),
	('decision', 'municipality', 'select', 'connected', '{b,i,p,q}', 'IL § 43 (1); IF § 58'),
	('decision', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('decision', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	('training', 'imdi', 'select', 'state', '{b,g,h,i,k,p,q}', 'IF § 56 (1), (4)'),
	('training', 'imdi', 'update', 'state', '{b,p}', 'IF § 56 (1); GDPR art. 16'),
	('training', 'municipality', 'select', 'connected', '{b,f,h,i,k,p,q}', 'IL §§ 41 (3), 43 (1); IF § 58'),
	('training', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('training', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('training', 'county', 'select', 'connected', '{b,p,q}', 'IL §§ 30 (2), 43 (1); IF § 59'),

	('hours', 'imdi', 'select', 'state', '{b,e,g,h,i,k,p,q}', 'IF § 56 (1), (4)'),
	('hours', 'imdi', 'update', 'state', '{b,p}', 'IF § 56 (1); GDPR art. 16'),
	('hours', 'municipality', 'select', 'connected', '{b,e,f,h,i,k,p,q}', 'IL §§ 41 (3), 43 (1); IF § 58'),
	('hours', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('hours', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('hours', 'county', 'select', 'connected', '{b,p,q}', 'IL §§ 30 (2), 43 (1); IF § 59'),

	('absence', 'imdi', 'select', 'state', '{b,e,g,h,p,q}', 'IF § 56 (1)'),
	('absence', 'municipality', 'select', 'connected', '{b,e,h,p,q}', 'IL § 43 (1); IF § 58'),
	('absence', 'municipality', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 58 (2)'),
	('absence', 'municipality', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('absence', 'county', 'select', 'own', '{b,l,p,q}', 'IL § 30 (2); IF § 59 (3)'),
	('absence', 'county', 'insert', 'own', '{b,l}', 'IL § 30 (2); IF § 59 (3)'),

	('grant', 'imdi', 'select', 'state', '{e,h,p,q}', 'IF §§ 55, 56 (1)'),
	('grant', 'imdi', 'insert', 'state', '{e}', 'IF §§ 55, 56 (1)'),
	('grant', 'imdi', 'update', 'state', '{e,p}', 'IF §§ 55, 56 (1); GDPR art. 16'),
	('grant', 'municipality', 'select', 'own', '{e,h,p,q}', 'IL § 43 (1); IF § 55 a'),
	('grant', 'county', 'select', 'own', '{e,p,q}', 'IL § 43 (1); IF § 55 a'),

	-- settlement
	('settlement', 'imdi', 'select', 'state', '{b,d,e,g,h,p,q}', 'IF §§ 51, 56 (1)'),
	('settlement', 'imdi', 'insert', 'state', '{d}', 'IF §§ 51, 56 (1)'),
	('settlement', 'imdi', 'update', 'state', '{d,p}', 'IF §§ 51, 56 (1); GDPR art. 16'),
	('settlement', 'municipality', 'select', 'connected', '{b,d,e,h,p,q}', 'IL § 43 (1); IF §§ 51, 58'),
	('settlement', 'municipality', 'insert', 'own', '{d}', 'IL § 43 (2); IF § 58 (2)'),
	('settlement', 'municipality', 'update', 'own', '{d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	('settlement_wish', 'imdi', 'select', 'state', '{d,g,p,q}', 'IF §§ 51, 56 (1)'),
	('settlement_wish', 'imdi', 'insert', 'state', '{d}', 'IF §§ 51, 56 (1)'),
	('settlement_wish', 'imdi', 'update', 'state', '{d,p}', 'IF §§ 51, 56 (1); GDPR art. 16'),
	('settlement_wish', 'municipality', 'select', 'own', '{d,p,q}', 'IL § 43 (1); IF §§ 51, 58'),
	('settlement_wish', 'municipality', 'insert', 'own', '{d}', 'IL § 43 (2); IF § 58 (2)'),
	('settlement_wish', 'municipality', 'update', 'own', '{d,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	('settlement_special', 'imdi', 'select', 'state', '{d,p,q}', 'IF §§ 51 (1) b, 51 (2), 56 (1)'),
	('settlement_special', 'imdi', 'insert', 'state', '{d}', 'IF §§ 51 (1) b, 51 (2), 56 (1)'),
	('settlement_special', 'imdi', 'update', 'state', '{d,p}', 'IF §§ 51 (1) b, 51 (2), 56 (1); GDPR art. 16'),
	('settlement_special', 'municipality', 'select', 'own', '{d,p,q}', 'IL § 43 (1); IF §§ 51 (2), 58'),
	('settlement_special', 'municipality', 'insert', 'own', '{d}', 'IL § 43 (2); IF §§ 51 (2), 58 (2)'),
	('settlement_special', 'municipality', 'update', 'own', '{d,p}', 'IL § 43 (2); IF §§ 51 (2), 58 (2); GDPR art. 16'),

	('guidance', 'county', 'select', 'own', '{b,f,k,l,p,q}', 'IL § 11; IF § 59'),
	('guidance', 'county', 'insert', 'own', '{b}', 'IL § 43 (2); IF § 59 (2)'),
	('guidance', 'county', 'update', 'own', '{b,p}', 'IL § 43 (2); IF § 59 (2); GDPR art. 16'),
	('guidance', 'municipality', 'select', 'connected', '{b,f,k,p,q}', 'IL § 43 (1); IF § 59 (3)'),
	('guidance', 'imdi', 'select', 'state', '{b,g,h,k,p,q}', 'IF § 56 (1)'),

	-- tests
	('candidate', 'hkdir', 'select', 'state', '{c,p,q}', 'IF §§ 54, 57'),
	('candidate', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54, 57'),
	('candidate', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54, 57; GDPR art. 16'),
	('candidate', 'municipality', 'select', 'own', '{c,p,q}', 'IL § 43 (1); IF §§ 54, 58'),
	('candidate', 'municipality', 'insert', 'own', '{c}', 'IL § 43 (2); IF § 58 (2)'),
	('candidate', 'municipality', 'update', 'own', '{c,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	('test_background', 'hkdir', 'select', 'state', '{c,g,h,p,q}', 'IF §§ 54, 57'),
	('test_background', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54, 57'),
	('test_background', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54, 57; GDPR art. 16'),
	('test_background', 'municipality', 'select', 'own', '{c,p,q}', 'IL § 43 (1); IF §§ 54, 58'),
	('test_background', 'municipality', 'insert', 'own', '{c}', 'IL § 43 (2); IF § 58 (2)'),
	('test_background', 'municipality', 'update', 'own', '{c,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),

	('sitting', 'hkdir', 'select', 'state', '{c,g,h,i,j,k,p,q}', 'IF §§ 54, 57, 63'),
	('sitting', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54, 57'),
	('sitting', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54, 57; GDPR art. 16'),
	('sitting', 'municipality', 'select', 'connected', '{b,c,f,h,i,k,p,q}', 'IL § 43 (1); IF §§ 54, 58'),
	('sitting', 'municipality', 'insert', 'own', '{c}', 'IL § 43 (2); IF § 58 (2)'),
	('sitting', 'municipality', 'update', 'own', '{c,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16'),
	('sitting', 'imdi', 'select', 'state', '{b,g,h,i,k,p,q}', 'IF § 56 (4)'),

	('answer', 'hkdir', 'select', 'state', '{c,p,q}', 'IF §§ 54 k, 57'),
	('answer', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54 k, 57'),
	('answer', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54 k, 57; GDPR art. 16'),

	('result', 'hkdir', 'select', 'state', '{c,g,h,i,j,k,p,q}', 'IF §§ 54 k, 57, 63'),
	('result', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54 k, 57'),
	('result', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54 k, 57; GDPR art. 16'),
	('result', 'municipality', 'select', 'connected', '{b,f,h,i,k,p,q}', 'IL § 43 (1); IF § 58; SBF § 14-6'),
	('result', 'imdi', 'select', 'state', '{b,g,h,i,k,p,q}', 'IF § 56 (4)'),

	('test_special', 'hkdir', 'select', 'state', '{c,p,q}', 'IF §§ 54 g, 54 n, 57'),
	('test_special', 'hkdir', 'insert', 'state', '{c}', 'IF §§ 54 g, 54 n, 57'),
	('test_special', 'hkdir', 'update', 'state', '{c,p}', 'IF §§ 54 g, 54 n, 57; GDPR art. 16'),
	('test_special', 'municipality', 'select', 'own', '{c,p,q}', 'IL § 43 (1); IF §§ 54 g, 54 n, 58'),
	('test_special', 'municipality', 'insert', 'own', '{c}', 'IL § 43 (2); IF § 58 (2)'),
	('test_special', 'municipality', 'update', 'own', '{c,p}', 'IL § 43 (2); IF § 58 (2); GDPR art. 16')
) AS t(category, body_kind, verb, scope, purposes, citation)
-- versions: a county may train from 2023-08-01 (IL § 30 (2)); cooperation, f,
-- is a purpose from 2022-08-01 (IL § 41 (3))
CROSS JOIN LATERAL (SELECT
	CASE WHEN t.body_kind = 'county' AND t.category IN ('training', 'hours', 'absence')
		THEN date '2023-08-01' ELSE '2021-01-01' END AS since,
	t.purposes::nir.purposes AS purposes) AS b
CROSS JOIN LATERAL (
	SELECT b.purposes - '{f}'::nir.purposes, daterange(b.since, CASE WHEN b.purposes && '{f}' THEN date '2022-08-01' END)
	WHERE (b.since < '2022-08-01' OR NOT b.purposes && '{f}') AND b.purposes <> '{f}'
	UNION ALL
	SELECT b.purposes, daterange(greatest(b.since, '2022-08-01'), NULL)
	WHERE b.purposes && '{f}') AS v(purposes, valid)
ON CONFLICT (category, body_kind, verb, scope, lower(valid)) DO UPDATE SET
	(purposes, valid, citation, builtin) =
	(excluded.purposes, excluded.valid, excluded.citation, true);

/*
 * The purge (IF §§ 60, 61), body kind retention: of every category what is due
 * and nothing else; when storage times began; and, under purpose i, what it
 * must hand over of subjects with a transfer to make.  The immigration
 * authorities read no table: they fetch their transfers.
 */
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation, builtin)
SELECT category, body_kind, verb, scope, purposes::nir.purposes, '[2021-01-01,)'::daterange, citation, true
FROM (
	SELECT c.code, 'retention', v.verb, 'due', '{r}', 'IF §§ 60, 61'
	FROM nir.category AS c
	CROSS JOIN (VALUES ('select'), ('delete')) AS v(verb)
	WHERE c.builtin AND c.code NOT IN ('transfer', 'verification') AND (c.code, v.verb) <> ('clock', 'select')
	UNION ALL
	SELECT c.code, 'retention', 'select', 'pending', '{i}', 'IF § 61'
	FROM nir.category AS c
	WHERE c.builtin AND c.code IN ('person', 'fnr', 'duf', 'programme', 'training', 'hours', 'sitting', 'result')
	UNION ALL
	SELECT c.code, 'retention', 'select', 'soon', '{i}', 'IF § 61'
	FROM nir.category AS c
	WHERE c.builtin AND c.code IN ('programme', 'decision', 'training', 'hours', 'sitting')
	UNION ALL
	VALUES ('clock', 'retention', 'select', 'state', '{i,r}', 'IF §§ 60, 61'),
		-- a clock repeats a day of a fact: it is for what all of these facts are for
		('clock', 'imdi', 'select', 'state', '{b,g,h,p,q}', 'IF §§ 56 (1), 60'),
		('clock', 'municipality', 'select', 'connected', '{b,h,p,q}', 'IF §§ 58 (1), 60'),
		('transfer', 'immigration', 'select', 'state', '{i}', 'IF §§ 56, 57, 61')
) AS t(category, body_kind, verb, scope, purposes, citation)
ON CONFLICT (category, body_kind, verb, scope, lower(valid)) DO UPDATE SET
	(purposes, valid, citation, builtin) =
	(excluded.purposes, excluded.valid, excluded.citation, true);

/*
 * Persons, continued: hand-overs, which functions write; restriction of
 * processing, the controllers' (IF §§ 56 (1), 57 (1)); reservations, which the
 * municipality registers for who asks (IF § 62 (2)).
 */
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation, builtin)
SELECT category, body_kind, verb, scope, purposes::nir.purposes, '[2021-01-01,)'::daterange, citation, true
FROM (VALUES
	('hand_over', 'imdi', 'select', 'state', '{a,b,d,e,k,p,q}', 'IF § 56'),
	('hand_over', 'municipality', 'select', 'connected', '{a,b,c,d,e,k,p,q}', 'IL § 43 (2); IF §§ 45, 58'),
	('hand_over', 'county', 'select', 'connected', '{b,k,p,q}', 'IL § 43 (2); IF §§ 45, 59'),

	('restriction', 'imdi', 'select', 'state', '{p,q}', 'GDPR art. 18; IF § 56 (1)'),
	('restriction', 'imdi', 'insert', 'state', '{p}', 'GDPR art. 18; IF § 56 (1)'),
	('restriction', 'imdi', 'update', 'state', '{p}', 'GDPR art. 18; IF § 56 (1)'),
	('restriction', 'hkdir', 'select', 'state', '{p,q}', 'GDPR art. 18; IF § 57 (1)'),
	('restriction', 'hkdir', 'insert', 'state', '{p}', 'GDPR art. 18; IF § 57 (1)'),
	('restriction', 'hkdir', 'update', 'state', '{p}', 'GDPR art. 18; IF § 57 (1)'),

	('reservation', 'imdi', 'select', 'state', '{a,b,d,e,g,k,p,q}', 'IF §§ 46, 56, 62 (2)'),
	('reservation', 'imdi', 'insert', 'state', '{a,b,d,p}', 'IF §§ 46, 56, 62 (2)'),
	('reservation', 'imdi', 'update', 'state', '{a,b,d,p}', 'IF §§ 46, 56, 62 (2)'),
	('reservation', 'hkdir', 'select', 'state', '{c,g,p,q}', 'IF §§ 46, 57, 62 (2)'),
	('reservation', 'municipality', 'select', 'connected', '{a,b,c,d,k,p,q}', 'IL § 43 (1); IF §§ 46, 58, 62 (2)'),
	('reservation', 'municipality', 'insert', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF §§ 46, 58 (2), 62 (2)'),
	('reservation', 'municipality', 'update', 'connected', '{a,b,c,d,p}', 'IL § 43 (2); IF §§ 46, 58 (2), 62 (2)')
) AS t(category, body_kind, verb, scope, purposes, citation)
ON CONFLICT (category, body_kind, verb, scope, lower(valid)) DO UPDATE SET
	(purposes, valid, citation, builtin) =
	(excluded.purposes, excluded.valid, excluded.citation, true);
