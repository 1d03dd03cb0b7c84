/*
 * src/types/typmod.c
 *
 * The modifier of the tagged types from and to text.  No table is read: a
 * dump is restored, modifiers and all, before its law data.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "errors.h"
#include "types/purposes_text.h"
#include "types/typmod.h"

static void
bad_modifier(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BAD_MODIFIER),
			 errmsg("type modifier must be a list of purposes"),
			 errhint("Write letters a to x, such as (a,b,d) or ('a-e,i').")));
}

static NirPurposes
purposes_of_elements(ArrayType *array)
{
	NirPurposes purposes = 0;
	Datum	   *elements;
	int			count;

	if (ARR_ELEMTYPE(array) != CSTRINGOID || ARR_NDIM(array) != 1 || array_contains_nulls(array))
		bad_modifier();
	deconstruct_array(array, CSTRINGOID, -2, false, TYPALIGN_CHAR, &elements, NULL, &count);
	for (int i = 0; i < count; i++)
	{
		const char *element = DatumGetCString(elements[i]);
		NirPurposes some;

		if (!nir_purposes_parse_list(element, strlen(element), &some))
			bad_modifier();
		purposes |= some;
	}
	return purposes;
}

PG_FUNCTION_INFO_V1(nir_typmod_in);

/* SQL: nir.typmod_in(cstring[]) */
Datum
nir_typmod_in(PG_FUNCTION_ARGS)
{
	NirPurposes purposes = purposes_of_elements(PG_GETARG_ARRAYTYPE_P(0));

	if (purposes == NIR_PURPOSES_PLAIN)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_BAD_MODIFIER),
				 errmsg("type modifier must leave out at least one purpose"),
				 errdetail("All letters together mark a value that is not yet bound to any purpose."),
				 errhint("Name only the purposes the column serves.")));
	PG_RETURN_INT32((int32) purposes);
}

PG_FUNCTION_INFO_V1(nir_typmod_out);

/* SQL: nir.typmod_out(integer) */
Datum
nir_typmod_out(PG_FUNCTION_ARGS)
{
	char		letters[NIR_PURPOSES_TEXTBYTES];
	NirPurposes purposes;

	if (!nir_typmod_purposes(PG_GETARG_INT32(0), &purposes))
		PG_RETURN_CSTRING(pstrdup(""));
	nir_purposes_print(purposes, false, letters);
	PG_RETURN_CSTRING(psprintf("(%s)", letters));
}
