/*
 * sql/register/persons.sql
 *
 * Part core, continued: handing persons over from unit to unit, and what
 * narrows who sees a person's rows.
 */

-- ---- hand-over ----

CREATE TABLE @register@.person_hand_over (
	person_hand_over_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	to_unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	on_date		date NOT NULL,
	ground		text NOT NULL CHECK (length(btrim(ground)) BETWEEN 1 AND 200),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	-- a hand-over that is sent twice is one
	UNIQUE (person_id, unit, to_unit, on_date),
	CONSTRAINT handed_to_another CHECK (unit <> to_unit)
);
CREATE INDEX ON @register@.person_hand_over (unit, person_id);
CREATE INDEX ON @register@.person_hand_over (unit, on_date);
COMMENT ON TABLE @register@.person_hand_over IS
	'who handed a person over to whom (overføring mellom kommuner): R71, R119; written by hand_over and hand_over_all';
COMMENT ON COLUMN @register@.person_hand_over.person_hand_over_id IS 'key';
COMMENT ON COLUMN @register@.person_hand_over.unit IS 'unit that was responsible until then';
COMMENT ON COLUMN @register@.person_hand_over.to_unit IS 'unit that took over';
COMMENT ON COLUMN @register@.person_hand_over.on_date IS 'first day of the unit that took over';
COMMENT ON COLUMN @register@.person_hand_over.ground IS 'ground, as the unit stated it; a case number, no content about the person';
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.person_hand_over
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();

CREATE FUNCTION @register@.require_receiver(to_unit nir.unit, on_date date, ground text, mine nir.unit[]) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $require_receiver$
BEGIN
	IF to_unit IS NULL OR on_date IS NULL OR coalesce(btrim(ground), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a hand-over needs a receiving unit, a day and a ground',
			HINT = 'Give ground => the case number that makes it necessary; it is stored with the hand-over.';
	ELSIF on_date > nir.retention_today() THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a person is handed over today or with an earlier day';
	ELSIF to_unit = ANY (mine) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a person is handed over to another unit',
			HINT = 'A unit answers for its districts and for the numbers it had before a reform.';
	END IF;
	PERFORM FROM nir.unit_code AS u
	WHERE u.code = to_unit AND u.responsible AND u.valid @> on_date
		AND (u.level = 'county') = (nir.unit_level(mine[1]) = 'county');
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR014',
			MESSAGE = 'the receiving unit could not be responsible on that day',
			HINT = 'A municipality hands over to a municipality, a county to a county, by the number of that day: see nir.unit_code.';
	END IF;
END
$require_receiver$;
REVOKE ALL ON FUNCTION @register@.require_receiver(nir.unit, date, text, nir.unit[]) FROM PUBLIC;
COMMENT ON FUNCTION @register@.require_receiver(nir.unit, date, text, nir.unit[]) IS
	'raises unless a person may be handed over to that unit on that day; for hand_over and hand_over_all';

CREATE FUNCTION @register@.move_connection(
	person_id bigint, mine nir.unit[], from_unit nir.unit, to_unit nir.unit,
	on_date date, ground text, kind text) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $move_connection$
#variable_conflict use_column
DECLARE
	made bigint;
	earliest date;
BEGIN
	-- who comes second finds them closed
	SELECT min(lower(c.valid)) INTO earliest FROM (
		SELECT o.valid FROM @register@.connection AS o
		WHERE o.person_id = move_connection.person_id AND o.unit = ANY (mine) AND upper_inf(o.valid)
			AND nir.subject_is_open('@register@.person', o.person_id, 'connection')
		ORDER BY o.connection_id FOR UPDATE) AS c;
	IF earliest IS NULL THEN
		-- a narrowed person is told of no more than a stranger
		IF NOT nir.subject_is_open('@register@.person', move_connection.person_id, 'hand_over') THEN
			RETURN NULL;
		END IF;
		SELECT h.person_hand_over_id INTO made FROM @register@.person_hand_over AS h
		WHERE h.person_id = move_connection.person_id AND h.unit = move_connection.from_unit
			AND h.to_unit = move_connection.to_unit AND h.on_date = move_connection.on_date;
		RETURN made;
	ELSIF on_date < earliest THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a person is not handed over before the unit was connected with her';
	END IF;

	INSERT INTO @register@.connection (person_id, unit, kind, valid, basis)
	VALUES (move_connection.person_id, move_connection.to_unit,
		coalesce(move_connection.kind,
			CASE nir.unit_level(to_unit) WHEN 'county' THEN 'guided' ELSE 'registered_resident' END),
		daterange(on_date, NULL), move_connection.ground)
	ON CONFLICT (person_id, unit, kind) WHERE upper_inf(valid) DO NOTHING;
	UPDATE @register@.connection AS c
	SET valid = daterange(lower(c.valid), greatest(on_date, lower(c.valid) + 1))
	WHERE c.person_id = move_connection.person_id AND c.unit = ANY (mine) AND upper_inf(c.valid);
	INSERT INTO @register@.person_hand_over AS h (person_id, unit, to_unit, on_date, ground)
	VALUES (move_connection.person_id, move_connection.from_unit, move_connection.to_unit,
		move_connection.on_date, btrim(move_connection.ground))
	-- handed back, and over again on the same day
	ON CONFLICT (person_id, unit, to_unit, on_date) DO UPDATE SET ground = h.ground
	RETURNING h.person_hand_over_id INTO made;
	RETURN made;
END
$move_connection$;
REVOKE ALL ON FUNCTION @register@.move_connection(bigint, nir.unit[], nir.unit, nir.unit, date, text, text) FROM PUBLIC;
COMMENT ON FUNCTION @register@.move_connection(bigint, nir.unit[], nir.unit, nir.unit, date, text, text) IS
	'ends the open connections of a person with some units and opens one with another; the record of it, none if nothing was open; for hand_over and hand_over_all';

CREATE FUNCTION @register@.hand_over(
	person_id bigint,
	to_unit nir.unit,
	on_date date,
	ground text,
	kind text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes connections in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $hand_over$
#variable_conflict use_variable
DECLARE
	context record := nir.context();
	mine nir.unit[];
	made bigint;
BEGIN
	PERFORM @register@.require_task();
	mine := nir.unit_scope(context.body_kind);
	PERFORM @register@.require_receiver(to_unit, on_date, ground, array_prepend(context.unit, mine));
	made := @register@.move_connection(person_id, mine, context.unit, to_unit, on_date, ground, kind);
	-- the same words whether the person is another's or does not exist
	IF made IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'no_data_found',
			MESSAGE = 'the unit has no open connection with that person',
			HINT = 'Who is connected with the person hands her over.';
	END IF;
	RETURN made;
END
$hand_over$;
REVOKE ALL ON FUNCTION @register@.hand_over(bigint, nir.unit, date, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.hand_over(bigint, nir.unit, date, text, text) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.hand_over(bigint, nir.unit, date, text, text) IS
	'hands a person over: ends what connects the declared unit and her the day before, and connects the other unit from that day; what was registered stays the unit''s of its day. Returns the record; the same again if it is sent twice (R71, R119)';

CREATE FUNCTION @register@.hand_over_all(
	from_unit nir.unit,
	to_unit nir.unit,
	on_date date,
	ground text,
	persons bigint[] DEFAULT NULL,
	kind text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes connections in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $hand_over_all$
#variable_conflict use_variable
DECLARE
	context record := nir.context();
	mine nir.unit[];
	whole boolean := persons IS NULL;
	made bigint;
	person bigint;
	handed bigint := 0;
BEGIN
	PERFORM @register@.require_task();
	IF context.unit IS NOT NULL THEN
		-- a unit hands over its own, by a list; the numbers are then those it answers for
		mine := nir.unit_scope(context.body_kind);
		IF from_unit IS NULL OR from_unit <> ALL (mine) THEN
			RAISE EXCEPTION USING
				ERRCODE = 'NR013',
				MESSAGE = 'a unit hands over the persons it is connected with itself',
				HINT = 'from_unit is the declared unit, or a number that it answers for.';
		ELSIF whole THEN
			RAISE EXCEPTION USING
				ERRCODE = 'invalid_parameter_value',
				MESSAGE = 'a unit hands persons over by name',
				HINT = 'Give persons => the keys; only IMDi hands over a whole unit.';
		END IF;
	ELSE
		-- the controller: units that were divided, or gave a part away, and that nobody inherits
		PERFORM FROM nir.unit_succession AS s
		WHERE s.old_code = from_unit AND s.kind IN ('split', 'boundary') AND s.on_date <= on_date;
		IF NOT FOUND THEN
			RAISE EXCEPTION USING
				ERRCODE = 'invalid_parameter_value',
				MESSAGE = 'the unit was not divided before that day, so it hands over itself',
				HINT = 'nir.unit_succession has kinds split and boundary.';
		END IF;
		mine := ARRAY[from_unit];
	END IF;
	PERFORM @register@.require_receiver(to_unit, on_date, ground, array_prepend(from_unit, mine));
	IF whole THEN
		persons := ARRAY(SELECT DISTINCT c.person_id FROM @register@.connection AS c
			WHERE c.unit = from_unit AND upper_inf(c.valid)
				AND nir.subject_is_open('@register@.person', c.person_id, 'connection'));
	END IF;
	FOR person IN SELECT DISTINCT p FROM unnest(persons) AS p ORDER BY p LOOP
		made := @register@.move_connection(person, mine, from_unit, to_unit, on_date, ground, kind);
		IF made IS NOT NULL THEN
			handed := handed + 1;
		ELSIF NOT whole THEN
			RAISE EXCEPTION USING
				ERRCODE = 'no_data_found',
				MESSAGE = 'the unit has no open connection with one of the persons',
				HINT = 'Nobody was handed over: all of the list or none.';
		END IF;
	END LOOP;
	RETURN handed;
END
$hand_over_all$;
REVOKE ALL ON FUNCTION @register@.hand_over_all(nir.unit, nir.unit, date, text, bigint[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.hand_over_all(nir.unit, nir.unit, date, text, bigint[], text)
	TO nir_municipality, nir_county, nir_imdi;
COMMENT ON FUNCTION @register@.hand_over_all(nir.unit, nir.unit, date, text, bigint[], text) IS
	'hands over a list of persons, or, by IMDi, everybody who is still connected with a unit that was divided: no successor of one inherits without it. Returns how many (R71, R290)';

SELECT nir.govern('@register@.person_hand_over', 'hand_over', unit => 'unit', subject => 'person_id');
SELECT nir.bind_retention('@register@.person_hand_over', 'RC0');

-- ---- how old ----

CREATE FUNCTION @register@.age_at(person_id bigint, on_date date) RETURNS integer
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	-- with the caller's own rights: whom he does not see has no age
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $age_at$
#variable_conflict use_column
BEGIN
	RETURN (
		SELECT CASE WHEN p.birth_date::date <= age_at.on_date
			THEN extract(year FROM age(age_at.on_date, p.birth_date::date)) END
		FROM @register@.person AS p WHERE p.person_id = age_at.person_id);
END
$age_at$;
REVOKE ALL ON FUNCTION @register@.age_at(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.age_at(bigint, date) TO nir_imdi, nir_hkdir, nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.age_at(bigint, date) IS
	'how many years old the person was on that day; null where she was not born, or the date of birth is not known or not to be seen (R36)';

CREATE FUNCTION @register@.is_minor(person_id bigint, on_date date) RETURNS boolean
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $is_minor$
BEGIN
	RETURN @register@.age_at(person_id, on_date) < 18;
END
$is_minor$;
REVOKE ALL ON FUNCTION @register@.is_minor(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.is_minor(bigint, date) TO nir_imdi, nir_hkdir, nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.is_minor(bigint, date) IS
	'was the person under 18 on that day? Null where age_at is (R36; Prop. 47 L (2019-2020) 3.1)';

-- ---- restriction of processing ----

CREATE TABLE @register@.restriction (
	restriction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	category	text,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	decision_ref text NOT NULL CHECK (length(btrim(decision_ref)) BETWEEN 1 AND 200),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.restriction (person_id);
COMMENT ON TABLE @register@.restriction IS
	'restriction of processing (begrensning av behandling): rows of the person are stored, and used for claims and the person''s own rights alone, while it lasts; written by the controllers and ended, never taken back: GDPR art. 18, R254';
COMMENT ON COLUMN @register@.restriction.restriction_id IS 'key';
COMMENT ON COLUMN @register@.restriction.category IS 'kind of data that is restricted, or none: all';
COMMENT ON COLUMN @register@.restriction.valid IS 'from when to when; it ends by its upper end';
COMMENT ON COLUMN @register@.restriction.decision_ref IS 'case number of the decision, no content about the person';

CREATE FUNCTION @register@.check_restriction() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $check_restriction$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NEW.category IS DISTINCT FROM OLD.category OR NEW.decision_ref <> OLD.decision_ref
			OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) THEN
			RAISE EXCEPTION USING
				ERRCODE = 'check_violation',
				MESSAGE = 'of a restriction only the end changes',
				HINT = 'End it with the upper end of valid, and register another.';
		END IF;
	-- a load by an exempt session has no context and brings what was there
	ELSIF (nir.context()).body IS NOT NULL THEN
		IF NEW.category IS NOT NULL AND NOT EXISTS (SELECT FROM nir.category AS c WHERE c.code = NEW.category) THEN
			RAISE EXCEPTION USING
				ERRCODE = 'foreign_key_violation',
				MESSAGE = 'a restriction is of a category, or of all',
				HINT = 'nir.category lists them.';
		ELSIF (nir.context()).body_kind = 'hkdir' AND NOT EXISTS (
			SELECT FROM nir.category AS c WHERE c.code = NEW.category AND c.part = 'tests') THEN
			RAISE EXCEPTION USING
				ERRCODE = 'insufficient_privilege',
				MESSAGE = 'HK-dir restricts the processing of tests',
				HINT = 'Of all else IMDi is the controller: IF §§ 56 (1), 57 (1).';
		END IF;
	END IF;
	RETURN NEW;
END
$check_restriction$;
REVOKE ALL ON FUNCTION @register@.check_restriction() FROM PUBLIC;
COMMENT ON FUNCTION @register@.check_restriction() IS
	'trigger: a restriction is the controller''s (IF § 56 (1), IF § 57 (1)), of a kind of data that there is, and only its end changes: GDPR art. 18';
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.restriction
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER restriction BEFORE INSERT OR UPDATE ON @register@.restriction
	FOR EACH ROW EXECUTE FUNCTION @register@.check_restriction();

-- ---- reservation against research ----

CREATE TABLE @register@.research_reservation (
	research_reservation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	by_guardian	boolean NOT NULL DEFAULT false,
	confirmed_on date,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	CONSTRAINT reservation_from_2021 CHECK (lower(valid) >= '2021-01-01'),
	CONSTRAINT confirmed_after_guardian CHECK (confirmed_on IS NULL OR by_guardian AND confirmed_on >= lower(valid))
);
CREATE INDEX ON @register@.research_reservation (person_id);
CREATE UNIQUE INDEX research_reservation_open ON @register@.research_reservation (person_id) WHERE upper_inf(valid);
COMMENT ON TABLE @register@.research_reservation IS
	'reservations against research with what identifies directly (reservasjon): IF § 46 (1) k, IF § 62 (2), R210, R211; no reason is asked for, and a withdrawn one stays as history';
COMMENT ON COLUMN @register@.research_reservation.research_reservation_id IS 'key';
COMMENT ON COLUMN @register@.research_reservation.valid IS 'from when to when; not before 2021-01-01: IF § 46 (1) k, R210';
COMMENT ON COLUMN @register@.research_reservation.by_guardian IS 'a guardian reserved for a minor: R214';
COMMENT ON COLUMN @register@.research_reservation.confirmed_on IS 'day on which the person, asked again at 18, wanted it to stand: R214';

CREATE FUNCTION @register@.check_reservation() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $check_reservation$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NEW.by_guardian <> OLD.by_guardian OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid)
			OR NOT upper_inf(OLD.valid) AND NEW.valid <> OLD.valid THEN
			RAISE EXCEPTION USING
				ERRCODE = 'check_violation',
				MESSAGE = 'a reservation is withdrawn or confirmed, and otherwise stays',
				HINT = 'Withdraw it with the upper end of valid; reserve anew with another row.';
		END IF;
	ELSIF (nir.context()).body IS NOT NULL AND NEW.by_guardian
		AND @register@.is_minor(NEW.person_id, lower(NEW.valid)) IS NOT TRUE THEN
		RAISE EXCEPTION USING
			ERRCODE = 'check_violation',
			MESSAGE = 'a guardian reserves for a minor only',
			HINT = 'From 18 on it is the person''s own to say.';
	END IF;
	RETURN NEW;
END
$check_reservation$;
REVOKE ALL ON FUNCTION @register@.check_reservation() FROM PUBLIC;
COMMENT ON FUNCTION @register@.check_reservation() IS
	'trigger: guardians reserve for minors (R214), and the history of a reservation stays (R211)';
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.research_reservation
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER reservation BEFORE INSERT OR UPDATE ON @register@.research_reservation
	FOR EACH ROW EXECUTE FUNCTION @register@.check_reservation();

CREATE TABLE @register@.reservation_guidance (
	reservation_guidance_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	guided_on	date NOT NULL CONSTRAINT guided_not_in_the_future CHECK (guided_on <= nir.retention_today()),
	language	text NOT NULL REFERENCES nir.language,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.reservation_guidance (person_id);
CREATE INDEX ON @register@.reservation_guidance (unit, person_id);
CREATE INDEX ON @register@.reservation_guidance (unit, guided_on);
COMMENT ON TABLE @register@.reservation_guidance IS
	'that a participant was told of the right to reserve (veiledning): IF § 62 (2), R212';
COMMENT ON COLUMN @register@.reservation_guidance.reservation_guidance_id IS 'key';
COMMENT ON COLUMN @register@.reservation_guidance.guided_on IS 'day: R212';
COMMENT ON COLUMN @register@.reservation_guidance.language IS 'in which language: R212';
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.reservation_guidance
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.reservation_guidance
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();

CREATE VIEW @register@.reservation_to_ask WITH (security_invoker = true, security_barrier = true) AS
SELECT r.research_reservation_id, r.person_id, lower(r.valid) AS reserved_on,
	(p.birth_date::date - 1 + interval '18 years')::date + 1 AS of_age_on
FROM @register@.research_reservation AS r
JOIN @register@.person AS p USING (person_id)
WHERE r.by_guardian AND r.confirmed_on IS NULL AND r.valid @> nir.retention_today()
	AND age(nir.retention_today(), p.birth_date::date) >= interval '18 years';
COMMENT ON VIEW @register@.reservation_to_ask IS
	'reservations of guardians whose person has come of age and is to be asked again; they stand until she answers: R214';
COMMENT ON COLUMN @register@.reservation_to_ask.research_reservation_id IS 'the reservation';
COMMENT ON COLUMN @register@.reservation_to_ask.person_id IS 'the person';
COMMENT ON COLUMN @register@.reservation_to_ask.reserved_on IS 'day it was made';
COMMENT ON COLUMN @register@.reservation_to_ask.of_age_on IS '18 years after the birth';
GRANT SELECT ON @register@.reservation_to_ask TO nir_imdi, nir_municipality;

SELECT nir.govern('@register@.restriction', 'restriction', subject => 'person_id');
SELECT nir.govern('@register@.research_reservation', 'reservation', subject => 'person_id');
SELECT nir.govern('@register@.reservation_guidance', 'reservation', unit => 'unit', subject => 'person_id');
SELECT nir.bind_retention('@register@.restriction', 'RC0');
SELECT nir.bind_retention('@register@.research_reservation', 'RC0');
SELECT nir.bind_retention('@register@.reservation_guidance', 'RC0');

-- ---- whose rows are narrowed ----

CREATE INDEX person_shielded ON @register@.person (person_id) WHERE protection >= 2;
SELECT nir.narrow_by('@register@.person', 'shielded', '@register@.person', subject => 'person_id',
	grade => 'protection', at_least => 2::smallint, index_name => 'person_shielded');
SELECT nir.narrow_by('@register@.restriction', 'restricted', '@register@.person', subject => 'person_id',
	category => 'category', valid => 'valid');
SELECT nir.narrow_by('@register@.research_reservation', 'reserved', '@register@.person', subject => 'person_id',
	valid => 'valid');
