/*
 * src/guard/definition.c
 *
 * Looks at what a command has just written to the catalog, before the command
 * goes on to fill it: SnapshotSelf sees rows of the command itself.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/pg_attrdef.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_cast.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_statistic_ext.h"
#include "catalog/pg_type.h"
#include "commands/tablecmds.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "context/catalog.h"
#include "context/exempt.h"
#include "errors.h"
#include "guard/definition.h"
#include "guard/relation.h"
#include "guard/utility.h"

static void check_code(Oid class_id, Oid object_id, int sub_id, Oid relid);

/* relkind of a relation this command may just have made; 0 if it is gone */
static char
relation_kind(Oid relid, char **name)
{
	Relation	pg_class = table_open(RelationRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	char		kind = '\0';

	ScanKeyInit(&key, Anum_pg_class_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(pg_class, ClassOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_class form = (Form_pg_class) GETSTRUCT(tuple);

		kind = form->relkind;
		*name = pstrdup(NameStr(form->relname));
	}
	systable_endscan(scan);
	table_close(pg_class, AccessShareLock);
	return kind;
}

/* True if the column holds tagged values, each with a modifier. */
static bool
check_column(const char *relation, Form_pg_attribute attribute)
{
	NirPurposes purposes;

	if (attribute->attisdropped || attribute->attnum <= 0 ||
		!nir_type_purposes(attribute->atttypid, attribute->atttypmod, &purposes))
		return false;
	if (purposes != 0)
		return true;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_NO_MODIFIER),
			 errmsg("column \"%s\" of \"%s\" would hold tagged values without a purpose",
					NameStr(attribute->attname), relation),
			 errdetail("Its type %s has no modifier in common for all it holds.",
					   format_type_with_typemod(attribute->atttypid, attribute->atttypmod)),
			 errhint("Write the purposes, as in nir.tagged_text(a,b), or cast the expression to a type that has them.")));
	return false;
}

/* A row type that columns hold already may not grow tagged values. */
static void
check_row_type(Oid relid)
{
	Oid			row_type = get_rel_type_id(relid);

	if (OidIsValid(row_type))
		find_composite_type_dependencies(row_type, NULL, get_rel_name(relid));
}

static void
check_columns(Oid relid, int attnum)
{
	Relation	pg_attribute;
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	char	   *name = NULL;
	char		kind = relation_kind(relid, &name);
	bool		tagged = false;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE &&
		kind != RELKIND_MATVIEW && kind != RELKIND_FOREIGN_TABLE &&
		kind != RELKIND_COMPOSITE_TYPE)
		return;
	pg_attribute = table_open(AttributeRelationId, AccessShareLock);
	ScanKeyInit(&keys[0], Anum_pg_attribute_attrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	ScanKeyInit(&keys[1], Anum_pg_attribute_attnum, BTEqualStrategyNumber, F_INT2EQ,
				Int16GetDatum(attnum));
	scan = systable_beginscan(pg_attribute, AttributeRelidNumIndexId, true, SnapshotSelf,
							  attnum == 0 ? 1 : 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		tagged = check_column(name, (Form_pg_attribute) GETSTRUCT(tuple)) || tagged;
	systable_endscan(scan);
	table_close(pg_attribute, AccessShareLock);
	if (tagged && attnum > 0)
		check_row_type(relid);
}

/* True if one of the columns holds tagged values. */
static bool
any_tagged(Oid relid, Datum columns)
{
	Datum	   *elements;
	int			count;
	NirPurposes purposes;

	deconstruct_array(DatumGetArrayTypeP(columns), INT2OID, sizeof(int16), true,
					  TYPALIGN_SHORT, &elements, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		Oid			type;
		int32		typmod;
		Oid			collation;

		get_atttypetypmodcoll(relid, DatumGetInt16(elements[i]), &type, &typmod, &collation);
		if (nir_type_purposes(type, typmod, &purposes))
			return true;
	}
	return false;
}

static void
check_foreign_key(Relation pg_constraint, HeapTuple tuple)
{
	Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);
	bool		isnull;
	Datum		own;
	Datum		other;

	if (form->contype != CONSTRAINT_FOREIGN)
		return;
	own = heap_getattr(tuple, Anum_pg_constraint_conkey, RelationGetDescr(pg_constraint), &isnull);
	if (isnull)
		return;
	other = heap_getattr(tuple, Anum_pg_constraint_confkey, RelationGetDescr(pg_constraint), &isnull);
	if (any_tagged(form->conrelid, own) || (!isnull && any_tagged(form->confrelid, other)))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_TAGGED_KEY),
				 errmsg("foreign key \"%s\" would use a tagged column", NameStr(form->conname)),
				 errhint("Let it use a plain key, such as the person's identifier without meaning.")));
}

static void
check_constraint(Oid constraint)
{
	Relation	pg_constraint = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;

	ScanKeyInit(&key, Anum_pg_constraint_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(constraint));
	scan = systable_beginscan(pg_constraint, ConstraintOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		check_foreign_key(pg_constraint, tuple);
		relid = ((Form_pg_constraint) GETSTRUCT(tuple))->conrelid;
	}
	systable_endscan(scan);
	table_close(pg_constraint, AccessShareLock);
	if (OidIsValid(relid))
		check_code(ConstraintRelationId, constraint, 0, relid);
}

/*
 * Extended statistics keep values where nobody asks for a purpose.  Only those
 * over columns without tagged values are let through; what an expression reads
 * is not looked into, so none may read such a table.
 */
static void
check_statistics(Oid statistics)
{
	Relation	pg_statistic_ext = table_open(StatisticExtRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		tagged = false;

	ScanKeyInit(&key, Anum_pg_statistic_ext_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(statistics));
	scan = systable_beginscan(pg_statistic_ext, StatisticExtOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_statistic_ext form = (Form_pg_statistic_ext) GETSTRUCT(tuple);
		const NirRelation *relation = nir_relation_lookup(form->stxrelid);
		bool		no_expressions;

		(void) heap_getattr(tuple, Anum_pg_statistic_ext_stxexprs,
							RelationGetDescr(pg_statistic_ext), &no_expressions);
		if (relation != NULL && relation->tagged && !no_expressions)
			tagged = true;
		for (int i = 0; relation != NULL && i < form->stxkeys.dim1; i++)
			if (form->stxkeys.values[i] > 0 && relation->column_tagged[form->stxkeys.values[i] - 1])
				tagged = true;
	}
	systable_endscan(scan);
	table_close(pg_statistic_ext, AccessShareLock);
	if (tagged)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("extended statistics would keep values of tagged columns"),
				 errhint("Leave tagged columns, and expressions, out of CREATE STATISTICS.")));
}

/* What a wide DROP ... CASCADE would take along: a relation, or a column of one. */
static void
check_drop(Oid relid, int attnum)
{
	const NirRelation *relation = nir_relation_lookup(relid);

	if (relation == NULL ||
		(attnum > 0 && attnum <= relation->natts && !relation->governed &&
		 !relation->column_tagged[attnum - 1]))
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("the command would drop data of relation \"%s\" with it", get_rel_name(relid)),
			 errdetail("The relation is governed, or holds tagged values."),
			 errhint("Take a dump if the data must live on, then drop the table by its name, or change the column's type, first.")));
}

static void
refuse_unused(const char *relation)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("extension nir cannot be dropped while it protects data"),
			 errdetail("Relation \"%s\" is governed, or holds tagged values.", relation),
			 errhint("Take a dump if the data must live on, then drop the tables by their names, or change the columns' types, first.")));
}

/* The first table with a column of the type, or InvalidOid. */
static Oid
find_user_of_type(Oid type)
{
	Relation	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			found = InvalidOid;

	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(TypeRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan(pg_depend, DependReferenceIndexId, true, NULL, 2, keys);
	while (!OidIsValid(found) && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		char		kind = form->classid == RelationRelationId ? get_rel_relkind(form->objid) : '\0';

		if (form->objsubid > 0 && (kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE ||
								   kind == RELKIND_MATVIEW || kind == RELKIND_FOREIGN_TABLE))
			found = form->objid;
	}
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	return found;
}

void
nir_definition_require_unused(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	const Oid  *types;
	int			count;

	if (!nir_catalog_installed())
		return;
	nir_catalog_scan_begin(&scan, "governed_relation", NULL, 0, NULL);
	tuple = nir_catalog_scan_next(&scan);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;
		Datum		relid = nir_catalog_scan_get(&scan, tuple, "relation", &isnull);

		refuse_unused(get_rel_name(DatumGetObjectId(relid)));
	}
	nir_catalog_scan_end(&scan);

	types = nir_catalog_tagged_types(&count);
	for (int i = 0; i < count; i++)
	{
		Oid			user = find_user_of_type(types[i]);

		if (OidIsValid(user))
			refuse_unused(get_rel_name(user));
	}
}

/* A cast of one's own may claim a modifier that the value does not have. */
static void
check_cast(Oid cast)
{
	Relation	pg_cast = table_open(CastRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		tagged = false;
	NirPurposes purposes;

	ScanKeyInit(&key, Anum_pg_cast_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(cast));
	scan = systable_beginscan(pg_cast, CastOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		Form_pg_cast form = (Form_pg_cast) GETSTRUCT(tuple);

		tagged = nir_type_purposes(form->castsource, -1, &purposes) ||
			nir_type_purposes(form->casttarget, -1, &purposes);
	}
	systable_endscan(scan);
	table_close(pg_cast, AccessShareLock);
	if (tagged && !nir_session_is_exempt())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("casts from or to types that hold tagged values cannot be created"),
				 errhint("Use a function, and let the assignment cast its result.")));
}

/* Row-level security is that of the table a query names, so a parent must have it too. */
static void
check_inheritance(Oid child, Oid parent)
{
	const NirRelation *relation = nir_relation_lookup(child);

	if (relation == NULL || !relation->governed)
		return;
	relation = nir_relation_lookup(parent);
	if (relation != NULL && relation->governed)
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("governed relation \"%s\" cannot be a child of \"%s\"",
					get_rel_name(child), get_rel_name(parent)),
			 errdetail("The parent is not governed, and through it every row could be read."),
			 errhint("Call nir.govern for the parent first.")));
}

/* True for code of the server, of nir, or of any extension. */
static bool
is_trusted(Oid class_id, Oid object_id)
{
	return object_id < FirstNormalObjectId ||
		OidIsValid(getExtensionOfObject(class_id, object_id));
}

/*
 * What an index, check or generated column calls is run later by whoever
 * maintains the table, with no purpose to ask for.  So over tagged values it
 * may not be somebody's own code.
 */
static void
check_code(Oid class_id, Oid object_id, int sub_id, Oid relid)
{
	const NirRelation *relation = nir_relation_lookup(relid);
	Relation	pg_depend;
	ScanKeyData keys[3];
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		own_code = false;

	if (relation == NULL || !relation->tagged || nir_session_is_exempt())
		return;
	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(class_id));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(object_id));
	ScanKeyInit(&keys[2], Anum_pg_depend_objsubid, BTEqualStrategyNumber, F_INT4EQ,
				Int32GetDatum(sub_id));
	scan = systable_beginscan(pg_depend, DependDependerIndexId, true, SnapshotSelf, 3, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);

		if ((form->refclassid == ProcedureRelationId || form->refclassid == OperatorRelationId ||
			 form->refclassid == OperatorClassRelationId) &&
			!is_trusted(form->refclassid, form->refobjid))
			own_code = true;
	}
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	if (own_code)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("definitions over \"%s\" cannot call functions or operators of one's own",
						get_rel_name(relid)),
				 errdetail("Maintenance would run them over tagged values without a purpose."),
				 errhint("Use those of PostgreSQL, of nir, or of an extension.")));
}

/* The table of an index that this command may just have made; InvalidOid if it is none. */
static Oid
indexed_table(Oid index)
{
	Relation	pg_index = table_open(IndexRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;

	ScanKeyInit(&key, Anum_pg_index_indexrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(index));
	scan = systable_beginscan(pg_index, IndexRelidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		relid = ((Form_pg_index) GETSTRUCT(tuple))->indrelid;
	systable_endscan(scan);
	table_close(pg_index, AccessShareLock);
	return relid;
}

/* The key of a default or generated column's expression. */
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

/* A generated column reads its row; a plain default reads nothing of it. */
static void
check_default(Oid relid, int attnum)
{
	Oid			expression;

	if (get_attgenerated(relid, attnum) == '\0')
		return;
	expression = default_of_column(relid, attnum);
	if (OidIsValid(expression))
		check_code(AttrDefaultRelationId, expression, 0, relid);
}

static void
check_truncate(Oid relid)
{
	if (nir_session_is_exempt() || nir_relation_lookup(relid) == NULL)
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_TRUNCATE),
			 errmsg("TRUNCATE of governed relation \"%s\" is refused", get_rel_name(relid)),
			 errhint("Rows of a governed relation go when their retention ends, or by DELETE where an access rule allows it.")));
}

static void
check_relation(ObjectAccessType access, Oid relid, int sub_id)
{
	Oid			table = access == OAT_POST_CREATE && sub_id == 0 ? indexed_table(relid) : InvalidOid;

	if (OidIsValid(table))
		check_code(RelationRelationId, relid, 0, table);
	else
		check_columns(relid, access == OAT_POST_CREATE && sub_id == 0 ? 0 : sub_id);
}

static void
check_created(Oid class_id, Oid object_id, int sub_id)
{
	if (class_id == RelationRelationId)
		check_relation(OAT_POST_CREATE, object_id, sub_id);
	else if (class_id == ConstraintRelationId)
		check_constraint(object_id);
	else if (class_id == AttrDefaultRelationId)
		check_default(object_id, sub_id);
	else if (class_id == StatisticExtRelationId)
		check_statistics(object_id);
	else if (class_id == CastRelationId)
		check_cast(object_id);
}

static void
check_altered(Oid class_id, Oid object_id, int sub_id, ObjectAccessPostAlter *arg)
{
	if (class_id == RelationRelationId)
		check_relation(OAT_POST_ALTER, object_id, sub_id);
	else if (class_id == InheritsRelationId && arg != NULL)
		check_inheritance(object_id, arg->auxiliary_id);
}

void
nir_definition_check(ObjectAccessType access, Oid class_id, Oid object_id, int sub_id, void *arg)
{
	if (!nir_definition_concerns(access) || (access == OAT_DROP && !nir_utility_in_wide_drop()))
		return;
	if (object_id < FirstNormalObjectId || !nir_catalog_installed() || nir_catalog_in_own_script())
		return;
	if (access == OAT_POST_CREATE)
		check_created(class_id, object_id, sub_id);
	else if (access == OAT_POST_ALTER)
		check_altered(class_id, object_id, sub_id, arg);
	else if (access == OAT_TRUNCATE)
		check_truncate(object_id);
	else if (class_id == RelationRelationId)
		check_drop(object_id, sub_id);
}
