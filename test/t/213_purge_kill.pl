# kill -9 of the server in the middle of a purge, again and again: nothing is
# lost, nothing is deleted that was not handed over, the log has every row that
# is gone, and in the end what is left is what one undisturbed purge leaves.
#
# The purge stops at a point drawn from SEED (a trigger waits there for a lock
# that the test holds), and the postmaster is killed.  Points are before and
# after each table's deletions, at each change of the outbox, of the log and
# of its head.  KILLS says how often; make hunt HUNT=kill is the long form.
# covers: R154 IF § 61

use strict;
use warnings FATAL => 'all';

use IPC::Run qw(start finish);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $kills = $ENV{KILLS} // 4;
my $seed = $ENV{SEED} // 1;
my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('killed', conf => "nir.keyring_file = '$folder/keyring'\nrestart_after_crash = off");
note("KILLS=$kills SEED=$seed");
srand($seed);

sub value { my ($database, $sql) = @_; return $node->safe_psql($database, "SET search_path = register, public; $sql") }

create_register($node, 'killed');
$node->safe_psql('killed', 'SELECT nir.create_keyring()');
{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'killed';
	my ($out, $err) = run_command([ 'scripts/population', 'PERSONS=200', "SEED=$seed" ]);
	is($err, '', 'a population');
}
# half of what must be handed over has been
$node->safe_psql('killed', q{
	SELECT nir.prepare_transfers();
	UPDATE nir.transfer SET state = 'acknowledged', payload = NULL WHERE state = 'ready' AND subject % 2 = 0});
my @tables = split(/\n/, value('killed', q{SELECT relname FROM pg_class WHERE relnamespace = 'register'::regnamespace
	AND relname IN (SELECT g.relation::regclass::oid::regclass::text FROM nir.governed_relation AS g) ORDER BY 1}));
my $contents = join(' UNION ALL ', map { "SELECT '$_' AS t, md5(string_agg(r::text, ',' ORDER BY r::text)) AS rows, count(*) AS n FROM $_ AS r" } @tables);
my $count = join(' + ', map { "(SELECT count(*) FROM $_)" } @tables);
my $before = value('killed', "SELECT $count");
my $unfetched = q{SELECT count(*), md5(string_agg(payload::text, ',' ORDER BY transfer_id)) FROM nir.transfer WHERE state = 'ready'};
my $waiting = value('killed', $unfetched);

# what one purge leaves that nobody disturbs
$node->safe_psql('postgres', 'CREATE DATABASE undisturbed TEMPLATE killed');
$node->safe_psql('undisturbed', 'CALL nir.purge(batch_size => 5)');
my $end = value('undisturbed', "$contents ORDER BY 1");
my $end_count = value('undisturbed', "SELECT $count");
cmp_ok($end_count, '<', $before - 100, "there is much to delete: $before rows, of which $end_count should stay");
cmp_ok((split(/\|/, $waiting))[0], '>', 5, 'and something that must not go yet');

# the points: each statement that the triggers see
$node->safe_psql('killed', q{
	CREATE FUNCTION public.stop_here() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
	BEGIN
		PERFORM set_config('test.step', (coalesce(nullif(current_setting('test.step', true), ''), '0')::integer + 1)::text, false);
		IF current_setting('test.step') = current_setting('test.stop', true) THEN
			PERFORM pg_advisory_lock(4711);
		END IF;
		RETURN NULL;
	END $$;
	DO $$
	DECLARE r regclass;
	BEGIN
		FOR r IN SELECT relation FROM nir.governed_relation UNION SELECT unnest('{nir.transfer,nir.deletion_log,nir.deletion_head,nir.retention_rest,nir.retention_run}'::regclass[]) LOOP
			EXECUTE format('CREATE TRIGGER stop_here AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION public.stop_here()', r);
		END LOOP;
		CREATE TRIGGER stop_first AFTER DELETE ON register.settlement FOR EACH ROW EXECUTE FUNCTION public.stop_here();
	END $$});

# A purge as a client's process.
sub purging
{
	my ($stop) = @_;
	my $err = '';

	return start([ 'psql', '-X', '-q', '-d', $node->connstr('killed') . ' application_name=purging', '-v', 'ON_ERROR_STOP=1',
			'-c', "SET test.stop = '$stop'", '-c', q{SET nir.purge_lock_timeout = '10min'}, '-c', 'CALL nir.purge(batch_size => 5)' ],
		'<', \undef, '2>', \$err);
}

# Kills the postmaster; its processes end by themselves, and then it starts again.
sub kill_and_start
{
	my $postmaster = (slurp_lines($node->data_dir . '/postmaster.pid'))[0];

	$node->kill9;
	foreach (1 .. 600)
	{
		last unless kill(0, $postmaster);
		select(undef, undef, undef, 0.05);
	}
	foreach (1 .. 20)
	{
		return 1 if $node->start(fail_ok => 1);
		$node->stop('fast', fail_ok => 1);
	}
	return 0;
}

my $finished = 0;
foreach my $kill (1 .. $kills)
{
	my $stop = 1 + int(rand(60));
	my $holder = $node->background_psql('killed');
	$holder->query_safe('SELECT pg_advisory_lock(4711)');
	my $purge = purging($stop);
	# it waits at the point, or is through because there are not so many
	$node->poll_query_until('killed', q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'purging' AND wait_event = 'advisory')
		OR EXISTS (SELECT FROM nir.retention_run WHERE finished_at IS NOT NULL AND run_id = (SELECT max(run_id) FROM nir.retention_run) AND run_id > } . $finished . ')');
	$finished = value('killed', 'SELECT coalesce(max(run_id), 0) FROM nir.retention_run');
	ok(kill_and_start(), "kill $kill at point $stop, and the server starts again");
	eval { finish($purge) };
	eval { $holder->quit };

	my $now = value('killed', "SELECT $count");
	is(value('killed', 'SELECT * FROM nir.verify_deletion_log()'), '', '... the log verifies');
	is(value('killed', 'SELECT coalesce(sum(rows_deleted), 0) FROM nir.deletion_log'), $before - $now, '... and has exactly the rows that are gone (' . ($before - $now) . ')');
	is(value('killed', $unfetched), $waiting, '... what waits in the outbox waits unchanged');
	is(value('killed', q{SELECT count(*) FROM nir.transfer AS t WHERE t.state IN ('new', 'ready') AND NOT EXISTS (SELECT FROM person AS p WHERE p.person_id = t.subject)}),
		0, '... and its persons are there');
}

$node->safe_psql('killed', 'CALL nir.purge(batch_size => 5)');
is(value('killed', "$contents ORDER BY 1"), $end, 'in the end there is what an undisturbed purge leaves');
is(value('killed', 'SELECT * FROM nir.verify_deletion_log()'), '', '... and the log verifies');
is(value('killed', 'SELECT sum(rows_deleted) FROM nir.deletion_log'), $before - $end_count, '... with every row once');

$node->stop;
done_testing();
