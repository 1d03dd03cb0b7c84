/*
 * src/guc.c
 *
 * Every setting of nir but the two that only its functions write: nir.context
 * (context/context.c) and nir.broken_glass (context/exempt.c).  All of them
 * decide what is accepted or shown, so none may be changed by an ordinary
 * user.
 */
#include "postgres.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/guc_tables.h"

#include "compat.h"
#include "guc.h"

static int	identity_mode = NIR_IDENTITY_PRODUCTION;
static int	fnr_rule = NIR_FNR_AUTO;
static int	duf_checksum = NIR_DUF_WARN;
static int	privileged_access = NIR_PRIVILEGED_LOG;
static int	max_workers = 2;
static bool access_log_sync = true;
static int	access_log_timeout = 5000;
static int	actor_review_interval = 365 * 24 * 60;
static char *keyring_file = NULL;
static char *keyring_command = NULL;

static const struct config_enum_entry identity_mode_options[] = {
	{"production", NIR_IDENTITY_PRODUCTION, false},
	{"test", NIR_IDENTITY_TEST, false},
	{NULL, 0, false}
};

static const struct config_enum_entry fnr_rule_options[] = {
	{"auto", NIR_FNR_AUTO, false},
	{"1964", NIR_FNR_1964, false},
	{"2032", NIR_FNR_2032, false},
	{NULL, 0, false}
};

static const struct config_enum_entry duf_checksum_options[] = {
	{"off", NIR_DUF_OFF, false},
	{"warn", NIR_DUF_WARN, false},
	{"error", NIR_DUF_ERROR, false},
	{NULL, 0, false}
};

static const struct config_enum_entry privileged_access_options[] = {
	{"allow", NIR_PRIVILEGED_ALLOW, false},
	{"log", NIR_PRIVILEGED_LOG, false},
	{"deny", NIR_PRIVILEGED_DENY, false},
	{NULL, 0, false}
};

/*
 * Loaded by session_preload_libraries, nir comes after the options of the
 * client.  The server then throws away those that an ordinary user may not
 * set, but with them what the configuration file said: deny would become the
 * default.
 */
static void
refuse_settings_of_client(void)
{
	int			count;
	struct config_generic **settings = nir_all_settings(&count);

	for (int i = 0; i < count; i++)
		if ((settings[i]->flags & GUC_CUSTOM_PLACEHOLDER) != 0 && settings[i]->source >= PGC_S_CLIENT &&
			pg_strncasecmp(settings[i]->name, "nir.", 4) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_CANT_CHANGE_RUNTIME_PARAM),
					 errmsg("parameter \"%s\" cannot be set before nir is loaded", settings[i]->name),
					 errhint("Leave it out of the options of the connection.")));
}

void
nir_guc_init(void)
{
	refuse_settings_of_client();
	DefineCustomEnumVariable("nir.identity_mode",
							 "Which identity numbers are accepted.",
							 "production refuses synthetic numbers; test accepts them beside real ones. "
							 "Numbers with month + 40 and FH numbers are refused in both.",
							 &identity_mode,
							 NIR_IDENTITY_PRODUCTION,
							 identity_mode_options,
							 PGC_SUSET,
							 0,
							 NULL, NULL, NULL);

	DefineCustomEnumVariable("nir.fnr_rule",
							 "Which control-digit rule national identity numbers must keep.",
							 "auto is the rule of 1964 until 31 December 2031 and the rule of 2032 from then on.",
							 &fnr_rule,
							 NIR_FNR_AUTO,
							 fnr_rule_options,
							 PGC_SUSET,
							 0,
							 NULL, NULL, NULL);

	DefineCustomEnumVariable("nir.duf_checksum",
							 "What a DUF number with wrong control digits leads to.",
							 "The algorithm is not confirmed by its issuer, so the default only warns.",
							 &duf_checksum,
							 NIR_DUF_WARN,
							 duf_checksum_options,
							 PGC_SUSET,
							 0,
							 NULL, NULL, NULL);

	DefineCustomEnumVariable("nir.privileged_access",
							 "What happens when a superuser or BYPASSRLS session reads governed data.",
							 "allow and log let it pass, log with a line in the server log; deny refuses it "
							 "unless the transaction called nir.break_glass.  Set for the whole server, so that "
							 "no session can lift it for itself.",
							 &privileged_access,
							 NIR_PRIVILEGED_LOG,
							 privileged_access_options,
							 PGC_SIGHUP,
							 0,
							 NULL, NULL, NULL);

	DefineCustomIntVariable("nir.max_workers",
							"How many background workers of nir may be at work at once.",
							"Each works in one database and ends when there is nothing to do.  They, and one "
							"launcher, count among max_worker_processes.",
							&max_workers,
							2, 1, 64,
							PGC_SIGHUP,
							0,
							NULL, NULL, NULL);

	DefineCustomBoolVariable("nir.access_log_sync",
							 "Whether a record of the access log is on disk before what it tells of is done.",
							 "Off, a crash of the operating system can lose the records of the last moments; "
							 "a crash of the server loses none.",
							 &access_log_sync,
							 true,
							 PGC_SIGHUP,
							 0,
							 NULL, NULL, NULL);

	DefineCustomIntVariable("nir.access_log_timeout",
							"How long to wait for a disk that takes no records of the access log.",
							"Then what was to be logged is refused (NR060).",
							&access_log_timeout,
							5000, 0, 600000,
							PGC_SIGHUP,
							GUC_UNIT_MS,
							NULL, NULL, NULL);

	DefineCustomIntVariable("nir.actor_review_interval",
							"How long an actor's grant gives access before it must be confirmed again.",
							"Counted from the grant or the last nir.review_actor (R80).",
							&actor_review_interval,
							365 * 24 * 60, 1, INT_MAX,
							PGC_SIGHUP,
							GUC_UNIT_MIN,
							NULL, NULL, NULL);

	DefineCustomStringVariable("nir.keyring_file",
							   "File with the keys that wrap the keys of persons.",
							   "An absolute path outside the data directory; only the server's user may have rights to it.",
							   &keyring_file,
							   "",
							   PGC_SIGHUP,
							   GUC_SUPERUSER_ONLY,
							   NULL, NULL, NULL);

	DefineCustomStringVariable("nir.keyring_command",
							   "Shell command that prints the keyring.",
							   "Used instead of nir.keyring_file, for key management services.",
							   &keyring_command,
							   "",
							   PGC_SIGHUP,
							   GUC_SUPERUSER_ONLY,
							   NULL, NULL, NULL);
}

NirIdentityMode
nir_identity_mode(void)
{
	return (NirIdentityMode) identity_mode;
}

NirFnrRule
nir_fnr_rule(void)
{
	return (NirFnrRule) fnr_rule;
}

NirDufChecksum
nir_duf_checksum(void)
{
	return (NirDufChecksum) duf_checksum;
}

NirPrivilegedAccess
nir_privileged_access(void)
{
	return (NirPrivilegedAccess) privileged_access;
}

int
nir_max_workers(void)
{
	return max_workers;
}

const char *
nir_keyring_file(void)
{
	return keyring_file != NULL ? keyring_file : "";
}

const char *
nir_keyring_command(void)
{
	return keyring_command != NULL ? keyring_command : "";
}

bool
nir_access_log_sync(void)
{
	return access_log_sync;
}

int
nir_access_log_timeout(void)
{
	return access_log_timeout;
}

int
nir_actor_review_interval(void)
{
	return actor_review_interval;
}
