/*
 * src/guard/statement.c
 *
 * For each relation of a statement one declared purpose must be found that
 *   - the relation as a whole may be touched for,
 *   - every tagged column the statement names, reads or writes, serves, and
 *   - the acting body may do this verb for.
 * What is of a special category is touched in a case only.  A whole-row
 * reference names every column.  Writing needs exactly one
 * declared purpose.  Row-level security must be in force, and for a role that
 * the body's policies are written for.  Nobody chooses the key of a new row.
 *
 * What a foreign-key check itself asks of its owner's tables passes; it runs
 * with row-level security off, over plain keys, and answers nobody.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "access/table.h"
#include "catalog/pg_class.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "nodes/parsenodes.h"
#include "utils/acl.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/rls.h"

#include "context/catalog.h"
#include "context/context.h"
#include "context/exempt.h"
#include "context/reach.h"
#include "context/reference.h"
#include "errors.h"
#include "guard/explain.h"
#include "guard/implied.h"
#include "guard/relation.h"
#include "guard/statement.h"
#include "guard/trace.h"
#include "guc.h"
#include "log/log.h"
#include "types/purposes_text.h"

static char *
purposes_text(NirPurposes purposes)
{
	char	   *text = palloc(NIR_PURPOSES_TEXTBYTES);

	nir_purposes_print(purposes, true, text);
	return text;
}

/* ---- which columns ---- */

/* Calls back for each tagged column in the set; attno 0 stands for all. */
typedef void (*ColumnVisitor) (const NirRelation *relation, int attno, void *arg);

static void
visit_columns(const NirRelation *relation, const Bitmapset *columns,
			  ColumnVisitor visitor, void *arg)
{
	int			bit = -1;
	bool		whole_row = bms_is_member(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber, columns);

	if (whole_row)
	{
		for (int i = 0; i < relation->natts; i++)
			if (relation->column_tagged[i])
				visitor(relation, i + 1, arg);
		return;
	}
	while ((bit = bms_next_member(columns, bit)) >= 0)
	{
		int			attno = bit + FirstLowInvalidHeapAttributeNumber;

		if (attno > 0 && attno <= relation->natts && relation->column_tagged[attno - 1])
			visitor(relation, attno, arg);
	}
}

static void
intersect_column(const NirRelation *relation, int attno, void *arg)
{
	*(NirPurposes *) arg &= relation->column_purposes[attno - 1];
}

typedef struct Explanation
{
	NirPurposes declared;
	StringInfoData text;
} Explanation;

/* Name a column, and its purposes, that no declared purpose opens. */
static void
explain_column(const NirRelation *relation, int attno, void *arg)
{
	Explanation *explanation = arg;
	NirPurposes purposes = relation->column_purposes[attno - 1];

	if (explanation->text.len > 0)
		appendStringInfoString(&explanation->text, ", ");
	appendStringInfo(&explanation->text, "\"%s\" %s",
					 get_attname(relation->relid, attno, true), purposes_text(purposes));
}

static Bitmapset *
used_columns(const RangeTblEntry *rte)
{
	if (likely(rte->insertedCols == NULL && rte->updatedCols == NULL))
		return bms_copy(rte->selectedCols);
	return bms_union(rte->selectedCols, bms_union(rte->insertedCols, rte->updatedCols));
}

/* What is used and need not be named: a table whose columns all serve alike has nothing to hide. */
static Bitmapset *
all_used_columns(const NirRelation *relation, const RangeTblEntry *rte, AclMode inherited)
{
	Bitmapset  *columns = used_columns(rte);

	return relation->mixed ? bms_join(columns, nir_implied_columns(relation, rte, inherited)) : columns;
}

/* ---- refusals ---- */

static void
refuse_touch(const NirRelation *relation, const NirContext *context)
{
	nir_log_refused(NIR_ERRCODE_RELATION_PURPOSE, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_RELATION_PURPOSE),
			 errmsg("relation \"%s\" may not be used for the declared purpose %s",
					get_rel_name(relation->relid), purposes_text(context->purposes)),
			 errdetail("It may be used for %s.", purposes_text(relation->touch)),
			 errhint("Declare a purpose that fits the task with nir.begin_processing in a new transaction.")));
}

static void
refuse_without_case(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_CASE_REF_REQUIRED, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_CASE_REF_REQUIRED),
			 errmsg("relation \"%s\" is of a special category and needs a case reference",
					get_rel_name(relation->relid)),
			 errhint("Give it as case_ref: nir.begin_processing(purpose, unit, actor, case_ref).")));
}

static void
refuse_columns(const NirRelation *relation, const NirContext *context, const Bitmapset *columns)
{
	Explanation explanation;

	explanation.declared = context->purposes;
	initStringInfo(&explanation.text);
	visit_columns(relation, columns, explain_column, &explanation);
	nir_log_refused(NIR_ERRCODE_COLUMN_PURPOSE, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_COLUMN_PURPOSE),
			 errmsg("columns of relation \"%s\" may not be used for the declared purpose %s",
					get_rel_name(relation->relid), purposes_text(context->purposes)),
			 errdetail("The statement uses %s.", explanation.text.data),
			 errhint("Name only columns that serve the purpose, or declare another in a new transaction.")));
}

static void
refuse_body(const NirRelation *relation, const NirContext *context, NirVerb verb)
{
	nir_log_refused(NIR_ERRCODE_BODY_ACCESS, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BODY_ACCESS),
			 errmsg("a body of kind \"%s\" may not %s relation \"%s\" for purpose %s",
					context->body_kind, nir_verb_names[verb],
					get_rel_name(relation->relid), purposes_text(context->purposes)),
			 errhint("nir.access_matrix shows what each body may do, and by which rule.")));
}

static void
refuse_mixed_purposes(const NirRelation *relation, const NirContext *context)
{
	nir_log_refused(NIR_ERRCODE_COLUMN_PURPOSE, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_COLUMN_PURPOSE),
			 errmsg("not all columns of relation \"%s\" serve all the declared purposes %s",
					get_rel_name(relation->relid), purposes_text(context->purposes)),
			 errdetail("One purpose would open the rows, and another the columns."),
			 errhint("Narrow the context with nir.begin_processing to one of them.")));
}

static void
refuse_chosen_key(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_BODY_ACCESS, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BODY_ACCESS),
			 errmsg("keys of relation \"%s\" are drawn by the database", get_rel_name(relation->relid)),
			 errhint("Leave the identity column out of the statement, and read it with RETURNING.")));
}

static void
refuse_unguarded_rows(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_BODY_ACCESS, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BODY_ACCESS),
			 errmsg("rows of relation \"%s\" would be read with another role's rights",
					get_rel_name(relation->relid)),
			 errdetail("A view or SECURITY DEFINER function lends them, or row-level security is off."),
			 errhint("Make the view security_invoker, or the function SECURITY INVOKER; nir.lint() lists what is wrong.")));
}

/* Its rows are those of the parent, and it has none of the parent's policies. */
static void
refuse_astray(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_BODY_ACCESS, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BODY_ACCESS),
			 errmsg("\"%s\" is a child of a governed relation, and not governed itself",
					get_rel_name(relation->relid)),
			 errdetail("In it every body's rows would be read."),
			 errhint("Use the parent; an administrator calls nir.govern for it again, see nir.lint().")));
}

static void
refuse_toast(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_BODY_ACCESS, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_BODY_ACCESS),
			 errmsg("the long values of relation \"%s\" are read through the relation alone",
					get_rel_name(relation->relid))));
}

static void
refuse_counting(const NirRelation *relation)
{
	nir_log_refused(NIR_ERRCODE_ROWS_COUNTED, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_ROWS_COUNTED),
			 errmsg("EXPLAIN may not count what is read of governed relation \"%s\"",
					get_rel_name(relation->relid)),
			 errdetail("It would count rows of other bodies, too."),
			 errhint("EXPLAIN without ANALYZE and BUFFERS shows the plan; a superuser or BYPASSRLS session may count.")));
}

static void
refuse_several_purposes(const NirRelation *relation, const NirContext *context)
{
	nir_log_refused(NIR_ERRCODE_PLAIN_UNBOUND, get_rel_name(relation->relid));
	ereport(ERROR,
			(errcode(NIR_ERRCODE_PLAIN_UNBOUND),
			 errmsg("writing relation \"%s\" needs exactly one declared purpose",
					get_rel_name(relation->relid)),
			 errdetail("Declared are %s.", purposes_text(context->purposes)),
			 errhint("Narrow the context with nir.begin_processing to one of them.")));
}

/* ---- the rules ---- */

static const NirBodyAccess *
find_body(const NirRelation *relation, const NirContext *context)
{
	for (int i = 0; i < relation->nbodies; i++)
		if (relation->bodies[i].body_kind[0] == context->body_kind[0] &&
			strcmp(relation->bodies[i].body_kind, context->body_kind) == 0)
			return &relation->bodies[i];
	return NULL;
}

/* The purposes under which the acting body may do all the verbs asked for. */
static NirPurposes
body_purposes(const NirRelation *relation, const NirContext *context,
			  AclMode perms, NirVerb *failed)
{
	static const AclMode modes[NIR_VERBS] = {ACL_SELECT, ACL_INSERT, ACL_UPDATE, ACL_DELETE};
	const NirBodyAccess *access = find_body(relation, context);
	NirPurposes allowed = context->purposes;

	for (int verb = 0; verb < NIR_VERBS; verb++)
	{
		if ((perms & modes[verb]) == 0)
			continue;
		allowed &= access != NULL ? access->purposes[verb] & ~access->ended[verb] : 0;
		if (allowed == 0)
		{
			*failed = verb;
			break;
		}
	}
	return allowed;
}

/* True if the acting body sees other rows under one purpose than under another. */
static bool
rows_vary(const NirRelation *relation, const NirContext *context)
{
	const NirBodyAccess *access = find_body(relation, context);

	for (int verb = 0; access != NULL && verb < NIR_VERBS; verb++)
		if (access->rows_vary[verb])
			return true;
	return false;
}

/* On whose behalf row-level security is applied. */
static Oid
row_user(const RangeTblEntry *rte)
{
	return OidIsValid(rte->checkAsUser) ? rte->checkAsUser : GetUserId();
}

/*
 * Row-level security must be in force, and for a role that the policies of
 * the acting body are written for.  It is not where a view or a SECURITY
 * DEFINER function lends the rights of a superuser (every row) or of a
 * stranger (no row, which would look like an answer).
 */
static bool
rows_are_guarded(const NirRelation *relation, const RangeTblEntry *rte, const NirContext *context)
{
	const NirBodyAccess *access = find_body(relation, context);

	return check_enable_rls(relation->relid, row_user(rte), true) == RLS_ENABLED &&
		access != NULL && OidIsValid(access->group_role) &&
		has_privs_of_role(row_user(rte), access->group_role);
}

/*
 * A SECURITY DEFINER function of the relation's owner is a way in of its own.
 * A cascade runs as the owner as well, and is none.
 */
static bool
by_owner_function(const NirRelation *relation, const RangeTblEntry *rte)
{
	Oid			user = row_user(rte);

	return user == relation->owner && user == GetUserId() && !InNoForceRLSOperation() &&
		user != GetOuterUserId() && user == nir_catalog_owner_role();
}

/*
 * Columns that a foreign key can use, as in selectedCols: of its own, or unique;
 * and the person's number, which the purge asks for where no key is declared.
 */
static Bitmapset *
key_columns(Oid relid, AttrNumber subject)
{
	Relation	relation = table_open(relid, AccessShareLock);
	Bitmapset  *columns = RelationGetIndexAttrBitmap(relation, INDEX_ATTR_BITMAP_KEY);
	ListCell   *cell;

	foreach(cell, RelationGetFKeyList(relation))
	{
		ForeignKeyCacheInfo *key = lfirst(cell);

		if (key->conrelid != relid)
			continue;
		for (int i = 0; i < key->nkeys; i++)
			columns = bms_add_member(columns, key->conkey[i] - FirstLowInvalidHeapAttributeNumber);
	}
	if (subject != InvalidAttrNumber)
		columns = bms_add_member(columns, subject - FirstLowInvalidHeapAttributeNumber);
	table_close(relation, AccessShareLock);
	return columns;
}

static void
note_column(const NirRelation *relation, int attno, void *arg)
{
	*(bool *) arg = true;
}

/*
 * True for what a foreign-key check itself asks: the owner's query, in the
 * state that only such checks make, over nothing but plain key columns.  An
 * owner's trigger that a cascade fires runs in the same state; whatever else
 * it reads is checked in full, and so is the cascade if it hands rows over.
 */
static bool
is_foreign_key_check(const NirRelation *relation, const RangeTblEntry *rte)
{
	Bitmapset  *columns;
	bool		changes = (rte->requiredPerms & ACL_DELETE) != 0 || !bms_is_empty(rte->updatedCols);
	bool		tagged = false;

	if (!InNoForceRLSOperation() || relation->owner != GetUserId())
		return false;
	/* a cascade changes rows, of other units too, and shows them to triggers */
	if (relation->governed && changes)
		return false;
	columns = used_columns(rte);
	if (bms_is_empty(columns) || !bms_is_subset(columns, key_columns(relation->relid, relation->subject)))
		return false;
	if (changes)
		columns = bms_join(columns, nir_implied_columns(relation, rte, 0));
	visit_columns(relation, columns, note_column, &tagged);
	return !tagged;
}

void
nir_statement_refuse_ungoverned_seal(const NirRelation *relation)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_NOT_SEALED),
			 errmsg("relation \"%s\" has sealed columns and is not governed",
					get_rel_name(relation->relid)),
			 errdetail("Sealed values are kept where the rules for their rows hold."),
			 errhint("Let an administrator call nir.govern with the subject column.")));
}

static bool
check_relation(const NirRelation *relation, const RangeTblEntry *rte,
			   const NirContext *context, AclMode inherited, bool report, NirPurposes *carrying)
{
	Bitmapset  *columns = all_used_columns(relation, rte, inherited);
	NirPurposes by_columns = NIR_PURPOSES_PLAIN;
	NirPurposes allowed = context->purposes;
	NirVerb		failed = NIR_VERB_SELECT;

	if (relation->sealed && !relation->governed)
	{
		if (report)
			nir_statement_refuse_ungoverned_seal(relation);
		return false;
	}
	/* retention may be for any governed relation, as far as its access rules go */
	allowed &= relation->touch | (relation->governed ? NIR_PURPOSE_BIT('r') : 0);
	if (allowed == 0)
	{
		if (report)
			refuse_touch(relation, context);
		return false;
	}
	/* R48; the purge reads no content and acts in no case */
	if (relation->special && context->purposes != NIR_PURPOSE_BIT('r') &&
		!nir_reference_says(context->case_ref))
	{
		if (report)
			refuse_without_case(relation);
		return false;
	}
	visit_columns(relation, columns, intersect_column, &by_columns);
	if ((allowed & by_columns) == 0)
	{
		if (report)
			refuse_columns(relation, context, columns);
		return false;
	}
	/* one purpose must not open the rows and another the columns */
	if ((allowed & ~by_columns) != 0 && rows_vary(relation, context))
	{
		if (report)
			refuse_mixed_purposes(relation, context);
		return false;
	}
	allowed &= by_columns;
	if (relation->governed && !by_owner_function(relation, rte))
	{
		allowed &= body_purposes(relation, context, rte->requiredPerms, &failed);
		if (allowed == 0)
		{
			if (report)
				refuse_body(relation, context, failed);
			return false;
		}
		if (!rows_are_guarded(relation, rte, context))
		{
			if (report)
				refuse_unguarded_rows(relation);
			return false;
		}
		/* a key one chooses tells, by a conflict, which are taken */
		if (unlikely(bms_overlap(rte->insertedCols, relation->drawn)))
		{
			if (report)
				refuse_chosen_key(relation);
			return false;
		}
	}
	if ((rte->requiredPerms & (ACL_INSERT | ACL_UPDATE | ACL_DELETE)) != 0 &&
		(context->purposes & (context->purposes - 1)) != 0)
	{
		if (report)
			refuse_several_purposes(relation, context);
		return false;
	}
	*carrying = allowed;
	return true;
}

/* What is carried from one relation of the statement to the next. */
typedef struct Check
{
	List	   *range_table;
	const NirContext *context;	/* found when first needed */
	bool		heard;			/* what other sessions changed */
	bool		report;
	NirStatementMark *mark;
	NirTrace	trace;
} Check;

/* What an exempt session's use of a governed relation leaves behind. */
static void
note_privileged(Check *check, const NirRelation *relation, const RangeTblEntry *rte)
{
	if (nir_privileged_access() == NIR_PRIVILEGED_ALLOW)
		return;
	check->trace.privileged = true;
	nir_trace_add(&check->trace, relation, rte, 0);
	ereport(LOG,
			(errmsg("privileged role \"%s\" uses governed relation \"%s\"",
					GetUserNameFromId(GetOuterUserId(), true),
					get_rel_name(relation->relid)),
			 errhidestmt(true), errhidecontext(true)));
}

/*
 * A plan made while its role had BYPASSRLS has no policies in it.  The server
 * makes another when it hears that the role lost it, but it hears after it has
 * chosen the plan; so the choice is refused here, once.
 */
static void
require_same_rights(bool was_exempt)
{
	if (was_exempt && !nir_session_is_exempt())
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("rights of the role changed while the statement was starting"),
				 errhint("Run the statement again.")));
}

/* What the statement does to tables with children: their own entries do not say. */
static AclMode
inherited_modes(List *range_table)
{
	AclMode		modes = 0;
	ListCell   *cell;

	foreach(cell, range_table)
		if (lfirst_node(RangeTblEntry, cell)->inh)
			modes |= lfirst_node(RangeTblEntry, cell)->requiredPerms;
	return modes;
}

/*
 * The cached entry, after hearing what other sessions have changed: a right
 * taken away ends now, not when the transaction does.
 */
static const NirRelation *
lookup_current(Oid relid, bool *heard)
{
	const NirRelation *relation = nir_relation_lookup(relid);
	bool		was_exempt;

	if (relation == NULL || *heard)
		return relation;
	was_exempt = nir_session_is_exempt();
	AcceptInvalidationMessages();
	require_same_rights(was_exempt);
	*heard = true;
	return nir_relation_lookup(relid);
}

/* Where policies apply, COPY TO runs a query, which is asked for itself. */
static bool
is_copied_by_query(const NirStatementMark *mark, const RangeTblEntry *rte)
{
	return mark->of_copy && rte->requiredPerms == ACL_SELECT &&
		check_enable_rls(rte->relid, InvalidOid, true) == RLS_ENABLED;
}

/* One relation that may be nir's business. */
static pg_noinline bool
check_entry(Check *check, const RangeTblEntry *rte)
{
	bool		toast = rte->relkind == RELKIND_TOASTVALUE;
	const NirRelation *relation = lookup_current(toast ? nir_relation_of_toast(rte->relid) : rte->relid,
												 &check->heard);
	AclMode		inherited;
	NirPurposes carrying;

	if (relation == NULL)
		return true;
	/* also of a session that is let pass: its own statement is on record */
	if (is_foreign_key_check(relation, rte))
		return true;
	if (nir_session_is_exempt())
	{
		note_privileged(check, relation, rte);
		return true;
	}
	if (nir_session_is_denied())
	{
		nir_log_refused(NIR_ERRCODE_PRIVILEGED_DENIED, get_rel_name(relation->relid));
		nir_session_refuse_denied();
	}
	if (toast)
		refuse_toast(relation);
	if (relation->astray)
	{
		if (rte->requiredPerms != 0)
		{
			if (!check->report)
				return false;
			refuse_astray(relation);
		}
		/* reached through the parent, whose rules have been asked */
		if (!relation->tagged)
			return true;
	}
	check->mark->governed = true;
	if (check->context == NULL)
	{
		check->context = nir_context_require();
		nir_reach_require(check->context);
	}
	inherited = relation->mixed && rte->requiredPerms == 0 ? inherited_modes(check->range_table) : 0;
	if (!check_relation(relation, rte, check->context, inherited, check->report, &carrying))
		return false;
	if (relation->governed && nir_explain_is_counting())
		refuse_counting(relation);
	if (!is_copied_by_query(check->mark, rte))
		nir_trace_add(&check->trace, relation, rte, carrying);
	return true;
}

bool
nir_statement_check(List *range_table, bool report, NirStatementMark *mark)
{
	Check		check;
	ListCell   *cell;

	check.range_table = range_table;
	check.context = NULL;
	check.heard = false;
	check.report = report;
	check.mark = mark;
	check.trace.begun = check.trace.privileged = false;
	foreach(cell, range_table)
	{
		const RangeTblEntry *rte = lfirst_node(RangeTblEntry, cell);

		if (nir_statement_concerns_entry(rte) && !check_entry(&check, rte))
			return false;
	}
	if (unlikely(check.trace.begun) && report && !mark->of_leader)
		mark->statement = nir_trace_write(&check.trace);
	return true;
}
