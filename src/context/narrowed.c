/*
 * src/context/narrowed.c
 *
 * Reads who is narrowed, from the register's own tables, in their latest
 * committed state whatever snapshot the statement has: a restriction is in
 * force from the next statement on, REPEATABLE READ included, and there is no
 * copy that a restore could leave behind.  Triggers on these tables send
 * relcache invalidations.  What cannot be read is an error, never an open row.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "context/catalog.h"
#include "context/narrowed.h"
#include "context/norway.h"
#include "errors.h"

/* A row of nir.narrowing_source. */
typedef struct Source
{
	Oid			relation;
	Oid			root;
	char	   *kind;
	char	   *subject;
	char	   *category;		/* columns, or NULL */
	char	   *valid;
	char	   *grade;
	int			at_least;
	char	   *index;			/* over the rows that count, or NULL */
} Source;

static struct
{
	MemoryContext context;		/* holds all of it; NULL: not loaded */
	uint64		generation;		/* that was loaded */
	DateADT		day;
	TimestampTz asked_at;		/* statement for which the day was looked at */
	List	   *kinds;
	List	   *identifying;	/* names of categories */
	List	   *special;
	List	   *registers;
}			cache;

/* relations whose change counts; NIL while they are not known: any does */
static List *watched = NIL;
uint64		nir_narrowed_generation = 1;

/* Relcache callback: something that was read, or everything, has changed. */
static void
forget(Datum arg, Oid relation)
{
	if (relation == InvalidOid || watched == NIL || list_member_oid(watched, relation))
		nir_narrowed_generation++;
}

void
nir_narrowed_init(void)
{
	nir_catalog_listen(forget);
}

void
nir_narrowed_unreadable(const char *what)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_NARROWING_UNKNOWN),
			 errmsg("it cannot be told whose rows are narrowed"),
			 errdetail("%s", what),
			 errhint("Nothing of the register is shown until an administrator has mended it: see nir.lint().")));
}

static bool
holds_day(Datum range, DateADT day)
{
	RangeType  *valid = DatumGetRangeTypeP(range);

	return range_contains_elem_internal(lookup_type_cache(RangeTypeGetOid(valid), TYPECACHE_RANGE_INFO),
										valid, DateADTGetDatum(day));
}

static void
read_kinds(DateADT day)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	bool		isnull;

	nir_catalog_scan_begin(&scan, "narrowing", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		NirNarrowing *kind;
		Datum		valid = nir_catalog_scan_get(&scan, tuple, "valid", &isnull);

		if (!isnull && !holds_day(valid, day))
			continue;
		kind = palloc0(sizeof(NirNarrowing));
		kind->name = nir_catalog_scan_get_text(&scan, tuple, "kind");
		kind->purposes = DatumGetUInt32(nir_catalog_scan_get(&scan, tuple, "purposes", &isnull));
		kind->identifying = DatumGetBool(nir_catalog_scan_get(&scan, tuple, "identifying", &isnull));
		kind->function = nir_catalog_scan_get_text(&scan, tuple, "function");
		cache.kinds = lappend(cache.kinds, kind);
	}
	nir_catalog_scan_end(&scan);
}

static void
read_categories(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;

	nir_catalog_scan_begin(&scan, "category", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;

		if (DatumGetBool(nir_catalog_scan_get(&scan, tuple, "identifying", &isnull)) && !isnull)
			cache.identifying = lappend(cache.identifying,
										nir_catalog_scan_get_text(&scan, tuple, "code"));
		if (nir_catalog_scan_get_text(&scan, tuple, "special") != NULL)
			cache.special = lappend(cache.special,
									nir_catalog_scan_get_text(&scan, tuple, "code"));
	}
	nir_catalog_scan_end(&scan);
}

/* A column of type name, palloc'd; NULL if the value is null. */
static char *
get_name(NirCatalogScan *scan, HeapTuple tuple, const char *column)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, column, &isnull);

	return isnull ? NULL : pstrdup(NameStr(*DatumGetName(datum)));
}

static List *
read_sources(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	List	   *sources = NIL;

	nir_catalog_scan_begin(&scan, "narrowing_source", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		Source	   *source = palloc0(sizeof(Source));
		bool		isnull;

		source->relation = DatumGetObjectId(nir_catalog_scan_get(&scan, tuple, "relation", &isnull));
		source->root = DatumGetObjectId(nir_catalog_scan_get(&scan, tuple, "root", &isnull));
		source->kind = nir_catalog_scan_get_text(&scan, tuple, "kind");
		source->subject = get_name(&scan, tuple, "subject_column");
		source->category = get_name(&scan, tuple, "category_column");
		source->valid = get_name(&scan, tuple, "valid_column");
		source->grade = get_name(&scan, tuple, "grade_column");
		source->at_least = DatumGetInt16(nir_catalog_scan_get(&scan, tuple, "at_least", &isnull));
		source->index = get_name(&scan, tuple, "index_name");
		sources = lappend(sources, source);
	}
	nir_catalog_scan_end(&scan);
	return sources;
}

static const NirNarrowing *
find_kind(const char *name)
{
	ListCell   *cell;

	foreach(cell, cache.kinds)
		if (strcmp(((NirNarrowing *) lfirst(cell))->name, name) == 0)
			return lfirst(cell);
	return NULL;
}

static NirRegister *
find_register(Oid root)
{
	ListCell   *cell;

	foreach(cell, cache.registers)
		if (((NirRegister *) lfirst(cell))->root == root)
			return lfirst(cell);
	return NULL;
}

static NirRegister *
add_register(Oid root)
{
	NirRegister *added = palloc0(sizeof(NirRegister));

	added->root = root;
	added->room = 64;
	added->narrowed = palloc(sizeof(NirNarrowed) * added->room);
	cache.registers = lappend(cache.registers, added);
	return added;
}

/* The column's number, 0 where none is named; raises unless it is of the type. */
static AttrNumber
column_of(Relation table, const char *name, Oid type)
{
	AttrNumber	number;

	if (name == NULL)
		return InvalidAttrNumber;
	number = get_attnum(RelationGetRelid(table), name);
	if (number == InvalidAttrNumber ||
		TupleDescAttr(RelationGetDescr(table), number - 1)->atttypid != type)
		nir_narrowed_unreadable(psprintf("Column \"%s\" of \"%s\" is missing, or of another type.",
							name, RelationGetRelationName(table)));
	return number;
}

/* The index if it is there and whole, which it is not while a dump is restored. */
static Oid
usable_index(Relation table, const char *name)
{
	Oid			index = name == NULL ? InvalidOid :
		get_relname_relid(name, RelationGetNamespace(table));
	HeapTuple	tuple = OidIsValid(index) ? SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index)) : NULL;
	bool		usable = false;

	if (HeapTupleIsValid(tuple))
	{
		Form_pg_index form = (Form_pg_index) GETSTRUCT(tuple);

		usable = form->indrelid == RelationGetRelid(table) && form->indisvalid && form->indisready;
		ReleaseSysCache(tuple);
	}
	return usable ? index : InvalidOid;
}

static void
add_narrowed(NirRegister *into, int64 subject, const NirNarrowing *kind, char *category)
{
	if (into->count == into->room)
	{
		into->room *= 2;
		into->narrowed = repalloc_huge(into->narrowed, sizeof(NirNarrowed) * into->room);
	}
	if (kind->identifying)
		into->hiding_identity |= kind->purposes;
	else
		into->hiding |= kind->purposes;
	into->narrowed[into->count].subject = subject;
	into->narrowed[into->count].kind = kind;
	into->narrowed[into->count].category = category;
	into->count++;
}

static void
read_narrowed(const Source *source, NirRegister *into, DateADT day)
{
	const NirNarrowing *kind = find_kind(source->kind);
	Relation	table = try_table_open(source->relation, AccessShareLock);
	TupleDesc	desc;
	Oid			index;
	SysScanDesc scan;
	HeapTuple	tuple;
	AttrNumber	subject,
				category,
				valid,
				grade;

	if (table == NULL)
		nir_narrowed_unreadable("A table of nir.narrowing_source is gone.");
	desc = RelationGetDescr(table);
	subject = column_of(table, source->subject, INT8OID);
	category = column_of(table, source->category, TEXTOID);
	valid = column_of(table, source->valid, DATERANGEOID);
	grade = column_of(table, source->grade, INT2OID);
	index = usable_index(table, source->index);
	scan = systable_beginscan(table, index, OidIsValid(index), NULL, 0, NULL);
	while (kind != NULL && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		bool		isnull;
		Datum		value;
		Datum		key;
		char	   *of = NULL;

		CHECK_FOR_INTERRUPTS();
		if (grade != InvalidAttrNumber)
		{
			value = heap_getattr(tuple, grade, desc, &isnull);
			if (!isnull && DatumGetInt16(value) < source->at_least)
				continue;
		}
		if (valid != InvalidAttrNumber)
		{
			value = heap_getattr(tuple, valid, desc, &isnull);
			if (!isnull && !holds_day(value, day))
				continue;
		}
		key = heap_getattr(tuple, subject, desc, &isnull);
		if (isnull)
			continue;
		if (category != InvalidAttrNumber)
		{
			value = heap_getattr(tuple, category, desc, &isnull);
			of = isnull ? NULL : TextDatumGetCString(value);
		}
		add_narrowed(into, DatumGetInt64(key), kind, of);
	}
	systable_endscan(scan);
	table_close(table, AccessShareLock);
}

static int
compare_narrowed(const void *a, const void *b)
{
	int64		left = ((const NirNarrowed *) a)->subject;
	int64		right = ((const NirNarrowed *) b)->subject;

	return left < right ? -1 : left > right;
}

/* Some 64 bits for each person: one look-up in 64 is for nothing. */
static void
make_bits(NirRegister *of)
{
	int			words = pg_nextpower2_32(Min(Max(of->count, 16), 1 << 18));

	of->shift = 64 - 6 - pg_leftmost_one_pos32(words);
	of->bits = palloc0(sizeof(uint64) * words);
	for (int i = 0; i < of->count; i++)
	{
		uint64		bit = nir_narrowed_bit(of, of->narrowed[i].subject);

		of->bits[bit / 64] |= UINT64CONST(1) << (bit % 64);
	}
}

static void
watch(List *sources)
{
	MemoryContext caller = MemoryContextSwitchTo(CacheMemoryContext);
	List	   *relations = NIL;
	ListCell   *cell;

	relations = lappend_oid(relations, nir_catalog_relation("narrowing"));
	relations = lappend_oid(relations, nir_catalog_relation("narrowing_source"));
	relations = lappend_oid(relations, nir_catalog_relation("category"));
	foreach(cell, sources)
		relations = lappend_oid(relations, ((Source *) lfirst(cell))->relation);
	watched = relations;
	MemoryContextSwitchTo(caller);
}

static void
load(DateADT day)
{
	MemoryContext old = cache.context;
	MemoryContext caller;
	uint64		begun;
	List	   *sources;
	ListCell   *cell;

	/* from here on any change counts, and an error half-way leaves nothing */
	list_free(watched);
	watched = NIL;
	cache.context = NULL;
	cache.kinds = cache.identifying = cache.special = cache.registers = NIL;
	if (old != NULL)
		MemoryContextDelete(old);
	/* nobody uses any more what goes here */
	begun = ++nir_narrowed_generation;

	old = AllocSetContextCreate(CurrentMemoryContext, "nir narrowed persons", ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(old);
	read_kinds(day);
	read_categories();
	sources = read_sources();
	foreach(cell, sources)
	{
		Source	   *source = lfirst(cell);
		NirRegister *into = find_register(source->root);

		read_narrowed(source, into != NULL ? into : add_register(source->root), day);
	}
	foreach(cell, cache.registers)
	{
		NirRegister *done = lfirst(cell);

		qsort(done->narrowed, done->count, sizeof(NirNarrowed), compare_narrowed);
		make_bits(done);
		done->generation = begun;
	}
	MemoryContextSwitchTo(caller);
	MemoryContextSetParent(old, CacheMemoryContext);
	watch(sources);
	cache.context = old;
	cache.day = day;
	/* what changed while we read serves this call only */
	cache.generation = begun;
}

/* Read what has changed, or what another day has brought. */
static void
refresh(void)
{
	TimestampTz now = GetCurrentStatementStartTimestamp();
	DateADT		today;

	if (cache.context != NULL && cache.generation == nir_narrowed_generation && cache.asked_at == now)
		return;
	today = nir_norway_date(now);
	if (cache.context == NULL || cache.generation != nir_narrowed_generation || cache.day != today)
		load(today);
	cache.asked_at = now;
}

List *
nir_narrowed_registers(void)
{
	refresh();
	return cache.registers;
}

const NirRegister *
nir_narrowed_register(Oid root)
{
	const NirRegister *found;

	refresh();
	found = find_register(root);
	if (found == NULL)
		nir_narrowed_unreadable("The persons that a policy asks about have no table in nir.narrowing_source.");
	return found;
}

const NirNarrowed *
nir_narrowed_find(const NirRegister *in, int64 subject)
{
	NirNarrowed	key = {.subject = subject};
	NirNarrowed *at = bsearch(&key, in->narrowed, in->count, sizeof(NirNarrowed), compare_narrowed);

	while (at != NULL && at > in->narrowed && at[-1].subject == subject)
		at--;
	return at;
}

static bool
names(const List *categories, const char *category)
{
	ListCell   *cell;

	foreach(cell, categories)
		if (strcmp(lfirst(cell), category) == 0)
			return true;
	return false;
}

bool
nir_narrowed_identifies(const char *category)
{
	return names(cache.identifying, category);
}

bool
nir_narrowed_is_special(const char *category)
{
	return names(cache.special, category);
}
