# The rules of the house that a machine can check without a server: one
# version, one place for what differs between majors, exported symbols, no
# word that belongs to one machine, every test with its expected output, and
# no command in the documents that does not exist.

use strict;
use warnings FATAL => 'all';

use File::Basename qw(basename);
use JSON::PP;
use NirNode;
use PostgreSQL::Test::Utils;
use Test::More;

my @sources = sources();

sub lines_matching
{
	my ($pattern, @files) = @_;
	my @hits;

	foreach my $file (@files)
	{
		my $number = 0;
		foreach my $line (slurp_lines($file))
		{
			$number++;
			push @hits, "$file:$number" if $line =~ $pattern;
		}
	}
	return join("\n", @hits);
}

# one version
my ($version) = slurp_file('nir.control') =~ /^default_version *= *'(.+)'$/m;
my $meta = decode_json(slurp_file('META.json'));
my ($changed) = slurp_file('CHANGELOG.md') =~ /^## (\S+)/m;

is($meta->{version}, $version, 'META.json has the version of nir.control');
is($meta->{provides}{nir}{version}, $version, 'META.json provides the version of nir.control');
is($changed, $version, 'CHANGELOG.md begins with the version of nir.control');

# one place for what differs between majors
is(lines_matching(qr/PG_VERSION_NUM/, grep { m{^src/} && $_ ne 'src/compat.h' } @sources),
	'', 'PG_VERSION_NUM only in src/compat.h');

# the server has ten places for them, for all extensions together
is(lines_matching(qr/CacheRegisterRelcacheCallback/, grep { m{^src/} && $_ ne 'src/context/catalog.c' } @sources),
	'', 'one callback of the relation cache for all of nir');

# symbols of the library
my @foreign = grep { !/^(?:nir_\w+|pg_finfo_nir_\w+|_PG_init|Pg_magic_func)$/ }
  map { (split)[-1] } split(/\n/, `nm -D --defined-only nir.so`);
is($?, 0, 'nm reads nir.so');
is("@foreign", '', 'nir.so exports only nir_*, pg_finfo_nir_* and the entry points');

# nothing of one machine, nothing unfinished
my @text = grep { !m{^test/data/} } @sources;
is(lines_matching(qr{/(?:tmp|work|farm|root|home)/[a-z]}, @text), '', 'no path of one machine');
is(lines_matching(qr/\b(?:TO[D]O|FIX[M]E|H[A]CK)\b/, grep { m{^(?:src|sql|test|scripts|docs)/} } @text),
	'', 'nothing is marked as unfinished');
is(lines_matching(qr/^#if 0/, grep { /\.[ch]$/ } @sources), '', 'no code switched off');
is(join(' ', grep { /^(?:utils?|helpers?|misc|common)\./ } map { basename($_) } @sources), '', 'every file has a subject');

# What CREATE EXTENSION runs takes over nothing that somebody made first, and
# sets its search_path before anything else.  pgspot says the same and more.
my $install = slurp_file("sql/nir--$version.sql");
my @taking = $install =~ /^(CREATE(?: OR REPLACE\b|(?: \w+)+? IF NOT EXISTS\b)[^\n]*)/mg;
is(join("\n", @taking), '', 'the install script takes over no object that is there already');
like($install =~ s/^(?:--|\\echo)[^\n]*\n|^\n//mgr, qr/\ASET LOCAL search_path = pg_catalog, pg_temp;\n/, 'the install script begins with its search_path');

# functions with the rights of their owner
my @unpinned;
foreach my $file (grep { m{^sql/} } @sources)
{
	my $sql = slurp_file($file) =~ s/--[^\n]*//gr;
	while ($sql =~ /^\s+LANGUAGE [^\n]*\bSECURITY DEFINER\b(.{0,300})/msg)
	{
		my $rest = $1;
		push @unpinned, $file unless $rest =~ /\A\s+(?:[^;]*?)SET search_path (?:=|TO) pg_catalog, pg_temp\b/s;
	}
}
is("@unpinned", '', 'every SECURITY DEFINER is followed by its search_path');

# tests
my @unexpected = grep { !-e $_ }
  map { 'expected/' . basename($_) =~ s/\.(?:sql|spec)$/.out/r } grep { m{^test/(?:sql|specs)/} } @sources;
is("@unexpected", '', 'every test in test/sql and test/specs has an expected output');
my @orphans = grep { my $name = basename($_) =~ s/(?:_\d)?\.out$//r; !-e "test/sql/$name.sql" && !-e "test/specs/$name.spec" }
  grep { m{^expected/} } @sources;
is("@orphans", '', 'every expected output has a test');
is(lines_matching(qr/\b(?:pg_)?(?:u)?sleep\s*\(/, grep { m{^test/} } @sources), '', 'no test waits for time to pass');

# documents
my $makefile = slurp_file('Makefile');
my %missing;
foreach my $file (grep { /\.md$/ } @sources)
{
	my $text = slurp_file($file);
	while ($text =~ /(?:`|^ {4}|^\$ )make ([a-z][a-z-]+)(?=[\s`])/mg)
	{
		my $target = $1;
		next if $target eq 'install' || $target eq 'clean';
		$missing{"$file: make $target"} = 1 unless $makefile =~ /^(?:[\w -]+ )?\Q$target\E(?: [\w -]+)?:/m;
	}
	while ($text =~ m{`((?:scripts|test|sql|src|docs)/[\w./-]*\w)}g)
	{
		$missing{"$file: $1"} = 1 unless -e $1;
	}
	my $folder = $file =~ s{[^/]*$}{}r;
	while ($text =~ m{\]\(([\w./-]+?)(?:#[\w-]*)?\)}g)
	{
		$missing{"$file: $1"} = 1 unless -e "$folder$1";
	}
}
is(join("\n", sort keys %missing), '', 'make targets, files and links named in the documents exist');

done_testing();
