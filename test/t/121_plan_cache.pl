# Plans kept from an earlier statement (T-1): for every shape of query, every
# plan mode, and whatever has changed since the plan was made - role, session
# user, binding, membership, attribute, purpose - a session that keeps its
# plans answers as a fresh one does.
# covers: R45 R46 R82

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::BackgroundPsql;
use Test::More;

my $node = nir_node('plan_cache');
my $superuser = getpwuid($<);

create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	SET client_min_messages = warning;
	CREATE ROLE gate SUPERUSER LOGIN;
	CREATE ROLE oslo LOGIN;
	CREATE ROLE bergen LOGIN;
	CREATE ROLE imdi LOGIN;
	CREATE ROLE pool LOGIN;
	GRANT oslo, bergen, imdi TO pool;
	SELECT nir.bind_role('oslo', '0301', purposes => '{c,d,p}', default_purpose => '{d}');
	SELECT nir.bind_role('bergen', '4601', purposes => '{c,d,p}', default_purpose => '{d}');
	SELECT nir.bind_role('imdi', 'imdi', purposes => '{d,p}', default_purpose => '{d}');
	CREATE SCHEMA vendor;
	GRANT USAGE ON SCHEMA vendor TO PUBLIC;
	CREATE TABLE vendor.wish (id int, unit nir.unit, note nir.tagged_text(d));
	SELECT count(*) FROM nir.govern('vendor.wish', 'settlement_wish', 'unit');
	INSERT INTO vendor.wish VALUES (1, '0301', 'n1'), (2, '030101', 'n2'), (3, '4601', 'n3');
	CREATE VIEW vendor.follows WITH (security_invoker) AS SELECT id FROM vendor.wish WHERE note::text <> '';
	GRANT SELECT ON vendor.follows TO PUBLIC;
	CREATE FUNCTION vendor.inlined() RETURNS SETOF int LANGUAGE sql STABLE
		AS 'SELECT id FROM vendor.wish WHERE note::text <> ''''';
	CREATE FUNCTION vendor.kept() RETURNS SETOF int LANGUAGE plpgsql STABLE
		AS 'BEGIN RETURN QUERY SELECT id FROM vendor.wish WHERE note::text <> ''''; END';
});

my %shape = (
	table => q{SELECT id FROM vendor.wish WHERE note::text <> ''},
	CTE => q{WITH x AS MATERIALIZED (SELECT id FROM vendor.wish WHERE note::text <> '') SELECT id FROM x},
	sublink => q{SELECT i FROM generate_series(1, 9) i WHERE i IN (SELECT id FROM vendor.wish WHERE note::text <> '')},
	view => 'SELECT id FROM vendor.follows',
	'SQL function' => 'SELECT * FROM vendor.inlined()',
	'plpgsql query' => 'SELECT * FROM vendor.kept()');

# as whom to log in, what to do before the plan is made, what changes (in the
# session, or in another one), and what puts the other session's change right
my @change = (
	{ name => 'SET ROLE', login => 'pool', first => 'SET ROLE oslo', then => 'SET ROLE bergen', expected => '3' },
	{ name => 'SET ROLE to a body of another kind', login => 'pool', first => 'SET ROLE imdi', then => 'SET ROLE oslo', expected => '1,2' },
	{ name => 'RESET ROLE', login => 'pool', first => 'SET ROLE oslo', then => 'RESET ROLE', expected => 'NR010' },
	{ name => 'SET SESSION AUTHORIZATION', login => 'gate', first => 'SET SESSION AUTHORIZATION bergen',
		then => 'SET SESSION AUTHORIZATION oslo', expected => '1,2' },
	{ name => 'leaving an exempt session', login => 'gate', first => '', then => 'SET ROLE oslo', expected => '1,2' },
	{ name => 'purpose', login => 'oslo', first => '', then => q{BEGIN; SELECT nir.begin_processing('p', '0301')}, expected => 'NR020' },
	{ name => 'unit', login => 'oslo', first => '', then => q{BEGIN; SELECT nir.begin_processing('d', '030101')}, expected => '2' },
	{ name => 'binding taken away', login => 'oslo', first => '', other => q{SELECT nir.unbind_role('oslo')},
		undo => q{SELECT nir.bind_role('oslo', '0301', purposes => '{c,d,p}', default_purpose => '{d}')}, expected => '42501' },
	{ name => 'binding moved', login => 'oslo', first => '', other => q{SELECT nir.unbind_role('oslo'), nir.bind_role('oslo', '4601', purposes => '{d}', default_purpose => '{d}')},
		undo => q{SELECT nir.unbind_role('oslo'), nir.bind_role('oslo', '0301', purposes => '{c,d,p}', default_purpose => '{d}')}, expected => '3' },
	{ name => 'membership taken away', login => 'oslo', first => '', other => 'REVOKE nir_municipality FROM oslo',
		undo => 'GRANT nir_municipality TO oslo', expected => '42501' },
	{ name => 'membership given', login => 'oslo', before => 'REVOKE nir_municipality FROM oslo', first => '', other => 'GRANT nir_municipality TO oslo',
		undo => 'GRANT nir_municipality TO oslo', expected => '1,2' },
	{ name => 'BYPASSRLS given', login => 'oslo', first => '', other => 'ALTER ROLE oslo BYPASSRLS',
		undo => 'ALTER ROLE oslo NOBYPASSRLS', expected => '1,2,3' },
	{ name => 'BYPASSRLS taken away', login => 'oslo', before => 'ALTER ROLE oslo BYPASSRLS', first => '', other => 'ALTER ROLE oslo NOBYPASSRLS',
		undo => 'ALTER ROLE oslo NOBYPASSRLS', expected => '1,2' });

# the rows of a query, or the SQLSTATE it ends with
sub answer
{
	my ($session, $query) = @_;
	my $said = $session->query("\\set VERBOSITY sqlstate\n$query;\n\\echo :SQLSTATE");
	my $lines = join(',', grep { /./ } split(/\n/, $said));

	$session->{stderr} = '';
	$lines =~ s/,?(\w{5})\z//;
	return $1 eq '00000' ? $lines : $1;
}

sub connected
{
	my ($login) = @_;

	return $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', $login ]);
}

sub prepare_all
{
	my ($session, $mode) = @_;

	$session->query("SET plan_cache_mode = $mode");
	$session->query(join(";\n", map { my $name = tr/a-zA-Z//cdr; "PREPARE q_$name AS $shape{$_} ORDER BY 1" } sort keys %shape));
}

sub execute
{
	my ($session, $shape) = @_;

	# a governed query that fails must not end the transaction of the next
	$session->query('SAVEPOINT s') if $session->{in_transaction};
	my $got = answer($session, 'EXECUTE q_' . $shape =~ tr/a-zA-Z//cdr);
	$session->query('ROLLBACK TO s') if $session->{in_transaction};
	return $got;
}

foreach my $change (@change)
{
	foreach my $mode (qw(auto force_generic_plan force_custom_plan))
	{
		$node->safe_psql('postgres', $change->{before}) if $change->{before};
		my $reused = connected($change->{login});
		prepare_all($reused, $mode);
		$reused->query($change->{first}) if $change->{first};
		# enough for auto to settle on a generic plan
		foreach my $shape (sort keys %shape) { execute($reused, $shape) for 1 .. 6 }

		$node->safe_psql('postgres', "SET client_min_messages = warning; $change->{other}") if $change->{other};
		my $fresh = connected($change->{login});
		prepare_all($fresh, $mode);
		foreach my $session ($reused, $fresh)
		{
			$session->query($change->{then}) if $change->{then};
			$session->{in_transaction} = 1 if ($change->{then} // '') =~ /^BEGIN/;
			$session->{stderr} = '';
		}
		foreach my $shape (sort keys %shape)
		{
			my @got = map { execute($_, $shape) } $reused, $fresh;
			is("@got", "$change->{expected} $change->{expected}", "$change->{name}, $mode, $shape: kept plan and fresh session");
		}
		$_->quit foreach $reused, $fresh;
		$node->safe_psql('postgres', "SET client_min_messages = warning; $change->{undo}") if $change->{undo};
	}
}

$node->stop;
done_testing();
