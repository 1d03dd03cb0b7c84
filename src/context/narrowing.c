/*
 * src/context/narrowing.c
 *
 * Is this person's row open to who asks?  Policies ask for every row, so
 * nearly every answer must come from a few bits (narrowed.h).
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "nodes/supportnodes.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "context/actor.h"
#include "context/catalog.h"
#include "context/context.h"
#include "context/exempt.h"
#include "context/narrowed.h"
#include "context/narrowing.h"
#include "errors.h"
#include "types/wall.h"

void
nir_narrowing_functions(Oid functions[NIR_NARROWING_FUNCTIONS])
{
	functions[0] = nir_catalog_function(NIR_SUBJECT_IS_OPEN);
	functions[1] = nir_catalog_function(NIR_MAY_REACH);
	functions[2] = nir_catalog_function(NIR_MAY_REACH_OR_MADE);
}

/* A narrowed person: what each of the kinds says of this category, now and for the actor. */
static bool
is_open(const NirRegister *in, int64 subject, const char *category)
{
	const NirNarrowed *at = nir_narrowed_find(in, subject);
	const NirContext *context;

	if (at == NULL || nir_session_is_exempt())
		return true;
	context = nir_context_require();
	for (; nir_narrowed_is_about(in, at, subject); at++)
	{
		const NirNarrowing *kind = at->kind;

		if ((at->category != NULL && strcmp(at->category, category) != 0) ||
			(kind->identifying && !nir_narrowed_identifies(category)) ||
			(context->purposes & kind->purposes) == 0)
			continue;
		if (kind->function == NULL || !context->granted ||
			(context->functions & nir_actor_function_bit(kind->function)) == 0)
			return false;
	}
	return true;
}

bool
nir_narrowing_lets_open(int64 subject)
{
	const NirContext *context = nir_context_require();
	ListCell   *cell;

	foreach(cell, nir_narrowed_registers())
	{
		const NirRegister *in = lfirst(cell);

		if (likely(!nir_narrowed_maybe(in, subject)))
			continue;
		for (const NirNarrowed *at = nir_narrowed_find(in, subject); nir_narrowed_is_about(in, at, subject); at++)
		{
			const NirNarrowing *kind = at->kind;
			bool		granted = kind->function != NULL && context->granted &&
				(context->functions & nir_actor_function_bit(kind->function)) != 0;

			if ((context->purposes & kind->purposes) != 0 && !kind->identifying && !granted &&
				(at->category == NULL || nir_narrowed_is_special(at->category)))
				return false;
		}
	}
	return true;
}

bool
nir_narrowing_hides_any(Oid root, const char *category, uint64 *generation)
{
	const NirRegister *in = nir_narrowed_register(root);
	NirPurposes hiding = in->hiding;

	*generation = in->generation;
	if (nir_narrowed_identifies(category))
		hiding |= in->hiding_identity;
	return (hiding & nir_context_require()->purposes) != 0;
}

/* ---- which calls are a policy's ---- */

/*
 * The answer tells that a person is narrowed, so only policies get it, and
 * functions of nir_owner.  A policy's call is marked where the planner takes
 * it over from row-level security: nothing else comes there.  Where it stands
 * in a text says nothing, since expressions that a worker gets from its leader,
 * that are folded for an estimate or that come from the catalog have no place
 * in one.  Copies, and what a worker gets, keep the mark; the grammar gives it
 * to functions of pg_catalog alone.
 */
#define MARK	COERCE_SQL_SYNTAX

static bool
mark_walker(Node *node, void *functions)
{
	FuncExpr   *call = (FuncExpr *) node;

	if (node == NULL)
		return false;
	/* what an ordinary role's function brought along has a place in its text */
	if (IsA(call, FuncExpr) && call->location < 0)
		for (int i = 0; i < NIR_NARROWING_FUNCTIONS; i++)
			if (call->funcid == ((Oid *) functions)[i])
				call->funcformat = MARK;
	return expression_tree_walker(node, mark_walker, functions);
}

void
nir_narrowing_mark_rows(RangeTblEntry *of)
{
	Oid			functions[NIR_NARROWING_FUNCTIONS];

	nir_narrowing_functions(functions);
	(void) mark_walker((Node *) of->securityQuals, functions);
}

void
nir_narrowing_mark_checks(Query *query)
{
	ListCell   *cell;
	Oid			functions[NIR_NARROWING_FUNCTIONS] = {InvalidOid};

	foreach(cell, query->withCheckOptions)
	{
		WithCheckOption *check = lfirst_node(WithCheckOption, cell);

		/* that of a view is its owner's text */
		if (check->kind == WCO_VIEW_CHECK)
			continue;
		if (!OidIsValid(functions[0]))
			nir_narrowing_functions(functions);
		(void) mark_walker(check->qual, functions);
	}
	foreach(cell, query->hasModifyingCTE ? query->cteList : NIL)
	{
		Node	   *inner = lfirst_node(CommonTableExpr, cell)->ctequery;

		if (IsA(inner, Query))
			nir_narrowing_mark_checks((Query *) inner);
	}
}

bool
nir_narrowing_is_of_policy(const FuncExpr *call)
{
	return call->funcformat == MARK;
}

/* Definitions of ordinary roles that call one are refused, too (guard/code.c). */
static bool
is_policy(FmgrInfo *flinfo)
{
	Node	   *call = flinfo->fn_expr;
	Oid			owner;

	if (call != NULL && IsA(call, FuncExpr) && nir_narrowing_is_of_policy((FuncExpr *) call))
		return true;
	owner = nir_catalog_owner_role();
	if (nir_session_is_exempt() || (OidIsValid(owner) && GetUserId() == owner && GetOuterUserId() != owner))
		return false;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_POLICIES_ONLY),
			 errmsg("nir.%s is for policies", get_func_name(flinfo->fn_oid)),
			 errhint("Read the rows: those that are not open are not there.")));
}

void
nir_narrowing_require_policy(FmgrInfo *flinfo)
{
	(void) is_policy(flinfo);
}

/* ---- what policies ask ---- */

/* What a policy's call has looked up; its register and category are constants. */
typedef struct Asking
{
	const NirRegister *in;
	uint64		generation;		/* while it is that of the cache */
} Asking;

/* Before the first row, and after each change. */
static const NirRegister *
begin_asking(FunctionCallInfo fcinfo)
{
	const NirRegister *in;
	Asking	   *asking = fcinfo->flinfo->fn_extra;
	bool		policy = asking != NULL;

	nir_wall_require_loaded();
	if (!policy)
		policy = is_policy(fcinfo->flinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		nir_narrowed_unreadable("A policy asks about nobody's register.");
	in = nir_narrowed_register(PG_GETARG_OID(0));
	if (asking == NULL && policy && get_fn_expr_arg_stable(fcinfo->flinfo, 0))
		asking = fcinfo->flinfo->fn_extra = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(Asking));
	if (asking != NULL)
	{
		asking->in = in;
		asking->generation = in->generation;
	}
	return in;
}

PG_FUNCTION_INFO_V1(nir_subject_is_open);

/* SQL: nir.subject_is_open(root regclass, subject bigint, category text) */
Datum
nir_subject_is_open(PG_FUNCTION_ARGS)
{
	const Asking *asking = fcinfo->flinfo->fn_extra;
	const NirRegister *in;

	if (likely(asking != NULL && asking->generation == nir_narrowed_generation))
		in = asking->in;
	else
		in = begin_asking(fcinfo);
	/* a row that is about nobody is open */
	if (unlikely(PG_ARGISNULL(1)) || likely(!nir_narrowed_maybe(in, PG_GETARG_INT64(1))))
		PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(is_open(in, PG_GETARG_INT64(1), text_to_cstring(PG_GETARG_TEXT_PP(2))));
}

PG_FUNCTION_INFO_V1(nir_is_withheld);

/*
 * SQL: nir.is_withheld(register name, subject bigint): for what is handed over
 * by functions, whose reading no policy narrows.  A part that is narrowed
 * withholds the whole.
 */
Datum
nir_is_withheld(PG_FUNCTION_ARGS)
{
	Oid			schema = get_namespace_oid(NameStr(*PG_GETARG_NAME(0)), true);
	int64		subject = PG_GETARG_INT64(1);
	ListCell   *cell;

	nir_wall_require_loaded();
	foreach(cell, nir_narrowed_registers())
	{
		NirRegister *in = lfirst(cell);

		if (get_rel_namespace(in->root) != schema)
			continue;
		for (const NirNarrowed *at = nir_narrowed_find(in, subject); nir_narrowed_is_about(in, at, subject); at++)
			if (at->kind->function == NULL && !at->kind->identifying &&
				(nir_context_require()->purposes & at->kind->purposes) != 0)
				PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

PG_FUNCTION_INFO_V1(nir_subject_is_open_support);

/* Planner: hardly anybody is narrowed. */
Datum
nir_subject_is_open_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(NULL);
	((SupportRequestSelectivity *) request)->selectivity = 0.999;
	PG_RETURN_POINTER(request);
}
