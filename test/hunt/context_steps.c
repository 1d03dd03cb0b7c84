/*
 * test/hunt/context_steps.c
 *
 * Random steps in five sessions that share a server, each followed by the
 * question what context is in force and by a governed query, all compared
 * with the model.  The same seed gives the same steps.
 *
 *   context_steps SEED=n STEPS=n MUTATE=n        server as libpq finds it
 *
 * MUTATE makes the model wrong in one rule, so that a run must end with a
 * difference.  A difference ends the run with status 1 and tells seed, step,
 * the last steps and both answers.
 *
 * While a transaction is open, a session may learn late what another changed.
 * Late is allowed where it refuses; a right that was taken away must not
 * serve another statement.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "libpq-fe.h"

#include "context_model.h"

#define lengthof(array)	((int) (sizeof(array) / sizeof((array)[0])))
#define QUERY_SIZE	256
#define QUOTED_SIZE	259
#define ARGUMENTS_SIZE (5 * QUOTED_SIZE + 10)
#define SESSIONS	5
#define SQL_SIZE	4096
#define TOLD_STEPS	30
#define TOLD_LINES	400
#define TRANSACTIONS	3

typedef struct Prepared
{
	bool		exists;
	Role		owner;
} Prepared;

static uint64_t random_state;
static uint64_t seed = 1;
static long steps = 100000;
static long step;
static World world;
static Session sessions[SESSIONS];
static PGconn *connections[SESSIONS];
static PGconn *administrator;
static Prepared transactions[TRANSACTIONS];
static const char *parallel_setting;
static char told[TOLD_LINES][SQL_SIZE + ANSWER_SIZE + 64];
static long told_step[TOLD_LINES];
static int	told_next;
static long asked;

/* ---- chance ---- */

static uint32_t
draw(uint32_t below)
{
	uint64_t	z = (random_state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t) ((z ^ (z >> 31)) >> 33) % below;
}

static bool
chance(int percent)
{
	return (int) draw(100) < percent;
}

/* ---- asking ---- */

static void
read_rows(const PGresult *result, char *answer)
{
	char	   *at = answer + sprintf(answer, "ok:");

	for (int row = 0; row < PQntuples(result); row++)
		for (int column = 0; column < PQnfields(result); column++)
			at += snprintf(at, ANSWER_SIZE - (at - answer), "%s%s",
						   column > 0 ? "|" : row > 0 ? ";" : "", PQgetvalue(result, row, column));
}

static void
run(PGconn *connection, const char *sql, char *answer)
{
	PGresult   *result = PQexec(connection, sql);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	asked++;
	switch (PQresultStatus(result))
	{
		case PGRES_TUPLES_OK:
			read_rows(result, answer);
			break;
		case PGRES_COMMAND_OK:
			strcpy(answer, "ok");
			break;
		default:
			snprintf(answer, ANSWER_SIZE, "%s", state != NULL ? state : PQerrorMessage(connection));
	}
	PQclear(result);
}

static void
tell(int session, const char *sql, const char *answer)
{
	snprintf(told[told_next], sizeof(told[0]), "%ld  session %d  %s  -->  %s", step, session, sql, answer);
	told_step[told_next] = step;
	told_next = (told_next + 1) % TOLD_LINES;
}

/* Prepared transactions would outlive the run. */
static void
leave(void)
{
	char		answer[ANSWER_SIZE];
	char		sql[64];

	for (int i = 0; i < SESSIONS; i++)
		PQfinish(connections[i]);
	for (int i = 0; i < TRANSACTIONS; i++)
	{
		snprintf(sql, sizeof(sql), "ROLLBACK PREPARED 'hunt_%d'", i);
		run(administrator, sql, answer);
	}
	PQfinish(administrator);
}

static void
differ(int session, const char *sql, const char *answer, const char *want)
{
	printf("difference: seed %llu, step %ld, session %d\nthe last %d steps:\n",
		   (unsigned long long) seed, step, session, TOLD_STEPS);
	for (int i = 0; i < TOLD_LINES; i++)
	{
		int			at = (told_next + i) % TOLD_LINES;

		if (told[at][0] != '\0' && told_step[at] > step - TOLD_STEPS)
			printf("  %s\n", told[at]);
	}
	printf("statement: %s\nserver: %s\nmodel:  %s\n", sql, answer, want);
	leave();
	exit(1);
}

static bool
is_error(const char *answer)
{
	return strncmp(answer, "ok", 2) != 0;
}

static int
number(const Session *s)
{
	return (int) (s - sessions);
}

/* The server's own idea of the transaction must be the model's. */
static void
compare_state(const Session *s, const char *sql)
{
	static const PGTransactionStatusType states[] = {PQTRANS_IDLE, PQTRANS_INTRANS, PQTRANS_INERROR};

	if (PQtransactionStatus(connections[number(s)]) != states[s->tx])
		differ(number(s), sql, "another transaction state", "as predicted");
}

/* Run it; the answer is left to the caller.  An error ends the transaction's good state. */
static void
ask_freely(Session *s, char *answer, const char *sql)
{
	run(connections[number(s)], sql, answer);
	tell(number(s), sql, answer);
	if (is_error(answer) && s->tx == TX_OPEN)
		s->tx = TX_ABORTED;
}

/* Run it and compare; true if it succeeded, as predicted. */
static bool ask(Session *s, const char *want, const char *format,...) __attribute__((format(printf, 3, 4)));

static bool
ask(Session *s, const char *want, const char *format,...)
{
	char		sql[SQL_SIZE];
	char		answer[ANSWER_SIZE];
	va_list		arguments;

	va_start(arguments, format);
	vsnprintf(sql, sizeof(sql), format, arguments);
	va_end(arguments);
	if (s->tx == TX_ABORTED)
		want = "25P02";
	ask_freely(s, answer, sql);
	if (strcmp(answer, want) != 0)
		differ(number(s), sql, answer, want);
	compare_state(s, sql);
	return !is_error(answer);
}

/* Like ask for what also works in a failed transaction; the caller knows the state after it. */
static void
control(Session *s, TxState after, const char *want, const char *sql)
{
	char		answer[ANSWER_SIZE];

	run(connections[number(s)], sql, answer);
	tell(number(s), sql, answer);
	if (strcmp(answer, want) != 0)
		differ(number(s), sql, answer, want);
	s->tx = after;
	compare_state(s, sql);
}

static void
administer(const char *sql)
{
	char		answer[ANSWER_SIZE];

	run(administrator, sql, answer);
	tell(-1, sql, answer);
	if (is_error(answer))
		differ(-1, sql, answer, "ok");
}

/* What a session that has not heard yet may answer. */
static bool
tolerable(const Session *s, const char *answer, const char *want)
{
	if (!s->stale)
		return false;
	/* a plan made under BYPASSRLS was chosen before the session heard that it is gone */
	if (strcmp(answer, "40001") == 0)
		return s->heard.attr_bypasses && !s->world->attr_bypasses;
	if (is_error(answer))
		return is_error(want) || strcmp(answer, "42501") == 0;
	/* rows of a unit, by a plan made before BYPASSRLS came */
	return s->world->attr_bypasses && !s->heard.attr_bypasses && strlen(answer) < strlen(want);
}

/*
 * A governed statement, predicted by the present world.  Where the session may
 * not have heard of a change yet, it may answer less than the model says.
 */
static bool
ask_governed(Session *s, const char *want, const char *sql)
{
	char		answer[ANSWER_SIZE];

	if (s->tx == TX_ABORTED)
		want = "25P02";
	ask_freely(s, answer, sql);
	if (strcmp(answer, want) != 0 && !tolerable(s, answer, want))
		differ(number(s), sql, answer, want);
	compare_state(s, sql);
	if (!is_error(answer))
		s->stale = false;
	return !is_error(answer);
}

/* ---- queries ---- */

enum
{
	SHAPE_TABLE,
	SHAPE_CTE,
	SHAPE_SUBLINK,
	SHAPE_VIEW,
	SHAPE_SQL_FUNCTION,
	SHAPE_PLPGSQL_FUNCTION,
	SHAPE_DEFINER_SUPER,
	SHAPE_DEFINER_BERGEN,
	SHAPES
};

static Query
draw_query(void)
{
	Query		q = {.table = draw(2), .shape = draw(SHAPES), .columns = draw(4)};

	return q;
}

static void
query_sql(const Query *q, char *sql)
{
	static const char *const conditions[] = {"true", "note::text <> ''", "mark::int > 0", "note::text <> '' AND mark::int > 0"};
	static const char *const formats[SHAPES] = {
		[SHAPE_TABLE] = "SELECT id FROM hunt.%1$s WHERE %2$s ORDER BY id",
		[SHAPE_CTE] = "WITH x AS MATERIALIZED (SELECT id FROM hunt.%1$s WHERE %2$s) SELECT id FROM x ORDER BY id",
		[SHAPE_SUBLINK] = "SELECT i FROM generate_series(1, 9) i WHERE i IN (SELECT id FROM hunt.%1$s WHERE %2$s) ORDER BY i",
		[SHAPE_VIEW] = "SELECT id FROM hunt.%1$s_v%3$d ORDER BY id",
		[SHAPE_SQL_FUNCTION] = "SELECT * FROM hunt.%1$s_s%3$d() ORDER BY 1",
		[SHAPE_PLPGSQL_FUNCTION] = "SELECT * FROM hunt.%1$s_p%3$d() ORDER BY 1",
		[SHAPE_DEFINER_SUPER] = "SELECT * FROM hunt.%1$s_super() ORDER BY 1",
		[SHAPE_DEFINER_BERGEN] = "SELECT * FROM hunt.%1$s_bergen() ORDER BY 1",
	};

	snprintf(sql, QUERY_SIZE, formats[q->shape], tables[q->table].name, conditions[q->columns], q->columns);
}

static void
print_rows(const int *rows, int count, const char *suffix, char *answer)
{
	char	   *at = answer + sprintf(answer, "ok:");

	for (int i = 0; i < count; i++)
		at += sprintf(at, "%s%d%s", i > 0 ? ";" : "", rows[i], suffix);
}

static void
predict_query(const Session *s, const Query *q, char *want)
{
	Role		user = model_outer_user(s);
	int			columns = q->columns;
	int			rows[MAX_ROWS];
	const char *error;

	if (q->shape >= SHAPE_DEFINER_SUPER)
	{
		user = q->shape == SHAPE_DEFINER_SUPER ? R_SUPER : R_BERGEN;
		columns = 0;
	}
	error = model_check(s, q->table, user, columns, V_SELECT);
	if (error != NULL)
		strcpy(want, error);
	else
		print_rows(rows, model_rows(s, q->table, user, rows), "", want);
}

/* ---- declarations ---- */

/* Mostly what the role may declare, and what the transaction may narrow to. */
static void
make_fitting(const Session *s, Declaration *d)
{
	static const char *const units[BODIES][3] = {{"0301", "0301", "030101"}, {"4601", "4601", "460101"}, {NULL}, {NULL}};
	static const Declaration purposes[] = {
		{.purpose = "d", .purposes = LETTER('d')}, {.purpose = "p", .purposes = LETTER('p')},
		{.purpose = "c", .purposes = LETTER('c')}, {.purpose = "{c,q}", .purposes = LETTER('c') | LETTER('q')},
		{.purpose = "settlement,p", .purposes = LETTER('d') | LETTER('p')},
		{.purpose = "c,d,p", .purposes = LETTER('c') | LETTER('d') | LETTER('p')},
	};
	const Declaration *chosen = &purposes[draw(lengthof(purposes))];

	d->purpose = chosen->purpose;
	d->purposes = chosen->purposes;
	for (int body = 0; body < BODIES; body++)
		if (world.bindings[model_outer_user(s)][body].exists)
			d->unit = units[body][draw(3)];
	if (chance(90))
		d->body = NULL;
	if (s->now.declared.set && s->now.declared.actor[0] != '\0')
		d->actor = s->now.declared.actor;
	else if (model_outer_user(s) == R_DESK && chance(90))
		d->actor = actor_names[chance(70) ? A_ANNA : A_BERIT];
	else if (chance(60))
		d->actor = NULL;
	if (s->now.declared.set && s->now.declared.case_ref[0] != '\0')
		d->case_ref = s->now.declared.case_ref;
	else if (chance(80))
		d->case_ref = NULL;
}

static Declaration
draw_declaration(const Session *s)
{
	static const struct
	{
		const char *text;
		Mask		purposes;
	}			purposes[] =
	{
		{"d", LETTER('d')}, {"d", LETTER('d')}, {"d", LETTER('d')}, {"p", LETTER('p')}, {"p", LETTER('p')},
		{"c", LETTER('c')}, {"q", LETTER('q')}, {"d,p", LETTER('d') | LETTER('p')}, {"c,d", LETTER('c') | LETTER('d')},
		{"{d,p,q}", LETTER('d') | LETTER('p') | LETTER('q')}, {"settlement", LETTER('d')},
		{" tests , settlement ", LETTER('c') | LETTER('d')}, {"p-q", LETTER('p') | LETTER('q')},
		{"k", LETTER('k')}, {"order,d", LETTER('k') | LETTER('d')}, {"g", LETTER('g')}, {"b", LETTER('b')},
		{NULL, 0}, {"", 0}, {"nonsense", 0}, {"u", 0}, {"r", 0}, {"arch", 0}, {"d,", 0},
	};
	static const char *const units[] = {
		NULL, NULL, "0301", "0301", "0301", "030101", "030102", "4601", "4601", "460101", "03", "1601", "9999", "12x4",
	};
	static const char *const actors[] = {NULL, NULL, NULL, "anna", "anna", "berit", ""};
	static const char *const bodies[] = {"0301", "0301", "4601", "imdi", "9999", ""};
	static const char *const cases[] = {NULL, NULL, "case 1", "case 1", "case 2", " "};
	static char too_long[257];
	int			at = draw(lengthof(purposes));
	Declaration d = {.purpose = purposes[at].text, .purposes = purposes[at].purposes};

	memset(too_long, 'x', 256);
	d.unit = units[draw(lengthof(units))];
	d.actor = chance(1) ? too_long : actors[draw(lengthof(actors))];
	d.case_ref = chance(1) ? too_long : cases[draw(lengthof(cases))];
	d.body = chance(25) ? bodies[draw(lengthof(bodies))] : NULL;
	if (chance(70))
		make_fitting(s, &d);
	return d;
}

static const char *
quoted(const char *value, char *room)
{
	if (value == NULL)
		return "NULL";
	snprintf(room, QUOTED_SIZE, "'%s'", value);
	return room;
}

static void
arguments_sql(const Declaration *d, char *sql)
{
	char		room[5][QUOTED_SIZE];

	snprintf(sql, ARGUMENTS_SIZE, "%s, %s, %s, %s, %s", quoted(d->purpose, room[0]), quoted(d->unit, room[1]),
			 quoted(d->actor, room[2]), quoted(d->case_ref, room[3]), quoted(d->body, room[4]));
}

/* What the gateway is asked to vouch for. */
static void
make_token(const Declaration *d, int life, char *token)
{
	char		purposes[64] = "";
	char		room[4][QUOTED_SIZE];
	char		sql[SQL_SIZE];
	char		answer[ANSWER_SIZE];

	for (char letter = 'a'; letter <= 'x'; letter++)
		if ((d->purposes & LETTER(letter)) != 0)
			sprintf(purposes + strlen(purposes), "%s%c", purposes[0] != '\0' ? "," : "", letter);
	snprintf(sql, sizeof(sql), "SELECT hunt.token(%s, %s, '%s', %s, %s, %d)", quoted(d->body != NULL ? d->body : "", room[0]),
			 quoted(d->unit != NULL ? d->unit : "", room[1]), purposes, quoted(d->actor != NULL ? d->actor : "", room[2]),
			 quoted(d->case_ref != NULL ? d->case_ref : "", room[3]), life);
	run(administrator, sql, answer);
	if (is_error(answer))
		differ(-1, sql, answer, "a token");
	strcpy(token, answer + 3);
}

/* For who must show a token: mostly one that fits, else none, an old one, or one for something else. */
static void
show_token(Session *s, Declaration *d)
{
	Declaration other = *d;
	char		token[ANSWER_SIZE] = "";
	int			kind = draw(8);

	d->token_fits = kind > 3;
	if (model_outer_user(s) != R_GATE)
		return;
	if (kind == 1)
		make_token(d, -1, token);
	else if (kind == 2)
	{
		other.purposes ^= LETTER('c');
		make_token(&other, 60, token);
	}
	else if (kind == 3)
	{
		other.actor = d->actor == NULL || d->actor[0] == '\0' ? "anna" : NULL;
		make_token(&other, 60, token);
	}
	else if (kind > 3)
		make_token(d, 60, token);
	(void) ask(s, "ok", "SET nir.context_token = '%s'", token);
}

static void
declare_step(Session *s)
{
	Declaration d = draw_declaration(s);
	Context		context;
	char		arguments[ARGUMENTS_SIZE];
	bool		lent = chance(20);
	const char *error;

	show_token(s, &d);
	error = model_declare(s, &d, (Call) {.bare = !lent}, &context);

	arguments_sql(&d, arguments);
	if (ask(s, error != NULL ? error : "ok:", "SELECT %s(%s)", lent ? "hunt.declare" : "nir.begin_processing", arguments) &&
		s->tx == TX_OPEN)
		s->now.declared = context;
}

/* In an exception block of a function, which may fail afterwards. */
static void
attempt_step(Session *s)
{
	Declaration d = draw_declaration(s);
	Context		context;
	Settings	before = s->now;
	char		arguments[ARGUMENTS_SIZE];
	char		want[ANSWER_SIZE];
	char		shown[ANSWER_SIZE / 2];
	bool		fail = chance(40);
	const char *error;

	show_token(s, &d);
	error = model_declare(s, &d, (Call) {0}, &context);
	if (error == NULL && !fail)
		s->now.declared = context;
	model_context_answer(s, want);
	if (model_unit_error(d.unit) != NULL)
		strcpy(want, model_unit_error(d.unit));
	else if (!is_error(want))
	{
		model_context_text(s, true, shown);
		snprintf(want, sizeof(want), "ok:%s %s", error != NULL ? error : fail ? "22012" : "done", shown);
	}
	arguments_sql(&d, arguments);
	if (!ask(s, want, "SELECT hunt.attempt(%s, %s)", arguments, fail ? "true" : "false") || s->tx == TX_NONE)
		s->now = before;
}

/* A DO block: one declaration stays, one is undone by its handler. */
static void
block_step(Session *s)
{
	Declaration first = draw_declaration(s),
				second = draw_declaration(s);
	Context		context;
	char		arguments[2][ARGUMENTS_SIZE];
	const char *error;

	show_token(s, &first);
	error = model_declare(s, &first, (Call) {0}, &context);

	arguments_sql(&first, arguments[0]);
	arguments_sql(&second, arguments[1]);
	if (ask(s, error != NULL ? error : "ok",
			"DO $$ BEGIN PERFORM nir.begin_processing(%s); "
			"BEGIN PERFORM nir.begin_processing(%s); RAISE division_by_zero; EXCEPTION WHEN OTHERS THEN NULL; END; END $$",
			arguments[0], arguments[1]) && s->tx == TX_OPEN)
		s->now.declared = context;
}

/* One message of two statements: a transaction of its own if none is open. */
static void
message_step(Session *s)
{
	Declaration d = draw_declaration(s);
	Query		q = draw_query();
	Context		context;
	Settings	before = s->now;
	char		arguments[ARGUMENTS_SIZE];
	char		query[QUERY_SIZE];
	char		sql[SQL_SIZE];
	char		want[ANSWER_SIZE];
	const char *error;

	show_token(s, &d);
	error = model_declare(s, &d, (Call) {0}, &context);
	if (error != NULL)
		strcpy(want, error);
	else
	{
		s->now.declared = context;
		predict_query(s, &q, want);
	}
	arguments_sql(&d, arguments);
	query_sql(&q, query);
	snprintf(sql, sizeof(sql), "SELECT nir.begin_processing(%s); %s", arguments, query);
	(void) ask_governed(s, want, sql);
	if (s->tx == TX_NONE)
		s->now = before;
}

/* begin_processing called by a governed query for each of its rows */
static void
declare_from_step(Session *s)
{
	Declaration d = draw_declaration(s);
	int			table = draw(2);
	int			rows[MAX_ROWS];
	int			count = 0;
	Context		context;
	char		arguments[ARGUMENTS_SIZE];
	char		sql[SQL_SIZE];
	char		want[ANSWER_SIZE];
	const char *error = model_unit_error(d.unit);

	show_token(s, &d);
	if (error == NULL)
		error = model_check(s, table, model_outer_user(s), 0, V_SELECT);
	if (error == NULL)
		count = model_rows(s, table, model_outer_user(s), rows);
	if (error == NULL && count > 0)
		error = model_declare(s, &d, (Call) {.bare = true, .in_governed = !model_exempt(s)}, &context);
	if (error != NULL)
		strcpy(want, error);
	else
		print_rows(rows, count, "|", want);
	arguments_sql(&d, arguments);
	snprintf(sql, sizeof(sql), "SELECT id, nir.begin_processing(%s) FROM hunt.%s ORDER BY id", arguments, tables[table].name);
	if (ask_governed(s, want, sql) && count > 0)
		s->now.declared = context;
}

/* ---- transactions ---- */

static void
begin_step(Session *s)
{
	bool		fresh = s->tx == TX_NONE;
	bool		read_only = fresh && chance(10);
	char		sql[64];

	snprintf(sql, sizeof(sql), "BEGIN%s%s", fresh && chance(20) ? " ISOLATION LEVEL REPEATABLE READ" : "",
			 read_only ? " READ ONLY" : "");
	if (!fresh)
	{
		(void) ask(s, "ok", "%s", sql);
		return;
	}
	model_begin(s);
	s->read_only = read_only;
	control(s, TX_OPEN, "ok", sql);
}

static void
end_step(Session *s)
{
	bool		commit = chance(60);
	/* what a chain keeps of a failed read-only transaction depends on its savepoints */
	bool		chain = chance(20) && !(s->tx == TX_ABORTED && s->read_only);
	bool		read_only = s->read_only;
	char		sql[64];

	snprintf(sql, sizeof(sql), "%s%s", commit ? "COMMIT" : "ROLLBACK", chain ? " AND CHAIN" : "");
	if (s->tx == TX_NONE)
	{
		control(s, TX_NONE, chain ? "25P01" : "ok", sql);
		return;
	}
	model_end(s, commit && s->tx == TX_OPEN);
	control(s, chain ? TX_OPEN : TX_NONE, "ok", sql);
	if (chain)
	{
		model_begin(s);
		s->read_only = read_only;
	}
}

static void
savepoint_step(Session *s)
{
	int			name = draw(3);

	if (s->depth == MAX_DEPTH)
		return;
	if (ask(s, s->tx == TX_NONE ? "25P01" : "ok", "SAVEPOINT s%d", name))
		model_savepoint(s, name);
}

/* Mostly the innermost savepoint, or one that exists. */
static int
draw_savepoint(const Session *s)
{
	if (s->depth > 0 && chance(60))
		return s->savepoints[s->depth - 1].name;
	return s->depth > 0 && chance(60) ? s->savepoints[draw(s->depth)].name : (int) draw(3);
}

static void
release_step(Session *s)
{
	int			name = draw_savepoint(s);
	int			at = model_find_savepoint(s, name);

	if (ask(s, s->tx == TX_NONE ? "25P01" : at < 0 ? "3B001" : "ok", "RELEASE s%d", name))
		model_release(s, at);
}

static void
rollback_to_step(Session *s)
{
	int			name = draw_savepoint(s);
	int			at = model_find_savepoint(s, name);
	char		sql[64];

	snprintf(sql, sizeof(sql), "ROLLBACK TO s%d", name);
	if (s->tx == TX_NONE)
		control(s, TX_NONE, "25P01", sql);
	else if (at < 0)
		control(s, TX_ABORTED, "3B001", sql);
	else
	{
		model_rollback_to(s, at);
		control(s, TX_OPEN, "ok", sql);
	}
}

static void
error_step(Session *s)
{
	(void) ask(s, "22012", "SELECT 1/0");
}

/* PREPARE TRANSACTION of a failed transaction is a rollback, of none a warning. */
static void
prepare_transaction_step(Session *s)
{
	int			at = draw(TRANSACTIONS);
	bool		made_held = false;
	char		sql[64];

	if (transactions[at].exists)
		return;
	for (int i = 0; i < CURSORS; i++)
		made_held = made_held || (s->cursors[i].exists && s->cursors[i].hold && !s->cursors[i].held);
	snprintf(sql, sizeof(sql), "PREPARE TRANSACTION 'hunt_%d'", at);
	if (s->tx == TX_NONE)
		control(s, TX_NONE, "ok", sql);
	else if (s->tx == TX_OPEN && made_held)
	{
		model_end(s, false);
		control(s, TX_NONE, "0A000", sql);
	}
	else
	{
		transactions[at].exists = s->tx == TX_OPEN;
		transactions[at].owner = model_outer_user(s);
		model_end(s, s->tx == TX_OPEN);
		control(s, TX_NONE, "ok", sql);
	}
}

static void
finish_prepared_step(Session *s)
{
	int			at = draw(TRANSACTIONS);
	Prepared   *p = &transactions[at];
	Role		user = model_outer_user(s);
	const char *want = "ok";

	if (s->tx != TX_NONE)
		want = "25001";
	else if (!p->exists)
		want = "42704";
	else if (user != p->owner && !model_is_superuser(user))
		want = "42501";
	if (ask(s, want, "%s PREPARED 'hunt_%d'", chance(50) ? "COMMIT" : "ROLLBACK", at))
		p->exists = false;
}

/* ---- roles and settings ---- */

static Role
draw_role(const Session *s)
{
	static const Role mine[] = {R_OSLO, R_OSLO, R_BERGEN, R_IMDI, R_REPORT, R_TWO, R_POOL, R_DESK, R_DESK, R_GATE};

	if (s->login == R_DESK && chance(85))
		return R_DESK;
	return s->login == R_POOL && chance(85) ? mine[draw(lengthof(mine))] : (Role) (R_SUPER + draw(ROLES - R_SUPER));
}

static void
role_step(Session *s)
{
	Role		role = chance(15) ? R_NONE : draw_role(s);
	bool		local = chance(30);

	if (chance(10))
	{
		if (ask(s, "ok", "RESET ROLE"))
			model_set_role(s, R_NONE, false);
	}
	else if (ask(s, model_may_set_role(s, role) ? "ok" : "42501", "SET %sROLE %s", local ? "LOCAL " : "", role_names[role]))
		model_set_role(s, role, local);
}

static void
authorization_step(Session *s)
{
	Role		role = draw_role(s);
	bool		local = chance(30);
	bool		may = s->login == R_SUPER || role == s->login;

	if (chance(25))
	{
		if (ask(s, "ok", "RESET SESSION AUTHORIZATION"))
			model_set_authorization(s, s->login, false);
	}
	else if (ask(s, may ? "ok" : "42501", "SET %sSESSION AUTHORIZATION %s", local ? "LOCAL " : "", role_names[role]))
		model_set_authorization(s, role, local);
}

static void
discard_step(Session *s)
{
	static const char *const harmless[] = {"RESET ALL", "RESET ALL", "DISCARD PLANS", "DISCARD SEQUENCES", "DISCARD TEMP"};

	if (chance(70))
		(void) ask(s, "ok", "%s", harmless[draw(lengthof(harmless))]);
	else if (ask(s, s->tx == TX_NONE ? "ok" : "25001", "DISCARD ALL"))
		model_discard_all(s);
}

static void
plan_step(Session *s)
{
	static const char *const modes[] = {"auto", "force_generic_plan", "force_custom_plan"};

	(void) ask(s, "ok", "SET plan_cache_mode = %s", modes[draw(lengthof(modes))]);
}

static void
parallel_step(Session *s)
{
	(void) ask(s, "ok", "SET %s = %s", parallel_setting, chance(25) ? "on" : "off");
}

/* Nobody writes the setting by hand; a superuser's RESET takes the context away. */
static void
setting_step(Session *s)
{
	static const char *const attempts[] = {
		"SET nir.context = '16384|8|0|30333031|6d756e69||'", "SET LOCAL nir.context = ''",
		"SELECT set_config('nir.context', '', true)", "SELECT set_config('nir.context', '1|8|0|||||', false)",
	};
	bool		superuser = model_is_superuser(model_outer_user(s));

	if (chance(30))
	{
		if (ask(s, superuser ? "ok" : "42501", "RESET nir.context") && s->tx != TX_NONE)
			memset(&s->now.declared, 0, sizeof(Context));
	}
	else
		(void) ask(s, superuser ? "NR018" : "42501", "%s", attempts[draw(lengthof(attempts))]);
}

/* ---- cursors ---- */

static void
open_step(Session *s)
{
	int			at = draw(CURSORS);
	Cursor		c = {.exists = true, .table = draw(2), .with_note = chance(40), .hold = chance(15)};
	Role		user = model_outer_user(s);
	const char *want = model_check(s, c.table, user, c.with_note ? 1 : 0, V_SELECT);
	char		sql[SQL_SIZE];

	if (want != NULL && chance(80))
	{
		c.table = 1 - c.table;
		want = model_check(s, c.table, user, c.with_note ? 1 : 0, V_SELECT);
	}
	c.stamped = !model_exempt(s);
	c.depth = s->depth;
	if (want == NULL)
		want = c.hold && c.stamped ? "NR026" : "ok";
	if (s->cursors[at].exists)
		want = "42P03";
	if (!c.hold && s->tx == TX_NONE)
		want = "25P01";
	snprintf(sql, sizeof(sql), "DECLARE c%d CURSOR %sFOR SELECT id%s FROM hunt.%s ORDER BY id",
			 at, c.hold ? "WITH HOLD " : "", c.with_note ? ", note" : "", tables[c.table].name);
	if (!ask_governed(s, want, sql))
		return;
	c.nrows = model_rows(s, c.table, user, c.rows);
	(void) model_current(s, &c.context);
	c.held = s->tx == TX_NONE;
	s->cursors[at] = c;
}

/* NULL, or how fetching ends before a row is looked at. */
static const char *
predict_fetch(const Session *s, const Cursor *c)
{
	Context		now;

	if (!c->exists)
		return "34000";
	if (c->failed)
		return "55000";
	if (!c->stamped || mutation == 4)
		return NULL;
	if (!model_current(s, &now) || !model_same_context(&now, &c->context))
		return "NR015";
	return NULL;
}

static void
predict_rows(const Session *s, const Cursor *c, int count, char *want)
{
	const char *error = predict_fetch(s, c);
	char	   *at = want + sprintf(want, "ok:");

	if (error == NULL && count > 0 && c->with_note)
		error = model_value(s, tables[c->table].columns[0]);
	if (error != NULL)
	{
		strcpy(want, error);
		return;
	}
	for (int i = 0; i < count; i++)
	{
		int			id = c->rows[c->next + i];

		at += sprintf(at, "%s%d", i > 0 ? ";" : "", id);
		if (c->with_note)
			at += sprintf(at, "|n%d", id);
	}
}

/* Mostly one that exists. */
static int
draw_cursor(const Session *s)
{
	int			at = draw(CURSORS);

	for (int i = 0; i < CURSORS && !s->cursors[at].exists && chance(90); i++)
		at = (at + 1) % CURSORS;
	return at;
}

/*
 * A cursor goes on under what held when the session last listened, so a
 * default that was withdrawn in between may still serve it.
 */
static void
fetch_step(Session *s)
{
	int			at = draw_cursor(s);
	int			wanted = 1 + draw(3);
	Cursor	   *c = &s->cursors[at];
	int			count = !c->exists ? 0 : wanted < c->nrows - c->next ? wanted : c->nrows - c->next;
	char		want[ANSWER_SIZE];
	char		earlier[ANSWER_SIZE];
	char		answer[ANSWER_SIZE];
	char		sql[64];
	const char *fallen;

	predict_rows(s, c, count, want);
	strcpy(earlier, want);
	if (s->stale)
	{
		s->world = &s->heard;
		predict_rows(s, c, count, earlier);
		s->world = &world;
	}
	/* policies are first asked by the first FETCH, and ask whether the context still stands */
	fallen = c->exists && !c->failed && c->stamped ? model_standing(s, &c->context) : NULL;
	if (s->tx == TX_ABORTED)
		strcpy(want, "25P02");
	snprintf(sql, sizeof(sql), "FETCH %d FROM c%d", wanted, at);
	ask_freely(s, answer, sql);
	if (strcmp(answer, want) != 0 && (s->tx == TX_ABORTED || fallen == NULL || strcmp(answer, fallen) != 0) &&
		(s->tx == TX_ABORTED || strcmp(answer, earlier) != 0))
		differ(number(s), sql, answer, want);
	compare_state(s, sql);
	if (strcmp(answer, "25P02") == 0 || !c->exists)
		return;
	if (is_error(answer) && c->stamped)
		c->failed = true;
	else if (!c->failed)
		c->next += count;
}

static void
close_step(Session *s)
{
	int			at = draw(CURSORS);

	if (ask(s, s->cursors[at].exists ? "ok" : "34000", "CLOSE c%d", at))
		s->cursors[at].exists = false;
}

/* ---- prepared statements ---- */

static void
prepare_step(Session *s)
{
	int			at = draw(STATEMENTS);
	Query		q = draw_query();
	char		query[QUERY_SIZE];

	if (s->prepared[at] && chance(20))
	{
		if (ask(s, "ok", "DEALLOCATE e%d", at))
			s->prepared[at] = false;
		return;
	}
	query_sql(&q, query);
	if (ask(s, s->prepared[at] ? "42P05" : "ok", "PREPARE e%d AS %s", at, query))
	{
		s->prepared[at] = true;
		s->statements[at] = q;
	}
}

static void
execute_step(Session *s)
{
	int			at = draw(STATEMENTS);
	char		sql[64];
	char		want[ANSWER_SIZE] = "26000";

	if (s->prepared[at])
		predict_query(s, &s->statements[at], want);
	snprintf(sql, sizeof(sql), "EXECUTE e%d", at);
	(void) ask_governed(s, want, sql);
}

/* ---- writing ---- */

static void
update_step(Session *s)
{
	int			table = draw(2);
	const char *error = model_check(s, table, model_outer_user(s), 0, V_SELECT | V_UPDATE);
	char		sql[SQL_SIZE];

	snprintf(sql, sizeof(sql), "UPDATE hunt.%s SET unit = unit WHERE id < 0", tables[table].name);
	(void) ask_governed(s, error != NULL ? error : "ok", sql);
}

/* A row of a unit, taken back again. */
static void
insert_step(Session *s)
{
	static const char *const units[] = {"0301", "030102", "4601", "1201"};
	const char *unit = units[draw(lengthof(units))];
	int			table = draw(2);
	Role		user = model_outer_user(s);
	const char *want = model_check(s, table, user, 1, V_SELECT | V_INSERT);
	char		sql[SQL_SIZE];

	if (s->tx != TX_OPEN)
		return;
	if (want == NULL)
		want = model_may_write(s, user, unit) ? "ok:50" : "42501";
	snprintf(sql, sizeof(sql), "INSERT INTO hunt.%s (id, unit, note) VALUES (50, '%s', 'new') RETURNING id", tables[table].name, unit);
	(void) ask(s, "ok", "SAVEPOINT written");
	(void) ask_governed(s, want, sql);
	control(s, TX_OPEN, "ok", "ROLLBACK TO written");
	(void) ask(s, "ok", "RELEASE written");
}

/* ---- the administrator ---- */

static void question(Session *s);

typedef struct BindingChoice
{
	Role		role;
	Body		body;
	Binding		binding;
	const char *sql;			/* further arguments of bind_role; NULL unbinds */
} BindingChoice;

#define ALL_OF (LETTER('c') | LETTER('d') | LETTER('p') | LETTER('q') | LETTER('k'))

static const BindingChoice choices[] = {
	{R_OSLO, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF}, "purposes => '{c,d,k,p,q}'"},
	{R_BERGEN, B_BERGEN, {.in_force = true, .nunits = 1, .units = {"4601"}, .purposes = ALL_OF}, "purposes => '{c,d,k,p,q}'"},
	{R_IMDI, B_IMDI, {.in_force = true, .purposes = LETTER('d') | LETTER('g') | LETTER('p')}, "purposes => '{d,g,p}'"},
	{R_HKDIR, B_HKDIR, {.in_force = true, .purposes = LETTER('c') | LETTER('q')}, "purposes => '{c,q}'"},
	{R_REPORT, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .default_purpose = LETTER('d')},
	"purposes => '{c,d,k,p,q}', default_purpose => '{d}'"},
	{R_TWO, B_OSLO, {.in_force = true, .nunits = 2, .units = {"030101", "030102"}, .purposes = LETTER('d') | LETTER('p')},
	"units => '{030101,030102}', purposes => '{d,p}'"},
	{R_TWO, B_BERGEN, {.in_force = true, .nunits = 1, .units = {"4601"}, .purposes = LETTER('c') | LETTER('d')},
	"purposes => '{c,d}'"},
	{R_ATTR, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .default_purpose = LETTER('d')},
	"purposes => '{c,d,k,p,q}', default_purpose => '{d}'"},
	{R_DESK, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .actors = true},
	"purposes => '{c,d,k,p,q}', actors => 'granted'"},
	{R_GATE, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .token = true},
	"purposes => '{c,d,k,p,q}', token => true"},
#define STANDARD_CHOICES 10
	{R_DESK, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF}, "purposes => '{c,d,k,p,q}'"},
	{R_DESK, B_BERGEN, {.in_force = true, .nunits = 1, .units = {"4601"}, .purposes = LETTER('d'), .default_purpose = LETTER('d')},
	"purposes => '{d}', default_purpose => '{d}'"},
	{R_DESK, B_BERGEN, {.exists = false}, NULL},
	{R_GATE, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF}, "purposes => '{c,d,k,p,q}'"},
	{R_GATE, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .actors = true, .token = true},
	"purposes => '{c,d,k,p,q}', actors => 'granted', token => true"},
	{R_OSLO, B_OSLO, {.in_force = false}, "purposes => '{d}', valid => '(,2020-01-01)'"},
	{R_OSLO, B_OSLO, {.exists = false}, NULL},
	{R_BERGEN, B_BERGEN, {.in_force = true, .nunits = 1, .units = {"460101"}, .purposes = LETTER('d')},
	"units => '{460101}', purposes => '{d}'"},
	{R_IMDI, B_IMDI, {.exists = false}, NULL},
	{R_IMDI, B_IMDI, {.in_force = true, .purposes = LETTER('d') | LETTER('p'), .default_purpose = LETTER('d') | LETTER('p')},
	"purposes => '{d,p}', default_purpose => '{d,p}'"},
	{R_REPORT, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = ALL_OF, .default_purpose = LETTER('p'), .default_unit = "030101"},
	"purposes => '{c,d,k,p,q}', default_purpose => '{p}', default_unit => '030101'"},
	{R_REPORT, B_OSLO, {.exists = false}, NULL},
	{R_TWO, B_BERGEN, {.exists = false}, NULL},
	{R_NOBODY, B_OSLO, {.in_force = true, .nunits = 1, .units = {"0301"}, .purposes = LETTER('d')}, "purposes => '{d}'"},
	{R_NOBODY, B_OSLO, {.exists = false}, NULL},
};

static void
apply_choice(const BindingChoice *choice)
{
	static const char *const bodies[BODIES] = {"0301", "4601", "imdi", "hkdir"};
	char		sql[SQL_SIZE];

	if (choice->sql == NULL)
	{
		snprintf(sql, sizeof(sql), "SELECT nir.unbind_role('%s', '%s')", role_names[choice->role], bodies[choice->body]);
		model_unbind(&world, choice->role, choice->body);
	}
	else
	{
		snprintf(sql, sizeof(sql), "SELECT nir.bind_role('%s', '%s', %s)", role_names[choice->role], bodies[choice->body], choice->sql);
		model_bind(&world, choice->role, choice->body, &choice->binding);
	}
	administer(sql);
}

typedef struct GrantChoice
{
	Actor		actor;
	Grant		grant;
	const char *sql;			/* further arguments of grant_actor for body 0301; NULL revokes */
} GrantChoice;

static const GrantChoice grant_choices[] = {
	{A_ANNA, {true, true, false, ALL_OF, "0301", F_SHIELDED}, "'{c,d,k,p,q}', functions => '{shielded}'"},
	{A_BERIT, {true, true, false, LETTER('d') | LETTER('p'), "030101", 0}, "'{d,p}', units => '{030101}'"},
#define STANDARD_GRANTS 2
	{A_ANNA, {.exists = false}, NULL},
	{A_ANNA, {true, true, false, LETTER('d') | LETTER('p'), "0301", F_SHIELDED | F_SPECIAL}, "'{d,p}', functions => '{shielded,special}'"},
	{A_ANNA, {true, true, false, ALL_OF, "0301", 0}, "'{c,d,k,p,q}'"},
	{A_ANNA, {true, false, false, ALL_OF, "0301", F_SHIELDED}, "'{c,d,k,p,q}', functions => '{shielded}', valid => '(,2020-01-01)'"},
	{A_BERIT, {.exists = false}, NULL},
	{A_BERIT, {true, true, false, ALL_OF, "0301", F_SPECIAL}, "'{c,d,k,p,q}', functions => '{special}'"},
};

static void
apply_grant(const GrantChoice *choice)
{
	char		sql[SQL_SIZE];

	if (choice->sql == NULL)
		snprintf(sql, sizeof(sql), "SELECT nir.revoke_actor('%s', '0301')", actor_names[choice->actor]);
	else
		snprintf(sql, sizeof(sql), "SELECT nir.grant_actor('%s', '0301', %s)", actor_names[choice->actor], choice->sql);
	world.grants[choice->actor][B_OSLO] = choice->grant;
	administer(sql);
}

/* A review is confirmed, or was not in time. */
static void
review(Actor actor)
{
	Grant	   *grant = &world.grants[actor][B_OSLO];
	char		sql[SQL_SIZE];

	if (!grant->exists)
		return;
	grant->overdue = !grant->overdue;
	snprintf(sql, sizeof(sql), grant->overdue
			 ? "UPDATE nir.actor_grant SET granted_at = now() - interval '2 years', reviewed_at = NULL WHERE actor = '%s'"
			 : "SELECT nir.review_actor('%s', '0301', true)", actor_names[actor]);
	administer(sql);
}

/* Whoever is in a transaction may not have heard of it. */
static void
remember_world(void)
{
	for (int i = 0; i < SESSIONS; i++)
	{
		Session    *s = &sessions[i];

		if (s->tx == TX_NONE || s->stale)
			continue;
		s->stale = true;
		s->heard = world;
	}
}

/* Who may become whom is only changed while nobody could be late to hear it. */
static void
change_membership(void)
{
	for (int i = 0; i < SESSIONS; i++)
		if (sessions[i].tx != TX_NONE)
			return;
	world.pool_has_bergen = !world.pool_has_bergen;
	administer(world.pool_has_bergen ? "GRANT hunt_bergen TO hunt_pool" : "REVOKE hunt_bergen FROM hunt_pool");
}

/* Somebody whose grant is in use, else anybody. */
static Actor
draw_actor(void)
{
	for (int i = 0; i < SESSIONS; i++)
		for (int actor = 0; actor < ACTORS; actor++)
			if (sessions[i].tx == TX_OPEN && sessions[i].now.declared.granted && chance(80) &&
				strcmp(sessions[i].now.declared.actor, actor_names[actor]) == 0)
				return actor;
	return draw(ACTORS);
}

static void
change_grant(void)
{
	Actor		actor = draw_actor();
	const GrantChoice *choice;

	if (chance(world.grants[actor][B_OSLO].overdue ? 80 : 20))
	{
		review(actor);
		return;
	}
	do
		choice = &grant_choices[draw(chance(50) ? STANDARD_GRANTS : lengthof(grant_choices))];
	while (choice->actor != actor);
	apply_grant(choice);
}

static void
administer_step(Session *s)
{
	int			kind = draw(13);
	const BindingChoice *choice = &choices[draw(chance(50) ? STANDARD_CHOICES : lengthof(choices))];

	/* actors and tokens are mostly demanded */
	for (int i = 0; i < STANDARD_CHOICES; i++)
		if (chance(50) && ((choices[i].binding.actors && !world.bindings[R_DESK][B_OSLO].actors) ||
						   (choices[i].binding.token && !world.bindings[R_GATE][B_OSLO].token)))
			choice = &choices[i];
	/* what is in use is what is taken away */
	if (s->tx == TX_OPEN && s->now.declared.granted && chance(70))
		kind = 12;
	if (kind == 0)
	{
		change_membership();
		return;
	}
	remember_world();
	if (kind >= 8)
		change_grant();
	else if (kind < 4)
	{
		world.attr_bypasses = !world.attr_bypasses;
		administer(world.attr_bypasses ? "ALTER ROLE hunt_attr BYPASSRLS" : "ALTER ROLE hunt_attr NOBYPASSRLS");
	}
	else if (choice->role != R_ATTR)	/* who bypasses cannot be bound again */
		apply_choice(choice);
	/* the first statement after the change is the one that could be late */
	for (int i = 0; i < SESSIONS; i++)
		if (sessions[i].tx == TX_OPEN && chance(70))
			(sessions[i].now.declared.set ? question : execute_step) (&sessions[i]);
}

/* ---- a step and its questions ---- */

static const struct
{
	int			weight;
	void		(*run) (Session *s);
}			actions[] =
{
	{18, declare_step}, {8, attempt_step}, {4, block_step}, {4, message_step}, {3, declare_from_step},
	{12, begin_step}, {7, end_step}, {7, savepoint_step}, {3, release_step}, {8, rollback_to_step}, {3, error_step},
	{2, prepare_transaction_step}, {3, finish_prepared_step},
	{9, role_step}, {5, authorization_step}, {3, discard_step}, {2, plan_step}, {1, parallel_step}, {2, setting_step},
	{6, open_step}, {7, fetch_step}, {2, close_step}, {5, prepare_step}, {8, execute_step},
	{3, update_step}, {4, insert_step}, {3, administer_step},
};

/* In a transaction a question that ends in an error is mostly asked in a savepoint. */
static void
question(Session *s)
{
	Query		q = draw_query();
	char		sql[QUERY_SIZE];
	char		want[ANSWER_SIZE];
	bool		guarded;

	query_sql(&q, sql);
	predict_query(s, &q, want);
	guarded = s->tx == TX_OPEN && (is_error(want) || s->stale) && !chance(4);
	if (guarded)
		(void) ask(s, "ok", "SAVEPOINT question");
	(void) ask_governed(s, want, sql);
	if (guarded)
	{
		control(s, TX_OPEN, "ok", "ROLLBACK TO question");
		(void) ask(s, "ok", "RELEASE question");
	}
}

static void
context_question(Session *s)
{
	static const char *const sql = "SELECT *, nir.has_function('shielded'), nir.has_function('special') FROM nir.context()";
	char		want[ANSWER_SIZE];
	char		earlier[ANSWER_SIZE];
	char		answer[ANSWER_SIZE];

	model_context_answer(s, want);
	strcpy(earlier, want);
	if (s->stale)
	{
		s->world = &s->heard;
		model_context_answer(s, earlier);
		s->world = &world;
	}
	if (is_error(want) && s->tx == TX_OPEN && !chance(4))
		return;
	if (s->tx == TX_ABORTED)
		strcpy(want, "25P02");
	ask_freely(s, answer, sql);
	if (strcmp(answer, want) != 0 && strcmp(answer, earlier) != 0)
		differ(number(s), sql, answer, want);
	compare_state(s, sql);
}

/* Steps towards where something is declared; NULL for any step. */
static void (*likely_action(const Session *s)) (Session *s)
{
	static void (*const declared_actions[]) (Session *s) =
	{
		savepoint_step, declare_step, declare_step, attempt_step, open_step, open_step, fetch_step, fetch_step,
		rollback_to_step, release_step, release_step, insert_step, role_step,
	};
	Role		user = model_outer_user(s);

	if (s->tx == TX_OPEN && s->now.declared.granted && chance(25))
		return administer_step;
	if (s->tx == TX_ABORTED && chance(50))
		return chance(70) && s->depth > 0 ? rollback_to_step : end_step;
	if (s->tx != TX_ABORTED && (user == R_SUPER || user == R_POOL || user == R_NOBODY) && chance(30))
		return role_step;
	if (s->tx == TX_NONE && chance(30))
		return begin_step;
	if (s->tx == TX_OPEN && !s->now.declared.set && chance(30))
		return declare_step;
	for (int i = 0; i < CURSORS; i++)
		if (s->tx == TX_OPEN && s->cursors[i].exists && chance(25))
			return chance(30) ? role_step : fetch_step;
	/* an error then costs the steps since, and not the transaction */
	if (s->tx == TX_OPEN && s->depth < 2 && chance(30))
		return savepoint_step;
	if (s->tx == TX_OPEN && s->now.declared.set && chance(50))
		return declared_actions[draw(lengthof(declared_actions))];
	return NULL;
}

static void
one_step(void)
{
	Session    *s = &sessions[draw(SESSIONS)];
	void		(*action) (Session *s) = likely_action(s);
	int			total = 0;
	int			drawn;
	int			at = 0;

	for (int i = 0; i < lengthof(actions); i++)
		total += actions[i].weight;
	drawn = draw(total);
	while (drawn >= actions[at].weight)
		drawn -= actions[at++].weight;
	(action != NULL ? action : actions[at].run) (s);
	context_question(s);
	if (s->tx != TX_ABORTED || chance(10))
		question(s);
}

/* ---- start and end ---- */

static PGconn *
connect_as(const char *user)
{
	const char *const keywords[] = {"user", "options", NULL};
	const char *const values[] = {user, "-c client_min_messages=error -c statement_timeout=20s", NULL};
	PGconn	   *connection = PQconnectdbParams(keywords, user != NULL ? values : (const char *const[]) {NULL, values[1], NULL}, 0);

	if (PQstatus(connection) != CONNECTION_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(connection));
		exit(2);
	}
	return connection;
}

static void
start_session(int at, Role login)
{
	Session    *s = &sessions[at];

	s->login = login;
	s->world = &world;
	s->now.authorization = login;
	s->now.authorization_local = s->now.role_local = R_UNSET;
	s->now.role = R_NONE;
	connections[at] = connect_as(role_names[login]);
}

static void
start(void)
{
	static const Role logins[SESSIONS] = {R_SUPER, R_POOL, R_POOL, R_ATTR, R_DESK};

	administrator = connect_as(NULL);
	parallel_setting = PQserverVersion(administrator) >= 160000 ? "debug_parallel_query" : "force_parallel_mode";
	world.pool_has_bergen = true;
	for (int i = 0; i < STANDARD_CHOICES; i++)
		apply_choice(&choices[i]);
	for (int i = 0; i < STANDARD_GRANTS; i++)
		apply_grant(&grant_choices[i]);
	for (int i = 0; i < SESSIONS; i++)
		start_session(i, logins[i]);
}

static double
seconds(void)
{
	struct timeval now;

	gettimeofday(&now, NULL);
	return now.tv_sec + now.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	double		started = seconds();

	for (int i = 1; i < argc; i++)
	{
		if (strncmp(argv[i], "SEED=", 5) == 0)
			seed = strtoull(argv[i] + 5, NULL, 10);
		else if (strncmp(argv[i], "STEPS=", 6) == 0)
			steps = strtol(argv[i] + 6, NULL, 10);
		else if (strncmp(argv[i], "MUTATE=", 7) == 0)
			mutation = atoi(argv[i] + 7);
	}
	random_state = seed;
	start();
	for (step = 1; step <= steps; step++)
		one_step();
	leave();
	printf("context: seed %llu, %ld steps, %ld statements, no difference (%.0f steps/s)\n",
		   (unsigned long long) seed, steps, asked, steps / (seconds() - started));
	return 0;
}
