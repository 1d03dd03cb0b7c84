-- The functions of test/hunt/types_drive.c and what its harnesses look for;
-- :'library' is the file they were built into.
CREATE FUNCTION types_try(harness text, input bytea) RETURNS void LANGUAGE c STRICT AS :'library';
CREATE FUNCTION types_noise(harness text, corpus bytea[], seed bigint, inputs integer) RETURNS integer LANGUAGE c STRICT AS :'library';
CREATE FUNCTION types_fuzz(harness text, options text[]) RETURNS void LANGUAGE c STRICT AS :'library';
-- equal without equal bytes
CREATE COLLATION types_loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
