# The tour of README.md runs as it stands there: every statement succeeds but
# those whose comment names an error, and these end with that SQLSTATE.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('readme');
my ($tour) = slurp_file('README.md') =~ /^## A tour\n\n```sql\n(.*?)^```$/ms;
my @expected = $tour =~ /-- error (\w{5})/g;
my ($out, $err) = ('', '');

$node->psql('postgres', "SET client_min_messages = warning;\n\\set VERBOSITY sqlstate\n$tour",
	on_error_stop => 0, stdout => \$out, stderr => \$err);
my @met = $err =~ /ERROR:\s+(\w{5})/g;
is("@met", "@expected", 'the tour meets the errors it announces, and no other') or diag($err);
like($out, qr/^Fortelling$/m, 'the person just registered is read back');
like($out, qr/^select\|connected\|/m, 'the access matrix answers');

my $lines = () = $tour =~ /^/mg;
cmp_ok($lines, '<=', 22, 'the tour is short');

$node->stop;
done_testing();
