-- Bodies and who acts for them.

CREATE TABLE nir.body (
	body text COLLATE "C" PRIMARY KEY,
	kind text NOT NULL REFERENCES nir.body_kind (code),
	name text NOT NULL,
	orgnr nir.orgnr,
	units nir.unit[],
	valid pg_catalog.daterange NOT NULL DEFAULT '(,)',
	builtin boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE nir.body IS 'bodies that process personal data (behandlingsansvarlige and others); a municipality or county is named by its number';
COMMENT ON COLUMN nir.body.body IS 'short name: imdi, hkdir, or the number of a municipality or county';
COMMENT ON COLUMN nir.body.kind IS 'kind of body; access rules are written for kinds';
COMMENT ON COLUMN nir.body.name IS 'name of the body';
COMMENT ON COLUMN nir.body.orgnr IS 'organisation number (organisasjonsnummer), where known';
COMMENT ON COLUMN nir.body.units IS 'units it answers for; null is the whole country';
COMMENT ON COLUMN nir.body.valid IS 'days on which the body exists';
COMMENT ON COLUMN nir.body.builtin IS 'true for rows shipped with nir, false for local ones';
SELECT pg_catalog.pg_extension_config_dump('nir.body', 'WHERE NOT builtin');

CREATE TABLE nir.role_binding (
	role pg_catalog.regrole NOT NULL,
	body text COLLATE "C" NOT NULL,
	units nir.unit[],
	purposes nir.purposes NOT NULL,
	valid pg_catalog.daterange NOT NULL DEFAULT '(,)',
	default_purpose nir.purposes,
	default_unit nir.unit,
	bound_by text NOT NULL DEFAULT CURRENT_USER,
	bound_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (role, body)
);
COMMENT ON TABLE nir.role_binding IS 'which database role acts for which body, units and purposes; written by nir.bind_role and nir.unbind_role';
COMMENT ON COLUMN nir.role_binding.role IS 'the outer user: who logs in, or whom SET ROLE chose';
COMMENT ON COLUMN nir.role_binding.body IS 'the body it acts for';
COMMENT ON COLUMN nir.role_binding.units IS 'the units it acts for, within the body''s; null is the whole country';
COMMENT ON COLUMN nir.role_binding.purposes IS 'purposes it may declare';
COMMENT ON COLUMN nir.role_binding.valid IS 'days on which the binding is in force';
COMMENT ON COLUMN nir.role_binding.default_purpose IS 'purposes in force without nir.begin_processing; null demands a declaration';
COMMENT ON COLUMN nir.role_binding.default_unit IS 'unit in force with default_purpose';
COMMENT ON COLUMN nir.role_binding.bound_by IS 'who made the binding';
COMMENT ON COLUMN nir.role_binding.bound_at IS 'when it was made or last changed';
SELECT pg_catalog.pg_extension_config_dump('nir.role_binding', '');

CREATE TABLE nir.engagement (
	engagement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	provider text COLLATE "C" NOT NULL,
	principal text COLLATE "C" NOT NULL,
	unit nir.unit NOT NULL,
	purposes nir.purposes NOT NULL,
	special text[] NOT NULL DEFAULT '{}',
	tasks text NOT NULL CHECK (tasks <> '' AND length(tasks) <= 1000),
	agreement_ref text NOT NULL CHECK (agreement_ref <> '' AND length(agreement_ref) <= 200),
	valid pg_catalog.daterange NOT NULL CHECK (NOT (lower_inf(valid) OR upper_inf(valid))),
	made_by text NOT NULL DEFAULT SESSION_USER,
	made_at timestamptz NOT NULL DEFAULT now(),
	ended_by text,
	ended_at timestamptz
);
COMMENT ON TABLE nir.engagement IS
	'private providers that perform tasks for a municipality or county, and so act as it (IL §§ 41 (4), 42 (3), 43 (1); R74); written by nir.engage and nir.end_engagement';
COMMENT ON COLUMN nir.engagement.engagement_id IS 'key';
COMMENT ON COLUMN nir.engagement.provider IS 'the body engaged';
COMMENT ON COLUMN nir.engagement.principal IS 'the body it works for, which stays the controller';
COMMENT ON COLUMN nir.engagement.unit IS 'the unit of the principal it works for';
COMMENT ON COLUMN nir.engagement.purposes IS 'purposes of its tasks';
COMMENT ON COLUMN nir.engagement.special IS 'special categories of data that the tasks need; without a word here, none';
COMMENT ON COLUMN nir.engagement.tasks IS 'what it does';
COMMENT ON COLUMN nir.engagement.agreement_ref IS 'the agreement (databehandleravtale)';
COMMENT ON COLUMN nir.engagement.valid IS 'the days it lasts; always with an end, and empty if it was called off before it began';
COMMENT ON COLUMN nir.engagement.made_by IS 'who made it';
COMMENT ON COLUMN nir.engagement.made_at IS 'when';
COMMENT ON COLUMN nir.engagement.ended_by IS 'who ended it before its time';
COMMENT ON COLUMN nir.engagement.ended_at IS 'when';
CREATE INDEX ON nir.engagement (provider);
SELECT pg_catalog.pg_extension_config_dump('nir.engagement', '');
SELECT pg_catalog.pg_extension_config_dump('nir.engagement_engagement_id_seq', '');
COMMENT ON SEQUENCE nir.engagement_engagement_id_seq IS 'keys of nir.engagement';
