/*
 * src/context/catalog.h
 *
 * Where nir's own objects are in the current database.
 *
 * Everything here is cached for the backend and dropped when the schema
 * changes; in a database without nir the answer is one look at a static.
 * A schema that merely happens to be called nir does not count: it must be a
 * member of the extension.
 */
#ifndef NIR_CONTEXT_CATALOG_H
#define NIR_CONTEXT_CATALOG_H

#include "access/genam.h"
#include "utils/inval.h"
#include "utils/relcache.h"

/* Install the invalidation callbacks; once, at process start, before any listener. */
extern void nir_catalog_init(void);

/*
 * Call this too, with (Datum) 0, when a relation, or everything, may have
 * changed: the server has ten places for such callbacks, for all extensions of
 * a process together, and nir takes one.  Once for each listener, at process
 * start.
 */
extern void nir_catalog_listen(RelcacheCallbackFunction listener);

/* True if the extension is in the current database.  Needs a transaction. */
extern bool nir_catalog_installed(void);

/* True if the last answer of nir_catalog_installed holds until an invalidation. */
extern bool nir_catalog_is_settled(void);

/* True while the script of extension nir itself runs (CREATE or ALTER EXTENSION). */
extern bool nir_catalog_in_own_script(void);

/* True for the types that carry purposes (fnr, duf, tagged_*, sealed). */
extern bool nir_catalog_is_tagged_type(Oid type);

/* True for nir.sealed alone. */
extern bool nir_catalog_is_sealed_type(Oid type);

/* The OIDs of those types. */
extern const Oid *nir_catalog_tagged_types(int *count);

/* OID of type nir.unit and of its array; nir must be installed. */
/* Functions that stand in policies, or that the planner is given for them. */
typedef enum NirFunction
{
	NIR_SUBJECT_IS_OPEN,
	NIR_MAY_REACH,
	NIR_MAY_REACH_OR_MADE,
	NIR_PERSONS_IN_REACH,
	NIR_PERSONS_IN_REACH_OR_MADE,
	NIR_IN_UNIT_SCOPE,
	NIR_UNIT_SCOPE,
	NIR_ACTS_AS,
	NIR_PURPOSE_IN,
	NIR_FUNCTIONS
} NirFunction;

/* InvalidOid if it is missing. */
extern Oid	nir_catalog_function(NirFunction function);

extern Oid	nir_catalog_unit_type(void);
extern Oid	nir_catalog_unit_array_type(void);
extern Oid	nir_catalog_purposes_type(void);

/* OID of nir.conforms; raises if it is missing. */
extern Oid	nir_catalog_conforms_function(void);

/* ... and of the one that also looks whose a sealed value is. */
extern Oid	nir_catalog_sealed_conforms_function(void);

/* OID of a table or index of schema nir; raises if there is none. */
extern Oid	nir_catalog_relation(const char *name);

/* The role nir_owner, or InvalidOid. */
extern Oid	nir_catalog_owner_role(void);

/*
 * Raise NR002 unless library and extension are of the same major.minor
 * version.
 */
extern void nir_catalog_require_version(void);

/*
 * A scan over a table of schema nir with the latest committed state, by its
 * index (or without one, name NULL), and a column of the row by its name.
 * Privileges and row security do not apply: only code of this library comes
 * here, and it shows nothing of the row to the user.
 */
typedef struct NirCatalogScan
{
	Relation	relation;
	SysScanDesc scan;
} NirCatalogScan;

extern void nir_catalog_scan_begin(NirCatalogScan *scan, const char *table,
								   const char *index, int nkeys, ScanKey keys);
extern HeapTuple nir_catalog_scan_next(NirCatalogScan *scan);
extern void nir_catalog_scan_end(NirCatalogScan *scan);
extern Datum nir_catalog_scan_get(NirCatalogScan *scan, HeapTuple tuple,
								  const char *column, bool *isnull);

/* A text column as a palloc'd string; NULL if the value is null. */
extern char *nir_catalog_scan_get_text(NirCatalogScan *scan, HeapTuple tuple, const char *column);

/* True if the daterange in this column holds today, in Norway; null holds every day. */
extern bool nir_catalog_scan_valid_today(NirCatalogScan *scan, HeapTuple tuple, const char *column);

#endif							/* NIR_CONTEXT_CATALOG_H */
