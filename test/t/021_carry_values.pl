# A dump restored, and COPY out and in, leave every value, its purposes and its
# definitions as they were, in whatever form; a dump that would not hold all
# rows stops before it has written one; restored where nir is not preloaded, or
# not known at all, a dump shows nothing.  How the values are compared is in
# test/perl/NirCarried.pm.

use strict;
use warnings FATAL => 'all';

use NirCarried;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('carried');
my @connect = ('-h', $node->host, '-p', $node->port);
my @psql = ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', @connect);
my @restore = ('pg_restore', '--exit-on-error', @connect);

create_carried($node, 'nir');
fill_carried($node, 'nir');
my $original = portrait($node, 'nir');

# what is compared would show a difference
like($original->{datums}, qr/^numbers\|1\|\{"\\\\x0a000000[0-9a-f]+"\}$/m, 'a datum is shown with its tag');
like($original->{datums}, qr/"1048580 [0-9a-f]{32}"/, '... and of a long one the digest');
like($original->{pages}, qr/^carried\.by_text_some\|04000000[0-9a-f]{2}0a0000007b$/m, 'a row is shown as it is on its page');
like($original->{storage}, qr/^1\|\d+\|pglz\n.*^3\|1048580\|$/ms, 'there are compressed and uncompressed long values');
is((split(/\n/, $original->{damage}))[1], '|0', 'no page is damaged');

# ---- dump and restore ----

sub dump_database
{
	my ($form, @options) = @_;

	system_or_bail('pg_dump', @connect, @options, '-f', "$folder/$form", 'nir');
	return "$folder/$form";
}

sub new_database
{
	my ($name, $with_nir) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $name TEMPLATE template0");
	$node->safe_psql($name, 'SET client_min_messages = warning; CREATE EXTENSION nir CASCADE') if $with_nir;
	return $name;
}

sub finish
{
	my ($how, $database) = @_;

	same_as($original, $how, $node, $database);
	in_force($how, $node, $database);
	$node->safe_psql('postgres', "DROP DATABASE $database");
}

my @root = ('--load-via-partition-root');
my %script = (
	plain => [],
	inserts => ['--inserts'],
	column_inserts => [ '--column-inserts', '--quote-all-identifiers', '-U', 'carried_backup', @root ],
	rows_per_insert => [ '--rows-per-insert=7', '--on-conflict-do-nothing' ]);
foreach my $form (sort keys %script)
{
	my $file = dump_database($form, @{ $script{$form} });
	my $database = new_database("from_$form", $form =~ /^rows/);

	command_ok([ @psql, '-d', $database, '-f', $file ], "$form: restored");
	finish($form, $database);
}

my $custom = dump_database('custom', '-Fc');
my %archive = (
	custom_one_transaction => [ $custom, '--single-transaction' ],
	directory => [ dump_database('directory', '-Fd', '-j2', '-U', 'carried_backup'), '-j2' ],
	tar => [ dump_database('tar', '-Ft', @root) ]);
foreach my $form (sort keys %archive)
{
	my ($file, @options) = @{ $archive{$form} };
	my $database = new_database("from_$form", $form eq 'custom_one_transaction');

	command_ok([ @restore, '-d', $database, @options, $file ], "$form: restored");
	command_ok([ @restore, '-d', $database, '--clean', '--if-exists', $file ], '... and over itself') if $form eq 'tar';
	finish($form, $database);
}

# ---- definitions first, data after ----

my $steps = new_database('steps');
command_ok([ @restore, '-d', $steps, '--schema-only', $custom ], 'two steps: definitions restored');
command_ok([ @restore, '-d', $steps, '--data-only', $custom ], '... and data');
$node->safe_psql($steps, 'REFRESH MATERIALIZED VIEW carried.kept');
finish('two steps', $steps);

# A session that has seen a table before it was governed hears of it, though the
# triggers that would tell were off.
my $off = new_database('off');
command_ok([ @restore, '-d', $off, '--schema-only', $custom ], 'without triggers: definitions restored');
$node->safe_psql($off, 'GRANT SELECT ON nir.category TO carried_none');
my ($in, $out, $err) = ('', '', '');
my $session = IPC::Run::start([ 'psql', '-X', '-A', '-t', '-U', 'carried_none', @connect, '-d', $off ], '<', \$in, '>', \$out, '2>', \$err,
	my $timeout = IPC::Run::timeout(180));
sub ask
{
	my ($sql) = @_;

	$out = $err = '';
	$in .= "\\set VERBOSITY sqlstate\n$sql;\n\\warn done\n";
	$session->pump until $err =~ /done\n/;
	return $out . $err;
}
like(ask('SELECT count(*) FROM carried.connection'), qr/^0\n/, '... a table without rules and rows is read');
command_ok([ @restore, '-d', $off, '--data-only', '--disable-triggers', '-t', 'connection', $custom ], '... its rows are restored');
command_ok([ @restore, '-d', $off, '--data-only', '--disable-triggers', '-n', 'nir', $custom ], '... then the rules');
like(ask('SELECT count(*) FROM carried.connection'), qr/NR010/, '... of which the session hears');
$session->finish;
like($node->safe_psql($off, q{SELECT string_agg(finding, E'\n') FROM nir.doctor() WHERE name = 'trigger_off'}),
	qr/^trigger "tell" of nir\.role_binding does not fire for every change$/m, '... and nir.doctor() says what the restore has left');
$node->safe_psql($off, q{SELECT remedy FROM nir.doctor() WHERE name = 'trigger_off' \gexec});
is($node->safe_psql($off, q{SELECT count(*) FROM nir.doctor() WHERE name = 'trigger_off'}), '0', '... and its remedy helps');
$node->safe_psql('postgres', "DROP DATABASE $off");

# ---- one table ----

# The rows of nir are not the table's: its purposes and policies come along,
# that it is governed is said again.
my $one = new_database('one', 1);
$node->safe_psql($one, q{CREATE SCHEMA carried; GRANT USAGE ON SCHEMA carried TO PUBLIC; SELECT nir.bind_role('carried_app', '0301', purposes => '{b,d}')});
command_ok([ @psql, '-d', $one, '-f', dump_database('one', '-t', 'carried.settling', '-t', 'carried.connection') ], 'one table: restored');
is(sqlstate($node, $one, 'carried_none', 'SELECT note FROM carried.settling'), 'NR010', '... the purposes of its columns are in force');
$node->safe_psql($one, q{
	SELECT nir.govern('carried.connection', 'connection', 'unit', 'person_id');
	SELECT nir.govern('carried.settling', 'settlement', 'unit', 'person_id')});
is($node->safe_psql($one, $_), $node->safe_psql('nir', $_), '... and it is governed again as it was')
  foreach q{SELECT p.* FROM pg_policies AS p WHERE tablename = 'settling' ORDER BY policyname}, 'SELECT * FROM carried.settling ORDER BY 1';
$node->safe_psql('postgres', "DROP DATABASE $one");

# ---- what foreign keys would do, where a parallel restore has no room for them ----

my $superuser = $node->safe_psql('nir', 'SELECT current_user');
is(sqlstate($node, 'nir', $superuser, $_), '23503', "refused: $_")
  foreach q{DELETE FROM nir.body WHERE body = '0301'}, q{UPDATE nir.body SET body = 'x' WHERE body = '0301'},
  q{DELETE FROM nir.category WHERE code = 'settlement'}, q{UPDATE nir.category SET code = 'settled' WHERE code = 'settlement'};
is($node->safe_psql('nir', q{
	BEGIN;
	UPDATE nir.body SET name = 'Oslo' WHERE body = '0301';
	DELETE FROM nir.body WHERE body = '4601';
	DELETE FROM nir.governed_relation WHERE category = 'settlement';
	SELECT count(*), count(*) FILTER (WHERE relation = 'carried.settling'::regclass) FROM nir.relation_access;
	ROLLBACK}), '6|0', 'a relation that is no longer governed takes its access rules along');
is($node->safe_psql('nir', q{
	BEGIN;
	ALTER TABLE nir.body DISABLE TRIGGER keep_referred;
	DELETE FROM nir.body WHERE body = '0301';
	SELECT string_agg(name, ' ' ORDER BY name) FROM nir.doctor() WHERE name IN ('binding_unusable', 'trigger_off');
	ROLLBACK}), 'binding_unusable binding_unusable trigger_off', 'nir.doctor() finds bindings to a body that is not there');

# ---- a materialized view of an ordinary role ----

$node->safe_psql('nir', q{
	CREATE TABLE public.source AS SELECT id, t FROM carried.kinds;
	CREATE MATERIALIZED VIEW public.view AS SELECT id, t FROM public.source;
	ALTER TABLE public.source OWNER TO carried_app;
	ALTER MATERIALIZED VIEW public.view OWNER TO carried_app});
my $view = new_database('view');
my $with_view = dump_database('with_view', '-Fc');
command_fails_like([ 'pg_restore', @connect, '-d', $view, $with_view ], qr/no purpose is declared.*REFRESH.*errors ignored on restore: 1$/s,
	'a view that its owner may fill only for a purpose: the restore says so, and goes on');
$node->safe_psql($view, q{BEGIN; SELECT nir.begin_processing('b', '0301'); REFRESH MATERIALIZED VIEW public.view; COMMIT}, extra_params => [ '-U', 'carried_app' ]);
is($node->safe_psql($view, 'SELECT * FROM public.view ORDER BY id'), $node->safe_psql('nir', 'SELECT id, t FROM carried.kinds ORDER BY id'), '... its owner fills it');
$node->safe_psql($view, 'DROP MATERIALIZED VIEW public.view; DROP TABLE public.source');
finish('with a view', $view);
$node->safe_psql('nir', 'DROP MATERIALIZED VIEW public.view; DROP TABLE public.source');

# ---- COPY ----

my @tables = qw(kinds numbers long nested computed by_text by_date connection settling);
my %copy = (
	text => [ '', '' ],
	text_other => [ q!, DELIMITER '{', NULL 'æ', HEADER!, q!, DELIMITER '{', NULL 'æ', HEADER match! ],
	csv => [ '', '' ],
	csv_other => [ q!, DELIMITER '|', QUOTE '{', ESCAPE '}', FORCE_QUOTE *!, q!, DELIMITER '|', QUOTE '{', ESCAPE '}'! ],
	binary => [ '', '' ]);
foreach my $how (sort keys %copy)
{
	my ($format) = $how =~ /^([a-z]+)/;
	my ($to, $from) = map { "(FORMAT $format$_)" } @{ $copy{$how} };
	my $script = "BEGIN;\n";
	my $remove = '';

	foreach my $table (@tables)
	{
		my $list = $table eq 'computed' ? '(id, t, note)' : '';
		my $source = $table =~ /^by_/ ? "(SELECT * FROM carried.$table)" : "carried.$table $list";

		$script .= "COPY $source TO '$folder/$how.$table' $to;\nDELETE FROM carried.$table;\nCOPY carried.$table $list FROM '$folder/$how.$table' $from;\n";
	}
	$node->safe_psql('nir', "${script}COMMIT");
	same_as($original, "COPY $how", $node, 'nir');
}

# ---- who may not dump ----

sub refused
{
	my ($how, $text, @options) = @_;

	foreach my $form ([ '-Fp', '--inserts' ], [ '-Fd', '-j2' ])
	{
		my $path = "$folder/refused_" . join('', @$form) . ($how =~ tr/a-z//cdr);

		command_fails_like([ 'pg_dump', @connect, @options, @$form, '-f', $path, 'nir' ], $text, "$how: a dump is refused, @$form");
		my @written = grep { -f } $path, glob("$path/*");
		is(join('', map { slurp_file($_) } @written), '', '... before anything is written');
	}
}

my $partial = qr/a dump by this role would leave out rows of relation "settling"/;
refused('a role with a default purpose', $partial, '-U', 'carried_report', '-t', 'carried.settling', '--enable-row-security');
refused('a role that declares nothing', $partial, '-U', 'carried_app', '-t', 'carried.settling', '--enable-row-security');
command_fails_like([ 'pg_dump', @connect, '-U', 'carried_report', '-t', 'carried.settling', '-f', "$folder/refused", 'nir' ], $partial, '... also without --enable-row-security');
command_fails_like([ 'pg_dump', @connect, '-U', 'carried_app', '--enable-row-security', '-f', "$folder/refused", 'nir' ], qr/would leave out rows/, '... and the whole database');
is(sqlstate($node, 'nir', 'carried_report', 'BEGIN; LOCK TABLE carried.settling IN ACCESS SHARE MODE'), 'NR025', 'that is found where a dump locks its tables');
is(sqlstate($node, 'nir', 'carried_none', 'BEGIN; LOCK TABLE carried.kinds IN ACCESS SHARE MODE'), '', '... and not of tables that show all rows or none');

$node->safe_psql('nir', 'ALTER SYSTEM SET nir.privileged_access = deny');
$node->reload;
ok($node->poll_query_until('nir', q{SELECT current_setting('nir.privileged_access') = 'deny'}), 'privileged access is denied');
my $denied = qr/privileged access to governed data is denied/;
refused('denied', $denied);
refused('denied BYPASSRLS', $denied, '-U', 'carried_backup');
is(sqlstate($node, 'nir', $superuser, $_), 'NR027', "denied: $_")
  foreach q{SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = 'by_text_some'}, q{SELECT 'x'::nir.tagged_text(b)};
my $stopped = new_database('stopped');
command_fails_like([ @restore, '-d', $stopped, $custom ], $denied, 'denied: nor is one restored');
$node->safe_psql('nir', 'ALTER SYSTEM RESET nir.privileged_access');
$node->reload;

# ---- where nir is not in force ----

my $bare = nir_node('bare', preload => 0);
$bare->safe_psql('postgres', 'CREATE ROLE carried_' . $_) foreach qw(app report none backup);
foreach my $how ('not preloaded', 'not known')
{
	my $shown = '';

	if ($how eq 'not known')
	{
		$bare->append_conf('postgresql.conf', "extension_destdir = ''\ndynamic_library_path = '\$libdir'");
		$bare->restart;
	}
	foreach my $form ('plain', 'inserts')
	{
		my ($out, $err);

		$bare->safe_psql('postgres', 'DROP DATABASE IF EXISTS nir');
		$bare->safe_psql('postgres', 'CREATE DATABASE nir TEMPLATE template0');
		$bare->psql('nir', slurp_file("$folder/$form"), stdout => \$out, stderr => \$err, on_error_stop => 0);
		like($err, qr/ERROR/, "$how: the restore of $form says that it failed");
		foreach my $ask ('SELECT * FROM carried.kinds', 'SELECT t::text FROM carried.kinds', 'COPY carried.kinds TO STDOUT', 'COPY carried.kinds TO STDOUT (FORMAT binary)',
			'SELECT * FROM carried.settling')
		{
			$bare->psql('nir', $ask, stdout => \$out, stderr => \$err);
			$shown .= $out . $err;
		}
	}
	unlike($shown, qr/hemmelig|29923650081|202000000003|canary/, "$how: no value is shown");
}
$bare->stop;
$node->stop;
done_testing();
