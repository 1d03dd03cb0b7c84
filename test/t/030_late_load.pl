# A library that was not there when the session started protects nothing, so
# nothing may be read or installed: CREATE EXTENSION, the context, input and
# output of tagged values all end with NR001, and nothing is left half done.
# session_preload_libraries is early enough.

use strict;
use warnings FATAL => 'all';

use IPC::Run ();
use NirNode;
use Test::More;

my $node = nir_node('late');
create_nir($node, 'kept');
$node->safe_psql('kept', q{
	CREATE ROLE owner LOGIN;
	CREATE ROLE reader LOGIN;
	SELECT nir.bind_role('reader', '0301', purposes => '{b}');
	CREATE TABLE note (id int, content nir.tagged_text(b));
	CREATE TABLE governed (id int, unit nir.unit, note nir.tagged_text(d));
	SELECT count(*) FROM nir.govern('governed', 'settlement_wish', 'unit');
	INSERT INTO note VALUES (1, 'content');
	GRANT SELECT, INSERT ON note TO reader;
});
my $context = q{DO $$ BEGIN PERFORM nir.begin_processing('b', '0301'); END $$;};
is(value_as($node, 'kept', 'reader', "BEGIN; $context SELECT content FROM note"), 'content', 'with nir preloaded the reader reads');

$node->append_conf('postgresql.conf', "shared_preload_libraries = ''");
$node->restart;

# installing
is(sqlstate($node, 'postgres', scalar(getpwuid($<)), 'CREATE EXTENSION nir CASCADE'), 'NR001', 'CREATE EXTENSION without preload');
is($node->safe_psql('postgres', q{
	SELECT (SELECT count(*) FROM pg_extension WHERE extname IN ('nir', 'pgcrypto')) + (SELECT count(*) FROM pg_namespace WHERE nspname = 'nir')
}), '0', '... leaves nothing behind');

# using
is(sqlstate($node, 'kept', 'reader', "BEGIN; SELECT nir.begin_processing('b', '0301')"), 'NR001', 'begin_processing without preload');
is(sqlstate($node, 'kept', 'reader', 'SELECT content FROM note'), 'NR001', 'reading a tagged value without preload');
is(sqlstate($node, 'kept', 'reader', 'SELECT content::text FROM note'), 'NR001', '... through a cast');
is(sqlstate($node, 'kept', 'reader', 'SELECT left(content, 1) FROM note ORDER BY content'), 'NR001', '... through a function');
is(sqlstate($node, 'kept', 'reader', 'COPY note TO STDOUT'), 'NR001', '... through COPY');
is(sqlstate($node, 'kept', 'reader', "INSERT INTO note VALUES (2, 'more')"), 'NR001', 'writing a tagged value without preload');
is(sqlstate($node, 'kept', scalar(getpwuid($<)), "LOAD 'nir'; SELECT content FROM note"), 'NR001', 'LOAD in the session is too late, for a superuser too');

# What is defined while the library is not there, nothing refuses; nir.lint()
# names it afterwards, so that nothing hangs on the hooks alone.
my @behind = (
	[ no_purpose => 'CREATE TABLE public.bare (note nir.tagged_text)' ],
	[ tagged_key => 'CREATE TABLE public.referred (i nir.tagged_int(b) PRIMARY KEY); CREATE TABLE public.refers (i nir.tagged_int(b) REFERENCES public.referred)' ],
	[ kept_values => 'CREATE STATISTICS public.kept (mcv) ON id, content FROM public.note' ],
	[ foreign_code => q{CREATE FUNCTION public.spy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; ALTER FUNCTION public.spy() OWNER TO owner;
		CREATE TRIGGER spy BEFORE UPDATE ON public.governed FOR EACH ROW EXECUTE FUNCTION public.spy()} ],
	[ foreign_code => q{CREATE FUNCTION public.peep(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'; ALTER FUNCTION public.peep(int) OWNER TO owner;
		CREATE INDEX peeped ON public.note (public.peep(id))} ],
	[ foreign_code => q{CREATE DOMAIN public.spied AS int CHECK (VALUE <> 7); ALTER DOMAIN public.spied OWNER TO owner; CREATE INDEX spied ON public.governed ((id::public.spied))} ],
	[ rule => 'CREATE RULE spy AS ON DELETE TO public.governed DO ALSO NOTHING' ],
	[ foreign_policy => 'CREATE POLICY nir_x ON public.governed USING (true)' ],
	[ foreign_cast => q{CREATE FUNCTION public.lie(jsonb) RETURNS nir.tagged_text LANGUAGE sql AS 'SELECT NULL::nir.tagged_text'; CREATE CAST (jsonb AS nir.tagged_text) WITH FUNCTION public.lie(jsonb)} ],
	[ ungoverned_parent => 'CREATE TABLE public.parent (id int); ALTER TABLE public.governed INHERIT public.parent' ],
	[ no_row_security => 'ALTER TABLE public.governed NO FORCE ROW LEVEL SECURITY' ]);
$node->safe_psql('kept', $_->[1]) foreach @behind;

# a session that loads it at its start
$node->append_conf('postgresql.conf', "session_preload_libraries = 'nir'");
$node->reload;
is(value_as($node, 'kept', 'reader', "BEGIN; $context SELECT content FROM note"), 'content', 'session_preload_libraries is early enough');
is(sqlstate($node, 'kept', 'reader', 'SELECT content FROM note'), 'NR010', '... and the checks are in force');
my %expected;
$expected{ $_->[0] }++ foreach @behind;
foreach my $finding (sort keys %expected)
{
	is($node->safe_psql('kept', "SELECT count(*) FROM nir.lint() WHERE name = '$finding'"), $expected{$finding}, "nir.lint() names what was made behind its back: $finding");
}
like($node->safe_psql('kept', q{SELECT string_agg(name, ',') FROM nir.doctor()}), qr/session_preload/, 'nir.doctor() says that session_preload_libraries is not enough');

# Before the library is there its settings are anybody's.  What a client puts into
# their place would go when the library comes, and take along what the
# configuration says; so such a session does not begin.
$node->safe_psql('kept', 'CREATE ROLE bypass LOGIN BYPASSRLS; GRANT SELECT ON note TO bypass');
$node->append_conf('postgresql.conf', "nir.privileged_access = 'deny'");
$node->reload;
is(sqlstate($node, 'kept', 'bypass', 'SELECT content FROM note'), 'NR027', 'privileged access is denied');
foreach my $option ('nir.context=16384|2|0|30333031|6d756e69636970616c697479||', 'nir.broken_glass=x', 'nir.identity_mode=test', 'nir.privileged_access=allow', 'NIR.Privileged_Access=log')
{
	foreach my $user ('reader', 'bypass')
	{
		local $ENV{PGOPTIONS} = "-c $option";
		my ($out, $err) = ('', '');

		# not by its standard input, which nobody may be left to read
		ok(!IPC::Run::run([ 'psql', '-X', '-A', '-t', '-d', $node->connstr('kept'), '-U', $user, '-c', 'SELECT content FROM note' ], '<', \undef, '>', \$out, '2>', \$err), "$user with $option");
		like("$out$err", qr/\A[^\n]*FATAL:[^\n]*parameter "\S+" cannot be set before nir is loaded[^\n]*\n(?!.*content)/s, '... does not get in');
	}
}

$node->stop;
done_testing();
