/*
 * src/context/exempt.c
 *
 * Whom the checks let pass, by role attribute alone.
 */
#include "postgres.h"

#include "catalog/pg_authid.h"
#include "miscadmin.h"
#include "replication/slot.h"
#include "utils/acl.h"
#include "utils/inval.h"
#include "utils/syscache.h"

#include "context/exempt.h"
#include "guc.h"

/* The last answer; asked once for every value shown, so it must be quick. */
static struct
{
	bool		known;
	Oid			session_user;
	Oid			outer_user;
	bool		exempt;
}			cache;

/* Syscache callback: some role's attributes have changed. */
static void
forget(Datum arg, int cacheid, uint32 hashvalue)
{
	cache.known = false;
}

void
nir_exempt_init(void)
{
	CacheRegisterSyscacheCallback(AUTHOID, forget, (Datum) 0);
}

/* Superuser or BYPASSRLS; core's function answers for both. */
static bool
is_privileged(Oid role)
{
	return has_bypassrls_privilege(role);
}

bool
nir_session_is_exempt(void)
{
	Oid			session_user = GetSessionUserId();
	Oid			outer_user = GetOuterUserId();

	if (MyReplicationSlot != NULL)
		return true;
	if (cache.known && cache.session_user == session_user && cache.outer_user == outer_user)
		return cache.exempt;
	cache.known = true;
	cache.session_user = session_user;
	cache.outer_user = outer_user;
	cache.exempt = is_privileged(session_user) &&
		(outer_user == session_user || is_privileged(outer_user));
	return cache.exempt;
}
