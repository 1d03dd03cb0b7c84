-- Actors: the case workers behind one login.  A role whose binding demands it
-- names one of them in every declaration.

CREATE TABLE nir.actor_function (
	code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]+$'),
	bit integer NOT NULL UNIQUE CHECK (bit BETWEEN 0 AND 31),
	name_no text NOT NULL,
	citation text NOT NULL
);
COMMENT ON TABLE nir.actor_function IS 'what an actor may be given beyond the purposes: a closed list, asked for by policies with nir.has_function (R39, R80)';
COMMENT ON COLUMN nir.actor_function.code IS 'name used in nir.grant_actor and nir.has_function';
COMMENT ON COLUMN nir.actor_function.bit IS 'its place in the context; never reused';
COMMENT ON COLUMN nir.actor_function.name_no IS 'Norwegian name';
COMMENT ON COLUMN nir.actor_function.citation IS 'legal basis';

CREATE TABLE nir.actor_grant (
	actor text COLLATE "C" NOT NULL CHECK (octet_length(actor) BETWEEN 1 AND 127),
	body text COLLATE "C" NOT NULL,
	units nir.unit[] CHECK (units <> '{}' AND array_position(units, NULL) IS NULL),
	functions text[] NOT NULL DEFAULT '{}',
	purposes nir.purposes NOT NULL,
	valid pg_catalog.daterange NOT NULL DEFAULT '(,)',
	granted_by text NOT NULL DEFAULT SESSION_USER,
	granted_at timestamptz NOT NULL DEFAULT now(),
	reviewed_by text,
	reviewed_at timestamptz,
	PRIMARY KEY (actor, body)
);
COMMENT ON TABLE nir.actor_grant IS 'which actor acts for which body, units and purposes, and when that was last reviewed (R80); written by nir.grant_actor, nir.revoke_actor and nir.review_actor';
COMMENT ON COLUMN nir.actor_grant.actor IS 'as the application names it in nir.begin_processing: a number or short name of the case worker';
COMMENT ON COLUMN nir.actor_grant.body IS 'the body';
COMMENT ON COLUMN nir.actor_grant.units IS 'the units, within the body''s; null is the whole country';
COMMENT ON COLUMN nir.actor_grant.functions IS 'codes of nir.actor_function';
COMMENT ON COLUMN nir.actor_grant.purposes IS 'purposes that may be declared for the actor';
COMMENT ON COLUMN nir.actor_grant.valid IS 'days on which the grant is in force';
COMMENT ON COLUMN nir.actor_grant.granted_by IS 'who gave it';
COMMENT ON COLUMN nir.actor_grant.granted_at IS 'when it was given or last changed';
COMMENT ON COLUMN nir.actor_grant.reviewed_by IS 'who confirmed it last';
COMMENT ON COLUMN nir.actor_grant.reviewed_at IS 'when; nir.actor_review_interval after this, or after granted_at, it gives no access';
SELECT pg_catalog.pg_extension_config_dump('nir.actor_grant', '');

CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.actor_grant
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON nir.actor_grant
	FOR EACH ROW EXECUTE FUNCTION nir.log_change('actor', 'body', 'units', 'functions', 'purposes', 'valid', 'reviewed_by', 'reviewed_at');
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON nir.actor_function
	FOR EACH STATEMENT EXECUTE FUNCTION nir.tell_table();
ALTER TABLE nir.actor_grant ENABLE ALWAYS TRIGGER tell;
ALTER TABLE nir.actor_grant ENABLE ALWAYS TRIGGER log_change;
ALTER TABLE nir.actor_function ENABLE ALWAYS TRIGGER tell;
