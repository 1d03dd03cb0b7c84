/*
 * src/guard/database.c
 *
 * DROP DATABASE and its like wait five seconds for other sessions to leave; a
 * worker of nir is asked to.  Only who may do such a thing to the database can
 * make its worker leave, so nobody keeps it away by failing commands.
 */
#include "postgres.h"

#include "catalog/pg_database.h"
#include "commands/dbcommands.h"
#include "commands/defrem.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"

#include "guard/database.h"
#include "worker/worker.h"

bool		nir_database_waking = false;

static void
release(const char *name)
{
	Oid			database = name != NULL ? get_database_oid(name, true) : InvalidOid;

	if (OidIsValid(database) &&
		pg_database_ownercheck(database, GetUserId()))
		nir_worker_release_database(database);
}

static const char *
template_of(CreatedbStmt *create)
{
	ListCell   *cell;

	foreach(cell, create->options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		if (strcmp(option->defname, "template") == 0 && option->arg != NULL)
			return defGetString(option);
	}
	return NULL;
}

void
nir_database_prepare(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_DropdbStmt:
			release(((DropdbStmt *) statement)->dbname);
			break;
		case T_AlterDatabaseStmt:
			release(((AlterDatabaseStmt *) statement)->dbname);
			break;
		case T_CreatedbStmt:
			release(template_of((CreatedbStmt *) statement));
			break;
		case T_RenameStmt:
			if (((RenameStmt *) statement)->renameType == OBJECT_DATABASE)
				release(((RenameStmt *) statement)->subname);
			break;
		case T_CreateExtensionStmt:
			if (strcmp(((CreateExtensionStmt *) statement)->extname, "nir") == 0)
				nir_database_waking = true;
			break;
		default:
			break;
	}
}

void
nir_database_wake(bool committed)
{
	nir_database_waking = false;
	if (committed)
		nir_worker_wake();
}
