# test/perl/NirCarried.pm - a schema with a value of every kind, and what can
# be seen of it that must be the same wherever it is carried: the bytes of
# every datum with its tag, the bytes on the pages, purposes, definitions.

package NirCarried;

use strict;
use warnings FATAL => 'all';

use Exporter qw(import);
use NirNode;
use Test::More;

our @EXPORT = qw(create_carried fill_carried portrait same_as in_force);

# Texts that some way of carrying could take for something else.
my $texts = <<'SQL';
	(1, 'vanlig'), (2, ''), (3, NULL), (4, '{'), (5, '}'), (6, '{}'), (7, '{a,b}hemmelig'), (8, '{"a": "b"}'),
	(9, '{\x7b}'), (10, E'tab\there'), (11, E'line\nnext\r\nlast\n'), (12, E'\\'), (13, E'\\.'), (14, E'\\N'), (15, E'\n\\.\n'),
	(16, 'NULL'), (17, '"quoted", ""twice"",'), (18, '''too'''), (19, ' spaces '), (20, 'æøå ÆØÅ'), (21, '😀𝒜'), (22, E'\u0001\u007f'),
	(23, '$$; --'), (24, '(1,2)'), (25, repeat('åtte kilo ', 800)), (26, '{' || repeat('x', 8191))
SQL

my $definitions = <<'SQL';
	CREATE SCHEMA carried;
	GRANT USAGE ON SCHEMA carried TO PUBLIC;

	CREATE TABLE carried.kinds (id int PRIMARY KEY, t nir.tagged_text(b,d), d nir.tagged_date(b,d,e), i nir.tagged_int(b), l nir.tagged_bool(a,b,x),
		f nir.fnr(b,d), u nir.duf(b,c), o nir.orgnr, k nir.unit, p nir.purposes, empty nir.tagged_text(c));
	CREATE TABLE carried.numbers (id int PRIMARY KEY, n nir.tagged_numeric(b,d));
	CREATE TABLE carried.long (id int PRIMARY KEY, t nir.tagged_text(b,d), i nir.tagged_int(b,d));

	CREATE DOMAIN carried.remark AS nir.tagged_text(b,d) CHECK (value <> 'forbidden');
	CREATE TYPE carried.pair AS (t nir.tagged_text(b,d), f nir.fnr(b,d), n nir.tagged_numeric(b,d));
	CREATE DOMAIN carried.pair_remark AS carried.pair;
	CREATE TABLE carried.nested (id int PRIMARY KEY, t nir.tagged_text(b,d)[], n nir.tagged_numeric(b,d)[], f nir.fnr(b,d)[], d nir.tagged_date(b,d)[],
		k nir.unit[], r carried.remark, rs carried.remark[], c carried.pair, cs carried.pair[], cr carried.pair_remark);

	CREATE FUNCTION carried.overwrite() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'overwritten'; RETURN NEW; END $$;
	CREATE TABLE carried.computed (id int PRIMARY KEY, t nir.tagged_text(b,d) DEFAULT '{default', lowered nir.tagged_text(b,d) GENERATED ALWAYS AS (lower(t)) STORED,
		note nir.tagged_text(b) DEFAULT 'none', CHECK (t <> 'forbidden'));
	CREATE TRIGGER overwrite BEFORE UPDATE ON carried.computed FOR EACH ROW WHEN (OLD.id = 0) EXECUTE FUNCTION carried.overwrite();

	CREATE TABLE carried.by_text (id int, t nir.tagged_text(b,d)) PARTITION BY LIST (t);
	CREATE TABLE carried.by_text_some PARTITION OF carried.by_text FOR VALUES IN ('', '{', 'æøå ÆØÅ', E'\\N');
	CREATE TABLE carried.by_text_rest PARTITION OF carried.by_text DEFAULT PARTITION BY HASH (t);
	CREATE TABLE carried.by_text_rest_0 PARTITION OF carried.by_text_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
	CREATE TABLE carried.by_text_rest_1 PARTITION OF carried.by_text_rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);
	CREATE TABLE carried.by_date (id int, d nir.tagged_date(b,d)) PARTITION BY RANGE (d);
	CREATE TABLE carried.by_date_old PARTITION OF carried.by_date FOR VALUES FROM (MINVALUE) TO ('2000-01-01');
	CREATE TABLE carried.by_date_new PARTITION OF carried.by_date FOR VALUES FROM ('2000-01-01') TO (MAXVALUE);
	ALTER TABLE carried.by_text REPLICA IDENTITY FULL; ALTER TABLE carried.by_text_some REPLICA IDENTITY FULL;
	ALTER TABLE carried.by_text_rest REPLICA IDENTITY FULL; ALTER TABLE carried.by_text_rest_0 REPLICA IDENTITY FULL;
	ALTER TABLE carried.by_text_rest_1 REPLICA IDENTITY FULL; ALTER TABLE carried.by_date REPLICA IDENTITY FULL;
	ALTER TABLE carried.by_date_old REPLICA IDENTITY FULL; ALTER TABLE carried.by_date_new REPLICA IDENTITY FULL;

	CREATE INDEX ON carried.kinds (t) INCLUDE (i); CREATE INDEX ON carried.kinds (lower(t)) WHERE t <> '{'; CREATE INDEX ON carried.kinds USING hash (t);
	CREATE UNIQUE INDEX ON carried.kinds (f); CREATE INDEX ON carried.kinds (u, d DESC, i, l); CREATE INDEX ON carried.kinds (o, k, p);
	CREATE INDEX ON carried.numbers (n); CREATE INDEX ON carried.nested (t); CREATE INDEX ON carried.nested (c); CREATE INDEX ON carried.nested USING gin (f);
	CREATE INDEX ON carried.by_text (t); CREATE INDEX ON carried.by_date (d DESC);
	CREATE MATERIALIZED VIEW carried.kept AS SELECT id, t, f FROM carried.kinds WHERE id < 20;
	CREATE UNIQUE INDEX ON carried.kept (id);

	CREATE TABLE carried.connection (person_id int NOT NULL, unit nir.unit NOT NULL, kind text, valid daterange NOT NULL, PRIMARY KEY (person_id, unit));
	CREATE TABLE carried.settling (settling_id int PRIMARY KEY, person_id int NOT NULL, unit nir.unit NOT NULL, note nir.tagged_text(b,d,e));
	GRANT SELECT ON ALL TABLES IN SCHEMA carried TO PUBLIC;
SQL

my $rows = <<"SQL";
	INSERT INTO carried.kinds (id, t) VALUES $texts;
	UPDATE carried.kinds AS k SET d = v.d::date, i = v.i, l = v.l, f = v.f::nir.fnr, u = v.u::nir.duf, o = v.o::nir.orgnr, k = v.k::nir.unit, p = v.p::nir.purposes
	FROM (VALUES
		(1, 'infinity', 2147483647, true, '29923650081', '202000000003', '701730496', '0301', '{}'),
		(2, '-infinity', -2147483648, false, '01013699840', '201599999900', '987879696', '030101', '{a}'),
		(3, '4713-01-01 BC', 0, NULL, '41013600013', '199100000010', '974760746', '03', '{a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x}'),
		(4, '5874897-12-31', -1, true, '55123800000', '200900595509', '958935420', '4601', '{x}'),
		(5, '2000-02-29', 42, false, '31123950057', '200112345609', '964338531', '0101', '{b,d}')
	) AS v (id, d, i, l, f, u, o, k, p) WHERE k.id = v.id;
	INSERT INTO carried.numbers VALUES (1, 'NaN'), (2, 'Infinity'), (3, '-Infinity'), (4, 0), (5, '0.000'), (6, 3.14), (7, 1e400), (8, -1e-400),
		(9, repeat('9', 1000)::numeric), (10, ('-0.' || repeat('1234567890', 100))::numeric), (11, NULL), (12, '100.00');
	INSERT INTO carried.long VALUES (1, repeat('{', 1048576), 1), (2, repeat('æøå{}', 131072), 2),
		(3, (SELECT string_agg(md5(n::text), '' ORDER BY n) FROM generate_series(1, 32768) AS n), 3),
		(4, (SELECT string_agg(md5(n::text), '' ORDER BY n) FROM generate_series(1, 250) AS n), 4), (5, '', 5), (6, NULL, 6);
	INSERT INTO carried.nested VALUES
		(1, ARRAY['{', '}', '', NULL, 'a,b', '"', E'\\\\', 'NULL', 'æøå'], '{NaN,Infinity,0.00,NULL}', '{29923650081,NULL}', '{infinity,-infinity,4713-01-01 BC}',
			'{0301,030101,03}', '{remark', ARRAY['{', ''], ROW('{', '29923650081', 'NaN'), ARRAY[ROW('', NULL, 1.50)::carried.pair, NULL], ROW('{"', NULL, NULL)),
		(2, '{}', '{}', NULL, NULL, '{}', '', '{}', ROW(NULL, NULL, NULL), '{}', NULL),
		(3, '[0:1][2:2]={{a},{"{"}}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	INSERT INTO carried.computed (id, t) SELECT id, upper(t::text) FROM carried.kinds WHERE t IS NOT NULL;
	INSERT INTO carried.computed (id) VALUES (100);
	INSERT INTO carried.by_text SELECT id, t FROM carried.kinds WHERE id NOT IN (25, 26);
	INSERT INTO carried.by_date VALUES (1, 'infinity'), (2, '-infinity'), (3, '1999-12-31'), (4, '2000-01-01'), (5, '4713-01-01 BC');
	INSERT INTO carried.connection VALUES (1, '0301', 'settled', '[2020-01-01,)'), (2, '4601', 'settled', '[2020-01-01,)');
	INSERT INTO carried.settling VALUES (1, 1, '0301', '{canary oslo'), (2, 2, '4601', '{canary bergen');
SQL

# Roles are the cluster's; the schema is made empty.
sub create_carried
{
	my ($node, $database) = @_;

	create_nir($node, $database);
	$node->safe_psql($database, qq{
		SET client_min_messages = warning;
		CREATE ROLE carried_app LOGIN;
		CREATE ROLE carried_report LOGIN;
		CREATE ROLE carried_none LOGIN;
		CREATE ROLE carried_backup LOGIN BYPASSRLS;
		GRANT pg_read_all_data TO carried_backup;
		SELECT nir.bind_role('carried_app', '0301', purposes => '{b,d}');
		SELECT nir.bind_role('carried_report', '0301', purposes => '{b,d}', default_purpose => 'b', default_unit => '0301');
		$definitions;
		SELECT nir.govern('carried.connection', 'connection', 'unit', 'person_id');
		SELECT nir.govern('carried.settling', 'settlement', 'unit', 'person_id');
		GRANT SELECT ON carried.connection, carried.settling TO carried_none});
}

sub fill_carried
{
	my ($node, $database) = @_;

	$node->safe_psql($database, "$rows; REFRESH MATERIALIZED VIEW carried.kept");
}

# ---- what is seen ----

# A superuser's casts that only relabel show a datum as it is, tag included.
my %raw = (
	bytea => [qw(nir.tagged_text nir.tagged_numeric)],
	pg_lsn => [qw(nir.fnr nir.duf nir.orgnr nir.tagged_date nir.tagged_int nir.tagged_bool)],
	oid => [qw(nir.unit nir.purposes)]);
my %columns = (
	kinds => { t => 'bytea', empty => 'bytea', map({ $_ => 'pg_lsn' } qw(d i l f u o)), map({ $_ => 'oid' } qw(k p)) },
	numbers => { n => 'bytea' },
	long => { t => 'bytea', i => 'pg_lsn' },
	nested => { map({ $_ => 'bytea[]' } qw(t n rs)), f => 'pg_lsn[]', d => 'pg_lsn[]', k => 'oid[]', r => 'bytea',
		map({ ("($_).t" => 'bytea', "($_).f" => 'pg_lsn', "($_).n" => 'bytea') } qw(c cr)), 'cs' => 'pair[]' },
	computed => { map { $_ => 'bytea' } qw(t lowered note) },
	by_text => { t => 'bytea' },
	by_date => { d => 'pg_lsn' },
	kept => { t => 'bytea', f => 'pg_lsn' },
	connection => { unit => 'oid' },
	settling => { unit => 'oid', note => 'bytea' });

sub shown
{
	my ($column, $as) = @_;

	if ($as =~ s/\[\]$//)
	{
		# unnest() takes composites apart
		my ($one, $names) = $as eq 'pair' ? ("concat_ws('/', t::bytea, f::pg_lsn, n::bytea)", 't, f, n') : ("e::$as", 'e');
		return "array_dims($column) || coalesce((SELECT string_agg(coalesce(($one)::text, '-'), ' ' ORDER BY at) FROM unnest($column) WITH ORDINALITY AS u ($names, at)), '')";
	}
	return $as eq 'bytea' ? "CASE WHEN length($column\::bytea) < 100 THEN $column\::bytea::text ELSE length($column\::bytea) || ' ' || md5($column\::bytea) END" : "$column\::$as\::text";
}

my $datums = join(" UNION ALL\n", map {
		my $table = $_;
		my $key = $table eq 'connection' ? 'person_id' : $table eq 'settling' ? 'settling_id' : 'id';
		"SELECT '$table', $key, ARRAY[" . join(', ', map { shown($_, $columns{$table}{$_}) } sort keys %{ $columns{$table} }) . "] FROM carried.$table"
	} sort keys %columns);
my $joined = q{pg_class AS c ON c.relnamespace = 'carried'::regnamespace};
my $relations = $joined =~ s/ ON / WHERE /r;

# Pages are compared where a row holds no number of another object: not those
# of arrays and composites, and of TOAST the chunks.
my %seen = (
	datums => "SELECT * FROM ($datums) AS s ORDER BY 1, 2, 3",
	pages => qq{
		SELECT c.oid::regclass, encode(h.t_data, 'hex') FROM pg_class AS c, LATERAL generate_series(0, pg_relation_size(c.oid) / 8192 - 1) AS block,
			LATERAL heap_page_items(get_raw_page(c.oid::regclass::text, block::int)) AS h
		WHERE c.relnamespace = 'carried'::regnamespace AND c.relkind IN ('r', 'm') AND c.relname NOT IN ('long', 'nested')
			AND h.t_data IS NOT NULL AND (h.t_infomask & 2048 <> 0 OR h.t_infomask & 128 <> 0) AND length(h.t_data) < 2000 ORDER BY c.oid::regclass::text, 2},
	storage => q{SELECT id, pg_column_size(t), pg_column_compression(t) FROM carried.long ORDER BY 1},
	modifiers => qq{
		SELECT a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.atttypmod, a.attstorage FROM pg_attribute AS a JOIN $joined
			AND c.oid = a.attrelid AND a.attnum > 0 ORDER BY a.attrelid::regclass::text, a.attnum},
	domains => q{SELECT typname, format_type(typbasetype, typtypmod), typtypmod FROM pg_type WHERE typnamespace = 'carried'::regnamespace AND typtype = 'd' ORDER BY 1},
	purposes => q{SELECT * FROM nir.governed_column WHERE relation::text LIKE 'carried.%' ORDER BY relation::text, column_name},
	governed => q{SELECT * FROM nir.governed_relation ORDER BY relation::text},
	access => q{SELECT * FROM nir.access_matrix ORDER BY relation::text, body_kind, verb, scope},
	bindings => q{SELECT role::text, body, purposes, valid FROM nir.role_binding ORDER BY 1},
	policies => q{SELECT * FROM pg_policies WHERE schemaname = 'carried' ORDER BY tablename, policyname},
	security => qq{SELECT c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity FROM $relations ORDER BY c.oid::regclass::text},
	defaults => q{SELECT adrelid::regclass, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid::regclass::text LIKE 'carried.%' ORDER BY adrelid::regclass::text, adnum},
	constraints => q{SELECT conrelid::regclass, contypid::regtype, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = 'carried'::regnamespace ORDER BY conrelid::regclass::text, conname},
	bounds => qq{SELECT c.oid::regclass, pg_get_expr(c.relpartbound, c.oid) FROM $relations AND c.relpartbound IS NOT NULL ORDER BY c.oid::regclass::text},
	indexes => qq{SELECT c.oid::regclass, pg_get_indexdef(c.oid), i.indisvalid, i.indisready FROM pg_index AS i JOIN $joined AND c.oid = i.indexrelid ORDER BY c.oid::regclass::text},
	damage => qq{
		SELECT count(*), count(bt_index_check(c.oid, true)::text) FROM pg_am AS a JOIN $joined AND c.relam = a.oid AND a.amname = 'btree' AND c.relkind = 'i'
		UNION ALL SELECT NULL, count(*) FROM (SELECT c.oid FROM $relations AND c.relkind IN ('r', 'm') OFFSET 0) AS t, LATERAL verify_heapam(t.oid)});

# All of it by name, as text.
sub portrait
{
	my ($node, $database) = @_;
	my $script = "SET client_min_messages = warning; BEGIN; CREATE EXTENSION IF NOT EXISTS pageinspect; CREATE EXTENSION IF NOT EXISTS amcheck;\n";

	foreach my $as (sort keys %raw)
	{
		$script .= "CREATE CAST ($_ AS $as) WITHOUT FUNCTION;\n" foreach @{ $raw{$as} };
	}
	$script .= "SELECT '== $_';\n$seen{$_};\n" foreach sort keys %seen;
	my ($empty, %part) = split(/^== (\w+)\n/m, $node->safe_psql($database, "$script ROLLBACK;"));
	return \%part;
}

# The names of the parts that are not the same as before, but for some.
sub same_as
{
	my ($before, $how, $node, $database, @but) = @_;
	my $after = portrait($node, $database);
	my @differ;

	foreach my $part (sort keys %seen)
	{
		next if $before->{$part} eq ($after->{$part} // '') || grep { $_ eq $part } @but;
		my @left = split(/\n/, $before->{$part});
		my @right = split(/\n/, $after->{$part} // '');
		my ($n) = grep { ($left[$_] // '') ne ($right[$_] // '') } 0 .. ($#left > $#right ? $#left : $#right);

		push @differ, $part;
		diag("$part\n- ", substr($left[$n // 0] // '(end)', 0, 300), "\n+ ", substr($right[$n // 0] // '(end)', 0, 300));
	}
	is("@differ", '', "$how: bytes, purposes and definitions are the same");
}

# The checks bite there: nothing for who declares nothing, by purpose and by row
# for who does.
sub in_force
{
	my ($how, $node, $database) = @_;
	my $begin = sub { "BEGIN; DO \$\$ BEGIN PERFORM nir.begin_processing('$_[0]', '0301'); END \$\$;" };

	is(join(' ', map { sqlstate($node, $database, 'carried_none', "SELECT count(*) FROM carried.$_") } qw(kinds by_text_some settling)),
		'NR010 NR010 NR010', "$how: a role that is not bound reads nothing");
	is(value_as($node, $database, 'carried_app', $begin->('b') . 'SELECT t, (SELECT string_agg(note, $$ $$) FROM carried.settling) FROM carried.kinds WHERE id = 7'),
		'{a,b}hemmelig|{canary oslo', "$how: a bound role reads for the column's purpose, its own rows");
	is(sqlstate($node, $database, 'carried_app', $begin->('d') . 'SELECT i FROM carried.kinds'), 'NR020', "$how: ... and not for another");
}

1;
