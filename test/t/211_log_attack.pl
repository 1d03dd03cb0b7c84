# Ways round the access log: statements that end badly, refusals that nobody
# reports, names and clients in other encodings, a cut that is written over,
# copies of the cluster and of the database, and a ring and a disk that are full.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('attacked', conf => "nir.keyring_file = '$folder/keyring'\nnir.access_log_timeout = 200\nwal_level = replica\nmax_wal_senders = 4\n");
my $spool = $node->data_dir . '/nir_spool';

create_nir($node, 'postgres');
$node->safe_psql('postgres', q{
	SELECT nir.create_keyring();
	CREATE ROLE app LOGIN;
	CREATE ROLE officer LOGIN;
	GRANT nir_dpo TO officer;
	CREATE TABLE note (id int, note nir.tagged_text(b,d), other nir.tagged_text(b));
	GRANT ALL ON note TO app;
	SELECT nir.bind_role('app', '0301', purposes => '{b,d}');
});

sub declared
{
	my ($mark, $purpose) = @_;

	return sprintf(q{DO $$ BEGIN PERFORM nir.begin_processing('%s', '0301', 'worker 7', '%s'); END $$;}, $purpose // 'b', $mark);
}

sub as_app
{
	my ($on, $database, $mark, $sql, $purpose) = @_;

	return value_as($on, $database, 'app', 'BEGIN; ' . declared($mark, $purpose) . " $sql; COMMIT");
}

# Until what is in the spool is in the table: the mark of a statement of our own arrives.
my $settled = 0;
sub settle
{
	my ($on, $database) = @_;
	my $mark = 'settled ' . ++$settled;

	$database //= 'postgres';
	as_app($on, $database, $mark, 'SELECT count(*) FROM note');
	$on->poll_query_until($database, "SELECT count(*) = 2 FROM nir.access_log i JOIN nir.access_log l USING (session, statement) WHERE i.case_ref = '$mark'")
	  or die 'the log did not arrive';
}

sub logged
{
	my ($on, $what, $columns, $database) = @_;

	settle($on, $database);
	return $on->safe_psql($database // 'postgres', "SELECT $columns FROM nir.access_log WHERE $what ORDER BY log_id");
}

sub findings
{
	my ($on, $database) = @_;

	return $on->safe_psql($database // 'postgres', q{SELECT string_agg(finding, E'\n') FROM nir.verify_access_log()});
}

# How many rows the log says that the statements of a case gave.
sub rows_given
{
	my ($mark) = @_;

	settle($node);
	return $node->safe_psql('postgres', qq{
		SELECT string_agg(coalesce(c.rows::text, 'none'), ' ' ORDER BY i.log_id) FROM nir.access_log i
		LEFT JOIN nir.access_log c ON c.session = i.session AND c.statement = i.statement AND c.kind = 'completion' WHERE i.case_ref = '$mark'});
}

# ---- the log of a new database may be about to be restored ----

$node->safe_psql('postgres', 'SELECT count(*) FROM note');
$node->poll_query_until('postgres', q{SELECT last_success IS NOT NULL AND state = 'resting' FROM nir.worker WHERE database = 'postgres' AND job = 'access log'})
  or die 'the worker does not come to rest';
is($node->safe_psql('postgres', 'SELECT count(*) FROM nir.access_log'), '0', 'what administrators do in a new database waits');
settle($node);
is($node->safe_psql('postgres', q{SELECT string_agg(kind, ' ' ORDER BY log_id) FROM nir.access_log WHERE kind IN ('act', 'privileged')}), 'act privileged', '... until somebody works there');

# ---- rows that were given before something failed ----

as_app($node, 'postgres', 'fill', q{INSERT INTO note SELECT i, 'n', 'o' FROM generate_series(1, 3000) i});
sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('fails') . ' SELECT note, 1 / (id - 2500) FROM note');
is(rows_given('fails'), '2499', 'rows are counted up to the error');
sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('cancelled') . q{ SELECT note, CASE WHEN id = 2900 THEN pg_cancel_backend(pg_backend_pid()) END, CASE WHEN id = 2900 THEN pg_sleep_for('1min') END FROM note});
is(rows_given('cancelled'), '2899', '... up to where it was cancelled');
sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('ended') . q{ SELECT note, CASE WHEN id = 2900 THEN pg_terminate_backend(pg_backend_pid()) END FROM note});
cmp_ok(rows_given('ended'), '>=', 2899, '... or the session ended');
sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('fetched') . q{ DECLARE c CURSOR FOR SELECT note, 1 / (id - 30) FROM note; FETCH 20 FROM c; FETCH 20 FROM c});
is(rows_given('fetched'), '29', '... or a later FETCH failed');
as_app($node, 'postgres', 'copied', 'COPY note TO STDOUT; COPY (SELECT note FROM note LIMIT 7) TO STDOUT');
is(rows_given('copied'), '3000 7', 'COPY is completed, too');
sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('copy fails') . " COPY note (id, note) FROM STDIN;\n1\tx\n2\tx\nthree\tx\n\\.\n");
like(rows_given('copy fails'), qr/^\d+$/, '... also where it fails');
$node->safe_psql('postgres', q{SELECT id FROM note LIMIT 11});
is(logged($node, q{kind = 'completion' AND (session, statement) IN (SELECT session, statement FROM nir.access_log WHERE kind = 'privileged' AND relations LIKE '%note select')}, 'rows'), "1\n11", '... and what a superuser reads');
$node->safe_psql('postgres', q{CREATE TABLE by_policy (note nir.tagged_text(b)); INSERT INTO by_policy VALUES ('x'), ('y'); GRANT SELECT ON by_policy TO app;
	ALTER TABLE by_policy ENABLE ROW LEVEL SECURITY; CREATE POLICY all_rows ON by_policy FOR SELECT USING (true)});
as_app($node, 'postgres', 'by policy', 'COPY by_policy TO STDOUT');
is(rows_given('by policy'), '2', 'COPY that becomes a query is one statement');

# ---- refusals that nobody reports ----

as_app($node, 'postgres', 'caught', q{DO $$ BEGIN PERFORM other FROM note; EXCEPTION WHEN OTHERS THEN NULL; END $$}, 'd');
is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('e', '0301')}), 'NR012', 'a purpose is refused');
value_as($node, 'postgres', 'app', q{DO $$ BEGIN FOR i IN 1 .. 3 LOOP BEGIN PERFORM nir.begin_processing(chr(100 + i), '0301'); EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$});
is(logged($node, q{kind = 'refused' AND sqlstate = 'NR012'}, 'session_role, role') =~ tr/\n// + 1, 4, 'refusals that were caught are logged, too');
is(sqlstate($node, 'postgres', 'app', q{DO $$ BEGIN PERFORM nir.begin_processing('d', '0301', 'worker 7', 'first'); BEGIN PERFORM other FROM note; EXCEPTION WHEN OTHERS THEN NULL; END; PERFORM nir.begin_processing('e', '0301'); END $$}), 'NR012', 'one refusal is caught, the next not');
is(logged($node, q{kind = 'refused' AND case_ref = 'first'}, 'sqlstate'), "NR020\nNR012", '... and each is logged, with who acted');
$node->safe_psql('postgres', 'CREATE ROLE stranger LOGIN');
is(sqlstate($node, 'postgres', 'stranger', q{BEGIN; SELECT nir.begin_processing('b', '0301')}), 'NR011', 'who is bound to nothing is refused');
is(logged($node, q{kind = 'refused' AND sqlstate = 'NR011'}, 'session_role, role'), 'stranger|stranger', '... and named');
$node->safe_psql('postgres', 'ALTER SYSTEM SET log_min_messages = fatal');
$node->reload;
is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('d', '0301', 'worker 7', 'quiet'); SELECT nir.begin_processing('e', '0301')}), 'NR012', 'where the server log takes no errors');
is(logged($node, q{kind = 'refused' AND case_ref = 'quiet'}, 'sqlstate'), 'NR012', '... the access log does');
$node->safe_psql('postgres', 'ALTER SYSTEM RESET log_min_messages');
$node->reload;

# ---- acts ----

$node->safe_psql('postgres', 'BEGIN; TRUNCATE nir.role_binding; ROLLBACK; BEGIN; UPDATE nir.relation_access SET purposes = purposes; ROLLBACK');
is(logged($node, q{kind = 'act' AND object ~ '^truncate|relation_access'}, 'object'), "truncate nir.role_binding\nupdate nir.relation_access", 'bindings thrown away and access written by hand are acts');

# ---- who the worker is, and what code it may be made to run ----

settle($node);
is($node->safe_psql('postgres', q{SELECT DISTINCT usename FROM pg_stat_activity WHERE backend_type = 'nir worker' AND datname = 'postgres'}), 'nir_worker', 'the worker is no superuser');
$node->safe_psql('postgres', q{
	CREATE TABLE caught (what text);
	GRANT INSERT ON caught TO PUBLIC;
	CREATE FUNCTION catch() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		PERFORM set_config('session_authorization', (SELECT rolname FROM pg_roles WHERE oid = 10), true);
		INSERT INTO public.caught VALUES (current_user);
		RETURN NEW;
	EXCEPTION WHEN OTHERS THEN
		INSERT INTO public.caught VALUES (SQLSTATE || ' ' || current_user);
		RETURN NEW;
	END $$;
	CREATE TRIGGER catch BEFORE INSERT ON nir.access_log FOR EACH ROW EXECUTE FUNCTION catch()});
settle($node);
$node->safe_psql('postgres', 'DROP TRIGGER catch ON nir.access_log');
is($node->safe_psql('postgres', 'SELECT DISTINCT what FROM caught ORDER BY 1'), '42501 nir_worker', 'code that it runs cannot become its superuser');

# ---- other encodings ----

value_as($node, 'postgres', 'app', q{SET client_encoding = 'UTF8'; BEGIN; SELECT nir.begin_processing('b', '0301', E'Bj\u00F8rn \u0416', E'\u20AC'); SELECT count(*) FROM note; COMMIT});
settle($node);
foreach my $encoding (qw(UTF8 EUC_JP KOI8R))
{
	is(value_as($node, 'postgres', 'officer', "SET client_encoding = '$encoding'; SELECT count(*) FROM nir.verify_access_log()"), '0', "a client with $encoding finds the log whole");
}
$node->safe_psql('postgres', q{CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0});
$node->safe_psql('latin', qq{SET client_encoding = 'LATIN1'; CREATE ROLE "sm\xF8r" LOGIN; GRANT app TO "sm\xF8r"});
value_as($node, 'postgres', "sm\xF8r", 'BEGIN; SET ROLE app; ' . declared('other encoding') . ' SELECT count(*) FROM note; COMMIT');
is(logged($node, q{case_ref = 'other encoding'}, 'session_role'), 'sm\xf8r', 'a role named in the encoding of another database is told in this one\'s');

# ---- a dump, restored ----

$node->safe_psql('postgres', q{CREATE SCHEMA before; CREATE TABLE before.note AS SELECT n.* FROM note n, generate_series(1, 30)});
settle($node);
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/log.dump", $node->connstr('postgres') ], 'the database is dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('restored'), "$folder/log.dump" ], '... and restored, though data comes before the log');
is(logged($node, q{case_ref = 'fill'}, 'kind', 'restored'), 'intent', '... with its log');
is($node->safe_psql('restored', q{SELECT count(*) > 0 FROM nir.access_log WHERE kind = 'privileged' AND relations ~ '^before.note'}), 't', '... to which what restored it is added');
is(findings($node, 'restored'), '', '... and which is whole');
$node->safe_psql('postgres', 'DROP TABLE before.note; DROP SCHEMA before');

# ---- who verifies while the log grows ----

my $reader = $node->background_psql('postgres');
$reader->query_safe('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM nir.access_log');
settle($node);
is($reader->query_safe('SELECT count(*) FROM nir.verify_access_log()'), '0', 'a snapshot that is older than the newest batch finds nothing wrong');
$reader->quit;

# ---- copies of the cluster ----

$node->backup('copy');
$node->restart;
settle($node);
settle($node);
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'copy', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
$standby->promote;
settle($standby);
is($standby->safe_psql('postgres', q{SELECT string_agg(kind, ' ') FROM nir.access_log WHERE case_ref = 'fill'}), 'intent', 'a standby made before the primary was restarted has each record once');
is(findings($standby), '', '... and a whole chain');
$standby->stop;

# ---- more databases than the ring remembers ----

foreach my $number (1 .. 34)
{
	$node->safe_psql('postgres', "CREATE DATABASE many_$number TEMPLATE restored");
	as_app($node, "many_$number", "in $number", 'SELECT count(*) FROM note');
}
is(logged($node, q{case_ref ~ '^in '}, 'case_ref', 'many_1'), 'in 1', 'a database that was forgotten for others goes on');
is(findings($node, 'many_1'), '', '... with a whole chain');
$node->safe_psql('postgres', "DROP DATABASE many_$_") foreach 1 .. 34;

# ---- a full ring, and a disk that takes nothing ----

as_app($node, 'postgres', 'storm', q{DO $$ BEGIN FOR i IN 1 .. 12000 LOOP BEGIN PERFORM nir.begin_processing('e', '0301'); EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $$; SELECT count(*) FROM note});
is(logged($node, q{kind = 'refused' AND case_ref = 'storm'}, 'count(*) OVER ()') =~ s/\n.*//sr, '12000', 'more refusals than the ring has room for are all logged');
my ($file) = map { $_->[0] } sort { $b->[1] <=> $a->[1] } map { [ $_, -M $_ ] } glob("$spool/" . $node->safe_psql('postgres', q{SELECT oid FROM pg_database WHERE datname = 'postgres'}) . '.0*');
chmod(0400, $file) or die "chmod: $!";
is(sqlstate($node, 'postgres', 'app', 'BEGIN; ' . declared('full') . ' SELECT note FROM note'), 'NR060', 'where the disk takes nothing a statement is refused');
is(sqlstate($node, 'restored', 'app', 'BEGIN; ' . declared('full') . ' SELECT note FROM note'), 'NR060', '... in every database');
is(sqlstate($node, 'postgres', 'app', q{BEGIN; SELECT nir.begin_processing('e', '0301')}), 'NR012', '... and a refusal remains one');
chmod(0600, $file) or die "chmod: $!";
is(logged($node, q{case_ref = 'full' AND kind = 'intent'}, 'session_role'), 'app', '... and is written when it takes them again');
is(findings($node), '', '... with a whole chain');

# ---- damage in the spool ----

$node->safe_psql('postgres', q{ALTER SYSTEM SET nir.keyring_file = ''});
$node->restart;
as_app($node, 'postgres', "damaged $_", 'SELECT count(*) FROM note') foreach 1 .. 3;
$node->stop('immediate');
($file) = (sort { $a cmp $b } grep { slurp_file($_) =~ /damaged 2/ } glob("$spool/*.0*"))[0];
my $bytes = slurp_file($file);
$bytes =~ s/damaged 2/damaged X/;
open(my $out, '>:raw', $file) or die "$file: $!";
print $out $bytes;
close($out);
$node->start;
$node->safe_psql('postgres', 'ALTER SYSTEM RESET nir.keyring_file');
$node->restart;
is(logged($node, q{case_ref ~ '^damaged' OR kind = 'lost'}, 'kind, case_ref'), "intent|damaged 1\nlost|\nintent|damaged 3", 'what follows damage is not lost with it');
like(findings($node), qr/^the writer found a loss: \d+\.[0-9a-f]+\.[0-9a-f]+$/, '... and the damage is told');

# ---- the end cut off, and written over ----

settle($node);
$node->safe_psql('postgres', q{DELETE FROM nir.access_log_batch WHERE batch = (SELECT max(batch) FROM nir.access_log_batch); DELETE FROM nir.access_log l WHERE NOT EXISTS (SELECT FROM nir.access_log_batch b WHERE b.batch = l.batch)});
settle($node);
like(findings($node), qr/^the writer found a loss: the log did not end with batch/m, 'a cut is told of also when the log has gone on');
$node->safe_psql('postgres', 'DROP TABLE note, by_policy; DROP EXTENSION nir; CREATE EXTENSION nir; CREATE TABLE note (id int, note nir.tagged_text(b)); GRANT ALL ON note TO app');
$node->safe_psql('postgres', q{SELECT nir.bind_role('app', '0301', purposes => '{b}')});
settle($node);
like(findings($node), qr/^the writer found a loss: the log did not end with batch \d+ any more, as it was written$/, '... and so is a log that was dropped with the extension');

$node->stop;
done_testing();
