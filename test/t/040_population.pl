# The synthetic population: the same for the same seed, with every trigger and
# constraint at work or without; valid numbers, units of their day, and facts
# on both sides of every retention rule that the tables carry.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('population');

# scripts/population's output, errors, and whether it succeeded
sub populate
{
	my ($database, @arguments) = @_;

	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = $database;
	my ($out, $err) = run_command([ 'scripts/population', @arguments ]);
	return ($out, $err, $? == 0);
}

sub value { return $node->safe_psql('first', "SET search_path = register, pg_catalog; $_[0]") }

# md5 of each table's rows, keys included
sub content
{
	my ($database) = @_;
	my $tables = $node->safe_psql($database, q{
		SELECT relname FROM pg_class WHERE relnamespace = 'register'::regnamespace AND relkind = 'r' ORDER BY relname COLLATE "C"});

	return join("\n", map {
		"$_ " . $node->safe_psql($database, qq{
			SELECT md5(coalesce(string_agg(r.content, E'\\n' ORDER BY r.content COLLATE "C"), ''))
			FROM (SELECT (to_jsonb(t) - 'registered_in')::text AS content FROM register.$_ AS t) AS r})
	} split(/\n/, $tables));
}

create_register($node, 'first');
$node->safe_psql('postgres', "CREATE DATABASE $_ TEMPLATE first") foreach qw(second third);

# refusals, before anything is written
my ($out, $err, $done) = populate('first', 'PERSONS=400', 'SEED=1; DROP TABLE register.person');
ok(!$done && $err =~ /seed must be a number/, 'a seed is a number');
($out, $err, $done) = populate('first', 'PERSONS=0');
ok(!$done && $err =~ /persons must be a number from 1/, 'persons is a number');
($out, $err, $done) = populate('first', 'SCHEMA=nowhere');
ok(!$done && $err =~ /schema "nowhere" has no register/, 'a register must be there');
($out, $err, $done) = populate('first', 'COUNT=3');
ok(!$done && $err =~ /PERSONS/, 'an unknown argument shows the usage');
$node->safe_psql('postgres', 'CREATE ROLE clerk LOGIN');
{
	local $ENV{PGUSER} = 'clerk';
	($out, $err, $done) = populate('first', 'PERSONS=400');
	ok(!$done && $err =~ /loaded by a superuser/, 'only a superuser loads it');
}
{
	local $ENV{PGOPTIONS} = '-c nir.identity_mode=production';
	($out, $err, $done) = populate('first', 'PERSONS=400');
	ok(!$done && $err =~ /needs nir.identity_mode = test/, 'a cluster for real persons takes none');
}
is(value('SELECT count(*) FROM person'), 0, 'nothing was written');

# the same seed, with and without triggers; another seed
foreach my $run ([ 'first', 'SEED=1', 'CHECKS=on' ], [ 'second', 'SEED=1' ], [ 'third', 'SEED=2' ])
{
	my ($database, @arguments) = @$run;

	($out, $err, $done) = populate($database, 'PERSONS=400', @arguments);
	ok($done, "population @arguments") or diag($err);
	like($out, qr/^person 400$/m, '... says what it loads');
}
is(content('second'), content('first'), 'the same seed gives the same rows, as every trigger and foreign key accepts them');
isnt(content('third'), content('first'), 'another seed gives others');
($out, $err, $done) = populate('second', 'PERSONS=400');
ok(!$done && $err =~ /has persons already/, 'a register is populated once');

# numbers
is(value(q{SELECT count(*) FROM person_fnr
	WHERE nir.fnr_check(fnr::text) <> 'valid_1964' OR nir.fnr_kind(fnr) NOT IN ('synthetic_fnr', 'synthetic_dnr')
		OR substr(fnr::text, 3, 2)::integer NOT BETWEEN 81 AND 92}), 0, 'every identity number is valid and synthetic');
is(value(q{SELECT count(*) FROM person_fnr AS f JOIN person AS p USING (person_id)
	WHERE NOT extract(year FROM p.birth_date::date + 1)::integer = ANY (nir.fnr_birth_year_candidates(f.fnr))
		AND NOT extract(year FROM p.birth_date::date)::integer = ANY (nir.fnr_birth_year_candidates(f.fnr))}),
	0, '... of the century of its person');
is(value(q{SELECT count(*) - count(DISTINCT fnr) FROM person_fnr}), 0, '... and one person\'s');
is(value(q{SET nir.duf_checksum = error;
	SELECT count(*) FROM (SELECT duf::text::nir.duf FROM person_duf OFFSET 0) AS d}),
	value('SELECT count(*) FROM person_duf'), 'every DUF number is valid');
is(value(q{SELECT count(*) - count(DISTINCT duf) FROM person_duf}), 0, '... and one person\'s');
is(value(q{SELECT bool_and(n > 0) FROM (
	SELECT count(*) FILTER (WHERE kind = 'synthetic_dnr') AS n FROM (SELECT nir.fnr_kind(fnr) AS kind FROM person_fnr) AS k
	UNION ALL SELECT count(*) FROM person_name WHERE middle_name IS NULL
	UNION ALL SELECT count(*) FROM person_name WHERE middle_name IS NOT NULL
	UNION ALL SELECT count(*) FROM person_name WHERE family_name ~ '[æøåÆØÅ]'
	UNION ALL SELECT count(*) FROM person_name WHERE family_name LIKE '% %') AS x}),
	't', 'there are D-numbers, names with and without a middle name, with æøå, of several words');

# units: where and when each is named
is(value(q{
	SELECT count(*) FROM (
		SELECT unit, lower(valid) AS day FROM connection
		UNION ALL SELECT unit, available_on FROM settlement
		UNION ALL SELECT requested_unit, case_opened_on FROM settlement
		UNION ALL SELECT settled_unit, settled_on FROM settlement WHERE settled_on IS NOT NULL
		UNION ALL SELECT unit, available_on FROM settlement_wish
		UNION ALL SELECT wished_unit, available_on FROM settlement_wish WHERE wished_unit IS NOT NULL
		UNION ALL SELECT unit, available_on FROM intro_programme
		UNION ALL SELECT unit, decided_on FROM programme_decision
		UNION ALL SELECT unit, started_on FROM programme_period
		UNION ALL SELECT unit, granted_on FROM training
		UNION ALL SELECT unit, upper(period) - 1 FROM training_hours
		UNION ALL SELECT unit, paid_on FROM grant_payment
		UNION ALL SELECT unit, available_on FROM test_candidate
		UNION ALL SELECT unit, available_on FROM test_background
		UNION ALL SELECT unit, held_on FROM test_sitting
		UNION ALL SELECT unit, available_on FROM test_part
		UNION ALL SELECT unit, available_on FROM test_answer
		UNION ALL SELECT unit, available_on FROM test_result) AS f
	WHERE NOT EXISTS (SELECT FROM nir.unit_code AS u WHERE u.code = f.unit AND u.responsible AND u.valid @> f.day)}),
	0, 'every unit is one of its day');
is(value(q{SELECT round(avg((unit::text LIKE '0301%')::integer) * 100) BETWEEN 10 AND 30
	FROM connection WHERE kind IN ('settled', 'registered_resident')}), 't', 'Oslo is heavy');

# one life hangs together
is(value(q{SELECT count(*) FROM programme_period JOIN settlement USING (person_id)
	WHERE settled_on IS NULL OR started_on < settled_on}), 0, 'settled before the programme starts');
is(value(q{SELECT count(*) FROM test_result AS r JOIN test_part AS p USING (test_part_id)
	JOIN test_sitting AS s USING (test_sitting_id) WHERE r.available_on <= s.held_on}), 0, 'results after their sitting');
is(value(q{SELECT count(*) FROM training_hours AS h JOIN training AS t USING (training_id)
	WHERE NOT daterange(t.started_on, t.stopped_on, '[]') @> h.period}), 0, 'hours within the training');
is(value(q{SELECT count(*) FROM training_hours AS a JOIN training_hours AS b USING (training_id)
	WHERE a.training_hours_id < b.training_hours_id AND a.period && b.period}), 0, '... each month once');
is(value(q{SELECT count(*) FROM grant_payment AS g JOIN settlement AS s USING (person_id)
	WHERE s.settled_on IS NULL OR g.paid_on < s.settled_on}), 0, 'grants after settlement');
is(value(q{SELECT count(*) FROM person AS p JOIN person_name AS n USING (person_id)
	WHERE p.birth_date > lower(n.valid)}), 0, 'nobody before her birth');
is(value(q{SELECT count(*) FROM (
	SELECT registered_at FROM person UNION ALL SELECT registered_at FROM connection
	UNION ALL SELECT registered_at FROM training_hours UNION ALL SELECT registered_at FROM test_result) AS r
	WHERE registered_at > now()}), 0, 'nothing was registered in the future');
is(value(q{SELECT count(*) FROM person AS p WHERE NOT EXISTS (SELECT FROM connection AS c WHERE c.person_id = p.person_id)}),
	0, 'everybody is connected with somebody');
is(value(q{SELECT bool_and(n > 0) FROM (
	SELECT count(*) AS n FROM connection AS a JOIN connection AS b USING (person_id)
	WHERE a.kind IN ('settled', 'registered_resident') AND b.kind = 'registered_resident' AND lower(b.valid) = upper(a.valid)
	UNION ALL
	SELECT count(*) FROM connection WHERE kind = 'settled' AND upper_inf(valid)
	UNION ALL
	SELECT count(*) FROM person AS p JOIN settlement AS s USING (person_id)
	WHERE NOT EXISTS (SELECT FROM connection AS c WHERE c.person_id = p.person_id AND upper_inf(c.valid))) AS x}),
	't', 'some have moved, some are where they were settled, some have left');

# retention: the clocks of the rules that the tables carry
my %clock = (
	RC1 => 'SELECT settled_on FROM settlement WHERE settled_on IS NOT NULL',
	RC2 => 'SELECT min(started_on) FROM (SELECT person_id, started_on FROM programme_period
		UNION ALL SELECT person_id, started_on FROM training WHERE started_on IS NOT NULL) AS s GROUP BY person_id',
	RC3 => 'SELECT p.offered_on FROM intro_programme AS p
		WHERE NOT EXISTS (SELECT FROM programme_period AS s WHERE s.person_id = p.person_id)
		AND NOT EXISTS (SELECT FROM training AS t WHERE t.person_id = p.person_id AND t.started_on IS NOT NULL)',
	RC4 => 'SELECT held_on FROM test_sitting',
	RC5 => "SELECT paid_on FROM grant_payment WHERE grant_kind = 'training_asylum'");

foreach my $rule (sort keys %clock)
{
	# its expiry against the day of loading: due, not due, that day, its neighbours
	my @count = split(/\|/, value(qq{
		SELECT count(*) FILTER (WHERE f.clock + make_interval(years => r.years) <= d.today),
			count(*) FILTER (WHERE f.clock + make_interval(years => r.years) > d.today),
			count(*) FILTER (WHERE f.clock = (d.today - make_interval(years => r.years))::date),
			count(*) FILTER (WHERE f.clock = (d.today - make_interval(years => r.years))::date - 1),
			count(*) FILTER (WHERE f.clock = (d.today - make_interval(years => r.years))::date + 1),
			count(*) FILTER (WHERE to_char(f.clock, 'MMDD') = '0229')
		FROM ($clock{$rule}) AS f(clock)
		JOIN nir.retention_rule AS r ON r.code = '$rule'
		CROSS JOIN (SELECT CURRENT_DATE AS today) AS d WHERE r.valid \@> d.today}));

	cmp_ok($count[0], '>', 0, "$rule: some are due");
	cmp_ok($count[1], '>', $count[0], "$rule: more are not");
	is(scalar(grep { $_ > 0 } @count[2 .. 5]), 4, "$rule: on the day, the day before, the day after, 29 February");
}

$node->stop;
done_testing();
