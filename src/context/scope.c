/*
 * src/context/scope.c
 *
 * Unit numbers and their history, read whole once per backend: some 1 000
 * numbers and 500 successions.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/date.h"
#include "utils/inval.h"
#include "utils/memutils.h"

#include "context/catalog.h"
#include "context/norway.h"
#include "context/scope.h"
#include "errors.h"

typedef struct UnitRow
{
	NirUnit		code;
	NirUnit		county;			/* that the number names; 0 for a county */
	bool		valid_today;
} UnitRow;

typedef struct SuccessionRow
{
	NirUnit		old_code;
	NirUnit		new_code;
} SuccessionRow;

static struct
{
	MemoryContext context;		/* holds the arrays; NULL: not loaded */
	DateADT		day;
	Oid			unit_relation;
	Oid			succession_relation;
	int			nunits;
	UnitRow    *units;			/* sorted by code */
	int			nsuccessions;
	SuccessionRow *successions; /* sorted by new_code */
}			cache;

static uint64 generation = 0;

/* Relcache callback: one of the two tables, or everything, has changed. */
static void
forget(Datum arg, Oid relation)
{
	if (relation == InvalidOid || relation == cache.unit_relation ||
		relation == cache.succession_relation)
		generation++;
}

void
nir_scope_init(void)
{
	nir_catalog_listen(forget);
}

static int
compare_units(const void *a, const void *b)
{
	NirUnit		left = ((const UnitRow *) a)->code;
	NirUnit		right = ((const UnitRow *) b)->code;

	return left < right ? -1 : left > right;
}

static int
compare_codes(const void *a, const void *b)
{
	NirUnit		left = *(const NirUnit *) a;
	NirUnit		right = *(const NirUnit *) b;

	return left < right ? -1 : left > right;
}

static int
compare_successions(const void *a, const void *b)
{
	return compare_codes(&((const SuccessionRow *) a)->new_code,
						 &((const SuccessionRow *) b)->new_code);
}

static void
load_units(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	int			room = 1024;

	cache.units = palloc(sizeof(UnitRow) * room);
	cache.nunits = 0;
	nir_catalog_scan_begin(&scan, "unit_code", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		Datum		code = nir_catalog_scan_get(&scan, tuple, "code", &isnull);

		if (isnull)
			continue;
		if (cache.nunits == room)
			cache.units = repalloc(cache.units, sizeof(UnitRow) * (room *= 2));
		cache.units[cache.nunits].code = DatumGetInt32(code);
		code = nir_catalog_scan_get(&scan, tuple, "county", &isnull);
		cache.units[cache.nunits].county = isnull ? 0 : DatumGetInt32(code);
		cache.units[cache.nunits].valid_today =
			nir_catalog_scan_valid_today(&scan, tuple, "valid");
		cache.nunits++;
	}
	nir_catalog_scan_end(&scan);
	qsort(cache.units, cache.nunits, sizeof(UnitRow), compare_units);
}

/* True for the kinds by which the successor takes over the whole unit. */
static bool
is_inherited(const char *kind)
{
	return kind != NULL &&
		(strcmp(kind, "renumber") == 0 || strcmp(kind, "merge") == 0);
}

static void
load_successions(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	int			room = 512;

	cache.successions = palloc(sizeof(SuccessionRow) * room);
	cache.nsuccessions = 0;
	nir_catalog_scan_begin(&scan, "unit_succession", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		Datum		old_code = nir_catalog_scan_get(&scan, tuple, "old_code", &isnull);
		Datum		new_code = nir_catalog_scan_get(&scan, tuple, "new_code", &isnull);

		if (!is_inherited(nir_catalog_scan_get_text(&scan, tuple, "kind")))
			continue;
		if (cache.nsuccessions == room)
			cache.successions = repalloc(cache.successions, sizeof(SuccessionRow) * (room *= 2));
		cache.successions[cache.nsuccessions].old_code = DatumGetInt32(old_code);
		cache.successions[cache.nsuccessions].new_code = DatumGetInt32(new_code);
		cache.nsuccessions++;
	}
	nir_catalog_scan_end(&scan);
	qsort(cache.successions, cache.nsuccessions, sizeof(SuccessionRow), compare_successions);
}

static void
load(void)
{
	static uint64 loaded_generation = 0;
	DateADT		today = nir_norway_today();
	MemoryContext caller;
	uint64		begun;

	if (cache.context != NULL && cache.day == today && loaded_generation == generation)
		return;
	if (cache.context != NULL)
		MemoryContextDelete(cache.context);
	cache.context = NULL;
	cache.unit_relation = nir_catalog_relation("unit_code");
	cache.succession_relation = nir_catalog_relation("unit_succession");

	begun = generation;
	cache.context = AllocSetContextCreate(CacheMemoryContext, "nir unit numbers",
										  ALLOCSET_DEFAULT_SIZES);
	/* an error half-way must not leave a cache that looks loaded */
	cache.day = DATEVAL_NOBEGIN;
	caller = MemoryContextSwitchTo(cache.context);
	load_units();
	load_successions();
	MemoryContextSwitchTo(caller);
	cache.day = today;
	loaded_generation = begun;
}

void
nir_scope_require_unit(NirUnit unit)
{
	UnitRow		key = {.code = unit};
	UnitRow    *row;

	load();
	row = bsearch(&key, cache.units, cache.nunits, sizeof(UnitRow), compare_units);
	if (row == NULL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_UNIT_UNKNOWN),
				 errmsg("there has never been a unit of this number"),
				 errhint("nir.unit_code lists every municipality, county and district.")));
	if (!row->valid_today)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_UNIT_UNKNOWN),
				 errmsg("the unit of this number no longer exists"),
				 errhint("Use the number of its successor, see nir.unit_succession.")));
}

/* Growing set of numbers; the succession graph is small, so a list will do. */
typedef struct UnitSet
{
	int			count;
	int			room;
	NirUnit    *units;
} UnitSet;

static bool
add_unit(UnitSet *set, NirUnit unit)
{
	for (int i = 0; i < set->count; i++)
		if (set->units[i] == unit)
			return false;
	if (set->count == set->room)
		set->units = repalloc(set->units, sizeof(NirUnit) * (set->room *= 2));
	set->units[set->count++] = unit;
	return true;
}

/* The first known number that is not below this one. */
static int
first_unit(NirUnit unit)
{
	int			low = 0;
	int			high = cache.nunits;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (cache.units[middle].code < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first succession by this unit; those by others follow. */
static int
first_succession(NirUnit new_code)
{
	int			low = 0;
	int			high = cache.nsuccessions;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (cache.successions[middle].new_code < new_code)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Add the known numbers that who acts for unit acts for: they follow it. */
static void
add_within(UnitSet *set, NirUnit unit)
{
	for (int i = first_unit(unit); i < cache.nunits && nir_unit_acts_for(unit, cache.units[i].code); i++)
		add_unit(set, cache.units[i].code);
}

int
nir_scope_units(NirUnit unit, NirUnit **units)
{
	UnitSet		set = {.count = 0, .room = 64};

	load();
	set.units = palloc(sizeof(NirUnit) * set.room);
	add_unit(&set, unit);
	add_within(&set, unit);
	for (int done = 0; done < set.count; done++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int i = first_succession(set.units[done]); i < cache.nsuccessions && cache.successions[i].new_code == set.units[done]; i++)
			if (add_unit(&set, cache.successions[i].old_code))
				add_within(&set, cache.successions[i].old_code);
	}
	qsort(set.units, set.count, sizeof(NirUnit), compare_codes);
	*units = set.units;
	return set.count;
}

static bool
contains(const UnitSet *set, NirUnit unit)
{
	for (int i = 0; i < set->count; i++)
		if (set->units[i] == unit)
			return true;
	return false;
}

/* Add what became the set's units as a whole, and its districts. */
static void
add_predecessors(UnitSet *set)
{
	for (int done = 0; done < set->count; done++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int i = first_succession(set->units[done]); i < cache.nsuccessions && cache.successions[i].new_code == set->units[done]; i++)
			if (nir_unit_level(cache.successions[i].old_code) != NIR_UNIT_COUNTY &&
				add_unit(set, cache.successions[i].old_code))
				add_within(set, cache.successions[i].old_code);
	}
}

/* Add the counties of the past of which every unit is in the set. */
static void
add_past_counties(UnitSet *set)
{
	for (int i = 0; i < cache.nunits; i++)
	{
		bool		all = !cache.units[i].valid_today && cache.units[i].county == 0;
		bool		any = false;

		for (int j = 0; all && j < cache.nunits; j++)
			if (cache.units[j].county == cache.units[i].code)
			{
				any = true;
				all = contains(set, cache.units[j].code);
			}
		if (all && any)
			add_unit(set, cache.units[i].code);
	}
}

int
nir_scope_units_within(const NirUnit *outer, int nouter, NirUnit **units)
{
	UnitSet		set = {.count = 0, .room = 256};

	load();
	set.units = palloc(sizeof(NirUnit) * set.room);
	for (int i = 0; i < nouter; i++)
	{
		NirUnit		last = nir_unit_last_within(outer[i]);

		/* a number of today lies where it says; one of the past, where it went */
		add_unit(&set, outer[i]);
		for (int j = 0; j < cache.nunits; j++)
			if (cache.units[j].valid_today &&
				cache.units[j].code >= outer[i] && cache.units[j].code <= last)
				add_unit(&set, cache.units[j].code);
	}
	add_predecessors(&set);
	add_past_counties(&set);
	qsort(set.units, set.count, sizeof(NirUnit), compare_codes);
	*units = set.units;
	return set.count;
}
