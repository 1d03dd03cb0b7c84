/*
 * test/hunt/types_fuzz.h
 *
 * Properties of nir's types under any bytes, checked inside a real session:
 * the functions are found in the catalog and called as the server calls them,
 * and nothing is stubbed.  One input, a string of bytes, is one call of a
 * harness; the driver (types_drive.c) takes inputs from libFuzzer, from a
 * corpus or from seeded noise.
 */
#ifndef TYPES_FUZZ_H
#define TYPES_FUZZ_H

#include "fmgr.h"

/* ---- types_drive.c ---- */

/* What is left of the input; a harness takes from the front. */
typedef struct Bytes
{
	const uint8 *data;
	Size		len;
} Bytes;

extern uint8 take_byte(Bytes *input);

/* Up to len bytes; fewer where the input ends. */
extern Bytes take(Bytes *input, Size len);

/* A part of what is left, its length drawn from the input. */
extern Bytes take_part(Bytes *input);

/* A property does not hold.  Does not return. */
extern void broken(const char *what, const char *type) pg_attribute_noreturn();

/*
 * Room for len bytes that ends, but for the alignment, where no memory is.
 * Reused for the next input; every slot is one block.
 */
#define SLOTS		8
#define SLOT_BYTES	16384
extern char *fenced(int slot, Size len, Size alignment);

/* How a call ended. */
typedef struct Outcome
{
	bool		raised;
	bool		isnull;
	int			sqlerrcode;
	Datum		result;
	char		message[256];	/* of the error, with detail and hint */
} Outcome;

/* Calls through the function manager; an error becomes an outcome. */
extern Outcome call(FmgrInfo *function, Oid collation, int count, Datum a, Datum b, Datum c);

/* ---- types_catalog.c ---- */

/* A type that the btree family of one of nir's types can compare with. */
typedef struct OtherType
{
	Oid			oid;
	int16		len;
	bool		byval;
	FmgrInfo	compare;		/* (ours, other) */
	FmgrInfo	compare_back;	/* (other, ours) */
	FmgrInfo	hash;			/* in our hash family; fn_oid 0 where there is none */
} OtherType;

typedef struct Type
{
	const char *name;
	Oid			oid;
	int16		len;
	bool		byval;
	Oid			ioparam;
	int32		typmod;			/* that of (a) or (health,a), or -1 */
	FmgrInfo	in;
	FmgrInfo	out;
	FmgrInfo	receive;
	FmgrInfo	send;
	FmgrInfo	compare;
	FmgrInfo	sort;			/* fn_oid 0 where there is none */
	FmgrInfo	operators[5];	/* < <= = >= > */
	FmgrInfo	hash;
	FmgrInfo	hash_extended;
	int			other_count;
	OtherType  *others;
	struct Type *base;			/* with in, out, receive, send; or NULL */
} Type;

/* Every base type of schema nir, in the order of the names; read once. */
extern Type *types_under_test(int *count);
extern Type *type_named(const char *name);

/* The function with this signature, for as long as the session lasts. */
extern void find_function_named(const char *signature, FmgrInfo *info);

/* Collations that order by bytes, by the locale, and as different kinds of equal. */
typedef struct Collations
{
	Oid			bytes;
	Oid			locale;
	Oid			loose;			/* not deterministic; 0 where the script made none */
} Collations;

extern const Collations *collations(void);

/* ---- the harnesses ---- */

extern void try_given(Bytes input);		/* types_given.c: input, receive, modifiers */
extern void try_datums(Bytes input);	/* types_datums.c: comparison, hash, sort */
extern void try_texts(Bytes input);		/* types_texts.c: patterns, prefixes, case */

#endif							/* TYPES_FUZZ_H */
