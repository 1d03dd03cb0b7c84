# docs/attacks.md names every trap of the design, only tests and mutations that
# exist, and every mutation that does; and each mutation's head says the same,
# and its patch applies.

use strict;
use warnings FATAL => 'all';

use File::Basename qw(basename);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my (%row, @twice);
foreach my $line (slurp_lines('docs/attacks.md'))
{
	my @cells = $line =~ /^\| (.+?) \| (.+?) \| (.*?) \| (.*?) \|$/ or next;
	next if $cells[0] eq 'way round';
	push @twice, $cells[0] if $row{ $cells[0] };
	$row{ $cells[0] } = { tests => [ $cells[2] =~ /`([^`]+)`/g ], mutations => [ $cells[3] =~ /`([^`]+)`/g ] };
}
my %mutation;
foreach my $file (glob('test/mutations/*.patch'))
{
	my ($head) = slurp_file($file) =~ /\A((?:# \w+: [^\n]+\n)+)--- a\// or next;
	$mutation{ basename($file, '.patch') } = { $head =~ /^# (\w+): ([^\n]+)$/mg };
}
my @wanted = map { "T-$_" } 1 .. 8, 10 .. 18, 20 .. 25, 30 .. 36;

cmp_ok(scalar(keys %mutation), '>=', 40, 'there are mutations');
is(join(' ', grep { basename($_) !~ /\.patch$/ || !$mutation{ basename($_, '.patch') } } glob('test/mutations/*')), '', 'every file there is a patch with a head');
is(join(' ', @twice), '', 'no way round has two rows');
is(join(' ', grep { !$row{$_} } @wanted), '', 'every trap has a row');
is(join("\n", map { my $way = $_; map { "$way: $_" } grep { !-e } @{ $row{$way}{tests} } } sort keys %row), '', 'every test named exists');
is(join(' ', grep { !@{ $row{$_}{tests} } } sort keys %row), '', 'every way round has a test');
is(join(' ', grep { !@{ $row{$_}{mutations} } } sort keys %row), '', 'every way round has a mutation');

# one statement, in two places
my %table = map { my $way = $_; map { ("$way: $_" => 1) } @{ $row{$way}{mutations} } } keys %row;
my %heads = map { my $name = $_; map { ("$_: $name" => 1) } split(/, /, $mutation{$name}{opens} // '') } keys %mutation;
is(join("\n", grep { !$heads{$_} } sort keys %table), '', 'the table names no mutation that is not there, or opens something else');
is(join("\n", grep { !$table{$_} } sort keys %heads), '', 'what a mutation opens is in the table');

# the tests that must turn red exist too, and the pattern is one
my @wrong;
foreach my $name (sort keys %mutation)
{
	foreach my $test (split(/ /, $mutation{$name}{tests} // 'none'))
	{
		push @wrong, "$name: $test" unless -e ($test =~ /\.pl$/ ? $test : $test =~ /^iso_/ ? "test/specs/$test.spec" : "test/sql/$test.sql");
	}
	push @wrong, "$name: no pattern" unless length($mutation{$name}{says} // '') > 2 && eval { qr/$mutation{$name}{says}/ };
}
is(join("\n", @wrong), '', 'the tests a mutation names exist, and it says what they say');

# as test/hunt/naive applies them
is(join(' ', grep { system("patch -p1 -s -F0 -f --dry-run <test/mutations/$_.patch >/dev/null 2>&1") } sort keys %mutation),
	'', 'every mutation applies to the source as it is');

done_testing();
