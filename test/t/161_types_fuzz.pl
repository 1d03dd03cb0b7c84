# The harnesses of make hunt HUNT=fuzz in an ordinary server: a corpus is tried
# again, and seeded noise is made of it.  What a harness asks is said in its
# file, test/hunt/types_*.c; memory behind a datum is fenced, so that reading
# beyond it ends the server.
#
# test/data/types_corpus.txt has an input in each line: harness, bytes.  SEED
# and INPUTS in the environment change the noise.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{SEED} // 1;
my $inputs = $ENV{INPUTS} // 100000;
my $folder = PostgreSQL::Test::Utils::tempdir();
chomp(my $headers = `pg_config --includedir-server`);
my @flags = (qw(-g -O1 -fPIC -fwrapv -Wall -fsanitize=undefined -fsanitize-undefined-trap-on-error -shared -Isrc),
	"-I$headers");

system($ENV{CC} // 'gcc', @flags, '-o', "$folder/types_fuzz.so", glob('test/hunt/types_*.c')) == 0
	or die 'the harnesses do not compile';

my $node = nir_node('types');
$node->safe_psql('postgres', "CREATE DATABASE nir ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0");
$node->safe_psql('nir', 'SET client_min_messages = warning; CREATE EXTENSION nir CASCADE');
$node->safe_psql('nir', slurp_file('test/hunt/types_fuzz.sql') =~ s/:'library'/'$folder\/types_fuzz.so'/gr);

my %corpus;
foreach my $line (slurp_lines('test/data/types_corpus.txt'))
{
	my ($harness, $hex) = $line =~ /^(\w+) ((?:[0-9a-f]{2})+)$/ or die "not an input: $line";
	push @{ $corpus{$harness} }, "x$hex";
}
is(join(' ', sort keys %corpus), 'datums given texts', 'the corpus has inputs for every harness');

sub try_harness
{
	my ($harness, $out, $err) = @_;
	my $inputs_of_corpus = join(',', map { qq("\\\\$_") } @{ $corpus{$harness} });

	return $node->psql('nir', "SET client_min_messages = error; SET log_min_messages = fatal;
		SELECT types_noise('$harness', '{$inputs_of_corpus}', $seed, $inputs)", stdout => $out, stderr => $err);
}

foreach my $harness (sort keys %corpus)
{
	my $number = @{ $corpus{$harness} };
	my ($out, $err) = ('', '');

	try_harness($harness, \$out, \$err);
	is($out . $err, $number + $inputs, "$harness: $number inputs of the corpus and $inputs of noise, seed $seed");
}

# harnesses that see nothing would pass as well
my %wrong = (
	datums => [ 'nir.unit_le(nir.unit, nir.unit)', 'nir_unit_ge' ],
	given => [ 'nir.tagged_date_recv(internal, oid, integer)', 'nir_tagged_int_recv' ],
	texts => [ 'nir.tagged_text_like(nir.tagged_text, text)', 'nir_tagged_text_not_like' ]);
foreach my $harness (sort keys %wrong)
{
	my ($function, $symbol) = @{ $wrong{$harness} };
	my ($out, $err) = ('', '');

	$node->safe_psql('nir', "UPDATE pg_proc SET prosrc = '$symbol' WHERE oid = '$function'::regprocedure");
	try_harness($harness, \$out, \$err);
	like($err, qr/DETAIL:  Harness $harness, input \\x/, "$harness: another function in place of $function is seen");
}
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC|TRAP:/, 'no process was lost');
$node->stop;
done_testing();
