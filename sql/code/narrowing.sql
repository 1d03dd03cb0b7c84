-- Whose rows are narrowed: what policies ask, and naming the tables that say so.

CREATE OR REPLACE FUNCTION nir.subject_is_open_support(internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_subject_is_open_support';
COMMENT ON FUNCTION nir.subject_is_open_support(internal) IS 'for the planner: hardly any row is hidden by nir.subject_is_open';

CREATE OR REPLACE FUNCTION nir.subject_is_open(root pg_catalog.regclass, subject bigint, category text) RETURNS boolean
	LANGUAGE c STABLE PARALLEL SAFE COST 0.1 SUPPORT nir.subject_is_open_support
	AS 'MODULE_PATHNAME', 'nir_subject_is_open';
COMMENT ON FUNCTION nir.subject_is_open(pg_catalog.regclass, bigint, text) IS
	'for policies alone: may a row of this category about the person be seen or written for the declared purposes and by the actor? (R39, R197, R254)';

CREATE OR REPLACE FUNCTION nir.is_withheld(register name, subject bigint) RETURNS boolean
	LANGUAGE c STABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'nir_is_withheld';
COMMENT ON FUNCTION nir.is_withheld(name, bigint) IS
	'for transfers: is anything about the person narrowed for the purpose in force, whoever acts? It is then not handed over (R254, GDPR art. 18)';

CREATE OR REPLACE FUNCTION nir.narrowing_root(governed nir.governed_relation) RETURNS pg_catalog.regclass
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF nir.column_type(governed.relation, governed.subject_column) = ANY ('{int2,int4,int8}'::regtype[]) THEN
		RETURN (
			SELECT s.root
			FROM nir.narrowing_source s
			JOIN pg_class r ON r.oid = s.root
			JOIN pg_class c ON c.oid = governed.relation
			CROSS JOIN LATERAL (SELECT s.root = nir.subject_reference(governed.relation, governed.subject_column) AS refers) f
			WHERE f.refers OR r.relnamespace = c.relnamespace
			ORDER BY f.refers DESC NULLS LAST, s.root LIMIT 1);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION nir.narrowing_root(nir.governed_relation) IS
	'for nir.apply_access: the persons that a relation is about: those its subject column refers to, else those of its schema; null where there are none, and then nobody is narrowed in it';

CREATE OR REPLACE FUNCTION nir.narrow_by(
	relation pg_catalog.regclass,
	kind text,
	root pg_catalog.regclass,
	subject name,
	category name DEFAULT NULL,
	valid name DEFAULT NULL,
	grade name DEFAULT NULL,
	at_least smallint DEFAULT NULL,
	index_name name DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	wrong text;
	first boolean;
	statement text;
	governed nir.governed_relation;
BEGIN
	IF NOT EXISTS (SELECT FROM nir.narrowing n WHERE n.kind = narrow_by.kind) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR092',
			MESSAGE = format('there is no narrowing "%s"', kind),
			HINT = 'nir.narrowing lists the kinds.';
	END IF;
	SELECT string_agg(format('"%s"', wanted.name), ', ') INTO wrong
	FROM (VALUES (subject, 'bigint'::regtype), (category, 'text'), (valid, 'daterange'), (grade, 'smallint')) wanted (name, type)
	WHERE wanted.name IS NOT NULL AND nir.column_type(relation, wanted.name) IS DISTINCT FROM wanted.type;
	IF wrong IS NOT NULL OR subject IS NULL OR root IS NULL OR (grade IS NULL) <> (at_least IS NULL)
		OR NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = relation AND c.relkind = 'r') THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR092',
			MESSAGE = format('%s cannot say whose rows are narrowed', relation),
			DETAIL = coalesce('It has no fitting column ' || wrong || '.', 'Table, persons, subject, and grade with its lowest value are needed.'),
			HINT = 'A table with a subject of type bigint; category is of type text, valid of daterange, grade of smallint with a lowest value.';
	END IF;
	first := NOT EXISTS (SELECT FROM nir.narrowing_source s WHERE s.root = narrow_by.root);
	INSERT INTO nir.narrowing_source
		(relation, kind, root, subject_column, category_column, valid_column, grade_column, at_least, index_name)
	VALUES (relation, kind, root, subject, category, valid, grade, at_least, index_name);

	-- every change is told; of a table of many rows only what counts
	IF grade IS NULL THEN
		EXECUTE format('CREATE TRIGGER nir_tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
			FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table()', relation);
	ELSE
		EXECUTE format('CREATE TRIGGER nir_tell_all AFTER TRUNCATE ON %s
			FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table()', relation);
		EXECUTE format('CREATE TRIGGER nir_tell_new AFTER INSERT ON %s
			FOR EACH ROW WHEN (NEW.%I >= %s) EXECUTE FUNCTION nir.tell_table()', relation, grade, at_least);
		EXECUTE format('CREATE TRIGGER nir_tell_old AFTER DELETE ON %s
			FOR EACH ROW WHEN (OLD.%I >= %s) EXECUTE FUNCTION nir.tell_table()', relation, grade, at_least);
		EXECUTE format('CREATE TRIGGER nir_tell_changed AFTER UPDATE ON %1$s
			FOR EACH ROW WHEN (OLD.%2$I IS DISTINCT FROM NEW.%2$I OR NEW.%2$I >= %3$s AND OLD.%4$I IS DISTINCT FROM NEW.%4$I)
			EXECUTE FUNCTION nir.tell_table()', relation, grade, at_least, subject);
	END IF;
	FOR statement IN
		SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', relation, t.tgname)
		FROM pg_trigger t WHERE t.tgrelid = relation AND t.tgname LIKE 'nir\_tell%'
	LOOP
		EXECUTE statement;
	END LOOP;

	IF first THEN
		FOR governed IN SELECT * FROM nir.governed_relation g LOOP
			IF nir.narrowing_root(governed) = root THEN
				PERFORM nir.apply_access(governed.relation);
			END IF;
		END LOOP;
	END IF;
END
$$;
COMMENT ON FUNCTION nir.narrow_by(pg_catalog.regclass, text, pg_catalog.regclass, name, name, name, name, smallint, name) IS
	'names a table that says whose rows are narrowed, and for whom of which persons; makes the triggers that tell of its changes and, for the first of these persons, the policies of what is about them (R39, R197, R254)';
