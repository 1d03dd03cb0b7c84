# Narrowed persons away from home: dumped and restored in every way, on a
# standby, before triggers and indexes are there; what is handed over to others
# and what is deleted; and a backend that cannot read who they are.
# covers: R39 R132 R154 R254

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('narrow', conf => "wal_level = replica\nmax_wal_senders = 4\nhot_standby = on\n");
create_register($node, 'nir');
create_nir($node, 'postgres');
$node->safe_psql('nir', q{
	CREATE ROLE oslo LOGIN;
	CREATE ROLE imdi LOGIN;
	CREATE ROLE udi LOGIN;
	SELECT nir.bind_role('oslo', '0301', purposes => '{b,d}');
	SELECT nir.bind_role('imdi', 'imdi', purposes => '{b,g}');
	SELECT nir.bind_role('udi', 'udi', purposes => '{i}');
});

my $begin = q{BEGIN; DO $x$ BEGIN PERFORM nir.begin_processing('b', '0301'); END $x$;};
my $research = q{BEGIN; DO $x$ BEGIN PERFORM nir.begin_processing('g'); END $x$;};
my $as_udi = q{BEGIN; DO $x$ BEGIN PERFORM nir.begin_processing('i', case_ref => 'list'); END $x$;};

# 1 is shielded, 2 restricted, 3 has a reservation, 4 nothing
value_as($node, 'nir', 'oslo', qq{$begin
	SELECT register.register_person('1990-01-01', '2', 'Name' || i, 'Test') FROM generate_series(1, 4) AS i;
	INSERT INTO register.intro_programme (person_id, unit, right_category, offered_on) SELECT person_id, '0301', 'right', '2026-02-01' FROM register.person;
	COMMIT;});
$node->safe_psql('nir', q{
	UPDATE register.person SET protection = 2 WHERE person_id = 1;
	INSERT INTO register.restriction (person_id, decision_ref, registered_by) VALUES (2, 'case 1', 'test');
	INSERT INTO register.research_reservation (person_id, source_code, registered_by) VALUES (3, 'person', 'test');
});

# what oslo sees, and what a researcher sees of the names
sub seen
{
	my ($where, $database) = @_;

	return value_as($where, $database, 'oslo', "$begin SELECT string_agg(person_id::text, ',' ORDER BY person_id) FROM register.intro_programme")
	  . ' '
	  . value_as($where, $database, 'imdi', "$research SELECT string_agg(person_id::text, ',' ORDER BY person_id) FROM register.person_name");
}

is(seen($node, 'nir'), '3,4 4', 'the shielded, the restricted and, for research, the reserved are not there');

# ---- the index that finds them is a help, no condition ----

is($node->safe_psql('nir', q{SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'register.person'::regclass AND indpred IS NOT NULL}),
	'register.person_shielded', 'the index is there');
$node->safe_psql('nir', 'DROP INDEX register.person_shielded');
is(seen($node, 'nir'), '3,4 4', 'without it they are found');
$node->safe_psql('nir', 'CREATE INDEX person_shielded ON register.person (protection) WHERE false');
$node->safe_psql('nir', 'DROP INDEX register.person_shielded; CREATE INDEX person_shielded ON register.person (person_id) WHERE protection >= 2');
is(seen($node, 'nir'), '3,4 4', 'and with it again');

# ---- dump and restore ----

my @restore = ('pg_restore', '--exit-on-error');
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/custom", $node->connstr('nir') ], 'dumped');
$node->command_ok([ 'pg_dump', '-Fd', '-j', '2', '-f', "$folder/directory", $node->connstr('nir') ], 'dumped in parallel');
foreach my $way ([ 'whole', $folder . '/custom' ], [ 'parallel', '-j', '3', $folder . '/directory' ])
{
	my ($name, @arguments) = @$way;

	$node->safe_psql('postgres', "CREATE DATABASE r_$name TEMPLATE template0");
	$node->command_ok([ @restore, '-d', $node->connstr("r_$name"), @arguments ], "restored: $name");
	is(seen($node, "r_$name"), '3,4 4', '... and narrowed as before');
	$node->safe_psql("r_$name", q{UPDATE register.person SET protection = 2 WHERE person_id = 4});
	is(seen($node, "r_$name"), '3 ', '... and changes are told');
}
# definitions first; the rows need --disable-triggers, because of the register's foreign keys
$node->safe_psql('postgres', 'CREATE DATABASE r_steps TEMPLATE template0');
$node->command_ok([ @restore, '-d', $node->connstr('r_steps'), '--schema-only', "$folder/custom" ], 'restored in steps');
is(sqlstate($node, 'r_steps', 'oslo', "$begin SELECT count(*) FROM register.person"), 'NR011', '... nothing is open before the rules are there');
$node->command_ok([ @restore, '-d', $node->connstr('r_steps'), '--data-only', '--disable-triggers', "$folder/custom" ], '... then the rows');
is(seen($node, 'r_steps'), '3,4 4', '... and narrowed as before');

# ---- a standby ----

$node->backup('base', backup_options => ['--checkpoint=fast']);
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'base', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
is(seen($standby, 'nir'), '3,4 4', 'a standby narrows');
# one session of the standby, from before a restriction of the primary to after it
my ($in, $out, $err) = ('', '', '');
my $session = IPC::Run::start([ 'psql', '-X', '-A', '-t', '-q', '-d', $standby->connstr('nir') . ' user=oslo' ], '<', \$in, '>', \$out, '2>', \$err,
	IPC::Run::timeout(60));
my $ask = q{SELECT 'seen ' || string_agg(person_id::text, ',' ORDER BY person_id) FROM register.intro_programme;};

sub answer
{
	my ($sql) = @_;

	$out = '';
	$in .= "$sql\n";
	$session->pump until $out =~ /seen (\S*)\n/ || $err ne '';
	return $out =~ /seen (\S*)\n/ ? $1 : $err;
}
is(answer("$begin $ask"), '3,4', '... in a session');
$node->safe_psql('nir', q{INSERT INTO register.restriction (person_id, decision_ref, registered_by) VALUES (4, 'case 2', 'test')});
$node->wait_for_catchup($standby);
is(answer($ask), '3', '... that hears of a restriction in its transaction');
$in .= "\\q\n";
$session->finish;
$standby->stop;
$node->safe_psql('nir', q{UPDATE register.restriction SET valid = daterange(lower(valid), lower(valid) + 1) WHERE person_id = 4});
$node->safe_psql('nir', q{ALTER TABLE register.restriction DISABLE TRIGGER restriction;
	UPDATE register.restriction SET valid = '[2020-01-01,2021-01-01)' WHERE person_id = 4;
	ALTER TABLE register.restriction ENABLE TRIGGER restriction});
is(seen($node, 'nir'), '3,4 4', 'ended, it is as before');

# ---- what is handed over: of the shielded yes, of the restricted no ----

create_keyring($node);
my $states = q{SELECT string_agg(subject || ' ' || state, ', ' ORDER BY subject) FROM nir.transfer};

$node->safe_psql('nir', 'SELECT nir.prepare_transfers()');
is($node->safe_psql('nir', $states), '1 ready, 2 new, 3 ready, 4 ready', 'the transfer of a restricted person is not made');
$node->safe_psql('nir', q{INSERT INTO register.restriction (person_id, category, decision_ref, registered_by) VALUES (3, 'programme', 'case 3', 'test')});
my $fetch = qq{$as_udi SELECT string_agg(t.payload -> 'person' ->> 'birth_date', ',') FROM nir.fetch_transfers('udi') AS t; COMMIT};
is(value_as($node, 'nir', 'udi', $fetch), '1990-01-01,1990-01-01', '... nor fetched, where it was made before');
is($node->safe_psql('nir', q{SELECT string_agg(subject::text, ',' ORDER BY subject) FROM nir.transfer WHERE fetched_at IS NOT NULL}), '1,4', '... those of 1 and 4 were');
value_as($node, 'nir', 'udi', qq{$as_udi SELECT nir.acknowledge_transfer(t.transfer_id) FROM nir.fetch_transfers('udi') AS t; COMMIT});

# ---- what is deleted: the shielded as all others; whose transfer waits, not ----

$node->psql('nir', q{SET nir.now_override = '2050-01-01'; SELECT nir.prepare_transfers(); CALL nir.purge()});
value_as($node, 'nir', 'udi', qq{$as_udi SELECT nir.acknowledge_transfer(t.transfer_id) FROM nir.fetch_transfers('udi') AS t; COMMIT});
$node->psql('nir', q{SET nir.now_override = '2050-01-01'; CALL nir.purge()});
is($node->safe_psql('nir', 'SELECT string_agg(person_id::text, $$,$$ ORDER BY person_id) FROM register.person'), '2,3', 'the shielded is deleted when due, who is restricted waits');
$node->safe_psql('nir', q{ALTER TABLE register.restriction DISABLE TRIGGER restriction;
	UPDATE register.restriction SET valid = '[2020-01-01,2021-01-01)';
	ALTER TABLE register.restriction ENABLE TRIGGER restriction});
$node->psql('nir', q{SET nir.now_override = '2050-01-01'; SELECT nir.prepare_transfers()});
value_as($node, 'nir', 'udi', qq{$as_udi SELECT nir.acknowledge_transfer(t.transfer_id) FROM nir.fetch_transfers('udi') AS t; COMMIT});
$node->psql('nir', q{SET nir.now_override = '2050-01-01'; CALL nir.purge()});
is($node->safe_psql('nir', 'SELECT count(*) FROM register.person'), '0', 'the restriction ended, they go too, with their restrictions and reservations');
is($node->safe_psql('nir', 'SELECT count(*) FROM register.restriction'), '0', '... of which none is left');

done_testing();
