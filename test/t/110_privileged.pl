# Superusers and BYPASSRLS roles: what each value of nir.privileged_access does,
# that no session lifts it for itself, and that nir.break_glass lasts for one
# transaction, reaches parallel workers and leaves its reason in the log.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('privileged', conf => "wal_level = logical\n");
my $superuser = getpwuid($<);
my $read = 'SELECT count(note) FROM vendor.step WHERE note::text <> $$$$;';

create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE ROLE regress_bypass LOGIN BYPASSRLS;
	CREATE ROLE regress_plain LOGIN;
	CREATE ROLE regress_stream LOGIN REPLICATION;
	CREATE SCHEMA vendor;
	CREATE TABLE vendor.step (step_id int, unit nir.unit, note nir.tagged_text(b,d,e));
	INSERT INTO vendor.step VALUES (1, '0301', 'canary one'), (2, '4601', 'canary two');
	CREATE FUNCTION vendor.lend() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
		AS 'SELECT count(*) FROM vendor.step';
	GRANT USAGE ON SCHEMA vendor TO regress_bypass, regress_plain, regress_stream;
	GRANT SELECT ON vendor.step TO regress_bypass, regress_plain, regress_stream;
});

sub set_access
{
	my ($value) = @_;

	$node->safe_psql('postgres', "ALTER SYSTEM SET nir.privileged_access = $value");
	$node->safe_psql('postgres', 'SELECT pg_reload_conf()');
	ok($node->poll_query_until('postgres', "SELECT current_setting('nir.privileged_access') = '$value'"),
		"nir.privileged_access is $value");
	return -s $node->logfile;
}

# true if the log has the line since the offset
sub logged
{
	my ($pattern, $offset) = @_;

	return slurp_file($node->logfile, $offset) =~ $pattern;
}

my $planted = -s $node->logfile;
my $offset = $planted;
is(value_as($node, 'postgres', $superuser, $read), '2', 'by default a superuser reads');
ok(logged(qr/privileged role "\Q$superuser\E" uses governed relation "step"/, $offset), '... and the log says so');
is(value_as($node, 'postgres', 'regress_bypass', $read), '2', 'so does a BYPASSRLS role');
is(sqlstate($node, 'postgres', 'regress_plain', $read), 'NR010', 'nobody else');
is(sqlstate($node, 'postgres', $superuser, "SET ROLE regress_plain; $read"), 'NR010',
	'not a superuser who has become somebody else');
is(sqlstate($node, 'postgres', 'regress_plain', 'SELECT vendor.lend()'), 'NR010',
	'and a SECURITY DEFINER function of a superuser exempts nobody');

# a slot that the session still holds after an error it caught
is(sqlstate($node, 'postgres', 'regress_stream', "DO \$\$ BEGIN
	PERFORM pg_create_logical_replication_slot('left', 'no_such_plugin', true);
EXCEPTION WHEN OTHERS THEN NULL; END \$\$; $read"), 'NR010', 'nor does a replication slot');

$offset = set_access('allow');
is(value_as($node, 'postgres', $superuser, $read), '2', 'allowed');
ok(!logged(qr/uses governed relation/, $offset), '... without a word in the log');

$offset = set_access('deny');
is(sqlstate($node, 'postgres', $superuser, $read), 'NR027', 'denied');
is(sqlstate($node, 'postgres', 'regress_bypass', $read), 'NR027', 'denied to BYPASSRLS too');
is(sqlstate($node, 'postgres', $superuser, "SET nir.privileged_access = allow; $read"), '55P02',
	'no session lifts it for itself');
is(sqlstate($node, 'postgres', $superuser, "SET nir.broken_glass = 'x'; $read"), 'NR018', 'nor sets what break_glass sets');
is(sqlstate($node, 'postgres', $superuser, "SELECT nir.break_glass('x')"), 'NR017', 'break_glass needs a transaction');
is(sqlstate($node, 'postgres', $superuser, "BEGIN; SELECT nir.break_glass('  ')"), '22023', '... and a reason');
is(sqlstate($node, 'postgres', 'regress_plain', "BEGIN; SELECT nir.break_glass('x')"), '42501', '... and a privileged role');
is(value_as($node, 'postgres', $superuser,
		"BEGIN; SET LOCAL client_min_messages = error; SELECT nir.break_glass('incident 7'); $read COMMIT;"),
	"\n2", 'with a reason it reads');
ok(logged(qr/privileged role "\Q$superuser\E" breaks the glass: incident 7/, $offset), '... and the log has the reason');
ok(logged(qr/uses governed relation "step"/, $offset), '... and the relation');
is(value_as($node, 'postgres', $superuser,
		"BEGIN; SELECT nir.break_glass('incident 8'); SET LOCAL force_parallel_mode = on; $read COMMIT;"),
	"\n2", 'parallel workers see the broken glass');
is(sqlstate($node, 'postgres', $superuser, "BEGIN; SELECT nir.break_glass('x'); COMMIT; $read"), 'NR027',
	'it ends with the transaction');
is(sqlstate($node, 'postgres', $superuser, "BEGIN; SAVEPOINT s; SELECT nir.break_glass('x'); ROLLBACK TO s; $read"), 'NR027',
	'... and with the savepoint');
ok(!logged(qr/canary/, $planted), 'no value is in the log');

$node->stop;
done_testing();
