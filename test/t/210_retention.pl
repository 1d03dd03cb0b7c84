# Retention: what is due is deleted, and only that, after it was handed over;
# the log says so and verifies.  Who may make the purge do what, what it leaves
# where somebody is at work, and that it comes to the same end late, twice and
# twice at once.
# covers: R132 R150 R151 R152 R153 R154 R156 R157 R158 R159 R161 R164 R165 R167
# covers: RC1 RC2 RC3 RC4 RC5

use strict;
use warnings FATAL => 'all';

use IPC::Run qw(start finish);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('retention', conf => "nir.keyring_file = '$folder/keyring'");
my $superuser = getpwuid($<);

# the same end for whoever asks
sub value { my ($database, $sql) = @_; return $node->safe_psql($database, "SET search_path = register, public; $sql") }
sub code { my ($database, $sql, $user) = @_; return sqlstate($node, $database, $user // $superuser, $sql) }

# what a purge prints; on another day, where one is given
sub purge
{
	my ($database, $day, $arguments) = @_;
	my ($out, $err);

	$node->psql($database, ($day ? "SET nir.now_override = '$day';" : '') . "\nCALL nir.purge($arguments)",
		stdout => \$out, stderr => \$err, on_error_stop => 1) == 0 or die $err;
	return $err;
}

create_register($node, 'empty');
is(code('empty', 'CALL nir.purge()'), 'NR050', 'without a keyring nothing is deleted, since it could not be proved');
is(value('empty', 'SELECT count(*) FROM nir.retention_run'), 0, '... and nothing is begun');
$node->safe_psql('empty', 'SELECT nir.create_keyring()');
$node->safe_psql('empty', q{
	CREATE ROLE ops LOGIN; GRANT nir_operator TO ops;
	CREATE ROLE dpo LOGIN; GRANT nir_dpo TO dpo;
	CREATE ROLE oslo_app LOGIN; CREATE ROLE udi_app LOGIN; CREATE ROLE une_app LOGIN; CREATE ROLE vendor LOGIN;
	SELECT nir.bind_role('oslo_app', '0301', purposes => '{b,c,d}');
	SELECT nir.bind_role('udi_app', 'udi', purposes => '{i}');
	SELECT nir.bind_role('une_app', 'une', purposes => '{i}')});

# ---- dates ----

is(value('empty', q{SELECT string_agg(to_char(nir.date_expiry(d::date, y), 'YYYY-MM-DD'), ' ') FROM (VALUES
	('2020-05-15', 15), ('2021-02-28', 15), ('2020-02-29', 15), ('2021-06-01', 20), ('2024-03-31', 5),
	('2023-01-01', 5), ('2022-10-10', 15), ('2022-01-01', 5)) AS t(d, y)}),
	'2035-05-15 2036-02-28 2035-02-28 2041-06-01 2029-03-31 2028-01-01 2037-10-10 2027-01-01', 'the worked dates');
is(value('empty', q{SET nir.now_override = '2035-02-28'; SELECT nir.retention_cutoff('RC1')}), '2020-02-29', 'a leap day is due on 28 February');
is(value('empty', q{SET nir.now_override = '2035-02-27'; SELECT nir.retention_cutoff('RC1')}), '2020-02-27', '... not before');
is(value('empty', q{SET nir.now_override = '2035-02-28'; SELECT nir.retention_cutoff('RC1', true)}), '2020-03-30', 'ahead by nir.transfer_lead');
is(value('empty', q{SET timezone = 'Pacific/Kiritimati'; SET nir.now_override = '2035-05-14T21:59:59Z'; SELECT nir.retention_today()}),
	'2035-05-14', 'today is the day in Norway, whatever the session says');
is(value('empty', q{SET timezone = 'Pacific/Pago_Pago'; SET nir.now_override = '2035-05-14T22:00:00Z'; SELECT nir.retention_today()}),
	'2035-05-15', '... in summer time too');
is(code('empty', q{SET nir.now_override = 'tomorrow'}), '22023', 'nir.now_override is an instant');
is(code('empty', q{SET nir.now_override = '2035-01-01'}, 'ops'), '42501', '... that an operator does not set');
is(code('empty', q{SELECT nir.retention_cutoff('RC77')}), 'NR071', 'an unknown rule');
is(value('empty', q{SET nir.now_override = '2035-01-01'; SELECT count(*) FROM nir.doctor() WHERE finding LIKE 'nir.now_override%'}), 1, 'the doctor warns of it');

# ---- who may what ----

is(code('empty', 'BEGIN; CALL nir.purge()'), 'NR070', 'a purge commits, so it is refused inside BEGIN');
is(code('empty', 'DO $$ BEGIN BEGIN CALL nir.purge(); EXCEPTION WHEN division_by_zero THEN NULL; END; END $$'), 'NR070', '... and below an exception block');
is(code('empty', q{CALL nir.purge('RC77')}), 'NR071', '... and for an unknown rule');
is(code('empty', 'CALL nir.purge(batch_size => 0)'), '22023', '... and with no subjects in a batch');
is(code('empty', 'CALL nir.purge()', 'oslo_app'), '42501', 'an application may not');
is(code('empty', 'CALL nir.purge()', 'ops'), '', 'an operator may');
is(value('empty', 'SELECT started_by FROM nir.stat_retention'), 'ops', '... and is on record');
is(code('empty', q{BEGIN; SELECT nir.begin_processing('r')}, 'oslo_app'), 'NR012', 'nobody declares purpose r');
is(code('empty', q{SELECT nir.bind_role('vendor', 'retention', purposes => '{r}')}), 'NR011', '... nor is bound to the body that has it');
is(code('empty', q{INSERT INTO nir.body (body, kind, name) VALUES ('retention', 'retention', 'x'); SELECT nir.bind_role('vendor', 'retention', purposes => '{r}')}),
	'NR011', '... not even where an administrator made such a body');
isnt(code('empty', 'SELECT 1', 'nir_retention'), '', 'nir_retention cannot log in');
is(code('empty', 'SET ROLE nir_retention; SELECT count(*) FROM register.settlement'), 'NR010', 'who becomes nir_retention has no purpose');
is(code('empty', 'SET ROLE nir_retention; DELETE FROM register.settlement'), 'NR010', '... nor to delete');
is(code('empty', q{SET ROLE nir_retention; SELECT nir.claim_subjects('register.person', 'person_id', '{1}')}), 'NR074', '... and cannot do what the purge does');
is(code('empty', q{SET ROLE nir_retention; SELECT nir.forget_subjects('register.person', 'person_id', '{1}')}), 'NR074', '... nor make it believe that a person is without facts');
is(code('empty', q{SELECT nir.claim_subjects('register.person', 'person_id', '{1}')}), 'NR074', '... nor can a superuser');
$node->safe_psql('empty', 'GRANT nir_retention TO vendor');
is(code('empty', 'SELECT count(*) FROM register.settlement', 'vendor'), 'NR010', 'a member of nir_retention has no purpose either');
is(code('empty', 'SELECT nir.purge_step(1, NULL, 0, 0, 10)', 'vendor'), 'NR010', '... nor by a step of the purge');
like($node->safe_psql('empty', q{SELECT finding FROM nir.doctor() WHERE name = 'unbound_member'}), qr/"vendor"/, '... and the doctor tells');
$node->safe_psql('empty', 'REVOKE nir_retention FROM vendor');
is(value('empty', q{SELECT bool_or(polname = 'nir_retention_delete_only') FROM pg_policy WHERE NOT polpermissive AND polrelid = 'settlement'::regclass}), 't',
	'a policy of another cannot widen what it may delete');
is(code('empty', q{SET session_replication_role = replica; SET row_security = off; SET search_path = register; CALL nir.purge()}), '',
	'what the caller set does not reach it');

# ---- everything that is due, and nothing else: a population against an oracle ----

$node->safe_psql('postgres', 'CREATE DATABASE people TEMPLATE empty');
{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'people';
	run_command([ 'scripts/population', 'PERSONS=400', 'SEED=7' ]);
}
# in intervals of the server, and in words of the law: what should be left
value('people', q{
	CREATE SCHEMA oracle; SET search_path = oracle, register;
	CREATE FUNCTION over(on_date date, years integer) RETURNS boolean RETURN (on_date + make_interval(years => years))::date <= (now() AT TIME ZONE 'Europe/Oslo')::date;
	CREATE TABLE settled AS SELECT person_id, min(settled_on) AS d FROM settlement WHERE settled_on IS NOT NULL GROUP BY 1;
	CREATE TABLE started AS SELECT person_id, min(started_on) AS d FROM (SELECT person_id, started_on FROM programme_period
		UNION ALL SELECT person_id, started_on FROM training WHERE started_on IS NOT NULL) AS s GROUP BY 1;
	CREATE TABLE target AS SELECT person_id, min(least(offered_on, claimed_on)) AS d FROM intro_programme GROUP BY 1;
	CREATE TABLE kept AS
		SELECT 'settlement' AS t, settlement_id AS k, person_id AS p FROM settlement LEFT JOIN settled USING (person_id) WHERE NOT over(coalesce(d, case_opened_on), 15)
		UNION ALL SELECT 'settlement_wish', settlement_wish_id, person_id FROM settlement_wish LEFT JOIN settled USING (person_id) WHERE NOT over(coalesce(d, available_on), 15)
		UNION ALL SELECT 'grant_payment', grant_payment_id, person_id FROM grant_payment LEFT JOIN settled USING (person_id)
			WHERE NOT CASE grant_kind WHEN 'training_asylum' THEN over(paid_on, 5) ELSE over(coalesce(d, paid_on), 15) END
		UNION ALL SELECT 'intro_programme', intro_programme_id, person_id FROM intro_programme LEFT JOIN started AS s USING (person_id) LEFT JOIN target AS g USING (person_id)
			WHERE NOT over(coalesce(s.d, g.d, available_on), 15)
		UNION ALL SELECT 'programme_decision', programme_decision_id, person_id FROM programme_decision LEFT JOIN started AS s USING (person_id) LEFT JOIN target AS g USING (person_id)
			WHERE NOT over(coalesce(s.d, g.d, decided_on), 15)
		UNION ALL SELECT 'programme_period', programme_period_id, person_id FROM programme_period JOIN started USING (person_id) WHERE NOT over(d, 15)
		UNION ALL SELECT 'training', training_id, person_id FROM training LEFT JOIN started AS s USING (person_id) LEFT JOIN target AS g USING (person_id)
			WHERE NOT over(coalesce(s.d, g.d, granted_on), 15)
		UNION ALL SELECT 'training_hours', training_hours_id, person_id FROM training_hours LEFT JOIN started USING (person_id) WHERE NOT over(coalesce(d, available_on), 15)
		UNION ALL SELECT 'test_sitting', test_sitting_id, person_id FROM test_sitting WHERE NOT over(held_on, 20)
		UNION ALL SELECT 'test_part', test_part_id, p.person_id FROM test_part AS p JOIN test_sitting USING (test_sitting_id) WHERE NOT over(held_on, 20)
		UNION ALL SELECT 'test_answer', test_answer_id, a.person_id FROM test_answer AS a JOIN test_part USING (test_part_id) JOIN test_sitting USING (test_sitting_id) WHERE NOT over(held_on, 20)
		UNION ALL SELECT 'test_result', test_result_id, r.person_id FROM test_result AS r JOIN test_part USING (test_part_id) JOIN test_sitting USING (test_sitting_id) WHERE NOT over(held_on, 20)
		UNION ALL SELECT 'test_candidate', test_candidate_id, person_id FROM test_candidate AS c
			WHERE NOT over(coalesce((SELECT max(held_on) FROM test_sitting AS s WHERE s.test_candidate_id = c.test_candidate_id), available_on), 20)
		UNION ALL SELECT 'test_background', test_background_id, b.person_id FROM test_background AS b JOIN test_candidate AS c USING (test_candidate_id)
			WHERE NOT over(coalesce((SELECT max(held_on) FROM test_sitting AS s WHERE s.test_candidate_id = c.test_candidate_id), c.available_on), 20);
	-- a person stays while a fact does, or if there never was one
	CREATE TABLE kept_person AS SELECT person_id FROM person AS p
		WHERE person_id IN (SELECT k.p FROM kept AS k)
		OR NOT EXISTS (SELECT FROM settlement WHERE person_id = p.person_id) AND NOT EXISTS (SELECT FROM settlement_wish WHERE person_id = p.person_id)
		AND NOT EXISTS (SELECT FROM grant_payment WHERE person_id = p.person_id) AND NOT EXISTS (SELECT FROM intro_programme WHERE person_id = p.person_id)
		AND NOT EXISTS (SELECT FROM training WHERE person_id = p.person_id) AND NOT EXISTS (SELECT FROM test_candidate WHERE person_id = p.person_id);
	INSERT INTO kept SELECT 'person', person_id, person_id FROM kept_person;
	INSERT INTO kept SELECT 'person_name', person_name_id, person_id FROM person_name JOIN kept_person USING (person_id);
	INSERT INTO kept SELECT 'person_fnr', person_fnr_id, person_id FROM person_fnr JOIN kept_person USING (person_id);
	INSERT INTO kept SELECT 'person_duf', person_duf_id, person_id FROM person_duf JOIN kept_person USING (person_id);
	INSERT INTO kept SELECT 'connection', connection_id, person_id FROM connection JOIN kept_person USING (person_id);
	INSERT INTO kept SELECT 'residence_permit', residence_permit_id, person_id FROM residence_permit JOIN kept_person USING (person_id)});
my @tables = split(/\n/, value('people', 'SELECT DISTINCT t FROM oracle.kept ORDER BY t'));
is(scalar(@tables), 20, 'the oracle speaks of every table with facts');

# rows that should be there and are not, and the other way round
sub differences
{
	my @difference;

	foreach my $t (@tables)
	{
		my ($lost, $left) = split(/\|/, value('people', qq{
			SELECT count(*) FILTER (WHERE r.k IS NULL), count(*) FILTER (WHERE o.k IS NULL)
			FROM (SELECT k FROM oracle.kept WHERE t = '$t') AS o FULL JOIN (SELECT ${t}_id AS k FROM $t) AS r USING (k)}));
		push @difference, "$t: $lost lost, $left left" if $lost || $left;
	}
	return join('; ', @difference);
}
sub lost { return join('; ', grep { !/: 0 lost/ } split(/; /, differences())) }

my $due = value('people', 'SELECT sum(due) FROM nir.retention_due');
cmp_ok($due, '>', 100, "there is much that is due ($due rows of facts)");
my $rows = join('+', map { "(SELECT count(*) FROM $_)" } @tables, 'retention_clock');
my $before = value('people', "SELECT $rows");
my $participants = value('people', 'SELECT count(*) FROM programme_period') + value('people', 'SELECT count(*) FROM training');
like(purge('people', undef, 'batch_size => 17'), qr/subjects are overdue: their transfers are not acknowledged/, 'what is not handed over is told of loudly');
is(lost(), '', 'nothing is deleted that is not due');
is(value('people', 'SELECT count(*) FROM programme_period') + value('people', 'SELECT count(*) FROM training'), $participants, 'participants wait for their transfers');
is(value('people', q{SELECT count(*) FROM settlement WHERE settlement_id NOT IN (SELECT k FROM oracle.kept WHERE t = 'settlement')}), 0, 'what needs none is gone');
is(value('people', 'SELECT sum(due) FROM nir.retention_due WHERE untransferred = 0'), 0, 'what is due and still there waits for a transfer');
cmp_ok(value('people', 'SELECT sum(untransferred) FROM nir.retention_due'), '>', 0, '... and is counted so');
my $again = value('people', 'SELECT count(*), max(batch_id) FROM nir.deletion_log');
purge('people', undef, '');
is(value('people', 'SELECT count(*), max(batch_id) FROM nir.deletion_log'), $again, 'a second purge deletes nothing');

# ---- the recipient ----

my $as_udi = q{BEGIN; DO $$ BEGIN PERFORM nir.begin_processing('i', actor => 'saksbehandler 3'); END $$;};
is(code('people', q{SELECT * FROM nir.fetch_transfers('udi')}, 'udi_app'), 'NR010', 'the recipient needs a context');
is(code('people', qq{$as_udi SELECT * FROM nir.fetch_transfers('udi')}, 'une_app'), 'NR073', 'nobody fetches what is addressed to another');
is(code('people', q{BEGIN; SELECT nir.begin_processing('b', '0301'); SELECT * FROM nir.fetch_transfers('udi')}, 'oslo_app'), '42501', '... nor does another kind of body');
is(code('people', qq{$as_udi SELECT count(*) FROM nir.transfer}, 'udi_app'), '42501', 'nobody reads the outbox itself');
my $first = value('people', q{SELECT min(transfer_id) FROM nir.transfer WHERE state = 'ready'});
is(code('people', qq{$as_udi SELECT nir.acknowledge_transfer($first)}, 'udi_app'), 'NR073', 'what was not fetched is not acknowledged');
is(code('people', qq{$as_udi SELECT nir.acknowledge_transfer(0)}, 'udi_app'), 'NR073', 'nor one that is not there');
is(value_as($node, 'people', 'udi_app', qq{$as_udi SELECT transfer_id FROM nir.fetch_transfers('udi', 1); COMMIT}), $first, 'the oldest comes first');
is(value_as($node, 'people', 'udi_app', qq{$as_udi SELECT transfer_id FROM nir.fetch_transfers('udi', 1); COMMIT}), $first, '... and again until it is acknowledged');
is(value_as($node, 'people', 'udi_app', qq{$as_udi SELECT payload ? 'person' AND payload ?| '{programmes,training,tests}' FROM nir.fetch_transfers('udi', 1)}), 't', '... with what it is about');
is(code('people', qq{$as_udi SELECT nir.acknowledge_transfer($first)}, 'une_app'), 'NR073', 'nobody acknowledges for another, though it was fetched');
is(value_as($node, 'people', 'udi_app', qq{$as_udi SELECT nir.acknowledge_transfer($first); COMMIT}), 't', 'it is acknowledged');
is(value_as($node, 'people', 'udi_app', qq{$as_udi SELECT nir.acknowledge_transfer($first); COMMIT}), 'f', '... once');
is(value('people', qq{SELECT state, payload IS NULL, length(payload_digest), acknowledged_by FROM nir.transfer WHERE transfer_id = $first}),
	'acknowledged|t|32|saksbehandler 3', 'its content is erased, its digest stays');
ok($node->poll_query_until('people', qq{SELECT count(*) >= 4 FROM nir.access_log
	WHERE kind = 'act' AND object LIKE 'update nir.transfer: transfer_id=$first, list=%, recipient=udi, state=%, fetched_by=saksbehandler 3, %'}),
	'... and each disclosure is in the access log')
  or diag(value('people', q{SELECT kind, object FROM nir.access_log WHERE kind = 'act'}));
my $acknowledge_all = qq{$as_udi
	SELECT count(nir.acknowledge_transfer(transfer_id)) FROM nir.fetch_transfers('udi', 1000); COMMIT};
value_as($node, 'people', 'udi_app', $acknowledge_all);

is(purge('people', undef, 'batch_size => 23'), '', 'then a purge has nothing to tell');
is(differences(), '', '... and exactly what is due is gone, general data with the last fact');
is(value('people', 'SELECT sum(due) FROM nir.retention_due'), 0, 'nothing is due any more');
is(value('people', 'SELECT sum(rows_deleted) FROM nir.deletion_log'), $before - value('people', "SELECT $rows"), 'the log has every row');
is(value('people', 'SELECT count(*) FROM retention_clock AS c WHERE NOT EXISTS (SELECT FROM person AS p WHERE p.person_id = c.person_id)'), 0, 'no clock is left of who is gone');
is(value('people', q{SELECT count(*) FROM retention_clock AS c WHERE clock <> 'settled'
	AND NOT EXISTS (SELECT FROM intro_programme AS p WHERE p.person_id = c.person_id)
	AND NOT EXISTS (SELECT FROM training AS t WHERE t.person_id = c.person_id)}), 0, '... nor one, of whatever day, that stands for nothing any more');
is(value('people', 'SELECT count(*) FROM nir.transfer WHERE subject NOT IN (SELECT person_id FROM person)'), 0, '... and no transfer names her');

# ---- the log ----

is(value('people', 'SELECT * FROM nir.verify_deletion_log()'), '', 'the log verifies');
is(code('people', 'SELECT * FROM nir.verify_deletion_log()', 'oslo_app'), '42501', '... for those who may ask');
# a cursor's snapshot is of before what follows it, as a statement's is of before what others commit
is(value('people', q{BEGIN; DECLARE c CURSOR FOR SELECT count(*) FROM nir.verify_deletion_log(); UPDATE nir.deletion_head SET batch_id = batch_id + 1; FETCH c}),
	0, 'a batch that is written while it verifies is none that is missing');
my $last = value('people', 'SELECT max(batch_id) FROM nir.deletion_log');
foreach my $tampering (
	[ 'a changed count', "UPDATE nir.deletion_log SET rows_deleted = rows_deleted - 1 WHERE batch_id = 2" ],
	[ 'a changed time', "UPDATE nir.deletion_log SET done_at = done_at - interval '1 day' WHERE batch_id = 2" ],
	[ 'a changed table', "UPDATE nir.deletion_log SET relations = relations || '{\"x\": 1}' WHERE batch_id = 2" ],
	[ 'a subject left out', "UPDATE nir.deletion_log SET subjects = subjects[2:] WHERE batch_id = 2" ],
	[ 'a removed batch', "DELETE FROM nir.deletion_log WHERE batch_id = 2" ],
	[ 'exchanged batches', "UPDATE nir.deletion_log SET batch_id = 5 - batch_id + 1000 WHERE batch_id IN (2, 3); UPDATE nir.deletion_log SET batch_id = batch_id - 1000 WHERE batch_id > 1000" ],
	[ 'an end cut off', "DELETE FROM nir.deletion_log WHERE batch_id = $last" ],
	[ 'an invented batch', "INSERT INTO nir.deletion_log SELECT batch_id + 1, run_id, done_at, today, register, rule, rule_version, cutoff, rows_deleted, relations, subjects, done_by, level, link FROM nir.deletion_log WHERE batch_id = $last" ])
{
	cmp_ok(value('people', "BEGIN; $tampering->[1]; SELECT count(*) FROM nir.verify_deletion_log()"), '>', 0, "$tampering->[0] is found");
}
my $gone = value('people', q{SELECT min(s) FROM generate_series(1, 400) AS s WHERE s NOT IN (SELECT person_id FROM person)});
cmp_ok(value_as($node, 'people', 'dpo', "SELECT count(*) FROM nir.was_deleted('register', $gone)"), '>', 0, 'the log answers for one person');
is(value_as($node, 'people', 'dpo', q{SELECT count(*) FROM nir.was_deleted('register', 12345678)}), 0, '... and for one who never was');
is(value('people', q{SELECT count(*) FROM nir.deletion_log AS l WHERE to_jsonb(l)::text ~ ('[^0-9a-f]' || (SELECT max(person_id) FROM person)::text || '[^0-9a-f]')
	AND (SELECT max(person_id) FROM person) > 390}), 0, 'it holds no key of a person');

# ---- small stories, each in a copy ----

my $stories = 0;
sub story
{
	my ($setup) = @_;
	my $database = 'story' . ++$stories;

	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE empty");
	value($database, q{
		INSERT INTO person (birth_date, source_code) SELECT '1990-01-01', 'imdi' FROM generate_series(1, 4);
		INSERT INTO person_name (person_id, given_name, family_name, source_code) SELECT person_id, 'Ada', 'Kanari', 'imdi' FROM person;
		INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
			SELECT person_id, '0301', '2020-01-01', '2020-05-15', '0301', '2020-05-15', 'imdi' FROM person;} . ($setup // ''));
	return $database;
}
sub left { return value($_[0], q{SELECT concat_ws(' ', (SELECT count(*) FROM person), (SELECT count(*) FROM settlement))}) }

my $s = story();
purge($s, '2035-05-14', '');
is(left($s), '4 4', 'the day before nothing goes');
purge($s, '2035-05-15', q{'RC4'});
is(left($s), '4 4', '... nor by another rule');
purge($s, '2035-05-15', '');
is(left($s), '0 0', 'on the day everything does (R153)');

$s = story();
purge($s, '2035-07-01', '');
is(left($s), '0 0', 'a missed month is caught up with');

$s = story(q{
	UPDATE settlement SET settled_on = '2021-05-15' WHERE person_id = 1;
	UPDATE settlement SET settled_on = '2020-04-15' WHERE person_id = 2;
	UPDATE settlement SET settled_on = NULL, settled_unit = NULL WHERE person_id = 3;
	INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
		VALUES (4, '4601', '2024-01-01', '2024-05-15', '4601', '2024-05-15', 'imdi')});
is(value($s, q{SELECT string_agg(concat_ws(' ', person_id, on_date), ', ' ORDER BY person_id) FROM retention_clock WHERE clock = 'settled'}),
	'1 2021-05-15, 2 2020-04-15, 4 2020-05-15', 'a corrected event moves the clock, a further one does not (R157)');
purge($s, '2035-01-01', '');
is(value($s, 'SELECT string_agg(person_id::text, $$ $$ ORDER BY person_id) FROM settlement'), '1 2 4 4', 'without its event a row goes by the earliest day known of it (R164)');
purge($s, '2035-04-15', '');
is(value($s, 'SELECT string_agg(person_id::text, $$ $$ ORDER BY person_id) FROM settlement'), '1 4 4', 'corrected after it was planned');
purge($s, '2035-05-15', '');
is(left($s), '1 1', 'a move does not prolong');

$s = story(q{
	INSERT INTO intro_programme (person_id, unit, right_category, offered_on, available_on, source_code) SELECT p, '0301', 'right', '2021-01-01', '2021-01-01', 'imdi' FROM generate_series(1, 2) AS p;
	INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on, stopped_on, stop_kind, available_on, source_code) VALUES (1, 1, '0301', '2022-01-01', '2023-01-01', 'temporary', '2022-01-01', 'imdi');
	INSERT INTO programme_period (intro_programme_id, person_id, unit, started_on, available_on, source_code) VALUES (1, 1, '0301', '2025-01-01', '2025-01-01', 'imdi');
	DELETE FROM settlement});
purge($s, '2036-01-01', '');
value_as($node, $s, 'udi_app', $acknowledge_all);
purge($s, '2036-01-01', '');
is(value($s, 'SELECT string_agg(person_id::text, $$ $$) FROM intro_programme'), '1', 'offered and never started: RC3, from the offer');
purge($s, '2036-12-31', '');
is(value($s, 'SELECT count(*) FROM programme_period'), 2, 'started: RC2, not before its day (R156)');
purge($s, '2037-01-01', '');
value_as($node, $s, 'udi_app', $acknowledge_all);
purge($s, '2037-01-01', '');
is(value($s, 'SELECT count(*) FROM programme_period'), 0, '... from the first start, whatever started later');

$s = story(q{
	DELETE FROM settlement;
	INSERT INTO test_candidate (person_id, unit, candidate_no, available_on, source_code) VALUES (1, '0301', '17', '2010-01-01', 'hkdir');
	INSERT INTO test_sitting (test_candidate_id, person_id, unit, held_on, available_on, source_code) VALUES (1, 1, '0301', '2010-03-01', '2010-03-01', 'hkdir'), (1, 1, '0301', '2021-03-01', '2021-03-01', 'hkdir');
	INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind, available_on, source_code) SELECT test_sitting_id, 1, '0301', 'writing', held_on, 'hkdir' FROM test_sitting;
	INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, available_on, source_code) SELECT test_part_id, 1, '0301', 'writing', 'B1', available_on, 'hkdir' FROM test_part;
	UPDATE test_candidate SET last_held_on = '2099-01-01'});
is(value($s, 'SELECT last_held_on FROM test_candidate'), '2021-03-01', 'nobody sets the last sitting of a candidate');
is(value($s, q{SELECT string_agg(list, ' ' ORDER BY list) FROM nir.transfer WHERE state = 'new'}), 'D56-4 D57-2', 'a result waits in the outbox as soon as it is there (R132)');
foreach my $day ('2030-01-30', '2030-03-01')
{
	purge($s, $day, '');
	value_as($node, $s, 'udi_app', $acknowledge_all);
}
is(value($s, q{SELECT count(*) FROM nir.transfer WHERE rule = 'RC4' AND state = 'acknowledged'}), 2, 'a month ahead the transfers are made (R154)');
purge($s, '2030-03-01', '');
is(value($s, 'SELECT string_agg(concat_ws($$ $$, s.held_on, r.result), $$,$$) FROM test_sitting AS s JOIN test_part USING (test_sitting_id) JOIN test_result AS r USING (test_part_id)'),
	'2021-03-01 B1', 'each sitting goes by its own day (R158)');
is(value($s, 'SELECT count(*) FROM test_candidate'), 1, '... the candidate with the last one');
value($s, q{UPDATE test_result SET result = 'B2'});
purge($s, '2041-03-01', '');
value_as($node, $s, 'udi_app', qq{$as_udi SELECT count(nir.acknowledge_transfer(transfer_id)) FROM nir.fetch_transfers('udi', 3); COMMIT});
purge($s, '2041-03-01', '');
is(value($s, 'SELECT count(*) FROM test_result'), 1, 'a change that is not handed over holds deletion up');
value_as($node, $s, 'udi_app', $acknowledge_all);
purge($s, '2041-03-01', '');
is(value($s, 'SELECT (SELECT count(*) FROM test_candidate), (SELECT count(*) FROM test_result), (SELECT count(*) FROM person WHERE person_id = 1)'), '0|0|0', '... acknowledged it lets everything go');

# holds
$s = story();
is(code($s, q{SELECT nir.hold('register', 1, 'case 1', '2026-01-01')}, 'oslo_app'), '42501', 'an application holds nothing back');
is(code($s, q{SELECT nir.hold('register', 1, 'case 1', CURRENT_DATE + 400)}, 'dpo'), '22023', 'a hold has an end within a year');
is(code($s, q{SELECT nir.hold('nowhere', 1, 'case 1', CURRENT_DATE + 40)}, 'dpo'), '3F000', '... and a register');
value($s, q{SET nir.now_override = '2035-05-01'; SELECT nir.hold('register', 1, 'case 1', '2035-06-30')});
purge($s, '2035-05-15', '');
is(left($s), '1 0', 'a hold keeps general data, and no fact beyond its maximum (R165)');
purge($s, '2035-06-30', '');
is(left($s), '1 0', '... to its last day');
purge($s, '2035-07-01', '');
is(left($s), '0 0', '... and no longer');

# somebody is at work
$s = story();
my $holder = $node->background_psql($s);
$holder->query_safe('BEGIN; UPDATE register.settlement SET process_note = process_note WHERE person_id = 2');
my $adder = $node->background_psql($s);
$adder->query_safe(q{BEGIN; INSERT INTO register.person_name (person_id, given_name, family_name, source_code, valid) VALUES (3, 'Ada', 'Ny', 'imdi', '[1999-01-01,2000-01-01)')});
purge($s, '2035-05-15', '');
is(value($s, 'SELECT string_agg(person_id::text, $$ $$ ORDER BY person_id) FROM settlement'), '2 3', 'who is being worked on is left, the rest goes on (T-50)');
is(value($s, 'SELECT left_locked FROM nir.stat_retention ORDER BY run_id DESC LIMIT 1'), 2, '... and counted');
$_->query_safe('COMMIT'), $_->quit foreach $holder, $adder;
purge($s, '2035-05-15', '');
is(left($s), '0 0', 'the next run takes her');

# a row that cannot go
$s = story(q{CREATE TABLE public.note (settlement_id bigint REFERENCES register.settlement, secret text); INSERT INTO public.note VALUES (3, 'Kanari')});
like(purge($s, '2035-05-15', 'batch_size => 3'), qr/1 subjects could not be deleted/, 'a poisoned row is told of');
is(left($s), '1 1', '... and the rest goes on');
is(value($s, 'SELECT subject, code, place FROM nir.quarantine'), '3|23503|note note_settlement_id_fkey', '... it is in quarantine, without a value');
purge($s, '2035-05-15', '');
is(left($s), '1 1', '... where it stays');
value($s, 'DELETE FROM public.note');
is(code($s, 'DELETE FROM nir.quarantine', 'ops'), '', 'until an operator lets it out');
purge($s, '2035-05-15', '');
is(left($s), '0 0', '... when it is mended');

# what a trigger does runs with the rights of the purge, which are few
$s = story(q{
	UPDATE settlement SET settled_on = '2030-05-15', case_opened_on = '2030-01-01' WHERE person_id = 4 AND false;
	CREATE TABLE public.seen (rows bigint, tried text); GRANT INSERT ON public.seen TO nir_retention;
	UPDATE settlement SET settled_on = '2021-05-15' WHERE person_id IN (3, 4);
	CREATE FUNCTION public.greedy() RETURNS trigger LANGUAGE plpgsql AS $$
	DECLARE failed text;
	BEGIN
		INSERT INTO public.seen SELECT count(*), current_user FROM register.settlement;
		DELETE FROM register.settlement;
		BEGIN PERFORM given_name FROM register.person_name; EXCEPTION WHEN OTHERS THEN failed := SQLSTATE; END;
		INSERT INTO public.seen VALUES (NULL, failed);
		BEGIN SET ROLE postgres; EXCEPTION WHEN OTHERS THEN failed := SQLSTATE; END;
		INSERT INTO public.seen VALUES (NULL, failed);
		RETURN NULL;
	END $$;
	CREATE TRIGGER greedy AFTER DELETE ON register.settlement_wish FOR EACH STATEMENT EXECUTE FUNCTION public.greedy()});
purge($s, '2035-05-15', '');
is(value($s, 'SELECT string_agg(person_id::text, $$ $$ ORDER BY person_id) FROM settlement'), '3 4', 'a trigger that deletes everything deletes what is due');
is(value($s, q{SELECT string_agg(concat_ws(' ', rows, tried), ', ') FROM public.seen}), '2 nir_retention, NR020, 42501', '... sees no more, reads no content and becomes nobody else');
value($s, 'ALTER FUNCTION public.greedy() OWNER TO vendor');
like(purge($s, '2036-05-15', ''), qr/nothing is deleted from register by RC1/, 'code of a stranger is not run at all');
is(left($s), '2 2', '... so nothing is deleted by that rule');
is(value($s, q{SELECT count(*) FROM nir.doctor() WHERE name = 'retention_entangled'}), 1, '... and the doctor says why');

# a table of a vendor's
$s = story(q{
	CREATE SCHEMA local; GRANT USAGE, CREATE ON SCHEMA local TO vendor;
	INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_log', 'x', '{b}', 'local', 'x');
	CREATE TABLE local.visit (visit_id bigint PRIMARY KEY, person_id bigint NOT NULL, visited_on date, note nir.tagged_text(b));
	SELECT nir.govern('local.visit', 'local_log', subject => 'person_id')});
is(code($s, q{SELECT nir.bind_retention('local.visit', 'RC2')}), 'NR072', 'without a clock an event is needed');
is(code($s, q{SELECT nir.bind_retention('local.visit', 'RC2', event => 'note')}), 'NR072', '... that is a date');
is(code($s, q{SELECT nir.bind_retention('public.nir', 'RC2')}), '42P01', '... of a table that exists');
is(code($s, q{SELECT nir.bind_retention('nir.body', 'RC2', event => 'valid')}), 'NR072', '... and is governed');
value($s, q{CREATE FUNCTION local.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'; ALTER FUNCTION local.f() OWNER TO vendor;
	CREATE TRIGGER t BEFORE DELETE ON local.visit FOR EACH ROW EXECUTE FUNCTION local.f()});
is(code($s, q{SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on')}), 'NR075', '... and runs no code of others');
value($s, q{DROP TRIGGER t ON local.visit; SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on');
	INSERT INTO local.visit VALUES (1, 1, '2020-01-01', 'x'), (2, 1, '2021-01-01', 'x'), (3, 1, NULL, 'x')});
purge($s, '2035-01-01', '');
is(value($s, 'SELECT string_agg(visit_id::text, $$ $$ ORDER BY visit_id) FROM local.visit'), '2 3', 'a table of a vendor goes by its own event');
purge($s, '2036-01-01', '');
is(value($s, 'SELECT string_agg(visit_id::text, $$ $$ ORDER BY visit_id) FROM local.visit'), '3', '... and a row without one is not taken for due');

# two at once
$s = story(q{INSERT INTO person (birth_date, source_code) SELECT '1990-01-01', 'imdi' FROM generate_series(1, 300);
	INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
		SELECT person_id, '0301', '2020-01-01', '2020-05-15', '0301', '2020-05-15', 'imdi' FROM person WHERE person_id > 4});
my @purges = map { start([ 'psql', '-X', '-q', '-d', $node->connstr($s), '-v', 'ON_ERROR_STOP=1',
			'-c', "SET nir.now_override = '2035-05-15'", '-c', 'CALL nir.purge(batch_size => 3)' ]) } 1 .. 2;
is(join(' ', map { finish($_) ? 'well' : 'ill' } @purges), 'well well', 'two purges at once both end well');
purge($s, '2035-05-15', '');
is(left($s), '0 0', '... and all is gone');
is(value($s, 'SELECT sum(rows_deleted) FROM nir.deletion_log'), 304 * 3 + 4, '... each row once');
is(value($s, 'SELECT * FROM nir.verify_deletion_log()'), '', '... and the log verifies');

is(code('empty', 'SELECT nir.schedule_purge()', 'ops'), 'NR076', 'without pg_cron there is a clear error');
$node->stop;
unlink("$folder/keyring");

done_testing();
