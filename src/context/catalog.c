/*
 * src/context/catalog.c
 *
 * Finds nir's schema, types and tables, and reads the tables.
 *
 * The cache is filled whole or not at all: while CREATE EXTENSION is running
 * the types come one by one, and a half-filled cache would let a later
 * statement of that script pass unseen.  An extension that lacks a part counts
 * as installed, so that what needs the part fails rather than passes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "nodes/makefuncs.h"
#include "parser/parse_func.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rangetypes.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/norway.h"
#include "errors.h"

static const char *const tagged_type_names[] = {
	"fnr", "duf", "tagged_date", "tagged_int", "tagged_bool",
	"tagged_text", "tagged_numeric",
	"sealed",					/* last: nir_catalog_is_sealed_type */
};

#define TAGGED_TYPES	((int) lengthof(tagged_type_names))

typedef enum CatalogState
{
	CATALOG_UNKNOWN,
	CATALOG_ABSENT,				/* no nir in this database */
	CATALOG_PRESENT,
} CatalogState;

static struct
{
	CatalogState state;
	Oid			schema;
	Oid			unit_type;
	Oid			unit_array_type;
	Oid			purposes_type;
	Oid			tagged[TAGGED_TYPES];
	Oid			conforms_function;
	Oid			sealed_conforms_function;
	Oid			functions[NIR_FUNCTIONS];
	bool		version_checked;
}			cache;

/* Syscache and relcache callback: the schema, or everything, may have changed. */
static void
forget(Datum arg, int cacheid, uint32 hashvalue)
{
	cache.state = CATALOG_UNKNOWN;
	cache.conforms_function = cache.sealed_conforms_function = InvalidOid;
	memset(cache.functions, 0, sizeof(cache.functions));
	cache.version_checked = false;
}

/* Syscache callback: some function has changed. */
static void
forget_functions(Datum arg, int cacheid, uint32 hashvalue)
{
	memset(cache.functions, 0, sizeof(cache.functions));
}

static RelcacheCallbackFunction listeners[16];
static int	nlisteners = 0;

/* Relcache callback. */
static void
tell_listeners(Datum arg, Oid relation)
{
	for (int i = 0; i < nlisteners; i++)
		listeners[i] ((Datum) 0, relation);
}

void
nir_catalog_init(void)
{
	CacheRegisterSyscacheCallback(NAMESPACEOID, forget, (Datum) 0);
	CacheRegisterSyscacheCallback(PROCOID, forget_functions, (Datum) 0);
	CacheRegisterRelcacheCallback(tell_listeners, (Datum) 0);
}

void
nir_catalog_listen(RelcacheCallbackFunction listener)
{
	if (nlisteners == lengthof(listeners))
		elog(FATAL, "too many listeners to changes of relations");
	listeners[nlisteners++] = listener;
}

/* A type that is missing stays InvalidOid; true if all are there. */
static bool
find_types(Oid schema)
{
	bool		complete = true;

	for (int i = 0; i < TAGGED_TYPES; i++)
	{
		cache.tagged[i] = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
										  CStringGetDatum(tagged_type_names[i]),
										  ObjectIdGetDatum(schema));
		complete = complete && OidIsValid(cache.tagged[i]);
	}
	cache.unit_type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
									  CStringGetDatum("unit"),
									  ObjectIdGetDatum(schema));
	cache.unit_array_type = OidIsValid(cache.unit_type) ? get_array_type(cache.unit_type) : InvalidOid;
	cache.purposes_type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
										  CStringGetDatum("purposes"),
										  ObjectIdGetDatum(schema));
	return complete && OidIsValid(cache.unit_array_type) && OidIsValid(cache.purposes_type);
}

/* *complete tells whether what was found may be kept. */
static CatalogState
look(bool *complete)
{
	Oid			schema = get_namespace_oid("nir", true);
	Oid			extension;

	*complete = true;
	if (!OidIsValid(schema))
		return CATALOG_ABSENT;
	extension = get_extension_oid("nir", true);
	if (!OidIsValid(extension) ||
		getExtensionOfObject(NamespaceRelationId, schema) != extension)
		return CATALOG_ABSENT;
	*complete = find_types(schema);
	cache.schema = schema;
	return CATALOG_PRESENT;
}

bool
nir_catalog_installed(void)
{
	CatalogState found;
	bool		complete;

	if (likely(cache.state != CATALOG_UNKNOWN))
		return cache.state == CATALOG_PRESENT;

	/* an invalidation that arrives while we look leaves the state unknown */
	found = look(&complete);
	if (complete && !creating_extension)
		cache.state = found;
	return found == CATALOG_PRESENT;
}

bool
nir_catalog_is_settled(void)
{
	return cache.state != CATALOG_UNKNOWN;
}

bool
nir_catalog_in_own_script(void)
{
	return creating_extension &&
		CurrentExtensionObject == get_extension_oid("nir", true);
}

bool
nir_catalog_is_tagged_type(Oid type)
{
	if (!nir_catalog_installed())
		return false;
	for (int i = 0; i < TAGGED_TYPES; i++)
		if (cache.tagged[i] == type)
			return true;
	return false;
}

bool
nir_catalog_is_sealed_type(Oid type)
{
	return nir_catalog_installed() && OidIsValid(type) && cache.tagged[TAGGED_TYPES - 1] == type;
}

const Oid *
nir_catalog_tagged_types(int *count)
{
	*count = nir_catalog_installed() ? TAGGED_TYPES : 0;
	return cache.tagged;
}

Oid
nir_catalog_unit_type(void)
{
	(void) nir_catalog_installed();
	return cache.unit_type;
}

Oid
nir_catalog_unit_array_type(void)
{
	(void) nir_catalog_installed();
	return cache.unit_array_type;
}

Oid
nir_catalog_purposes_type(void)
{
	(void) nir_catalog_installed();
	return cache.purposes_type;
}

Oid
nir_catalog_conforms_function(void)
{
	Oid			arguments[] = {ANYOID, INT4OID};

	if (!OidIsValid(cache.conforms_function))
		cache.conforms_function =
			LookupFuncName(list_make2(makeString("nir"), makeString("conforms")),
						   2, arguments, false);
	return cache.conforms_function;
}

Oid
nir_catalog_sealed_conforms_function(void)
{
	Oid			arguments[] = {cache.tagged[TAGGED_TYPES - 1], INT4OID, INT8OID};

	if (!OidIsValid(cache.sealed_conforms_function))
		cache.sealed_conforms_function =
			LookupFuncName(list_make2(makeString("nir"), makeString("conforms")),
						   3, arguments, false);
	return cache.sealed_conforms_function;
}

Oid
nir_catalog_function(NirFunction function)
{
	Oid			unit = nir_catalog_unit_type();
	const struct
	{
		char	   *name;
		int			nargs;
		Oid			args[5];
	}			known[NIR_FUNCTIONS] = {
		[NIR_SUBJECT_IS_OPEN] = {"subject_is_open", 3, {REGCLASSOID, INT8OID, TEXTOID}},
		[NIR_MAY_REACH] = {"may_reach", 3, {INT8OID, REGCLASSOID, TEXTOID}},
		[NIR_MAY_REACH_OR_MADE] = {"may_reach", 5, {INT8OID, REGCLASSOID, TEXTOID, REGCLASSOID, NAMEOID}},
		[NIR_PERSONS_IN_REACH] = {"persons_in_reach", 2, {REGCLASSOID, TEXTOID}},
		[NIR_PERSONS_IN_REACH_OR_MADE] = {"persons_in_reach", 4, {REGCLASSOID, TEXTOID, REGCLASSOID, NAMEOID}},
		[NIR_IN_UNIT_SCOPE] = {"in_unit_scope", 2, {unit, TEXTOID}},
		[NIR_UNIT_SCOPE] = {"unit_scope", 1, {TEXTOID}},
		[NIR_ACTS_AS] = {"acts_as", 1, {TEXTOID}},
		[NIR_PURPOSE_IN] = {"purpose_in", 1, {cache.purposes_type}}};

	if (!OidIsValid(cache.functions[function]))
		cache.functions[function] =
			LookupFuncName(list_make2(makeString("nir"), makeString(known[function].name)),
						   known[function].nargs, known[function].args, true);
	return cache.functions[function];
}

Oid
nir_catalog_relation(const char *name)
{
	Oid			relation = InvalidOid;

	if (nir_catalog_installed())
		relation = get_relname_relid(name, cache.schema);
	if (!OidIsValid(relation))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_VERSION_MISMATCH),
				 errmsg("relation nir.%s of extension nir is missing", name),
				 errhint("Run CREATE EXTENSION nir, or ALTER EXTENSION nir UPDATE.")));
	return relation;
}

Oid
nir_catalog_owner_role(void)
{
	return get_role_oid("nir_owner", true);
}

/* The installed version of the extension, palloc'd; NULL if there is none. */
static char *
installed_version(void)
{
	Relation	relation = table_open(ExtensionRelationId, AccessShareLock);
	SysScanDesc scan;
	HeapTuple	tuple;
	ScanKeyData key;
	char	   *version = NULL;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum("nir"));
	scan = systable_beginscan(relation, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
	{
		bool		isnull;
		Datum		datum = heap_getattr(tuple, Anum_pg_extension_extversion,
										 RelationGetDescr(relation), &isnull);

		if (!isnull)
			version = TextDatumGetCString(datum);
	}
	systable_endscan(scan);
	table_close(relation, AccessShareLock);
	return version;
}

/* True if both versions begin with the same major.minor. */
static bool
same_minor(const char *a, const char *b)
{
	int			major_a,
				minor_a,
				major_b,
				minor_b;

	return sscanf(a, "%d.%d", &major_a, &minor_a) == 2 &&
		sscanf(b, "%d.%d", &major_b, &minor_b) == 2 &&
		major_a == major_b && minor_a == minor_b;
}

void
nir_catalog_require_version(void)
{
	char	   *version;

	if (likely(cache.version_checked) || creating_extension)
		return;
	version = installed_version();
	if (version == NULL || !same_minor(version, NIR_VERSION))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_VERSION_MISMATCH),
				 errmsg("library nir %s does not fit extension nir %s",
						NIR_VERSION, version ? version : "(none)"),
				 errhint("Run ALTER EXTENSION nir UPDATE, or restart the server with the matching library.")));
	cache.version_checked = true;
}

void
nir_catalog_scan_begin(NirCatalogScan *scan, const char *table,
					   const char *index, int nkeys, ScanKey keys)
{
	scan->relation = table_open(nir_catalog_relation(table), AccessShareLock);
	scan->scan = systable_beginscan(scan->relation,
									index ? nir_catalog_relation(index) : InvalidOid,
									index != NULL, NULL, nkeys, keys);
}

HeapTuple
nir_catalog_scan_next(NirCatalogScan *scan)
{
	return systable_getnext(scan->scan);
}

void
nir_catalog_scan_end(NirCatalogScan *scan)
{
	systable_endscan(scan->scan);
	table_close(scan->relation, AccessShareLock);
}

Datum
nir_catalog_scan_get(NirCatalogScan *scan, HeapTuple tuple,
					 const char *column, bool *isnull)
{
	AttrNumber	attnum = get_attnum(RelationGetRelid(scan->relation), column);

	if (attnum == InvalidAttrNumber)
		elog(ERROR, "column \"%s\" of nir.%s is missing",
			 column, RelationGetRelationName(scan->relation));
	return heap_getattr(tuple, attnum, RelationGetDescr(scan->relation), isnull);
}

char *
nir_catalog_scan_get_text(NirCatalogScan *scan, HeapTuple tuple, const char *column)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, column, &isnull);

	return isnull ? NULL : TextDatumGetCString(datum);
}

bool
nir_catalog_scan_valid_today(NirCatalogScan *scan, HeapTuple tuple, const char *column)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, column, &isnull);
	RangeType  *range;

	if (isnull)
		return true;
	range = DatumGetRangeTypeP(datum);
	return range_contains_elem_internal(lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO),
										range, DateADTGetDatum(nir_norway_today()));
}
