/*
 * src/guard/estimate.c
 *
 * A column of a tagged type itself has statistics without values
 * (types/statistics.c) and keeps them; what only contains one has the
 * server's own.
 */
#include "postgres.h"

#include "access/transam.h"
#include "utils/lsyscache.h"

#include "context/catalog.h"
#include "guard/estimate.h"
#include "guard/relation.h"

bool
nir_estimate_hide_column(Oid relid, AttrNumber attnum, VariableStatData *data)
{
	NirPurposes purposes;
	Oid			type;

	if (relid < FirstNormalObjectId || attnum <= 0)
		return false;
	type = get_atttype(relid, attnum);
	if (type < FirstNormalObjectId || !nir_catalog_installed() ||
		type == nir_catalog_unit_type() || nir_catalog_is_tagged_type(type) ||
		!nir_type_purposes(type, -1, &purposes))
		return false;
	data->statsTuple = NULL;
	return true;
}
