# A library that was not there when the session started protects nothing, so
# nothing may be read or installed: CREATE EXTENSION, the context, input and
# output of tagged values all end with NR001, and nothing is left half done.
# session_preload_libraries is early enough.

use strict;
use warnings FATAL => 'all';

use NirNode;
use Test::More;

my $node = nir_node('late');
create_nir($node, 'kept');
$node->safe_psql('kept', q{
	CREATE ROLE reader LOGIN;
	SELECT nir.bind_role('reader', '0301', purposes => '{b}');
	CREATE TABLE note (id int, content nir.tagged_text(b));
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

# a session that loads it at its start
$node->append_conf('postgresql.conf', "session_preload_libraries = 'nir'");
$node->reload;
is(value_as($node, 'kept', 'reader', "BEGIN; $context SELECT content FROM note"), 'content', 'session_preload_libraries is early enough');
is(sqlstate($node, 'kept', 'reader', 'SELECT content FROM note'), 'NR010', '... and the checks are in force');

$node->stop;
done_testing();
