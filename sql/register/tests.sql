/*
 * sql/register/tests.sql
 *
 * Part tests (HK-dir): tests in Norwegian and social studies.  The unit of a
 * row is the municipality that held the test.  Everything goes by RC4, twenty
 * years from that sitting.  Special arrangements and absence for health
 * (IF § 54 g, n) are sealed; recordings are not here.
 */

CREATE TABLE @register@.test_part_kind (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.test_part_kind IS 'code list: tests and parts of tests (prøver og delprøver)';

INSERT INTO @register@.test_part_kind (code, name_no, citation)
VALUES
	('listening', 'lytteforståelse A1-B2', 'IF §§ 34, 41'),
	('reading', 'leseforståelse A1-B2', 'IF §§ 34, 41'),
	('writing', 'skriftlig framstilling A1-B2', 'IF §§ 34, 41'),
	('speaking', 'muntlig kommunikasjon A1-B2', 'IF §§ 34, 41'),
	('c1_reading_speaking', 'C1 lese og muntlig', 'IF §§ 34, 41'),
	('c1_listening_writing', 'C1 lytte og skriftlig', 'IF §§ 34, 41'),
	('society', 'samfunnskunnskap', 'IF § 34'),
	('citizenship', 'statsborgerprøven', 'SBL § 8');

CREATE TABLE @register@.test_candidate (
	test_candidate_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	candidate_no nir.tagged_text('c,m,n,p,q') NOT NULL CHECK (length(candidate_no) <= 20),
	paid		nir.tagged_bool('c,m,n,p,q'),
	assumed_reading nir.tagged_text('c,m,n,p,q')
		CHECK (assumed_reading IN ('under_A1', 'A1', 'A2', 'B1', 'B2', 'C1')),
	assumed_listening nir.tagged_text('c,m,n,p,q')
		CHECK (assumed_listening IN ('under_A1', 'A1', 'A2', 'B1', 'B2', 'C1')),
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_candidate (person_id);
CREATE INDEX ON @register@.test_candidate (unit, available_on);
COMMENT ON TABLE @register@.test_candidate IS
	'candidates of tests (prøvekandidat), also citizens and private candidates: IL § 41 (1) c, IF § 54 a; goes by RC4';
COMMENT ON COLUMN @register@.test_candidate.test_candidate_id IS 'key';
COMMENT ON COLUMN @register@.test_candidate.candidate_no IS 'candidate''s number (kandidatnummer): IF § 54 a';
COMMENT ON COLUMN @register@.test_candidate.paid IS 'whether the candidate paid (betalt for prøven): IF § 54 d';
COMMENT ON COLUMN @register@.test_candidate.assumed_reading IS 'assumed level of reading (antatt nivå): IF § 54 f';
COMMENT ON COLUMN @register@.test_candidate.assumed_listening IS 'assumed level of listening (antatt nivå): IF § 54 f';

CREATE TABLE @register@.test_background (
	test_background_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_candidate_id bigint NOT NULL UNIQUE,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	mother_tongue text REFERENCES nir.language,
	after_training nir.tagged_bool('c,g,h,m,n,p,q'),
	school_years nir.tagged_int('c,g,h,m,n,p,q') CHECK (school_years >= 0 AND school_years <= 40),
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_candidate_id, person_id)
		REFERENCES @register@.test_candidate (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_background (person_id);
CREATE INDEX ON @register@.test_background (unit, available_on);
COMMENT ON TABLE @register@.test_background IS
	'background of candidates, apart from their numbers because research and statistics may use it: IF § 54 b, IF § 54 c, IF § 54 e; goes by RC4';
COMMENT ON COLUMN @register@.test_background.test_background_id IS 'key';
COMMENT ON COLUMN @register@.test_background.test_candidate_id IS 'the candidate';
COMMENT ON COLUMN @register@.test_background.mother_tongue IS 'mother tongue (morsmål): IF § 54 b';
COMMENT ON COLUMN @register@.test_background.after_training IS
	'whether the test follows training under the act (etter opplæring): IF § 54 c';
COMMENT ON COLUMN @register@.test_background.school_years IS 'years of schooling (antall år med skolegang): IF § 54 e';

CREATE TABLE @register@.test_sitting (
	test_sitting_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_candidate_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	held_on		date NOT NULL,
	place		nir.tagged_text('b,c,f-k,m,n,p,q') CHECK (length(place) <= 200),
	mode		text NOT NULL DEFAULT 'digital' CHECK (mode IN ('digital', 'oral', 'paper')),
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (test_sitting_id, person_id),
	FOREIGN KEY (test_candidate_id, person_id)
		REFERENCES @register@.test_candidate (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_sitting (test_candidate_id);
CREATE INDEX ON @register@.test_sitting (person_id);
CREATE INDEX ON @register@.test_sitting (unit, held_on);
COMMENT ON TABLE @register@.test_sitting IS
	'sittings of tests (prøveavvikling): IF § 54 h, IF § 56 (4) b, IF § 57 (2) a; goes by RC4';
COMMENT ON COLUMN @register@.test_sitting.test_sitting_id IS 'key';
COMMENT ON COLUMN @register@.test_sitting.test_candidate_id IS 'the candidate';
COMMENT ON COLUMN @register@.test_sitting.held_on IS 'day of the test: IF § 54 h, IF § 57 (2) a; clock test_sitting of RC4';
COMMENT ON COLUMN @register@.test_sitting.place IS 'where: IF § 54 h';
COMMENT ON COLUMN @register@.test_sitting.mode IS 'how it was held: IF § 54 h';

CREATE TABLE @register@.test_part (
	test_part_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_sitting_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	part_kind	text NOT NULL REFERENCES @register@.test_part_kind,
	language	text NOT NULL DEFAULT 'nor' REFERENCES nir.language,
	norwegian_form text CHECK (norwegian_form IN ('bokmaal', 'nynorsk')),
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (test_part_id, person_id, part_kind),
	UNIQUE (test_part_id, person_id),
	UNIQUE (test_sitting_id, part_kind),
	FOREIGN KEY (test_sitting_id, person_id)
		REFERENCES @register@.test_sitting (test_sitting_id, person_id)
);
CREATE INDEX ON @register@.test_part (person_id);
CREATE INDEX ON @register@.test_part (unit, available_on);
COMMENT ON TABLE @register@.test_part IS 'parts of a test that were taken (delprøver): IF § 54 j; goes by RC4';
COMMENT ON COLUMN @register@.test_part.test_part_id IS 'key';
COMMENT ON COLUMN @register@.test_part.test_sitting_id IS 'the sitting';
COMMENT ON COLUMN @register@.test_part.part_kind IS 'which part: IF § 54 j';
COMMENT ON COLUMN @register@.test_part.language IS 'language of the test (språk): IF § 54 j, IF § 57 (2) c';
COMMENT ON COLUMN @register@.test_part.norwegian_form IS 'form of Norwegian (målform): IF § 54 j';

CREATE TABLE @register@.test_answer (
	test_answer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_part_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	answer		nir.tagged_text('c,m,n,p,q') NOT NULL,
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_part_id, person_id) REFERENCES @register@.test_part (test_part_id, person_id)
);
CREATE INDEX ON @register@.test_answer (test_part_id);
CREATE INDEX ON @register@.test_answer (person_id);
CREATE INDEX ON @register@.test_answer (unit, available_on);
COMMENT ON TABLE @register@.test_answer IS
	'answers to tests (besvarelser), HK-dir''s alone: IF § 54 k, R73; goes by RC4';
COMMENT ON COLUMN @register@.test_answer.test_answer_id IS 'key';
COMMENT ON COLUMN @register@.test_answer.test_part_id IS 'the part';
COMMENT ON COLUMN @register@.test_answer.answer IS 'the answer (besvarelse): IF § 54 k';

CREATE TABLE @register@.test_result (
	test_result_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_part_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	part_kind	text NOT NULL,
	result		nir.tagged_text('b,c,f-k,m,n,p,q') NOT NULL,
	automated	boolean NOT NULL DEFAULT false,
	status		text NOT NULL DEFAULT 'current' CHECK (status IN ('current', 'replaced', 'annulled')),
	notified_on	date,
	final_on	date,
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_part_id, person_id, part_kind)
		REFERENCES @register@.test_part (test_part_id, person_id, part_kind),
	CONSTRAINT final_after_notice CHECK (final_on >= notified_on),
	CONSTRAINT automated_only_with_one_right_answer
		CHECK (NOT automated OR part_kind IN ('listening', 'reading', 'society')),
	CONSTRAINT result_on_the_scale_of_the_part CHECK (CASE
		WHEN part_kind IN ('listening', 'reading', 'writing', 'speaking')
			THEN result IN ('under_A1', 'A1', 'A2', 'B1', 'B2', 'not_assessable')
		WHEN part_kind IN ('c1_reading_speaking', 'c1_listening_writing')
			THEN result IN ('C1', 'not_passed')
		ELSE result IN ('passed', 'not_passed') END)
);
CREATE INDEX ON @register@.test_result (person_id);
CREATE INDEX ON @register@.test_result (unit, available_on);
CREATE UNIQUE INDEX test_result_current ON @register@.test_result (test_part_id) WHERE status = 'current';
COMMENT ON TABLE @register@.test_result IS
	'results of tests (resultat): IF § 54 k, IF § 56 (4) c, IF § 56 (4) d, IF § 57 (2) b, IF § 57 (2) c; a municipality reads them for qualification; goes by RC4';
COMMENT ON COLUMN @register@.test_result.test_result_id IS 'key';
COMMENT ON COLUMN @register@.test_result.test_part_id IS 'the part';
COMMENT ON COLUMN @register@.test_result.part_kind IS 'kind of the part, which decides the scale and whether a result may be automated';
COMMENT ON COLUMN @register@.test_result.result IS
	'the result (resultat) on the scale of the part (nivå, bestått): IF § 54 k, IF § 41';
COMMENT ON COLUMN @register@.test_result.automated IS
	'decided by a machine alone, which only tests with one right answer may be: IF § 64, R220';
COMMENT ON COLUMN @register@.test_result.status IS 'one current result a part; older ones are replaced or annulled';
COMMENT ON COLUMN @register@.test_result.notified_on IS 'day the candidate was told';
COMMENT ON COLUMN @register@.test_result.final_on IS 'day the result could no longer be changed by a complaint';

CREATE TABLE @register@.test_accommodation (
	test_accommodation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_candidate_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	need		nir.sealed(health, 'c,p,q') NOT NULL,
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_candidate_id, person_id)
		REFERENCES @register@.test_candidate (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_accommodation (test_candidate_id);
CREATE INDEX ON @register@.test_accommodation (person_id);
CREATE INDEX ON @register@.test_accommodation (unit, available_on);
COMMENT ON TABLE @register@.test_accommodation IS
	'special arrangements that a candidate needs (tilrettelegging), sealed: IF § 54 g, R60; goes by RC4';
COMMENT ON COLUMN @register@.test_accommodation.test_accommodation_id IS 'key';
COMMENT ON COLUMN @register@.test_accommodation.test_candidate_id IS 'the candidate';
COMMENT ON COLUMN @register@.test_accommodation.need IS 'what is needed, and why: IF § 54 g';

CREATE TABLE @register@.test_absence (
	test_absence_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_sitting_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	reason		nir.sealed(health, 'c,p,q') NOT NULL,
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_sitting_id, person_id)
		REFERENCES @register@.test_sitting (test_sitting_id, person_id)
);
CREATE INDEX ON @register@.test_absence (test_sitting_id);
CREATE INDEX ON @register@.test_absence (person_id);
CREATE INDEX ON @register@.test_absence (unit, available_on);
COMMENT ON TABLE @register@.test_absence IS
	'absence from a test for health or other reasons (fravær), sealed: IF § 54 n, R60; goes by RC4';
COMMENT ON COLUMN @register@.test_absence.test_absence_id IS 'key';
COMMENT ON COLUMN @register@.test_absence.test_sitting_id IS 'the sitting';
COMMENT ON COLUMN @register@.test_absence.reason IS 'the reason: IF § 54 n';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_candidate
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_background
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_sitting
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_part
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_answer
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_result
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_candidate
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_background
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_sitting
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_part
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_answer
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_result
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_accommodation
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_accommodation
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.test_absence
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.test_absence
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();

SELECT nir.govern('@register@.test_candidate', 'candidate', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_background', 'test_background', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_sitting', 'sitting', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_part', 'sitting', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_answer', 'answer', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_result', 'result', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_accommodation', 'test_special', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_absence', 'test_special', unit => 'unit', subject => 'person_id');
