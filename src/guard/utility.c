/*
 * src/guard/utility.c
 *
 * COPY FROM says in the CONTEXT of an error which line or value it was
 * reading.  That line goes to the client and to the log, so it loses its
 * quotation here; relation, line number and column stay.
 *
 * DROP EXTENSION nir CASCADE, and its like, would take columns full of
 * personal data along, which no retention rule asked for.  What may go with it
 * is decided object by object in definition.c; here is only known that such a
 * statement is running.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "nodes/parsenodes.h"
#include "utils/memutils.h"

#include "guard/definition.h"
#include "guard/relation.h"
#include "guard/utility.h"

static bool in_wide_drop = false;

bool
nir_utility_in_wide_drop(void)
{
	return in_wide_drop;
}

static bool
is_wide_drop(Node *statement)
{
	DropStmt   *drop = (DropStmt *) statement;

	return IsA(statement, DropStmt) && drop->behavior == DROP_CASCADE &&
		(drop->removeType == OBJECT_EXTENSION || drop->removeType == OBJECT_SCHEMA ||
		 drop->removeType == OBJECT_TYPE || drop->removeType == OBJECT_DOMAIN);
}

/* True for DROP EXTENSION of nir itself. */
static bool
drops_nir(DropStmt *drop)
{
	ListCell   *cell;

	if (drop->removeType != OBJECT_EXTENSION)
		return false;
	foreach(cell, drop->objects)
		if (strcmp(strVal(lfirst(cell)), "nir") == 0)
			return true;
	return false;
}

static bool
reads_tagged_input(Node *statement)
{
	CopyStmt   *copy = (CopyStmt *) statement;
	const NirRelation *relation;
	Oid			relid;

	if (!IsA(statement, CopyStmt) || !copy->is_from || copy->relation == NULL)
		return false;
	relid = RangeVarGetRelid(copy->relation, AccessShareLock, true);
	if (!OidIsValid(relid))
		return false;
	relation = nir_relation_lookup(relid);
	return relation != NULL && relation->tagged;
}

static void
rethrow_unquoted(void)
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

static void
run_copy(NirUtilityRunner runner, void *arg)
{
	PG_TRY();
	{
		runner(arg);
	}
	PG_CATCH();
	{
		rethrow_unquoted();
	}
	PG_END_TRY();
}

static void
run_wide_drop(NirUtilityRunner runner, void *arg)
{
	bool		outer = in_wide_drop;

	in_wide_drop = true;
	PG_TRY();
	{
		runner(arg);
	}
	PG_FINALLY();
	{
		in_wide_drop = outer;
	}
	PG_END_TRY();
}

void
nir_utility_run(PlannedStmt *statement, NirUtilityRunner runner, void *arg)
{
	if (is_wide_drop(statement->utilityStmt))
	{
		if (drops_nir((DropStmt *) statement->utilityStmt))
			nir_definition_require_unused();
		run_wide_drop(runner, arg);
	}
	else if (reads_tagged_input(statement->utilityStmt))
		run_copy(runner, arg);
	else
		runner(arg);
}
