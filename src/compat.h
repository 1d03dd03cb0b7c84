/*
 * src/compat.h
 *
 * Everything that differs between the PostgreSQL majors nir builds on.  A
 * shim gives the newest signature to the rest of the code; no other file
 * tests PG_VERSION_NUM.
 */
#ifndef NIR_COMPAT_H
#define NIR_COMPAT_H

#if PG_VERSION_NUM < 150000
#error "nir needs PostgreSQL 15 or later"
#endif

/* varatt.h became its own header in 16 (d952373a987b) */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* soft errors of input functions came in 16 (d9f7f5d32f20) */
#if PG_VERSION_NUM < 160000
#define ereturn(context, dummy_value, ...) \
	do { (void) (context); ereport(ERROR, __VA_ARGS__); } while (0)
#endif

/* what went wrong in a date, beyond its code, came in 16 */
#if PG_VERSION_NUM < 160000
typedef struct DateTimeErrorExtra
{
	const char *dtee_timezone;
	const char *dtee_abbrev;
} DateTimeErrorExtra;

#define DecodeDateTime(field, ftype, nf, dtype, tm, fsec, tzp, extra) \
	((void) (extra), DecodeDateTime(field, ftype, nf, dtype, tm, fsec, tzp))
#endif

/* the module magic carries name and version from 18 on (9324c8c58065) */
#if PG_VERSION_NUM >= 180000
#define NIR_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "nir", .version = NIR_VERSION)
#else
#define NIR_MODULE_MAGIC PG_MODULE_MAGIC
#endif

/* the array of settings became a hash table in 16 (3057465acfbe) */
#if PG_VERSION_NUM >= 160000
#define nir_all_settings(count) get_guc_variables(count)
#else
#define nir_all_settings(count) (*(count) = GetNumConfigOptions(), get_guc_variables())
#endif

/* what a scan of an index does is counted for EXPLAIN from 18 on (0fbceae841cb) */
#if PG_VERSION_NUM >= 180000
#define nir_index_beginscan(heap, index, snapshot, nkeys) index_beginscan(heap, index, snapshot, NULL, nkeys, 0)
#else
#define nir_index_beginscan(heap, index, snapshot, nkeys) index_beginscan(heap, index, snapshot, nkeys, 0)
#endif

/*
 * The first minor of each major in which no hole is known through which an
 * ordinary role could run code inside the server (CVE-2026-16239 was the last).
 * Against that no check of nir helps.
 */
#ifndef NIR_OLDEST_SAFE_SERVER
#if PG_VERSION_NUM >= 190000
#define NIR_OLDEST_SAFE_SERVER 190000
#elif PG_VERSION_NUM >= 180000
#define NIR_OLDEST_SAFE_SERVER 180007
#elif PG_VERSION_NUM >= 170000
#define NIR_OLDEST_SAFE_SERVER 170012
#elif PG_VERSION_NUM >= 160000
#define NIR_OLDEST_SAFE_SERVER 160016
#else
#define NIR_OLDEST_SAFE_SERVER 150020
#endif
#endif

#endif							/* NIR_COMPAT_H */
