/*
 * src/log/record.h
 *
 * One record of the access log as bytes.  Knows no server.
 *
 * Layout: a version byte, then the fields in the order of the struct; numbers
 * big-endian, the subjects as their number in four bytes and eight bytes each, a
 * text as its length in four bytes (0xFFFFFFFF: none), its bytes and a zero
 * byte.  Records never leave the cluster that wrote them.
 */
#ifndef NIR_LOG_RECORD_H
#define NIR_LOG_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NIR_LOG_RECORD_VERSION	2	/* first byte of each */

typedef enum NirLogKind
{
	NIR_LOG_INTENT = 'i',		/* a governed statement is about to be run */
	NIR_LOG_PRIVILEGED = 'p',	/* ... of a session that the checks let pass */
	NIR_LOG_COMPLETION = 'c',	/* it has ended */
	NIR_LOG_OPENED = 'o',		/* a sealed value is about to be shown */
	NIR_LOG_REFUSED = 'r',		/* nir has refused something */
	NIR_LOG_ACT = 'a',			/* an administrative act */
	NIR_LOG_LOST = 'l',			/* a part of the spool could not be read */
} NirLogKind;

#define NIR_LOG_SUBJECT_BYTES	8

typedef struct NirLogRecord
{
	uint8_t		kind;
	int64_t		at;				/* microseconds, the server's own count */
	int64_t		session_start;	/* likewise */
	uint32_t	pid;
	uint64_t	statement;		/* number in its session; 0: none */
	uint32_t	purposes;		/* 0: none */
	int32_t		unit;			/* 0: none */
	bool		has_rows;
	uint64_t	rows;
	uint32_t	nsubjects;
	const uint8_t *subjects;	/* NIR_LOG_SUBJECT_BYTES each, by nir_log_put_subject */
	const char *session_role;	/* texts: NULL if there is none */
	const char *role;
	const char *body;
	const char *actor;
	const char *case_ref;
	const char *relations;
	const char *object;
	const char *sqlstate;
} NirLogRecord;

/* One subject, to and from NIR_LOG_SUBJECT_BYTES bytes. */
extern void nir_log_put_subject(uint8_t *bytes, int64_t subject);
extern int64_t nir_log_get_subject(const uint8_t *bytes);

/* Bytes that the record takes. */
extern size_t nir_log_record_size(const NirLogRecord *record);

/* Writes exactly that many. */
extern void nir_log_record_put(const NirLogRecord *record, uint8_t *bytes);

/*
 * False if the bytes are not one whole record.  Texts and subjects point into
 * them.
 */
extern bool nir_log_record_get(const uint8_t *bytes, size_t length, NirLogRecord *record);

#endif							/* NIR_LOG_RECORD_H */
