# Sealed values in another cluster: a dump is restored without a keyring, and
# opens nothing there; nor does it with another keyring, or an old copy; with
# the right one everything opens, in a database of another encoding too.
# A replica that gets the rows by logical replication holds the same bytes.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $preload = "wal_level = logical\nmax_wal_senders = 4\nmax_replication_slots = 4\n";
my $from = nir_node('sealing', conf => $preload);
create_register($from, 'nir');
create_nir($from, 'postgres');
my $keyring = create_keyring($from);
my $bind = q{CREATE ROLE oslo LOGIN; SELECT nir.bind_role('oslo', '0301', purposes => '{d}');};
my $context = q{BEGIN; DO $$ BEGIN PERFORM nir.begin_processing('d', '0301', case_ref => 'case 7'); END $$; };
my $open = "$context SELECT nir.open(consideration) FROM register.settlement_consideration;";
my $read_rows = "$context SELECT count(nir.open(consideration)) FROM register.settlement_consideration; COMMIT;";
my $bytes = 'SELECT md5(string_agg(consideration::text, $$,$$)) FROM register.settlement_consideration';

$from->safe_psql('nir', $bind);
value_as($from, 'nir', 'oslo', $context . q{
	INSERT INTO register.person (birth_date) VALUES ('1994-06-12') RETURNING person_id AS p \gset
	INSERT INTO register.settlement (person_id, unit, case_opened_on) VALUES (:p, '0301', CURRENT_DATE) RETURNING settlement_id AS s \gset
	INSERT INTO register.settlement_consideration (settlement_id, person_id, unit, consideration) VALUES (:s, :p, '0301', 'canary æøå');
	COMMIT;});
is(value_as($from, 'nir', 'oslo', $open), 'canary æøå', 'sealed and opened');

my $armour = value_as($from, 'nir', 'oslo', "$context SELECT consideration FROM register.settlement_consideration");
my $dump = PostgreSQL::Test::Utils::tempdir() . '/nir.dump';
$from->command_ok([ 'pg_dump', '-Fc', '-f', $dump, $from->connstr('nir') ], 'dumped');

my $to = nir_node('opening', conf => $preload);
$to->safe_psql('postgres', q{CREATE ROLE oslo LOGIN; CREATE DATABASE nir TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'});
create_nir($to, 'postgres');
$to->command_ok([ 'pg_restore', '--exit-on-error', '-d', $to->connstr('nir'), $dump ], 'restored without a keyring');
$to->safe_psql('nir', q{SELECT nir.bind_role('oslo', '0301', purposes => '{d}')});
is($to->safe_psql('nir', $bytes), $from->safe_psql('nir', $bytes), '... to the same ciphertext');
is(sqlstate($to, 'nir', 'oslo', $open), 'NR050', '... which does not open');
is(sqlstate($to, 'nir', 'oslo', "$context UPDATE register.settlement_consideration SET consideration = 'x'"), 'NR050', '... nor is anything sealed');
is(value_as($to, 'nir', 'oslo', "SET client_encoding = 'UTF8'; $context SELECT count(*) FROM register.settlement_consideration"), '1', '... though its row is there');

create_keyring($to);
is(sqlstate($to, 'nir', 'oslo', $open), 'NR053', 'nor with another cluster\'s keyring');
create_keyring($to, $keyring);
is(value_as($to, 'nir', 'oslo', "SET client_encoding = 'UTF8'; $open"), 'canary æøå', 'with its own it opens, in another encoding');
is($to->safe_psql('postgres', 'SELECT DISTINCT of_this_cluster FROM nir.keyring_status'), 'f', '... and the keyring is known to come from elsewhere');

# logical replication moves ciphertext
my $replica = nir_node('replica', conf => $preload);
$replica->safe_psql('postgres', 'CREATE ROLE oslo LOGIN; CREATE DATABASE nir');
$replica->command_ok([ 'pg_restore', '--exit-on-error', '-d', $replica->connstr('nir'), $dump ], 'a replica without a keyring');
$from->safe_psql('nir', 'CREATE PUBLICATION sealed FOR TABLE register.settlement_consideration, nir.subject_key');
my $connection = $from->connstr('nir') =~ s{'}{''}gr;
$replica->safe_psql('nir', "CREATE SUBSCRIPTION sealed CONNECTION '$connection' PUBLICATION sealed WITH (copy_data = false)");
value_as($from, 'nir', 'oslo', "$context UPDATE register.settlement_consideration SET consideration = 'canary, changed'; COMMIT");
$from->wait_for_catchup('sealed');
is($replica->safe_psql('nir', $bytes), $from->safe_psql('nir', $bytes), 'gets a change as ciphertext');
# and so does a standby; a session of each has the key in its memory
create_keyring($replica, $keyring);
$replica->safe_psql('nir', "SELECT nir.bind_role('oslo', '0301', purposes => '{d}')");
$from->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($from, 'copy', has_streaming => 1);
$standby->start;
my %session = map { $_->name => $_->background_psql('nir', on_error_stop => 0, extra_params => [ '-U', 'oslo' ]) } $replica, $standby;
foreach my $session (values %session)
{
	is($session->query("SET client_encoding = 'UTF8'; $read_rows"), '1', 'a session has read');
}
$from->safe_psql('nir', 'SELECT nir.shred_subject(person_id) FROM register.settlement_consideration');
$from->wait_for_catchup('sealed');
$from->wait_for_catchup($standby, 'replay', $from->lsn('insert'));
foreach my $name (sort keys %session)
{
	my $session = $session{$name};

	unlike($session->query($read_rows), qr/1/, "what was shredded opens no more on the $name");
	like($session->{stderr}, qr/the key of this person was destroyed/, '... also where the key was in memory');
	{ no warnings; $session->{stderr} = ''; }
	$session->quit;
}
is($replica->safe_psql('nir', 'SELECT count(*) FROM nir.subject_key WHERE wrapped IS NULL'), '1', '... and hears of a destroyed key');
$replica->safe_psql('nir', 'DROP SUBSCRIPTION sealed');

$_->stop foreach $standby, $from, $to, $replica;

# where nothing records it, nothing is opened
my $unlogged = nir_node('unlogged', preload => 0, conf => "session_preload_libraries = 'nir'\n");
create_nir($unlogged, 'postgres');
create_keyring($unlogged, $keyring);
$unlogged->safe_psql('postgres', $bind);
is(sqlstate($unlogged, 'postgres', 'oslo', qq{$context SELECT nir.open('$armour')}), 'NR059', 'without an access log nothing is opened');
$unlogged->stop;
done_testing();
