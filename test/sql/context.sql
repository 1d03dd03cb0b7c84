-- The context: who may declare what, how it ends, and that nothing but
-- nir.begin_processing can make, change or keep one.
-- covers: R45 R46 R48 R70
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_oslo, regress_imdi, regress_nobody, regress_two, regress_report;
CREATE ROLE regress_oslo LOGIN;
CREATE ROLE regress_imdi LOGIN;
CREATE ROLE regress_nobody LOGIN;
CREATE ROLE regress_two LOGIN;
CREATE ROLE regress_report LOGIN;
CREATE ROLE regress_super LOGIN SUPERUSER;
CREATE ROLE regress_noinherit LOGIN NOINHERIT;
RESET client_min_messages;

-- bindings: what can be bound
SELECT nir.bind_role('regress_oslo', '0301', purposes => '{b,c,d,m}');
SELECT nir.bind_role('regress_oslo', '0301', purposes => '{b,c,d,e}');
SELECT nir.bind_role('regress_imdi', 'imdi', purposes => '{b,d,e}');
SELECT nir.bind_role('regress_two', '0301', purposes => '{b,d}');
SELECT nir.bind_role('regress_two', '4601', purposes => '{b}');
SELECT nir.bind_role('regress_report', '0301', purposes => '{b,d}', default_purpose => '{b}');
SELECT nir.bind_role('regress_nobody', '9999', purposes => '{b}');
SELECT nir.bind_role('regress_nobody', '0301');
SELECT nir.bind_role('regress_nobody', '0301', ARRAY['4601']::nir.unit[], '{b}');
SELECT nir.bind_role('regress_nobody', '0301', ARRAY['1601']::nir.unit[], '{b}');
SELECT nir.bind_role('regress_nobody', '0301', purposes => '{b,f}', default_purpose => '{f}');
SELECT nir.bind_role('regress_super', '0301', purposes => '{b}');
SELECT nir.bind_role('regress_noinherit', '0301', purposes => '{b}');
SELECT nir.bind_role('nir_admin', '0301', purposes => '{b}');
-- a default names its unit where there are several
SELECT nir.bind_role('regress_nobody', '0301', ARRAY['030101', '030102']::nir.unit[], '{b}', default_purpose => '{b}');
SELECT nir.bind_role('regress_nobody', '0301', ARRAY['030101', '030102']::nir.unit[], '{b}', default_purpose => '{b}', default_unit => '030103');
SELECT role, body, units, purposes, default_purpose FROM nir.role_binding ORDER BY 1, 2;

-- only administrators bind
SET ROLE regress_oslo;
SELECT nir.bind_role('regress_oslo', '0301', purposes => '{b}');
SELECT * FROM nir.role_binding;
RESET ROLE;

SET SESSION AUTHORIZATION regress_oslo;
-- outside a transaction block it would end at once
SELECT nir.begin_processing('b', '0301');
-- but a function or a DO block is a transaction of its own
DO $$
BEGIN
	PERFORM nir.begin_processing('b', '0301');
	RAISE NOTICE 'in the block: %', (SELECT purposes FROM nir.context());
END
$$;
SELECT * FROM nir.context();
BEGIN;
SELECT nir.begin_processing('qualification', '0301', 'case worker 7', 'case 12');
SELECT * FROM nir.context();
SELECT nir.current_unit(), nir.current_body(), nir.current_actor(), nir.acts_as('municipality'), nir.acts_as('imdi');
COMMIT;
SELECT * FROM nir.context();
SELECT nir.current_unit();

-- what may be declared
BEGIN; SELECT nir.begin_processing(NULL); ROLLBACK;
BEGIN; SELECT nir.begin_processing('', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('nonsense', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b,', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('z', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('u', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('r', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('arch', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('h', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '4601'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '9999'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '1601'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '03'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '030101'); SELECT unit FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b'); SELECT unit FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', repeat('x', 128)); ROLLBACK;
BEGIN; SELECT nir.begin_processing(' qualification , d ', '0301'); SELECT purposes FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('{b-e}', '0301'); SELECT purposes FROM nir.context(); ROLLBACK;

-- later calls narrow, and a savepoint takes the narrowing back
BEGIN;
SELECT nir.begin_processing('b,d', '0301');
SAVEPOINT s;
SELECT nir.begin_processing('d', '030101');
SELECT purposes, unit FROM nir.context();
SELECT nir.begin_processing('b', '030101');
ROLLBACK TO s;
SELECT purposes, unit FROM nir.context();
SELECT nir.begin_processing('b,d,e', '0301');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b,d', '030101');
SELECT nir.begin_processing('b', '0301');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'anna', 'case 1');
SELECT nir.begin_processing('b', '0301', 'berit', 'case 1');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'anna', 'case 1');
SELECT nir.begin_processing('b', '0301', 'anna');
ROLLBACK;
-- released savepoints keep it, exception blocks take it back
BEGIN;
SAVEPOINT s;
SELECT nir.begin_processing('b', '0301');
RELEASE s;
SELECT purposes FROM nir.context();
ROLLBACK;
BEGIN;
DO $$
BEGIN
	PERFORM nir.begin_processing('b', '0301');
	RAISE EXCEPTION 'undone';
EXCEPTION WHEN OTHERS THEN
	NULL;
END
$$;
SELECT purposes FROM nir.context();
ROLLBACK;

-- nothing else sets it
SET nir.context = 'x';
SET LOCAL nir.context = '';
SELECT set_config('nir.context', '', false);
RESET nir.context;
-- nor is there room for a setting that somebody could take for it
SET nir.purpose = 'b';
SELECT set_config('nir.broken_glass', 'x', true);
BEGIN;
SELECT nir.begin_processing('b', '0301');
RESET ALL;
DISCARD PLANS;
SELECT purposes FROM nir.context();
COMMIT;
DISCARD ALL;
SHOW nir.context;
RESET SESSION AUTHORIZATION;
-- not a superuser either, nor a function's or a role's setting, nor a grant
SET nir.context = '16384|2|0|30333031|6d|-|-';
ALTER ROLE regress_oslo SET nir.context = '1|2|3|||';
CREATE FUNCTION regress_sets() RETURNS int LANGUAGE sql SET nir.context = '1|2|3|30333031|6d||' AS 'SELECT 1';
GRANT SET ON PARAMETER nir.context TO regress_oslo;
SET SESSION AUTHORIZATION regress_oslo;
SET nir.context = '16384|2|0|30333031|6d|-|-';
RESET SESSION AUTHORIZATION;
REVOKE SET ON PARAMETER nir.context FROM regress_oslo;

-- the context belongs to the role that declared it
GRANT regress_imdi TO regress_oslo;
SET SESSION AUTHORIZATION regress_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SET LOCAL ROLE regress_imdi;
SELECT nir.current_unit();
ROLLBACK;
BEGIN;
SET LOCAL ROLE regress_imdi;
SELECT nir.begin_processing('b');
SELECT body, body_kind, unit FROM nir.context();
ROLLBACK;
RESET SESSION AUTHORIZATION;
REVOKE regress_imdi FROM regress_oslo;
-- SECURITY DEFINER changes the current user, not the outer one
CREATE FUNCTION regress_definer() RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
	AS $$ SELECT body FROM nir.context() $$;
SET SESSION AUTHORIZATION regress_oslo;
BEGIN; SELECT nir.begin_processing('b', '0301'); SELECT regress_definer(); COMMIT;
RESET SESSION AUTHORIZATION;
DROP FUNCTION regress_definer();

-- unbound, and bound twice
SET SESSION AUTHORIZATION regress_nobody;
BEGIN; SELECT nir.begin_processing('b', '0301'); ROLLBACK;
SELECT nir.acts_as('municipality');
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_two;
BEGIN; SELECT nir.begin_processing('b'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '4601'); SELECT body FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d'); SELECT body FROM nir.context(); ROLLBACK;
RESET SESSION AUTHORIZATION;

-- a default needs no declaration, a declaration replaces it
SET SESSION AUTHORIZATION regress_report;
SELECT * FROM nir.context();
SELECT nir.current_unit();
BEGIN; SELECT nir.begin_processing('d'); SELECT purposes, declared FROM nir.context(); COMMIT;
SELECT purposes, declared FROM nir.context();
RESET SESSION AUTHORIZATION;
-- and ends when the binding does, in a session that has it cached
SET ROLE regress_report;
SELECT purposes FROM nir.context();
RESET ROLE;
SELECT nir.bind_role('regress_report', '0301', purposes => '{b,d}', valid => daterange(NULL, CURRENT_DATE), default_purpose => '{b}');
SET ROLE regress_report;
SELECT purposes FROM nir.context();
BEGIN; SELECT nir.begin_processing('b'); ROLLBACK;
RESET ROLE;

-- two defaults are no choice; a body can be named, among one's own
SELECT nir.bind_role('regress_report', '0301', purposes => '{b,d}', default_purpose => '{b}');
SELECT nir.bind_role('regress_report', 'imdi', purposes => '{b,d}');
SET SESSION AUTHORIZATION regress_report;
SELECT purposes, body FROM nir.context();
BEGIN; SELECT nir.begin_processing('b', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', body => '0301'); SELECT body, unit FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', body => 'imdi'); SELECT body, unit FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', body => 'imdi'); SELECT body, unit FROM nir.context(); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '4601', body => '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', body => 'hkdir'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', body => 'no such body'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b', '0301', body => repeat('x', 64)); ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', body => '0301');
SELECT nir.begin_processing('b', '0301', body => 'imdi');
ROLLBACK;
RESET SESSION AUTHORIZATION;
SELECT nir.bind_role('regress_report', 'imdi', purposes => '{b,d}', default_purpose => '{d}');
SET SESSION AUTHORIZATION regress_report;
SELECT purposes, body FROM nir.context();
RESET SESSION AUTHORIZATION;
SELECT nir.unbind_role('regress_report', 'imdi');
-- a default is a purpose that is in force and needs no case, whoever wrote it
SET SESSION AUTHORIZATION regress_report;
SELECT purposes FROM nir.context();
RESET SESSION AUTHORIZATION;
BEGIN;
UPDATE nir.purpose SET enabled = false WHERE letter = 'b';
SET LOCAL SESSION AUTHORIZATION regress_report;
SELECT purposes FROM nir.context();
ROLLBACK;
BEGIN;
UPDATE nir.role_binding SET purposes = '{f,r}', default_purpose = '{f}' WHERE role = 'regress_report'::regrole;
SET LOCAL SESSION AUTHORIZATION regress_report;
SELECT purposes FROM nir.context();
ROLLBACK;
BEGIN;
UPDATE nir.role_binding SET purposes = '{f,r}', default_purpose = '{r}' WHERE role = 'regress_report'::regrole;
SET LOCAL SESSION AUTHORIZATION regress_report;
SELECT purposes FROM nir.context();
ROLLBACK;
-- what was declared ends when its purpose does
BEGIN;
SET LOCAL ROLE regress_report;
SELECT nir.begin_processing('b');
SELECT nir.current_body();
RESET ROLE;
UPDATE nir.purpose SET enabled = false WHERE letter = 'b';
SET LOCAL ROLE regress_report;
SELECT nir.current_body();
ROLLBACK;

-- the unit numbers a body answers for: itself, its districts, its predecessors
SET SESSION AUTHORIZATION regress_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301');
SELECT cardinality(nir.unit_scope('municipality')) > 1 AS with_districts,
	'030101' = ANY (nir.unit_scope('municipality')) AS district,
	'4601' = ANY (nir.unit_scope('municipality')) AS bergen,
	nir.unit_scope('county') AS other_kind;
COMMIT;
RESET SESSION AUTHORIZATION;
SELECT nir.bind_role('regress_nobody', '3101', purposes => '{b}');
SET SESSION AUTHORIZATION regress_nobody;
BEGIN;
SELECT nir.begin_processing('b');
SELECT nir.unit_scope('municipality');
COMMIT;
RESET SESSION AUTHORIZATION;

-- a county is not its municipalities
SELECT nir.unbind_role('regress_nobody');
SELECT nir.bind_role('regress_nobody', '46', ARRAY['4601']::nir.unit[], '{b}');
SELECT nir.bind_role('regress_nobody', '46', purposes => '{b}');
SET SESSION AUTHORIZATION regress_nobody;
BEGIN; SELECT nir.begin_processing('b', '4601'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('b'); SELECT nir.unit_scope('county'), nir.unit_scope('municipality'); COMMIT;
RESET SESSION AUTHORIZATION;

-- PREPARE TRANSACTION and ROLLBACK end it too
SET SESSION AUTHORIZATION regress_oslo;
BEGIN; SELECT nir.begin_processing('b', '0301'); ROLLBACK; SELECT purposes FROM nir.context();
BEGIN; SELECT nir.begin_processing('b', '0301'); PREPARE TRANSACTION 'regress_context'; SELECT purposes FROM nir.context();
COMMIT PREPARED 'regress_context';
SELECT purposes FROM nir.context();
RESET SESSION AUTHORIZATION;

-- an administrator adds to the law data, and changes nothing that was shipped
GRANT nir_admin TO regress_imdi;
SET ROLE regress_imdi;
UPDATE nir.access_rule SET purposes = '{a-x}';
DELETE FROM nir.category WHERE code = 'answer';
UPDATE nir.purpose SET needs_case_ref = false WHERE letter = 'f';
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation, builtin)
	VALUES ('answer', 'municipality', 'select', 'state', '{c}', '(,)', 'none', true);
INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation)
	VALUES ('answer', 'municipality', 'select', 'own', '{c}', '(,)', 'a local rule');
DELETE FROM nir.access_rule WHERE citation = 'a local rule';
RESET ROLE;
-- and binds others, not himself
SET SESSION AUTHORIZATION regress_imdi;
SELECT nir.bind_role('regress_imdi', 'imdi', purposes => '{b,d,e,g}');
SELECT nir.bind_role('regress_nobody', '4601', purposes => '{b}');
RESET SESSION AUTHORIZATION;
REVOKE nir_admin FROM regress_imdi;

-- unbinding takes the membership along
SELECT nir.unbind_role('regress_two', '4601');
SELECT pg_has_role('regress_two', 'nir_municipality', 'member');
SELECT nir.unbind_role('regress_two');
SELECT pg_has_role('regress_two', 'nir_municipality', 'member');
SELECT nir.unbind_role('regress_oslo'), nir.unbind_role('regress_imdi'), nir.unbind_role('regress_nobody'), nir.unbind_role('regress_report');
DROP ROLE regress_oslo, regress_imdi, regress_nobody, regress_two, regress_report, regress_super, regress_noinherit;
