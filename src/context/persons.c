/*
 * src/context/persons.c
 *
 * The persons whom one of the acting body's units was ever connected with, for
 * lists: computed once for a statement, they say where to look, in an index or
 * by a binary search.  They are read as the statement's snapshot has them and
 * past row-level security, so they are no answer: a policy asks the connection
 * itself afterwards, and nobody else gets to ask here.  As far as that goes any
 * answer that leaves nobody out will do: the first rows of a statement are let
 * pass, for whose sake alone no city's connections are read.
 *
 * Of a table whose rows their maker sees at once (column fresh), so are the
 * persons of rows that the transaction itself has made.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_am.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "compat.h"
#include "context/catalog.h"
#include "context/narrowing.h"
#include "context/reach.h"
#include "types/wall.h"

/* What part of a table the planner is told that a body may see. */
#define SHARE	0.02

/* So many rows are let pass before all connections are read for the sake of the next. */
#define FEW_ROWS	256

/* Above this part of all connections reading the table costs less than looking so many persons up. */
#define LARGE_SHARE	0.05

typedef struct Gathering
{
	const NirUnit *units;		/* sorted */
	int			nunits;
	int			count;
	int			room;
	int64	   *persons;
} Gathering;

/* ---- reading connections ---- */

static void
add(Gathering *to, TupleTableSlot *slot, AttrNumber column)
{
	bool		isnull;
	Datum		person = slot_getattr(slot, column, &isnull);

	CHECK_FOR_INTERRUPTS();
	if (isnull)
		return;
	if (to->count == to->room)
	{
		to->room *= 2;
		to->persons = repalloc_huge(to->persons, sizeof(int64) * to->room);
	}
	to->persons[to->count++] = DatumGetInt64(person);
}

/* False if row versions that an older snapshot sees may be missing, as for the planner. */
static bool
has_all(Relation index)
{
	return index->rd_index->indisvalid &&
		(!index->rd_index->indcheckxmin ||
		 TransactionIdPrecedes(HeapTupleHeaderGetXmin(index->rd_indextuple->t_data), TransactionXmin));
}

/* An index that begins with the unit, or NULL. */
static Relation
open_index(Relation table, AttrNumber unit)
{
	ListCell   *cell;

	foreach(cell, RelationGetIndexList(table))
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);
		Form_pg_index form = index->rd_index;

		if (has_all(index) && form->indkey.values[0] == unit &&
			index->rd_rel->relam == BTREE_AM_OID && RelationGetIndexPredicate(index) == NIL &&
			index->rd_opcintype[0] == nir_catalog_unit_type())
			return index;
		index_close(index, AccessShareLock);
	}
	return NULL;
}

static void
read_index(Gathering *to, Relation table, Relation index, AttrNumber person, TupleTableSlot *slot)
{
	Oid			unit = nir_catalog_unit_type();
	IndexScanDesc scan = nir_index_beginscan(table, index, GetActiveSnapshot(), 1);

	for (int i = 0; i < to->nunits; i++)
	{
		ScanKeyData key;

		ScanKeyInit(&key, 1, BTEqualStrategyNumber,
					get_opcode(get_opfamily_member(index->rd_opfamily[0], unit, unit, BTEqualStrategyNumber)),
					Int32GetDatum(to->units[i]));
		index_rescan(scan, &key, 1, NULL, 0);
		while (index_getnext_slot(scan, ForwardScanDirection, slot))
			add(to, slot, person);
	}
	index_endscan(scan);
}

static bool
is_among(NirUnit unit, const NirUnit *units, int count)
{
	for (int i = 0; i < count; i++)
		if (units[i] == unit)
			return true;
	return false;
}

static void
read_table(Gathering *to, Relation table, AttrNumber unit, AttrNumber person, TupleTableSlot *slot)
{
	TableScanDesc scan = table_beginscan(table, GetActiveSnapshot(), 0, NULL);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		bool		isnull;
		Datum		of = slot_getattr(slot, unit, &isnull);

		if (!isnull && is_among(DatumGetInt32(of), to->units, to->nunits))
			add(to, slot, person);
	}
	table_endscan(scan);
}

static AttrNumber
column_of(Relation table, const char *name, Oid type)
{
	AttrNumber	number = get_attnum(RelationGetRelid(table), name);

	if (number == InvalidAttrNumber || TupleDescAttr(RelationGetDescr(table), number - 1)->atttypid != type)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("\"%s\" has no column \"%s\" of type %s",
						RelationGetRelationName(table), name, format_type_be(type)),
				 errhint("Connections of persons are as in the register: see nir.create_register.")));
	return number;
}

static void
read_connections(Gathering *to, Oid relid)
{
	Relation	table = table_open(relid, AccessShareLock);
	AttrNumber	unit = column_of(table, "unit", nir_catalog_unit_type());
	AttrNumber	person = column_of(table, "person_id", INT8OID);

	if (RELATION_IS_OTHER_TEMP(table))
		;						/* a child of another session, whose rows nobody else reads */
	else if (RELKIND_HAS_TABLE_AM(table->rd_rel->relkind))
	{
		TupleTableSlot *slot = table_slot_create(table, NULL);
		Relation	index = open_index(table, unit);

		if (index != NULL)
			read_index(to, table, index, person, slot);
		else
			read_table(to, table, unit, person, slot);
		if (index != NULL)
			index_close(index, AccessShareLock);
		ExecDropSingleTupleTableSlot(slot);
	}
	else if (table->rd_rel->relkind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("connections of persons cannot be read from \"%s\"", RelationGetRelationName(table)),
				 errhint("They are kept in ordinary tables.")));
	table_close(table, AccessShareLock);
}

/* The persons in rows that this transaction has made or changed. */
static void
read_own_rows(Gathering *to, Oid relid, const char *subject)
{
	Relation	table = table_open(relid, AccessShareLock);
	AttrNumber	person = column_of(table, subject, INT8OID);

	if (RELKIND_HAS_TABLE_AM(table->rd_rel->relkind) && !RELATION_IS_OTHER_TEMP(table))
	{
		TupleTableSlot *slot = table_slot_create(table, NULL);
		TableScanDesc scan = table_beginscan(table, GetActiveSnapshot(), 0, NULL);

		while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
		{
			bool		isnull;
			Datum		xmin = slot_getsysattr(slot, MinTransactionIdAttributeNumber, &isnull);

			if (isnull || TransactionIdIsCurrentTransactionId(DatumGetTransactionId(xmin)))
				add(to, slot, person);
		}
		table_endscan(scan);
		ExecDropSingleTupleTableSlot(slot);
	}
	table_close(table, AccessShareLock);
}

static int
compare_persons(const void *a, const void *b)
{
	int64		left = *(const int64 *) a;
	int64		right = *(const int64 *) b;

	return left < right ? -1 : left > right;
}

/* Sorted, each once, in the memory given. */
static ArrayType *
gather(Oid connections, text *kind, Oid made, const char *subject, MemoryContext memory)
{
	Gathering	found = {.room = 1024};
	ArrayType  *array;
	int			count = 0;
	Size		size;
	ListCell   *cell;

	found.nunits = nir_reach_units(kind, &found.units);
	found.persons = palloc(sizeof(int64) * found.room);
	if (found.nunits > 0)
		foreach(cell, find_all_inheritors(connections, AccessShareLock, NULL))
			read_connections(&found, lfirst_oid(cell));
	/* who has written nothing has made no row */
	if (OidIsValid(made) && TransactionIdIsValid(GetTopTransactionIdIfAny()))
		foreach(cell, find_all_inheritors(made, AccessShareLock, NULL))
			read_own_rows(&found, lfirst_oid(cell), subject);
	qsort(found.persons, found.count, sizeof(int64), compare_persons);
	for (int i = 0; i < found.count; i++)
		if (i == 0 || found.persons[i] != found.persons[i - 1])
			found.persons[count++] = found.persons[i];
	size = ARR_OVERHEAD_NONULLS(1) + sizeof(int64) * count;
	array = MemoryContextAllocZero(memory, size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = INT8OID;
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	memcpy(ARR_DATA_PTR(array), found.persons, sizeof(int64) * count);
	pfree(found.persons);
	return array;
}

/* ---- what policies ask ---- */

/* For one execution of a statement, whose snapshot, units and context do not change. */
typedef struct Site
{
	bool		stable;			/* all but the person are constants */
	int			rows;			/* that were asked about */
	ArrayType  *array;			/* NULL: not read yet */
} Site;

static Site *
open_site(FunctionCallInfo fcinfo, int first)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	Site	   *site = flinfo->fn_extra;

	if (likely(site != NULL))
		return site;
	nir_wall_require_loaded();
	nir_narrowing_require_policy(flinfo);
	site = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(Site));
	site->stable = true;
	for (int i = first; i < PG_NARGS(); i++)
		site->stable = site->stable && get_fn_expr_arg_stable(flinfo, i);
	flinfo->fn_extra = site;
	return site;
}

static ArrayType *
persons_at(Site *site, FunctionCallInfo fcinfo, int first)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	bool		made = PG_NARGS() == first + 4;
	ArrayType  *array;

	if (likely(site->array != NULL))
		return site->array;
	array = gather(PG_GETARG_OID(first), PG_GETARG_TEXT_PP(first + 1),
				   made ? PG_GETARG_OID(first + 2) : InvalidOid,
				   made ? NameStr(*PG_GETARG_NAME(first + 3)) : NULL, flinfo->fn_mcxt);
	if (site->stable)
		site->array = array;
	return array;
}

PG_FUNCTION_INFO_V1(nir_persons_in_reach);

/* SQL: nir.persons_in_reach(connections regclass, kind text [, made regclass, subject name]) */
Datum
nir_persons_in_reach(PG_FUNCTION_ARGS)
{
	if (unlikely(nir_reach_is_estimating()))
		PG_RETURN_ARRAYTYPE_P(construct_empty_array(INT8OID));
	PG_RETURN_ARRAYTYPE_P(persons_at(open_site(fcinfo, 0), fcinfo, 0));
}

PG_FUNCTION_INFO_V1(nir_may_reach);

/* SQL: nir.may_reach(person bigint, connections regclass, kind text [, made regclass, subject name]) */
Datum
nir_may_reach(PG_FUNCTION_ARGS)
{
	int64		person = PG_GETARG_INT64(0);
	Site	   *site = open_site(fcinfo, 1);
	ArrayType  *array;

	/* a policy asks the connection of those itself */
	if (site->rows < FEW_ROWS)
	{
		site->rows++;
		PG_RETURN_BOOL(true);
	}
	array = persons_at(site, fcinfo, 1);
	PG_RETURN_BOOL(bsearch(&person, ARR_DATA_PTR(array), ARR_DIMS(array)[0], sizeof(int64), compare_persons) != NULL);
}

/* ---- for the planner ---- */

/* True if the column is compared with something else as well. */
static bool
is_compared(RelOptInfo *relation, Node *column)
{
	ListCell   *cell;

	foreach(cell, relation->baserestrictinfo)
	{
		Node	   *clause = (Node *) lfirst_node(RestrictInfo, cell)->clause;
		List	   *args = IsA(clause, OpExpr) ? ((OpExpr *) clause)->args
			: IsA(clause, ScalarArrayOpExpr) ? ((ScalarArrayOpExpr *) clause)->args : NIL;

		if (list_member(args, column))
			return true;
	}
	return false;
}

/*
 * True if statistics say that many connections are with the units of the
 * context in force.  A plan that serves another context later is as right.
 */
static bool
reaches_many(Oid connections, text *kind)
{
	const NirUnit *units;
	int			count;
	AttrNumber	column = get_attnum(connections, "unit");
	HeapTuple	statistics;
	AttStatsSlot slot;
	double		share = 0;

	if (column == InvalidAttrNumber || nir_context_peek() == NULL)
		return false;
	count = nir_reach_units(kind, &units);
	statistics = SearchSysCache3(STATRELATTINH, ObjectIdGetDatum(connections),
								 Int16GetDatum(column), BoolGetDatum(false));
	if (!HeapTupleIsValid(statistics))
		return false;
	if (get_attstatsslot(&slot, statistics, STATISTIC_KIND_MCV, InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		for (int i = 0; i < slot.nvalues && slot.valuetype == nir_catalog_unit_type(); i++)
			if (is_among(DatumGetInt32(slot.values[i]), units, count))
				share += slot.numbers[i];
		free_attstatsslot(&slot);
	}
	ReleaseSysCache(statistics);
	return share > LARGE_SHARE;
}

/*
 * person = ANY (nir.persons_in_reach(connections, kind)), exactly.  An index
 * sorts the persons anew for each rescan, so it is no condition for what is
 * joined; and two of them would be asked each with each.
 */
static List *
index_condition(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	RelOptInfo *relation = request->index->rel;
	Oid			operator = get_opfamily_member(request->opfamily, INT8OID, INT8OID, BTEqualStrategyNumber);
	Oid			persons;
	ScalarArrayOpExpr *condition;
	FuncExpr   *array;

	if (!IsA(call, FuncExpr) || list_length(call->args) < 3 || request->indexarg != 0 ||
		request->indexcol != 0 || request->index->relam != BTREE_AM_OID || !OidIsValid(operator) ||
		!IsA(lsecond(call->args), Const) || !IsA(lthird(call->args), Const) ||
		relation->has_eclass_joins || relation->joininfo != NIL || is_compared(relation, linitial(call->args)))
		return NIL;
	if (reaches_many(DatumGetObjectId(((Const *) lsecond(call->args))->constvalue),
					 DatumGetTextPP(((Const *) lthird(call->args))->constvalue)))
		return NIL;
	persons = nir_catalog_function(list_length(call->args) == 3 ? NIR_PERSONS_IN_REACH : NIR_PERSONS_IN_REACH_OR_MADE);
	if (!OidIsValid(persons))
		return NIL;
	array = makeFuncExpr(persons, INT8ARRAYOID, list_copy_tail(call->args, 1), InvalidOid,
						 call->inputcollid, COERCE_EXPLICIT_CALL);
	/* as far as the call is a policy's, so is this */
	array->funcformat = call->funcformat;
	condition = makeNode(ScalarArrayOpExpr);
	condition->opno = operator;
	condition->opfuncid = get_opcode(operator);
	condition->useOr = true;
	condition->args = list_make2(linitial(call->args), array);
	condition->location = -1;
	request->lossy = false;
	return list_make1(condition);
}

PG_FUNCTION_INFO_V1(nir_may_reach_support);

Datum
nir_may_reach_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSelectivity))
	{
		((SupportRequestSelectivity *) request)->selectivity = SHARE;
		PG_RETURN_POINTER(request);
	}
	PG_RETURN_POINTER(NULL);
}
