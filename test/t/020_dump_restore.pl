# A dump restored into another cluster is the same database: the same rows,
# bindings, governed relations, policies, privileges and comments, and the
# same dump again; a role that is no superuser cannot take one.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $from = nir_node('dumped');
create_register($from, 'nir');
$from->safe_psql('nir', q{
	CREATE ROLE oslo_app LOGIN;
	SELECT nir.bind_role('oslo_app', '0301', purposes => '{b,d}');
	CREATE ROLE oslo_desk LOGIN;
	SELECT nir.bind_role('oslo_desk', '0301', purposes => '{b}', actors => 'granted', token => false);
	SELECT nir.grant_actor('anna', '0301', '{b}', functions => '{shielded}');
	SELECT nir.review_actor('anna', '0301', true);
	INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local', 'lokal', '{u}', 'local', 'local');
	INSERT INTO nir.purpose (letter, name, name_no, citation, valid) VALUES ('u', 'local_use', 'lokalt', 'local', '[2020-01-01,)');
});
value_as($from, 'nir', 'oslo_app', q{
	BEGIN;
	SELECT nir.begin_processing('b', '0301');
	SELECT register.register_person('1994-06-12', '2', 'Mariam', 'Fortelling', fnr => '29923650081', duf => '202000000003');
	COMMIT;
});

my $folder = PostgreSQL::Test::Utils::tempdir();
my $globals = "$folder/globals.sql";
$from->command_ok([ 'pg_dumpall', '--globals-only', '-f', $globals, '-d', $from->connstr('postgres') ], 'the roles are dumped');
$from->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/nir.dump", $from->connstr('nir') ], 'the database is dumped');
$from->command_fails_like([ 'pg_dump', '-f', "$folder/stolen.sql", '-U', 'oslo_app', $from->connstr('nir') ],
	qr/would leave out rows/, 'an application cannot dump it');

my $to = nir_node('restored');
# the superuser of both clusters has one name, so its CREATE ROLE fails alone
$to->psql('postgres', slurp_file($globals), on_error_stop => 0);
$to->safe_psql('postgres', 'CREATE DATABASE nir');
$to->command_ok([ 'pg_restore', '--exit-on-error', '-d', $to->connstr('nir'), "$folder/nir.dump" ], 'the dump is restored');

my %state = (
	'rows of every table' => q{
		SELECT string_agg(format('%s %s', c.oid::regclass, query_to_xml(format('SELECT t::text FROM %s AS t ORDER BY 1', c.oid::regclass), false, false, '')),
			E'\n' ORDER BY c.oid::regclass::text)
		FROM pg_class AS c
		WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text IN ('nir', 'register')
	},
	'policies' => q{SELECT * FROM pg_policies ORDER BY schemaname, tablename, policyname},
	'row security' => q{SELECT oid::regclass::text, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relnamespace = 'register'::regnamespace ORDER BY 1},
	'privileges' => q{
		SELECT relname, array_to_string(ARRAY(SELECT a::text FROM unnest(relacl) AS a ORDER BY 1), ' ')
		FROM pg_class WHERE relnamespace = 'register'::regnamespace AND relacl IS NOT NULL ORDER BY 1},
	'columns' => q{SELECT * FROM nir.governed_column ORDER BY relation::text, column_name},
	'access' => q{SELECT * FROM nir.access_matrix ORDER BY relation::text, body_kind, verb, scope});
foreach my $what (sort keys %state)
{
	my ($before, $after) = map { $_->safe_psql('nir', $state{$what}) } $from, $to;

	isnt($before, '', "$what: there are some");
	ok($before eq $after, "$what: the same after the restore") or diag(first_difference($before, $after));
}

is(value_as($to, 'nir', 'oslo_app', q{
	BEGIN;
	DO $$ BEGIN PERFORM nir.begin_processing('b', '0301'); END $$;
	SELECT given_name || ' ' || family_name FROM register.person_name;
}), 'Mariam Fortelling', 'the restored binding works');
is(sqlstate($to, 'nir', 'oslo_app', 'SELECT count(*) FROM register.person'), 'NR010', '... and the checks are in force');
is(value_as($to, 'nir', 'oslo_desk', q{
	BEGIN;
	DO $$ BEGIN PERFORM nir.begin_processing('b', '0301', 'anna'); END $$;
	SELECT nir.has_function('shielded') AND NOT nir.has_function('special');
}), 't', 'so do the grants of actors');
is(sqlstate($to, 'nir', 'oslo_desk', q{BEGIN; SELECT nir.begin_processing('b', '0301', 'berit')}), 'NR081', '... and the need for one');

# newer minors of pg_dump draw a word of their own for \restrict
my ($first, $second) = map { (run_command([ 'pg_dump', $_->connstr('nir') ]))[0] =~ s/^\\(?:un)?restrict .*\n?//mgr } $from, $to;
ok($first eq $second, 'the restored database dumps to the same text') or diag(first_difference($first, $second));

sub first_difference
{
	my @left = split(/\n/, $_[0]);
	my @right = split(/\n/, $_[1]);

	foreach my $n (0 .. ($#left > $#right ? $#left : $#right))
	{
		my ($l, $r) = ($left[$n] // '(end)', $right[$n] // '(end)');
		return "line $n\n- " . substr($l, 0, 300) . "\n+ " . substr($r, 0, 300) if $l ne $r;
	}
	return 'no difference';
}

$from->stop;
$to->stop;
done_testing();
