/*
 * src/guard/code.c
 *
 * The catalog's dependencies say what an expression calls: functions,
 * operators, operator classes, and domains, whose checks run with it.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_index.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/exempt.h"
#include "context/narrowing.h"
#include "errors.h"
#include "guard/code.h"
#include "guard/relation.h"

/* The owner of a function, operator, operator class or domain; InvalidOid for other things. */
static Oid
owner_of_code(Oid class_id, Oid object_id)
{
	HeapTuple	tuple = NULL;
	Oid			owner = InvalidOid;

	if (class_id == ProcedureRelationId)
	{
		tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(object_id));
		owner = HeapTupleIsValid(tuple) ? ((Form_pg_proc) GETSTRUCT(tuple))->proowner : InvalidOid;
	}
	else if (class_id == OperatorRelationId)
	{
		tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(object_id));
		owner = HeapTupleIsValid(tuple) ? ((Form_pg_operator) GETSTRUCT(tuple))->oprowner : InvalidOid;
	}
	else if (class_id == OperatorClassRelationId)
	{
		tuple = SearchSysCache1(CLAOID, ObjectIdGetDatum(object_id));
		owner = HeapTupleIsValid(tuple) ? ((Form_pg_opclass) GETSTRUCT(tuple))->opcowner : InvalidOid;
	}
	else if (class_id == TypeRelationId && get_typtype(object_id) == TYPTYPE_DOMAIN)
	{
		tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(object_id));
		owner = HeapTupleIsValid(tuple) ? ((Form_pg_type) GETSTRUCT(tuple))->typowner : InvalidOid;
	}
	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return owner;
}

bool
nir_code_is_trusted(Oid function)
{
	Oid			owner = owner_of_code(ProcedureRelationId, function);

	return OidIsValid(owner) && (superuser_arg(owner) || owner == nir_catalog_owner_role());
}

/* True if the object's expression calls code of an ordinary role, other than itself. */
static bool
calls_strangers(Oid class_id, Oid object_id, Oid itself)
{
	Relation	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		found = false;

	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(class_id));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(object_id));
	scan = systable_beginscan(pg_depend, DependDependerIndexId, true, SnapshotSelf, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		Oid			owner;

		if (form->refobjid < FirstNormalObjectId || form->refobjid == itself)
			continue;
		owner = owner_of_code(form->refclassid, form->refobjid);
		found = found || (OidIsValid(owner) && !superuser_arg(owner));
	}
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	return found;
}

static void
refuse(const char *name)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("definitions over \"%s\" cannot call functions, operators or domains of one's own", name),
			 errdetail("Maintenance would run them over tagged values without a purpose."),
			 errhint("Use those of PostgreSQL, of nir, or of an extension that a superuser made.")));
}

/* Tagged or governed: rows that are not for everybody. */
static bool
is_guarded(Oid relid)
{
	return nir_relation_lookup(relid) != NULL;
}

static bool
is_governed(Oid relid)
{
	const NirRelation *relation = nir_relation_lookup(relid);

	return relation != NULL && relation->governed;
}

/*
 * True if the expression is about a column that holds tagged values, or about
 * the whole row.  NULL stands for a table that has just got its first.
 */
static bool
reads_tagged(Node *expression, const NirRelation *relation)
{
	ListCell   *cell;

	foreach(cell, pull_vars_of_level(expression, 0))
	{
		AttrNumber	attno = ((Var *) lfirst(cell))->varattno;

		if (attno == InvalidAttrNumber)
			return relation == NULL || relation->tagged;
		if (relation != NULL && attno > 0 && attno <= relation->natts && relation->column_tagged[attno - 1])
			return true;
	}
	return false;
}

/* A tagged value made of one column, with nothing beside it that could ask it a question. */
static bool
keeps_tag(Node *expression)
{
	Node	   *inner = expression;

	if (!nir_catalog_is_tagged_type(exprType(expression)))
		return false;
	for (;;)
	{
		if (IsA(inner, RelabelType))
			inner = (Node *) ((RelabelType *) inner)->arg;
		else if (IsA(inner, CollateExpr))
			inner = (Node *) ((CollateExpr *) inner)->arg;
		else if (IsA(inner, FieldSelect))
			inner = (Node *) ((FieldSelect *) inner)->arg;
		else if (IsA(inner, FuncExpr) && list_length(((FuncExpr *) inner)->args) == 1)
			inner = linitial(((FuncExpr *) inner)->args);
		else
			return IsA(inner, Var);
	}
}

/* True if number, fractions or values of the index tell of tagged columns more than they do themselves. */
static bool
index_tells(HeapTuple tuple, TupleDesc desc, const NirRelation *relation)
{
	bool		no_expressions;
	bool		no_predicate;
	Datum		expressions = heap_getattr(tuple, Anum_pg_index_indexprs, desc, &no_expressions);
	Datum		predicate = heap_getattr(tuple, Anum_pg_index_indpred, desc, &no_predicate);
	ListCell   *cell;

	if (relation != NULL && relation->governed)
		return !no_expressions || !no_predicate;
	foreach(cell, no_expressions ? NIL : (List *) stringToNode(TextDatumGetCString(expressions)))
		if (reads_tagged(lfirst(cell), relation) && !keeps_tag(lfirst(cell)))
			return true;
	foreach(cell, no_predicate ? NIL : make_ands_implicit(stringToNode(TextDatumGetCString(predicate))))
		if (reads_tagged(lfirst(cell), relation) &&
			!(IsA(lfirst(cell), NullTest) && keeps_tag((Node *) ((NullTest *) lfirst(cell))->arg)))
			return true;
	return false;
}

/*
 * pg_stats and pg_class show to everybody, or to the owner, what ANALYZE finds
 * in an index: the values of an expression, how many rows a predicate takes.
 */
static void
check_what_index_tells(Oid index, Oid relid)
{
	const NirRelation *relation = nir_relation_lookup(relid);
	Relation	pg_index;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		tells = false;

	if (nir_session_may_define())
		return;
	pg_index = table_open(IndexRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_index_indexrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(index));
	scan = systable_beginscan(pg_index, IndexRelidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		tells = index_tells(tuple, RelationGetDescr(pg_index), relation);
	systable_endscan(scan);
	table_close(pg_index, AccessShareLock);
	if (tells)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("the index over \"%s\" would tell values to who reads statistics", get_rel_name(relid)),
				 errdetail("Expressions may only turn one tagged column into a tagged value, as lower(name) does, and predicates only ask whether one is null; on a governed table an index has columns alone."),
				 errhint("Migrations run as a session that is superuser or BYPASSRLS.")));
}

void
nir_code_check_index(Oid index, Oid relid)
{
	if (nir_session_is_exempt() || !is_guarded(relid))
		return;
	if (calls_strangers(RelationRelationId, index, InvalidOid))
		refuse(get_rel_name(relid));
	check_what_index_tells(index, relid);
}

void
nir_code_check_constraint(Oid constraint, Oid relid, Oid domain)
{
	NirPurposes purposes;

	if (nir_session_is_exempt())
		return;
	if (OidIsValid(relid) && is_guarded(relid) &&
		calls_strangers(ConstraintRelationId, constraint, InvalidOid))
		refuse(get_rel_name(relid));
	if (OidIsValid(domain) && nir_type_purposes(domain, -1, &purposes) &&
		calls_strangers(ConstraintRelationId, constraint, domain))
		refuse(format_type_be(domain));
}

/* The key of a column's default or generating expression. */
static Oid
default_of_column(Oid relid, int attnum)
{
	Relation	pg_attrdef = table_open(AttrDefaultRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			found = InvalidOid;

	ScanKeyInit(&keys[0], Anum_pg_attrdef_adrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	ScanKeyInit(&keys[1], Anum_pg_attrdef_adnum, BTEqualStrategyNumber, F_INT2EQ,
				Int16GetDatum(attnum));
	scan = systable_beginscan(pg_attrdef, AttrDefaultIndexId, true, SnapshotSelf, 2, keys);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		found = ((Form_pg_attrdef) GETSTRUCT(tuple))->oid;
	systable_endscan(scan);
	table_close(pg_attrdef, AccessShareLock);
	return found;
}

/*
 * The checks of a foreign key run as the owner of the table that it refers to,
 * past its policies, and cast the keys that come from the other table.  So the
 * types must leave no room for a cast of a stranger's: between built-in types,
 * and from a type to itself, nobody makes one.
 */
void
nir_code_check_key(Oid relid, Datum columns, Oid other, Datum other_columns)
{
	const NirRelation *relation = nir_relation_lookup(other);
	Datum	   *own;
	Datum	   *others;
	int			count;
	int			other_count;

	if ((relation == NULL || !relation->governed) &&
		get_rel_namespace(other) != get_namespace_oid("nir", true))
		return;
	deconstruct_array(DatumGetArrayTypeP(columns), INT2OID, sizeof(int16), true,
					  TYPALIGN_SHORT, &own, NULL, &count);
	deconstruct_array(DatumGetArrayTypeP(other_columns), INT2OID, sizeof(int16), true,
					  TYPALIGN_SHORT, &others, NULL, &other_count);
	for (int i = 0; i < Min(count, other_count); i++)
	{
		Oid			type = getBaseType(get_atttype(relid, DatumGetInt16(own[i])));

		if (type >= FirstNormalObjectId &&
			type != getBaseType(get_atttype(other, DatumGetInt16(others[i]))))
			ereport(ERROR,
					(errcode(NIR_ERRCODE_GOVERNED_DDL),
					 errmsg("a foreign key to \"%s\" would run a cast with its owner's rights", get_rel_name(other)),
					 errhint("Give the column the type of the key that it refers to.")));
	}
}

/* True if the expression of what was just made calls the function. */
static bool
calls_function(Oid class_id, Oid object_id, int sub_id, Oid function)
{
	Relation	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		found = false;

	/* a default is named by its column */
	if (class_id == AttrDefaultRelationId)
		object_id = default_of_column(object_id, sub_id);
	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(class_id));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(object_id));
	scan = systable_beginscan(pg_depend, DependDependerIndexId, true, SnapshotSelf, 2, keys);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		found = form->refclassid == ProcedureRelationId && form->refobjid == function;
	}
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	return found;
}

/* A stored expression looks to nir.subject_is_open and nir.may_reach as a policy does. */
void
nir_code_check_call(Oid class_id, Oid object_id, int sub_id)
{
	Oid			functions[NIR_NARROWING_FUNCTIONS];

	/* what an index holds cannot depend on the session */
	if (class_id == RelationRelationId || nir_session_is_exempt())
		return;
	nir_narrowing_functions(functions);
	for (int i = 0; i < NIR_NARROWING_FUNCTIONS; i++)
		if (OidIsValid(functions[i]) && calls_function(class_id, object_id, sub_id, functions[i]))
			ereport(ERROR,
					(errcode(NIR_ERRCODE_POLICIES_ONLY),
					 errmsg("nir.%s is for policies", get_func_name(functions[i])),
					 errdetail("A definition that calls it would tell of persons whose rows are narrowed."),
					 errhint("Read the rows: those that are not open are not there.")));
}

void
nir_code_check_default(Oid relid, int attnum)
{
	Oid			expression;

	if (nir_session_is_exempt() ||
		(get_attgenerated(relid, attnum) == '\0' ? !is_governed(relid) : !is_guarded(relid)))
		return;
	expression = default_of_column(relid, attnum);
	if (OidIsValid(expression) && calls_strangers(AttrDefaultRelationId, expression, InvalidOid))
		refuse(get_rel_name(relid));
}

/* True if values of the type are checked by a domain of an ordinary role. */
static bool
type_calls_strangers(Oid type)
{
	Oid			owner = owner_of_code(TypeRelationId, type);
	TupleDesc	desc;
	bool		found = false;

	check_stack_depth();
	if (type < FirstNormalObjectId)
		return OidIsValid(get_element_type(type)) && type_calls_strangers(get_element_type(type));
	if (OidIsValid(owner))
		return !superuser_arg(owner) || type_calls_strangers(getBaseType(type));
	if (OidIsValid(get_element_type(type)))
		return type_calls_strangers(get_element_type(type));
	desc = get_typtype(type) == TYPTYPE_COMPOSITE ? lookup_rowtype_tupdesc_noerror(type, -1, true) : NULL;
	for (int i = 0; desc != NULL && i < desc->natts; i++)
		found = found || (!TupleDescAttr(desc, i)->attisdropped &&
						  type_calls_strangers(TupleDescAttr(desc, i)->atttypid));
	if (desc != NULL)
		ReleaseTupleDesc(desc);
	return found;
}

/* The column's type, of a catalog row that this command may just have written. */
static Oid
type_of_column(Oid relid, int attnum)
{
	Relation	pg_attribute = table_open(AttributeRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			type = InvalidOid;

	ScanKeyInit(&keys[0], Anum_pg_attribute_attrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	ScanKeyInit(&keys[1], Anum_pg_attribute_attnum, BTEqualStrategyNumber, F_INT2EQ,
				Int16GetDatum(attnum));
	scan = systable_beginscan(pg_attribute, AttributeRelidNumIndexId, true, SnapshotSelf, 2, keys);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple) && !((Form_pg_attribute) GETSTRUCT(tuple))->attisdropped)
		type = ((Form_pg_attribute) GETSTRUCT(tuple))->atttypid;
	systable_endscan(scan);
	table_close(pg_attribute, AccessShareLock);
	return type;
}

void
nir_code_check_column(Oid relid, int attnum)
{
	Oid			type;

	if (nir_session_is_exempt() || !is_governed(relid))
		return;
	type = type_of_column(relid, attnum);
	if (OidIsValid(type) && type_calls_strangers(type))
		refuse(get_rel_name(relid));
}

static void
check_constraints(Oid relid)
{
	Relation	pg_constraint = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_constraint_conrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan = systable_beginscan(pg_constraint, ConstraintRelidTypidNameIndexId, true, SnapshotSelf, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		if (calls_strangers(ConstraintRelationId, ((Form_pg_constraint) GETSTRUCT(tuple))->oid, InvalidOid))
			refuse(get_rel_name(relid));
	systable_endscan(scan);
	table_close(pg_constraint, AccessShareLock);
}

void
nir_code_check_table(Oid relid)
{
	Relation	relation;
	List	   *indexes;
	ListCell   *cell;

	if (nir_session_is_exempt())
		return;
	relation = relation_open(relid, AccessShareLock);
	indexes = relation->rd_rel->relhasindex ? RelationGetIndexList(relation) : NIL;
	foreach(cell, indexes)
	{
		if (calls_strangers(RelationRelationId, lfirst_oid(cell), InvalidOid))
			refuse(RelationGetRelationName(relation));
		check_what_index_tells(lfirst_oid(cell), relid);
	}
	for (int i = 1; i <= RelationGetNumberOfAttributes(relation); i++)
	{
		Oid			expression = get_attgenerated(relid, i) != '\0' ? default_of_column(relid, i) : InvalidOid;

		if (OidIsValid(expression) && calls_strangers(AttrDefaultRelationId, expression, InvalidOid))
			refuse(RelationGetRelationName(relation));
	}
	relation_close(relation, AccessShareLock);
	check_constraints(relid);
}
