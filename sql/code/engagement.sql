/*
 * sql/code/engagement.sql
 *
 * Private providers.  An administrator makes the engagement; whoever acts for
 * the principal then assigns persons to it (sql/register).  It ends by itself
 * on its last day.
 */
CREATE OR REPLACE FUNCTION nir.engage(
	provider text,
	principal text,
	unit nir.unit,
	purposes nir.purposes,
	tasks text,
	valid pg_catalog.daterange,
	agreement_ref text,
	special text[] DEFAULT '{}') RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
	provider_body nir.body;
	principal_body nir.body;
	possible nir.purposes;
	wrong text;
	hint text;
	made bigint;
BEGIN
	IF num_nulls(provider, principal, unit, purposes, tasks, valid, agreement_ref, special) > 0 THEN
		RAISE EXCEPTION USING
			ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'provider, principal, unit, purposes, tasks, period and agreement must be given';
	END IF;
	SELECT b.* INTO provider_body FROM nir.body b JOIN nir.body_kind k ON k.code = b.kind
	WHERE b.body = engage.provider AND b.valid @> CURRENT_DATE AND k.reach = 'engaged' AND k.active;
	SELECT b.* INTO principal_body FROM nir.body b JOIN nir.body_kind k ON k.code = b.kind
	WHERE b.body = engage.principal AND b.valid @> CURRENT_DATE AND k.reach = 'unit' AND k.active AND NOT k.internal
		AND b.units IS NOT NULL;
	-- what both may: a provider has no more than who engages it
	SELECT COALESCE(nir.purposes_union(r.purposes) FILTER (WHERE r.body_kind = provider_body.kind), '{}')
		& COALESCE(nir.purposes_union(r.purposes) FILTER (WHERE r.body_kind = principal_body.kind), '{}') INTO possible
	FROM nir.access_rule r WHERE r.valid @> CURRENT_DATE;
	IF provider_body.body IS NULL OR provider_body.orgnr IS NULL THEN
		wrong := format('"%s" is no provider with an organisation number', provider);
		hint := 'Add a row of nir.body of a kind that acts by engagement, with orgnr.';
	ELSIF principal_body.body IS NULL THEN
		wrong := format('"%s" is no municipality or county', principal);
		hint := 'The principal is a body that answers for units of its own.';
	ELSIF NOT EXISTS (SELECT FROM nir.unit_code c, unnest(principal_body.units) u
		WHERE c.code = unit AND c.valid @> CURRENT_DATE
			AND (unit = u OR nir.unit_level(u) = 'municipality' AND nir.unit_within(unit, u))) THEN
		wrong := format('unit %s is not one that "%s" answers for today', unit, principal);
		hint := 'Name the number of the municipality, of one of its districts, or of the county.';
	ELSIF purposes = '{}' OR NOT purposes <@ possible THEN
		wrong := format('the law lets a provider act for "%s" under %s, not under %s', principal, possible, purposes - possible);
		hint := 'Name the purposes of its tasks.';
	ELSIF isempty(valid) OR lower_inf(valid) OR upper_inf(valid) OR upper(valid) <= CURRENT_DATE THEN
		wrong := 'an engagement has a first and a last day, and the last is not past';
		hint := 'A longer one is another engagement, by another agreement.';
	ELSIF EXISTS (SELECT FROM unnest(special) s
		WHERE NOT EXISTS (SELECT FROM nir.category c JOIN nir.access_rule r ON r.category = c.code AND r.body_kind = provider_body.kind
			WHERE c.code = s AND c.special IS NOT NULL)) THEN
		wrong := 'what an engagement names as special must be special categories that the law opens to providers';
		hint := 'nir.category lists them, nir.access_rule which a provider may have.';
	END IF;
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'NR086', MESSAGE = wrong, HINT = hint;
	END IF;
	INSERT INTO nir.engagement (provider, principal, unit, purposes, special, tasks, agreement_ref, valid)
	VALUES (provider, principal, unit, purposes, special, btrim(tasks), btrim(agreement_ref), valid)
	RETURNING engagement_id INTO made;
	RETURN made;
END
$$;
COMMENT ON FUNCTION nir.engage(text, text, nir.unit, nir.purposes, text, pg_catalog.daterange, text, text[]) IS
	'lets a private provider act for a municipality or county, about the persons assigned to it, until its last day (IL §§ 41 (4), 42 (3), 43 (1); R74); returns the engagement''s key';

CREATE OR REPLACE FUNCTION nir.end_engagement(engagement_id bigint, until date DEFAULT CURRENT_DATE) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
	SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
	IF until IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'the last day must be given';
	END IF;
	-- an earlier end only: more time is another engagement
	UPDATE nir.engagement e SET
		valid = e.valid * daterange(NULL, end_engagement.until, '[]'),
		ended_by = SESSION_USER, ended_at = now()
	WHERE e.engagement_id = end_engagement.engagement_id AND e.valid @> end_engagement.until + 1
		OR e.engagement_id = end_engagement.engagement_id AND end_engagement.until < lower(e.valid);
	IF NOT FOUND THEN
		RAISE EXCEPTION USING
			ERRCODE = 'NR086',
			MESSAGE = 'there is no such engagement that would end earlier by this',
			HINT = 'nir.engagement lists them; the last day can be brought forward, not put off.';
	END IF;
END
$$;
COMMENT ON FUNCTION nir.end_engagement(bigint, date) IS
	'ends an engagement after the given day, today if none is given; one that has not begun is called off (R74)';
