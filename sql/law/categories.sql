/*
 * sql/law/categories.sql
 *
 * Kinds of data and the purposes each may be processed for.  IF § 46 (1)
 * makes master data necessary for all the purposes a to e; the further
 * letters are those of nir.purpose.  Sets follow what a body needs for the
 * purpose: no numbers or names in statistics (h), no test background outside
 * the tests.  A category without a table yet is law all the same.
 */
INSERT INTO nir.category (code, name_no, purposes, special, part, timeless, citation, builtin)
SELECT code, name_no, purposes::nir.purposes, special, part, code = 'person', citation, true
FROM (VALUES
	-- master data
	('person', 'fødselsdato, kjønn, opprinnelsesland, enslig mindreårig',
		'{a,b,c,d,e,f,g,h,i,k,m,n,o,p,q}', NULL, 'core', 'IF § 46 (1) a, f, g'),
	('name', 'navn',
		'{a,b,c,d,e,f,g,i,j,k,l,m,n,o,p,q}', NULL, 'core', 'IF § 46 (1) a'),
	('fnr', 'fødselsnummer og D-nummer',
		'{a,b,c,d,e,f,g,i,j,k,l,m,n,o,p,q}', NULL, 'core', 'IF § 46 (1) b; POL § 12'),
	('duf', 'DUF-nummer',
		'{a,b,c,d,e,f,g,i,k,m,n,p,q}', NULL, 'core', 'IF § 46 (1) b'),
	('connection', 'tilknytning til kommune eller fylkeskommune',
		'{a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q}', NULL, 'core', 'IL § 43 (2); IF §§ 45, 58, 59'),
	('clock', 'når lagringstiden begynte',
		'{a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q}', NULL, 'core', 'IF § 60'),
	('transfer', 'overføring til utlendingsmyndighetene',
		'{i}', NULL, 'core', 'IF §§ 56, 57, 61'),
	('assignment', 'personer som en privat aktør har fått oppdrag om',
		'{a,b,c,d,p,q}', NULL, 'core', 'IL §§ 41 (4), 42 (3), 43 (1)'),
	('case', 'klagesak som er oversendt statsforvalteren',
		'{b,n,p,q}', NULL, 'core', 'IL § 47'),
	('residence', 'oppholdstillatelse',
		'{a,b,c,d,e,f,g,h,i,k,m,n,p,q}', NULL, 'core', 'IF § 46 (1) i'),
	-- qualification (NIR)
	('programme', 'introduksjonsprogram',
		'{b,f,g,h,i,k,m,n,p,q}', NULL, 'nir', 'IF §§ 52 a, 56 (3)'),
	('decision', 'vedtak om introduksjonsprogram',
		'{b,i,m,n,p,q}', NULL, 'nir', 'IF § 52 a'),
	('training', 'opplæring i norsk og samfunnskunnskap',
		'{b,f,g,h,i,k,m,n,p,q}', NULL, 'nir', 'IF §§ 53 a, 56 (4)'),
	('hours', 'gjennomførte timer opplæring',
		'{b,e,f,g,h,i,k,m,n,p,q}', NULL, 'nir', 'IF §§ 53 g, 53 h, 56 (4)'),
	('absence', 'fravær og permisjon',
		'{b,e,g,h,l,m,n,p,q}', NULL, 'nir', 'IF §§ 52 f, 53 j, 59 (3)'),
	('complaint', 'klager og klagebehandling',
		'{b,m,n,p,q}', NULL, 'nir', 'IF §§ 52 g, 53 k'),
	('reception_training', 'opplæring av beboere i mottak',
		'{a,e,g,h,i,p,q}', NULL, 'nir', 'IF §§ 49, 56 (2)'),
	('reception_programme', 'integreringsfremmende program og tiltak i mottak',
		'{a,b,g,h,p,q}', NULL, 'nir', 'IF §§ 48, 50'),
	('reception_special', 'helseopplysninger og fritak i mottak',
		'{a,p,q}', 'health', 'nir', 'IF §§ 48 g, 49 f'),
	('grant', 'tilskudd',
		'{e,h,m,n,p,q}', NULL, 'nir', 'IF § 55'),
	-- settlement (Bosetting)
	('settlement', 'bosettingsprosess',
		'{b,d,e,g,h,m,n,p,q}', NULL, 'settlement', 'IF § 51 (1) c'),
	('settlement_wish', 'bosettingsønsker',
		'{d,g,m,n,p,q}', NULL, 'settlement', 'IF § 51 (1) a'),
	('settlement_special', 'særlige kategorier og hensyn ved bosetting',
		'{d,p,q}', 'several', 'settlement', 'IF § 51 (1) b, (2)'),
	('competence', 'kompetansekartlegging',
		'{a,b,d,f,g,h,k,m,n,p,q}', NULL, 'settlement', 'IF § 47 (1)'),
	('guidance', 'karriereveiledning',
		'{b,f,g,h,k,l,m,n,p,q}', NULL, 'settlement', 'IF §§ 47 (2), 59 (3)'),
	-- tests
	('candidate', 'prøvekandidat',
		'{c,m,n,p,q}', NULL, 'tests', 'IF § 54 a, d, f'),
	('test_background', 'prøvekandidatens bakgrunn',
		'{c,g,h,m,n,p,q}', NULL, 'tests', 'IF § 54 b, c, e'),
	('sitting', 'prøveavvikling',
		'{b,c,f,g,h,i,j,k,m,n,p,q}', NULL, 'tests', 'IF §§ 54 h, 54 j, 56 (4), 57 (2), 63'),
	('answer', 'prøvebesvarelse',
		'{c,m,n,p,q}', NULL, 'tests', 'IF § 54 k'),
	('result', 'prøveresultat',
		'{b,c,f,g,h,i,j,k,m,n,p,q}', NULL, 'tests', 'IF §§ 54 k, 56 (4), 57 (2), 63'),
	('test_special', 'tilrettelegging og fravær ved prøver',
		'{c,p,q}', 'health', 'tests', 'IF § 54 g, n'),
	('sharing', 'personens beslutning om å dele resultater',
		'{c,j,p,q}', NULL, 'tests', 'IF § 63 (2); UHL § 15-1'),
	('verification', 'verifikasjon av prøveresultater',
		'{j}', NULL, 'tests', 'IF § 63')
) AS t(code, name_no, purposes, special, part, citation)
ON CONFLICT (code) DO UPDATE SET
	(name_no, purposes, special, part, timeless, citation, builtin) =
	(excluded.name_no, excluded.purposes, excluded.special, excluded.part, excluded.timeless, excluded.citation, true);
