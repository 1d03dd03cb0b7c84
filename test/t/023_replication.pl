# Logical replication, as text and binary, first copy and stream, and a physical
# copy that is promoted: every value and its purposes arrive as they were, and
# the checks are in force there.  What a subscription of a role without
# privileges brings is refused.

use strict;
use warnings FATAL => 'all';

use NirCarried;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('publisher', conf => join("\n", 'wal_level = logical', 'max_wal_senders = 10', 'max_replication_slots = 10',
		'max_logical_replication_workers = 10', 'max_sync_workers_per_subscription = 4', 'wal_retrieve_retry_interval = 100ms', 'hot_standby = on', ''));
my @connect = ('-h', $node->host, '-p', $node->port);
my %binary = (text => 'false', binary => 'true');
# what each database has for itself, or cannot see from afar
my @own = qw(governed storage);

sub wait_all
{
	foreach my $form (sort keys %binary)
	{
		$node->wait_for_catchup("carried_$form");
	}
}

# ---- a physical copy ----

create_carried($node, 'nir');
fill_carried($node, 'nir');
my $original = portrait($node, 'nir');
$node->safe_psql('postgres', "SELECT pg_create_physical_replication_slot('standby')");
$node->backup('base', backup_options => ['--checkpoint=fast']);
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', "primary_slot_name = 'standby'");
$standby->start;
$node->safe_psql('nir', q!INSERT INTO carried.kinds (id, t) VALUES (50, '{streamed')!);
$node->wait_for_catchup($standby);
in_force('standby', $standby, 'nir');
is($standby->safe_psql('nir', 'SELECT t FROM carried.kinds WHERE id = 50'), '{streamed', 'standby: what came later is there');
$standby->promote;
$standby->safe_psql('nir', 'DELETE FROM carried.kinds WHERE id = 50');
$node->safe_psql('nir', 'DELETE FROM carried.kinds WHERE id = 50');
ok($node->poll_query_until('nir', q{SELECT NOT active FROM pg_replication_slots WHERE slot_name = 'standby'}), 'the standby has left');
$node->safe_psql('nir', q{SELECT pg_drop_replication_slot('standby')});
same_as($original, 'promoted', $standby, 'nir');
in_force('promoted', $standby, 'nir');
is($standby->safe_psql('nir', q!INSERT INTO carried.kinds (id, t) VALUES (51, '{later') RETURNING t!), '{later', 'promoted: it is written to');
$standby->stop;

# ---- first copy ----

$node->safe_psql('nir', 'CREATE PUBLICATION carried FOR TABLES IN SCHEMA carried WITH (publish_via_partition_root = true)');
system_or_bail('pg_dump', @connect, '--schema-only', '--no-publications', '-f', "$folder/schema", 'nir');
foreach my $form (sort keys %binary)
{
	my $database = "to_$form";

	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0");
	system_or_bail('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', @connect, '-d', $database, '-f', "$folder/schema");
	$node->safe_psql($database, q{
		SELECT nir.bind_role('carried_app', '0301', purposes => '{b,d}');
		SELECT nir.bind_role('carried_report', '0301', purposes => '{b,d}', default_purpose => 'b', default_unit => '0301');
		SELECT nir.govern('carried.connection', 'connection', 'unit', 'person_id');
		SELECT nir.govern('carried.settling', 'settlement', 'unit', 'person_id');
		GRANT SELECT ON carried.connection, carried.settling TO carried_none;
	});
	# within one cluster the slot has to be there first
	$node->safe_psql('nir', "SELECT pg_create_logical_replication_slot('carried_$form', 'pgoutput')");
	$node->safe_psql($database, qq{
		CREATE SUBSCRIPTION carried_$form CONNECTION '@{[ $node->connstr ]} dbname=nir' PUBLICATION carried
			WITH (create_slot = false, slot_name = 'carried_$form', binary = $binary{$form})});
}
foreach my $form (sort keys %binary)
{
	ok($node->poll_query_until("to_$form", q{SELECT count(*) > 5 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel}), "$form: the tables are copied");
}
wait_all();
foreach my $form (sort keys %binary)
{
	$node->safe_psql("to_$form", 'REFRESH MATERIALIZED VIEW carried.kept');
	same_as($original, "first copy for $form", $node, "to_$form", 'governed');
	in_force("first copy for $form", $node, "to_$form");
}

# ---- stream ----

# every row once more, now by the stream, which is not stopped by deny
my @tables = qw(kinds numbers long nested computed by_text by_date connection settling);
$node->safe_psql('nir', 'ALTER SYSTEM SET nir.privileged_access = deny');
$node->reload;
ok($node->poll_query_until('nir', q{SELECT current_setting('nir.privileged_access') = 'deny'}), 'privileged access is denied');
$node->safe_psql('nir', q{BEGIN; SELECT nir.break_glass('rows are sent again');} . join('', map { "DELETE FROM carried.$_;" } @tables) . 'COMMIT');
wait_all();
$node->safe_psql('nir', 'ALTER SYSTEM SET nir.privileged_access = log');
$node->reload;
ok($node->poll_query_until('nir', q{SELECT current_setting('nir.privileged_access') = 'log'}), 'privileged access is allowed');
is($node->safe_psql("to_$_", 'SELECT count(*) FROM carried.by_text, carried.kinds'), '0', "stream, $_: rows were deleted, those without a key too") foreach sort keys %binary;
fill_carried($node, 'nir');
# a long value's row is changed in another column, one without a key in its own
$node->safe_psql('nir', q{
	UPDATE carried.long SET i = 7 WHERE id < 5; UPDATE carried.long SET i = id WHERE id < 5;
	UPDATE carried.by_text SET t = 'moved' WHERE t = ''; UPDATE carried.by_text SET t = '' WHERE t = 'moved'});
wait_all();
my $again = portrait($node, 'nir');
is($again->{datums}, $original->{datums}, 'the rows are those of the beginning');
foreach my $form (sort keys %binary)
{
	$node->safe_psql("to_$form", 'REFRESH MATERIALIZED VIEW carried.kept');
	same_as($again, "stream, $form", $node, "to_$form", 'governed');
	in_force("stream, $form", $node, "to_$form");
}

# ---- stream, while denied ----

$node->safe_psql('nir', 'ALTER SYSTEM SET nir.privileged_access = deny');
$node->reload;
ok($node->poll_query_until('nir', q{SELECT current_setting('nir.privileged_access') = 'deny'}), 'privileged access is denied again');
$node->safe_psql('nir', q!BEGIN; SELECT nir.break_glass('one more'); INSERT INTO carried.settling VALUES (3, 1, '0301', '{denied'); COMMIT!);
wait_all();
my ($status, $copied, $refusal) = $node->psql('nir', 'COPY carried.kinds TO STDOUT', replication => 'database');
like($refusal, qr/privileged access to governed data is denied/, 'deny stops a first copy');
is($copied, '', '... with nothing sent');
is($node->safe_psql("to_$_", q{BEGIN; SELECT nir.break_glass('look'); SELECT note FROM carried.settling WHERE settling_id = 3; COMMIT}), "\n{denied", "deny does not stop the stream, $_")
  foreach sort keys %binary;
$node->safe_psql('nir', 'ALTER SYSTEM RESET nir.privileged_access');
$node->reload;

# ---- test_decoding ----

$node->safe_psql('nir', q{SELECT pg_create_logical_replication_slot('decoded', 'test_decoding')});
$node->safe_psql('nir', q!INSERT INTO carried.kinds (id, t, f, d) VALUES (60, '{æøå 😀', '31073999947', 'infinity')!);
like($node->safe_psql('nir', q{SELECT data FROM pg_logical_slot_get_changes('decoded', NULL, NULL)}),
	qr/t\[nir\.tagged_text\]:'\{æøå 😀' d\[nir\.tagged_date\]:'infinity' .*f\[nir\.fnr\]:'31073999947'/, 'test_decoding shows the values');
is(sqlstate($node, 'nir', 'carried_app', q{SELECT data FROM pg_logical_slot_get_changes('decoded', NULL, NULL)}), '42501', '... to nobody without REPLICATION');
$node->safe_psql('nir', q{SELECT pg_drop_replication_slot('decoded')});
wait_all();

# ---- subscriptions whose owner has lost its privileges ----

$node->safe_psql('postgres', 'CREATE ROLE carried_owner LOGIN');
sub stops
{
	my ($form, $insert, $says, $count) = @_;
	my $offset = -s $node->logfile;

	$node->safe_psql("to_$form", qq{
		ALTER ROLE carried_owner SUPERUSER;
		ALTER SUBSCRIPTION carried_$form DISABLE;
		ALTER SUBSCRIPTION carried_$form SET (disable_on_error = true);
		ALTER SUBSCRIPTION carried_$form OWNER TO carried_owner;
		ALTER ROLE carried_owner NOSUPERUSER;
		GRANT USAGE ON SCHEMA carried TO carried_owner;
		GRANT ALL ON ALL TABLES IN SCHEMA carried TO carried_owner});
	$node->safe_psql('nir', $insert);
	$node->safe_psql("to_$form", "ALTER SUBSCRIPTION carried_$form ENABLE");
	ok($node->poll_query_until("to_$form", "SELECT NOT subenabled FROM pg_subscription WHERE subname = 'carried_$form'"), "an owner without privileges: the subscription stops, $form");
	like(slurp_file($node->logfile, $offset), $says, '... and says why');
	is($node->safe_psql("to_$form", $count), '0', '... with nothing written');
}
stops('binary', q{INSERT INTO carried.connection VALUES (61, '0301', 'settled', '[2020-01-01,)')}, qr/cannot replicate into relation with row-level security enabled/,
	'SELECT count(*) FROM carried.connection WHERE person_id = 61');
$node->wait_for_catchup('carried_text');
like(slurp_file($node->logfile), qr/logical replication apply worker for subscription "carried_binary" has started/, 'the log names the subscription');
stops('text', 'INSERT INTO carried.numbers VALUES (61, 1)', qr/no purpose is declared/, 'SELECT count(*) FROM carried.numbers WHERE id = 61');
$node->safe_psql("to_$_", "DROP SUBSCRIPTION carried_$_") foreach sort keys %binary;
$node->stop;
done_testing();
