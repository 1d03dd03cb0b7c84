-- Who acts for whom.  Written by administrators only; SECURITY DEFINER because
-- a binding is a row that nobody writes by hand and a membership that goes
-- with it, and the two must not come apart.

CREATE OR REPLACE FUNCTION nir.require_bindable(role pg_catalog.regrole) RETURNS void
	LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	attributes pg_catalog.pg_roles;
BEGIN
	SELECT * INTO attributes FROM pg_roles r WHERE r.oid = require_bindable.role;
	IF NOT FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_object', MESSAGE = 'the role does not exist';
	ELSIF attributes.rolsuper OR attributes.rolbypassrls OR attributes.rolreplication THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR003',
			MESSAGE = format('role "%s" is privileged and cannot be bound', attributes.rolname),
			HINT = 'Bind a plain role: privileged ones pass the checks that a binding is for.';
	ELSIF NOT attributes.rolinherit THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR003',
			MESSAGE = format('role "%s" is NOINHERIT and cannot be bound', attributes.rolname),
			HINT = format('ALTER ROLE %I INHERIT: rights come through a group role.', attributes.rolname);
	ELSIF attributes.rolname LIKE 'nir\_%' OR attributes.rolname LIKE 'pg\_%' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR003',
			MESSAGE = format('role "%s" is a group role and cannot be bound', attributes.rolname),
			HINT = 'Bind the role that the application logs in as.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_bindable(pg_catalog.regrole) IS 'raises unless the role is a plain one that can carry a binding';

CREATE OR REPLACE FUNCTION nir.require_body(body text) RETURNS nir.body
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	body_row nir.body;
	kind_row nir.body_kind;
BEGIN
	SELECT * INTO body_row FROM nir.body b WHERE b.body = require_body.body AND b.valid @> nir.retention_today();
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR011',
			MESSAGE = format('there is no body "%s" today', body),
			HINT = 'nir.body lists them; a municipality is named by its number.';
	END IF;
	SELECT * INTO STRICT kind_row FROM nir.body_kind k WHERE k.code = body_row.kind;
	IF NOT kind_row.active OR kind_row.internal THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR011',
			MESSAGE = CASE WHEN kind_row.internal
				THEN format('no role can be bound to a body of kind "%s": nir acts as it itself', kind_row.code)
				ELSE format('bodies of kind "%s" cannot be bound yet', kind_row.code) END;
	END IF;
	RETURN body_row;
END
$$;
COMMENT ON FUNCTION nir.require_body(text) IS 'the body of this name; raises unless somebody can act for it today';

CREATE OR REPLACE FUNCTION nir.require_units(body_row nir.body, units nir.unit[]) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	one nir.unit;
BEGIN
	IF units = '{}' OR array_position(units, NULL) IS NOT NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR013',
			MESSAGE = 'units are named, or left out: then they are those of the body';
	END IF;
	FOREACH one IN ARRAY COALESCE(units, '{}') LOOP
		IF NOT EXISTS (SELECT FROM nir.unit_code c WHERE c.code = one AND c.valid @> nir.retention_today()) THEN
			RAISE EXCEPTION USING
				ERRCODE = 'NR014',
				MESSAGE = format('there is no unit %s today', one),
				HINT = 'nir.unit_code lists them, nir.unit_succession their history.';
		ELSIF body_row.units IS NOT NULL
			AND NOT EXISTS (SELECT FROM unnest(body_row.units) u
				WHERE one = u OR (nir.unit_level(u) = 'municipality' AND nir.unit_within(one, u))) THEN
			RAISE EXCEPTION USING
				ERRCODE = 'NR013',
				MESSAGE = format('unit %s does not lie within body "%s"', one, body_row.body);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION nir.require_units(nir.body, nir.unit[]) IS 'raises unless the units are in use today and the body''s';

CREATE OR REPLACE FUNCTION nir.require_purposes(body_row nir.body, purposes nir.purposes) RETURNS void
	LANGUAGE plpgsql STABLE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	possible nir.purposes;
BEGIN
	SELECT COALESCE(nir.purposes_union(r.purposes), '{}') INTO possible
	FROM nir.access_rule r WHERE r.body_kind = body_row.kind AND r.valid @> nir.retention_today();
	IF purposes IS NULL OR purposes = '{}' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR012',
			MESSAGE = 'a binding or grant needs at least one purpose',
			HINT = format('The law gives bodies of kind "%s" the purposes %s.', body_row.kind, possible);
	ELSIF NOT purposes <@ possible THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR012',
			MESSAGE = format('the law gives bodies of kind "%s" no access for %s', body_row.kind, purposes - possible),
			HINT = format('It gives them %s.', possible);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.require_purposes(nir.body, nir.purposes) IS 'raises unless the law gives bodies of this kind access for the purposes';

CREATE OR REPLACE FUNCTION nir.bind_role(
	role pg_catalog.regrole,
	body text,
	units nir.unit[] DEFAULT NULL,
	purposes nir.purposes DEFAULT NULL,
	valid pg_catalog.daterange DEFAULT '(,)',
	default_purpose nir.purposes DEFAULT NULL,
	default_unit nir.unit DEFAULT NULL,
	actors text DEFAULT 'none',
	token boolean DEFAULT false) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	body_row nir.body;
	kind_row nir.body_kind;
	need_case nir.purposes;
BEGIN
	PERFORM nir.require_bindable(role);
	IF pg_has_role(SESSION_USER, role, 'MEMBER')
		AND NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = SESSION_USER) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR003',
			MESSAGE = 'nobody binds a role that he can act as himself',
			HINT = 'Another administrator must do it.';
	END IF;

	body_row := nir.require_body(body);
	SELECT * INTO STRICT kind_row FROM nir.body_kind k WHERE k.code = body_row.kind;
	units := COALESCE(units, body_row.units);
	PERFORM nir.require_units(body_row, units);
	IF default_unit IS NOT NULL THEN
		PERFORM nir.require_units(body_row, ARRAY[default_unit]);
	END IF;
	PERFORM nir.require_purposes(body_row, purposes);
	SELECT COALESCE(nir.purposes_union(('{' || p.letter || '}')::nir.purposes), '{}') INTO need_case
	FROM nir.purpose p WHERE p.needs_case_ref;
	IF NOT default_purpose <@ purposes OR default_purpose && need_case OR default_purpose = '{}' THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR012',
			MESSAGE = 'the default purpose must be bound and must not need a case reference';
	END IF;
	IF actors IS NULL OR actors NOT IN ('none', 'granted') OR token IS NULL THEN
		RAISE EXCEPTION USING
			ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'actors is none or granted, and token true or false';
	ELSIF default_purpose IS NOT NULL AND (actors <> 'none' OR token) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR012',
			MESSAGE = 'a role that must name its actor or show a token has no default purpose',
			HINT = 'A default is in force without a declaration, so nobody would be named.';
	END IF;

	IF default_purpose IS NOT NULL AND default_unit IS NULL AND cardinality(units) > 1 THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR013',
			MESSAGE = 'a default for a role bound to several units needs a default unit',
			HINT = 'Without one the role would see no rows instead of an error.';
	ELSIF default_unit IS NOT NULL AND units IS NOT NULL AND NOT EXISTS (
		SELECT FROM unnest(units) u
		WHERE default_unit = u OR (nir.unit_level(u) = 'municipality' AND nir.unit_within(default_unit, u))) THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR013',
			MESSAGE = 'the default unit must be one that the role is bound to';
	END IF;

	INSERT INTO nir.role_binding AS b (role, body, units, purposes, valid, default_purpose, default_unit, actors, token, bound_by)
	VALUES (role, body, units, purposes, valid, default_purpose, default_unit, actors, token, SESSION_USER)
	ON CONFLICT ON CONSTRAINT role_binding_pkey DO UPDATE SET
		units = excluded.units, purposes = excluded.purposes, valid = excluded.valid,
		default_purpose = excluded.default_purpose, default_unit = excluded.default_unit,
		actors = excluded.actors, token = excluded.token,
		bound_by = excluded.bound_by, bound_at = now();
	IF NOT EXISTS (
		SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
		WHERE g.rolname = kind_row.group_role AND m.member = role) THEN
		EXECUTE format('GRANT %I TO %s', kind_row.group_role, role);
	END IF;
END
$$;
COMMENT ON FUNCTION nir.bind_role(pg_catalog.regrole, text, nir.unit[], nir.purposes, pg_catalog.daterange, nir.purposes, nir.unit, text, boolean) IS
	'binds a role to a body, units and purposes (R70, R80); replaces an earlier binding to the same body';

CREATE OR REPLACE FUNCTION nir.unbind_role(role pg_catalog.regrole, body text DEFAULT NULL) RETURNS integer
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	removed integer;
	group_role name;
BEGIN
	DELETE FROM nir.role_binding b
	WHERE b.role = unbind_role.role AND (unbind_role.body IS NULL OR b.body = unbind_role.body);
	GET DIAGNOSTICS removed = ROW_COUNT;
	FOR group_role IN
		SELECT k.group_role FROM nir.body_kind k
		JOIN pg_roles g ON g.rolname = k.group_role
		JOIN pg_auth_members m ON m.roleid = g.oid AND m.member = unbind_role.role
		WHERE NOT EXISTS (
			SELECT FROM nir.role_binding b JOIN nir.body o USING (body)
			WHERE b.role = unbind_role.role AND o.kind = k.code)
	LOOP
		EXECUTE format('REVOKE %I FROM %s', group_role, role);
	END LOOP;
	RETURN removed;
END
$$;
COMMENT ON FUNCTION nir.unbind_role(pg_catalog.regrole, text) IS
	'takes a role''s binding to one body, or to all, away; returns how many there were';
