# The story of the quickstart, sentence by sentence, on a small population.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('story', conf => qq{
shared_preload_libraries = 'nir, pg_cron'
cron.database_name = 'nir'
cron.use_background_workers = on
max_worker_processes = 20
});
create_nir($node, 'postgres');
create_keyring($node);
create_register($node, 'nir');

local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGUSER} = getpwuid($<);

$node->command_ok(
	[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-v', 'persons=300', '-v', 'seed=7', '-d', 'nir', '-f', 'test/data/population.sql' ],
	'a population of 300');

my ($told, $err) = run_command([ 'scripts/story', 'nir' ]);
my $part = '';
foreach my $line (split(/\n/, $told))
{
	if ($line =~ /^\(\w\)/) { $part = substr($line, 0, 3) }
	elsif ($line =~ /^\s+holds: (.*)/) { pass("$part $1") }
	elsif ($line =~ /^\s+FAILS: (.*)/) { fail("$part $1") }
}
like($told, qr/^Everything holds\.$/m, 'the story is told to its end') or diag($told, $err);

$node->stop;
done_testing();
