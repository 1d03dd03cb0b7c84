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
#include "catalog/pg_attrdef.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "context/exempt.h"
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

void
nir_code_check_index(Oid index, Oid relid)
{
	if (!nir_session_is_exempt() && is_guarded(relid) &&
		calls_strangers(RelationRelationId, index, InvalidOid))
		refuse(get_rel_name(relid));
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

void
nir_code_check_default(Oid relid, int attnum)
{
	Oid			expression;

	if (nir_session_is_exempt() || get_attgenerated(relid, attnum) == '\0' || !is_guarded(relid))
		return;
	expression = default_of_column(relid, attnum);
	if (OidIsValid(expression) && calls_strangers(AttrDefaultRelationId, expression, InvalidOid))
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
		if (calls_strangers(RelationRelationId, lfirst_oid(cell), InvalidOid))
			refuse(RelationGetRelationName(relation));
	for (int i = 1; i <= RelationGetNumberOfAttributes(relation); i++)
	{
		Oid			expression = get_attgenerated(relid, i) != '\0' ? default_of_column(relid, i) : InvalidOid;

		if (OidIsValid(expression) && calls_strangers(AttrDefaultRelationId, expression, InvalidOid))
			refuse(RelationGetRelationName(relation));
	}
	relation_close(relation, AccessShareLock);
	check_constraints(relid);
}
