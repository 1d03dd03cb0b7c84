-- Bodies that exist today: the directorates, the immigration authorities, every
-- municipality and county under its number, the state governors with their
-- counties, and who verifies tests.  IMDi's and HK-dir's organisation numbers
-- pass the checksum, but their holders are not verified, so they are left out;
-- no other is known.  Institutions of higher education are added as verifiers.
INSERT INTO nir.body AS b (body, kind, name, units, valid, builtin)
VALUES
	('udi', 'immigration', 'Utlendingsdirektoratet', NULL, '(,)', true),
	('une', 'immigration', 'Utlendingsnemnda', NULL, '(,)', true),
	('police', 'immigration', 'politiet', NULL, '(,)', true),
	('imdi', 'imdi', 'Integrerings- og mangfoldsdirektoratet', NULL, '(,)', true),
	('hkdir', 'hkdir', 'Direktoratet for høyere utdanning og kompetanse', NULL, '(,)', true),
	('samordna_opptak', 'verifier', 'Samordna opptak', NULL, '[2018-09-01,)', true),
	('vitnemaalsportalen', 'portal', 'Vitnemålsportalen', NULL, '[2021-01-01,)', true)
ON CONFLICT (body) DO UPDATE SET
	(kind, name, units, valid, builtin) = (excluded.kind, excluded.name, excluded.units, excluded.valid, true);

INSERT INTO nir.body AS b (body, kind, name, units, valid, builtin)
SELECT c.code::text, c.level, c.name, ARRAY[c.code], c.valid, true
FROM nir.unit_code c
WHERE c.level IN ('municipality', 'county')
ON CONFLICT (body) DO UPDATE SET
	(kind, name, units, valid, builtin) = (excluded.kind, excluded.name, excluded.units, excluded.valid, true);

-- a state governor and the counties that lie under it today (IL §§ 47, 48)
INSERT INTO nir.body AS b (body, kind, name, units, valid, builtin)
SELECT g.body, 'state_governor', 'Statsforvalteren i ' || g.counties,
	ARRAY(SELECT c.code FROM nir.unit_code c WHERE c.level = 'county' AND c.governor_no = g.counties ORDER BY c.code),
	'(,)', true
FROM (VALUES
	('sf_ostfold_buskerud_oslo_akershus', 'Østfold, Buskerud, Oslo og Akershus'),
	('sf_innlandet', 'Innlandet'),
	('sf_vestfold_telemark', 'Vestfold og Telemark'),
	('sf_agder', 'Agder'),
	('sf_rogaland', 'Rogaland'),
	('sf_vestland', 'Vestland'),
	('sf_more_romsdal', 'Møre og Romsdal'),
	('sf_trondelag', 'Trøndelag'),
	('sf_nordland', 'Nordland'),
	('sf_troms_finnmark', 'Troms og Finnmark')
) AS g(body, counties)
ON CONFLICT (body) DO UPDATE SET
	(kind, name, units, valid, builtin) = (excluded.kind, excluded.name, excluded.units, excluded.valid, true);
