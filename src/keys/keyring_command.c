/*
 * src/keys/keyring_command.c
 *
 * The keyring as the standard output of a command: of a key management
 * service or a hardware module.  It is run when a process first needs the
 * keyring, and again after the configuration was read again.
 *
 * The command has a process group of its own.  Whoever waits for it can be
 * cancelled and ended; then, and when it takes too long, the group is killed.
 */
#include "postgres.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/hashfn.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "storage/latch.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

#include "errors.h"
#include "guc.h"
#include "keys/keyring_provider.h"

#define LONGEST_RUN_MS	30000
#define LAST_SIGNAL		31

typedef struct Command
{
	pid_t		pid;
	int			output;
	TimestampTz until;
} Command;

static void
failed(const char *why)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_MISSING),
			 errmsg("nir.keyring_command %s", why),
			 errhint("It must print the keyring and exit with status 0, within %d seconds; what it wrote to standard error is in the server log.",
					 LONGEST_RUN_MS / 1000)));
}

static void
stamp_command(const char *command, NirKeyringStamp *stamp)
{
	memset(stamp, 0, sizeof(NirKeyringStamp));
	stamp->part[0] = hash_bytes_extended((const unsigned char *) command, strlen(command), 0);
	stamp->part[1] = (uint64) PgReloadTime;
}

/* In the child: nothing of the server's but standard error; never returns. */
static void
become(const char *command, int output)
{
	int			nothing = open("/dev/null", O_RDONLY);

	(void) setpgid(0, 0);
	for (int i = 1; i <= LAST_SIGNAL; i++)
		(void) signal(i, SIG_DFL);
	PG_SETMASK(&UnBlockSig);
	if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0)
		(void) execl("/bin/sh", "sh", "-c", command, (char *) NULL);
	_exit(127);
}

static pg_noinline void
start(Command *command, const char *text)
{
	int			ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		failed("could not be started");
	PG_SETMASK(&BlockSig);
	command->pid = fork();
	if (command->pid == 0)
		become(text, ends[1]);
	PG_SETMASK(&UnBlockSig);
	(void) close(ends[1]);
	command->output = ends[0];
	command->until = TimestampTzPlusMilliseconds(GetCurrentTimestamp(), LONGEST_RUN_MS);
	if (command->pid < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
		failed("could not be started");
	(void) setpgid(command->pid, command->pid);
}

/* Wait for output, or a moment where there is none to wait for. */
static void
wait_for(const Command *command, bool output)
{
	long		left = TimestampDifferenceMilliseconds(GetCurrentTimestamp(), command->until);
	int			events = WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH | (output ? WL_SOCKET_READABLE : 0);

	if (left <= 0)
		failed("took too long");
	events = WaitLatchOrSocket(MyLatch, events, output ? command->output : PGINVALID_SOCKET,
							   output ? left : Min(left, 10), PG_WAIT_EXTENSION);
	if ((events & WL_LATCH_SET) != 0)
		ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
}

static size_t
read_output(const Command *command, char *out, size_t room)
{
	size_t		len = 0;
	ssize_t		got;

	while ((got = read(command->output, out + len, room - len)) != 0)
	{
		if (got < 0 && errno != EAGAIN && errno != EINTR)
			failed("could not be read");
		if (got < 0)
			wait_for(command, true);
		len += Max(got, 0);
		if (len == room)
			failed("prints more than a keyring");
	}
	return len;
}

static void
wait_for_end(Command *command)
{
	int			status;
	pid_t		ended;

	while ((ended = waitpid(command->pid, &status, WNOHANG)) == 0)
		wait_for(command, false);
	command->pid = -1;
	if (ended < 0 || status != 0)
		failed("failed");
}

static void
finish(Command *command)
{
	if (command->pid > 0)
	{
		(void) kill(-command->pid, SIGKILL);
		(void) kill(command->pid, SIGKILL);
		while (waitpid(command->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (command->output >= 0)
		(void) close(command->output);
}

static size_t
read_command(const char *text, char *out, size_t room)
{
	Command		command = {-1, -1, 0};
	volatile size_t len = 0;

	PG_TRY();
	{
		start(&command, text);
		len = read_output(&command, out, room);
		wait_for_end(&command);
	}
	PG_CATCH();
	{
		finish(&command);
		PG_RE_THROW();
	}
	PG_END_TRY();
	finish(&command);
	return len;
}

const NirKeyringProvider nir_keyring_command_provider = {
	.name = "command",
	.setting = nir_keyring_command,
	.stamp = stamp_command,
	.read = read_command,
};
