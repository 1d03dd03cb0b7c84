# The generated policies use indexes: for every governed relation of the register
# and every kind of body that may read it, a look-up by key, by person and a list
# are planned as a body of that kind.  Sequential scans are made as dear as can be,
# so one in a plan means that the policy left no index to use.

use strict;
use warnings FATAL => 'all';

use JSON::PP;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('plans');
create_register($node, 'postgres');

# in small tables one index is as good as another
{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'postgres';
	system_or_bail('scripts/population', 'PERSONS=5000');
}
# what the population has none of
$node->safe_psql('postgres', q{
	INSERT INTO register.person_hand_over (person_id, unit, to_unit, on_date, ground) SELECT person_id, '4601', '0301', '2024-01-01', 'moved' FROM register.person;
	INSERT INTO register.research_reservation (person_id, source_code) SELECT person_id, 'person' FROM register.person;
	INSERT INTO register.reservation_guidance (person_id, unit, guided_on, language, source_code) SELECT person_id, '0301', '2024-01-01', 'eng', 'person' FROM register.person;
	ANALYZE});

# One role for each kind of which there is a body.
$node->safe_psql('postgres', q{
	DO $$
	DECLARE
		kind record;
	BEGIN
		FOR kind IN
			SELECT k.code, b.body, p.purposes
			FROM nir.body_kind k
			CROSS JOIN LATERAL (SELECT o.body FROM nir.body o WHERE o.kind = k.code AND o.valid @> CURRENT_DATE ORDER BY o.body LIMIT 1) b
			CROSS JOIN LATERAL (SELECT nir.purposes_union(r.purposes) AS purposes FROM nir.access_rule r WHERE r.body_kind = k.code AND r.valid @> CURRENT_DATE) p
			WHERE k.active AND NOT k.internal AND p.purposes IS NOT NULL
		LOOP
			EXECUTE format('CREATE ROLE %I LOGIN', 'plans_' || kind.code);
			PERFORM nir.bind_role(('plans_' || kind.code)::regrole, kind.body, purposes => kind.purposes);
		END LOOP;
	END
	$$;
});

# relation, kind, its scopes, a unit to declare, key column, unit and subject column, the purposes of its reading
my @reads = map { [ split(/\|/, $_, -1) ] } split(/\n/, $node->safe_psql('postgres', q{
	SELECT a.relation, a.body_kind, string_agg(DISTINCT a.scope, ','), max((SELECT b.units[1]::text FROM nir.role_binding b WHERE b.role = r.oid)),
		max(k.column_name::text), max(g.unit_column::text), max(g.subject_column::text), max(u.purposes::text)
	FROM nir.relation_access a
	JOIN nir.governed_relation g USING (relation)
	JOIN pg_roles r ON r.rolname = 'plans_' || a.body_kind
	LEFT JOIN LATERAL (
		SELECT t.attname AS column_name FROM pg_index i JOIN pg_attribute t ON (t.attrelid, t.attnum) = (i.indrelid, i.indkey[0])
		WHERE i.indrelid = a.relation AND i.indisprimary) k ON true
	CROSS JOIN LATERAL (SELECT nir.purposes_union(s.purposes) FROM nir.relation_access s
		WHERE (s.relation, s.body_kind, s.verb) = (a.relation, a.body_kind, 'select')) u(purposes)
	WHERE a.verb = 'select' AND a.relation::text LIKE 'register.%'
	GROUP BY a.relation, a.body_kind ORDER BY a.relation::text, a.body_kind COLLATE "C"}));
my %kinds = map { $_->[1] => 1 } @reads;
is(join(' ', grep { !$kinds{$_} } qw(county hkdir imdi municipality)), '', 'every kind that reads tables is asked');
cmp_ok(scalar @reads, '>', 60, 'the register has relations that they read');

# The plans of several statements of one role, one purpose each.
sub plans
{
	my ($kind, $unit, @statements) = @_;
	my @plans;
	my $sql = "SET enable_seqscan = off; SET enable_bitmapscan = off;\n";

	foreach my $one (@statements)
	{
		my ($purpose, $statement) = @$one;
		$sql .= "BEGIN; SELECT nir.begin_processing('$purpose', " . ($unit eq '' ? 'NULL' : "'$unit'") . ", 'plans', 'plans');\n"
		  . "EXPLAIN (COSTS OFF, FORMAT JSON) $statement;\n\\echo ----\nROLLBACK;\n";
	}
	my $out = $node->safe_psql('postgres', $sql, extra_params => [ '-U', "plans_$kind" ]);
	foreach my $text (split(/^----$/m, $out))
	{
		push @plans, decode_json($text =~ s/\A[^\[]*//r)->[0]{Plan} if $text =~ /\[/;
	}
	die 'a plan is missing' if @plans != @statements;
	return @plans;
}

# Calls back for each node with whether it lies below a SubPlan.
sub walk
{
	my ($plan, $visit, $inside) = @_;

	$inside ||= ($plan->{'Parent Relationship'} // '') eq 'SubPlan';
	$visit->($plan, $inside);
	walk($_, $visit, $inside) foreach @{ $plan->{Plans} // [] };
}

# What is wrong with a plan, if anything.
sub faults
{
	my ($plan, %must) = @_;
	my @faults;
	my $looked_up = 0;

	walk($plan, sub {
		my ($at, $inside) = @_;

		push @faults, "reads all of $at->{'Relation Name'}" if $at->{'Node Type'} eq 'Seq Scan' && !($must{whole} && !$inside);
		push @faults, 'runs a sub-select for each row' if $inside && !$must{subplan};
		$looked_up = 1 if !$inside && ($at->{'Relation Name'} // '') eq $must{table} && ($at->{'Index Cond'} // '') =~ /\b\Q$must{column}\E\b/;
	});
	push @faults, "does not look $must{column} up" unless $looked_up || $must{whole};
	return @faults;
}

my (@wrong, $planned);
foreach my $kind (sort keys %kinds)
{
	my @questions;

	foreach my $read (grep { $_->[1] eq $kind } @reads)
	{
		my ($relation, undef, $scopes, $unit, $key, $unit_column, $subject, $purposes) = @$read;
		my $table = $relation =~ s/.*\.//r;
		my ($purpose) = $purposes =~ /([a-z])/;
		# rows of persons are found through what connects them, row by row
		my $subplan = $scopes =~ /connected|engaged/ ? 1 : 0;

		push @questions, [ $purpose, "SELECT 1 FROM $relation WHERE $key = 1", "$relation by key", table => $table, column => $key, subplan => $subplan ];
		push @questions, [ $purpose, "SELECT 1 FROM $relation WHERE $subject = 1", "$relation by person", table => $table, column => $subject, subplan => $subplan ] if $subject ne '';
		if ($scopes =~ /^(?:own|connected_own_period)$/ && $unit_column ne '')
		{
			push @questions, [ $purpose, "SELECT 1 FROM $relation", "list of $relation", table => $table, column => $unit_column, subplan => $subplan ];
		}
		elsif ($subplan)
		{
			push @questions, [ $purpose, "SELECT 1 FROM $relation t WHERE t.$subject IN (SELECT c.person_id FROM register.connection c WHERE c.unit = '$unit')",
				"list of $relation through connections", table => $table, column => $subject, subplan => 1 ] if $subject ne '' && $unit ne '';
		}
		else
		{
			push @questions, [ $purpose, "SELECT 1 FROM $relation", "list of $relation", table => $table, column => $unit_column, whole => 1 ];
		}
	}
	my ($unit) = map { $_->[3] } grep { $_->[1] eq $kind } @reads;
	my @plans = plans($kind, $unit // '', map { [ @$_[ 0, 1 ] ] } @questions);
	foreach my $i (0 .. $#questions)
	{
		my (undef, undef, $what, %must) = @{ $questions[$i] };
		my %once;

		$planned++;
		push @wrong, map { "$kind, $what: $_" } grep { !$once{$_}++ } faults($plans[$i], %must);
	}
}
is(join("\n", @wrong), '', "$planned plans use an index, and none runs a sub-select for each row that it need not");

# ---- the check sees what it is for ----

my $unguided = (plans('municipality', '0301', [ 'b', 'SELECT 1 FROM register.intro_programme WHERE right_category = \'duty\'' ]))[0];
is(join(', ', sort map { s/.* //r } faults($unguided, table => 'intro_programme', column => 'person_id', subplan => 1)), 'intro_programme, up', 'a plan without an index is a fault');
my $looking = (plans('municipality', '0301', [ 'd', 'SELECT 1 FROM register.person_name WHERE person_id = 1' ]))[0];
like(join(', ', faults($looking, table => 'person_name', column => 'person_id')), qr/sub-select for each row/, '... and a sub-select where none may be');
$node->stop;
done_testing();
