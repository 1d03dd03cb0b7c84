/*
 * src/context/narrowed.h
 *
 * Who is narrowed: read whole, once per backend, from the tables that
 * nir.narrowing_source names.
 */
#ifndef NIR_CONTEXT_NARROWED_H
#define NIR_CONTEXT_NARROWED_H

#include "nodes/pg_list.h"
#include "types/purpose_bits.h"

/* A row of nir.narrowing in force today. */
typedef struct NirNarrowing
{
	char	   *name;
	NirPurposes purposes;		/* declared any of these: hidden */
	bool		identifying;	/* of identifying categories alone */
	char	   *function;		/* unless the actor has it; or NULL */
} NirNarrowing;

typedef struct NirNarrowed
{
	int64		subject;
	const NirNarrowing *kind;
	char	   *category;		/* NULL: all */
} NirNarrowed;

typedef struct NirRegister
{
	Oid			root;
	uint64		generation;		/* in which it was read */
	int			count;
	int			room;
	NirNarrowed *narrowed;		/* sorted by subject */
	NirPurposes hiding;			/* under any of these somebody is hidden */
	NirPurposes hiding_identity;	/* ... in categories that identify */
	int			shift;			/* leaves as many bits of a hash as number the bits */
	uint64	   *bits;			/* which hashes of subjects there are */
} NirRegister;

extern void nir_narrowed_init(void);

/* What was looked up holds while this stays what it was. */
extern uint64 nir_narrowed_generation;

/* All registers, as they are now; raises NR090 if that cannot be read. */
extern List *nir_narrowed_registers(void);

/* The register with these persons; raises NR090 if there is none. */
extern const NirRegister *nir_narrowed_register(Oid root);

/* The first of what is said of the subject, or NULL; the next follow it. */
extern const NirNarrowed *nir_narrowed_find(const NirRegister *in, int64 subject);

/* True for a category that identifies directly. */
extern bool nir_narrowed_identifies(const char *category);

/* ... and for a special one (GDPR art. 9, 10). */
extern bool nir_narrowed_is_special(const char *category);

/* Raise NR090. */
extern void nir_narrowed_unreadable(const char *what);

static inline uint64
nir_narrowed_bit(const NirRegister *in, int64 subject)
{
	return ((uint64) subject * UINT64CONST(0x9E3779B97F4A7C15)) >> in->shift;
}

/* False: the subject is not narrowed.  True: look. */
static inline bool
nir_narrowed_maybe(const NirRegister *in, int64 subject)
{
	uint64		bit = nir_narrowed_bit(in, subject);

	return (in->bits[bit / 64] & (UINT64CONST(1) << (bit % 64))) != 0;
}

/* True while at is about the subject. */
static inline bool
nir_narrowed_is_about(const NirRegister *in, const NirNarrowed *at, int64 subject)
{
	return at != NULL && at < in->narrowed + in->count && at->subject == subject;
}

#endif							/* NIR_CONTEXT_NARROWED_H */
