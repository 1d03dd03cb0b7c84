/*
 * src/guard/relation.c
 *
 * Fills and keeps the cache of relations.
 *
 * An entry is never freed while the statement that looked it up may use it:
 * invalidation only marks it, the next look-up rebuilds it.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/sysattr.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/indexing.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_depend.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/norway.h"
#include "guard/implied.h"
#include "guard/relation.h"
#include "types/typmod.h"

const char *const nir_verb_names[NIR_VERBS] = {"select", "insert", "update", "delete"};

static HTAB *relations = NULL;

/* Found last, by the low bits of the OID; entries never move. */
static NirRelation *recent[NIR_RELATION_PLACES];

Oid			nir_relation_none[NIR_RELATION_PLACES];

/*
 * The tables that entries are read from.  Triggers on them tell of each row
 * that changes, except where a restore has switched triggers off; that it
 * switches them on again tells of the table.
 */
static Oid	read_from[3];

/* Relcache callback. */
static void
forget(Datum arg, Oid relid)
{
	HASH_SEQ_STATUS status;
	NirRelation *entry;

	if (relid == read_from[0] || relid == read_from[1] || relid == read_from[2])
		relid = InvalidOid;
	if (!OidIsValid(relid))
		memset(nir_relation_none, 0, sizeof(nir_relation_none));
	else if (nir_relation_is_none(relid))
		nir_relation_none[relid % NIR_RELATION_PLACES] = InvalidOid;
	if (relations == NULL)
		return;
	if (OidIsValid(relid))
	{
		entry = hash_search(relations, &relid, HASH_FIND, NULL);
		if (entry != NULL)
			entry->valid = false;
		return;
	}
	hash_seq_init(&status, relations);
	while ((entry = hash_seq_search(&status)) != NULL)
		entry->valid = false;
}

/* Syscache callback: a type or the schema changed, so any column may have. */
static void
forget_all(Datum arg, int cacheid, uint32 hashvalue)
{
	forget((Datum) 0, InvalidOid);
}

void
nir_relation_init(void)
{
	nir_catalog_listen(forget);
	CacheRegisterSyscacheCallback(NAMESPACEOID, forget_all, (Datum) 0);
	CacheRegisterSyscacheCallback(TYPEOID, forget_all, (Datum) 0);
}

/* ---- types ---- */

/* The intersection over a composite type's columns. */
static bool
composite_purposes(Oid type, NirPurposes *purposes)
{
	TupleDesc	desc = lookup_rowtype_tupdesc_noerror(type, -1, true);
	bool		found = false;

	*purposes = NIR_PURPOSES_PLAIN;
	if (desc == NULL)
		return false;
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);
		NirPurposes one;

		if (attribute->attisdropped ||
			!nir_type_purposes(attribute->atttypid, attribute->atttypmod, &one))
			continue;
		found = true;
		*purposes &= one;
	}
	ReleaseTupleDesc(desc);
	return found;
}

bool
nir_type_purposes(Oid type, int32 typmod, NirPurposes *purposes)
{
	Oid			element;

	check_stack_depth();
	*purposes = 0;
	if (type < FirstNormalObjectId)
		return false;
	if (nir_catalog_is_tagged_type(type))
	{
		(void) nir_typmod_purposes(typmod, purposes);
		return true;
	}
	switch (get_typtype(type))
	{
		case TYPTYPE_DOMAIN:
			type = getBaseTypeAndTypmod(type, &typmod);
			return nir_type_purposes(type, typmod, purposes);
		case TYPTYPE_COMPOSITE:
			return composite_purposes(type, purposes);
		case TYPTYPE_RANGE:
			return nir_type_purposes(get_range_subtype(type), -1, purposes);
		case TYPTYPE_MULTIRANGE:
			return nir_type_purposes(get_multirange_range(type), -1, purposes);
		default:
			break;
	}
	element = get_element_type(type);
	return OidIsValid(element) && nir_type_purposes(element, typmod, purposes);
}

static bool
composite_holds_sealed(Oid type)
{
	TupleDesc	desc = lookup_rowtype_tupdesc_noerror(type, -1, true);
	bool		found = false;

	if (desc == NULL)
		return false;
	for (int i = 0; i < desc->natts && !found; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		found = !attribute->attisdropped &&
			(nir_catalog_is_sealed_type(attribute->atttypid) ||
			 nir_type_contains_sealed(attribute->atttypid));
	}
	ReleaseTupleDesc(desc);
	return found;
}

bool
nir_type_contains_sealed(Oid type)
{
	Oid			inner;

	check_stack_depth();
	if (type < FirstNormalObjectId)
		return false;
	switch (get_typtype(type))
	{
		case TYPTYPE_COMPOSITE:
			return composite_holds_sealed(type);
		case TYPTYPE_DOMAIN:
			inner = getBaseType(type);
			break;
		default:
			inner = get_element_type(type);
			break;
	}
	return OidIsValid(inner) &&
		(nir_catalog_is_sealed_type(inner) || nir_type_contains_sealed(inner));
}

/* ---- building an entry ---- */

static void
build_columns(NirRelation *entry, Relation relation)
{
	TupleDesc	desc = RelationGetDescr(relation);

	entry->natts = desc->natts;
	entry->column_tagged = palloc0(sizeof(bool) * Max(desc->natts, 1));
	entry->column_purposes = palloc0(sizeof(NirPurposes) * Max(desc->natts, 1));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (attribute->attidentity == ATTRIBUTE_IDENTITY_ALWAYS && !attribute->attisdropped)
			entry->drawn = bms_add_member(entry->drawn, i + 1 - FirstLowInvalidHeapAttributeNumber);
		if (attribute->attisdropped ||
			!nir_type_purposes(attribute->atttypid, attribute->atttypmod,
							   &entry->column_purposes[i]))
			continue;
		entry->column_tagged[i] = true;
		entry->sealed = entry->sealed || nir_catalog_is_sealed_type(attribute->atttypid);
		entry->tagged = true;
		entry->touch |= entry->column_purposes[i];
	}
}

/* True if law data call the category special (GDPR art. 9, 10), or do not know it. */
static bool
is_special(const char *category)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	bool		special = true;

	nir_catalog_scan_begin(&scan, "category", NULL, 0, NULL);
	read_from[2] = RelationGetRelid(scan.relation);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
		if (strcmp(nir_catalog_scan_get_text(&scan, tuple, "code"), category) == 0)
			special = nir_catalog_scan_get_text(&scan, tuple, "special") != NULL;
	nir_catalog_scan_end(&scan);
	return special;
}

/* A row of nir.governed_relation replaces the union of the columns. */
static void
build_governed(NirRelation *entry)
{
	NirCatalogScan scan;
	ScanKeyData key;
	HeapTuple	tuple;

	ScanKeyInit(&key, 1, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(entry->relid));
	nir_catalog_scan_begin(&scan, "governed_relation", "governed_relation_pkey", 1, &key);
	read_from[0] = RelationGetRelid(scan.relation);
	tuple = nir_catalog_scan_next(&scan);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;
		Datum		purposes = nir_catalog_scan_get(&scan, tuple, "purposes", &isnull);
		Datum		subject;

		entry->governed = true;
		entry->touch = isnull ? 0 : DatumGetUInt32(purposes);
		subject = nir_catalog_scan_get(&scan, tuple, "subject_column", &isnull);
		if (!isnull)
			entry->subject = get_attnum(entry->relid, NameStr(*DatumGetName(subject)));
		entry->special = is_special(nir_catalog_scan_get_text(&scan, tuple, "category"));
	}
	nir_catalog_scan_end(&scan);
}

/*
 * True if a relation is a partition or child of a governed one, however far
 * up.  Whoever makes a child tells of it, by the server's own invalidation;
 * that a parent came under nir, nir.tell_relation() tells for its children.
 */
static bool
has_governed_ancestor(Oid relid)
{
	Relation	pg_inherits = table_open(InheritsRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		found = false;

	check_stack_depth();
	ScanKeyInit(&key, Anum_pg_inherits_inhrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(pg_inherits, InheritsRelidSeqnoIndexId, true, NULL, 1, &key);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		NirRelation parent = {.relid = ((Form_pg_inherits) GETSTRUCT(tuple))->inhparent};

		build_governed(&parent);
		found = parent.governed || has_governed_ancestor(parent.relid);
	}
	systable_endscan(scan);
	table_close(pg_inherits, AccessShareLock);
	return found;
}

/* The role that nir.body_kind names for a kind of body. */
static Oid
group_role(const char *kind)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	Oid			role = InvalidOid;

	nir_catalog_scan_begin(&scan, "body_kind", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		Datum		name;

		if (strcmp(nir_catalog_scan_get_text(&scan, tuple, "code"), kind) != 0)
			continue;
		name = nir_catalog_scan_get(&scan, tuple, "group_role", &isnull);
		role = isnull ? InvalidOid : get_role_oid(NameStr(*DatumGetName(name)), true);
	}
	nir_catalog_scan_end(&scan);
	return role;
}

static NirBodyAccess *
body_access(NirRelation *entry, const char *kind, int *room)
{
	for (int i = 0; i < entry->nbodies; i++)
		if (strcmp(entry->bodies[i].body_kind, kind) == 0)
			return &entry->bodies[i];
	if (entry->nbodies == *room)
	{
		*room = *room == 0 ? 4 : *room * 2;
		entry->bodies = entry->bodies == NULL
			? palloc(sizeof(NirBodyAccess) * *room)
			: repalloc(entry->bodies, sizeof(NirBodyAccess) * *room);
	}
	memset(&entry->bodies[entry->nbodies], 0, sizeof(NirBodyAccess));
	entry->bodies[entry->nbodies].group_role = group_role(kind);
	strlcpy(entry->bodies[entry->nbodies].body_kind, kind, NAMEDATALEN);
	return &entry->bodies[entry->nbodies++];
}

/*
 * One row scope's purposes for a verb.  Where a rule has ended, policies still
 * open its rows: none of its purposes is left, by whatever other scope.
 */
static void
add_access(NirBodyAccess *access, NirVerb verb, NirPurposes purposes, bool ended)
{
	if (access->purposes[verb] != 0 && access->purposes[verb] != purposes)
		access->rows_vary[verb] = true;
	access->purposes[verb] |= purposes;
	if (ended)
		access->ended[verb] |= purposes;
}

static void
build_access(NirRelation *entry)
{
	NirCatalogScan scan;
	ScanKeyData key;
	HeapTuple	tuple;
	DateADT		today = nir_norway_today();
	int			room = 0;

	ScanKeyInit(&key, 1, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(entry->relid));
	nir_catalog_scan_begin(&scan, "relation_access", "relation_access_pkey", 1, &key);
	read_from[1] = RelationGetRelid(scan.relation);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		Datum		purposes = nir_catalog_scan_get(&scan, tuple, "purposes", &isnull);
		char	   *kind = nir_catalog_scan_get_text(&scan, tuple, "body_kind");
		char	   *verb = nir_catalog_scan_get_text(&scan, tuple, "verb");
		bool		endless;
		DateADT		ends_on = DatumGetDateADT(nir_catalog_scan_get(&scan, tuple, "ends_on", &endless));
		bool		ended = !endless && ends_on <= today;

		for (int i = 0; i < NIR_VERBS && !isnull; i++)
			if (strcmp(verb, nir_verb_names[i]) == 0)
				add_access(body_access(entry, kind, &room), i, DatumGetUInt32(purposes), ended);
		if (!endless && !ended)
			entry->ends_on = Min(entry->ends_on, ends_on);
	}
	nir_catalog_scan_end(&scan);
}

static void
build(NirRelation *entry)
{
	Relation	relation = relation_open(entry->relid, AccessShareLock);
	char		kind = relation->rd_rel->relkind;
	MemoryContext caller;

	if (entry->memory != NULL)
		MemoryContextDelete(entry->memory);
	entry->memory = NULL;
	entry->governed = entry->tagged = entry->sealed = entry->special = entry->mixed = entry->astray = false;
	entry->partitioned = kind == RELKIND_PARTITIONED_TABLE;
	entry->touch = 0;
	entry->subject = InvalidAttrNumber;
	entry->natts = entry->nbodies = 0;
	entry->drawn = entry->policy_columns = NULL;
	entry->generates = false;
	entry->bodies = NULL;
	entry->ends_on = DATEVAL_NOEND;
	entry->owner = relation->rd_rel->relowner;
	strlcpy(entry->name, RelationGetRelationName(relation), NAMEDATALEN);
	strlcpy(entry->schema, get_namespace_name(RelationGetNamespace(relation)), NAMEDATALEN);
	/* what holds rows of its own; a view needs what the tables below it need */
	if (kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE ||
		kind == RELKIND_MATVIEW || kind == RELKIND_FOREIGN_TABLE)
	{
		entry->memory = AllocSetContextCreate(CacheMemoryContext, "nir relation",
											  ALLOCSET_SMALL_SIZES);
		caller = MemoryContextSwitchTo(entry->memory);
		build_columns(entry, relation);
		build_governed(entry);
		if (entry->governed)
			build_access(entry);
		else
			entry->astray = has_governed_ancestor(entry->relid);
		for (int i = 0; i < entry->natts; i++)
			if (entry->column_tagged[i] && (entry->touch & ~entry->column_purposes[i]) != 0)
				entry->mixed = true;
		MemoryContextSwitchTo(caller);
		if (entry->tagged)
			nir_implied_describe(entry, relation);
	}
	relation_close(relation, AccessShareLock);
}

static pg_noinline NirRelation *
find_or_enter(Oid relid)
{
	bool		found;
	NirRelation *entry;

	if (relations == NULL)
	{
		HASHCTL		control = {0};

		control.keysize = sizeof(Oid);
		control.entrysize = sizeof(NirRelation);
		control.hcxt = CacheMemoryContext;
		relations = hash_create("nir relations", 128, &control,
								HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	entry = hash_search(relations, &relid, HASH_ENTER, &found);
	if (!found)
	{
		memset(entry, 0, sizeof(NirRelation));
		entry->relid = relid;
		entry->ends_on = DATEVAL_NOEND;
	}
	return entry;
}

/* Mark the entry valid first: an invalidation during the build then shows. */
static pg_noinline void
rebuild(NirRelation *entry)
{
	entry->valid = true;
	PG_TRY();
	{
		build(entry);
	}
	PG_CATCH();
	{
		entry->valid = false;
		PG_RE_THROW();
	}
	PG_END_TRY();
}

const NirRelation *
nir_relation_lookup(Oid relid)
{
	NirRelation *entry;

	if (unlikely(creating_extension) && nir_catalog_in_own_script())
		return NULL;
	if (relid < FirstNormalObjectId || !nir_catalog_installed())
	{
		if (nir_catalog_is_settled())
			nir_relation_none[relid % NIR_RELATION_PLACES] = relid;
		return NULL;
	}
	entry = recent[relid % NIR_RELATION_PLACES];
	if (unlikely(entry == NULL || entry->relid != relid))
		recent[relid % NIR_RELATION_PLACES] = entry = find_or_enter(relid);
	if (unlikely(entry->ends_on != DATEVAL_NOEND) && entry->ends_on <= nir_norway_today())
		entry->valid = false;
	while (unlikely(!entry->valid))
		rebuild(entry);
	if (entry->governed || entry->tagged || entry->astray)
		return entry;
	nir_relation_none[relid % NIR_RELATION_PLACES] = relid;
	return NULL;
}

Oid
nir_relation_of_toast(Oid toast)
{
	Relation	pg_depend = table_open(DependRelationId, AccessShareLock);
	ScanKeyData keys[2];
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			relid = InvalidOid;

	ScanKeyInit(&keys[0], Anum_pg_depend_classid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(RelationRelationId));
	ScanKeyInit(&keys[1], Anum_pg_depend_objid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(toast));
	scan = systable_beginscan(pg_depend, DependDependerIndexId, true, NULL, 2, keys);
	while (!OidIsValid(relid) && HeapTupleIsValid(tuple = systable_getnext(scan)))
		if (((Form_pg_depend) GETSTRUCT(tuple))->refclassid == RelationRelationId)
			relid = ((Form_pg_depend) GETSTRUCT(tuple))->refobjid;
	systable_endscan(scan);
	table_close(pg_depend, AccessShareLock);
	return relid;
}

bool
nir_relation_may_be_known(const char *schema, const char *name)
{
	HASH_SEQ_STATUS status;
	NirRelation *entry;
	bool		named = schema != NULL && name != NULL;
	bool		looked_at = false;
	bool		any = false;
	bool		routed = false;

	if (relations == NULL)
		return false;
	hash_seq_init(&status, relations);
	while ((entry = hash_seq_search(&status)) != NULL)
	{
		bool		concerns = entry->governed || entry->tagged || entry->astray;

		any = any || concerns;
		routed = routed || (concerns && entry->partitioned);
		if (!named || strcmp(entry->name, name) != 0 || strcmp(entry->schema, schema) != 0)
			continue;
		looked_at = true;
		if (concerns)
		{
			hash_seq_term(&status);
			return true;
		}
	}
	return named ? routed && !looked_at : any;
}

PG_FUNCTION_INFO_V1(nir_type_purposes_sql);

/* SQL: nir.type_purposes(type oid, modifier integer) */
Datum
nir_type_purposes_sql(PG_FUNCTION_ARGS)
{
	NirPurposes purposes;

	if (!nir_type_purposes(PG_GETARG_OID(0), PG_GETARG_INT32(1), &purposes))
		PG_RETURN_NULL();
	PG_RETURN_UINT32(purposes);
}
