/*
 * src/log/spool.h
 *
 * The spool: files in the folder nir_spool of the data directory, in which
 * records lie from the moment they must not be lost until the table has them.
 *
 * A file holds records of one database and one start of the server, and is
 * named DATABASE.START.SEGMENT.  Because each start has files of its own, what
 * a crash left half-written is never written after, and a standby's records
 * are not taken for the primary's when it is promoted.  START is hexadecimal
 * and grows with time.
 *
 * A record in a file: its length, a CRC-32C of its bytes (each four bytes,
 * machine order), its bytes.
 */
#ifndef NIR_LOG_SPOOL_H
#define NIR_LOG_SPOOL_H

#include "nodes/pg_list.h"

#define NIR_SPOOL_FOLDER		"nir_spool"
#define NIR_SPOOL_SEGMENT		(16 * 1024 * 1024)	/* beyond, the next file is begun */
#define NIR_SPOOL_RECORD_MAX	(256 * 1024)
#define NIR_SPOOL_HEAD			8	/* bytes before a record's own */

/* Where the next bytes of a database go. */
typedef struct NirSpoolEnd
{
	Oid			database;
	uint32		segment;
	uint32		offset;
} NirSpoolEnd;

/* A file, for the reader. */
typedef struct NirSpoolFile
{
	char		name[64];
	uint64		start;
	uint32		segment;
} NirSpoolFile;

/*
 * Write at the end, sync if asked, and move the end.  False with errno if the
 * file system refuses; the end is then where it was, and so may the file be
 * beyond it.  Raises nothing.
 */
extern bool nir_spool_append(uint64 start, NirSpoolEnd *end, const char *bytes, uint32 length, bool sync);

/* Files of a database in the order in which they were written, palloc'd. */
extern List *nir_spool_files(Oid database);

/* A file's bytes from the offset on, palloc'd; *length tells how many. */
extern char *nir_spool_read(const NirSpoolFile *file, uint32 offset, uint32 *length);

/*
 * The record at the beginning of the bytes: its payload and length, or NULL
 * if there is no whole and undamaged one.
 */
extern const uint8 *nir_spool_record(const char *bytes, uint32 length, uint32 *payload_length);

extern void nir_spool_remove(const NirSpoolFile *file);

/*
 * A few bytes beside the files of a database, replaced as a whole and durably:
 * where its table ended when it was last written.
 */
#define NIR_SPOOL_NOTE_MAX	64
extern void nir_spool_keep_note(Oid database, const void *bytes, uint32 length);

/* How many bytes the note has; 0 if there is none. */
extern uint32 nir_spool_read_note(Oid database, void *bytes);

#endif							/* NIR_LOG_SPOOL_H */
