/*
 * src/context/reach.c
 *
 * The units that the acting body answers for, and what policies ask about
 * them: is one of the set, and all of it for an index.
 */
#include "postgres.h"

#include "access/skey.h"
#include "access/stratnum.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "context/binding.h"
#include "context/catalog.h"
#include "context/reach.h"
#include "context/scope.h"
#include "errors.h"
#include "types/wall.h"

typedef enum Reach
{
	REACH_UNIT,					/* the declared unit */
	REACH_WITHIN,				/* all that lies within the units bound */
	REACH_ENGAGED,				/* the declared unit, as long as it engages the body */
} Reach;

/* What a context reaches; good while nothing changed and in one transaction. */
typedef struct UnitReach
{
	bool		loaded;
	uint64		number;			/* of the loading; 0: reaches nothing */
	uint64		generation;
	TimestampTz started;		/* the transaction: a new one may have another day */
	NirContext	context;
	bool		lapsed;			/* acts by engagement, and none is in force */
	int			count;
	NirUnit    *units;			/* sorted */
} UnitReach;

/* What a call site keeps of it. */
typedef struct SiteReach
{
	uint64		number;			/* of the loading that it was copied from */
	uint64		generation;
	TimestampTz started;
	uint64		changes;		/* of the declaration when this was looked at */
	Oid			role;
	int			count;
	NirUnit    *units;
	ArrayType  *array;			/* of a call site that gives all: the same, or NULL */
} SiteReach;

static const UnitReach nothing = {.count = 0};

/*
 * What the planner hears of: numbers of no unit that there is.  A body with one
 * unit has hardly more than one number, one with all within it as many as the
 * planner takes any array to have.
 */
static NirUnit no_units[10];
static const SiteReach few = {.count = 1, .units = no_units};
static const SiteReach some = {.count = lengthof(no_units), .units = no_units};

static UnitReach cache;
static MemoryContext cache_memory = NULL;
static uint64 generation = 0;
static uint64 loads = 0;

static bool estimating = false;

bool
nir_reach_estimates(bool begin)
{
	bool		before = estimating;

	estimating = begin;
	return before;
}

bool
nir_reach_is_estimating(void)
{
	return estimating;
}

/* Relcache callback: what is read here is many small tables, so any change will do. */
static void
forget(Datum arg, Oid relation)
{
	generation++;
}

void
nir_reach_init(void)
{
	nir_catalog_listen(forget);
}

/* ---- kinds ---- */

static Reach
reach_of_kind(const char *body_kind)
{
	NirCatalogScan scan;
	ScanKeyData key;
	HeapTuple	tuple;
	Reach		reach = REACH_UNIT;

	ScanKeyInit(&key, 1, BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum(body_kind));
	nir_catalog_scan_begin(&scan, "body_kind", "body_kind_pkey", 1, &key);
	tuple = nir_catalog_scan_next(&scan);
	if (HeapTupleIsValid(tuple))
	{
		char	   *word = nir_catalog_scan_get_text(&scan, tuple, "reach");

		if (strcmp(word, "within") == 0)
			reach = REACH_WITHIN;
		else if (strcmp(word, "engaged") == 0)
			reach = REACH_ENGAGED;
	}
	nir_catalog_scan_end(&scan);
	return reach;
}

bool
nir_reach_is_within(const char *body_kind)
{
	return reach_of_kind(body_kind) == REACH_WITHIN;
}

/* The planner asks several times for one statement. */
static const SiteReach *
reach_to_estimate(text *kind)
{
	static char asked[NAMEDATALEN];
	static uint64 asked_at;
	static Reach answer;
	char		name[NAMEDATALEN];

	text_to_cstring_buffer(kind, name, sizeof(name));
	if (asked_at != generation || strcmp(asked, name) != 0)
	{
		uint64		begun = generation;

		answer = reach_of_kind(name);
		strlcpy(asked, name, sizeof(asked));
		asked_at = begun;
	}
	return answer == REACH_WITHIN ? &some : &few;
}

int
nir_reach_estimate(text *kind)
{
	return reach_to_estimate(kind)->count;
}

/* ---- engagements ---- */

/* True if the text array in this column has the element. */
static bool
names_element(NirCatalogScan *scan, HeapTuple tuple, const char *column, const char *element)
{
	bool		isnull;
	Datum		array = nir_catalog_scan_get(scan, tuple, column, &isnull);
	Datum	   *elements;
	bool	   *nulls;
	int			count;

	if (isnull)
		return false;
	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i] && strcmp(TextDatumGetCString(elements[i]), element) == 0)
			return true;
	return false;
}

/* True if the engagement is in force for what the context declares. */
static bool
covers(NirCatalogScan *scan, HeapTuple tuple, const NirContext *context)
{
	bool		isnull;
	Datum		datum;

	if (strcmp(nir_catalog_scan_get_text(scan, tuple, "provider"), context->body) != 0 ||
		!nir_catalog_scan_valid_today(scan, tuple, "valid"))
		return false;
	datum = nir_catalog_scan_get(scan, tuple, "unit", &isnull);
	if (isnull || context->unit == 0 || !nir_unit_acts_for(DatumGetInt32(datum), context->unit))
		return false;
	datum = nir_catalog_scan_get(scan, tuple, "purposes", &isnull);
	return !isnull && (context->purposes & ~DatumGetUInt32(datum)) == 0;
}

/* The engagements in force that cover the context; of a special category, those that name it. */
static List *
find_engagements(const NirContext *context, const char *special)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	List	   *found = NIL;

	nir_catalog_scan_begin(&scan, "engagement", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		int64	   *id;

		if (!covers(&scan, tuple, context) ||
			(special != NULL && !names_element(&scan, tuple, "special", special)))
			continue;
		id = palloc(sizeof(int64));
		*id = DatumGetInt64(nir_catalog_scan_get(&scan, tuple, "engagement_id", &isnull));
		found = lappend(found, id);
	}
	nir_catalog_scan_end(&scan);
	return found;
}

/* ---- units ---- */

static int
compute_units(const NirContext *context, NirUnit **units, bool *lapsed)
{
	NirUnit    *bound;
	int			nbound;

	*lapsed = false;
	switch (reach_of_kind(context->body_kind))
	{
		case REACH_WITHIN:
			if (context->unit != 0)
				return nir_scope_units_within(&context->unit, 1, units);
			nbound = nir_binding_units(context->role, context->body, &bound);
			return nir_scope_units_within(bound, nbound, units);
		case REACH_ENGAGED:
			*lapsed = find_engagements(context, NULL) == NIL;
			if (*lapsed)
				return 0;
			break;
		case REACH_UNIT:
			break;
	}
	return context->unit != 0 ? nir_scope_units(context->unit, units) : 0;
}

static bool
is_current(const UnitReach *reach, const NirContext *context)
{
	return reach->loaded && reach->generation == generation &&
		reach->started == GetCurrentTransactionStartTimestamp() &&
		nir_context_equal(&reach->context, context);
}

static const UnitReach *
load_reach(const NirContext *context)
{
	NirUnit    *units = NULL;
	uint64		begun = generation;
	int			count;

	if (is_current(&cache, context))
		return &cache;
	cache.loaded = false;
	cache.context = *context;
	count = compute_units(&cache.context, &units, &cache.lapsed);
	if (cache_memory == NULL)
		cache_memory = AllocSetContextCreate(CacheMemoryContext, "nir units in reach",
											 ALLOCSET_SMALL_SIZES);
	MemoryContextReset(cache_memory);
	cache.units = MemoryContextAlloc(cache_memory, sizeof(NirUnit) * Max(count, 1));
	if (count > 0)
		memcpy(cache.units, units, sizeof(NirUnit) * count);
	cache.count = count;
	cache.started = GetCurrentTransactionStartTimestamp();
	cache.number = ++loads;
	/* what changed while we read is looked at again next time */
	cache.generation = begun;
	cache.loaded = true;
	return &cache;
}

void
nir_reach_require(const NirContext *context)
{
	if (load_reach(context)->lapsed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_ENGAGED),
				 errmsg("no engagement in force lets the body act for this unit and purpose"),
				 errhint("Name the unit that engaged it: nir.begin_processing(purpose, unit); nir.engagement says until when and for what.")));
}

/* What the context in force reaches; nothing where the acting body is of another kind. */
static const UnitReach *
reach_as(text *kind)
{
	const NirContext *context = nir_context_require();

	if (strlen(context->body_kind) != VARSIZE_ANY_EXHDR(kind) ||
		memcmp(context->body_kind, VARDATA_ANY(kind), VARSIZE_ANY_EXHDR(kind)) != 0)
		return &nothing;
	return load_reach(context);
}

int
nir_reach_units(text *kind, const NirUnit **units)
{
	const UnitReach *reach = reach_as(kind);

	*units = reach->units;
	return reach->count;
}

/* ---- what generated policies ask ---- */

/*
 * What one call site keeps: a copy, because the cache may be filled for
 * another context while an older call site lives.  Whether it still holds is
 * asked each time: an expression that PL/pgSQL keeps outlives the context and
 * the transaction.  Whatever could change a binding or an engagement is a
 * change of a relation.
 */
static inline bool
site_is_fresh(const SiteReach *site)
{
	return site != NULL && site->changes == nir_context_changes && site->changes != 0 &&
		site->generation == generation &&
		site->started == GetCurrentTransactionStartTimestamp() &&
		site->role == GetOuterUserId();
}

static void
copy_reach(SiteReach *site, const UnitReach *reach, MemoryContext memory)
{
	site->number = 0;
	site->count = 0;
	if (site->units != NULL)
		pfree(site->units);
	if (site->array != NULL)
		pfree(site->array);
	site->units = NULL;
	site->array = NULL;
	if (reach->count > 0)
	{
		site->units = MemoryContextAlloc(memory, sizeof(NirUnit) * reach->count);
		memcpy(site->units, reach->units, sizeof(NirUnit) * reach->count);
	}
	site->count = reach->count;
	site->number = reach->number;
}

static SiteReach *
reach_at_site(FmgrInfo *flinfo, text *kind)
{
	SiteReach  *site = flinfo->fn_extra;
	const UnitReach *reach = reach_as(kind);

	if (site == NULL)
		flinfo->fn_extra = site = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(SiteReach));
	if (site->number != reach->number)
		copy_reach(site, reach, flinfo->fn_mcxt);
	site->role = GetOuterUserId();
	site->started = GetCurrentTransactionStartTimestamp();
	site->generation = reach->count > 0 ? reach->generation : generation;
	site->changes = nir_context_changes;
	return site;
}

/* Units are int32 by value, so that the array is laid out here. */
static ArrayType *
make_array(MemoryContext memory, const SiteReach *reach)
{
	Size		size = reach->count == 0 ? sizeof(ArrayType) :
		ARR_OVERHEAD_NONULLS(1) + sizeof(NirUnit) * reach->count;
	ArrayType  *array = MemoryContextAllocZero(memory, size);

	SET_VARSIZE(array, size);
	array->elemtype = nir_catalog_unit_type();
	if (reach->count == 0)
		return array;
	array->ndim = 1;
	ARR_DIMS(array)[0] = reach->count;
	ARR_LBOUND(array)[0] = 1;
	memcpy((char *) array + ARR_OVERHEAD_NONULLS(1), reach->units, sizeof(NirUnit) * reach->count);
	return array;
}

PG_FUNCTION_INFO_V1(nir_unit_scope);

/* SQL: nir.unit_scope(kind text); empty where the context is of another kind */
Datum
nir_unit_scope(PG_FUNCTION_ARGS)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;
	SiteReach  *site = flinfo->fn_extra;

	if (unlikely(estimating))
		PG_RETURN_ARRAYTYPE_P(make_array(CurrentMemoryContext, reach_to_estimate(PG_GETARG_TEXT_PP(0))));
	if (likely(site_is_fresh(site) && site->array != NULL))
		PG_RETURN_ARRAYTYPE_P(site->array);
	nir_wall_require_loaded();
	site = reach_at_site(flinfo, PG_GETARG_TEXT_PP(0));
	if (site->array == NULL)
		site->array = make_array(flinfo->fn_mcxt, site);
	PG_RETURN_ARRAYTYPE_P(site->array);
}

PG_FUNCTION_INFO_V1(nir_in_unit_scope);

/* SQL: nir.in_unit_scope(unit nir.unit, kind text); false where the context is of another kind */
Datum
nir_in_unit_scope(PG_FUNCTION_ARGS)
{
	NirUnit		unit = PG_GETARG_INT32(0);
	const SiteReach *reach;
	int			low = 0;
	int			high;

	reach = fcinfo->flinfo->fn_extra;
	if (unlikely(!site_is_fresh(reach)))
	{
		nir_wall_require_loaded();
		reach = reach_at_site(fcinfo->flinfo, PG_GETARG_TEXT_PP(1));
	}
	high = reach->count - 1;
	while (low <= high)
	{
		int			middle = (low + high) / 2;

		if (reach->units[middle] == unit)
			PG_RETURN_BOOL(true);
		if (reach->units[middle] < unit)
			low = middle + 1;
		else
			high = middle - 1;
	}
	PG_RETURN_BOOL(false);
}

PG_FUNCTION_INFO_V1(nir_engagements);

/* SQL: nir.engagements(special text), those in force; null asks for no special category */
Datum
nir_engagements(PG_FUNCTION_ARGS)
{
	const NirContext *context;
	List	   *found;
	Datum	   *elements;
	int			count = 0;
	ListCell   *cell;

	nir_wall_require_loaded();
	context = nir_context_require();
	found = reach_of_kind(context->body_kind) != REACH_ENGAGED ? NIL :
		find_engagements(context, PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)));
	elements = palloc(sizeof(Datum) * Max(list_length(found), 1));
	foreach(cell, found)
		elements[count++] = Int64GetDatum(*(int64 *) lfirst(cell));
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, count, INT8OID,
										  sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
