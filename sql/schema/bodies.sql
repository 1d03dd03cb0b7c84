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
	actors text NOT NULL DEFAULT 'none' CHECK (actors IN ('none', 'granted')),
	token boolean NOT NULL DEFAULT false,
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
COMMENT ON COLUMN nir.role_binding.actors IS 'granted: every declaration names an actor with a grant in nir.actor_grant (R80); none: it need not';
COMMENT ON COLUMN nir.role_binding.token IS 'whether every declaration needs a token of the identity gateway in nir.context_token';
COMMENT ON COLUMN nir.role_binding.bound_by IS 'who made the binding';
COMMENT ON COLUMN nir.role_binding.bound_at IS 'when it was made or last changed';
SELECT pg_catalog.pg_extension_config_dump('nir.role_binding', '');
