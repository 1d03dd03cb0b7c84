/*
 * src/types/statistics.c
 *
 * What ANALYZE may keep about a tagged column: null fraction, width, number
 * of distinct values and correlation.  Most common values, histogram and any
 * other slot would show personal data to everybody who may read the table
 * through pg_stats, whatever purpose is declared.
 */
#include "postgres.h"

#include "catalog/pg_statistic.h"
#include "commands/vacuum.h"
#include "fmgr.h"

typedef struct StandardAnalysis
{
	AnalyzeAttrComputeStatsFunc compute_stats;
	void	   *extra_data;
} StandardAnalysis;

static void
clear_slot(VacAttrStats *stats, int slot)
{
	stats->stakind[slot] = 0;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->numnumbers[slot] = 0;
	stats->stanumbers[slot] = NULL;
	stats->numvalues[slot] = 0;
	stats->stavalues[slot] = NULL;
}

/* The standard analysis, of which only the slot without values is kept. */
static void
compute_without_values(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch,
					   int sample_rows, double total_rows)
{
	StandardAnalysis *standard = stats->extra_data;

	stats->extra_data = standard->extra_data;
	standard->compute_stats(stats, fetch, sample_rows, total_rows);
	stats->extra_data = standard;
	for (int slot = 0; slot < STATISTIC_NUM_SLOTS; slot++)
	{
		if (stats->stakind[slot] != STATISTIC_KIND_CORRELATION)
			clear_slot(stats, slot);
	}
}

PG_FUNCTION_INFO_V1(nir_tagged_typanalyze);

/* SQL: nir.tagged_typanalyze(internal) */
Datum
nir_tagged_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	StandardAnalysis *standard;

	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);
	standard = palloc(sizeof(StandardAnalysis));
	standard->compute_stats = stats->compute_stats;
	standard->extra_data = stats->extra_data;
	stats->compute_stats = compute_without_values;
	stats->extra_data = standard;
	PG_RETURN_BOOL(true);
}
