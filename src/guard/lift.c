/*
 * src/guard/lift.c
 *
 * Three things are not asked of each row of a long query: who is narrowed,
 * while nobody is whom it would hide; what the context alone answers, which a
 * policy asks in a sub-select that is computed once; and what the index that
 * found the row has answered.
 *
 * The plan, which may be kept, stays as it is: what changes is this one
 * execution of it.  The scan's condition as planned is kept beside the lifted
 * one, and put back before the next run (a fetch) after any change of who is
 * narrowed.  So a restriction is in force from the next statement or fetch on.
 * The context cannot have changed, and that its binding stands is asked again
 * before the next run: see stamp.c.
 */
#include "postgres.h"

#include "executor/executor.h"
#include "executor/nodeSubplan.h"
#include "lib/ilist.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/narrowed.h"
#include "context/narrowing.h"
#include "guard/lift.h"

/* Below this the planner's estimate is of a few rows, and asking costs less than this does. */
#define LONG_QUERY_COST	50.0

/* A scan and its condition as planned. */
typedef struct LiftedScan
{
	PlanState  *state;
	ExprState  *planned;
} LiftedScan;

typedef struct Lift
{
	dlist_node	node;
	QueryDesc  *query;
	bool		narrows;		/* who is narrowed was asked */
	uint64		generation;		/* ... and this is what was known; 0: several things */
	Oid			function;
	Bitmapset  *granted;		/* sub-selects that the context has answered with true */
	List	   *scans;			/* NIL: put back */
	MemoryContextCallback on_reset;
} Lift;

bool		nir_lift_is_any = false;

static dlist_head lifts = DLIST_STATIC_INIT(lifts);

/* True for nir.subject_is_open(register, person, category) where it is true of everybody now. */
static bool
is_idle(FuncExpr *call, Lift *lift)
{
	Const	   *root;
	Const	   *category;
	uint64		generation;
	bool		idle;

	/* whoever calls it in a query of one's own is refused, also while nobody is narrowed */
	if (call->funcid != lift->function || !nir_narrowing_is_of_policy(call))
		return false;
	root = linitial(call->args);
	category = lthird(call->args);
	if (!IsA(root, Const) || root->constisnull || !IsA(category, Const) || category->constisnull)
		return false;
	idle = !nir_narrowing_hides_any(DatumGetObjectId(root->constvalue),
									TextDatumGetCString(category->constvalue), &generation);
	/* read anew between two scans: what was found first does not count */
	lift->generation = !lift->narrows || lift->generation == generation ? generation : 0;
	lift->narrows = true;
	return idle;
}

/* nir.acts_as or nir.purpose_in of a constant: the context answers, which does not change in a query. */
static bool
asks_context(PlanState *select)
{
	Plan	   *plan = select->plan;
	FuncExpr   *call;

	if (!IsA(plan, Result) || plan->lefttree != NULL || plan->qual != NIL ||
		((Result *) plan)->resconstantqual != NULL || list_length(plan->targetlist) != 1)
		return false;
	call = (FuncExpr *) linitial_node(TargetEntry, plan->targetlist)->expr;
	return IsA(call, FuncExpr) && list_length(call->args) == 1 && IsA(linitial(call->args), Const) &&
		(call->funcid == nir_catalog_function(NIR_ACTS_AS) ||
		 call->funcid == nir_catalog_function(NIR_PURPOSE_IN));
}

/* True for such a sub-select that answers true; it is computed here, and not again. */
static bool
is_granted(PlanState *state, Param *param, Lift *lift)
{
	ParamExecData *result;
	SubPlanState *select;

	if (param->paramkind != PARAM_EXEC)
		return false;
	result = &state->state->es_param_exec_vals[param->paramid];
	select = result->execPlan;
	if (select != NULL && asks_context(select->planstate))
	{
		ExecSetParamPlan(select, state->ps_ExprContext);
		if (!result->isnull && DatumGetBool(result->value))
			lift->granted = bms_add_member(lift->granted, param->paramid);
	}
	return bms_is_member(param->paramid, lift->granted);
}

/* True if the index was asked for unit = ANY (nir.unit_scope(kind)) of this call's unit and kind. */
static bool
asks_units(Plan *bitmap, FuncExpr *call)
{
	ListCell   *cell;

	foreach(cell, IsA(bitmap, BitmapIndexScan) ? ((BitmapIndexScan *) bitmap)->indexqualorig : NIL)
	{
		ScalarArrayOpExpr *asked = lfirst(cell);
		FuncExpr   *array;

		if (!IsA(asked, ScalarArrayOpExpr) || !asked->useOr ||
			asked->opno != lookup_type_cache(nir_catalog_unit_type(), TYPECACHE_EQ_OPR)->eq_opr ||
			!equal(linitial(asked->args), linitial(call->args)))
			continue;
		array = lsecond(asked->args);
		if (IsA(array, FuncExpr) && list_length(array->args) == 1 &&
			array->funcid == nir_catalog_function(NIR_UNIT_SCOPE) &&
			equal(linitial(array->args), lsecond(call->args)))
			return true;
	}
	return false;
}

/*
 * nir.in_unit_scope(unit, kind) of rows that a bitmap has found by it.  The
 * server does not see that they were; where the bitmap forgot which rows of a
 * page those are, it is asked as before.
 */
static bool
is_found_by(PlanState *state, FuncExpr *call)
{
	BitmapHeapScan *plan = (BitmapHeapScan *) state->plan;

	return IsA(plan, BitmapHeapScan) && IsA(call, FuncExpr) && list_length(call->args) == 2 &&
		call->funcid == nir_catalog_function(NIR_IN_UNIT_SCOPE) &&
		asks_units(outerPlan(plan), call);
}

/* True if the condition is true of every row now. */
static bool
is_true(PlanState *state, Node *condition, Lift *lift)
{
	bool		conjunction;
	ListCell   *cell;

	if (IsA(condition, FuncExpr))
		return is_idle((FuncExpr *) condition, lift);
	if (IsA(condition, Param))
		return is_granted(state, (Param *) condition, lift);
	if (!is_andclause(condition) && !is_orclause(condition))
		return false;
	conjunction = is_andclause(condition);
	foreach(cell, ((BoolExpr *) condition)->args)
		if (is_true(state, lfirst(cell), lift) != conjunction)
			return !conjunction;
	return conjunction;
}

/* A sub-select has a state for each condition that holds it, the lifted one too, and its scans have one. */
static bool
is_lifted(const PlanState *state, const Lift *lift)
{
	ListCell   *cell;

	foreach(cell, lift->scans)
		if (((LiftedScan *) lfirst(cell))->state == state)
			return true;
	return false;
}

static void
lift_scan(PlanState *state, Lift *lift)
{
	List	   *kept = NIL;
	List	   *found = NIL;
	ListCell   *cell;
	LiftedScan *scan;

	if (is_lifted(state, lift))
		return;
	foreach(cell, state->plan->qual)
	{
		if (is_found_by(state, lfirst(cell)))
			found = lappend(found, lfirst(cell));
		else if (!is_true(state, lfirst(cell), lift))
			kept = lappend(kept, lfirst(cell));
	}
	if (found != NIL)
		((BitmapHeapScanState *) state)->bitmapqualorig =
			ExecInitQual(list_concat_copy(((BitmapHeapScan *) state->plan)->bitmapqualorig, found), state);
	if (list_length(kept) == list_length(state->plan->qual))
		return;
	scan = palloc(sizeof(LiftedScan));
	scan->state = state;
	scan->planned = state->qual;
	state->qual = ExecInitQual(kept, state);
	lift->scans = lappend(lift->scans, scan);
}

static bool
visit(PlanState *state, void *arg)
{
	switch (nodeTag(state))
	{
		case T_SeqScanState:
		case T_IndexScanState:
		case T_IndexOnlyScanState:
		case T_BitmapHeapScanState:
			if (state->plan->qual != NIL)
				lift_scan(state, arg);
			break;
		default:
			break;
	}
	return planstate_tree_walker(state, visit, arg);
}

static void
take_off(void *arg)
{
	dlist_delete(&((Lift *) arg)->node);
	nir_lift_is_any = !dlist_is_empty(&lifts);
}

void
nir_lift_query(QueryDesc *query)
{
	MemoryContext caller;
	Lift	   *lift;

	if (query->plannedstmt->planTree->total_cost < LONG_QUERY_COST ||
		(query->estate->es_top_eflags & EXEC_FLAG_EXPLAIN_ONLY) != 0)
		return;
	caller = MemoryContextSwitchTo(query->estate->es_query_cxt);
	lift = palloc0(sizeof(Lift));
	lift->query = query;
	lift->function = nir_catalog_function(NIR_SUBJECT_IS_OPEN);
	visit(query->planstate, lift);
	MemoryContextSwitchTo(caller);
	if (lift->scans == NIL)
		return;
	lift->on_reset.func = take_off;
	lift->on_reset.arg = lift;
	dlist_push_head(&lifts, &lift->node);
	nir_lift_is_any = true;
	MemoryContextRegisterResetCallback(query->estate->es_query_cxt, &lift->on_reset);
}

void
nir_lift_check(QueryDesc *query)
{
	dlist_iter	iter;
	ListCell   *cell;

	dlist_foreach(iter, &lifts)
	{
		Lift	   *lift = dlist_container(Lift, node, iter.cur);

		if (lift->query != query || !lift->narrows || lift->generation == nir_narrowed_generation)
			continue;
		foreach(cell, lift->scans)
		{
			LiftedScan *scan = lfirst(cell);

			scan->state->qual = scan->planned;
		}
		lift->scans = NIL;
	}
}
