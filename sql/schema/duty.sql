-- The duty to register: who must, within how long, since when.  There is no
-- setting for it, and no row of it can be changed but by an upgrade (R95).

CREATE TABLE nir.registration_duty (
	body_kind text NOT NULL REFERENCES nir.body_kind,
	instrument text NOT NULL,
	months smallint NOT NULL CHECK (months > 0),
	valid pg_catalog.daterange NOT NULL CHECK (NOT isempty(valid)),
	citation text NOT NULL,
	PRIMARY KEY (body_kind, instrument)
);
COMMENT ON TABLE nir.registration_duty IS
	'who must register within how many months after the information exists (registreringsplikt): R91, R93, R95';
COMMENT ON COLUMN nir.registration_duty.body_kind IS 'kind of body that has the duty';
COMMENT ON COLUMN nir.registration_duty.instrument IS 'regulation, as in nir.instrument';
COMMENT ON COLUMN nir.registration_duty.months IS 'months from the day the information existed; the last day included';
COMMENT ON COLUMN nir.registration_duty.valid IS 'information that came to exist on these days';
COMMENT ON COLUMN nir.registration_duty.citation IS 'the rule';
