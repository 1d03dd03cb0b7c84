# test/perl/NirLaw.pm - test/data/law_matrix.tsv as a data structure, and what
# the policies of a database say, in the same words.

package NirLaw;

use strict;
use warnings FATAL => 'all';

use Exporter qw(import);

our @EXPORT = qw(read_law law_cells policy_arms letters narrowed);

my @verbs = qw(select insert update delete);

# '{a,b}', 'a,b' or '-' as sorted letters
sub letters
{
	my ($text) = @_;

	return join('', sort($text =~ /[a-x]/g));
}

sub both
{
	my ($one, $other) = @_;

	return join('', grep { index($other, $_) >= 0 } split(//, $one));
}

sub either
{
	my %seen = map { $_ => 1 } map { split(//) } @_;

	return join('', sort keys %seen);
}

# The table: { categories => { name => letters }, bodies => [...],
# cell => { body => { category => { verb => { scope => letters } } } },
# open => { 'body relation verb' => what is not yet as it says }
# wrong => [ what is not well formed ] }.
sub read_law
{
	my ($path) = @_;
	my (%categories, %cell, %covered, @wrong, @rows, %bodies, %open);

	open(my $file, '<', $path) or die "could not open $path: $!";
	while (my $line = <$file>)
	{
		chomp $line;
		next if $line =~ /^#/;
		my @field = split(/\t/, $line, -1);
		if (@field != 7 || grep { $_ eq '' } @field[0 .. 5])
		{
			push @wrong, "line $.: not seven fields";
			next;
		}
		push @wrong, "line $.: no citation of a law" if $field[5] !~ /(?:IL|IF|GDPR) §|GDPR \d/;
		if    ($field[0] eq 'open')     { $open{ $field[1] } = $field[6] }
		elsif ($field[0] eq 'category') { $categories{ $field[1] } = letters($field[4]) }
		else                            { push @rows, [ $., @field ]; $bodies{ $field[0] } = 1 unless $field[0] eq '*' }
	}
	close($file);
	my @bodies = sort keys %bodies;

	foreach my $row (@rows)
	{
		my ($n, $body, $category, $verb, $scope, $purposes, $citation) = @$row;
		my $used = '';
		# of all bodies only retention deletes; * means the others
		my @who = $body eq '*' ? grep { $_ ne 'retention' } @bodies : ($body);
		my @what = $category eq '*' ? sort keys %categories : split(/,/, $category);
		my @how = $verb eq '*' ? @verbs[0 .. 2] : split(/,/, $verb);

		push @wrong, "line $n: denied and allowed" if ($scope eq 'none') != ($purposes eq '-');
		push @wrong, "line $n: unknown scope $scope" if $scope !~ /^(?:none|state|new|own|connected|connected_own_period|subject|engaged|due|soon|pending)$/;
		foreach my $k (@what)
		{
			push(@wrong, "line $n: unknown kind of data $k"), next unless exists $categories{$k};
			foreach my $b (@who)
			{
				foreach my $v (@how)
				{
					push @wrong, "line $n: unknown verb $v" unless grep { $v eq $_ } @verbs;
					push @wrong, "line $n: $b $k $v stands twice"
					  if $covered{"$b $k $v"} && ($scope eq 'none' || $covered{"$b $k $v"} eq 'none' || exists $cell{$b}{$k}{$v}{$scope});
					$covered{"$b $k $v"} = $scope;
					next if $scope eq 'none';
					# the purge's own purpose is no purpose of any kind of data
					my $set = $b eq 'retention' ? letters($purposes) : both(letters($purposes), $categories{$k});
					push @wrong, "line $n: $k has none of these purposes" if $set eq '';
					$used = either($used, $set);
					$cell{$b}{$k}{$v}{$scope} = $set;
				}
			}
		}
		push @wrong, "line $n: idle purposes" if $scope ne 'none' && $used ne letters($purposes);
	}
	foreach my $b (@bodies)
	{
		foreach my $k (sort keys %categories)
		{
			next if $k eq 'transfer' && $b ne 'immigration';
			foreach my $v (@verbs)
			{
				push @wrong, "$b $k $v is not told" unless $covered{"$b $k $v"} || $b eq 'retention';
			}
		}
	}
	return { categories => \%categories, bodies => \@bodies, cell => \%cell, open => \%open, wrong => \@wrong };
}

# What a relation of this category lets a body do by law:
# { verb => { scope => letters } }
sub law_cells
{
	my ($law, $body, $category) = @_;

	return $law->{cell}{$body}{$category} // {};
}

# ---- policies ----

# the outermost arms of an expression joined by a word
sub split_top
{
	my ($text, $word) = @_;
	my ($depth, $quoted, @arms) = (0, 0);
	my $arm = '';

	while (length $text)
	{
		if (!$quoted && $depth == 0 && $text =~ s/^ \Q$word\E //) { push @arms, $arm; $arm = ''; next }
		my $c = substr($text, 0, 1, '');
		$quoted = !$quoted if $c eq q{'};
		$depth++ if !$quoted && $c eq '(';
		$depth-- if !$quoted && $c eq ')';
		$arm .= $c;
	}
	return (@arms, $arm);
}

# without the parentheses that hold all of it
sub bare
{
	my ($text) = @_;

	while ($text =~ /^\((.*)\)$/s && $text !~ /^\( SELECT /)
	{
		my ($inner, $depth, $ok) = ($1, 0, 1);
		foreach my $c ($inner =~ /[()]/g)
		{
			$depth += $c eq '(' ? 1 : -1;
			$ok = 0 if $depth < 0;
		}
		last unless $ok;
		$text = $inner;
	}
	return $text;
}

# The scope of a condition, known by its whole text; a text that is not known
# is a scope of its own, so that it equals nothing in the law.
sub scope_of
{
	my ($text, $kind, $verb) = @_;
	my $acts = qr/\( SELECT nir\.acts_as\('\Q$kind\E'::text\) AS acts_as\)/;
	my $own = qr/(?:\(?unit = ANY \(nir\.unit_scope\('\Q$kind\E'::text\)\)\)?|nir\.in_unit_scope\((?:c\.)?unit, '\Q$kind\E'::text\))/;
	# the day in Norway
	my $today = qr/(?:nir\.retention_today\(\)|\( SELECT nir\.retention_today\(\) AS retention_today\))/;
	my $now = qr/nir\.is_current\(c\.valid\)/;
	# while the row held, or on any day that has come
	my $begun = qr/nir\.has_begun\(c\.valid\)/;
	my $then = qr/nir\.covers\(c\.valid, [a-z_0-9]+\.valid\)/;
	# where a list begins, and what the planner is told: whatever that answers, the condition means what follows
	my $looked_up = qr/nir\.is_looked_up\(person_id(?:, [a-z_0-9]+_id)?\)/;
	my $listed = qr/\($looked_up OR nir\.may_reach\(person_id, '[a-z_]+\.connection'::regclass, '\Q$kind\E'::text(?:, '[a-z_]+\.person'::regclass, 'person_id'::name)?\)\)/;
	my $connection = qr/EXISTS \( SELECT FROM [a-z_]+\.connection c WHERE \(\(c\.person_id = [a-z_0-9]+\.person_id\) AND $own AND /;
	my $connected = qr/\(?$connection$now\)\)\)?/;
	my $once = qr/\(?(?:\(\(\(NOT $looked_up\) AND \($connection$now\)\)\)\) OR \($connection$then\)\)\)\)|$connection$begun\)\))\)?/;
	my $fresh = qr/\(\(registered_in = \( SELECT nir\.transaction_token\(\) AS transaction_token\)\) AND $acts\)/;
	my $subject = qr/\(person_id = ANY \(\( SELECT [a-z_]+\.case_subjects\(\) AS case_subjects\)::bigint\[\]\)\)/;
	my $engagements = qr/ANY \(\( SELECT nir\.engagements\((?:'[a-z_]+'::text)?\) AS engagements\)::bigint\[\]\)/;
	my $assigned = qr/\(?EXISTS \( SELECT FROM [a-z_]+\.assignment a WHERE \(\(a\.person_id = [a-z_0-9]+\.person_id\) AND \(a\.engagement_id = $engagements\) AND \(a\.valid @> $today\)\)\)\)?/;

	$text = bare($text);
	return 'state' if $text =~ /^$acts$/;
	return 'own' if $text =~ /^$own$/;
	# a fact is written by who is connected with its person, or was on its day
	return 'own' if $verb eq 'insert' && $text =~ /^$own AND (?:$connected|\(?$connection\($now OR \(c\.valid @> [a-z_0-9]+\.available_on\)\)\)\)\)?)$/;
	return 'connected' if $text =~ /^(?:$listed AND )?\(?$connected(?: OR $fresh\)?)?$/;
	return 'connected' if $text =~ /^$own OR $connected$/;
	return 'connected_own_period' if $text =~ /^$listed AND \(?$once(?: OR $fresh\)?)?$/;
	return 'subject' if $text =~ /^$subject AND $acts(?: AND $own)?$/;
	return 'engaged' if $text =~ /^(?:$own AND )?$assigned$/;
	return 'engaged' if $text =~ /^\(engagement_id = $engagements\) AND \(valid @> $today\)$/;
	return $text;
}

# True if a policy asks whether the person of the row is open, beside its condition.
my $narrowing = qr/ AND nir\.subject_is_open\('[a-z_.]+'::regclass, person_id, '[a-z_]+'::text\)$/;
sub narrowed
{
	my ($expression) = @_;

	return bare($expression =~ s/\s+/ /gr) =~ $narrowing ? 1 : 0;
}

# What a policy gives: ( [ scope, letters or undef where it asks for none ] ... )
sub policy_arms
{
	my ($expression, $kind, $verb) = @_;
	my @arms;

	$expression =~ s/\s+/ /g;
	$expression = bare(bare($expression) =~ s/$narrowing//r);
	my @parts = split_top($expression, 'OR');
	@parts = ($expression) unless grep { /nir\.purpose_in\(/ } @parts;
	foreach my $part (map { bare($_) } @parts)
	{
		if ($part =~ /^\( SELECT nir\.purpose_in\('(\{[a-x,]*\})'::nir\.purposes\) AS purpose_in\) AND (.*)$/)
		{
			push @arms, [ scope_of($2, $kind, $verb), letters($1) ];
		}
		else
		{
			push @arms, [ scope_of($part, $kind, $verb), undef ];
		}
	}
	return @arms;
}

1;
