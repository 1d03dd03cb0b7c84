/*
 * src/context/actor.c
 *
 * Grants of actors, read with the latest committed state each time a context
 * is declared, and again when a table has changed.
 */
#include "postgres.h"

#include "access/skey.h"
#include "access/stratnum.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/timestamp.h"

#include "context/actor.h"
#include "context/binding.h"
#include "context/catalog.h"
#include "context/reference.h"
#include "errors.h"
#include "guc.h"

#define FUNCTIONS	32

static struct
{
	bool		loaded;
	char		names[FUNCTIONS][NAMEDATALEN];	/* by bit; empty: none */
}			cache;

static uint64 generation = 0;

/* Relcache callback; the list is so short that any change will do. */
static void
forget(Datum arg, Oid relation)
{
	generation++;
	cache.loaded = false;
}

void
nir_actor_init(void)
{
	nir_catalog_listen(forget);
}

static void
load(void)
{
	NirCatalogScan scan;
	HeapTuple	tuple;
	uint64		begun = generation;

	if (cache.loaded)
		return;
	memset(cache.names, 0, sizeof(cache.names));
	nir_catalog_scan_begin(&scan, "actor_function", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		bool		isnull;
		Datum		bit = nir_catalog_scan_get(&scan, tuple, "bit", &isnull);

		if (!isnull && DatumGetInt32(bit) >= 0 && DatumGetInt32(bit) < FUNCTIONS)
			strlcpy(cache.names[DatumGetInt32(bit)], nir_catalog_scan_get_text(&scan, tuple, "code"), NAMEDATALEN);
	}
	nir_catalog_scan_end(&scan);
	/* what changed while we read serves this call only */
	cache.loaded = begun == generation;
}

/* 0 if there is none. */
static uint32
find_bit(const char *function)
{
	load();
	for (int i = 0; i < FUNCTIONS; i++)
		if (cache.names[i][0] != '\0' && strcmp(cache.names[i], function) == 0)
			return (uint32) 1 << i;
	return 0;
}

uint32
nir_actor_function_bit(const char *function)
{
	uint32		bit = find_bit(function);

	if (bit == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no such function of actors"),
				 errhint("nir.actor_function lists them.")));
	return bit;
}

/* A name that is not in the list any more gives nothing. */
static uint32
read_functions(NirCatalogScan *scan, HeapTuple tuple)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, "functions", &isnull);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	uint32		functions = 0;

	if (isnull)
		return 0;
	deconstruct_array(DatumGetArrayTypeP(datum), TEXTOID, -1, false, TYPALIGN_INT,
					  &elements, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			functions |= find_bit(TextDatumGetCString(elements[i]));
	return functions;
}

static bool
covers(NirCatalogScan *scan, HeapTuple tuple, const NirContext *context)
{
	NirUnit    *units;
	int			count;
	bool		isnull;
	Datum		purposes = nir_catalog_scan_get(scan, tuple, "purposes", &isnull);

	if (isnull || (context->purposes & ~DatumGetUInt32(purposes)) != 0)
		return false;
	if (!nir_catalog_scan_valid_today(scan, tuple, "valid"))
		return false;
	return !nir_binding_read_units(scan, tuple, &units, &count) ||
		(context->unit != 0 && nir_binding_units_cover(units, count, context->unit));
}

static bool
is_overdue(NirCatalogScan *scan, HeapTuple tuple)
{
	bool		isnull;
	Datum		since = nir_catalog_scan_get(scan, tuple, "reviewed_at", &isnull);

	if (isnull)
		since = nir_catalog_scan_get(scan, tuple, "granted_at", &isnull);
	return isnull || DatumGetTimestampTz(since) <=
		GetCurrentTransactionStartTimestamp() - nir_actor_review_interval() * INT64CONST(60) * USECS_PER_SEC;
}

uint32
nir_actor_require(const NirContext *context)
{
	NirCatalogScan scan;
	ScanKeyData keys[2];
	HeapTuple	tuple;
	bool		covered;
	bool		overdue = false;
	uint32		functions = 0;

	if (!nir_reference_says(context->actor))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the role must name its actor"),
				 errhint("Give it as actor: nir.begin_processing(purpose, unit, actor).")));
	ScanKeyInit(&keys[0], 1, BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum(context->actor));
	ScanKeyInit(&keys[1], 2, BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum(context->body));
	nir_catalog_scan_begin(&scan, "actor_grant", "actor_grant_pkey", 2, keys);
	tuple = nir_catalog_scan_next(&scan);
	covered = HeapTupleIsValid(tuple) && covers(&scan, tuple, context);
	if (covered)
	{
		overdue = is_overdue(&scan, tuple);
		functions = read_functions(&scan, tuple);
	}
	nir_catalog_scan_end(&scan);
	if (!covered)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_ACTOR_NOT_GRANTED),
				 errmsg("the actor has no grant in force for this body, unit and purpose"),
				 errhint("An administrator gives it with nir.grant_actor(actor, body, purposes, units).")));
	if (overdue)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_REVIEW_OVERDUE),
				 errmsg("the actor's grant was not confirmed in time"),
				 errhint("An administrator looks at nir.actor_review and calls nir.review_actor.")));
	return functions;
}
