/*
 * src/guard/stamp.c
 *
 * A stamp lives in the memory of the query (or of the portal that keeps the
 * query's rows) and takes itself off the list when that memory goes, so no
 * error path has to.
 *
 * A portal that runs INSERT ... RETURNING, EXECUTE, FETCH or EXPLAIN to its end
 * keeps the rows and hands them out later without another ExecutorRun.  Its rows were read under the
 * context of its start; the portal counts as open until it is closed, so the
 * context cannot change while rows are left.
 */
#include "postgres.h"

#include "access/xact.h"
#include "lib/ilist.h"
#include "tcop/dest.h"
#include "tcop/pquery.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/portal.h"

#include "context/context.h"
#include "errors.h"
#include "guard/stamp.h"

typedef struct Stamp
{
	dlist_node	node;
	QueryDesc  *query;			/* NULL: a portal that keeps its rows */
	uint64		version;		/* of the context; 0: it is kept whole */
	NirContext *context;
	MemoryContextCallback on_reset;
} Stamp;

static Portal keeper = NULL;
static SubTransactionId keeping_since = InvalidSubTransactionId;

static dlist_head stamps = DLIST_STATIC_INIT(stamps);

static void
take_off(void *arg)
{
	Stamp	   *stamp = arg;

	dlist_delete(&stamp->node);
}

static void
put_on(MemoryContext memory, QueryDesc *query, const NirContext *context)
{
	Stamp	   *stamp = MemoryContextAlloc(memory, sizeof(Stamp));

	stamp->query = query;
	stamp->version = context->version;
	stamp->context = NULL;
	if (context->version == 0)
	{
		stamp->context = MemoryContextAlloc(memory, sizeof(NirContext));
		*stamp->context = *context;
	}
	stamp->on_reset.func = take_off;
	stamp->on_reset.arg = stamp;
	dlist_push_head(&stamps, &stamp->node);
	MemoryContextRegisterResetCallback(memory, &stamp->on_reset);
}

static void
refuse_held_cursor(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_HELD_CURSOR),
			 errmsg("a cursor over governed data cannot outlive its transaction"),
			 errhint("Declare it WITHOUT HOLD, and do not commit while a loop reads from it.")));
}

Portal
nir_stamp_keep_in(Portal portal)
{
	Portal		before = keeper;

	if (before == NULL && portal != NULL)
		keeping_since = GetCurrentSubTransactionId();
	keeper = portal;
	return before;
}

void
nir_stamp_keep_no_longer(SubTransactionId aborted)
{
	if (keeping_since >= aborted)
		keeper = NULL;
}

void
nir_stamp_query(QueryDesc *query)
{
	const NirContext *context = nir_context_require();
	Portal		portal = ActivePortal;

	if (portal != NULL && portal->strategy == PORTAL_ONE_SELECT &&
		portal->queryDesc == NULL && (portal->cursorOptions & CURSOR_OPT_HOLD) != 0)
		refuse_held_cursor();
	put_on(query->estate->es_query_cxt, query, context);
	if (portal != NULL && query->dest->mydest == DestTuplestore &&
		(portal->strategy == PORTAL_ONE_RETURNING || portal->strategy == PORTAL_ONE_MOD_WITH))
		put_on(portal->portalContext, NULL, context);
	if (keeper != NULL)
		put_on(keeper->portalContext, NULL, context);
}

void
nir_stamp_check(QueryDesc *query)
{
	dlist_iter	iter;

	dlist_foreach(iter, &stamps)
	{
		Stamp	   *stamp = dlist_container(Stamp, node, iter.cur);
		const NirContext *now;

		if (stamp->query != query)
			continue;
		/* COMMIT inside a procedure's loop turns its cursor into a held one */
		if (ActivePortal != NULL && ActivePortal->queryDesc == query &&
			ActivePortal->strategy == PORTAL_ONE_SELECT && ActivePortal->holdStore != NULL)
			refuse_held_cursor();
		/* a fetch takes no lock, and would not hear what others have changed */
		AcceptInvalidationMessages();
		now = nir_context_current();
		if (now == NULL || !(stamp->context == NULL ? now->version == stamp->version : nir_context_equal(now, stamp->context)))
			ereport(ERROR,
					(errcode(NIR_ERRCODE_CONTEXT_CHANGED),
					 errmsg("the context has changed since this query was started"),
					 errhint("Run the query again under the context now declared.")));
		/* what was asked before the first row is not asked again by itself */
		now = nir_context_require();
		if (keeper != NULL)
			put_on(keeper->portalContext, NULL, now);
		return;
	}
}

/* The context room asks before it changes the context. */
static void
refuse_while_open(void)
{
	if (!dlist_is_empty(&stamps))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_QUERY_OPEN),
				 errmsg("a query over governed data is still open"),
				 errhint("Close its cursor before declaring another context.")));
}

void
nir_stamp_init(void)
{
	nir_context_set_change_check(refuse_while_open);
}
