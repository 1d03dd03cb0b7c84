-- Grants of actors, written by administrators only, and SECURITY DEFINER so
-- that nobody writes by hand who gave or confirmed one.  A grant that was not
-- confirmed for nir.actor_review_interval gives no access.

CREATE OR REPLACE FUNCTION nir.review_deadline(since timestamptz) RETURNS timestamptz
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
	-- as src/context/actor.c counts: minutes, without a calendar
	SELECT since + make_interval(secs => extract(epoch FROM current_setting('nir.actor_review_interval')::interval)::double precision)
$$;
COMMENT ON FUNCTION nir.review_deadline(timestamptz) IS 'until when a grant given or confirmed then gives access';

CREATE OR REPLACE FUNCTION nir.grant_actor(
	actor text,
	body text,
	purposes nir.purposes,
	units nir.unit[] DEFAULT NULL,
	functions text[] DEFAULT '{}',
	valid pg_catalog.daterange DEFAULT '(,)') RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	body_row nir.body;
	unknown text;
BEGIN
	IF actor IS NULL OR actor !~ '[[:graph:]]' OR actor ~ '[[:cntrl:]]' OR octet_length(actor) > 127 THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'an actor is named by a text of up to 127 bytes without control characters';
	END IF;
	body_row := nir.require_body(body);
	units := COALESCE(units, body_row.units);
	PERFORM nir.require_units(body_row, units);
	PERFORM nir.require_purposes(body_row, purposes);
	SELECT f INTO unknown FROM unnest(functions) f
	WHERE f IS NULL OR f NOT IN (SELECT a.code FROM nir.actor_function a) LIMIT 1;
	IF FOUND OR functions IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('there is no function "%s" of actors', unknown),
			HINT = 'nir.actor_function lists them.';
	END IF;
	IF valid IS NULL OR isempty(valid) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'a grant needs days on which it is in force';
	END IF;
	INSERT INTO nir.actor_grant (actor, body, units, functions, purposes, valid, granted_by)
	VALUES (actor, body, units, functions, purposes, valid, SESSION_USER)
	ON CONFLICT ON CONSTRAINT actor_grant_pkey DO UPDATE SET
		units = excluded.units, functions = excluded.functions, purposes = excluded.purposes,
		valid = excluded.valid, granted_by = excluded.granted_by, granted_at = now(),
		reviewed_by = NULL, reviewed_at = NULL;
END
$$;
COMMENT ON FUNCTION nir.grant_actor(text, text, nir.purposes, nir.unit[], text[], pg_catalog.daterange) IS
	'lets an actor act for a body, for purposes, units and with functions (R80); replaces an earlier grant for the same body';

CREATE OR REPLACE FUNCTION nir.revoke_actor(actor text, body text DEFAULT NULL) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	removed integer;
BEGIN
	DELETE FROM nir.actor_grant a WHERE a.actor = actor AND (body IS NULL OR a.body = body);
	GET DIAGNOSTICS removed = ROW_COUNT;
	RETURN removed;
END
$$;
COMMENT ON FUNCTION nir.revoke_actor(text, text) IS
	'takes an actor''s grant for one body, or for all, away; returns how many there were';

CREATE OR REPLACE FUNCTION nir.review_actor(actor text, body text, confirm boolean) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
	IF confirm IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'a review either confirms a grant or withdraws it';
	ELSIF confirm THEN
		UPDATE nir.actor_grant a SET reviewed_by = SESSION_USER, reviewed_at = now()
		WHERE a.actor = actor AND a.body = body;
	ELSE
		DELETE FROM nir.actor_grant a WHERE a.actor = actor AND a.body = body;
	END IF;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'no_data_found',
			MESSAGE = 'the actor has no grant for this body',
			HINT = 'nir.actor_review lists the grants to be reviewed.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.review_actor(text, text, boolean) IS
	'confirms an actor''s grant for another nir.actor_review_interval, or withdraws it (R80)';

CREATE OR REPLACE VIEW nir.actor_review AS
	SELECT a.actor, a.body, a.units, a.functions, a.purposes, a.valid, a.granted_by, a.granted_at,
		a.reviewed_by, a.reviewed_at, d.due_at, d.due_at <= now() AS overdue
	FROM nir.actor_grant a, LATERAL (SELECT nir.review_deadline(COALESCE(a.reviewed_at, a.granted_at)) AS due_at) d
	WHERE upper_inf(a.valid) OR upper(a.valid) > nir.retention_today()
	ORDER BY d.due_at, a.actor, a.body;
COMMENT ON VIEW nir.actor_review IS 'grants that are or will be in force, those to be reviewed first on top (R80)';
COMMENT ON COLUMN nir.actor_review.actor IS 'the actor';
COMMENT ON COLUMN nir.actor_review.body IS 'the body';
COMMENT ON COLUMN nir.actor_review.units IS 'the units; null is the whole country';
COMMENT ON COLUMN nir.actor_review.functions IS 'codes of nir.actor_function';
COMMENT ON COLUMN nir.actor_review.purposes IS 'purposes that may be declared for the actor';
COMMENT ON COLUMN nir.actor_review.valid IS 'days on which the grant is in force';
COMMENT ON COLUMN nir.actor_review.granted_by IS 'who gave it';
COMMENT ON COLUMN nir.actor_review.granted_at IS 'when it was given or last changed';
COMMENT ON COLUMN nir.actor_review.reviewed_by IS 'who confirmed it last';
COMMENT ON COLUMN nir.actor_review.reviewed_at IS 'when';
COMMENT ON COLUMN nir.actor_review.due_at IS 'when it must be confirmed again';
COMMENT ON COLUMN nir.actor_review.overdue IS 'true if it was not: the grant gives no access';
