# docs/law.md says what nir.law_coverage says, and sql/law/units.sql is what
# its generator writes.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('law');
create_register($node, 'law');

{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'law';
	my ($printed, $err) = run_command([ 'scripts/law', 'print' ]);
	chomp(my $written = slurp_file('docs/law.md'));
	ok($printed eq $written, 'docs/law.md is what scripts/law writes') or diag("run scripts/law\n$err");
}

my ($units, $errors) = run_command(['scripts/gen-units']);
chomp(my $kept = slurp_file('sql/law/units.sql'));
ok($units eq $kept, 'sql/law/units.sql is what scripts/gen-units writes') or diag("run make units\n$errors");

done_testing();
