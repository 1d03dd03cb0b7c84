/*
 * sql/law/actor_functions.sql
 *
 * What an actor may be given beyond the purposes.  No rule names functions;
 * the controller shall give each user what the task needs (IF § 45), and these
 * two kinds of data are those that few need.
 */
INSERT INTO nir.actor_function (code, bit, name_no, citation)
SELECT code, bit, name_no, citation
FROM (VALUES
	('shielded', 0, 'personer med adressebeskyttelse', 'IF § 45; GDPR art. 32'),
	('special', 1, 'særlige kategorier av personopplysninger', 'IF § 45; GDPR art. 9, 10')
) AS t(code, bit, name_no, citation)
ON CONFLICT (code) DO UPDATE SET
	(bit, name_no, citation) = (excluded.bit, excluded.name_no, excluded.citation);
