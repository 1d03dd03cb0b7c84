-- Group roles.  They are the cluster's, so another database's nir may have
-- made them already; what must not be is a role of this name that somebody
-- can log in as, or that has powers of its own.
DO $roles$
DECLARE
	role_name name;
	existing pg_catalog.pg_roles;
BEGIN
	FOREACH role_name IN ARRAY ARRAY[
		'nir_imdi', 'nir_hkdir', 'nir_municipality', 'nir_county',
		'nir_state_governor', 'nir_immigration', 'nir_provider', 'nir_verifier', 'nir_portal', 'nir_dpo',
		'nir_operator', 'nir_retention', 'nir_worker', 'nir_admin', 'nir_owner']::name[]
	LOOP
		SELECT * INTO existing FROM pg_catalog.pg_roles WHERE rolname = role_name;
		IF NOT FOUND THEN
			EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', role_name);
		ELSIF existing.rolcanlogin OR existing.rolsuper OR existing.rolcreaterole
			OR existing.rolcreatedb OR existing.rolreplication OR existing.rolbypassrls THEN
			RAISE EXCEPTION USING
				ERRCODE = 'NR003',
				MESSAGE = pg_catalog.format('role "%s" exists and can log in or is privileged', role_name),
				DETAIL = 'nir gives this name rights over personal data.',
				HINT = pg_catalog.format('Rename that role, or make it plain with ALTER ROLE %I NOLOGIN and without attributes.', role_name);
		END IF;
		EXECUTE pg_catalog.format('COMMENT ON ROLE %I IS %L', role_name, 'group role of extension nir');
	END LOOP;
END
$roles$;
