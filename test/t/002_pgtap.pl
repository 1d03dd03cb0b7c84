# Runs every file of test/pgtap in a database of its own with nir, the
# register and pgTAP, and counts its assertions as ours.

use strict;
use warnings FATAL => 'all';

use File::Basename qw(basename);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('pgtap');
create_register($node, 'pgtap_template');
$node->safe_psql('pgtap_template', 'CREATE SCHEMA tap; CREATE EXTENSION pgtap SCHEMA tap');

foreach my $file (sort glob('test/pgtap/*.sql'))
{
	my $name = basename($file, '.sql');

	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE pgtap_template");
	relay($name, $file);
}

# An assertion of pgTAP becomes one of this file.
sub relay
{
	my ($name, $file) = @_;
	my ($out, $err);
	my $planned;
	my $run = 0;

	my $status = $node->psql($name, 'SET search_path = tap, public;' . slurp_file($file),
		stdout => \$out, stderr => \$err, on_error_stop => 1);
	foreach my $line (split(/\n/, $out))
	{
		if ($line =~ /^1\.\.(\d+)/) { $planned = $1 }
		elsif ($line =~ /^(not )?ok \d+(?: - )?(.*)/)
		{
			my ($bad, $what) = ($1, $2);

			$run++;
			SKIP:
			{
				skip($1, 1) if $what =~ /# skip\b\s*(.*)/i;
				ok(!$bad, "$name: $what");
			}
		}
		elsif ($line =~ /^#/) { diag($line) }
	}
	is($status, 0, "$file ran to its end") or diag($err);
	is($run, $planned, "$file ran what it planned");
}

$node->stop;
done_testing();
