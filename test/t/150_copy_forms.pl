# However a table is carried to another place, every value and its purposes
# arrive unchanged: dump and restore in four forms, COPY in three, logical
# replication as text and binary, pg_upgrade.  A dump restored where nir is not
# preloaded, or not known at all, shows nothing.

use strict;
use warnings FATAL => 'all';

use NirNode;
use Cwd;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('copied', conf => "wal_level = logical\nmax_wal_senders = 8\nmax_replication_slots = 8\nmax_logical_replication_workers = 8\nmax_sync_workers_per_subscription = 2\n");
my @columns = qw(t f u dt i bo n);

# ---- what is carried ----

# tag_of() learns a value's purposes by asking for each letter whether the
# value may be bound to it alone.
my $tag_of = q{
	CREATE FUNCTION public.tag_of(given anyelement) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		letters text := '';
		kind name := (SELECT typname FROM pg_catalog.pg_type WHERE oid = pg_catalog.pg_typeof(given));
	BEGIN
		IF given IS NULL THEN
			RETURN 'null';
		END IF;
		FOR bit IN 0 .. 23 LOOP
			BEGIN
				EXECUTE format('SELECT nir.%I($1, $2, false)', kind) USING given, 1 << bit;
				letters := letters || chr(97 + bit);
			EXCEPTION WHEN SQLSTATE 'NR023' THEN
				NULL;
			END;
		END LOOP;
		RETURN letters;
	END $$};

my $rows = <<'SQL';
	INSERT INTO public.held VALUES
		(1, 'vanlig', '29923650081', '202000000003', '1994-06-12', 42, true, 3.14, ARRAY['a', 'b']),
		(2, '', NULL, NULL, 'infinity', 2147483647, false, 'NaN', '{}'),
		(3, '{', NULL, NULL, '-infinity', -2147483648, NULL, 'Infinity', ARRAY['{', '}', '']),
		(4, '{a,b}hemmelig', NULL, NULL, '4713-01-01 BC', 0, NULL, '-Infinity', ARRAY['{a,b}', NULL]),
		(5, '{"a": "b"}', NULL, NULL, '5874897-12-31', NULL, NULL, '0.000', NULL),
		(6, 'æøå ÆØÅ 😀', NULL, NULL, NULL, NULL, NULL, 1e400, ARRAY['æøå']),
		(7, E'tab\there\nline\r\\N \\. "quoted", ''too''', NULL, NULL, NULL, NULL, NULL, -1e-400, ARRAY[E'\n', '"', E'\\']),
		(8, E'\\N', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(9, E'\\.', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(10, 'NULL', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(11, repeat('åtte kilo ', 800), NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(12, (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 1500) AS n), NULL, NULL, NULL, 7, NULL, NULL, NULL),
		(13, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
SQL

create_nir($node, 'nir');
$node->safe_psql('nir', qq{
	CREATE ROLE regress_app LOGIN;
	SELECT nir.bind_role('regress_app', '0301', purposes => '{b,d}');
	CREATE TABLE public.held (id int PRIMARY KEY, t nir.tagged_text(b,d), f nir.fnr(b,d), u nir.duf(b,c),
		dt nir.tagged_date(b,d,e), i nir.tagged_int(b), bo nir.tagged_bool(a,b,x), n nir.tagged_numeric(b,d),
		list nir.tagged_text(b,d)[]);
	GRANT SELECT ON public.held TO regress_app;
	$tag_of;
	$rows;
});

# Wire bytes, declared purposes, and the purposes each value carries.
sub state_of
{
	my ($where, $database, $table) = @_;
	my $file = "$folder/state";
	my $list = join(', ', @columns);
	my $tags = join(" || ' ' || ", map { "public.tag_of($_)" } @columns);

	$table //= 'public.held';
	unlink $file;
	$where->safe_psql($database, "COPY (SELECT id, $list, list::text FROM $table ORDER BY id) TO '$file' (FORMAT binary)");
	return {
		bytes => slurp_file($file),
		declared => $where->safe_psql($database, qq{
			SELECT string_agg(format_type(atttypid, atttypmod), ' ' ORDER BY attnum)
			FROM pg_attribute WHERE attrelid = '$table'::regclass AND attnum > 0}),
		tags => $where->safe_psql($database, qq{
			SELECT string_agg(concat_ws(' ', id, $tags, (SELECT string_agg(public.tag_of(e), ',') FROM unnest(list) AS e)), E'\n' ORDER BY id)
			FROM $table}) };
}

my $original = state_of($node, 'nir');
like($original->{tags}, qr/^1 bd bd bc bde b abx bd bd,bd$/m, 'the values carry the purposes of their columns');
ok(length($original->{bytes}) > 50_000, 'a long value is among them');
is($node->safe_psql('nir', 'SELECT count(*) > 10 FROM pg_class AS c JOIN pg_class AS h ON h.reltoastrelid = c.oid, LATERAL generate_series(1, 12) WHERE h.oid = \'held\'::regclass'),
	't', '... in a table with a TOAST table');

sub carried
{
	my ($how, $where, $database, $table) = @_;
	my $copy = state_of($where, $database, $table);

	ok($copy->{bytes} eq $original->{bytes}, "$how: the values are the same byte for byte");
	is($copy->{declared}, $original->{declared}, "$how: the columns declare the same purposes");
	is($copy->{tags}, $original->{tags}, "$how: each value carries the same purposes");
}

# The checks are in force there, for a bound role.
sub guarded
{
	my ($how, $where, $database) = @_;
	my $begin = sub { "BEGIN; DO \$\$ BEGIN PERFORM nir.begin_processing('$_[0]', '0301'); END \$\$;" };

	is(value_as($where, $database, 'regress_app', $begin->('b') . 'SELECT t FROM public.held WHERE id = 4'),
		'{a,b}hemmelig', "$how: a bound role reads for a purpose of the column");
	is(sqlstate($where, $database, 'regress_app', $begin->('d') . 'SELECT i FROM public.held'), 'NR020', "$how: ... and not for another");
	is(sqlstate($where, $database, 'regress_app', 'SELECT t FROM public.held'), 'NR010', "$how: ... nor for none");
}

# ---- dump and restore ----

my @connect = ('-h', $node->host, '-p', $node->port);
my %dump = (
	'plain' => [ [ '-Fp' ], [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f' ] ],
	'inserts' => [ [ '-Fp', '--inserts' ], [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f' ] ],
	'custom' => [ [ '-Fc' ], [ 'pg_restore', '--exit-on-error' ] ],
	'directory' => [ [ '-Fd', '-j2' ], [ 'pg_restore', '--exit-on-error', '-j2' ] ]);
foreach my $form (sort keys %dump)
{
	my ($how, $restore) = @{ $dump{$form} };

	$node->command_ok([ 'pg_dump', @connect, @$how, '-f', "$folder/$form", 'nir' ], "dump, $form");
	$node->safe_psql('postgres', "CREATE DATABASE from_$form TEMPLATE template0");
	my ($program, @options) = @$restore;
	$node->command_ok([ $program, @connect, '-d', "from_$form", @options, "$folder/$form" ], "... restored");
	carried("dump, $form", $node, "from_$form");
	guarded("dump, $form", $node, "from_$form");
}

# ---- COPY ----

foreach my $format ('text', 'csv', 'binary')
{
	$node->safe_psql('nir', qq{
		CREATE TABLE public.held_$format (LIKE public.held);
		COPY public.held TO '$folder/copy_$format' (FORMAT $format);
		COPY public.held_$format FROM '$folder/copy_$format' (FORMAT $format)});
	carried("COPY, $format", $node, 'nir', "public.held_$format");
	$node->safe_psql('nir', "DROP TABLE public.held_$format");
}

# ---- logical replication ----

# Half of the rows come by the initial copy, half by the stream; the long
# value's row is then changed in another column.
my %binary = (text => 'false', binary => 'true');
$node->safe_psql('nir', 'DELETE FROM public.held; CREATE PUBLICATION carried FOR TABLE public.held');
$node->command_ok([ 'pg_dump', @connect, '--schema-only', '--no-publications', '-f', "$folder/schema", 'nir' ], 'dump of the schema');
(my $first = $rows) =~ s/,\s*\(2, .*//s;
(my $others = $rows) =~ s/\(1, .*?\),\s*(?=\(2, )//s;
$node->safe_psql('nir', $first);
foreach my $form (sort keys %binary)
{
	$node->safe_psql('postgres', "CREATE DATABASE stream_$form TEMPLATE template0");
	$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', @connect, '-d', "stream_$form", '-f', "$folder/schema" ], '... restored');
	# within one cluster the slot has to be there first
	$node->safe_psql('nir', "SELECT pg_create_logical_replication_slot('stream_$form', 'pgoutput')");
	$node->safe_psql("stream_$form", qq{
		CREATE SUBSCRIPTION stream_$form CONNECTION '@{[ $node->connstr ]} dbname=nir' PUBLICATION carried
			WITH (create_slot = false, slot_name = 'stream_$form', binary = $binary{$form})});
}
foreach my $form (sort keys %binary)
{
	ok($node->poll_query_until("stream_$form", q{SELECT count(*) = 1 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel}), "replication, $form: the table is copied");
}
$node->safe_psql('nir', $others);
$node->safe_psql('nir', 'UPDATE public.held SET i = 8 WHERE id = 12; UPDATE public.held SET i = 7 WHERE id = 12');
foreach my $form (sort keys %binary)
{
	$node->wait_for_catchup("stream_$form");
	carried("replication, $form", $node, "stream_$form");
	$node->safe_psql("stream_$form", "DROP SUBSCRIPTION stream_$form");
	$node->safe_psql('postgres', "DROP DATABASE stream_$form");
}
carried('replication, where it came from', $node, 'nir');
$node->safe_psql('nir', 'DROP PUBLICATION carried');

# ---- a dump where nir is not in force ----

my %absent = (
	'not preloaded' => "shared_preload_libraries = ''\n",
	'not known' => "shared_preload_libraries = ''\nextension_destdir = ''\ndynamic_library_path = '\$libdir'\n");
foreach my $how (sort keys %absent)
{
	my $bare = nir_node('bare_' . ($how =~ s/ /_/gr), preload => 0, conf => $absent{$how});
	my $shown = '';

	$bare->safe_psql('postgres', 'CREATE ROLE regress_app LOGIN; CREATE DATABASE nir TEMPLATE template0');
	foreach my $form ('plain', 'inserts')
	{
		my ($out, $err);

		$bare->psql('nir', slurp_file("$folder/$form"), stdout => \$out, stderr => \$err, on_error_stop => 0);
		like($err, qr/ERROR/, "$how: the restore of $form says that it failed");
		foreach my $ask ('SELECT * FROM public.held', 'SELECT t::text FROM public.held', 'COPY public.held TO STDOUT', 'COPY public.held TO STDOUT (FORMAT binary)')
		{
			$bare->psql('nir', $ask, stdout => \$out, stderr => \$err);
			$shown .= $out . $err;
		}
	}
	unlike($shown, qr/hemmelig|29923650081|202000000003|1994-06-12/, "$how: no value is shown");
	$bare->stop;
}

# ---- pg_upgrade ----

my $bindir = $node->config_data('--bindir');
my $upgraded = PostgreSQL::Test::Cluster->new('upgraded');
$upgraded->init;
$upgraded->append_conf('postgresql.conf', slurp_file('test/nir.conf')) unless defined $ENV{TEMP_CONFIG};
foreach my $form (sort keys %dump)
{
	$node->safe_psql('postgres', "DROP DATABASE from_$form");
}
$node->stop;
mkdir "$folder/upgrade";
my $here = Cwd::getcwd();
chdir "$folder/upgrade";
command_ok([ 'pg_upgrade', '--no-sync', '-b', $bindir, '-B', $bindir, '-d', $node->data_dir, '-D', $upgraded->data_dir,
		'-p', $node->port, '-P', $upgraded->port, '-s', $node->host ], 'pg_upgrade');
chdir $here;
$upgraded->start;
carried('pg_upgrade', $upgraded, 'nir');
guarded('pg_upgrade', $upgraded, 'nir');

# ---- a data directory whose server has lost the library ----

$upgraded->append_conf('postgresql.conf', "shared_preload_libraries = ''");
$upgraded->restart;
my $superuser = $upgraded->safe_psql('nir', 'SELECT current_user');
foreach my $column (@columns)
{
	is(sqlstate($upgraded, 'nir', $superuser, "SELECT $column FROM public.held WHERE $column IS NOT NULL"), 'NR001',
		"without the library, even a superuser is refused column $column");
}
is(sqlstate($upgraded, 'nir', $superuser, 'COPY public.held TO STDOUT'), 'NR001', '... and COPY');
$upgraded->stop;

done_testing();
