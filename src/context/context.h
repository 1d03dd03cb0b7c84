/*
 * src/context/context.h
 *
 * Who acts, for which body and unit, and for which purposes.
 *
 * A context is declared with nir.begin_processing for the rest of the
 * transaction, or comes from a binding that has a default.  It belongs to the
 * outer user (the session user, or what SET ROLE chose), never to the current
 * user, so a SECURITY DEFINER function neither gains nor loses one.
 */
#ifndef NIR_CONTEXT_CONTEXT_H
#define NIR_CONTEXT_CONTEXT_H

#include "types/purpose_bits.h"
#include "types/unit_text.h"

#define NIR_ACTOR_BYTES		128		/* longest actor, with the closing zero */
#define NIR_CASE_REF_BYTES	256		/* longest case reference, likewise */

typedef struct NirContext
{
	uint64		version;		/* equal ones are the same declaration; 0: not a declared one */
	Oid			role;			/* the outer user it was declared by */
	bool		declared;		/* false: the binding's default */
	NirPurposes purposes;		/* never empty */
	bool		vouched;		/* a token of the identity gateway was given */
	bool		granted;		/* the actor has a grant, which the binding demands */
	uint32		functions;		/* granted to that actor; bits of nir.actor_function */
	NirUnit		unit;			/* 0: none, the body acts for the whole country */
	char		body[NAMEDATALEN];
	char		body_kind[NAMEDATALEN];
	char		actor[NIR_ACTOR_BYTES];
	char		case_ref[NIR_CASE_REF_BYTES];
} NirContext;

/* Define the context setting and tell the wall where to ask. */
extern void nir_context_init(void);

/*
 * The context in force for the outer user, or NULL if there is none.  Valid
 * until the next call.  Raises NR015 if the context was declared by another
 * role than the one now in charge.
 */
extern const NirContext *nir_context_current(void);

/* The same, but raises NR010 (or NR011) if there is none. */
extern const NirContext *nir_context_require(void);

/* The same, but NULL where that would raise. */
extern const NirContext *nir_context_peek(void);

/* What was declared by the outer user, or NULL; looks nothing up and raises nothing. */
extern const NirContext *nir_context_declared(void);

/* The same number, the same declaration for the same outer user; 0 tells nothing. */
extern uint64 nir_context_changes;

/* True if both describe the same acting; every field counts. */
extern bool nir_context_equal(const NirContext *a, const NirContext *b);

/*
 * Called by begin_processing before it changes a context: must raise NR016 if
 * a query that was started under the old one is still open.  The guard room
 * sets it.
 */
typedef void (*NirContextChangeCheck) (void);
extern void nir_context_set_change_check(NirContextChangeCheck check);

/*
 * Called by begin_processing where the binding demands a token: must raise
 * NR084 unless one vouches for the context; unit and body are as they were
 * given, 0 and empty where they were not.  The gate room sets it.
 */
typedef void (*NirContextTokenCheck) (const NirContext *context, NirUnit unit, const char *body);
extern void nir_context_set_token_check(NirContextTokenCheck check);

/*
 * For the retention room alone: while current user is this role and a
 * restricted operation is running, this context is in force whoever the outer
 * user is; NULL ends that.  The context must outlive the call.  Returns what
 * was in force so before, to be put back with the same role.
 */
extern const NirContext *nir_context_act_as(Oid role, const NirContext *context);

#endif							/* NIR_CONTEXT_CONTEXT_H */
