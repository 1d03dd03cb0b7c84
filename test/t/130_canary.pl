# The hunt for canaries (test/hunt/canary) in small: 5 000 random statements
# of restricted roles over planted rows show nobody what it may not see.  And
# the hunt sees: copies that nothing guards are found.
# covers: R46 R61 R73 R84

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $pg_config = $ENV{PG_CONFIG} // 'pg_config';
chomp(my ($include, $lib) = map { `$pg_config --$_` } qw(includedir libdir));
mkdir 'tmp_check';
my $program = 'tmp_check/canary';
is(system('gcc', qw(-O2 -Wall -Wextra -Werror -D_GNU_SOURCE), "-I$include", '-o', $program,
		qw(test/hunt/canary_play.c test/hunt/canary_grammar.c), "-L$lib", '-lpq'), 0, 'the hunt is built');

my $node = nir_node('canary');
$node->safe_psql('postgres', slurp_file('test/hunt/canary.sql'));

sub hunt
{
	my ($seed, $statements, $log) = @_;
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'postgres';
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ $program, $seed, $statements, 2, $log ], '>', \$out, '2>', \$err);

	return ($ok, $out, $err);
}

my ($ok, $out, $err) = hunt(1, 5000, $node->logfile);
diag($err) unless $ok;
ok($ok, '5 000 statements show nothing that they may not, in the log neither');
my ($ran, $refused, $shown) = $out =~ /\((\d+) ran, (\d+) refused, .*?(\d+) canaries rightly shown/;
cmp_ok($ran // 0, '>', 1000, '... a good part of them ran');
cmp_ok($refused // 0, '>', 500, '... and a good part was refused');
cmp_ok($shown // 0, '>', 500, '... and what may be seen was seen');

$node->safe_psql('postgres', 'GRANT USAGE ON SCHEMA leak TO PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA leak TO PUBLIC');
($ok, $out, $err) = hunt(1, 6000, '');
ok(!$ok, 'unguarded copies are found');
like($err, qr/^FINDING canary \d+ .* in (?:a result|COPY)$/m, '... in what the client is sent');

$node->stop;
done_testing();
