# Any bytes of any length: what the receive and the input functions of every
# type are given is stored or refused with an error of bad data that does not
# repeat it, and what was stored can be read, copied, sorted, hashed, analyzed
# and indexed.  The same for datums that were damaged on disk, of which
# comparison and hash may never raise.
#
# The bytes come from a seeded generator: SEED and DATUMS in the environment
# change them.

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{SEED} // 1;
my $datums = $ENV{DATUMS} // 2000;
my %type = (
	t => 'nir.tagged_text(a)', n => 'nir.tagged_numeric(a)', d => 'nir.tagged_date(a)', i => 'nir.tagged_int(a)',
	b => 'nir.tagged_bool(a)', f => 'nir.fnr(a)', u => 'nir.duf(a)', o => 'nir.orgnr', k => 'nir.unit', p => 'nir.purposes');
my @columns = sort keys %type;
my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('bytes');

srand($seed);
create_nir($node, 'nir');
$node->safe_psql('nir', 'CREATE EXTENSION amcheck; CREATE SCHEMA given;'
	. join('', map { "CREATE TABLE given.$_ (v $type{$_}); CREATE TABLE given.${_}_again (v $type{$_});" } @columns));

sub put_file
{
	my ($path, $bytes) = @_;

	open(my $file, '>:raw', $path) or die "could not write $path: $!";
	print $file $bytes;
	close($file) or die "could not write $path: $!";
}

# ---- what is given ----

my $any = join('', map { chr } 0 .. 255);
my @likely = ('0123456789', '0123456789.eE+- naif', 'abcdefx,-{} ', "aZ\xc3\xa6\xf0\x9f\x98\x80\xff\\%_\t ", "\0\0\0\1\2\xff\x7f\x80", $any);
my @lengths = (0, 1, 2, 4, 4, 6, 8, 9, 11, 11, 12, 12);

sub draw { return join('', map { substr($_[0], rand length $_[0], 1) } 1 .. $_[1]) }

# most are short or of a length that some type has; a few are long
sub any_bytes
{
	my $kind = rand 40;

	return draw($any, 3000) if $kind < 1;
	return draw($likely[rand @likely], int rand 40) if $kind < 15;
	return draw($likely[rand @likely], $lengths[rand @lengths]);
}

# the wire format of a numeric: count, weight, sign, scale, digits
sub any_numeric
{
	my $count = int rand 6;
	my $weight = (0, 1, -1, -2, 5, 32767, -32768)[rand 7];
	my $sign = (0, 0, 0x4000, 0xC000, 0xD000, 0xF000, int rand 65536)[rand 7];
	my $scale = (0, 0, 2, 4, 16383, int rand 65536)[rand 6];
	my $bytes = pack('n n n n n*', $count, $weight & 0xffff, $sign, $scale, map { int rand(rand(8) < 1 ? 65536 : 10000) } 1 .. $count);

	return rand(10) < 1 ? substr($bytes, 0, rand length $bytes) : $bytes;
}

my @plan;
foreach my $number (1 .. $datums)
{
	my $column = $columns[rand @columns];
	my $bytes = $column eq 'n' && rand(2) < 1 ? any_numeric() : any_bytes();

	put_file("$folder/$number.bin", "PGCOPY\n\xff\r\n\0" . pack('N N n N', 0, 0, 1, length $bytes) . $bytes . pack('n', 0xffff));
	put_file("$folder/$number.txt", $bytes . "\n");
	push @plan, "($number, '$column', '\\x" . unpack('H*', $bytes) . "')";
}

# ---- given in both formats ----

# A message may not hold four or more of the bytes in a row, as they are or in
# hexadecimal.
$node->safe_psql('nir', q{
	CREATE TABLE given.plan (number int, kind text, bytes bytea);
	CREATE TABLE given.outcome (number int, kind text, format text, code text, said text, hint text);
	CREATE FUNCTION given.repeats(said text, bytes bytea) RETURNS boolean LANGUAGE sql AS $$
		SELECT coalesce(bool_or(position(substr(bytes, at, 4) IN convert_to(said, 'UTF8')) > 0), false)
		FROM generate_series(1, least(length(bytes), 64) - 3) AS at
		WHERE substr(bytes, at, 4)::text ~ '^\\\\x(3[0-9]|[46][1-9a-f]|[57][0-9a]){4}'
	$$;
	CREATE PROCEDURE given.give(folder text) LANGUAGE plpgsql AS $$
	DECLARE
		one given.plan;
		format text;
		message text; detail text; hint text;
	BEGIN
		FOR one IN SELECT * FROM given.plan ORDER BY number LOOP
			FOREACH format IN ARRAY '{bin,txt}'::text[] LOOP
				BEGIN
					EXECUTE format('COPY given.%I FROM %L (FORMAT %s)', one.kind, folder || '/' || one.number || '.' || format,
						CASE format WHEN 'bin' THEN 'binary' ELSE 'text' END);
					INSERT INTO given.outcome VALUES (one.number, one.kind, format, '00000', '', '');
				EXCEPTION WHEN OTHERS THEN
					GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
					INSERT INTO given.outcome VALUES (one.number, one.kind, format, SQLSTATE, message || detail, hint);
				END;
			END LOOP;
		END LOOP;
	END $$;
});
$node->safe_psql('nir', 'INSERT INTO given.plan VALUES ' . join(', ', @plan));
$node->safe_psql('nir', "SET client_min_messages = error; CALL given.give('$folder')");

sub value { return $node->safe_psql('nir', $_[0]) }

is(value('SELECT count(*) FROM given.outcome'), 2 * $datums, "the server survived $datums datums in two formats, seed $seed");
is(value(q{SELECT kind, format, number, code, said FROM given.outcome
	WHERE code !~ '^(00000|22...|08P01|NR...)$' ORDER BY number LIMIT 10}), '', 'every refusal says that the data is bad');
is(value(q{SELECT o.kind, o.format, o.number, o.said FROM given.outcome AS o JOIN given.plan USING (number)
	WHERE given.repeats(o.said, bytes) ORDER BY number LIMIT 10}), '', 'no message repeats what was given');
is(value(q{SELECT kind FROM given.outcome GROUP BY kind HAVING count(DISTINCT hint) > 8}), '', 'hints are constants');
is(value(q{SELECT given.repeats('not a number: "12345"', '123x45'), given.repeats('not a number: "12345"', '\x3132333435')}), 'f|t', 'a message that repeats is seen');
cmp_ok(value(q{SELECT count(*) FROM given.outcome WHERE code = '00000'}), '>=', $datums / 20, 'some of it was stored');
cmp_ok(value(q{SELECT count(*) FROM given.outcome WHERE code <> '00000'}), '>=', $datums / 2, 'most of it was refused');

# ---- what was stored ----

foreach my $column (@columns)
{
	my $table = "given.$column";

	$node->safe_psql('nir', qq{
		COPY $table TO '$folder/$column.bin' (FORMAT binary);
		COPY ${table}_again FROM '$folder/$column.bin' (FORMAT binary);
		CREATE INDEX ${column}_btree ON $table (v);
		CREATE INDEX ${column}_hash ON $table USING hash (v);
		ANALYZE $table;
		REINDEX TABLE $table});
	is(value(qq{
		SET client_min_messages = warning;
		SELECT bt_index_check('given.${column}_btree', true);
		SELECT count(*) FROM (SELECT v, lag(v) OVER (ORDER BY v) AS before FROM $table) AS s WHERE before > v;
		SET enable_seqscan = off;
		SELECT count(*) FROM (SELECT DISTINCT v FROM $table) AS s WHERE v IS NOT NULL AND NOT EXISTS (SELECT FROM $table AS t WHERE t.v = s.v);
		SELECT (SELECT array_agg(v::text ORDER BY v::text COLLATE "C") FROM $table) IS NOT DISTINCT FROM
			(SELECT array_agg(v::text ORDER BY v::text COLLATE "C") FROM ${table}_again)}),
		"\n0\n0\nt", "$type{$column}: what was stored is sorted, indexed, found and copied");
}

# ---- damaged datums ----

# The casts that relabel bytes are a superuser's; they stand for a page that
# was overwritten.
sub damaged
{
	my ($type, $base, $expression) = @_;
	my $order = $type eq 'nir.tagged_text' ? ' COLLATE "C"' : '';

	return qq{
		CREATE CAST ($base AS $type) WITHOUT FUNCTION;
		CREATE TEMP VIEW damaged AS SELECT (e.v)::$type AS v FROM
			(SELECT $expression AS v FROM (SELECT n, md5(n || ' $seed') AS h FROM generate_series(1, 500) AS n OFFSET 0) AS s OFFSET 0) AS e;
		SELECT count(*) FROM (SELECT v, lag(v) OVER (ORDER BY v$order) AS before FROM damaged) AS s WHERE before > v;
		SELECT count(*) > 1 FROM (SELECT v FROM damaged ORDER BY v OFFSET 0) AS s;
		SELECT count(DISTINCT v) > 1 FROM damaged;
		SET enable_sort = off;
		SELECT count(*) > 1 FROM (SELECT v FROM damaged GROUP BY v OFFSET 0) AS s;
		RESET enable_sort;
		SET enable_mergejoin = off; SET enable_nestloop = off;
		SELECT count(*) >= 500 FROM damaged AS a JOIN damaged AS b USING (v);
		DROP VIEW damaged;
		DROP CAST ($base AS $type)};
}

foreach my $type (qw(nir.fnr nir.duf nir.orgnr nir.tagged_date nir.tagged_int nir.tagged_bool))
{
	is(value(damaged($type, 'pg_lsn', q{overlay(substr(h, 1, 16) PLACING '/' FROM 9 FOR 0)::pg_lsn})), "0\nt\nt\nt\nt", "$type: damaged datums are compared and hashed");
}
foreach my $type (qw(nir.unit nir.purposes))
{
	is(value(damaged($type, 'oid', q{('x' || h)::bit(32)::int8::oid})), "0\nt\nt\nt\nt", "$type: damaged datums are compared and hashed");
}
foreach my $type (qw(nir.tagged_text nir.tagged_numeric))
{
	# numerics whose digits are none have no order, the server's neither
	my $order = $type eq 'nir.tagged_numeric' ? qr/\d+/ : qr/0/;

	like(value(damaged($type, 'bytea', q{substr(decode(h || h, 'hex'), 1, n % 32)})), qr/\A$order\nt\nt\nt\nt\z/, "$type: damaged datums are compared and hashed");
}
unlike(slurp_file($node->logfile), qr/terminated by signal|PANIC|TRAP:/, 'no process was lost');
$node->stop;
done_testing();
