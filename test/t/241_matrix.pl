# The hunt for differences from the law (test/hunt/matrix) in small: some of its
# cases, drawn with a seed.  And the hunt sees: a policy that shows too much, one
# that shows too little, and one that lets too much be written are found.
# covers: R47 R71 R72 R73 R75 R76 R310

use strict;
use warnings FATAL => 'all';

use NirMatrix;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('matrix');
create_keyring($node) if eval { create_nir($node, 'postgres'); 1 };
$node->safe_psql('postgres', 'SELECT nir.create_register()');
$node->safe_psql('postgres', slurp_file('test/hunt/matrix.sql'));
my @connect = ('-h', $node->host, '-p', $node->port, '-d', 'postgres');
my $world = prepare_matrix(\@connect);
is(join(' ', @{ $world->{untried} }), '', 'every table has a row to try INSERT with');
cmp_ok(scalar(@{ $world->{players} }), '>=', 14, 'bodies of every kind play');

my ($through, $refused, @differences) = play_matrix(\@connect, $world, seed => $ENV{SEED} || 1, cases => $ENV{CASES} || 6000);
is(join("\n", @differences), '', 'what bodies may see and do is what the law says');
cmp_ok($through, '>', 300, "... $through cases were let through");
cmp_ok($refused, '>', 300, "... $refused were refused");

# ---- it can fail ----

sub found
{
	my ($name, $change, $back, $pattern) = @_;

	$node->safe_psql('postgres', $change);
	my (undef, undef, @now) = play_matrix(\@connect, $world, seed => 2, cases => 6000);
	$node->safe_psql('postgres', $back);
	my %before = map { $_ => 1 } @differences;
	ok(scalar(grep { /$pattern/ && !$before{$_} } @now), $name) or diag(join("\n", @now));
}
found('a policy that shows everybody\'s rows is found',
	q{CREATE POLICY wide ON register.intro_programme FOR SELECT TO nir_municipality USING (true)},
	q{DROP POLICY wide ON register.intro_programme}, qr/^\w+ declaring [a-z]: (?:select|count) register\.intro_programme (?:shows|counts)/m);
found('one that hides rows is found',
	q{CREATE POLICY narrow ON register.person AS RESTRICTIVE FOR SELECT TO nir_municipality USING (person_id <> 10)},
	q{DROP POLICY narrow ON register.person}, qr/register\.person (?:hides|counts)/);
found('one that lets others\' rows be written is found',
	q{CREATE POLICY wide ON register.training FOR INSERT TO nir_municipality WITH CHECK (true)},
	q{DROP POLICY wide ON register.training}, qr/insert .* register\.training is let through/);
$node->stop;
done_testing();
