/*
 * src/guard/utility.c
 *
 * COPY FROM says in the CONTEXT of an error which line or value it was
 * reading.  That line goes to the client and to the log, so it loses its
 * quotation here; relation, line number and column stay.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "nodes/parsenodes.h"
#include "utils/memutils.h"

#include "guard/relation.h"
#include "guard/utility.h"

bool
nir_utility_reads_tagged_input(PlannedStmt *statement)
{
	CopyStmt   *copy = (CopyStmt *) statement->utilityStmt;
	const NirRelation *relation;
	Oid			relid;

	if (!IsA(copy, CopyStmt) || !copy->is_from || copy->relation == NULL)
		return false;
	relid = RangeVarGetRelid(copy->relation, AccessShareLock, true);
	if (!OidIsValid(relid))
		return false;
	relation = nir_relation_lookup(relid);
	return relation != NULL && relation->tagged;
}

void
nir_utility_rethrow_unquoted(void)
{
	ErrorData  *error;
	char	   *quotation;

	MemoryContextSwitchTo(TopTransactionContext);
	error = CopyErrorData();
	FlushErrorState();
	quotation = error->context != NULL ? strstr(error->context, ": \"") : NULL;
	if (quotation != NULL)
		*quotation = '\0';
	ReThrowError(error);
}
