/*
 * src/log/verify.c
 *
 * nir.verify_access_log(): walks batches and rows in their order and tells
 * where they are not what was written.  Each finding names a batch; after a
 * broken link the walk goes on from the link that is stored, so that one
 * change is one finding.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/tuplestore.h"

#include "keys/keyring.h"
#include "log/table.h"

typedef struct Walk
{
	ReturnSetInfo *result;
	uint8		key[NIR_KEY_BYTES];
	uint8		previous[NIR_CHAIN_BYTES];
	int64		batch;			/* expected next */
	int64		row;			/* likewise */
} Walk;

static void
find(Walk *walk, int64 batch, const char *finding)
{
	Datum		values[2] = {Int64GetDatum(batch), CStringGetTextDatum(finding)};
	bool		nulls[2] = {false, false};

	tuplestore_putvalues(walk->result->setResult, walk->result->setDesc, values, nulls);
}

/* The digest of the rows that lie in the batch now, and whether their numbers are whole. */
static void
digest_rows(Walk *walk, int64 first, int64 last, int64 number, uint8 digest[NIR_CHAIN_BYTES])
{
	NirChainBatch *batch = nir_log_chain_begin();
	Oid			types[] = {INT8OID, INT8OID};
	Datum		arguments[] = {Int64GetDatum(first), Int64GetDatum(last)};
	SPITupleTable *table;
	uint64		rows;

	if (SPI_execute_with_args("SELECT " NIR_LOG_COLUMNS ", batch FROM nir.access_log WHERE log_id BETWEEN $1 AND $2 ORDER BY log_id",
							  2, types, arguments, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log");
	table = SPI_tuptable;
	rows = SPI_processed;
	if (rows != (uint64) (last - first + 1))
		find(walk, number, "rows are missing");
	for (uint64 i = 0; i < rows; i++)
	{
		Datum		values[NIR_LOG_NCOLUMNS + 1];
		bool		nulls[NIR_LOG_NCOLUMNS + 1];

		heap_deform_tuple(table->vals[i], table->tupdesc, values, nulls);
		if (nulls[NIR_LOG_NCOLUMNS] || DatumGetInt64(values[NIR_LOG_NCOLUMNS]) != number)
			find(walk, number, "a row says it is of another batch");
		nir_log_digest_row(batch, nir_log_column_types(), values, nulls);
	}
	nir_log_chain_require(nir_chain_digest(batch, digest));
	SPI_freetuptable(table);
}

static bool
get_bytes(SPITupleTable *table, uint64 row, int column, uint8 bytes[NIR_CHAIN_BYTES])
{
	bool		isnull;
	Datum		datum = SPI_getbinval(table->vals[row], table->tupdesc, column, &isnull);
	bytea	   *value = isnull ? NULL : DatumGetByteaPP(datum);

	if (value == NULL || VARSIZE_ANY_EXHDR(value) != NIR_CHAIN_BYTES)
		return false;
	memcpy(bytes, VARDATA_ANY(value), NIR_CHAIN_BYTES);
	return true;
}

static int64
get_number(SPITupleTable *table, uint64 row, int column)
{
	bool		isnull;
	Datum		datum = SPI_getbinval(table->vals[row], table->tupdesc, column, &isnull);

	return isnull ? -1 : DatumGetInt64(datum);
}

static void
check_batch(Walk *walk, SPITupleTable *batches, uint64 i)
{
	int64		number = get_number(batches, i, 1);
	int64		first = get_number(batches, i, 2);
	int64		last = get_number(batches, i, 3);
	uint8		stored_digest[NIR_CHAIN_BYTES];
	uint8		stored_link[NIR_CHAIN_BYTES];
	uint8		digest[NIR_CHAIN_BYTES];
	uint8		link[NIR_CHAIN_BYTES];

	if (number != walk->batch)
		find(walk, walk->batch, psprintf("batches are missing before " INT64_FORMAT, number));
	else if (first != walk->row || last < first)
		find(walk, number, "its rows do not follow those of the batch before");
	walk->batch = number + 1;
	walk->row = last + 1;
	if (!get_bytes(batches, i, 4, stored_digest) || !get_bytes(batches, i, 5, stored_link))
	{
		find(walk, number, "digest or link is not whole");
		return;
	}
	digest_rows(walk, first, last, number, digest);
	if (!nir_chain_equal(digest, stored_digest))
		find(walk, number, "rows were changed");
	nir_log_chain_require(nir_chain_link(walk->key, NIR_LOG_CHAIN, number, walk->previous, stored_digest, link));
	if (!nir_chain_equal(link, stored_link))
		find(walk, number, "the link does not fit: the batch, or the one before, was changed, removed or made without the key");
	memcpy(walk->previous, stored_link, NIR_CHAIN_BYTES);
}

/* Rows that no batch covers. */
static void
check_strays(Walk *walk)
{
	if (SPI_execute("SELECT count(*) FROM nir.access_log l WHERE NOT EXISTS "
					"(SELECT FROM nir.access_log_batch b WHERE l.batch = b.batch AND l.log_id BETWEEN b.first_id AND b.last_id)",
					true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log");
	if (get_number(SPI_tuptable, 0, 1) > 0)
		find(walk, walk->batch, psprintf(INT64_FORMAT " rows belong to no batch", get_number(SPI_tuptable, 0, 1)));
}

/* What the writer itself missed. */
static void
check_losses(Walk *walk)
{
	if (SPI_execute("SELECT batch, object FROM nir.access_log WHERE kind = 'lost' ORDER BY log_id", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log");
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		char	   *object = SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2);

		find(walk, get_number(SPI_tuptable, i, 1),
			 psprintf("the writer found a loss: %s", object != NULL ? object : ""));
	}
}

/*
 * Batches that were cut off leave a chain that is whole.  The batch that was
 * noted last may be newer than what this transaction sees.
 */
static void
check_end(Walk *walk)
{
	NirLogEnd	end;
	uint8		link[NIR_CHAIN_BYTES];
	Oid			types[] = {INT8OID};
	Datum		values[1];

	if (!nir_log_read_end(&end))
		return;
	values[0] = Int64GetDatum(end.batch);
	PushActiveSnapshot(GetLatestSnapshot());
	if (SPI_execute_with_args("SELECT link FROM nir.access_log_batch WHERE batch = $1",
							  1, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log_batch");
	PopActiveSnapshot();
	if (SPI_processed == 0)
		find(walk, end.batch, "the newest batches are missing: the log has ended with this one before");
	else if (!get_bytes(SPI_tuptable, 0, 1, link) || !nir_chain_equal(end.link, link))
		find(walk, end.batch, "the batch is not the one that was written last");
}

PG_FUNCTION_INFO_V1(nir_verify_access_log);

/* SQL: nir.verify_access_log() */
Datum
nir_verify_access_log(PG_FUNCTION_ARGS)
{
	Walk		walk = {.batch = 1, .row = 1};
	SPITupleTable *batches;
	uint64		count;

	InitMaterializedSRF(fcinfo, 0);
	walk.result = (ReturnSetInfo *) fcinfo->resultinfo;
	nir_keyring_mac_key(NIR_LOG_CHAIN, walk.key);
	SPI_connect();
	if (SPI_execute("SELECT batch, first_id, last_id, digest, link FROM nir.access_log_batch ORDER BY batch", true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log_batch");
	batches = SPI_tuptable;
	count = SPI_processed;
	for (uint64 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		check_batch(&walk, batches, i);
	}
	check_strays(&walk);
	check_losses(&walk);
	check_end(&walk);
	SPI_finish();
	nir_wipe(walk.key, sizeof(walk.key));
	return (Datum) 0;
}
