# pg_upgrade, copying and linking, into a cluster whose configuration names nir
# and into one that does not yet: every value, its purposes and its definitions
# are as they were, and where the library is missing nobody is shown anything.

use strict;
use warnings FATAL => 'all';

use Cwd;
use NirCarried;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $old = nir_node('old', conf => "nir.privileged_access = deny\n");
my $bindir = $old->config_data('--bindir');
my $superuser = $old->safe_psql('postgres', 'SELECT current_user');

$old->safe_psql('postgres', 'ALTER SYSTEM SET nir.privileged_access = log');
$old->reload;
create_carried($old, 'nir');
fill_carried($old, 'nir');
my $original = portrait($old, 'nir');
# an administrator cannot dump now, and pg_upgrade is not refused
$old->safe_psql('postgres', 'ALTER SYSTEM RESET nir.privileged_access');
$old->stop;

sub new_cluster
{
	my ($name, $conf) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init;
	$node->append_conf('postgresql.conf', slurp_file('test/nir.conf')) unless defined $ENV{TEMP_CONFIG};
	$node->append_conf('postgresql.conf', $conf);
	return $node;
}

sub upgrade
{
	my ($new, $what, @options) = @_;
	my $here = Cwd::getcwd();

	mkdir "$folder/work";
	chdir "$folder/work";
	command_ok([ 'pg_upgrade', '--no-sync', '-b', $bindir, '-B', $bindir, '-d', $old->data_dir, '-D', $new->data_dir,
			'-p', $old->port, '-P', $new->port, '-s', $old->host, @options ], $what);
	chdir $here;
}

# ---- nir is not in the new cluster's configuration yet ----

my $copied = new_cluster('copied', "shared_preload_libraries = ''\n");
upgrade($copied, 'not preloaded: pg_upgrade --check', '--check');
upgrade($copied, 'not preloaded: pg_upgrade');
$copied->start;
foreach my $ask ((map { "SELECT $_ FROM carried.kinds WHERE $_ IS NOT NULL" } qw(t d i l f u)), 'SELECT n FROM carried.numbers', 'SELECT c FROM carried.nested',
	'COPY carried.long TO STDOUT', 'COPY carried.settling TO STDOUT (FORMAT binary)', q{INSERT INTO carried.kinds (id, t) VALUES (0, 'x')})
{
	is(sqlstate($copied, 'nir', $superuser, $ask), 'NR001', "not preloaded: even a superuser is refused, $ask");
}
$copied->append_conf('postgresql.conf', "shared_preload_libraries = 'nir'");
$copied->restart;
same_as($original, 'copied', $copied, 'nir');
in_force('copied', $copied, 'nir');
is($copied->safe_psql('nir', q{SELECT count(*) FROM nir.doctor() WHERE level = 'error'}), '0', 'copied: nir.doctor() finds no error');
$copied->stop;

# ---- nir is preloaded ----

my $linked = new_cluster('linked', "nir.privileged_access = deny\n");
upgrade($linked, 'preloaded: pg_upgrade --check --link', '--check', '--link');
upgrade($linked, 'preloaded: pg_upgrade --link', '--link');
$linked->append_conf('postgresql.conf', 'nir.privileged_access = log');
ok(!-e $linked->data_dir . '/nir_spool', 'linked: what is not in the access log yet is left behind');
system_or_bail('cp', '-r', $old->data_dir . '/nir_spool', $linked->data_dir . '/nir_spool');
$linked->start;
same_as($original, 'linked', $linked, 'nir');
in_force('linked', $linked, 'nir');
$linked->append_conf('postgresql.conf', "nir.keyring_file = '$folder/keyring'");
$linked->restart;
$linked->safe_psql('nir', 'SELECT nir.create_keyring()');
ok($linked->poll_query_until('nir', q{SELECT count(*) > 0 FROM nir.access_log WHERE kind = 'act' AND object LIKE 'insert nir.role_binding:%'}), 'linked: ... and arrives when it was copied along');
is($linked->safe_psql('nir', q{SELECT count(*) FROM nir.verify_access_log()}), '0', 'linked: ... in a whole chain');
$linked->stop;

done_testing();
