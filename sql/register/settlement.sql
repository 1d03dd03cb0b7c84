/*
 * sql/register/settlement.sql
 *
 * Part settlement (IMDi, Bosetting): the settlement of a person in a
 * municipality, what she wished, and what must be considered.  Special
 * categories (IF § 51 (2)) are sealed and stand in a table of their own.
 */

CREATE TABLE @register@.settlement (
	settlement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	case_opened_on date NOT NULL,
	requested_unit nir.unit REFERENCES nir.unit_code,
	accepted_on	date,
	settled_on	date CONSTRAINT settled_not_in_the_future CHECK (settled_on <= nir.retention_today()),
	settled_unit nir.unit REFERENCES nir.unit_code,
	closed_on	date,
	process_note nir.tagged_text('b,d,e,g,h,m,n,p,q') CONSTRAINT note_of_1000_characters CHECK (length(process_note) <= 1000),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (settlement_id, person_id),
	CONSTRAINT accepted_after_opening CHECK (accepted_on >= case_opened_on),
	CONSTRAINT settled_after_opening CHECK (settled_on >= case_opened_on),
	CONSTRAINT closed_after_opening CHECK (closed_on >= case_opened_on),
	CONSTRAINT settled_somewhere CHECK ((settled_on IS NULL) = (settled_unit IS NULL))
);
CREATE INDEX ON @register@.settlement (person_id);
CREATE INDEX ON @register@.settlement (unit, person_id);
CREATE INDEX ON @register@.settlement (unit, settled_on);
COMMENT ON TABLE @register@.settlement IS
	'settlement of a person in a municipality (bosetting): IF § 51 (1) c; goes by RC1';
COMMENT ON COLUMN @register@.settlement.settlement_id IS 'key';
COMMENT ON COLUMN @register@.settlement.case_opened_on IS 'day the case was opened: IF § 51 (1) c';
COMMENT ON COLUMN @register@.settlement.requested_unit IS 'municipality that was asked (anmodet kommune): IF § 51 (1) c';
COMMENT ON COLUMN @register@.settlement.accepted_on IS 'day the municipality accepted: IF § 51 (1) c';
COMMENT ON COLUMN @register@.settlement.settled_on IS
	'day of settlement (bosettingstidspunkt), not in the future: IF § 51 (1) c, R114; clock settled of RC1';
COMMENT ON COLUMN @register@.settlement.settled_unit IS 'municipality of settlement (bosettingskommune): IF § 51 (1) c';
COMMENT ON COLUMN @register@.settlement.closed_on IS 'day the case was closed: IF § 51 (1) c';
COMMENT ON COLUMN @register@.settlement.process_note IS
	'remark about the process (opplysninger om bosettingsprosessen), at most 1000 characters, nothing of a special category: IF § 51 (1) c, R32';

CREATE TABLE @register@.settlement_wish (
	settlement_wish_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	settlement_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	rank		smallint NOT NULL DEFAULT 1 CHECK (rank > 0),
	wished_unit	nir.unit REFERENCES nir.unit_code,
	wish		nir.tagged_text('d,g,m,n,p,q') CONSTRAINT wish_of_1000_characters CHECK (length(wish) <= 1000),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (settlement_id, rank),
	FOREIGN KEY (settlement_id, person_id) REFERENCES @register@.settlement (settlement_id, person_id),
	CONSTRAINT some_wish CHECK (num_nonnulls(wished_unit, wish) > 0)
);
CREATE INDEX ON @register@.settlement_wish (person_id);
CREATE INDEX ON @register@.settlement_wish (unit, person_id);
CREATE INDEX ON @register@.settlement_wish (unit, available_on);
COMMENT ON TABLE @register@.settlement_wish IS 'wishes for settlement (bosettingsønsker): IF § 51 (1) a; goes by RC1';
COMMENT ON COLUMN @register@.settlement_wish.settlement_wish_id IS 'key';
COMMENT ON COLUMN @register@.settlement_wish.settlement_id IS 'the settlement';
COMMENT ON COLUMN @register@.settlement_wish.rank IS 'first wish is 1';
COMMENT ON COLUMN @register@.settlement_wish.wished_unit IS 'municipality wished for: IF § 51 (1) a';
COMMENT ON COLUMN @register@.settlement_wish.wish IS 'the wish in words, at most 1000 characters: IF § 51 (1) a, R32';

CREATE TABLE @register@.settlement_consideration (
	settlement_consideration_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	settlement_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	consideration nir.sealed(other, 'd,p,q') NOT NULL,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	FOREIGN KEY (settlement_id, person_id) REFERENCES @register@.settlement (settlement_id, person_id)
);
CREATE INDEX ON @register@.settlement_consideration (settlement_id);
CREATE INDEX ON @register@.settlement_consideration (person_id);
CREATE INDEX ON @register@.settlement_consideration (unit, available_on);
COMMENT ON TABLE @register@.settlement_consideration IS
	'what must be considered in settlement (særlige hensyn), often of a special category in substance and so sealed: IF § 51 (1) b; goes by RC1';
COMMENT ON COLUMN @register@.settlement_consideration.settlement_consideration_id IS 'key';
COMMENT ON COLUMN @register@.settlement_consideration.settlement_id IS 'the settlement';
COMMENT ON COLUMN @register@.settlement_consideration.consideration IS 'the consideration in words: IF § 51 (1) b';

CREATE TABLE @register@.health_consent (
	health_consent_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	given_on	date NOT NULL CONSTRAINT given_not_in_the_future CHECK (given_on <= nir.retention_today()),
	informed_by	nir.tagged_text('d,p,q') NOT NULL CHECK (length(informed_by) BETWEEN 1 AND 200),
	covers		nir.tagged_text('d,p,q') NOT NULL CHECK (length(covers) BETWEEN 1 AND 1000),
	withdrawn_on date,
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (health_consent_id, person_id),
	CONSTRAINT withdrawn_after_given CHECK (withdrawn_on >= given_on)
);
CREATE INDEX ON @register@.health_consent (person_id);
CREATE INDEX ON @register@.health_consent (unit, available_on);
COMMENT ON TABLE @register@.health_consent IS
	'consent to get health data from health personnel (samtykke): R57, IL § 42 (2); goes with the data it carries, by RC1';
COMMENT ON COLUMN @register@.health_consent.health_consent_id IS 'key';
COMMENT ON COLUMN @register@.health_consent.given_on IS 'day it was given: R57';
COMMENT ON COLUMN @register@.health_consent.informed_by IS 'who informed the person: R57';
COMMENT ON COLUMN @register@.health_consent.covers IS 'what it covers, not the health data themselves: R57';
COMMENT ON COLUMN @register@.health_consent.withdrawn_on IS 'day it was withdrawn: GDPR art. 7 (3)';

CREATE TABLE @register@.settlement_special (
	settlement_special_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	settlement_id bigint NOT NULL,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	ethnic		nir.sealed(ethnicity, 'd,p,q'),
	religion	nir.sealed(religion, 'd,p,q'),
	offence		nir.sealed(offence, 'd,p,q'),
	health		nir.sealed(health, 'd,p,q'),
	sexual		nir.sealed(sexuality, 'd,p,q'),
	health_source text CHECK (health_source IN ('person', 'health_personnel')),
	health_consent_id bigint,
	necessity	nir.tagged_text('d,p,q') NOT NULL CHECK (length(necessity) BETWEEN 1 AND 1000),
	available_on date NOT NULL DEFAULT nir.retention_today(),
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	-- one for each unit: another's would tell that there is one
	UNIQUE (settlement_id, unit),
	FOREIGN KEY (settlement_id, person_id) REFERENCES @register@.settlement (settlement_id, person_id),
	FOREIGN KEY (health_consent_id, person_id) REFERENCES @register@.health_consent (health_consent_id, person_id),
	CONSTRAINT some_category CHECK (num_nonnulls(ethnic, religion, offence, health, sexual) > 0),
	CONSTRAINT health_has_a_source CHECK ((health IS NULL) = (health_source IS NULL)),
	CONSTRAINT health_personnel_needs_consent CHECK (health_source <> 'health_personnel' OR health_consent_id IS NOT NULL)
);
CREATE INDEX ON @register@.settlement_special (person_id);
CREATE INDEX ON @register@.settlement_special (health_consent_id);
CREATE INDEX ON @register@.settlement_special (unit, available_on);
COMMENT ON TABLE @register@.settlement_special IS
	'special categories of data that a settlement needs, sealed, while its case is open: IF § 51 (2), R55, R56, R58; goes by RC1';
COMMENT ON COLUMN @register@.settlement_special.settlement_special_id IS 'key';
COMMENT ON COLUMN @register@.settlement_special.settlement_id IS 'the settlement, whose case is open when this is written: R56';
COMMENT ON COLUMN @register@.settlement_special.ethnic IS 'ethnic origin (etnisk opprinnelse): IF § 51 (2) a';
COMMENT ON COLUMN @register@.settlement_special.religion IS 'religious belief and affiliation (religiøs oppfatning og tilknytning): IF § 51 (2) b';
COMMENT ON COLUMN @register@.settlement_special.offence IS 'criminal offences (straffbare forhold), for settlement alone: IF § 51 (2) c, R58';
COMMENT ON COLUMN @register@.settlement_special.health IS 'health (helseforhold): IF § 51 (2) d';
COMMENT ON COLUMN @register@.settlement_special.sexual IS 'sexual matters (seksuelle forhold): IF § 51 (2) e';
COMMENT ON COLUMN @register@.settlement_special.health_source IS 'who told of the health: R57';
COMMENT ON COLUMN @register@.settlement_special.health_consent_id IS 'consent, where health personnel told: R57';
COMMENT ON COLUMN @register@.settlement_special.necessity IS 'why the settlement needs it, not the data themselves: IF § 51 (2), R56';

CREATE FUNCTION @register@.require_open_settlement() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $require_open_settlement$
BEGIN
	PERFORM FROM @register@.settlement AS s
		WHERE s.settlement_id = NEW.settlement_id AND s.person_id = NEW.person_id AND s.closed_on IS NULL;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'check_violation',
			MESSAGE = 'special categories are written only while the settlement''s case is open',
			HINT = 'Open a settlement case for the person first, or leave the data out.';
	END IF;
	RETURN NEW;
END
$require_open_settlement$;
REVOKE ALL ON FUNCTION @register@.require_open_settlement() FROM PUBLIC;
COMMENT ON FUNCTION @register@.require_open_settlement() IS
	'trigger: special categories of a settlement need an open case: IF § 51 (2), R56';
CREATE TRIGGER open_settlement BEFORE INSERT OR UPDATE ON @register@.settlement_special
	FOR EACH ROW EXECUTE FUNCTION @register@.require_open_settlement();

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement_wish
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement_wish
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement_consideration
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement_consideration
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.health_consent
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.health_consent
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement_special
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement_special
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();

SELECT nir.govern('@register@.settlement', 'settlement', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.settlement_wish', 'settlement_wish', unit => 'unit', subject => 'person_id', period => 'available_on');
SELECT nir.govern('@register@.settlement_consideration', 'settlement_special', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.health_consent', 'settlement_special', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.settlement_special', 'settlement_special', unit => 'unit', subject => 'person_id');

CREATE TRIGGER clock AFTER INSERT OR UPDATE OF settled_on ON @register@.settlement
	FOR EACH ROW EXECUTE FUNCTION @register@.keep_clock('settled', 'settled_on');

-- never settled: from the day the case was opened
SELECT nir.bind_retention('@register@.settlement', 'RC1', apply => false);
SELECT nir.bind_retention('@register@.settlement', 'RC1', event => 'case_opened_on');
SELECT nir.bind_retention('@register@.settlement_wish', 'RC1', apply => false);
SELECT nir.bind_retention('@register@.settlement_wish', 'RC1', parent => 'settlement_id');
SELECT nir.bind_retention('@register@.settlement_consideration', 'RC1', parent => 'settlement_id');
SELECT nir.bind_retention('@register@.settlement_special', 'RC1', parent => 'settlement_id');
SELECT nir.bind_retention('@register@.health_consent', 'RC1', apply => false);
SELECT nir.bind_retention('@register@.health_consent', 'RC1', event => 'available_on');
