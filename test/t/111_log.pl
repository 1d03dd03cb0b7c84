# What other sessions, and relations that no statement names, put into the
# server log: statements of a bound role in somebody else's deadlock, keys and
# rows of partitions and of views with a check option.
# covers: R84

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::BackgroundPsql;
use PostgreSQL::Test::Utils;
use Test::More;

my $number = '29923650081';
my $node = nir_node('log', conf => "log_error_verbosity = verbose\nlog_lock_waits = on\nlog_statement = none\n");
my $superuser = getpwuid($<);

create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	SET client_min_messages = warning;
	CREATE ROLE regress_bound LOGIN;
	CREATE ROLE regress_plain LOGIN;
	SELECT nir.bind_role('regress_bound', '0301', purposes => '{b}');
	CREATE TABLE public.counter (k int PRIMARY KEY, n int);
	INSERT INTO public.counter VALUES (1, 0), (2, 0);
	GRANT ALL ON public.counter TO regress_bound, regress_plain;
	CREATE SCHEMA vendor;
	CREATE TABLE vendor.parts (k int, fnr nir.fnr(b)) PARTITION BY LIST (k);
	CREATE TABLE vendor.part1 PARTITION OF vendor.parts FOR VALUES IN (1, 9);
	ALTER TABLE vendor.part1 ADD UNIQUE (fnr), ADD CHECK (k < 5);
	CREATE TABLE vendor.whole (k int, fnr nir.fnr(b));
	CREATE VIEW vendor.firsts AS SELECT * FROM vendor.whole WHERE k = 1 WITH CHECK OPTION;
	CREATE TABLE public.ordinary (k int PRIMARY KEY, CHECK (k < 5)) PARTITION BY LIST (k);
	CREATE TABLE public.ordinary1 PARTITION OF public.ordinary FOR VALUES IN (1);
	INSERT INTO public.ordinary VALUES (1)});
$node->safe_psql('postgres', "INSERT INTO vendor.parts VALUES (1, '$number')");

# what the client is told, and what the log gets
sub told
{
	my ($sql) = @_;
	my $offset = -s $node->logfile;
	my ($out, $err) = ('', '');

	$node->psql('postgres', $sql, stdout => \$out, stderr => \$err);
	# the statement itself is the superuser's own
	return ($err, join("\n", grep { !/STATEMENT:/ } split(/\n/, slurp_file($node->logfile, $offset))));
}

my %case = (
	'a key of a partition' => [ "INSERT INTO vendor.parts VALUES (1, '$number')", '23505' ],
	'a row of a partition' => [ "INSERT INTO vendor.parts VALUES (9, '$number')", '23514' ],
	'a key of a partition, by COPY' => [ "COPY vendor.parts FROM PROGRAM 'printf \"1\\t$number\\n\"'", '23505' ],
	'a row of a view with a check option' => [ "INSERT INTO vendor.firsts VALUES (2, '$number')", '44000' ]);
foreach my $name (sort keys %case)
{
	my ($client, $log) = told($case{$name}[0]);

	like($log, qr/ERROR:  $case{$name}[1]:/, "$name: refused");
	unlike($client, qr/$number/, '... and the client is not told the value');
	unlike($log =~ s/COPY vendor.*//r, qr/$number/, '... nor the log');
}
my ($client, $log) = told('INSERT INTO public.ordinary VALUES (1)');
like($client, qr/Key \(k\)=\(1\)/, 'of ordinary partitions the server tells what it always does');

# the plain session waits first, so its timer goes off in the end
my $bound = $node->background_psql('postgres', extra_params => [ '-U', 'regress_bound' ]);
my $plain = $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', 'regress_plain' ]);
my $offset = -s $node->logfile;

sub wait_for_waiting
{
	my ($who) = @_;

	$node->poll_query_until('postgres', "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = '$who' AND wait_event_type = 'Lock')");
}

$node->safe_psql('postgres', "GRANT SET ON PARAMETER deadlock_timeout TO regress_bound");
$bound->query_safe("SET deadlock_timeout = '1h'; BEGIN; SELECT nir.begin_processing('b', '0301'); UPDATE counter SET n = 1 WHERE k = 1");
$plain->query_safe('BEGIN; UPDATE counter SET n = 2 WHERE k = 2');
$plain->query_until(qr/started/, "\\echo started\nUPDATE counter SET n = 2 WHERE k = 1;\n\\echo over\n");
wait_for_waiting('regress_plain');
$bound->query_safe("UPDATE counter SET n = 1 WHERE k = 2 AND '$number' <> ''");
$plain->query('ROLLBACK');
$log = slurp_file($node->logfile, $offset);
like($log, qr/ERROR:  40P01: deadlock detected\n.*DETAIL:  Process \d+ waits for/, 'an unbound role is the victim of a deadlock');
like($log, qr/STATEMENT:  UPDATE counter SET n = 2 WHERE k = 1/, '... and its own statement is in the log');
unlike($log, qr/$number/, "... but not that of the bound role");
$_->quit foreach $bound, $plain;

# nir's SQLSTATE on what another server said
$node->safe_psql('postgres', 'CREATE EXTENSION dblink; GRANT EXECUTE ON FUNCTION dblink_connect_u(text) TO regress_bound');
$offset = -s $node->logfile;
my $elsewhere = $node->connstr('postgres') =~ s/'/''/gr;
is(sqlstate($node, 'postgres', 'regress_bound', "SELECT dblink_connect_u('$elsewhere user=regress_bound');
	SELECT dblink_exec('DO \$\$ BEGIN RAISE USING ERRCODE = ''NR022'', MESSAGE = ''canary''; END \$\$')"), 'NR022', 'an error from elsewhere');
unlike(slurp_file($node->logfile, $offset), qr/canary/, '... is not taken for one of nir');
$offset = -s $node->logfile;
is(sqlstate($node, 'postgres', 'regress_bound', "BEGIN; SELECT nir.begin_processing('r', '0301')"), 'NR012', 'an error of nir');
like(slurp_file($node->logfile, $offset), qr/ERROR:  NR012: purpose "\w+" cannot be declared/, '... is logged as it is');

$node->stop;
done_testing();
