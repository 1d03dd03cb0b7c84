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

#endif							/* NIR_COMPAT_H */
