/*
 * sql/law/narrowing.sql
 *
 * Kinds of narrowing.  No text says who may see shielded persons: access is
 * given to who has official need (IF § 45), so nobody sees them without a
 * grant, for whatever purpose.  Restricted data are stored, and used for
 * claims (q), for the person's own rights (p) and to be deleted (r).  A
 * reservation is against research (g) with what identifies directly, and
 * against nothing else (IF § 62 (2)).
 */
INSERT INTO nir.narrowing (kind, name_no, purposes, identifying, function, valid, citation)
SELECT kind, name_no, purposes::nir.purposes, identifying, function, valid::daterange, citation
FROM (VALUES
	('shielded', 'adressebeskyttelse: fortrolig, strengt fortrolig',
		'{a-t}', false, 'shielded', '(,)', 'IF § 45; GDPR art. 32'),
	('restricted', 'begrensning av behandling',
		'{a-o,s,t}', false, NULL, '[2018-07-20,)', 'GDPR art. 18'),
	('reserved', 'reservasjon mot forskning',
		'{g}', true, NULL, '[2021-01-01,)', 'IF § 62 (2)')
) AS t(kind, name_no, purposes, identifying, function, valid, citation)
ON CONFLICT (kind) DO UPDATE SET
	(name_no, purposes, identifying, function, valid, citation) =
	(excluded.name_no, excluded.purposes, excluded.identifying, excluded.function, excluded.valid, excluded.citation);
