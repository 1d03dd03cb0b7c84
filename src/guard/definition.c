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
#include "catalog/pg_policy.h"
#include "catalog/pg_rewrite.h"
#include "catalog/pg_statistic_ext.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/tablecmds.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "context/catalog.h"
#include "context/exempt.h"
#include "errors.h"
#include "guard/code.h"
#include "guard/definition.h"
#include "guard/relation.h"
#include "guard/utility.h"

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

/* A sealed value belongs to the person of a row: it stands in a column of a table. */
static void
check_sealed_column(const char *relation, char kind, Form_pg_attribute attribute)
{
	bool		sealed = nir_catalog_is_sealed_type(attribute->atttypid);

	if (attribute->attisdropped || attribute->attnum <= 0 || kind == RELKIND_VIEW ||
		(sealed ? kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE
		 : !nir_type_contains_sealed(attribute->atttypid)))
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_NOT_SEALED),
			 errmsg("column \"%s\" of \"%s\" cannot hold sealed values",
					NameStr(attribute->attname), relation),
			 errdetail("They would be kept without the person that they belong to."),
			 errhint("Type nir.sealed stands in columns of tables, not in arrays, domains, composite types or materialized views.")));
}

/* True if the column holds tagged values, each with a modifier; a view's need none. */
static bool
check_column(const char *relation, char kind, Form_pg_attribute attribute)
{
	NirPurposes purposes;

	if (attribute->attisdropped || attribute->attnum <= 0 ||
		!nir_type_purposes(attribute->atttypid, attribute->atttypmod, &purposes))
		return false;
	if (purposes != 0 || kind == RELKIND_VIEW)
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

/* Tables that a command has made, and may be filling, since it was asked to collect. */
static bool collecting = false;
static List *filled = NIL;

static void
note_filled(Oid relid)
{
	MemoryContext caller;

	if (!collecting)
		return;
	caller = MemoryContextSwitchTo(TopTransactionContext);
	filled = list_append_unique_oid(filled, relid);
	MemoryContextSwitchTo(caller);
}

bool
nir_definition_collect(bool on)
{
	bool		before = collecting;

	if (on && !before)
		filled = NIL;
	collecting = on;
	return before;
}

List *
nir_definition_filled(void)
{
	return filled;
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

	/* a view holds nothing, but its row type may be that of a column */
	if (kind == RELKIND_VIEW ? attnum == 0 :
		kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE &&
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
	{
		check_sealed_column(name, kind, (Form_pg_attribute) GETSTRUCT(tuple));
		tagged = check_column(name, kind, (Form_pg_attribute) GETSTRUCT(tuple)) || tagged;
	}
	systable_endscan(scan);
	table_close(pg_attribute, AccessShareLock);
	if (attnum > 0)
		nir_code_check_column(relid, attnum);
	if (!tagged)
		return;
	if (kind != RELKIND_VIEW)
		note_filled(relid);
	if (attnum > 0)
	{
		check_row_type(relid);
		nir_code_check_table(relid);
	}
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
	if (!isnull)
		nir_code_check_key(form->conrelid, own, form->confrelid, other);
}

static void
check_constraint(Oid constraint)
{
	Relation	pg_constraint = table_open(ConstraintRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;
	Oid			domain = InvalidOid;

	ScanKeyInit(&key, Anum_pg_constraint_oid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(constraint));
	scan = systable_beginscan(pg_constraint, ConstraintOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		check_foreign_key(pg_constraint, tuple);
		relid = ((Form_pg_constraint) GETSTRUCT(tuple))->conrelid;
		domain = ((Form_pg_constraint) GETSTRUCT(tuple))->contypid;
	}
	systable_endscan(scan);
	table_close(pg_constraint, AccessShareLock);
	if (OidIsValid(relid) || OidIsValid(domain))
		nir_code_check_constraint(constraint, relid, domain);
}

/*
 * Extended statistics keep values where nobody asks for a purpose.  Only those
 * over columns without tagged values are let through; what an expression reads
 * is not looked into, so none may read such a table.  Nor may one of an ordinary
 * role read a governed table: ANALYZE would run its functions over every row.
 */
static void
check_statistics(Oid statistics)
{
	Relation	pg_statistic_ext = table_open(StatisticExtRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		tagged = false;
	bool		governed = false;

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
		if (relation != NULL && !no_expressions)
		{
			tagged = relation->tagged;
			governed = relation->governed && !nir_session_is_exempt();
		}
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
	if (governed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("statistics expressions would read every row of a governed relation"),
				 errhint("Leave expressions out of CREATE STATISTICS.")));
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

List *
nir_definition_users_of_type(Oid type)
{
	Relation	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	List	   *users = NIL;

	check_stack_depth();
	ScanKeyInit(&keys[0], Anum_pg_depend_refclassid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(TypeRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_refobjid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(type));
	scan = systable_beginscan(pg_depend, DependReferenceIndexId, true, NULL, 2, keys);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_depend form = (Form_pg_depend) GETSTRUCT(tuple);
		bool		composite = form->classid == RelationRelationId && form->objsubid > 0 &&
			get_rel_relkind(form->objid) == RELKIND_COMPOSITE_TYPE;

		if (form->classid == TypeRelationId)
			users = list_concat_unique_oid(users, nir_definition_users_of_type(form->objid));
		else if (composite)
			users = list_concat_unique_oid(users, nir_definition_users_of_type(get_rel_type_id(form->objid)));
		else if (form->classid == RelationRelationId && form->objsubid > 0 &&
				 nir_relation_lookup(form->objid) != NULL)
			users = list_append_unique_oid(users, form->objid);
	}
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	return users;
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

/* Row-level security is that of the table a query names, so parent and child must both have it. */
static void
check_inheritance(Oid child, Oid parent)
{
	const NirRelation *relation = nir_relation_lookup(child);
	bool		governed = relation != NULL && relation->governed;

	relation = nir_relation_lookup(parent);
	if (governed == (relation != NULL && relation->governed) || (!governed && nir_session_is_exempt()))
		return;
	if (!governed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("\"%s\" cannot be a child of governed relation \"%s\"",
						get_rel_name(child), get_rel_name(parent)),
				 errdetail("It is not governed: in it every row could be read, and each would count as a row of the parent."),
				 errhint("Make it as a session that is superuser or BYPASSRLS, and call nir.govern for the parent again.")));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("governed relation \"%s\" cannot be a child of \"%s\"",
					get_rel_name(child), get_rel_name(parent)),
			 errdetail("The parent is not governed, and through it every row could be read."),
			 errhint("Call nir.govern for the parent first.")));
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
		nir_code_check_index(relid, table);
	else
		check_columns(relid, access == OAT_POST_CREATE && sub_id == 0 ? 0 : sub_id);
}

/* Row-level security of a governed relation is nir's to write. */
static void
check_policy(Oid policy)
{
	Relation	pg_policy = table_open(PolicyRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;
	const NirRelation *relation;

	ScanKeyInit(&key, Anum_pg_policy_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(policy));
	scan = systable_beginscan(pg_policy, PolicyOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		relid = ((Form_pg_policy) GETSTRUCT(tuple))->polrelid;
	systable_endscan(scan);
	table_close(pg_policy, AccessShareLock);

	if (!OidIsValid(relid) || nir_session_is_exempt())
		return;
	relation = nir_relation_lookup(relid);
	if (relation == NULL || !relation->governed)
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("policies of governed relation \"%s\" cannot be made or changed", get_rel_name(relid)),
			 errhint("Change the access rules and call nir.apply_access, as a session that is superuser or BYPASSRLS.")));
}

/* A trigger is handed the rows of every body's statements. */
static void
check_trigger(Oid trigger)
{
	Relation	pg_trigger = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;
	const NirRelation *relation;

	ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(trigger));
	scan = systable_beginscan(pg_trigger, TriggerOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple) && !((Form_pg_trigger) GETSTRUCT(tuple))->tgisinternal)
		relid = ((Form_pg_trigger) GETSTRUCT(tuple))->tgrelid;
	systable_endscan(scan);
	table_close(pg_trigger, AccessShareLock);

	if (!OidIsValid(relid) || nir_session_is_exempt())
		return;
	relation = nir_relation_lookup(relid);
	if (relation != NULL && relation->governed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("a trigger on governed relation \"%s\" cannot be made", get_rel_name(relid)),
				 errdetail("It would be handed the rows of every body."),
				 errhint("Migrations of governed relations run as a session that is superuser or BYPASSRLS.")));
}

/* A rule is handed the rows of every body's statements, as a trigger is. */
static void
check_rule(Oid rule)
{
	Relation	pg_rewrite = table_open(RewriteRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;
	const NirRelation *relation;

	ScanKeyInit(&key, Anum_pg_rewrite_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(rule));
	scan = systable_beginscan(pg_rewrite, RewriteOidIndexId, true, SnapshotSelf, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		relid = ((Form_pg_rewrite) GETSTRUCT(tuple))->ev_class;
	systable_endscan(scan);
	table_close(pg_rewrite, AccessShareLock);

	if (!OidIsValid(relid) || nir_session_is_exempt())
		return;
	relation = nir_relation_lookup(relid);
	if (relation != NULL && relation->governed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("a rule on governed relation \"%s\" cannot be made", get_rel_name(relid)),
				 errdetail("It would be handed the rows of every body."),
				 errhint("Migrations of governed relations run as a session that is superuser or BYPASSRLS.")));
}

static void
check_created(Oid class_id, Oid object_id, int sub_id)
{
	nir_code_check_call(class_id, object_id, sub_id);
	if (class_id == RelationRelationId)
		check_relation(OAT_POST_CREATE, object_id, sub_id);
	else if (class_id == ConstraintRelationId)
		check_constraint(object_id);
	else if (class_id == AttrDefaultRelationId)
		nir_code_check_default(object_id, sub_id);
	else if (class_id == StatisticExtRelationId)
		check_statistics(object_id);
	else if (class_id == CastRelationId)
		check_cast(object_id);
	else if (class_id == PolicyRelationId)
		check_policy(object_id);
	else if (class_id == TriggerRelationId)
		check_trigger(object_id);
	else if (class_id == RewriteRelationId)
		check_rule(object_id);
}

static void
check_altered(Oid class_id, Oid object_id, int sub_id, ObjectAccessPostAlter *arg)
{
	nir_code_check_call(class_id, object_id, sub_id);
	if (class_id == RelationRelationId)
		check_relation(OAT_POST_ALTER, object_id, sub_id);
	else if (class_id == InheritsRelationId && arg != NULL)
		check_inheritance(object_id, arg->auxiliary_id);
	else if (class_id == PolicyRelationId)
		check_policy(object_id);
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
