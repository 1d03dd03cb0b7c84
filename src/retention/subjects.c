/*
 * src/retention/subjects.c
 *
 * Claiming subjects, and finding those without facts.
 *
 * A subject's row in the root table (register.person) is locked FOR UPDATE
 * for the rest of the transaction.  That keeps another purge off, and new
 * facts too, since their foreign-key checks wait for it.  So what was found
 * to have no facts has none until commit, and the policies of its general
 * data and of its clocks may go by the lists kept here.
 */
#include "postgres.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

#include "errors.h"
#include "retention/subjects.h"
#include "retention/window.h"
#include "types/wall.h"

/* Subjects, ascending, of whom some tables were found to hold nothing. */
typedef struct Found
{
	Oid			table;			/* whose policies go by it */
	int64	   *subjects;
	int			count;
} Found;

static Found forgotten;			/* no facts at all; table: the root */
static Found released;			/* none of those that a rule's clocks stand for; table: the clocks */

static void
forget(Found *found)
{
	if (found->subjects != NULL)
		pfree(found->subjects);
	memset(found, 0, sizeof(Found));
}

static void
keep(Found *found, Oid table, const int64 *subjects, int count)
{
	forget(found);
	found->subjects = MemoryContextAlloc(TopMemoryContext, sizeof(int64) * Max(count, 1));
	memcpy(found->subjects, subjects, sizeof(int64) * count);
	found->count = count;
	found->table = table;
}

void
nir_subjects_forget(void)
{
	forget(&forgotten);
	forget(&released);
}

static int
compare_keys(const void *a, const void *b)
{
	int64		left = *(const int64 *) a;
	int64		right = *(const int64 *) b;

	return left < right ? -1 : left > right;
}

/* Owner and kind of a table, and its name for a query. */
static Oid
owner_of(Oid relid, char *kind, char **name)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Form_pg_class form;
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("a table of a retention binding does not exist")));
	form = (Form_pg_class) GETSTRUCT(tuple);
	owner = form->relowner;
	*kind = form->relkind;
	*name = quote_qualified_identifier(get_namespace_name(form->relnamespace), NameStr(form->relname));
	ReleaseSysCache(tuple);
	return owner;
}

/* The keys among those given that the column holds; an array in the caller's memory. */
static Datum
keys_in(Oid relid, const char *column, Datum keys, const char *locking)
{
	MemoryContext caller = CurrentMemoryContext;
	Oid			types[] = {INT8ARRAYOID};
	char		kind;
	char	   *name;
	Oid			owner = owner_of(relid, &kind, &name);
	char	   *query;
	Oid			user;
	int			security;
	bool		isnull;
	Datum		found;

	query = psprintf("SELECT coalesce(pg_catalog.array_agg(k), '{}') FROM "
					 "(SELECT t.%s AS k FROM %s%s t WHERE t.%s OPERATOR(pg_catalog.=) ANY ($1)%s) s",
					 quote_identifier(column), kind == RELKIND_PARTITIONED_TABLE ? "" : "ONLY ",
					 name, quote_identifier(column), locking);
	GetUserIdAndSecContext(&user, &security);
	SetUserIdAndSecContext(owner, security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	SPI_connect();
	if (SPI_execute_with_args(query, 1, types, &keys, NULL, false, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "keys could not be looked up");
	found = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	MemoryContextSwitchTo(caller);
	found = PointerGetDatum(DatumGetArrayTypePCopy(found));
	SPI_finish();
	SetUserIdAndSecContext(user, security);
	return found;
}

/* The keys as numbers, ascending and each once. */
static int
numbers_of(Datum keys, int64 **numbers)
{
	Datum	   *elements;
	int			count;
	int			kept = 0;

	deconstruct_array(DatumGetArrayTypeP(keys), INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &elements, NULL, &count);
	*numbers = palloc(sizeof(int64) * Max(count, 1));
	for (int i = 0; i < count; i++)
		(*numbers)[i] = DatumGetInt64(elements[i]);
	qsort(*numbers, count, sizeof(int64), compare_keys);
	for (int i = 0; i < count; i++)
		if (kept == 0 || (*numbers)[kept - 1] != (*numbers)[i])
			(*numbers)[kept++] = (*numbers)[i];
	return kept;
}

static Datum
array_of(const int64 *numbers, int count)
{
	Datum	   *elements = palloc(sizeof(Datum) * Max(count, 1));

	for (int i = 0; i < count; i++)
		elements[i] = Int64GetDatum(numbers[i]);
	return PointerGetDatum(construct_array(elements, count, INT8OID, sizeof(int64),
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Takes from the sorted numbers those that are among keys. */
static int
subtract(int64 *numbers, int count, Datum keys)
{
	int64	   *found;
	int			nfound = numbers_of(keys, &found);
	int			kept = 0;

	for (int i = 0; i < count; i++)
		if (bsearch(&numbers[i], found, nfound, sizeof(int64), compare_keys) == NULL)
			numbers[kept++] = numbers[i];
	return kept;
}

static char *
name_argument(FunctionCallInfo fcinfo, int arg)
{
	return NameStr(*PG_GETARG_NAME(arg));
}

PG_FUNCTION_INFO_V1(nir_claim_subjects);

/* SQL: nir.claim_subjects(root regclass, key name, subjects bigint[]) */
Datum
nir_claim_subjects(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	nir_window_require(NIR_RETENTION_DELETE);
	PG_RETURN_DATUM(keys_in(PG_GETARG_OID(0), name_argument(fcinfo, 1), PG_GETARG_DATUM(2),
							" FOR UPDATE SKIP LOCKED"));
}

/* One table that refers to a root: what is not general data keeps the subject. */
typedef struct Reference
{
	Oid			relid;
	char		column[NAMEDATALEN];
} Reference;

static List *
references_to(Oid root)
{
	static const char query[] =
	"SELECT c.conrelid, (SELECT a.attname FROM ROWS FROM (pg_catalog.unnest(c.conkey), pg_catalog.unnest(c.confkey)) AS k(here, there)"
	" JOIN pg_catalog.pg_index i ON i.indrelid = c.confrelid AND i.indisprimary AND i.indnkeyatts = 1"
	" AND i.indkey[0] = k.there"
	" JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here)"
	" FROM pg_catalog.pg_constraint c"
	" WHERE c.contype = 'f' AND c.confrelid = $1 AND c.conparentid = 0 AND c.conrelid <> c.confrelid"
	" AND NOT EXISTS (SELECT FROM nir.retention_binding b WHERE b.relation = c.conrelid AND b.source = 'general')";
	MemoryContext caller = CurrentMemoryContext;
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(root)};
	List	   *references = NIL;

	SPI_connect();
	if (SPI_execute_with_args(query, 1, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "references could not be looked up");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		Reference  *reference = MemoryContextAlloc(caller, sizeof(Reference));
		bool		isnull;
		char	   *column = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2);
		MemoryContext spi;

		if (column == NULL)
			elog(ERROR, "a foreign key refers to something else than the key of its subject");
		reference->relid = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
		strlcpy(reference->column, column, NAMEDATALEN);
		spi = MemoryContextSwitchTo(caller);
		references = lappend(references, reference);
		MemoryContextSwitchTo(spi);
	}
	SPI_finish();
	return references;
}

PG_FUNCTION_INFO_V1(nir_forget_subjects);

/* SQL: nir.forget_subjects(root regclass, key name, subjects bigint[]) */
Datum
nir_forget_subjects(PG_FUNCTION_ARGS)
{
	Oid			root = PG_GETARG_OID(0);
	int64	   *numbers;
	int			count;
	ListCell   *cell;

	nir_wall_require_loaded();
	nir_window_require(NIR_RETENTION_DELETE);
	forget(&forgotten);
	/* locked here or before: what is found must hold until commit */
	count = numbers_of(keys_in(root, name_argument(fcinfo, 1), PG_GETARG_DATUM(2),
							   " FOR UPDATE SKIP LOCKED"), &numbers);
	foreach(cell, references_to(root))
	{
		Reference  *reference = lfirst(cell);

		if (count > 0)
			count = subtract(numbers, count, keys_in(reference->relid, reference->column,
													 array_of(numbers, count), ""));
	}
	keep(&forgotten, root, numbers, count);
	PG_RETURN_DATUM(array_of(numbers, count));
}

PG_FUNCTION_INFO_V1(nir_release_clocks);

/* SQL: nir.release_clocks(clocks regclass, relations oid[], keys name[], subjects bigint[]) */
Datum
nir_release_clocks(PG_FUNCTION_ARGS)
{
	Datum	   *relations;
	Datum	   *keys;
	int			nrelations;
	int			nkeys;
	int64	   *numbers;
	int			count;

	nir_wall_require_loaded();
	nir_window_require(NIR_RETENTION_DELETE);
	forget(&released);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), OIDOID, sizeof(Oid), true, TYPALIGN_INT,
					  &relations, NULL, &nrelations);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2), NAMEOID, NAMEDATALEN, false, TYPALIGN_CHAR,
					  &keys, NULL, &nkeys);
	if (nrelations != nkeys || nkeys == 0)
		elog(ERROR, "clocks stand for at least one table");
	count = numbers_of(PG_GETARG_DATUM(3), &numbers);
	for (int i = 0; i < nrelations && count > 0; i++)
		count = subtract(numbers, count,
						 keys_in(DatumGetObjectId(relations[i]), NameStr(*DatumGetName(keys[i])),
								 array_of(numbers, count), ""));
	keep(&released, PG_GETARG_OID(0), numbers, count);
	PG_RETURN_DATUM(array_of(numbers, count));
}

static bool
is_among(const Found *found, Oid table, int64 subject)
{
	return found->count > 0 && found->table == table &&
		bsearch(&subject, found->subjects, found->count, sizeof(int64), compare_keys) != NULL;
}

PG_FUNCTION_INFO_V1(nir_is_forgotten);

/* SQL: nir.is_forgotten(root regclass, subject bigint), for policies */
Datum
nir_is_forgotten(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_BOOL(is_among(&forgotten, PG_GETARG_OID(0), PG_GETARG_INT64(1)));
}

PG_FUNCTION_INFO_V1(nir_is_released);

/* SQL: nir.is_released(clocks regclass, subject bigint), for policies */
Datum
nir_is_released(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	PG_RETURN_BOOL(is_among(&released, PG_GETARG_OID(0), PG_GETARG_INT64(1)));
}
