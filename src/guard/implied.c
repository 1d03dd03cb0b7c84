/*
 * src/guard/implied.c
 *
 * An expression that an UPDATE evaluates tells something only if it reads a
 * column that changes, or was never checked; columns it was true of before
 * tell nothing.  So a check over one column costs nobody anything.
 *
 * Plain columns that are generated from tagged ones ask for what those do.
 *
 * Triggers whose function a superuser or nir_owner answers for are trusted
 * with the row, unless they have a WHEN condition, which is the table owner's.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/partition.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_trigger.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "optimizer/optimizer.h"
#include "rewrite/prs2lock.h"
#include "rewrite/rowsecurity.h"
#include "utils/lsyscache.h"
#include "utils/partcache.h"
#include "utils/rel.h"
#include "utils/reltrigger.h"
#include "utils/rls.h"

#include "guard/code.h"
#include "guard/implied.h"

#define WHOLE_ROW	(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber)

/* The columns of the one table that an expression is about, also in its sub-selects. */
static Bitmapset *
add_columns(Bitmapset *columns, Node *expression)
{
	ListCell   *cell;

	if (expression == NULL)
		return columns;
	foreach(cell, pull_vars_of_level(expression, 0))
	{
		Var		   *var = lfirst(cell);

		if (IsA(var, Var) && var->varno == 1)
			columns = bms_add_member(columns, var->varattno - FirstLowInvalidHeapAttributeNumber);
	}
	return columns;
}

/* ---- in every statement ---- */

static Bitmapset *
policy_columns(Relation relation)
{
	Bitmapset  *columns = NULL;
	ListCell   *cell;

	if (relation->rd_rsdesc == NULL)
		return NULL;
	foreach(cell, relation->rd_rsdesc->policies)
	{
		RowSecurityPolicy *policy = lfirst(cell);

		columns = add_columns(columns, (Node *) policy->qual);
		columns = add_columns(columns, (Node *) policy->with_check_qual);
	}
	return columns;
}

static bool
has_policies(const RangeTblEntry *rte)
{
	Oid			user = OidIsValid(rte->checkAsUser) ? rte->checkAsUser : GetUserId();

	return check_enable_rls(rte->relid, user, true) == RLS_ENABLED;
}

/* In which partition a row lies tells what its key is. */
static Bitmapset *
add_partition_key(Bitmapset *columns, Oid relid, Oid partitioned)
{
	Relation	relation = table_open(partitioned, AccessShareLock);
	PartitionKey key = RelationGetPartitionKey(relation);
	Bitmapset  *key_columns = add_columns(NULL, (Node *) key->partexprs);
	int			bit = -1;

	for (int i = 0; i < key->partnatts; i++)
		if (key->partattrs[i] != InvalidAttrNumber)
			key_columns = bms_add_member(key_columns, key->partattrs[i] - FirstLowInvalidHeapAttributeNumber);
	while ((bit = bms_next_member(key_columns, bit)) >= 0)
	{
		int			attno = bit + FirstLowInvalidHeapAttributeNumber;

		if (attno > 0 && partitioned != relid)
			attno = get_attnum(relid, get_attname(partitioned, attno, false));
		columns = bms_add_member(columns, attno - FirstLowInvalidHeapAttributeNumber);
	}
	table_close(relation, AccessShareLock);
	return columns;
}

static Bitmapset *
add_partitioning(Bitmapset *columns, Relation relation)
{
	Oid			relid = RelationGetRelid(relation);
	ListCell   *cell;

	if (relation->rd_rel->relkind == RELKIND_PARTITIONED_TABLE)
		columns = add_partition_key(columns, relid, relid);
	if (!relation->rd_rel->relispartition)
		return columns;
	foreach(cell, get_partition_ancestors(relid))
		columns = add_partition_key(columns, relid, lfirst_oid(cell));
	return columns;
}

/* What is read of a generated column is read of what made it. */
static Bitmapset *
add_generated(Bitmapset *columns, Relation relation, const Bitmapset *named)
{
	TupleConstr *constraints = RelationGetDescr(relation)->constr;
	Bitmapset  *read = bms_union(columns, named);

	for (int i = 0; constraints != NULL && i < constraints->num_defval; i++)
	{
		int			attno = constraints->defval[i].adnum;

		if (TupleDescAttr(RelationGetDescr(relation), attno - 1)->attgenerated != '\0' &&
			bms_is_member(attno - FirstLowInvalidHeapAttributeNumber, read))
			columns = add_columns(columns, stringToNode(constraints->defval[i].adbin));
	}
	return columns;
}

/* ---- in an UPDATE ---- */

/* What the expression reads, if it may tell something: see above. */
static Bitmapset *
add_if_changed(Bitmapset *columns, Bitmapset *expression, const Bitmapset *changed)
{
	if (bms_is_member(WHOLE_ROW, expression) || bms_overlap(expression, changed))
		return bms_add_members(columns, expression);
	return columns;
}

static Bitmapset *
add_constraints(Bitmapset *columns, Relation relation, const Bitmapset *changed)
{
	TupleConstr *constraints = RelationGetDescr(relation)->constr;

	if (constraints == NULL)
		return columns;
	for (int i = 0; i < constraints->num_check; i++)
	{
		Bitmapset  *check = add_columns(NULL, stringToNode(constraints->check[i].ccbin));

		columns = constraints->check[i].ccvalid
			? add_if_changed(columns, check, changed) : bms_add_members(columns, check);
	}
	for (int i = 0; i < constraints->num_defval; i++)
		if (TupleDescAttr(RelationGetDescr(relation), constraints->defval[i].adnum - 1)->attgenerated != '\0')
			columns = add_if_changed(columns, add_columns(NULL, stringToNode(constraints->defval[i].adbin)),
									 changed);
	return columns;
}

/* A unique index compares with other rows; any may fail to compute an entry. */
static Bitmapset *
add_index(Bitmapset *columns, Oid index_id, const Bitmapset *changed)
{
	Relation	index = index_open(index_id, AccessShareLock);
	Form_pg_index form = index->rd_index;
	Bitmapset  *entry = add_columns(NULL, (Node *) RelationGetIndexExpressions(index));

	entry = bms_add_members(entry, add_columns(NULL, (Node *) RelationGetIndexPredicate(index)));
	if (form->indisunique || form->indisexclusion)
		for (int i = 0; i < form->indnkeyatts; i++)
			if (form->indkey.values[i] != InvalidAttrNumber)
				entry = bms_add_member(entry, form->indkey.values[i] - FirstLowInvalidHeapAttributeNumber);
	index_close(index, AccessShareLock);
	return add_if_changed(columns, entry, changed);
}

/* ---- triggers and rules ---- */

static bool
trigger_sees_row(const Trigger *trigger, bool updates, bool deletes)
{
	if (trigger->tgisinternal || trigger->tgenabled == TRIGGER_DISABLED ||
		!((updates && TRIGGER_FOR_UPDATE(trigger->tgtype)) ||
		  (deletes && TRIGGER_FOR_DELETE(trigger->tgtype))))
		return false;
	if (!TRIGGER_FOR_ROW(trigger->tgtype) && trigger->tgoldtable == NULL && trigger->tgnewtable == NULL)
		return false;
	return trigger->tgqual != NULL || !nir_code_is_trusted(trigger->tgfoid);
}

static bool
row_is_handed_over(Relation relation, bool updates, bool deletes)
{
	for (int i = 0; relation->trigdesc != NULL && i < relation->trigdesc->numtriggers; i++)
		if (trigger_sees_row(&relation->trigdesc->triggers[i], updates, deletes))
			return true;
	for (int i = 0; relation->rd_rules != NULL && i < relation->rd_rules->numLocks; i++)
	{
		CmdType		event = relation->rd_rules->rules[i]->event;

		if ((updates && event == CMD_UPDATE) || (deletes && event == CMD_DELETE))
			return true;
	}
	return false;
}

void
nir_implied_describe(NirRelation *entry, Relation relation)
{
	TupleConstr *constraints = RelationGetDescr(relation)->constr;
	Bitmapset  *by_policies = policy_columns(relation);
	MemoryContext caller = MemoryContextSwitchTo(entry->memory);

	entry->policy_columns = bms_copy(by_policies);
	MemoryContextSwitchTo(caller);
	/* a partitioned table has no key yet while it is made */
	entry->generates = entry->partitioned || relation->rd_rel->relispartition ||
		(constraints != NULL && constraints->has_generated_stored);
}

/* What an UPDATE, a DELETE, a partition or a generated column adds to that. */
static Bitmapset *
add_of_statement(Bitmapset *columns, const RangeTblEntry *rte, AclMode perms)
{
	Relation	relation = table_open(rte->relid, AccessShareLock);
	bool		updates = !bms_is_empty(rte->updatedCols);

	if (row_is_handed_over(relation, updates, (perms & ACL_DELETE) != 0))
		columns = bms_add_member(columns, WHOLE_ROW);
	if (updates)
	{
		Bitmapset  *changed = bms_union(rte->updatedCols, rte->extraUpdatedCols);
		ListCell   *cell;

		columns = add_constraints(columns, relation, changed);
		foreach(cell, RelationGetIndexList(relation))
			columns = add_index(columns, lfirst_oid(cell), changed);
	}
	columns = add_partitioning(columns, relation);
	columns = add_generated(columns, relation, rte->selectedCols);
	table_close(relation, AccessShareLock);
	return columns;
}

Bitmapset *
nir_implied_columns(const NirRelation *entry, const RangeTblEntry *rte, AclMode inherited)
{
	AclMode		perms = rte->requiredPerms != 0 ? rte->requiredPerms : inherited;
	Bitmapset  *columns = NULL;

	/* rows of a governed relation are read under its policies, or not at all */
	if (entry->policy_columns != NULL && (entry->governed || has_policies(rte)))
		columns = bms_copy(entry->policy_columns);
	if (entry->generates || !bms_is_empty(rte->updatedCols) || (perms & ACL_DELETE) != 0)
		columns = add_of_statement(columns, rte, perms);
	return columns;
}
