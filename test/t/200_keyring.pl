# The keyring: made once and never overwritten; refused when it is missing,
# damaged, readable by others, a symbolic link, in the data directory or
# ambiguous, also in a session that had read it; given by a command; and no
# key of it in the log or the database.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('keyring');
my $superuser = getpwuid($<);
my $folder = PostgreSQL::Test::Utils::tempdir();
my $path = "$folder/keyring";
my $status = 'SELECT generation, state, source, of_this_cluster FROM nir.keyring_status';

create_nir($node, 'postgres');
$node->safe_psql('postgres', 'CREATE ROLE regress_operator LOGIN; GRANT nir_operator TO regress_operator; CREATE ROLE regress_plain LOGIN');

sub configure
{
	my (%setting) = @_;

	foreach my $name ('keyring_file', 'keyring_command')
	{
		my $value = $setting{$name} // '';
		$node->safe_psql('postgres', "ALTER SYSTEM SET nir.$name = '$value'");
	}
	$node->safe_psql('postgres', 'SELECT pg_reload_conf()');
	$node->poll_query_until('postgres', 'SELECT ' . join(' AND ',
			map { sprintf(q{current_setting('nir.%s') = '%s'}, $_, $setting{$_} // '') } qw(keyring_file keyring_command)))
	  or die 'the settings did not arrive';
}

sub refused
{
	my ($code, $what) = @_;

	is(sqlstate($node, 'postgres', $superuser, $status), $code, $what);
}

sub write_file
{
	my ($to, $text, $mode) = @_;

	unlink $to;
	append_to_file($to, $text);
	chmod($mode // 0600, $to);
}

refused('NR050', 'without a setting there is no keyring');
is(sqlstate($node, 'postgres', $superuser, 'SELECT nir.create_keyring()'), 'NR050', '... and none is made');

# making one
configure(keyring_file => $path);
refused('NR050', 'a file that is missing');
is(sqlstate($node, 'postgres', 'regress_operator', 'SELECT nir.create_keyring()'), '42501', 'an operator may not make it');
is(sqlstate($node, 'postgres', $superuser, 'SELECT nir.create_keyring()'), '', 'a superuser may');
is(sprintf('%o', (stat $path)[2]), '100600', 'it is readable for the server alone');
my $text = slurp_file($path);
is(value_as($node, 'postgres', 'regress_operator', $status), '1|current|file|t', 'an operator sees what is in it');
is(sqlstate($node, 'postgres', 'regress_plain', $status), '42501', '... not everybody');
is(sqlstate($node, 'postgres', $superuser, 'SELECT nir.create_keyring()'), 'NR050', 'it is not made twice');
ok(slurp_file($path) eq $text, '... nor changed');
is(join(' ', glob("$folder/*")), $path, '... and nothing is left beside it');

# what is refused
chmod(0640, $path);
refused('NR051', 'readable by its group');
chmod(0604, $path);
refused('NR051', 'readable by the world');
chmod(0600, $path);
is(sqlstate($node, 'postgres', $superuser, $status), '', 'and safe again');
rename($path, "$folder/real");
symlink("$folder/real", $path);
refused('NR051', 'a symbolic link');
unlink $path;
mkdir $path;
refused('NR051', 'a folder');
rmdir $path;
system_or_bail('mkfifo', '-m', '600', $path);
refused('NR051', 'a pipe, which nobody waits for');
unlink $path;
rename("$folder/real", $path);
foreach my $damage (
	[ 'empty', '' ],
	[ 'cut', substr($text, 0, -1) ],
	[ 'a changed digit', $text =~ s/^(log .)(.)/$1 . ($2 eq '0' ? '1' : '0')/emr ],
	[ 'no text', "\0" x 300 ],
	[ 'too long', 'x' x 100_000 ])
{
	write_file($path, $damage->[1]);
	refused('NR052', "damaged: $damage->[0]");
}
write_file($path, $text);
my $inside = $node->data_dir . '/keyring';
write_file($inside, $text);
configure(keyring_file => $inside);
refused('NR051', 'inside the data directory');
symlink($node->data_dir, "$folder/link");
configure(keyring_file => "$folder/link/keyring");
refused('NR051', '... also by way of a link');
is(sqlstate($node, 'postgres', $superuser, 'SELECT nir.create_keyring()'), 'NR051', '... nor is one made there');
unlink $inside, "$folder/link";
configure(keyring_file => 'keyring');
refused('NR051', 'a relative path');
configure(keyring_file => $path, keyring_command => "cat $path");
refused('NR050', 'a file and a command');

# a command
configure(keyring_command => "cat $path");
is(value_as($node, 'postgres', $superuser, $status), '1|current|command|t', 'a command can give it');
is(sqlstate($node, 'postgres', $superuser, 'SELECT nir.create_keyring()'), 'NR050', '... but is not written to');
configure(keyring_command => "cat $path; exit 3");
refused('NR050', 'a command that fails gives none, whatever it printed');
configure(keyring_command => "head -c 100 $path");
refused('NR052', 'nor one that stops half-way');
configure(keyring_command => 'yes');
refused('NR050', 'nor one that prints for ever');

# one that hangs, whatever keeps it, is left as soon as the session is cancelled
foreach my $hangs ('sleep 1000', 'trap "" INT TERM; sleep 1000', "sleep 1000 & cat $path", "cat $path; exec >&-; sleep 1000")
{
	configure(keyring_command => $hangs);
	is(sqlstate($node, 'postgres', $superuser, "SET statement_timeout = '100ms'; $status"), '57014', "cancelled: $hangs");
}
configure(keyring_command => "cat; cat $path");
is(value_as($node, 'postgres', $superuser, $status), '1|current|command|t', 'it is given nothing to read');

# a session that has read it
configure(keyring_file => $path);
my $session = $node->background_psql('postgres', on_error_stop => 0);
is($session->query($status), '1|current|file|t', 'a session has read it');
chmod(0644, $path);
unlike($session->query($status), qr/current/, '... and hears of lost safety');
chmod(0600, $path);
like($session->query($status), qr/current/, '... and of its return');
unlink $path;
unlike($session->query($status), qr/current/, '... and of its loss');
{ no warnings; $session->{stderr} = ''; }
$session->quit;

# silence
my $log = slurp_file($node->logfile);
my @keys = $text =~ /\b([0-9a-f]{64})\b/g;
is(scalar(@keys), 3, 'two secrets and a checksum');
is(scalar(grep { index($log, $_) >= 0 } @keys), 0, 'none is in the log');
$node->stop;
my @holding;
foreach my $file (glob($node->data_dir . '/{base/*,global,pg_wal}/*'))
{
	next unless -f $file;
	my $bytes = slurp_file($file);
	push @holding, $file if grep { index($bytes, $_) >= 0 || index($bytes, pack('H*', $_)) >= 0 } @keys;
}
is("@holding", '', '... or in the data directory');

done_testing();
