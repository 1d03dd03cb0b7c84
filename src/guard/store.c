/*
 * src/guard/store.c
 *
 * Statements get a WITH CHECK OPTION, as row-level security gives them: the
 * executor evaluates it on the row as it will be stored, for each partition,
 * for upsert and MERGE too.  Its condition calls nir.conforms on each tagged
 * column.  nir.conforms raises by itself and never returns false.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "parser/parsetree.h"
#include "utils/array.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/exempt.h"
#include "errors.h"
#include "guard/relation.h"
#include "guard/store.h"
#include "seal/sealed.h"
#include "types/scalar.h"
#include "types/tagged_varlena.h"
#include "types/typmod.h"
#include "types/wall.h"

/* ---- one value ---- */

static NirPurposes
tag_of(Datum value, int16 typlen)
{
	NirTaggedVarlena open;
	NirPurposes tag;

	if (typlen > 0)
		return nir_scalar_tag(value);
	nir_tagged_open(value, &open);
	tag = open.tag;
	nir_tagged_close(&open);
	return tag;
}

static void check_value(Datum value, Oid type, int32 typmod);

static void
check_array(Datum value, Oid element, int32 typmod)
{
	ArrayType  *array = DatumGetArrayTypeP(value);
	int16		typlen;
	bool		typbyval;
	char		typalign;
	Datum	   *values;
	bool	   *nulls;
	int			count;

	get_typlenbyvalalign(element, &typlen, &typbyval, &typalign);
	deconstruct_array(array, element, typlen, typbyval, typalign, &values, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			check_value(values[i], element, typmod);
}

/* A composite value has its own row type, and that the modifiers. */
static void
check_composite(Datum value)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(value);
	TupleDesc	desc = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
											  HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);
		bool		isnull;
		Datum		field;

		if (attribute->attisdropped || attribute->atttypid < FirstNormalObjectId)
			continue;
		field = heap_getattr(&tuple, i + 1, desc, &isnull);
		if (!isnull)
			check_value(field, attribute->atttypid, attribute->atttypmod);
	}
	ReleaseTupleDesc(desc);
}

/* Raise unless all that the value holds carries exactly its purposes. */
static void
check_value(Datum value, Oid type, int32 typmod)
{
	Oid			element;

	check_stack_depth();
	if (type < FirstNormalObjectId)
		return;
	if (nir_catalog_is_sealed_type(type))
	{
		nir_sealed_require_conforming(value, typmod);
		return;
	}
	if (nir_catalog_is_tagged_type(type))
	{
		nir_wall_require_bound(tag_of(value, get_typlen(type)), typmod);
		return;
	}
	switch (get_typtype(type))
	{
		case TYPTYPE_DOMAIN:
			type = getBaseTypeAndTypmod(type, &typmod);
			check_value(value, type, typmod);
			return;
		case TYPTYPE_COMPOSITE:
			check_composite(value);
			return;
		default:
			break;
	}
	element = get_element_type(type);
	if (OidIsValid(element))
		check_array(value, element, typmod);
}

/* What is remembered between the rows of one statement. */
typedef struct Conforming
{
	Oid			type;
	bool		tagged;			/* directly, not in an array or the like */
	int16		typlen;
} Conforming;

PG_FUNCTION_INFO_V1(nir_conforms);

/* SQL: nir.conforms(value "any", modifier integer) */
Datum
nir_conforms(PG_FUNCTION_ARGS)
{
	Conforming *known = fcinfo->flinfo->fn_extra;
	int32		typmod = PG_ARGISNULL(1) ? -1 : PG_GETARG_INT32(1);

	if (known == NULL)
	{
		known = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Conforming));
		known->type = get_fn_expr_argtype(fcinfo->flinfo, 0);
		known->tagged = nir_catalog_is_tagged_type(known->type) &&
			!nir_catalog_is_sealed_type(known->type);
		known->typlen = OidIsValid(known->type) ? get_typlen(known->type) : 0;
		fcinfo->flinfo->fn_extra = known;
	}
	if (PG_ARGISNULL(0) || !OidIsValid(known->type))
		PG_RETURN_BOOL(true);
	if (known->tagged)
		nir_wall_require_bound(tag_of(PG_GETARG_DATUM(0), known->typlen), typmod);
	else
		check_value(PG_GETARG_DATUM(0), known->type, typmod);
	PG_RETURN_BOOL(true);
}

/* ---- statements ---- */

static WithCheckOption *
make_check(WCOKind kind, const char *relname, Node *condition)
{
	WithCheckOption *check = makeNode(WithCheckOption);

	check->kind = kind;
	check->relname = pstrdup(relname);
	check->polname = pstrdup("nir stored purposes");
	check->qual = copyObject(condition);
	check->cascaded = false;
	return check;
}

static Node *
make_condition(Index result, Oid relid, int attno)
{
	Oid			type;
	int32		typmod;
	Oid			collation;
	List	   *arguments;

	get_atttypetypmodcoll(relid, attno, &type, &typmod, &collation);
	arguments = list_make2(makeVar(result, attno, type, typmod, collation, 0),
						   makeConst(INT4OID, -1, InvalidOid, sizeof(int32),
									 Int32GetDatum(typmod), false, true));
	return (Node *) makeFuncExpr(nir_catalog_conforms_function(), BOOLOID, arguments,
								 InvalidOid, collation, COERCE_EXPLICIT_CALL);
}

/* The number of the row's person, or null. */
static Node *
make_subject(Index result, const NirRelation *relation)
{
	Oid			type = InvalidOid;
	int32		typmod;
	Oid			collation;
	Node	   *subject = NULL;

	if (relation->subject != InvalidAttrNumber)
	{
		get_atttypetypmodcoll(relation->relid, relation->subject, &type, &typmod, &collation);
		subject = (Node *) makeVar(result, relation->subject, type, typmod, collation, 0);
	}
	switch (type)
	{
		case INT8OID:
			return subject;
		case INT4OID:
		case INT2OID:
			return (Node *) makeFuncExpr(type == INT4OID ? F_INT8_INT4 : F_INT8_INT2, INT8OID,
										 list_make1(subject), InvalidOid, InvalidOid,
										 COERCE_IMPLICIT_CAST);
		default:
			return (Node *) makeNullConst(INT8OID, -1, InvalidOid);
	}
}

/* A sealed value also belongs to the row's person, whatever trigger and CHECK there are. */
static Node *
make_sealed_condition(Index result, const NirRelation *relation, int attno)
{
	FuncExpr   *call = castNode(FuncExpr, make_condition(result, relation->relid, attno));

	call->funcid = nir_catalog_sealed_conforms_function();
	call->args = lappend(call->args, make_subject(result, relation));
	return (Node *) call;
}

/* True if the child has a tagged column that its parent has not. */
static bool
has_more_columns(const NirRelation *child, Oid parent)
{
	for (int i = 0; i < child->natts; i++)
	{
		AttrNumber	attnum;

		if (!child->column_tagged[i])
			continue;
		attnum = get_attnum(parent, get_attname(child->relid, i + 1, false));
		if (attnum == InvalidAttrNumber)
			return true;
	}
	return false;
}

/*
 * A check is written for the columns of the table that the statement names.
 * Where a child has more, and a trigger that could fill them, an UPDATE of the
 * parent would store what nothing looks at.
 */
static void
refuse_hidden_columns(Oid parent)
{
	List	   *children = find_all_inheritors(parent, AccessShareLock, NULL);
	ListCell   *cell;

	foreach(cell, children)
	{
		const NirRelation *child = nir_relation_lookup(lfirst_oid(cell));
		Relation	relation;
		bool		fills;

		if (lfirst_oid(cell) == parent || child == NULL || !child->tagged ||
			!has_more_columns(child, parent))
			continue;
		relation = table_open(lfirst_oid(cell), AccessShareLock);
		fills = relation->trigdesc != NULL && relation->trigdesc->trig_update_before_row;
		table_close(relation, AccessShareLock);
		if (fills)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_GOVERNED_DDL),
					 errmsg("\"%s\" cannot be updated through its parent \"%s\"",
							get_rel_name(lfirst_oid(cell)), get_rel_name(parent)),
					 errdetail("A BEFORE trigger could fill tagged columns that the parent does not have."),
					 errhint("Update the child itself.")));
	}
}

static void
guard_result(Query *query)
{
	RangeTblEntry *rte = rt_fetch(query->resultRelation, query->rtable);
	const NirRelation *relation;
	List	   *conditions = NIL;
	char	   *relname;
	Node	   *condition;

	if (rte->rtekind != RTE_RELATION || !nir_catalog_installed())
		return;
	if (query->commandType != CMD_INSERT && rte->inh && has_subclass(rte->relid))
		refuse_hidden_columns(rte->relid);
	relation = nir_relation_lookup(rte->relid);
	if (relation == NULL || !relation->tagged)
		return;
	for (int i = 0; i < relation->natts; i++)
		if (relation->column_tagged[i])
			conditions = lappend(conditions,
								 relation->governed && nir_catalog_is_sealed_type(get_atttype(rte->relid, i + 1))
								 ? make_sealed_condition(query->resultRelation, relation, i + 1)
								 : make_condition(query->resultRelation, rte->relid, i + 1));
	condition = (Node *) makeBoolExpr(AND_EXPR, conditions, -1);
	relname = get_rel_name(rte->relid);
	query->withCheckOptions =
		lappend(query->withCheckOptions, make_check(WCO_RLS_INSERT_CHECK, relname, condition));
	query->withCheckOptions =
		lappend(query->withCheckOptions, make_check(WCO_RLS_UPDATE_CHECK, relname, condition));
}

void
nir_store_guard_query(Query *query)
{
	ListCell   *cell;

	if (query->resultRelation > 0 &&
		(query->commandType == CMD_INSERT || query->commandType == CMD_UPDATE ||
		 query->commandType == CMD_MERGE))
		guard_result(query);
	if (!query->hasModifyingCTE)
		return;
	foreach(cell, query->cteList)
	{
		CommonTableExpr *cte = lfirst_node(CommonTableExpr, cell);

		if (IsA(cte->ctequery, Query))
			nir_store_guard_query((Query *) cte->ctequery);
	}
}

/* ---- claims ---- */

static bool
check_claims_walker(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeTblFunction))
	{
		ListCell   *cell;
		NirPurposes purposes;

		foreach(cell, ((RangeTblFunction *) node)->funccoltypes)
			if (nir_type_purposes(lfirst_oid(cell), -1, &purposes))
				ereport(ERROR,
						(errcode(NIR_ERRCODE_BAD_MODIFIER),
						 errmsg("a column definition list cannot hold tagged types"),
						 errhint("Give the base type there, and cast where the value is used.")));
	}
	if (IsA(node, RangeTblEntry))
		return ((RangeTblEntry *) node)->rtekind == RTE_FUNCTION &&
			check_claims_walker((Node *) ((RangeTblEntry *) node)->functions, context);
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, check_claims_walker, context,
								 QTW_EXAMINE_RTES_BEFORE);
	return expression_tree_walker(node, check_claims_walker, context);
}

void
nir_store_check_claims(Query *query)
{
	if (IsTransactionState() && nir_catalog_installed() && !nir_session_is_exempt())
		(void) check_claims_walker((Node *) query, NULL);
}

/* ---- whole tables ---- */

static void
verify_row(Relation relation, TupleTableSlot *slot)
{
	TupleDesc	desc = RelationGetDescr(relation);

	slot_getallattrs(slot);
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (!attribute->attisdropped && !slot->tts_isnull[i])
			check_value(slot->tts_values[i], attribute->atttypid, attribute->atttypmod);
	}
}

void
nir_store_verify(Oid relid)
{
	Relation	relation;
	TableScanDesc scan;
	TupleTableSlot *slot;
	MemoryContext rows;
	MemoryContext caller;

	CommandCounterIncrement();
	relation = table_open(relid, AccessShareLock);
	if (!RELKIND_HAS_TABLE_AM(relation->rd_rel->relkind))
	{
		table_close(relation, AccessShareLock);
		return;
	}
	rows = AllocSetContextCreate(CurrentMemoryContext, "nir verified rows", ALLOCSET_DEFAULT_SIZES);
	PushActiveSnapshot(GetTransactionSnapshot());
	UpdateActiveSnapshotCommandId();
	slot = table_slot_create(relation, NULL);
	scan = table_beginscan(relation, GetActiveSnapshot(), 0, NULL);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		caller = MemoryContextSwitchTo(rows);
		verify_row(relation, slot);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(rows);
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	PopActiveSnapshot();
	MemoryContextDelete(rows);
	table_close(relation, AccessShareLock);
}
