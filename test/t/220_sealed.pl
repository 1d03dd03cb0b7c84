# Sealed columns: who may open and who may not, what cannot be put where, and
# what each refusal says; that keys made in a transaction that is taken back
# are not used, and that a shredded person's values open in no session; that
# every failing call of OpenSSL is an error; and that neither files nor log
# nor dump hold the text.
# covers: R55 R56 R57 R58 R60 R61
# covers: IF § 51 (1) b; IF § 51 (2) a; IF § 51 (2) b; IF § 51 (2) c; IF § 51 (2) d; IF § 51 (2) e
# covers: IF § 54 g; IF § 54 n

use strict;
use warnings FATAL => 'all';

use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $superuser = getpwuid($<);
my $failing = build_library('failing_evp');
my $fail_file = PostgreSQL::Test::Utils::tempdir() . '/number';
my $node;
{
	local $ENV{LD_PRELOAD} = $failing;
	local $ENV{FAILING_EVP} = $fail_file;
	$node = nir_node('sealed');
	create_register($node, 'postgres');
	create_keyring($node);
}
$node->safe_psql('postgres', q{
	CREATE ROLE oslo LOGIN; CREATE ROLE bergen LOGIN; CREATE ROLE stranger LOGIN;
	SELECT nir.bind_role('oslo', '0301', purposes => '{b,c,d,p}');
	SELECT nir.bind_role('bergen', '4601', purposes => '{b,c,d}');
	CREATE SCHEMA work AUTHORIZATION oslo;
	GRANT USAGE ON SCHEMA register, nir TO stranger;
});

sub as_oslo
{
	my ($sql, $purposes, $case) = @_;

	$purposes //= 'd';
	$case //= 'case 7';
	return qq{BEGIN; DO \$x\$ BEGIN PERFORM nir.begin_processing('$purposes', '0301', 'case worker', '$case'); END \$x\$; $sql; COMMIT;};
}

sub refused
{
	my ($code, $sql, $what, $user) = @_;

	is(sqlstate($node, 'postgres', $user // 'oslo', $sql), $code, $what);
}

sub oslo
{
	my ($sql) = @_;

	return value_as($node, 'postgres', 'oslo', as_oslo($sql));
}

# two persons with a settlement each, and what one of them needs
my ($she, $her_case) = split(/\|/, oslo(q{

	INSERT INTO register.person (birth_date, sex_code) VALUES ('1994-06-12', '2') RETURNING person_id AS p \gset
	INSERT INTO register.settlement (person_id, unit, case_opened_on)
	VALUES (:p, '0301', '2026-01-15') RETURNING person_id, settlement_id}));
my ($he, $his_case) = split(/\|/, oslo(q{

	INSERT INTO register.person (birth_date, sex_code) VALUES ('1990-01-01', '1') RETURNING person_id AS p \gset
	INSERT INTO register.settlement (person_id, unit, case_opened_on)
	VALUES (:p, '0301', '2026-01-15') RETURNING person_id, settlement_id}));
my $special = 'register.settlement_special (settlement_id, person_id, unit, health_source, necessity, health';
my $insert_hers = "INSERT INTO $special) VALUES ($her_case, $she, '0301', 'person', 'housing', ";
my $insert_his = "INSERT INTO $special) VALUES ($his_case, $he, '0301', 'person', 'housing', ";
my $canary = 'canary: needs a ground floor æøå';
oslo("$insert_hers '$canary')");
my $open = "SELECT nir.open(health) FROM register.settlement_special WHERE person_id = $she";

# ---- opening ----
is(oslo($open), $canary, 'what was written as plain SQL is opened under d with a case');
ok($node->poll_query_until('postgres', "SELECT count(*) = 1 FROM nir.access_log
	WHERE kind = 'opened' AND subjects = '{$she}' AND role = 'oslo' AND purposes = '{d}' AND case_ref = 'case 7'"),
	'... and recorded with the person');
like(my $armour = oslo("SELECT health FROM register.settlement_special WHERE person_id = $she"), qr/^nirs1:[A-Za-z0-9+\/=]+$/, 'read as it is, it is ciphertext');
is(value_as($node, 'postgres', 'oslo', as_oslo($open, 'p')), $canary, 'the rights of the registered open it too');
refused('NR010', $open, 'without a context');
refused('NR022', as_oslo("SELECT nir.open('$armour')", 'b'), 'under a purpose that it does not serve');
refused('NR021', as_oslo($open, 'b'), '... nor is its table touched under that purpose');
refused('NR024', as_oslo($open, 'd,p'), 'under two purposes');
refused('NR019', as_oslo($open, 'd', ' '), 'without a case');
refused('NR019', as_oslo("SELECT nir.open('$armour')", 'd', ' '), '... nor with the ciphertext in hand, where no table asks for one');
refused('NR010', $open, 'a superuser', $superuser);
refused('NR010', "SELECT nir.open('$armour')", 'a superuser with the ciphertext in hand', $superuser);
refused('42501', "SELECT nir.open('$armour')", 'somebody who acts for nobody', 'stranger');
refused('42501', "SELECT nir.seal('x', 1, 'health')", '... nor does such a one seal', 'stranger');
refused('NR058', as_oslo("SELECT nir.open('just given')"), 'what was never stored');
is(value_as($node, 'postgres', 'oslo', as_oslo("SET LOCAL force_parallel_mode = on; $open")), $canary, 'opened beside parallel workers');

# ---- what is stored where ----
refused('NR056', as_oslo("$insert_his '$armour')"), 'another person\'s ciphertext');
refused('NR056', as_oslo("UPDATE register.settlement_special SET religion = '$armour' WHERE person_id = $she"), 'another category\'s');
refused('NR056', as_oslo("UPDATE register.settlement_special SET religion = health WHERE person_id = $she"), '... also from column to column');
refused('NR056', as_oslo("INSERT INTO register.test_absence (test_sitting_id, person_id, unit, reason) VALUES (1, $she, '0301', '$armour')", 'c'),
	'other purposes');
is(oslo("UPDATE register.settlement_special SET health = '$armour', ethnic = 'x' WHERE person_id = $she; $open"), $canary, 'one\'s own goes back as it came');
is(oslo("INSERT INTO $special) VALUES ($her_case, $she, '0301', 'person', 'housing', 'second text')
	ON CONFLICT (settlement_id, unit) DO UPDATE SET health = excluded.health; $open"), 'second text', 'and an upsert seals');
is(oslo("UPDATE register.settlement_special SET health = nir.seal('nirs1: any text', $she, 'health') WHERE person_id = $she; $open"), 'nirs1: any text', 'nir.seal takes any text');
refused('NR056', as_oslo("UPDATE register.settlement_special SET health = nir.seal('x', $she, 'religion') WHERE person_id = $she"), '... for its category');
refused('NR056', as_oslo("UPDATE register.settlement_special SET health = nir.seal('x', $he, 'health') WHERE person_id = $she"), '... and person');
refused('22023', as_oslo("SELECT nir.seal('x', $she, 'hobby')"), '... of those there are');
refused('22P02', as_oslo("$insert_his 'nirs1: any text')"), 'text that begins like ciphertext and is none');
refused('22P02', as_oslo("$insert_his 'nirs1:AAAA')"), '... nor is it guessed at');
oslo("UPDATE register.settlement_special SET health = '$canary' WHERE person_id = $she");

# ---- of a person who is narrowed, ciphertext that was kept is closed as her rows are ----
$armour = oslo("SELECT health FROM register.settlement_special WHERE person_id = $she");
my $kept = "SELECT nir.open('$armour')";
is(oslo($kept), $canary, 'ciphertext that was kept is opened');
foreach my $case (
	[ 'NULL', 'd', 'NR022', 'not of who is restricted' ],
	[ 'NULL', 'p', $canary, '... but for her own rights' ],
	[ q{'settlement_special'}, 'd', 'NR022', '... nor where it is special data that are restricted' ],
	[ q{'result'}, 'd', $canary, '... nor is it closed where it is others' ])
{
	my ($category, $purpose, $outcome, $what) = @$case;

	$node->safe_psql('postgres', "INSERT INTO register.restriction (person_id, category, decision_ref, registered_by) VALUES ($she, $category, 'case 8', 'test')");
	if ($outcome eq 'NR022') { refused('NR022', as_oslo($kept, $purpose), $what) }
	else { is(value_as($node, 'postgres', 'oslo', as_oslo($kept, $purpose)), $outcome, $what) }
	$node->safe_psql('postgres', "DELETE FROM register.restriction WHERE person_id = $she");
}
$node->safe_psql('postgres', "INSERT INTO register.restriction (person_id, decision_ref, registered_by) VALUES ($he, 'case 8', 'test')");
is(oslo($kept), $canary, 'another person\'s restriction closes nothing');
$node->safe_psql('postgres', "DELETE FROM register.restriction; INSERT INTO register.research_reservation (person_id, source_code, registered_by) VALUES ($she, 'person', 'test')");
is(oslo($kept), $canary, 'nor does a reservation against research');
$node->safe_psql('postgres', "DELETE FROM register.research_reservation; UPDATE register.person SET protection = 2 WHERE person_id = $she");
refused('NR022', as_oslo($kept, $_), "not of who is shielded, under $_") foreach qw(d p);
refused('NR022', as_oslo("SET LOCAL force_parallel_mode = on; $kept"), '... nor beside parallel workers');
is(oslo($open), '', '... whose row is not there');
$node->safe_psql('postgres', "UPDATE register.person SET protection = 0 WHERE person_id = $she");
is(oslo($kept), $canary, 'and then it is open again');

# ---- register rules ----
refused('23514', as_oslo("UPDATE register.settlement_special SET health_source = 'health_personnel' WHERE person_id = $she"), 'health personnel need a consent');
oslo("INSERT INTO register.health_consent (person_id, unit, given_on, informed_by, covers) VALUES ($she, '0301', '2026-02-01', 'N. N.', 'mobility');
	UPDATE register.settlement_special SET health_source = 'health_personnel',
		health_consent_id = (SELECT health_consent_id FROM register.health_consent) WHERE person_id = $she");
is(oslo("SELECT health_source FROM register.settlement_special WHERE person_id = $she"), 'health_personnel', '... and with one they may');
oslo("UPDATE register.settlement SET closed_on = CURRENT_DATE WHERE settlement_id = $his_case");
refused('23514', as_oslo("$insert_his 'late')"), 'nothing is written when the case is closed');
oslo("UPDATE register.settlement SET closed_on = NULL WHERE settlement_id = $his_case");

oslo("INSERT INTO register.settlement_special (settlement_id, person_id, unit, necessity, ethnic, religion, offence, sexual)
	VALUES ($his_case, $he, '0301', 'housing', 'e', 'r', 'o', 's');
	INSERT INTO register.settlement_consideration (settlement_id, person_id, unit, consideration) VALUES ($his_case, $he, '0301', 'c')");
is(oslo("SELECT nir.open(ethnic) || nir.open(religion) || nir.open(offence) || nir.open(sexual) || nir.open(consideration)
	FROM register.settlement_special JOIN register.settlement_consideration USING (settlement_id)"), 'erosc',
	'each category is sealed and opened');
is(value_as($node, 'postgres', 'oslo', as_oslo(qq{
	INSERT INTO register.test_candidate (person_id, unit, candidate_no) VALUES ($he, '0301', '1') RETURNING test_candidate_id AS c \\gset
	INSERT INTO register.test_sitting (test_candidate_id, person_id, unit, held_on) VALUES (:c, $he, '0301', CURRENT_DATE) RETURNING test_sitting_id AS s \\gset
	INSERT INTO register.test_accommodation (test_candidate_id, person_id, unit, need) VALUES (:c, $he, '0301', 'more time');
	INSERT INTO register.test_absence (test_sitting_id, person_id, unit, reason) VALUES (:s, $he, '0301', 'ill');
	SELECT nir.open(need) || ', ' || nir.open(reason) FROM register.test_accommodation, register.test_absence}, 'c')),
	'more time, ill', '... and what tests need');

# ---- damage: every bit, every length ----
is(oslo(qq{DO \$x\$
	DECLARE raw bytea := decode(substr('$armour', 7), 'base64'); opened text; n int := 0;
	BEGIN
		FOR i IN 0 .. length(raw) * 8 - 1 LOOP
			BEGIN
				opened := nir.open(('nirs1:' || replace(encode(set_bit(raw, i, 1 - get_bit(raw, i)), 'base64'), E'\\n', ''))::nir.sealed);
				RAISE EXCEPTION 'bit % opened', i USING ERRCODE = 'XX000';
			EXCEPTION WHEN SQLSTATE 'NR055' OR SQLSTATE 'NR056' OR SQLSTATE 'NR022' OR SQLSTATE 'NR058' OR SQLSTATE '22P02' THEN n := n + 1;
			END;
		END LOOP;
		FOR i IN 0 .. length(raw) - 1 LOOP
			BEGIN
				opened := nir.open(('nirs1:' || replace(encode(substr(raw, 1, i), 'base64'), E'\\n', ''))::nir.sealed);
				RAISE EXCEPTION 'length % opened', i USING ERRCODE = 'XX000';
			EXCEPTION WHEN SQLSTATE 'NR055' OR SQLSTATE '22P02' THEN n := n + 1;
			END;
		END LOOP;
		PERFORM set_config('regress.n', (n - length(raw) * 9)::text, true);
	END \$x\$; SELECT current_setting('regress.n')}), '0', 'no damaged value opens');

# ---- containers, copies, definitions ----
my $sealed = "nir.sealed(health, 'd,p,q')";
refused('NR030', 'CREATE TABLE work.t (v nir.sealed)', 'a column without a modifier');
refused('NR031', 'CREATE TABLE work.t (v nir.sealed(d))', 'a modifier without a category');
refused('NR031', 'CREATE TABLE work.t (v nir.sealed(health))', 'a modifier without purposes');
refused('NR031', "CREATE TABLE work.t (v nir.sealed(health, 'a-x'))", 'a modifier with all purposes');
refused('NR058', "CREATE TABLE work.t (v ${sealed}[])", 'an array');
refused('NR058', "CREATE DOMAIN work.d AS $sealed; CREATE TABLE work.t (v work.d)", 'a domain');
refused('NR058', "CREATE TYPE work.c AS (v $sealed)", 'a composite type');
refused('NR058', 'CREATE TABLE work.t (v register.settlement_special)', 'a row type');
refused('NR058', as_oslo("CREATE TABLE work.t AS SELECT health FROM register.settlement_special"), 'a table of copies');
refused('NR058', as_oslo("CREATE TABLE work.t (v $sealed); INSERT INTO work.t SELECT health FROM register.settlement_special"), '... also made first');
refused('NR058', as_oslo("CREATE TEMP TABLE t (v $sealed); INSERT INTO t VALUES ('x')"), '... and temporary');
refused('NR058', as_oslo("CREATE MATERIALIZED VIEW work.m AS SELECT health FROM register.settlement_special"), 'a materialized view');
refused('NR058', "CREATE VIEW work.v AS SELECT 'x'::nir.sealed AS v", 'a view with a text in it');
refused('NR058', "CREATE TABLE work.t (v $sealed DEFAULT 'x')", 'a default');
refused('NR058', "CREATE FUNCTION work.f() RETURNS nir.sealed LANGUAGE sql BEGIN ATOMIC SELECT 'x'::nir.sealed; END", 'a function body');
refused('NR058', "ALTER TABLE register.settlement_special ALTER health SET DEFAULT 'x'", 'a default of a governed table', $superuser);
refused('42P17', "CREATE INDEX ON register.settlement_special (nir.open(health))", 'an index over what is sealed', $superuser);
refused('42704', "CREATE INDEX ON register.settlement_special (health)", '... or over the ciphertext', $superuser);
refused('42883', as_oslo("SELECT health = health FROM register.settlement_special"), 'a comparison');
refused('NR058', "CREATE TABLE work.t (v $sealed); INSERT INTO work.t VALUES ('x')", 'a superuser\'s table without a person', $superuser);
refused('NR034', "CREATE TABLE register.t (p text, u nir.unit, v $sealed); SELECT nir.govern('register.t', 'settlement_special', unit => 'u', subject => 'p')",
	'governing without a number for the person', $superuser);
refused('NR058', "ALTER TABLE register.settlement_special DISABLE TRIGGER zz_nir_seal; SET ROLE oslo; " . as_oslo("UPDATE register.settlement_special SET health = 'x'"),
	'a trigger that is switched off', $superuser);
$node->safe_psql('postgres', 'ALTER TABLE register.settlement_special ENABLE TRIGGER zz_nir_seal');
is($node->safe_psql('postgres', "ANALYZE register.settlement_special;
	SELECT count(*) FROM pg_stats WHERE tablename = 'settlement_special' AND attname = 'health' AND num_nonnulls(most_common_vals::text, histogram_bounds::text) > 0"),
	'0', 'statistics hold no value');


# what a table's own trigger, CHECK and column list cannot be trusted with
is($node->safe_psql('postgres', qq{
	CREATE TABLE seen (text text);
	CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS \$\$BEGIN INSERT INTO seen VALUES (NEW.health::text); RETURN NEW; END\$\$;
	GRANT INSERT ON seen TO oslo;
	CREATE TRIGGER aa_look BEFORE UPDATE ON register.settlement_special FOR EACH ROW EXECUTE FUNCTION look();
	SET ROLE oslo;}
	. as_oslo("UPDATE register.settlement_special SET health = '$canary' WHERE person_id = $she") . q{
	RESET ROLE;
	DROP TRIGGER aa_look ON register.settlement_special;
	SELECT count(*), bool_and(encode(decode(substr(text, 7), 'base64'), 'escape') NOT LIKE '%canary%') FROM seen}), '1|t',
	'a trigger before the last one is shown noise');
my $columns = '(settlement_id, person_id, unit, health_source, necessity, health, source_code, registered_by)';
my $foreign = "DELETE FROM register.settlement_special WHERE person_id = $he; COPY register.settlement_special $columns FROM stdin;\n$his_case\t$he\t0301\tperson\thousing\t$armour\tmunicipality\tx\n\\.\n";
refused('NR056', "BEGIN; $foreign", 'COPY does not bring another person\'s, by the trigger', $superuser);
refused('23514', "BEGIN; ALTER TABLE register.settlement_special DISABLE TRIGGER zz_nir_seal; $foreign", '... and without it by the CHECK', $superuser);
refused('NR056', "BEGIN; UPDATE pg_attribute a SET atttypmod = b.atttypmod FROM pg_attribute b
	WHERE a.attrelid = 'register.settlement_special'::regclass AND b.attrelid = a.attrelid AND a.attname = 'health' AND b.attname = 'religion';
	UPDATE register.settlement_special SET unit = unit WHERE person_id = $she", '... nor is a column\'s category changed by hand', $superuser);
refused('NR058', "BEGIN; CREATE TABLE public.nobodys (v $sealed); COPY public.nobodys FROM stdin;\nplain\n\\.\n", 'COPY does not fill a table that nobody governs', $superuser);
my $own = "CREATE TABLE register.own (person_id bigint, unit nir.unit, v $sealed); ALTER TABLE register.own OWNER TO oslo;
	SELECT nir.govern('register.own', 'settlement_special', unit => 'unit', subject => 'person_id') \\g /dev/null\n";
my $take = "INSERT INTO register.own VALUES ($he, '0301', '$armour')";
refused('NR056', "BEGIN; $own SET SESSION AUTHORIZATION oslo;
	DROP TRIGGER zz_nir_seal ON register.own; ALTER TABLE register.own DROP CONSTRAINT nir_sealed_v; SAVEPOINT s;"
	. as_oslo($take) =~ s/BEGIN;//r, 'an owner who takes trigger and CHECK away stores no other person\'s', $superuser);
like($node->safe_psql('postgres', "BEGIN; $own SELECT count(*) FROM nir.lint() WHERE name = 'unsealed';
	ALTER TABLE register.own ADD w $sealed; SELECT count(*) FROM nir.lint() WHERE name = 'unsealed' AND object = 'register.own';
	SELECT nir.govern('register.own', 'settlement_special', unit => 'unit', subject => 'person_id') \\g /dev/null
	ALTER TABLE register.own DISABLE TRIGGER zz_nir_seal; SELECT count(*) FROM nir.lint() WHERE name = 'unsealed'; ROLLBACK"), qr/^0\n1\n1$/m,
	'nir.lint() names what is missing');
refused('NR056', "BEGIN; $own ALTER TABLE register.own ADD w $sealed; SET SESSION AUTHORIZATION oslo;"
	. as_oslo("INSERT INTO register.own VALUES ($he, '0301', NULL, '$armour')") =~ s/BEGIN;//r, '... nor in a column added later', $superuser);
refused('NR058', "BEGIN; $own DROP TRIGGER zz_nir_seal ON register.own; INSERT INTO register.own VALUES (NULL, '0301', '$armour')", '... nor in a row of nobody', $superuser);
my $child = "$own CREATE TABLE register.child (w $sealed) INHERITS (register.own); ALTER TABLE register.child OWNER TO oslo;
	SELECT nir.govern('register.child', 'settlement_special', unit => 'unit', subject => 'person_id') \\g /dev/null\n SET SESSION AUTHORIZATION oslo;";
is($node->safe_psql('postgres', "BEGIN; $child" . as_oslo("INSERT INTO register.child VALUES ($he, '0301', 'one', 'two'); SELECT nir.open(v) || nir.open(w) FROM register.child")
	=~ s/BEGIN;//r =~ s/COMMIT/ROLLBACK/r), 'onetwo', 'a child table seals');
refused('NR056', "BEGIN; $child" . as_oslo("INSERT INTO register.child VALUES ($he, '0301', NULL, '$armour')") =~ s/BEGIN;//r, '... for its person', $superuser);

# ---- what runs as the extension's owner ----
is(value_as($node, 'postgres', 'oslo', qq{
	CREATE FUNCTION work.eq(bigint, bigint) RETURNS boolean LANGUAGE plpgsql AS \$\$
		BEGIN PERFORM set_config('regress.ran_as', current_user, false); RETURN int8eq(\$1, \$2); END\$\$;
	CREATE OPERATOR work.= (FUNCTION = work.eq, LEFTARG = bigint, RIGHTARG = bigint);
	SET search_path = work, pg_catalog;}
	. as_oslo("UPDATE register.settlement_special SET health = '$canary' WHERE health_source IS NOT NULL") . q{
	SELECT current_setting('regress.ran_as', true)}), '', 'sealing runs no operator of the caller\'s as a superuser');

# ---- keys that were not committed ----
$node->safe_psql('postgres', "CREATE TABLE register.need (person_id bigint, unit nir.unit, v $sealed);
	ALTER TABLE register.need OWNER TO nir_owner;
	SELECT nir.govern('register.need', 'settlement_special', unit => 'unit', subject => 'person_id')");
my $first = "INSERT INTO register.need VALUES ($he, '0301', 'first')";
my $second = "INSERT INTO register.need VALUES ($he, '0301', 'second')";
my $third = "INSERT INTO register.need VALUES ($he, '0301', 'third')";
value_as($node, 'postgres', 'oslo', as_oslo($first) =~ s/COMMIT/ROLLBACK/r
	. as_oslo("SAVEPOINT s; $first; ROLLBACK TO s; $second; SAVEPOINT t; $third; RELEASE t"));
is(oslo('SELECT string_agg(nir.open(v), $$,$$ ORDER BY ctid) FROM register.need'), 'second,third', 'keys of what was taken back are forgotten');
is($node->safe_psql('postgres', "SELECT count(*) FROM nir.subject_key WHERE subject = $he"), '1', '... and one was kept');
refused('NR055', "BEGIN; UPDATE nir.subject_key SET wrapped = (SELECT wrapped FROM nir.subject_key WHERE subject = $she) WHERE subject = $he;
	SELECT nir.seal('x', $he, 'health')", 'a key in another person\'s place', $superuser);
my $new = oslo("INSERT INTO register.person (birth_date, sex_code) VALUES ('1991-01-01', '1') RETURNING person_id");
my $opened_new = "INSERT INTO register.need VALUES ($new, '0301', 'new'); SELECT nir.open(v) FROM register.need WHERE person_id = $new";
is(value_as($node, 'postgres', 'oslo', as_oslo($opened_new) =~ s/COMMIT/ROLLBACK/r . as_oslo("SAVEPOINT s; $opened_new; ROLLBACK TO s; $opened_new")),
	"new\nnew\nnew", '... also those that were opened before');

# ---- shredding ----
my $session = $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', 'oslo' ]);
$session->query(as_oslo('SELECT 1') =~ s/ COMMIT;//r);
is($session->query("SELECT nir.open(v) FROM register.need WHERE person_id = $he LIMIT 1;"), 'second', 'a session has the key');
$session->query('DECLARE c CURSOR FOR SELECT nir.open(v) FROM register.need; FETCH c;');
refused('42501', "SELECT nir.shred_subject($he)", 'an application shreds nobody');
is($node->safe_psql('postgres', "SELECT nir.shred_subject($he)"), '1', 'the person is shredded');
my $after = $session->query("FETCH c;");
unlike($after, qr/third/, '... and a cursor that is open gives no more');
$session->query('ROLLBACK;');
$session->quit;
ok($node->poll_query_until('postgres', "SELECT count(*) = 1 FROM nir.access_log WHERE kind = 'act' AND object ~ 'subject_key: subject=$he, version=1, destroyed_at=.'"),
	'... which the access log tells');
refused('NR057', as_oslo('SELECT nir.open(v) FROM register.need'), '... nor does anybody open it');
refused('NR057', as_oslo($first), '... or seal for the person again');
is($node->safe_psql('postgres', "SELECT num_nulls(generation, check_value, wrapped, made_at), destroyed_at <= clock_timestamp()
	FROM nir.subject_key WHERE subject = $he"), '4|t', 'the number and the day are left');
is($node->safe_psql('postgres', "SELECT nir.shred_subject(4711); SELECT count(*) FROM nir.subject_key WHERE subject = 4711"), "0\n0", 'of a person without a key nothing is');
my $maker = $node->background_psql('postgres', on_error_stop => 0);
$maker->query("BEGIN; SELECT nir.seal('x', 4712, 'health') IS NULL;");
refused('55P03', "SET lock_timeout = '50ms'; SELECT nir.shred_subject(4712)", 'shredding waits for who makes the first key', $superuser);
my $shredder = $node->background_psql('postgres', on_error_stop => 0);
$shredder->query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1;');
$maker->query('COMMIT;');
$maker->quit;
$shredder->query('\\set VERBOSITY sqlstate');
$shredder->query('SELECT nir.shred_subject(4712);');
like($shredder->{stderr}, qr/40001/, '... and does not overlook it');
{ no warnings; $shredder->{stderr} = ''; }
$shredder->query('ROLLBACK;');
$shredder->quit;
is($node->safe_psql('postgres', 'SELECT nir.shred_subject(4712)'), '1', '... on another try');

# destroyed while a session was reading it
my $late = oslo("INSERT INTO register.person (birth_date, sex_code) VALUES ('1992-01-01', '1') RETURNING person_id AS p \\gset
	INSERT INTO register.need VALUES (:p, '0301', 'late') RETURNING person_id");
my $reader = $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', 'oslo' ]);
my $pid = $reader->query('SELECT pg_backend_pid();');
# the keyring first, so that it waits with the wrapped key in hand
is($reader->query(as_oslo($open)), $canary, 'a session that has the keyring');
append_to_file($fail_file, 'wait');
$reader->query_until(qr/asking/, "\\echo asking\n" . as_oslo("SELECT nir.open(v) FROM register.need WHERE person_id = $late") . "\n");
$node->poll_query_until('postgres', "SELECT (pg_stat_file('$fail_file.$pid', true)).size IS NOT NULL") or die 'no session waits';
$node->safe_psql('postgres', "SELECT nir.shred_subject($late)");
unlink $fail_file;
my $read = $reader->query(as_oslo("SELECT nir.open(v) FROM register.need WHERE person_id = $late"));
like($reader->{stderr}, qr/key of this person was destroyed.*key of this person was destroyed/s, 'a key that goes while it is read is not kept');
unlike($read, qr/late/, '... and opens nothing');
{ no warnings; $reader->{stderr} = ''; }
$reader->quit;

# with the last fact of a person goes the key
my $old = q{INSERT INTO register.person (birth_date, sex_code) VALUES ('1960-01-01', '2') RETURNING person_id AS p \gset
	INSERT INTO register.settlement (person_id, unit, case_opened_on, closed_on) VALUES (:p, '0301', '2005-01-15', NULL) RETURNING settlement_id AS s \gset
	};
my $with = oslo("$old INSERT INTO register.settlement_special (settlement_id, person_id, unit, health_source, necessity, health)
	VALUES (:s, :p, '0301', 'person', 'housing', 'long ago') RETURNING person_id");
my $without = oslo("$old SELECT :p");
is($node->safe_psql('postgres', "SET client_min_messages = warning; CALL nir.purge();
	SELECT count(*) FROM register.person WHERE person_id IN ($with, $without)"), '0', 'persons are purged');
is($node->safe_psql('postgres', "SELECT subject, wrapped IS NULL, made_at IS NULL FROM nir.subject_key WHERE subject IN ($with, $without)"), "$with|t|t",
	'... and what was sealed for them with them, without a trace of who had none');
refused('NR057', "SELECT nir.seal('x', $with, 'health')", '... for good', $superuser);
my $writer = $node->background_psql('postgres', on_error_stop => 0, extra_params => [ '-U', 'oslo' ]);
$writer->query(as_oslo("UPDATE register.settlement_special SET health = 'held' WHERE person_id = $she") =~ s/ COMMIT;//r);
refused('55P03', "SET lock_timeout = '50ms'; SELECT nir.shred_subject($she)", 'a writer holds the key until it commits', $superuser);
$writer->query('ROLLBACK;');
$writer->quit;
is(oslo($open), $canary, 'the other person\'s values open');

# ---- each call of OpenSSL failing once ----
my $attempt = as_oslo("UPDATE register.settlement_special SET health = 'again' WHERE person_id = $she; $open");
my ($number, $harmed, %codes) = (0, 0);
while (1)
{
	my ($out, $err);
	unlink $fail_file;
	append_to_file($fail_file, ++$number);
	$node->psql('postgres', "\\set VERBOSITY sqlstate\n$attempt\n" . as_oslo($open),
		extra_params => [ '-U', 'oslo' ], stdout => \$out, stderr => \$err, on_error_stop => 0);
	last if $out =~ /^again/ || $number == 200;
	$codes{$_}++ foreach $err =~ /ERROR:\s+(NR\d+)/g;
	$harmed++ unless $out eq $canary;
}
unlink $fail_file;
cmp_ok($number, '>', 15, 'each call of OpenSSL failed once');
is(join(' ', sort keys %codes), 'NR052 NR054 NR055', '... with an error of its own');
is($harmed, 0, '... nothing stored, and a session that goes on');
oslo("UPDATE register.settlement_special SET health = '$canary' WHERE person_id = $she");

# ---- files ----
$node->safe_psql('postgres', 'CHECKPOINT');
my $folder = PostgreSQL::Test::Utils::tempdir();
$node->command_ok([ 'pg_dump', '-f', "$folder/dump.sql", $node->connstr('postgres') ], 'a dump');
$node->stop;
my @holding;
foreach my $file (glob($node->data_dir . '/{base/*,global,pg_wal}/* ' . $node->logfile), "$folder/dump.sql")
{
	push @holding, $file if -f $file && index(slurp_file($file), 'canary: needs') >= 0;
}
is("@holding", '', 'neither tables nor WAL nor log nor dump hold the text');

done_testing();
