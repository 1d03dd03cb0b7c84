/*
 * src/context/narrowing.c
 *
 * Is this person's row open to who asks?  Policies ask for every row, so
 * nearly every answer must come from a few bits: the narrowed persons of all
 * registers are read whole, once per backend, and looked up only where a bit
 * of their keys is set.
 *
 * They are read from the register's own tables, in their latest committed
 * state whatever snapshot the statement has: a restriction is in force from
 * the next statement on, REPEATABLE READ included, and there is no copy that a
 * restore could leave behind.  Triggers on these tables send relcache
 * invalidations.  What cannot be read is an error, never an open row.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "nodes/supportnodes.h"
#include "parser/parse_func.h"
#include "port/pg_bitutils.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rangetypes.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

#include "context/actor.h"
#include "context/catalog.h"
#include "context/context.h"
#include "context/exempt.h"
#include "context/narrowing.h"
#include "context/norway.h"
#include "errors.h"
#include "types/wall.h"

/* A row of nir.narrowing in force today. */
typedef struct Kind
{
	char	   *name;
	NirPurposes purposes;		/* declared any of these: hidden */
	bool		identifying;	/* of identifying categories alone */
	char	   *function;		/* unless the actor has it; or NULL */
} Kind;

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

typedef struct Narrowed
{
	int64		subject;
	const Kind *kind;
	char	   *category;		/* NULL: all */
} Narrowed;

typedef struct Register
{
	Oid			root;
	int			count;
	int			room;
	Narrowed   *narrowed;		/* sorted by subject */
	int			shift;			/* leaves as many bits of a hash as number the bits */
	uint64	   *bits;			/* which hashes of subjects there are */
} Register;

static struct
{
	MemoryContext context;		/* holds all of it; NULL: not loaded */
	uint64		generation;		/* that was loaded */
	DateADT		day;
	TimestampTz asked_at;		/* statement for which the day was looked at */
	List	   *kinds;
	List	   *identifying;	/* names of categories */
	List	   *registers;
}			cache;

/* relations whose change counts; NIL while they are not known: any does */
static List *watched = NIL;
static uint64 generation = 1;

/* Relcache callback: something that was read, or everything, has changed. */
static void
forget(Datum arg, Oid relation)
{
	if (relation == InvalidOid || watched == NIL || list_member_oid(watched, relation))
		generation++;
}

void
nir_narrowing_init(void)
{
	CacheRegisterRelcacheCallback(forget, (Datum) 0);
}

Oid
nir_narrowing_function(void)
{
	Oid			arguments[] = {REGCLASSOID, INT8OID, TEXTOID};

	return LookupFuncName(list_make2(makeString("nir"), makeString("subject_is_open")),
						  3, arguments, true);
}

/* ---- reading ---- */

static void
unreadable(const char *what)
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
		Kind	   *kind;
		Datum		valid = nir_catalog_scan_get(&scan, tuple, "valid", &isnull);

		if (!isnull && !holds_day(valid, day))
			continue;
		kind = palloc0(sizeof(Kind));
		kind->name = nir_catalog_scan_get_text(&scan, tuple, "kind");
		kind->purposes = DatumGetUInt32(nir_catalog_scan_get(&scan, tuple, "purposes", &isnull));
		kind->identifying = DatumGetBool(nir_catalog_scan_get(&scan, tuple, "identifying", &isnull));
		kind->function = nir_catalog_scan_get_text(&scan, tuple, "function");
		cache.kinds = lappend(cache.kinds, kind);
	}
	nir_catalog_scan_end(&scan);
}

static void
read_identifying(void)
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

static const Kind *
find_kind(const char *name)
{
	ListCell   *cell;

	foreach(cell, cache.kinds)
		if (strcmp(((Kind *) lfirst(cell))->name, name) == 0)
			return lfirst(cell);
	return NULL;
}

static Register *
find_register(Oid root)
{
	ListCell   *cell;

	foreach(cell, cache.registers)
		if (((Register *) lfirst(cell))->root == root)
			return lfirst(cell);
	return NULL;
}

static Register *
add_register(Oid root)
{
	Register   *added = palloc0(sizeof(Register));

	added->root = root;
	added->room = 64;
	added->narrowed = palloc(sizeof(Narrowed) * added->room);
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
		unreadable(psprintf("Column \"%s\" of \"%s\" is missing, or of another type.",
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
add_narrowed(Register *into, int64 subject, const Kind *kind, char *category)
{
	if (into->count == into->room)
	{
		into->room *= 2;
		into->narrowed = repalloc_huge(into->narrowed, sizeof(Narrowed) * into->room);
	}
	into->narrowed[into->count].subject = subject;
	into->narrowed[into->count].kind = kind;
	into->narrowed[into->count].category = category;
	into->count++;
}

static void
read_narrowed(const Source *source, Register *into, DateADT day)
{
	const Kind *kind = find_kind(source->kind);
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
		unreadable("A table of nir.narrowing_source is gone.");
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
	int64		left = ((const Narrowed *) a)->subject;
	int64		right = ((const Narrowed *) b)->subject;

	return left < right ? -1 : left > right;
}

static inline bool
test_bit(const Register *in, int64 subject, bool set)
{
	uint64		bit = ((uint64) subject * UINT64CONST(0x9E3779B97F4A7C15)) >> in->shift;

	if (set)
		in->bits[bit / 64] |= UINT64CONST(1) << (bit % 64);
	return (in->bits[bit / 64] & (UINT64CONST(1) << (bit % 64))) != 0;
}

/* Some 64 bits for each person: one look-up in 64 is for nothing. */
static void
make_bits(Register *of)
{
	int			words = pg_nextpower2_32(Min(Max(of->count, 16), 1 << 18));

	of->shift = 64 - 6 - pg_leftmost_one_pos32(words);
	of->bits = palloc0(sizeof(uint64) * words);
	for (int i = 0; i < of->count; i++)
		(void) test_bit(of, of->narrowed[i].subject, true);
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
	cache.kinds = cache.identifying = cache.registers = NIL;
	if (old != NULL)
		MemoryContextDelete(old);
	/* nobody uses any more what goes here */
	begun = ++generation;

	old = AllocSetContextCreate(CurrentMemoryContext, "nir narrowed persons", ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(old);
	read_kinds(day);
	read_identifying();
	sources = read_sources();
	foreach(cell, sources)
	{
		Source	   *source = lfirst(cell);
		Register   *into = find_register(source->root);

		read_narrowed(source, into != NULL ? into : add_register(source->root), day);
	}
	foreach(cell, cache.registers)
	{
		Register   *done = lfirst(cell);

		qsort(done->narrowed, done->count, sizeof(Narrowed), compare_narrowed);
		make_bits(done);
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

	if (cache.context != NULL && cache.generation == generation && cache.asked_at == now)
		return;
	today = nir_norway_date(now);
	if (cache.context == NULL || cache.generation != generation || cache.day != today)
		load(today);
	cache.asked_at = now;
}

/* The register, with what is known today; raises if the root is of none. */
static const Register *
current_register(Oid root)
{
	const Register *found;

	refresh();
	found = find_register(root);
	if (found == NULL)
		unreadable("The persons that a policy asks about have no table in nir.narrowing_source.");
	return found;
}

/* ---- asking ---- */

static bool
is_identifying(const char *category)
{
	ListCell   *cell;

	foreach(cell, cache.identifying)
		if (strcmp(lfirst(cell), category) == 0)
			return true;
	return false;
}

/* The first that is said of the subject, or NULL. */
static Narrowed *
find_narrowed(const Register *in, int64 subject)
{
	Narrowed	key = {.subject = subject};
	Narrowed   *at = bsearch(&key, in->narrowed, in->count, sizeof(Narrowed), compare_narrowed);

	while (at != NULL && at > in->narrowed && at[-1].subject == subject)
		at--;
	return at;
}

static bool
is_about(const Register *in, const Narrowed *at, int64 subject)
{
	return at != NULL && at < in->narrowed + in->count && at->subject == subject;
}

/* A narrowed person: what each of the kinds says of this category, now and for the actor. */
static bool
is_open(const Register *in, int64 subject, const char *category)
{
	Narrowed   *at = find_narrowed(in, subject);
	const NirContext *context;

	if (at == NULL || nir_session_is_exempt())
		return true;
	context = nir_context_require();
	for (; is_about(in, at, subject); at++)
	{
		const Kind *kind = at->kind;

		if ((at->category != NULL && strcmp(at->category, category) != 0) ||
			(kind->identifying && !is_identifying(category)) ||
			(context->purposes & kind->purposes) == 0)
			continue;
		if (kind->function == NULL || !context->granted ||
			(context->functions & nir_actor_function_bit(kind->function)) == 0)
			return false;
	}
	return true;
}

/*
 * The answer tells that a person is narrowed, so only policies get it, whose
 * expressions come from the catalog and have no place in a text, and functions
 * of nir_owner.  Definitions of ordinary roles that call it are refused
 * (guard/definition.c).
 */
static bool
is_policy(FunctionCallInfo fcinfo)
{
	Node	   *call = fcinfo->flinfo->fn_expr;
	Oid			owner;

	/* an aggregate's calls have no place either */
	if (fcinfo->context == NULL && call != NULL && IsA(call, FuncExpr) && ((FuncExpr *) call)->location < 0)
		return true;
	owner = nir_catalog_owner_role();
	if (nir_session_is_exempt() || (OidIsValid(owner) && GetUserId() == owner && GetOuterUserId() != owner))
		return false;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_POLICIES_ONLY),
			 errmsg("nir.subject_is_open is for policies"),
			 errhint("Read the rows: those that are not open are not there.")));
}

/* What a policy's call has looked up; its register and category are constants. */
typedef struct Asking
{
	const Register *in;
	uint64		generation;		/* while it is that of the cache */
} Asking;

/* Before the first row, and after each change. */
static const Register *
begin_asking(FunctionCallInfo fcinfo)
{
	const Register *in;
	Asking	   *asking = fcinfo->flinfo->fn_extra;
	bool		policy = asking != NULL;

	nir_wall_require_loaded();
	if (!policy)
		policy = is_policy(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		unreadable("A policy asks about nobody's register.");
	in = current_register(PG_GETARG_OID(0));
	if (asking == NULL && policy && get_fn_expr_arg_stable(fcinfo->flinfo, 0))
		asking = fcinfo->flinfo->fn_extra = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(Asking));
	if (asking != NULL)
	{
		asking->in = in;
		asking->generation = cache.generation;
	}
	return in;
}

PG_FUNCTION_INFO_V1(nir_subject_is_open);

/* SQL: nir.subject_is_open(root regclass, subject bigint, category text) */
Datum
nir_subject_is_open(PG_FUNCTION_ARGS)
{
	const Asking *asking = fcinfo->flinfo->fn_extra;
	const Register *in;

	if (likely(asking != NULL && asking->generation == generation))
		in = asking->in;
	else
		in = begin_asking(fcinfo);
	/* a row that is about nobody is open */
	if (unlikely(PG_ARGISNULL(1)) || likely(!test_bit(in, PG_GETARG_INT64(1), false)))
		PG_RETURN_BOOL(true);
	PG_RETURN_BOOL(is_open(in, PG_GETARG_INT64(1), text_to_cstring(PG_GETARG_TEXT_PP(2))));
}

PG_FUNCTION_INFO_V1(nir_is_withheld);

/*
 * SQL: nir.is_withheld(register name, subject bigint): for what is handed over
 * by functions, whose reading no policy narrows.  A part that is narrowed
 * withholds the whole.
 */
Datum
nir_is_withheld(PG_FUNCTION_ARGS)
{
	Oid			schema = get_namespace_oid(NameStr(*PG_GETARG_NAME(0)), true);
	int64		subject = PG_GETARG_INT64(1);
	ListCell   *cell;

	nir_wall_require_loaded();
	refresh();
	foreach(cell, cache.registers)
	{
		Register   *in = lfirst(cell);

		if (get_rel_namespace(in->root) != schema)
			continue;
		for (Narrowed *at = find_narrowed(in, subject); is_about(in, at, subject); at++)
			if (at->kind->function == NULL && !at->kind->identifying &&
				(nir_context_require()->purposes & at->kind->purposes) != 0)
				PG_RETURN_BOOL(true);
	}
	PG_RETURN_BOOL(false);
}

PG_FUNCTION_INFO_V1(nir_subject_is_open_support);

/* Planner: hardly anybody is narrowed. */
Datum
nir_subject_is_open_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestSelectivity))
		PG_RETURN_POINTER(NULL);
	((SupportRequestSelectivity *) request)->selectivity = 0.999;
	PG_RETURN_POINTER(request);
}
