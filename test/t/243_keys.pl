# What a key tells (T-14): every unique or exclusion key of the register is in
# the table of docs/security.md, with what keeps it from telling of rows that one
# may not see; and each is tried, with a number or parent that is taken and one
# that is free.  Where both end alike the key tells nothing.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('keys');
create_nir($node, 'postgres');
create_keyring($node);
$node->safe_psql('postgres', 'SELECT nir.create_register()');
$node->safe_psql('postgres', slurp_file('test/hunt/matrix.sql'));
$node->safe_psql('postgres', q{CREATE ROLE regress_y_oslo LOGIN; GRANT USAGE ON SCHEMA register TO regress_y_oslo;
	SELECT nir.bind_role('regress_y_oslo', '0301', purposes => '{b,c,d}');
	INSERT INTO register.research_reservation (person_id, source_code, registered_by) VALUES (3, 'person', 'test')});

# ---- the table is whole ----

my %told;
my $in = 0;
foreach my $line (slurp_lines('docs/security.md'))
{
	$in = 1 if $line eq '### Keys that could tell';
	$in = 0 if $line =~ /^##/ && $line ne '### Keys that could tell';
	$told{$1} = $2 if $in && $line =~ /^\| `(\w+)` \| (nothing|yes): .+ \|$/;
}
# a key that holds its table's own number tells nothing that the number does not
my @keys = split(/\n/, $node->safe_psql('postgres', q{
	SELECT i.indexrelid::regclass::text FROM pg_index i JOIN nir.governed_relation g ON g.relation = i.indrelid JOIN pg_class c ON c.oid = i.indrelid
	WHERE c.relnamespace = 'register'::regnamespace AND (i.indisunique OR i.indisexclusion)
		AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attidentity <> '' AND a.attnum = ANY (i.indkey))
	ORDER BY 1}));
s/^register\.// foreach @keys;
is(join("\n", sort keys %told), join("\n", sort @keys), 'docs/security.md tells of every key of the register, and of no other');

# ---- each is tried ----

my %of = map { (split(/\|/))[0, 1] } split(/\n/, $node->safe_psql('postgres', q{
	SELECT 'special ' || CASE WHEN n = 1 THEN 'taken ' ELSE 'free ' END || person_id || ' ' || unit, min(settlement_id) FROM matrix.settlement GROUP BY n, person_id, unit
	UNION ALL SELECT 'candidate ' || CASE WHEN n = 1 THEN 'taken ' ELSE 'free ' END || person_id || ' ' || unit, min(test_candidate_id) FROM matrix.candidate GROUP BY n, person_id, unit
	UNION ALL SELECT 'sitting ' || person_id || ' ' || unit, min(test_sitting_id) FROM register.test_sitting GROUP BY person_id, unit
	UNION ALL SELECT 'programme ' || person_id || ' ' || unit, min(intro_programme_id) FROM register.intro_programme GROUP BY person_id, unit}));
my ($fnr_taken, $fnr_free) = map { $node->safe_psql('postgres', "SELECT matrix.fnr($_)") } 3, 40;

sub ends
{
	my ($purpose, $sql) = @_;

	return sqlstate($node, 'postgres', 'regress_y_oslo', "BEGIN; SELECT nir.begin_processing('$purpose', '0301', case_ref => '2026/1'); $sql; ROLLBACK") || 'let through';
}

# person 3 is Bergen's, person 10 Oslo's and Bergen's; what is taken is Bergen's
my @probes = (
	[ 'person_fnr_active', 'b', q{INSERT INTO register.person_fnr (person_id, fnr) VALUES (1, '%s')}, $fnr_taken, $fnr_free ],
	[ 'person_duf_active', 'b', q{INSERT INTO register.person_duf (person_id, duf) VALUES (1, '%s')}, '199977000300', '199977999900' ],
	[ 'assignment_once', 'b', q{INSERT INTO register.assignment (person_id, unit, engagement_id, valid, basis) SELECT 1, '0301', 1, '%s', 'x'}, '[2024-01-01,)', '[1990-01-01,1991-01-01)' ],
	[ 'complaint_case_body_case_ref_key', 'b', q{INSERT INTO register.complaint_case (person_id, unit, body, case_ref) VALUES (1, '0301', 'sf_vestland', '%s')}, '2026/1', '2026/9' ],
	[ 'person_name_one_at_a_time', 'b', q{INSERT INTO register.person_name (person_id, given_name, family_name, valid) VALUES (3, 'a', 'b', '%s')}, '[2000-01-01,)', '[1990-01-01,1991-01-01)' ],
	[ 'residence_permit_one_at_a_time', 'b', q{INSERT INTO register.residence_permit (person_id, applied_on, decided_on, outcome_code, valid) VALUES (3, '2000-01-01', '2000-01-01', 'granted', '%s')}, '[2000-01-01,)', '[1990-01-01,1991-01-01)' ],
	[ 'connection_open', 'b', q{INSERT INTO register.connection (person_id, unit, kind, basis) VALUES (3, '%s', 'settled', 'x')}, '4601', '5001' ],
	[ 'retention_clock_pkey', 'b', q{INSERT INTO register.retention_clock (person_id, clock, on_date) VALUES (3, '%s', '2020-01-01')}, 'mapping_start', 'final_rejection' ],
	[ 'programme_period_one_at_a_time', 'b', qq{INSERT INTO register.programme_period (intro_programme_id, person_id, unit, started_on, available_on) VALUES ($of{'programme 3 4601'}, 3, '0301', '%s', '2024-06-06')}, '2022-02-03', '2026-01-01' ],
	[ 'person_hand_over_person_id_unit_to_unit_on_date_key', 'b', q{INSERT INTO register.person_hand_over (person_id, unit, to_unit, on_date, ground) VALUES (3, '4601', '0301', '%s', 'x')}, '2022-02-03', '1990-01-01' ],
	[ 'research_reservation_open', 'b', q{INSERT INTO register.research_reservation (person_id, valid) VALUES (3, '%s')}, '[2022-01-01,)', '[1990-01-01,1991-01-01)' ],
	[ 'settlement_wish_settlement_id_rank_key', 'd', qq{INSERT INTO register.settlement_wish (settlement_id, person_id, unit, rank, wish) VALUES ($of{'special taken 3 4601'}, 3, '0301', %s, 'x')}, 1, 9 ],
	[ 'settlement_special_settlement_id_unit_key', 'd', q{INSERT INTO register.settlement_special (settlement_id, person_id, unit, ethnic, necessity) VALUES (%s, 10, '0301', 'x', 'x')}, $of{'special taken 10 4601'}, $of{'special free 10 4601'} ],
	[ 'test_background_test_candidate_id_unit_key', 'c', q{INSERT INTO register.test_background (test_candidate_id, person_id, unit) VALUES (%s, 10, '0301')}, $of{'candidate taken 10 4601'}, $of{'candidate free 10 4601'} ],
	[ 'test_part_test_sitting_id_part_kind_key', 'c', qq{INSERT INTO register.test_part (test_sitting_id, person_id, unit, part_kind) VALUES ($of{'sitting 3 4601'}, 3, '0301', '%s')}, 'writing', 'listening' ],
	[ 'test_result_current', 'c', q{INSERT INTO register.test_result (test_part_id, person_id, unit, part_kind, result) SELECT 1, 3, '0301', 'writing', '%s'}, 'B1', 'A1' ],
);
my %tried;
foreach my $probe (@probes)
{
	my ($key, $purpose, $sql, $taken, $free) = @$probe;
	my ($one, $other) = map { ends($purpose, sprintf($sql, $_)) } $taken, $free;

	$tried{$key} = 1;
	if (($told{$key} // '') eq 'yes')
	{
		is("$one; $other", '23505; let through', "$key tells, as the document says");
		is(ends($purpose, sprintf($sql, $taken) . ' ON CONFLICT DO NOTHING'), 'let through', '... also without an error');
	}
	else
	{
		is($one, $other, "$key does not tell what is taken from what is free");
		my $both = $key =~ /_unit_key$/ ? qr/^let through$/ : qr/^(?:42501|NR025|23514)$/;
		like($one, $both, "... both are refused before the key is asked, or it is of one's own unit ($one)");
		is(ends($purpose, sprintf($sql, $taken) . ' ON CONFLICT DO NOTHING'), $one, '... and with ON CONFLICT DO NOTHING');
	}
}
is(join(' ', grep { !$tried{$_} } @keys), '', 'every key was tried');

# of one's own unit there is still one only
is(ends('d', "INSERT INTO register.settlement_special (settlement_id, person_id, unit, ethnic, necessity) SELECT $of{'special taken 10 4601'}, 10, '0301', 'x', 'x' FROM generate_series(1, 2)"),
	'23505', 'a unit has one row of special categories in a settlement');

# ---- the table's own number is the database's, on every table somebody may insert into ----

my %identity = map { (split(/\|/)) } split(/\n/, $node->safe_psql('postgres', q{
	SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN nir.governed_relation g ON g.relation = c.oid
	WHERE c.relnamespace = 'register'::regnamespace AND a.attidentity = 'a'}));
cmp_ok(scalar(keys %identity), '>', 20, 'most tables have a number of their own');
foreach my $table (sort keys %identity)
{
	my $column = $identity{$table};
	my @allowed = split(/,/, $node->safe_psql('postgres', qq{SELECT string_agg(p, ',') FROM (
		SELECT unnest(nir.purposes_union(purposes)::text::text[]) p FROM nir.relation_access
		WHERE relation = 'register.$table'::regclass AND verb = 'insert' AND body_kind = 'municipality') x WHERE p IN ('b', 'c', 'd')}));

	foreach my $purpose (@allowed[0 .. (@allowed ? 0 : -1)])
	{
		my ($taken, $free) = map { ends($purpose, "INSERT INTO register.$table ($column) OVERRIDING SYSTEM VALUE VALUES ($_)") } 1, 987654;

		is("$taken $free", 'NR025 NR025', "nobody chooses a $column");
	}
}
foreach my $way (
	q{INSERT INTO register.person (person_id, birth_date) OVERRIDING SYSTEM VALUE VALUES (%s, '1990-01-01')},
	q{INSERT INTO register.person (person_id, birth_date) OVERRIDING SYSTEM VALUE SELECT %s, '1990-01-01'},
	q{INSERT INTO register.person OVERRIDING SYSTEM VALUE VALUES (%s, '1990-01-01')},
	q{INSERT INTO register.person (person_id, birth_date) OVERRIDING SYSTEM VALUE VALUES (%s, '1990-01-01') ON CONFLICT DO NOTHING},
	q{WITH n AS (INSERT INTO register.person (person_id, birth_date) OVERRIDING SYSTEM VALUE VALUES (%s, '1990-01-01') RETURNING 1) SELECT FROM n},
	q{MERGE INTO register.person p USING (VALUES (%s)) v (n) ON false WHEN NOT MATCHED THEN INSERT (person_id, birth_date) OVERRIDING SYSTEM VALUE VALUES (v.n, '1990-01-01')},
	q{CREATE TEMP VIEW mine WITH (security_invoker) AS SELECT person_id, birth_date FROM register.person; INSERT INTO mine OVERRIDING SYSTEM VALUE VALUES (%s, '1990-01-01')},
	q{EXECUTE chosen(%s)})
{
	my $prepare = $way =~ /EXECUTE/ ? q{PREPARE chosen(bigint) AS INSERT INTO register.person (person_id, birth_date) OVERRIDING SYSTEM VALUE VALUES ($1, '1990-01-01'); } : '';

	is(join(' ', map { ends('b', $prepare . sprintf($way, $_)) } 3, 987654), 'NR025 NR025', 'nor by: ' . substr($way, 0, 60) =~ s/\n.*//sr);
}
# COPY could name the column as well, and is refused into every table with a trigger that runs before
is(ends('b', qq{COPY register.person (person_id, birth_date) FROM stdin;\n3\t1990-01-01\n\\.\n}), 'NR033', 'nor by COPY');
is(ends('b', q{INSERT INTO register.person (birth_date) VALUES ('1990-01-01'); INSERT INTO register.person DEFAULT VALUES}), 'let through', 'without it they are let through');
like(value_as($node, 'postgres', 'regress_y_oslo', q{BEGIN; SELECT nir.begin_processing('b', '0301'); INSERT INTO register.person (birth_date) VALUES ('1990-01-01') RETURNING person_id; ROLLBACK}),
	qr/^\n[0-9]+$/, '... and told the number');
is($node->safe_psql('postgres', q{BEGIN; INSERT INTO register.person (person_id, source_code, registered_by) OVERRIDING SYSTEM VALUE VALUES (987654, 'imdi', 'load') RETURNING person_id; ROLLBACK}),
	'987654', 'a session that loads keeps its numbers');

# a person's number is found by nobody who is not told it by the register's own function, which leaves a trace
is(ends('b', qq{SELECT count(*) FROM register.person_fnr WHERE fnr = '$fnr_taken'}), 'let through', 'a number may be looked for');
is(value_as($node, 'postgres', 'regress_y_oslo', qq{BEGIN; SELECT nir.begin_processing('b', '0301'); SELECT count(*) FROM register.person_fnr WHERE fnr = '$fnr_taken'; COMMIT}), "\n0",
	'... and is not found');
# names of relations and keys in a message, no value
my ($out, $err) = ('', '');
$node->psql('postgres', qq{BEGIN; SELECT nir.begin_processing('b', '0301'); INSERT INTO register.person_fnr (person_id, fnr) VALUES (1, '$fnr_taken')},
	extra_params => [ '-U', 'regress_y_oslo' ], stdout => \$out, stderr => \$err);
like($err, qr/duplicate key value violates unique constraint "person_fnr_active"/, 'the message names the key');
unlike($err, qr/\Q$fnr_taken\E/, '... and no number');
$node->stop;
done_testing();
