-- Narrowing: whose rows are hidden, from whom, for what.  The kinds are law
-- data; who is narrowed stands in tables of a register, named here, and nowhere
-- else: what is read from there is kept by each session until it changes.

CREATE TABLE nir.narrowing (
	kind text COLLATE "C" PRIMARY KEY CHECK (kind ~ '^[a-z_]+$'),
	name_no text NOT NULL,
	purposes nir.purposes NOT NULL,
	identifying boolean NOT NULL,
	function text REFERENCES nir.actor_function,
	valid pg_catalog.daterange NOT NULL CHECK (NOT isempty(valid)),
	citation text NOT NULL
);
COMMENT ON TABLE nir.narrowing IS
	'reasons for which a person''s rows are hidden, row by row and without a word; none of them takes anything away for good (R39, R197, R254)';
COMMENT ON COLUMN nir.narrowing.kind IS 'name used in nir.narrow_by';
COMMENT ON COLUMN nir.narrowing.name_no IS 'Norwegian name';
COMMENT ON COLUMN nir.narrowing.purposes IS 'the rows are hidden where any of these is declared';
COMMENT ON COLUMN nir.narrowing.identifying IS 'only rows of categories that identify directly are hidden';
COMMENT ON COLUMN nir.narrowing.function IS 'function of an actor to whom the rows are open all the same, or none';
COMMENT ON COLUMN nir.narrowing.valid IS 'when the rule was in force';
COMMENT ON COLUMN nir.narrowing.citation IS 'legal basis';

CREATE TABLE nir.narrowing_source (
	relation pg_catalog.regclass PRIMARY KEY,
	kind text COLLATE "C" NOT NULL,
	root pg_catalog.regclass NOT NULL,
	subject_column name NOT NULL,
	category_column name,
	valid_column name,
	grade_column name,
	at_least smallint,
	index_name name,
	CHECK ((grade_column IS NULL) = (at_least IS NULL))
);
COMMENT ON TABLE nir.narrowing_source IS
	'tables that say whose rows are narrowed; written by nir.narrow_by, read whenever a policy asks (R39, R197, R254)';
COMMENT ON COLUMN nir.narrowing_source.relation IS 'the table';
COMMENT ON COLUMN nir.narrowing_source.kind IS 'kind of narrowing';
COMMENT ON COLUMN nir.narrowing_source.root IS 'table of the persons; policies ask by it';
COMMENT ON COLUMN nir.narrowing_source.subject_column IS 'column of type bigint with the person';
COMMENT ON COLUMN nir.narrowing_source.category_column IS 'column with the category that is narrowed; null there, or no such column, is all of them';
COMMENT ON COLUMN nir.narrowing_source.valid_column IS 'column of type daterange: in force on these days, in Norway';
COMMENT ON COLUMN nir.narrowing_source.grade_column IS 'column of type smallint: a row counts from this grade on';
COMMENT ON COLUMN nir.narrowing_source.at_least IS 'the grade';
COMMENT ON COLUMN nir.narrowing_source.index_name IS 'index over the rows that count, if they are few among many';
SELECT pg_catalog.pg_extension_config_dump('nir.narrowing_source', '');

CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.narrowing
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.narrowing_source
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
ALTER TABLE nir.narrowing ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.narrowing_source ENABLE ALWAYS TRIGGER tell;
