/*
 * sql/register/settlement.sql
 *
 * Part settlement (IMDi, Bosetting): the settlement of a person in a
 * municipality, and what she wished.  Considerations and special categories
 * (IF § 51 (1) b, § 51 (2)) need sealed columns and are not here.
 */

CREATE TABLE @register@.settlement (
	settlement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	person_id	bigint NOT NULL REFERENCES @register@.person,
	unit		nir.unit NOT NULL REFERENCES nir.unit_code,
	case_opened_on date NOT NULL,
	requested_unit nir.unit REFERENCES nir.unit_code,
	accepted_on	date,
	settled_on	date CONSTRAINT settled_not_in_the_future CHECK (settled_on <= CURRENT_DATE),
	settled_unit nir.unit REFERENCES nir.unit_code,
	closed_on	date,
	process_note nir.tagged_text('b,d,e,g,h,m,n,p,q') CONSTRAINT note_of_1000_characters CHECK (length(process_note) <= 1000),
	available_on date NOT NULL DEFAULT CURRENT_DATE,
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
	available_on date NOT NULL DEFAULT CURRENT_DATE,
	source_code	text NOT NULL DEFAULT (nir.context()).body_kind REFERENCES @register@.source,
	registered_at timestamptz NOT NULL DEFAULT now(),
	registered_by text NOT NULL DEFAULT nir.current_actor(),
	UNIQUE (settlement_id, rank),
	FOREIGN KEY (settlement_id, person_id) REFERENCES @register@.settlement (settlement_id, person_id),
	CONSTRAINT some_wish CHECK (num_nonnulls(wished_unit, wish) > 0)
);
CREATE INDEX ON @register@.settlement_wish (person_id);
CREATE INDEX ON @register@.settlement_wish (unit, available_on);
COMMENT ON TABLE @register@.settlement_wish IS 'wishes for settlement (bosettingsønsker): IF § 51 (1) a; goes by RC1';
COMMENT ON COLUMN @register@.settlement_wish.settlement_wish_id IS 'key';
COMMENT ON COLUMN @register@.settlement_wish.settlement_id IS 'the settlement';
COMMENT ON COLUMN @register@.settlement_wish.rank IS 'first wish is 1';
COMMENT ON COLUMN @register@.settlement_wish.wished_unit IS 'municipality wished for: IF § 51 (1) a';
COMMENT ON COLUMN @register@.settlement_wish.wish IS 'the wish in words, at most 1000 characters: IF § 51 (1) a, R32';

CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON @register@.settlement_wish
	FOR EACH ROW EXECUTE FUNCTION @register@.stamp();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();
CREATE TRIGGER unit BEFORE INSERT OR UPDATE ON @register@.settlement_wish
	FOR EACH ROW EXECUTE FUNCTION @register@.check_unit();

SELECT nir.govern('@register@.settlement', 'settlement', unit => 'unit', subject => 'person_id');
SELECT nir.govern('@register@.settlement_wish', 'settlement_wish', unit => 'unit', subject => 'person_id');
