/*
 * src/guard/tally.c
 *
 * A tally lives in the memory of its query, and tells what it has when that
 * memory goes, so no error path has to.  Rows that a run gave before it failed
 * are still counted in the query's state, and those of COPY in its progress.
 */
#include "postgres.h"

#include "commands/progress.h"
#include "lib/ilist.h"
#include "nodes/execnodes.h"
#include "utils/backend_status.h"
#include "utils/memutils.h"

#include "guard/tally.h"
#include "log/log.h"

typedef struct Tally
{
	NirStatementMark mark;
	dlist_node	node;			/* of a query */
	QueryDesc  *query;			/* NULL: COPY */
	EState	   *state;			/* in the same memory as the tally */
	bool		running;
	uint64		rows;			/* of the runs that have ended */
	MemoryContextCallback on_reset;
} Tally;

bool		nir_tally_is_any = false;

static dlist_head tallies = DLIST_STATIC_INIT(tallies);

static uint64
rows_of_failed_copy(void)
{
	return MyBEEntry != NULL && pgstat_track_activities
		? (uint64) MyBEEntry->st_progress_param[PROGRESS_COPY_TUPLES_PROCESSED] : 0;
}

static void
tell(void *arg)
{
	Tally	   *tally = arg;

	if (tally->query != NULL)
	{
		dlist_delete(&tally->node);
		nir_tally_is_any = !dlist_is_empty(&tallies);
		nir_log_opened_end(tally->query, true);
	}
	if (tally->running)
		tally->rows += tally->query != NULL ? tally->state->es_processed : rows_of_failed_copy();
	nir_log_completion(tally->mark.statement, tally->rows);
}

static Tally *
begin(MemoryContext memory)
{
	Tally	   *tally = MemoryContextAllocZero(memory, sizeof(Tally));

	tally->on_reset.func = tell;
	tally->on_reset.arg = tally;
	MemoryContextRegisterResetCallback(memory, &tally->on_reset);
	return tally;
}

void
nir_tally_query(QueryDesc *query, uint64 statement)
{
	Tally	   *tally = begin(query->estate->es_query_cxt);

	tally->mark.statement = statement;
	tally->query = query;
	tally->state = query->estate;
	dlist_push_head(&tallies, &tally->node);
	nir_tally_is_any = true;
}

static Tally *
find(QueryDesc *query)
{
	dlist_iter	iter;

	dlist_foreach(iter, &tallies)
	{
		Tally	   *tally = dlist_container(Tally, node, iter.cur);

		if (tally->query == query)
			return tally;
	}
	return NULL;
}

void
nir_tally_begin_run(QueryDesc *query)
{
	Tally	   *tally = find(query);

	if (tally == NULL)
		return;
	tally->state->es_processed = 0;
	tally->running = true;
	nir_log_opened_begin(query, tally->mark.statement);
}

void
nir_tally_end_run(QueryDesc *query)
{
	Tally	   *tally = find(query);

	if (tally == NULL)
		return;
	tally->rows += tally->state->es_processed;
	tally->running = false;
	nir_log_opened_end(query, false);
}

NirStatementMark *
nir_tally_begin_copy(void)
{
	Tally	   *tally = begin(CurrentMemoryContext);

	tally->mark.of_copy = true;
	tally->running = true;
	return &tally->mark;
}

void
nir_tally_end_copy(NirStatementMark *mark, uint64 rows)
{
	Tally	   *tally = (Tally *) mark;

	tally->running = false;
	nir_log_completion(mark->statement, rows);
	mark->statement = 0;
}
