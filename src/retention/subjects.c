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
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
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

/* Owner of a table, and its name for a query. */
static Oid
owner_of(Oid relid, char **name)
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
	*name = quote_qualified_identifier(get_namespace_name(form->relnamespace), NameStr(form->relname));
	ReleaseSysCache(tuple);
	return owner;
}

/*
 * The keys among those given that the column holds, in rows of which except,
 * another column or NULL, is not among them; an array in the caller's memory.
 * Rows of children count, unlike in a foreign-key check.
 */
static Datum
keys_in(Oid relid, const char *column, Datum keys, const char *except, const char *locking)
{
	MemoryContext caller = CurrentMemoryContext;
	Oid			types[] = {INT8ARRAYOID};
	char	   *name;
	Oid			owner = owner_of(relid, &name);
	StringInfoData query;
	SPIPlanPtr	plan;
	Oid			user;
	int			security;
	int			nest;
	bool		isnull;
	Datum		found;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT coalesce(pg_catalog.array_agg(k), '{}') FROM "
					 "(SELECT t.%s::pg_catalog.int8 AS k FROM %s t WHERE t.%s OPERATOR(pg_catalog.=) ANY ($1)",
					 quote_identifier(column), name, quote_identifier(column));
	if (except != NULL)
		appendStringInfo(&query, " AND t.%s OPERATOR(pg_catalog.<>) ALL ($1)", quote_identifier(except));
	appendStringInfo(&query, "%s) s", locking);
	GetUserIdAndSecContext(&user, &security);
	SetUserIdAndSecContext(owner, security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	/* what code of the owner may set ends here */
	nest = NewGUCNestLevel();
	SPI_connect();
	/* one plan for any keys: to estimate a thousand of them takes longer than to find them */
	plan = SPI_prepare_cursor(query.data, 1, types, CURSOR_OPT_GENERIC_PLAN);
	if (plan == NULL || SPI_execute_plan(plan, &keys, NULL, false, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "keys could not be looked up");
	found = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	MemoryContextSwitchTo(caller);
	found = PointerGetDatum(DatumGetArrayTypePCopy(found));
	SPI_finish();
	AtEOXact_GUC(false, nest);
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
							NULL, " FOR UPDATE SKIP LOCKED"));
}

PG_FUNCTION_INFO_V1(nir_keep_subject);

/* SQL: nir.keep_subject(root regclass, key name, subject bigint); not in a window */
Datum
nir_keep_subject(PG_FUNCTION_ARGS)
{
	int64		subject = PG_GETARG_INT64(2);
	Datum		found;

	nir_wall_require_loaded();
	found = keys_in(PG_GETARG_OID(0), name_argument(fcinfo, 1), array_of(&subject, 1), NULL, " FOR KEY SHARE");
	PG_RETURN_BOOL(ArrayGetNItems(ARR_NDIM(DatumGetArrayTypeP(found)), ARR_DIMS(DatumGetArrayTypeP(found))) > 0);
}

/* One table that refers to another by its key. */
typedef struct Reference
{
	Oid			relid;
	char		column[NAMEDATALEN];
} Reference;

/* Of tables that refer to a root, what is not general data keeps the subject. */
static const char keeping[] =
" AND c.conrelid <> c.confrelid"
" AND NOT EXISTS (SELECT FROM nir.retention_binding b WHERE b.relation = nir.bound_as(c.conrelid) AND b.source = 'general')";

/* What goes by rules of its own.  Others, who know of no rule, are not spared the foreign key's error. */
static const char bound[] =
" AND EXISTS (SELECT FROM nir.retention_binding b WHERE b.relation = nir.bound_as(c.conrelid) AND b.source <> 'general')";

static List *
references_to(Oid relid, const char *which)
{
	char	   *query = psprintf("SELECT c.conrelid, (SELECT a.attname FROM ROWS FROM (pg_catalog.unnest(c.conkey), pg_catalog.unnest(c.confkey)) AS k(here, there)"
								 " JOIN pg_catalog.pg_index i ON i.indrelid = c.confrelid AND i.indisprimary AND i.indnkeyatts = 1"
								 " AND i.indkey[0] = k.there"
								 " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here)"
								 " FROM pg_catalog.pg_constraint c"
								 " WHERE c.contype = 'f' AND c.confrelid = $1 AND c.conparentid = 0%s", which);
	MemoryContext caller = CurrentMemoryContext;
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(relid)};
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

		reference->relid = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
		if (column == NULL)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_NOT_BINDABLE),
					 errmsg("a foreign key of \"%s\" refers to something else than the key of \"%s\"",
							get_rel_name(reference->relid), get_rel_name(relid)),
					 errhint("Refer to its primary key, or what refers to it cannot be told.")));
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
							   NULL, " FOR UPDATE SKIP LOCKED"), &numbers);
	foreach(cell, references_to(root, keeping))
	{
		Reference  *reference = lfirst(cell);

		if (count > 0)
			count = subtract(numbers, count, keys_in(reference->relid, reference->column,
													 array_of(numbers, count), NULL, ""));
	}
	keep(&forgotten, root, numbers, count);
	PG_RETURN_DATUM(array_of(numbers, count));
}

/*
 * True if a trigger of somebody's, not of a constraint, sees deletions from the
 * table, or it has children.  The triggers that tell sessions of a change always
 * fire and change nothing.
 */
static bool
is_watched(Oid relid)
{
	static const char query[] =
	"SELECT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = $1 AND NOT t.tgisinternal AND t.tgtype & 8 <> 0"
	" AND NOT (t.tgfoid = 'nir.tell_table()'::pg_catalog.regprocedure AND t.tgenabled = 'A'))"
	" OR EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhparent = $1)";
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(relid)};
	bool		isnull;
	bool		watched;

	SPI_connect();
	if (SPI_execute_with_args(query, 1, types, values, NULL, true, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "triggers could not be looked up");
	watched = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
	return watched;
}

static void
require_unreferred(Oid root, Datum subjects)
{
	ListCell   *cell;

	foreach(cell, references_to(root, ""))
	{
		Reference  *reference = lfirst(cell);
		int64	   *found;

		if (numbers_of(keys_in(reference->relid, reference->column, subjects, NULL, ""), &found) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_FOREIGN_KEY_VIOLATION),
					 errmsg("table \"%s\" still refers to rows of \"%s\" that nothing keeps",
							get_rel_name(reference->relid), get_rel_name(root)),
					 err_generic_string(PG_DIAG_TABLE_NAME, get_rel_name(reference->relid))));
	}
}

PG_FUNCTION_INFO_V1(nir_delete_subjects);

/*
 * SQL: nir.delete_subjects(root regclass, key name, subjects bigint[])
 *
 * A subject of a register is referred to by two dozen tables, and the server
 * asks each of them once for every row.  Here each is asked once for all rows:
 * they are locked against new references, and what is committed is seen, so the
 * answer holds as theirs would.  Constraint triggers are left out then, in one
 * DELETE that runs no other trigger.
 */
Datum
nir_delete_subjects(PG_FUNCTION_ARGS)
{
	Oid			root = PG_GETARG_OID(0);
	Datum		subjects = PG_GETARG_DATUM(2);
	Oid			types[] = {INT8ARRAYOID};
	char	   *name;
	char	   *query;
	bool		watched;
	int			before = SessionReplicationRole;
	uint64		deleted = 0;

	nir_wall_require_loaded();
	nir_window_require(NIR_RETENTION_DELETE);
	(void) owner_of(root, &name);
	query = psprintf("DELETE FROM %s t WHERE t.%s OPERATOR(pg_catalog.=) ANY ($1)", name,
					 quote_identifier(name_argument(fcinfo, 1)));
	watched = is_watched(root);
	if (!watched)
		require_unreferred(root, subjects);
	/* not as a setting: that would throw every plan of the session away */
	PG_TRY();
	{
		if (!watched)
			SessionReplicationRole = SESSION_REPLICATION_ROLE_REPLICA;
		SPI_connect();
		if (SPI_execute_with_args(query, 1, types, &subjects, NULL, false, 0) != SPI_OK_DELETE)
			elog(ERROR, "subjects could not be deleted");
		deleted = SPI_processed;
		SPI_finish();
	}
	PG_FINALLY();
	{
		SessionReplicationRole = before;
	}
	PG_END_TRY();
	PG_RETURN_INT64((int64) deleted);
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
								 array_of(numbers, count), NULL, ""));
	keep(&released, PG_GETARG_OID(0), numbers, count);
	PG_RETURN_DATUM(array_of(numbers, count));
}

PG_FUNCTION_INFO_V1(nir_held_subjects);

/* SQL: nir.held_subjects(relations oid[], keys name[], subjects bigint[]); by a definer function too */
Datum
nir_held_subjects(PG_FUNCTION_ARGS)
{
	Datum	   *relations;
	Datum	   *keys;
	int			nrelations;
	int			nkeys;
	int64	   *all;
	int64	   *free;
	int			count;
	int			nfree;

	nir_wall_require_loaded();
	nir_window_require_open();
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), OIDOID, sizeof(Oid), true, TYPALIGN_INT,
					  &relations, NULL, &nrelations);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), NAMEOID, NAMEDATALEN, false, TYPALIGN_CHAR,
					  &keys, NULL, &nkeys);
	if (nrelations != nkeys)
		elog(ERROR, "each table has a column with its subject");
	count = numbers_of(PG_GETARG_DATUM(2), &all);
	nfree = numbers_of(PG_GETARG_DATUM(2), &free);
	for (int i = 0; i < nrelations && nfree > 0; i++)
		nfree = subtract(free, nfree,
						 keys_in(DatumGetObjectId(relations[i]), NameStr(*DatumGetName(keys[i])),
								 array_of(free, nfree), NULL, ""));
	count = subtract(all, count, array_of(free, nfree));
	PG_RETURN_DATUM(array_of(all, count));
}

PG_FUNCTION_INFO_V1(nir_unreferred_rows);

/* SQL: nir.unreferred_rows(relation regclass, key name, keys bigint[]) */
Datum
nir_unreferred_rows(PG_FUNCTION_ARGS)
{
	Oid			relid = PG_GETARG_OID(0);
	char	   *key = name_argument(fcinfo, 1);
	List	   *references;
	ListCell   *cell;
	int64	   *numbers;
	int			count;
	int			before;

	nir_wall_require_loaded();
	nir_window_require(NIR_RETENTION_DELETE);
	references = references_to(relid, bound);
	count = numbers_of(PG_GETARG_DATUM(2), &numbers);
	/* a row that stays keeps what it refers to in its own table, and that again */
	do
	{
		before = count;
		foreach(cell, references)
		{
			Reference  *reference = lfirst(cell);

			if (count > 0)
				count = subtract(numbers, count,
								 keys_in(reference->relid, reference->column, array_of(numbers, count),
										 reference->relid == relid ? key : NULL, ""));
		}
	} while (count > 0 && count < before);
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
