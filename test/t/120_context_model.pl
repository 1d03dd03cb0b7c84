# The model-based hunt in short: 2 000 random steps of five sessions, each
# answer equal to the model's; and a model that is wrong in one rule is found
# out, so that a run without a difference says something.
# covers: R45 R46 R70 R80

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('context_model', conf => "nir.keyring_file = '" . PostgreSQL::Test::Utils::tempdir() . "/keyring'\n");

local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGDATABASE} = 'postgres';

# the same program as make hunt HUNT=context; returns its status and what it said
sub hunt
{
	my @arguments = @_;
	my ($out, $err) = ('', '');

	IPC::Run::run([ 'test/hunt/context', @arguments ], '>', \$out, '2>', \$err);
	return ($?, $out . $err);
}

my ($status, $said) = hunt('SEED=1', 'STEPS=2000');
is($status, 0, '2000 steps without a difference') or diag($said);
like($said, qr/^context: seed 1, 2000 steps, \d+ statements, no difference/m, '... and all of them were taken');
my ($statements) = $said =~ /(\d+) statements/;

($status, $said) = hunt('SEED=1', 'STEPS=2000');
is(($said =~ /(\d+) statements/)[0], $statements, 'the same seed asks the same statements');

my @wrong = (
	'ROLLBACK TO leaves a narrowing in force',
	'the context outlives COMMIT',
	'a declared context follows SET ROLE',
	'a cursor forgets under which context it was opened',
	'an open cursor does not stop another declaration',
	'a later declaration may widen the purposes',
	'a unit has no predecessors',
	'RELEASE takes a declaration back',
	'several purposes may write',
	'what was taken from a binding or an actor serves on to the end of the transaction',
	'functions come with any actor who has them, whatever the binding demands',
	'a token for something else is as good');

foreach my $mutation (1 .. @wrong)
{
	foreach my $seed (1 .. 4)
	{
		($status, $said) = hunt("SEED=$seed", 'STEPS=4000', "MUTATE=$mutation");
		last if $status != 0;
	}
	is($status >> 8, 1, "found: $wrong[$mutation - 1]") or diag($said);
	like($said, qr/^difference: seed \d+, step \d+, session \d.*^statement: .*^server: .*^model: /ms, '... with seed, step, statement and both answers');
}

$node->stop;
done_testing();
