/*
 * src/guard/hooks.c
 *
 * Entry points only: keep the hook that was there, call it, hand the case to
 * the file that decides.  A refusal of a stacked hook stands.
 */
#include "postgres.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/pathnodes.h"
#include "optimizer/plancat.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "parser/parsetree.h"
#include "tcop/utility.h"
#include "utils/elog.h"

#include "context/narrowing.h"
#include "context/reach.h"
#include "guard/database.h"
#include "guard/definition.h"
#include "guard/estimate.h"
#include "guard/explain.h"
#include "guard/hooks.h"
#include "guard/lift.h"
#include "guard/logs.h"
#include "guard/relation.h"
#include "guard/stamp.h"
#include "guard/statement.h"
#include "guard/store.h"
#include "guard/tally.h"
#include "guard/utility.h"
#include "log/log.h"

static ExecutorCheckPerms_hook_type next_check_perms = NULL;
static ExecutorStart_hook_type next_executor_start = NULL;
static ExecutorRun_hook_type next_executor_run = NULL;
static ProcessUtility_hook_type next_process_utility = NULL;
static planner_hook_type next_planner = NULL;
static get_relation_info_hook_type next_relation_info = NULL;
static get_relation_stats_hook_type next_relation_stats = NULL;
static get_index_stats_hook_type next_index_stats = NULL;
static object_access_hook_type next_object_access = NULL;
static post_parse_analyze_hook_type next_post_parse_analyze = NULL;
static emit_log_hook_type next_emit_log = NULL;

/*
 * Where the check of the statement that the innermost ExecutorStart (or COPY)
 * is starting tells that it is governed; NULL outside one.  Starting a
 * query may run another: pruning partitions calls STABLE functions.  An error
 * on the way is followed by the end of its transaction, which clears this.
 */
static NirStatementMark *starting = NULL;

static bool
check_perms(List *range_table, bool report)
{
	NirStatementMark here = {0};

	if (next_check_perms != NULL && !next_check_perms(range_table, report))
		return false;
	if (likely(!nir_statement_concerns(range_table)))
		return true;
	return nir_statement_check(range_table, report, starting != NULL ? starting : &here);
}

/*
 * A worker analyses no statement, and begins by forgetting what it knows.  The
 * plan that its leader handed over, who has written it down, has no place in a
 * text; the queries that functions run there are the worker's own.  A worker
 * that builds an index has only such.
 */
static pg_noinline void
enter_parallel_worker(QueryDesc *query, NirStatementMark *mark)
{
	static bool entered = false;

	nir_logs_learn();
	nir_explain_start_in_worker(query);
	mark->of_leader = !entered && query->plannedstmt->stmt_len == -1;
	entered = true;
}

static void
executor_start(QueryDesc *query, int eflags)
{
	NirStatementMark mark = {0};
	NirStatementMark *outer = starting;

	if (IsParallelWorker())
		enter_parallel_worker(query, &mark);
	nir_logs_hide_plans();
	starting = &mark;
	if (next_executor_start != NULL)
		next_executor_start(query, eflags);
	else
		standard_ExecutorStart(query, eflags);
	starting = outer;
	if (unlikely(mark.statement != 0))
		nir_tally_query(query, mark.statement);
	if (mark.governed)
	{
		nir_stamp_query(query);
		nir_lift_query(query);
	}
}

static void
transaction_ended(XactEvent event, void *arg)
{
	/* also the one in which a session begins, before its first statement */
	if (event == XACT_EVENT_PRE_COMMIT)
		nir_logs_learn();
	else if (event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT)
		nir_log_failed();
	starting = NULL;
	nir_reach_estimates(false);
	nir_stamp_keep_in(NULL);
	if (unlikely(nir_database_waking) && (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT))
		nir_database_wake(event == XACT_EVENT_COMMIT);
}

static void
subtransaction_ended(SubXactEvent event, SubTransactionId self, SubTransactionId parent, void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	nir_log_failed();
	starting = NULL;
	nir_reach_estimates(false);
	nir_stamp_keep_no_longer(self);
}

static void
executor_run(QueryDesc *query, ScanDirection direction, uint64 count, bool execute_once)
{
	bool		planning = nir_reach_estimates(false);

	nir_stamp_check(query);
	if (nir_lift_is_any)
		nir_lift_check(query);
	if (unlikely(nir_tally_is_any))
		nir_tally_begin_run(query);
	if (next_executor_run != NULL)
		next_executor_run(query, direction, count, execute_once);
	else
		standard_ExecutorRun(query, direction, count, execute_once);
	if (unlikely(nir_tally_is_any))
		nir_tally_end_run(query);
	nir_reach_estimates(planning);
}

static PlannedStmt *
plan(Query *query, const char *source, int cursor_options, ParamListInfo params)
{
	PlannedStmt *planned;
	bool		outer;

	nir_store_guard_query(query);
	nir_narrowing_mark_checks(query);
	nir_logs_hide_plans();
	outer = nir_reach_estimates(true);
	if (next_planner != NULL)
		planned = next_planner(query, source, cursor_options, params);
	else
		planned = standard_planner(query, source, cursor_options, params);
	nir_reach_estimates(outer);
	return planned;
}

static void
relation_info(PlannerInfo *root, Oid relid, bool inhparent, RelOptInfo *relation)
{
	RangeTblEntry *rte = planner_rt_fetch(relation->relid, root);
	const NirRelation *known = rte->securityQuals != NIL ? nir_relation_lookup(relid) : NULL;

	if (known != NULL && known->governed)
	{
		nir_narrowing_mark_rows(rte);
		nir_reach_drop_repeated(root->parse, relation->relid, rte->securityQuals);
	}
	if (next_relation_info != NULL)
		next_relation_info(root, relid, inhparent, relation);
}

static bool
relation_stats(PlannerInfo *root, RangeTblEntry *rte, AttrNumber attnum, VariableStatData *data)
{
	return nir_estimate_hide_column(rte->relid, attnum, data) ||
		(next_relation_stats != NULL && next_relation_stats(root, rte, attnum, data));
}

static bool
index_stats(PlannerInfo *root, Oid index, AttrNumber attnum, VariableStatData *data)
{
	return nir_estimate_hide_column(index, attnum, data) ||
		(next_index_stats != NULL && next_index_stats(root, index, attnum, data));
}

/* The arguments of a utility hook, as one. */
typedef struct UtilityCall
{
	PlannedStmt *statement;
	const char *source;
	bool		read_only_tree;
	ProcessUtilityContext context;
	ParamListInfo params;
	QueryEnvironment *environment;
	DestReceiver *dest;
	QueryCompletion *completion;
} UtilityCall;

static void
run_utility(void *arg)
{
	UtilityCall *call = arg;

	(next_process_utility != NULL ? next_process_utility : standard_ProcessUtility)
		(call->statement, call->source, call->read_only_tree, call->context, call->params,
		 call->environment, call->dest, call->completion);
}

static pg_noinline void
run_watched(PlannedStmt *statement, const char *source, bool read_only_tree,
			ProcessUtilityContext context, ParamListInfo params,
			QueryEnvironment *environment, DestReceiver *dest, QueryCompletion *completion)
{
	UtilityCall call = {statement, source, read_only_tree, context, params,
	environment, dest, completion};

	nir_utility_run(statement, run_utility, &call);
}

static void
process_utility(PlannedStmt *statement, const char *source, bool read_only_tree,
				ProcessUtilityContext context, ParamListInfo params,
				QueryEnvironment *environment, DestReceiver *dest, QueryCompletion *completion)
{
	Portal		keeper = NULL;
	NirStatementMark *outer = starting;
	NirStatementMark *copy = NULL;
	bool		keeps = nir_utility_keeps_rows(statement);
	bool		may_set_role;

	nir_logs_hide_plans();
	if (likely(!keeps && next_process_utility == NULL && !nir_utility_concerns(statement)))
	{
		standard_ProcessUtility(statement, source, read_only_tree, context, params,
								environment, dest, completion);
		return;
	}
	may_set_role = IsA(statement->utilityStmt, VariableSetStmt);
	if (keeps)
		keeper = nir_stamp_keep_in(ActivePortal);
	if (IsA(statement->utilityStmt, CopyStmt))
		starting = copy = nir_tally_begin_copy();
	if (nir_utility_concerns(statement))
		run_watched(statement, source, read_only_tree, context, params,
					environment, dest, completion);
	else if (next_process_utility != NULL)
		next_process_utility(statement, source, read_only_tree, context, params,
							 environment, dest, completion);
	else
		standard_ProcessUtility(statement, source, read_only_tree, context, params,
								environment, dest, completion);
	if (keeps)
		(void) nir_stamp_keep_in(keeper);
	if (copy != NULL)
	{
		starting = outer;
		nir_tally_end_copy(copy, completion != NULL ? completion->nprocessed : 0);
	}
	/* ROLLBACK may have freed the statement */
	if (may_set_role)
		nir_logs_learn();
}

static pg_noinline void
object_changed(ObjectAccessType access, Oid class_id, Oid object_id, int sub_id, void *arg)
{
	if (next_object_access != NULL)
		next_object_access(access, class_id, object_id, sub_id, arg);
	nir_definition_check(access, class_id, object_id, sub_id, arg);
}

/* Every function of a plan and every look into a schema comes here: the usual way out is short. */
static void
object_access(ObjectAccessType access, Oid class_id, Oid object_id, int sub_id, void *arg)
{
	if (next_object_access != NULL || nir_definition_concerns(access))
		object_changed(access, class_id, object_id, sub_id, arg);
}

static void
post_parse_analyze(ParseState *pstate, Query *query, JumbleState *jstate)
{
	if (next_post_parse_analyze != NULL)
		next_post_parse_analyze(pstate, query, jstate);
	nir_logs_learn();
	if (query->commandType != CMD_UTILITY)
		nir_store_check_claims(query);
}

static void
emit_log(ErrorData *error)
{
	nir_logs_redact(error);
	nir_logs_silence(error);
	if (next_emit_log != NULL)
		next_emit_log(error);
}

void
nir_guard_init(void)
{
	/* pg_upgrade builds the catalog piece by piece, alone and as superuser */
	if (IsBinaryUpgrade)
		return;

	nir_relation_init();
	nir_stamp_init();
	nir_logs_init();
	RegisterXactCallback(transaction_ended, NULL);
	RegisterSubXactCallback(subtransaction_ended, NULL);

	next_check_perms = ExecutorCheckPerms_hook;
	ExecutorCheckPerms_hook = check_perms;
	next_executor_start = ExecutorStart_hook;
	ExecutorStart_hook = executor_start;
	next_executor_run = ExecutorRun_hook;
	ExecutorRun_hook = executor_run;
	next_planner = planner_hook;
	planner_hook = plan;
	next_relation_info = get_relation_info_hook;
	get_relation_info_hook = relation_info;
	next_relation_stats = get_relation_stats_hook;
	get_relation_stats_hook = relation_stats;
	next_index_stats = get_index_stats_hook;
	get_index_stats_hook = index_stats;
	next_process_utility = ProcessUtility_hook;
	ProcessUtility_hook = process_utility;
	next_object_access = object_access_hook;
	object_access_hook = object_access;
	next_post_parse_analyze = post_parse_analyze_hook;
	post_parse_analyze_hook = post_parse_analyze;
	next_emit_log = emit_log_hook;
	emit_log_hook = emit_log;
}
