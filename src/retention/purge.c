/*
 * src/retention/purge.c
 *
 * The drivers.  What a batch does stands in sql/code/purge.sql and
 * sql/code/transfer.sql; here is who it is done as, and when it is committed.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "tcop/pquery.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "context/catalog.h"
#include "errors.h"
#include "retention/clock.h"
#include "retention/job.h"
#include "retention/purge.h"
#include "retention/window.h"
#include "types/wall.h"

#define MOST_SUBJECTS	100000

/* In this order; each is called until it says that it is done. */
static const struct
{
	const char *query;
	NirRetentionTask task;
}			phases[] = {
	{"SELECT task, after, done FROM nir.prepare_step($1, $2, $3, $4, $5)", NIR_RETENTION_TRANSFER},
	{"SELECT task, after, done FROM nir.payload_step($1, $2, $3, $4, $5)", NIR_RETENTION_TRANSFER},
	{"SELECT task, after, done FROM nir.purge_step($1, $2, $3, $4, $5)", NIR_RETENTION_DELETE},
	{"SELECT task, after, done FROM nir.rest_step($1, $2, $3, $4, $5)", NIR_RETENTION_DELETE},
	{"SELECT task, after, done FROM nir.finish_step($1, $2, $3, $4, $5)", NIR_RETENTION_DELETE},
};

#define PHASES		((int) lengthof(phases))
#define MAKING		2			/* the first so many make transfers */

void
nir_retention_init(void)
{
	nir_clock_init();
	nir_retention_job_init();
}

/* Runs a query of one row inside the window; the row's tuple table stays with SPI. */
static HeapTuple
run_one_row(const char *query, int nargs, Oid *types, Datum *values, const char *nulls)
{
	if (SPI_execute_with_args(query, nargs, types, values, nulls, false, 1) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "a step of the purge returned no row");
	return SPI_tuptable->vals[0];
}

static void
start(void *arg)
{
	NirPurge   *purge = ((void **) arg)[0];
	const char *driver = ((void **) arg)[1];
	Oid			types[] = {TEXTOID, INT4OID, TEXTOID, TEXTOID};
	Datum		values[] = {CStringGetTextDatum(purge->rule), Int32GetDatum(purge->size),
		CStringGetTextDatum(driver),
	CStringGetTextDatum(GetUserNameFromId(GetOuterUserId(), true))};
	char		nulls[] = {purge->rule[0] == '\0' ? 'n' : ' ', ' ', ' ', ' '};
	HeapTuple	row;
	bool		isnull;

	SPI_connect();
	row = run_one_row("SELECT nir.purge_begin($1, $2, $3, $4)", 4, types, values, nulls);
	purge->run = DatumGetInt64(SPI_getbinval(row, SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
}

static void
move_to_phase(NirPurge *purge, int phase)
{
	purge->phase = phase;
	purge->task = 0;
	purge->after = PG_INT64_MIN;
}

void
nir_retention_start(NirPurge *purge, const char *rule, int size, const char *driver)
{
	void	   *arg[] = {purge, unconstify(char *, driver)};

	strlcpy(purge->rule, rule != NULL ? rule : "", NAMEDATALEN);
	purge->size = size;
	move_to_phase(purge, 0);
	nir_window_run(NIR_RETENTION_DELETE, start, arg);
}

/* One step; moves the purge on. */
static void
step(void *arg)
{
	NirPurge   *purge = arg;
	Oid			types[] = {INT8OID, TEXTOID, INT4OID, INT8OID, INT4OID};
	Datum		values[] = {Int64GetDatum(purge->run), CStringGetTextDatum(purge->rule),
	Int32GetDatum(purge->task), Int64GetDatum(purge->after), Int32GetDatum(purge->size)};
	char		nulls[] = {' ', purge->rule[0] == '\0' ? 'n' : ' ', ' ', ' ', ' '};
	HeapTuple	row;
	TupleDesc	desc;
	bool		isnull;

	SPI_connect();
	row = run_one_row(phases[purge->phase].query, 5, types, values, nulls);
	desc = SPI_tuptable->tupdesc;
	purge->task = DatumGetInt32(SPI_getbinval(row, desc, 1, &isnull));
	purge->after = DatumGetInt64(SPI_getbinval(row, desc, 2, &isnull));
	if (DatumGetBool(SPI_getbinval(row, desc, 3, &isnull)))
		move_to_phase(purge, purge->phase + 1);
	SPI_finish();
}

bool
nir_retention_run_batch(NirPurge *purge)
{
	nir_window_run(phases[purge->phase].task, step, purge);
	return purge->phase < PHASES;
}

PG_FUNCTION_INFO_V1(nir_purge);

/* SQL: procedure nir.purge(rule text, batch_size integer) */
Datum
nir_purge(PG_FUNCTION_ARGS)
{
	CallContext *call = (CallContext *) fcinfo->context;
	NirPurge	purge;
	int			size = PG_ARGISNULL(1) ? NIR_PURGE_SIZE : PG_GETARG_INT32(1);

	nir_wall_require_loaded();
	nir_catalog_require_version();
	if (call == NULL || !IsA(call, CallContext) || call->atomic || IsSubTransaction())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PURGE_IN_TRANSACTION),
				 errmsg("nir.purge commits after each batch and cannot run inside a transaction block"),
				 errhint("Send CALL nir.purge() by itself, without BEGIN and not from a function.")));
	if (size < 1 || size > MOST_SUBJECTS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a batch has from 1 to %d subjects", MOST_SUBJECTS)));
	SPI_connect_ext(SPI_OPT_NONATOMIC);
	SPI_commit();
	XactIsoLevel = XACT_READ_COMMITTED;
	EnsurePortalSnapshotExists();
	nir_retention_start(&purge, PG_ARGISNULL(0) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(0)),
						size, "call");
	do
	{
		SPI_commit();
		CHECK_FOR_INTERRUPTS();
		/* whatever the session's default is: a batch must see what others commit */
		XactIsoLevel = XACT_READ_COMMITTED;
		EnsurePortalSnapshotExists();
	} while (nir_retention_run_batch(&purge));
	SPI_finish();
	PG_RETURN_VOID();
}

PG_FUNCTION_INFO_V1(nir_prepare_transfers);

/* SQL: nir.prepare_transfers(); the first phases of a purge, in one transaction */
Datum
nir_prepare_transfers(PG_FUNCTION_ARGS)
{
	NirPurge	purge = {.size = NIR_PURGE_SIZE};

	nir_wall_require_loaded();
	nir_catalog_require_version();
	move_to_phase(&purge, 0);
	while (purge.phase < MAKING)
		(void) nir_retention_run_batch(&purge);
	PG_RETURN_VOID();
}

/* ---- what is due ---- */

/* Puts the rows of a query, run inside the window, into the caller's store. */
static void
count_rows(void *arg)
{
	ReturnSetInfo *result = arg;

	SPI_connect();
	if (SPI_execute("SELECT * FROM nir.due_rows()", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "what is due could not be counted");
	for (uint64 i = 0; i < SPI_processed; i++)
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
	SPI_finish();
}

PG_FUNCTION_INFO_V1(nir_count_due);

/* SQL: nir.count_due() */
Datum
nir_count_due(PG_FUNCTION_ARGS)
{
	nir_wall_require_loaded();
	nir_catalog_require_version();
	InitMaterializedSRF(fcinfo, 0);
	nir_window_run(NIR_RETENTION_DELETE, count_rows, fcinfo->resultinfo);
	return (Datum) 0;
}
