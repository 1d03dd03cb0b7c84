/*
 * test/hunt/context_model.h
 *
 * The model of a session under nir: what is declared, by whom, and what every
 * question about it must answer.  It knows no server; context_steps.c asks a
 * server the same questions and compares.
 *
 * An answer is text: "ok" for a command, "ok:" and the rows for a query, and
 * for an error its SQLSTATE alone.
 */
#ifndef CONTEXT_MODEL_H
#define CONTEXT_MODEL_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t Mask;			/* of purpose letters, a is bit 0 */

#define LETTER(c)	((Mask) 1 << ((c) - 'a'))
#define ANSWER_SIZE	1024
#define TEXT_SIZE	160
#define MAX_DEPTH	6
#define CURSORS		3
#define STATEMENTS	5
#define MAX_ROWS	8

/* R_NONE is SET ROLE NONE; R_UNSET that no SET LOCAL is in force */
typedef enum Role
{
	R_UNSET = -1,
	R_NONE,
	R_SUPER,
	R_POOL,
	R_OSLO,
	R_BERGEN,
	R_IMDI,
	R_HKDIR,
	R_REPORT,
	R_TWO,
	R_ATTR,
	R_NOBODY,
	R_DESK,						/* bound with actors => granted */
	R_GATE,						/* ... with token => true */
	ROLES
} Role;

typedef enum Body
{
	B_OSLO,
	B_BERGEN,
	B_IMDI,
	B_HKDIR,
	BODIES
} Body;

typedef enum Kind
{
	K_MUNICIPALITY,
	K_IMDI,
	K_HKDIR,
	KINDS
} Kind;

typedef enum Verb
{
	V_SELECT = 1,
	V_INSERT = 2,
	V_UPDATE = 4,
} Verb;

typedef enum Actor
{
	A_ANNA,
	A_BERIT,
	ACTORS
} Actor;

#define F_SHIELDED	1
#define F_SPECIAL	2

/* What an actor was given for a body. */
typedef struct Grant
{
	bool		exists;
	bool		in_force;
	bool		overdue;
	Mask		purposes;
	const char *unit;
	int			functions;
} Grant;

typedef struct Binding
{
	bool		exists;
	bool		in_force;
	int			nunits;
	const char *units[2];
	Mask		purposes;
	Mask		default_purpose;
	const char *default_unit;
	bool		actors;
	bool		token;
} Binding;

/* What sessions share and the administrator changes. */
typedef struct World
{
	Binding		bindings[ROLES][BODIES];
	bool		in_group[ROLES][KINDS];
	Grant		grants[ACTORS][BODIES];
	bool		attr_bypasses;	/* hunt_attr has BYPASSRLS */
	bool		pool_has_bergen;	/* hunt_pool is a member of hunt_bergen */
} World;

typedef struct Table
{
	const char *name;
	Mask		touch;
	Mask		columns[2];		/* note, mark */
	int			nrows;
	const char *units[MAX_ROWS];	/* of row id 1, 2, ... */
	Mask		access[KINDS][3];	/* for select, insert, update */
} Table;

typedef struct Context
{
	bool		set;
	bool		declared;
	Role		role;
	Mask		purposes;
	const char *unit;			/* "" for none */
	Body		body;
	char		actor[TEXT_SIZE];
	char		case_ref[TEXT_SIZE];
	bool		vouched;
	bool		granted;
	int			functions;
} Context;

/* What a transaction, or a part of one, takes back when it fails. */
typedef struct Settings
{
	Role		authorization;
	Role		authorization_local;
	Role		role;
	Role		role_local;
	Context		declared;
} Settings;

typedef struct Savepoint
{
	int			name;
	Settings	before;
} Savepoint;

typedef struct Cursor
{
	bool		exists;
	bool		failed;
	bool		hold;
	bool		held;			/* has outlived its transaction */
	bool		stamped;
	int			depth;			/* of savepoints where it was opened */
	int			table;
	bool		with_note;
	Context		context;
	int			nrows;
	int			rows[MAX_ROWS];
	int			next;
} Cursor;

/* A query over one table: its shape and the tagged columns it reads. */
typedef struct Query
{
	int			table;
	int			shape;
	int			columns;		/* 1 note, 2 mark */
} Query;

typedef enum TxState
{
	TX_NONE,
	TX_OPEN,
	TX_ABORTED,
} TxState;

typedef struct Session
{
	Role		login;
	TxState		tx;
	bool		read_only;
	Settings	now;
	Settings	before;			/* the transaction */
	int			depth;
	Savepoint	savepoints[MAX_DEPTH];
	Cursor		cursors[CURSORS];
	bool		prepared[STATEMENTS];
	Query		statements[STATEMENTS];
	const World *world;			/* by which predictions are made */
	World		heard;			/* as it was before a change in this transaction */
	bool		stale;			/* such a change has happened */
} Session;

/* Arguments of begin_processing; NULL is null. */
typedef struct Declaration
{
	const char *purpose;
	Mask		purposes;		/* 0: the text names none that may be declared */
	const char *unit;
	const char *actor;
	const char *case_ref;
	const char *body;
	bool		token_fits;		/* what was set before vouches for exactly this */
} Declaration;

/* How begin_processing is called. */
typedef struct Call
{
	bool		bare;			/* straight from a statement of its own */
	bool		in_governed;	/* by a query that is itself governed */
} Call;

extern const char *const role_names[ROLES];
extern const Table tables[2];
extern const char *const actor_names[ACTORS];
extern int	mutation;			/* 0: the model is right */

extern Role model_session_user(const Session *s);
extern Role model_outer_user(const Session *s);
extern bool model_is_superuser(Role role);
extern bool model_exempt(const Session *s);
extern bool model_current(const Session *s, Context *context);
extern bool model_same_context(const Context *a, const Context *b);
extern void model_context_answer(const Session *s, char *answer);
extern void model_context_text(const Session *s, bool words, char *text);
extern const char *model_unit_error(const char *unit);
extern const char *model_declare(const Session *s, const Declaration *d, Call call, Context *context);
extern const char *model_standing(const Session *s, const Context *context);
extern const char *model_check(const Session *s, int table, Role user, int columns, int verbs);
extern int	model_rows(const Session *s, int table, Role user, int *rows);
extern bool model_may_write(const Session *s, Role user, const char *unit);
extern const char *model_value(const Session *s, Mask tag);
extern bool model_may_set_role(const Session *s, Role role);

extern void model_begin(Session *s);
extern void model_end(Session *s, bool commit);
extern void model_savepoint(Session *s, int name);
extern int	model_find_savepoint(const Session *s, int name);
extern void model_release(Session *s, int at);
extern void model_rollback_to(Session *s, int at);
extern void model_set_role(Session *s, Role role, bool local);
extern void model_set_authorization(Session *s, Role role, bool local);
extern void model_discard_all(Session *s);
extern void model_bind(World *world, Role role, Body body, const Binding *binding);
extern void model_unbind(World *world, Role role, Body body);

#endif							/* CONTEXT_MODEL_H */
