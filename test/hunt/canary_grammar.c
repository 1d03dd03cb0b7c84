/*
 * test/hunt/canary_grammar.c
 *
 * Random SQL as a restricted role with its own schema would write it.
 *
 * What is stored in the role's own tables is made from tagged expressions
 * only (keep): whoever may read a value may write its text down elsewhere,
 * which is outside nir's promise, and would look like a finding.  A literal
 * that is a canary is written only where the role may see it at that moment,
 * and never into a definition, which outlives the moment.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "canary.h"

#define ROOM (256 * 1024)

static char text[ROOM];
static size_t length;
static Statement statement;
static const Situation *where;
static bool literals_allowed;	/* canaries as literals */
static bool governed_only;		/* no own tables: what is made is lent to others */
static int	hidden;				/* > 0: in something that may never be executed */
static int	aliases;
static char own[32];			/* the role's schema */

typedef struct Item
{
	char		alias[16];
	int			ncolumns;
	Column		columns[32];
} Item;

typedef struct Scope
{
	const struct Scope *outer;
	int			nitems;
	Item		items[6];
} Scope;

static void expression(const Scope *scope, char letter, int depth, bool keep);
static void condition(const Scope *scope, int depth);
static void query(const Scope *outer, const char *letters, const char *const *names, int depth, bool keep);

/* ---- chance and text ---- */

static uint64_t state;

static uint64_t
next_random(void)
{
	uint64_t	z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

void
random_seed(uint64_t seed, uint64_t scene)
{
	state = seed * 0x2545f4914f6cdd1du + scene;
	(void) next_random();
}

uint32_t
random_below(uint32_t n)
{
	return (uint32_t) (next_random() % n);
}

bool
one_in(uint32_t n)
{
	return random_below(n) == 0;
}

__attribute__((format(printf, 1, 2)))
static void
put(const char *format, ...)
{
	va_list		arguments;
	int			n;

	va_start(arguments, format);
	n = vsnprintf(text + length, ROOM - length, format, arguments);
	va_end(arguments);
	length += (size_t) n < ROOM - length ? (size_t) n : ROOM - length - 1;
}

#define PICK(...) pick((const char *const[]) {__VA_ARGS__, NULL})

static const char *
pick(const char *const *choices)
{
	int			n = 0;

	while (choices[n] != NULL)
		n++;
	return choices[random_below(n)];
}

/* Cuts off what was written since mark; the caller frees it. */
static char *
cut(size_t mark)
{
	char	   *piece = strdup(text + mark);

	length = mark;
	text[length] = '\0';
	return piece;
}

static bool
is_tagged(char letter)
{
	return letter != '\0' && strchr("tdinfub", letter) != NULL;
}

static const char *
type_name(char letter)
{
	switch (letter)
	{
		case 't': return "nir.tagged_text";
		case 'd': return "nir.tagged_date";
		case 'i': return "nir.tagged_int";
		case 'n': return "nir.tagged_numeric";
		case 'f': return "nir.fnr";
		case 'u': return "nir.duf";
		case 'b': return "nir.tagged_bool";
		case 'U': return "nir.unit";
		case 'D': return "date";
		case 'I': return "int";
		case 'N': return "numeric";
		case 'B': return "boolean";
		case 'J': return "jsonb";
		case 'j': return "json";
		case 'F': return "float8";
		default: return "text";
	}
}

static const char *
modifier(void)
{
	return PICK("(b)", "(c)", "(d)", "(e)", "(b,d)", "(b,c)", "(d,e)", "(b,d,e)", "(b,c,d,e)", "('a-q')", "(c,q)");
}

static char
any_letter(void)
{
	return "ttttdddiinnffuubTTDINBJ"[random_below(23)];
}

/* ---- literals ---- */

static const Canary *
visible_canary(char letter)
{
	int			body;

	if (!literals_allowed || where->role < 0 || where->refused || where->declared == 0)
		return NULL;
	body = world.roles[where->role].body;
	for (int i = 0; i < 12; i++)
	{
		const Canary *canary = &world.canaries[random_below(world.ncanaries)];

		if (canary->kind == letter && canary_visible(canary, body, where->declared, false))
			return canary;
	}
	return NULL;
}

static void
literal(char letter)
{
	static const char same[][2] = {"tt", "Tt", "dd", "Dd", "ii", "Ii", "nn", "Nn", "ff", "uu"};
	const Canary *canary = NULL;

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (same[i][0] == letter && one_in(3))
			canary = visible_canary(same[i][1]);
	if (canary != NULL)
	{
		put("'%s'", canary->value);
		return;
	}
	switch (letter)
	{
		case 't': put("'%s'", PICK("", "abc", "A2", "%", "kan%", "_", "æøå", "(", "{")); break;
		case 'T': put("'%s'::text", PICK("", "abc", "x", "%an7%", "month", "[a-z]+", "yyyy", "UTF8")); break;
		case 'd': put("'%s'", PICK("2021-02-03", "1990-10-10", "infinity")); break;
		case 'D': put("'%s'::date", PICK("2021-02-03", "1990-10-10", "infinity")); break;
		case 'f': put("'%s'", PICK("10915830051", "10915830132", "10915830213", one_in(9) ? "01010112345" : "10915830051")); break;
		case 'u': put("'%s'", PICK("200000000030", "201234567812", "x")); break;
		case 'i': put("'%s'", PICK("0", "1", "5", "12", one_in(9) ? "x" : "7")); break;
		case 'n': put("'%s'", PICK("0", "1.5", "NaN", one_in(9) ? "x" : "8")); break;
		case 'b': put("'%s'", PICK("t", "f", one_in(9) ? "x" : "t")); break;
		case 'I': put("%u", random_below(6)); break;
		case 'N': put("%u.5", random_below(6)); break;
		case 'B': put("%s", PICK("true", "false", "NULL")); break;
		case 'U': put("'%s'::nir.unit", PICK("0301", "4601", "5001", "1201")); break;
		case 'J': put("'{\"a\": [1, \"b\"]}'::jsonb"); break;
		case 'j': put("'{\"a\": [1, \"b\"]}'::json"); break;
		case 'F': put("1.5::float8"); break;
		default: put("'x'::text"); break;
	}
}

/* ---- FROM ---- */

static const char *const convention[] = {"ct", "cd", "ci", "cn", "cf", "k"};
static const char convention_letters[] = "tdinfI";

static void
item_by_convention(Item *item)
{
	item->ncolumns = 6;
	for (int i = 0; i < 6; i++)
	{
		strcpy(item->columns[i].name, convention[i]);
		item->columns[i].letter = convention_letters[i];
	}
}

static void
from_governed(Item *item)
{
	const Table *table = &world.tables[random_below(world.ntables)];
	int			body = where->role < 0 ? 0 : world.roles[where->role].body;

	/* mostly one that the role may use at this moment */
	for (int i = 0; i < 4 && (table->touch[body] & where->declared) == 0; i++)
		table = &world.tables[random_below(world.ntables)];
	put("%s %s %s", one_in(8) ? "ONLY" : "", table->name, item->alias);
	if (one_in(15))
		put(" TABLESAMPLE BERNOULLI (80)");
	item->ncolumns = table->ncolumns;
	memcpy(item->columns, table->columns, sizeof(table->columns));
	if (hidden == 0 && (where->refused || (table->touch[body] & where->declared) == 0))
		statement.forbidden = true;
}

static void
from_own(Item *item)
{
	int			kind = random_below(10);

	item_by_convention(item);
	if (kind < 6)
		put("%s.t%u %s", own, random_below(6), item->alias);
	else if (kind < 7)
		put("%s.v%u %s", own, random_below(4), item->alias);
	else if (kind < 8)
		put("temp%u %s", random_below(2), item->alias);
	else if (kind < 9)
		put("%s.rows%u() %s (ct)", own, random_below(3), item->alias), item->ncolumns = 1;
	else
		put("%s.m%u %s", own, random_below(2), item->alias);
}

/* What other roles lend: views and SECURITY DEFINER functions over governed tables. */
static void
from_lent(Item *item)
{
	item_by_convention(item);
	if (one_in(2))
		put("own_%u_%d.w%u %s", random_below(POOL), where->worker, random_below(2), item->alias);
	else
	{
		put("own_%u_%d.lent%u() %s (ct)", random_below(POOL), where->worker, random_below(2), item->alias);
		item->ncolumns = 1;
	}
}

/* The planner drops a sub-select that cannot matter, with its relations. */
static void
from_subquery(const Scope *scope, Item *item, int depth, bool keep)
{
	bool		lateral = scope->nitems > 0 && one_in(3);

	put("%s(", lateral ? "LATERAL " : "");
	hidden++;
	query(lateral ? scope : scope->outer, convention_letters, convention, depth - 1, keep);
	hidden--;
	put(") %s", item->alias);
	item_by_convention(item);
}

static void
from_item(Scope *scope, int depth, bool keep)
{
	Item	   *item = &scope->items[scope->nitems];
	int			kind = random_below(20);

	memset(item, 0, sizeof(*item));
	snprintf(item->alias, sizeof(item->alias), "a%d", aliases++);
	if (kind < 11)
		from_governed(item);
	else if (kind < 15 && !governed_only)
		from_own(item);
	else if (kind < 16)
		from_lent(item);
	else if (kind < 19 && depth > 0)
		from_subquery(scope, item, depth, keep);
	else
	{
		put("(VALUES (1, 'x'), (2, 'y')) %s (k, words)", item->alias);
		item->ncolumns = 2;
		strcpy(item->columns[0].name, "k");
		item->columns[0].letter = 'I';
		strcpy(item->columns[1].name, "words");
		item->columns[1].letter = 'T';
	}
	scope->nitems++;
}

static void
from_clause(Scope *scope, int depth, bool keep)
{
	int			n = 1 + (one_in(3) ? 1 : 0) + (one_in(6) ? 1 : 0);

	put(" FROM ");
	from_item(scope, depth, keep);
	for (int i = 1; i < n; i++)
	{
		const char *join = PICK(", ", " JOIN ", " LEFT JOIN ", " FULL JOIN ", " CROSS JOIN ", " NATURAL JOIN ");

		put("%s", join);
		from_item(scope, depth, keep);
		if (strcmp(join, " JOIN ") == 0 || strcmp(join, " LEFT JOIN ") == 0)
		{
			put(" ON ");
			condition(scope, 1);
		}
		else if (strcmp(join, " FULL JOIN ") == 0)
			put(" ON true");
	}
}

/* ---- expressions ---- */

/* A column of the type, preferring the nearest scope; false if there is none. */
static bool
column(const Scope *scope, char letter)
{
	for (int pass = 0; scope != NULL && pass < 3; pass++, scope = scope->outer)
	{
		int			found = 0;
		const Item *item = NULL;
		const Column *chosen = NULL;

		for (int i = 0; i < scope->nitems; i++)
			for (int c = 0; c < scope->items[i].ncolumns; c++)
				if (scope->items[i].columns[c].letter == letter && one_in(++found))
				{
					item = &scope->items[i];
					chosen = &item->columns[c];
				}
		if (chosen != NULL)
		{
			put("%s.%s", item->alias, chosen->name);
			return true;
		}
	}
	return false;
}

static void
leaf(const Scope *scope, char letter)
{
	if (!one_in(8) && column(scope, letter))
		return;
	literal(letter);
	if (is_tagged(letter) && !one_in(4))
		put("::%s", type_name(letter));
}

/* An argument; in something kept, one that is not tagged comes from nowhere. */
static void
argument(const Scope *scope, char letter, int depth, bool keep)
{
	if (letter == 'A' || letter == 'o')
		letter = keep ? "tdin"[random_below(4)] : any_letter();
	if (letter == 'Y')
	{
		put("ARRAY[");
		expression(scope, keep ? 't' : any_letter(), depth, keep);
		put("]");
	}
	else if (letter == 'R')
		put("ROW(1, 2)");
	else if (keep && !is_tagged(letter))
		literal(letter);
	else if (letter == 'I')
	{
		put("(");
		expression(scope, letter, depth, keep);
		put(")::int");
	}
	else
		expression(scope, letter, depth, keep);
}

static const Routine *
routine(const char *kinds, char result, bool keep)
{
	for (int i = 0; i < 400; i++)
	{
		const Routine *candidate = &world.routines[random_below(world.nroutines)];

		if (strchr(kinds, candidate->kind) == NULL || strchr(candidate->arguments, 'o') != NULL)
			continue;
		/* half of them have to do with tagged types, or take anything */
		if (candidate->result != result && !(result == 'o' && !keep))
			continue;
		if (i < 200 && strpbrk(candidate->arguments, "tdinfubAYR") == NULL)
			continue;
		return candidate;
	}
	return NULL;
}

static void
call(const Scope *scope, const Routine *chosen, int depth, bool keep)
{
	if (chosen->kind == 'o')
	{
		put("(");
		argument(scope, chosen->arguments[0], depth, keep);
		put(" %s ", chosen->name);
		argument(scope, chosen->arguments[1], depth, keep);
		put(")");
		return;
	}
	put("%s(%s", chosen->name, chosen->kind == 'a' && one_in(4) ? "DISTINCT " : "");
	for (int i = 0; chosen->arguments[i] != '\0'; i++)
	{
		put("%s", i > 0 ? ", " : "");
		argument(scope, chosen->arguments[i], depth, keep);
	}
	put(")");
	if (chosen->kind == 'w')
		put(" OVER ()");
}

static void
subquery(const Scope *scope, char letter, int depth, bool keep)
{
	const char	letters[] = {letter, '\0'};

	hidden++;
	put("(");
	query(scope, letters, NULL, depth - 1, keep);
	put(" LIMIT 1)");
	hidden--;
}

static void
conditional(const Scope *scope, char letter, int depth, bool keep)
{
	switch (random_below(4))
	{
		case 0:
			put("CASE WHEN ");
			condition(scope, depth - 1);
			put(" THEN ");
			expression(scope, letter, depth - 1, keep);
			put(" ELSE ");
			expression(scope, letter, depth - 1, keep);
			put(" END");
			return;
		case 1:
			put("nullif(");
			break;
		case 2:
			put("coalesce(");
			break;
		default:
			put("greatest(");
			break;
	}
	expression(scope, letter, depth - 1, keep);
	put(", ");
	expression(scope, letter, depth - 1, keep);
	put(")");
}

/* Ways in which a tagged value loses its modifier on the way. */
static void
detour(const Scope *scope, char letter, int depth)
{
	const char *type = type_name(letter);

	switch (random_below(letter == 't' || letter == 'd' ? 9 : 6))
	{
		case 0:
			put("(ARRAY[");
			expression(scope, letter, depth - 1, true);
			put("])[1]");
			return;
		case 1:
			put("(%s.into_%c(", own, letter);
			expression(scope, letter, depth - 1, true);
			put("))");
			return;
		case 2:
			put("(");
			expression(scope, letter, depth - 1, true);
			put(")::%s%s", type, one_in(2) ? "" : modifier());
			return;
		case 3:
			put("(SELECT (array_agg(z))[1] FROM (SELECT ");
			expression(scope, letter, depth - 1, true);
			put(" AS z) zz)");
			return;
		case 4:
			put("(SELECT z FROM (SELECT ");
			expression(scope, letter, depth - 1, true);
			put(" UNION SELECT ");
			literal(letter);
			put("::%s%s) zz (z) LIMIT 1)", type, one_in(2) ? "" : modifier());
			return;
		case 5:
			put("(SELECT max(z) FROM (SELECT ");
			expression(scope, letter, depth - 1, true);
			put(") zz (z))");
			return;
		case 6:
			put("(ROW(1, ");
			expression(scope, letter, depth - 1, true);
			put(")::%s.pair_%c).b", own, letter);
			return;
		case 7:
			put("(");
			expression(scope, letter, depth - 1, true);
			put(")::%s.domain_%c", own, letter);
			return;
		default:
			if (letter == 'd')
			{
				put("lower(%s.dates(", own);
				expression(scope, letter, depth - 1, true);
				put(", NULL))");
				return;
			}
			put("(jsonb_populate_record(ROW(1, ");
			expression(scope, letter, depth - 1, true);
			put(")::%s.pair_t, '{\"a\": 5}')).b", own);
			return;
	}
}

/* Ways that end in plain values; only for what is shown. */
static void
plain(const Scope *scope, char letter, int depth)
{
	const Item *item = scope->nitems > 0 ? &scope->items[random_below(scope->nitems)] : NULL;
	char		tagged = "tdinfub"[random_below(7)];

	switch (random_below(12))
	{
		case 0:
			put("(");
			expression(scope, tagged, depth - 1, false);
			put(")::text::%s", type_name(letter));
			return;
		case 1:
			put("%s(%s)%s", PICK("to_jsonb", "row_to_json"), item ? item->alias : "ROW(1)", letter == 'T' ? "::text" : "");
			return;
		case 2:
			put("(%s)::text", item ? item->alias : "ROW(1)");
			return;
		case 3:
			put("format('%%s %%L', ");
			expression(scope, tagged, depth - 1, false);
			put(", ");
			expression(scope, any_letter(), depth - 1, false);
			put(")");
			return;
		case 4:
			put("%s.spy(", own);
			expression(scope, 't', depth - 1, false);
			put(")");
			return;
		case 5:
			put("json_build_object('a', ");
			expression(scope, tagged, depth - 1, false);
			put(")%s", letter == 'T' ? "::text" : "");
			return;
		case 6:
			put("(");
			expression(scope, tagged, depth - 1, false);
			put(")::%s", type_name(letter));
			return;
		case 7:
			put("%s(%s.%s::text::bytea, '%s')", "encode", item ? item->alias : "x",
				item && item->ncolumns ? item->columns[random_below(item->ncolumns)].name : "x", PICK("hex", "escape"));
			return;
		case 8:
			put("query_to_xml($q$SELECT * FROM %s$q$, true, false, '')::text", world.tables[random_below(world.ntables)].name);
			return;
		case 9:
			put("concat_ws('/', ");
			expression(scope, tagged, depth - 1, false);
			put(", %s)", item ? item->alias : "1");
			return;
		default:
			leaf(scope, letter);
			return;
	}
}

static void
expression(const Scope *scope, char letter, int depth, bool keep)
{
	const Routine *chosen;

	if (depth <= 0 || one_in(3) || length > ROOM / 4)
	{
		leaf(scope, letter);
		return;
	}
	switch (random_below(8))
	{
		case 0:
			conditional(scope, letter, depth, keep);
			return;
		case 1:
			subquery(scope, letter, depth, keep);
			return;
		case 2:
			if (is_tagged(letter))
			{
				detour(scope, letter, depth);
				return;
			}
			break;
		case 3:
			if (!keep && !is_tagged(letter))
			{
				plain(scope, letter, depth);
				return;
			}
			break;
		case 4:
		case 5:
		case 6:
			chosen = routine("fo", letter, keep);
			if (chosen != NULL)
			{
				call(scope, chosen, depth - 1, keep);
				return;
			}
			break;
	}
	leaf(scope, letter);
}

static void
condition(const Scope *scope, int depth)
{
	char		letter = any_letter();

	switch (random_below(depth > 0 ? 12 : 5))
	{
		case 0:
			put("true");
			return;
		case 1:
		case 2:
		case 3:
			leaf(scope, letter);
			put(" %s ", PICK("=", "<>", "<", ">=", "=", "IS DISTINCT FROM"));
			leaf(scope, letter);
			return;
		case 4:
			leaf(scope, 't');
			put(" %s ", PICK("LIKE", "ILIKE", "~", "~*", "NOT LIKE", "SIMILAR TO", "^@"));
			put("'%s'", PICK("kan%", "%7%", ".*an.*", "(", "k"));
			return;
		case 5:
			put("EXISTS ");
			subquery(scope, 'I', depth, false);
			return;
		case 6:
			expression(scope, letter, depth - 1, false);
			put(" IN ");
			subquery(scope, letter, depth, false);
			return;
		case 7:
			expression(scope, letter, depth - 1, false);
			put(" IS NOT NULL");
			return;
		case 8:
			put("%s.spy(", own);
			expression(scope, 't', depth - 1, false);
			put(") <> ''");
			return;
		case 9:
			put("(");
			condition(scope, depth - 1);
			put(" %s ", PICK("AND", "OR", "AND NOT"));
			condition(scope, depth - 1);
			put(")");
			return;
		default:
			expression(scope, 'B', depth - 1, false);
			return;
	}
}

/* ---- queries ---- */

static void
query_tail(const Scope *scope, int depth)
{
	if (one_in(2))
	{
		put(" WHERE ");
		condition(scope, depth);
	}
	if (one_in(6))
		put(" ORDER BY 1%s", PICK("", " DESC", " NULLS FIRST"));
}

/* SELECT with a list of the given types; LIMIT may follow. */
static void
query(const Scope *outer, const char *letters, const char *const *names, int depth, bool keep)
{
	Scope		scope = {.outer = outer};
	size_t		mark = length;
	char	   *from;

	from_clause(&scope, depth, keep);
	from = cut(mark);
	put("SELECT %s", one_in(8) ? "DISTINCT " : "");
	for (int i = 0; letters[i] != '\0'; i++)
	{
		put("%s", i > 0 ? ", " : "");
		expression(&scope, letters[i], depth, keep);
		if (names != NULL)
			put(" AS %s", names[i]);
	}
	put("%s", from);
	free(from);
	query_tail(&scope, depth);
}

static void
shown_list(const Scope *scope, int depth)
{
	int			n = 1 + random_below(4);
	int			kind = random_below(12);
	const Item *item = &scope->items[0];
	const Routine *chosen;

	if (kind == 0)
		put("*");
	else if (kind == 1)
		put("%s.*, %s", item->alias, item->alias);
	else if (kind == 2)
		put("%s.ctid, %s.xmin, %s.tableoid::regclass", item->alias, item->alias, item->alias);
	else if (kind <= 5)
	{
		for (int i = 0; i < n; i++)
		{
			put("%s", i > 0 ? ", " : "");
			chosen = routine("a", one_in(2) ? 'o' : any_letter(), false);
			if (chosen != NULL)
				call(scope, chosen, depth - 1, false);
			else
				put("count(*)");
		}
	}
	else
		for (int i = 0; i < n; i++)
		{
			put("%s", i > 0 ? ", " : "");
			if (one_in(12))
				put("pg_catalog.%s OVER (ORDER BY 1)", PICK("rank()", "row_number()", "count(*)"));
			else if ((chosen = routine("fow", 'o', false)) != NULL && one_in(4))
				call(scope, chosen, depth - 1, false);
			else
				expression(scope, any_letter(), depth, false);
		}
}

static void
shown_query(int depth)
{
	Scope		scope = {0};
	size_t		mark = length;
	char	   *from;
	bool		with = one_in(6);

	if (with)
	{
		put("WITH c AS %s(", PICK("", "MATERIALIZED ", "NOT MATERIALIZED "));
		hidden++;
		query(NULL, convention_letters, convention, depth - 1, false);
		hidden--;
		put(") ");
		mark = length;
		put(" FROM c");
		item_by_convention(&scope.items[0]);
		strcpy(scope.items[0].alias, "c");
		scope.nitems = 1;
	}
	else
		from_clause(&scope, depth, false);
	from = cut(mark);
	put("SELECT %s", one_in(8) ? "DISTINCT " : "");
	shown_list(&scope, depth);
	put("%s", from);
	free(from);
	query_tail(&scope, depth);
	if (one_in(4))
		put(" LIMIT %u", random_below(10));
	if (one_in(20))
		put(" FOR %s", PICK("UPDATE", "SHARE", "KEY SHARE"));
}

static void
shown_union(int depth)
{
	const char	letters[] = {any_letter(), any_letter(), '\0'};

	put("(");
	query(NULL, letters, NULL, depth, false);
	put(") %s (", PICK("UNION", "UNION ALL", "INTERSECT", "EXCEPT"));
	query(NULL, letters, NULL, depth, false);
	put(")");
}

/* ---- what a statement may be ---- */

static void
make_select(void)
{
	statement.runs = true;
	if (one_in(8))
		shown_union(2);
	else
		shown_query(1 + random_below(3));
	statement.binary = one_in(3);
}

static void
make_explain(void)
{
	put("EXPLAIN (%s) ", PICK("VERBOSE", "ANALYZE, VERBOSE", "ANALYZE, FORMAT JSON", "COSTS OFF", "ANALYZE, BUFFERS, SETTINGS"));
	statement.runs = true;
	shown_query(2);
}

static void
make_copy(void)
{
	statement.runs = true;
	statement.one = true;
	if (one_in(3))
	{
		Item		item = {.alias = ""};

		put("COPY ");
		from_governed(&item);
		put(" TO STDOUT%s", PICK("", " (FORMAT csv)", " (FORMAT binary)"));
		return;
	}
	put("COPY (");
	shown_query(2);
	put(") TO STDOUT%s", PICK("", " (FORMAT csv, HEADER)", " (FORMAT binary)"));
}

static void
target_list(void)
{
	put(" (ct, cd, ci, cn, cf, k) ");
}

static void
make_insert(void)
{
	statement.runs = true;
	if (one_in(6))
		put("INSERT INTO temp%u", random_below(2));
	else
		put("INSERT INTO %s.t%u", own, random_below(6));
	target_list();
	query(NULL, convention_letters, NULL, 2, true);
	if (one_in(2))
		put(" LIMIT 5");
	if (one_in(4))
		put(" ON CONFLICT DO NOTHING");
	if (one_in(3))
		put(" RETURNING *, ct::text, cd");
}

static void
make_update(void)
{
	Scope		scope = {.nitems = 1};
	char		letter = "tdin"[random_below(4)];

	item_by_convention(&scope.items[0]);
	strcpy(scope.items[0].alias, "target");
	put("UPDATE %s.t%u target SET c%c = ", own, random_below(6), letter);
	expression(&scope, letter, 2, true);
	if (one_in(3))
	{
		put(", ct = (SELECT ct");
		put(" FROM (");
		query(NULL, convention_letters, convention, 1, true);
		put(" LIMIT 1) z)");
	}
	put(" WHERE ");
	condition(&scope, 1);
	if (one_in(2))
		put(" RETURNING *");
}

static void
make_upsert(void)
{
	put("INSERT INTO %s.t%u", own, random_below(6));
	target_list();
	query(NULL, convention_letters, NULL, 1, true);
	put(" ON CONFLICT (k) DO UPDATE SET ct = %s, cd = excluded.cd RETURNING *",
		PICK("excluded.ct", "coalesce(excluded.ct, excluded.ct)", "(ARRAY[excluded.ct])[1]"));
}

static void
make_merge(void)
{
	put("MERGE INTO %s.t%u target USING (", own, random_below(6));
	query(NULL, convention_letters, convention, 1, true);
	put(") source ON target.k = source.k WHEN MATCHED THEN UPDATE SET ct = source.ct, cd = source.cd"
		" WHEN NOT MATCHED THEN INSERT (k, ct, cd, ci) VALUES (source.k, source.ct, source.cd, source.ci)");
}

static void
make_governed_write(void)
{
	const Table *table = &world.tables[random_below(world.ntables)];
	const Column *target = &table->columns[random_below(table->ncolumns)];
	Scope		scope = {.nitems = 1};

	statement.dirty = true;
	strcpy(scope.items[0].alias, "target");
	scope.items[0].ncolumns = table->ncolumns;
	memcpy(scope.items[0].columns, table->columns, sizeof(table->columns));
	switch (random_below(4))
	{
		case 0:
			put("UPDATE %s target SET %s = ", table->name, target->name);
			expression(&scope, target->letter, 2, true);
			put(" WHERE ");
			condition(&scope, 1);
			break;
		case 1:
			put("DELETE FROM %s target WHERE ", table->name);
			condition(&scope, 1);
			break;
		case 2:
			put("INSERT INTO %s (%s, person_id, unit) SELECT ", table->name, target->name);
			expression(&(Scope) {.nitems = 0}, target->letter, 2, true);
			put(", 1, '0301'");
			break;
		default:
			put("MERGE INTO %s target USING %s.t0 source ON target.person_id = source.k WHEN MATCHED THEN UPDATE SET %s = ",
				table->name, own, target->name);
			expression(&scope, target->letter, 1, true);
			put(" WHEN NOT MATCHED THEN DO NOTHING");
			return;
	}
	if (one_in(2))
		put(" RETURNING *");
}

static void
make_ctas(void)
{
	unsigned	n = random_below(6);

	switch (random_below(4))
	{
		case 0:
			put("DROP TABLE IF EXISTS %s.t%u CASCADE; CREATE TABLE %s.t%u AS ", own, n, own, n);
			break;
		case 1:
			put("DROP MATERIALIZED VIEW IF EXISTS %s.m%u; CREATE MATERIALIZED VIEW %s.m%u AS ", own, n % 2, own, n % 2);
			break;
		case 2:
			put("CREATE TEMP TABLE temp%u AS ", n % 2);
			break;
		default:
			put("DROP TABLE IF EXISTS temp%u; CREATE TEMP TABLE temp%u ON COMMIT PRESERVE ROWS AS ", n % 2, n % 2);
			break;
	}
	query(NULL, convention_letters, convention, 1, true);
}

static void
make_table(void)
{
	unsigned	n = random_below(6);

	put("DROP TABLE IF EXISTS %s.t%u CASCADE; ", own, n);
	put("CREATE TABLE %s.t%u (k int %s, ct nir.tagged_text%s, cd nir.tagged_date%s, ", own, n,
		PICK("", "", "UNIQUE"), modifier(), modifier());
	put("ci nir.tagged_int%s, cn nir.tagged_numeric%s, cf nir.fnr%s", modifier(), modifier(), modifier());
	put("%s)", PICK("", "", ", ca nir.tagged_text(b,d)[]", ", CHECK (ct <> 'never')", ", EXCLUDE USING btree (ct WITH =)"));
}

static void
make_alter(void)
{
	unsigned	n = random_below(6);

	switch (random_below(9))
	{
		case 0:
			put("ALTER TABLE %s.t%u ALTER ct TYPE nir.tagged_text%s", own, n, modifier());
			return;
		case 1:
			put("ALTER TABLE %s.t%u ALTER ct TYPE nir.tagged_text%s USING lower(ct)", own, n, modifier());
			return;
		case 2:
			put("ALTER TABLE %s.t%u ADD COLUMN extra%u nir.tagged_text%s DEFAULT 'x'", own, n, random_below(3), modifier());
			return;
		case 3:
			put("CREATE INDEX ON %s.t%u (%s)", own, n, PICK("ct", "lower(ct)", "cd, ci", "k"));
			return;
		case 4:
			put("CREATE INDEX ON %s.t%u (%s.spy(ct::text))", own, n, own);
			return;
		case 5:
			put("ANALYZE %s.t%u", own, n);
			return;
		case 6:
			put("ALTER TABLE %s.t%u ADD CHECK (%s.spy(ct::text) <> 'never')", own, n, own);
			return;
		case 7:
			put("REINDEX TABLE %s.t%u", own, n);
			statement.one = true;
			return;
		default:
			put("ALTER TABLE %s.t%u INHERIT %s.t%u", own, n, own, random_below(6));
			return;
	}
}

static void
make_view(void)
{
	unsigned	n = random_below(6);

	literals_allowed = false;
	if (n < 2)
	{
		governed_only = true;
		put("DROP VIEW IF EXISTS %s.w%u; CREATE VIEW %s.w%u %s AS ", own, n, own, n,
			PICK("", "WITH (security_invoker)", "WITH (security_barrier)"));
		query(NULL, convention_letters, convention, 1, false);
		put("; GRANT SELECT ON %s.w%u TO PUBLIC", own, n);
		return;
	}
	n -= 2;
	put("DROP VIEW IF EXISTS %s.v%u CASCADE; CREATE VIEW %s.v%u %s AS ", own, n, own, n, PICK("", "WITH (security_invoker)"));
	query(NULL, convention_letters, convention, 1, true);
}

/* Functions that give rows: of the role, or lent to everybody. */
static void
make_rows_function(void)
{
	bool		lent = one_in(2);
	const char *language = PICK("sql", "plpgsql");
	bool		procedural = strcmp(language, "plpgsql") == 0;

	literals_allowed = false;
	governed_only = lent;
	put("CREATE OR REPLACE FUNCTION %s.%s%u() RETURNS SETOF nir.tagged_text LANGUAGE %s %s %s AS $f$ ",
		own, lent ? "lent" : "rows", random_below(lent ? 2 : 3), language,
		PICK("VOLATILE", "STABLE", "IMMUTABLE"), PICK("", "SECURITY DEFINER", "PARALLEL SAFE"));
	put("%s", procedural ? "BEGIN RETURN QUERY " : "");
	query(NULL, "t", NULL, 1, true);
	put("%s $f$", procedural ? "; END" : "");
}

static void
make_trigger(void)
{
	unsigned	n = random_below(6);

	literals_allowed = false;
	switch (random_below(3))
	{
		case 0:
			put("CREATE OR REPLACE FUNCTION %s.fires() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN "
				"RAISE NOTICE 'old %% new %%', OLD, NEW; RETURN coalesce(NEW, OLD); END $f$; ", own);
			break;
		case 1:
			put("CREATE OR REPLACE FUNCTION %s.fires() RETURNS trigger LANGUAGE plpgsql %s AS $f$ BEGIN "
				"INSERT INTO %s.t%u (k, ct) SELECT NEW.k, NEW.ct; RETURN NEW; END $f$; ",
				own, PICK("", "SECURITY DEFINER"), own, random_below(6));
			break;
		default:
			put("CREATE OR REPLACE FUNCTION %s.fires() RETURNS trigger LANGUAGE plpgsql AS $f$ DECLARE r record; BEGIN "
				"FOR r IN ", own);
			query(NULL, "tI", NULL, 1, false);
			put(" LOOP RAISE NOTICE '%%', r; END LOOP; RETURN coalesce(NEW, OLD); END $f$; ");
			break;
	}
	put("CREATE OR REPLACE TRIGGER fires %s INSERT OR UPDATE OR DELETE ON %s.t%u FOR EACH ROW EXECUTE FUNCTION %s.fires()",
		PICK("BEFORE", "AFTER"), own, n, own);
}

/* A cascade between one's own tables runs one's own trigger in the state of a foreign-key check. */
static void
make_cascade(void)
{
	if (one_in(2))
	{
		literals_allowed = false;
		put("DROP TABLE IF EXISTS %s.parent, %s.child CASCADE; CREATE TABLE %s.parent (k int PRIMARY KEY); "
			"CREATE TABLE %s.child (k int REFERENCES %s.parent ON DELETE CASCADE ON UPDATE CASCADE, ct nir.tagged_text%s); "
			"INSERT INTO %s.parent SELECT generate_series(1, 3); INSERT INTO %s.child (k) SELECT generate_series(1, 3); "
			"CREATE OR REPLACE FUNCTION %s.cascades() RETURNS trigger LANGUAGE plpgsql AS $f$ DECLARE r record; BEGIN FOR r IN ",
			own, own, own, own, own, modifier(), own, own, own);
		query(NULL, "tI", NULL, 1, false);
		put(" LOOP RAISE NOTICE '%%', r; END LOOP; RETURN coalesce(NEW, OLD); END $f$; "
			"CREATE OR REPLACE TRIGGER cascades BEFORE UPDATE OR DELETE ON %s.child FOR EACH ROW EXECUTE FUNCTION %s.cascades()",
			own, own);
		return;
	}
	if (one_in(2))
		put("DELETE FROM %s.parent WHERE k = %u", own, random_below(4));
	else
		put("UPDATE %s.parent SET k = k + 10", own);
}

static void
make_cursor(void)
{
	unsigned	n = random_below(3);

	switch (random_below(5))
	{
		case 0:
		case 1:
			literals_allowed = false;
			put("DECLARE c%u %s CURSOR %s FOR ", n, PICK("", "SCROLL", "BINARY"), PICK("", "WITH HOLD", ""));
			shown_query(2);
			return;
		case 2:
		case 3:
			put("FETCH %s FROM c%u", PICK("1", "ALL", "BACKWARD 1", "2"), n);
			return;
		default:
			put("%s c%u", PICK("CLOSE", "MOVE 1 FROM"), n);
			return;
	}
}

static void
make_prepared(void)
{
	unsigned	n = random_below(4);

	if (one_in(2))
	{
		literals_allowed = false;
		put("PREPARE p%u AS ", n);
		shown_query(2);
		return;
	}
	put("%s p%u", PICK("EXECUTE", "EXECUTE", "EXPLAIN VERBOSE EXECUTE", "EXPLAIN ANALYZE EXECUTE", "DEALLOCATE"), n);
}

static void
make_block(void)
{
	put("DO $do$ DECLARE r record; v nir.tagged_text; w %s.pair_t; c refcursor; BEGIN ", own);
	switch (random_below(6))
	{
		case 0:
			put("FOR r IN ");
			shown_query(1);
			put(" LOOP RAISE %s END LOOP;", PICK("NOTICE '%', r;", "INFO '%', r;",
				"NOTICE USING MESSAGE = r::text, DETAIL = r::text, HINT = r::text, SCHEMA = 'vendor', TABLE = 'settling';"));
			break;
		case 1:
			put("v := (");
			query(NULL, "t", NULL, 1, true);
			put(" LIMIT 1); INSERT INTO %s.t%u (k, ct) VALUES (1, v);", own, random_below(6));
			break;
		case 2:
			put("BEGIN FOR r IN ");
			shown_query(1);
			put(" LOOP RAISE EXCEPTION USING MESSAGE = r::text, DETAIL = r::text, HINT = r::text, COLUMN = left(r::text, 60);"
				" END LOOP; %s END;", PICK("", "EXCEPTION WHEN OTHERS THEN RAISE WARNING '%', SQLERRM;"));
			break;
		case 3:
			put("OPEN c FOR ");
			shown_query(1);
			put("; FETCH c INTO r; RAISE INFO '%%', r;");
			break;
		case 4:
			put("EXECUTE format('SELECT %%L::int', (");
			query(NULL, "t", NULL, 1, false);
			put(" LIMIT 1));");
			break;
		default:
			put("w.b := (");
			query(NULL, "t", NULL, 1, true);
			put(" LIMIT 1); UPDATE %s.t%u SET ct = w.b;", own, random_below(6));
			break;
	}
	put(" END $do$");
}

/* What somebody tries who wants another context, another user or the log. */
static void
make_hostile(void)
{
	put("%s", PICK("SET nir.context = ''", "RESET ALL", "SET nir.privileged_access = deny", "DISCARD PLANS",
				   "SELECT set_config('nir.context', '1|4|301|||', true)", "SET LOCAL row_security = off",
				   "SET debug_print_plan = on", "SET client_min_messages = debug1", "SET client_min_messages = notice",
				   "SET log_min_messages = debug5", "SET force_parallel_mode = on", "SET force_parallel_mode = off",
				   "SET plan_cache_mode = force_generic_plan", "SET plan_cache_mode = auto", "LOAD 'nir'",
				   "SET enable_seqscan = off", "SET enable_seqscan = on", "SET session_replication_role = replica",
				   "SET search_path = pg_temp, public", "SHOW nir.context", "SELECT * FROM nir.context()",
				   "SELECT most_common_vals, histogram_bounds, most_common_elems FROM pg_stats",
				   "SELECT * FROM pg_stats_ext_exprs", "SELECT statement FROM pg_prepared_statements",
				   "SELECT * FROM pg_cursors", "SELECT stavalues1 FROM pg_statistic", "SELECT * FROM canary.planted",
				   "SELECT schema_to_xml('vendor', true, false, '')", "SELECT schema_to_xml('register', true, false, '')",
				   "TABLE register.person_name", "SELECT * FROM nir.lint()", "TRUNCATE vendor.settling",
				   "ALTER TABLE vendor.settling DISABLE ROW LEVEL SECURITY", "SET SESSION AUTHORIZATION postgres",
				   "CREATE STATISTICS IF NOT EXISTS stat ON ct, cd FROM temp0", "ANALYZE", "CHECKPOINT"));
	statement.one = true;
}

static void
make_own_objects(void)
{
	literals_allowed = false;
	switch (random_below(3))
	{
		case 0:
			put("CREATE OR REPLACE FUNCTION %s.spy(text) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS "
				"$f$ BEGIN RAISE %s 'spy %%', $1; RETURN $1; END $f$", own, PICK("NOTICE", "LOG", "DEBUG", "WARNING", "NOTICE"));
			return;
		case 1:
			put("CREATE OR REPLACE FUNCTION %s.same(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS "
				"$f$ BEGIN RAISE NOTICE 'same %%', $1; RETURN $1 = $2; END $f$; "
				"CREATE OPERATOR %s.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = %s.same, RESTRICT = eqsel)", own, own, own);
			return;
		default:
			put("SELECT * FROM vendor.settling s WHERE s.note::text OPERATOR(%s.===) 'x'", own);
			return;
	}
}

static void
make_role(void)
{
	int			to = random_below(3);

	statement.becomes = to == 2 ? -1 : to;
	if (to == 2)
		put("RESET ROLE");
	else
		put("SET ROLE %s", world.roles[to].name);
}

typedef struct Choice
{
	int			weight;
	void		(*make) (void);
} Choice;

static const Choice choices[] = {
	{40, make_select}, {5, make_explain}, {4, make_copy}, {12, make_insert}, {5, make_update}, {3, make_upsert},
	{3, make_merge}, {4, make_governed_write}, {3, make_ctas}, {4, make_table}, {3, make_alter}, {2, make_view},
	{3, make_rows_function}, {1, make_trigger}, {1, make_cascade}, {4, make_cursor}, {4, make_prepared},
	{4, make_block}, {3, make_hostile}, {1, make_own_objects},
};

static void
begin_statement(const Situation *now)
{
	where = now;
	length = 0;
	text[0] = '\0';
	hidden = 0;
	aliases = 0;
	literals_allowed = true;
	governed_only = false;
	grammar_schema(now, own, sizeof(own));
	statement = (Statement) {.text = text, .declares = -1, .becomes = -2};
}

void
grammar_schema(const Situation *now, char *out, size_t room)
{
	snprintf(out, room, "own_%d_%d", now->role < 0 ? POOL : now->role, now->worker);
}

const Statement *
grammar_statement(const Situation *now)
{
	int			total = 0;
	int			at;

	begin_statement(now);
	if (now->login == POOL && one_in(8))
	{
		make_role();
		return &statement;
	}
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
		total += choices[i].weight;
	at = random_below(total);
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
	{
		at -= choices[i].weight;
		if (at < 0)
		{
			choices[i].make();
			break;
		}
	}
	statement.forbidden = statement.forbidden && statement.runs;
	return &statement;
}

/* A declaration: mostly of a purpose that the role is bound for. */
const Statement *
grammar_declaration(const Situation *now)
{
	const Role *role = now->role < 0 ? NULL : &world.roles[now->role];
	char		letters[8] = "";
	int			n = one_in(8) ? 2 : 1;

	begin_statement(now);
	statement.declares = 0;
	for (int i = 0; i < n; i++)
	{
		char		letter = role != NULL && role->purposes[0] != '\0' && !one_in(12)
			? role->purposes[random_below(strlen(role->purposes))] : "abcdepr"[random_below(7)];

		statement.declares |= 1 << (letter - 'a');
		snprintf(letters + strlen(letters), sizeof(letters) - strlen(letters), "%s%c", i > 0 ? "," : "", letter);
	}
	put("SELECT nir.begin_processing('%s'", letters);
	if (role != NULL && role->unit[0] != '\0' && !one_in(4))
		put(", '%s'", one_in(15) ? PICK("5001", "4601", "0301") : role->unit);
	put(")");
	return &statement;
}
