# A connection pool in transaction mode hands one server session to two
# municipalities by turns: no row, context or record of the access log goes
# over from one transaction to the next, whatever the one before left behind.
#
# Transactions are drawn from a seed and interleaved statement by statement.
# Beside each its answer is known in advance, and what the access log must have
# of it: both are compared one for one.  SEED=number ROUNDS=transactions.

use strict;
use warnings FATAL => 'all';

use IO::Select;
use IPC::Run qw(start pump finish);
use NirNode;
use NirWire;
use PostgreSQL::Test::Utils;
use Test::More;

my $seed = $ENV{SEED} // 1;
my $rounds = $ENV{ROUNDS} // 1000;
my $pool_size = 2;
my $wait_lock = 250;
my @units = ('0301', '4601');
my $read_names = 'SELECT given_name FROM register.person_name';
my $read_notes = 'SELECT content FROM register.note';


# ---- the cluster, the pool, and who uses it ----

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = nir_node('pooled', conf => "nir.keyring_file = '$folder/keyring'\n");
create_register($node, 'postgres');
$node->safe_psql('postgres', q{
	SELECT nir.create_keyring();
	REVOKE TEMP ON DATABASE postgres FROM PUBLIC;
	CREATE ROLE app_0301 LOGIN;
	CREATE ROLE app_4601 LOGIN;
	CREATE ROLE app_shared LOGIN;
	SELECT nir.bind_role('app_0301', '0301', purposes => '{b,d}');
	SELECT nir.bind_role('app_4601', '4601', purposes => '{b,d}');
	SELECT nir.bind_role('app_shared', '0301', purposes => '{b,d}');
	SELECT nir.bind_role('app_shared', '4601', purposes => '{b,d}');
	CREATE TABLE register.note (unit nir.unit NOT NULL, content nir.tagged_text('d,p,q'),
		made_by text NOT NULL DEFAULT nir.current_actor());
	ALTER TABLE register.note OWNER TO nir_owner;
	SELECT nir.govern('register.note', 'settlement_wish', unit => 'unit');
	INSERT INTO register.person (person_id, source_code) OVERRIDING SYSTEM VALUE SELECT i, 'imdi' FROM generate_series(1, 10) AS i;
	INSERT INTO register.person_name (person_id, given_name, family_name, source_code)
	SELECT i, 'canary ' || CASE WHEN i <= 5 THEN '0301 ' ELSE '4601 ' END || i, 'x', 'imdi' FROM generate_series(1, 10) AS i;
	INSERT INTO register.connection (person_id, unit, kind, basis)
	SELECT i, CASE WHEN i <= 5 THEN '0301' ELSE '4601' END::nir.unit, 'settled', 'x' FROM generate_series(1, 10) AS i;
	INSERT INTO register.note SELECT unit, 'canary ' || unit::text || ' of old', 'nobody' FROM unnest('{0301,4601}'::nir.unit[]) AS unit;
});
my %names = ('0301' => [ map { "canary 0301 $_" } 1 .. 5 ], '4601' => [ map { "canary 4601 $_" } 6 .. 10 ]);
# notes that were committed
my %notes = map { $_ => ["canary $_ of old"] } @units;

my $pool_folder = PostgreSQL::Test::Utils::tempdir_short();
append_to_file("$pool_folder/users", join('', map { qq{"$_" ""\n} } qw(app_0301 app_4601 app_shared)));
append_to_file("$pool_folder/pgbouncer.ini", <<"END");
[databases]
postgres = host=@{[$node->host]} port=@{[$node->port]} dbname=postgres
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $pool_folder
auth_type = trust
auth_file = $pool_folder/users
pool_mode = transaction
default_pool_size = $pool_size
log_connections = 0
log_disconnections = 0
log_pooler_errors = 0
log_stats = 0
END
my ($said, $complained) = ('', '');
my $pooler = start([ 'pgbouncer', "$pool_folder/pgbouncer.ini" ], '>', \$said, '2>', \$complained);
pump($pooler) until $complained =~ /process up/ || !$pooler->pumpable;
like($complained, qr/process up/, 'pgbouncer runs') or die;
END { $pooler->kill_kill if $pooler; }

{
	package Pool;
	sub host { return $pool_folder }
	sub port { return 6432 }
}

# An application of a municipality; $pool is the role it logs in as.
sub connect_client
{
	my ($role, $unit) = @_;

	return { role => $role, unit => $unit, wire => NirWire->new('Pool', $role), steps => [] };
}

my @clients = map {
	my $unit = $_;
	(map { connect_client("app_$unit", $unit) } 1 .. 3), (map { connect_client('app_shared', $unit) } 1 .. 4)
} @units;
my %pool = map { $_ => { open => 0, waiting => [] } } qw(app_0301 app_4601 app_shared);

# ---- what must come of it ----

my @expected;                   # records of the access log
my @wrong;
my $blocked;                    # the client whose query waits for the lock
my %seen;                       # how often each kind of step was taken

# beside the pool: keeps the lock that queries wait for
my $keeper = NirWire->new($node, 'postgres');
$keeper->query("SELECT pg_advisory_lock($wait_lock)");

sub other { return $_[0] eq '0301' ? '4601' : '0301' }

sub record
{
	return join('|', map { $_ // '' } @_);
}

# A governed statement of a transaction that has declared a context.
sub intent
{
	my ($tx, $relations, $rows) = @_;

	return record('intent', $tx->{role}, $tx->{role}, $tx->{unit}, $tx->{unit}, $tx->{actor}, $tx->{case}, '{d}', $relations, $rows, '');
}

# nir's own error; with the context, if one is in force
sub refused
{
	my ($tx, $state, $declared) = @_;

	return $declared
	  ? record('refused', $tx->{role}, $tx->{role}, $tx->{unit}, $tx->{unit}, $tx->{actor}, $tx->{case}, '{d}', '', '', $state)
	  : record('refused', $tx->{role}, $tx->{role}, '', '', '', '', '', '', '', $state);
}

my %relations = (
	names => 'register.person_name(given_name) select {d}; register.connection select {d}',
	notes => 'register.note(content) select {d}',
	count => 'register.note select {d}',
	insert => 'register.note(content) insert {d}',
	change => 'register.note(content) select update {d}',
	programme => 'register.intro_programme select {d}');

# ---- drawing a transaction ----

my $number = 0;

sub step
{
	my ($kind, $sql, %more) = @_;

	return { kind => $kind, sql => $sql, state => '', log => [], %more };
}

sub begin_step
{
	my ($tx) = @_;

	return step('begin_processing', "SELECT nir.begin_processing('d', '$tx->{unit}', '$tx->{actor}', '$tx->{case}')");
}

# A statement that a declared transaction does; what it changes is in $tx.
sub draw_statement
{
	my ($tx) = @_;
	my ($unit, $actor) = @{$tx}{qw(unit actor)};
	my $mine = sub { return [ sort @{ $notes{$unit} }, @{ $tx->{notes} } ] };
	my $other = other($unit);
	my @choice = (
		sub { step('names', $read_names, rows => $names{$unit}, log => [ intent($tx, $relations{names}, 5) ]) },
		sub { step('names', $read_names, rows => $names{$unit}, log => [ intent($tx, $relations{names}, 5) ]) },
		sub { step('names of the other', "$read_names WHERE given_name LIKE 'canary $other%'", rows => [], log => [ intent($tx, $relations{names}, 0) ]) },
		sub { step('notes', $read_notes, rows => $mine, log => sub { [ intent($tx, $relations{notes}, scalar @{ $mine->() }) ] }) },
		sub { step('notes of the other', "SELECT count(*) FROM register.note WHERE unit = '$other'", rows => ['0'], log => [ intent($tx, $relations{count}, 1) ]) },
		sub {
			my $note = "canary $unit of $actor, " . @{ $tx->{notes} };
			step('insert', "INSERT INTO register.note (unit, content) VALUES ('$unit', '$note')",
				then => sub { push @{ $tx->{notes} }, $note }, log => [ intent($tx, $relations{insert}, 1) ]);
		},
		sub { step('insert for the other', "INSERT INTO register.note (unit, content) VALUES ('$other', 'canary $unit')", state => '42501', log => [ intent($tx, $relations{insert}, 0) ]) },
		sub { step('change', "UPDATE register.note SET content = content WHERE made_by = '$actor'", log => sub { [ intent($tx, $relations{change}, scalar @{ $tx->{notes} }) ] }) },
		sub { step('who', 'SELECT (c.unit, c.body, c.actor, c.case_ref, c.purposes)::text FROM nir.context() c', rows => [qq{($unit,$unit,"$actor","$tx->{case}",{d})}]) },
		sub { step('division', 'SELECT 1 / (count(*) - count(*)) FROM register.note', state => '22012', log => [ intent($tx, $relations{count}, 0) ]) },
		sub { step('wrong purpose', 'SELECT count(*) FROM register.intro_programme', state => 'NR021', log => [ refused($tx, 'NR021', 1) ]) },
		sub {
			my $state = $tx->{role} eq 'app_shared' ? 'NR015' : 'NR013';
			step('begin for the other', "SELECT nir.begin_processing('d', '$other', '$actor')", state => $state, log => [ refused($tx, $state, 1) ]);
		},
		sub { step('held cursor', "DECLARE held CURSOR WITH HOLD FOR $read_names", state => 'NR026', log => [ intent($tx, $relations{names}, 0), refused($tx, 'NR026', 1) ]) },
		sub {
			my $cursor = 'c' . ++$tx->{cursors};
			(step('cursor', "DECLARE $cursor CURSOR FOR $read_notes"),
				step('fetch', "FETCH 1 FROM $cursor", rows => sub { 1 }, log => [ intent($tx, $relations{notes}, 1) ]));
		},
		sub { step('set context', "SET nir.context = 'x'", state => '42501') },
		sub { step('set role', 'SET LOCAL ROLE nir_municipality', then => sub { $tx->{as} = 'nir_municipality' }) },
		sub { step('set session', 'SET search_path = register') },
		sub { step('set plans', 'SET plan_cache_mode = force_generic_plan') },
		sub { step('reset', 'RESET ALL') },
		sub { step('discard plans', 'DISCARD PLANS') },
		sub { step('prepared', undef, log => [ intent($tx, $relations{names}, 5) ], rows => $names{$unit}) });

	return $choice[ rand @choice ]->();
}

# Steps for one client.  What follows an error is known when it is taken.
sub draw
{
	my ($client) = @_;
	my $n = ++$number;
	my $tx = { %{$client}{qw(role unit)}, actor => "actor $n", case => "case $n", notes => [], cursors => 0 };
	my $way = rand 20;

	$client->{tx} = $tx;
	if ($way < 1)
	{
		return step('no transaction', $read_names, state => 'NR010', log => [ refused($tx, 'NR010', 0) ], alone => 1);
	}
	elsif ($way < 2)
	{
		return step('in one message', "SELECT nir.begin_processing('d', '$tx->{unit}', '$tx->{actor}', '$tx->{case}') IS NULL; $read_names",
			simple => 1, rows => [ @{ $names{ $tx->{unit} } }, 'f' ], log => [ intent($tx, $relations{names}, 5) ], alone => 1);
	}
	elsif ($way < 3)
	{
		return step('discard all', 'DISCARD ALL', alone => 1);
	}
	my @steps = (step('begin', 'BEGIN'));
	if ($way < 5)
	{
		return (@steps, step('nothing declared', (rand 2 < 1 ? $read_names : 'SELECT count(*) FROM register.note'), state => 'NR010', log => [ refused($tx, 'NR010', 0) ]),
			step('commit', 'COMMIT'));
	}
	if ($way < 6)
	{
		# what is declared in a savepoint goes with it
		return (@steps, step('savepoint', 'SAVEPOINT s'), begin_step($tx), draw_statement($tx), step('rollback to', 'ROLLBACK TO s'),
			step('undeclared again', $read_names, state => 'NR010', log => [ refused($tx, 'NR010', 0) ]), step('rollback', 'ROLLBACK'));
	}
	push @steps, begin_step($tx);
	foreach (1 .. 1 + rand 4)
	{
		if (rand 4 < 1)
		{
			push @steps, step('savepoint', 'SAVEPOINT s'), draw_statement($tx), step('rollback to', 'ROLLBACK TO s'), draw_statement($tx);
		}
		else
		{
			push @steps, draw_statement($tx);
		}
	}
	if ($way < 7.5)
	{
		push @steps, step('dropped', undef);
	}
	elsif ($way < 9)
	{
		push @steps, step('waits', "SELECT given_name, pg_advisory_xact_lock($wait_lock) FROM register.person_name", state => '57014',
			log => [ intent($tx, $relations{names}, 0) ]);
		push @steps, draw_statement($tx) if rand 2 < 1;
		push @steps, step('rollback', 'ROLLBACK');
	}
	else
	{
		push @steps, rand 3 < 2 ? step('commit', 'COMMIT') : step('rollback', 'ROLLBACK');
	}
	return @steps;
}

# ---- taking a step ----

sub complain
{
	my ($client, $step, $what) = @_;

	push @wrong, "transaction $client->{tx}->{actor} of $client->{role} for $client->{unit}, $step->{kind}: $what";
}

# Nothing of the other municipality, in a row or in a message.
sub check_canaries
{
	my ($client, $step, $answer) = @_;
	my $other = other($client->{unit});
	my $all = join("\n", @{ $answer->{rows} }, map { join(' ', values %$_) } @{ $answer->{messages} });

	complain($client, $step, 'shows a value of the other') if $all =~ /canary $other/ && $step->{kind} ne 'names of the other';
}

# What a transaction may still do: after an error, after SET ROLE.
sub adapt
{
	my ($client, $step) = @_;
	my $tx = $client->{tx};

	return $step if $step->{kind} =~ /^(?:commit|rollback|dropped)$/;
	if ($step->{kind} eq 'rollback to')
	{
		return { %$step, state => '3B001' } unless defined $tx->{mark};
		return { %$step, then => sub {
			($tx->{failed}, $tx->{as}) = (0, $tx->{mark}->{as});
			splice(@{ $tx->{notes} }, $tx->{mark}->{notes});
		} };
	}
	return { %$step, state => '25P02', log => [], rows => undef, then => undef, sql => $step->{sql} // 'SELECT 1' } if $tx->{failed};
	return { %$step, then => sub { $tx->{mark} = { notes => scalar @{ $tx->{notes} }, as => $tx->{as} } } } if $step->{kind} eq 'savepoint';
	return $step unless defined $tx->{as};

	# another role acts than the one that declared
	my $log = ref $step->{log} eq 'CODE' ? $step->{log}->() : $step->{log};
	my $governed = grep { /^intent|NR021/ } @$log;
	my $asks = $governed || $step->{kind} =~ /^(?:who|cursor)$/;
	return $step unless $asks || $step->{kind} eq 'begin for the other';
	my $state = $asks ? 'NR015' : 'NR011';
	return { %$step, state => $state, log => [ record('refused', $tx->{role}, '', '', '', '', '', '', '', '', $state) ], rows => undef, then => undef };
}

# One server session's statement "look" serves whoever comes next.
sub run_prepared
{
	my ($client) = @_;
	my $there = $client->{wire}->query(q{SELECT count(*) FROM pg_prepared_statements WHERE name = 'look'});

	$seen{'prepared by another'}++ if $there->{rows}->[0];
	$client->{wire}->query("PREPARE look AS $read_names") unless $there->{rows}->[0];
	return $client->{wire}->query('EXECUTE look');
}

sub judge
{
	my ($client, $step, $answer) = @_;
	my $log = ref $step->{log} eq 'CODE' ? $step->{log}->() : $step->{log};

	$seen{ $step->{kind} }++;
	check_canaries($client, $step, $answer);
	complain($client, $step, "state '$answer->{state}', not '$step->{state}'") if $answer->{state} ne $step->{state};
	if (defined $step->{rows} && $step->{state} eq '')
	{
		my $rows = ref $step->{rows} eq 'CODE' ? $step->{rows}->() : $step->{rows};
		my ($is, $wanted) = (join(', ', sort @{ $answer->{rows} }), ref $rows ? join(', ', sort @$rows) : $rows);

		$is = @{ $answer->{rows} } unless ref $rows;
		complain($client, $step, "gives ($is), not ($wanted)") if $is ne $wanted;
	}
	push @expected, @$log;
	$client->{tx}->{failed} = 1 if $step->{state} ne '' && !$step->{alone};
	$step->{then}->() if defined $step->{then} && $step->{state} eq '';
}

# The transaction is over: its server session goes to who has waited longest.
sub leave
{
	my ($client, $committed) = @_;
	my $pool = $pool{ $client->{role} };

	push @{ $notes{ $client->{unit} } }, @{ $client->{tx}->{notes} } if $committed && !$client->{tx}->{failed};
	$client->{steps} = [];
	$client->{inside} = 0;
	$pool->{open}--;
	my $next = shift @{ $pool->{waiting} } or return;
	my $step = shift @{ $next->{steps} };
	$pool->{open}++;
	$next->{inside} = 1;
	$next->{queued} = 0;
	judge($next, $step, $next->{wire}->answer);
	leave($next, 1) if $step->{alone};
}

sub unblock
{
	my $client = $blocked;
	my $step = shift @{ $client->{steps} };
	my $waiting = '0';

	$blocked = undef;
	# the query is known to wait before it is cut off
	$waiting = $keeper->query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = $wait_lock AND NOT granted")->{rows}->[0]
	  while $waiting eq '0' && !IO::Select->new($client->{wire}->{socket})->can_read(0);
	if (rand 3 < 2)
	{
		$client->{wire}->cancel;
		judge($client, $step, $client->{wire}->answer);
		return;
	}
	# ... or the client goes away meanwhile; how many rows the server has then is luck
	$seen{'dropped while it waits'}++;
	push @expected, map { s/\|0\|$/|*|/r } @{ $step->{log} };
	drop($client);
	$keeper->query("SELECT pg_advisory_unlock($wait_lock)");
	$keeper->query("SELECT pg_advisory_lock($wait_lock)");
}

sub drop
{
	my ($client) = @_;

	$client->{wire}->{socket}->close;
	$client->{wire} = NirWire->new('Pool', $client->{role});
	leave($client, 0);
}

sub take_step
{
	my ($client) = @_;
	my $pool = $pool{ $client->{role} };

	return if $client->{queued};
	return unblock() if defined $blocked && $blocked == $client;
	unless (@{ $client->{steps} })
	{
		return if $number >= $rounds;
		$client->{steps} = [ draw($client) ];
	}
	my $step = $client->{inside} ? adapt($client, $client->{steps}->[0]) : $client->{steps}->[0];
	if (!$client->{inside} && $pool->{open} == $pool_size)
	{
		$client->{wire}->start($step->{sql});
		$client->{queued} = 1;
		push @{ $pool->{waiting} }, $client;
		$seen{queued}++;
		return;
	}
	unless ($client->{inside})
	{
		$client->{inside} = 1;
		$pool->{open}++;
	}
	if ($step->{kind} eq 'dropped')
	{
		$seen{dropped}++;
		drop($client);
		return;
	}
	if ($step->{kind} eq 'waits' && $step->{state} eq '57014')
	{
		return if defined $blocked;
		$client->{wire}->start($step->{sql});
		$client->{steps}->[0] = $step;
		$blocked = $client;
		return;
	}
	shift @{ $client->{steps} };
	my $answer =
		$step->{kind} eq 'prepared' && $step->{state} eq '' ? run_prepared($client)
	  : $step->{kind} eq 'prepared' ? $client->{wire}->query('SELECT count(*) FROM register.person_name')
	  : $step->{simple} || rand 2 < 1 ? $client->{wire}->query($step->{sql})
	  : $client->{wire}->extended($step->{sql});
	judge($client, $step, $answer);
	leave($client, $step->{kind} ne 'rollback') if $step->{alone} || !@{ $client->{steps} };
}

note("SEED=$seed");
srand($seed);
while (@wrong < 10 && ($number < $rounds || grep { @{ $_->{steps} } } @clients))
{
	take_step($clients[ rand @clients ]);
}
$_->{wire}->{socket}->close foreach @clients;
$keeper->{socket}->close;

is(scalar @wrong, 0, "$number transactions: each has the answers, rows and context of its own municipality")
  or diag(join("\n", @wrong[ 0 .. ($#wrong < 20 ? $#wrong : 20) ]));
note("$_: $seen{$_}") foreach sort keys %seen;
is(scalar(grep { !$seen{$_} } 'queued', 'dropped', 'dropped while it waits', 'waits', 'prepared by another', 'discard all', 'nothing declared', 'undeclared again', 'no transaction'),
	0, '... and among them were all kinds') if $rounds >= 1000;

# ---- what is left ----

is($node->safe_psql('postgres', q{SELECT string_agg(content::text, ', ' ORDER BY content::text COLLATE "C") FROM register.note}),
	join(', ', sort map { @$_ } values %notes), 'the notes are those that were committed');
is($node->safe_psql('postgres', q{SELECT count(*) FROM register.note WHERE made_by <> 'nobody' AND content::text NOT LIKE 'canary ' || unit::text || ' of ' || made_by || ', %'}),
	'0', '... each made by its own actor for its own unit');

# sessions whose client is gone end by themselves; their records follow
$node->poll_query_until('postgres', q{SELECT count(*) = 0 FROM pg_stat_activity WHERE state <> 'idle' AND usename LIKE 'app\_%'}) or die;
$pooler->signal('INT');
finish($pooler);
$pooler = undef;
$node->poll_query_until('postgres', q{SELECT count(*) = 0 FROM pg_stat_activity WHERE usename LIKE 'app\_%'}) or die;
# what was before this intent is in the table before it
value_as($node, 'postgres', 'app_0301', q{BEGIN; DO $$ BEGIN PERFORM nir.begin_processing('d', '0301', 'the last'); END $$; SELECT count(*) FROM register.note; COMMIT});
$node->poll_query_until('postgres', q{SELECT EXISTS (SELECT FROM nir.access_log WHERE actor = 'the last')}) or die;
my @logged = split(/\n/, $node->safe_psql('postgres', q{
	SELECT concat_ws('|', i.kind, i.session_role, coalesce(i.role, ''), coalesce(i.body, ''), coalesce(i.unit::text, ''), coalesce(i.actor, ''),
		coalesce(i.case_ref, ''), coalesce(i.purposes::text, ''), coalesce(i.relations, ''), coalesce(c.rows::text, ''), coalesce(i.sqlstate, ''))
	FROM nir.access_log i LEFT JOIN nir.access_log c ON c.kind = 'completion' AND (c.session, c.statement) = (i.session, i.statement)
	WHERE i.kind <> 'completion' AND i.session_role LIKE 'app\_%' AND i.actor IS DISTINCT FROM 'the last'}));
my %balance;
$balance{$_}++ foreach @expected;
foreach my $line (@logged)
{
	# after SET ROLE the name may not be known where nothing can be looked up
	$line =~ s/^(refused\|\w+)\|nir_municipality\|/$1||/;
	my $loose = $line =~ s/\|\d+\|$/|*|/r;
	$balance{ !$balance{$line} && $balance{$loose} ? $loose : $line }--;
}
my @differing = grep { $balance{$_} } sort keys %balance;
is(scalar @differing, 0, 'the access log has ' . @expected . ' records, one for each thing that was done')
  or diag(join("\n", map { "$balance{$_} too few: $_" } @differing[ 0 .. ($#differing < 20 ? $#differing : 20) ]));
cmp_ok($node->safe_psql('postgres', q{SELECT count(*) FROM (SELECT session FROM nir.access_log WHERE kind = 'intent' GROUP BY session HAVING count(DISTINCT body) = 2) AS mixed}),
	'>', 1, 'sessions of the server did serve both municipalities');
$node->stop;
done_testing();
