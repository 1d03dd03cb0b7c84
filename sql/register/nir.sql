/*
 * sql/register/nir.sql
 *
 * Part nir (IMDi): the introduction programme, training in Norwegian and
 * social studies, and grants.  A programme is the person's, across moves; the
 * facts within it belong to the unit of their day.
 */

CREATE TABLE @register@.end_reason (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.end_reason IS
	'code list: main activity when the programme ended (avslutningsårsak), in the groups of IMDi''s statistics; NIR''s own list is not published';
CREATE TABLE @register@.samf_module (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.samf_module IS 'code list: modules of social studies (moduler i samfunnskunnskap), from 2022-01-01';
CREATE TABLE @register@.grant_kind (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.grant_kind IS
	'code list: kinds of grants (tilskuddstype); kinds that tell of a disability are left out, they need sealed columns';

INSERT INTO @register@.end_reason (code, name_no, citation)
VALUES
	('public_qualification', 'kvalifiseringstiltak i offentlig regi', 'IMDi statistics'),
	('primary_school', 'grunnskole', 'IMDi statistics'),
	('education', 'videregående skole og høyere utdanning', 'IMDi statistics'),
	('work', 'arbeid', 'IMDi statistics'),
	('social_assistance', 'sosialstønad', 'IMDi statistics'),
	('other_benefit', 'andre trygdeytelser', 'IMDi statistics'),
	('other', 'annet', 'IMDi statistics');

INSERT INTO @register@.samf_module (code, name_no, valid, citation)
SELECT n::text, 'modul ' || n, '[2022-01-01,)', 'IF § 53 h'
FROM generate_series(1, 7) AS n;

INSERT INTO @register@.grant_kind (code, name_no, citation)
VALUES
	('integration_1', 'integreringstilskudd år 1', 'IMDi statistics'),
	('integration_2_5', 'integreringstilskudd år 2-5', 'IMDi statistics'),
	('training', 'tilskudd til opplæring i norsk og samfunnskunnskap', 'IMDi statistics'),
	('training_asylum', 'tilskudd til opplæring for asylsøkere', 'IMDi statistics'),
	('unaccompanied', 'særskilt tilskudd for enslige mindreårige', 'IMDi statistics'),
	('kindergarten', 'barnehagetilskudd', 'IMDi statistics'),
	('school', 'skoletilskudd', 'IMDi statistics'),
	('elderly', 'eldretilskudd', 'IMDi statistics');

CREATE TABLE @register@.intro_programme (
	intro_programme_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	right_category text NOT NULL REFERENCES @register@.right_category,
	offered_on	date,
	claimed_on	date,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	-- what a fact within the programme points at, so that both name one person
	UNIQUE (intro_programme_id, person_id),
	CONSTRAINT offered_or_claimed CHECK (num_nonnulls(offered_on, claimed_on) > 0)
);
CREATE INDEX ON @register@.intro_programme (person_id);
CREATE INDEX ON @register@.intro_programme (unit, person_id);
CREATE INDEX ON @register@.intro_programme (unit, available_on);
COMMENT ON TABLE @register@.intro_programme IS
	'introduction programmes (introduksjonsprogram): IF § 52 a, IF § 56 (3) a; goes by RC2, RC3';
COMMENT ON COLUMN @register@.intro_programme.intro_programme_id IS 'key';
COMMENT ON COLUMN @register@.intro_programme.right_category IS 'right and duty (rett og plikt): IF § 52 a, IF § 56 (3) a';
COMMENT ON COLUMN @register@.intro_programme.offered_on IS 'date of the offer (tilbud): IF § 52 a';
COMMENT ON COLUMN @register@.intro_programme.claimed_on IS 'date of the claim (krav): IF § 52 a';

CREATE TABLE @register@.programme_decision (
	programme_decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	intro_programme_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	kind		text NOT NULL CHECK (kind IN ('grant', 'refusal', 'change', 'stop')),
	decided_on	date NOT NULL,
	decided_by	text NOT NULL DEFAULT nir.current_actor() CHECK (decided_by <> ''),
	automated	boolean NOT NULL DEFAULT false CONSTRAINT decided_by_a_human CHECK (NOT automated),
	legal_basis	nir.tagged_text('b,i,m,n,p,q') NOT NULL,
	reason		nir.tagged_text('b,i,m,n,p,q'),
	supersedes	bigint REFERENCES @register@.programme_decision,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (intro_programme_id, person_id)
		REFERENCES @register@.intro_programme (intro_programme_id, person_id),
	CONSTRAINT refusal_has_reasons CHECK (kind <> 'refusal' OR reason IS NOT NULL)
);
CREATE INDEX ON @register@.programme_decision (intro_programme_id);
CREATE INDEX ON @register@.programme_decision (person_id);
CREATE INDEX ON @register@.programme_decision (supersedes);
CREATE INDEX ON @register@.programme_decision (unit, person_id);
CREATE INDEX ON @register@.programme_decision (unit, decided_on);
COMMENT ON TABLE @register@.programme_decision IS
	'decisions about the programme (vedtak: tildeling, avslag, endring, stans): IF § 52 a; goes by RC2, RC3';
COMMENT ON COLUMN @register@.programme_decision.programme_decision_id IS 'key';
COMMENT ON COLUMN @register@.programme_decision.intro_programme_id IS 'the programme';
COMMENT ON COLUMN @register@.programme_decision.kind IS 'grant, refusal, change or stop: IF § 52 a';
COMMENT ON COLUMN @register@.programme_decision.decided_on IS 'date of the decision (vedtaksdato): IF § 52 a';
COMMENT ON COLUMN @register@.programme_decision.decided_by IS 'who decided; a decision has a human author: R230';
COMMENT ON COLUMN @register@.programme_decision.automated IS 'always false: only some test results may be automated: R229, IF § 64';
COMMENT ON COLUMN @register@.programme_decision.legal_basis IS 'legal basis (hjemmel): IF § 52 a';
COMMENT ON COLUMN @register@.programme_decision.reason IS 'reasons (begrunnelse); a refusal has some: IF § 52 a, R100';
COMMENT ON COLUMN @register@.programme_decision.supersedes IS 'the decision that this one replaces';

CREATE TABLE @register@.programme_period (
	programme_period_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	intro_programme_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	started_on	date NOT NULL,
	stopped_on	date,
	stop_kind	text CHECK (stop_kind IN ('temporary', 'permanent')),
	end_reason	text REFERENCES @register@.end_reason,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (intro_programme_id, person_id)
		REFERENCES @register@.intro_programme (intro_programme_id, person_id),
	CONSTRAINT stops_after_start CHECK (stopped_on >= started_on),
	CONSTRAINT stop_has_kind CHECK ((stopped_on IS NULL) = (stop_kind IS NULL)),
	CONSTRAINT end_reason_only_if_permanent
		CHECK (end_reason IS NULL OR (stop_kind IS NOT NULL AND stop_kind = 'permanent')),
	CONSTRAINT programme_period_one_at_a_time
		EXCLUDE USING gist (int8range(person_id, person_id, '[]') WITH &&,
		daterange(started_on, stopped_on, '[]') WITH &&)
);
CREATE INDEX ON @register@.programme_period (intro_programme_id);
CREATE INDEX ON @register@.programme_period (person_id);
CREATE INDEX ON @register@.programme_period (unit, person_id);
CREATE INDEX ON @register@.programme_period (unit, started_on);
COMMENT ON TABLE @register@.programme_period IS
	'periods of taking part (start og stans): IF § 52 a, IF § 56 (3) b; one at a time; goes by RC2';
COMMENT ON COLUMN @register@.programme_period.programme_period_id IS 'key';
COMMENT ON COLUMN @register@.programme_period.intro_programme_id IS 'the programme';
COMMENT ON COLUMN @register@.programme_period.started_on IS
	'first day (start): IF § 52 a, IF § 56 (3) b; clock programme_start of RC2';
COMMENT ON COLUMN @register@.programme_period.stopped_on IS 'last day (stans): IF § 52 a, IF § 56 (3) b';
COMMENT ON COLUMN @register@.programme_period.stop_kind IS 'temporary or permanent: IF § 52 a';
COMMENT ON COLUMN @register@.programme_period.end_reason IS 'main activity at the end (avslutningsårsak): IF § 52 a';

CREATE TABLE @register@.training (
	training_id	bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	right_category text NOT NULL REFERENCES @register@.right_category,
	granted_on	date NOT NULL,
	started_on	date,
	stopped_on	date,
	provider_kind text NOT NULL DEFAULT 'municipality'
		CHECK (provider_kind IN ('municipality', 'county')),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (training_id, person_id),
	CONSTRAINT stops_after_start CHECK (stopped_on >= started_on),
	CONSTRAINT stop_needs_start CHECK (stopped_on IS NULL OR started_on IS NOT NULL),
	CONSTRAINT county_from_2023 CHECK (provider_kind <> 'county' OR granted_on >= '2023-08-01'),
	CONSTRAINT right_of_training CHECK (right_category <> 'may_be_offered')
);
CREATE INDEX ON @register@.training (person_id);
CREATE INDEX ON @register@.training (unit, person_id);
CREATE INDEX ON @register@.training (unit, started_on);
COMMENT ON TABLE @register@.training IS
	'training in Norwegian and social studies (opplæring i norsk og samfunnskunnskap): IF § 53 a, IF § 56 (4) a; goes by RC2, RC3';
COMMENT ON COLUMN @register@.training.training_id IS 'key';
COMMENT ON COLUMN @register@.training.right_category IS 'right and duty (rett og plikt): IF § 53 a';
COMMENT ON COLUMN @register@.training.granted_on IS 'date of the decision (tildeling): IF § 53 a';
COMMENT ON COLUMN @register@.training.started_on IS 'first day (start): IF § 53 a; clock training_start of RC2';
COMMENT ON COLUMN @register@.training.stopped_on IS 'last day (stans): IF § 53 a';
COMMENT ON COLUMN @register@.training.provider_kind IS
	'whether municipality or county provides it, a county from 2023-08-01: IF § 53 a, IL § 30 (2)';

CREATE TABLE @register@.training_hours (
	training_hours_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	training_id	bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	period		daterange NOT NULL,
	norwegian	nir.tagged_numeric('b,e-i,k,m,n,p,q') CHECK (norwegian >= '0'),
	society		nir.tagged_numeric('b,e-i,k,m,n,p,q') CHECK (society >= '0'),
	module		text REFERENCES @register@.samf_module,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (training_id, person_id) REFERENCES @register@.training (training_id, person_id),
	CONSTRAINT period_is_bounded CHECK (NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)),
	CONSTRAINT some_hours CHECK (num_nonnulls(norwegian, society) > 0),
	CONSTRAINT module_from_2022 CHECK (module IS NULL OR (society IS NOT NULL AND lower(period) >= '2022-01-01'))
);
CREATE INDEX ON @register@.training_hours (training_id);
CREATE INDEX ON @register@.training_hours (person_id);
CREATE INDEX ON @register@.training_hours (unit, person_id);
CREATE INDEX ON @register@.training_hours (unit, lower(period));
COMMENT ON TABLE @register@.training_hours IS
	'hours of training completed (gjennomførte timer): IF § 53 g, IF § 53 h, IF § 56 (4) a; corrections are further rows (R106); goes by RC2';
COMMENT ON COLUMN @register@.training_hours.training_hours_id IS 'key';
COMMENT ON COLUMN @register@.training_hours.training_id IS 'the training';
COMMENT ON COLUMN @register@.training_hours.period IS 'the period that the hours belong to';
COMMENT ON COLUMN @register@.training_hours.norwegian IS 'hours of Norwegian: IF § 53 g';
COMMENT ON COLUMN @register@.training_hours.society IS 'hours of social studies (samfunnskunnskap): IF § 53 h';
COMMENT ON COLUMN @register@.training_hours.module IS 'module of social studies, from 2022-01-01: IF § 53 h';

CREATE TABLE @register@.grant_payment (
	grant_payment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	recipient_orgnr nir.orgnr,
	paid_on		date NOT NULL,
	grant_kind	text NOT NULL REFERENCES @register@.grant_kind,
	rate		nir.tagged_numeric('e,h,m,n,p,q') NOT NULL CHECK (rate >= '0'),
	amount		nir.tagged_numeric('e,h,m,n,p,q') NOT NULL CHECK (amount >= '0'),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.grant_payment (person_id);
CREATE INDEX ON @register@.grant_payment (unit, person_id);
CREATE INDEX ON @register@.grant_payment (unit, paid_on);
COMMENT ON TABLE @register@.grant_payment IS
	'grants paid (tilskudd), written by IMDi alone: IF § 55 a, IF § 55 e, R84, R115; goes by RC1, for training in reception centres by RC5';
COMMENT ON COLUMN @register@.grant_payment.grant_payment_id IS 'key';
COMMENT ON COLUMN @register@.grant_payment.recipient_orgnr IS 'recipient''s organisation number (tilskuddsmottaker): IF § 55 a';
COMMENT ON COLUMN @register@.grant_payment.paid_on IS 'date of payment (utbetaling): IF § 55 b';
COMMENT ON COLUMN @register@.grant_payment.grant_kind IS 'kind of grant (type tilskudd): IF § 55 c';
COMMENT ON COLUMN @register@.grant_payment.rate IS 'rate (tilskuddssats): IF § 55 d';
COMMENT ON COLUMN @register@.grant_payment.amount IS 'amount paid: IF § 55 d';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.intro_programme
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.programme_decision
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.programme_period
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.training
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.training_hours
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.grant_payment
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.intro_programme
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.programme_decision
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.programme_period
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.training
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.training_hours
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.grant_payment
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();

SELECT nir.govern('@register@.intro_programme', 'programme', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.programme_decision', 'decision', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.programme_period', 'programme', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.training', 'training', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.training_hours', 'hours', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.grant_payment', 'grant', unit => 'unit', subject => 'person_id');

CREATE TRIGGER clock AFTER INSERT OR UPDATE OF offered_on, claimed_on ON @register@.intro_programme
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_clock('target_entry', 'offered_on', 'claimed_on');
CREATE TRIGGER clock AFTER INSERT OR UPDATE OF started_on ON @register@.programme_period
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_clock('programme_start', 'started_on');
CREATE TRIGGER clock AFTER INSERT OR UPDATE OF started_on ON @register@.training
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_clock('training_start', 'started_on');

CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.intro_programme
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-3');
CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.programme_period
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-3');
CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.training
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-4');
CREATE TRIGGER transfer AFTER INSERT OR UPDATE ON @register@.training_hours
	FOR EACH ROW EXECUTE FUNCTION @register@.queue_transfer('D56-4');

-- started: from the first start of any measure; not started: from the offer;
-- with neither, from the earliest day that is known of the case
SELECT nir.bind_retention('@register@.intro_programme', 'RC2', apply => false);
SELECT nir.bind_retention('@register@.intro_programme', 'RC3', apply => false);
SELECT nir.bind_retention('@register@.intro_programme', 'RC3', event => 'available_on');
SELECT nir.bind_retention('@register@.programme_decision', 'RC2', apply => false);
SELECT nir.bind_retention('@register@.programme_decision', 'RC3', apply => false);
SELECT nir.bind_retention('@register@.programme_decision', 'RC3', parent => 'intro_programme_id');
SELECT nir.bind_retention('@register@.programme_period', 'RC2', apply => false);
SELECT nir.bind_retention('@register@.programme_period', 'RC2', event => 'started_on');
SELECT nir.bind_retention('@register@.training', 'RC2', apply => false);
SELECT nir.bind_retention('@register@.training', 'RC3', apply => false);
SELECT nir.bind_retention('@register@.training', 'RC3', event => 'granted_on');
SELECT nir.bind_retention('@register@.training_hours', 'RC2', apply => false);
SELECT nir.bind_retention('@register@.training_hours', 'RC3', parent => 'training_id');
-- grants for training in reception centres, and all others
SELECT nir.bind_retention('@register@.grant_payment', 'RC5', only_column => 'grant_kind', only_values => '{training_asylum}', apply => false);
SELECT nir.bind_retention('@register@.grant_payment', 'RC5', event => 'paid_on', only_column => 'grant_kind', only_values => '{training_asylum}', apply => false);
SELECT nir.bind_retention('@register@.grant_payment', 'RC1', apply => false);
SELECT nir.bind_retention('@register@.grant_payment', 'RC1', event => 'paid_on');

-- ---- what must be handed over ----

CREATE FUNCTION @register@.disclose_d56_3(person_id bigint) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $disclose_d56_3$
#variable_conflict use_column
DECLARE
	programmes jsonb;
BEGIN
	SELECT jsonb_agg(jsonb_build_object(
			'right', i.right_category,
			'periods', (SELECT jsonb_agg(jsonb_build_object('started_on', p.started_on, 'stopped_on', p.stopped_on) ORDER BY p.started_on)
				FROM @register@.programme_period AS p WHERE p.intro_programme_id = i.intro_programme_id))
		ORDER BY i.intro_programme_id)
	INTO programmes
	FROM @register@.intro_programme AS i WHERE i.person_id = disclose_d56_3.person_id;
	RETURN CASE WHEN programmes IS NOT NULL THEN
		jsonb_build_object('person', @register@.disclosed_person(disclose_d56_3.person_id), 'programmes', programmes) END;
END
$disclose_d56_3$;
REVOKE ALL ON FUNCTION @register@.disclose_d56_3(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.disclose_d56_3(bigint) TO nir_retention;
COMMENT ON FUNCTION @register@.disclose_d56_3(bigint) IS
	'list D56-3: right and duty, when started and stopped: IF § 56 (3), R130, R133';

CREATE FUNCTION @register@.disclose_d56_4(person_id bigint) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $disclose_d56_4$
#variable_conflict use_column
DECLARE
	training jsonb;
	tests jsonb;
BEGIN
	SELECT jsonb_agg(jsonb_build_object(
			'right', t.right_category, 'started_on', t.started_on, 'stopped_on', t.stopped_on,
			'hours', (SELECT jsonb_agg(jsonb_build_object('from', lower(h.period), 'before', upper(h.period),
					'norwegian', h.norwegian::numeric, 'society', h.society::numeric) ORDER BY h.period, h.training_hours_id)
				FROM @register@.training_hours AS h WHERE h.training_id = t.training_id))
		ORDER BY t.training_id)
	INTO training
	FROM @register@.training AS t WHERE t.person_id = disclose_d56_4.person_id;
	-- of the tests what IMDi has from HK-dir; in a register without them, nothing
	IF to_regclass('@register@.test_result') IS NOT NULL THEN
		SELECT jsonb_agg(jsonb_build_object('held_on', s.held_on, 'part', p.part_kind, 'language', p.language,
				'result', r.result::text) ORDER BY s.held_on, p.test_part_id)
		INTO tests
		FROM @register@.test_sitting AS s
		JOIN @register@.test_part AS p USING (test_sitting_id)
		LEFT JOIN @register@.test_result AS r ON r.test_part_id = p.test_part_id AND r.status = 'current'
		WHERE s.person_id = disclose_d56_4.person_id;
	END IF;
	RETURN CASE WHEN num_nonnulls(training, tests) > 0 THEN
		jsonb_build_object('person', @register@.disclosed_person(disclose_d56_4.person_id),
			'training', training, 'tests', tests) END;
END
$disclose_d56_4$;
REVOKE ALL ON FUNCTION @register@.disclose_d56_4(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.disclose_d56_4(bigint) TO nir_retention;
COMMENT ON FUNCTION @register@.disclose_d56_4(bigint) IS
	'list D56-4: training completed, tests taken and their results, without exemptions, which the register does not hold yet: IF § 56 (4), R130, R133';
