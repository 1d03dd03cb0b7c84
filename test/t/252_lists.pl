# Lists of persons show the same rows whichever way the planner finds them: by who
# was ever connected, in an index or row by row, or by the connection alone.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('lists');
create_register($node, 'postgres');
{
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = 'postgres';
	system_or_bail('scripts/population', 'PERSONS=2000');
}
# moved away, coming, connected twice, named in another time; nobody narrowed, which is 230_narrowing's
$node->safe_psql('postgres', q{
	UPDATE register.person SET protection = 0 WHERE protection <> 0;
	DELETE FROM register.restriction;
	CREATE ROLE lists_oslo LOGIN;
	SELECT nir.bind_role('lists_oslo', '0301', purposes => '{b,d}');
	INSERT INTO register.connection (person_id, unit, kind, valid, basis, registered_by)
	SELECT person_id, CASE WHEN person_id % 3 = 0 THEN '0301' ELSE '4601' END, 'settled',
		daterange('2015-01-01'::date + (person_id % 300)::int, '2016-01-01'::date + (person_id % 400)::int), 'lists', 'lists'
	FROM register.person WHERE person_id % 2 = 0;
	INSERT INTO register.connection (person_id, unit, kind, valid, basis, registered_by)
	SELECT person_id, '0301', 'settled', daterange(CURRENT_DATE + 20, NULL), 'lists', 'lists'
	FROM register.person p WHERE person_id % 7 = 0 AND NOT EXISTS (SELECT FROM register.connection c WHERE c.person_id = p.person_id AND c.unit = '0301');
	UPDATE register.person_name SET valid = daterange('2014-01-01', '2015-03-01') WHERE person_id % 5 = 0
		AND person_id IN (SELECT person_id FROM register.person_name GROUP BY person_id HAVING count(*) = 1);
	ANALYZE});

# What a reader of the law expects, read by who sees all.
my %by_hand = (
	person => q{SELECT person_id FROM register.person n WHERE EXISTS (SELECT FROM register.connection c
		WHERE c.person_id = n.person_id AND c.unit::text LIKE '0301%' AND lower(c.valid) <= CURRENT_DATE)},
	person_name => q{SELECT person_name_id FROM register.person_name n WHERE EXISTS (SELECT FROM register.connection c
		WHERE c.person_id = n.person_id AND c.unit::text LIKE '0301%' AND (c.valid @> CURRENT_DATE OR lower(c.valid) <= CURRENT_DATE AND c.valid && n.valid))},
	residence_permit => q{SELECT residence_permit_id FROM register.residence_permit n WHERE EXISTS (SELECT FROM register.connection c
		WHERE c.person_id = n.person_id AND c.unit::text LIKE '0301%' AND c.valid @> CURRENT_DATE)});

sub wanted
{
	my ($table) = @_;

	return $node->safe_psql('postgres', "$by_hand{$table} ORDER BY 1");
}

# The rows of Oslo, and how they were found.
sub listed
{
	my ($settings, $table, $condition) = @_;
	my $sql = "SELECT ${table}_id FROM register.$table WHERE $condition";

	return $node->safe_psql('postgres', "$settings; BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists'); $sql ORDER BY 1; COMMIT", extra_params => [ '-U', 'lists_oslo' ]) =~ s/\A\n//r;
}

sub plan_of
{
	my ($settings, $table) = @_;

	return $node->safe_psql('postgres', "$settings; BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists'); EXPLAIN (COSTS OFF) SELECT 1 FROM register.$table; COMMIT", extra_params => [ '-U', 'lists_oslo' ]);
}

my %ways = (
	'an index' => 'SET enable_seqscan = off; SET enable_bitmapscan = off',
	'a bitmap' => 'SET enable_seqscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off',
	'the whole table' => 'SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off',
	'parallel workers' => 'SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0',
	'no hash' => 'SET enable_hashjoin = off; SET work_mem = 64');

sub all_ways
{
	my ($what) = @_;

	foreach my $table (sort keys %by_hand)
	{
		my $wanted = wanted($table);

		isnt($wanted, '', "$what, $table: there are rows");
		foreach my $way (sort keys %ways)
		{
			is(listed($ways{$way}, $table, 'true'), $wanted, "$what, $table by $way");
		}
		# one comparison makes it a look-up, which has another condition: all of them are the list
		is(join("\n", sort { $a <=> $b } split(/\n/, join("\n", grep { $_ ne '' } map { listed('SET enable_seqscan = on', $table, "person_id = $_") }
			split(/\n/, $node->safe_psql('postgres', "SELECT DISTINCT person_id FROM register.$table WHERE person_id % 11 = 0 ORDER BY 1"))))),
			$node->safe_psql('postgres', "SELECT i FROM ($by_hand{$table}) w(i) WHERE (SELECT person_id FROM register.$table t WHERE t.${table}_id = i) % 11 = 0 ORDER BY 1"),
			"$what, $table person by person");
	}
}

# A list of few begins with them; of a fifth of all it does not.
all_ways('as made');
like(plan_of('SET enable_seqscan = off; SET enable_bitmapscan = off', 'person_name'), qr/Seq Scan on person_name\n.*may_reach/, 'who has many of the persons reads the table');
$node->safe_psql('postgres', 'SET allow_system_table_mods = on; DELETE FROM pg_statistic WHERE starelid = \'register.connection\'::regclass');
like(plan_of('SET enable_seqscan = off; SET enable_bitmapscan = off', 'person_name'), qr/Index Cond: \(person_id = ANY \(nir\.persons_in_reach/, 'who may have few begins with those');
all_ways('without statistics');

# Who is registered is seen by her maker at once, connected with nobody yet, in a savepoint, too.
foreach my $way (sort keys %ways)
{
	my $rows = $node->safe_psql('postgres', "$ways{$way}; BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists'); " . q{
		SELECT 'before ' || count(*) FROM register.person;
		INSERT INTO register.person (birth_date, sex_code, source_code) VALUES ('1990-01-01', '1', 'municipality');
		SELECT 'made ' || count(*) FROM register.person;
		SAVEPOINT one;
		INSERT INTO register.person (birth_date, sex_code, source_code) VALUES ('1990-01-01', '1', 'municipality');
		SELECT 'made ' || count(*) FROM register.person;
		ROLLBACK TO one;
		SELECT 'made ' || count(*) FROM register.person;
		ROLLBACK}, extra_params => [ '-U', 'lists_oslo' ]);
	my ($before) = $rows =~ /before (\d+)/;
	is(join(' ', map { $_ - $before } $rows =~ /made (\d+)/g), '1 2 1', "a list by $way has whom the transaction has registered");
}

# a row returned is asked what a row read is
my $current = $node->safe_psql('postgres', q{SELECT min(c.person_id) FROM register.connection c WHERE c.unit = '0301' AND c.valid @> CURRENT_DATE
	AND NOT EXISTS (SELECT FROM register.person_name n WHERE n.person_id = c.person_id AND n.valid && '[1999-01-01,1999-01-02)')});
my ($id, $read) = $node->safe_psql('postgres', qq{BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists');
	INSERT INTO register.person_name (person_id, given_name, family_name, valid) VALUES ($current, 'A', 'B', '[1999-01-01,1999-01-02)') RETURNING person_name_id;
	SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'register.connection'::regclass; ROLLBACK}, extra_params => [ '-U', 'lists_oslo' ]) =~ /(\d+)\n(\d+)/;
cmp_ok($read // 'nothing', '<', 50, 'who inserts a row and has it returned does not read all connections of the city for that');

# Rows that a bitmap has found by their unit are not asked for it again, but where it forgot which rows of a page those are.
$node->safe_psql('postgres', q{
	CREATE TABLE register.wide (id int, unit nir.unit NOT NULL, content nir.tagged_text('d,p,q') NOT NULL, filler text);
	ALTER TABLE register.wide ALTER filler SET STORAGE PLAIN;
	CREATE INDEX ON register.wide (unit);
	SET session_replication_role = replica;
	INSERT INTO register.wide SELECT i, CASE WHEN i % 3 = 0 THEN '0301' ELSE '4601' END::nir.unit, 'note ' || i, repeat('x', 2500) FROM generate_series(1, 9000) i;
	ALTER TABLE register.wide OWNER TO nir_owner;
	SELECT FROM nir.govern('register.wide', 'settlement_wish', unit => 'unit');
	ANALYZE register.wide});
my $tight = "$ways{'a bitmap'}; SET work_mem = 64";
like($node->safe_psql('postgres', "$tight; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT id FROM register.wide WHERE unit = '0301'"), qr/lossy=[1-9]/, 'a bitmap is too large for its memory');
my $wide = "$tight; BEGIN; SELECT FROM nir.begin_processing('d', '0301', 'lists', 'lists'); ";
like($node->safe_psql('postgres', "$wide EXPLAIN (COSTS OFF) SELECT id FROM register.wide; COMMIT", extra_params => [ '-U', 'lists_oslo' ]),
	qr/Bitmap Heap Scan.*\n.*Filter: .*in_unit_scope.*\n.*Bitmap Index Scan/, '... and a list has one');
is($node->safe_psql('postgres', "$wide SELECT count(*), min(id % 3), max(id % 3) FROM register.wide; COMMIT", extra_params => [ '-U', 'lists_oslo' ]) =~ s/\A\n//r,
	'3000|0|0', '... and shows the unit\'s own rows, whatever else is on their pages');
is($node->safe_psql('postgres', "$ways{'an index'}; BEGIN; SELECT FROM nir.begin_processing('d', '0301', 'lists', 'lists'); SELECT count(*), min(id % 3), max(id % 3) FROM (SELECT id FROM register.wide OFFSET 0) w; COMMIT", extra_params => [ '-U', 'lists_oslo' ]) =~ s/\A\n//r,
	'3000|0|0', '... as an index alone does, which is not asked again either');

# What is taken from a binding while a cursor is open is not fetched from it any more.
my $governor = $node->safe_psql('postgres', q{
	CREATE ROLE lists_governor LOGIN;
	SELECT FROM nir.bind_role('lists_governor', (SELECT min(body) FROM nir.body WHERE kind = 'state_governor' AND cardinality(units) >= 2 AND valid @> CURRENT_DATE), purposes => '{m}');
	SELECT units::text FROM nir.role_binding WHERE role = 'lists_governor'::regrole}) =~ s/\A\n//r;
my ($kept, $taken) = $governor =~ /(\d+),(\d+)/ or die 'no governor of several counties';
$node->safe_psql('postgres', qq{SET session_replication_role = replica;
	INSERT INTO register.training_hours (training_id, person_id, unit, period, norwegian, source_code, registered_by)
	SELECT i, 1, (CASE WHEN i <= 2000 THEN k ELSE t END)::nir.unit, '[2024-01-01,2024-07-01)', 1, 'municipality', 'lists'
	FROM generate_series(1, 4000) i,
		(SELECT min(code::text) FROM nir.unit_code WHERE level = 'municipality' AND code::text LIKE '$kept%' AND valid \@> CURRENT_DATE) a(k),
		(SELECT min(code::text) FROM nir.unit_code WHERE level = 'municipality' AND code::text LIKE '$taken%' AND valid \@> CURRENT_DATE) b(t);
	ANALYZE register.training_hours});
my $cursor = $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', 'lists_governor', '-v', 'VERBOSITY=sqlstate' ]);
$cursor->query_safe("$ways{'a bitmap'}; BEGIN; SELECT FROM nir.begin_processing('m', NULL, 'lists', 'lists'); DECLARE c CURSOR FOR SELECT unit FROM register.training_hours");
like($cursor->query_safe('FETCH 1 FROM c'), qr/^\d+$/, 'a governor fetches the first');
$node->safe_psql('postgres', "UPDATE nir.role_binding SET units = ARRAY['$kept']::nir.unit[] WHERE role = 'lists_governor'::regrole");
unlike($cursor->query('FETCH ALL FROM c'), qr/\d/, '... and no more after one of the counties was taken away');
like($cursor->{stderr}, qr/NR015/, '... but an error');
$cursor->quit;

# as far as it can be told from a plan, joined rows are not looked up so
unlike($node->safe_psql('postgres', q{BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists');
	EXPLAIN (COSTS OFF) SELECT 1 FROM register.person_name n JOIN register.residence_permit r USING (person_id); COMMIT}, extra_params => [ '-U', 'lists_oslo' ]),
	qr/persons_in_reach/, 'what is joined by the person is not looked up person by person anew');
unlike($node->safe_psql('postgres', q{BEGIN; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists');
	EXPLAIN (COSTS OFF) SELECT 1 FROM register.person_name WHERE person_id IN (1, 2, 3); COMMIT}, extra_params => [ '-U', 'lists_oslo' ]),
	qr/persons_in_reach/, '... nor are persons named in the statement');

# connections without an index, with a child, and in another transaction's state
$node->safe_psql('postgres', 'DROP INDEX register.connection_unit_person_id_idx');
all_ways('without an index over connections');
$node->safe_psql('postgres', q{CREATE TABLE register.older_connection () INHERITS (register.connection);
	INSERT INTO register.older_connection (connection_id, person_id, unit, kind, valid, basis, registered_by) OVERRIDING SYSTEM VALUE
	SELECT 1000000 + person_id, person_id, '0301', 'settled', '[2020-01-01,)', 'lists', 'lists' FROM register.person WHERE person_id % 13 = 1;
	ANALYZE});
all_ways('with a child');

# what the statement's snapshot does not have, the list does not
my ($reader, $writer) = map { $node->background_psql('postgres', on_error_stop => 1, @$_) } ([ extra_params => [ '-U', 'lists_oslo' ] ], []);
my $before = wanted('person_name');
$reader->query_safe(q{BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists'); SELECT 1});
$writer->query_safe(q{INSERT INTO register.connection (person_id, unit, kind, valid, basis, registered_by)
	SELECT max(person_id), '0301', 'settled', '[2019-01-01,)', 'lists', 'lists' FROM register.person p WHERE NOT EXISTS (SELECT FROM register.connection c WHERE c.person_id = p.person_id AND c.unit = '0301')});
isnt(wanted('person_name'), $before, 'somebody is connected meanwhile');
is($reader->query_safe('SELECT person_name_id FROM register.person_name ORDER BY 1'), $before, 'a snapshot of before lists what was so before');
$reader->query_safe('COMMIT');
is(listed('SET enable_seqscan = on', 'person_name', 'true'), wanted('person_name'), '... and the next transaction her, too');

# an index made over versions that only an older snapshot sees does not have them
$writer->query_safe(q{DROP INDEX register.connection_person_id_unit_idx, register.connection_open;
	INSERT INTO register.connection (person_id, unit, kind, valid, basis, registered_by)
	SELECT max(person_id), '0301', 'settled', '[2019-01-01,)', 'newest', 'lists' FROM register.person p
	WHERE EXISTS (SELECT FROM register.person_name n WHERE n.person_id = p.person_id)
		AND NOT EXISTS (SELECT FROM register.connection c WHERE c.person_id = p.person_id AND c.unit::text LIKE '0301%')});
$before = wanted('person_name');
$reader->query_safe(q{BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM nir.begin_processing('b', '0301', 'lists', 'lists'); SELECT 1});
$writer->query_safe(q{UPDATE register.connection SET unit = '4601' WHERE basis = 'newest'; CREATE INDEX ON register.connection (unit, person_id)});
isnt(wanted('person_name'), $before, 'somebody is elsewhere before an index is made');
is($reader->query_safe('SELECT person_name_id FROM register.person_name ORDER BY 1'), $before, 'a snapshot of before does not trust the new index');
$reader->query_safe('COMMIT');

# nobody reads another session's temporary child
$writer->query_safe('CREATE TEMP TABLE passing () INHERITS (register.connection); INSERT INTO passing OVERRIDING SYSTEM VALUE SELECT * FROM ONLY register.connection LIMIT 100');
is(listed('SET enable_seqscan = on', 'person_name', 'true'), wanted('person_name'), "another session's temporary child is passed over");
$reader->quit;
$writer->quit;
$node->stop;
done_testing();
