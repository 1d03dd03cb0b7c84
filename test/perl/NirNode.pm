# test/perl/NirNode.pm - a throw-away cluster with nir, and what tests ask it.

package NirNode;

use strict;
use warnings FATAL => 'all';

use Exporter qw(import);
use File::Find;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(build_library create_keyring nir_node create_nir create_register sqlstate value_as slurp_lines sources);

# A started cluster; preload => 0 leaves nir out of shared_preload_libraries.
sub nir_node
{
	my ($name, %option) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init;
	# under make installcheck there is no TEMP_CONFIG, and nir is installed
	$node->append_conf('postgresql.conf', slurp_file('test/nir.conf')) unless defined $ENV{TEMP_CONFIG};
	$node->append_conf('postgresql.conf', "shared_preload_libraries = ''")
	  if defined $option{preload} && !$option{preload};
	$node->append_conf('postgresql.conf', $option{conf}) if defined $option{conf};
	$node->start;
	return $node;
}

# A shared library from a C file beside this one; its path.
sub build_library
{
	my ($name) = @_;
	my $path = PostgreSQL::Test::Utils::tempdir() . "/$name.so";
	chomp(my $server = `$ENV{PG_CONFIG} --includedir-server`);

	system_or_bail('gcc', '-shared', '-fPIC', '-O1', '-Isrc', "-I$server", '-o', $path, "test/perl/$name.c", '-ldl');
	return $path;
}

# Gives a cluster a keyring of its own, new or a copy of another; its path.
sub create_keyring
{
	my ($node, $copy_of) = @_;
	my $path = PostgreSQL::Test::Utils::tempdir() . '/keyring';

	if (defined $copy_of)
	{
		append_to_file($path, slurp_file($copy_of));
		chmod(0600, $path);
	}
	$node->append_conf('postgresql.conf', "nir.keyring_file = '$path'");
	$node->restart;
	$node->safe_psql('postgres', 'SELECT nir.create_keyring()') unless defined $copy_of;
	return $path;
}

# A database with the extension.
sub create_nir
{
	my ($node, $database) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $database") unless $database eq 'postgres';
	$node->safe_psql($database, 'SET client_min_messages = warning; CREATE EXTENSION nir CASCADE');
}

# ... and with the whole register in schema register.
sub create_register
{
	my ($node, $database) = @_;

	create_nir($node, $database);
	$node->safe_psql($database, 'SELECT nir.create_register()');
}

# The SQLSTATE a script ends with as this user, or '' when it succeeds.
sub sqlstate
{
	my ($node, $database, $user, $sql) = @_;
	my ($out, $err) = ('', '');
	my $status = $node->psql($database, "\\set VERBOSITY sqlstate\n$sql",
		extra_params => [ '-U', $user ], stdout => \$out, stderr => \$err, on_error_stop => 1);

	return '' if $status == 0;
	return $1 if $err =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5})\s*$/m;
	return $err;
}

# The output of a script as this user; dies when it fails.
sub value_as
{
	my ($node, $database, $user, $sql) = @_;

	return $node->safe_psql($database, $sql, extra_params => [ '-U', $user ]);
}

sub slurp_lines
{
	my ($path) = @_;

	return split(/\n/, slurp_file($path));
}

# Every file of the tree that a human wrote.
sub sources
{
	my @found;

	find(
		{
			no_chdir => 1,
			wanted => sub {
				my $path = $File::Find::name =~ s{^\./}{}r;
				if (-d && ($path =~ m{^(?:\.git|quickstart|results|log|output_iso|tmp_[^/]*)$}))
				{
					$File::Find::prune = 1;
					return;
				}
				push @found, $path
				  if -f && $path !~ m{\.(?:o|bc|so|d|gcno|gcda|tmp)$|^\.git$|^sql/nir--|^sql/code/register_sql\.sql$|^(?:regression\.|tmp_)};
			},
		},
		'.');
	return sort @found;
}

1;
