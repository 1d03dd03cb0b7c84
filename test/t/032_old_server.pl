# A server with holes that nir cannot close is named: at load, and by
# nir.doctor(), which also sees what a fixed server left open and which settings
# show values.  The old server is this one, beside a library that asks for more.

use strict;
use warnings FATAL => 'all';

use File::Basename qw(basename);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
chomp(my $include = `$pg_config --includedir-server`);
my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('old_server', conf => "shared_preload_libraries = 'nir, pg_stat_statements'\n");
my $findings = q{SELECT string_agg(name, ',' ORDER BY name) FROM nir.doctor() WHERE name IN ('old_server', 'statistics_view')};

create_nir($node, 'postgres');
is($node->safe_psql('postgres', $findings), '', 'this server is new enough');
unlike(slurp_file($node->logfile), qr/holes that nir cannot close/, '... and nothing is said at its start');
is($node->safe_psql('postgres', q{SELECT nir.oldest_safe_server() / 10000 = current_setting('server_version_num')::int / 10000}), 't', 'the bound is one of this major');

# what a doctor sees of settings
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.doctor() WHERE name = 'setting' AND finding LIKE 'pg_stat_statements.track_utility%'}),
	'1', 'utility statements that are kept with their values');
$node->safe_psql('postgres', 'ALTER SYSTEM SET pg_stat_statements.track_utility = off');
$node->reload;
ok($node->poll_query_until('postgres', q{SELECT NOT EXISTS (SELECT FROM nir.doctor() WHERE finding LIKE 'pg_stat_statements.track_utility%')}), '... are no finding when they are not');

# an old cluster whose views nobody repaired
$node->safe_psql('postgres', q{
	SET allow_system_table_mods = on;
	DO $$ BEGIN
		EXECUTE 'CREATE OR REPLACE VIEW pg_catalog.pg_stats_ext AS ' || replace(pg_get_viewdef('pg_catalog.pg_stats_ext'), 'pg_has_role(c.relowner, ''USAGE''::text)', 'true');
	END $$});
is($node->safe_psql('postgres', $findings), 'statistics_view', 'a view of statistics as it was before CVE-2024-4317');

# the same objects but one, and every function taken from there
my @objects = grep { $_ ne 'src/nir.o' } glob('src/*.o src/*/*.o');
is(system('gcc', qw(-fPIC -Isrc -DNIR_VERSION="old" -DNIR_OLDEST_SAFE_SERVER=999900), "-I$include", qw(-c -o), "$folder/nir.o", 'src/nir.c'), 0, 'a library that asks for a newer server');
is(system('gcc', '-shared', '-o', "$folder/nir.so", "$folder/nir.o", @objects), 0, '... is linked');
$node->safe_psql('postgres', "SET allow_system_table_mods = on; UPDATE pg_proc SET probin = '$folder/nir' WHERE probin = '\$libdir/nir'");
$node->append_conf('postgresql.conf', "shared_preload_libraries = '$folder/nir, pg_stat_statements'");
my $offset = -s $node->logfile;
$node->restart;
my $log = slurp_file($node->logfile, $offset);
like($log, qr/WARNING: .*this server, version \d+, has holes that nir cannot close/, 'an old server is named at its start');
like($log, qr/HINT: .*Update PostgreSQL to 99\.9900 or later/, '... with what to do');
is($node->safe_psql('postgres', $findings), 'old_server,statistics_view', '... and by nir.doctor()');
is($node->safe_psql('postgres', q{SELECT level FROM nir.doctor() WHERE name = 'old_server'}), 'error', '... as an error');
is($node->psql('postgres', 'SET force_parallel_mode = on; SELECT count(*) FROM pg_class', stderr => \my $err), 0, 'parallel workers start');
is($err, '', '... and repeat nothing');

$node->stop;
done_testing();
