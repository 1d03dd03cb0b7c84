/*
 * src/context/exempt.h
 *
 * Sessions that the promise does not cover.
 */
#ifndef NIR_CONTEXT_EXEMPT_H
#define NIR_CONTEXT_EXEMPT_H

/* Install settings and the invalidation callback; once, at process start. */
extern void nir_exempt_init(void);

/*
 * True for sessions whose session user and outer user (SET ROLE) are both
 * superuser or BYPASSRLS, while a change is decoded and in a server that pg_upgrade
 * runs, so that dump, restore, replication and upgrade work.  The current user
 * never counts: a SECURITY DEFINER function of a superuser exempts nobody.
 * Nor is a superuser's maintenance exempt while it runs as the table's owner.
 *
 * Under nir.privileged_access = deny only logical decoding, the workers of a
 * privileged subscription and pg_upgrade are exempt, and a transaction that
 * called nir.break_glass.
 */
extern bool nir_session_is_exempt(void);

/*
 * As nir_session_is_exempt, but also while the server acts as the table's
 * owner, as it does in CREATE INDEX.  Only for what is defined, never for what
 * is read.
 */
extern bool nir_session_may_define(void);

/* True for a session that would be exempt, were it not for deny. */
extern bool nir_session_is_denied(void);

/* Both questions in one: asked for every value shown. */
typedef enum NirStanding
{
	NIR_STANDING_ORDINARY,
	NIR_STANDING_EXEMPT,
	NIR_STANDING_DENIED,
} NirStanding;

extern NirStanding nir_session_standing(void);

/*
 * Superuser or BYPASSRLS in both of the session's roles, for a caller who has
 * GetOuterUserId(); where not, what an ordinary session may see may be seen.
 */
extern bool nir_session_is_privileged(Oid outer_user);

/* Raise what a denied session is told (NR027). */
extern void nir_session_refuse_denied(void);

#endif							/* NIR_CONTEXT_EXEMPT_H */
