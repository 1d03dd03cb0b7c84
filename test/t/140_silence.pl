# Silence: whatever a bound role does, no value of its statements, parameters or
# rows reaches the server log, however loud the server is told to be, in none of
# the three formats; and no client is shown a value that it may not read.
#
# Every provocation has a canary of its own and must be seen to have happened:
# by the SQLSTATE it ends with, and by a line of the log that carries that
# SQLSTATE, the severity, the pid and the application.  What an unbound role or a superuser
# does is logged as the server is told to, from the first statement on.
# covers: R46 R61 R73

use strict;
use warnings FATAL => 'all';

use NirNode;
use NirWire;
use PostgreSQL::Test::Utils;
use Test::More;

my $superuser = getpwuid($<);
my $node = nir_node('silence', conf => q{
shared_preload_libraries = 'pg_stat_statements, nir, auto_explain'
wal_level = logical
max_wal_senders = 2
autovacuum = off
});

# ---- canaries ----
#
# Kanari1234q as text and 731601234 as a number are the canary 1234.  Planted
# ones stand in rows before anybody does anything: 8000 on in Oslo's, 9000 on in
# others'.  Debug output prints a value byte by byte, in decimal, so the log is
# searched for that and for hexadecimal too.

my $next = 0;

sub with_canary
{
	my ($text, $canary) = @_;
	my $word = sprintf('Kanari%04dq', $canary);
	my $number = 731600000 + $canary;

	return $text =~ s/\{t\}/$word/gr =~ s/\{n\}/$number/gr =~ s/\{T\}/$word x 900/ger;
}

# the canaries in a text, which may be large
sub canaries_in
{
	my ($text) = @_;
	my @found;

	push @found, $1 while $text =~ /kanari(\d{4})/gi;
	push @found, $1 while $text =~ /(?<!\d)(?:73)?73160(\d{4})(?!\d)/g;
	push @found, pack('H*', $1) while $text =~ /4b616e617269((?:3\d){4})/gi;
	push @found, pack('C*', split(/ /, $1)) while $text =~ /\b75 97 110 97 114 105 ((?:\d\d ?){4})/g;
	push @found, unpack('V', pack('C*', $1, $2, 155, 43)) - 731600000
	  while $text =~ /\b(\d{1,3}) (\d{1,3}) 155 43\b/g;
	return @found;
}

# ---- what there is to provoke with ----

create_nir($node, 'postgres');
$node->safe_psql('postgres', with_canary(q{
	SET client_min_messages = warning;
	SET log_statement = none;
	CREATE EXTENSION pg_stat_statements;
	CREATE ROLE regress_s_simple LOGIN;
	CREATE ROLE regress_s_extended LOGIN;
	CREATE ROLE regress_s_debug LOGIN;
	CREATE ROLE regress_s_fatal LOGIN;
	CREATE ROLE regress_s_unbound LOGIN;
	CREATE ROLE regress_s_late LOGIN;
	SELECT nir.bind_role(r::regrole, '0301', purposes => '{b,d}')
	FROM unnest('{regress_s_simple,regress_s_extended,regress_s_debug,regress_s_fatal}'::text[]) r;

	CREATE SCHEMA vendor;
	CREATE TABLE vendor.connection (person_id int, unit nir.unit, kind text, valid daterange);
	INSERT INTO vendor.connection VALUES
		(1, '0301', 'x', '[2020-01-01,)'), (731608001, '0301', 'x', '[2020-01-01,)'), (731609001, '4601', 'x', '[2020-01-01,)');
	CREATE TABLE vendor.place (place_id int PRIMARY KEY);
	INSERT INTO vendor.place VALUES (1);
	CREATE TABLE vendor.step (
		step_id int PRIMARY KEY, person_id int NOT NULL, unit nir.unit NOT NULL,
		place_id int REFERENCES vendor.place, late_id int CHECK (late_id > 0) UNIQUE DEFERRABLE INITIALLY DEFERRED,
		valid daterange, note nir.tagged_text(b,d,e), number nir.tagged_numeric(b,d,e),
		EXCLUDE USING gist (valid WITH &&));
	CREATE TABLE vendor.part (part_id int, person_id int NOT NULL, unit nir.unit NOT NULL, note nir.tagged_text(b,d,e))
		PARTITION BY LIST (part_id);
	CREATE TABLE vendor.part_1 PARTITION OF vendor.part FOR VALUES IN (1);
	SELECT count(*) FROM nir.govern('vendor.connection', 'connection', 'unit', 'person_id');
	SELECT count(*) FROM unnest('{step,part,part_1}'::text[]) t, nir.govern(('vendor.' || t)::regclass, 'settlement', 'unit', 'person_id');
	INSERT INTO vendor.step VALUES
		(731608001, 731608001, '0301', 1, 731608001, '[2001-01-01,2001-01-02)', 'Kanari8002q', 731608003),
		(731609001, 731609001, '4601', 1, 731609001, '[1907-01-01,1907-02-01)', 'Kanari9002q', 731609003);

	-- a tagged table that nobody governs, and plain ones
	CREATE SCHEMA app;
	CREATE TABLE app.tagged (id int PRIMARY KEY, note nir.tagged_text(b,d), born nir.tagged_date(b,d));
	CREATE TABLE app.plain (id int PRIMARY KEY, name text CHECK (name <> 'never') NOT NULL, short varchar(5),
		late int UNIQUE DEFERRABLE INITIALLY DEFERRED, valid int4range, always int GENERATED ALWAYS AS IDENTITY,
		EXCLUDE USING gist (valid WITH &&));
	CREATE TABLE app.child (id int REFERENCES app.plain DEFERRABLE);
	CREATE TABLE app.watched (name text);
	CREATE TABLE app.part (id int) PARTITION BY RANGE (id);
	CREATE TABLE app.part_1 PARTITION OF app.part FOR VALUES FROM (1) TO (2);
	CREATE VIEW app.checked AS SELECT id, note FROM app.tagged WHERE id < 10 WITH CHECK OPTION;
	CREATE TABLE app.lockable (id int PRIMARY KEY, name text);
	INSERT INTO app.lockable VALUES (1), (2);
	CREATE TABLE app.many AS SELECT i AS id, 'x' || i AS name FROM generate_series(1, 5000) i;
	CREATE DOMAIN app.short AS text CHECK (length(VALUE) < 5);
	CREATE TYPE app.colour AS ENUM ('red');
	CREATE FUNCTION app.never() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
	CREATE TRIGGER watch BEFORE INSERT ON app.watched FOR EACH ROW
		WHEN (NEW.name::int > 0) EXECUTE FUNCTION app.never();
	CREATE FUNCTION app.number(text) RETURNS int LANGUAGE sql PARALLEL SAFE AS 'SELECT $1::int';
	CREATE FUNCTION app.shout(text) RETURNS int LANGUAGE plpgsql PARALLEL SAFE AS $$BEGIN RAISE EXCEPTION '%', $1; END$$;
	-- what maintenance runs: harmless when the rows and the index are made
	CREATE FUNCTION app.sweep(name text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN 1; END$$;
	CREATE TABLE app.swept (name text) WITH (autovacuum_analyze_threshold = 0);
	CREATE INDEX ON app.swept (app.sweep(name));
	CREATE TABLE vendor.swept (person_id int, unit nir.unit, note nir.tagged_text(b,d)) WITH (autovacuum_analyze_threshold = 0);
	CREATE INDEX ON vendor.swept (app.sweep(person_id::text || 'x'));
	SELECT count(*) FROM nir.govern('vendor.swept', 'settlement', 'unit', 'person_id');
	CREATE TABLE app.swept_last (name text) WITH (autovacuum_analyze_threshold = 0);
	INSERT INTO app.swept VALUES ('Kanari9501q'), ('Kanari9502q');
	INSERT INTO vendor.swept VALUES (731609503, '0301', 'Kanari9504q');
	INSERT INTO app.swept_last VALUES ('x');
	CREATE OR REPLACE FUNCTION app.sweep(name text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
		BEGIN
			RAISE LOG 'sweeping %', name;
			RAISE WARNING 'sweeping %', name;
			EXECUTE 'SELECT ' || quote_literal(name);
			RETURN name::int;
		END$$;
	-- what the server prints when it runs out of memory
	CREATE FUNCTION app.labels() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
		AS 'SELECT ident FROM pg_backend_memory_contexts WHERE name LIKE ''CachedPlan%'' AND ident IS NOT NULL';
	GRANT USAGE, CREATE ON SCHEMA app TO PUBLIC;
	GRANT USAGE ON SCHEMA vendor TO PUBLIC;
	GRANT ALL ON ALL TABLES IN SCHEMA app TO PUBLIC;
}, 0));

# what nir.doctor() says of logs and statistics
my $doctor = q{SELECT finding FROM nir.doctor() WHERE name = 'statistics_reader' OR (name = 'setting' AND finding !~ '^nir') ORDER BY finding COLLATE "C"};
is($node->safe_psql('postgres', "SET log_statement = none; SET pg_stat_statements.track_utility = off; $doctor"), '',
	'a server that tells nothing is well');

# ---- the loudest a server can be told to be ----

# What the settings about logging are set to: by name, else by type.  Left out
# is only where a line goes and how it is written.
my %loudest = (
	log_statement => 'all', log_error_verbosity => 'verbose', log_min_messages => 'debug1',
	log_min_error_statement => 'debug5', trace_recovery_messages => 'debug5',
	log_min_duration_statement => 0, log_min_duration_sample => 0, log_statement_sample_rate => 1,
	log_transaction_sample_rate => 1, log_parameter_max_length => -1, log_parameter_max_length_on_error => -1,
	log_temp_files => 0, log_autovacuum_min_duration => 0, log_startup_progress_interval => 1,
	# excludes the three others, so it is switched on for one role only
	log_statement_stats => 'off',
	'auto_explain.log_min_duration' => 0, 'auto_explain.log_parameter_max_length' => -1,
	'auto_explain.sample_rate' => 1, 'auto_explain.log_format' => 'text', 'auto_explain.log_level' => 'log',
	'pg_stat_statements.track' => 'all');
my $elsewhere = qr/^log_(?:destination|directory|file_mode|filename|hostname|line_prefix|rotation_.*|timezone|truncate_on_rotation)$/;
my @settings = map { [ split(/\|/) ] } split(/\n/, $node->safe_psql('postgres', q{
	SELECT name, vartype FROM pg_settings
	WHERE name ~ '^(log_|debug_print_|trace_|auto_explain\.|pg_stat_statements\.track)' OR name ~ '_stats$'
	ORDER BY name}));
my @unknown;

foreach my $setting (@settings)
{
	my ($name, $type) = @$setting;

	next if $name =~ $elsewhere;
	$loudest{$name} //= 'on' if $type eq 'bool';
	push @unknown, $name unless defined $loudest{$name};
}
is("@unknown", '', 'for every setting about logging the loudest value is known');
cmp_ok(scalar(keys %loudest), '>', 35, '... and there are many');
$node->append_conf('postgresql.conf', join("\n", map { "$_ = '$loudest{$_}'" } sort keys %loudest) . q{
logging_collector = on
log_destination = 'stderr, csvlog, jsonlog'
log_directory = 'loud'
log_filename = 'server.log'
log_rotation_age = 0
log_rotation_size = 0
log_line_prefix = '%m [%p] %a %u %i %e '
compute_query_id = on
deadlock_timeout = '10ms'
restart_after_crash = on
autovacuum = on
autovacuum_naptime = '1s'
});
$node->safe_psql('postgres', q{
	-- who waits first is not the one that finds the deadlock
	ALTER ROLE regress_s_simple SET deadlock_timeout = '10min';
	ALTER ROLE regress_s_fatal SET log_min_messages = fatal;
	ALTER ROLE regress_s_extended SET log_error_verbosity = terse;
	ALTER ROLE regress_s_debug SET log_error_verbosity = default;
	ALTER ROLE regress_s_debug SET log_min_messages = debug5;
	ALTER ROLE regress_s_debug SET log_parser_stats = off;
	ALTER ROLE regress_s_debug SET log_planner_stats = off;
	ALTER ROLE regress_s_debug SET log_executor_stats = off;
	ALTER ROLE regress_s_debug SET log_statement_stats = on;
	ALTER ROLE regress_s_debug SET log_parameter_max_length = 20;
	ALTER ROLE regress_s_debug SET auto_explain.log_format = json;
	ALTER ROLE regress_s_debug SET force_parallel_mode = on;
});
$node->restart;
$node->safe_psql('postgres', 'GRANT pg_monitor TO regress_s_debug');
is($node->safe_psql('postgres', "SET log_transaction_sample_rate = 0.01; $doctor"),
	join("\n",
		'auto_explain.log_min_duration is 0',
		(map { "debug_print_$_ is on" } qw(parse plan rewritten)),
		(map { "log_parameter_max_length is -1, and $_" }
			'log_min_duration_sample is 0', 'log_min_duration_statement is 0', 'log_statement is all', 'log_transaction_sample_rate is 0.01'),
		'log_parameter_max_length_on_error is -1',
		'pg_stat_statements.track_utility is on',
		'role "regress_s_debug" is bound and sees the statements of every other body in pg_stat_activity and pg_stat_statements'),
	'nir.doctor() tells what makes it loud');
$node->safe_psql('postgres', 'REVOKE pg_monitor FROM regress_s_debug');

# ---- provocations ----

# What is to be found in the log afterwards, by application; and whatever a
# client was told that it must not be.
my %expected;
my @told;

sub check_messages
{
	my ($what, $canary, $answer) = @_;

	foreach my $message (@{ $answer->{messages} })
	{
		my $text = join("\n", map { $message->{$_} } sort keys %$message);
		my $state = $message->{C} // '';
		# what is nir's: its own words, not CONTEXT; and rows that it has taken out
		my $is_nirs = ($state =~ /^NR/ && $message->{F} ne 'pl_exec.c') || ($what =~ /governed|tagged/ && $state =~ /^(?:23|44)/);
		foreach my $found (canaries_in($text))
		{
			# what the author wrote, or may read, comes back to him in the server's words
			push @told, "$what: $found in $text" unless $found == $canary || ($found >= 8000 && $found < 9000);
		}
		push @told, "$what: in nir's words: $text"
		  if $is_nirs && canaries_in(join("\n", map { $message->{$_} // '' } qw(M D H)));
	}
}

# Registers what the log must have: a line of this application and session with
# that SQLSTATE, and for an error with its severity.
sub expect
{
	my ($name, $session, $state) = @_;
	my $severity = $state eq '' ? 'LOG' : $session->lost ? 'FATAL' : 'ERROR';

	$expected{"$name/" . $session->pid . "/$severity/" . ($state || '00000')} = 1;
}

sub in_mode
{
	my ($session, $mode, $sql, $copy) = @_;

	return $mode eq 'extended' && !defined $copy && $sql !~ /^COPY/ ? $session->extended($sql) : $session->query($sql, $copy);
}

my %session;
my @wrong;

# One provocation: statements with a canary, of which the last must end with the
# SQLSTATE; in one or two of them copy data may be read.
sub provoke
{
	my ($mode, $name, $state, $statements, $copy) = @_;
	my $canary = ++$next;
	my $application = "$mode $name";
	my $session = $session{$mode} //= NirWire->new($node, "regress_s_$mode");
	my $answer;

	$session->query("SET application_name = '$application'");
	foreach my $statement (ref $statements ? @$statements : $statements)
	{
		$answer = in_mode($session, $mode, with_canary($statement, $canary), defined $copy ? with_canary($copy, $canary) : undef);
		check_messages($application, $canary, $answer);
		last if $answer->{state} ne '';
	}
	push @wrong, "$application: $answer->{state} instead of $state" . join('', map { ' ' . ($_->{M} // '') } @{ $answer->{messages} })
	  if $answer->{state} ne $state;
	expect($application, $session, $state);
	if ($session->lost) { delete $session{$mode}; }
	elsif ($session->in_transaction) { check_messages($application, $canary, $session->query('ROLLBACK')); }
	return $canary;
}

my @begin = ('BEGIN', q{SELECT nir.begin_processing('d', '0301')});
my @provocations = (
	# what a statement is made of
	[ 'literal', '', q{SELECT '{t}', {n}} ],
	[ 'comment', '', q{/* {t} */ SELECT 1 -- {n}} ],
	[ 'long', '', q{SELECT length('{T}')} ],
	[ 'long error', '22P02', q{SELECT '{T}'::int} ],
	[ 'syntax', '42601', q{SELEC '{t}'} ],
	[ 'syntax in string', '42601', q{SELECT '{t}} ],
	[ 'column', '42703', q{SELECT "{t}"} ],
	[ 'relation', '42P01', q{SELECT FROM "{t}"} ],
	[ 'function', '42883', q{SELECT "{t}"('{t}')} ],
	[ 'sub-select', '21000', q{SELECT (SELECT '{t}' FROM app.many)} ],
	[ 'setting', '', q{SET app.person = '{t}'} ],
	[ 'setting refused', '22023', q{SET work_mem = '{t}'} ],
	[ 'cursor', '', [ 'BEGIN', q{DECLARE "{t}" CURSOR FOR SELECT '{t}'}, q{FETCH "{t}"} ] ],
	[ 'cursor unknown', '34000', [ 'BEGIN', q{FETCH "{t}"} ] ],
	[ 'savepoint', '', [ 'BEGIN', q{SAVEPOINT "{t}"}, q{RELEASE "{t}"} ] ],
	[ 'savepoint unknown', '3B001', [ 'BEGIN', q{ROLLBACK TO "{t}"} ] ],
	[ 'prepared', '', [ q{PREPARE "{t}" AS SELECT $1::text, '{t}'}, q{EXECUTE "{t}"('{t}')}, q{DEALLOCATE "{t}"} ] ],
	[ 'prepared error', '22P02', [ 'PREPARE s1 AS SELECT $1::text::int', q{EXECUTE s1('{t}')} ] ],
	[ 'prepared unknown', '26000', q{EXECUTE "{t}"('{t}')} ],
	[ 'two phases', '', [ 'BEGIN', q{PREPARE TRANSACTION '{t}'}, q{ROLLBACK PREPARED '{t}'} ] ],
	[ 'two phases unknown', '42704', q{COMMIT PREPARED '{t}'} ],
	[ 'notify', '', [ 'LISTEN "x"', q{NOTIFY "x", '{t}'}, 'UNLISTEN *' ] ],
	[ 'notify too long', '22023', q{SELECT pg_notify('x', '{T}')} ],
	[ 'password', '', q{ALTER ROLE CURRENT_USER PASSWORD '{t}'} ],
	[ 'table as', '', [ 'BEGIN', q{CREATE TABLE app.made AS SELECT '{t}' AS a, {n} AS b} ] ],
	[ 'default', '', [ 'BEGIN', 'CREATE TABLE app.made (a text)', q{ALTER TABLE app.made ALTER a SET DEFAULT '{t}'},
			q{COMMENT ON TABLE app.made IS '{t}'} ] ],
	[ 'index', '23505', [ 'BEGIN', 'CREATE TABLE app.made (a text)', q{INSERT INTO app.made VALUES ('{t}'), ('{t}')},
			'CREATE UNIQUE INDEX ON app.made (a)' ] ],
	[ 'explain', '', q{EXPLAIN (ANALYZE, VERBOSE) SELECT FROM app.many WHERE name = '{t}' AND id <> {n}} ],
	[ 'function body', '', [ 'BEGIN', q{CREATE FUNCTION app.made() RETURNS text LANGUAGE sql AS $$SELECT '{t}'$$}, 'SELECT app.made()' ] ],
	[ 'function body wrong', '42703', q{CREATE FUNCTION app.made() RETURNS text LANGUAGE sql AS $$SELECT "{t}"$$} ],
	[ 'label', '22P02', q{SELECT '{t}'::app.colour} ],
	[ 'spill', '', [ 'BEGIN', 'SET LOCAL work_mem = 64', q{SELECT count(*) FROM (SELECT name || '{t}' FROM app.many ORDER BY 1 OFFSET 1) x} ] ],

	# values that do not fit
	[ 'cast', '22P02', q{SELECT '{t}'::int} ],
	[ 'overflow', '22003', q{SELECT {n}::int2} ],
	[ 'overflow text', '22003', q{SELECT '{n}{n}{n}'::int8} ],
	[ 'division', '22012', q{SELECT {n} / length('')} ],
	[ 'date range', '22008', q{SELECT '{n}-01-01'::date} ],
	[ 'date syntax', '22007', q{SELECT '{t}'::date} ],
	[ 'to_date', '22007', q{SELECT to_date('{t}', 'YYYY')} ],
	[ 'json', '22P02', q{SELECT '{"a": {t}}'::json} ],
	[ 'jsonpath', '42601', q{SELECT '$.{t} {t}'::jsonpath} ],
	[ 'json type', '22023', q{SELECT jsonb_array_length('{"{t}": {n}}')} ],
	[ 'xml', '2200M', q{SELECT xmlparse(DOCUMENT '<{t}>')} ],
	[ 'regexp', '2201B', q{SELECT '{t}' ~ '({t}'} ],
	[ 'subscript', '22P02', q{SELECT ('{a}'::text[])['{t}'::text::int]} ],
	[ 'array', '22P02', q<SELECT '{"{t}'::text[]> ],
	[ 'range', '22P02', q{SELECT '[{t}'::int4range} ],
	[ 'uuid', '22P02', q{SELECT '{t}'::uuid} ],
	[ 'boolean', '22P02', q{SELECT '{t}'::bool} ],
	[ 'regclass', '42P01', q{SELECT '"{t}"'::regclass} ],
	[ 'domain', '23514', q{SELECT '{t}'::app.short} ],
	[ 'encoding', '22021', q{SELECT E'{t}\xff'} ],
	[ 'convert', '22021', q{SELECT convert_from('{t}\377', 'UTF8')} ],
	[ 'identity syntax', '22P02', q{SELECT '{t}'::nir.fnr} ],
	[ 'identity number', 'NR040', q{SELECT '73{n}'::nir.fnr} ],
	[ 'unit', '22P02', q{SELECT '{t}'::nir.unit} ],
	[ 'tagged date', '22007', q{SELECT '{t}'::nir.tagged_date} ],
	[ 'tagged number', '22P02', q{SELECT '{t}'::nir.tagged_numeric} ],
	[ 'purposes', '22P02', q{SELECT '{t}'::nir.purposes} ],

	# code
	[ 'raise', 'P0001', q{DO $$BEGIN RAISE EXCEPTION '%', '{t}' USING DETAIL = '{t}', HINT = '{t}', TABLE = '{t}', COLUMN = '{t}'; END$$} ],
	[ 'raise as nir', 'NR010', q{DO $$BEGIN RAISE EXCEPTION SQLSTATE 'NR010' USING MESSAGE = 'x' || '{t}'; END$$} ],
	[ 'raise literal', 'P0001', q{DO $$BEGIN RAISE EXCEPTION '{t}'; END$$} ],
	[ 'raise softly', '', q{DO $$BEGIN RAISE LOG '%', '{t}'; RAISE WARNING '%', '{t}'; RAISE NOTICE '%', '{t}'; RAISE INFO '%', '{t}'; RAISE DEBUG '%', '{t}'; END$$} ],
	[ 'assert', 'P0004', q{DO $$BEGIN ASSERT false, '{t}'; END$$} ],
	[ 'dynamic', '22P02', q{DO $$BEGIN EXECUTE 'SELECT ''{t}''::int'; END$$} ],
	[ 'assignment', '22P02', q{DO $$DECLARE x int; BEGIN x := '{t}'; END$$} ],
	[ 'strict', 'P0002', q{DO $$#print_strict_params on
		DECLARE x int; y text := '{t}'; BEGIN SELECT id INTO STRICT x FROM app.lockable WHERE name = y; END$$} ],
	[ 'nested', '22P02', q{SELECT app.number('{t}')} ],
	[ 'nested twice', 'P0001', q{SELECT app.shout('{t}')} ],
	[ 'worker', 'P0001', q{SELECT count(app.shout(name || '{t}')) FROM app.many} ],
	[ 'trigger when', '22P02', q{INSERT INTO app.watched VALUES ('{t}')} ],

	# constraints of plain tables
	[ 'unique', '23505', q{INSERT INTO app.plain (id, name) VALUES ({n}, '{t}'), ({n}, '{t}')} ],
	[ 'check', '23514', q{INSERT INTO app.plain (id, name, short) SELECT {n}, 'never', 'x'} ],
	[ 'not null', '23502', q{INSERT INTO app.plain (id) VALUES ({n})} ],
	[ 'too long', '22001', q{INSERT INTO app.plain (id, name, short) VALUES (1, 'x', '{t}')} ],
	[ 'exclusion', '23P01', q{INSERT INTO app.plain (id, name, valid) VALUES (1, '{t}', '[1,{n})'), (2, '{t}', '[1,{n})')} ],
	[ 'foreign key', '23503', q{INSERT INTO app.child VALUES ({n})} ],
	[ 'identity', '428C9', q{INSERT INTO app.plain (id, name, always) VALUES (1, '{t}', {n})} ],
	[ 'no partition', '23514', q{INSERT INTO app.part VALUES ({n})} ],
	[ 'deferred', '23505', [ 'BEGIN', q{INSERT INTO app.plain (id, name, late) VALUES (1, '{t}', {n}), (2, '{t}', {n})}, 'COMMIT' ] ],
	[ 'deferred key', '23503', [ 'BEGIN', 'SET CONSTRAINTS ALL DEFERRED', q{INSERT INTO app.child VALUES ({n})}, 'COMMIT' ] ],
	[ 'conflict twice', '21000', q{INSERT INTO app.plain (id, name) VALUES ({n}, '{t}'), ({n}, '{t}') ON CONFLICT (id) DO UPDATE SET name = '{t}'} ],

	# ... and of governed and tagged ones
	[ 'governed unique', '23505', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, note) VALUES (731608001, 1, '0301', '{t}')} ] ],
	[ 'governed unique unseen', '23505', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, note) VALUES (731609001, 1, '0301', '{t}')} ] ],
	[ 'governed check', '23514', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, late_id, note) VALUES ({n}, 1, '0301', -1, '{t}')} ] ],
	[ 'governed not null', '23502', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, note) VALUES (NULL, 1, '0301', '{t}')} ] ],
	[ 'governed exclusion', '23P01', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, valid, note) VALUES ({n}, 1, '0301', '[1907-01-05,1907-01-07)', '{t}')} ] ],
	[ 'governed foreign key', '23503', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, place_id) VALUES ({n}, 1, '0301', {n})} ] ],
	[ 'governed deferred', '23505', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, late_id) VALUES ({n}, 1, '0301', 731609001)}, 'COMMIT' ] ],
	[ 'governed partition', '23514', [ @begin, q{INSERT INTO vendor.part VALUES ({n}, 1, '0301', '{t}')} ] ],
	[ 'governed unit', '42501', [ @begin, q{INSERT INTO vendor.step (step_id, person_id, unit, note) VALUES ({n}, 1, '4601', '{t}')} ] ],
	[ 'governed cast', '22P02', [ @begin, q{SELECT note::text::int FROM vendor.step} ] ],
	[ 'governed overflow', '22003', [ @begin, q{SELECT number::numeric::int2 FROM vendor.step WHERE step_id <> {n}} ] ],
	[ 'governed division', '22012', [ @begin, q{SELECT 1 / (step_id - 731608001) FROM vendor.step} ] ],
	[ 'governed read', '', [ @begin, q{SELECT note, number FROM vendor.step WHERE note <> '{t}'} ] ],
	[ 'governed explain', '', [ @begin, q{EXPLAIN (VERBOSE) SELECT note FROM vendor.step WHERE note > '{t}'} ] ],
	[ 'governed explain analyze', 'NR029', [ @begin, q{EXPLAIN (ANALYZE, VERBOSE) SELECT note FROM vendor.step WHERE note > '{t}'} ] ],
	[ 'governed undeclared', 'NR010', q{SELECT note FROM vendor.step WHERE note = '{t}'} ],
	[ 'purpose unknown', 'NR012', [ 'BEGIN', q{SELECT nir.begin_processing('{t}', '0301')} ] ],
	[ 'unit unbound', 'NR013', [ 'BEGIN', q{SELECT nir.begin_processing('d', '4601', '{t}')} ] ],
	[ 'tagged unique', '23505', [ @begin, q{INSERT INTO app.tagged VALUES ({n}, '{t}'), ({n}, '{t}')} ] ],
	[ 'tagged view', '44000', [ @begin, q{INSERT INTO app.checked VALUES ({n}, '{t}')} ] ],
	[ 'tagged without purpose', 'NR030', [ 'BEGIN', q{CREATE TABLE app.made (a nir.tagged_text DEFAULT '{t}')} ] ],

	# COPY
	[ 'copy', '22P02', 'COPY app.plain (id, name) FROM STDIN', "{t}\t{t}\n" ],
	[ 'copy missing', '22P04', 'COPY app.plain (id, name) FROM STDIN', "1\n" ],
	[ 'copy extra', '22P04', 'COPY app.plain (id) FROM STDIN', "1\t{t}\n" ],
	[ 'copy encoding', '22021', 'COPY app.plain (id, name) FROM STDIN', "1\t{t}\xff\n" ],
	[ 'copy null', '23502', 'COPY app.plain (id, name) FROM STDIN', "{n}\t\\N\n" ],
	[ 'copy trigger', '22P02', 'COPY app.watched FROM STDIN', "{t}\n" ],
	[ 'copy tagged', '22P02', [ @begin, 'COPY app.tagged FROM STDIN' ], "{t}\t{t}\n" ],
	[ 'copy tagged date', '22007', [ @begin, 'COPY app.tagged FROM STDIN' ], "1\t{t}\t{t}\n" ],
	[ 'copy tagged key', '23505', [ @begin, 'COPY app.tagged (id, note) FROM STDIN' ], "{n}\t{t}\n{n}\t{t}\n" ],
	[ 'copy out', '', q{COPY (SELECT '{t}') TO STDOUT} ],
	[ 'copy file', '42501', q{COPY app.plain FROM '/{t}'} ],
	[ 'copy program', '42501', q{COPY (SELECT '{t}') TO PROGRAM '{t}'} ],
);

foreach my $mode (qw(simple extended debug))
{
	provoke($mode, @$_) foreach @provocations;
}
is(join("\n", @wrong), '', 'every provocation ends with its SQLSTATE');

# parameters, as text and binary, of a statement and of a function call
{
	my $session = $session{extended};
	my %parameter = (
		'parameter' => [ '', 'SELECT $1::text', '{t}' ],
		'parameter binary' => [ '', 'SELECT $1::text', \'{t}' ],
		'parameter cast' => [ '22P02', 'SELECT $1::int', '{t}' ],
		'parameter cast later' => [ '22P02', 'SELECT $1::text::int', '{t}' ],
		'parameter cast binary' => [ '22P02', 'SELECT $1::text::int', \'{t}' ],
		'parameter encoding' => [ '22021', 'SELECT $1::text', "{t}\xff" ],
		'parameter encoding binary' => [ '22021', 'SELECT $1::text', \"{t}\xff" ],
		'parameter format' => [ '22P03', 'SELECT $1::int', \'{t}' ],
		'parameter key' => [ '23503', 'INSERT INTO app.child VALUES ($1)', '{n}' ],
		'parameter identity' => [ 'NR040', 'SELECT $1::nir.fnr', '73{n}' ],
		'parameter tagged binary' => [ '', 'SELECT $1::nir.tagged_text = $1', \'{t}' ]);

	foreach my $name (sort keys %parameter)
	{
		my ($state, $sql, $value) = @{ $parameter{$name} };
		my $canary = ++$next;
		my $filled = with_canary(ref $value ? $$value : $value, $canary);

		$session->query("SET application_name = 'extended $name'");
		my $answer = $session->extended($sql, ref $value ? \$filled : $filled);
		is($answer->{state}, $state, $name);
		check_messages($name, $canary, $answer);
		expect("extended $name", $session, $state);
	}
	$session->query(q{SET application_name = 'extended fast path'});
	is($session->call(1397, with_canary('{t}', ++$next))->{state}, '22P02', 'a function called by number');
	expect('extended fast path', $session, '22P02');
}

# ---- waiting, and being ended ----

my $holder = NirWire->new($node, 'regress_s_unbound', application_name => 'holder');
my $watcher = NirWire->new($node, $superuser, application_name => 'watcher');

# A session whose first statement is the given one.
sub fresh
{
	my ($mode, $name, %option) = @_;

	return NirWire->new($node, "regress_s_$mode", application_name => "$mode $name", %option);
}

# until the session waits for a lock
sub wait_for_lock
{
	my ($session) = @_;
	my $asked = 'SELECT FROM pg_stat_activity WHERE wait_event_type = $$Lock$$ AND pid = ' . $session->pid;
	my $rounds = 0;

	until (@{ $watcher->query("$asked")->{rows} })
	{
		die 'no lock is waited for' if $rounds++ > 10000;
	}
}

# A statement that waits for the holder's row, until what is done ends it.
sub provoke_waiting
{
	my ($mode, $name, $state, $do, $before) = @_;
	my $canary = ++$next;
	my $session = fresh($mode, $name);

	$session->query($before) if defined $before;
	$session->start(with_canary(q{UPDATE app.lockable SET name = '{t}' WHERE id = 1}, $canary));
	wait_for_lock($session);
	$do->($session);
	my $answer = $session->answer;
	is($answer->{state}, $state, $name);
	check_messages($name, $canary, $answer);
	expect("$mode $name", $session, $state) if $state ne '';
}

$holder->query('BEGIN; UPDATE app.lockable SET name = $$held$$ WHERE id = 1');
provoke_waiting('extended', 'lock timeout', '55P03', sub { }, q{SET lock_timeout = '200ms'});
provoke_waiting('debug', 'statement timeout', '57014', sub { }, q{SET statement_timeout = '200ms'});
provoke_waiting('simple', 'cancel', '57014', sub { $_[0]->cancel });
provoke_waiting($_, 'terminate', '57P01', sub { $watcher->query('SELECT pg_terminate_backend(' . $_[0]->pid . ')') })
  foreach qw(simple fatal);
$holder->query('ROLLBACK');

{
	my $canary = ++$next;
	my $session = fresh('simple', 'idle');

	$session->query(with_canary(q{SET idle_in_transaction_session_timeout = '10ms'; BEGIN; SELECT '{t}'}, $canary));
	my $answer = $session->answer;
	is($answer->{state}, '25P03', 'idle in transaction');
	check_messages('idle', $canary, $answer);
	expect('simple idle', $session, '25P03');
}

# the deadlock's report tells the statements of both
foreach my $mode (qw(extended unbound))
{
	my $first = fresh('simple', "deadlock with $mode");
	my $second = fresh($mode, 'deadlock');
	my $canary = ++$next;

	$_->query('BEGIN; SET LOCAL statement_timeout = $$2min$$') foreach $first, $second;
	$first->query('UPDATE app.lockable SET name = $$a$$ WHERE id = 1');
	$second->query('UPDATE app.lockable SET name = $$b$$ WHERE id = 2');
	$first->start(with_canary(q{UPDATE app.lockable SET name = '{t}' WHERE id = 2}, $canary));
	wait_for_lock($first);
	my $answer = $second->query('UPDATE app.lockable SET name = $$b$$ WHERE id = 1');
	is($answer->{state}, '40P01', "deadlock with $mode");
	check_messages("deadlock with $mode", 0, $answer);
	expect("$mode deadlock", $second, '40P01');
	$second->query('ROLLBACK');
	$first->answer;
	$first->query('ROLLBACK');
}

# ---- the first statement of a session ----

{
	my $canary = ++$next;

	foreach my $sql (q{SELECT '{t}'}, q{SELEC '{t}'}, q{SELECT '{t}'::int}, q{SELECT '{t}' FROM "{t}"})
	{
		my $session = fresh('simple', "first $sql" =~ s/\W+/ /gr);
		my $answer = $session->query(with_canary($sql, $canary));
		expect("simple first $sql" =~ s/\W+/ /gr, $session, $answer->{state});
	}
	my $session = fresh('simple', 'first extended');
	expect('simple first extended', $session, $session->extended(q{SELECT $1::int}, with_canary('{t}', $canary))->{state});
}

# a role that is bound while its session is open, and then replicates
{
	my $canary = ++$next;
	my $session = fresh('late', 'before');

	$session->query(q{SELECT 'Open01x'});
	$watcher->query(q{SELECT nir.bind_role('regress_s_late', '0301', purposes => '{d}'); ALTER ROLE regress_s_late REPLICATION});
	$session->query(with_canary(q{SELECT '{t}'}, $canary));
	is($session->query(with_canary(q{SELECT '{t}'::int}, $canary))->{state}, '22P02', 'bound while open');
	expect('late before', $session, '22P02');
	$session = fresh('late', 'replication', replication => 'database');
	is($session->query(with_canary(q{SELECT '{t}'::int}, $canary))->{state}, '22P02', 'over a replication connection');
	is($session->query(with_canary(q{DROP_REPLICATION_SLOT "{t}"}, $canary))->{state}, '42704', '... with its own commands');
	expect('late replication', $session, '42704');
	# a role that becomes a bound one, and was one
	my $roles = NirWire->new($node, $superuser, application_name => 'set role');
	$roles->query('SET ROLE regress_s_simple');
	is($roles->query(with_canary(q{SELECT '{t}'::int}, $canary))->{state}, '22P02', 'after SET ROLE');
	expect('set role', $roles, '22P02');
}

# ---- the labels of memory, which a server without any left prints ----

foreach my $role (qw(simple unbound))
{
	my $session = fresh($role, 'labels');

	$session->query(q{PREPARE kept AS SELECT $1::text, 'Label'});
	$session->query(q{EXECUTE kept('x')});
	my $labels = join('', @{ $session->query('SELECT * FROM app.labels()')->{rows} }, @{ $session->extended('SELECT * FROM app.labels()')->{rows} });
	is($labels =~ /Label/ ? 'kept' : $labels, $role eq 'simple' ? '' : 'kept', "$role: texts of plans in memory");
}

# ---- what others may see of a session ----

{
	my $canary = ++$next;
	my $session = fresh('simple', 'seen');

	$session->query(with_canary(q{SELECT '{t}'}, $canary));
	foreach my $role (qw(regress_s_unbound regress_s_extended))
	{
		my $other = NirWire->new($node, $role);
		my $answer = $other->query('SELECT query FROM pg_stat_activity UNION ALL SELECT query FROM pg_stat_statements');
		# its own statements it may see
		my @seen = grep { $_ == $canary } canaries_in(join("\n", @{ $answer->{rows} }));
		cmp_ok(scalar(@{ $answer->{rows} }), '>', 100, "$role looks at sessions and statements");
		is("@seen", '', '... and sees nobody else\'s');
	}
}

# ---- those who are not bound are logged as the server is told ----

my $open = 1;
my %open;

# A statement with a mark; and a line that the log must have, in all its
# formats, in place of the statement's own.
sub leave
{
	my ($session, $what, $sql, $line) = @_;
	my $mark = sprintf('Open%02dx', ++$open);

	$open{ ($line // "statement: $sql") =~ s/\{o\}/$mark/gr } = $what;
	return $session->query($sql =~ s/\{o\}/$mark/gr);
}

foreach my $role ('regress_s_unbound', $superuser)
{
	my $session = NirWire->new($node, $role, application_name => 'open');

	leave($session, "$role: first statement", q{SELECT '{o}'});
	leave($session, "$role: error", q{SELECT '{o}'::int}, 'invalid input syntax for type integer: "{o}"');
	leave($session, "$role: temporary table", 'CREATE TEMP TABLE "{o}" (id int)');
	leave($session, "$role: after a definition", q{SELECT '{o}'});
	leave($session, "$role: detail", q{DO $$BEGIN RAISE EXCEPTION 'x' USING DETAIL = 'is ' || '{o}'; END$$}, 'is {o}');
	leave($session, "$role: in a worker", q{SET force_parallel_mode = on; SELECT sum((name || '{o}')::int) FROM app.many}, '"x1{o}"');
	leave(NirWire->new($node, $role), "$role: syntax error in the first statement", q{SELEC '{o}'}, q{SELEC '{o}'});
}
{
	my $session = NirWire->new($node, $superuser, application_name => 'open');

	$session->query('SET ROLE regress_s_unbound');
	leave($session, 'after SET ROLE to a role that is not bound', q{SELECT '{o}'});
	$session = NirWire->new($node, 'regress_s_Open01x');
	is($session->{welcome}->{state}, '28000', 'an unknown role is turned away');
	$open{'"regress_s_Open01x" does not exist'} = 'who was turned away';
	$open{'connection authorized: user=regress_s_simple'} = 'who was let in';
}

# ---- maintenance whose functions fail over the rows, and a crash ----

ok($node->poll_query_until('postgres',
		q{SELECT last_autoanalyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'swept_last'}), 'autovacuum has been round');
$expected{autovacuum} = 1;

{
	my $canary = ++$next;

	$holder->query('BEGIN; UPDATE app.lockable SET name = $$held$$ WHERE id = 1');
	my $session = fresh('simple', 'crash');
	$session->start(with_canary(q{UPDATE app.lockable SET name = '{t}' WHERE id = 1}, $canary));
	wait_for_lock($session);
	kill('KILL', $session->pid);
	ok($session->answer->{lost}, 'a session is killed');
	my $others = $holder->answer;
	check_messages('crash', 0, $others);
	ok($others->{lost}, '... and the others with it');
	ok($node->poll_query_until('postgres', 'SELECT true'), '... and the server is back');
}

$node->stop;

# ---- what is in the log ----

my %log = map { $_ => slurp_file($node->data_dir . "/loud/server.$_") } qw(log csv json);
$log{start} = slurp_file($node->logfile);

foreach my $kind (sort keys %log)
{
	my %found;
	my %line;

	foreach my $line (split(/\n/, $log{$kind}))
	{
		foreach my $canary (canaries_in($line))
		{
			$found{$canary}++;
			$line{$canary} //= substr($line, 0, 300);
		}
	}
	is(scalar(keys %found), 0, "$kind: no canary in " . length($log{$kind}) . ' bytes');
	diag("$kind $_ ($found{$_}): $line{$_}") foreach sort { $a <=> $b } keys %found;
	next if $kind eq 'start';
	my @missing = grep { index($log{$kind}, $kind eq 'log' ? $_ : s/"/$kind eq 'csv' ? '""' : '\\"'/ger) < 0 } sort keys %open;
	is(join(', ', map { $open{$_} } @missing), '', "$kind: what is not a bound role's is logged in full");
}

my @workers = $log{json} =~ /"message":"[^{]*x1Open\d\dx.*"backend_type":"parallel worker"/g;
is(scalar(@workers), 2, 'so is what their parallel workers say');

# every provocation left its line
my %seen;
foreach my $line (split(/\n/, $log{json}))
{
	my %field = $line =~ /"(pid|application_name|error_severity|state_code|backend_type)":"?([^",}]*)/g;

	$field{state_code} //= '00000';
	$seen{ join('/', map { $field{$_} // '' } qw(application_name pid error_severity state_code)) } = 1;
	$seen{autovacuum} = 1
	  if $field{backend_type} eq 'autovacuum worker' && $field{state_code} eq '22P02' && $line =~ /automatic analyze of table/;
}
my @unseen = grep { !$seen{$_} } sort keys %expected;
is(join("\n", @unseen), '', 'every provocation has a line with its application, pid, severity and SQLSTATE');
cmp_ok(scalar(keys %expected), '>', 300, '... and there were many');
is(join("\n", @told), '', 'no client is told what it may not know, or a value in words of nir');
ok($log{log} =~ /was terminated by signal 9.*\n.*DETAIL:  \(kept out of the log by nir\)/, 'what the killed session ran is cut');

done_testing();
