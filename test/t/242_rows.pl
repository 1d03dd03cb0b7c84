# Ways round row-level security that PostgreSQL itself leaves open, and what nir
# has put there: whose rights a statement runs with (T-10), partitions and
# children (T-11), cascades (T-12), TRUNCATE (T-13), and every form in which a
# statement can read or change rows (T-16).
# covers: R82

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('rows');
create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE ROLE regress_r_oslo LOGIN;
	CREATE ROLE regress_r_bergen LOGIN;
	CREATE ROLE regress_r_owner LOGIN;
	SELECT nir.bind_role('regress_r_oslo', '0301', purposes => '{b,c,d}');
	SELECT nir.bind_role('regress_r_bergen', '4601', purposes => '{b,c,d}');
	INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_r', 'x', '{b,d}', 'core', 'x');
	INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation)
		SELECT 'local_r', 'municipality', verb, 'own', '{b,d}', '(,)', 'x' FROM unnest('{select,insert,update,delete}'::text[]) verb;
	CREATE SCHEMA v;
	GRANT USAGE, CREATE ON SCHEMA v TO PUBLIC;
	CREATE TABLE v.act (id int PRIMARY KEY, unit nir.unit NOT NULL, note nir.tagged_text(b,d), n nir.tagged_int(b,d));
	CREATE TABLE v.paper (id int PRIMARY KEY, act_id int REFERENCES v.act, unit nir.unit NOT NULL, note nir.tagged_text(b,d));
	SELECT count(*) FROM nir.govern('v.act', 'local_r', 'unit');
	SELECT count(*) FROM nir.govern('v.paper', 'local_r', 'unit');
	INSERT INTO v.act VALUES (1, '0301', 'oslo one', 1), (2, '0301', 'oslo two', 2), (3, '4601', 'bergen three', 3), (4, '4601', 'bergen four', 4);
	INSERT INTO v.paper VALUES (1, 1, '0301', 'oslo'), (3, 3, '4601', 'bergen')});

sub acting { return "BEGIN; SELECT nir.begin_processing('$_[1]', '$_[0]'); $_[2]; COMMIT" }
sub as { return value_as($node, 'postgres', "regress_r_$_[0]", acting($_[0] eq 'oslo' ? '0301' : '4601', $_[1] // 'b', $_[2])) =~ s/\A\n//r }
sub state_of { return sqlstate($node, 'postgres', "regress_r_$_[0]", acting($_[0] eq 'oslo' ? '0301' : '4601', $_[1], $_[2])) }
sub lint { return $node->safe_psql('postgres', q{SELECT name || ' ' || object FROM nir.lint() ORDER BY 1}) }
sub admin { return $node->safe_psql('postgres', 'SET client_min_messages = error; ' . $_[0]) }

# ---- T-16: every form ----

my $bergen = q{SELECT string_agg(concat_ws(' ', id, unit, note, n, xmin), '; ' ORDER BY id) FROM v.act WHERE unit = '4601'};
my $before = admin($bergen);
my @reading = (
	[ 'TABLE' => 'SELECT id FROM v.act ORDER BY id' ],
	[ 'a self-join' => 'SELECT a.id FROM v.act a JOIN v.act b ON a.n >= b.n GROUP BY 1 ORDER BY 1' ],
	[ 'LATERAL' => 'SELECT l.id FROM generate_series(1, 4) g, LATERAL (SELECT id FROM v.act WHERE id = g) l ORDER BY 1' ],
	[ 'TABLESAMPLE SYSTEM' => 'SELECT id FROM v.act TABLESAMPLE SYSTEM (100) ORDER BY 1' ],
	[ 'TABLESAMPLE BERNOULLI' => 'SELECT id FROM v.act TABLESAMPLE BERNOULLI (100) REPEATABLE (1) ORDER BY 1' ],
	[ 'WITH MATERIALIZED' => 'WITH w AS MATERIALIZED (SELECT * FROM v.act) SELECT id FROM w ORDER BY 1' ],
	[ 'WITH RECURSIVE' => 'WITH RECURSIVE w AS (SELECT id FROM v.act WHERE id = 1 UNION SELECT a.id FROM v.act a, w) SELECT id FROM w ORDER BY 1' ],
	[ 'EXISTS' => 'SELECT g FROM generate_series(1, 4) g WHERE EXISTS (SELECT FROM v.act WHERE id = g)' ],
	[ 'NOT IN' => 'SELECT g FROM generate_series(1, 4) g WHERE g IN (SELECT id FROM v.act) AND g NOT IN (SELECT id FROM v.act WHERE id > 2)' ],
	[ 'UNION' => 'SELECT id FROM v.act UNION SELECT id FROM v.act ORDER BY 1' ],
	[ 'an outer join' => 'SELECT g FROM generate_series(1, 4) g LEFT JOIN v.act a ON a.id = g WHERE a.id IS NOT NULL ORDER BY 1' ],
	[ 'GROUPING SETS' => 'SELECT id FROM v.act GROUP BY GROUPING SETS ((id)) ORDER BY 1' ],
	[ 'a window' => 'SELECT id FROM (SELECT id, count(*) OVER () FROM v.act) w ORDER BY 1' ],
	[ 'FOR UPDATE' => 'SELECT id FROM v.act ORDER BY 1 FOR UPDATE' ],
	[ 'FOR NO KEY UPDATE' => 'SELECT id FROM v.act ORDER BY 1 FOR NO KEY UPDATE' ],
	[ 'FOR SHARE' => 'SELECT id FROM v.act ORDER BY 1 FOR SHARE NOWAIT' ],
	[ 'FOR KEY SHARE' => 'SELECT id FROM v.act ORDER BY 1 FOR KEY SHARE SKIP LOCKED' ],
	[ 'a row by its place' => q{SELECT a.id FROM v.act a WHERE ctid = ANY (ARRAY['(0,1)', '(0,2)', '(0,3)', '(0,4)']::tid[]) ORDER BY 1} ],
	[ 'a range of places' => q{SELECT a.id FROM v.act a WHERE ctid >= '(0,0)' ORDER BY 1} ],
	[ 'a cursor' => 'DECLARE c SCROLL CURSOR FOR SELECT id FROM v.act ORDER BY 1; FETCH ALL c' ],
	[ 'COPY of a query' => 'COPY (SELECT id FROM v.act ORDER BY 1) TO STDOUT' ],
	[ 'query_to_xml' => q{SELECT unnest(xpath('//id/text()', query_to_xml('SELECT id FROM v.act ORDER BY 1', false, false, '')))::text} ],
	[ 'a prepared statement' => 'PREPARE p AS SELECT id FROM v.act ORDER BY 1; EXECUTE p' ],
	[ 'DO' => q{DO $$ DECLARE r record; s text := ''; BEGIN FOR r IN SELECT id FROM v.act ORDER BY 1 LOOP s := s || r.id || E'\n'; END LOOP; PERFORM set_config('x.seen', rtrim(s, E'\n'), true); END $$; SELECT current_setting('x.seen')} ],
);
is(as('oslo', 'b', $_->[1]), "1\n2", "$_->[0] shows one's own rows") foreach @reading;
is(sqlstate($node, 'postgres', 'regress_r_oslo', "BEGIN; $_->[1]; COMMIT"), 'NR010', "$_->[0] needs a purpose") foreach @reading;
is(state_of('oslo', 'c', $_->[1]), 'NR021', "$_->[0] needs one of the relation's") foreach @reading;
is(as('oslo', 'b', 'COPY v.act (id) TO STDOUT'), "1\n2", 'COPY of the table, too');

# what each changes of one's own, and nothing of another's
my @writing = (
	[ 'UPDATE' => q{UPDATE v.act SET note = 'x' RETURNING id}, '1 2' ],
	[ 'UPDATE of another\'s row' => q{UPDATE v.act SET note = 'x' WHERE id = 3 RETURNING id}, '' ],
	[ 'UPDATE FROM' => q{UPDATE v.act a SET note = 'x' FROM v.act b WHERE a.id >= b.id RETURNING a.id}, '1 2' ],
	[ 'UPDATE by place' => q{UPDATE v.act SET note = 'x' WHERE ctid >= '(0,0)' RETURNING id}, '1 2' ],
	[ 'UPDATE to another unit' => q{UPDATE v.act SET unit = '4601' RETURNING id}, '42501' ],
	[ 'DELETE' => 'DELETE FROM v.act WHERE id <> 1 RETURNING id', '2' ],
	[ 'DELETE USING' => 'DELETE FROM v.act USING generate_series(2, 4) g WHERE id = g RETURNING id', '2' ],
	[ 'INSERT' => q{INSERT INTO v.act VALUES (5, '0301', 'x', 1) RETURNING id}, '5' ],
	[ 'INSERT for another' => q{INSERT INTO v.act VALUES (5, '4601', 'x', 1)}, '42501' ],
	[ 'INSERT SELECT' => q{INSERT INTO v.act SELECT id + 10, unit, note, n FROM v.act RETURNING id}, '11 12' ],
	[ 'INSERT DO NOTHING on another\'s row' => q{INSERT INTO v.act VALUES (3, '0301', 'x', 1) ON CONFLICT DO NOTHING RETURNING id}, '' ],
	[ 'INSERT DO UPDATE' => q{INSERT INTO v.act VALUES (1, '0301', 'x', 1) ON CONFLICT (id) DO UPDATE SET note = excluded.note RETURNING id}, '1' ],
	[ 'INSERT DO UPDATE of another\'s row' => q{INSERT INTO v.act VALUES (3, '0301', 'x', 1) ON CONFLICT (id) DO UPDATE SET note = excluded.note}, '42501' ],
	[ 'INSERT DO UPDATE WHERE false' => q{INSERT INTO v.act VALUES (3, '0301', 'x', 1) ON CONFLICT (id) DO UPDATE SET note = excluded.note WHERE false}, '42501' ],
	[ 'INSERT DO UPDATE away' => q{INSERT INTO v.act VALUES (1, '0301', 'x', 1) ON CONFLICT (id) DO UPDATE SET unit = '4601'}, '42501' ],
	[ 'MERGE UPDATE' => q{WITH x AS (SELECT 1) MERGE INTO v.act USING generate_series(1, 4) g ON id = g WHEN MATCHED THEN UPDATE SET note = 'x'}, '' ],
	[ 'MERGE DELETE' => q{MERGE INTO v.act USING generate_series(2, 4) g ON id = g WHEN MATCHED THEN DELETE}, '' ],
	[ 'MERGE INSERT' => q{MERGE INTO v.act USING (VALUES (6)) g (k) ON id = k WHEN NOT MATCHED THEN INSERT VALUES (k, '0301', 'x', 1)}, '' ],
	[ 'MERGE INSERT for another' => q{MERGE INTO v.act USING (VALUES (6)) g (k) ON id = k WHEN NOT MATCHED THEN INSERT VALUES (k, '4601', 'x', 1)}, '42501' ],
	[ 'MERGE that takes a hidden row for none' => q{MERGE INTO v.act USING (VALUES (3)) g (k) ON id = k WHEN NOT MATCHED THEN INSERT VALUES (k, '0301', 'x', 1)}, '23505' ],
	[ 'MERGE away' => q{MERGE INTO v.act USING (VALUES (1)) g (k) ON id = k WHEN MATCHED THEN UPDATE SET unit = '4601'}, '42501' ],
	[ 'WITH UPDATE' => q{WITH w AS (UPDATE v.act SET note = 'x' RETURNING id) SELECT id FROM w ORDER BY 1}, '1 2' ],
	[ 'WITH DELETE' => q{WITH w AS (DELETE FROM v.act WHERE id <> 1 RETURNING id) SELECT id FROM w}, '2' ],
	[ 'WITH INSERT' => q{WITH w AS (INSERT INTO v.act VALUES (5, '4601', 'x', 1) RETURNING id) SELECT id FROM w}, '42501' ],
	[ 'WHERE CURRENT OF, UPDATE' => q{DECLARE c CURSOR FOR SELECT id FROM v.act ORDER BY 1 FOR UPDATE; MOVE 2 c; UPDATE v.act SET note = 'x' WHERE CURRENT OF c RETURNING id}, '2' ],
	[ 'WHERE CURRENT OF, DELETE' => q{DECLARE c CURSOR FOR SELECT id FROM v.act WHERE id > 1 FOR UPDATE; MOVE 1 c; DELETE FROM v.act WHERE CURRENT OF c RETURNING id}, '2' ],
	[ 'COPY FROM' => q{COPY v.act (id, unit, note) FROM STDIN}, '0A000' ],
);
foreach my $form (@writing)
{
	my ($name, $sql, $wanted) = @$form;

	# taken back at once, so that each begins with the same rows
	my $told = $wanted =~ /^[0-9A-Z]{5}$/
	  ? state_of('oslo', 'b', $sql)
	  : value_as($node, 'postgres', 'regress_r_oslo', "BEGIN; SELECT nir.begin_processing('b', '0301'); $sql; ROLLBACK") =~ s/\A\n//r =~ s/\n/ /gr;
	is($told, $wanted, $wanted =~ /^[0-9A-Z]{5}$/ ? "$name is refused" : "$name does it to one's own rows");
	is(state_of('oslo', 'b,d', $sql), 'NR024', "$name needs one purpose") unless $name =~ /CURRENT OF/;
	is(state_of('oslo', 'c', $sql), 'NR021', "$name needs one that fits");
}
# and once to stay
as('oslo', 'b', $_) foreach (q{UPDATE v.act SET note = 'x'}, q{MERGE INTO v.act USING generate_series(1, 4) g ON id = g WHEN MATCHED THEN UPDATE SET note = 'y'},
	'DELETE FROM v.paper', 'DELETE FROM v.act');
is(admin($bergen), $before, 'rows of another body are as they were, to the version');
is(admin('SELECT string_agg(id::text, $$ $$) FROM v.act'), '3 4', '... and one\'s own are gone');
admin(q{INSERT INTO v.act VALUES (1, '0301', 'oslo one', 1), (2, '0301', 'oslo two', 2); INSERT INTO v.paper VALUES (1, 1, '0301', 'oslo')});

# ---- T-10: whose rights ----

admin(q{
	CREATE VIEW v.lent AS SELECT id FROM v.act;
	CREATE VIEW v.asked WITH (security_invoker) AS SELECT id, unit FROM v.act;
	CREATE VIEW v.over_asked AS SELECT id FROM v.asked;
	CREATE MATERIALIZED VIEW v.kept AS SELECT id FROM v.act;
	CREATE MATERIALIZED VIEW v.kept_far AS SELECT id FROM v.over_asked;
	CREATE FUNCTION v.by_text() RETURNS SETOF int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS 'BEGIN RETURN QUERY SELECT id FROM v.act; END';
	CREATE FUNCTION v.by_parse() RETURNS SETOF int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT id FROM v.act; END;
	CREATE FUNCTION v.inline() RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT id FROM v.act ORDER BY 1';
	GRANT SELECT ON v.lent, v.asked, v.over_asked TO PUBLIC});
is(state_of('oslo', 'b', 'SELECT * FROM v.lent'), 'NR025', 'a view that lends its owner\'s rows is refused');
is(as('oslo', 'b', 'SELECT id FROM v.asked ORDER BY 1'), "1\n2", 'one with security_invoker shows the reader\'s');
is(as('oslo', 'b', 'SELECT id FROM v.over_asked ORDER BY 1'), "1\n2", '... also below a view without');
is(state_of('oslo', 'b', 'SELECT v.by_text()'), 'NR025', 'a SECURITY DEFINER function is refused');
is(state_of('oslo', 'b', 'SELECT v.by_parse()'), 'NR025', '... one whose body was parsed, too');
is(as('oslo', 'b', 'SELECT v.inline()'), "1\n2", 'a function that is inlined shows the reader\'s rows');
is(lint(), join("\n", 'definer_function v.by_parse()', 'definer_function v.by_text()', 'definer_view v.lent', 'materialized_view v.kept', 'materialized_view v.kept_far'),
	'nir.lint() names each that would go round, also a copy through views');
is(state_of('oslo', 'b', 'SELECT id FROM v.kept'), '42501', 'what is kept is given to nobody by nir');
admin(q{DROP MATERIALIZED VIEW v.kept, v.kept_far; DROP VIEW v.lent; DROP FUNCTION v.by_text(), v.by_parse();
	CREATE FUNCTION v.owners() RETURNS SETOF int LANGUAGE sql SECURITY DEFINER AS 'SELECT id FROM v.act ORDER BY 1';
	GRANT USAGE, CREATE ON SCHEMA v TO nir_owner; ALTER FUNCTION v.owners() OWNER TO nir_owner; ALTER TABLE v.act OWNER TO nir_owner});
is(as('oslo', 'b', 'SELECT v.owners()'), "1\n2\n3\n4", 'nir_owner\'s functions see every row');
is(lint(), 'definer_function v.owners()', '... so lint names one that everybody may call');
admin(q{REVOKE EXECUTE ON FUNCTION v.owners() FROM PUBLIC; GRANT EXECUTE ON FUNCTION v.owners() TO regress_r_bergen});
is(lint(), 'definer_function v.owners()', '... and one without a search_path of its own');
admin(q{ALTER FUNCTION v.owners() SET search_path = pg_catalog, pg_temp});
is(lint(), '', '... and none with both');
is(sqlstate($node, 'postgres', 'regress_r_bergen', 'SELECT v.owners()'), 'NR010', '... and its caller needs a purpose all the same');
is(state_of('bergen', 'c', 'SELECT v.owners()'), 'NR021', '... that fits');
# row-level security that was switched off
foreach my $off ('DISABLE ROW LEVEL SECURITY', 'NO FORCE ROW LEVEL SECURITY')
{
	admin("ALTER TABLE v.act $off");
	is(lint(), 'no_row_security v.act', "nir.lint() names a table after $off");
	is(state_of('oslo', 'b', 'SELECT id FROM v.act'), $off =~ /^DIS/ ? 'NR025' : '', '... and without it nobody reads');
	admin('ALTER TABLE v.act ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
}
is(state_of('oslo', 'b', 'SET row_security = off; SELECT id FROM v.act'), '42501', 'nobody takes it off for himself');
admin(q{DROP FUNCTION v.owners(); GRANT nir_owner TO regress_r_owner});
is(sqlstate($node, 'postgres', 'regress_r_owner', 'SELECT id FROM v.act'), 'NR010', 'a member of nir_owner reads nothing without a binding');
admin('REVOKE nir_owner FROM regress_r_owner; GRANT pg_read_all_data, pg_write_all_data TO regress_r_oslo');
is(as('oslo', 'b', 'SELECT id FROM v.act ORDER BY 1'), "1\n2", 'pg_read_all_data shows no more rows');
is(state_of('oslo', 'b', q{INSERT INTO v.act VALUES (9, '4601')}), '42501', 'pg_write_all_data writes no more');
admin('REVOKE pg_read_all_data, pg_write_all_data FROM regress_r_oslo');

# ---- T-11: partitions and children ----

admin(q{
	CREATE TABLE v.year (id int, unit nir.unit NOT NULL, note nir.tagged_text(b,d)) PARTITION BY RANGE (id);
	CREATE TABLE v.year_1 PARTITION OF v.year FOR VALUES FROM (0) TO (10);
	CREATE TABLE v.year_2 PARTITION OF v.year FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
	CREATE TABLE v.year_2_1 PARTITION OF v.year_2 FOR VALUES FROM (10) TO (15);
	SELECT count(*) FROM nir.govern('v.year', 'local_r', 'unit');
	INSERT INTO v.year VALUES (1, '0301', 'o'), (2, '4601', 'b'), (11, '0301', 'o'), (12, '4601', 'b')});
is(as('oslo', 'b', 'SELECT id FROM v.year ORDER BY 1'), "1\n11", 'a partitioned table shows one\'s own rows');
is(as('oslo', 'b', "SELECT id FROM $_->[0]"), $_->[1], "$_->[0], queried directly, too") foreach ([ 'v.year_1', 1 ], [ 'v.year_2', 11 ], [ 'v.year_2_1', 11 ]);
is(state_of('oslo', 'b', q{INSERT INTO v.year_1 VALUES (3, '4601', 'x')}), '42501', 'nobody writes another\'s row into a partition');
is(state_of('oslo', 'b', q{UPDATE v.year SET id = 2 WHERE id = 11}), '', 'a row moves between partitions');
is(state_of('oslo', 'b', q{UPDATE v.year SET id = 13, unit = '4601' WHERE id = 1}), '42501', '... but not to another body');
is(state_of('oslo', 'b', 'DELETE FROM v.year_1 WHERE id = 2 AND unit = $$4601$$'), '', 'a DELETE of another\'s row');
is(admin(q{SELECT count(*) FROM v.year_1 WHERE unit = '4601'}), '1', '... deletes nothing');

# made later, by who may: nobody comes in through it before it is governed
admin(q{
	CREATE TABLE v.year_3 PARTITION OF v.year FOR VALUES FROM (20) TO (30);
	CREATE TABLE v.year_4 (id int, unit nir.unit NOT NULL, note nir.tagged_text(b,d));
	INSERT INTO v.year_4 VALUES (31, '4601', 'b');
	GRANT ALL ON v.year_3, v.year_4 TO PUBLIC});
is(as('oslo', 'b', 'SELECT id FROM v.year_4'), '31', 'a table that nobody governs shows its rows');
admin(q{ALTER TABLE v.year ATTACH PARTITION v.year_4 FOR VALUES FROM (30) TO (40); INSERT INTO v.year VALUES (21, '0301', 'o'), (22, '4601', 'b')});
foreach my $table ('v.year_3', 'v.year_4')
{
	is(state_of('oslo', 'b', $_), 'NR025', "$_ of a partition that is not governed yet is refused")
	  foreach ("SELECT id FROM $table", "SELECT count(*) FROM $table", "UPDATE $table SET id = id", "DELETE FROM $table", "INSERT INTO $table VALUES (25, '0301')", "COPY $table TO STDOUT");
	is(sqlstate($node, 'postgres', 'regress_r_oslo', "SELECT count(*) FROM $table"), 'NR025', '... undeclared, too');
	is(state_of('oslo', 'b', "TRUNCATE $table"), 'NR028', '... and TRUNCATE');
}
is(as('oslo', 'b', 'SELECT id FROM v.year WHERE id > 20 ORDER BY 1'), '21', '... the parent shows one\'s own');
is(as('oslo', 'b', q{INSERT INTO v.year VALUES (23, '0301', 'o') RETURNING id}), '23', '... and takes them');
like(lint(), qr/^ungoverned_partition v\.year_3\nungoverned_partition v\.year_4$/m, '... and nir.lint() names them');
admin(q{SELECT nir.govern('v.year', 'local_r', 'unit')});
is(lint(), '', 'governed, they are named no more');
is(as('oslo', 'b', 'SELECT id FROM v.year_3 ORDER BY 1'), "21\n23", '... and show one\'s own rows');
admin('ALTER TABLE v.year DETACH PARTITION v.year_3');
is(as('oslo', 'b', 'SELECT id FROM v.year_3 ORDER BY 1'), "21\n23", 'a partition that was taken off keeps its rules');

# children, of a table without tagged columns: nothing but the parent makes it nir's business
admin(q{
	CREATE TABLE v.plain (id int, unit nir.unit NOT NULL);
	CREATE TABLE v.grown () INHERITS (v.plain);
	GRANT SELECT ON v.grown TO PUBLIC;
	INSERT INTO v.grown VALUES (1, '4601')});
is(value_as($node, 'postgres', 'regress_r_oslo', 'SELECT count(*) FROM v.grown'), '1', 'before its parent is governed a child is nobody\'s business');
# in one session: what it knew of the child it must forget when the parent comes under nir
my ($told, $tells) = ('', '');
$node->psql('postgres', q{
	SET SESSION AUTHORIZATION regress_r_oslo;
	SELECT count(*) FROM v.grown;
	RESET SESSION AUTHORIZATION;
	SELECT FROM nir.govern('v.plain', 'local_r', 'unit');
	SET SESSION AUTHORIZATION regress_r_oslo;
	SELECT count(*) FROM v.grown;}, stdout => \$told, stderr => \$tells, on_error_stop => 0);
like($tells, qr/"grown" is a child of a governed relation, and not governed itself/, '... then a session that had looked is told');
is(sqlstate($node, 'postgres', 'regress_r_oslo', 'SELECT count(*) FROM v.grown'), 'NR025', '... then it is, directly');
is(as('oslo', 'b', 'SELECT count(*) FROM v.plain'), '0', '... and through the parent the rules hold');
is(sqlstate($node, 'postgres', 'regress_r_owner', 'CREATE TABLE v.mine () INHERITS (v.plain)'), '42501', 'nobody else makes a child');
admin('DROP TABLE v.grown; ALTER TABLE v.plain OWNER TO regress_r_owner');
is(sqlstate($node, 'postgres', 'regress_r_owner', $_), 'NR033', "... nor its owner: $_")
  foreach ('CREATE TABLE v.mine () INHERITS (v.plain)', 'CREATE TABLE v.mine (id int, unit nir.unit NOT NULL); ALTER TABLE v.mine INHERIT v.plain');

# ---- T-12: cascades ----

foreach my $action ('ON DELETE CASCADE', 'ON DELETE SET NULL', 'ON DELETE SET DEFAULT', 'ON UPDATE CASCADE', 'ON UPDATE SET NULL', 'ON UPDATE SET DEFAULT')
{
	admin(qq{
		CREATE TABLE v.above (id int PRIMARY KEY, unit nir.unit NOT NULL);
		CREATE TABLE v.below (id int PRIMARY KEY, above_id int DEFAULT 7 REFERENCES v.above $action, unit nir.unit NOT NULL, note nir.tagged_text(b,d));
		SELECT nir.govern('v.above', 'local_r', 'unit');
		SELECT nir.govern('v.below', 'local_r', 'unit');
		ALTER TABLE v.above OWNER TO nir_owner; ALTER TABLE v.below OWNER TO nir_owner;
		INSERT INTO v.above VALUES (1, '0301'), (2, '0301'), (7, '0301'); INSERT INTO v.below VALUES (1, 1, '4601', 'bergen'), (2, 2, '0301', 'oslo')});
	my $change = $action =~ /DELETE/ ? 'DELETE FROM v.above WHERE id =' : 'UPDATE v.above SET id = id + 10 WHERE id =';
	is(state_of('oslo', 'b', "$change 1"), 'NR025', "$action into another body's row is refused");
	is(state_of('oslo', 'b', "$change 2"), 'NR025', '... into one\'s own, too: it asks no policy');
	is(admin('SELECT string_agg(concat_ws($$ $$, id, above_id), $$; $$ ORDER BY id) FROM v.below'), '1 1; 2 2', '... and changes nothing');
	is(lint(), 'cascade v.below', '... and nir.lint() names it');
	admin('DROP TABLE v.below, v.above');
}
# cascade from a table that nobody governs
admin(q{
	CREATE TABLE v.free (id int PRIMARY KEY);
	CREATE TABLE v.hung (id int PRIMARY KEY, free_id int REFERENCES v.free ON DELETE CASCADE, unit nir.unit NOT NULL);
	SELECT nir.govern('v.hung', 'local_r', 'unit');
	ALTER TABLE v.free OWNER TO regress_r_owner;
	INSERT INTO v.free VALUES (1); INSERT INTO v.hung VALUES (1, 1, '4601'); GRANT ALL ON v.free TO PUBLIC});
is(state_of('oslo', 'b', 'DELETE FROM v.free'), 'NR025', 'a cascade from an ungoverned table is refused');
is(sqlstate($node, 'postgres', 'regress_r_owner', 'DELETE FROM v.free'), 'NR010', '... its owner\'s as well');
is(admin('SELECT count(*) FROM v.hung'), '1', '... and deletes nothing');

# ---- T-13: TRUNCATE ----

admin(q{
	ALTER TABLE v.act OWNER TO postgres;
	GRANT ALL ON ALL TABLES IN SCHEMA v TO regress_r_oslo;
	CREATE TABLE v.tagged_only (note nir.tagged_text(b)); GRANT ALL ON v.tagged_only TO regress_r_oslo});
foreach my $table ('v.act', 'v.act CASCADE', 'v.year', 'ONLY v.year_1', 'v.year_2_1', 'v.tagged_only', 'v.free CASCADE', 'v.plain')
{
	is(state_of('oslo', 'b', "TRUNCATE $table"), 'NR028', "TRUNCATE $table is refused");
	is(state_of('oslo', 'b', "TRUNCATE $table RESTART IDENTITY CASCADE"), 'NR028', '... with CASCADE') unless $table =~ /CASCADE/;
}
is(sqlstate($node, 'postgres', 'regress_r_owner', 'TRUNCATE v.free CASCADE'), 'NR028', 'nor does an owner empty what hangs on its table');
is(admin('SELECT count(*) FROM v.act'), '4', 'nothing was emptied');
$node->stop;
done_testing();
