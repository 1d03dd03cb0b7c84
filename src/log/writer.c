/*
 * src/log/writer.c
 *
 * Each round takes up to a batch of records from the spool, adds them to the
 * table, links the batch to the one before and moves the position, all in one
 * transaction: a record is in the table exactly once, whatever dies when.
 * Files that are used up are removed after the transaction.
 *
 * Without a keyring a batch cannot be linked, so the records stay in the
 * spool, and the round fails for all to see.
 *
 * Where the log does not end as this writer left it, the next batch says so:
 * what goes on after a cut does not hide it.
 *
 * The log of a new database may be about to be restored, by a session whose
 * own acts are logged.  So the first batch waits for the first statement that
 * the checks apply to, or a day.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "context/catalog.h"
#include "keys/keyring.h"
#include "log/record.h"
#include "log/ring.h"
#include "log/spool.h"
#include "log/table.h"
#include "log/writer.h"
#include "worker/worker.h"

#define BATCH			5000	/* records */
#define PAUSE_MS		200
#define INTERVAL_MS		60000
#define RESTORE_US		INT64CONST(86400000000)

typedef struct Position
{
	uint64		start;
	uint32		segment;
	uint32		offset;
} Position;

typedef struct Round
{
	NirLogEnd	end;			/* after this batch */
	int64		next_id;
	int64		batch;
	uint8		previous[NIR_CHAIN_BYTES];
	NirChainBatch *digest;
	SPIPlanPtr	insert;
	List	   *finished;		/* files to be removed; in memory, which SPI does not free */
	MemoryContext memory;
	int			rows;
} Round;

/* ---- where the table ends ---- */

static int64
int8_at(int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &isnull);

	return isnull ? 0 : DatumGetInt64(value);
}

static void
get_link(int column, uint8 link[NIR_CHAIN_BYTES])
{
	bool		isnull;
	Datum		datum = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &isnull);
	bytea	   *stored = isnull ? NULL : DatumGetByteaPP(datum);

	if (stored == NULL || VARSIZE_ANY_EXHDR(stored) != NIR_CHAIN_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("the last batch of nir.access_log has no whole link"),
				 errhint("nir.verify_access_log() tells what was changed.")));
	memcpy(link, VARDATA_ANY(stored), NIR_CHAIN_BYTES);
}

static void
find_end(Round *round)
{
	if (SPI_execute("SELECT batch, last_id, link FROM nir.access_log_batch ORDER BY batch DESC LIMIT 1", true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log_batch");
	if (SPI_processed == 0)
	{
		round->batch = 1;
		round->next_id = 1;
		return;
	}
	round->batch = int8_at(1) + 1;
	round->next_id = int8_at(2) + 1;
	get_link(3, round->previous);
}

static void
find_position(uint64 start, Position *position)
{
	Oid			types[] = {INT8OID, OIDOID};
	Datum		values[] = {Int64GetDatum((int64) start), ObjectIdGetDatum(MyDatabaseId)};

	position->start = start;
	position->segment = position->offset = 0;
	if (SPI_execute_with_args("SELECT segment, byte FROM nir.access_log_position WHERE start = $1 AND database = $2",
							  2, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log_position");
	if (SPI_processed == 0)
		return;
	position->segment = (uint32) int8_at(1);
	position->offset = (uint32) int8_at(2);
}

static void
keep_position(const Position *position)
{
	Oid			types[] = {INT8OID, INT8OID, INT8OID, OIDOID};
	Datum		values[] = {Int64GetDatum((int64) position->start), Int64GetDatum(position->segment),
	Int64GetDatum(position->offset), ObjectIdGetDatum(MyDatabaseId)};

	if (SPI_execute_with_args("INSERT INTO nir.access_log_position AS p (start, segment, byte, database) VALUES ($1, $2, $3, $4) "
							  "ON CONFLICT (database, start) DO UPDATE SET segment = excluded.segment, byte = excluded.byte",
							  4, types, values, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write nir.access_log_position");
}

/* ---- one row ---- */

static const char *
kind_name(uint8 kind)
{
	switch (kind)
	{
		case NIR_LOG_INTENT:
			return "intent";
		case NIR_LOG_PRIVILEGED:
			return "privileged";
		case NIR_LOG_COMPLETION:
			return "completion";
		case NIR_LOG_OPENED:
			return "opened";
		case NIR_LOG_REFUSED:
			return "refused";
		case NIR_LOG_ACT:
			return "act";
		default:
			return "lost";
	}
}

/* Roles are the cluster's, and may be named in another database's encoding. */
static Datum
text_in_encoding(const char *text)
{
	StringInfoData clean;
	int			left = strlen(text);

	if (pg_verifymbstr(text, left, true))
		return CStringGetTextDatum(text);
	initStringInfo(&clean);
	while (left > 0)
	{
		int			length = pg_encoding_verifymbchar(GetDatabaseEncoding(), text, left);

		if (length > 0)
			appendBinaryStringInfo(&clean, text, length);
		else
			appendStringInfo(&clean, "\\x%02x", (unsigned char) *text);
		length = Max(length, 1);
		text += length;
		left -= length;
	}
	return CStringGetTextDatum(clean.data);
}

static void
put_text(const char *text, Datum *value, bool *isnull)
{
	*isnull = text == NULL || text[0] == '\0';
	*value = *isnull ? (Datum) 0 : text_in_encoding(text);
}

static Datum
subject_array(const NirLogRecord *record)
{
	Datum	   *subjects = palloc(sizeof(Datum) * record->nsubjects);

	for (uint32 i = 0; i < record->nsubjects; i++)
		subjects[i] = Int64GetDatum(nir_log_get_subject(record->subjects + i * NIR_LOG_SUBJECT_BYTES));
	return PointerGetDatum(construct_array(subjects, record->nsubjects, INT8OID, 8,
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static void
add_row(Round *round, const NirLogRecord *record)
{
	Datum		values[NIR_LOG_NCOLUMNS + 1] = {0};
	bool		nulls[NIR_LOG_NCOLUMNS + 1] = {false};
	char		flags[NIR_LOG_NCOLUMNS + 1];

	values[0] = Int64GetDatum(round->next_id++);
	values[1] = TimestampTzGetDatum(record->at);
	put_text(kind_name(record->kind), &values[2], &nulls[2]);
	put_text(psprintf("%llx.%x", (unsigned long long) record->session_start, record->pid), &values[3], &nulls[3]);
	values[4] = Int64GetDatum((int64) record->statement);
	nulls[4] = record->statement == 0;
	put_text(record->session_role, &values[5], &nulls[5]);
	put_text(record->role, &values[6], &nulls[6]);
	put_text(record->actor, &values[7], &nulls[7]);
	put_text(record->body, &values[8], &nulls[8]);
	values[9] = Int32GetDatum(record->unit);
	nulls[9] = record->unit == 0;
	values[10] = UInt32GetDatum(record->purposes);
	nulls[10] = record->purposes == 0;
	put_text(record->case_ref, &values[11], &nulls[11]);
	put_text(record->relations, &values[12], &nulls[12]);
	put_text(record->object, &values[13], &nulls[13]);
	values[14] = Int64GetDatum((int64) record->rows);
	nulls[14] = !record->has_rows;
	nulls[15] = nulls[16] = record->nsubjects == 0;
	if (record->nsubjects > 0)
	{
		values[15] = subject_array(record);
		values[16] = Int64GetDatum(record->nsubjects);
	}
	nulls[17] = true;
	put_text(record->sqlstate, &values[18], &nulls[18]);
	values[NIR_LOG_NCOLUMNS] = Int64GetDatum(round->batch);

	nir_log_digest_row(round->digest, nir_log_column_types(), values, nulls);
	for (int i = 0; i <= NIR_LOG_NCOLUMNS; i++)
		flags[i] = nulls[i] ? 'n' : ' ';
	if (SPI_execute_plan(round->insert, values, flags, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write nir.access_log");
	round->rows++;
}

static void
prepare_insert(Round *round)
{
	StringInfoData text;
	Oid			types[NIR_LOG_NCOLUMNS + 1];

	memcpy(types, nir_log_column_types(), sizeof(Oid) * NIR_LOG_NCOLUMNS);
	types[NIR_LOG_NCOLUMNS] = INT8OID;
	initStringInfo(&text);
	appendStringInfo(&text, "INSERT INTO nir.access_log (%s, batch) VALUES (", NIR_LOG_COLUMNS);
	for (int i = 1; i <= NIR_LOG_NCOLUMNS + 1; i++)
		appendStringInfo(&text, "%s$%d", i > 1 ? ", " : "", i);
	appendStringInfoChar(&text, ')');
	round->insert = SPI_prepare(text.data, NIR_LOG_NCOLUMNS + 1, types);
	if (round->insert == NULL)
		elog(ERROR, "could not prepare the statement that writes nir.access_log");
}

/* ---- the spool ---- */

static void
add_lost(Round *round, const char *what)
{
	NirLogRecord record = {.kind = NIR_LOG_LOST, .at = GetCurrentTimestamp(), .object = what};

	add_row(round, &record);
}

/* The table must still end with, or go beyond, the batch that was noted last. */
static void
compare_with_note(Round *round)
{
	NirLogEnd	noted;
	uint8		link[NIR_CHAIN_BYTES];
	Oid			types[] = {INT8OID};
	Datum		values[1];

	if (!nir_log_read_end(&noted))
		return;
	values[0] = Int64GetDatum(noted.batch);
	if (SPI_execute_with_args("SELECT link FROM nir.access_log_batch WHERE batch = $1",
							  1, types, values, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read nir.access_log_batch");
	if (SPI_processed == 1)
	{
		get_link(1, link);
		if (nir_chain_equal(link, noted.link))
			return;
	}
	add_lost(round, psprintf("the log did not end with batch " INT64_FORMAT " any more, as it was written", noted.batch));
}

/*
 * The whole record of the bytes at *at, or the next one after damage if that
 * may be skipped; false if there is none.
 */
static bool
find_record(const char *bytes, uint32 length, bool skip, uint32 *at, uint32 *size, NirLogRecord *record)
{
	for (uint32 begin = *at; length - *at > NIR_SPOOL_HEAD && (skip || *at == begin); (*at)++)
	{
		uint32		payload_length;
		const uint8 *payload;

		/* what cannot be one is not worth a CRC */
		if (bytes[*at + NIR_SPOOL_HEAD] != NIR_LOG_RECORD_VERSION)
			continue;
		payload = nir_spool_record(bytes + *at, length - *at, &payload_length);
		if (payload == NULL || !nir_log_record_get(payload, payload_length, record))
			continue;
		*size = NIR_SPOOL_HEAD + payload_length;
		return true;
	}
	return false;
}

/*
 * Take records of one file from the position on.  True if the file is used
 * up: nothing more will come, because another follows or its start is over.
 * What is not whole at the end of an older start's last file was never
 * durable; anywhere else it is a loss, and the table says so.  Of the file
 * that is being written the end may not be whole yet.
 */
static bool
take_file(Round *round, const NirSpoolFile *file, bool is_last, Position *position)
{
	bool		is_over = !is_last || file->start != nir_ring_start();
	uint32		length;
	char	   *bytes = nir_spool_read(file, position->offset, &length);
	uint32		at = 0;
	uint32		found = 0;
	uint32		size;
	NirLogRecord record;

	while (round->rows < BATCH && find_record(bytes, length, is_over, &found, &size, &record))
	{
		if (found > at)
			add_lost(round, file->name);
		add_row(round, &record);
		at = found += size;
	}
	position->offset += at;
	pfree(bytes);
	if (round->rows >= BATCH && at < length)
		return false;
	if (!is_last && at < length)
		add_lost(round, file->name);
	return is_over;
}

/* True if some record is of a statement that the checks apply to, or old. */
static bool
is_in_use(List *files)
{
	TimestampTz long_ago = GetCurrentTimestamp() - RESTORE_US;
	ListCell   *cell;

	foreach(cell, files)
	{
		uint32		length;
		char	   *bytes = nir_spool_read(lfirst(cell), 0, &length);
		uint32		at = 0;
		uint32		size;
		NirLogRecord record;

		while (find_record(bytes, length, true, &at, &size, &record))
		{
			if (record.kind == NIR_LOG_INTENT || record.kind == NIR_LOG_OPENED || record.at < long_ago)
				return true;
			at += size;
		}
		pfree(bytes);
	}
	return false;
}

static bool
is_last_of_start(List *files, int number)
{
	const NirSpoolFile *file = list_nth(files, number);

	return number == list_length(files) - 1 ||
		((NirSpoolFile *) list_nth(files, number + 1))->start != file->start;
}

/* It is removed after the commit, when what SPI kept is gone. */
static void
note_finished(Round *round, NirSpoolFile *file)
{
	MemoryContext caller = MemoryContextSwitchTo(round->memory);

	round->finished = lappend(round->finished, file);
	MemoryContextSwitchTo(caller);
}

static void
take_files(Round *round, List *files)
{
	Position	position = {0};

	for (int i = 0; i < list_length(files) && round->rows < BATCH; i++)
	{
		NirSpoolFile *file = list_nth(files, i);

		if (position.start != file->start)
			find_position(file->start, &position);
		if (file->segment < position.segment)
		{
			note_finished(round, file);
			continue;
		}
		if (file->segment > position.segment)
		{
			position.segment = file->segment;
			position.offset = 0;
		}
		if (take_file(round, file, is_last_of_start(files, i), &position))
		{
			note_finished(round, file);
			position.segment = file->segment + 1;
			position.offset = 0;
		}
		keep_position(&position);
	}
}

/*
 * Of the database that this one was copied from.  Its own are kept when the
 * files are gone: a standby, or a backup, may have them still.
 */
static void
forget_positions(void)
{
	Oid			types[] = {OIDOID};
	Datum		values[] = {ObjectIdGetDatum(MyDatabaseId)};

	if (SPI_execute_with_args("DELETE FROM nir.access_log_position WHERE database <> $1",
							  1, types, values, NULL, false, 0) != SPI_OK_DELETE)
		elog(ERROR, "could not clear nir.access_log_position");
}

static void
link_batch(Round *round)
{
	uint8		key[NIR_KEY_BYTES];
	uint8		digest[NIR_CHAIN_BYTES];
	uint8		link[NIR_CHAIN_BYTES];
	bool		done;
	Oid			types[] = {INT8OID, INT8OID, INT8OID, BYTEAOID, BYTEAOID};
	Datum		values[5];

	nir_log_chain_require(nir_chain_digest(round->digest, digest));
	nir_keyring_mac_key(NIR_LOG_CHAIN, key);
	done = nir_chain_link(key, NIR_LOG_CHAIN, round->batch, round->previous, digest, link);
	nir_wipe(key, sizeof(key));
	nir_log_chain_require(done);
	round->end.batch = round->batch;
	memcpy(round->end.link, link, NIR_CHAIN_BYTES);
	values[0] = Int64GetDatum(round->batch);
	values[1] = Int64GetDatum(round->next_id - round->rows);
	values[2] = Int64GetDatum(round->next_id - 1);
	values[3] = PointerGetDatum(cstring_to_text_with_len((char *) digest, NIR_CHAIN_BYTES));
	values[4] = PointerGetDatum(cstring_to_text_with_len((char *) link, NIR_CHAIN_BYTES));
	if (SPI_execute_with_args("INSERT INTO nir.access_log_batch (batch, first_id, last_id, digest, link) VALUES ($1, $2, $3, $4, $5)",
							  5, types, values, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write nir.access_log_batch");
}

static void
add_batch(Round *round, List *files)
{
	prepare_insert(round);
	compare_with_note(round);
	take_files(round, files);
	if (round->rows > 0)
		link_batch(round);
	forget_positions();
}

static NirJobResult
write_log(void)
{
	Round		round = {.memory = CurrentMemoryContext};
	List	   *files;
	ListCell   *cell;

	/* all within the transaction, whose end cleans up whatever failed */
	nir_job_begin();
	/* what sessions left in the ring without waiting for it */
	nir_ring_flush(nir_ring_end());
	MemoryContextSwitchTo(round.memory);
	files = nir_spool_files(MyDatabaseId);
	SPI_connect();
	round.digest = nir_log_chain_begin();
	find_end(&round);
	if (files != NIL && (round.batch > 1 || is_in_use(files)))
		add_batch(&round, files);
	SPI_finish();
	nir_job_commit();
	if (round.rows > 0)
		nir_spool_keep_note(MyDatabaseId, &round.end, sizeof(round.end));
	foreach(cell, round.finished)
		nir_spool_remove(lfirst(cell));
	return round.rows >= BATCH ? NIR_JOB_AGAIN : NIR_JOB_IDLE;
}

static const NirJob job = {
	.name = "access log",
	.role = "nir_worker",
	.interval_ms = INTERVAL_MS,
	.pause_ms = PAUSE_MS,
	.run = write_log,
};

void
nir_log_writer_init(void)
{
	nir_worker_register_job(&job);
}
