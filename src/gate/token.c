/*
 * src/gate/token.c
 *
 * A token is "v1.<expiry>.<nonce>.<MAC>": seconds since 1970, 16 to 64 letters,
 * digits, '-' and '_', and 64 lower-case hex digits.  The MAC is HMAC-SHA-256
 * over what is declared, each field as its length in bytes, ':', its UTF-8
 * text and ',':
 *
 *   nir.context_token.v1  role  body  unit  purposes  actor  case_ref  expiry  nonce
 *
 * Body and unit are as given to begin_processing, and empty where they were
 * not; purposes are letters in order, "b,d".  Nothing in it is an OID.
 *
 * Whatever is wrong with a token is told in the same words, and no message
 * has anything of it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "context/context.h"
#include "errors.h"
#include "gate/token.h"
#include "guc.h"
#include "keys/aead.h"
#include "keys/keyring.h"
#include "log/log.h"
#include "types/purposes_text.h"
#include "types/wall.h"

#define LONGEST_LIFE	(15 * 60)	/* seconds */
#define EXPIRY_DIGITS	12
#define NONCE_MIN		16
#define NONCE_MAX		64
#define HEX_DIGITS		(2 * NIR_DIGEST_BYTES)

typedef struct Token
{
	char		expiry[EXPIRY_DIGITS + 1];
	char		nonce[NONCE_MAX + 1];
	uint8		mac[NIR_DIGEST_BYTES];
} Token;

/* The field up to the next dot, or the rest; false if its length or a character is wrong. */
static bool
take(const char **at, const char *allowed, size_t least, size_t most, char *out)
{
	size_t		len = strspn(*at, allowed);

	if (len < least || len > most || ((*at)[len] != '.' && (*at)[len] != '\0'))
		return false;
	memcpy(out, *at, len);
	out[len] = '\0';
	*at += len + ((*at)[len] == '.');
	return true;
}

static bool
parse(const char *text, Token *token)
{
	char		hex[HEX_DIGITS + 1];

	if (strncmp(text, "v1.", 3) != 0)
		return false;
	text += 3;
	if (!take(&text, "0123456789", 1, EXPIRY_DIGITS, token->expiry) ||
		!take(&text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", NONCE_MIN, NONCE_MAX, token->nonce) ||
		strlen(text) != HEX_DIGITS ||
		!take(&text, "0123456789abcdef", HEX_DIGITS, HEX_DIGITS, hex))
		return false;
	(void) hex_decode(hex, HEX_DIGITS, (char *) token->mac);
	return true;
}

static void
append_field(StringInfo message, const char *text)
{
	char	   *utf8 = pg_server_to_any(text, strlen(text), PG_UTF8);

	appendStringInfo(message, "%zu:%s,", strlen(utf8), utf8);
}

static void
append_claims(StringInfo message, const NirContext *context, NirUnit unit, const char *body)
{
	char		unit_text[16] = "";
	char		purposes[NIR_PURPOSES_TEXTBYTES];

	if (unit != 0)
		(void) nir_unit_print(unit, unit_text);
	(void) nir_purposes_print(context->purposes, false, purposes);
	append_field(message, "nir.context_token.v1");
	append_field(message, GetUserNameFromId(context->role, false));
	append_field(message, body);
	append_field(message, unit_text);
	append_field(message, purposes);
	append_field(message, context->actor);
	append_field(message, context->case_ref);
}

/* The role's own key, so that who has it vouches for this role alone. */
static void
role_key(Oid role, uint8 key[NIR_KEY_BYTES])
{
	nir_keyring_mac_key(psprintf("context token %s", GetUserNameFromId(role, false)), key);
}

static bool
is_timely(const Token *token)
{
	int64		now = timestamptz_to_time_t(GetCurrentTimestamp());
	int64		expiry = strtoll(token->expiry, NULL, 10);

	return expiry > now && expiry <= now + LONGEST_LIFE;
}

static bool
is_vouched(const NirContext *context, NirUnit unit, const char *body)
{
	Token		token;
	StringInfoData message;
	uint8		key[NIR_KEY_BYTES];
	uint8		mac[NIR_DIGEST_BYTES];
	NirCryptoResult result;

	if (!parse(nir_context_token(), &token))
		return false;
	initStringInfo(&message);
	append_claims(&message, context, unit, body);
	append_field(&message, token.expiry);
	append_field(&message, token.nonce);
	role_key(context->role, key);
	result = nir_hmac(key, message.data, message.len, mac);
	nir_wipe(key, sizeof(key));
	nir_crypto_require(result);
	return nir_same_secret(mac, token.mac, sizeof(mac)) && is_timely(&token);
}

static void
require_token(const NirContext *context, NirUnit unit, const char *body)
{
	if (!is_vouched(context, unit, body))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_TOKEN_REFUSED),
				 errmsg("no valid context token was given for what is declared"),
				 errhint("The identity gateway gives one for exactly these arguments, for at most 15 minutes; set it as nir.context_token before nir.begin_processing.")));
}

void
nir_token_init(void)
{
	nir_context_set_token_check(require_token);
}

PG_FUNCTION_INFO_V1(nir_context_token_key);

/* SQL: nir.context_token_key(role regrole) */
Datum
nir_context_token_key(PG_FUNCTION_ARGS)
{
	Oid			role = PG_GETARG_OID(0);
	bytea	   *key = palloc(VARHDRSZ + NIR_KEY_BYTES);

	nir_wall_require_loaded();
	if (!superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("only a superuser hands out keys of the identity gateway")));
	if (!nir_log_is_kept())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NO_LOG),
				 errmsg("a key of the identity gateway is not handed out where nothing records it"),
				 errhint("That needs the access log, and that needs nir in shared_preload_libraries.")));
	SET_VARSIZE(key, VARHDRSZ + NIR_KEY_BYTES);
	role_key(role, (uint8 *) VARDATA(key));
	nir_log_act("hand out", psprintf("nir.context_token_key: role=%s", GetUserNameFromId(role, false)));
	PG_RETURN_BYTEA_P(key);
}
