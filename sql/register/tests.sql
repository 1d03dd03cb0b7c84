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
	last_held_on date,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_candidate (person_id);
CREATE INDEX ON @register@.test_candidate (unit, person_id);
CREATE INDEX ON @register@.test_candidate (unit, available_on);
COMMENT ON TABLE @register@.test_candidate IS
	'candidates of tests (prøvekandidat), also citizens and private candidates: IL § 41 (1) c, IF § 54 a; goes by RC4';
COMMENT ON COLUMN @register@.test_candidate.test_candidate_id IS 'key';
COMMENT ON COLUMN @register@.test_candidate.candidate_no IS 'candidate''s number (kandidatnummer): IF § 54 a';
COMMENT ON COLUMN @register@.test_candidate.paid IS 'whether the candidate paid (betalt for prøven): IF § 54 d';
COMMENT ON COLUMN @register@.test_candidate.assumed_reading IS 'assumed level of reading (antatt nivå): IF § 54 f';
COMMENT ON COLUMN @register@.test_candidate.assumed_listening IS 'assumed level of listening (antatt nivå): IF § 54 f';
COMMENT ON COLUMN @register@.test_candidate.last_held_on IS
	'day of the latest sitting, the database''s word: the candidate goes with it, by RC4';

CREATE TABLE @register@.test_background (
	test_background_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	test_candidate_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	mother_tongue text REFERENCES nir.language,
	after_training nir.tagged_bool('c,g,h,m,n,p,q'),
	school_years nir.tagged_int('c,g,h,m,n,p,q') CHECK (school_years >= 0 AND school_years <= 40),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	-- one for each unit: another's would tell that there is one
	UNIQUE (test_candidate_id, unit),
	FOREIGN KEY (test_candidate_id, person_id)
		REFERENCES @register@.test_candidate (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_background (person_id);
CREATE INDEX ON @register@.test_background (unit, person_id);
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (test_sitting_id, person_id),
	FOREIGN KEY (test_candidate_id, person_id)
		REFERENCES @register@.test_candidate (test_candidate_id, person_id)
);
CREATE INDEX ON @register@.test_sitting (test_candidate_id);
CREATE INDEX ON @register@.test_sitting (person_id);
CREATE INDEX ON @register@.test_sitting (unit, person_id);
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
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
CREATE INDEX ON @register@.test_part (unit, person_id);
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (test_part_id, person_id) REFERENCES @register@.test_part (test_part_id, person_id)
);
CREATE INDEX ON @register@.test_answer (test_part_id);
CREATE INDEX ON @register@.test_answer (person_id);
CREATE INDEX ON @register@.test_answer (unit, person_id);
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
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
CREATE INDEX ON @register@.test_result (test_part_id);
CREATE INDEX ON @register@.test_result (person_id);
CREATE INDEX ON @register@.test_result (unit, person_id);
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
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
	available_on date NOT NULL DEFAULT nir.retention_today(),
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

SELECT nir.govern('@register@.test_candidate', 'candidate', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_background', 'test_background', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_sitting', 'sitting', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_part', 'sitting', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_answer', 'answer', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_result', 'result', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.test_accommodation', 'test_special', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.test_absence', 'test_special', unit => 'unit', subject => 'person_id');

-- ---- retention: every sitting by its own day, the candidate with the last ----

CREATE FUNCTION @register@.keep_last_held() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: the day is the database's word, whatever rows the writer sees
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $keep_last_held$
BEGIN
	IF TG_RELID = '@register@.test_candidate'::regclass THEN
		NEW.last_held_on := (SELECT max(s.held_on) FROM @register@.test_sitting AS s
			WHERE s.test_candidate_id = NEW.test_candidate_id);
		RETURN NEW;
	END IF;
	-- which asks the trigger on the candidate
	UPDATE @register@.test_candidate AS c SET last_held_on = NULL
	WHERE c.test_candidate_id = NEW.test_candidate_id;
	RETURN NULL;
END
$keep_last_held$;
REVOKE ALL ON FUNCTION @register@.keep_last_held() FROM PUBLIC;
COMMENT ON FUNCTION @register@.keep_last_held() IS
	'trigger: a candidate''s last_held_on is the day of the latest sitting (RC4, R158)';

CREATE TRIGGER last_held BEFORE INSERT OR UPDATE ON @register@.test_candidate
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_last_held();
CREATE TRIGGER last_held AFTER INSERT OR UPDATE OF held_on, test_candidate_id ON @register@.test_sitting
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_last_held();

CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.test_sitting
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-4', 'D57-2');
CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.test_part
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-4', 'D57-2');
CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.test_result
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-4', 'D57-2');

-- never sat: from the day she became a candidate
SELECT nir.bind_retention('@register@.test_candidate', 'RC4', event => 'last_held_on', apply => false);
SELECT nir.bind_retention('@register@.test_candidate', 'RC4', event => 'available_on');
SELECT nir.bind_retention('@register@.test_background', 'RC4', parent => 'test_candidate_id');
SELECT nir.bind_retention('@register@.test_sitting', 'RC4', event => 'held_on');
SELECT nir.bind_retention('@register@.test_part', 'RC4', parent => 'test_sitting_id');
SELECT nir.bind_retention('@register@.test_answer', 'RC4', parent => 'test_part_id');
SELECT nir.bind_retention('@register@.test_result', 'RC4', parent => 'test_part_id');
SELECT nir.bind_retention('@register@.test_accommodation', 'RC4', parent => 'test_candidate_id');
SELECT nir.bind_retention('@register@.test_absence', 'RC4', parent => 'test_sitting_id');

CREATE FUNCTION @register@.disclose_d57_2(person_id bigint) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $disclose_d57_2$
#variable_conflict use_column
DECLARE
	tests jsonb;
BEGIN
	SELECT jsonb_agg(jsonb_build_object('held_on', s.held_on, 'part', p.part_kind, 'language', p.language,
			'result', r.result::text) ORDER BY s.held_on, p.test_part_id)
	INTO tests
	FROM @register@.test_sitting AS s
	JOIN @register@.test_part AS p USING (test_sitting_id)
	LEFT JOIN @register@.test_result AS r ON r.test_part_id = p.test_part_id AND r.status = 'current'
	WHERE s.person_id = disclose_d57_2.person_id;
	RETURN CASE WHEN tests IS NOT NULL THEN
		jsonb_build_object('person', @register@.disclosed_person(disclose_d57_2.person_id), 'tests', tests) END;
END
$disclose_d57_2$;
REVOKE ALL ON FUNCTION @register@.disclose_d57_2(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.disclose_d57_2(bigint) TO nir_retention;
COMMENT ON FUNCTION @register@.disclose_d57_2(bigint) IS
	'list D57-2: when tests were taken, results, language: IF § 57 (2), R130';

-- ---- verification, and sharing by the national portal ----

CREATE TABLE @register@.sharing_decision (
	sharing_decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	receiver	nir.tagged_text('c,j,p,q') NOT NULL CHECK (length(receiver) BETWEEN 1 AND 200),
	items		text[] NOT NULL CHECK (cardinality(items) > 0),
	valid		daterange NOT NULL CHECK (NOT upper_inf(valid)),
	decided_at	timestamptz NOT NULL DEFAULT now(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.sharing_decision (person_id);
COMMENT ON TABLE @register@.sharing_decision IS
	'what a person has decided to share of her results, with whom and until when (delingsbeslutning): IF § 63 (2), R78; goes with the person';
COMMENT ON COLUMN @register@.sharing_decision.sharing_decision_id IS 'key';
COMMENT ON COLUMN @register@.sharing_decision.receiver IS 'who may have it, as the portal names the receiver: IF § 63 (2)';
COMMENT ON COLUMN @register@.sharing_decision.items IS 'codes of test_part_kind that she shares: IF § 63 (2)';
COMMENT ON COLUMN @register@.sharing_decision.valid IS 'the days on which she shares; always with an end, and she may end it earlier: IF § 63 (2)';
COMMENT ON COLUMN @register@.sharing_decision.decided_at IS 'when she decided';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.sharing_decision
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();

CREATE FUNCTION @register@.check_shared_items() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $check_shared_items$
BEGIN
	IF EXISTS (SELECT FROM unnest(NEW.items) AS i
		WHERE NOT EXISTS (SELECT FROM @register@.test_part_kind AS k WHERE k.code = i)) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'check_violation',
			MESSAGE = 'what is shared must be kinds of test parts',
			HINT = 'Column items takes codes of test_part_kind.';
	END IF;
	RETURN NEW;
END
$check_shared_items$;
REVOKE ALL ON FUNCTION @register@.check_shared_items() FROM PUBLIC;
COMMENT ON FUNCTION @register@.check_shared_items() IS 'trigger: a decision to share names parts of tests that there are (R78)';
CREATE TRIGGER items BEFORE INSERT OR UPDATE OF items ON @register@.sharing_decision
	FOR EACH ROW EXECUTE FUNCTION @register@.check_shared_items();

SELECT nir.govern('@register@.sharing_decision', 'sharing', subject => 'person_id');
SELECT nir.bind_retention('@register@.sharing_decision', 'RC0');

CREATE FUNCTION @register@.require_verification(kind text) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $require_verification$
DECLARE
	context record := nir.context();
BEGIN
	IF context.body IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR010',
			MESSAGE = 'test results are verified under a declared purpose',
			HINT = 'BEGIN, then SELECT nir.begin_processing(''j'').';
	ELSIF context.purposes <> '{j}'::nir.purposes THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR021',
			MESSAGE = format('test results are not verified under the declared purpose %s', context.purposes),
			HINT = 'Declare purpose j, and no other.';
	ELSIF context.body_kind <> kind THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR025',
			MESSAGE = format('a body of kind "%s" may not ask this', context.body_kind),
			HINT = 'IF § 63 says who may ask what.';
	END IF;
END
$require_verification$;
REVOKE ALL ON FUNCTION @register@.require_verification(text) FROM PUBLIC;
COMMENT ON FUNCTION @register@.require_verification(text) IS
	'raises unless a body of this kind acts under purpose j alone: IF § 63; for the functions below';

CREATE FUNCTION @register@.verify_result(
	fnr text, part_kind text, result text, held_on date,
	OUT matches boolean, OUT language text, OUT final_on date)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	-- must be one: who verifies reads no table
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $verify_result$
#variable_conflict use_column
DECLARE
	wanted nir.fnr;
BEGIN
	PERFORM @register@.require_verification('verifier');
	IF num_nulls(verify_result.fnr, verify_result.part_kind, verify_result.result, verify_result.held_on) > 0
		OR btrim(verify_result.result) = '' OR btrim(verify_result.part_kind) = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR088',
			MESSAGE = 'verifying needs what the person has stated',
			HINT = 'Give number, part, result and day of the test, as she stated them.';
	ELSIF coalesce(btrim((nir.context()).case_ref), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR019',
			MESSAGE = 'verifying needs the reference of the application',
			HINT = 'Give it as case_ref: nir.begin_processing(''j'', case_ref => reference).';
	END IF;
	wanted := verify_result.fnr;
	SELECT true, p.language, r.final_on INTO matches, language, final_on
	FROM @register@.person_fnr AS f
	JOIN @register@.test_sitting AS s ON s.person_id = f.person_id AND s.held_on = verify_result.held_on
	JOIN @register@.test_part AS p ON p.test_sitting_id = s.test_sitting_id AND p.part_kind = verify_result.part_kind
	JOIN @register@.test_result AS r ON r.test_part_id = p.test_part_id AND r.status = 'current'
		AND r.result = verify_result.result
	WHERE f.fnr = wanted AND f.status = 'active'
		AND nir.subject_is_open('@register@.person', f.person_id, 'fnr')
		AND nir.subject_is_open('@register@.person', f.person_id, 'sitting')
		AND nir.subject_is_open('@register@.person', f.person_id, 'result')
	LIMIT 1;
	-- one answer for a person who is unknown, narrowed or without results, and a claim that is wrong
	matches := coalesce(matches, false);
END
$verify_result$;
REVOKE ALL ON FUNCTION @register@.verify_result(text, text, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.verify_result(text, text, text, date) TO nir_verifier;
COMMENT ON FUNCTION @register@.verify_result(text, text, text, date) IS
	'is what a person stated about a test result so? If it is, also the language and when it became final; if not, nothing more, and nothing about whether she is registered: IF § 63 (1), R77';

CREATE FUNCTION @register@.has_result(fnr text, OUT number text, OUT has_result boolean)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	-- must be one: the portal reads no table
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $has_result$
#variable_conflict use_column
DECLARE
	wanted nir.fnr;
BEGIN
	PERFORM @register@.require_verification('portal');
	IF has_result.fnr IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR088',
			MESSAGE = 'the portal asks about one number',
			HINT = 'Give a national identity number or D-number.';
	END IF;
	wanted := has_result.fnr;
	number := has_result.fnr;
	has_result := EXISTS (SELECT FROM @register@.person_fnr AS f
		JOIN @register@.test_result AS r ON r.person_id = f.person_id AND r.status = 'current'
		WHERE f.fnr = wanted AND f.status = 'active'
			AND nir.subject_is_open('@register@.person', f.person_id, 'fnr')
			AND nir.subject_is_open('@register@.person', f.person_id, 'result'));
END
$has_result$;
REVOKE ALL ON FUNCTION @register@.has_result(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.has_result(text) TO nir_portal;
COMMENT ON FUNCTION @register@.has_result(text) IS
	'the number, and whether the register holds a test result of its person; the same no for one it does not know: IF § 63 (2), R78';

CREATE FUNCTION @register@.shared_results(fnr text, receiver text)
	RETURNS TABLE (part_kind text, result text, held_on date, language text, final_on date)
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	-- must be one: the portal reads no table
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $shared_results$
#variable_conflict use_column
DECLARE
	wanted nir.fnr;
BEGIN
	PERFORM @register@.require_verification('portal');
	IF num_nulls(shared_results.fnr, shared_results.receiver) > 0 THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR088',
			MESSAGE = 'results are shared with one receiver',
			HINT = 'Give the number and the receiver that the person has named.';
	END IF;
	wanted := shared_results.fnr;
	RETURN QUERY
	SELECT p.part_kind, r.result::text, s.held_on, p.language, r.final_on
	FROM @register@.person_fnr AS f
	JOIN @register@.test_result AS r ON r.person_id = f.person_id AND r.status = 'current'
	JOIN @register@.test_part AS p ON p.test_part_id = r.test_part_id
	JOIN @register@.test_sitting AS s ON s.test_sitting_id = p.test_sitting_id
	WHERE f.fnr = wanted AND f.status = 'active'
		AND nir.subject_is_open('@register@.person', f.person_id, 'fnr')
		AND nir.subject_is_open('@register@.person', f.person_id, 'sitting')
		AND nir.subject_is_open('@register@.person', f.person_id, 'sharing')
		AND nir.subject_is_open('@register@.person', f.person_id, 'result')
		AND EXISTS (SELECT FROM @register@.sharing_decision AS d
			WHERE d.person_id = f.person_id AND d.receiver = shared_results.receiver
				AND p.part_kind = ANY (d.items) AND d.valid @> nir.retention_today())
	ORDER BY s.held_on, p.part_kind;
END
$shared_results$;
REVOKE ALL ON FUNCTION @register@.shared_results(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.shared_results(text, text) TO nir_portal;
COMMENT ON FUNCTION @register@.shared_results(text, text) IS
	'the results that a person has decided to share with this receiver and still does; nothing where there is no such decision in force: IF § 63 (2), R78';
