/*
 * sql/code/coverage.sql
 *
 * What of the law is carried by what.  Nothing here is typed twice: the rules
 * come from the law data, the objects from nir.item_column, the access rules
 * in force and the comments on objects, the tests from lines in the tests.
 */
CREATE OR REPLACE VIEW nir.cited_object AS
WITH register AS (
	SELECT DISTINCT c.relnamespace::pg_catalog.regnamespace::text AS schema
	FROM nir.governed_relation AS g
	JOIN pg_catalog.pg_class AS c ON c.oid = g.relation
), comment AS MATERIALIZED (
	SELECT d.classoid, d.objoid, d.objsubid, d.description
	FROM pg_catalog.pg_description AS d
	WHERE d.description ~ '§|\mart\. |\mRC?[0-9]+\M'
)
SELECT m.reference[1] AS reference, o.type AS object_type, o.identity AS object
FROM comment AS c
CROSS JOIN LATERAL pg_catalog.pg_identify_object(c.classoid, c.objoid, c.objsubid) AS o
CROSS JOIN LATERAL pg_catalog.regexp_matches(c.description,
	'\m((?:IL|IF|INTRO|P18|P05|POL|SBL|SBF|UTL) § [0-9]+(?: \([0-9]\))?(?: [a-z]\M)?|GDPR art\. [0-9]+|RC?[0-9]+\M)',
	'g') AS m(reference)
WHERE o.schema = 'nir' OR o.schema IN (SELECT r.schema FROM register AS r)
	OR o.type = 'schema' AND o.identity IN (SELECT r.schema FROM register AS r);
COMMENT ON VIEW nir.cited_object IS
	'which object''s comment names which rule: a paragraph, a lettered item, a requirement (R...) or a retention rule (RC...)';
COMMENT ON COLUMN nir.cited_object.reference IS 'the rule';
COMMENT ON COLUMN nir.cited_object.object_type IS 'kind of the object that names it';
COMMENT ON COLUMN nir.cited_object.object IS 'the object';

CREATE OR REPLACE VIEW nir.law_coverage AS
WITH carrier AS (
	SELECT i.citation AS reference, pg_catalog.format('%s.%I', g.relation, a.attname) AS object
	FROM (SELECT DISTINCT i.item_id, i.citation FROM nir.item AS i) AS i
	JOIN nir.item_column AS ic USING (item_id)
	JOIN nir.governed_relation AS g ON true
	JOIN pg_catalog.pg_class AS c ON c.oid = g.relation AND c.relname = ic.table_name
	JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attname = ic.column_name
		AND NOT a.attisdropped
), rule AS (
	SELECT 'item' AS kind, i.citation AS reference, i.text_no,
		ARRAY(SELECT c.object FROM carrier AS c WHERE c.reference = i.citation) AS enforcers
	FROM nir.item AS i
	WHERE NOT EXISTS (SELECT FROM nir.item AS n WHERE n.item_id = i.item_id AND n.version > i.version)
	UNION ALL
	-- a purpose is carried where an access rule in force lets somebody use it
	SELECT 'purpose', p.letter, p.name || ': ' || p.name_no,
		ARRAY(SELECT DISTINCT a.relation::text FROM nir.relation_access AS a
			WHERE a.purposes @> ('{' || p.letter || '}')::nir.purposes)
	FROM nir.purpose AS p
	UNION ALL
	-- a retention rule is carried by a function; tables that name it are only what it is about
	SELECT 'retention', r.code, r.name_no,
		ARRAY(SELECT c.object FROM nir.cited_object AS c
			WHERE c.reference = r.code AND c.object_type IN ('function', 'procedure'))
	FROM nir.retention_rule AS r
	WHERE pg_catalog.upper_inf(r.valid)
	UNION ALL
	SELECT CASE WHEN c.reference ~ '^R[0-9]' THEN 'requirement' ELSE 'paragraph' END,
		c.reference, NULL, pg_catalog.array_agg(DISTINCT c.object)
	FROM (
		SELECT o.reference, o.object FROM nir.cited_object AS o WHERE o.reference ~ '^R[0-9]'
		UNION ALL
		SELECT (pg_catalog.regexp_match(o.reference, '^[A-Z0-9]+ § [0-9]+|^GDPR art\. [0-9]+'))[1], o.object
		FROM nir.cited_object AS o WHERE o.reference !~ '^R'
		UNION ALL
		SELECT t.reference, NULL FROM nir.coverage_tests() AS t WHERE t.reference ~ '^R[0-9]'
	) AS c
	GROUP BY c.reference
)
SELECT r.kind, r.reference, r.text_no,
	pg_catalog.cardinality(pg_catalog.array_remove(r.enforcers, NULL)) > 0 AS carried,
	ARRAY(SELECT e FROM pg_catalog.unnest(r.enforcers) AS e WHERE e IS NOT NULL
		UNION SELECT c.object FROM nir.cited_object AS c WHERE c.reference = r.reference
		ORDER BY 1) AS objects,
	ARRAY(SELECT t.test FROM nir.coverage_tests() AS t WHERE t.reference = r.reference ORDER BY 1) AS tests
FROM rule AS r;
COMMENT ON VIEW nir.law_coverage IS
	'every lettered item, purpose, retention rule, cited paragraph and requirement: whether something carries it, which objects name it, which tests prove it';
COMMENT ON COLUMN nir.law_coverage.kind IS 'item, purpose, retention, paragraph or requirement';
COMMENT ON COLUMN nir.law_coverage.reference IS 'the rule, as written in comments and tests';
COMMENT ON COLUMN nir.law_coverage.text_no IS 'its wording or name, where the law data has it';
COMMENT ON COLUMN nir.law_coverage.carried IS
	'item: a column of a governed table holds it; purpose: an access rule in force uses it; retention: a function names it; others: an object names it';
COMMENT ON COLUMN nir.law_coverage.objects IS 'objects that carry it or name it in their comment';
COMMENT ON COLUMN nir.law_coverage.tests IS 'tests that say they cover it';
