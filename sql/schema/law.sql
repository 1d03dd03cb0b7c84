/*
 * sql/schema/law.sql
 *
 * The law as data: which instruments were in force when, which purposes,
 * bodies, units, kinds of data, access and retention they give.  The engine
 * reads these tables and knows no paragraph.
 *
 * Shipped rows come from sql/law/ and are written again by every upgrade, so
 * pg_dump leaves them out.  Where an administrator may add rows of the
 * installation's own, the table has a column builtin, and only rows that are
 * not builtin are dumped.
 *
 * Validity is half-open, [from, to).  A lower bound that is missing means
 * "since before the sources begin".
 */

CREATE TABLE nir.instrument (
	code		text NOT NULL,
	version		smallint NOT NULL CHECK (version > 0),
	kind		text NOT NULL CHECK (kind IN ('act', 'regulation')),
	title_no	text NOT NULL,
	citation	text NOT NULL,
	change_no	text,
	data_rule	boolean NOT NULL,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	PRIMARY KEY (code, version),
	EXCLUDE USING gist (valid WITH &&) WHERE (data_rule)
);
COMMENT ON TABLE nir.instrument IS
	'acts and regulations, one row for each version that changed a rule about personal data; half-open validity (R1)';
COMMENT ON COLUMN nir.instrument.code IS 'short name used in citations: P05, P18, IF, INTRO, IL, SBL';
COMMENT ON COLUMN nir.instrument.version IS 'number of the version, from 1';
COMMENT ON COLUMN nir.instrument.kind IS 'act (lov) or regulation (forskrift)';
COMMENT ON COLUMN nir.instrument.title_no IS 'Norwegian short title';
COMMENT ON COLUMN nir.instrument.citation IS 'number of the instrument';
COMMENT ON COLUMN nir.instrument.change_no IS 'what this version changed';
COMMENT ON COLUMN nir.instrument.data_rule IS
	'whether the regulation governs processing acts; at most one does on any day (R2)';
COMMENT ON COLUMN nir.instrument.valid IS 'when this version was in force';

CREATE TABLE nir.purpose (
	letter		text PRIMARY KEY CHECK (letter ~ '^[a-x]$'),
	name		text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9_]+$'),
	name_no		text NOT NULL,
	citation	text NOT NULL,
	valid		daterange NOT NULL,
	needs_case_ref boolean NOT NULL DEFAULT false,
	enabled		boolean NOT NULL DEFAULT true,
	reserved	boolean NOT NULL DEFAULT false,
	builtin		boolean NOT NULL DEFAULT false,
	-- a local purpose takes one of the free letters, and never the purge's powers
	CHECK (builtin OR (letter IN ('u', 'v', 'w', 'x') AND NOT reserved))
);
COMMENT ON TABLE nir.purpose IS
	'what the letters of a modifier mean: the legal purposes of processing, a closed catalogue (R45, R50)';
COMMENT ON COLUMN nir.purpose.letter IS 'the letter, a to x; its bit is fixed in C and never reused';
COMMENT ON COLUMN nir.purpose.name IS 'name that begin_processing accepts instead of the letter';
COMMENT ON COLUMN nir.purpose.name_no IS 'Norwegian name of the purpose (formål)';
COMMENT ON COLUMN nir.purpose.citation IS 'legal basis';
COMMENT ON COLUMN nir.purpose.valid IS 'when the basis was in force; empty if no rule was found (R50)';
COMMENT ON COLUMN nir.purpose.needs_case_ref IS 'whether begin_processing demands a case reference (R48, R75)';
COMMENT ON COLUMN nir.purpose.enabled IS 'whether the purpose may be declared at all';
COMMENT ON COLUMN nir.purpose.reserved IS 'belongs to the engine: never declared and never granted';
COMMENT ON COLUMN nir.purpose.builtin IS 'shipped with nir; letters u to x are free for local rows';
SELECT pg_catalog.pg_extension_config_dump('nir.purpose', 'WHERE NOT builtin');

CREATE TABLE nir.unit_code (
	code		nir.unit PRIMARY KEY,
	name		text NOT NULL,
	level		text NOT NULL CHECK (level IN ('county', 'municipality', 'district')),
	county		nir.unit,
	responsible	boolean NOT NULL,
	governor_no	text,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	source		text NOT NULL,
	CHECK ((level = 'county') = (county IS NULL))
);
COMMENT ON TABLE nir.unit_code IS
	'every county, municipality and city district number seen from 2004 to 2026 (fylkesnummer, kommunenummer, bydelsnummer) (R290)';
COMMENT ON COLUMN nir.unit_code.code IS 'the number';
COMMENT ON COLUMN nir.unit_code.name IS 'latest name under this number';
COMMENT ON COLUMN nir.unit_code.level IS 'county (fylke), municipality (kommune) or district (bydel)';
COMMENT ON COLUMN nir.unit_code.county IS 'the county that the number itself names; none for a county';
COMMENT ON COLUMN nir.unit_code.responsible IS
	'whether it may stand as responsible unit: of districts only those with an administration of their own (R85)';
COMMENT ON COLUMN nir.unit_code.governor_no IS 'statsforvalter that a county lies under today (R291)';
COMMENT ON COLUMN nir.unit_code.valid IS 'when the number was in use';
COMMENT ON COLUMN nir.unit_code.source IS 'where the row comes from (R293)';

CREATE TABLE nir.unit_succession (
	old_code	nir.unit NOT NULL REFERENCES nir.unit_code,
	new_code	nir.unit NOT NULL REFERENCES nir.unit_code,
	on_date		date NOT NULL,
	kind		text NOT NULL CHECK (kind IN ('renumber', 'merge', 'split', 'boundary')),
	note		text,
	source		text NOT NULL,
	PRIMARY KEY (old_code, new_code, on_date),
	CHECK (old_code <> new_code)
);
CREATE INDEX ON nir.unit_succession (new_code);
COMMENT ON TABLE nir.unit_succession IS
	'how numbers became other numbers in reforms (kommunereform, regionreform) since 2005; facts keep the number of their day';
COMMENT ON COLUMN nir.unit_succession.old_code IS 'number before';
COMMENT ON COLUMN nir.unit_succession.new_code IS 'number after';
COMMENT ON COLUMN nir.unit_succession.on_date IS 'first day of the new number, or of the new boundary';
COMMENT ON COLUMN nir.unit_succession.kind IS
	'renumber and merge: all of old is in new, safe to follow; split: parts of old, needs a hand-over; boundary: a part of old moved, old may live on, never followed';
COMMENT ON COLUMN nir.unit_succession.note IS 'remark of the source';
COMMENT ON COLUMN nir.unit_succession.source IS 'letters of the sources, explained in sql/law/data/README';

CREATE TABLE nir.body_kind (
	code		text PRIMARY KEY CHECK (code ~ '^[a-z_]+$'),
	group_role	name UNIQUE,
	name_no		text NOT NULL,
	scope_level	text NOT NULL CHECK (scope_level IN ('state', 'county', 'municipality')),
	reach		text NOT NULL DEFAULT 'unit' CHECK (reach IN ('unit', 'within', 'engaged')),
	active		boolean NOT NULL,
	internal	boolean NOT NULL DEFAULT false,
	acts_as		text REFERENCES nir.body_kind,
	remark		text NOT NULL CHECK (remark <> ''),
	valid		daterange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
	citation	text NOT NULL,
	CHECK (NOT active OR group_role IS NOT NULL),
	CHECK (NOT active OR acts_as IS NULL)
);
COMMENT ON TABLE nir.body_kind IS
	'every kind of body that the law knows in this field (organ): those that a role may be bound to, with their group roles, and those that have no access, with the reason (R70)';
COMMENT ON COLUMN nir.body_kind.code IS 'name used in access rules and bindings';
COMMENT ON COLUMN nir.body_kind.group_role IS 'NOLOGIN role that carries the grants of the kind';
COMMENT ON COLUMN nir.body_kind.name_no IS 'Norwegian name';
COMMENT ON COLUMN nir.body_kind.scope_level IS
	'level of the units that a body of this kind is bound to; a state body has no units';
COMMENT ON COLUMN nir.body_kind.reach IS
	'which rows are its own: unit, those of the declared unit with its districts and the numbers it had; within, those of everything that lies within the units it is bound to, all of them unless it names one; engaged, those of the unit it is engaged by, about the persons assigned to it';
COMMENT ON COLUMN nir.body_kind.active IS 'whether roles may be bound to it; one that is not has no access of its own';
COMMENT ON COLUMN nir.body_kind.internal IS 'nir itself acts as such a body; no role is ever bound to one';
COMMENT ON COLUMN nir.body_kind.acts_as IS 'the kind of body as which it acts, where it is part of one (R85)';
COMMENT ON COLUMN nir.body_kind.remark IS 'what it may, or why it has no access';
COMMENT ON COLUMN nir.body_kind.valid IS 'when the law knew it';
COMMENT ON COLUMN nir.body_kind.citation IS 'legal basis of its part in the scheme';

CREATE TABLE nir.category (
	code		text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]+$'),
	name_no		text NOT NULL,
	purposes	nir.purposes NOT NULL,
	special		text CHECK (special IN ('health', 'ethnicity', 'religion', 'offence', 'sexuality', 'biometric', 'several')),
	part		text NOT NULL,
	timeless	boolean NOT NULL DEFAULT false,
	citation	text NOT NULL,
	builtin		boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE nir.category IS
	'kinds of data; a governed table has one, and with it one set of purposes for the table and for each tagged column (R47)';
COMMENT ON COLUMN nir.category.code IS 'name used in nir.govern and in access rules';
COMMENT ON COLUMN nir.category.name_no IS 'Norwegian name';
COMMENT ON COLUMN nir.category.purposes IS 'purposes that the data may be processed for';
COMMENT ON COLUMN nir.category.special IS 'special category (GDPR art. 9, 10), several, or none (R55)';
COMMENT ON COLUMN nir.category.part IS 'part of the register: core, nir, settlement, tests, or local; the controller follows from it (R86)';
COMMENT ON COLUMN nir.category.timeless IS
	'whether a row holds for every day, so that row scope connected_own_period needs no period of it; a table of another category without a period shows nobody a person who has left (R71)';
COMMENT ON COLUMN nir.category.citation IS 'legal basis';
COMMENT ON COLUMN nir.category.builtin IS 'shipped with nir';
SELECT pg_catalog.pg_extension_config_dump('nir.category', 'WHERE NOT builtin');

CREATE TABLE nir.access_rule (
	category	text NOT NULL,
	body_kind	text NOT NULL REFERENCES nir.body_kind,
	verb		text NOT NULL CHECK (verb IN ('select', 'insert', 'update', 'delete')),
	scope		text NOT NULL CHECK (scope IN ('state', 'own', 'connected', 'connected_own_period', 'subject', 'engaged', 'new', 'due', 'soon', 'pending')),
	purposes	nir.purposes NOT NULL,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	citation	text NOT NULL,
	builtin		boolean NOT NULL DEFAULT false,
	CHECK (scope <> 'new' OR verb = 'insert')
);
CREATE UNIQUE INDEX access_rule_key ON nir.access_rule
	(category, body_kind, verb, scope, lower(valid)) NULLS NOT DISTINCT;
CREATE INDEX ON nir.access_rule (body_kind);
COMMENT ON TABLE nir.access_rule IS
	'which kind of body may do what with which kind of data, for which purposes and in which rows; what has no rule is not allowed (R72, R73, R84)';
COMMENT ON COLUMN nir.access_rule.category IS 'kind of data';
COMMENT ON COLUMN nir.access_rule.body_kind IS 'kind of body';
COMMENT ON COLUMN nir.access_rule.verb IS 'select, insert, update or delete';
COMMENT ON COLUMN nir.access_rule.scope IS
	'state: every row; own: the row''s unit is the body''s (and to write, the subject is connected to it); connected: own, or the subject is connected to the body''s units now; connected_own_period: of a table without units, the subject is connected now, or was in the row''s period, of one with units, the row''s unit is the body''s and the subject was connected to it on the row''s day; subject: the person whom the declared case is about, of facts those of the body''s units; engaged: of the unit that engaged the body, about persons assigned to it; new: a person nobody has registered (R71); for retention alone, due: its storage time has run out, soon: it will within nir.transfer_lead days, pending: a transfer about the subject is to be made';
COMMENT ON COLUMN nir.access_rule.purposes IS 'purposes for which the rule holds, within those of the category';
COMMENT ON COLUMN nir.access_rule.valid IS 'when the rule was in force';
COMMENT ON COLUMN nir.access_rule.citation IS 'legal basis';
COMMENT ON COLUMN nir.access_rule.builtin IS 'shipped with nir';
SELECT pg_catalog.pg_extension_config_dump('nir.access_rule', 'WHERE NOT builtin');

CREATE TABLE nir.retention_rule (
	code		text NOT NULL,
	version		smallint NOT NULL CHECK (version > 0),
	name_no		text NOT NULL,
	years		smallint CHECK (years > 0),
	clock		text[] NOT NULL,
	may_extend	boolean NOT NULL,
	eraser		text[] NOT NULL,
	transfer_first text[] NOT NULL,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	citation	text NOT NULL,
	reading		text,
	PRIMARY KEY (code, version)
);
COMMENT ON TABLE nir.retention_rule IS
	'how long which data may be stored at most, and from which event the time runs (lagringstid) (R7)';
COMMENT ON COLUMN nir.retention_rule.code IS 'RC0 to RC9; P05-1 and P05-2 before 2018-09-01';
COMMENT ON COLUMN nir.retention_rule.version IS 'number of the version, from 1';
COMMENT ON COLUMN nir.retention_rule.name_no IS 'what it covers, in Norwegian';
COMMENT ON COLUMN nir.retention_rule.years IS 'calendar years after the event; none where only necessity decides';
COMMENT ON COLUMN nir.retention_rule.clock IS 'names of the events that start the time; the earliest counts';
COMMENT ON COLUMN nir.retention_rule.may_extend IS 'whether longer storage is possible by a documented decision';
COMMENT ON COLUMN nir.retention_rule.eraser IS 'kinds of bodies that must erase';
COMMENT ON COLUMN nir.retention_rule.transfer_first IS
	'disclosure lists that must be handed over before erasure (IF § 61)';
COMMENT ON COLUMN nir.retention_rule.valid IS 'when the rule was in force';
COMMENT ON COLUMN nir.retention_rule.citation IS 'legal basis';
COMMENT ON COLUMN nir.retention_rule.reading IS 'recommended reading where the text is silent';

CREATE TABLE nir.item (
	item_id		text NOT NULL CHECK (item_id ~ '^IF[0-9]{2}-[12][a-z]$'),
	version		smallint NOT NULL CHECK (version > 0),
	paragraph	smallint NOT NULL,
	subsection	smallint NOT NULL,
	letter		text NOT NULL,
	text_no		text NOT NULL,
	subjects_no	text NOT NULL,
	special		text CHECK (special IN ('health', 'ethnicity', 'religion', 'offence', 'sexuality', 'biometric')),
	part		text NOT NULL CHECK (part IN ('core', 'nir', 'settlement', 'tests')),
	retention	text[] NOT NULL,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	citation	text NOT NULL,
	PRIMARY KEY (item_id, version)
);
COMMENT ON TABLE nir.item IS
	'the lettered items of IF §§ 46-55, each with its versions: the closed list of what may be recorded (R30)';
COMMENT ON COLUMN nir.item.item_id IS 'IF, paragraph, subsection and letter: IF46-1a';
COMMENT ON COLUMN nir.item.version IS 'number of the wording, from 1';
COMMENT ON COLUMN nir.item.paragraph IS 'paragraph of integreringsforskriften';
COMMENT ON COLUMN nir.item.subsection IS 'ledd';
COMMENT ON COLUMN nir.item.letter IS 'letter in the list';
COMMENT ON COLUMN nir.item.text_no IS 'the wording';
COMMENT ON COLUMN nir.item.subjects_no IS 'whom it is about';
COMMENT ON COLUMN nir.item.special IS 'special category that the item is or may reveal, or none (R60)';
COMMENT ON COLUMN nir.item.part IS 'part of the register that carries it (R86)';
COMMENT ON COLUMN nir.item.retention IS
	'retention rules in the order tried: the first whose event exists; none for master data, which go with the last fact';
COMMENT ON COLUMN nir.item.valid IS 'when the wording was in force';
COMMENT ON COLUMN nir.item.citation IS 'where it stands, as written in comments and tests: IF § 46 (1) a';

CREATE TABLE nir.item_column (
	item_id		text NOT NULL,
	table_name	name NOT NULL,
	column_name	name NOT NULL,
	PRIMARY KEY (item_id, table_name, column_name)
);
COMMENT ON TABLE nir.item_column IS
	'which column of the register carries an item; one column may carry several items, and an item several columns';
COMMENT ON COLUMN nir.item_column.item_id IS 'item';
COMMENT ON COLUMN nir.item_column.table_name IS 'table in the register''s schema';
COMMENT ON COLUMN nir.item_column.column_name IS 'column';

CREATE TABLE nir.country (
	code		text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
	name_en		text NOT NULL,
	valid		daterange NOT NULL CHECK (NOT isempty(valid)),
	source		text NOT NULL,
	builtin		boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE nir.country IS 'countries that a citizenship or an origin may name (land) (R34, R292)';
COMMENT ON COLUMN nir.country.code IS 'ISO 3166-1 alpha-3, or a code of ICAO 9303 for those without a state';
COMMENT ON COLUMN nir.country.name_en IS 'English name';
COMMENT ON COLUMN nir.country.valid IS 'when the code was in use';
COMMENT ON COLUMN nir.country.source IS 'where the code comes from (R293)';
COMMENT ON COLUMN nir.country.builtin IS 'shipped with nir';
SELECT pg_catalog.pg_extension_config_dump('nir.country', 'WHERE NOT builtin');

CREATE TABLE nir.language (
	code		text PRIMARY KEY CHECK (code ~ '^[a-z]{3}$'),
	name_en		text NOT NULL,
	source		text NOT NULL,
	builtin		boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE nir.language IS 'languages (språk) (R292)';
COMMENT ON COLUMN nir.language.code IS 'ISO 639-3';
COMMENT ON COLUMN nir.language.name_en IS 'English name';
COMMENT ON COLUMN nir.language.source IS 'where the code comes from (R293)';
COMMENT ON COLUMN nir.language.builtin IS 'shipped with nir';
SELECT pg_catalog.pg_extension_config_dump('nir.language', 'WHERE NOT builtin');
