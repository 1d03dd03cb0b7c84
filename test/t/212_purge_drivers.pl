# The purge started by others than a person: by pg_cron itself, as a job of an
# operator, and by nir's worker; both at once after a restart.  And a role of
# nir that was dropped.
# covers: R153 IF § 61

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $superuser = getpwuid($<);
my $node = nir_node('drivers', conf => qq{
shared_preload_libraries = 'nir, pg_cron'
cron.database_name = 'postgres'
cron.use_background_workers = on
max_worker_processes = 20
nir.keyring_file = '$folder/keyring'
});

create_register($node, 'postgres');
$node->safe_psql('postgres', q{
	SELECT nir.create_keyring();
	CREATE ROLE ops LOGIN;
	GRANT nir_operator TO ops;
	INSERT INTO register.person (birth_date, source_code) SELECT '1980-01-01', 'imdi' FROM generate_series(1, 50);
	INSERT INTO register.settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
		SELECT person_id, '0301', '2005-01-01', '2005-05-15', '0301', '2005-05-15', 'imdi' FROM register.person});

is(sqlstate($node, 'postgres', 'ops', 'SELECT nir.schedule_purge()'), 'NR076', 'without pg_cron in the database no job is made');
$node->safe_psql('postgres', 'CREATE EXTENSION pg_cron; GRANT USAGE ON SCHEMA cron TO ops');
like(value_as($node, 'postgres', 'ops', 'SELECT nir.schedule_purge()'), qr/^\d+$/, 'an operator makes the job');
is(value_as($node, 'postgres', 'ops', 'SELECT schedule, command, username FROM cron.job'), '0 2 * * *|CALL nir.purge()|ops', '... which runs as himself, every night');
value_as($node, 'postgres', 'ops', q{SELECT nir.schedule_purge('@reboot')});
is(value_as($node, 'postgres', 'ops', 'SELECT count(*), min(schedule) FROM cron.job'), '1|@reboot', '... another schedule changes it');
is($node->safe_psql('postgres', 'SELECT count(*) FROM nir.retention_run'), 0, 'nothing has run yet');

# from here on cron and the worker start it, nobody else
$node->append_conf('postgresql.conf', "nir.purge_at = '00:00'");
$node->restart;
ok($node->poll_query_until('postgres', q{SELECT EXISTS (SELECT FROM cron.job_run_details WHERE command = 'CALL nir.purge()' AND status = 'succeeded')}),
	'cron has started it, and it succeeded')
  or diag($node->safe_psql('postgres', 'SELECT status, return_message FROM cron.job_run_details'));
ok($node->poll_query_until('postgres', q{SELECT EXISTS (SELECT FROM nir.retention_run WHERE driver = 'worker' AND finished_at IS NOT NULL)}),
	'the worker has run one too')
  or diag($node->safe_psql('postgres', 'SELECT * FROM nir.worker'));
is($node->safe_psql('postgres', q{SELECT string_agg(concat_ws(' ', driver, started_by), ', ' ORDER BY driver) FROM nir.stat_retention WHERE finished_at IS NOT NULL}),
	'call ops, worker nir_retention', '... each on record');
is($node->safe_psql('postgres', 'SELECT count(*) FROM register.person'), 0, 'what was due is gone');
is($node->safe_psql('postgres', 'SELECT sum(rows_deleted) FROM nir.deletion_log'), 150, '... each row once: person, settlement, clock');
is($node->safe_psql('postgres', 'SELECT * FROM nir.verify_deletion_log()'), '', '... and the log verifies');

# a worker that has lived for a while goes by today's clock, not by that of its birth
$node->safe_psql('postgres', q{
	CREATE TABLE public.began (at timestamptz, really timestamptz); GRANT INSERT ON public.began TO nir_retention;
	CREATE FUNCTION public.note_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.began VALUES (now(), clock_timestamp()); RETURN NULL; END $$;
	CREATE TRIGGER note_run AFTER INSERT ON nir.retention_run FOR EACH STATEMENT EXECUTE FUNCTION public.note_run()});
# each look is in the access log and keeps the worker awake
ok($node->poll_query_until('postgres', q{SELECT count(*) >= 0 AND EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'nir worker' AND datname = 'postgres' AND backend_start < now() - interval '4 seconds')
	FROM register.person}), 'a worker grows old');
$node->safe_psql('postgres', q{UPDATE nir.retention_run SET today = today - 1 WHERE driver = 'worker'});
ok($node->poll_query_until('postgres', q{SELECT count(*) = 0 AND EXISTS (SELECT FROM public.began) FROM register.person}), '... and when a day is over begins the next purge');
is($node->safe_psql('postgres', q{SELECT bool_and(really - at < interval '2 seconds') FROM public.began}), 't', '... by that day');

# a dropped role
$node->safe_psql('postgres', 'DROP OWNED BY nir_retention; DROP ROLE nir_retention');
is(sqlstate($node, 'postgres', $superuser, 'CALL nir.purge()'), 'NR074', 'without the role nir_retention nothing is deleted');
is(sqlstate($node, 'postgres', $superuser, 'SELECT * FROM nir.retention_due'), 'NR074', '... nor counted');

$node->stop;
done_testing();
