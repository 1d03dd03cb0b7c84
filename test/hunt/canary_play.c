/*
 * test/hunt/canary_play.c
 *
 *   canary SEED STATEMENTS JOBS [LOGFILE]
 *   canary search FILE                        any canary in it is a finding
 *
 * Runs scenes (a transaction, or statements of their own) of random SQL as
 * the roles of canary.sql and looks for canaries in all that comes back.  A
 * canary that the role may not see under what it has declared is a finding;
 * so is any canary in the server's log, an answer from a relation that the
 * declared purpose does not open, and a lost connection.
 *
 * Governed tables are never changed for good: other bodies could rightly see
 * a canary that somebody moved.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "canary.h"

#define FINDINGS_SHOWN 12
#define HISTORY 40

World		world;

typedef struct Counts
{
	long		ran;
	long		refused;
	long		failed;
	long		seen;			/* canaries rightly shown */
	long		findings;
} Counts;

static Counts *all_counts;		/* one a worker, the last the parent's, shared */
static Counts *counts;

static Situation situation;
static long scene;
static bool stored;				/* the statement may read what the role has stored */
static bool in_log;
static char sqlstate[6];
static char *history[HISTORY];
static int	nhistory;
static PGconn *connections[ROLES];
static uint64_t seed;

/* ---- the oracle ---- */

bool
canary_visible(const Canary *canary, int body, uint32_t declared, bool was_stored)
{
	uint32_t	purposes = was_stored ? canary->by_column[body] | canary->by_rule[body] : canary->by_rule[body];

	return (purposes & declared) != 0;
}

static void
finding(const char *what, const char *where)
{
	if (counts->findings++ >= FINDINGS_SHOWN)
		return;
	fprintf(stderr, "FINDING %s in %s\n", what, where);
	if (!in_log)
	{
		fprintf(stderr, "  role %s, declared %x%s, seed %lu, scene %ld\n",
				situation.role < 0 ? "regress_k_pool" : world.roles[situation.role].name, situation.declared,
				situation.refused ? " by another role" : "", (unsigned long) seed, scene);
		for (int i = 0; i < nhistory; i++)
			fprintf(stderr, "  | %s;\n", history[i]);
	}
}

static void
sighted(const Canary *canary, const char *where)
{
	char		what[64];

	if (!in_log && situation.role >= 0 && !situation.refused &&
		canary_visible(canary, world.roles[situation.role].body, situation.declared, stored))
	{
		counts->seen++;
		return;
	}
	snprintf(what, sizeof(what), "canary %d (%s)", canary->id, canary->value);
	finding(what, where);
}

static const Canary *
by_id(char kind, long id)
{
	return id >= 1 && id <= world.ncanaries && world.canaries[id - 1].kind == kind ? &world.canaries[id - 1] : NULL;
}

static const Canary *
by_value(char kind, const char *at, size_t length)
{
	for (int i = 0; i < world.ncanaries; i++)
		if (world.canaries[i].kind == kind && strlen(world.canaries[i].value) == length &&
			memcmp(world.canaries[i].value, at, length) == 0)
			return &world.canaries[i];
	return NULL;
}

/* The id that a planted number carries, or -1; unevenly spaced, as canary.sql says. */
static long
number_id(long value)
{
	long		id = (value - 777000007) / 1009;

	return value > 777000007 && (value - 777000007) % 1009 == id * id * id % 1009 ? id : -1;
}

static int
hex_pair(const char *at)
{
	unsigned	byte;
	char		pair[3] = {at[0], at[1], '\0'};

	return at[0] > ' ' && sscanf(pair, "%2x", &byte) == 1 ? (int) byte : -1;
}

/* The id that a planted text carries in four digits from 1 to 8, or -1. */
static long
text_id(const char *digits)
{
	long		id = 0;

	for (int i = 0; i < 4; i++)
	{
		if (digits[i] < '1' || digits[i] > '8')
			return -1;
		id = id * 8 + digits[i] - '1';
	}
	return id;
}

static void
look_for_text(const char *at, size_t left, const char *where)
{
	char		digits[5] = "";
	const Canary *canary;

	if (left >= 9 && strncasecmp(at, "kan7", 4) == 0 && (at[8] | 0x20) == 'q')
	{
		memcpy(digits, at + 4, 4);
		canary = by_id('t', text_id(digits));
		if (canary != NULL)
			sighted(canary, where);
	}
	/* the same in hexadecimal digits */
	if (left >= 18 && (strncasecmp(at, "6b616e37", 8) == 0 || strncasecmp(at, "4b616e37", 8) == 0))
	{
		for (int i = 0; i < 4; i++)
			digits[i] = (char) hex_pair(at + 8 + 2 * i);
		canary = by_id('t', text_id(digits));
		if (canary != NULL)
			sighted(canary, where);
	}
}

static void
look_for_digits(const char *at, size_t left, const char *where)
{
	size_t		n = strspn(at, "0123456789");
	const Canary *canary = NULL;

	if (n > left)
		n = left;
	if (n == 4 && left >= 10 && memcmp(at, "1907-", 5) == 0)
		canary = by_value('d', at, 10);
	else if (n == 9 && memcmp(at, "777", 3) == 0 && at[9] != '.')
		canary = by_id('i', number_id(atol(at)));
	else if (n == 9 && memcmp(at, "777", 3) == 0 && strncmp(at + 9, ".75", 3) == 0 && strspn(at + 12, "0123456789") == 0)
		canary = by_id('n', number_id(atol(at)));
	else if (n == 11)
		canary = by_value('f', at, 11);
	else if (n == 12)
		canary = by_value('u', at, 12);
	if (canary != NULL)
		sighted(canary, where);
}

/* Wire formats: an int4, a date (days since 2000), a numeric's digits. */
static void
look_for_bytes(const unsigned char *at, size_t left, const char *where)
{
	int32_t		value = (int32_t) ((uint32_t) at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]);
	const Canary *canary = by_id('i', number_id(value));

	if (canary == NULL && value >= -33968 && value < -33603)
	{
		time_t		day = ((time_t) value + 10957) * 86400;
		struct tm	parts;
		char		text[16];

		gmtime_r(&day, &parts);
		strftime(text, sizeof(text), "%Y-%m-%d", &parts);
		canary = by_value('d', text, 10);
	}
	if (canary == NULL && left >= 8 && at[0] == 0 && at[1] == 7 && (at[6] << 8 | at[7]) == 7500)
		canary = by_id('n', number_id(700000000L + (at[2] << 8 | at[3]) * 10000L + (at[4] << 8 | at[5])));
	if (canary != NULL)
		sighted(canary, where);
}

/* The bytes are followed by a zero, as libpq's are. */
static void
look(const char *bytes, size_t length, bool binary, const char *where)
{
	bool		after_digit = false;

	for (size_t i = 0; i < length; i++)
	{
		char		c = bytes[i];
		bool		digit = c >= '0' && c <= '9';

		if (c == 'k' || c == 'K' || c == '6' || c == '4')
			look_for_text(bytes + i, length - i, where);
		if (digit && !after_digit)
			look_for_digits(bytes + i, length - i, where);
		if (binary && length - i >= 4)
			look_for_bytes((const unsigned char *) bytes + i, length - i, where);
		after_digit = digit;
	}
}

static void
look_at_message(const PGresult *result, const char *where)
{
	static const int fields[] = {
		PG_DIAG_MESSAGE_PRIMARY, PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT, PG_DIAG_CONTEXT,
		PG_DIAG_INTERNAL_QUERY, PG_DIAG_SCHEMA_NAME, PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME,
	PG_DIAG_DATATYPE_NAME, PG_DIAG_CONSTRAINT_NAME};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
	{
		const char *text = PQresultErrorField(result, fields[i]);

		if (text != NULL)
			look(text, strlen(text), false, where);
	}
}

static void
receive_notice(void *arg, const PGresult *result)
{
	(void) arg;
	look_at_message(result, "a notice");
}

static void
look_at_rows(const PGresult *result)
{
	for (int row = 0; row < PQntuples(result); row++)
		for (int column = 0; column < PQnfields(result); column++)
			if (!PQgetisnull(result, row, column))
				look(PQgetvalue(result, row, column), PQgetlength(result, row, column),
					 PQfformat(result, column) == 1, "a result");
}

/* ---- running statements ---- */

static void
remember(const char *text)
{
	if (nhistory == HISTORY)
	{
		free(history[0]);
		memmove(history, history + 1, sizeof(history[0]) * --nhistory);
	}
	history[nhistory++] = strdup(text);
}

static void
forget_history(void)
{
	while (nhistory > 0)
		free(history[--nhistory]);
}

static void
copy_out(PGconn *connection)
{
	char	   *buffer;
	int			length;

	while ((length = PQgetCopyData(connection, &buffer, 0)) > 0)
	{
		look(buffer, length, true, "COPY");
		PQfreemem(buffer);
	}
}

/* Reads everything; true if nothing failed.  sqlstate tells what did. */
static bool
drain(PGconn *connection)
{
	PGresult   *result;
	bool		ok = true;

	strcpy(sqlstate, "00000");
	while ((result = PQgetResult(connection)) != NULL)
	{
		switch (PQresultStatus(result))
		{
			case PGRES_TUPLES_OK:
				look_at_rows(result);
				break;
			case PGRES_COPY_OUT:
				copy_out(connection);
				break;
			case PGRES_FATAL_ERROR:
				ok = false;
				look_at_message(result, "an error");
				if (PQresultErrorField(result, PG_DIAG_SQLSTATE) != NULL)
					snprintf(sqlstate, sizeof(sqlstate), "%s", PQresultErrorField(result, PG_DIAG_SQLSTATE));
				break;
			default:
				break;
		}
		PQclear(result);
	}
	return ok;
}

static void
quietly(PGconn *connection, const char *text)
{
	if (text[0] == '\0')
		return;
	remember(text);
	if (PQsendQuery(connection, text))
		(void) drain(connection);
}

/* Returns whether it succeeded, and counts. */
static bool
run(PGconn *connection, const Statement *statement, const char *before)
{
	const char *sql = statement->text;
	char	   *joined = NULL;
	bool		ok = false;
	bool		sent;

	strcpy(sqlstate, "08006");
	stored = strstr(sql, "own_") != NULL || strstr(sql, "temp") != NULL || strncmp(sql, "SELECT", 6) != 0;
	if (statement->binary || statement->one)
	{
		if (before[0] != '\0')
			quietly(connection, before);
		remember(sql);
		sent = PQsendQueryParams(connection, sql, 0, NULL, NULL, NULL, NULL, statement->binary);
	}
	else
	{
		if (asprintf(&joined, "%s%s", before, sql) < 0)
			exit(2);
		remember(joined);
		sent = PQsendQuery(connection, joined);
	}
	if (sent)
		ok = drain(connection);
	free(joined);
	if (ok)
		counts->ran++;
	else if (strncmp(sqlstate, "NR", 2) == 0 || strcmp(sqlstate, "42501") == 0)
		counts->refused++;
	else
		counts->failed++;
	if (ok && statement->forbidden)
		finding("a relation that the declared purpose does not open was answered from", "a result");
	if (PQstatus(connection) != CONNECTION_OK)
		finding("the connection was lost", "the session");
	return ok;
}

/* ---- the role's own things ---- */

static void
make_schema(PGconn *connection)
{
	static const char *const types[][2] = {
		{"t", "tagged_text"}, {"d", "tagged_date"}, {"i", "tagged_int"}, {"n", "tagged_numeric"},
	{"f", "fnr"}, {"u", "duf"}, {"b", "tagged_bool"}};
	char		own[32];
	char		text[2048];

	grammar_schema(&situation, own, sizeof(own));
	snprintf(text, sizeof(text), "DROP SCHEMA IF EXISTS %s CASCADE", own);
	quietly(connection, text);
	snprintf(text, sizeof(text), "CREATE SCHEMA %s; GRANT USAGE ON SCHEMA %s TO PUBLIC;"
			 "CREATE TYPE %s.dates AS RANGE (subtype = nir.tagged_date);"
			 "CREATE FUNCTION %s.spy(text) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS "
			 "$f$ BEGIN RAISE NOTICE 'spy %%', $1; RETURN $1; END $f$", own, own, own, own);
	quietly(connection, text);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
	{
		snprintf(text, sizeof(text), "CREATE FUNCTION %s.into_%s(nir.%s) RETURNS nir.%s LANGUAGE %s AS $f$ %s $f$;"
				 "CREATE TYPE %s.pair_%s AS (a int, b nir.%s%s); CREATE DOMAIN %s.domain_%s AS nir.%s",
				 own, types[i][0], types[i][1], types[i][1], i % 2 == 0 ? "sql" : "plpgsql",
				 i % 2 == 0 ? "SELECT $1" : "DECLARE v record; BEGIN v := ROW($1); RETURN v.f1; END",
				 own, types[i][0], types[i][1], i % 2 == 0 ? "(b,c,d,e)" : "(b,d)", own, types[i][0], types[i][1]);
		quietly(connection, text);
	}
	for (int i = 0; i < 6; i++)
	{
		static const char *const sets[] = {"(b)", "(c)", "(d)", "(b,d)", "(b,c,d,e)", "(b,d,e)"};

		snprintf(text, sizeof(text), "CREATE TABLE %s.t%d (k int %s, ct nir.tagged_text%s, cd nir.tagged_date%s, "
				 "ci nir.tagged_int%s, cn nir.tagged_numeric%s, cf nir.fnr%s)",
				 own, i, i < 2 ? "UNIQUE" : "", sets[i], sets[i], sets[i], sets[i], sets[i]);
		quietly(connection, text);
	}
	for (int i = 0; i < 2; i++)
	{
		snprintf(text, sizeof(text), "CREATE TABLE IF NOT EXISTS pg_temp.temp%d (LIKE %s.t%d);"
				 "CREATE VIEW %s.v%d AS SELECT * FROM %s.t%d; CREATE VIEW %s.v%d AS SELECT * FROM %s.t%d;"
				 "CREATE VIEW %s.w%d AS SELECT note AS ct, moved AS cd, code AS ci, amount AS cn, NULL::nir.fnr AS cf, settling_id AS k FROM vendor.settling;"
				 "GRANT SELECT ON %s.w%d TO PUBLIC;"
				 "CREATE FUNCTION %s.lent%d() RETURNS SETOF nir.tagged_text LANGUAGE sql SECURITY DEFINER AS 'SELECT level FROM vendor.result';"
				 "CREATE FUNCTION %s.rows%d() RETURNS SETOF nir.tagged_text LANGUAGE sql STABLE AS 'SELECT ct FROM %s.t%d';"
				 "CREATE MATERIALIZED VIEW %s.m%d AS SELECT * FROM %s.t%d WITH NO DATA",
				 i, own, i, own, i, own, i, own, i + 2, own, i + 2, own, i, own, i, own, i, own, i, own, i, own, i, own, i);
		quietly(connection, text);
	}
}

static PGconn *
connect_as(int login)
{
	char		target[128];
	PGconn	   *connection;

	snprintf(target, sizeof(target), "user=%s", login == POOL ? "regress_k_pool" : world.roles[login].name);
	connection = PQconnectdb(target);
	if (PQstatus(connection) != CONNECTION_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(connection));
		exit(2);
	}
	PQsetNoticeReceiver(connection, receive_notice, NULL);
	return connection;
}

static PGconn *
connection_for(int login)
{
	bool		fresh = connections[login] == NULL || PQstatus(connections[login]) != CONNECTION_OK;

	if (!fresh && one_in(300))
	{
		PQfinish(connections[login]);
		fresh = true;
	}
	if (fresh)
		connections[login] = connect_as(login);
	else if (one_in(20))
		quietly(connections[login], "RESET ROLE; RESET ALL; DEALLOCATE ALL");
	if (fresh || one_in(60))
		make_schema(connections[login]);
	return connections[login];
}

/* ---- scenes ---- */

static uint32_t
default_purposes(int role)
{
	return role >= 0 && world.roles[role].default_purpose[0] != '\0'
		? 1u << (world.roles[role].default_purpose[0] - 'a') : 0;
}

static void
declare(PGconn *connection, const char *before, bool first)
{
	const Statement *statement = grammar_declaration(&situation);
	uint32_t	asked = statement->declares;

	if (run(connection, statement, before))
	{
		if (!first && (asked & ~situation.declared) != 0)
			finding("the context was widened", "begin_processing");
		situation.declared = asked;
	}
}

/* After SET ROLE a context that another role declared opens nothing. */
static void
become(int role, bool declared_here, int declared_by)
{
	situation.role = role;
	situation.refused = declared_here && declared_by != role;
	if (!declared_here)
		situation.declared = default_purposes(role);
}

static bool
scene_statement(PGconn *connection, bool in_block, bool failed, bool *dirty, bool declared, int declared_by)
{
	const Statement *statement = grammar_statement(&situation);
	const char *before = !in_block ? "" : failed ? "ROLLBACK TO s; SAVEPOINT s; " : "SAVEPOINT s; ";
	int			becomes = statement->becomes;
	bool		ok;

	/* outside a block it could not be taken back */
	if (statement->dirty && !in_block)
		return true;
	*dirty |= statement->dirty;
	ok = run(connection, statement, before);
	if (ok && becomes > -2)
		become(becomes, declared, declared_by);
	return ok;
}

static const char *const pool_roles[] = {"RESET ROLE", "SET ROLE regress_k_oslo_b", "SET ROLE regress_k_oslo_c"};

static void
play(int login)
{
	PGconn	   *connection;
	bool		in_block = !one_in(8);
	bool		declared = false;
	bool		failed = false;
	bool		dirty = false;
	int			n = 3 + random_below(14);
	int			from = random_below(3);
	int			declared_by;

	situation.login = login;
	situation.role = login == POOL ? -1 : login;
	situation.refused = false;
	situation.declared = default_purposes(situation.role);
	forget_history();
	connection = connection_for(login);
	quietly(connection, PQtransactionStatus(connection) != PQTRANS_IDLE ? "ROLLBACK" :
			login == POOL ? pool_roles[from] : "");
	if (in_block)
		quietly(connection, one_in(4) ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN");
	if (login == POOL)
		situation.role = from - 1;
	declared_by = situation.role;
	if (in_block && !one_in(8))
	{
		uint32_t	old = situation.declared;

		situation.declared = 0;
		declare(connection, "SAVEPOINT s; ", true);
		declared = situation.declared != 0;
		if (!declared)
		{
			situation.declared = old;
			failed = true;
		}
	}
	if (situation.declared == 0)
		n = 3;
	for (int i = 0; i < n && PQstatus(connection) == CONNECTION_OK; i++)
	{
		if (in_block && declared && !situation.refused && one_in(15))
		{
			uint32_t	old = situation.declared;

			declare(connection, failed ? "ROLLBACK TO s; SAVEPOINT s; " : "SAVEPOINT s; ", false);
			failed = PQtransactionStatus(connection) == PQTRANS_INERROR;
			if (failed)
				situation.declared = old;
			continue;
		}
		failed = !scene_statement(connection, in_block, failed, &dirty, declared, declared_by);
		/* a string that cannot be parsed has not set its savepoint either */
		if (in_block && (PQtransactionStatus(connection) == PQTRANS_IDLE || strcmp(sqlstate, "42601") == 0))
			break;
	}
	situation.refused = false;
	situation.declared = 0;
	if (in_block)
		quietly(connection, dirty || strcmp(sqlstate, "42601") == 0 || one_in(3) ? "ROLLBACK" : failed ? "ROLLBACK TO s; COMMIT" : "COMMIT");
}

static void
work(int worker, int jobs, long statements)
{
	counts = &all_counts[worker];
	situation.worker = worker;
	for (scene = worker; counts->ran + counts->refused + counts->failed < statements; scene += jobs)
	{
		random_seed(seed, scene);
		play(random_below(ROLES));
	}
	for (int i = 0; i < ROLES; i++)
		if (connections[i] != NULL)
			PQfinish(connections[i]);
}

/* ---- the world ---- */

static PGresult *
ask(PGconn *connection, const char *text)
{
	PGresult   *result = PQexec(connection, text);

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(connection));
		exit(2);
	}
	return result;
}

#define FIELD(row, column) PQgetvalue(result, row, column)

static void
read_canaries(PGconn *connection)
{
	PGresult   *result = ask(connection, "SELECT id, kind, value, body, by_rule, by_column FROM canary.visible ORDER BY id, body");

	for (int row = 0; row < PQntuples(result); row++)
	{
		Canary	   *canary = &world.canaries[atoi(FIELD(row, 0)) - 1];
		int			body = atoi(FIELD(row, 3));

		canary->id = atoi(FIELD(row, 0));
		canary->kind = FIELD(row, 1)[0];
		snprintf(canary->value, sizeof(canary->value), "%s", FIELD(row, 2));
		canary->by_rule[body] = strtoul(FIELD(row, 4), NULL, 10);
		canary->by_column[body] = strtoul(FIELD(row, 5), NULL, 10);
		if (canary->id > world.ncanaries)
			world.ncanaries = canary->id;
	}
	PQclear(result);
}

static void
read_roles(PGconn *connection)
{
	PGresult   *result = ask(connection, "SELECT role, name, body, purposes, unit, default_purpose FROM canary.role ORDER BY role");

	for (int row = 0; row < PQntuples(result); row++)
	{
		Role	   *role = &world.roles[row];

		snprintf(role->name, sizeof(role->name), "%s", FIELD(row, 1));
		role->body = atoi(FIELD(row, 2));
		snprintf(role->purposes, sizeof(role->purposes), "%s", FIELD(row, 3));
		snprintf(role->unit, sizeof(role->unit), "%s", FIELD(row, 4));
		snprintf(role->default_purpose, sizeof(role->default_purpose), "%s", FIELD(row, 5));
	}
	PQclear(result);
}

static void
read_tables(PGconn *connection)
{
	PGresult   *result = ask(connection,
							 "SELECT c.relation, c.column_name, c.letter, b.body, coalesce(t.purposes, -1)"
							 " FROM canary.columns c CROSS JOIN canary.body b LEFT JOIN canary.touchable t USING (relation, body)"
							 " WHERE has_schema_privilege('regress_k_unbound', split_part(c.relation, '.', 1), 'USAGE')"
							 " OR c.relation NOT LIKE 'leak.%' ORDER BY 1, 2, 4");

	for (int row = 0; row < PQntuples(result); row++)
	{
		Table	   *table = &world.tables[world.ntables > 0 ? world.ntables - 1 : 0];

		if (strcmp(table->name, FIELD(row, 0)) != 0)
		{
			table = &world.tables[world.ntables++];
			snprintf(table->name, sizeof(table->name), "%s", FIELD(row, 0));
		}
		table->touch[atoi(FIELD(row, 3))] = (uint32_t) strtol(FIELD(row, 4), NULL, 10);
		if (atoi(FIELD(row, 3)) != 0)
			continue;
		snprintf(table->columns[table->ncolumns].name, 64, "%s", FIELD(row, 1));
		table->columns[table->ncolumns++].letter = FIELD(row, 2)[0];
	}
	PQclear(result);
}

static void
read_routines(PGconn *connection)
{
	PGresult   *result = ask(connection, "SELECT kind, name, result, arguments FROM canary.routine ORDER BY 1, 2, 3, 4");

	for (int row = 0; row < PQntuples(result) && world.nroutines < 4096; row++)
	{
		Routine    *routine = &world.routines[world.nroutines++];

		routine->kind = FIELD(row, 0)[0];
		snprintf(routine->name, sizeof(routine->name), "%s", FIELD(row, 1));
		routine->result = FIELD(row, 2)[0];
		snprintf(routine->arguments, sizeof(routine->arguments), "%s", FIELD(row, 3));
	}
	PQclear(result);
}

static void
read_world(void)
{
	PGconn	   *connection = PQconnectdb("");

	if (PQstatus(connection) != CONNECTION_OK)
	{
		fprintf(stderr, "%s", PQerrorMessage(connection));
		exit(2);
	}
	read_canaries(connection);
	read_roles(connection);
	read_tables(connection);
	read_routines(connection);
	PQfinish(connection);
}

/* ---- the log ---- */

static long
log_size(const char *path)
{
	FILE	   *file = path != NULL ? fopen(path, "r") : NULL;
	long		size = 0;

	if (file != NULL)
	{
		fseek(file, 0, SEEK_END);
		size = ftell(file);
		fclose(file);
	}
	return size;
}

static void
search_log(const char *path, long from)
{
	FILE	   *file = path != NULL ? fopen(path, "r") : NULL;
	char	   *line = NULL;
	size_t		room = 0;
	ssize_t		length;

	if (file == NULL)
		return;
	in_log = true;
	fseek(file, from, SEEK_SET);
	while ((length = getline(&line, &room, file)) > 0)
	{
		long		before = counts->findings;

		look(line, length, false, "the server's log");
		if (strstr(line, "terminated by signal") != NULL || strstr(line, "PANIC:") != NULL || strstr(line, "TRAP:") != NULL)
			finding("a crash", "the server's log");
		if (counts->findings > before && counts->findings <= FINDINGS_SHOWN)
			fprintf(stderr, "  > %s", line);
	}
	free(line);
	fclose(file);
}

static int
report(int jobs, double seconds)
{
	Counts		total = {0};
	long		statements;

	for (int i = 0; i <= jobs; i++)
	{
		total.ran += all_counts[i].ran;
		total.refused += all_counts[i].refused;
		total.failed += all_counts[i].failed;
		total.seen += all_counts[i].seen;
		total.findings += all_counts[i].findings;
	}
	statements = total.ran + total.refused + total.failed;
	printf("canary: seed %lu, %ld statements (%ld ran, %ld refused, %ld in error), %.0f a second, "
		   "%ld canaries rightly shown, %ld findings\n", (unsigned long) seed, statements,
		   total.ran, total.refused, total.failed, statements / seconds, total.seen, total.findings);
	return total.findings > 0 ? 1 : 0;
}

static int
search(const char *path)
{
	static Counts only;

	counts = &only;
	search_log(path, 0);
	printf("canary: %s searched, %ld findings\n", path, only.findings);
	return only.findings > 0 ? 1 : 0;
}

static double
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec + at.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	long		statements = argc > 2 ? atol(argv[2]) : 5000;
	int			jobs = argc > 3 ? atoi(argv[3]) : 2;
	const char *log = argc > 4 && argv[4][0] != '\0' ? argv[4] : NULL;
	long		log_start = log_size(log);
	double		begun;
	double		seconds;
	int			status;

	read_world();
	if (argc > 2 && strcmp(argv[1], "search") == 0)
		return search(argv[2]);
	seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	all_counts = mmap(NULL, sizeof(Counts) * (jobs + 1), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	counts = &all_counts[jobs];
	begun = now();
	for (int worker = 0; worker < jobs; worker++)
		if (fork() == 0)
		{
			work(worker, jobs, statements / jobs);
			exit(0);
		}
	while (wait(&status) > 0)
		if (status != 0)
			finding("a worker ended", "the hunt itself");
	seconds = now() - begun;
	search_log(log, log_start);
	return report(jobs, seconds);
}
