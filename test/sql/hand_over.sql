-- Handing persons over: a move, a merge, a municipality that was split, a
-- family in two municipalities; what the receiver sees and what it does not;
-- and what a hand-over does not tell.
-- covers: R71 R83 R119 R290
SET datestyle = ISO;
SET timezone = 'Europe/Oslo';
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP ROLE IF EXISTS regress_h_oslo, regress_h_bergen, regress_h_alesund, regress_h_haram, regress_h_oygarden, regress_h_county, regress_h_imdi;
CREATE ROLE regress_h_oslo LOGIN;
CREATE ROLE regress_h_bergen LOGIN;
CREATE ROLE regress_h_alesund LOGIN;
CREATE ROLE regress_h_haram LOGIN;
CREATE ROLE regress_h_oygarden LOGIN;
CREATE ROLE regress_h_county LOGIN;
CREATE ROLE regress_h_imdi LOGIN;
SELECT nir.bind_role('regress_h_oslo', '0301', purposes => '{b,d,p}');
SELECT nir.bind_role('regress_h_bergen', '4601', purposes => '{b,d,p}');
SELECT nir.bind_role('regress_h_alesund', '1508', purposes => '{b,d}');
SELECT nir.bind_role('regress_h_haram', '1580', purposes => '{b,d}');
SELECT nir.bind_role('regress_h_oygarden', '4626', purposes => '{b,d}');
SELECT nir.bind_role('regress_h_county', '46', purposes => '{b}');
SELECT nir.bind_role('regress_h_imdi', 'imdi', purposes => '{b,d,p}');
SELECT nir.create_register('regress_hand');
RESET client_min_messages;

-- ---- Oslo has two persons, one with a programme and a wish for settlement ----
SET SESSION AUTHORIZATION regress_h_oslo;
SET search_path = regress_hand, public;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT register_person('1990-02-03', '2', 'Moved', 'Prøve', duf => '201017238203') AS moved \gset
SELECT register_person('1991-02-03', '1', 'Stays', 'Prøve', duf => '202000000003', kind => 'settled') AS stays \gset
INSERT INTO intro_programme (person_id, unit, right_category, offered_on)
VALUES (:moved, '0301', 'right_and_duty', '2026-02-01') RETURNING intro_programme_id AS programme \gset
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on) VALUES (:programme, :moved, '0301', '2026-03-01');
COMMIT;
BEGIN;
SELECT nir.begin_processing('d', '0301', 'case worker');
INSERT INTO settlement (person_id, unit, case_opened_on) VALUES (:moved, '0301', '2026-01-01') RETURNING settlement_id AS settlement \gset
INSERT INTO settlement_wish (settlement_id, person_id, unit, wished_unit) VALUES (:settlement, :moved, '0301', '0301');
COMMIT;
-- as if they had been there for a while
RESET SESSION AUTHORIZATION;
UPDATE connection SET valid = daterange(CURRENT_DATE - 200, NULL);

-- ---- what is no hand-over ----
SET SESSION AUTHORIZATION regress_h_oslo;
SELECT hand_over(:moved, '4601', CURRENT_DATE, 'case 1');
BEGIN;
SELECT nir.begin_processing('p', '0301', 'case worker', 'case 1');
SELECT hand_over(:moved, '4601', CURRENT_DATE, 'case 1');
ROLLBACK;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
\set ON_ERROR_ROLLBACK on
SELECT hand_over(:moved, '4601', CURRENT_DATE, ' ');
SELECT hand_over(:moved, '4601', CURRENT_DATE, NULL);
SELECT hand_over(:moved, NULL, CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '4601', NULL, 'case 1');
SELECT hand_over(:moved, '4601', CURRENT_DATE + 1, 'case 1');
SELECT hand_over(:moved, '4601', CURRENT_DATE - 201, 'case 1');
SELECT hand_over(:moved, '4601', CURRENT_DATE, 'case 1', 'no such kind');
-- to oneself: the city, and a district of it
SELECT hand_over(:moved, '0301', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '030101', CURRENT_DATE, 'case 1');
-- to a number that was never, is no more (two), is a county, is a district without administration
SELECT hand_over(:moved, '9998', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '1201', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '1507', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '46', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '110301', CURRENT_DATE, 'case 1');
-- of nobody, of another's: the same words
SELECT hand_over(-1, '4601', CURRENT_DATE, 'case 1');
SELECT hand_over(NULL, '4601', CURRENT_DATE, 'case 1');
-- past the functions: nothing is written by hand
INSERT INTO person_hand_over (person_id, unit, to_unit, on_date, ground) VALUES (:moved, '0301', '4601', CURRENT_DATE, 'x');
UPDATE connection SET unit = '4601';
SELECT move_connection(:moved, '{0301}', '0301', '4601', CURRENT_DATE, 'x', NULL);
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
SELECT hand_over(:moved, '1508', CURRENT_DATE, 'case 1');
ROLLBACK;
-- a county hands over those it guides, and to a county
SET SESSION AUTHORIZATION regress_h_county;
BEGIN;
SELECT nir.begin_processing('b', '46', 'adviser');
SELECT find_or_connect(duf => '201017238203', ground => 'guidance 1') = :moved AS found;
\set ON_ERROR_ROLLBACK on
SELECT hand_over(:moved, '4601', CURRENT_DATE, 'case 1');
SELECT hand_over(:moved, '11', CURRENT_DATE, 'guidance 1') IS NOT NULL AS handed_over;
\set ON_ERROR_ROLLBACK off
SELECT unit, kind, upper_inf(valid) AS open FROM connection ORDER BY connection_id;
ROLLBACK;

-- ---- the move ----
SET SESSION AUTHORIZATION regress_h_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT hand_over(:moved, '4601', CURRENT_DATE - 10, 'case 1') AS record \gset
-- sent again: the same, and nothing happens
SELECT hand_over(:moved, '4601', CURRENT_DATE - 10, 'case 1 again') = :record AS the_same;
SELECT kind, unit, CURRENT_DATE - lower(valid) AS "from", CURRENT_DATE - upper(valid) AS until FROM connection WHERE person_id = :moved ORDER BY connection_id;
SELECT unit, to_unit, CURRENT_DATE - on_date AS days_ago, ground, registered_by FROM person_hand_over;
COMMIT;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
-- the same again; to another is too late, in the words for a stranger
SELECT hand_over(:moved, '4601', CURRENT_DATE - 10, 'case 1') = :record AS the_same;
\set ON_ERROR_ROLLBACK on
SELECT hand_over(:moved, '4601', CURRENT_DATE - 9, 'case 1');
SELECT hand_over(:moved, '1508', CURRENT_DATE - 10, 'case 1');
\set ON_ERROR_ROLLBACK off
-- its own period stays Oslo's; the person herself it sees no more
SELECT unit, offered_on FROM intro_programme;
SELECT unit, started_on FROM programme_period;
SELECT family_name, given_name FROM person_name ORDER BY 2;
SELECT count(*) AS handed_over FROM person_hand_over;
COMMIT;
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
-- what the scheme needs to go on
SELECT given_name FROM person_name;
SELECT unit, offered_on FROM intro_programme;
SELECT unit, started_on FROM programme_period;
SELECT unit, kind, basis FROM connection;
SELECT unit, to_unit FROM person_hand_over;
-- one programme at a time, whichever municipality (R119): Oslo's period must end first
\set ON_ERROR_ROLLBACK on
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on) VALUES (:programme, :moved, '4601', '2026-06-01');
UPDATE programme_period SET stopped_on = '2026-05-31', stop_kind = 'temporary';
UPDATE intro_programme SET claimed_on = '2026-06-01';
\set ON_ERROR_ROLLBACK off
COMMIT;
SET SESSION AUTHORIZATION regress_h_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
UPDATE programme_period SET stopped_on = '2026-05-31', stop_kind = 'temporary';
COMMIT;
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on) VALUES (:programme, :moved, '4601', '2026-06-01');
SELECT unit, started_on, stopped_on FROM programme_period ORDER BY started_on;
COMMIT;
BEGIN;
SELECT nir.begin_processing('d', '4601', 'case worker');
-- a settlement belongs to the scheme; a wish is the former municipality's own
SELECT unit, case_opened_on FROM settlement;
SELECT count(*) AS wishes FROM settlement_wish;
COMMIT;
SET SESSION AUTHORIZATION regress_h_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
-- of what is written now Oslo sees nothing
SELECT unit, started_on FROM programme_period;
COMMIT;
BEGIN;
SELECT nir.begin_processing('d', '0301', 'case worker');
SELECT count(*) AS wishes FROM settlement_wish;
COMMIT;

-- ---- the receiver is no oracle: connected already or not, the answer is the same ----
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT hand_over(:stays, '4601', CURRENT_DATE, 'case 2') IS NOT NULL AS handed_over;
ROLLBACK;
RESET SESSION AUTHORIZATION;
INSERT INTO connection (person_id, unit, kind, basis, registered_by) VALUES (:stays, '4601', 'registered_resident', 'own', 'test');
SET SESSION AUTHORIZATION regress_h_oslo;
BEGIN;
SELECT nir.begin_processing('b', '0301', 'case worker');
SELECT hand_over(:stays, '4601', CURRENT_DATE, 'case 2') IS NOT NULL AS handed_over;
ROLLBACK;

-- ---- a family in two municipalities: both see the person, each its own (R83) ----
BEGIN;
SELECT nir.begin_processing('d', '0301', 'case worker');
INSERT INTO settlement (person_id, unit, case_opened_on) VALUES (:stays, '0301', '2026-01-01') RETURNING settlement_id AS oslos \gset
INSERT INTO settlement_wish (settlement_id, person_id, unit, wished_unit) VALUES (:oslos, :stays, '0301', '0301');
COMMIT;
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('d', '4601', 'case worker');
INSERT INTO settlement (person_id, unit, case_opened_on) VALUES (:stays, '4601', '2026-01-02') RETURNING settlement_id AS bergens \gset
INSERT INTO settlement_wish (settlement_id, person_id, unit, wished_unit) VALUES (:bergens, :stays, '4601', '4601');
SELECT given_name FROM person_name WHERE person_id = :stays;
SELECT unit, wished_unit FROM settlement_wish WHERE person_id = :stays;
COMMIT;
SET SESSION AUTHORIZATION regress_h_oslo;
BEGIN;
SELECT nir.begin_processing('d', '0301', 'case worker');
SELECT given_name FROM person_name WHERE person_id = :stays;
SELECT unit, wished_unit FROM settlement_wish WHERE person_id = :stays;
-- one of them hands over to the other: the other's connection goes on as it was
SELECT hand_over(:stays, '4601', CURRENT_DATE, 'case 3') IS NOT NULL AS handed_over;
COMMIT;
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('d', '4601', 'case worker');
SELECT unit, kind, basis, upper_inf(valid) AS open FROM connection WHERE person_id = :stays;
COMMIT;

-- ---- merged: the successor answers for the number; split: nobody, until handed over ----
RESET SESSION AUTHORIZATION;
INSERT INTO person (birth_date, source_code, registered_by)
SELECT '1980-01-01', 'municipality', 'test' FROM generate_series(1, 4);
SELECT array_agg(person_id ORDER BY person_id) AS old FROM person WHERE registered_by = 'test' \gset
INSERT INTO connection (person_id, unit, kind, valid, basis, registered_by)
SELECT p, CASE WHEN i <= 3 THEN '1507' ELSE '1246' END::nir.unit, 'settled', '[2021-05-01,)', 'old', 'test'
FROM unnest(:'old'::bigint[]) WITH ORDINALITY AS t(p, i);
SET SESSION AUTHORIZATION regress_h_bergen;
BEGIN;
SELECT nir.begin_processing('b', '4601', 'case worker');
\set ON_ERROR_ROLLBACK on
-- not with a number that somebody else answers for, and not everybody at once
SELECT hand_over_all('1507', '1508', '2024-01-01', 'reform', :'old');
SELECT hand_over_all('1246', '1508', '2024-01-01', 'reform');
SELECT hand_over_all('4601', '1508', '2024-01-01', 'reform');
SELECT hand_over_all('4601', '1508', CURRENT_DATE, 'list', :'old');
-- a list, whole or not at all
SELECT hand_over_all('4601', '1508', CURRENT_DATE, 'list', ARRAY[:moved, -1]);
SELECT hand_over_all('4601', '1508', CURRENT_DATE, 'list', ARRAY[:moved, :moved, :stays]) AS handed_over;
SELECT hand_over_all('4601', '1508', CURRENT_DATE, 'list', ARRAY[:moved, :stays]) AS handed_over_again;
SELECT count(*) AS persons FROM person;
\set ON_ERROR_ROLLBACK off
ROLLBACK;
SET SESSION AUTHORIZATION regress_h_oygarden;
BEGIN;
SELECT nir.begin_processing('b', '4626', 'case worker');
SELECT count(*) AS inherited FROM person;
-- a successor hands over what it inherited, under its own number
SELECT hand_over((:'old'::bigint[])[4], '4601', CURRENT_DATE, 'case 4') IS NOT NULL AS handed_over;
SELECT h.unit, c.unit, c.valid = daterange('2021-05-01', CURRENT_DATE) AS ended FROM person_hand_over AS h JOIN connection AS c USING (person_id);
ROLLBACK;
SET SESSION AUTHORIZATION regress_h_alesund;
BEGIN;
SELECT nir.begin_processing('b', '1508', 'case worker');
SELECT count(*) AS inherited FROM person;
SELECT hand_over_all('1507', '1508', '2024-01-01', 'mine', :'old');
ROLLBACK;
SET SESSION AUTHORIZATION regress_h_imdi;
BEGIN;
SELECT nir.begin_processing('b', NULL, 'adviser');
\set ON_ERROR_ROLLBACK on
-- not before it was split, nor of a municipality that is whole
SELECT hand_over_all('1507', '1508', '2023-12-31', 'reform');
SELECT hand_over_all('4601', '1508', CURRENT_DATE, 'reform');
SELECT hand_over_all('1507', '1534', '2024-01-01', 'reform');
SELECT hand_over_all('1507', '1508', '2024-01-01', 'reform', ARRAY[(:'old'::bigint[])[1], :moved]);
\set ON_ERROR_ROLLBACK off
SELECT hand_over_all('1507', '1580', '2024-01-01', 'reform', (:'old'::bigint[])[1:1]) AS by_list;
SELECT hand_over_all('1507', '1508', '2024-01-01', 'reform') AS the_rest;
SELECT hand_over_all('1507', '1508', '2024-01-01', 'reform') AS again;
SELECT unit, valid FROM connection WHERE person_id = ANY (:'old') ORDER BY person_id, connection_id;
COMMIT;
SET SESSION AUTHORIZATION regress_h_alesund;
BEGIN;
SELECT nir.begin_processing('b', '1508', 'case worker');
SELECT count(*) AS persons FROM person;
COMMIT;
SET SESSION AUTHORIZATION regress_h_haram;
BEGIN;
SELECT nir.begin_processing('b', '1580', 'case worker');
SELECT count(*) AS persons FROM person;
COMMIT;

-- ---- away ----
RESET SESSION AUTHORIZATION;
RESET search_path;
SET client_min_messages = warning;
SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables FROM pg_tables WHERE schemaname = 'regress_hand' \gset
DROP TABLE :tables CASCADE;
DROP SCHEMA regress_hand CASCADE;
SELECT nir.unbind_role(r) FROM (VALUES ('regress_h_oslo'::regrole), ('regress_h_bergen'), ('regress_h_alesund'), ('regress_h_haram'), ('regress_h_oygarden'), ('regress_h_county'), ('regress_h_imdi')) AS t(r);
DROP ROLE regress_h_oslo, regress_h_bergen, regress_h_alesund, regress_h_haram, regress_h_oygarden, regress_h_county, regress_h_imdi;
