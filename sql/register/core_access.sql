/*
 * sql/register/core_access.sql
 *
 * Part core, continued: persons assigned to a private provider, and complaints
 * forwarded to a state governor.  Both are made by functions alone, because
 * each lets another body see a person.
 */

-- ---- private providers ----

CREATE TABLE @register@.assignment (
	assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	engagement_id bigint NOT NULL,
	valid		daterange NOT NULL,
	basis		text NOT NULL CHECK (basis <> '' AND length(basis) <= 200),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	CONSTRAINT assignment_once
		EXCLUDE USING gist (int8range(person_id, person_id, '[]') WITH &&,
		int8range(engagement_id, engagement_id, '[]') WITH &&, valid WITH &&)
);
CREATE INDEX ON @register@.assignment (person_id, engagement_id);
CREATE INDEX ON @register@.assignment (unit);
COMMENT ON TABLE @register@.assignment IS
	'persons about whom a private provider does its tasks (oppdrag): IL §§ 41 (4), 42 (3), R74; written by assign and unassign';
COMMENT ON COLUMN @register@.assignment.assignment_id IS 'key';
COMMENT ON COLUMN @register@.assignment.unit IS 'the unit that assigned the person';
COMMENT ON COLUMN @register@.assignment.engagement_id IS 'row of nir.engagement; a number without foreign key, because a restore brings rows in any order';
COMMENT ON COLUMN @register@.assignment.valid IS 'from when to when, within the engagement; empty if it was taken back before it began';
COMMENT ON COLUMN @register@.assignment.basis IS 'ground, as the unit stated it; a case number, no content about the person';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.assignment
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();

CREATE FUNCTION @register@.assign(person_id bigint, engagement_id bigint, ground text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes assignments in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $assign$
#variable_conflict use_column
DECLARE
	context record := nir.context();
	engaged daterange;
BEGIN
	PERFORM @register@.require_connection(assign.person_id);
	IF coalesce(btrim(assign.ground), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'assigning a person needs a ground',
			HINT = 'Give ground => the case number that makes it necessary; it is stored with the assignment.';
	END IF;
	-- the same words whether the engagement is another's, over, for other tasks or not there
	SELECT e.valid INTO engaged FROM nir.engagement AS e
	WHERE e.engagement_id = assign.engagement_id AND e.principal = context.body
		AND (e.unit = ANY (nir.unit_scope(context.body_kind)) OR nir.unit_within(context.unit, e.unit))
		AND context.purposes <@ e.purposes AND upper(e.valid) > nir.retention_today();
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR086',
			MESSAGE = 'the declared unit has no such engagement for the declared purpose',
			HINT = 'nir.engagement lists them; an administrator makes one with nir.engage.';
	END IF;
	INSERT INTO @register@.assignment (person_id, unit, engagement_id, valid, basis)
	VALUES (assign.person_id, context.unit, assign.engagement_id,
		engaged * daterange(nir.retention_today(), NULL), btrim(assign.ground))
	ON CONFLICT ON CONSTRAINT assignment_once DO NOTHING;
END
$assign$;
REVOKE ALL ON FUNCTION @register@.assign(bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.assign(bigint, bigint, text) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.assign(bigint, bigint, text) IS
	'lets a private provider see and write about a person the declared unit is connected with, until the engagement ends (R74)';

CREATE FUNCTION @register@.unassign(person_id bigint, engagement_id bigint, until date DEFAULT nir.retention_today()) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes assignments in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $unassign$
#variable_conflict use_column
DECLARE
	context record := nir.context();
	ended bigint;
BEGIN
	PERFORM @register@.require_task();
	IF unassign.until IS NULL OR unassign.until > nir.retention_today() THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'an assignment is taken back from today or earlier';
	END IF;
	UPDATE @register@.assignment AS a
	SET valid = a.valid * daterange(NULL, unassign.until, '[]')
	WHERE a.person_id = unassign.person_id AND a.engagement_id = unassign.engagement_id
		AND upper(a.valid) > unassign.until AND a.unit = ANY (nir.unit_scope(context.body_kind))
		AND nir.subject_is_open('@register@.person', a.person_id, 'assignment')
		AND EXISTS (SELECT FROM nir.engagement AS e
			WHERE e.engagement_id = a.engagement_id AND e.principal = context.body);
	GET DIAGNOSTICS ended = ROW_COUNT;
	RETURN ended;
END
$unassign$;
REVOKE ALL ON FUNCTION @register@.unassign(bigint, bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.unassign(bigint, bigint, date) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.unassign(bigint, bigint, date) IS
	'takes back what the declared unit assigned, after the given day, today if none is given; says how many (R74)';

CREATE FUNCTION @register@.end_assignments() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: whoever ends a connection, the provider's goes with it
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $end_assignments$
DECLARE
	mine nir.unit[] := CASE WHEN (nir.context()).body IS NULL THEN '{}' ELSE nir.unit_scope((nir.context()).body_kind) END;
BEGIN
	UPDATE @register@.assignment AS a
	SET valid = a.valid * daterange(NULL, upper(NEW.valid))
	WHERE a.person_id = NEW.person_id AND upper(a.valid) > upper(NEW.valid)
		AND (nir.unit_within(a.unit, NEW.unit) OR nir.unit_within(NEW.unit, a.unit) OR a.unit = ANY (mine))
		AND NOT EXISTS (SELECT FROM @register@.connection AS c
			WHERE c.person_id = a.person_id AND (c.valid @> upper(NEW.valid) OR upper_inf(c.valid))
				AND (nir.unit_within(a.unit, c.unit) OR nir.unit_within(c.unit, a.unit)
					OR a.unit = ANY (mine) AND c.unit = ANY (mine)));
	RETURN NULL;
END
$end_assignments$;
REVOKE ALL ON FUNCTION @register@.end_assignments() FROM PUBLIC;
COMMENT ON FUNCTION @register@.end_assignments() IS
	'trigger: a provider sees nobody for a unit that is no longer connected with her (R74)';
CREATE TRIGGER end_assignments AFTER UPDATE OF valid ON @register@.connection
	FOR EACH ROW WHEN (NOT upper_inf(NEW.valid)) EXECUTE FUNCTION @register@.end_assignments();

-- ---- complaints forwarded to the state governor ----

CREATE TABLE @register@.complaint_case (
	complaint_case_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	body		text NOT NULL,
	case_ref	text NOT NULL CHECK (case_ref <> '' AND length(case_ref) <= 200),
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (body, case_ref)
);
CREATE INDEX ON @register@.complaint_case (person_id);
CREATE INDEX ON @register@.complaint_case (unit);
COMMENT ON TABLE @register@.complaint_case IS
	'complaints forwarded to a state governor (klagesak), which sees of the person what the case needs: IL § 47, R75; written by forward_complaint and close_complaint';
COMMENT ON COLUMN @register@.complaint_case.complaint_case_id IS 'key';
COMMENT ON COLUMN @register@.complaint_case.unit IS 'the unit that forwarded it';
COMMENT ON COLUMN @register@.complaint_case.body IS 'the state governor it was forwarded to: nir.body.body';
COMMENT ON COLUMN @register@.complaint_case.case_ref IS 'the reference under which the governor declares the case; one for each of its cases';
COMMENT ON COLUMN @register@.complaint_case.valid IS 'from when to when the case is open';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.complaint_case
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();

CREATE FUNCTION @register@.case_subjects() RETURNS bigint[]
	LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
	-- must be one: policies ask it, and the governor reads no list of cases
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $case_subjects$
DECLARE
	context record := nir.context();
BEGIN
	IF NOT context.purposes && '{n}'::nir.purposes THEN
		RETURN '{}';
	END IF;
	RETURN ARRAY(SELECT c.person_id FROM @register@.complaint_case AS c
		WHERE c.body = context.body AND c.case_ref = context.case_ref AND c.valid @> nir.retention_today()
			AND nir.subject_is_open('@register@.person', c.person_id, 'case'));
END
$case_subjects$;
REVOKE ALL ON FUNCTION @register@.case_subjects() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.case_subjects() TO nir_state_governor;
COMMENT ON FUNCTION @register@.case_subjects() IS
	'for policies: the person whom the declared case is about, if it is open and the acting body''s (R75)';

CREATE FUNCTION @register@.forward_complaint(person_id bigint, case_ref text) RETURNS text
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit opens a case for another body in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $forward_complaint$
#variable_conflict use_column
DECLARE
	context record := nir.context();
	governor text;
BEGIN
	IF context.body IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR010',
			MESSAGE = 'forwarding a complaint needs a declared purpose',
			HINT = 'BEGIN, then SELECT nir.begin_processing(purpose, unit).';
	ELSIF context.purposes <> '{b}'::nir.purposes THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR021',
			MESSAGE = format('a complaint is not forwarded under the declared purpose %s', context.purposes),
			HINT = 'Decisions that can be complained of serve purpose b (IL §§ 46, 47).';
	ELSIF coalesce(btrim(forward_complaint.case_ref), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR087',
			MESSAGE = 'a complaint is forwarded under a case reference',
			HINT = 'Give case_ref => the reference that the state governor will declare.';
	END IF;
	-- the decision may be about somebody who has moved on; the same words for a stranger and for nobody
	PERFORM FROM @register@.connection AS c
	WHERE c.person_id = forward_complaint.person_id AND c.valid && daterange(NULL, nir.retention_today(), '[]')
		AND c.unit = ANY (nir.unit_scope(context.body_kind))
		AND nir.subject_is_open('@register@.person', c.person_id, 'connection');
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'no_data_found',
			MESSAGE = 'the unit was never connected with that person',
			HINT = 'A unit forwards complaints about its own decisions.';
	END IF;
	SELECT b.body INTO governor
	FROM nir.unit_code AS u
	JOIN nir.body AS b ON b.kind = 'state_governor' AND b.valid @> nir.retention_today() AND coalesce(u.county, u.code) = ANY (b.units)
	WHERE u.code = context.unit;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR087',
			MESSAGE = 'the declared unit lies under no state governor',
			HINT = 'nir.body names the counties of each.';
	END IF;
	INSERT INTO @register@.complaint_case AS c (person_id, unit, body, case_ref)
	VALUES (forward_complaint.person_id, context.unit, governor, btrim(forward_complaint.case_ref))
	ON CONFLICT (body, case_ref) DO NOTHING;
	PERFORM FROM @register@.complaint_case AS c
	WHERE c.body = governor AND c.case_ref = btrim(forward_complaint.case_ref)
		AND c.person_id = forward_complaint.person_id AND c.unit = context.unit AND c.valid @> nir.retention_today();
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR087',
			MESSAGE = 'the state governor has another or a closed case of this reference',
			HINT = 'Forward it under a reference of its own.';
	END IF;
	RETURN governor;
END
$forward_complaint$;
REVOKE ALL ON FUNCTION @register@.forward_complaint(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.forward_complaint(bigint, text) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.forward_complaint(bigint, text) IS
	'opens a complaint about a decision of the declared unit for the state governor of its county, who sees the person under purpose n and this reference; says to whom it went: IL § 47, R75';

CREATE FUNCTION @register@.close_complaint(case_ref text) RETURNS boolean
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: neither the unit nor the governor writes cases in another way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $close_complaint$
#variable_conflict use_column
DECLARE
	context record := nir.context();
BEGIN
	IF context.body IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR010',
			MESSAGE = 'closing a complaint needs a declared purpose',
			HINT = 'BEGIN, then SELECT nir.begin_processing(purpose, unit, case_ref => reference).';
	END IF;
	UPDATE @register@.complaint_case AS c
	SET valid = c.valid * daterange(NULL, nir.retention_today())
	WHERE c.case_ref = close_complaint.case_ref AND upper_inf(c.valid)
		AND nir.subject_is_open('@register@.person', c.person_id, 'case')
		AND (c.body = context.body AND c.case_ref = context.case_ref
			OR c.unit = ANY (nir.unit_scope(context.body_kind)) AND context.body_kind IN ('municipality', 'county'));
	RETURN FOUND;
END
$close_complaint$;
REVOKE ALL ON FUNCTION @register@.close_complaint(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.close_complaint(text) TO nir_municipality, nir_county, nir_state_governor;
COMMENT ON FUNCTION @register@.close_complaint(text) IS
	'the case is decided: the governor sees nothing of it any more; by the unit that forwarded it or the governor that declared it; false if none was open (R75)';

SELECT nir.govern('@register@.assignment', 'assignment', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.complaint_case', 'case', unit => 'unit', subject => 'person_id');
-- what was governed before they were there
SELECT nir.apply_access(g.relation) FROM nir.governed_relation AS g
JOIN pg_class AS c ON c.oid = g.relation WHERE c.relnamespace = '@register@'::regnamespace;

-- they go with the person
SELECT nir.bind_retention('@register@.assignment', 'RC0');
SELECT nir.bind_retention('@register@.complaint_case', 'RC0');
