/*
 * src/context/exempt.h
 *
 * Sessions that the promise does not cover.
 */
#ifndef NIR_CONTEXT_EXEMPT_H
#define NIR_CONTEXT_EXEMPT_H

/* Install the invalidation callback; once, at process start. */
extern void nir_exempt_init(void);

/*
 * True for sessions whose session user and outer user (SET ROLE) are both
 * superuser or BYPASSRLS, and for logical decoding, so that dump, restore and
 * replication work.  The current user never counts: a SECURITY DEFINER
 * function of a superuser exempts nobody.
 */
extern bool nir_session_is_exempt(void);

#endif							/* NIR_CONTEXT_EXEMPT_H */
