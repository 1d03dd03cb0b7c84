# Portals that a client stops reading and goes on with later.  No client library
# can suspend one, so this test speaks the protocol itself: Parse, Bind, Execute
# with a row limit, another statement, Execute again.  Whatever keeps rows of a
# governed query, the context cannot change under it.

use strict;
use warnings FATAL => 'all';

use IO::Socket::UNIX;
use NirNode;
use Test::More;

my $node = nir_node('portals');

create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE ROLE regress_w_oslo LOGIN;
	CREATE ROLE regress_w_other LOGIN;
	GRANT regress_w_other TO regress_w_oslo;
	SELECT nir.bind_role('regress_w_oslo', '0301', purposes => '{b,d}');
	CREATE FUNCTION regress_trouble() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE division_by_zero; EXCEPTION WHEN division_by_zero THEN RETURN 0; END';
	CREATE SCHEMA vendor;
	GRANT USAGE ON SCHEMA vendor TO PUBLIC;
	CREATE TABLE vendor.connection (person_id int, unit nir.unit, kind text, valid daterange);
	CREATE TABLE vendor.step (step_id int, person_id int, unit nir.unit, note nir.tagged_text(b,d,e));
	CREATE TABLE vendor.loose (step_id int, note nir.tagged_text(b,d));
	GRANT SELECT ON vendor.loose TO regress_w_oslo;
	INSERT INTO vendor.loose SELECT i, 'note ' || i FROM generate_series(1, 9) i;
	INSERT INTO vendor.connection SELECT i, '0301', 'x', '[2020-01-01,)' FROM generate_series(1, 9) i;
	INSERT INTO vendor.step SELECT i, i, '0301', 'note ' || i FROM generate_series(1, 9) i;
	SELECT count(*) FROM nir.govern('vendor.connection', 'connection', 'unit', 'person_id');
	SELECT count(*) FROM nir.govern('vendor.step', 'settlement', 'unit', 'person_id');
});

# ---- the protocol ----

my $socket;

sub send_message
{
	my ($type, $body) = @_;

	$socket->syswrite($type . pack('N', 4 + length($body)) . $body);
}

sub read_exactly
{
	my ($length) = @_;
	my $data = '';

	while (length($data) < $length)
	{
		$socket->sysread($data, $length - length($data), length($data)) or die 'the server closed the connection';
	}
	return $data;
}

# reads to ReadyForQuery; rows as text, and the first SQLSTATE
sub answer
{
	my (@rows, $state);
	my $suspended = 0;

	while (1)
	{
		my $type = read_exactly(1);
		my $body = read_exactly(unpack('N', read_exactly(4)) - 4);

		if ($type eq 'D')
		{
			my $at = 2;
			my @fields;
			for (1 .. unpack('n', $body))
			{
				my $length = unpack('N', substr($body, $at, 4));
				$at += 4;
				next if $length == 0xFFFFFFFF;
				push @fields, substr($body, $at, $length);
				$at += $length;
			}
			push @rows, join('|', @fields);
		}
		elsif ($type eq 'E') { ($state) = $body =~ /(?:^|\0)C(\w{5})/ unless defined $state; }
		elsif ($type eq 's') { $suspended = 1; }
		elsif ($type eq 'Z') { last; }
	}
	return { rows => [@rows], state => $state // '', suspended => $suspended };
}

sub start_session
{
	$socket = IO::Socket::UNIX->new(Peer => $node->host . '/.s.PGSQL.' . $node->port) or die "could not connect: $!";
	my $startup = pack('N', 196608) . "user\0regress_w_oslo\0database\0postgres\0\0";
	$socket->syswrite(pack('N', 4 + length($startup)) . $startup);
	answer();
}

sub query
{
	my ($sql) = @_;

	send_message('Q', "$sql\0");
	return answer();
}

# a named portal over the statement, and its first row
sub open_portal
{
	my ($sql) = @_;

	send_message('P', "\0$sql\0" . pack('n', 0));
	send_message('B', "kept\0\0" . pack('nnn', 0, 0, 0));
	send_message('E', "kept\0" . pack('N', 1));
	send_message('S', '');
	return answer();
}

sub go_on
{
	send_message('E', "kept\0" . pack('N', 0));
	send_message('S', '');
	return answer();
}

# ---- every kind of portal that keeps rows ----

my %portal = (
	'SELECT' => 'SELECT step_id FROM vendor.step ORDER BY 1',
	'INSERT ... RETURNING' => q{INSERT INTO vendor.step SELECT 10 + i, i, '0301', 'new' FROM generate_series(1, 3) i RETURNING step_id},
	'EXECUTE' => 'EXECUTE held',
	'EXECUTE, past an error that was caught' => 'EXECUTE above(regress_trouble())',
	'FETCH' => 'FETCH ALL FROM c',
	'EXPLAIN ANALYZE' => 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT step_id FROM vendor.loose ORDER BY 1',
);

foreach my $kind (sort keys %portal)
{
	my $declared = $kind =~ /INSERT/ ? 'd' : 'b,d';
	my $narrower = $kind =~ /INSERT/ ? "'d', '030101'" : "'b', '0301'";

	start_session();
	query('PREPARE held AS SELECT step_id FROM vendor.step ORDER BY 1');
	query('PREPARE above(int) AS SELECT step_id FROM vendor.step WHERE step_id > $1 ORDER BY 1');
	query('BEGIN');
	is(query("SELECT nir.begin_processing('$declared', '0301')")->{state}, '', "$kind: declared");
	query('DECLARE c CURSOR FOR SELECT step_id FROM vendor.step ORDER BY 1') if $kind eq 'FETCH';
	my $first = open_portal($portal{$kind});
	ok($first->{suspended} && @{ $first->{rows} } == 1, "$kind: one row, and the portal waits");
	query('CLOSE c') if $kind eq 'FETCH';
	query('SAVEPOINT s');
	is(query("SELECT nir.begin_processing($narrower)")->{state}, 'NR016', "$kind: the context cannot change meanwhile");
	query('ROLLBACK TO s');
	my $rest = go_on();
	ok($rest->{state} eq '' && @{ $rest->{rows} } > 0, "$kind: under the same context it goes on");
	is(query("SELECT nir.begin_processing($narrower)")->{state},
		'NR016', "$kind: read to its end the portal is still open");
	query('ROLLBACK');
	is(go_on()->{state}, '34000', "$kind: with its transaction the portal is gone");
	$socket->close;
}

# another role goes on with it
start_session();
query('BEGIN');
query("SELECT nir.begin_processing('d', '0301')");
ok(open_portal($portal{SELECT})->{suspended}, 'a portal waits');
query('SET LOCAL ROLE regress_w_other');
is(go_on()->{state}, 'NR015', '... and is not for another role');
$socket->close;

$node->stop;
done_testing();
