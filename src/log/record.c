/*
 * src/log/record.c
 *
 * Packs and unpacks a record.  Both walk the fields through one list, so that
 * they cannot differ.
 */
#include "log/record.h"

#include <string.h>

#define NO_TEXT		UINT32_C(0xFFFFFFFF)
#define FIXED_BYTES	(1 + 1 + 8 + 8 + 4 + 8 + 4 + 4 + 1 + 8 + 4)
#define TEXTS		8

static void
list_texts(const NirLogRecord *record, const char *texts[TEXTS])
{
	texts[0] = record->session_role;
	texts[1] = record->role;
	texts[2] = record->body;
	texts[3] = record->actor;
	texts[4] = record->case_ref;
	texts[5] = record->relations;
	texts[6] = record->object;
	texts[7] = record->sqlstate;
}

static uint8_t *
put_number(uint8_t *at, uint64_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		at[i] = (uint8_t) (number >> (8 * (bytes - 1 - i)));
	return at + bytes;
}

static uint64_t
get_number(const uint8_t **at, int bytes)
{
	uint64_t	number = 0;

	for (int i = 0; i < bytes; i++)
		number = number << 8 | *(*at)++;
	return number;
}

void
nir_log_put_subject(uint8_t *bytes, int64_t subject)
{
	(void) put_number(bytes, (uint64_t) subject, NIR_LOG_SUBJECT_BYTES);
}

int64_t
nir_log_get_subject(const uint8_t *bytes)
{
	return (int64_t) get_number(&bytes, NIR_LOG_SUBJECT_BYTES);
}

size_t
nir_log_record_size(const NirLogRecord *record)
{
	const char *texts[TEXTS];
	size_t		size = FIXED_BYTES + (size_t) record->nsubjects * NIR_LOG_SUBJECT_BYTES;

	list_texts(record, texts);
	for (int i = 0; i < TEXTS; i++)
		size += 4 + (texts[i] != NULL ? strlen(texts[i]) + 1 : 0);
	return size;
}

void
nir_log_record_put(const NirLogRecord *record, uint8_t *bytes)
{
	const char *texts[TEXTS];
	uint8_t    *at = bytes;

	at = put_number(at, NIR_LOG_RECORD_VERSION, 1);
	at = put_number(at, record->kind, 1);
	at = put_number(at, (uint64_t) record->at, 8);
	at = put_number(at, (uint64_t) record->session_start, 8);
	at = put_number(at, record->pid, 4);
	at = put_number(at, record->statement, 8);
	at = put_number(at, record->purposes, 4);
	at = put_number(at, (uint32_t) record->unit, 4);
	at = put_number(at, record->has_rows, 1);
	at = put_number(at, record->rows, 8);
	at = put_number(at, record->nsubjects, 4);
	if (record->nsubjects > 0)
		memcpy(at, record->subjects, (size_t) record->nsubjects * NIR_LOG_SUBJECT_BYTES);
	at += (size_t) record->nsubjects * NIR_LOG_SUBJECT_BYTES;
	list_texts(record, texts);
	for (int i = 0; i < TEXTS; i++)
	{
		size_t		length;

		if (texts[i] == NULL)
		{
			at = put_number(at, NO_TEXT, 4);
			continue;
		}
		length = strlen(texts[i]);
		at = put_number(at, length, 4);
		memcpy(at, texts[i], length + 1);
		at += length + 1;
	}
}

/* One text; *at moves behind it.  False if it does not end where it says. */
static bool
get_text(const uint8_t **at, const uint8_t *end, const char **text)
{
	uint32_t	length;

	*text = NULL;
	if (end - *at < 4)
		return false;
	length = (uint32_t) get_number(at, 4);
	if (length == NO_TEXT)
		return true;
	if ((size_t) (end - *at) <= length || (*at)[length] != '\0' ||
		memchr(*at, '\0', length) != NULL)
		return false;
	*text = (const char *) *at;
	*at += length + 1;
	return true;
}

static bool
get_texts(const uint8_t *at, const uint8_t *end, NirLogRecord *record)
{
	return get_text(&at, end, &record->session_role) && get_text(&at, end, &record->role) &&
		get_text(&at, end, &record->body) && get_text(&at, end, &record->actor) &&
		get_text(&at, end, &record->case_ref) && get_text(&at, end, &record->relations) &&
		get_text(&at, end, &record->object) && get_text(&at, end, &record->sqlstate) &&
		at == end;
}

bool
nir_log_record_get(const uint8_t *bytes, size_t length, NirLogRecord *record)
{
	const uint8_t *at = bytes;

	if (length < FIXED_BYTES || get_number(&at, 1) != NIR_LOG_RECORD_VERSION)
		return false;
	record->kind = (uint8_t) get_number(&at, 1);
	record->at = (int64_t) get_number(&at, 8);
	record->session_start = (int64_t) get_number(&at, 8);
	record->pid = (uint32_t) get_number(&at, 4);
	record->statement = get_number(&at, 8);
	record->purposes = (uint32_t) get_number(&at, 4);
	record->unit = (int32_t) (uint32_t) get_number(&at, 4);
	record->has_rows = get_number(&at, 1) != 0;
	record->rows = get_number(&at, 8);
	record->nsubjects = (uint32_t) get_number(&at, 4);
	record->subjects = at;
	if (record->nsubjects > (length - FIXED_BYTES) / NIR_LOG_SUBJECT_BYTES)
		return false;
	at += (size_t) record->nsubjects * NIR_LOG_SUBJECT_BYTES;
	return get_texts(at, bytes + length, record);
}
