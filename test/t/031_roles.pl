# What somebody prepared before CREATE EXTENSION: a role with the name of a
# group role that can log in or has powers, or a schema nir.  Each makes it
# fail with nothing half done; a plain role left by another database does not.

use strict;
use warnings FATAL => 'all';

use NirNode;
use Test::More;

my $node = nir_node('roles');
my $superuser = getpwuid($<);
my $nothing = q{
	SELECT (SELECT count(*) FROM pg_extension WHERE extname IN ('nir', 'pgcrypto')),
		(SELECT count(*) FROM pg_namespace WHERE nspname = 'nir' AND nspowner = 10),
		(SELECT count(*) FROM pg_roles WHERE rolname LIKE 'nir\_%')
};

foreach my $attribute (qw(LOGIN SUPERUSER CREATEROLE CREATEDB REPLICATION BYPASSRLS))
{
	$node->safe_psql('postgres', "CREATE ROLE nir_municipality $attribute");
	is(sqlstate($node, 'postgres', $superuser, 'CREATE EXTENSION nir CASCADE'), 'NR003', "a group role with $attribute");
	is($node->safe_psql('postgres', $nothing), '0|0|1', '... leaves nothing behind');
	$node->safe_psql('postgres', 'DROP ROLE nir_municipality');
}

$node->safe_psql('postgres', 'CREATE ROLE squatter; CREATE SCHEMA nir AUTHORIZATION squatter');
is(sqlstate($node, 'postgres', $superuser, 'CREATE EXTENSION nir CASCADE'), '42P06', 'a schema nir that exists');
is($node->safe_psql('postgres', $nothing), '0|0|0', '... leaves nothing behind');
$node->safe_psql('postgres', 'DROP SCHEMA nir; DROP ROLE squatter');

create_nir($node, 'postgres');
create_nir($node, 'second');
is($node->safe_psql('second', q{SELECT count(*) FROM pg_extension WHERE extname = 'nir'}), '1', 'a second database shares the group roles');

# roles that are administrators under another name
$node->safe_psql('postgres', 'CREATE ROLE maker CREATEROLE; CREATE ROLE writer; GRANT pg_write_all_data TO writer; CREATE ROLE plain');
is($node->safe_psql('postgres', q{SELECT substring(finding from 'role "(\w+)"') FROM nir.doctor() WHERE name = 'administrator' ORDER BY 1}),
	"maker\nwriter", 'the doctor knows who can become an administrator');
$node->safe_psql('postgres', 'DROP ROLE maker, writer, plain');

# dropping it takes the schema and leaves the cluster's roles to the other database
$node->safe_psql('second', 'DROP EXTENSION nir');
is($node->safe_psql('second', q{SELECT count(*) FROM pg_namespace WHERE nspname = 'nir'}), '0', 'DROP EXTENSION takes the schema with it');
create_nir($node, 'third');
is($node->safe_psql('third', q{SELECT count(*) > 0, count(*) FILTER (WHERE rolcanlogin) FROM pg_roles WHERE rolname LIKE 'nir\_%'}), 't|0', 'the group roles are there, and none can log in');

$node->stop;
done_testing();
