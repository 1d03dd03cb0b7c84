/*
 * src/context/notify.c
 *
 * Triggers on nir's own tables.  They send relcache invalidations, which all
 * the caches of this library listen to; an invalidation takes effect in other
 * sessions when the change commits, and here at once.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_inherits.h"
#include "commands/trigger.h"
#include "fmgr.h"
#include "utils/inval.h"
#include "utils/rel.h"
#include "utils/syscache.h"

static TriggerData *
require_trigger(FunctionCallInfo fcinfo)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("the function is for triggers only")));
	return (TriggerData *) fcinfo->context;
}

/* The relation that a row's first column names, unless it is gone, and its children. */
static void
invalidate_named(Relation table, HeapTuple tuple)
{
	bool		isnull;
	Datum		relid;
	ListCell   *cell;

	if (tuple == NULL)
		return;
	relid = heap_getattr(tuple, 1, RelationGetDescr(table), &isnull);
	if (isnull || !SearchSysCacheExists1(RELOID, relid))
		return;
	foreach(cell, find_all_inheritors(DatumGetObjectId(relid), NoLock, NULL))
		if (SearchSysCacheExists1(RELOID, ObjectIdGetDatum(lfirst_oid(cell))))
			CacheInvalidateRelcacheByRelid(lfirst_oid(cell));
}

PG_FUNCTION_INFO_V1(nir_tell_relation);

/* SQL: nir.tell_relation(), for each row */
Datum
nir_tell_relation(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = require_trigger(fcinfo);

	if (!TRIGGER_FIRED_FOR_ROW(trigger->tg_event))
		elog(ERROR, "nir.tell_relation must be a row trigger");
	invalidate_named(trigger->tg_relation, trigger->tg_trigtuple);
	if (TRIGGER_FIRED_BY_UPDATE(trigger->tg_event))
		invalidate_named(trigger->tg_relation, trigger->tg_newtuple);
	return PointerGetDatum(NULL);
}

PG_FUNCTION_INFO_V1(nir_tell_table);

/* SQL: nir.tell_table(), for each statement */
Datum
nir_tell_table(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = require_trigger(fcinfo);

	CacheInvalidateRelcache(trigger->tg_relation);
	return PointerGetDatum(NULL);
}
