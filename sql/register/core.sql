/*
 * sql/register/core.sql
 *
 * Part core: persons, their names and numbers, what connects them to units,
 * residence permits, and the code lists.
 *
 * @register@ stands for the quoted name of the register's schema.  Rules of
 * all parts:
 *  - A table has one kind of data (nir.category) and so one set of purposes;
 *    each tagged column's modifier is that set.
 *  - Keys, units, dates, periods and codes with a list are plain: the
 *    relation's purposes guard them.  Content is tagged.
 *  - A fact names the unit that was responsible on its day, for ever.
 *  - One index over the unit has the day, for lists; a second the person, about
 *    whom each policy asks, so that what a unit counts is read from the index
 *    alone.  One for both would hold each row by itself, which costs a list more
 *    than the second costs who writes.  Where both would do the planner takes the
 *    one made last: the one for lists.  Not in the small tables of special
 *    categories.
 *  - Nothing is deleted here: that is retention's.
 */

-- ---- code lists ----

CREATE TABLE @register@.sex (
	code		text PRIMARY KEY,
	name_no		text NOT NULL,
	valid		daterange NOT NULL DEFAULT '[,)',
	citation	text NOT NULL
);
COMMENT ON TABLE @register@.sex IS 'code list: sex (kjønn)';
COMMENT ON COLUMN @register@.sex.code IS 'code';
COMMENT ON COLUMN @register@.sex.name_no IS 'Norwegian name';
COMMENT ON COLUMN @register@.sex.valid IS 'when the code may be used';
COMMENT ON COLUMN @register@.sex.citation IS 'where the code comes from';
CREATE TABLE @register@.source (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.source IS
	'code list: sources that personal data may come from (kilde); there is no other, so no social media (R37, R242)';
CREATE TABLE @register@.connection_kind (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.connection_kind IS 'code list: what connects a person to a unit (tilknytning) (R71)';
CREATE TABLE @register@.permit_outcome (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.permit_outcome IS 'code list: outcome of an application for residence (utfall)';
CREATE TABLE @register@.residence_ground (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.residence_ground IS
	'code list: ground of residence (oppholdsgrunnlag), as in public statistics; NIR''s own list is not published';
CREATE TABLE @register@.right_category (LIKE @register@.sex INCLUDING ALL);
COMMENT ON TABLE @register@.right_category IS 'code list: right and duty (rett og plikt)';

INSERT INTO @register@.sex (code, name_no, citation)
VALUES
	('1', 'mann', 'ISO/IEC 5218'),
	('2', 'kvinne', 'ISO/IEC 5218'),
	('0', 'ikke kjent', 'ISO/IEC 5218');

INSERT INTO @register@.source (code, name_no, citation)
VALUES
	('person', 'personen selv', 'IF § 46 (2)'),
	('udi', 'Utlendingsdirektoratet', 'IF §§ 44, 46 (2)'),
	('une', 'Utlendingsnemnda', 'IF §§ 44, 46 (2)'),
	('freg', 'Folkeregisteret', 'IF §§ 44, 46 (2)'),
	('imdi', 'Integrerings- og mangfoldsdirektoratet', 'IF § 44'),
	('bufetat', 'Barne-, ungdoms- og familieetaten', 'IF § 44'),
	('hkdir', 'Direktoratet for høyere utdanning og kompetanse', 'IF § 44'),
	('municipality', 'kommunen', 'IF § 44'),
	('county', 'fylkeskommunen', 'IF § 44'),
	('care_centre', 'omsorgssenter', 'IF § 44'),
	('career_centre', 'offentlig karrieresenter', 'IF § 44'),
	('nav', 'Arbeids- og velferdsetaten', 'IF § 44'),
	('provider', 'privat aktør på vegne av kommunen eller fylkeskommunen', 'IL §§ 41 (4), 42 (3); IF § 44');

INSERT INTO @register@.connection_kind (code, name_no, citation)
VALUES
	('registered', 'registrert av enheten', 'IL § 43 (2)'),
	('settlement_request', 'anmodning om bosetting', 'IL § 41 (1) d'),
	('settled', 'bosatt', 'IL § 41 (1) d'),
	('registered_resident', 'folkeregistrert bosatt', 'IL § 43 (2)'),
	('in_training', 'deltar i opplæring', 'IL § 41 (1) b'),
	('in_reception', 'bor i mottak', 'IL § 41 (1) a'),
	('guided', 'får karriereveiledning', 'IL § 11'),
	('tested', 'avlegger prøve', 'IL § 41 (1) c');

INSERT INTO @register@.permit_outcome (code, name_no, citation)
VALUES
	('granted', 'innvilget', 'IF § 46 (1) i'),
	('refused', 'avslag', 'IF § 46 (1) i');

INSERT INTO @register@.residence_ground (code, name_no, citation)
VALUES
	('work', 'arbeid', 'IMDi statistics'),
	('refuge', 'flukt', 'IMDi statistics'),
	('collective', 'kollektiv beskyttelse', 'UTL § 34'),
	('family', 'familie', 'IMDi statistics'),
	('education', 'utdanning', 'IMDi statistics'),
	('other', 'annet', 'IMDi statistics'),
	('unknown', 'uoppgitt', 'IMDi statistics');

INSERT INTO @register@.right_category (code, name_no, citation)
VALUES
	('right_and_duty', 'rett og plikt', 'IL §§ 8, 27'),
	('right', 'rett', 'IL §§ 27, 37 a-d'),
	('duty', 'plikt', 'IL § 27'),
	('may_be_offered', 'kan tilbys introduksjonsprogram', 'IL § 8');

-- ---- what keeps rows honest ----

CREATE FUNCTION @register@.stamp() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $stamp$
BEGIN
	IF TG_OP = 'INSERT' THEN
		-- a load by an exempt session has no context and keeps its own dates
		IF (nir.context()).body IS NOT NULL THEN
			NEW.registered_at := now();
			NEW.registered_by := nir.current_actor();
		END IF;
	ELSIF NEW.registered_at IS DISTINCT FROM OLD.registered_at
		OR NEW.registered_by IS DISTINCT FROM OLD.registered_by
		OR NEW.person_id IS DISTINCT FROM OLD.person_id THEN
		RAISE EXCEPTION USING
			ERRCODE = 'check_violation',
			MESSAGE = format('a row of "%s" keeps its person and its registration', TG_TABLE_NAME),
			HINT = 'Columns person_id, registered_at and registered_by cannot be changed.';
	END IF;
	RETURN NEW;
END
$stamp$;
REVOKE ALL ON FUNCTION @register@.stamp() FROM PUBLIC;
COMMENT ON FUNCTION @register@.stamp() IS
	'trigger: who registered a row and when is the database''s word, and a row never moves to another person';

CREATE FUNCTION @register@.stamp_maker() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $stamp_maker$
BEGIN
	-- Folkeregisteret sets the protection, and IMDi brings it here
	IF (TG_OP = 'INSERT' AND NEW.protection <> 0 OR TG_OP = 'UPDATE' AND NEW.protection IS DISTINCT FROM OLD.protection)
		AND (nir.context()).body_kind <> 'imdi' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR025',
			MESSAGE = 'the protection of a person comes from Folkeregisteret, through IMDi',
			HINT = 'Leave column protection out.';
	END IF;
	IF TG_OP = 'INSERT' THEN
		NEW.registered_in := nir.transaction_token();
	ELSE
		NEW.registered_in := OLD.registered_in;
	END IF;
	RETURN NEW;
END
$stamp_maker$;
REVOKE ALL ON FUNCTION @register@.stamp_maker() FROM PUBLIC;
COMMENT ON FUNCTION @register@.stamp_maker() IS
	'trigger: the transaction that made a person is the database''s word, or a row could be shown to a transaction to come; her protection is IMDi''s to write (R39)';

CREATE FUNCTION @register@.check_unit() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $check_unit$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF NEW.unit IS DISTINCT FROM OLD.unit THEN
			RAISE EXCEPTION USING
				ERRCODE = 'check_violation',
				MESSAGE = format('a row of "%s" keeps its responsible unit', TG_TABLE_NAME),
				HINT = 'Another unit''s responsibility is a new row.';
		END IF;
		RETURN NEW;
	END IF;
	PERFORM FROM nir.unit_code AS u
		WHERE u.code = NEW.unit AND u.responsible AND u.valid @> NEW.available_on;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR014',
			MESSAGE = format('the unit of the new row of "%s" could not be responsible on its date', TG_TABLE_NAME),
			HINT = 'Column unit takes a number that was in use on available_on: see nir.unit_code.';
	END IF;
	RETURN NEW;
END
$check_unit$;
REVOKE ALL ON FUNCTION @register@.check_unit() FROM PUBLIC;
COMMENT ON FUNCTION @register@.check_unit() IS
	'trigger: the unit of a fact existed and could be responsible on the day of the fact, and stays (R85, R290)';

-- ---- persons ----

CREATE TABLE @register@.person (
	person_id	bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	birth_date	nir.tagged_date('a-i,k,m-q'),
	sex_code	text REFERENCES @register@.sex,
	origin_country text REFERENCES nir.country,
	unaccompanied_minor nir.tagged_bool('a-i,k,m-q'),
	protection	smallint NOT NULL DEFAULT 0 CHECK (protection BETWEEN 0 AND 3),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_in uuid NOT NULL DEFAULT nir.transaction_token(),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
COMMENT ON TABLE @register@.person IS 'persons (person); seen through connection; goes with the last fact about the person (IF § 46 (1))';
COMMENT ON COLUMN @register@.person.person_id IS 'number without meaning';
COMMENT ON COLUMN @register@.person.birth_date IS 'date of birth (fødselsdato), never derived from a number: IF § 46 (1) a, R15, R16';
COMMENT ON COLUMN @register@.person.sex_code IS 'sex (kjønn): IF § 46 (1) a';
COMMENT ON COLUMN @register@.person.origin_country IS 'country of origin (opprinnelsesland): IF § 46 (1) f, R34';
COMMENT ON COLUMN @register@.person.unaccompanied_minor IS 'unaccompanied minor (enslig mindreårig): IF § 46 (1) g, R36';
COMMENT ON COLUMN @register@.person.protection IS
	'grade of protection of the address in Folkeregisteret (adressebeskyttelse): 0 none, 1 client address, 2 confidential, 3 strictly confidential';
COMMENT ON COLUMN @register@.person.registered_in IS 'token of the transaction that made the row, so that its maker sees it at once';

CREATE TABLE @register@.person_name (
	person_name_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	given_name	nir.tagged_text('a-g,i-q') NOT NULL,
	middle_name	nir.tagged_text('a-g,i-q'),
	family_name	nir.tagged_text('a-g,i-q') NOT NULL,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	CONSTRAINT person_name_one_at_a_time
		EXCLUDE USING gist (int8range(person_id, person_id, '[]') WITH &&, valid WITH &&)
);
CREATE INDEX ON @register@.person_name (person_id);
CREATE INDEX ON @register@.person_name (family_name, given_name);
COMMENT ON TABLE @register@.person_name IS 'names (navn) with their history: IF § 46 (1) a, R38';
COMMENT ON COLUMN @register@.person_name.person_name_id IS 'key';
COMMENT ON COLUMN @register@.person_name.given_name IS 'given name (fornavn): IF § 46 (1) a';
COMMENT ON COLUMN @register@.person_name.middle_name IS 'middle name (mellomnavn): IF § 46 (1) a';
COMMENT ON COLUMN @register@.person_name.family_name IS 'family name (etternavn): IF § 46 (1) a';
COMMENT ON COLUMN @register@.person_name.valid IS 'when the person bore the name; one at a time';

CREATE TABLE @register@.person_fnr (
	person_fnr_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	fnr			nir.fnr('a-g,i-q') NOT NULL,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	status		text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'ended')),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.person_fnr (person_id);
CREATE UNIQUE INDEX person_fnr_active ON @register@.person_fnr (fnr) WHERE status = 'active';
COMMENT ON TABLE @register@.person_fnr IS
	'national identity numbers and D-numbers (fødselsnummer, D-nummer): IF § 46 (1) b, POL § 12; an active number is one person''s (R21)';
COMMENT ON COLUMN @register@.person_fnr.person_fnr_id IS 'key';
COMMENT ON COLUMN @register@.person_fnr.fnr IS 'the number (fødselsnummer, D-nummer): IF § 46 (1) b';
COMMENT ON COLUMN @register@.person_fnr.valid IS 'when the number was the person''s';
COMMENT ON COLUMN @register@.person_fnr.status IS 'active or ended';

CREATE TABLE @register@.person_duf (
	person_duf_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	duf			nir.duf('a-g,i,k,m,n,p,q') NOT NULL,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	status		text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'ended')),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.person_duf (person_id);
CREATE UNIQUE INDEX person_duf_active ON @register@.person_duf (duf) WHERE status = 'active';
COMMENT ON TABLE @register@.person_duf IS 'numbers of the immigration authorities (DUF-nummer): IF § 46 (1) b, R20';
COMMENT ON COLUMN @register@.person_duf.person_duf_id IS 'key';
COMMENT ON COLUMN @register@.person_duf.duf IS 'the number (DUF-nummer): IF § 46 (1) b';
COMMENT ON COLUMN @register@.person_duf.valid IS 'when the number was the person''s';
COMMENT ON COLUMN @register@.person_duf.status IS 'active or ended';

CREATE TABLE @register@.connection (
	connection_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	kind		text NOT NULL REFERENCES @register@.connection_kind,
	valid		daterange NOT NULL DEFAULT daterange(nir.retention_today(), NULL) CHECK (NOT isempty(valid)),
	basis		text NOT NULL CHECK (basis <> '' AND length(basis) <= 200),
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor()
);
CREATE INDEX ON @register@.connection (person_id, unit);
CREATE INDEX ON @register@.connection (unit, person_id);
CREATE UNIQUE INDEX connection_open ON @register@.connection (person_id, unit, kind) WHERE upper_inf(valid);
COMMENT ON TABLE @register@.connection IS
	'what connects a person to a unit (tilknytning), and so lets it see her: IL § 43 (2), IF § 45, R71; units write it through functions';
COMMENT ON COLUMN @register@.connection.connection_id IS 'key';
COMMENT ON COLUMN @register@.connection.unit IS 'the unit';
COMMENT ON COLUMN @register@.connection.kind IS 'what connects them';
COMMENT ON COLUMN @register@.connection.valid IS 'from when to when';
COMMENT ON COLUMN @register@.connection.basis IS 'ground, as the unit stated it; a case number, no content about the person';

CREATE TABLE @register@.residence_permit (
	residence_permit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	applied_on	date,
	decided_on	date,
	outcome_code text REFERENCES @register@.permit_outcome,
	ground_code	text REFERENCES @register@.residence_ground,
	valid		daterange CHECK (NOT isempty(valid)),
	duration_months nir.tagged_int('a-i,k,m,n,p,q') CHECK (duration_months > 0),
	overlap_accepted boolean NOT NULL DEFAULT false,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	CONSTRAINT decided_after_application CHECK (applied_on <= decided_on),
	CONSTRAINT applied_or_decided CHECK (num_nonnulls(applied_on, decided_on) > 0),
	CONSTRAINT decision_has_outcome CHECK ((decided_on IS NULL) = (outcome_code IS NULL)),
	CONSTRAINT period_only_if_granted
		CHECK (valid IS NULL OR (outcome_code IS NOT NULL AND outcome_code = 'granted')),
	CONSTRAINT residence_permit_one_at_a_time
		EXCLUDE USING gist (int8range(person_id, person_id, '[]') WITH &&, valid WITH &&)
		WHERE (valid IS NOT NULL AND NOT overlap_accepted)
);
CREATE INDEX ON @register@.residence_permit (person_id);
COMMENT ON TABLE @register@.residence_permit IS
	'residence permits and applications (oppholdstillatelse), earlier ones as earlier rows: IF § 46 (1) i, R33';
COMMENT ON COLUMN @register@.residence_permit.residence_permit_id IS 'key';
COMMENT ON COLUMN @register@.residence_permit.applied_on IS 'date of the application (søknadsdato): IF § 46 (1) i';
COMMENT ON COLUMN @register@.residence_permit.decided_on IS 'date of the decision (vedtaksdato): IF § 46 (1) i';
COMMENT ON COLUMN @register@.residence_permit.outcome_code IS 'granted or refused (innvilgelse, avslag): IF § 46 (1) i';
COMMENT ON COLUMN @register@.residence_permit.ground_code IS 'ground of residence (oppholdsgrunnlag): IF § 46 (1) i';
COMMENT ON COLUMN @register@.residence_permit.valid IS 'period of the permit; periods overlap only where marked: IF § 46 (1) i, R33';
COMMENT ON COLUMN @register@.residence_permit.duration_months IS 'length of the permit in months (varighet): IF § 46 (1) i';
COMMENT ON COLUMN @register@.residence_permit.overlap_accepted IS 'this permit is known to overlap another (R33)';

-- ---- who connects to whom ----

CREATE FUNCTION @register@.connect_registrar() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit may not make connections, but whom it registers it knows
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $connect_registrar$
DECLARE
	my_unit nir.unit := (nir.context()).unit;
BEGIN
	IF my_unit IS NOT NULL THEN
		INSERT INTO @register@.connection (person_id, unit, kind, basis)
		VALUES (NEW.person_id, my_unit, 'registered', 'registered here');
	END IF;
	RETURN NULL;
END
$connect_registrar$;
REVOKE ALL ON FUNCTION @register@.connect_registrar() FROM PUBLIC;
COMMENT ON FUNCTION @register@.connect_registrar() IS
	'trigger: a person is connected to the unit that registers her; a body for the whole country needs no connection';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.person
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp_maker BEFORE INSERT OR UPDATE ON @register@.person
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp_maker();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.person_name
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.person_fnr
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.person_duf
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.connection
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.residence_permit
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER connect_registrar AFTER INSERT ON @register@.person
	FOR EACH ROW EXECUTE FUNCTION @register@.connect_registrar();

CREATE FUNCTION @register@.require_task() RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $require_task$
DECLARE
	context record := nir.context();
BEGIN
	IF context.body IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR010',
			MESSAGE = 'finding or connecting a person needs a declared purpose',
			HINT = 'BEGIN, then SELECT nir.begin_processing(purpose, unit).';
	ELSIF NOT context.purposes <@ '{a,b,c,d}'::nir.purposes THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR021',
			MESSAGE = format('a person is not found or connected for the declared purpose %s', context.purposes),
			HINT = 'Connections serve the tasks a, b, c and d: declare the one in hand.';
	END IF;
END
$require_task$;
REVOKE ALL ON FUNCTION @register@.require_task() FROM PUBLIC;
COMMENT ON FUNCTION @register@.require_task() IS
	'raises unless a task that connections serve is declared: IL § 41 (1), IL § 43 (2); for the functions below';

CREATE FUNCTION @register@.require_connection(person_id bigint) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $require_connection$
#variable_conflict use_column
DECLARE
	context record := nir.context();
BEGIN
	PERFORM @register@.require_task();
	PERFORM FROM @register@.connection AS c
	WHERE c.person_id = require_connection.person_id AND upper_inf(c.valid)
		AND c.unit = ANY (nir.unit_scope(context.body_kind))
		AND nir.subject_is_open('@register@.person', c.person_id, 'connection');
	-- the same words whether the person is another's, is narrowed, or does not exist
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'no_data_found',
			MESSAGE = 'the unit has no open connection with that person',
			HINT = 'Find the person by number with find_or_connect, or register her with register_person.';
	END IF;
END
$require_connection$;
REVOKE ALL ON FUNCTION @register@.require_connection(bigint) FROM PUBLIC;
COMMENT ON FUNCTION @register@.require_connection(bigint) IS
	'raises unless the declared unit is connected with the person; for the functions below';

CREATE FUNCTION @register@.find_or_connect(
	fnr text DEFAULT NULL,
	duf text DEFAULT NULL,
	kind text DEFAULT NULL,
	ground text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: it looks for a person the caller is not yet connected with
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $find_or_connect$
#variable_conflict use_column
DECLARE
	context record := nir.context();
	wanted_fnr nir.fnr;
	wanted_duf nir.duf;
	found_id bigint;
BEGIN
	PERFORM @register@.require_task();
	IF num_nonnulls(find_or_connect.fnr, find_or_connect.duf) <> 1 THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a person is found by one number, either fnr or duf';
	END IF;
	IF coalesce(btrim(find_or_connect.ground), '') = '' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'finding a person needs a ground',
			HINT = 'Give ground => the case number that makes it necessary; it is stored with the connection.';
	END IF;

	wanted_fnr := find_or_connect.fnr;
	wanted_duf := find_or_connect.duf;
	IF wanted_fnr IS NOT NULL THEN
		SELECT p.person_id INTO found_id FROM @register@.person_fnr AS p
		WHERE p.fnr = wanted_fnr AND p.status = 'active';
	ELSE
		SELECT p.person_id INTO found_id FROM @register@.person_duf AS p
		WHERE p.duf = wanted_duf AND p.status = 'active';
	END IF;
	-- the same words whether she is not there or is narrowed
	IF found_id IS NULL OR NOT nir.subject_is_open('@register@.person', found_id, 'connection')
		OR NOT nir.subject_is_open('@register@.person', found_id, CASE WHEN wanted_fnr IS NOT NULL THEN 'fnr' ELSE 'duf' END) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'no_data_found',
			MESSAGE = 'nobody is registered with that number',
			HINT = 'Register the person with register_person.';
	END IF;

	IF context.unit IS NOT NULL THEN
		INSERT INTO @register@.connection (person_id, unit, kind, basis)
		VALUES (found_id, context.unit,
			coalesce(find_or_connect.kind,
				CASE context.body_kind WHEN 'county' THEN 'guided' ELSE 'registered_resident' END),
			find_or_connect.ground)
		ON CONFLICT (person_id, unit, kind) WHERE upper_inf(valid) DO NOTHING;
	END IF;
	RETURN found_id;
END
$find_or_connect$;
REVOKE ALL ON FUNCTION @register@.find_or_connect(text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.find_or_connect(text, text, text, text)
	TO nir_imdi, nir_hkdir, nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.find_or_connect(text, text, text, text) IS
	'the person with exactly that number, connected with the declared unit on a stated ground; tells nothing but the key (R23, R71)';

CREATE FUNCTION @register@.connect(person_id bigint, kind text, ground text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes connections in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $connect$
#variable_conflict use_column
DECLARE
	context record := nir.context();
BEGIN
	PERFORM @register@.require_connection(connect.person_id);
	INSERT INTO @register@.connection (person_id, unit, kind, basis)
	VALUES (connect.person_id, context.unit, connect.kind, connect.ground)
	ON CONFLICT (person_id, unit, kind) WHERE upper_inf(valid) DO NOTHING;
END
$connect$;
REVOKE ALL ON FUNCTION @register@.connect(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.connect(bigint, text, text) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.connect(bigint, text, text) IS
	'one more thing that connects the declared unit and a person it is connected with already (R71)';

CREATE FUNCTION @register@.disconnect(person_id bigint, until date) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: a unit writes connections in no other way
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $disconnect$
#variable_conflict use_column
DECLARE
	context record := nir.context();
	ended bigint;
BEGIN
	PERFORM @register@.require_connection(disconnect.person_id);
	IF disconnect.until IS NULL OR disconnect.until > nir.retention_today() THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a connection ends today or earlier';
	END IF;
	UPDATE @register@.connection AS c
	SET valid = daterange(lower(c.valid), greatest(disconnect.until, lower(c.valid)) + 1)
	WHERE c.person_id = disconnect.person_id AND upper_inf(c.valid)
		AND c.unit = ANY (nir.unit_scope(context.body_kind));
	GET DIAGNOSTICS ended = ROW_COUNT;
	RETURN ended;
END
$disconnect$;
REVOKE ALL ON FUNCTION @register@.disconnect(bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.disconnect(bigint, date) TO nir_municipality, nir_county;
COMMENT ON FUNCTION @register@.disconnect(bigint, date) IS
	'ends what connects the declared unit and a person after the given day, as when she moves; says how many (R71)';

CREATE FUNCTION @register@.register_person(
	birth_date date,
	sex_code text DEFAULT NULL,
	given_name text DEFAULT NULL,
	family_name text DEFAULT NULL,
	fnr text DEFAULT NULL,
	duf text DEFAULT NULL,
	middle_name text DEFAULT NULL,
	origin_country text DEFAULT NULL,
	unaccompanied_minor boolean DEFAULT NULL,
	kind text DEFAULT NULL,
	ground text DEFAULT NULL) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- with the caller's own rights: all this he may also write in plain SQL
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $register_person$
#variable_conflict use_column
DECLARE
	new_id bigint;
BEGIN
	INSERT INTO @register@.person (birth_date, sex_code, origin_country, unaccompanied_minor)
	VALUES (register_person.birth_date, register_person.sex_code,
		register_person.origin_country, register_person.unaccompanied_minor)
	RETURNING person_id INTO new_id;
	IF num_nonnulls(register_person.given_name, register_person.family_name) > 0 THEN
		INSERT INTO @register@.person_name (person_id, given_name, middle_name, family_name)
		VALUES (new_id, register_person.given_name, register_person.middle_name,
			register_person.family_name);
	END IF;
	IF register_person.fnr IS NOT NULL THEN
		INSERT INTO @register@.person_fnr (person_id, fnr) VALUES (new_id, register_person.fnr);
	END IF;
	IF register_person.duf IS NOT NULL THEN
		INSERT INTO @register@.person_duf (person_id, duf) VALUES (new_id, register_person.duf);
	END IF;
	IF register_person.kind IS NOT NULL THEN
		PERFORM @register@.connect(new_id, register_person.kind,
			coalesce(register_person.ground, 'registered here'));
	END IF;
	RETURN new_id;
END
$register_person$;
REVOKE ALL ON FUNCTION @register@.register_person(date, text, text, text, text, text, text, text, boolean, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.register_person(date, text, text, text, text, text, text, text, boolean, text, text)
	TO nir_imdi, nir_hkdir, nir_municipality;
COMMENT ON FUNCTION @register@.register_person(date, text, text, text, text, text, text, text, boolean, text, text) IS
	'registers a person nobody has registered, with names and numbers, connected to the declared unit: IL § 43 (2), IF § 58 (2)';

-- ---- when storage times began ----

CREATE TABLE @register@.retention_clock (
	person_id	bigint NOT NULL REFERENCES @register@.person,
	clock		text NOT NULL CHECK (clock ~ '^[a-z_]+$'),
	on_date		date NOT NULL CHECK (isfinite(on_date)),
	PRIMARY KEY (person_id, clock)
);
CREATE INDEX ON @register@.retention_clock (clock, on_date);
COMMENT ON TABLE @register@.retention_clock IS
	'when each storage time of a person began: the earliest event, so that a restart or a move does not begin it again; kept by triggers (IF § 60, R151, R157)';
COMMENT ON COLUMN @register@.retention_clock.clock IS 'event, as in nir.retention_rule.clock';
COMMENT ON COLUMN @register@.retention_clock.on_date IS 'the earliest day it happened on';

CREATE FUNCTION @register@.keep_clock() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: the clock counts the facts of every unit, and nobody sets it by hand
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $keep_clock$
DECLARE
	first_on date;
BEGIN
	-- who corrects an event and who adds one come one after the other, each seeing the other's
	IF TG_OP = 'INSERT' THEN
		PERFORM FROM @register@.retention_clock AS c
		WHERE c.person_id = NEW.person_id AND c.clock = TG_ARGV[0] FOR SHARE;
	ELSE
		PERFORM FROM @register@.retention_clock AS c
		WHERE c.person_id = NEW.person_id AND c.clock = TG_ARGV[0] FOR UPDATE;
	END IF;
	EXECUTE format('SELECT min(least(%s)) FROM %s WHERE person_id = $1',
		(SELECT string_agg(format('CASE WHEN isfinite(%1$I) THEN %1$I END', a), ', ') FROM unnest(TG_ARGV[1:]) AS a), TG_RELID::regclass)
	INTO first_on USING NEW.person_id;
	IF first_on IS NOT NULL THEN
		-- an event adds to those before it; a corrected one may move the day either way
		INSERT INTO @register@.retention_clock AS c (person_id, clock, on_date)
		VALUES (NEW.person_id, TG_ARGV[0], first_on)
		ON CONFLICT (person_id, clock) DO UPDATE SET on_date = excluded.on_date
		WHERE TG_OP = 'UPDATE' OR excluded.on_date < c.on_date;
	ELSIF TG_OP = 'UPDATE' THEN
		DELETE FROM @register@.retention_clock AS c
		WHERE c.person_id = NEW.person_id AND c.clock = TG_ARGV[0];
	END IF;
	RETURN NULL;
END
$keep_clock$;
REVOKE ALL ON FUNCTION @register@.keep_clock() FROM PUBLIC;
COMMENT ON FUNCTION @register@.keep_clock() IS
	'trigger (clock, columns): keeps the earliest of these dates over the person''s rows as that clock (R156, R157)';

CREATE FUNCTION @register@.queue_transfer() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	-- must be one: who registers a fact has no business with the outbox
	SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $queue_transfer$
BEGIN
	FOR i IN 0 .. TG_NARGS - 1 LOOP
		PERFORM nir.queue_transfer(TG_TABLE_SCHEMA, TG_ARGV[i], NEW.person_id);
	END LOOP;
	RETURN NULL;
END
$queue_transfer$;
REVOKE ALL ON FUNCTION @register@.queue_transfer() FROM PUBLIC;
COMMENT ON FUNCTION @register@.queue_transfer() IS
	'trigger (disclosure lists): a fact that must be handed over is new or changed (R132)';

CREATE FUNCTION @register@.disclosed_person(person_id bigint) RETURNS jsonb
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SECURITY INVOKER SET search_path = pg_catalog, pg_temp
AS $disclosed_person$
#variable_conflict use_column
BEGIN
	RETURN (
		SELECT jsonb_build_object(
			'fnr', (SELECT jsonb_agg(f.fnr::text ORDER BY f.fnr::text) FROM @register@.person_fnr AS f
				WHERE f.person_id = p.person_id AND f.status = 'active'),
			'duf', (SELECT jsonb_agg(d.duf::text ORDER BY d.duf::text) FROM @register@.person_duf AS d
				WHERE d.person_id = p.person_id AND d.status = 'active'),
			'birth_date', p.birth_date::date)
		FROM @register@.person AS p WHERE p.person_id = disclosed_person.person_id);
END
$disclosed_person$;
REVOKE ALL ON FUNCTION @register@.disclosed_person(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION @register@.disclosed_person(bigint) TO nir_retention;
COMMENT ON FUNCTION @register@.disclosed_person(bigint) IS
	'whom a transfer is about: numbers and date of birth (IF § 46 (1) a, IF § 46 (1) b); for the functions disclose_...';

-- ---- under nir ----

SELECT nir.govern('@register@.connection', 'connection', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.person', 'person', subject => 'person_id', fresh => 'registered_in');
SELECT nir.govern('@register@.person_name', 'name', subject => 'person_id', period => 'valid');
SELECT nir.govern('@register@.person_fnr', 'fnr', subject => 'person_id', period => 'valid');
SELECT nir.govern('@register@.person_duf', 'duf', subject => 'person_id', period => 'valid');
SELECT nir.govern('@register@.residence_permit', 'residence', subject => 'person_id');
SELECT nir.govern('@register@.retention_clock', 'clock', subject => 'person_id');

-- general data go with the last fact (IF § 46, R159)
SELECT nir.bind_retention('@register@.person', 'RC0');
SELECT nir.bind_retention('@register@.person_name', 'RC0');
SELECT nir.bind_retention('@register@.person_fnr', 'RC0');
SELECT nir.bind_retention('@register@.person_duf', 'RC0');
SELECT nir.bind_retention('@register@.connection', 'RC0');
SELECT nir.bind_retention('@register@.residence_permit', 'RC0');
SELECT nir.bind_retention('@register@.retention_clock', 'RC0');
