# The reference documents say what the catalog and the sources say: the
# generated ones are exactly what scripts/reference prints, and sqlstates.md
# has each code of nir once.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('reference');
create_nir($node, 'postgres');

{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'postgres';
	foreach my $file (qw(reference/functions reference/types reference/relations reference/settings))
	{
		my $kind = $file =~ s{.*/}{}r;
		my ($printed, $err) = run_command([ 'scripts/reference', 'print', $kind ]);
		chomp(my $written = slurp_file("docs/$file.md"));
		ok($printed eq $written, "docs/$file.md is what scripts/reference writes")
		  or diag(difference($written, $printed));
	}
}

# codes that C names, and codes that SQL raises by literal
my %raised;
my $errors = slurp_file('src/errors.h');
$raised{"NR$1$2$3"} = 1 while $errors =~ /MAKE_SQLSTATE\('N','R','(\w)','(\w)','(\w)'\)/g;
foreach my $file (grep { m{^sql/.*\.sql$} } sources())
{
	my $sql = slurp_file($file);
	$raised{$1} = 1 while $sql =~ /'(NR\d{3})'/g;
}
my %listed;
my $sqlstates = slurp_file('docs/reference/sqlstates.md');
$listed{$1}++ while $sqlstates =~ /^\| `(NR\w{3})` \|/mg;
is(join(' ', sort keys %listed), join(' ', sort keys %raised), 'docs/reference/sqlstates.md lists exactly the codes of the sources');
is(join(' ', grep { $listed{$_} > 1 } sort keys %listed), '', '... each once');

# the lines that only one side has
sub difference
{
	my ($written, $printed) = @_;
	my %in_written = map { $_ => 1 } split(/\n/, $written);
	my %in_printed = map { $_ => 1 } split(/\n/, $printed);

	return join("\n", 'run scripts/reference; lines that differ:',
		map({ "- $_" } grep { !$in_printed{$_} } split(/\n/, $written)),
		map({ "+ $_" } grep { !$in_written{$_} } split(/\n/, $printed)));
}

$node->stop;
done_testing();
