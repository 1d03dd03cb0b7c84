/*
 * src/context/reach_plan.c
 *
 * For the planner: nir.in_unit_scope(unit, kind) is, to an index that begins
 * with the unit, unit = ANY (nir.unit_scope(kind)), exactly.  A list looks
 * each number up; what is read in another way is asked row by row, which a
 * sorted set answers sooner than a comparison with each of its numbers.
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/reach.h"

/* unit = ANY (nir.unit_scope(kind)) for a call of nir.in_unit_scope, NULL if that cannot be said. */
static Node *
as_array_condition(FuncExpr *call, Oid opfamily)
{
	Oid			unit = nir_catalog_unit_type();
	Oid			operator = get_opfamily_member(opfamily, unit, unit, BTEqualStrategyNumber);
	Oid			scope = nir_catalog_function(NIR_UNIT_SCOPE);
	ScalarArrayOpExpr *condition;

	if (!OidIsValid(operator) || !OidIsValid(scope))
		return NULL;
	condition = makeNode(ScalarArrayOpExpr);
	condition->opno = operator;
	condition->opfuncid = get_opcode(operator);
	condition->useOr = true;
	condition->args = list_make2(linitial(call->args),
								 makeFuncExpr(scope, nir_catalog_unit_array_type(),
											  list_make1(lsecond(call->args)), InvalidOid,
											  call->inputcollid, COERCE_EXPLICIT_CALL));
	condition->location = -1;
	return (Node *) condition;
}

/*
 * Of an index that begins with something else the numbers would break the
 * order, which the planner does not see in a condition that comes from here.
 */
static List *
index_condition(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	Node	   *condition;

	if (!IsA(call, FuncExpr) || list_length(call->args) != 2 ||
		!IsA(lsecond(call->args), Const) || request->indexarg != 0 ||
		request->indexcol != 0 || request->index->relam != BTREE_AM_OID)
		return NIL;
	condition = as_array_condition(call, request->opfamily);
	if (condition == NULL)
		return NIL;
	request->lossy = false;
	return list_make1(condition);
}

/* As many rows as so many numbers have, whichever they are. */
static Node *
selectivity(SupportRequestSelectivity *request)
{
	Oid			unit = nir_catalog_unit_type();
	CaseTestExpr *number;

	if (list_length(request->args) != 2 || !IsA(lsecond(request->args), Const) ||
		((Const *) lsecond(request->args))->constisnull)
		return NULL;
	number = makeNode(CaseTestExpr);
	number->typeId = unit;
	number->typeMod = -1;
	request->selectivity = nir_reach_estimate(DatumGetTextPP(((Const *) lsecond(request->args))->constvalue)) *
		restriction_selectivity(request->root, lookup_type_cache(unit, TYPECACHE_EQ_OPR)->eq_opr,
								list_make2(linitial(request->args), number),
								request->inputcollid, request->varRelid);
	CLAMP_PROBABILITY(request->selectivity);
	return (Node *) request;
}

void
nir_reach_drop_repeated(Query *query, int of, const List *policies)
{
	FromExpr   *from = query->jointree;
	List	   *conditions = (List *) from->quals;
	bool		joined = true;
	ListCell   *cell;
	ListCell   *inner;

	/* below an outer join a condition of the whole says more */
	foreach(cell, from->fromlist)
		if (IsA(lfirst(cell), RangeTblRef) && ((RangeTblRef *) lfirst(cell))->rtindex == of)
			joined = false;
	if (joined || conditions == NIL || !IsA(conditions, List))
		return;
	foreach(cell, conditions)
	{
		bool		repeated = false;

		if (!IsA(lfirst(cell), FuncExpr) || contain_volatile_functions(lfirst(cell)))
			continue;
		foreach(inner, policies)
			repeated = repeated || (lfirst(inner) != NULL && IsA(lfirst(inner), List) &&
									list_member(lfirst(inner), lfirst(cell)));
		if (repeated)
			conditions = foreach_delete_current(conditions, cell);
	}
	from->quals = (Node *) conditions;
}

PG_FUNCTION_INFO_V1(nir_in_unit_scope_support);

Datum
nir_in_unit_scope_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(selectivity((SupportRequestSelectivity *) request));
	PG_RETURN_POINTER(NULL);
}
