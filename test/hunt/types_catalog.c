/*
 * test/hunt/types_catalog.c
 *
 * Which functions the types under test have, from the catalog, so that a new
 * type is fuzzed without a word about it here.
 */
#include "postgres.h"

#include "access/stratnum.h"
#include "catalog/namespace.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#include "compat.h"
#include "types_fuzz.h"

static Type *types = NULL;
static int	type_count = 0;
static Collations known_collations;

static void
find_function(Oid function, FmgrInfo *info)
{
	memset(info, 0, sizeof(*info));
	if (OidIsValid(function))
		fmgr_info_cxt(function, info, TopMemoryContext);
}

void
find_function_named(const char *signature, FmgrInfo *info)
{
	find_function(DatumGetObjectId(DirectFunctionCall1(regprocedurein, CStringGetDatum(signature))), info);
}

static void
find_io(Type *type)
{
	bool		varlena;
	Oid			function;

	getTypeInputInfo(type->oid, &function, &type->ioparam);
	find_function(function, &type->in);
	getTypeOutputInfo(type->oid, &function, &varlena);
	find_function(function, &type->out);
	getTypeBinaryInputInfo(type->oid, &function, &type->ioparam);
	find_function(function, &type->receive);
	getTypeBinaryOutputInfo(type->oid, &function, &varlena);
	find_function(function, &type->send);
	get_typlenbyval(type->oid, &type->len, &type->byval);
}

static void
find_comparison(Type *type)
{
	TypeCacheEntry *entry = lookup_type_cache(type->oid, TYPECACHE_BTREE_OPFAMILY | TYPECACHE_HASH_OPFAMILY);
	Oid			family = entry->btree_opf;

	find_function(get_opfamily_proc(family, type->oid, type->oid, 1), &type->compare);
	find_function(get_opfamily_proc(family, type->oid, type->oid, 2), &type->sort);
	for (int strategy = BTLessStrategyNumber; strategy <= BTGreaterStrategyNumber; strategy++)
		find_function(get_opcode(get_opfamily_member(family, type->oid, type->oid, strategy)),
					  &type->operators[strategy - 1]);
	find_function(get_opfamily_proc(entry->hash_opf, type->oid, type->oid, 1), &type->hash);
	find_function(get_opfamily_proc(entry->hash_opf, type->oid, type->oid, 2), &type->hash_extended);
}

/* others: the OIDs of the types in the btree family but the type itself */
static void
find_others(Type *type, ArrayType *others)
{
	TypeCacheEntry *entry = lookup_type_cache(type->oid, TYPECACHE_BTREE_OPFAMILY | TYPECACHE_HASH_OPFAMILY);
	Oid		   *oids = (Oid *) ARR_DATA_PTR(others);

	type->other_count = ARR_NDIM(others) == 0 ? 0 : ARR_DIMS(others)[0];
	type->others = MemoryContextAllocZero(TopMemoryContext, sizeof(OtherType) * (type->other_count + 1));
	for (int i = 0; i < type->other_count; i++)
	{
		OtherType  *other = &type->others[i];

		other->oid = oids[i];
		get_typlenbyval(other->oid, &other->len, &other->byval);
		find_function(get_opfamily_proc(entry->btree_opf, type->oid, other->oid, 1), &other->compare);
		find_function(get_opfamily_proc(entry->btree_opf, other->oid, type->oid, 1), &other->compare_back);
		find_function(get_opfamily_proc(entry->hash_opf, other->oid, other->oid, 1), &other->hash);
	}
}

static Type *
base_type(Oid oid)
{
	Type	   *base;

	if (!OidIsValid(oid))
		return NULL;
	base = MemoryContextAllocZero(TopMemoryContext, sizeof(Type));
	base->oid = oid;
	base->typmod = -1;
	find_io(base);
	return base;
}

static Datum
column(int row, int number)
{
	bool		isnull;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, number, &isnull);

	return isnull ? (Datum) 0 : value;
}

static void
read_collations(void)
{
	known_collations.bytes = get_collation_oid(list_make1(makeString("C")), false);
	known_collations.locale = get_collation_oid(list_make1(makeString("C.utf8")), true);
	known_collations.loose = get_collation_oid(list_make1(makeString("types_loose")), true);
	if (!OidIsValid(known_collations.locale))
		known_collations.locale = known_collations.bytes;
}

static void
read_types(void)
{
	/* without ORDER BY over a name the order would be the locale's */
	static const char query[] =
		"SELECT t.oid, t.typname::text,"
		"  CASE WHEN t.typmodin = 0 THEN -1 WHEN t.typname = 'sealed' THEN (1 << 24) + 1 ELSE 1 END,"
		"  CASE WHEN t.typname LIKE 'tagged\\_%' THEN to_regtype(substr(t.typname, 8)) END,"
		"  ARRAY(SELECT DISTINCT p.amprocrighttype FROM pg_amproc p JOIN pg_opclass c ON c.opcfamily = p.amprocfamily"
		"    WHERE c.opcintype = t.oid AND c.opcdefault AND c.opcmethod = 403 AND p.amproclefttype = t.oid"
		"    AND p.amprocnum = 1 AND p.amprocrighttype <> t.oid ORDER BY 1)"
		" FROM pg_type t WHERE t.typnamespace = 'nir'::regnamespace AND t.typtype = 'b' AND t.typcategory <> 'A'"
		" ORDER BY t.typname = 'sealed', t.typname";

	SPI_connect();
	if (SPI_execute(query, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the types");
	type_count = SPI_processed;
	types = MemoryContextAllocZero(TopMemoryContext, sizeof(Type) * type_count);
	for (int i = 0; i < type_count; i++)
	{
		Type	   *type = &types[i];

		type->oid = DatumGetObjectId(column(i, 1));
		type->name = MemoryContextStrdup(TopMemoryContext, TextDatumGetCString(column(i, 2)));
		type->typmod = DatumGetInt32(column(i, 3));
		type->base = base_type(DatumGetObjectId(column(i, 4)));
		find_io(type);
		find_comparison(type);
		find_others(type, DatumGetArrayTypeP(column(i, 5)));
	}
	SPI_finish();
	read_collations();
}

Type *
types_under_test(int *count)
{
	if (types == NULL)
		read_types();
	*count = type_count;
	return types;
}

Type *
type_named(const char *name)
{
	int			count;
	Type	   *all = types_under_test(&count);

	for (int i = 0; i < count; i++)
	{
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	}
	elog(ERROR, "there is no type nir.%s", name);
}

const Collations *
collations(void)
{
	return &known_collations;
}
