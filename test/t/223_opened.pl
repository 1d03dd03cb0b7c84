# What is recorded of values that are opened: every person, whether the query
# opens one or thousands, fails half-way, is left open, or the server crashes;
# and that it takes fewer records than values.
# covers: R270

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('opened');
create_register($node, 'postgres');
create_keyring($node);
$node->safe_psql('postgres', q{
	CREATE ROLE oslo LOGIN;
	SELECT nir.bind_role('oslo', '0301', purposes => '{d}');
	CREATE TABLE register.need (person_id bigint, unit nir.unit, health nir.sealed(health, 'd,p,q'), religion nir.sealed(religion, 'd,p,q'));
	ALTER TABLE register.need OWNER TO nir_owner;
	SELECT nir.govern('register.need', 'settlement_special', unit => 'unit', subject => 'person_id');
	INSERT INTO register.need SELECT i, '0301', 'needs ' || i, 'believes ' || i FROM generate_series(1, 3000) AS i;
	CREATE INDEX ON register.need (person_id);
});

# each statement in a case of its own
sub as_oslo
{
	my ($case, $sql) = @_;

	return "BEGIN; DO \$x\$ BEGIN PERFORM nir.begin_processing('d', '0301', 'case worker', '$case'); END \$x\$; $sql; COMMIT;";
}

# Polls until the log has what was opened in a case: persons, and their range.
sub recorded
{
	my ($case, $expected, $what) = @_;
	my $question = "SELECT count(DISTINCT s) || ' ' || min(s) || ' ' || max(s)
		FROM nir.access_log AS l CROSS JOIN LATERAL unnest(l.subjects) AS s WHERE l.kind = 'opened' AND l.case_ref = '$case'";

	$node->poll_query_until('postgres', $question, $expected);
	is($node->safe_psql('postgres', $question), $expected, $what);
}

is(value_as($node, 'postgres', 'oslo', as_oslo('all', "SELECT sum(length(nir.open(health))) FROM register.need")), 28893, 'three thousand values are opened');
recorded('all', '3000 1 3000', '... and every person is recorded');
is($node->safe_psql('postgres', q{SELECT count(*) < 20, bool_and(subject_count = cardinality(subjects)), bool_and(object = 'health') FROM nir.access_log WHERE kind = 'opened' AND case_ref = 'all'}),
	't|t|t', '... in few records');
is($node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log i JOIN nir.access_log o USING (session, statement)
	WHERE i.kind = 'intent' AND i.case_ref = 'all' AND o.kind = 'opened' AND (i.body, i.actor, i.role) IS NOT DISTINCT FROM (o.body, o.actor, o.role) AND i.log_id < o.log_id}),
	$node->safe_psql('postgres', q{SELECT count(*) FROM nir.access_log WHERE kind = 'opened' AND case_ref = 'all'}), '... that belong to the statement');

value_as($node, 'postgres', 'oslo', as_oslo('two', "SELECT count(nir.open(health)), count(nir.open(religion)) FROM register.need WHERE person_id <= 50"));
recorded('two', '50 1 50', 'two categories side by side');
is($node->safe_psql('postgres', q{SELECT string_agg(object || ' ' || n, ', ' ORDER BY object) FROM (
	SELECT object, sum(subject_count) AS n FROM nir.access_log WHERE kind = 'opened' AND case_ref = 'two' GROUP BY object) AS t}),
	'health 50, religion 50', '... each with its persons');

is(value_as($node, 'postgres', 'oslo', as_oslo('again', "SELECT count(nir.open(n.health)) FROM register.need AS n, generate_series(1, 100) WHERE n.person_id IN (7, 8)")), 200, 'two persons a hundred times');
recorded('again', '2 7 8', '... are recorded');

is(sqlstate($node, 'postgres', 'oslo', as_oslo('failed', 'SET LOCAL enable_sort = off; SELECT nir.open(health), 1 / (person_id - 300) FROM register.need ORDER BY person_id')), '22012', 'a statement fails after many values');
recorded('failed', '300 1 300', '... and what it opened is recorded');

is(value_as($node, 'postgres', 'oslo', as_oslo('caught', q{SET LOCAL enable_sort = off; DO $$
	BEGIN
		PERFORM nir.open(health), 1 / (person_id - 200) FROM register.need ORDER BY person_id;
	EXCEPTION WHEN division_by_zero THEN
		PERFORM nir.open(health) FROM register.need WHERE person_id = 201;
	END $$; SELECT 'done'})), 'done', 'an error that is caught');
recorded('caught', '201 1 201', '... takes nothing along, and what follows is recorded');

is(value_as($node, 'postgres', 'oslo', as_oslo('rolled back', 'SELECT count(nir.open(health)) FROM register.need WHERE person_id BETWEEN 11 AND 20; ROLLBACK; BEGIN')), 10, 'a transaction that is rolled back');
recorded('rolled back', '10 11 20', '... stays recorded');

# a server that crashes while a cursor is open: what was fetched is known
my $session = $node->background_psql('postgres', extra_params => [ '-U', 'oslo' ]);
$session->query_safe("BEGIN");
$session->query_safe("SELECT nir.begin_processing('d', '0301', 'case worker', 'crash')");
$session->query_safe("DECLARE c CURSOR FOR SELECT nir.open(health) FROM register.need ORDER BY person_id");
my $rows = () = $session->query_safe("FETCH 700 FROM c") =~ /^needs \d+$/mg;
is($rows, 700, 'values are fetched');
$node->stop('immediate');
eval { $session->quit };
$node->start;
recorded('crash', '700 1 700', 'after a crash all that was shown is recorded');
is($node->safe_psql('postgres', 'SELECT count(*) FROM nir.verify_access_log()'), 0, 'the log verifies');

done_testing();
