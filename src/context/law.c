/*
 * src/context/law.c
 *
 * The 24 letters and what law data says of them.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/inval.h"
#include "utils/memutils.h"

#include "context/catalog.h"
#include "context/law.h"
#include "errors.h"
#include "types/purposes_text.h"

typedef struct PurposeRow
{
	bool		known;
	bool		in_force;		/* enabled and valid on the day of loading */
	bool		reserved;		/* for nir's own workers */
	bool		needs_case_ref;
	char		name[NAMEDATALEN];
} PurposeRow;

static PurposeRow purposes_cache[NIR_PURPOSE_COUNT];
static Oid	cached_relation = InvalidOid;	/* InvalidOid: not loaded */
static DateADT cached_day;
static uint64 generation = 0;

/* Relcache callback: nir.purpose (or everything) has changed. */
static void
forget(Datum arg, Oid relation)
{
	generation++;
	if (relation == InvalidOid || relation == cached_relation)
		cached_relation = InvalidOid;
}

void
nir_law_init(void)
{
	nir_catalog_tell_of_changes(forget);
}

static bool
get_bool(NirCatalogScan *scan, HeapTuple tuple, const char *column)
{
	bool		isnull;
	Datum		datum = nir_catalog_scan_get(scan, tuple, column, &isnull);

	return !isnull && DatumGetBool(datum);
}

static void
load_row(NirCatalogScan *scan, HeapTuple tuple, PurposeRow *rows)
{
	char	   *letter = nir_catalog_scan_get_text(scan, tuple, "letter");
	char	   *name = nir_catalog_scan_get_text(scan, tuple, "name");
	PurposeRow *row;

	if (letter == NULL || letter[0] < 'a' || letter[0] > 'x')
		return;
	row = &rows[letter[0] - 'a'];
	row->known = true;
	row->in_force = get_bool(scan, tuple, "enabled") &&
		nir_catalog_scan_valid_today(scan, tuple, "valid");
	row->reserved = get_bool(scan, tuple, "reserved");
	row->needs_case_ref = get_bool(scan, tuple, "needs_case_ref");
	strlcpy(row->name, name ? name : letter, NAMEDATALEN);
}

static void
load(void)
{
	PurposeRow	rows[NIR_PURPOSE_COUNT] = {0};
	NirCatalogScan scan;
	HeapTuple	tuple;
	Oid			relation = nir_catalog_relation("purpose");
	DateADT		today = GetSQLCurrentDate();
	uint64		begun = generation;

	if (relation == cached_relation && today == cached_day)
		return;
	nir_catalog_scan_begin(&scan, "purpose", NULL, 0, NULL);
	while (HeapTupleIsValid(tuple = nir_catalog_scan_next(&scan)))
		load_row(&scan, tuple, rows);
	nir_catalog_scan_end(&scan);

	memcpy(purposes_cache, rows, sizeof(rows));
	/* what changed while we read serves this call only */
	cached_relation = begun == generation ? relation : InvalidOid;
	cached_day = today;
}

static void
unknown_purpose(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_PURPOSE_NOT_BOUND),
			 errmsg("unknown purpose"),
			 errhint("Give a letter or a name of nir.purpose, or several separated by commas.")));
}

/* One token, already trimmed: a name of law data, or letters. */
static NirPurposes
parse_token(const char *token, size_t len)
{
	NirPurposes purposes;

	for (int i = 0; i < NIR_PURPOSE_COUNT; i++)
		if (purposes_cache[i].known && strlen(purposes_cache[i].name) == len &&
			memcmp(purposes_cache[i].name, token, len) == 0)
			return (NirPurposes) 1 << i;
	if (!nir_purposes_parse_list(token, len, &purposes))
		unknown_purpose();
	return purposes;
}

/* Every letter must be one that a session may declare today. */
static void
require_declarable(NirPurposes purposes)
{
	for (int i = 0; i < NIR_PURPOSE_COUNT; i++)
	{
		PurposeRow *row = &purposes_cache[i];

		if ((purposes & ((NirPurposes) 1 << i)) == 0)
			continue;
		if (!row->known)
			unknown_purpose();
		if (row->reserved)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_PURPOSE_NOT_BOUND),
					 errmsg("purpose \"%s\" cannot be declared", row->name),
					 errdetail("It is reserved for nir's own workers.")));
		if (!row->in_force)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_PURPOSE_NOT_BOUND),
					 errmsg("purpose \"%s\" is not in force", row->name),
					 errhint("nir.purpose tells from when to when each purpose is in force.")));
	}
}

NirPurposes
nir_law_parse_purposes(const char *text)
{
	const char *at = text;
	const char *end = text + strlen(text);
	NirPurposes purposes = 0;

	load();
	while (at < end && isspace((unsigned char) *at))
		at++;
	while (end > at && isspace((unsigned char) end[-1]))
		end--;
	if (end - at >= 2 && *at == '{' && end[-1] == '}')
	{
		at++;
		end--;
	}
	for (;;)
	{
		const char *comma = memchr(at, ',', end - at);
		const char *stop = comma ? comma : end;

		while (at < stop && isspace((unsigned char) *at))
			at++;
		while (stop > at && isspace((unsigned char) stop[-1]))
			stop--;
		purposes |= parse_token(at, stop - at);
		if (comma == NULL)
			break;
		at = comma + 1;
	}
	require_declarable(purposes);
	return purposes;
}

NirPurposes
nir_law_need_case_ref(NirPurposes purposes)
{
	NirPurposes needing = 0;

	load();
	for (int i = 0; i < NIR_PURPOSE_COUNT; i++)
		if (purposes_cache[i].needs_case_ref)
			needing |= (NirPurposes) 1 << i;
	return purposes & needing;
}
