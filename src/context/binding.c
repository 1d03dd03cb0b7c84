/*
 * src/context/binding.c
 *
 * Reads who may act for whom.  The tables are read with the latest committed
 * state, so that a withdrawn binding ends with the transaction that was
 * running, not with the connection.
 */
#include "postgres.h"

#include "access/skey.h"
#include "access/stratnum.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

#include "context/binding.h"
#include "context/catalog.h"
#include "context/reach.h"
#include "context/scope.h"
#include "errors.h"
#include "types/purposes_text.h"

typedef struct Binding
{
	char		body[NAMEDATALEN];
	NirPurposes purposes;
	int			nunits;			/* 0: the whole country */
	NirUnit    *units;
	bool		within;			/* acts for all that lies within the units at once */
	NirPurposes default_purpose;	/* empty: a declaration is needed */
	NirUnit		default_unit;
} Binding;

static struct
{
	Oid			role;			/* InvalidOid: nothing cached */
	DateADT		day;
	bool		exists;
	bool		has_default;
	NirContext	context;
}			cache;

static uint64 generation = 0;

/* Relcache callback; a binding is read so quickly that any change will do. */
static void
forget(Datum arg, Oid relation)
{
	generation++;
	cache.role = InvalidOid;
}

void
nir_binding_init(void)
{
	CacheRegisterRelcacheCallback(forget, (Datum) 0);
}

static void
read_units(NirCatalogScan *scan, HeapTuple tuple, Binding *binding)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, "units", &isnull);
	Datum	   *elements;

	binding->nunits = 0;
	binding->units = NULL;
	if (isnull)
		return;
	deconstruct_array(DatumGetArrayTypeP(datum), nir_catalog_unit_type(),
					  sizeof(int32), true, TYPALIGN_INT,
					  &elements, NULL, &binding->nunits);
	binding->units = palloc(sizeof(NirUnit) * Max(binding->nunits, 1));
	for (int i = 0; i < binding->nunits; i++)
		binding->units[i] = DatumGetInt32(elements[i]);
}

/* The kind of a body that is in force today; false if it no longer is. */
static bool
find_body_kind(const char *body, char *kind)
{
	NirCatalogScan scan;
	ScanKeyData key;
	HeapTuple	tuple;
	bool		found = false;

	ScanKeyInit(&key, 1, BTEqualStrategyNumber, F_TEXTEQ, CStringGetTextDatum(body));
	nir_catalog_scan_begin(&scan, "body", "body_pkey", 1, &key);
	tuple = nir_catalog_scan_next(&scan);
	if (HeapTupleIsValid(tuple) && nir_catalog_scan_valid_today(&scan, tuple, "valid"))
	{
		strlcpy(kind, nir_catalog_scan_get_text(&scan, tuple, "kind"), NAMEDATALEN);
		found = true;
	}
	nir_catalog_scan_end(&scan);
	return found;
}

static void
read_binding(NirCatalogScan *scan, HeapTuple tuple, Binding *binding)
{
	char	   *body = nir_catalog_scan_get_text(scan, tuple, "body");
	char		kind[NAMEDATALEN];
	bool		isnull;
	Datum		datum;

	strlcpy(binding->body, body, NAMEDATALEN);
	datum = nir_catalog_scan_get(scan, tuple, "purposes", &isnull);
	binding->purposes = isnull ? 0 : DatumGetUInt32(datum);
	datum = nir_catalog_scan_get(scan, tuple, "default_purpose", &isnull);
	binding->default_purpose = isnull ? 0 : DatumGetUInt32(datum);
	datum = nir_catalog_scan_get(scan, tuple, "default_unit", &isnull);
	binding->default_unit = isnull ? 0 : DatumGetInt32(datum);
	read_units(scan, tuple, binding);
	binding->within = find_body_kind(binding->body, kind) && nir_reach_is_within(kind);
}

/* All bindings of the role that are in force today; *any also counts others. */
static List *
find_bindings(Oid role, bool *any)
{
	NirCatalogScan scan;
	ScanKeyData key;
	HeapTuple	tuple;
	List	   *bindings = NIL;

	*any = false;
	ScanKeyInit(&key, 1, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(role));
	nir_catalog_scan_begin(&scan, "role_binding", "role_binding_pkey", 1, &key);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
	{
		Binding    *binding;

		*any = true;
		if (!nir_catalog_scan_valid_today(&scan, tuple, "valid"))
			continue;
		binding = palloc0(sizeof(Binding));
		read_binding(&scan, tuple, binding);
		bindings = lappend(bindings, binding);
	}
	nir_catalog_scan_end(&scan);
	return bindings;
}

/* True if who is bound so acts for the unit. */
static bool
covers_unit(const Binding *binding, NirUnit unit)
{
	if (binding->nunits == 0)
		return true;
	for (int i = 0; i < binding->nunits; i++)
		if (nir_unit_acts_for(binding->units[i], unit) ||
			(binding->within && unit >= binding->units[i] &&
			 unit <= nir_unit_last_within(binding->units[i])))
			return true;
	return false;
}

/* What a binding gives when the caller named no unit: its only one, or none. */
static bool
needs_unit(const Binding *binding)
{
	return binding->nunits > 1 && !binding->within;
}

static NirUnit
implied_unit(const Binding *binding)
{
	return binding->nunits == 1 ? binding->units[0] : 0;
}

static List *
keep_with_purposes(List *bindings, NirPurposes purposes)
{
	List	   *kept = NIL;
	ListCell   *cell;

	foreach(cell, bindings)
	{
		Binding    *binding = lfirst(cell);

		if ((purposes & ~binding->purposes) == 0)
			kept = lappend(kept, binding);
	}
	if (kept == NIL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PURPOSE_NOT_BOUND),
				 errmsg("the role is not bound for this purpose"),
				 errhint("An administrator can widen the binding with nir.bind_role.")));
	return kept;
}

static List *
keep_with_unit(List *bindings, NirUnit unit)
{
	List	   *kept = NIL;
	ListCell   *cell;

	foreach(cell, bindings)
	{
		Binding    *binding = lfirst(cell);

		if (unit != 0 ? covers_unit(binding, unit) : !needs_unit(binding))
			kept = lappend(kept, binding);
	}
	if (kept == NIL && unit == 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_UNIT_NOT_BOUND),
				 errmsg("the role is bound to several units, and none was named"),
				 errhint("Name one: nir.begin_processing(purpose, unit).")));
	if (kept == NIL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_UNIT_NOT_BOUND),
				 errmsg("the role is not bound to this unit"),
				 errhint("An administrator can widen the binding with nir.bind_role.")));
	if (list_length(kept) > 1)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_UNIT_NOT_BOUND),
				 errmsg("the role is bound to several bodies for this purpose and unit"),
				 errhint("Name the unit that only one of them covers, or use one role for each body.")));
	return kept;
}

static void
unbound(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_ROLE_UNBOUND),
			 errmsg("the role \"%s\" is bound to no body",
					GetUserNameFromId(GetOuterUserId(), true)),
			 errhint("An administrator binds it with nir.bind_role(role, body, units, purposes).")));
}

/* Fill body, kind and unit from a binding; false if the body is gone. */
static bool
fill(const Binding *binding, NirUnit unit, NirContext *context)
{
	strlcpy(context->body, binding->body, NAMEDATALEN);
	context->unit = unit != 0 ? unit : implied_unit(binding);
	return find_body_kind(binding->body, context->body_kind);
}

void
nir_binding_choose(Oid role, NirPurposes purposes, NirUnit unit, NirContext *context)
{
	bool		any;
	List	   *bindings = find_bindings(role, &any);

	if (bindings == NIL)
		unbound();
	if (unit != 0)
		nir_scope_require_unit(unit);
	bindings = keep_with_purposes(bindings, purposes);
	bindings = keep_with_unit(bindings, unit);
	if (!fill(linitial(bindings), unit, context))
		unbound();
	nir_reach_require(context);
}

/* Look the role up once; what is found serves until something changes. */
static void
load(Oid role)
{
	List	   *bindings;
	ListCell   *cell;
	int			defaults = 0;
	DateADT		today = GetSQLCurrentDate();
	NirContext	context = {0};
	uint64		begun = generation;
	bool		any;

	if (cache.role == role && cache.day == today)
		return;
	bindings = find_bindings(role, &any);
	foreach(cell, bindings)
	{
		Binding    *binding = lfirst(cell);

		if (binding->default_purpose == 0 ||
			(needs_unit(binding) && binding->default_unit == 0) || defaults++ > 0)
			continue;
		context.role = role;
		context.purposes = binding->default_purpose;
		if (!fill(binding, binding->default_unit, &context))
			defaults--;
	}
	cache.exists = any;
	cache.has_default = defaults == 1;	/* two defaults are no choice */
	cache.context = context;
	cache.day = today;
	/* what changed while we read serves this call only */
	cache.role = begun == generation ? role : InvalidOid;
}

bool
nir_binding_exists(Oid role)
{
	load(role);
	return cache.exists;
}

bool
nir_binding_default(Oid role, NirContext *context)
{
	load(role);
	if (cache.has_default)
		*context = cache.context;
	return cache.has_default;
}

int
nir_binding_units(Oid role, const char *body, NirUnit **units)
{
	bool		any;
	List	   *bindings = find_bindings(role, &any);
	ListCell   *cell;

	foreach(cell, bindings)
	{
		Binding    *binding = lfirst(cell);

		if (strcmp(binding->body, body) != 0)
			continue;
		*units = binding->units;
		return binding->nunits;
	}
	return 0;
}
