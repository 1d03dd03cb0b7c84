-- test/hunt/context.sql - what the context hunt works on: two governed vendor
-- tables, every shape of query over them, and roles that may and may not.
-- Run by test/hunt/context as a superuser in a database with nir.
SET client_min_messages = warning;
CREATE ROLE hunt_super LOGIN SUPERUSER;
CREATE ROLE hunt_pool LOGIN;
CREATE ROLE hunt_oslo LOGIN;
CREATE ROLE hunt_bergen LOGIN;
CREATE ROLE hunt_imdi LOGIN;
CREATE ROLE hunt_hkdir LOGIN;
CREATE ROLE hunt_report LOGIN;
CREATE ROLE hunt_two LOGIN;
CREATE ROLE hunt_attr LOGIN;
CREATE ROLE hunt_nobody LOGIN;
CREATE ROLE hunt_desk LOGIN;
CREATE ROLE hunt_gate LOGIN;
GRANT hunt_oslo, hunt_bergen, hunt_imdi, hunt_report, hunt_two, hunt_desk, hunt_gate TO hunt_pool;

CREATE SCHEMA hunt;
GRANT USAGE ON SCHEMA hunt TO PUBLIC;
CREATE TABLE hunt.wish (id int, unit nir.unit, note nir.tagged_text(d,p), mark nir.tagged_int(p,q));
CREATE TABLE hunt.candidate (id int, unit nir.unit, note nir.tagged_text(c,p), mark nir.tagged_int(q));
SELECT count(*) FROM nir.govern('hunt.wish', 'settlement_wish', 'unit');
SELECT count(*) FROM nir.govern('hunt.candidate', 'candidate', 'unit');
INSERT INTO hunt.wish SELECT id, unit, 'n' || id, 100 + id
	FROM unnest('{0301,030101,4601,1201,460101}'::nir.unit[]) WITH ORDINALITY AS u (unit, id);
INSERT INTO hunt.candidate SELECT id, unit, 'n' || id, 100 + id
	FROM unnest('{0301,4601,030102}'::nir.unit[]) WITH ORDINALITY AS u (unit, id);

-- views, inlined and cached functions: v, s, p and what columns they read
-- (0 none tagged, 1 note, 2 mark, 3 both); d runs with its owner's rights
DO $$
DECLARE
	target text;
	n int;
	condition text;
BEGIN
	FOREACH target IN ARRAY '{wish,candidate}'::text[] LOOP
		FOR n IN 0 .. 3 LOOP
			condition := (ARRAY['true', 'note::text <> ''''', 'mark::int > 0', 'note::text <> '''' AND mark::int > 0'])[n + 1];
			EXECUTE format('CREATE VIEW hunt.%1$s_v%2$s WITH (security_invoker) AS SELECT id FROM hunt.%1$s WHERE %3$s', target, n, condition);
			EXECUTE format('CREATE FUNCTION hunt.%s_s%s() RETURNS SETOF int LANGUAGE sql STABLE AS %L',
				target, n, format('SELECT id FROM hunt.%s WHERE %s', target, condition));
			EXECUTE format('CREATE FUNCTION hunt.%s_p%s() RETURNS SETOF int LANGUAGE plpgsql STABLE AS %L',
				target, n, format('BEGIN RETURN QUERY SELECT id FROM hunt.%s WHERE %s; END', target, condition));
			EXECUTE format('GRANT SELECT ON hunt.%s_v%s TO PUBLIC', target, n);
		END LOOP;
		EXECUTE format('CREATE FUNCTION hunt.%s_super() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
			target, format('SELECT id FROM hunt.%s', target));
		EXECUTE format('CREATE FUNCTION hunt.%s_bergen() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS %L',
			target, format('SELECT id FROM hunt.%s', target));
		EXECUTE format('ALTER FUNCTION hunt.%s_bergen() OWNER TO hunt_bergen', target);
	END LOOP;
END
$$;

-- the context as one text; what nir.context() raises, it raises
CREATE FUNCTION hunt.shown() RETURNS text LANGUAGE sql STABLE AS $$
	SELECT concat_ws('|', coalesce(purposes::text, ''), coalesce(unit::text, ''), coalesce(body, ''),
		coalesce(body_kind, ''), coalesce(actor, ''), coalesce(case_ref, ''), coalesce(declared::text, ''),
		nir.has_function('shielded')::text, nir.has_function('special')::text)
	FROM nir.context()
$$;
-- begin_processing inside an exception block, undone if it shall fail
CREATE FUNCTION hunt.attempt(purpose text, unit nir.unit, actor text, case_ref text, body text, fail boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	outcome text := 'done';
BEGIN
	BEGIN
		PERFORM nir.begin_processing(purpose, unit, actor, case_ref, body);
		IF fail THEN
			PERFORM 1 / 0;
		END IF;
	EXCEPTION WHEN OTHERS THEN
		outcome := SQLSTATE;
	END;
	RETURN outcome || ' ' || hunt.shown();
END
$$;
-- begin_processing with another role's rights: the outer user's binding counts
CREATE FUNCTION hunt.declare(purpose text, unit nir.unit, actor text, case_ref text, body text) RETURNS void
	LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM nir.begin_processing(purpose, unit, actor, case_ref, body);
END
$$;
ALTER FUNCTION hunt.declare(text, nir.unit, text, text, text) OWNER TO hunt_bergen;

-- the gateway: a token as the description says, for hunt_gate
CREATE TABLE hunt.gateway AS SELECT nir.context_token_key('hunt_gate') AS key;
CREATE FUNCTION hunt.token(body text, unit text, purposes text, actor text, case_ref text, life integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	expiry text := extract(epoch FROM clock_timestamp())::bigint + life;
	nonce text := gen_random_uuid();
	message text := (SELECT string_agg(format('%s:%s,', octet_length(field), field), '' ORDER BY at)
		FROM unnest(ARRAY['nir.context_token.v1', 'hunt_gate', body, unit, purposes, actor, case_ref, expiry, nonce]) WITH ORDINALITY AS f (field, at));
BEGIN
	RETURN format('v1.%s.%s.%s', expiry, nonce, (SELECT encode(hmac(convert_to(message, 'UTF8'), key, 'sha256'), 'hex') FROM hunt.gateway));
END
$$;
