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
	ELSIF on_date > CURRENT_DATE THEN
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
		ORDER BY o.connection_id FOR UPDATE) AS c;
	IF earliest IS NULL THEN
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
			WHERE c.unit = from_unit AND upper_inf(c.valid));
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
