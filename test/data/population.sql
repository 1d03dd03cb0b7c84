/*
 * test/data/population.sql
 *
 * A synthetic population for an empty register, with histories from 2006 to
 * today:
 *
 *     psql -v persons=10000 -v seed=1 [-v schema=register] [-v checks=on] -f test/data/population.sql
 *
 *  - Run by a superuser in a cluster whose nir.identity_mode is test.  All or
 *    nothing: one transaction.
 *  - The same persons, seed and CURRENT_DATE give the same rows, keys
 *    included: every choice is a hash of the person's key, what is chosen and
 *    the seed.  Dates depend on CURRENT_DATE, because what is due does.
 *  - No number is a real person's: identity numbers and D-numbers have
 *    month + 80; DUF numbers take serials from 700000 to 899999 of the year.
 *  - For each retention rule that the tables carry, persons 1-30 of every
 *    thousand lie on the edge: the event n years ago today, a day before, a
 *    day after, and on the last 29 February that is due and the first that is
 *    not.
 *  - A fact's unit is the number that its municipality had on that day.
 *  - Rows are consistent by construction, so triggers (foreign keys among
 *    them) are left out; checks=on keeps them, at several times the time.
 */
\set ON_ERROR_STOP on
\set QUIET on
\encoding UTF8
\if :{?persons} \else \set persons 10000 \endif
\if :{?seed} \else \set seed 1 \endif
\if :{?schema} \else \set schema register \endif
\if :{?checks} \else \set checks off \endif

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL DateStyle = 'ISO';
SET LOCAL IntervalStyle = 'postgres';
SET LOCAL jit = off;
SET LOCAL work_mem = '64MB';

-- ---- may it run ----

SELECT current_date AS today, set_config('population.persons', :'persons', true) AS p,
	set_config('population.seed', :'seed', true) AS s,
	set_config('population.schema', :'schema', true) AS r
\gset is_

DO $check$
DECLARE
	persons text := current_setting('population.persons');
	seed text := current_setting('population.seed');
	register text := current_setting('population.schema');
	found boolean;
BEGIN
	IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = 'the population is loaded by a superuser';
	END IF;
	IF current_setting('nir.identity_mode', true) IS DISTINCT FROM 'test' THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = 'a synthetic population needs nir.identity_mode = test',
			HINT = 'Set it in postgresql.conf of a cluster without real persons, and reload.';
	END IF;
	IF persons !~ '^[1-9][0-9]{0,6}$' OR persons::integer > 1000000 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'persons must be a number from 1 to 1000000';
	END IF;
	IF seed !~ '^[0-9]{1,18}$' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'seed must be a number of at most 18 digits';
	END IF;
	IF to_regclass(format('%I.test_result', register)) IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table',
			MESSAGE = format('schema "%s" has no register', register),
			HINT = 'Run nir.create_register first, with all parts.';
	END IF;
	EXECUTE format('SELECT EXISTS (SELECT FROM %I.person)', register) INTO found;
	IF found THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = format('the register in schema "%s" has persons already', register),
			HINT = 'A population is loaded into a register just made.';
	END IF;
END
$check$;

SET LOCAL search_path = :"schema", pg_catalog, pg_temp;
\if :checks \else
SET LOCAL session_replication_role = replica;
\endif

-- ---- draws ----

CREATE FUNCTION pg_temp.die(id bigint, what text, sides integer) RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ((hashint8extended(id, hashtextextended(what, :seed)) & 1152921504606846975) % sides)::integer;

-- when a fact of that day reached the register: one in ten later than two months
CREATE FUNCTION pg_temp.told(day date, id bigint) RETURNS timestamptz
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN least(day + CASE pg_temp.die(id + (day - date '2000-01-01') * 1000003::bigint, 'late', 10)
			WHEN 0 THEN 70 ELSE pg_temp.die(id, 'lag', 50) END, date :'is_today')::timestamp
		AT TIME ZONE 'Europe/Oslo';

-- ---- where: each municipality of today, and the number it had on a day ----

-- A merged municipality continues the one of its parts with the lowest number.
CREATE TEMP TABLE town_unit ON COMMIT DROP AS
WITH RECURSIVE chain(town, unit, valid) AS (
	SELECT u.code, u.code, u.valid FROM nir.unit_code AS u
	WHERE u.level IN ('municipality', 'district') AND u.responsible AND u.valid @> date :'is_today'
	UNION ALL
	SELECT c.town, before.code, before.valid
	FROM chain AS c
	CROSS JOIN LATERAL (
		SELECT o.code, o.valid
		FROM nir.unit_succession AS s
		JOIN nir.unit_code AS o ON o.code = s.old_code
		WHERE s.new_code = c.unit AND s.kind <> 'boundary' AND s.on_date = lower(c.valid)
			AND upper(o.valid) = s.on_date
		ORDER BY o.code LIMIT 1) AS before
)
SELECT c.town, c.unit, c.valid
FROM chain AS c
-- only those known all the way back
WHERE EXISTS (SELECT FROM chain AS f WHERE f.town = c.town AND lower(f.valid) IS NULL);

-- Inhabitants in thousands, about; Oslo has a fifth of everybody, a fifth of
-- those under a district; the others are small and alike.
CREATE TEMP TABLE town_slot ON COMMIT DROP AS
WITH large(unit, weight) AS (
	VALUES ('4601', 290), ('5001', 215), ('1103', 150), ('3201', 130), ('4204', 117), ('3301', 104),
		('3203', 98), ('3205', 94), ('3107', 85), ('1108', 84), ('5501', 79), ('3105', 60), ('3907', 66),
		('3905', 59), ('4003', 57), ('1804', 54), ('3103', 52), ('3909', 49), ('4203', 47), ('3222', 48),
		('3118', 47), ('1149', 44), ('3207', 62), ('1106', 38), ('4001', 37), ('3411', 36), ('3209', 42),
		('3403', 33), ('3407', 31), ('3405', 29), ('1833', 26), ('1506', 33), ('1505', 25), ('5601', 21)
), weighted AS (
	SELECT t.town, CASE
			WHEN t.town = '0301' THEN 880
			WHEN t.town::text LIKE '0301__' THEN 15
			ELSE coalesce(l.weight, 6) END AS weight
	FROM (SELECT DISTINCT town FROM pg_temp.town_unit) AS t
	LEFT JOIN large AS l ON l.unit = t.town::text
)
SELECT (row_number() OVER (ORDER BY w.town, n) - 1)::integer AS slot, w.town
FROM weighted AS w CROSS JOIN generate_series(1, w.weight) AS n;
CREATE UNIQUE INDEX ON pg_temp.town_slot (slot);
ANALYZE pg_temp.town_slot, pg_temp.town_unit;
SELECT count(*) AS town_slots FROM pg_temp.town_slot
\gset

-- ---- who: names, countries, languages ----

CREATE TEMP TABLE culture (
	culture integer PRIMARY KEY, refugee integer, other integer, ground text, language text,
	countries text[], female text[], male text[], middle text[], family text[]) ON COMMIT DROP;
INSERT INTO pg_temp.culture VALUES
(1, 30, 12, 'refuge', 'ara', '{SYR,IRQ,SDN,YEM,PSE}',
	'{Amira,Nour,Layla,Rasha,Hanan,Samar,Fatima Zahra,Rim,Salma,Dalia,Maha,Yasmin,Umm Kulthum}',
	'{Omar,Khaled,Yousef,Bashar,Tarek,Samir,Abd al-Rahman,Nabil,Ziad,Karim,Hassan,Mahmoud,Nur ad-Din}',
	'{Ali,Ahmad,Hussein,Saleh}',
	'{Al-Masri,Haddad,Khoury,Darwish,Al Hamwi,Najjar,Saleh,Qasim,Bitar,Shami,El Amrani,Abu Zaid,Sabbagh}'),
(2, 18, 9, 'refuge', 'som', '{SOM,ETH,DJI}',
	'{Hodan,Ifrah,Sagal,Ayaan,Fartun,Halima,Khadra,Nimco,Ubah,Zahra,Hibo}',
	'{Abdi,Abdirahman,Liban,Guled,Warsame,Mahad,Abdi Rashid,Yusuf,Cabdulle,Farah}',
	'{Mohamed,Ahmed,Hassan,Abdullahi,Jama}',
	'{Warsame,Farah,Nur,Hirsi,Jama,Abukar,Guled,Mohamud,Osman,Sheikh Ali,Isse,Duale}'),
(3, 17, 6, 'refuge', 'tir', '{ERI,ETH}',
	'{Selam,Winta,Rahwa,Semhar,Luwam,Feven,Haben,Yordanos,Bisrat,Letebrhan}',
	'{Tesfay,Filmon,Yonas,Mebrahtu,Kibrom,Aman,Samuel,Temesgen,Haile Ab,Robel}',
	'{Tekle,Gebre,Haile,Woldu}',
	'{Gebremedhin,Tesfamariam,Kidane,Habte,Woldemichael,Berhane,Ghebre Egziabher,Zerai,Mehari,Asfaha}'),
(4, 15, 7, 'refuge', 'prs', '{AFG,IRN}',
	'{Parisa,Laleh,Shirin,Zohra,Maryam,Bahar,Nasrin,Gul Bahar,Setareh,Mina,Frishta}',
	'{Reza,Farhad,Navid,Jawad,Mirwais,Hamid,Ali Reza,Zabi Ullah,Kaveh,Omid,Behzad}',
	'{Ali,Mohammad,Khan,Hossein}',
	'{Rezaei,Hosseini,Ahmadzai,Noori,Karimi,Haidari,Moradi,Shir Mohammadi,Azizi,Sultani,Rahimi,Amiri}'),
(5, 8, 2, 'refuge', 'swa', '{COD,BDI,RWA,UGA}',
	'{Espérance,Furaha,Neema,Chantal,Divine,Marie Claire,Jolie,Aline,Solange}',
	'{Jean Bosco,Emmanuel,Patrick,Dieudonné,Innocent,Claude,Baraka,Amani,Fidèle}',
	'{Bahati,Mugisha,Baraka}',
	'{Mukendi,Nshimirimana,Kabongo,Bisimwa,Ndayishimiye,Mwamba,Irakoze,Byamungu,Wa Ilunga,Habimana}'),
(6, 6, 6, 'refuge', 'tur', '{TUR,IRQ}',
	'{Zeynep,Elif,Ayşe,Gülşen,Berfin,Rojda,Hatice,Çiğdem,Şirin}',
	'{Mehmet,Emre,Çetin,Baran,Serhat,Mustafa Kemal,Ömer,Uğur,Azad}',
	'{Can,Deniz,Nur}',
	'{Yılmaz,Kaya,Demir,Çelik,Aydın,Şahin,Özdemir,Doğan,Kılıç,Ağaoğlu}'),
(7, 6, 10, 'refuge', 'mya', '{MMR,THA,VNM,PHL}',
	'{Thida,Khin Mar,Su Su,Siriporn,Linh,Maricel,Malee,Naw Paw,Thuy Duong}',
	'{Aung,Kyaw Zin,Saw Htoo,Somchai,Min Ko,Zaw,Van Bawi,Duc,Rodel}',
	'{Htun,Santos,Thi,Van}',
	'{Htwe,Soe Naing,Lian,Srisai,Nguyen,de la Cruz,Thang,Cung,Phan,Win Maung}'),
(8, 0, 0, 'collective', 'ukr', '{UKR}',
	'{Olena,Oksana,Iryna,Nataliia,Kateryna,Yuliia,Daryna,Sofiia,Liudmyla,Anna Mariia}',
	'{Andrii,Oleksandr,Dmytro,Serhii,Mykola,Taras,Bohdan,Yevhen,Maksym}',
	'{Ivanivna,Petrivna,Mykolaiovych,Olehovych}',
	'{Kovalenko,Shevchuk,Bondar,Tkachenko,Melnyk,Kravets,Lysenko,Moroz,Savchuk,Honchar,Nechai-Levytska}'),
(9, 0, 26, 'family', 'pol', '{POL,LTU,ROU,RUS,BRA,DEU}',
	'{Agnieszka,Rasa,Ioana,Svetlana,Luísa,Małgorzata,Birgit,Ana Beatriz,Jūratė,Zofia}',
	'{Paweł,Tomasz,Andrei,Jonas,Łukasz,João Pedro,Jürgen,Dmitri,Grzegorz,Žygimantas}',
	'{Maria,José,Anna,Jan}',
	'{Nowak,Wiśniewska,Kazlauskas,Popescu,Petrova,dos Santos,van der Berg,Müller,Zieliński,Dąbrowski,Lima e Silva}'),
(10, 0, 22, 'other', 'nor', '{NOR,SWE,DNK}',
	'{Åse,Bjørg,Solveig,Ingebjørg,Anne Lise,Øydis,Kari,Tone,Mari-Ann,Sæbjørg}',
	'{Bjørn Åge,Håkon,Øystein,Sjur,Pål,Knut,Lars Erik,Åsmund,Jørn,Trygve}',
	'{Bø,Næss,Ås,Sætre}',
	'{Grønnåsen,Sæther,Bråten,Tveitå,Åmodt,Kjølstad,Østby,Nærvik,Fjellvær,Bjørkås Lie,Haugsbø}');

-- which of them, by die of the mix
CREATE TEMP TABLE culture_slot ON COMMIT DROP AS
SELECT m.mix, (row_number() OVER (PARTITION BY m.mix ORDER BY c.culture, n) - 1)::integer AS slot, c.culture
FROM pg_temp.culture AS c
CROSS JOIN LATERAL (VALUES ('refugee', c.refugee), ('other', c.other)) AS m(mix, weight)
CROSS JOIN generate_series(1, m.weight) AS n;
ANALYZE pg_temp.culture_slot;

-- ---- edges of retention ----

-- kind of history, and the day of its event; RC4 has no 29 February that is due before 2028
CREATE TEMP TABLE edge ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY r.position, d.position))::integer AS slot, r.rule, r.life, d.on_date
FROM (VALUES
	(1, 'RC1', 'refugee', 15), (2, 'RC2', 'refugee', 15), (3, 'RC2', 'family', 15),
	(4, 'RC3', 'target', 15), (5, 'RC4', 'tested', 20), (6, 'RC5', 'asylum', 5)) AS r(position, rule, life, years)
CROSS JOIN LATERAL (
	SELECT (date :'is_today' - make_interval(years => r.years))::date AS cutoff) AS c
CROSS JOIN LATERAL (
	SELECT max(leap) FILTER (WHERE leap + make_interval(years => r.years) <= date :'is_today') AS due,
		min(leap) FILTER (WHERE leap + make_interval(years => r.years) > date :'is_today') AS not_due
	FROM (SELECT (make_date(year, 3, 1) - 1) AS leap
		FROM generate_series(2008, extract(year FROM date :'is_today')::integer, 4) AS year) AS l
	WHERE extract(day FROM leap) = 29 AND leap <= date :'is_today') AS l
CROSS JOIN LATERAL (VALUES (1, c.cutoff), (2, c.cutoff - 1), (3, c.cutoff + 1),
	(4, l.due), (5, l.not_due)) AS d(position, on_date);

-- ---- lives ----

/*
 * One row a person, from which all tables are filled.  A life is one of:
 * refugee (settled; programme, training, tests), family (resident; training,
 * tests), target (offered programme and training, takes part in neither),
 * tested (only tests), asylum (in reception, with training there).
 * Its event is the day of programme, training, offer, test or grant.  A date
 * after today has not happened: it is null, save for settled_on and event.
 */
CREATE TEMP TABLE life ON COMMIT DROP AS
SELECT id, a.life, a.sex,
	-- from the spring of 2022 on, about half of the refugees are from Ukraine
	CASE WHEN a.life IN ('refugee', 'target') AND o.applied_on >= '2022-03-01' AND pg_temp.die(id, 'ukraine', 100) < 55
		THEN 8 ELSE c.culture END AS culture,
	b.settled_on, b.event, f.birth_date, f.age,
	home.town, away.town AS away, camp.town AS camp,
	o.applied_on,
	b.settled_on - 20 - pg_temp.die(id, 'decided', 90) AS decided_on,
	CASE WHEN p.programme_on <= date :'is_today' THEN p.programme_on END AS programme_on,
	CASE WHEN p.paused_on <= date :'is_today' THEN p.paused_on END AS paused_on,
	CASE WHEN p.resumed_on <= date :'is_today' THEN p.resumed_on END AS resumed_on,
	CASE WHEN p.programme_stop <= date :'is_today' THEN p.programme_stop END AS programme_stop,
	CASE WHEN p.training_on <= date :'is_today' THEN p.training_on END AS training_on,
	CASE WHEN p.training_stop <= date :'is_today' THEN p.training_stop END AS training_stop,
	CASE WHEN s.first_sitting <= date :'is_today' THEN s.first_sitting END AS first_sitting,
	CASE WHEN s.second_sitting <= date :'is_today' THEN s.second_sitting END AS second_sitting,
	CASE WHEN s.third_sitting <= date :'is_today' THEN s.third_sitting END AS third_sitting,
	CASE WHEN m.moved_on <= date :'is_today' THEN m.moved_on END AS moved_on,
	CASE WHEN w.left_on <= date :'is_today' THEN w.left_on END AS left_on
FROM generate_series(1::bigint, :persons) AS id
LEFT JOIN pg_temp.edge AS e ON e.slot = id % 1000
CROSS JOIN LATERAL (SELECT
	coalesce(e.life, (ARRAY['refugee', 'family', 'tested', 'asylum', 'target'])
		[width_bucket(pg_temp.die(id, 'life', 100), ARRAY[0, 60, 76, 86, 93])]) AS life,
	(1 + pg_temp.die(id, 'sex', 2))::text AS sex,
	10 + pg_temp.die(id, 'wait', 80) AS wait,
	pg_temp.die(id, 'era', 100) AS era
	OFFSET 0) AS a
CROSS JOIN LATERAL (SELECT coalesce(e.on_date, CASE
		WHEN a.life = 'tested' AND a.era < 15 THEN date '2005-11-01' + pg_temp.die(id, 'day', 430)
		WHEN a.era < 57 AND (a.life <> 'asylum' OR a.era < 20) THEN date '2006-01-01' + pg_temp.die(id, 'day', date :'is_today' + 60 - date '2006-01-01')
		WHEN a.era < 68 AND a.life <> 'asylum' THEN date '2015-09-01' + pg_temp.die(id, 'day', 700)
		ELSE date :'is_today' + 60 - pg_temp.die(id, 'day', 365 * 4) END
		-- a test has been held, all else may lie ahead
		- CASE a.life WHEN 'tested' THEN 61 ELSE 0 END) AS day
	OFFSET 0) AS d
CROSS JOIN LATERAL (SELECT
	CASE WHEN e.rule = 'RC1' THEN d.day ELSE d.day - a.wait END AS settled_on,
	CASE WHEN e.rule = 'RC1' THEN d.day + a.wait ELSE d.day END AS event
	OFFSET 0) AS b
CROSS JOIN LATERAL (SELECT b.settled_on - 150 - pg_temp.die(id, 'applied', 500) AS applied_on
	OFFSET 0) AS o
CROSS JOIN LATERAL (SELECT pg_temp.die(id, 'age group', 100) AS die OFFSET 0) AS y
CROSS JOIN LATERAL (SELECT CASE
		WHEN e.slot IS NOT NULL OR a.life IN ('tested', 'target') THEN 18 + pg_temp.die(id, 'age', 32)
		WHEN y.die < 14 THEN 2 + pg_temp.die(id, 'age', 11)
		WHEN y.die < 22 THEN 13 + pg_temp.die(id, 'age', 5)
		WHEN y.die < 82 THEN 18 + pg_temp.die(id, 'age', 27)
		WHEN y.die < 95 THEN 45 + pg_temp.die(id, 'age', 16)
		ELSE 61 + pg_temp.die(id, 'age', 15) END AS age
	OFFSET 0) AS g
-- two years at least, and so born before the application
CROSS JOIN LATERAL (SELECT g.age,
	b.settled_on - g.age * 366 - pg_temp.die(id, 'birthday', 330) AS birth_date
	OFFSET 0) AS f
CROSS JOIN LATERAL (SELECT
	CASE WHEN a.life IN ('refugee', 'family') AND f.age BETWEEN 18 AND 54 AND CASE
			WHEN e.rule = 'RC2' THEN a.life = 'refugee'
			WHEN a.life = 'refugee' THEN pg_temp.die(id, 'programme', 100) < 88
			ELSE pg_temp.die(id, 'programme', 100) < 25 END
		THEN b.event END AS programme_on,
	CASE WHEN a.life IN ('refugee', 'family') AND f.age BETWEEN 16 AND 66
			AND (e.rule = 'RC2' OR pg_temp.die(id, 'training', 100) < 92)
		THEN b.event + CASE WHEN a.life = 'refugee' THEN pg_temp.die(id, 'training day', 60) ELSE 0 END
		END AS training_on
	OFFSET 0) AS h
CROSS JOIN LATERAL (SELECT h.programme_on, h.training_on,
	CASE WHEN pg_temp.die(id, 'pause', 100) < 15
		THEN h.programme_on + 60 + pg_temp.die(id, 'paused', 60) END AS paused_on,
	CASE WHEN pg_temp.die(id, 'pause', 100) < 15
		THEN h.programme_on + 160 + pg_temp.die(id, 'resumed', 120) END AS resumed_on,
	h.programme_on + 300 + pg_temp.die(id, 'stop', 800) AS programme_stop,
	h.training_on + 90 + pg_temp.die(id, 'training stop', 500) AS training_stop
	OFFSET 0) AS p
CROSS JOIN LATERAL (SELECT CASE
		WHEN a.life = 'tested' THEN b.event
		WHEN pg_temp.die(id, 'sits', 100) < 75 THEN p.training_on + 150 + pg_temp.die(id, 'first', 500) END AS first
	OFFSET 0) AS q
CROSS JOIN LATERAL (SELECT q.first AS first_sitting,
	CASE WHEN pg_temp.die(id, 'again', 100) < 40
		THEN q.first + 60 + pg_temp.die(id, 'second', 300) END AS second_sitting,
	CASE WHEN pg_temp.die(id, 'again', 100) < 15
		THEN q.first + 400 + pg_temp.die(id, 'third', 400) END AS third_sitting
	OFFSET 0) AS s
CROSS JOIN LATERAL (SELECT CASE
		WHEN a.life IN ('refugee', 'family', 'target') AND pg_temp.die(id, 'moves', 100) < 18
		THEN b.settled_on + 150 + pg_temp.die(id, 'moved', 2500) END AS moved_on
	OFFSET 0) AS m
-- whoever leaves has ended everything else before
CROSS JOIN LATERAL (SELECT CASE
		WHEN a.life IN ('refugee', 'family', 'target') AND pg_temp.die(id, 'leaves', 100) < 8
		THEN greatest(b.event, m.moved_on, p.programme_stop, p.training_stop, s.first_sitting,
				s.second_sitting, s.third_sitting)
			+ 90 + pg_temp.die(id, 'left', 1500) END AS left_on
	OFFSET 0) AS w
JOIN pg_temp.culture_slot AS c
	ON c.mix = CASE WHEN a.life IN ('family', 'tested') THEN 'other' ELSE 'refugee' END
		AND c.slot = pg_temp.die(id, 'culture', 100)
JOIN pg_temp.town_slot AS home ON home.slot = pg_temp.die(id, 'town', :town_slots)
JOIN pg_temp.town_slot AS away ON away.slot = pg_temp.die(id, 'away', :town_slots)
JOIN pg_temp.town_slot AS camp ON camp.slot = pg_temp.die(id, 'camp', :town_slots);

CREATE UNIQUE INDEX ON pg_temp.life (id);
ANALYZE pg_temp.life;
\echo 'lives' :persons

-- ---- core ----

INSERT INTO person (person_id, birth_date, sex_code, origin_country, unaccompanied_minor, protection,
	source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT l.id,
	-- where a day's numbers run out, a number carries another day
	l.birth_date - (pg_temp.die(l.id, 'other day', 100) = 0)::integer,
	l.sex, c.countries[1 + pg_temp.die(l.id, 'country', cardinality(c.countries))],
	CASE WHEN l.life IN ('refugee', 'asylum') THEN l.age BETWEEN 10 AND 16 AND pg_temp.die(l.id, 'alone', 100) < 25 END,
	(width_bucket(pg_temp.die(l.id, 'protection', 1000), ARRAY[0, 983, 993, 998]) - 1)::smallint,
	CASE l.life WHEN 'tested' THEN 'hkdir' WHEN 'family' THEN 'municipality' ELSE 'imdi' END,
	pg_temp.told(l.applied_on, l.id), 'population'
FROM pg_temp.life AS l JOIN pg_temp.culture AS c USING (culture)
ORDER BY l.id;
\echo 'person' :ROW_COUNT

-- one in twenty takes another family name
INSERT INTO person_name (person_id, given_name, middle_name, family_name, valid, source_code, registered_at, registered_by)
SELECT l.id,
	CASE l.sex WHEN '1' THEN c.male[1 + pg_temp.die(l.id, 'given', cardinality(c.male))]
		ELSE c.female[1 + pg_temp.die(l.id, 'given', cardinality(c.female))] END,
	CASE WHEN pg_temp.die(l.id, 'has middle', 100) < 35
		THEN c.middle[1 + pg_temp.die(l.id, 'middle', cardinality(c.middle))] END,
	c.family[1 + pg_temp.die(l.id + n.n, 'family', cardinality(c.family))]
		|| CASE WHEN n.n > 0 OR pg_temp.die(l.id, 'double', 100) < 6
			THEN ' ' || c.family[1 + pg_temp.die(l.id, 'second family', cardinality(c.family))] ELSE '' END,
	CASE n.n WHEN 0 THEN daterange(l.applied_on, n.changed_on) ELSE daterange(n.changed_on, NULL) END,
	CASE l.life WHEN 'tested' THEN 'hkdir' WHEN 'family' THEN 'freg' ELSE 'udi' END,
	pg_temp.told(CASE n.n WHEN 0 THEN l.applied_on ELSE n.changed_on END, l.id), 'population'
FROM pg_temp.life AS l
JOIN pg_temp.culture AS c USING (culture)
CROSS JOIN LATERAL (
	SELECT n, changed_on
	FROM (SELECT CASE WHEN pg_temp.die(l.id, 'renamed', 100) < 5
			AND l.applied_on + 900 + pg_temp.die(l.id, 'renamed on', 900) <= date :'is_today'
			THEN l.applied_on + 900 + pg_temp.die(l.id, 'renamed on', 900) END AS changed_on) AS x
	CROSS JOIN generate_series(0, (changed_on IS NOT NULL)::integer) AS n) AS n
ORDER BY l.id, n.n;
\echo 'person_name' :ROW_COUNT

/*
 * Numbers.  Persons with the same day of birth and sex take turns at the
 * individual numbers of that day that have both control digits.  A refugee
 * often has a D-number until she is settled.
 */
WITH wanted AS (
	SELECT l.id, l.birth_date, l.sex, w.d, w.valid, w.status,
		row_number() OVER (PARTITION BY l.birth_date, l.sex, w.d ORDER BY l.id) AS turn
	FROM pg_temp.life AS l
	CROSS JOIN LATERAL (
		SELECT true AS d, daterange(l.applied_on, l.settled_on) AS valid, 'ended' AS status
		WHERE l.life IN ('refugee', 'target') AND l.settled_on <= date :'is_today' AND pg_temp.die(l.id, 'dnr', 100) < 50
		UNION ALL
		SELECT true, daterange(l.applied_on, NULL), 'active'
		WHERE (l.life IN ('refugee', 'target') AND l.settled_on > date :'is_today')
			OR (l.life = 'asylum' AND pg_temp.die(l.id, 'dnr', 100) < 80)
			OR (l.life = 'tested' AND pg_temp.die(l.id, 'dnr', 100) < 10)
		UNION ALL
		SELECT false, daterange(l.settled_on, NULL), 'active'
		WHERE (l.life IN ('refugee', 'target', 'family') AND l.settled_on <= date :'is_today')
			OR (l.life = 'tested' AND pg_temp.die(l.id, 'dnr', 100) >= 10)) AS w
), day AS (
	SELECT g.birth_date, g.sex, g.d, g.turns, x.dd, x.mm, x.yy,
		CASE WHEN g.birth_date < '2000-01-01' THEN 0 ELSE 500 END + CASE g.sex WHEN '1' THEN 1 ELSE 0 END AS series,
		pg_temp.die(g.birth_date - date '1900-01-01', 'series', 250) AS first,
		3 * (x.dd / 10) + 7 * (x.dd % 10) + 6 * (x.mm / 10) + x.mm % 10 + 8 * (x.yy / 10) + 9 * (x.yy % 10) AS sum1,
		5 * (x.dd / 10) + 4 * (x.dd % 10) + 3 * (x.mm / 10) + 2 * (x.mm % 10) + 7 * (x.yy / 10) + 6 * (x.yy % 10) AS sum2
	FROM (SELECT birth_date, sex, d, max(turn) AS turns FROM wanted GROUP BY birth_date, sex, d) AS g
	CROSS JOIN LATERAL (
		SELECT extract(day FROM g.birth_date)::integer + CASE WHEN g.d THEN 40 ELSE 0 END AS dd,
			extract(month FROM g.birth_date)::integer + 80 AS mm,
			extract(year FROM g.birth_date)::integer % 100 AS yy
		OFFSET 0) AS x
), number AS (
	SELECT d.birth_date, d.sex, d.d, k.turn,
		to_char(d.dd, 'FM00') || to_char(d.mm, 'FM00') || to_char(d.yy, 'FM00')
			|| to_char(k.i, 'FM000') || k.k1 || k.k2 AS number
	FROM day AS d
	CROSS JOIN LATERAL (
		SELECT good.*, row_number() OVER () AS turn
		FROM (
			SELECT two.*
			FROM (
				SELECT one.i, one.k1,
					(11 - (d.sum2 + 5 * (one.i / 100) + 4 * (one.i / 10 % 10) + 3 * (one.i % 10) + 2 * one.k1) % 11) % 11 AS k2
				FROM (
					SELECT i, (11 - (d.sum1 + 4 * (i / 100) + 5 * (i / 10 % 10) + 2 * (i % 10)) % 11) % 11 AS k1
					FROM (SELECT d.series + 2 * ((s + d.first) % 250) AS i FROM generate_series(0, 249) AS s) AS s
				) AS one
				WHERE one.k1 <> 10
			) AS two
			WHERE two.k2 <> 10
			LIMIT d.turns
		) AS good
	) AS k
)
INSERT INTO person_fnr (person_id, fnr, valid, status, source_code, registered_at, registered_by)
SELECT w.id, n.number, w.valid, w.status, CASE WHEN w.d THEN 'udi' ELSE 'freg' END,
	pg_temp.told(lower(w.valid), w.id), 'population'
FROM wanted AS w JOIN number AS n USING (birth_date, sex, d, turn)
ORDER BY w.id, w.d DESC;
\echo 'person_fnr' :ROW_COUNT

-- 7919 is coprime to 200000, so serials of a year differ
WITH wanted AS (
	SELECT l.id, l.applied_on, x.year,
		(700000 + (row_number() OVER (PARTITION BY x.year ORDER BY l.id) * 7919 + :seed % 200000) % 200000)::integer AS serial
	FROM pg_temp.life AS l
	CROSS JOIN LATERAL (SELECT extract(year FROM l.applied_on)::integer AS year) AS x
	WHERE l.life IN ('refugee', 'target', 'asylum')
		OR (l.life = 'family' AND pg_temp.die(l.id, 'duf', 100) < 40)
)
INSERT INTO person_duf (person_id, duf, valid, source_code, registered_at, registered_by)
SELECT w.id,
	to_char(w.year, 'FM0000') || to_char(w.serial, 'FM000000') || to_char((
		4 * (w.year / 1000) + 6 * (w.year / 100 % 10) + 3 * (w.year / 10 % 10) + 2 * (w.year % 10)
		+ 4 * (w.serial / 100000) + 6 * (w.serial / 10000 % 10) + 3 * (w.serial / 1000 % 10)
		+ 2 * (w.serial / 100 % 10) + 7 * (w.serial / 10 % 10) + 5 * (w.serial % 10)) % 11, 'FM00'),
	daterange(w.applied_on, NULL), 'udi', pg_temp.told(w.applied_on, w.id), 'population'
FROM wanted AS w
ORDER BY w.id;
\echo 'person_duf' :ROW_COUNT

-- what connects; whoever has left has no open connection
INSERT INTO connection (person_id, unit, kind, valid, basis, registered_at, registered_by)
SELECT l.id, u.unit, k.kind, daterange(k.since, k.until),
	'case ' || extract(year FROM k.since) || '/' || l.id % 100000 + 1, pg_temp.told(k.since, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (
	SELECT 1, 'in_reception', l.applied_on, l.camp,
		CASE WHEN l.life = 'asylum' THEN CASE WHEN l.event + 400 <= date :'is_today' THEN l.event + 400 END
			WHEN l.settled_on <= date :'is_today' THEN l.settled_on END
	WHERE l.life = 'asylum' OR (l.life IN ('refugee', 'target')
		AND (l.settled_on > date :'is_today' OR pg_temp.die(l.id, 'reception', 100) < 60))
	UNION ALL
	SELECT 2, 'settlement_request', l.decided_on, l.town, NULL
	WHERE l.life IN ('refugee', 'target') AND l.settled_on > date :'is_today' AND l.decided_on <= date :'is_today'
	UNION ALL
	SELECT 3, CASE l.life WHEN 'family' THEN 'registered_resident' ELSE 'settled' END, l.settled_on, l.town,
		coalesce(l.moved_on, l.left_on)
	WHERE l.life IN ('refugee', 'target', 'family') AND l.settled_on <= date :'is_today'
	UNION ALL
	SELECT 4, 'registered', l.applied_on, l.town, NULL
	WHERE l.life = 'family' AND l.settled_on > date :'is_today'
	UNION ALL
	SELECT 5, 'registered_resident', l.moved_on, l.away, l.left_on
	WHERE l.moved_on IS NOT NULL
	UNION ALL
	SELECT 6, 'in_training', l.training_on,
		CASE WHEN l.moved_on <= l.training_on THEN l.away ELSE l.town END,
		least(l.training_stop + 1, l.left_on)
	WHERE l.training_on IS NOT NULL
	UNION ALL
	SELECT 7, 'tested', l.first_sitting - 30,
		CASE WHEN l.moved_on <= l.first_sitting THEN l.away ELSE l.town END,
		CASE WHEN l.first_sitting + 200 <= date :'is_today' THEN l.first_sitting + 200 ELSE l.left_on END
	WHERE l.first_sitting IS NOT NULL
) AS k(position, kind, since, town, until)
JOIN pg_temp.town_unit AS u ON u.town = k.town AND u.valid @> k.since
ORDER BY l.id, k.position;
\echo 'connection' :ROW_COUNT

-- a first permit and, if there was time, its renewal; a refusal; a case not decided
INSERT INTO residence_permit (person_id, applied_on, decided_on, outcome_code, ground_code, valid, duration_months,
	source_code, registered_at, registered_by)
SELECT l.id, k.applied_on, k.decided_on, k.outcome, k.ground, k.valid, k.months, 'udi',
	pg_temp.told(coalesce(k.decided_on, k.applied_on), l.id), 'population'
FROM pg_temp.life AS l
JOIN pg_temp.culture AS c USING (culture)
CROSS JOIN LATERAL (SELECT CASE WHEN c.ground = 'collective' THEN 12 ELSE 36 END AS months,
	CASE WHEN l.life = 'family' THEN 'family' ELSE c.ground END AS ground,
	(l.decided_on + make_interval(months => CASE WHEN c.ground = 'collective' THEN 12 ELSE 36 END))::date AS expires_on
	OFFSET 0) AS f
CROSS JOIN LATERAL (
	SELECT 1, l.applied_on, l.decided_on, 'granted', f.ground, daterange(l.decided_on, f.expires_on), f.months
	WHERE l.life IN ('refugee', 'target', 'family') AND l.decided_on <= date :'is_today'
	UNION ALL
	SELECT 2, f.expires_on - 90, f.expires_on - 20, 'granted', f.ground,
		CASE WHEN f.months = 12 THEN daterange(f.expires_on, (f.expires_on + interval '24 months')::date)
			ELSE daterange(f.expires_on, NULL) END,
		CASE WHEN f.months = 12 THEN 24 END
	WHERE l.life IN ('refugee', 'target', 'family') AND f.expires_on <= coalesce(l.left_on, date :'is_today')
	UNION ALL
	SELECT 3, l.applied_on, l.event, 'refused', NULL, NULL, NULL
	WHERE l.life = 'asylum' AND l.event <= date :'is_today' AND pg_temp.die(l.id, 'refused', 100) < 70
	UNION ALL
	SELECT 4, l.applied_on, NULL, NULL, NULL, NULL, NULL
	WHERE l.applied_on <= date :'is_today' AND CASE l.life
		WHEN 'asylum' THEN l.event > date :'is_today' OR pg_temp.die(l.id, 'refused', 100) >= 70
		WHEN 'tested' THEN false
		ELSE l.decided_on > date :'is_today' END
) AS k(position, applied_on, decided_on, outcome, ground, valid, months)
ORDER BY l.id, k.position;
\echo 'residence_permit' :ROW_COUNT

-- ---- settlement ----

INSERT INTO settlement (settlement_id, person_id, unit, case_opened_on, requested_unit, accepted_on, settled_on,
	settled_unit, closed_on, process_note, available_on, source_code, registered_at, registered_by)
	OVERRIDING SYSTEM VALUE
SELECT l.id, l.id, u.unit, l.decided_on, asked.unit,
	CASE WHEN l.decided_on + 10 <= date :'is_today' THEN l.decided_on + 10 END,
	d.settled_on, CASE WHEN d.settled_on IS NOT NULL THEN u.unit END, d.settled_on,
	(ARRAY['Familie i samme kommune.', 'Bolig klar fra måneden etter.', 'Flytting avtalt med mottaket.'])
		[1 + pg_temp.die(l.id, 'note', 12)],
	d.available_on, 'imdi', pg_temp.told(d.available_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (SELECT
	CASE WHEN l.settled_on <= date :'is_today' THEN l.settled_on END AS settled_on,
	CASE WHEN l.settled_on <= date :'is_today' THEN l.settled_on ELSE l.decided_on END AS available_on) AS d
JOIN pg_temp.town_unit AS u ON u.town = l.town AND u.valid @> d.available_on
JOIN pg_temp.town_unit AS asked ON asked.town = l.town AND asked.valid @> l.decided_on
WHERE l.life IN ('refugee', 'target') AND l.decided_on <= date :'is_today'
ORDER BY l.id;
\echo 'settlement' :ROW_COUNT

INSERT INTO settlement_wish (settlement_id, person_id, unit, rank, wished_unit, wish, available_on, source_code,
	registered_at, registered_by)
SELECT l.id, l.id, u.unit, n, CASE n WHEN 1 THEN wished.unit END,
	CASE WHEN n = 2 OR pg_temp.die(l.id, 'words', 3) = 0 THEN
		(ARRAY['Ønsker å bo nær slektninger.', 'Ønsker en by med høyskole.', 'Søker arbeid innen bygg og anlegg.',
			'Ønsker å bli i området der mottaket ligger.'])[1 + pg_temp.die(l.id + n, 'wish', 4)] END,
	l.decided_on, 'person', pg_temp.told(l.decided_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN generate_series(1, width_bucket(pg_temp.die(l.id, 'wishes', 100), ARRAY[0, 60, 90]) - 1) AS n
JOIN pg_temp.town_unit AS u ON u.town = l.town AND u.valid @> l.decided_on
JOIN pg_temp.town_unit AS wished ON wished.town = l.away AND wished.valid @> l.decided_on
WHERE l.life IN ('refugee', 'target') AND l.decided_on <= date :'is_today'
ORDER BY l.id, n;
\echo 'settlement_wish' :ROW_COUNT

-- ---- programme and training ----

-- offered before it starts; for target, on the event, which is the entry into the target group
INSERT INTO intro_programme (intro_programme_id, person_id, unit, right_category, offered_on, claimed_on, available_on,
	source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT l.id, l.id, u.unit, CASE l.life WHEN 'family' THEN 'may_be_offered' ELSE 'right_and_duty' END,
	o.offered_on, CASE WHEN pg_temp.die(l.id, 'claims', 100) < 10 THEN o.offered_on END,
	o.offered_on, 'municipality', pg_temp.told(o.offered_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (SELECT CASE l.life WHEN 'target' THEN l.event
	ELSE l.event - 1 - pg_temp.die(l.id, 'offered', 9) END AS offered_on OFFSET 0) AS o
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= o.offered_on THEN l.away ELSE l.town END AND u.valid @> o.offered_on
WHERE l.programme_on IS NOT NULL OR (l.life = 'target' AND l.event <= date :'is_today')
ORDER BY l.id;
\echo 'intro_programme' :ROW_COUNT

INSERT INTO programme_decision (programme_decision_id, intro_programme_id, person_id, unit, kind, decided_on, decided_by,
	legal_basis, reason, supersedes, available_on, source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT l.id * 4 + k.position, l.id, l.id, u.unit, k.kind, k.decided_on,
	'caseworker ' || 1 + pg_temp.die(l.id, 'caseworker', 40),
	CASE WHEN k.decided_on < '2021-01-01' THEN 'INTRO § 2' ELSE 'IL § 8' END,
	k.reason, CASE WHEN k.kind = 'change' THEN l.id * 4 + 1 END,
	k.decided_on, 'municipality', pg_temp.told(k.decided_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (
	SELECT 1, 'grant', l.programme_on - 1, NULL WHERE l.programme_on IS NOT NULL
	UNION ALL
	SELECT 1, 'refusal', l.event, 'Deltar ikke etter eget ønske.' WHERE l.life = 'target' AND l.event <= date :'is_today'
	UNION ALL
	SELECT 2, 'change', l.resumed_on, 'Ny plan etter permisjon.' WHERE l.resumed_on IS NOT NULL
	UNION ALL
	SELECT 3, 'stop', l.programme_stop, 'Programmet er gjennomført.'
	WHERE l.programme_stop IS NOT NULL AND pg_temp.die(l.id, 'ends by decision', 100) < 30
) AS k(position, kind, decided_on, reason)
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= k.decided_on THEN l.away ELSE l.town END AND u.valid @> k.decided_on
ORDER BY l.id, k.position;
\echo 'programme_decision' :ROW_COUNT

INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on, stopped_on, stop_kind, end_reason,
	available_on, source_code, registered_at, registered_by)
SELECT l.id, l.id, u.unit, k.started_on, k.stopped_on, k.stop_kind,
	CASE k.stop_kind WHEN 'permanent' THEN (ARRAY['work', 'education', 'primary_school', 'public_qualification',
		'social_assistance', 'other_benefit', 'other'])[1 + pg_temp.die(l.id, 'end reason', 7)] END,
	k.started_on, 'municipality', pg_temp.told(k.started_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (
	SELECT l.programme_on, coalesce(l.paused_on, l.programme_stop), CASE
		WHEN l.paused_on IS NOT NULL THEN 'temporary'
		WHEN l.programme_stop IS NOT NULL THEN 'permanent' END
	WHERE l.programme_on IS NOT NULL
	UNION ALL
	SELECT l.resumed_on, l.programme_stop, CASE WHEN l.programme_stop IS NOT NULL THEN 'permanent' END
	WHERE l.resumed_on IS NOT NULL
) AS k(started_on, stopped_on, stop_kind)
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= k.started_on THEN l.away ELSE l.town END AND u.valid @> k.started_on
ORDER BY l.id, k.started_on;
\echo 'programme_period' :ROW_COUNT

-- granted on the first day, or for target granted and never begun
INSERT INTO training (training_id, person_id, unit, right_category, granted_on, started_on, stopped_on, provider_kind,
	available_on, source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT l.id, l.id, u.unit,
	(ARRAY['right_and_duty', 'right_and_duty', 'right', 'duty'])[1 + pg_temp.die(l.id, 'right', 4)],
	g.granted_on, l.training_on, l.training_stop,
	CASE WHEN g.granted_on >= '2023-08-01' AND pg_temp.die(l.id, 'provider', 100) < 10 THEN 'county' ELSE 'municipality' END,
	g.granted_on, 'municipality', pg_temp.told(g.granted_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (SELECT coalesce(l.training_on, l.event) AS granted_on OFFSET 0) AS g
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= g.granted_on THEN l.away ELSE l.town END AND u.valid @> g.granted_on
WHERE l.training_on IS NOT NULL
	OR (l.life = 'target' AND l.event <= date :'is_today' AND pg_temp.die(l.id, 'training', 100) < 60)
ORDER BY l.id;
\echo 'training' :ROW_COUNT

-- hours of each month that is over
INSERT INTO training_hours (training_id, person_id, unit, period, norwegian, society, module, available_on,
	source_code, registered_at, registered_by)
SELECT l.id, l.id, u.unit, daterange(p.first, p.last + 1), 0.5 * (16 + pg_temp.die(m.key, 'norwegian', 160)),
	s.society, CASE WHEN s.society IS NOT NULL AND p.first >= '2022-01-01' THEN (1 + pg_temp.die(m.key, 'module', 7))::text END,
	p.last, 'municipality', pg_temp.told(p.last, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (
	SELECT month::date AS month, l.id * 10000 + (month::date - date '2000-01-01') AS key
	FROM generate_series(date_trunc('month', l.training_on::timestamp),
		coalesce(l.training_stop, date :'is_today')::timestamp, interval '1 month') AS month) AS m
CROSS JOIN LATERAL (SELECT greatest(m.month, l.training_on) AS first,
	least((m.month + interval '1 month')::date - 1, l.training_stop) AS last OFFSET 0) AS p
CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.die(m.key, 'has society', 6) = 0
	THEN 2 + pg_temp.die(m.key, 'society', 12) END::numeric AS society OFFSET 0) AS s
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= p.last THEN l.away ELSE l.town END AND u.valid @> p.last
WHERE l.training_on IS NOT NULL AND p.last < date :'is_today'
ORDER BY l.id, p.first;
\echo 'training_hours' :ROW_COUNT

-- a yearly grant for five years from settlement, others on their occasion
INSERT INTO grant_payment (person_id, unit, recipient_orgnr, paid_on, grant_kind, rate, amount, available_on,
	source_code, registered_at, registered_by)
SELECT l.id, u.unit, CASE k.town::text WHEN '0301' THEN '958935420' WHEN '4601' THEN '964338531' END,
	k.paid_on, k.kind, r.rate, round(r.rate * k.share, 2), k.paid_on, 'imdi', pg_temp.told(k.paid_on, l.id), 'population'
FROM pg_temp.life AS l
CROSS JOIN LATERAL (
	SELECT l.settled_on + 30 + 365 * n, CASE n WHEN 0 THEN 'integration_1' ELSE 'integration_2_5' END,
		CASE WHEN l.moved_on <= l.settled_on + 30 + 365 * n THEN l.away ELSE l.town END, 240000 - 35000 * n, 1
	FROM generate_series(0, 4) AS n
	WHERE l.life IN ('refugee', 'target') AND l.settled_on <= date :'is_today'
	UNION ALL
	SELECT l.settled_on + 45, CASE WHEN l.age < 6 THEN 'kindergarten' WHEN l.age < 16 THEN 'school' ELSE 'elderly' END,
		l.town, 27500, 1
	WHERE l.life = 'refugee' AND (l.age < 16 OR l.age > 60) AND l.settled_on <= date :'is_today'
	UNION ALL
	SELECT l.settled_on + 60, 'unaccompanied', l.town, 190000, 0.8
	WHERE l.life = 'refugee' AND l.age BETWEEN 10 AND 16 AND pg_temp.die(l.id, 'alone', 100) < 25
		AND l.settled_on <= date :'is_today'
	UNION ALL
	SELECT l.training_on + 60, 'training', CASE WHEN l.moved_on <= l.training_on + 60 THEN l.away ELSE l.town END, 15200, 1
	WHERE l.life = 'refugee' AND l.training_on IS NOT NULL
	UNION ALL
	SELECT l.event, 'training_asylum', l.camp, 19500, 0.5 WHERE l.life = 'asylum'
) AS k(paid_on, kind, town, rate, share)
CROSS JOIN LATERAL (SELECT (k.rate * (1 + 0.02 * (extract(year FROM k.paid_on) - 2006)))::numeric(10, 0) AS rate OFFSET 0) AS r
JOIN pg_temp.town_unit AS u ON u.town = k.town AND u.valid @> k.paid_on
WHERE k.paid_on <= least(l.left_on, date :'is_today')
ORDER BY l.id, k.paid_on, k.kind COLLATE "C";
\echo 'grant_payment' :ROW_COUNT

-- ---- tests ----

-- a sitting is for language, society or citizenship, or the C1 test
CREATE TEMP TABLE sat ON COMMIT DROP AS
SELECT l.id AS person, l.id * 4 + k.n AS id, k.held_on,
	CASE WHEN l.moved_on <= k.held_on THEN l.away ELSE l.town END AS town,
	CASE
		WHEN d.die >= 85 AND k.held_on >= '2017-01-01' THEN 'citizenship'
		WHEN d.die >= 65 THEN 'society'
		WHEN d.die >= 60 AND k.held_on >= '2021-01-01' THEN 'c1'
		ELSE 'language' END AS test
FROM pg_temp.life AS l
CROSS JOIN LATERAL (VALUES (1, l.first_sitting), (2, l.second_sitting), (3, l.third_sitting)) AS k(n, held_on)
CROSS JOIN LATERAL (SELECT pg_temp.die(l.id * 4 + k.n, 'test', 100) AS die OFFSET 0) AS d
WHERE k.held_on IS NOT NULL
ORDER BY l.id, k.n;
ANALYZE pg_temp.sat;

INSERT INTO test_candidate (test_candidate_id, person_id, unit, candidate_no, paid, assumed_reading, assumed_listening,
	available_on, source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT l.id, l.id, u.unit, 'K' || lpad(l.id::text, 8, '0'), l.life = 'tested',
	(ARRAY['under_A1', 'A1', 'A2', 'B1', 'B2', 'C1'])[1 + pg_temp.die(l.id, 'reads', 6)],
	(ARRAY['under_A1', 'A1', 'A2', 'B1', 'B2', 'C1'])[1 + pg_temp.die(l.id, 'hears', 6)],
	l.first_sitting - 30, 'hkdir', pg_temp.told(l.first_sitting - 30, l.id), 'population'
FROM pg_temp.life AS l
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= l.first_sitting THEN l.away ELSE l.town END AND u.valid @> (l.first_sitting - 30)
WHERE l.first_sitting IS NOT NULL
ORDER BY l.id;
\echo 'test_candidate' :ROW_COUNT

INSERT INTO test_background (test_candidate_id, person_id, unit, mother_tongue, after_training, school_years,
	available_on, source_code, registered_at, registered_by)
SELECT l.id, l.id, u.unit, c.language, l.training_on IS NOT NULL, pg_temp.die(l.id, 'school', 19),
	l.first_sitting - 30, 'person', pg_temp.told(l.first_sitting - 30, l.id), 'population'
FROM pg_temp.life AS l
JOIN pg_temp.culture AS c USING (culture)
JOIN pg_temp.town_unit AS u
	ON u.town = CASE WHEN l.moved_on <= l.first_sitting THEN l.away ELSE l.town END AND u.valid @> (l.first_sitting - 30)
WHERE l.first_sitting IS NOT NULL
ORDER BY l.id;
\echo 'test_background' :ROW_COUNT

INSERT INTO test_sitting (test_sitting_id, test_candidate_id, person_id, unit, held_on, place, mode, available_on,
	source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT s.id, s.person, s.person, u.unit, s.held_on,
	(ARRAY['Voksenopplæringen', 'Rådhuset', 'Læringssenteret', 'Østre skole'])[1 + pg_temp.die(s.id, 'place', 4)],
	CASE WHEN s.held_on < '2014-01-01' THEN 'paper' ELSE 'digital' END,
	s.held_on, 'hkdir', pg_temp.told(s.held_on, s.person), 'population'
FROM pg_temp.sat AS s
JOIN pg_temp.town_unit AS u ON u.town = s.town AND u.valid @> s.held_on
ORDER BY s.id;
\echo 'test_sitting' :ROW_COUNT

INSERT INTO test_part (test_part_id, test_sitting_id, person_id, unit, part_kind, language, norwegian_form, available_on,
	source_code, registered_at, registered_by) OVERRIDING SYSTEM VALUE
SELECT s.id * 4 + k.n, s.id, s.person, u.unit, k.kind,
	CASE WHEN s.test IN ('society', 'citizenship') AND pg_temp.die(s.id, 'in own language', 100) < 30 THEN 'eng' ELSE 'nor' END,
	CASE WHEN s.test IN ('language', 'c1') THEN
		CASE WHEN pg_temp.die(s.id, 'form', 100) < 90 THEN 'bokmaal' ELSE 'nynorsk' END END,
	s.held_on, 'hkdir', pg_temp.told(s.held_on, s.person), 'population'
FROM pg_temp.sat AS s
JOIN (VALUES ('language', 0, 'listening'), ('language', 1, 'reading'), ('language', 2, 'writing'), ('language', 3, 'speaking'),
	('c1', 0, 'c1_reading_speaking'), ('c1', 1, 'c1_listening_writing'),
	('society', 0, 'society'), ('citizenship', 0, 'citizenship')) AS k(test, n, kind) ON k.test = s.test
JOIN pg_temp.town_unit AS u ON u.town = s.town AND u.valid @> s.held_on
WHERE s.test <> 'language' OR k.n = 0 OR pg_temp.die(s.id * 4 + k.n, 'takes part', 100) < 80
ORDER BY s.id, k.n;
\echo 'test_part' :ROW_COUNT

INSERT INTO test_answer (test_part_id, person_id, unit, answer, available_on, source_code, registered_at, registered_by)
SELECT p.test_part_id, p.person_id, p.unit, CASE p.part_kind
		WHEN 'writing' THEN (ARRAY['Jeg vil fortelle om en dag på jobben. ', 'Kjære nabo, takk for hjelpen i går. ',
			'Etter min mening bør barn lære å svømme. '])[1 + pg_temp.die(p.test_part_id, 'essay', 3)]
			|| repeat('Det var kaldt, men vi gikk en lang tur. ', 1 + pg_temp.die(p.test_part_id, 'length', 6))
		ELSE translate(to_hex(pg_temp.die(p.test_part_id, 'answers', 2000000000)), '0123456789abcdef', 'ABCDABCDABCDABCD') END,
	p.available_on, 'hkdir', p.registered_at, 'population'
FROM test_part AS p
WHERE p.part_kind NOT IN ('speaking', 'c1_reading_speaking') AND pg_temp.die(p.test_part_id, 'answered', 100) < 95
ORDER BY p.test_part_id;
\echo 'test_answer' :ROW_COUNT

-- two to six weeks after the sitting; three in a hundred are replaced after a complaint
INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, automated, status, notified_on, final_on,
	available_on, source_code, registered_at, registered_by)
SELECT p.test_part_id, p.person_id, u.unit, p.part_kind, CASE
		WHEN s.test = 'language' THEN (ARRAY['under_A1', 'A1', 'A2', 'A2', 'B1', 'B1', 'B2', 'not_assessable'])
			[1 + pg_temp.die(p.test_part_id + r.n, 'level', 8)]
		WHEN pg_temp.die(p.test_part_id + r.n, 'level', 100) >= 65 THEN 'not_passed'
		WHEN s.test = 'c1' THEN 'C1'
		ELSE 'passed' END,
	r.n = 0 AND s.held_on >= '2021-01-01' AND p.part_kind IN ('listening', 'reading', 'society'),
	CASE WHEN r.n < r.last THEN 'replaced' ELSE 'current' END, r.told_on,
	CASE WHEN r.n = r.last AND r.told_on + 42 <= date :'is_today' THEN r.told_on + 42 END,
	r.told_on, 'hkdir', pg_temp.told(r.told_on, p.person_id), 'population'
FROM test_part AS p
JOIN pg_temp.sat AS s ON s.id = p.test_sitting_id
CROSS JOIN LATERAL (SELECT s.held_on + 14 + pg_temp.die(s.id, 'result', 28) AS first_on OFFSET 0) AS f
CROSS JOIN LATERAL (SELECT (pg_temp.die(p.test_part_id, 'complains', 100) < 3
	AND f.first_on + 60 <= date :'is_today')::integer AS last OFFSET 0) AS c
CROSS JOIN LATERAL (SELECT n, c.last, f.first_on + 60 * n AS told_on FROM generate_series(0, c.last) AS n) AS r
JOIN pg_temp.town_unit AS u ON u.town = s.town AND u.valid @> r.told_on
WHERE r.told_on <= date :'is_today'
ORDER BY p.test_part_id, r.n;
\echo 'test_result' :ROW_COUNT

-- what triggers keep: when storage times began, and the last sitting
INSERT INTO retention_clock (person_id, clock, on_date)
SELECT person_id, clock, min(on_date)
FROM (
	SELECT person_id, 'settled' AS clock, settled_on AS on_date FROM settlement
	UNION ALL SELECT person_id, 'target_entry', least(offered_on, claimed_on) FROM intro_programme
	UNION ALL SELECT person_id, 'programme_start', started_on FROM programme_period
	UNION ALL SELECT person_id, 'training_start', started_on FROM training
) AS e
WHERE on_date IS NOT NULL
GROUP BY person_id, clock
ON CONFLICT DO NOTHING;
UPDATE test_candidate AS c
SET last_held_on = (SELECT max(s.held_on) FROM test_sitting AS s WHERE s.test_candidate_id = c.test_candidate_id);

-- keys given above; the next ones follow
SELECT setval(pg_get_serial_sequence(quote_ident(k.name), k.name || '_id'), k.last)
FROM (
	SELECT 'person' AS name, max(person_id) AS last FROM person
	UNION ALL SELECT 'settlement', max(settlement_id) FROM settlement
	UNION ALL SELECT 'intro_programme', max(intro_programme_id) FROM intro_programme
	UNION ALL SELECT 'programme_decision', max(programme_decision_id) FROM programme_decision
	UNION ALL SELECT 'training', max(training_id) FROM training
	UNION ALL SELECT 'test_candidate', max(test_candidate_id) FROM test_candidate
	UNION ALL SELECT 'test_sitting', max(test_sitting_id) FROM test_sitting
	UNION ALL SELECT 'test_part', max(test_part_id) FROM test_part
) AS k \g (format=unaligned tuples_only=on) /dev/null

ANALYZE person, person_name, person_fnr, person_duf, connection, residence_permit, settlement, settlement_wish,
	intro_programme, programme_decision, programme_period, training, training_hours, grant_payment, test_candidate,
	test_background, test_sitting, test_part, test_answer, test_result, retention_clock;

-- ---- what there is ----

\pset footer off
\echo

SELECT t.name AS "table", t.rows
FROM (
	SELECT 1, 'person', count(*) FROM person
	UNION ALL SELECT 2, 'person_name', count(*) FROM person_name
	UNION ALL SELECT 3, 'person_fnr', count(*) FROM person_fnr
	UNION ALL SELECT 4, 'person_duf', count(*) FROM person_duf
	UNION ALL SELECT 5, 'connection', count(*) FROM connection
	UNION ALL SELECT 6, 'residence_permit', count(*) FROM residence_permit
	UNION ALL SELECT 7, 'settlement', count(*) FROM settlement
	UNION ALL SELECT 8, 'settlement_wish', count(*) FROM settlement_wish
	UNION ALL SELECT 9, 'intro_programme', count(*) FROM intro_programme
	UNION ALL SELECT 10, 'programme_decision', count(*) FROM programme_decision
	UNION ALL SELECT 11, 'programme_period', count(*) FROM programme_period
	UNION ALL SELECT 12, 'training', count(*) FROM training
	UNION ALL SELECT 13, 'training_hours', count(*) FROM training_hours
	UNION ALL SELECT 14, 'grant_payment', count(*) FROM grant_payment
	UNION ALL SELECT 15, 'test_candidate', count(*) FROM test_candidate
	UNION ALL SELECT 16, 'test_background', count(*) FROM test_background
	UNION ALL SELECT 17, 'test_sitting', count(*) FROM test_sitting
	UNION ALL SELECT 18, 'test_part', count(*) FROM test_part
	UNION ALL SELECT 19, 'test_answer', count(*) FROM test_answer
	UNION ALL SELECT 20, 'test_result', count(*) FROM test_result
) AS t(position, name, rows)
ORDER BY t.position;

-- RC3 starts with entry into the target group and RC5 with training in
-- reception; no table has those yet, so the offer and the payment stand in
WITH started AS (
	SELECT person_id, min(started_on) AS clock
	FROM (
		SELECT person_id, started_on FROM programme_period
		UNION ALL SELECT person_id, started_on FROM training WHERE started_on IS NOT NULL
	) AS s
	GROUP BY person_id
), fact(rule, fact, clock) AS (
	SELECT 'RC1', 'settlement', settled_on FROM settlement WHERE settled_on IS NOT NULL
	UNION ALL
	SELECT 'RC1', 'grant_payment', s.settled_on
	FROM grant_payment AS g JOIN settlement AS s ON s.person_id = g.person_id
	WHERE g.grant_kind <> 'training_asylum'
	UNION ALL
	SELECT 'RC2', 'intro_programme', s.clock FROM intro_programme JOIN started AS s USING (person_id)
	UNION ALL
	SELECT 'RC2', 'training', s.clock FROM training JOIN started AS s USING (person_id)
	UNION ALL
	SELECT 'RC3', 'intro_programme', least(p.offered_on, p.claimed_on) FROM intro_programme AS p
	WHERE NOT EXISTS (SELECT FROM started AS s WHERE s.person_id = p.person_id)
	UNION ALL
	SELECT 'RC3', 'training', t.granted_on FROM training AS t
	WHERE NOT EXISTS (SELECT FROM started AS s WHERE s.person_id = t.person_id)
	UNION ALL
	SELECT 'RC4', 'test_sitting', held_on FROM test_sitting
	UNION ALL
	SELECT 'RC5', 'grant_payment', paid_on FROM grant_payment WHERE grant_kind = 'training_asylum'
)
SELECT f.rule, r.years, f.fact,
	count(*) FILTER (WHERE f.clock + make_interval(years => r.years) <= date :'is_today') AS due,
	count(*) FILTER (WHERE f.clock + make_interval(years => r.years) > date :'is_today') AS "not due"
FROM fact AS f
JOIN nir.retention_rule AS r ON r.code = f.rule AND r.valid @> date :'is_today'
GROUP BY f.rule, r.years, f.fact
ORDER BY f.rule COLLATE "C", f.fact COLLATE "C";

COMMIT;
