/*
 * src/log/opened.c
 *
 * Subjects of sealed values that are opened.  One durable record for each
 * value cost some 500 times the reading of the value itself.
 *
 * What is gathered lies in static memory, and so do the bytes of its records:
 * a query that fails hands them over while its own memory goes.
 */
#include "postgres.h"

#include "context/context.h"
#include "log/fill.h"
#include "log/log.h"
#include "log/ring.h"
#include "worker/worker.h"

#define CATEGORIES	16			/* more than there are */

typedef struct Opened
{
	const char *category;
	int64		subject;
} Opened;

static struct
{
	const void *query;			/* NULL: nobody gathers */
	uint64		statement;
	bool		described;		/* who and purpose are those of its first value */
	NirContext	context;
	NirPurposes purpose;
	uint32		written;
	uint32		count;
	Opened		opened[NIR_LOG_OPENED_MOST];
	int			ncategories;
	Opened		last[CATEGORIES];	/* of each category; what was written, too */
}			gathered;

static uint8 subject_bytes[NIR_LOG_OPENED_MOST * NIR_LOG_SUBJECT_BYTES];
static uint8 record_bytes[sizeof(subject_bytes) + sizeof(NirContext) + 1024];

/* Put in the record of all subjects of one category; 0 if there was no room. */
static uint64
put_category(const char *category, bool may_wait)
{
	NirLogRecord record;

	nir_log_fill_in(&record, NIR_LOG_OPENED);
	nir_log_describe(&record, &gathered.context);
	record.statement = gathered.statement;
	record.purposes = gathered.purpose;
	record.object = category;
	record.subjects = subject_bytes;
	for (uint32 i = 0; i < gathered.count; i++)
		if (gathered.opened[i].category == category)
			nir_log_put_subject(subject_bytes + NIR_LOG_SUBJECT_BYTES * record.nsubjects++,
								gathered.opened[i].subject);
	if (record.nsubjects == 0)
		return 0;
	Assert(nir_log_record_size(&record) <= sizeof(record_bytes));
	nir_log_record_put(&record, record_bytes);
	return nir_ring_put(record_bytes, nir_log_record_size(&record), may_wait);
}

static void
write_out(bool quietly)
{
	uint64		position = 0;

	for (int i = 0; i < gathered.ncategories; i++)
	{
		uint64		at = put_category(gathered.last[i].category, !quietly);

		position = Max(position, at);
	}
	if (!quietly)
	{
		nir_ring_flush(position);
		nir_worker_wake();
	}
	gathered.written += gathered.count;
	gathered.count = 0;
}

/* True if the subject is the one that was opened last in this category. */
static bool
comes_again(int64 subject, const char *category)
{
	int			i = 0;

	while (i < gathered.ncategories && gathered.last[i].category != category)
		i++;
	if (i < gathered.ncategories && gathered.last[i].subject == subject)
		return true;
	if (i == gathered.ncategories)
	{
		if (i == CATEGORIES)
			elog(ERROR, "too many special categories");
		gathered.last[gathered.ncategories++].category = category;
	}
	gathered.last[i].subject = subject;
	return false;
}

static void
start(const void *query, uint64 statement)
{
	gathered.query = query;
	gathered.statement = statement;
	gathered.described = false;
	gathered.written = 0;
	gathered.count = 0;
	gathered.ncategories = 0;
}

void
nir_log_opened_begin(const void *query, uint64 statement)
{
	if (gathered.query == NULL)
		start(query, statement);
}

void
nir_log_opened_end(const void *query, bool quietly)
{
	if (likely(gathered.query != query))
		return;
	/* before anything that may raise: the query ends once */
	gathered.query = NULL;
	if (gathered.count > 0)
		write_out(quietly);
}

/* Who opens, and for what; it is the same throughout a query. */
static void
describe(NirPurposes purpose)
{
	const NirContext *context = nir_context_require();

	if (gathered.described && gathered.purpose == purpose &&
		nir_context_equal(&gathered.context, context))
		return;
	if (gathered.count > 0)
		write_out(false);
	start(gathered.query, gathered.statement);
	nir_log_learn_who();
	gathered.context = *context;
	gathered.purpose = purpose;
	gathered.described = true;
}

void
nir_log_opened(int64 subject, const char *category, NirPurposes purpose)
{
	bool		alone = gathered.query == NULL;

	if (alone)
		start(NULL, 0);
	describe(purpose);
	if (!comes_again(subject, category))
	{
		gathered.opened[gathered.count].category = category;
		gathered.opened[gathered.count++].subject = subject;
	}
	/* also one that comes again because its record could not be written */
	if (gathered.count == 0)
		return;
	if (alone || gathered.count >= Min(Max(gathered.written, 1), NIR_LOG_OPENED_MOST))
		write_out(false);
}
