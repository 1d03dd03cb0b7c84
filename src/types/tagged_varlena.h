/*
 * src/types/tagged_varlena.h
 *
 * The layout of tagged_text and tagged_numeric: a varlena of four bytes of
 * tag (native byte order) and then the bytes of the base value without its
 * length word.  The header may be short, so nothing in it is aligned.
 *
 * A datum too short to hold a tag is damaged; it reads as an empty payload
 * that may be used for nothing, so that an index over it can still be
 * checked and rebuilt.
 */
#ifndef NIR_TYPES_TAGGED_VARLENA_H
#define NIR_TYPES_TAGGED_VARLENA_H

#include "types/purpose_bits.h"

#define NIR_TAG_BYTES	((int) sizeof(uint32))

/* forward declaration; utils/sortsupport.h has it */
struct SortSupportData;

/* An open value: its tag, its payload, and the copy to free (NULL if none). */
typedef struct NirTaggedVarlena
{
	NirPurposes tag;
	const char *data;
	int			len;
	struct varlena *copy;
} NirTaggedVarlena;

typedef void (*NirTaggedOpener) (Datum datum, NirTaggedVarlena *value);

/* Detoasts a tagged value if need be; close it before the datum goes away. */
extern void nir_tagged_open(Datum datum, NirTaggedVarlena *value);

/* The same for a value of the base type: its tag is plain. */
extern void nir_tagged_open_base(Datum datum, NirTaggedVarlena *value);

extern void nir_tagged_close(NirTaggedVarlena *value);

/* A new tagged value, or one of the base type, in the current context. */
extern Datum nir_tagged_make(NirPurposes tag, const char *data, int len);
extern Datum nir_tagged_make_base(const NirTaggedVarlena *value);

/*
 * Sort tagged values with the base type's own sort support, abbreviated keys
 * included: set_up prepares it for the base type, and every value is laid in
 * a scratch buffer as a base value before it is handed over.
 */
extern void nir_tagged_sort_as_base(struct SortSupportData *ssup, NirTaggedOpener open,
									void (*set_up) (struct SortSupportData *base));

#endif							/* NIR_TYPES_TAGGED_VARLENA_H */
