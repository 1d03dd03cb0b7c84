-- run by CREATE EXTENSION or ALTER EXTENSION only
\echo Use "CREATE EXTENSION nir CASCADE" to load this file. \quit

-- nothing below may resolve to what somebody planted in another schema
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;
