/*
 * What must hold for every object of the extension, whoever adds it: where it
 * lives, that it is described, what it may promise the planner, and who may
 * use it.  Each assertion lists the offenders.
 */
SELECT no_plan();

CREATE TEMP VIEW member AS
	SELECT d.classid, d.objid, d.objsubid, pg_describe_object(d.classid, d.objid, d.objsubid) AS name
	FROM pg_depend AS d
	JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	WHERE e.extname = 'nir' AND d.deptype = 'e';
CREATE TEMP VIEW function AS
	SELECT p.*, m.name FROM pg_proc AS p JOIN member AS m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

-- described

SELECT is_empty($$
	SELECT m.name FROM member AS m
	WHERE obj_description(m.objid, m.classid::regclass::name) IS NULL
		-- array and row types come with the type or table that is described
		AND NOT (m.classid = 'pg_type'::regclass
			AND EXISTS (SELECT FROM pg_type AS t WHERE t.oid = m.objid AND (t.typelem <> 0 AND t.typcategory = 'A' OR t.typrelid <> 0)))
	ORDER BY 1
$$, 'every object of the extension has a COMMENT');
SELECT is_empty($$
	SELECT c.oid::regclass, a.attname FROM pg_class AS c
	JOIN member AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
	JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE c.relkind IN ('r', 'v') AND col_description(c.oid, a.attnum) IS NULL
	ORDER BY 1, 2
$$, 'every column of the extension''s tables and views has a COMMENT');

-- where objects live

SELECT is_empty($$
	SELECT m.name FROM member AS m JOIN pg_type AS t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	WHERE t.typnamespace <> 'nir'::regnamespace
$$, 'every type is in schema nir');
SELECT is_empty($$
	SELECT m.name FROM member AS m JOIN pg_operator AS o ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
	WHERE o.oprnamespace <> 'pg_catalog'::regnamespace
$$, 'every operator is in pg_catalog, where any search_path finds it');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE f.pronamespace NOT IN ('nir'::regnamespace, 'pg_catalog'::regnamespace)
$$, 'every function is in nir or pg_catalog');

-- what functions promise

SELECT is_empty($$
	SELECT f.name FROM function AS f JOIN pg_language AS l ON l.oid = f.prolang WHERE l.lanname = 'internal' AND f.prokind = 'f'
$$, 'no function is an alias of a server''s function');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE f.prosecdef AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (f.proconfig), false)
$$, 'every SECURITY DEFINER pins its search_path');
SELECT is_empty($$
	SELECT f.name FROM function AS f JOIN pg_language AS l ON l.oid = f.prolang
	WHERE l.lanname NOT IN ('c', 'internal')
		-- a body that was parsed at CREATE FUNCTION has no names left to resolve
		AND f.prosqlbody IS NULL
		AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (f.proconfig), false)
	ORDER BY 1
$$, 'every function with a body of text pins its search_path');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	JOIN pg_type AS t ON f.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend)
	WHERE t.typmodin <> 0 AND f.provolatile <> 's'
$$, 'input and output of tagged types are STABLE: they read the context');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	JOIN pg_cast AS c ON c.castfunc = f.oid
	JOIN pg_type AS t ON t.oid = c.castsource
	WHERE t.typmodin <> 0 AND t.typnamespace = 'nir'::regnamespace AND f.provolatile <> 's'
$$, 'casts from tagged types are STABLE: they ask whether the value may be read');
SELECT is_empty($$
	SELECT pg_describe_object('pg_cast'::regclass, c.oid, 0)
	FROM pg_cast AS c JOIN member AS m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
	WHERE c.castmethod = 'b'
$$, 'no cast relabels a value without a function');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE f.proleakproof AND f.proname NOT IN ('lower', 'upper') AND EXISTS (SELECT FROM pg_type AS t WHERE t.oid = ANY (f.proargtypes) AND t.typmodin <> 0
			AND t.typnamespace = 'nir'::regnamespace)
		AND NOT EXISTS (SELECT FROM pg_amproc AS a WHERE a.amproc = f.oid)
		AND NOT EXISTS (SELECT FROM pg_operator AS o WHERE o.oprcode = f.oid AND o.oprresult = 'boolean'::regtype)
$$, 'of what takes a tagged value only comparisons, hashes and case folding are LEAKPROOF');
SELECT is_empty($$
	SELECT c.opcname FROM pg_opclass AS c
	JOIN member AS m ON m.classid = 'pg_opclass'::regclass AND m.objid = c.oid
	JOIN pg_am AS am ON am.oid = c.opcmethod AND am.amname = 'btree'
	JOIN pg_amproc AS a ON a.amprocfamily = c.opcfamily AND a.amproclefttype = c.opcintype AND a.amprocrighttype = c.opcintype
	JOIN pg_type AS t ON t.oid = c.opcintype
	WHERE a.amprocnum = 4 AND t.typmodin <> 0
$$, 'no btree class of a tagged type lets equal values stand for one another');

-- who may use what

SELECT is_empty($$
	SELECT c.oid::regclass, a.privilege_type FROM pg_class AS c
	JOIN member AS m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
	CROSS JOIN LATERAL aclexplode(c.relacl) AS a
	WHERE a.grantee = 0 AND a.privilege_type <> 'SELECT'
$$, 'PUBLIC writes no table of the extension');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a
	WHERE a.grantee = 0 AND f.pronamespace = 'nir'::regnamespace
		-- what operators, casts, indexes, aggregates, types and the planner call, whoever uses them
		AND f.oid NOT IN (
			SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze]::oid[]) FROM pg_type
			UNION SELECT oprcode::oid FROM pg_operator UNION SELECT amproc::oid FROM pg_amproc UNION SELECT castfunc FROM pg_cast
			UNION SELECT unnest(ARRAY[aggfnoid, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) FROM pg_aggregate)
		-- asks about the caller's own context only, or about a value that the caller has
		AND f.proname NOT IN ('require_loaded', 'begin_processing', 'context', 'current_unit', 'current_body', 'current_actor', 'has_function', 'subject_is_open', 'registration_deadline', 'registration_day', 'transaction_token', 'break_glass',
			'acts_as', 'unit_scope', 'in_unit_scope', 'is_current', 'has_begun', 'covers', 'is_looked_up', 'persons_in_reach', 'may_reach', 'engagements', 'purpose_in', 'in_definer_function', 'type_purposes', 'conforms', 'sealed_for', 'reseal',
			'unit_level', 'unit_parent', 'unit_last_within', 'unit_within', 'purposes_union',
			'retention_today', 'retention_cutoff', 'rule_in_force', 'date_cutoff', 'date_expiry',
			'fnr_kind', 'fnr_birth_year_candidates', 'fnr_check', 'data_rule', 'controller', 'coverage_tests')
	ORDER BY 1
$$, 'EXECUTE is revoked from PUBLIC for every function that is not harmless');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS a
	WHERE a.grantee = 0 AND f.prosecdef
$$, 'no SECURITY DEFINER can be called by PUBLIC');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE 'internal'::regtype = ANY (f.proargtypes::oid[])
		AND f.oid NOT IN (
			SELECT unnest(ARRAY[typreceive, typanalyze]::oid[]) FROM pg_type UNION SELECT amproc::oid FROM pg_amproc
			UNION SELECT unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) FROM pg_aggregate
			UNION SELECT prosupport::oid FROM pg_proc)
$$, 'only the support functions of types, indexes, aggregates and the planner take internal');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE f.provolatile = 'i' AND f.proname IN ('require_loaded', 'begin_processing', 'context', 'current_unit', 'current_body', 'current_actor', 'has_function', 'subject_is_open', 'is_withheld', 'transaction_token', 'break_glass',
		'acts_as', 'unit_scope', 'in_unit_scope', 'is_current', 'has_begun', 'covers', 'is_looked_up', 'persons_in_reach', 'may_reach', 'engagements', 'purpose_in', 'in_definer_function', 'type_purposes', 'conforms', 'data_rule', 'controller')
$$, 'no function that reads the context, or a table, is IMMUTABLE');
SELECT is_empty($$
	SELECT f.name FROM function AS f
	WHERE f.proname IN ('begin_processing', 'break_glass', 'transaction_token') AND f.proparallel = 's'
$$, 'what belongs to the leader is not run by parallel workers');
SELECT is_empty($$
	SELECT rolname FROM pg_roles
	WHERE rolname LIKE 'nir\_%' AND (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
$$, 'group roles cannot log in and have no powers');

SELECT * FROM finish();
