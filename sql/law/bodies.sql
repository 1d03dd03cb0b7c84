-- Bodies that exist today: the directorates, and every municipality and
-- county under its number.  IMDi's and HK-dir's organisation numbers pass the
-- checksum, but their holders are not verified, so they are left out.
INSERT INTO nir.body AS b (body, kind, name, units, valid, builtin)
VALUES
	('udi', 'immigration', 'Utlendingsdirektoratet', NULL, '(,)', true),
	('imdi', 'imdi', 'Integrerings- og mangfoldsdirektoratet', NULL, '(,)', true),
	('hkdir', 'hkdir', 'Direktoratet for høyere utdanning og kompetanse', NULL, '(,)', true)
ON CONFLICT (body) DO UPDATE SET
	(kind, name, units, valid, builtin) = (excluded.kind, excluded.name, excluded.units, excluded.valid, true);

INSERT INTO nir.body AS b (body, kind, name, units, valid, builtin)
SELECT c.code::text, c.level, c.name, ARRAY[c.code], c.valid, true
FROM nir.unit_code c
WHERE c.level IN ('municipality', 'county')
ON CONFLICT (body) DO UPDATE SET
	(kind, name, units, valid, builtin) = (excluded.kind, excluded.name, excluded.units, excluded.valid, true);
