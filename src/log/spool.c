/*
 * src/log/spool.c
 *
 * Files of the spool.  The writer is one process at a time (ring.c), the
 * reader another; the reader stops at what is not whole yet.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file_perm.h"
#include "port/pg_crc32c.h"
#include "miscadmin.h"
#include "storage/fd.h"

#include "log/spool.h"

static void
file_name(char *path, Oid database, uint64 start, uint32 segment)
{
	snprintf(path, MAXPGPATH, "%s/%u.%016llx.%08x", NIR_SPOOL_FOLDER, database,
			 (unsigned long long) start, segment);
}

/* False with errno.  A folder that does not know fsync is no failure. */
static bool
sync_folder(const char *path)
{
	int			fd = BasicOpenFile(path, O_RDONLY | PG_BINARY);
	int			failed;

	if (fd < 0)
		return false;
	failed = pg_fsync(fd) != 0 && errno != EBADF && errno != EINVAL ? errno : 0;
	close(fd);
	errno = failed;
	return failed == 0;
}

/* What is not known to be found again after a crash is not left behind. */
static bool
make_folder(void)
{
	int			error;

	if (MakePGDirectory(NIR_SPOOL_FOLDER) != 0)
		return errno == EEXIST;
	if (sync_folder("."))
		return true;
	error = errno;
	(void) rmdir(NIR_SPOOL_FOLDER);
	errno = error;
	return false;
}

static int
make_file(const char *path)
{
	int			fd;
	int			error;

	if (!make_folder())
		return -1;
	fd = BasicOpenFilePerm(path, O_WRONLY | O_CREAT | O_EXCL | PG_BINARY, S_IRUSR | S_IWUSR);
	if (fd < 0 || !enableFsync || sync_folder(NIR_SPOOL_FOLDER))
		return fd;
	error = errno;
	close(fd);
	(void) unlink(path);
	errno = error;
	return -1;
}

static int
open_end(uint64 start, const NirSpoolEnd *end)
{
	char		path[MAXPGPATH];
	int			fd;

	file_name(path, end->database, start, end->segment);
	fd = BasicOpenFilePerm(path, O_WRONLY | PG_BINARY, S_IRUSR | S_IWUSR);
	return fd >= 0 || errno != ENOENT ? fd : make_file(path);
}

static bool
write_all(int fd, const char *bytes, uint32 length, uint32 offset)
{
	while (length > 0)
	{
		ssize_t		written = pg_pwrite(fd, bytes, length, offset);

		if (written <= 0)
		{
			if (written < 0 && errno == EINTR)
				continue;
			if (written == 0)
				errno = ENOSPC;
			return false;
		}
		bytes += written;
		length -= written;
		offset += written;
	}
	return true;
}

bool
nir_spool_append(uint64 start, NirSpoolEnd *end, const char *bytes, uint32 length, bool sync)
{
	NirSpoolEnd next = *end;
	int			fd;
	bool		done;
	int			saved;

	/* not by the length: what failed half-way and is tried again must go to the same place */
	if (next.offset >= NIR_SPOOL_SEGMENT)
	{
		next.segment++;
		next.offset = 0;
	}
	fd = open_end(start, &next);
	if (fd < 0)
		return false;
	done = write_all(fd, bytes, length, next.offset) && (!sync || pg_fdatasync(fd) == 0);
	saved = errno;
	if (close(fd) != 0 && done)
	{
		saved = errno;
		done = false;
	}
	errno = saved;
	if (!done)
		return false;
	next.offset += length;
	*end = next;
	return true;
}

static int
compare_files(const ListCell *a, const ListCell *b)
{
	const NirSpoolFile *left = lfirst(a);
	const NirSpoolFile *right = lfirst(b);

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	return left->segment < right->segment ? -1 : left->segment > right->segment;
}

List *
nir_spool_files(Oid database)
{
	List	   *files = NIL;
	DIR		   *folder = AllocateDir(NIR_SPOOL_FOLDER);
	struct dirent *entry;

	if (folder == NULL && errno == ENOENT)
		return NIL;
	while ((entry = ReadDir(folder, NIR_SPOOL_FOLDER)) != NULL)
	{
		NirSpoolFile file;
		Oid			owner;
		unsigned long long start;
		int			used = 0;

		if (sscanf(entry->d_name, "%u.%16llx.%8x%n", &owner, &start, &file.segment, &used) != 3 ||
			entry->d_name[used] != '\0' || owner != database ||
			strlcpy(file.name, entry->d_name, sizeof(file.name)) >= sizeof(file.name))
			continue;
		file.start = start;
		files = lappend(files, memcpy(palloc(sizeof(NirSpoolFile)), &file, sizeof(NirSpoolFile)));
	}
	FreeDir(folder);
	list_sort(files, compare_files);
	return files;
}

char *
nir_spool_read(const NirSpoolFile *file, uint32 offset, uint32 *length)
{
	char		path[MAXPGPATH];
	struct stat status;
	char	   *bytes;
	int			fd;
	ssize_t		got;

	snprintf(path, MAXPGPATH, "%s/%s", NIR_SPOOL_FOLDER, file->name);
	fd = OpenTransientFile(path, O_RDONLY | PG_BINARY);
	if (fd < 0 || fstat(fd, &status) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not open file \"%s\": %m", path)));
	*length = status.st_size > offset ? (uint32) (status.st_size - offset) : 0;
	bytes = palloc(*length + 1);
	got = pg_pread(fd, bytes, *length, offset);
	if (got < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read file \"%s\": %m", path)));
	*length = (uint32) got;
	(void) CloseTransientFile(fd);
	return bytes;
}

const uint8 *
nir_spool_record(const char *bytes, uint32 length, uint32 *payload_length)
{
	uint32		said;
	pg_crc32c	stored;
	pg_crc32c	crc;

	if (length < NIR_SPOOL_HEAD)
		return NULL;
	memcpy(&said, bytes, sizeof(said));
	memcpy(&stored, bytes + 4, sizeof(stored));
	if (said == 0 || said > NIR_SPOOL_RECORD_MAX || said > length - NIR_SPOOL_HEAD)
		return NULL;
	INIT_CRC32C(crc);
	COMP_CRC32C(crc, bytes + NIR_SPOOL_HEAD, said);
	FIN_CRC32C(crc);
	if (!EQ_CRC32C(crc, stored))
		return NULL;
	*payload_length = said;
	return (const uint8 *) bytes + NIR_SPOOL_HEAD;
}

void
nir_spool_remove(const NirSpoolFile *file)
{
	char		path[MAXPGPATH];

	snprintf(path, MAXPGPATH, "%s/%s", NIR_SPOOL_FOLDER, file->name);
	if (unlink(path) != 0 && errno != ENOENT)
		ereport(WARNING,
				(errcode_for_file_access(),
				 errmsg("could not remove file \"%s\": %m", path)));
}

static void
note_name(char *path, Oid database, const char *suffix)
{
	snprintf(path, MAXPGPATH, "%s/%u.end%s", NIR_SPOOL_FOLDER, database, suffix);
}

void
nir_spool_keep_note(Oid database, const void *bytes, uint32 length)
{
	char		path[MAXPGPATH];
	char		fresh[MAXPGPATH];
	int			fd;

	note_name(path, database, "");
	note_name(fresh, database, ".new");
	fd = OpenTransientFilePerm(fresh, O_WRONLY | O_CREAT | O_TRUNC | PG_BINARY, S_IRUSR | S_IWUSR);
	if (fd < 0 || !write_all(fd, bytes, length, 0) || CloseTransientFile(fd) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not write file \"%s\": %m", fresh)));
	(void) durable_rename(fresh, path, ERROR);
}

uint32
nir_spool_read_note(Oid database, void *bytes)
{
	char		path[MAXPGPATH];
	int			fd;
	ssize_t		got;

	note_name(path, database, "");
	fd = OpenTransientFile(path, O_RDONLY | PG_BINARY);
	if (fd < 0 && errno == ENOENT)
		return 0;
	got = fd < 0 ? -1 : pg_pread(fd, bytes, NIR_SPOOL_NOTE_MAX, 0);
	if (got < 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read file \"%s\": %m", path)));
	(void) CloseTransientFile(fd);
	return (uint32) got;
}
