# The access log: every governed statement is in it before it gives a row,
# whatever becomes of its transaction, its session or the server; each record
# once; what was changed afterwards is found; where nothing can be written,
# nothing is done.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{SEED} // 1;
my $rounds = $ENV{ROUNDS} // 3;
my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('logged', conf => "nir.keyring_file = '$folder/keyring'\nnir.access_log_timeout = 200\nrestart_after_crash = on\nwal_level = replica\nmax_wal_senders = 4\n");
my $spool = $node->data_dir . '/nir_spool';

srand($seed);
create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	SELECT nir.create_keyring();
	CREATE ROLE app LOGIN;
	CREATE ROLE officer LOGIN;
	GRANT nir_dpo TO officer;
	CREATE TABLE note (id int, note nir.tagged_text(b,d), other nir.tagged_text(b));
	GRANT ALL ON note TO app;
	SELECT nir.bind_role('app', '0301', purposes => '{b,d}');
});

# What the log has of statements that a case reference marks, once all is there.
sub logged
{
	my ($on, $marks, $columns) = @_;

	settle($on);
	return $on->safe_psql('postgres', qq{SELECT $columns FROM nir.access_log WHERE case_ref ~ '$marks' ORDER BY log_id});
}

# Until the spool is in the table: the mark of a statement of our own arrives.
my $settled = 0;
sub settle
{
	my ($on) = @_;
	my $mark = 'settled ' . ++$settled;

	as_app($on, $mark, 'SELECT count(*) FROM note');
	$on->poll_query_until('postgres', "SELECT count(*) = 2 FROM nir.access_log i JOIN nir.access_log l USING (session, statement) WHERE i.case_ref = '$mark'")
	  or die 'the log did not arrive';
}

sub as_app
{
	my ($on, $mark, $sql, $end, $purpose) = @_;

	$end //= 'COMMIT';
	$purpose //= 'b';
	return value_as($on, 'postgres', 'app', "BEGIN; DO \$\$ BEGIN PERFORM nir.begin_processing('$purpose', '0301', 'worker 7', '$mark'); END \$\$; $sql; $end");
}

# ---- what is in it ----

as_app($node, 'insert', q{INSERT INTO note VALUES (1, 'x', 'y'), (2, 'x', 'y')});
is(logged($node, '^insert$', q{kind, session_role, role, actor, body, unit, purposes, relations}),
	'intent|app|app|worker 7|0301|0301|{b}|public.note(note, other) insert {b}', 'who, for whom, why and what');
is($node->safe_psql('postgres', q{
	SELECT c.kind, c.rows FROM nir.access_log i JOIN nir.access_log c USING (session, statement) WHERE i.case_ref = 'insert' AND c.kind <> 'intent'}),
	'completion|2', '... and how many rows it was');
as_app($node, 'back', 'SELECT note FROM note', 'ROLLBACK');
value_as($node, 'postgres', 'app', q{BEGIN READ ONLY; DO $$ BEGIN PERFORM nir.begin_processing('d', '0301', 'worker 7', 'read only'); END $$; SELECT note FROM note; COMMIT});
is(logged($node, '^(back|read only)$', 'case_ref, purposes, relations'),
	"back|{b}|public.note(note) select {b}\nread only|{d}|public.note(note) select {d}", 'a rollback takes nothing back, and a read-only transaction is logged');
as_app($node, 'forms', q{COPY note TO STDOUT; DECLARE c CURSOR FOR SELECT note FROM note; FETCH 1 FROM c; FETCH ALL FROM c; CLOSE c;
	SET LOCAL force_parallel_mode = on; SELECT count(note) FROM note; EXPLAIN SELECT * FROM note;
	UPDATE note SET note = 'z' WHERE id = 1 AND other = 'y' RETURNING other; SELECT n FROM note n; DELETE FROM note WHERE id = 3});
is(logged($node, '^forms$', 'relations'), join("\n",
		'public.note(*) select {b}' =~ s/\*/note, other/r, 'public.note(note) select {b}', 'public.note(note) select {b}', 'public.note(note, other) select {b}',
		'public.note(note, other) select update {b}', 'public.note(*) select {b}', 'public.note select delete {b}'),
	'COPY, a cursor, parallel workers, EXPLAIN, RETURNING, a whole row: each once');
is($node->safe_psql('postgres', q{
	SELECT string_agg(c.rows::text, ' ' ORDER BY i.log_id) FROM nir.access_log i JOIN nir.access_log c USING (session, statement)
	WHERE i.case_ref = 'forms' AND c.kind = 'completion'}), '2 1 0 1 2 0', '... with the rows of all fetches');

# ---- refusals and acts ----

is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('d', '0301', 'worker 7', 'refused'); SELECT other FROM note}), 'NR020', 'a column is refused');
as_app($node, 'caught', q{DO $$ BEGIN PERFORM other FROM note; EXCEPTION WHEN OTHERS THEN NULL; END $$}, 'COMMIT', 'd');
is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('e', '0301')}), 'NR012', 'a purpose is refused');
is(logged($node, '^(refused|caught)$', 'kind, sqlstate, object, case_ref'), "refused|NR020|note|refused\nrefused|NR020|note|caught",
	'a refusal is logged, once, and also where the error is caught');
is($node->safe_psql('postgres', q{SELECT session_role, sqlstate FROM nir.access_log WHERE kind = 'refused' AND case_ref IS NULL}), 'app|NR012', '... and of begin_processing');
$node->safe_psql('postgres', q{SELECT nir.bind_role('app', '0301', purposes => '{b,c,d}'); DELETE FROM nir.role_binding WHERE false; SELECT count(*) FROM note});
settle($node);
is($node->safe_psql('postgres', q{SELECT object FROM nir.access_log WHERE kind = 'act' ORDER BY log_id DESC LIMIT 1}) =~ /^(?:insert|update) nir\.role_binding: role=app, body=0301, units=\{0301\}, purposes=\{b,c,d\}/ ? 1 : 0, 1, 'so is a binding');
$node->safe_psql('postgres', q{
	SELECT nir.grant_actor('anna', '0301', '{b}', functions => '{special}');
	SELECT nir.review_actor('anna', '0301', true);
	SELECT nir.revoke_actor('anna')});
settle($node);
is($node->safe_psql('postgres', q{
	SELECT regexp_replace(object, '(actor=anna, body=0301).*(functions=[^,]*).*reviewed_by=([^,]*),.*', '\1 \2 \3')
	FROM nir.access_log WHERE kind = 'act' AND object LIKE '%nir.actor_grant%' ORDER BY log_id}) =~ s/ (?!body|func)\w+$/ by somebody/mgr,
	join("\n", 'insert nir.actor_grant: actor=anna, body=0301 functions={special} ',
		'update nir.actor_grant: actor=anna, body=0301 functions={special} by somebody',
		'delete nir.actor_grant: actor=anna, body=0301 functions={special} by somebody'), '... and what is granted to an actor, confirmed and withdrawn');
is($node->safe_psql('postgres', q{SELECT relations, body FROM nir.access_log WHERE kind = 'privileged' ORDER BY log_id DESC LIMIT 1}), 'public.note select|', '... and what a superuser reads');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE kind = 'act' AND object LIKE '%nir.access_rule%'}), '0', 'what is shipped is no act');

$node->safe_psql('postgres', q{
	CREATE TABLE key_of (id int PRIMARY KEY, note nir.tagged_text(b)); INSERT INTO key_of VALUES (1);
	CREATE TABLE refers (id int REFERENCES key_of); INSERT INTO refers SELECT 1 FROM generate_series(1, 50)});
settle($node);
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE relations LIKE '%key_of%'}), '1', 'a foreign key asks without a record for each row');

# ---- who may read and write it ----

is(sqlstate($node, 'postgres', 'app', 'SELECT count(*) FROM nir.access_log'), '42501', 'an application does not read it');
is(value_as($node, 'postgres', 'officer', 'SELECT count(*) > 10 FROM nir.access_log'), 't', 'the data protection officer does');
is(value_as($node, 'postgres', 'officer', 'SELECT count(*) FROM nir.verify_access_log()'), '0', '... and finds it whole');
foreach my $sql (q{DELETE FROM nir.access_log}, q{UPDATE nir.access_log SET role = 'x'}, q{DELETE FROM nir.access_log_batch}, q{TRUNCATE nir.access_log},
	q{SELECT * FROM nir.access_log_position}, q{INSERT INTO nir.access_log_batch VALUES (99999, 1, 1, '', '')})
{
	is(sqlstate($node, 'postgres', 'officer', $sql), '42501', "... but not: $sql");
}
is(sqlstate($node, 'postgres', 'app', 'SELECT nir.verify_access_log()'), '42501', 'nor does an application verify it');

# ---- changes are found ----

my ($batches, $rows) = split(/\|/, $node->safe_psql('postgres', 'SELECT max(batch), max(log_id) FROM nir.access_log'));
cmp_ok($batches, '>', 4, 'there are some batches');
my %change = (
	'a changed value' => q{UPDATE nir.access_log SET role = 'nobody' WHERE log_id = 4},
	'a value made NULL' => q{UPDATE nir.access_log SET actor = NULL WHERE log_id = (SELECT min(log_id) FROM nir.access_log WHERE actor IS NOT NULL)},
	'a changed number of rows' => q{UPDATE nir.access_log SET rows = rows + 1 WHERE log_id = (SELECT min(log_id) FROM nir.access_log WHERE rows IS NOT NULL)},
	'a removed row' => q{DELETE FROM nir.access_log WHERE log_id = 5},
	'two rows exchanged' => q{UPDATE nir.access_log SET log_id = CASE log_id WHEN 4 THEN -5 ELSE -4 END WHERE log_id IN (4, 5); UPDATE nir.access_log SET log_id = -log_id WHERE log_id < 0},
	'an added row' => q{INSERT INTO nir.access_log (log_id, at, kind, session, batch) SELECT max(log_id) + 1, now(), 'act', 'x', max(batch) FROM nir.access_log},
	'a row of another batch' => q{UPDATE nir.access_log SET batch = 1 WHERE log_id = (SELECT max(log_id) FROM nir.access_log)},
	'a removed batch' => q{DELETE FROM nir.access_log WHERE batch = 2; DELETE FROM nir.access_log_batch WHERE batch = 2},
	'the newest batch cut off' => q{DELETE FROM nir.access_log WHERE batch = (SELECT max(batch) FROM nir.access_log_batch); DELETE FROM nir.access_log_batch WHERE batch = (SELECT max(batch) FROM nir.access_log_batch)},
	'a row changed with its digest' => q{UPDATE nir.access_log SET role = 'nobody' WHERE log_id = 4; UPDATE nir.access_log_batch SET digest = sha256('forged') WHERE batch = (SELECT batch FROM nir.access_log WHERE log_id = 4)},
	'a link of no bytes' => q{UPDATE nir.access_log_batch SET link = '' WHERE batch = 2},
	'all of it gone' => q{DELETE FROM nir.access_log; DELETE FROM nir.access_log_batch});
foreach my $what (sort keys %change)
{
	cmp_ok($node->safe_psql('postgres', "BEGIN; $change{$what}; SELECT count(*) FROM nir.verify_access_log(); ROLLBACK"), '>', 0, "$what is found");
}

# ---- crashes ----

# After a process was killed the server ends all others; psql may find it in any state.
sub come_back
{
	my ($pid) = @_;

	foreach (1 .. 1000)
	{
		my $left = eval {
			my $out = '';
			$node->psql('postgres', "SELECT count(*) FROM pg_stat_activity WHERE pid = $pid", stdout => \$out);
			$out;
		};
		return if defined $left && $left eq '0';
	}
	die 'the server did not come back';
}

my $expected = 0;
foreach my $round (1 .. $rounds)
{
	foreach my $number (1 .. 3 + int rand 10)
	{
		as_app($node, "crash $round $number", 'SELECT note FROM note', rand(2) < 1 ? 'ROLLBACK' : 'COMMIT');
		$expected++;
		# the worker alone, which takes the whole server with it
		if (rand(12) < 1)
		{
			my $pid = $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'nir worker'});
			if ($pid ne '')
			{
				kill(9, $pid);
				come_back($pid);
			}
		}
	}
	$node->stop('immediate');
	$node->start;
}
is(logged($node, '^crash ', 'case_ref') =~ tr/\n// + 1, $expected, "after $rounds crashes every statement that gave rows is in the log");
is($node->safe_psql('postgres', q{SELECT count(*) FROM (SELECT case_ref FROM nir.access_log WHERE case_ref LIKE 'crash %' GROUP BY case_ref HAVING count(*) > 1) twice}), '0', '... and none twice');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE kind = 'lost'}), '0', '... and nothing is lost');
is($node->safe_psql('postgres', 'SELECT string_agg(finding, E\'\n\') FROM nir.verify_access_log()'), '', '... and the chain is whole');

# ---- no keyring: the records wait ----

$node->safe_psql('postgres', "ALTER SYSTEM SET nir.keyring_file = ''");
$node->restart;
as_app($node, 'waits', 'SELECT note FROM note');
$node->poll_query_until('postgres', q{SELECT bool_or(sqlstate = 'NR050') FROM nir.worker WHERE database = 'postgres' AND job = 'access log'})
  or die 'the worker does not say that the keyring is missing';
pass('without a keyring the worker says so');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE case_ref = 'waits'}), '0', '... and what cannot be chained is not in the table');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.doctor() WHERE name = 'access_log'}), '1', '... and the doctor knows');
$node->safe_psql('postgres', 'ALTER SYSTEM RESET nir.keyring_file');
$node->restart;
is(logged($node, '^waits$', 'kind'), 'intent', 'with the keyring it arrives');

# ---- where nothing can be written, nothing is done ----

my ($file) = grep { !/\.end$/ } sort { $b cmp $a } glob("$spool/*");
chmod(0400, $file) or die "chmod: $!";
is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('b', '0301', 'worker 7', 'full'); INSERT INTO note VALUES (9, 'x', 'y')}), 'NR060', 'without a disk a statement is refused');
chmod(0600, $file) or die "chmod: $!";
is(as_app($node, 'room', 'SELECT count(*) FROM note WHERE id = 9'), '0', '... and was not done; with one it goes on');
is(logged($node, '^room$', 'kind'), 'intent', '... and is logged');

# ---- a copy of the database has a log of its own ----

$node->safe_psql('postgres', 'CREATE DATABASE copied TEMPLATE postgres');
value_as($node, 'copied', 'app', q{BEGIN; DO $$ BEGIN PERFORM nir.begin_processing('b', '0301', 'worker 7', 'in the copy'); END $$; SELECT count(*) FROM note; COMMIT});
ok($node->poll_query_until('copied', q{SELECT count(*) = 1 FROM nir.access_log WHERE case_ref = 'in the copy'}), 'a copy of the database logs what is done in it');
is($node->safe_psql('copied', 'SELECT string_agg(finding, E\'\n\') FROM nir.verify_access_log()'), '', '... and goes on with the chain');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE case_ref = 'in the copy'}), '0', '... and the other not');

# ---- a standby ----

$node->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'copy', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
is(as_app($standby, 'on the standby', 'SELECT count(*) FROM note'), '2', 'a standby gives rows');
as_app($node, 'meanwhile', 'SELECT count(*) FROM note');
settle($node);
$node->wait_for_catchup($standby);
$node->stop;
$standby->promote;
is(logged($standby, '^(on the standby|meanwhile)$', 'case_ref'), "meanwhile\non the standby", 'promoted, it has in its log what it was asked before');
is($standby->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE case_ref = 'insert'}), '1', '... and the primary\'s records once');
is($standby->safe_psql('postgres', 'SELECT string_agg(finding, E\'\n\') FROM nir.verify_access_log()'), '', '... and a whole chain');
$standby->stop;
done_testing();
