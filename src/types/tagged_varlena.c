/*
 * src/types/tagged_varlena.c
 *
 * Opening, making and sorting values of tagged_text and tagged_numeric.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"
#include "utils/sortsupport.h"

#include "compat.h"
#include "types/tagged_varlena.h"

static void
open_packed(Datum datum, NirTaggedVarlena *value)
{
	struct varlena *packed = pg_detoast_datum_packed((struct varlena *) DatumGetPointer(datum));

	value->tag = NIR_PURPOSES_PLAIN;
	value->data = VARDATA_ANY(packed);
	value->len = VARSIZE_ANY_EXHDR(packed);
	value->copy = (Pointer) packed == DatumGetPointer(datum) ? NULL : packed;
}

void
nir_tagged_open(Datum datum, NirTaggedVarlena *value)
{
	uint32		tag;

	open_packed(datum, value);
	if (value->len < NIR_TAG_BYTES)
	{
		value->tag = 0;
		value->len = 0;
		return;
	}
	memcpy(&tag, value->data, NIR_TAG_BYTES);
	value->tag = tag & NIR_PURPOSES_PLAIN;
	value->data += NIR_TAG_BYTES;
	value->len -= NIR_TAG_BYTES;
}

void
nir_tagged_open_base(Datum datum, NirTaggedVarlena *value)
{
	open_packed(datum, value);
}

void
nir_tagged_close(NirTaggedVarlena *value)
{
	if (value->copy != NULL)
		pfree(value->copy);
}

Datum
nir_tagged_make(NirPurposes tag, const char *data, int len)
{
	Size		size = VARHDRSZ + NIR_TAG_BYTES + (Size) len;
	char	   *result = palloc(size);
	uint32		stored = tag;

	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), &stored, NIR_TAG_BYTES);
	memcpy(VARDATA(result) + NIR_TAG_BYTES, data, len);
	return PointerGetDatum(result);
}

Datum
nir_tagged_make_base(const NirTaggedVarlena *value)
{
	Size		size = VARHDRSZ + (Size) value->len;
	char	   *result = palloc(size);

	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), value->data, value->len);
	return PointerGetDatum(result);
}

/* ---- sort ---- */

/* A base value for the base type's functions to look at; grows as needed. */
typedef struct Scratch
{
	char	   *buffer;
	Size		size;
} Scratch;

typedef struct BaseSort
{
	SortSupportData base;
	int			(*compare) (Datum x, Datum y, SortSupport base);
	NirTaggedOpener open;
	Scratch		left;
	Scratch		right;
} BaseSort;

static Datum
lay_out(BaseSort *sort, Scratch *scratch, Datum datum)
{
	NirTaggedVarlena value;
	Size		size;

	sort->open(datum, &value);
	size = VARHDRSZ + (Size) value.len;
	if (size > scratch->size)
	{
		if (scratch->buffer != NULL)
			pfree(scratch->buffer);
		scratch->buffer = NULL;
		scratch->size = 0;
		scratch->buffer = MemoryContextAlloc(sort->base.ssup_cxt, Min(2 * size, MaxAllocSize));
		scratch->size = Min(2 * size, MaxAllocSize);
	}
	SET_VARSIZE(scratch->buffer, size);
	memcpy(VARDATA(scratch->buffer), value.data, value.len);
	nir_tagged_close(&value);
	return PointerGetDatum(scratch->buffer);
}

static int
compare_as_base(Datum x, Datum y, SortSupport ssup)
{
	BaseSort   *sort = ssup->ssup_extra;
	Datum		left = lay_out(sort, &sort->left, x);
	Datum		right = lay_out(sort, &sort->right, y);

	return sort->compare(left, right, &sort->base);
}

static Datum
abbreviate_as_base(Datum original, SortSupport ssup)
{
	BaseSort   *sort = ssup->ssup_extra;

	return sort->base.abbrev_converter(lay_out(sort, &sort->left, original), &sort->base);
}

static bool
abort_as_base(int count, SortSupport ssup)
{
	BaseSort   *sort = ssup->ssup_extra;

	return sort->base.abbrev_abort(count, &sort->base);
}

void
nir_tagged_sort_as_base(SortSupport ssup, NirTaggedOpener open, void (*set_up) (SortSupport base))
{
	BaseSort   *sort = MemoryContextAllocZero(ssup->ssup_cxt, sizeof(BaseSort));
	bool		abbreviated;

	sort->open = open;
	sort->base.ssup_cxt = ssup->ssup_cxt;
	sort->base.ssup_collation = ssup->ssup_collation;
	sort->base.abbreviate = ssup->abbreviate;
	set_up(&sort->base);
	abbreviated = ssup->abbreviate && sort->base.abbrev_converter != NULL;
	sort->compare = abbreviated ? sort->base.abbrev_full_comparator : sort->base.comparator;

	ssup->ssup_extra = sort;
	ssup->comparator = compare_as_base;
	if (abbreviated)
	{
		/* compares two abbreviated keys, for which it needs no state */
		ssup->comparator = sort->base.comparator;
		ssup->abbrev_converter = abbreviate_as_base;
		ssup->abbrev_abort = abort_as_base;
		ssup->abbrev_full_comparator = compare_as_base;
	}
}
