/*
 * src/guard/relation.h
 *
 * What nir knows of a relation: which columns hold tagged values and for
 * which purposes, for which purposes it may be touched at all, and what each
 * kind of body may do with it.  Cached for the backend; relcache
 * invalidation, which nir's own triggers send for changes of law data, drops
 * an entry.
 */
#ifndef NIR_GUARD_RELATION_H
#define NIR_GUARD_RELATION_H

#include "access/attnum.h"
#include "nodes/bitmapset.h"
#include "utils/date.h"

#include "types/purpose_bits.h"

typedef enum NirVerb
{
	NIR_VERB_SELECT,
	NIR_VERB_INSERT,
	NIR_VERB_UPDATE,
	NIR_VERB_DELETE,
	NIR_VERBS
} NirVerb;

extern const char *const nir_verb_names[NIR_VERBS];

/* The purposes under which one kind of body may do each verb. */
typedef struct NirBodyAccess
{
	char		body_kind[NAMEDATALEN];
	Oid			group_role;		/* the policies are written for it */
	NirPurposes purposes[NIR_VERBS];
	NirPurposes ended[NIR_VERBS];	/* ... of these a rule has ended since policies were made */
	bool		rows_vary[NIR_VERBS];	/* by purpose: some open more rows than others */
} NirBodyAccess;

typedef struct NirRelation
{
	Oid			relid;			/* hash key */
	bool		valid;
	bool		governed;		/* has a row in nir.governed_relation */
	bool		tagged;			/* has a column that holds tagged values */
	bool		sealed;			/* ... and one of type nir.sealed */
	bool		special;		/* governed, and of a special category: every use needs a case */
	bool		partitioned;	/* rows go to relations that no statement names */
	bool		mixed;			/* one of them serves less than the relation does */
	bool		astray;			/* child of a governed relation, and not governed itself */
	Oid			owner;
	NirPurposes touch;			/* purposes of the relation as a whole */
	AttrNumber	subject;		/* column with the person, if governed and it has one */
	int			natts;
	bool	   *column_tagged;	/* by attnum - 1 */
	NirPurposes *column_purposes;	/* by attnum - 1; only where tagged */
	Bitmapset  *drawn;			/* GENERATED ALWAYS AS IDENTITY, as in insertedCols */
	Bitmapset  *policy_columns; /* that its policies look at, likewise; only if tagged */
	bool		generates;		/* has generated columns, has partitions, or is one */
	int			nbodies;
	NirBodyAccess *bodies;
	DateADT		ends_on;		/* the day on which a rule ends, and the entry with it */
	MemoryContext memory;		/* owns the arrays */
	char		schema[NAMEDATALEN];	/* for who may not read the catalog */
	char		name[NAMEDATALEN];
} NirRelation;

extern void nir_relation_init(void);

/*
 * The entry of a relation that the caller has locked, or NULL where nir has
 * no say: views, system catalogs, and relations neither governed nor children
 * of a governed one nor with a tagged column.  Valid until the next call.
 */
extern const NirRelation *nir_relation_lookup(Oid relid);

/* The table whose long values a TOAST table keeps. */
extern Oid	nir_relation_of_toast(Oid toast);

/*
 * The relations last found to be none of nir's business, by the low bits of
 * their OID; whatever may change that empties the place.
 */
#define NIR_RELATION_PLACES	16
extern Oid	nir_relation_none[NIR_RELATION_PLACES];

/* True if nir_relation_lookup would return NULL; false tells nothing. */
static inline bool
nir_relation_is_none(Oid relid)
{
	return nir_relation_none[relid % NIR_RELATION_PLACES] == relid;
}

/*
 * True if the relation of this name may be nir's business: it was found to be,
 * or nobody looked at it and rows may have been routed to it from one that is.
 * Without names (NULL): if any such relation was found.  Looks only at what is
 * cached, so it may be asked while an error is reported.
 */
extern bool nir_relation_may_be_known(const char *schema, const char *name);

/*
 * True if values of the type can hold tagged ones, also inside a domain,
 * array, composite or range.  *purposes is then the set that every one of
 * them serves, empty if one of them has no modifier.
 */
extern bool nir_type_purposes(Oid type, int32 typmod, NirPurposes *purposes);

/* True if values of the type hold sealed ones, and are none themselves. */
extern bool nir_type_contains_sealed(Oid type);

#endif							/* NIR_GUARD_RELATION_H */
