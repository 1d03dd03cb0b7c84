/*
 * test/perl/recorder.c
 *
 * Stands in for the access log where a test opens sealed values: each opening
 * is a line in the server log, unless SILENT_RECORDER is set, for benches.
 * Built and preloaded by NirNode.pm.
 */
#include "postgres.h"

#include "fmgr.h"
#include "seal/open.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

static void
record(int64 subject, const char *category, NirPurposes purpose)
{
	if (getenv("SILENT_RECORDER") == NULL)
		ereport(LOG,
				(errmsg("opened: person " INT64_FORMAT ", %s, purposes %u", subject, category, purpose),
				 errhidestmt(true), errhidecontext(true)));
}

void
_PG_init(void)
{
	void		(*set_recorder) (NirOpenRecorder recorder) =
		load_external_function("nir", "nir_open_set_recorder", true, NULL);

	set_recorder(record);
}
