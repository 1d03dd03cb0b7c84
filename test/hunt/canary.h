/*
 * test/hunt/canary.h
 *
 * What the hunt's generator and its oracle know of each other.  Everything is
 * decided by the seed and the number of the scene, never by the clock or by a
 * server's answer, so a scene can be run again alone.
 */
#ifndef CANARY_H
#define CANARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CANARY_MAX 1024
#define BODIES 4
#define ROLES 7					/* the last is the pool's login */
#define POOL (ROLES - 1)

typedef struct Canary
{
	int			id;
	char		kind;
	char		value[24];
	uint32_t	by_rule[BODIES];
	uint32_t	by_column[BODIES];
} Canary;

typedef struct Role
{
	char		name[64];
	int			body;
	char		purposes[8];	/* letters */
	char		unit[8];
	char		default_purpose[4];
} Role;

typedef struct Column
{
	char		name[64];
	char		letter;			/* of its type, see canary.letter() */
} Column;

typedef struct Table
{
	char		name[128];
	int			ncolumns;
	Column		columns[32];
	uint32_t	touch[BODIES];	/* 0xffffffff where it is not governed */
} Table;

typedef struct Routine
{
	char		kind;			/* function, aggregate, window, operator */
	char		name[128];
	char		result;
	char		arguments[8];
} Routine;

/* what the world holds; read once */
typedef struct World
{
	int			ncanaries;
	Canary		canaries[CANARY_MAX];
	Role		roles[ROLES];
	int			ntables;
	Table		tables[64];
	int			nroutines;
	Routine		routines[4096];
} World;

extern World world;

/* where the session stands when a statement is made */
typedef struct Situation
{
	int			worker;
	int			login;			/* index of the role of the connection */
	int			role;			/* of SET ROLE; -1: the pool's login itself */
	uint32_t	declared;		/* 0: none */
	bool		refused;		/* declared by another role: nothing works */
} Situation;

typedef struct Statement
{
	char	   *text;			/* owned by the generator, until the next */
	bool		binary;			/* ask for binary results */
	bool		one;			/* no multi-statement string, e.g. COPY */
	bool		dirty;			/* writes governed tables: roll back at the end */
	bool		runs;			/* its success means that it has read */
	bool		forbidden;		/* uses a relation the declared purpose does not open: must not succeed */
	int			declares;		/* -1, or bits that a top-level begin_processing asks for */
	int			becomes;		/* -2, or the role that SET ROLE asks for */
} Statement;

extern void random_seed(uint64_t seed, uint64_t scene);
extern uint32_t random_below(uint32_t n);
extern bool one_in(uint32_t n);

extern void grammar_schema(const Situation *where, char *out, size_t room);
extern const Statement *grammar_statement(const Situation *where);
extern const Statement *grammar_declaration(const Situation *where);

/* the oracle's own question, also the generator's: may this be seen? */
extern bool canary_visible(const Canary *canary, int body, uint32_t declared, bool stored);

#endif
