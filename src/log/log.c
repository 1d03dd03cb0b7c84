/*
 * src/log/log.c
 *
 * Fills in who and when, and hands the record to the ring.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/elog.h"
#include "utils/timestamp.h"

#include "context/catalog.h"
#include "context/context.h"
#include "errors.h"
#include "log/fill.h"
#include "log/log.h"
#include "log/ring.h"
#include "log/spool.h"
#include "log/writer.h"
#include "worker/worker.h"

static uint64 statements = 0;	/* of this session */
static int	refusal_written = 0;	/* SQLSTATE of the one that will be raised next */

/* Names, for when no catalog can be read. */
static struct
{
	Oid			outer_user;
	Oid			session_user;
	char		role[NAMEDATALEN];
	char		session_role[NAMEDATALEN];
}			who;

void
nir_log_init(void)
{
	nir_ring_init();
	nir_log_writer_init();
}

bool
nir_log_is_kept(void)
{
	return nir_ring_is_there();
}

void
nir_log_fill_in(NirLogRecord *record, NirLogKind kind)
{
	memset(record, 0, sizeof(NirLogRecord));
	record->kind = kind;
	record->at = GetCurrentTimestamp();
	record->pid = MyProcPid;
	record->session_start = MyStartTimestamp;
}

void
nir_log_learn_who(void)
{
	char	   *role = GetUserNameFromId(GetOuterUserId(), true);
	char	   *session_role = GetUserNameFromId(GetSessionUserId(), true);

	who.outer_user = GetOuterUserId();
	who.session_user = GetSessionUserId();
	strlcpy(who.role, role != NULL ? role : "", NAMEDATALEN);
	strlcpy(who.session_role, session_role != NULL ? session_role : "", NAMEDATALEN);
}

static void
fill_in_declared(NirLogRecord *record, const NirContext *context)
{
	if (context == NULL)
		return;
	record->body = context->body;
	record->unit = context->unit;
	record->purposes = context->purposes;
	record->actor = context->actor[0] != '\0' ? context->actor : NULL;
	record->case_ref = context->case_ref[0] != '\0' ? context->case_ref : NULL;
}

void
nir_log_describe(NirLogRecord *record, const NirContext *context)
{
	fill_in_declared(record, context);
	record->role = who.role;
	record->session_role = who.session_role;
}

/* Who acts; needs a transaction that has not failed. */
static void
fill_in_context(NirLogRecord *record)
{
	const NirContext *context = nir_context_peek();

	nir_log_learn_who();
	nir_log_describe(record, context);
}

static void
write_record(const NirLogRecord *record)
{
	size_t		size = nir_log_record_size(record);
	uint8	   *bytes;
	uint64		position;

	if (size > NIR_SPOOL_RECORD_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the statement names too much for the access log")));
	bytes = palloc(size);
	nir_log_record_put(record, bytes);
	position = nir_ring_put(bytes, size, true);
	pfree(bytes);
	nir_ring_flush(position);
	nir_worker_wake();
}

uint64
nir_log_intent(const char *relations, bool privileged)
{
	NirLogRecord record;

	if (!nir_ring_is_there())
		return 0;
	nir_log_fill_in(&record, privileged ? NIR_LOG_PRIVILEGED : NIR_LOG_INTENT);
	fill_in_context(&record);
	record.statement = ++statements;
	record.relations = relations;
	write_record(&record);
	return record.statement;
}

void
nir_log_completion(uint64 statement, uint64 rows)
{
	NirLogRecord record;
	uint8		bytes[256];

	if (!nir_ring_is_there() || statement == 0)
		return;
	nir_log_fill_in(&record, NIR_LOG_COMPLETION);
	record.statement = statement;
	record.has_rows = true;
	record.rows = rows;
	Assert(nir_log_record_size(&record) <= sizeof(bytes));
	nir_log_record_put(&record, bytes);
	(void) nir_ring_put(bytes, nir_log_record_size(&record), false);
	/* the worker may have been quicker than the statement */
	nir_worker_wake();
}

void
nir_log_refused(int sqlstate, const char *object)
{
	NirLogRecord record;

	if (!nir_ring_is_there() || !IsTransactionState())
		return;
	nir_log_fill_in(&record, NIR_LOG_REFUSED);
	fill_in_context(&record);
	record.sqlstate = unpack_sql_state(sqlstate);
	record.object = object;
	write_record(&record);
	refusal_written = sqlstate;
}

void
nir_log_failed(void)
{
	NirLogRecord record;
	uint8		bytes[256 + 4 * NAMEDATALEN + NIR_ACTOR_BYTES + NIR_CASE_REF_BYTES];
	int			sqlstate = nir_errors_take_raised();
	bool		written = sqlstate == refusal_written;

	refusal_written = 0;
	if (sqlstate == 0 || written || !nir_ring_is_there() || !OidIsValid(MyDatabaseId))
		return;
	nir_log_fill_in(&record, NIR_LOG_REFUSED);
	fill_in_declared(&record, nir_context_declared());
	if (who.session_user == GetSessionUserId())
		record.session_role = who.session_role;
	if (who.outer_user == GetOuterUserId())
		record.role = who.role;
	record.sqlstate = unpack_sql_state(sqlstate);
	Assert(nir_log_record_size(&record) <= sizeof(bytes));
	nir_log_record_put(&record, bytes);
	(void) nir_ring_put(bytes, nir_log_record_size(&record), false);
	nir_worker_wake();
}

void
nir_log_act(const char *act, const char *object)
{
	NirLogRecord record;
	char	   *what;

	if (!nir_ring_is_there())
		return;
	what = psprintf("%s %s", act, object);
	nir_log_fill_in(&record, NIR_LOG_ACT);
	fill_in_context(&record);
	record.object = what;
	write_record(&record);
	pfree(what);
}
