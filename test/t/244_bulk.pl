# Rows in bulk (T-15), by replication (T-17) and in a dump (T-18): the way in
# that stamps the purpose and is logged, what a publication of everything sends,
# who may replay changes, and that a dump by a role that does not see all rows
# fails instead of leaving some out.
# covers: R280

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('bulk', conf => "wal_level = logical\n");
create_nir($node, 'postgres');
create_keyring($node);
$node->safe_psql('postgres', q{
	SELECT nir.create_register();
	CREATE ROLE regress_b_oslo LOGIN;
	GRANT USAGE ON SCHEMA register TO regress_b_oslo;
	SELECT nir.bind_role('regress_b_oslo', '0301', purposes => '{b,c,d}');
	INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_b', 'x', '{b,d}', 'core', 'x');
	INSERT INTO nir.access_rule (category, body_kind, verb, scope, purposes, valid, citation)
		SELECT 'local_b', 'municipality', verb, 'own', '{b,d}', '(,)', 'x' FROM unnest('{select,insert,update,delete}'::text[]) verb;
	CREATE SCHEMA w;
	GRANT USAGE ON SCHEMA w TO PUBLIC;
	CREATE TABLE w.act (id int, unit nir.unit NOT NULL, note nir.tagged_text(b,d), made nir.tagged_date(b,d));
	CREATE TABLE w.mail (body text, in_unit text);
	INSERT INTO w.mail SELECT 'note ' || i, '0301' FROM generate_series(1, 500) i;
	GRANT SELECT ON w.mail TO PUBLIC;
	CREATE FUNCTION w.touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
	SELECT nir.govern('w.act', 'local_b', 'unit')});

sub acting { return "BEGIN; SELECT nir.begin_processing('$_[0]', '0301', case_ref => '$_[2]'); $_[1]; COMMIT" }
sub state_of { return sqlstate($node, 'postgres', 'regress_b_oslo', acting($_[0], $_[1], $_[2] // 'x')) }
sub as_oslo { return value_as($node, 'postgres', 'regress_b_oslo', acting('b', $_[0], $_[1] // 'x')) =~ s/\A\n//r }
sub admin { return $node->safe_psql('postgres', 'SET client_min_messages = error; ' . $_[0]) }

# ---- T-15 ----

is(state_of('b', 'COPY w.act FROM STDIN'), '0A000', 'COPY FROM is refused where rows are guarded');
is(state_of('b', q{COPY w.act FROM PROGRAM 'true'}), '42501', '... from a program, too');
# the way in: arrays in one parameter each, a document, or a table of what came in
my @ways = (
	[ unnest => q{INSERT INTO w.act SELECT * FROM unnest(array_fill(1, '{500}'), array_fill('0301'::nir.unit, '{500}'), array_fill('note'::text, '{500}'), array_fill('2024-01-01'::date, '{500}'))} ],
	[ document => q{INSERT INTO w.act SELECT x.id, x.unit::nir.unit, x.note, x.made FROM jsonb_to_recordset((SELECT jsonb_agg(jsonb_build_object('id', 2, 'unit', '0301', 'note', 'n' || i, 'made', '2024-01-01')) FROM generate_series(1, 500) i)) x (id int, unit text, note text, made date)} ],
	[ staged => q{INSERT INTO w.act SELECT 3, in_unit::nir.unit, body, '2024-01-01' FROM w.mail} ],
);
foreach my $way (@ways)
{
	my ($name, $sql) = @$way;

	is(state_of('b', $sql, "bulk $name"), '', "$name: 500 rows in one statement");
	is(state_of('c', $sql), 'NR021', '... not for a purpose of other data');
	is(state_of('b,d', $sql), 'NR024', '... not for two');
	is(state_of('b', $sql =~ s/0301'/4601'/r =~ s/in_unit/'4601'/r), '42501', '... not for another unit');
}
is(admin(q{SELECT count(*) FROM w.act}), '1500', 'the rows are there');
is(admin(q{SELECT count(*) FROM w.act WHERE nir.conforms(note, (SELECT atttypmod FROM pg_attribute WHERE attrelid = 'w.act'::regclass AND attname = 'note'))
	AND nir.conforms(made, (SELECT atttypmod FROM pg_attribute WHERE attrelid = 'w.act'::regclass AND attname = 'made'))}), '1500', '... each bound to the purposes of its column');
is(state_of('d', 'SELECT note FROM w.act LIMIT 1'), '', '... and read for one of them');
ok($node->poll_query_until('postgres', q{
	SELECT count(*) = 3 FROM nir.access_log i JOIN nir.access_log c USING (session, statement)
	WHERE i.case_ref ~ '^bulk' AND i.kind = 'intent' AND i.relations::text ~ 'w\.act.* insert \{b\}' AND c.kind = 'completion' AND c.rows = 500}),
	'... and each statement is in the access log with its purpose and its rows');

# ---- T-17 ----

is(admin('SELECT count(*) FROM nir.lint()'), '0', 'nothing is wrong yet');
admin('CREATE PUBLICATION chosen FOR TABLE w.act');
is(admin('SELECT count(*) FROM nir.lint()'), '0', 'a publication of named tables is the administrator\'s choice');
admin('CREATE PUBLICATION "every thing" FOR ALL TABLES');
my $governed = admin('SELECT count(*) FROM nir.governed_relation');
is(admin('SELECT level, name, object, finding FROM nir.lint()'),
	qq{warning|publication|"every thing"|sends the rows of every body of all governed relations ($governed now), and of those to come, to whoever subscribes},
	'nir.lint() warns of one of all tables');
admin('DROP PUBLICATION "every thing", chosen');
is(sqlstate($node, 'postgres', 'regress_b_oslo', $_), '42501', "an ordinary role does not: $_")
  foreach ('CREATE PUBLICATION mine FOR TABLE w.act', 'CREATE PUBLICATION mine FOR ALL TABLES', q{SELECT pg_create_logical_replication_slot('mine', 'pgoutput')});

# who replays changes fires no trigger: nir's own caches hear all the same, and a register's triggers do not run twice
is(admin(q{SELECT string_agg(tgrelid::regclass || ' ' || tgname, ', ' ORDER BY 1) FROM pg_trigger
	WHERE NOT tgisinternal AND tgname IN ('tell', 'log_change') AND tgenabled <> 'A'}), '', 'what tells of changed rules fires for replayed changes too');
is(admin(q{SELECT string_agg(DISTINCT tgname, ', ') FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
	WHERE NOT tgisinternal AND c.relnamespace = 'register'::regnamespace AND tgenabled = 'A' AND tgname NOT LIKE 'nir\_tell%'}), '', 'what stamps, seals and keeps clocks has run where the row was made');
is(sqlstate($node, 'postgres', 'regress_b_oslo', 'SET session_replication_role = replica'), '42501', 'nobody says that he replays changes');
admin(q{GRANT SET ON PARAMETER session_replication_role TO regress_b_oslo});
is(admin(q{SELECT level, name, finding FROM nir.doctor() WHERE name = 'replays'}),
	'error|replays|role regress_b_oslo may set session_replication_role, and so write governed rows past triggers and foreign keys', '... unless an administrator let him, which nir.doctor() says');
is(state_of('b', q{SET LOCAL session_replication_role = replica; INSERT INTO w.act VALUES (1, '4601', 'x')}), '42501', '... and then policies hold');
is(state_of('c', q{SET LOCAL session_replication_role = replica; INSERT INTO w.act VALUES (1, '0301', 'x')}), 'NR021', '... and purposes');
is(state_of('d', q{SET LOCAL session_replication_role = replica; INSERT INTO register.settlement_consideration (settlement_id, person_id, unit, consideration) VALUES (1, 1, '0301', 'x')}), '42501', '... and a person must be one\'s own');
admin(q{GRANT SET ON PARAMETER session_replication_role TO PUBLIC});
like(admin(q{SELECT finding, remedy FROM nir.doctor() WHERE name = 'replays'}), qr/^everybody may set .*\|REVOKE SET ON PARAMETER session_replication_role FROM PUBLIC$/m, '... or everybody');
admin($_) foreach split(/\n/, admin(q{SELECT remedy FROM nir.doctor() WHERE name = 'replays'}));
is(admin(q{SELECT count(*) FROM nir.doctor() WHERE name = 'replays'}), '0', 'its remedies help');
# a setting of nir is no parameter that can be granted
is(sqlstate($node, 'postgres', 'regress_b_oslo', q{SET nir.context = 'x'}), '42501', 'nor says who he is');

# ---- T-18 ----

admin('GRANT USAGE ON SCHEMA w, register, nir TO regress_b_oslo');
my $folder = PostgreSQL::Test::Utils::tempdir();
foreach my $options ([], ['--enable-row-security'], ['--data-only'], [ '--enable-row-security', '--inserts', '-t', 'w.act' ])
{
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'pg_dump', '-h', $node->host, '-p', $node->port, '-U', 'regress_b_oslo', '-d', 'postgres', '-f', "$folder/dump", @$options ], '>', \$out, '2>', \$err);

	ok(!$ok, "pg_dump @$options by an application fails");
	ok(!-s "$folder/dump" || slurp_file("$folder/dump") !~ /^(?:COPY|INSERT) /m, '... and leaves no rows');
}
is(sqlstate($node, 'postgres', 'regress_b_oslo', 'BEGIN; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; LOCK TABLE w.act IN ACCESS SHARE MODE'), 'NR025', 'it stops before it has written anything');
$node->stop;
done_testing();
