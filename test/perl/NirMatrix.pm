# test/perl/NirMatrix.pm - what each body may see and do with the rows that
# test/hunt/matrix.sql planted, worked out from test/data/law_matrix.tsv and from
# how they were planted, and tried, statement by statement, as a role of that
# body.  Policies, rules and C code are not asked.
#
# A case is: a role, what it declares, a table, and a statement.  SELECT must
# show exactly the rows expected or be refused; INSERT, UPDATE and DELETE must
# do exactly what is expected or be refused.  A refusal where rows or an effect
# were expected is a difference, and so is every error that is no refusal.

package NirMatrix;

use strict;
use warnings FATAL => 'all';

use Exporter qw(import);
use IPC::Run;
use NirLaw;

our @EXPORT = qw(prepare_matrix play_matrix);

my $today = '9999-12-31';

# What a unit answers for, typed from the list of municipalities: with its
# districts and the numbers that were renumbered into it or merged into it, and
# not those that were split.
my %answers_for = (
	'0301' => [ '0301', '030101' ],                         # ... and its other districts, where nothing is planted
	'030101' => ['030101'],
	'4601' => [ '4601', '1201' ],
	'4204' => [ '4204', '1001', '1017', '1018' ],
	'1508' => ['1508'],
	'1580' => ['1580'],
	'3101' => [ '3101', '3001', '0101' ],
	'5001' => [ '5001', '1601' ],
	'46' => [ '46', '12', '14' ],
	'03' => ['03'],
);
# a governor's counties, with all within them and what those were
my @four_counties = qw(03 31 32 33 0301 030101 3101 3001 0101);

# Who plays.  binding: 'all' or letters; role: regress_m_<name>
my @players = (
	{ name => 'imdi', kind => 'imdi', body => 'imdi', units => undef },
	{ name => 'hkdir', kind => 'hkdir', body => 'hkdir', units => undef },
	{ name => 'oslo', kind => 'municipality', body => '0301', unit => '0301' },
	{ name => 'oslo_b', kind => 'municipality', body => '0301', unit => '0301', binding => 'b' },
	{ name => 'district', kind => 'municipality', body => '0301', unit => '030101' },
	{ name => 'bergen', kind => 'municipality', body => '4601', unit => '4601' },
	{ name => 'kristiansand', kind => 'municipality', body => '4204', unit => '4204' },
	{ name => 'aalesund', kind => 'municipality', body => '1508', unit => '1508' },
	{ name => 'haram', kind => 'municipality', body => '1580', unit => '1580' },
	{ name => 'halden', kind => 'municipality', body => '3101', unit => '3101' },
	{ name => 'vestland', kind => 'county', body => '46', unit => '46' },
	{ name => 'oslo_county', kind => 'county', body => '03', unit => '03' },
	{ name => 'governor', kind => 'state_governor', body => 'sf_ostfold_buskerud_oslo_akershus', within => \@four_counties },
	{ name => 'udi', kind => 'immigration', body => 'udi', units => undef },
	{ name => 'acme', kind => 'provider', body => 'regress_m_acme', act_for => '0301' },
	{ name => 'helper', kind => 'provider', body => 'regress_m_helper', act_for => '0301' },
	{ name => 'lapsed', kind => 'provider', body => 'regress_m_lapsed', act_for => '0301' },
	{ name => 'vestland_governor', kind => 'state_governor', body => 'sf_vestland', within => [qw(46 12 14 4601 1201)] },
	{ name => 'opptak', kind => 'verifier', body => 'samordna_opptak', units => undef },
	{ name => 'portal', kind => 'portal', body => 'vitnemaalsportalen', units => undef },
	{ name => 'unbound', kind => 'none' },
);

my ($law, %relation, @rows, %connected, %template, %parent, %possible, @engagements, @assignments, @complaints, %assigned_by, %narrowed);
# what every case is declared in
my $case_ref = '2026/1';

# ---- the world ----

sub psql_lines
{
	my ($connect, $sql) = @_;
	my ($out, $err) = ('', '');

	IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', '-F', "\t", '-v', 'ON_ERROR_STOP=1', @$connect ], '<', \$sql, '>', \$out, '2>', \$err)
	  or die "psql: $err";
	return map { [ split(/\t/, $_, -1) ] } split(/\n/, $out);
}

# Reads the table and the planted rows, and makes the roles; to be called in a
# database with the world of matrix.sql.
sub prepare_matrix
{
	my ($connect) = @_;
	my %active;

	$law = read_law('test/data/law_matrix.tsv');
	($today) = map { $_->[0] } psql_lines($connect, q{SELECT (now() AT TIME ZONE 'Europe/Oslo')::date});
	%relation = map { ($_->[0] => { category => $_->[1], unit => $_->[2] ne '' }) } psql_lines($connect, q{
		SELECT g.relation, g.category, g.unit_column FROM nir.governed_relation g JOIN pg_class c ON c.oid = g.relation
		WHERE c.relnamespace = 'register'::regnamespace});
	# a plain column that may change
	foreach my $row (psql_lines($connect, q{
		SELECT DISTINCT ON (a.attrelid) a.attrelid::regclass, c.change FROM pg_attribute a
		JOIN (VALUES (1, 'source_code', 'source_code = ''person'''), (2, 'basis', 'basis = ''changed'''), (3, 'case_ref', 'case_ref = ''changed'' || random()'),
			(4, 'on_date', 'on_date = ''2001-01-01'''), (5, 'registered_by', 'registered_by = registered_by')) c (n, name, change) ON c.name = a.attname
		ORDER BY a.attrelid, c.n}))
	{
		$relation{ $row->[0] }{change} = $row->[1] if $relation{ $row->[0] };
	}
	%narrowed = map { ($_->[0] => $_->[1]) } psql_lines($connect, 'SELECT person_id, kind FROM matrix.narrowed');
	%assigned_by = map { ($_->[0] => $_->[1]) } psql_lines($connect, 'SELECT assignment_id, engagement_id FROM register.assignment');
	foreach my $row (psql_lines($connect, 'SELECT relation, key, person_id, unit, on_date, lower(valid), upper(valid) FROM matrix.row ORDER BY 1, 2'))
	{
		my %row;
		@row{qw(relation key person unit day from before)} = @$row;
		push @rows, \%row;
	}
	foreach my $row (psql_lines($connect, 'SELECT person_id, unit, lower(valid), upper(valid) FROM matrix.connection'))
	{
		push @{ $connected{ $row->[0] } }, { unit => $row->[1], from => $row->[2], before => $row->[3] };
	}
	@engagements = map { { id => $_->[0], provider => $_->[1], purposes => letters($_->[2]), special => $_->[3], from => $_->[4], before => $_->[5] } }
	  psql_lines($connect, 'SELECT engagement_id, provider, purposes, special, lower(valid), upper(valid) FROM matrix.engagement');
	@assignments = map { { person => $_->[0], engagement => $_->[1], from => $_->[2], before => $_->[3] } }
	  psql_lines($connect, 'SELECT person_id, engagement_id, lower(valid), upper(valid) FROM matrix.assignment');
	@complaints = map { { person => $_->[0], body => $_->[1], case_ref => $_->[2], from => $_->[3], before => $_->[4] } }
	  psql_lines($connect, 'SELECT person_id, body, case_ref, lower(valid), upper(valid) FROM matrix.complaint');
	%template = map { ("register.$_->[0]" => $_) } psql_lines($connect, 'SELECT relation, columns, row_values FROM matrix.template');
	$parent{"register.$_->[0] $_->[1]"} = $_->[2] foreach psql_lines($connect, 'SELECT relation, person_id, parent_id FROM matrix.parent');
	%active = map { ($_->[0] => 1) } psql_lines($connect, q{SELECT code FROM nir.body_kind WHERE active AND NOT internal});
	my %bodies = map { ($_->[0] => 1) } psql_lines($connect, 'SELECT body FROM nir.body');
	%possible = map { ($_->[0] => letters($_->[1])) } psql_lines($connect, q{
		SELECT body_kind, nir.purposes_union(purposes) FROM nir.access_rule WHERE valid @> CURRENT_DATE GROUP BY 1});

	my $sql = "SET client_min_messages = error;\n";
	my @play;
	foreach my $player (@players)
	{
		my $role = "regress_m_$player->{name}";

		if ($player->{kind} ne 'none')
		{
			next unless $active{ $player->{kind} } && $bodies{ $player->{body} };
			# what the law gives; more cannot be bound, and less is a difference that shows
			my $lawful = lawful_purposes($player->{kind});
			my $wanted = $player->{binding} // join('', grep { index($possible{ $player->{kind} } // '', $_) >= 0 } split(//, $lawful));
			$wanted = 'bd' if $player->{kind} eq 'provider' && $player->{name} ne 'helper';
			$player->{bound} = $wanted;
			# a body without a table has no purpose of a table either: what it may declare is for its functions
			$player->{bound} = $possible{ $player->{kind} } // '' if $lawful eq '';
			next if $player->{bound} eq '';
		}
		else { $player->{bound} = '' }
		$sql .= "CREATE ROLE $role LOGIN; GRANT USAGE ON SCHEMA register TO $role;\n";
		if ($player->{bound} ne '')
		{
			my $units = defined $player->{unit} ? ", units => '{$player->{unit}}'" : '';
			$sql .= sprintf("SELECT nir.bind_role('%s', '%s'%s, purposes => '{%s}');\n", $role, $player->{body}, $units, join(',', split(//, $player->{bound})));
		}
		push @play, $player;
	}
	psql_lines($connect, $sql);
	return { players => [ map { $_->{name} } @play ], play => \@play, relations => [ sort keys %relation ],
		untried => [ grep { !$template{$_} } sort keys %relation ] };
}

sub lawful_purposes
{
	my ($kind) = @_;
	my %seen;

	foreach my $cells (values %{ $law->{cell}{$kind} // {} })
	{
		$seen{$_} = 1 foreach map { split(//) } map { values %$_ } values %$cells;
	}
	return join('', sort keys %seen);
}

# ---- the oracle ----

sub holds
{
	my ($connection, $day) = @_;

	return $connection->{from} le $day && ($connection->{before} eq '' || $day lt $connection->{before});
}

sub units_of
{
	my ($player) = @_;

	return @{ $answers_for{ $player->{act_for} } } if $player->{act_for};
	return @{ $player->{within} } if $player->{within};
	return @{ $answers_for{ $player->{unit} } } if defined $player->{unit};
	return ();
}

sub is_connected
{
	my ($player, $person, $day) = @_;
	my %mine = map { $_ => 1 } units_of($player);

	return scalar(grep { $mine{ $_->{unit} } && holds($_, $day) } @{ $connected{$person} // [] }) > 0;
}

# Was the person connected while the row held, on days that have come?
sub was_connected
{
	my ($player, $row) = @_;
	my %mine = map { $_ => 1 } units_of($player);

	return scalar(
		grep { $mine{ $_->{unit} } && $_->{from} le $today && ($row->{before} eq '' || $_->{from} lt $row->{before}) && ($_->{before} eq '' || $row->{from} lt $_->{before}) }
		  @{ $connected{ $row->{person} } // [] }) > 0;
}

# The engagements in force by which a provider acts for these purposes.
sub engaged_by
{
	my ($player, $declared, $category) = @_;
	my $special = $category =~ /_special$/ ? $category : '';

	return grep {
		my $e = $_;
		$e->{provider} eq $player->{body} && holds($e, $today) && !(grep { index($e->{purposes}, $_) < 0 } split(//, $declared))
		  && ($special eq '' || $e->{special} =~ /\b$special\b/)
	} @engagements;
}

# Nobody without a grant sees who is shielded (IF § 45); restricted data are for
# the person's rights and for claims (GDPR 18 (2)); a reservation is against
# research with what identifies directly (IF § 62 (2)).
my %identifies = map { $_ => 1 } qw(name fnr duf contact address other_id);
sub is_open
{
	my ($person, $category, $declared) = @_;
	my $kind = $narrowed{$person} // return 1;

	return 0 if $kind eq 'shielded';
	return $declared =~ /^[pq]+$/ ? 1 : 0 if $kind eq 'restricted';
	return $declared =~ /g/ && $identifies{$category} ? 0 : 1;
}

# Does a row lie within a scope?
sub within
{
	my ($player, $scope, $row, $declared) = @_;
	my $own = $row->{unit} ne '' && grep { $_ eq $row->{unit} } units_of($player);

	return 1 if $scope eq 'state' || $scope eq 'new';
	if ($scope eq 'engaged')
	{
		my %by = map { ($_->{id} => 1) } engaged_by($player, $declared, $relation{ $row->{relation} }{category});
		return 0 if $row->{unit} ne '' && !$own;
		return scalar(grep { $_->{person} eq $row->{person} && $by{ $_->{engagement} } && holds($_, $today)
			&& ($row->{relation} ne 'register.assignment' || $assigned_by{ $row->{key} } eq $_->{engagement}) } @assignments) > 0;
	}
	if ($scope eq 'subject')
	{
		return 0 if $row->{unit} ne '' && !$own;
		return scalar(grep { $_->{person} eq $row->{person} && $_->{body} eq $player->{body} && $_->{case_ref} eq $case_ref && holds($_, $today) } @complaints) > 0;
	}
	return is_connected($player, $row->{person}, $today) if $row->{unit} eq '' && ($scope eq 'own' || $scope eq 'connected');
	return is_connected($player, $row->{person}, $today) || was_connected($player, $row) if $scope eq 'connected_own_period' && $row->{unit} eq '';
	return $own if $scope eq 'own';
	return $own || is_connected($player, $row->{person}, $today) if $scope eq 'connected';
	die "no oracle for scope $scope";
}

# The scopes that a verb has under what is declared; none is a refusal.
sub scopes_for
{
	my ($player, $table, $verb, $declared) = @_;

	return () if $declared eq '' || $player->{bound} eq '';
	return () if grep { index($player->{bound}, $_) < 0 } split(//, $declared);
	return () if $player->{kind} eq 'provider' && !engaged_by($player, $declared, '');
	# writing needs one
	return () if $verb ne 'select' && length($declared) > 1;
	my $cells = law_cells($law, $player->{kind}, $relation{$table}{category});
	my $scopes = $cells->{$verb} // {};
	return grep { my $set = $scopes->{$_}; grep { index($set, $_) >= 0 } split(//, $declared) } sort keys %$scopes;
}

sub expected_keys
{
	my ($player, $table, $verb, $declared) = @_;
	my @scopes = scopes_for($player, $table, $verb, $declared) or return undef;

	# what has a unit is written by that unit, whoever else is connected
	if ($verb ne 'select' && $relation{$table}{unit}) { s/^connected$/own/ foreach @scopes }
	return { map { ($_->{key} => 1) } grep { my $row = $_; $row->{relation} eq $table && is_open($row->{person}, $relation{$table}{category}, $declared) && grep { within($player, $_, $row, $declared) } @scopes } @rows };
}

sub may_insert
{
	my ($player, $table, $declared, $row) = @_;
	my @scopes = scopes_for($player, $table, 'insert', $declared) or return 0;

	return 0 unless is_open($row->{person}, $relation{$table}{category}, $declared);
	return 1 if grep { $_ eq 'state' || $_ eq 'new' } @scopes;
	return within($player, 'engaged', { %$row, relation => $table, from => '', before => '' }, $declared) if grep { $_ eq 'engaged' } @scopes;
	# who writes a fact is responsible for it and connected with the person, or was
	# on its day; what is special is not written late
	my $late = $row->{unit} ne '' && $relation{$table}{category} !~ /_special$/ && is_connected($player, $row->{person}, $row->{day});
	return ($late || is_connected($player, $row->{person}, $today)) && ($row->{unit} eq '' || within($player, 'own', $row, $declared));
}

# ---- the cases ----

# what is declared: nothing, each letter, and pairs
sub declarations
{
	my @letters = ('a' .. 'r');

	return ('', @letters, 'bd', 'be', 'bc', 'pq', 'mn', 'ci', 'ap', 'br');
}

# persons and units of further rows: own and not, connected and not, once and to come
my @inserts = (
	[ 1, '0301' ], [ 1, '4601' ], [ 2, '030101' ], [ 2, '0301' ], [ 3, '4601' ], [ 3, '1201' ], [ 4, '0301' ], [ 4, '4601' ],
	[ 5, '0301' ], [ 5, '4601' ], [ 6, '4204' ], [ 6, '1018' ], [ 7, '1508' ], [ 7, '1507' ], [ 8, '1508' ], [ 9, '3101' ], [ 9, '3001' ],
	[ 5, '0301', '2022-06-06' ], [ 4, '1201' ], [ 11, '0301' ], [ 11, '5001' ], [ 12, '46' ], [ 12, '4601' ], [ 13, '0301' ], [ 14, '0301' ], [ 15, '0301' ], [ 16, '0301' ]);
my %day_in = ('1201' => '2016-03-03', '1018' => '2016-03-03', '1507' => '2021-03-03', '3001' => '2021-03-03');

sub statements
{
	my ($player, $table) = @_;
	my @key = $table eq 'register.retention_clock' ? "person_id::text || '/' || clock::text" : substr($table, 9) . '_id::text';
	my @cases;
	my $change = $relation{$table}{change};

	push @cases, { verb => 'select', sql => "SELECT coalesce(string_agg(@key, ',' ORDER BY @key), '') AS ids FROM $table \\gset" };
	push @cases, { verb => 'count', sql => "SELECT count(*) AS ids FROM $table \\gset" };
	push @cases, { verb => 'update', sql => "UPDATE $table SET $change;" };
	push @cases, { verb => 'returning', sql => "WITH changed AS (UPDATE $table SET $change RETURNING @key AS key) SELECT coalesce(string_agg(key, ',' ORDER BY key), '') AS ids FROM changed \\gset" };
	push @cases, { verb => 'delete', sql => "DELETE FROM $table;" };
	push @cases, { verb => 'delete', sql => "DELETE FROM $table WHERE person_id = 1;" };
	if ($template{$table} && $template{$table}[1] ne '')
	{
		my (undef, $columns, $values) = @{ $template{$table} };
		my %seen;

		foreach my $one ($values =~ /PERSON/ ? @inserts : [ 0, '' ])
		{
			my ($person, $unit, $on) = @$one;
			my $day = $on // $day_in{$unit} // '2024-06-06';
			my $text = $values =~ s/PERSON/$person/r =~ s/'UNIT'/'$unit'/r =~ s/DAY/$day/gr =~ s/PARENT/$parent{"$table $person"} \/\/ 0/er;

			next if $seen{$text}++;
			push @cases, { verb => 'insert', sql => "INSERT INTO $table ($columns) VALUES ($text);",
				row => { person => $person, unit => $relation{$table}{unit} ? $unit : '', day => $day } };
		}
	}
	return @cases;
}

my %refusal = map { $_ => 1 } qw(42501);

sub is_refusal
{
	my ($state, $table) = @_;

	return 1 if $refusal{$state} || $state =~ /^NR0(?!3)/;
	# the trigger that wants an open case looks with the writer's own eyes, before the policy is asked
	return $state eq '23514' && $table =~ /settlement_special$/;
}

# Compares what happened with what the law lets happen; a difference in words, or ''.
sub judge
{
	my ($player, $table, $declared, $case, $state, $count, $ids) = @_;
	my $verb = $case->{verb};

	# where the rules are known to differ yet
	return '' if grep { $law->{open}{"$player->{kind} $table $_"} } $verb eq 'count' ? 'select' : $verb eq 'returning' ? qw(update select) : $verb;

	if ($verb eq 'insert')
	{
		my $may = may_insert($player, $table, $declared, $case->{row});
		return $state eq '00000' ? '' : "is refused ($state)" if $may;
		return $state eq '00000' ? 'is let through' : is_refusal($state, $table) ? '' : "fails with $state";
	}
	my $expected;
	if ($verb eq 'select' || $verb eq 'count') { $expected = expected_keys($player, $table, 'select', $declared) }
	elsif ($verb eq 'delete') { $expected = expected_keys($player, $table, 'delete', $declared) }
	else { $expected = expected_keys($player, $table, 'update', $declared) }
	if ($verb eq 'returning' && $expected)
	{
		# what is returned is read
		my $read = expected_keys($player, $table, 'select', $declared);
		$expected = $read && { map { ($_ => 1) } grep { $read->{$_} } keys %$expected };
	}
	return is_refusal($state, $table) ? '' : $state eq '00000' ? 'is let through' : "fails with $state" unless $expected;
	return "is refused ($state)" if is_refusal($state, $table);
	return "fails with $state" if $state ne '00000';
	my $n = keys %$expected;
	return $ids eq $n ? '' : "counts $ids rows, not $n" if $verb eq 'count';
	return $count eq $n ? '' : "changes $count rows, not $n" if $verb eq 'update' || $verb eq 'delete';
	my %shown = map { ($_ => 1) } split(/,/, $ids);
	my @more = grep { !$expected->{$_} } sort keys %shown;
	my @less = grep { !$shown{$_} } sort keys %$expected;
	return '' unless @more || @less;
	return join('; ', (@more ? 'shows ' . place($table, @more) : ()), (@less ? 'hides ' . place($table, @less) : ()));
}

# keys as what they are
sub place
{
	my ($table, @keys) = @_;
	my %which = map { ($_->{key} => $_) } grep { $_->{relation} eq $table } @rows;

	@keys = @keys[0 .. 3] if @keys > 4;
	return join(', ', map { my $r = $which{$_}; $r ? "person $r->{person}" . ($r->{unit} ne '' ? " of $r->{unit} on $r->{day}" : '') : 'an unknown row' } @keys);
}

# So many of a list, the same for the same seed on every machine.
sub draw
{
	my ($state, $n, @from) = @_;

	$n = @from if $n > @from;
	foreach my $i (0 .. $n - 1)
	{
		$state = ($state * 1103515245 + 12345) % 2147483648;
		my $j = $i + int($state / 2147483648 * (@from - $i));
		@from[ $i, $j ] = @from[ $j, $i ];
	}
	return @from[ 0 .. $n - 1 ];
}

# Plays cases, all of them or so many drawn with the seed; returns how many were
# let through and how many refused, and the differences.
sub play_matrix
{
	my ($connect, $world, %option) = @_;
	my (@drawn, @differences, %file);
	my ($through, $refused) = (0, 0);

	foreach my $player (@{ $world->{play} })
	{
		my %of = map { ($_ => [ statements($player, $_) ]) } @{ $world->{relations} };
		foreach my $declared (declarations())
		{
			foreach my $table (@{ $world->{relations} })
			{
				push @drawn, [ $player, $declared, $table, $_ ] foreach @{ $of{$table} };
			}
		}
	}
	if ($option{cases} && $option{cases} < @drawn)
	{
		# half of them where the law gives something, which is rare
		my (@lawful, @others);
		foreach my $case (@drawn)
		{
			my ($player, $declared, $table, $what) = @$case;
			my $verb = $what->{verb} =~ /count/ ? 'select' : $what->{verb} eq 'returning' ? 'update' : $what->{verb};
			if (scopes_for($player, $table, $verb, $declared)) { push @lawful, $case }
			else                                                { push @others, $case }
		}
		my $half = int($option{cases} / 2);
		$half = @lawful if $half > @lawful;
		@drawn = (draw($option{seed} // 1, $half, @lawful), draw($option{seed} // 1, $option{cases} - $half, @others));
	}

	my %by_player;
	push @{ $by_player{ $_->[0]{name} } }, $_ foreach @drawn;
	foreach my $name (sort keys %by_player)
	{
		my @cases = sort { $a->[1] cmp $b->[1] } @{ $by_player{$name} };
		my $player = $cases[0][0];
		my $script = "\\set QUIET on\n\\set VERBOSITY sqlstate\n\\set ON_ERROR_ROLLBACK off\nSET client_min_messages = fatal;\nSET search_path = pg_catalog;\n";
		my $last;

		foreach my $i (0 .. $#cases)
		{
			my (undef, $declared, $table, $case) = @{ $cases[$i] };

			if (!defined $last || $last ne $declared)
			{
				$script .= "ROLLBACK;\n" if defined $last;
				$script .= "BEGIN;\nSAVEPOINT s;\n";
				$script .= sprintf("SELECT nir.begin_processing('%s', unit => %s, actor => 'm', case_ref => '$case_ref');\n",
					join(',', split(//, $declared)), defined $player->{unit} ? "'$player->{unit}'" : defined $player->{act_for} ? "'$player->{act_for}'" : 'NULL') if $declared ne '';
				$script .= "\\if :ERROR\nROLLBACK TO s;\n\\endif\nSAVEPOINT s;\n";
				$last = $declared;
			}
			$script .= "\\set ids ''\n$case->{sql}\n\\echo $i :SQLSTATE :ROW_COUNT :ids\nROLLBACK TO s;\n";
		}
		my ($out, $err) = ('', '');
		IPC::Run::run([ 'psql', '-X', '-q', '-A', '-t', @$connect, '-U', "regress_m_$name" ], '<', \$script, '>', \$out, '2>', \$err);
		my %answer = map { (/^(\d+) (\S+) (\d+) ?(.*)$/ ? ($1 => [ $2, $3, $4 ]) : ()) } split(/\n/, $out);
		foreach my $i (0 .. $#cases)
		{
			my (undef, $declared, $table, $case) = @{ $cases[$i] };
			my $words = $answer{$i} ? judge($player, $table, $declared, $case, @{ $answer{$i} }) : 'was not answered';

			if ($answer{$i} && $answer{$i}[0] eq '00000') { $through++ }
			else                                          { $refused++ }
			my $what = $case->{verb} . ($case->{row} && $case->{row}{person} ? " person $case->{row}{person}" . ($case->{row}{unit} ne '' ? " for $case->{row}{unit}" : '') : '');
			push @differences, sprintf('%s declaring %s: %s %s %s', $name, $declared eq '' ? 'nothing' : $declared, $what, $table, $words) if $words ne '';
		}
	}
	return ($through, $refused, @differences);
}

1;
