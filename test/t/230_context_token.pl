# Tokens of the identity gateway: a role that must show one declares exactly
# what the gateway vouched for, in time, and nothing else; the key leaves the
# server with a record only, and no token shows up in an error, a view or the
# server log.
# covers: R46 R80

use strict;
use warnings FATAL => 'all';

use Digest::SHA qw(hmac_sha256_hex);
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = nir_node('token', conf => "log_statement = all\nlog_min_duration_statement = 0\n");
create_nir($node, 'postgres');
my $keyring = create_keyring($node);
$node->safe_psql('postgres', q{
	CREATE ROLE app LOGIN;
	CREATE ROLE other LOGIN;
	CREATE ROLE admin LOGIN;
	GRANT nir_admin TO admin;
	CREATE TABLE wish (id int, unit nir.unit, note nir.tagged_text(d,p));
	DO $$ BEGIN PERFORM nir.govern('wish', 'settlement_wish', 'unit'); END $$;
	INSERT INTO wish VALUES (1, '0301', 'oslo');
	SELECT nir.bind_role('app', '0301', purposes => '{d,p,k}', token => true);
	SELECT nir.bind_role('other', '0301', purposes => '{d}', token => true);
	SELECT nir.bind_role('other', '4601', purposes => '{d}', token => true);
});

# ---- the gateway ----

my %key = map { $_ => pack('H*', $node->safe_psql('postgres', "SELECT encode(nir.context_token_key('$_'), 'hex')")) } qw(app other);
my $nonces = 0;

# As a gateway makes it, from the description alone: length, colon, text, comma.
sub token
{
	my (%claim) = @_;
	my $expiry = $claim{expiry} // time + ($claim{life} // 60);
	my $nonce = $claim{nonce} // sprintf('nonce-%010d', ++$nonces);
	my $role = $claim{role} // 'app';
	my $message = join('', map { length($_) . ":$_," } 'nir.context_token.v1', $role, map({ $claim{$_} // '' } qw(body unit purposes actor case_ref)), $expiry, $nonce);

	return "v1.$expiry.$nonce." . hmac_sha256_hex($message, $claim{key} // $key{$role});
}

my %usual = (unit => '0301', purposes => 'd', actor => 'anna', case_ref => 'case 1');
my $usual = q{'d', '0301', 'anna', 'case 1'};

# What declaring with a token ends with; '' is well.
sub outcome
{
	my ($token, $arguments, $role) = @_;

	return sqlstate($node, 'postgres', $role // 'app', "BEGIN; SET LOCAL nir.context_token = '$token'; SELECT nir.begin_processing($arguments); COMMIT");
}

isnt($key{app}, $key{other}, 'each role has a key of its own');
is(length($key{app}), 32, '... of 32 bytes');
is(outcome(token(%usual), $usual), '', 'a token for what is declared is accepted');
is(value_as($node, 'postgres', 'app', qq{
	BEGIN; DO \$\$ BEGIN PERFORM set_config('nir.context_token', '@{[token(%usual)]}', true), nir.begin_processing($usual); END \$\$;
	SELECT note FROM wish; SELECT purposes, unit, actor, case_ref FROM nir.context()}), "oslo\n{d}|0301|anna|case 1", '... and what follows is done for it');
is(outcome(token(purposes => 'd'), q{'settlement'}), '', 'so is one without unit, actor and case, for a purpose by name');
is(outcome(token(%usual, purposes => 'd,p'), q{'{p,d}', '0301', 'anna', 'case 1'}), '', 'several purposes are letters in order');
is(outcome(token(%usual, actor => '', case_ref => ''), q{'d', '0301', ''}), '', 'an empty actor is none');
is(outcome(token(%usual, unit => '030101'), q{'d', '030101', 'anna', 'case 1'}), '', 'a district within the binding');
is(outcome(token(%usual, body => '0301'), qq{$usual, '0301'}), '', 'a body that is named is named in the token');
is(outcome(token(role => 'other', body => '4601', unit => '4601', purposes => 'd'), q{'d', '4601', body => '4601'}, 'other'), '', 'another role with its own key');
is(outcome(token(%usual, actor => "Åse"), q{'d', '0301', 'Åse', 'case 1'}), '', 'text is UTF-8');

# ---- what is refused, always in the same words ----

my %refused = (
	'no token' => [ '', $usual ],
	'the end of time' => [ token(%usual, expiry => 999999999999), $usual ],
	'expired' => [ token(%usual, life => 0), $usual ],
	'long expired' => [ token(%usual, expiry => 1), $usual ],
	'too far ahead' => [ token(%usual, life => 15 * 60 + 30), $usual ],
	'another purpose' => [ token(%usual), q{'p', '0301', 'anna', 'case 1'} ],
	'one purpose more' => [ token(%usual), q{'d,p', '0301', 'anna', 'case 1'} ],
	'one purpose less' => [ token(%usual, purposes => 'd,p'), $usual ],
	'another unit' => [ token(%usual), q{'d', '030101', 'anna', 'case 1'} ],
	'no unit' => [ token(%usual), q{'d', NULL, 'anna', 'case 1'} ],
	'another actor' => [ token(%usual), q{'d', '0301', 'berit', 'case 1'} ],
	'no actor' => [ token(%usual), q{'d', '0301', NULL, 'case 1'} ],
	'another case' => [ token(%usual), q{'d', '0301', 'anna', 'case 2'} ],
	'a body that the token does not name' => [ token(%usual), qq{$usual, '0301'} ],
	'a body that only the token names' => [ token(%usual, body => '0301'), $usual ],
	'another role\'s key' => [ token(%usual, key => $key{other}), $usual ],
	'another role\'s name' => [ token(%usual, role => 'other', key => $key{app}), $usual ],
	'fields shifted' => [ token(%usual, actor => 'annacase 1', case_ref => ''), $usual ],
	'a comma in a field' => [ token(%usual, actor => 'anna,6:case 1', case_ref => ''), $usual ],
	'an empty key' => [ token(%usual, key => ''), $usual ],
	'a short nonce' => [ token(%usual, nonce => 'n' x 15), $usual ],
	'a long nonce' => [ token(%usual, nonce => 'n' x 65), $usual ],
	'an odd nonce' => [ token(%usual, nonce => 'nonce nonce nonce'), $usual ],
	'another expiry' => [ token(%usual) =~ s/^(v1\.\d+)(\d)/$1 . ($2 + 1) % 10/er, $usual ],
	'a sign' => [ token(%usual) =~ s/^v1\./v1.+/r, $usual ],
	'another nonce' => [ token(%usual) =~ s/nonce/Nonce/r, $usual ],
	'another version' => [ token(%usual) =~ s/^v1/v2/r, $usual ],
	'one digit else' => [ token(%usual) =~ s/(.)$/$1 eq '0' ? '1' : '0'/er, $usual ],
	'one digit less' => [ token(%usual) =~ s/.$//r, $usual ],
	'one digit more' => [ token(%usual) . '0', $usual ],
	'capital digits' => [ token(%usual, nonce => 'A' x 16, expiry => time + 60) =~ s/([^.]+)$/\U$1/r, $usual ],
	'no MAC' => [ token(%usual) =~ s/[^.]+$//r, $usual ],
	'a MAC of nothing' => [ token(%usual) =~ s/[^.]+$/'0' x 64/er, $usual ],
	'much' => [ 'v1.' . '1' x 100000, $usual ],
	'noise' => [ 'v1...', $usual ],
);
my %words;
foreach my $how (sort keys %refused)
{
	my ($token, $arguments) = @{ $refused{$how} };

	is(outcome($token, $arguments), 'NR084', "refused: $how");
	my ($out, $err) = ('', '');
	$node->psql('postgres', "BEGIN; SET LOCAL nir.context_token = '$token'; SELECT nir.begin_processing($arguments); COMMIT",
		extra_params => [ '-U', 'app' ], stdout => \$out, stderr => \$err, on_error_stop => 1);
	$words{ $err =~ s/^psql:[^:]*:\d+: //mgr }++;
}
is(scalar(keys %words), 1, '... in the same words, whatever was wrong') or diag(join("\n", keys %words));
unlike((keys %words)[0], qr/v1\.|anna|case 1|expired/, '... which tell nothing of it');

# a token does not widen what the role is bound to, nor stand in for the rest
is(outcome(token(%usual, purposes => 'e'), q{'e', '0301', 'anna', 'case 1'}), 'NR012', 'a purpose that is not bound');
is(outcome(token(%usual, unit => '4601'), q{'d', '4601', 'anna', 'case 1'}), 'NR013', 'a unit that is not bound');
is(outcome(token(%usual, purposes => 'k', case_ref => ''), q{'k', '0301', 'anna'}), 'NR019', 'a purpose that needs a case');

# ---- within a transaction ----

is(sqlstate($node, 'postgres', 'app', qq{
	BEGIN; SET LOCAL nir.context_token = '@{[token(%usual, purposes => 'd,p')]}'; SELECT nir.begin_processing('d,p', '0301', 'anna', 'case 1');
	SELECT nir.begin_processing($usual)}), 'NR084', 'narrowing needs a token of its own');
is(sqlstate($node, 'postgres', 'app', qq{
	BEGIN; SET LOCAL nir.context_token = '@{[token(%usual, purposes => 'd,p')]}'; SELECT nir.begin_processing('d,p', '0301', 'anna', 'case 1');
	SET LOCAL nir.context_token = '@{[token(%usual)]}'; SELECT nir.begin_processing($usual); SELECT note FROM wish}), '', '... and is done with one');
is(sqlstate($node, 'postgres', 'app', qq{
	BEGIN; SET LOCAL nir.context_token = '@{[token(%usual)]}'; SELECT nir.begin_processing($usual); COMMIT; SELECT nir.begin_processing($usual)}), 'NR017', 'the context ends with the transaction');
is(sqlstate($node, 'postgres', 'app', qq{
	BEGIN; SET LOCAL nir.context_token = '@{[token(%usual)]}'; COMMIT; BEGIN; SELECT nir.begin_processing($usual)}), 'NR084', '... and the token with SET LOCAL');
is(sqlstate($node, 'postgres', 'app', 'SELECT count(*) FROM wish'), 'NR010', 'without a declaration there is nothing');
$node->safe_psql('postgres', q{UPDATE nir.role_binding SET default_purpose = '{d}' WHERE role = 'app'::regrole});
is(sqlstate($node, 'postgres', 'app', 'SELECT count(*) FROM wish'), 'NR010', '... not even with a default that somebody wrote by hand');
$node->safe_psql('postgres', q{UPDATE nir.role_binding SET default_purpose = NULL WHERE role = 'app'::regrole});

# demanded from one moment to the next: what was declared without one ends
$node->safe_psql('postgres', q{SELECT nir.bind_role('app', '0301', purposes => '{d,p,k}')});
my $session = $node->background_psql('postgres', extra_params => [ '-U', 'app' ], on_error_stop => 0);
$session->query_safe("BEGIN; SELECT nir.begin_processing($usual)");
is($session->query('SELECT note FROM wish'), 'oslo', 'declared while no token was demanded');
$node->safe_psql('postgres', q{SELECT nir.bind_role('app', '0301', purposes => '{d,p,k}', token => true)});
$session->query('SELECT note FROM wish');
like($session->{stderr}, qr/binding.*was changed since the context was declared/, '... and refused once it is');
$session->quit;

# ---- the key ----

is(sqlstate($node, 'postgres', $_, q{SELECT nir.context_token_key('app')}), '42501', "$_ does not get the key") foreach qw(app admin);
is($node->safe_psql('postgres', q{SET ROLE admin; SELECT has_function_privilege('nir.context_token_key(regrole)', 'EXECUTE')}), 'f', '... nor is anybody given it');
$node->safe_psql('postgres', q{GRANT EXECUTE ON FUNCTION nir.context_token_key(regrole) TO admin});
is(sqlstate($node, 'postgres', 'admin', q{SELECT nir.context_token_key('app')}), '42501', '... and who is granted EXECUTE is no superuser');
$node->safe_psql('postgres', q{REVOKE EXECUTE ON FUNCTION nir.context_token_key(regrole) FROM admin});
is($node->safe_psql('postgres', q{SELECT encode(nir.context_token_key('app'), 'hex')}), unpack('H*', $key{app}), 'it is the same each time');
ok($node->poll_query_until('postgres', q{SELECT count(*) = 3 FROM nir.access_log WHERE kind = 'act' AND object LIKE '%nir.context_token_key: role=%'}), 'each time is an act in the access log');
$node->restart;
is(outcome(token(%usual), $usual), '', 'it outlives a restart');
$node->safe_psql('postgres', q{ALTER ROLE app RENAME TO app2});
is(outcome(token(%usual), $usual, 'app2'), 'NR084', 'a role of another name has another key');
$node->safe_psql('postgres', q{ALTER ROLE app2 RENAME TO app});

# ---- nothing shows it ----

my $shown = token(%usual);
is(value_as($node, 'postgres', 'app', qq{BEGIN; SET LOCAL nir.context_token = '$shown'; SHOW nir.context_token; SELECT current_setting('nir.context_token'); SELECT count(*) FROM pg_settings WHERE setting LIKE 'v1.%'}),
	"(set)\n(set)\n0", 'SHOW, current_setting and pg_settings do not show it');
is(sqlstate($node, 'postgres', 'postgres', qq{ALTER SYSTEM SET nir.context_token = 'x'}), '55P02', 'nor can it be left in a file');
my $log = slurp_file($node->logfile);
unlike($log, qr/v1\.\d{9}|\Q$shown\E/, 'no token is in the server log');
my $hex = unpack('H*', $key{app});
unlike($log, qr/\Q$hex\E/, 'nor a key');

# ---- without the keyring, and without the log ----

$node->append_conf('postgresql.conf', "nir.keyring_file = '$keyring.gone'");
$node->reload;
is(outcome(token(%usual), $usual), 'NR050', 'without a keyring no token can be checked, and none passes');
$node->append_conf('postgresql.conf', "nir.keyring_file = '$keyring'\nshared_preload_libraries = ''\nsession_preload_libraries = 'nir'");
$node->restart;
is(outcome(token(%usual), $usual), '', 'session_preload_libraries: tokens are checked and accepted');
is(outcome(token(%usual, life => -1), $usual), 'NR084', '... and refused');
is(sqlstate($node, 'postgres', 'postgres', q{SELECT nir.context_token_key('app')}), 'NR059', '... but the key is not handed out, because nothing records it');
{
	local $ENV{PGOPTIONS} = '-c nir.context_token=' . token(%usual);
	my ($out, $err) = ('', '');

	isnt($node->psql('postgres', 'SELECT 1', extra_params => [ '-U', 'app' ], stdout => \$out, stderr => \$err), 0, '... and a token in the options of the connection ends it');
	unlike($err, qr/v1\./, '... without showing it');
}

$node->stop;
done_testing();
