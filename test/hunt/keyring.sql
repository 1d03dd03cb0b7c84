-- test/hunt/keyring.sql - the cluster gets a keyring if it has none yet.
DO $$
BEGIN
	PERFORM nir.create_keyring();
EXCEPTION WHEN OTHERS THEN
	PERFORM count(*) FROM nir.keyring_status;
END
$$;
