# Ways round retention, and what made it fail: code of strangers within the
# purge, members of nir_retention, tables that are broken, children with days
# of their own, several registers, and what others commit while it is at work.
# covers: R153 R154 R157 R158 R159 R313 IF § 61

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('attacked', conf => "nir.keyring_file = '$folder/keyring'");
my $superuser = getpwuid($<);

sub value { my ($database, $sql) = @_; return $node->safe_psql($database, "SET search_path = register, public; $sql") }
sub code { my ($database, $sql, $user) = @_; return sqlstate($node, $database, $user // $superuser, $sql) }

# what a purge prints
sub purge
{
	my ($database, $day, $arguments) = @_;
	my ($out, $err);

	$node->psql($database, ($day ? "SET nir.now_override = '$day';" : '') . "\nCALL nir.purge(" . ($arguments // '') . ')',
		stdout => \$out, stderr => \$err, on_error_stop => 1) == 0 or die $err;
	return $err;
}

create_register($node, 'empty');
$node->safe_psql('empty', q{
	SELECT nir.create_keyring();
	CREATE ROLE dpo LOGIN; GRANT nir_dpo TO dpo;
	CREATE ROLE vendor LOGIN; CREATE ROLE udi_app LOGIN;
	SELECT nir.bind_role('udi_app', 'udi', purposes => '{i}');
	INSERT INTO nir.category (code, name_no, purposes, part, citation) VALUES ('local_log', 'x', '{b}', 'local', 'x');
	CREATE SCHEMA local; GRANT USAGE, CREATE ON SCHEMA local TO vendor;
	GRANT USAGE ON SCHEMA register TO vendor; GRANT REFERENCES ON ALL TABLES IN SCHEMA register TO vendor});

my $stories = 0;
my $settled = q{INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
	SELECT person_id, '0301', '2020-01-01', '2020-05-15', '0301', '2020-05-15', 'imdi' FROM person;};
my $tested = q{
	INSERT INTO test_candidate (person_id, unit, candidate_no, available_on, source_code) VALUES (1, '0301', '17', '2010-01-01', 'hkdir');
	INSERT INTO test_sitting (test_candidate_id, person_id, unit, held_on, available_on, source_code) VALUES (1, 1, '0301', '2010-03-01', '2010-03-01', 'hkdir');
	INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind, available_on, source_code) VALUES (1, 1, '0301', 'writing', '2010-03-01', 'hkdir');
	INSERT INTO test_result (test_part_id, person_id, unit, part_kind, result, available_on, source_code) VALUES (1, 1, '0301', 'writing', 'B1', '2010-03-01', 'hkdir');};
my $visit = q{CREATE TABLE local.visit (visit_id bigint PRIMARY KEY, person_id bigint NOT NULL, visited_on date, note nir.tagged_text(b));
	SELECT nir.govern('local.visit', 'local_log', subject => 'person_id');};

sub story
{
	my ($setup) = @_;
	my $database = 'story' . ++$stories;

	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE empty");
	value($database, "INSERT INTO person (birth_date, source_code) SELECT '1990-01-01', 'imdi' FROM generate_series(1, 3); $setup");
	return $database;
}
sub acknowledge
{
	value_as($node, $_[0], 'udi_app', q{BEGIN; DO $$ BEGIN PERFORM nir.begin_processing('i'); END $$;
		SELECT count(nir.acknowledge_transfer(transfer_id)) FROM nir.fetch_transfers('udi', 1000); COMMIT});
}

# ---- rows of one person with days of their own ----

my $s = story(q{
	INSERT INTO settlement (person_id, unit, case_opened_on, available_on, source_code) VALUES (1, '0301', '2020-01-01', '2020-01-01', 'imdi');
	INSERT INTO settlement_wish (settlement_id, person_id, unit, wish, available_on, source_code) VALUES (1, 1, '0301', 'sea', '2020-02-01', 'imdi');
	INSERT INTO health_consent (person_id, unit, given_on, informed_by, covers, available_on, source_code) VALUES (2, '0301', '2019-01-01', 'x', 'y', '2019-01-01', 'imdi');
	INSERT INTO settlement (person_id, unit, case_opened_on, available_on, source_code) VALUES (2, '0301', '2021-01-01', '2021-01-01', 'imdi');
	INSERT INTO settlement_special (settlement_id, person_id, unit, health, health_source, health_consent_id, necessity, available_on, source_code)
		VALUES (2, 2, '0301', 'ill', 'health_personnel', 1, 'n', '2021-01-01', 'imdi')});
is(purge($s, '2035-01-01'), '', 'a child with a later day of its own poisons nobody');
is(value($s, 'SELECT (SELECT count(*) FROM settlement WHERE person_id = 1), (SELECT count(*) FROM settlement_wish)'), '0|0', '... but goes with its case');
is(value($s, 'SELECT (SELECT count(*) FROM health_consent), (SELECT count(*) FROM settlement_special)'), '1|1', 'what a row refers to that is not due stays as long');
purge($s, '2036-01-01');
is(value($s, 'SELECT (SELECT count(*) FROM health_consent), (SELECT count(*) FROM settlement_special), (SELECT count(*) FROM nir.quarantine)'), '0|0|0', '... and no longer');

# a row that another of its own table refers to
$s = story(q{
	CREATE TABLE local.visit (visit_id bigint PRIMARY KEY, person_id bigint NOT NULL, visited_on date, after_visit bigint REFERENCES local.visit, note nir.tagged_text(b));
	SELECT nir.govern('local.visit', 'local_log', subject => 'person_id');
	SELECT nir.bind_retention('local.visit', 'RC1', event => 'visited_on');
	INSERT INTO local.visit VALUES (1, 1, '2020-01-01', NULL, 'x'), (2, 1, '2020-01-02', 1, 'x'), (3, 1, '2022-01-01', 2, 'x'), (4, 1, '2020-01-01', NULL, 'x');
	UPDATE local.visit SET after_visit = 4 WHERE visit_id = 4});
is(purge($s, '2035-06-01'), '', 'rows that refer to each other poison nobody');
is(value($s, 'SELECT string_agg(visit_id::text, $$ $$ ORDER BY visit_id) FROM local.visit'), '1 2 3', '... a chain stays to its last day');
purge($s, '2037-01-01');
is(value($s, 'SELECT count(*) FROM local.visit'), 0, '... and goes whole');

# neither end of time is a day
$s = story("$visit " . q{SELECT nir.bind_retention('local.visit', 'RC1', event => 'visited_on');
	INSERT INTO local.visit VALUES (1, 1, '-infinity', 'x'), (2, 1, 'infinity', 'x'), (3, 1, '2010-01-01', 'x')});
purge($s);
is(value($s, 'SELECT string_agg(visit_id::text, $$ $$ ORDER BY visit_id) FROM local.visit'), '1 2', 'an infinite date is no event');
is(code($s, q{INSERT INTO register.retention_clock VALUES (1, 'settled', '-infinity')}), '23514', '... nor a clock');
is(value($s, q{SELECT count(*) FROM nir.doctor() WHERE name = 'retention_unsure' AND finding LIKE '%local.visit%'}), 1, '... and the doctor tells of rows that would never go');
is(value($s, q{SELECT count(*) FROM nir.doctor() WHERE name = 'retention_unsure'}), 1, '... of which the register has none');
value($s, q{CREATE TABLE local.note (note_id bigint PRIMARY KEY, person_id bigint REFERENCES register.person)});
is(value($s, q{SELECT string_agg(finding, ' ') FROM nir.doctor() WHERE name = 'retention_unbound'}), 'local.note holds data about persons and goes by no retention rule', '... and of tables that no rule reaches (R313)');

# one clock of two rules
$s = story(q{
	CREATE TABLE map8 (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES person, unit nir.unit);
	CREATE TABLE map9 (id bigint PRIMARY KEY, person_id bigint NOT NULL REFERENCES person, unit nir.unit);
	SELECT nir.govern(t::regclass, 'programme', unit => 'unit', subject => 'person_id') FROM unnest('{map8,map9}'::text[]) AS t;
	SELECT nir.bind_retention('map8', 'RC8'); SELECT nir.bind_retention('map9', 'RC9');
	INSERT INTO map8 VALUES (1, 1, '0301'); INSERT INTO map9 VALUES (1, 1, '0301');
	INSERT INTO retention_clock VALUES (1, 'mapping_start', '2020-01-01')});
purge($s, '2026-01-01');
is(value($s, 'SELECT (SELECT count(*) FROM map8), (SELECT count(*) FROM map9), (SELECT count(*) FROM retention_clock)'), '1|0|1', 'a clock stays while any rule goes by it');
purge($s, '2036-01-01');
is(value($s, 'SELECT (SELECT count(*) FROM map8), (SELECT count(*) FROM person WHERE person_id = 1)'), '0|0', '... so that nothing outlives it');

# ---- several registers ----

$s = story($settled . q{
	INSERT INTO settlement_consideration (settlement_id, person_id, unit, consideration, available_on, source_code)
		SELECT settlement_id, person_id, unit, 'Kanari', available_on, source_code FROM settlement;
	SELECT nir.create_register('other');
	INSERT INTO other.person (birth_date, source_code) VALUES ('1990-01-01', 'imdi');
	INSERT INTO other.settlement (person_id, unit, case_opened_on, available_on, source_code) VALUES (1, '0301', '2026-01-01', '2026-01-01', 'imdi');
	INSERT INTO other.settlement_consideration (settlement_id, person_id, unit, consideration, available_on, source_code) VALUES (1, 1, '0301', 'Kanari', '2026-01-01', 'imdi')});
purge($s, '2036-01-01');
is(value($s, q{SELECT string_agg(concat_ws(' ', subject, destroyed_at IS NULL), ', ' ORDER BY subject) FROM nir.subject_key}),
	'1 t, 2 f, 3 f', 'the key of a person whom another register counts alike is not destroyed');
purge($s, '2042-01-01');
is(value($s, q{SELECT count(*) FROM nir.subject_key WHERE destroyed_at IS NULL}), 0, '... until that forgets her too');

$s = story($visit . q{ALTER TABLE local.visit ADD FOREIGN KEY (person_id) REFERENCES register.person;
	SELECT nir.bind_retention('local.visit', 'RC1', event => 'visited_on'); INSERT INTO local.visit VALUES (1, 1, '2010-01-01', 'x')});
purge($s);
is(value($s, 'SELECT count(*) FROM person'), 2, 'a person with facts in a table elsewhere goes with the last of them (R159)');

$s = story(q{INSERT INTO nir.transfer (register, list, recipient, subject, rule, state) VALUES ('again', 'D57-2', 'udi', 1, 'RC4', 'nothing');
	INSERT INTO nir.quarantine (register, rule, subject, code) VALUES ('again', 'RC4', 1, 'x');
	INSERT INTO nir.retention_hold (register, subject, reason, until) VALUES ('again', 1, 'x', '2099-01-01'); SELECT nir.create_register('again')});
is(value($s, q{SELECT (SELECT count(*) FROM nir.transfer WHERE register = 'again' AND subject IS NOT NULL) + (SELECT count(*) FROM nir.quarantine) + (SELECT count(*) FROM nir.retention_hold)}),
	0, 'a register made anew inherits nothing of one that had its name');
value($s, q{INSERT INTO nir.transfer (register, list, recipient, subject) VALUES ('thrice', 'D57-2', 'udi', 1)});
is(code($s, q{SELECT nir.create_register('thrice')}), 'NR079', '... and is not made while something of that waits to be handed over');

# ---- broken tables, poison, locks ----

$s = story("$settled $visit " . q{SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on'); ALTER TABLE local.visit RENAME visited_on TO seen_on});
like(purge($s, '2036-01-01'), qr/rule "RC2" in "local" is left, the rest goes on \(SQLSTATE 42703\)/, 'a renamed column is told of');
is(value($s, 'SELECT count(*) FROM settlement'), 0, '... and keeps no other table');
is(value($s, 'SELECT failed, finished_at IS NOT NULL FROM nir.stat_retention'), '1|t', '... and counted');
is(value($s, q{SELECT due IS NULL FROM nir.retention_due WHERE register = 'local'}), 't', '... nor hides what is due of others');

$s = story("$settled $tested");
my $locker = $node->background_psql($s);
$locker->query_safe('BEGIN; LOCK TABLE register.settlement');
like(purge($s, '2036-01-01', 'batch_size => 2'), qr/rule "RC1" in "register" is left/, 'a table that somebody has locked is told of');
acknowledge($s);
purge($s, '2036-01-01');
is(value($s, 'SELECT count(*) FROM test_result'), 0, '... and the rules of others go on');
$locker->query_safe('COMMIT');
$locker->quit;

$s = story($settled . q{
	INSERT INTO person_name (person_id, given_name, family_name, source_code) SELECT person_id, 'Ada', 'Kanari', 'imdi' FROM person;
	CREATE TABLE public.note (person_name_id bigint REFERENCES person_name); INSERT INTO public.note VALUES (2)});
like(purge($s, '2036-01-01'), qr/1 subjects could not be deleted/, 'general data that cannot go are told of');
is(value($s, 'SELECT (SELECT count(*) FROM settlement), (SELECT string_agg(person_id::text, $$ $$) FROM person)'), '0|2', '... the facts go all the same, and others');
is(value($s, 'SELECT rule, subject, code, place FROM nir.quarantine'), 'RC0|2|23503|note note_person_name_id_fkey', '... and the person is in quarantine');
is(purge($s, '2036-01-01'), '', '... where she keeps no purge from its end');
is(value($s, 'SELECT count(*) FROM nir.stat_retention WHERE finished_at IS NULL'), 0, '... as each came to');

# a trigger that keeps a row, and nobody is asked one by one
$s = story($settled . q{
	INSERT INTO person_name (person_id, given_name, family_name, source_code) SELECT person_id, 'Ada', 'Kanari', 'imdi' FROM person;
	CREATE FUNCTION public.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
	CREATE TRIGGER keep BEFORE DELETE ON person_name FOR EACH ROW WHEN (OLD.person_id = 3) EXECUTE FUNCTION public.keep()});
purge($s, '2036-01-01');
is(value($s, 'SELECT (SELECT string_agg(person_id::text, $$ $$) FROM person), (SELECT string_agg(person_id::text, $$ $$) FROM person_name)'), '3|3', 'no person goes from under a row that refers to her');
is(value($s, 'SELECT subject, code, place FROM nir.quarantine'), '3|23503|person_name', '... and it is known which');

# ---- code of strangers ----

$s = story(q{
	CREATE TABLE local.visit (visit_id bigint PRIMARY KEY, person_id bigint NOT NULL, unit nir.unit, visited_on date);
	CREATE TABLE local.connection (person_id bigint, unit nir.unit, valid daterange);
	SELECT nir.govern('local.connection', 'connection', unit => 'unit', subject => 'person_id');
	SELECT nir.govern('local.visit', 'training', unit => 'unit', subject => 'person_id');
	SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on'); INSERT INTO local.visit VALUES (1, 1, '0301', '2010-01-01');
	INSERT INTO training (person_id, unit, right_category, granted_on, started_on, available_on, source_code) VALUES (1, '0301', 'right', '2020-01-01', '2020-01-01', '2020-01-01', 'imdi');
	SET SESSION AUTHORIZATION vendor;
	CREATE TABLE local.loot (t text); GRANT INSERT ON local.loot TO nir_retention;
	CREATE FUNCTION local.disclose_d56_3(bigint) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN
		INSERT INTO local.loot SELECT current_user;
		UPDATE nir.transfer SET state = 'acknowledged', payload = NULL, payload_digest = 'x';
		RETURN NULL; END $$});
like(purge($s), qr/rule "RC2" in "local" is left, the rest goes on \(SQLSTATE NR075\)/, 'a disclosure function of a stranger is told of');
is(value($s, q{SELECT (SELECT count(*) FROM local.loot), (SELECT count(*) FROM nir.transfer WHERE state = 'acknowledged'), (SELECT count(*) FROM local.visit)}), '0|0|1', '... and not run, so nothing is deleted');

$s = story(q{
	CREATE TABLE local.visit (visit_id bigint, person_id bigint NOT NULL, visited_on date, note nir.tagged_text(b)) PARTITION BY RANGE (visit_id);
	CREATE TABLE local.visit1 PARTITION OF local.visit FOR VALUES FROM (0) TO (100);
	CREATE FUNCTION local.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'; ALTER FUNCTION local.f() OWNER TO vendor;
	CREATE TRIGGER t BEFORE DELETE ON local.visit1 FOR EACH ROW EXECUTE FUNCTION local.f();
	SELECT nir.govern('local.visit', 'local_log', subject => 'person_id')});
is(code($s, q{SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on')}), 'NR075', 'a trigger of a stranger on a partition is seen');
value($s, q{DROP TRIGGER t ON local.visit1; SELECT nir.bind_retention('local.visit', 'RC2', event => 'visited_on');
	INSERT INTO local.visit VALUES (1, 1, '2010-01-01', 'x'), (2, 1, '2020-01-01', 'x')});
is(purge($s), '', 'a partitioned table is purged');
is(value($s, 'SELECT visit_id FROM local.visit'), 2, '... of what is due');

$s = story($settled . q{
	SET SESSION AUTHORIZATION vendor;
	CREATE TABLE local.visit (visit_id bigint PRIMARY KEY, person_id bigint NOT NULL, settlement_id bigint REFERENCES register.settlement ON DELETE CASCADE, visited_on date);
	RESET SESSION AUTHORIZATION;
	INSERT INTO local.visit VALUES (1, 1, 1, '2026-01-01');
	SELECT nir.govern('local.visit', 'local_log', subject => 'person_id'); SELECT nir.bind_retention('local.visit', 'RC4', event => 'visited_on')});
like(purge($s, '2036-01-01'), qr/nothing is deleted from register by RC1/, 'a cascade into rows that are not due is told of');
is(value($s, 'SELECT (SELECT count(*) FROM local.visit), (SELECT count(*) FROM settlement)'), '1|3', '... and not begun');
value($s, q{SELECT nir.ungovern('local.visit'); SET SESSION AUTHORIZATION vendor;
	CREATE FUNCTION local.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';
	CREATE TRIGGER t BEFORE DELETE ON local.visit FOR EACH ROW EXECUTE FUNCTION local.f()});
like(purge($s, '2036-01-01'), qr/nothing is deleted from register by RC1/, '... nor one that runs a stranger\'s trigger');

# what runs within the purge is confined to what it is
$s = story($settled . q{
	CREATE TABLE public.tried (code text); GRANT INSERT ON public.tried TO nir_retention;
	CREATE FUNCTION public.try() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE failed text := 'none'; BEGIN
		BEGIN CREATE TEMP TABLE kept AS SELECT 1; EXCEPTION WHEN OTHERS THEN failed := SQLSTATE; END;
		INSERT INTO public.tried VALUES (failed); RETURN NULL; END $$;
	CREATE TRIGGER try AFTER DELETE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION public.try()});
purge($s, '2036-01-01');
is(value($s, 'SELECT DISTINCT code FROM public.tried'), '42501', 'code within the purge leaves nothing behind for after it');

# bindings that would mislead
$s = story("$visit " . q{ALTER TABLE local.visit ADD FOREIGN KEY (person_id) REFERENCES register.person;
	CREATE TABLE local.part (part_id bigint PRIMARY KEY, person_id bigint NOT NULL, visit_id bigint REFERENCES local.visit, kind bigint, note nir.tagged_text(b));
	ALTER TABLE local.visit ADD kind bigint UNIQUE; ALTER TABLE local.part ADD FOREIGN KEY (kind) REFERENCES local.visit (kind);
	SELECT nir.govern('local.part', 'local_log', subject => 'person_id'); ALTER SCHEMA local OWNER TO vendor});
is(code($s, q{SELECT nir.bind_retention('local.part', 'RC1', parent => 'visit_id')}), 'NR072', 'a parent goes by the rule itself');
value($s, q{SELECT nir.bind_retention('local.visit', 'RC1', event => 'visited_on')});
is(code($s, q{SELECT nir.bind_retention('local.part', 'RC1', parent => 'kind')}), 'NR072', '... and is referred to by its key');
is(code($s, q{SELECT nir.bind_retention('local.part', 'RC1', parent => 'visit_id')}), '', '... else a row would go with another\'s parent');
value($s, q{SET SESSION AUTHORIZATION vendor; CREATE VIEW local.retention_clock AS SELECT 1::bigint AS person_id, 'settled'::text AS clock, date '1990-01-01' AS on_date});
is(code($s, q{SELECT nir.bind_retention('local.visit', 'RC1')}), 'NR072', 'clocks are a governed table, not a stranger\'s view');

# ---- who becomes nir_retention ----

$s = story($settled . q{INSERT INTO nir.transfer (register, list, recipient, subject) VALUES ('register', 'D56-3', 'udi', 1)});
$node->safe_psql($s, 'GRANT nir_retention TO vendor');
is(value_as($node, $s, 'vendor', q{UPDATE nir.transfer SET state = 'nothing'; SELECT count(*) FROM nir.transfer}), 0, 'a member of nir_retention acknowledges nothing, and sees no transfer');
is(code($s, q{SELECT nir.deletion_link('deletion log', 1, decode(repeat('00', 32), 'hex'), '{a}')}, 'vendor'), 'NR074', '... makes no link of the log');
is(code($s, q{SELECT nir.subject_digests('register', '{1}')}, 'vendor'), 'NR074', '... nor knows whose digest is whose');
is(code($s, q{INSERT INTO nir.deletion_log SELECT * FROM nir.deletion_log; INSERT INTO nir.deletion_head VALUES (true, 0, decode(repeat('00', 32), 'hex'))}, 'vendor'), '42501', '... writes no log');
is(code($s, q{INSERT INTO nir.quarantine (register, rule, subject, code) VALUES ('register', 'RC1', 1, 'x')}, 'vendor'), '42501', '... puts nobody into quarantine');
is(code($s, q{SELECT nir.shred_subject(1)}, 'vendor'), '42501', '... destroys no key');
is(code($s, q{SELECT nir.shred_forgotten('register.person', '{1}'); SELECT nir.held_subjects('{}', '{}', '{1}')}, 'vendor'), 'NR074', '... not by the purge\'s own functions either');
is(value($s, q{SELECT (SELECT string_agg(state, ',') FROM nir.transfer), (SELECT count(*) FROM nir.subject_key)}), 'new|0', '... and nothing is changed');
$node->safe_psql($s, 'REVOKE nir_retention FROM vendor');

# ---- clocks and transactions ----

$s = story($settled);
is(code($s, q{SET nir.identity_mode = production; SET nir.now_override = '2036-01-01'; CALL nir.purge()}), 'NR078', 'where persons are real, nobody moves the clock');
is(code($s, q{BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT nir.prepare_transfers()}), 'NR078', 'a transaction that sees an old state makes no transfers');
$node->safe_psql('postgres', "ALTER DATABASE $s SET default_transaction_isolation = 'serializable'");
value($s, q{CREATE TABLE public.seen (isolation text); GRANT INSERT ON public.seen TO nir_retention;
	CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (current_setting('transaction_isolation')); RETURN NULL; END $$;
	CREATE TRIGGER see AFTER DELETE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION public.see()});
purge($s, '2036-01-01');
is(value($s, 'SELECT string_agg(DISTINCT isolation, $$ $$) FROM public.seen'), 'read committed', 'a purge sees what others commit, whatever the database is set to');

# ---- while the purge is at work ----

# A purge that waits, at the first deletion from a table, for a lock that is held here.
sub paused_purge
{
	my ($database, $table, $day) = @_;
	my $holder = $node->background_psql($database);
	my $purge = $node->background_psql($database, on_error_stop => 0);
	my $ended = value($database, 'SELECT count(*) FROM nir.retention_run WHERE finished_at IS NOT NULL');

	value($database, qq{CREATE FUNCTION public.pause() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS \$\$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END \$\$;
		CREATE TRIGGER pause BEFORE DELETE ON $table FOR EACH STATEMENT EXECUTE FUNCTION public.pause()});
	$holder->query_safe('SELECT pg_advisory_lock(4711)');
	$purge->query_safe("SET application_name = 'purging'; SET nir.purge_lock_timeout = '3min'; SET nir.now_override = '$day'");
	$purge->query_until(qr/begun/, "\\echo begun\nCALL nir.purge();\n");
	# it waits, or it is through without a pause
	$node->poll_query_until($database, qq{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'purging' AND wait_event = 'advisory')
		OR (SELECT count(*) FROM nir.retention_run WHERE finished_at IS NOT NULL) > $ended});
	value($database, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'purging' AND wait_event = 'advisory')}) eq 't'
	  or die 'the purge does not pause';
	return ($holder, $purge);
}
sub go_on
{
	my ($holder, $purge, $meanwhile) = @_;

	$holder->query_safe('SELECT pg_advisory_unlock(4711)');
	$meanwhile->() if $meanwhile;
	$purge->query('SELECT 1');
	$_->quit foreach $holder, $purge;
}

# changed after its transfer was acknowledged, and after the purge has looked
$s = story($tested);
purge($s, '2030-03-01');
acknowledge($s);
my @pair = paused_purge($s, 'test_result', '2030-03-01');
value($s, q{UPDATE test_result SET result = 'B2'});
go_on(@pair);
is(value($s, 'SELECT string_agg(result::text, $$ $$) FROM test_result'), 'B2', 'what is changed while the purge is at work is not deleted before it was handed over');
is(value($s, 'SELECT left_locked FROM nir.stat_retention ORDER BY run_id DESC LIMIT 1'), 1, '... and counted as left');
value($s, 'DROP TRIGGER pause ON test_result');
purge($s, '2030-03-01');
acknowledge($s);
purge($s, '2030-03-01');
is(value($s, 'SELECT count(*) FROM test_result'), 0, '... acknowledged it goes');

# a change that commits after a transfer queued before it was made
$s = story("$tested UPDATE nir.transfer SET state = 'nothing' WHERE list = 'D56-4'");
my $writer = $node->background_psql($s);
$writer->query_safe(q{BEGIN; UPDATE register.test_result SET result = 'B2'});
value($s, 'SELECT nir.prepare_transfers()');
$writer->query_safe('COMMIT');
$writer->quit;
value($s, 'SELECT nir.prepare_transfers()');
like(value($s, q{SELECT string_agg(payload::text, ' ') FROM nir.transfer WHERE list = 'D57-2'}), qr/"result": "B2"/, 'a change is in a transfer, whenever it commits');

# a test part that comes in is handed over
$s = story($tested);
purge($s, '2030-03-01');
acknowledge($s);
value($s, q{INSERT INTO test_part (test_sitting_id, person_id, unit, part_kind, available_on, source_code) VALUES (1, 1, '0301', 'reading', '2010-03-01', 'hkdir')});
like(purge($s, '2030-03-01'), qr/1 subjects are overdue/, 'a part of a test that comes in late holds deletion up');
acknowledge($s);

# a disclosure function that is gone
$s = story("$tested ALTER FUNCTION disclose_d57_2(bigint) RENAME TO gone");
purge($s, '2030-03-01'), acknowledge($s) foreach 1 .. 2;
is(value($s, q{SELECT (SELECT count(*) FROM test_result), (SELECT count(*) FROM nir.transfer WHERE list = 'D57-2' AND state <> 'new')}), '1|0', 'a function that is gone is not nothing to hand over');

# a new fact for a person of whom the last is being deleted, committed when the purge has looked for
# facts; one that keeps a clock waits for that too, another for the person alone
foreach my $fact (
	q{settlement (person_id, unit, case_opened_on, available_on, source_code) VALUES (1, '0301', '2035-01-01', '2035-01-01', 'imdi')},
	q{health_consent (person_id, unit, given_on, informed_by, covers, available_on, source_code) VALUES (1, '0301', '2020-01-01', 'x', 'y', '2035-01-01', 'imdi')})
{
	$s = story($settled);
	@pair = paused_purge($s, 'person_name', '2036-01-01');
	my $adder = $node->background_psql($s, on_error_stop => 0);
	$adder->query_until(qr/begun/, qq{SET application_name = 'adding';\nBEGIN;\n\\echo begun\nINSERT INTO register.$fact;\n});
	ok($node->poll_query_until($s, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'adding'
		AND (wait_event_type = 'Lock' OR state = 'idle in transaction' AND backend_xid IS NOT NULL))}), 'a new fact of hers is added');
	go_on(@pair, sub {
		$node->poll_query_until($s, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'purging'
			AND (state = 'idle' OR wait_event_type = 'Lock' AND wait_event <> 'advisory'))}) or die 'the purge does not go on';
		$adder->query('COMMIT');
	});
	$adder->quit;
	is(value($s, 'SELECT (SELECT count(*) FROM settlement) + (SELECT count(*) FROM health_consent), (SELECT count(*) FROM person)'), '0|0',
		'... and waits, and is refused: no person goes from under a fact');
}

# a hold for a person who is being forgotten
$s = story($settled);
@pair = paused_purge($s, 'person_name', '2036-01-01');
my $dpo = $node->background_psql($s, on_error_stop => 0);
$dpo->query_until(qr/begun/, qq{SET application_name = 'holding'; SET nir.now_override = '2036-01-01';\n\\echo begun\nSELECT nir.hold('register', 1, 'case 1', '2036-06-01');\n});
ok($node->poll_query_until($s, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'holding' AND (wait_event_type = 'Lock' OR state = 'idle'))}), 'a hold is asked for');
go_on(@pair);
$dpo->query('SELECT 1');
$dpo->quit;
is(value($s, 'SELECT (SELECT count(*) FROM nir.retention_hold), (SELECT count(*) FROM person)'), '0|0', '... and none is given of a person who is gone');
is(code($s, q{SELECT nir.hold('register', 1, 'case 1', CURRENT_DATE + 5)}, 'dpo'), 'P0002', '... nor of one who never was');

# two corrections at once
$s = story(q{INSERT INTO settlement (person_id, unit, case_opened_on, settled_on, settled_unit, available_on, source_code)
	VALUES (1, '0301', '2020-01-01', '2020-05-15', '0301', '2020-05-15', 'imdi'), (1, '4601', '2021-01-01', '2021-05-15', '4601', '2021-05-15', 'imdi')});
my ($one, $two) = map { $node->background_psql($s) } 1 .. 2;
$one->query_safe(q{BEGIN; UPDATE register.settlement SET settled_on = '2022-05-15' WHERE settlement_id = 1});
$two->query_until(qr/begun/, qq{SET application_name = 'second';\n\\echo begun\nUPDATE register.settlement SET settled_on = '2023-05-15' WHERE settlement_id = 2;\n});
ok($node->poll_query_until($s, q{SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'second' AND wait_event_type = 'Lock')}), 'a second correction of a person\'s events waits for the first');
$one->query_safe('COMMIT');
$two->query_safe('SELECT 1');
$_->quit foreach $one, $two;
is(value($s, 'SELECT on_date FROM retention_clock'), '2022-05-15', '... and the clock is that of both');

$node->stop;
unlink("$folder/keyring");
done_testing();
