/*
 * src/context/look_up.c
 *
 * For the planner: nir.is_looked_up(column, ...) is true in a statement that
 * compares one of the columns with one value, and of rows that are inserted,
 * false in any other.  Policies
 * ask it where a row has two conditions of the same meaning, one that is
 * computed once for a list and one that is asked of a row; so what it answers
 * changes how long a statement takes, and never its rows.
 */
#include "postgres.h"

#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

static Var *
as_column(Node *node)
{
	while (node != NULL && IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	return node != NULL && IsA(node, Var) && ((Var *) node)->varlevelsup == 0 ? (Var *) node : NULL;
}

static bool
is_one_of(Node *node, const List *columns)
{
	const Var  *column = as_column(node);
	ListCell   *cell;

	if (column == NULL)
		return false;
	foreach(cell, columns)
	{
		const Var  *one = as_column(lfirst(cell));

		if (one != NULL && one->varno == column->varno && one->varattno == column->varattno)
			return true;
	}
	return false;
}

/* True for column = value, where the value is none of another row. */
static bool
looks_up(Node *condition, const List *columns)
{
	OpExpr	   *comparison = (OpExpr *) condition;
	Node	   *left;
	Node	   *right;

	if (!IsA(comparison, OpExpr) || list_length(comparison->args) != 2 ||
		get_oprrest(comparison->opno) != F_EQSEL)
		return false;
	left = linitial(comparison->args);
	right = lsecond(comparison->args);
	return (is_one_of(left, columns) && !contain_vars_of_level(right, 0)) ||
		(is_one_of(right, columns) && !contain_vars_of_level(left, 0));
}

static bool looks_up_in(Node *node, const List *columns);

static bool
looks_up_in_any(const List *nodes, const List *columns)
{
	ListCell   *cell;

	foreach(cell, nodes)
		if (looks_up_in(lfirst(cell), columns))
			return true;
	return false;
}

/* In what every row of the result fulfils: conditions and inner joins. */
static bool
looks_up_in(Node *node, const List *columns)
{
	if (node == NULL)
		return false;
	switch (nodeTag(node))
	{
		case T_List:
			return looks_up_in_any((List *) node, columns);
		case T_BoolExpr:
			return is_andclause(node) && looks_up_in_any(((BoolExpr *) node)->args, columns);
		case T_FromExpr:
			return looks_up_in(((FromExpr *) node)->quals, columns) ||
				looks_up_in_any(((FromExpr *) node)->fromlist, columns);
		case T_JoinExpr:
			return ((JoinExpr *) node)->jointype == JOIN_INNER &&
				(looks_up_in(((JoinExpr *) node)->quals, columns) ||
				 looks_up_in(((JoinExpr *) node)->larg, columns) ||
				 looks_up_in(((JoinExpr *) node)->rarg, columns));
		default:
			return looks_up(node, columns);
	}
}

/* The checks of who inserts and has the row returned: of few rows, mostly. */
static bool
is_inserted(const Query *query, const List *columns)
{
	const Var  *column = as_column(linitial(columns));

	return query->commandType == CMD_INSERT && column != NULL && column->varno == query->resultRelation;
}

PG_FUNCTION_INFO_V1(nir_is_looked_up_support);

Datum
nir_is_looked_up_support(PG_FUNCTION_ARGS)
{
	SupportRequestSimplify *request = (SupportRequestSimplify *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSimplify) || request->root == NULL)
		PG_RETURN_POINTER(NULL);
	PG_RETURN_POINTER(makeBoolConst(is_inserted(request->root->parse, request->fcall->args) ||
									looks_up_in((Node *) request->root->parse->jointree,
												request->fcall->args), false));
}

PG_FUNCTION_INFO_V1(nir_is_looked_up);

/* SQL: nir.is_looked_up(VARIADIC "any"); where the planner was not asked, as in a list */
Datum
nir_is_looked_up(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(false);
}
