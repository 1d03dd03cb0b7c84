-- The law data: versions, purposes, units, items, rules, and that the parts
-- fit together.
-- covers: R1 R2 R7 R30 R34 R45 R47 R50 R70 R85 R86 R290 R291 R292 R293
SET datestyle = ISO;
\set VERBOSITY terse

-- R1, R2: one regulation a day, without gap
SELECT d::date AS day, nir.data_rule(d::date) AS rule
FROM (VALUES ('2005-08-31'), ('2005-09-01'), ('2018-08-31'), ('2018-09-01'),
	('2020-12-31'), ('2021-01-01'), ('2026-07-02')) AS t(d)
ORDER BY d;
SELECT count(*) AS gaps
FROM (SELECT upper(valid) AS ends, lead(lower(valid)) OVER (ORDER BY lower(valid)) AS next
	FROM nir.instrument WHERE data_rule) AS i
WHERE ends <> next;
-- a second regulation for the same days is refused
INSERT INTO nir.instrument VALUES ('X', 1, 'regulation', 'x', 'x', NULL, true, '[2025-01-01,2026-01-01)');

-- R45, R50: the letters, and what each is
SELECT letter, name, valid, needs_case_ref, enabled, reserved FROM nir.purpose ORDER BY letter;
-- local purposes take the free letters only
INSERT INTO nir.purpose (letter, name, name_no, citation, valid) VALUES ('t', 'mine', 'mitt', 'x', '[,)');
INSERT INTO nir.purpose (letter, name, name_no, citation, valid, reserved) VALUES ('u', 'mine', 'mitt', 'x', '[,)', true);
BEGIN;
INSERT INTO nir.purpose (letter, name, name_no, citation, valid) VALUES ('u', 'mine', 'mitt', 'x', '[,)');
SELECT letter, builtin FROM nir.purpose WHERE letter = 'u';
ROLLBACK;

-- R30: the lettered items of today, and of § 49 in 2021
SELECT paragraph, subsection, count(*)
FROM nir.item WHERE valid @> date '2026-07-02'
GROUP BY paragraph, subsection ORDER BY paragraph, subsection;
SELECT count(*) AS in_2021 FROM nir.item WHERE paragraph = 49 AND valid @> date '2021-06-01';
-- versions of an item follow one another
SELECT count(*) AS overlapping
FROM nir.item AS a JOIN nir.item AS b USING (item_id)
WHERE a.version < b.version AND a.valid && b.valid;
SELECT item_id, version, valid FROM nir.item
WHERE item_id IN (SELECT item_id FROM nir.item WHERE version = 2) ORDER BY item_id, version;
SELECT item_id, special FROM nir.item WHERE special IS NOT NULL ORDER BY item_id;
SELECT count(*) AS unknown_retention_rules
FROM nir.item AS i CROSS JOIN LATERAL unnest(i.retention) AS r
WHERE NOT EXISTS (SELECT FROM nir.retention_rule AS rr WHERE rr.code = r);
SELECT count(*) AS items_unknown
FROM nir.item_column AS c WHERE NOT EXISTS (SELECT FROM nir.item AS i WHERE i.item_id = c.item_id);
SELECT count(*) AS citations_shared
FROM (SELECT citation FROM nir.item GROUP BY citation HAVING count(DISTINCT item_id) > 1) AS c;

-- R7: a new item is a row
BEGIN;
INSERT INTO nir.item VALUES ('IF46-1l', 1, 46, 1, 'l', 'noe nytt', 'alle', NULL, 'core', '{}', '[2030-01-01,)', 'IF § 46 (1) l');
SELECT kind, reference, carried FROM nir.law_coverage WHERE reference = 'IF § 46 (1) l';
ROLLBACK;

-- R47: no rule gives more than its category; retention alone has r, and deletes
SELECT count(*) AS beyond_category
FROM nir.access_rule AS r JOIN nir.category AS c ON c.code = r.category
WHERE NOT r.purposes - CASE r.body_kind WHEN 'retention' THEN '{r}' ELSE '{}' END::nir.purposes <@ c.purposes;
SELECT count(*) AS of_reserved_or_unknown
FROM nir.category AS c
WHERE NOT c.purposes <@ (SELECT nir.purposes_union(('{' || p.letter || '}')::nir.purposes)
	FROM nir.purpose AS p WHERE p.enabled AND NOT p.reserved);
SELECT count(*) AS deleting FROM nir.access_rule
WHERE (verb = 'delete') <> (body_kind = 'retention' AND verb <> 'select') OR (purposes && '{r}' AND body_kind <> 'retention');
SELECT DISTINCT verb, scope, purposes FROM nir.access_rule WHERE body_kind = 'retention' ORDER BY 1, 2, 3;
SELECT body_kind, count(*) AS rules, nir.purposes_union(purposes) AS purposes
FROM nir.access_rule GROUP BY body_kind ORDER BY body_kind;
-- who may write what
SELECT category, string_agg(DISTINCT body_kind, ',' ORDER BY body_kind) AS writers
FROM nir.access_rule WHERE verb = 'insert' GROUP BY category ORDER BY category;
-- a rule for a body that is not there, or for a new row to read, is refused
INSERT INTO nir.access_rule VALUES ('person', 'nobody', 'select', 'own', '{a}', '[,)', 'x');
INSERT INTO nir.access_rule VALUES ('person', 'imdi', 'select', 'new', '{a}', '[,)', 'x');

-- R70
SELECT code, group_role, scope_level, active FROM nir.body_kind ORDER BY code;

-- R86: every fact has one controller
SELECT part, version, body, name_no, processor_no, valid, citation FROM nir.part_controller ORDER BY part, version;
SELECT nir.controller('settlement', '0301', '2022-05-01') AS guidance_2022, nir.controller('tests', '0301', '2022-05-01') AS test_2022,
	nir.controller('tests', '0301', '2024-05-01') AS test_2024, nir.controller('local', '0301', '2024-05-01') AS local_2024,
	nir.controller('local', '030101', '2024-05-01') AS district_2024, nir.controller('local', '46', '2024-05-01') AS county_2024,
	nir.controller('local', '0101', '2010-05-01') AS local_2010, nir.controller('tests', '0101', '2010-05-01') AS test_2010,
	nir.controller('nir', '0101', '2005-08-31') AS before;
SELECT a.part, count(*) AS overlapping FROM nir.part_controller AS a JOIN nir.part_controller AS b USING (part)
WHERE a.version < b.version AND a.valid && b.valid GROUP BY a.part;
-- retention: the rules of today
SELECT code, years, clock, may_extend, transfer_first FROM nir.retention_rule
WHERE upper_inf(valid) ORDER BY code;

-- R85, R290, R291: units
SELECT level, count(*) AS all, count(*) FILTER (WHERE valid @> date '2026-01-01') AS of_2026,
	count(*) FILTER (WHERE responsible) AS responsible
FROM nir.unit_code GROUP BY level ORDER BY level;
SELECT code, name, valid FROM nir.unit_code
WHERE code::text IN ('0101', '3001', '3101', '1505', '1507', '1756', '5001', '0301', '030101', '30')
ORDER BY code::text;
SELECT governor_no, count(*) FROM nir.unit_code WHERE governor_no IS NOT NULL GROUP BY governor_no ORDER BY governor_no COLLATE "C";
-- every municipality number lies in the county its number names
SELECT count(*) AS misplaced FROM nir.unit_code
WHERE level <> 'county' AND left(code::text, 2) <> county::text;
-- a number that ended became others, which exist from that day or before
SELECT count(*) AS ended_without_successor
FROM nir.unit_code AS u
WHERE NOT upper_inf(u.valid) AND NOT EXISTS (
	SELECT FROM nir.unit_succession AS s
	WHERE s.old_code = u.code AND s.on_date = upper(u.valid) AND s.kind <> 'boundary');
SELECT count(*) AS successor_missing
FROM nir.unit_succession AS s JOIN nir.unit_code AS u ON u.code = s.new_code
WHERE s.kind <> 'boundary' AND NOT u.valid @> s.on_date;
SELECT kind, count(*) FROM nir.unit_succession GROUP BY kind ORDER BY kind;
WITH RECURSIVE later AS (
	SELECT nir.unit '0101' AS code
	UNION ALL
	SELECT s.new_code FROM later AS l JOIN nir.unit_succession AS s ON s.old_code = l.code
	WHERE s.kind IN ('renumber', 'merge')
)
SELECT string_agg(code::text, ' > ') AS halden FROM later;
-- an unknown number
SELECT count(*) AS known FROM nir.unit_code WHERE code = '9999';

-- R34, R292
SELECT count(*) AS countries, count(*) FILTER (WHERE source = 'ISO 3166-1') AS iso FROM nir.country;
SELECT code, name_en, valid FROM nir.country WHERE code IN ('XXA', 'XKX', 'SUN', 'SOM') ORDER BY code;
SELECT count(*) > 50 AS languages FROM nir.language;

-- the law is public to read and nobody's to write
SELECT c.relname
FROM pg_class AS c
WHERE c.relnamespace = 'nir'::regnamespace AND c.relkind = 'r'
	AND c.relname IN ('instrument', 'purpose', 'unit_code', 'unit_succession', 'body_kind', 'category',
		'access_rule', 'part_controller', 'retention_rule', 'item', 'item_column', 'country', 'language')
	AND (NOT has_table_privilege('nir_municipality', c.oid, 'SELECT')
		OR has_table_privilege('nir_municipality', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
ORDER BY c.relname;
-- every table and column of the law says what it is
SELECT c.relname, a.attname
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'nir'::regnamespace AND c.relkind = 'r'
	AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)
ORDER BY c.relname, a.attname;
