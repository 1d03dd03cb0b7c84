/*
 * src/keys/keyring_command.c
 *
 * The keyring as the standard output of a command: of a key management
 * service or a hardware module.  It is run when a process first needs the
 * keyring, and again after the configuration was read again.
 */
#include "postgres.h"

#include <unistd.h>

#include "common/hashfn.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/timestamp.h"

#include "errors.h"
#include "guc.h"
#include "keys/keyring_provider.h"

static void
failed(const char *why)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_MISSING),
			 errmsg("nir.keyring_command %s", why),
			 errhint("It must print the keyring and exit with status 0; what it wrote to standard error is in the server log.")));
}

static void
stamp_command(const char *command, NirKeyringStamp *stamp)
{
	memset(stamp, 0, sizeof(NirKeyringStamp));
	stamp->part[0] = hash_bytes_extended((const unsigned char *) command, strlen(command), 0);
	stamp->part[1] = (uint64) PgReloadTime;
}

static size_t
read_command(const char *command, char *out, size_t room)
{
	FILE	   *pipe = OpenPipeStream(command, PG_BINARY_R);
	size_t		len = 0;
	ssize_t		got;

	if (pipe == NULL)
		failed("could not be started");
	/* past the stream's buffer, which nobody would wipe */
	while (len < room && (got = read(fileno(pipe), out + len, room - len)) != 0)
	{
		CHECK_FOR_INTERRUPTS();
		if (got < 0 && errno != EINTR)
			failed("could not be read");
		len += Max(got, 0);
	}
	if (ClosePipeStream(pipe) != 0)
		failed("failed");
	return len;
}

const NirKeyringProvider nir_keyring_command_provider = {
	.name = "command",
	.setting = nir_keyring_command,
	.stamp = stamp_command,
	.read = read_command,
};
