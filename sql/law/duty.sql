/*
 * sql/law/duty.sql
 *
 * Two months, since 2014-04-10 for municipalities, when P05 got a term at all,
 * and since IF for counties.  An experiment may not waive it (IF § 66 (1) e).
 */
INSERT INTO nir.registration_duty (body_kind, instrument, months, valid, citation)
SELECT body_kind, instrument, months, valid::daterange, citation
FROM (VALUES
	('municipality', 'P05', 2, '[2014-04-10,2018-09-01)', 'P05 §§ 6, 7'),
	('municipality', 'P18', 2, '[2018-09-01,2021-01-01)', 'P18 § 15 (2)'),
	('municipality', 'IF', 2, '[2021-01-01,)', 'IL § 43 (2); IF § 58 (2)'),
	('county', 'IF', 2, '[2021-01-01,)', 'IL § 43 (2); IF § 59 (2)')
) AS t(body_kind, instrument, months, valid, citation)
ON CONFLICT (body_kind, instrument) DO UPDATE SET
	(months, valid, citation) = (excluded.months, excluded.valid, excluded.citation);
