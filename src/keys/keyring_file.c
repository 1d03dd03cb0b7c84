/*
 * src/keys/keyring_file.c
 *
 * The keyring as a file outside the data directory.  A base backup, or who
 * may read the data directory, must not get it; nor anybody but the server's
 * user.  What is looked at is the file that was opened, so that nobody
 * exchanges it in between.
 */
#include "postgres.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "miscadmin.h"
#include "storage/fd.h"

#include "errors.h"
#include "guc.h"
#include "keys/keyring_provider.h"

static void
unreadable(const char *path, const char *what)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_MISSING),
			 errmsg("keyring file \"%s\" cannot be %s: %m", path, what),
			 errhint("nir.keyring_file must name the keyring that was made with nir.create_keyring().")));
}

static void
unsafe(const char *path, const char *why, const char *hint)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_UNSAFE),
			 errmsg("keyring file \"%s\" is refused: %s", path, why),
			 errhint("%s", hint)));
}

/* True if the folder is the data directory, or below it. */
static bool
is_inside_data_directory(const char *folder)
{
	char		data[PATH_MAX];
	size_t		len;

	if (realpath(DataDir, data) == NULL)
		return true;
	len = strlen(data);
	return strncmp(folder, data, len) == 0 && (folder[len] == '\0' || folder[len] == '/');
}

static void
require_absolute(const char *path)
{
	if (!is_absolute_path(path))
		unsafe(path, "its path is not absolute", "Give nir.keyring_file a path that begins with a slash.");
}

/* The folder the file is in, without symbolic links; raises where it may not be. */
static void
require_outside(const char *path, char folder[PATH_MAX])
{
	char	   *parent = pstrdup(path);

	require_absolute(path);
	get_parent_directory(parent);
	if (realpath(parent[0] != '\0' ? parent : "/", folder) == NULL)
		unreadable(path, "found");
	if (is_inside_data_directory(folder))
		unsafe(path, "it is inside the data directory",
			   "Put it where no base backup takes it along.");
}

static void
require_safe(const char *path, const struct stat *status)
{
	if (!S_ISREG(status->st_mode))
		unsafe(path, "it is not a regular file", "Symbolic links, pipes and devices are not followed.");
	if (status->st_uid != geteuid())
		unsafe(path, "it belongs to another user", "Its owner must be the user that the server runs as.");
	if ((status->st_mode & (S_IRWXG | S_IRWXO)) != 0)
		unsafe(path, "others than its owner may use it", "Take their rights away: chmod 600.");
}

/* Open and look at the file; the descriptor is closed at the end of the transaction at the latest. */
static int
open_safe(const char *path, struct stat *status)
{
	char		folder[PATH_MAX];
	int			file;

	require_outside(path, folder);
	file = OpenTransientFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | PG_BINARY);
	if (file < 0 && errno == ELOOP)
		unsafe(path, "it is a symbolic link", "Name the file itself.");
	if (file < 0)
		unreadable(path, "opened");
	if (fstat(file, status) != 0)
		unreadable(path, "looked at");
	require_safe(path, status);
	return file;
}

static void
stamp_file(const char *path, NirKeyringStamp *stamp)
{
	struct stat status;

	require_absolute(path);
	if (lstat(path, &status) != 0)
		unreadable(path, "found");
	stamp->part[0] = status.st_dev;
	stamp->part[1] = status.st_ino;
	stamp->part[2] = status.st_size;
	stamp->part[3] = ((uint64) status.st_mode << 32) | status.st_uid;
	stamp->part[4] = (uint64) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
	stamp->part[5] = (uint64) status.st_ctim.tv_sec * 1000000000 + status.st_ctim.tv_nsec;
}

static size_t
read_file(const char *path, char *out, size_t room)
{
	struct stat status;
	int			file = open_safe(path, &status);
	size_t		len = 0;
	ssize_t		got;

	while (len < room && (got = read(file, out + len, room - len)) != 0)
	{
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			unreadable(path, "read");
		len += got;
	}
	CloseTransientFile(file);
	return len;
}

const NirKeyringProvider nir_keyring_file_provider = {
	.name = "file",
	.setting = nir_keyring_file,
	.stamp = stamp_file,
	.read = read_file,
};

/* ---- writing ---- */

static void
unwritable(const char *path, const char *temporary)
{
	int			saved = errno;

	if (temporary != NULL)
		(void) unlink(temporary);
	errno = saved;
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_MISSING),
			 errmsg("keyring file \"%s\" cannot be written: %m", path),
			 errhint("Its folder must be writable for the user that the server runs as.")));
}

/* A new file beside the keyring with this text, on disk. */
static void
write_temporary(const char *path, const char *temporary, const char *text, size_t len)
{
	int			file = OpenTransientFilePerm(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | PG_BINARY, 0600);
	size_t		done = 0;

	if (file < 0)
		unwritable(path, NULL);
	while (done < len)
	{
		ssize_t		put = write(file, text + done, len - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			unwritable(path, temporary);
		done += put;
	}
	if (fchmod(file, 0600) != 0 || fsync(file) != 0 || CloseTransientFile(file) != 0)
		unwritable(path, temporary);
}

void
nir_keyring_file_write(const char *path, const char *text, size_t len, bool replace)
{
	char		folder[PATH_MAX];
	char	   *temporary = psprintf("%s.new.%d", path, MyProcPid);
	bool		moved;
	int			file;

	require_outside(path, folder);
	(void) unlink(temporary);	/* of a process of the same number, which was killed */
	write_temporary(path, temporary, text, len);
	/* link, unlike rename, refuses where something is */
	moved = replace ? rename(temporary, path) == 0 : link(temporary, path) == 0;
	if (!moved && errno == EEXIST)
	{
		(void) unlink(temporary);
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEYRING_MISSING),
				 errmsg("keyring file \"%s\" exists already", path),
				 errhint("A keyring is never overwritten: without it, what it sealed is lost.")));
	}
	if (!moved || (!replace && unlink(temporary) != 0))
		unwritable(path, temporary);
	file = OpenTransientFile(folder, O_RDONLY | O_DIRECTORY);
	if (file < 0 || fsync(file) != 0 || CloseTransientFile(file) != 0)
		unwritable(path, NULL);
}
