/*
 * src/guard/utility.c
 *
 * A definition (index, constraint, type) evaluates expressions over rows
 * without starting the executor, so the statement check is asked from here.
 * What CREATE TABLE AS, REFRESH and ALTER TABLE have stored is read through
 * afterwards (store.c), since no plan of theirs carries its check.
 *
 * Nor does COPY FROM, but its input functions bind every value; so it is
 * refused only where a BEFORE trigger may put other values into the row.
 *
 * COPY FROM says in the CONTEXT of an error which line or value it was
 * reading.  That line goes to the client and to the log, so it loses its
 * quotation here; relation, line number and column stay.
 *
 * pg_dump with --enable-row-security would write the rows that its role sees
 * and end well, as if they were all.  It begins with LOCK TABLE ... IN ACCESS
 * SHARE MODE, and there it is stopped.
 *
 * DROP EXTENSION nir CASCADE, and its like, would take columns full of
 * personal data along, which no retention rule asked for.  What may go with it
 * is decided object by object in definition.c; here is only known that such a
 * statement is running.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_index.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "commands/tablecmds.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "parser/parse_type.h"
#include "storage/bufmgr.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "context/catalog.h"
#include "context/exempt.h"
#include "errors.h"
#include "guard/database.h"
#include "guard/definition.h"
#include "guard/explain.h"
#include "guard/relation.h"
#include "guard/statement.h"
#include "guard/store.h"
#include "guard/utility.h"
#include "seal/sealed.h"

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

/*
 * The relation a statement names, if nir knows it.  It is locked as the
 * statement will lock it: who could make the statement wait could meanwhile
 * give the name to another relation, or rows to this one.
 */
static const NirRelation *
find_relation(RangeVar *name, LOCKMODE lock, RangeVarGetRelidCallback may_lock)
{
	Oid			relid;

	if (name == NULL)
		return NULL;
	relid = RangeVarGetRelidExtended(name, lock, RVR_MISSING_OK, may_lock, NULL);
	return OidIsValid(relid) ? nir_relation_lookup(relid) : NULL;
}

/* The tagged relation a COPY FROM fills, or InvalidOid. */
static Oid
copy_target(Node *statement)
{
	CopyStmt   *copy = (CopyStmt *) statement;
	const NirRelation *relation;

	if (!IsA(statement, CopyStmt) || !copy->is_from)
		return InvalidOid;
	relation = find_relation(copy->relation, RowExclusiveLock, NULL);
	return relation != NULL && relation->tagged ? relation->relid : InvalidOid;
}

/* ---- definitions that read ---- */

static bool
column_reads(ColumnDef *column)
{
	ListCell   *cell;

	foreach(cell, column->constraints)
	{
		ConstrType	type = lfirst_node(Constraint, cell)->contype;

		if (type == CONSTR_CHECK || type == CONSTR_GENERATED || type == CONSTR_DEFAULT)
			return true;
	}
	return column->raw_default != NULL;
}

/* True if the column may be filled by an expression: its own, or its domain's default. */
static bool
column_is_filled(ColumnDef *column)
{
	Type		type;
	bool		domain = false;

	if (column_reads(column))
		return true;
	type = column->typeName != NULL ? LookupTypeName(NULL, column->typeName, NULL, true) : NULL;
	if (type != NULL)
	{
		domain = ((Form_pg_type) GETSTRUCT(type))->typtype == TYPTYPE_DOMAIN;
		ReleaseSysCache(type);
	}
	return domain;
}

/* True for subcommands that evaluate expressions over the rows there are. */
static bool
command_reads(AlterTableCmd *command)
{
	switch (command->subtype)
	{
		case AT_AddConstraint:
			return castNode(Constraint, command->def)->contype != CONSTR_FOREIGN;
		case AT_AddColumn:
			return column_reads(castNode(ColumnDef, command->def));
		case AT_AlterColumnType:
		case AT_SetNotNull:
		case AT_ValidateConstraint:
		case AT_AttachPartition:
			return true;
		default:
			return false;
	}
}

/* The table a definition reads, or NULL; *rewrites if it stores rows anew. */
static RangeVar *
read_by_definition(Node *statement, bool *rewrites)
{
	AlterTableStmt *alter = (AlterTableStmt *) statement;
	RangeVar   *table = NULL;
	ListCell   *cell;

	*rewrites = false;
	if (IsA(statement, IndexStmt))
		return ((IndexStmt *) statement)->relation;
	if (!IsA(statement, AlterTableStmt))
		return NULL;
	foreach(cell, alter->cmds)
	{
		AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);

		if (command_reads(command))
			table = alter->relation;
		if (command->subtype == AT_AlterColumnType ||
			(command->subtype == AT_AddColumn && column_is_filled(castNode(ColumnDef, command->def))))
			*rewrites = true;
	}
	return table;
}

/* As SELECT * would ask. */
static void
require_all_columns(const NirRelation *relation)
{
	RangeTblEntry *rte = makeNode(RangeTblEntry);
	NirStatementMark mark = {0};

	rte->rtekind = RTE_RELATION;
	rte->relid = relation->relid;
	rte->relkind = get_rel_relkind(relation->relid);
	rte->requiredPerms = ACL_SELECT;
	rte->selectedCols = bms_make_singleton(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber);
	(void) nir_statement_check(list_make1(rte), true, &mark);
}

/* True if neither the table nor a child has a page: there is nothing to read. */
static bool
is_empty(Oid relid, LOCKMODE lock)
{
	List	   *tables = find_all_inheritors(relid, lock, NULL);
	ListCell   *cell;
	bool		empty = true;

	foreach(cell, tables)
	{
		Relation	relation = relation_open(lfirst_oid(cell), NoLock);

		if (RELKIND_HAS_STORAGE(relation->rd_rel->relkind) &&
			RelationGetNumberOfBlocks(relation) > 0)
			empty = false;
		relation_close(relation, NoLock);
	}
	return empty;
}

static void
require_may_read(const NirRelation *relation)
{
	if (relation->governed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_GOVERNED_DDL),
				 errmsg("the definition would read every row of governed relation \"%s\"",
						get_rel_name(relation->relid)),
				 errhint("Migrations of governed relations run as a session that is superuser or BYPASSRLS.")));
	require_all_columns(relation);
}

static void
require_may_define(const NirRelation *relation, LOCKMODE lock)
{
	if (!nir_session_is_exempt() && !is_empty(relation->relid, lock))
		require_may_read(relation);
}

/* ---- what was stored ---- */

static void
verify_filled(Oid relid)
{
	List	   *tables;
	ListCell   *cell;

	if (!OidIsValid(relid) || !nir_catalog_installed())
		return;
	tables = find_all_inheritors(relid, AccessShareLock, NULL);
	foreach(cell, tables)
	{
		const NirRelation *relation;

		CommandCounterIncrement();
		relation = nir_relation_lookup(lfirst_oid(cell));
		if (relation != NULL && relation->sealed && !relation->governed && !nir_session_is_exempt())
			nir_statement_refuse_ungoverned_seal(relation);
		if (relation != NULL && relation->tagged)
			nir_store_verify(lfirst_oid(cell));
	}
}

static bool
has_default(Oid relid, int attnum)
{
	HeapTuple	tuple = SearchSysCache2(ATTNUM, ObjectIdGetDatum(relid), Int16GetDatum(attnum));
	bool		exists = HeapTupleIsValid(tuple) && ((Form_pg_attribute) GETSTRUCT(tuple))->atthasdef;

	if (HeapTupleIsValid(tuple))
		ReleaseSysCache(tuple);
	return exists;
}

/* True if COPY may fill a tagged column by an expression: a default, or of its domain. */
static bool
has_tagged_default(Oid relid)
{
	const NirRelation *relation = nir_relation_lookup(relid);

	for (int i = 0; relation != NULL && i < relation->natts; i++)
	{
		Oid			type;

		if (!relation->column_tagged[i])
			continue;
		type = get_atttype(relid, i + 1);
		if (get_typtype(type) == TYPTYPE_DOMAIN || has_default(relid, i + 1))
			return true;
	}
	return false;
}

/* True if a BEFORE INSERT row trigger of the table, or of a partition, may change rows. */
static bool
has_before_trigger(Oid relid)
{
	List	   *tables = find_all_inheritors(relid, NoLock, NULL);
	ListCell   *cell;
	bool		found = false;

	foreach(cell, tables)
	{
		Relation	relation = try_relation_open(lfirst_oid(cell), AccessShareLock);

		if (relation == NULL)
			continue;
		found = found || (relation->trigdesc != NULL && relation->trigdesc->trig_insert_before_row);
		relation_close(relation, AccessShareLock);
	}
	return found;
}

static void
refuse_triggered_copy(Oid relid)
{
	if (nir_session_is_exempt() || (!has_before_trigger(relid) && !has_tagged_default(relid)))
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("COPY into \"%s\" is refused", get_rel_name(relid)),
			 errdetail("A BEFORE trigger, or a default of a tagged column, could put values into the row that COPY does not look at."),
			 errhint("Use INSERT.")));
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
run_copy(Oid relid, NirUtilityRunner runner, void *arg)
{
	const NirRelation *relation = nir_relation_lookup(relid);
	/* COPY asks no nir.conforms, and here no trigger seals: ciphertext may come, as in a restore */
	bool		outer = nir_sealed_refuse_literals(relation != NULL && relation->sealed && !relation->governed);

	PG_TRY();
	{
		runner(arg);
	}
	PG_CATCH();
	{
		(void) nir_sealed_refuse_literals(outer);
		rethrow_unquoted();
	}
	PG_END_TRY();
	(void) nir_sealed_refuse_literals(outer);
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

/* Collects while the runner runs, also where it fails. */
static void
run_collecting(NirUtilityRunner runner, void *arg)
{
	bool		outer = nir_definition_collect(true);

	PG_TRY();
	{
		runner(arg);
	}
	PG_FINALLY();
	{
		(void) nir_definition_collect(outer);
	}
	PG_END_TRY();
}

/* CREATE TABLE AS and its like, also below EXPLAIN ANALYZE: what they made is verified. */
static void
run_filling(NirUtilityRunner runner, void *arg)
{
	List	   *made;
	ListCell   *cell;

	run_collecting(runner, arg);
	made = list_copy(nir_definition_filled());
	foreach(cell, made)
		if (SearchSysCacheExists1(RELOID, ObjectIdGetDatum(lfirst_oid(cell))))
			verify_filled(lfirst_oid(cell));
}

/* Children whose rows a definition reads: of ATTACH PARTITION. */
static void
require_may_attach(AlterTableStmt *alter)
{
	ListCell   *cell;

	foreach(cell, alter->cmds)
	{
		AlterTableCmd *command = lfirst_node(AlterTableCmd, cell);
		const NirRelation *child;

		if (command->subtype != AT_AttachPartition)
			continue;
		child = find_relation(castNode(PartitionCmd, command->def)->name,
							  AccessExclusiveLock, RangeVarCallbackOwnsRelation);
		if (child != NULL)
			require_may_define(child, AccessExclusiveLock);
	}
}

/* ALTER TYPE ... ALTER ATTRIBUTE CASCADE rewrites every table of the type. */
static void
refuse_type_rewriting(AlterTableStmt *alter)
{
	NirPurposes purposes;
	Oid			relid;
	Oid			type;
	ListCell   *cell;

	if (alter->objtype != OBJECT_TYPE || nir_session_is_exempt())
		return;
	relid = RangeVarGetRelidExtended(alter->relation, AccessExclusiveLock, RVR_MISSING_OK,
									 RangeVarCallbackOwnsRelation, NULL);
	type = OidIsValid(relid) ? get_rel_type_id(relid) : InvalidOid;
	if (!OidIsValid(type) || !nir_type_purposes(type, -1, &purposes))
		return;
	foreach(cell, alter->cmds)
		if (lfirst_node(AlterTableCmd, cell)->subtype == AT_AlterColumnType)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_GOVERNED_DDL),
					 errmsg("attributes of type %s cannot be altered", format_type_be(type)),
					 errdetail("That would read tagged values of every table of the type."),
					 errhint("Make another type, or do it as a session that is superuser or BYPASSRLS.")));
}

/* How the statement itself will lock the table. */
static LOCKMODE
definition_lock(Node *statement)
{
	if (IsA(statement, AlterTableStmt))
		return AlterTableGetLockLevel(((AlterTableStmt *) statement)->cmds);
	return ((IndexStmt *) statement)->concurrent ? ShareUpdateExclusiveLock : ShareLock;
}

/* Index, ALTER TABLE: the table is found once, before functions of one's own run. */
static void
run_definition(Node *statement, NirUtilityRunner runner, void *arg)
{
	bool		rewrites;
	RangeVar   *table = read_by_definition(statement, &rewrites);
	RangeVar   *named = IsA(statement, AlterTableStmt) ? ((AlterTableStmt *) statement)->relation : table;
	LOCKMODE	lock = definition_lock(statement);
	const NirRelation *relation = find_relation(table, lock, RangeVarCallbackOwnsRelation);
	Oid			relid = InvalidOid;

	if (relation != NULL)
		require_may_define(relation, lock);
	if (IsA(statement, AlterTableStmt))
	{
		require_may_attach((AlterTableStmt *) statement);
		refuse_type_rewriting((AlterTableStmt *) statement);
	}
	if (rewrites && nir_catalog_installed())
		relid = RangeVarGetRelid(named, AccessShareLock, true);
	runner(arg);
	verify_filled(relid);
}

/* A new partition is compared with the rows of the default one. */
static void
require_may_partition(CreateStmt *create)
{
	const NirRelation *parent;

	if (create->partbound == NULL || create->inhRelations == NIL)
		return;
	parent = find_relation(linitial_node(RangeVar, create->inhRelations),
						   ShareUpdateExclusiveLock, RangeVarCallbackOwnsRelation);
	if (parent != NULL)
		require_may_define(parent, ShareUpdateExclusiveLock);
}

/* Constraints, and defaults, of a domain run over every column of it, whose ever it is. */
static bool
domain_reads(AlterDomainStmt *alter, Oid domain)
{
	bool		reads = alter->subtype == 'C' || alter->subtype == 'V' || alter->subtype == 'O';
	NirPurposes purposes;
	ListCell   *cell;

	if (reads && nir_type_purposes(domain, -1, &purposes))
		return true;
	foreach(cell, reads || alter->subtype == 'T' ? nir_definition_users_of_type(domain) : NIL)
	{
		const NirRelation *relation;

		/* as the statement will, before looking */
		if (reads)
			LockRelationOid(lfirst_oid(cell), ShareLock);
		relation = nir_relation_lookup(lfirst_oid(cell));
		if (relation != NULL && relation->governed)
			return true;
		if (relation != NULL && reads)
			require_may_define(relation, ShareLock);
	}
	return false;
}

static void
refuse_domain_reading(AlterDomainStmt *alter)
{
	Oid			domain;

	if (!nir_catalog_installed() || nir_session_is_exempt())
		return;
	domain = typenameTypeId(NULL, makeTypeNameFromNameList(alter->typeName));
	/* whose domain it is not, the server refuses, and locks nothing for him */
	if (!pg_type_ownercheck(domain, GetUserId()) || !domain_reads(alter, domain))
		return;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_GOVERNED_DDL),
			 errmsg("constraints and default of domain %s cannot be changed", format_type_be(domain)),
			 errdetail("It would run over values of every table that uses it."),
			 errhint("Make a domain with the constraint, or change this one as a session that is superuser or BYPASSRLS.")));
}

/* The tables that CLUSTER alone would sort: the role's own, by their marked indexes. */
static List *
marked_tables(void)
{
	Relation	pg_index = table_open(IndexRelationId, AccessShareLock);
	SysScanDesc scan = systable_beginscan(pg_index, InvalidOid, false, NULL, 0, NULL);
	HeapTuple	tuple;
	List	   *tables = NIL;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_index form = (Form_pg_index) GETSTRUCT(tuple);

		if (form->indisclustered && pg_class_ownercheck(form->indrelid, GetUserId()))
			tables = lappend_oid(tables, form->indrelid);
	}
	systable_endscan(scan);
	table_close(pg_index, AccessShareLock);
	return tables;
}

/* CLUSTER lays the rows down in the order of values: who reads on sees which is less. */
static void
refuse_sorting(ClusterStmt *cluster)
{
	const NirRelation *relation;
	ListCell   *cell;

	if (nir_session_is_exempt())
		return;
	relation = find_relation(cluster->relation, AccessExclusiveLock, RangeVarCallbackOwnsTable);
	if (relation != NULL)
		require_may_define(relation, AccessExclusiveLock);
	/* it locks each in a transaction of its own: who is empty now need not be then */
	foreach(cell, cluster->relation == NULL ? marked_tables() : NIL)
	{
		relation = nir_relation_lookup(lfirst_oid(cell));
		if (relation != NULL)
			require_may_read(relation);
	}
}

static void
run_refresh(RefreshMatViewStmt *refresh, NirUtilityRunner runner, void *arg)
{
	Oid			relid = RangeVarGetRelidExtended(refresh->relation,
												 refresh->concurrent ? ExclusiveLock : AccessExclusiveLock,
												 RVR_MISSING_OK, RangeVarCallbackOwnsTable, NULL);

	runner(arg);
	verify_filled(relid);
}

/* LOCK TABLE has been run: the relations exist, and the role may read them. */
static void
refuse_partial_dump(LockStmt *lock)
{
	ListCell   *cell;

	if (lock->mode != AccessShareLock || nir_session_is_exempt())
		return;
	foreach(cell, lock->relations)
	{
		const NirRelation *relation = find_relation(lfirst_node(RangeVar, cell), AccessShareLock, NULL);

		if (relation == NULL)
			continue;
		if (nir_session_is_denied())
			nir_session_refuse_denied();
		if (relation->governed)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_BODY_ACCESS),
					 errmsg("a dump by this role would leave out rows of relation \"%s\"",
							get_rel_name(relation->relid)),
					 errdetail("LOCK TABLE in ACCESS SHARE mode is how pg_dump begins."),
					 errhint("Dump with a superuser or BYPASSRLS role.")));
	}
}

static bool
explains_filling(ExplainStmt *explain)
{
	Node	   *query = explain->query;

	return IsA(query, Query) && ((Query *) query)->utilityStmt != NULL &&
		IsA(((Query *) query)->utilityStmt, CreateTableAsStmt);
}

/* Also where it fails: an error that is caught leaves the rest of an outer one. */
static void
run_explain(ExplainStmt *explain, NirUtilityRunner runner, void *arg)
{
	bool		outer = nir_explain_begin(explain);

	PG_TRY();
	{
		if (explains_filling(explain))
			run_filling(runner, arg);
		else
			runner(arg);
	}
	PG_FINALLY();
	{
		nir_explain_end(outer);
	}
	PG_END_TRY();
}

static void
run_statement(Node *statement, NirUtilityRunner runner, void *arg)
{
	Oid			relid;

	switch (nodeTag(statement))
	{
		case T_DropStmt:
			if (!is_wide_drop(statement))
				break;
			if (drops_nir((DropStmt *) statement))
				nir_definition_require_unused();
			run_wide_drop(runner, arg);
			return;
		case T_CopyStmt:
			relid = copy_target(statement);
			if (!OidIsValid(relid))
				break;
			refuse_triggered_copy(relid);
			run_copy(relid, runner, arg);
			return;
		case T_IndexStmt:
		case T_AlterTableStmt:
			run_definition(statement, runner, arg);
			return;
		case T_CreateTableAsStmt:
			run_filling(runner, arg);
			return;
		case T_RefreshMatViewStmt:
			run_refresh((RefreshMatViewStmt *) statement, runner, arg);
			return;
		case T_CreateStmt:
			require_may_partition((CreateStmt *) statement);
			break;
		case T_ClusterStmt:
			refuse_sorting((ClusterStmt *) statement);
			break;
		case T_AlterDomainStmt:
			refuse_domain_reading((AlterDomainStmt *) statement);
			break;
		case T_LockStmt:
			runner(arg);
			refuse_partial_dump((LockStmt *) statement);
			return;
		case T_ExplainStmt:
			run_explain((ExplainStmt *) statement, runner, arg);
			return;
		default:
			nir_database_prepare(statement);
			break;
	}
	runner(arg);
}

/* True for definitions that keep expressions, and with them their constants. */
static bool
keeps_expressions(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateStmt:
		case T_CreateForeignTableStmt:
		case T_AlterTableStmt:
		case T_AlterDomainStmt:
		case T_CreateDomainStmt:
		case T_IndexStmt:
		case T_CreateStatsStmt:
		case T_ViewStmt:
		case T_RuleStmt:
		case T_CreateFunctionStmt:
		case T_CreatePolicyStmt:
		case T_AlterPolicyStmt:
		case T_CreateTrigStmt:
			return true;
		default:
			return false;
	}
}

void
nir_utility_run(PlannedStmt *planned, NirUtilityRunner runner, void *arg)
{
	bool		outer;

	if (!keeps_expressions(planned->utilityStmt))
	{
		run_statement(planned->utilityStmt, runner, arg);
		return;
	}
	outer = nir_sealed_refuse_literals(true);
	PG_TRY();
	{
		run_statement(planned->utilityStmt, runner, arg);
	}
	PG_FINALLY();
	{
		(void) nir_sealed_refuse_literals(outer);
	}
	PG_END_TRY();
}
