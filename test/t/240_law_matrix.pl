# The policies and grants that are really there say what the law says, nothing
# more and nothing less: pg_policy and pg_class.relacl against
# test/data/law_matrix.tsv, which was typed from the law.  nir.access_rule, which
# they were made from, is not asked.
# covers: R71 R72 R73 R75 R76 R77 R78 R84

use strict;
use warnings FATAL => 'all';

use NirLaw;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my %letter_of = (r => 'select', a => 'insert', w => 'update', d => 'delete', '*' => 'all');
my $law = read_law('test/data/law_matrix.tsv');
is(join("\n", @{ $law->{wrong} }), '', 'the table of the law is whole: each body, kind of data and verb once');
my $told = 0;
foreach my $b (@{ $law->{bodies} })
{
	$told += scalar(map { values %$_ } values %{ $law->{cell}{$b} }) if $law->{cell}{$b};
}
cmp_ok($told, '>', 150, '... and gives something');

my $node = nir_node('law_matrix');
create_register($node, 'postgres');
sub rows { return map { [ split(/\t/, $_, -1) ] } split(/\n/, $node->safe_psql('postgres', $_[0], extra_params => [ '-F', "\t" ])) }

# what may be touched for which purposes at all
my %relation = map { ($_->[0] => { category => $_->[1], purposes => letters($_->[2]), subject => $_->[3], unit => $_->[4] }) }
  rows(q{SELECT g.relation, g.category, g.purposes, g.subject_column, g.unit_column FROM nir.governed_relation g ORDER BY 1});
my %by_category;
push @{ $by_category{ $relation{$_}{category} } }, $_ foreach sort keys %relation;
is(join("\n", grep { !exists $law->{categories}{$_} } sort keys %by_category), '', 'the law tells of every kind of data there is a table for');
is(join("\n", map { "$_: $relation{$_}{purposes}" } grep { $relation{$_}{purposes} ne ($law->{categories}{ $relation{$_}{category} } // '') } sort keys %relation),
	'', 'every relation may be touched for the purposes of the law');

# ---- what is there ----

my %kind = map { ($_->[1] => { code => $_->[0], active => $_->[2] eq 't' }) } rows(q{SELECT code, group_role, active FROM nir.body_kind});
my $narrowing = $node->safe_psql('postgres', q{SELECT to_regclass('nir.narrowing') IS NOT NULL}) eq 't';
my (%there, @odd, %narrow);
foreach my $row (rows(q{
	SELECT p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
		(SELECT string_agg(CASE WHEN r = 0 THEN 'public' ELSE r::regrole::text END, ',' ORDER BY r) FROM unnest(p.polroles) r),
		translate(pg_get_expr(p.polqual, p.polrelid), E'\n\t', '  '), translate(pg_get_expr(p.polwithcheck, p.polrelid), E'\n\t', '  ')
	FROM pg_policy p JOIN nir.governed_relation g ON g.relation = p.polrelid ORDER BY 1, 2}))
{
	my ($table, $name, $command, $permissive, $roles, $using, $check) = @$row;
	my $verb = $letter_of{$command};

	if ($roles eq 'nir_owner')
	{
		# what SECURITY DEFINER functions of the register see, only while one runs
		push @odd, "$table: $name lets nir_owner see $using"
		  unless $using =~ /^\( SELECT nir\.in_definer_function\(\) AS in_definer_function\)$/ && $check eq $using;
		next;
	}
	# a restrictive policy gives nothing to anybody
	if ($permissive ne 't') { $narrow{"$table " . ($kind{$roles} // { code => $roles })->{code} . " $verb"} = $using; next }
	if (!exists $kind{$roles}) { push @odd, "$table: $name is for $roles"; next }
	my $body = $kind{$roles}{code};
	push @odd, "$table: $name is for $verb" if $verb eq 'all';
	# whoever may see a row, not of a person who is shielded or whose data are restricted
	push @odd, "$table: $name is not narrowed"
	  if $narrowing && $body ne 'retention' && $relation{$table}{subject} ne '' && !narrowed($verb eq 'insert' ? $check : $using);
	push @odd, "$table: $name has another WITH CHECK than USING" if $verb eq 'update' && $check ne $using && $check ne '';
	foreach my $arm (policy_arms($verb eq 'insert' ? $check : $using, $body, $verb))
	{
		push @odd, "$table: two policies give $body $verb $arm->[0]" if $body ne 'retention' && exists $there{$table}{$body}{$verb}{ $arm->[0] };
		$there{$table}{$body}{$verb}{ $arm->[0] } = $arm->[1];
	}
}
is(join("\n", @odd), '', 'no policy is for anybody or anything else');

# where a policy asks for no purpose, the statement check does, by this table
my %checked;
$checked{ $_->[0] }{ $_->[1] }{ $_->[2] }{ $_->[3] eq 'new' ? 'state' : $_->[3] } = letters($_->[4])
  foreach rows(q{SELECT relation, body_kind, verb, scope, purposes FROM nir.relation_access});

# ---- both ways ----

sub show
{
	my ($scopes, $of) = @_;

	return join('; ', map { "$_ for " . ($scopes->{$_} // '?') } sort keys %$scopes) || 'nothing';
}

my (%differs, %open);
foreach my $role (sort keys %kind)
{
	my $body = $kind{$role}{code};
	next if $body eq 'retention';
	foreach my $table (sort keys %relation)
	{
		my $cells = $kind{$role}{active} ? law_cells($law, $body, $relation{$table}{category}) : {};
		foreach my $verb (qw(select insert update delete))
		{
			my %lawful = %{ $cells->{$verb} // {} };
			my %real = %{ $there{$table}{$body}{$verb} // {} };
			my $asked = $checked{$table}{$body}{$verb} // {};

			$lawful{state} = delete $lawful{new} if exists $lawful{new};
			# a table without units has no own rows
			$lawful{connected} = join('', sort(split(//, (delete $lawful{own}) . ($lawful{connected} // '')))) if exists $lawful{own} && $relation{$table}{unit} eq '';
			# what has a unit is written by that unit, whoever else is connected
			if ($verb ne 'select' && $relation{$table}{unit} ne '')
			{
				$asked = {%$asked};
				foreach my $set (\%lawful, $asked) { $set->{own} = join('', sort(split(//, (delete $set->{connected}) . ($set->{own} // '')))) if exists $set->{connected} }
			}
			# a policy without purposes gives its scope for those of the statement check
			$real{$_} //= $asked->{$_} foreach keys %real;
			my $apart = show(\%lawful) ne show(\%real);
			if ($law->{open}{"$body $table $verb"})
			{
				$open{"$body $table $verb"} = $apart;
				next;
			}
			$differs{policies}{"$body may $verb $table: by law " . show(\%lawful) . '; there is ' . show(\%real)} = 1 if $apart;
			$differs{check}{"$body may $verb $table: policies give " . show(\%real) . '; the statement check ' . show($asked)} = 1
			  if show($asked) ne show(\%real);
		}
	}
}
is(join("\n", sort keys %{ $differs{policies} // {} }), '', 'policies give what the law gives, to whom and for what');
is(join("\n", sort keys %{ $differs{check} // {} }), '', 'the statement check gives the same');
is(join("\n", grep { !$open{$_} } grep { /^\w+ register\./ } sort keys %{ $law->{open} }), '', 'what the table calls open is so still');

# ---- grants ----

my %word = (r => 'select', a => 'insert', w => 'update', d => 'delete');
my (%granted, @wide);
foreach my $row (rows(q{
	SELECT c.oid::regclass, CASE WHEN x.grantee = 0 THEN 'public' ELSE x.grantee::regrole::text END, x.privilege_type, x.is_grantable, NULL
	FROM pg_class c JOIN nir.governed_relation g ON g.relation = c.oid, aclexplode(c.relacl) x
	UNION ALL
	SELECT c.oid::regclass, CASE WHEN x.grantee = 0 THEN 'public' ELSE x.grantee::regrole::text END, x.privilege_type, x.is_grantable, a.attname
	FROM pg_class c JOIN nir.governed_relation g ON g.relation = c.oid JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) x}))
{
	my ($table, $role, $privilege, $grantable, $column) = @$row;

	next if $role eq 'nir_owner';
	push @wide, "$table: $role has $privilege" . ($column ne '' ? " on $column" : '') . ($grantable eq 't' ? ' with grant option' : '')
	  unless exists $kind{$role} && $privilege =~ /^(?:SELECT|INSERT|UPDATE|DELETE)$/ && $grantable eq 'f' && $column eq '';
	$granted{$table}{$role}{ lc $privilege } = 1;
}
is(join("\n", @wide), '', 'nobody else has a privilege on a governed relation, and nobody passes one on');
my @grants;
foreach my $table (sort keys %relation)
{
	foreach my $role (sort keys %kind)
	{
		my $cells = $kind{$role}{active} ? law_cells($law, $kind{$role}{code}, $relation{$table}{category}) : {};
		my @known = grep { !$law->{open}{"$kind{$role}{code} $table $_"} } qw(select insert update delete);
		my $lawful = join(',', grep { $cells->{$_} } @known);
		my $real = join(',', grep { $granted{$table}{$role}{$_} } @known);
		push @grants, "$role on $table: by law $lawful; granted $real" if $lawful ne $real;
	}
}
is(join("\n", @grants), '', 'grants are those of the law');

# ---- every policy is in force ----

is($node->safe_psql('postgres', q{
	SELECT g.relation FROM nir.governed_relation g JOIN pg_class c ON c.oid = g.relation
	WHERE NOT (c.relrowsecurity AND c.relforcerowsecurity)}), '', 'row-level security is on and forced for every governed relation');
is($node->safe_psql('postgres', q{
	SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
	WHERE c.relnamespace = 'register'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'person_id'
		AND NOT EXISTS (SELECT FROM nir.governed_relation g WHERE g.relation = c.oid)}), '', 'no table of the register with a person is without');

# ---- the purge: what is due, and nothing but that ----

my @purge;
foreach my $table (sort keys %relation)
{
	my $cells = law_cells($law, 'retention', $relation{$table}{category});
	foreach my $verb (qw(select insert update delete))
	{
		my $real = $there{$table}{retention}{$verb} // {};
		my $asked = $checked{$table}{retention}{$verb} // {};
		my $lawful = $cells->{$verb} // {};

		push @purge, "retention may $verb $table: by law " . show($lawful) . '; there is ' . show($asked) if show($lawful) ne show($asked);
		push @purge, "retention may $verb $table without being asked for a purpose" if grep { !defined } values %$real;
		push @purge, "retention may $verb $table, and no restrictive policy says so" if %$real && !exists $narrow{"$table retention $verb"};
		push @purge, "retention: policies and the statement check differ about $verb $table" if !%$real != !%$asked;
	}
}
is(join("\n", @purge), '', 'retention sees and deletes what is due, everywhere, for nothing but its own purposes');

$node->stop;
done_testing();
