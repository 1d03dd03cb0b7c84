/*
 * src/guard/explain.c
 *
 * What auto_explain counts is for the server log, and an administrator's: it
 * is let be.  A parallel worker is told only that its query is instrumented,
 * not for whom; where auto_explain instruments all of them, it is taken for
 * auto_explain.
 */
#include "postgres.h"

#include "commands/defrem.h"
#include "utils/guc.h"

#include "guard/explain.h"

static bool counting = false;

static bool
counts(ExplainStmt *explain)
{
	bool		analyze = false;
	bool		buffers = false;
	ListCell   *cell;

	/* the last of a name stands */
	foreach(cell, explain->options)
	{
		DefElem    *option = lfirst_node(DefElem, cell);

		if (strcmp(option->defname, "analyze") == 0)
			analyze = defGetBoolean(option);
		else if (strcmp(option->defname, "buffers") == 0)
			buffers = defGetBoolean(option);
	}
	return analyze || buffers;
}

bool
nir_explain_begin(ExplainStmt *explain)
{
	bool		outer = counting;

	counting = outer || counts(explain);
	return outer;
}

void
nir_explain_end(bool outer)
{
	counting = outer;
}

void
nir_explain_start_in_worker(const QueryDesc *query)
{
	const char *automatic = GetConfigOption("auto_explain.log_analyze", true, false);

	if (query->instrument_options != 0 && (automatic == NULL || strcmp(automatic, "on") != 0))
		counting = true;
}

bool
nir_explain_is_counting(void)
{
	return counting;
}
