-- Actors: a role that must name a case worker acts only with a grant in force,
-- reviewed in time, and the functions granted come along.
-- covers: R80 R39
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_desk LOGIN;
CREATE ROLE regress_open LOGIN;
CREATE ROLE regress_chief LOGIN;
CREATE TABLE regress_note (id int, unit nir.unit, note nir.tagged_text(d,p));
SELECT count(*) > 0 AS governed FROM nir.govern('regress_note', 'settlement_wish', 'unit');
INSERT INTO regress_note VALUES (1, '0301', 'oslo'), (2, '030101', 'gamle oslo'), (3, '4601', 'bergen');
RESET client_min_messages;

SELECT nir.bind_role('regress_desk', '0301', purposes => '{d,p,e,k}', actors => 'granted');
SELECT nir.bind_role('regress_open', '0301', purposes => '{d,p}');
-- what cannot be: another word, a default beside it
SELECT nir.bind_role('regress_open', '0301', purposes => '{d}', actors => 'some');
SELECT nir.bind_role('regress_open', '0301', purposes => '{d}', actors => NULL);
SELECT nir.bind_role('regress_open', '0301', purposes => '{d}', default_purpose => '{d}', actors => 'granted');
SELECT nir.bind_role('regress_open', '0301', purposes => '{d}', default_purpose => '{d}', token => true);
-- no unit at all is not the whole country
SELECT nir.bind_role('regress_open', '0301', '{}', '{d}');
SELECT nir.bind_role('regress_open', '0301', ARRAY[NULL]::nir.unit[], '{d}');

-- grants: by administrators, of what the body has
GRANT nir_admin TO regress_chief;
SET SESSION AUTHORIZATION regress_chief;
SELECT nir.grant_actor('anna', '0301', '{d,p,k}', functions => '{shielded}');
SELECT nir.grant_actor('berit', '0301', '{d}', ARRAY['030101']::nir.unit[]);
SELECT nir.grant_actor('cecilie', '0301', '{d}', valid => '[2020-01-01,2021-01-01)');
SELECT nir.grant_actor('dina', '4601', '{d,p}');
SELECT nir.grant_actor('', '0301', '{d}');
SELECT nir.grant_actor(E'a\nb', '0301', '{d}');
SELECT nir.grant_actor(repeat('x', 128), '0301', '{d}');
SELECT nir.grant_actor(NULL, '0301', '{d}');
SELECT nir.grant_actor('anna', '9999', '{d}');
SELECT nir.grant_actor('anna', '0301', '{}');
SELECT nir.grant_actor('anna', '0301', '{a-x}');
SELECT nir.grant_actor('anna', '0301', '{d}', ARRAY['4601']::nir.unit[]);
SELECT nir.grant_actor('anna', '0301', '{d}', '{}');
SELECT nir.grant_actor('anna', '0301', '{d}', functions => '{everything}');
SELECT nir.grant_actor('anna', '0301', '{d}', functions => NULL);
SELECT nir.grant_actor('anna', '0301', '{d}', valid => 'empty');
SELECT actor, body, units, functions, purposes, valid, granted_by, reviewed_by FROM nir.actor_grant ORDER BY 1, 2;
-- ... and never by hand, so that nobody writes who gave it
INSERT INTO nir.actor_grant (actor, body, purposes) VALUES ('eva', '0301', '{d}');
UPDATE nir.actor_grant SET reviewed_at = now();
DELETE FROM nir.actor_grant;
INSERT INTO nir.actor_function VALUES ('everything', 9, 'x', 'x');
RESET SESSION AUTHORIZATION;

SET SESSION AUTHORIZATION regress_desk;
SELECT nir.grant_actor('eva', '0301', '{d}');
SELECT nir.revoke_actor('anna');
SELECT nir.review_actor('anna', '0301', true);
SELECT * FROM nir.actor_grant;
SELECT * FROM nir.actor_review;
SELECT code, bit FROM nir.actor_function ORDER BY bit;

-- nobody named
BEGIN; SELECT nir.begin_processing('d', '0301'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', ''); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', E' \t\u00a0\u200b'); ROLLBACK;
-- no grant in force for body, unit and every purpose: one answer for all
BEGIN; SELECT nir.begin_processing('d', '0301', 'nobody'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', 'Anna'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', 'anna '); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', 'berit'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', NULL, 'berit'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030102', 'berit'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d,p', '030101', 'berit'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', 'cecilie'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '0301', 'dina'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d,e', '0301', 'anna'); ROLLBACK;
-- and with one
BEGIN; SELECT nir.begin_processing('d', '030101', 'berit'); SELECT id, note FROM regress_note ORDER BY id; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d,p', NULL, 'anna'); SELECT id, note FROM regress_note ORDER BY id; ROLLBACK;

-- functions
SELECT nir.has_function('shielded');
BEGIN;
SELECT nir.begin_processing('d', '0301', 'anna');
SELECT nir.has_function('shielded'), nir.has_function('special'), nir.has_function(NULL) IS NULL AS of_null;
SELECT nir.has_function('shielding');
ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030101', 'berit'); SELECT nir.has_function('shielded'); ROLLBACK;
-- parallel workers have them too
BEGIN;
SELECT nir.begin_processing('d', '0301', 'anna');
SET LOCAL force_parallel_mode = on;
SELECT id FROM regress_note WHERE nir.has_function('shielded') ORDER BY id;
SELECT id FROM regress_note WHERE nir.has_function('special') ORDER BY id;
ROLLBACK;
RESET SESSION AUTHORIZATION;

-- a role that need not name a granted actor has no functions, whomever it names
SET SESSION AUTHORIZATION regress_open;
BEGIN; SELECT nir.begin_processing('d', '0301', 'anna'); SELECT nir.has_function('shielded'); ROLLBACK;
RESET SESSION AUTHORIZATION;

-- narrowing keeps the actor
SET SESSION AUTHORIZATION regress_desk;
BEGIN; SELECT nir.begin_processing('d,p', '0301', 'anna'); SELECT nir.begin_processing('d', '030101', 'anna'); SELECT nir.has_function('shielded'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030101', 'anna'); SELECT nir.begin_processing('d', '030101', 'berit'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030101', 'anna'); SELECT nir.begin_processing('d', '030101'); ROLLBACK;
RESET SESSION AUTHORIZATION;

-- what is taken away within a transaction is gone at the next statement of it
\set become 'SET LOCAL ROLE regress_desk; SELECT nir.begin_processing(''d'', ''0301'', ''anna''); SELECT count(*) FROM regress_note; RESET ROLE;'
BEGIN;
:become
SELECT nir.revoke_actor('anna', '0301');
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
ROLLBACK;
BEGIN;
:become
SELECT nir.grant_actor('anna', '0301', '{p}', functions => '{shielded}');
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
ROLLBACK;
BEGIN;
:become
SELECT nir.grant_actor('anna', '0301', '{d}');
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
ROLLBACK;
BEGIN;
:become
SELECT nir.bind_role('regress_desk', '0301', purposes => '{d,p}');
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
ROLLBACK;
-- more functions are not taken up on the way
BEGIN;
:become
SELECT nir.grant_actor('anna', '0301', '{d,p,k}', functions => '{shielded,special}');
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
SELECT nir.has_function('special');
SELECT nir.begin_processing('d', '0301', 'anna');
ROLLBACK;
-- a change that is taken back is none
BEGIN;
:become
SELECT nir.bind_role('regress_desk', '0301', purposes => '{d,p,e,k}', actors => 'granted');
SAVEPOINT s;
SELECT nir.grant_actor('anna', '0301', '{p}');
ROLLBACK TO s;
SET LOCAL ROLE regress_desk;
SELECT count(*) FROM regress_note;
ROLLBACK;

-- reviews: the list, the deadline, confirmed or withdrawn
SELECT actor, body, due_at - granted_at AS after, overdue FROM nir.actor_review ORDER BY actor;
UPDATE nir.actor_grant SET granted_at = now() - interval '365 days' WHERE actor = 'anna';
UPDATE nir.actor_grant SET granted_at = now() - interval '364 days 23 hours' WHERE actor = 'berit';
SELECT actor, overdue FROM nir.actor_review ORDER BY due_at;
SET SESSION AUTHORIZATION regress_desk;
BEGIN; SELECT nir.begin_processing('d', '0301', 'anna'); ROLLBACK;
-- whether a grant that does not cover is overdue is not told
BEGIN; SELECT nir.begin_processing('d,e', '0301', 'anna'); ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030101', 'berit'); ROLLBACK;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_chief;
SELECT nir.review_actor('anna', '0301', NULL);
SELECT nir.review_actor('anna', '4601', true);
SELECT nir.review_actor('anna', '0301', true);
SELECT nir.review_actor('berit', '0301', false);
SELECT actor, reviewed_by, overdue FROM nir.actor_review ORDER BY actor;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION regress_desk;
BEGIN; SELECT nir.begin_processing('d', '0301', 'anna'); SELECT count(*) FROM regress_note; ROLLBACK;
BEGIN; SELECT nir.begin_processing('d', '030101', 'berit'); ROLLBACK;
RESET SESSION AUTHORIZATION;
-- another grant is another decision: it is to be confirmed anew
SELECT nir.grant_actor('anna', '0301', '{d}');
SELECT reviewed_by FROM nir.actor_grant WHERE actor = 'anna';
-- the interval is the server's, nobody's own
SET nir.actor_review_interval = '10y';

-- a default is in force without a declaration: never where an actor is demanded
SELECT nir.bind_role('regress_open', '0301', purposes => '{d,p}', default_purpose => '{d}');
SET SESSION AUTHORIZATION regress_open;
SELECT purposes FROM nir.context();
RESET SESSION AUTHORIZATION;
SELECT nir.bind_role('regress_open', '4601', purposes => '{d}', actors => 'granted');
SET SESSION AUTHORIZATION regress_open;
SELECT purposes FROM nir.context();
SELECT count(*) FROM regress_note;
RESET SESSION AUTHORIZATION;
UPDATE nir.role_binding SET actors = 'granted' WHERE role = 'regress_open'::regrole AND body = '0301';
SET SESSION AUTHORIZATION regress_open;
SELECT purposes FROM nir.context();
RESET SESSION AUTHORIZATION;

-- a body whose actors have grants stays
INSERT INTO nir.body (body, kind, name, units) VALUES ('regress', 'municipality', 'x', ARRAY['0301']::nir.unit[]);
SELECT nir.grant_actor('anna', 'regress', '{d}');
DELETE FROM nir.body WHERE body = 'regress';
SELECT nir.revoke_actor('anna', 'regress');
DELETE FROM nir.body WHERE body = 'regress';

SELECT nir.revoke_actor(actor) FROM (SELECT DISTINCT actor FROM nir.actor_grant) a;
SELECT nir.revoke_actor('anna');
SELECT nir.unbind_role('regress_desk'), nir.unbind_role('regress_open');
DROP TABLE regress_note;
DROP ROLE regress_desk, regress_open, regress_chief;
