/*
 * src/keys/keyring.c
 *
 * Keeps the keyring of this process, asks the provider whether it is still
 * the one, and wraps and unwraps with it.
 */
#include "postgres.h"

#include "access/xlog.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

#include "errors.h"
#include "guc.h"
#include "keys/keyring.h"
#include "keys/keyring_provider.h"
#include "keys/secret.h"

static NirKeyring *keyring = NULL;	/* in memory of its own; NULL until read */
static const NirKeyringProvider *read_from = NULL;
static NirKeyringStamp read_at;
static uint8 checks[NIR_KEYRING_KEKS][NIR_CHECK_BYTES]; /* check values, which are no secret */
static uint64 serial = 0;
static LocalTransactionId looked_in = InvalidLocalTransactionId;

static const NirKeyringProvider *const providers[] = {
	&nir_keyring_file_provider, &nir_keyring_command_provider,
};

void
nir_crypto_require(NirCryptoResult result)
{
	if (result != NIR_CRYPTO_OK)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_CRYPTO),
				 errmsg("OpenSSL could not carry out a cryptographic operation"),
				 errdetail("Nothing was stored or shown."),
				 errhint("AES-256-GCM and HMAC-SHA256 must be allowed by the system's OpenSSL configuration.")));
}

/* ---- reading ---- */

bool
nir_keyring_is_configured(void)
{
	for (int i = 0; i < (int) lengthof(providers); i++)
		if (providers[i]->setting()[0] != '\0')
			return true;
	return false;
}

static const NirKeyringProvider *
chosen_provider(void)
{
	const NirKeyringProvider *chosen = NULL;

	for (int i = 0; i < (int) lengthof(providers); i++)
	{
		if (providers[i]->setting()[0] == '\0')
			continue;
		if (chosen != NULL)
			ereport(ERROR,
					(errcode(NIR_ERRCODE_KEYRING_MISSING),
					 errmsg("nir.keyring_file and nir.keyring_command are both set"),
					 errhint("Set one of them.")));
		chosen = providers[i];
	}
	if (chosen == NULL)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEYRING_MISSING),
				 errmsg("no keyring is set"),
				 errhint("Set nir.keyring_file or nir.keyring_command; nir.create_keyring() makes a new keyring file.")));
	return chosen;
}

static void
forget_keyring(void)
{
	for (int i = 0; keyring != NULL && i < keyring->keks; i++)
		nir_key_wipe(&keyring->kek[i].key);
	nir_secret_unmap(keyring, sizeof(NirKeyring));
	keyring = NULL;
	looked_in = InvalidLocalTransactionId;
	serial++;
}

static void
refuse_damaged(const NirKeyringProvider *provider)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_DAMAGED),
			 errmsg("the keyring is damaged"),
			 errdetail("What nir.keyring_%s gave is no keyring, or its checksum is wrong.", provider->name),
			 errhint("Put back a copy of the keyring; every copy of it will do.")));
}

/* The keyring as the provider gives it now, in memory that the caller unmaps. */
static NirKeyring *
read_keyring(const NirKeyringProvider *provider)
{
	char	   *text = nir_secret_map(NIR_KEYRING_TEXTBYTES);
	NirKeyring *volatile result = NULL;
	volatile bool whole = false;

	PG_TRY();
	{
		size_t		len;

		result = nir_secret_map(sizeof(NirKeyring));
		len = provider->read(provider->setting(), text, NIR_KEYRING_TEXTBYTES);
		whole = nir_keyring_parse(text, len, result);
	}
	PG_FINALLY();
	{
		nir_secret_unmap(text, NIR_KEYRING_TEXTBYTES);
		if (!whole)
			nir_secret_unmap(result, sizeof(NirKeyring));
	}
	PG_END_TRY();
	if (!whole)
		refuse_damaged(provider);
	return result;
}

static void
compute_check(const NirKek *kek, uint8 check[NIR_CHECK_BYTES])
{
	static const char what[] = "nir kek check";
	uint8		digest[NIR_DIGEST_BYTES];

	nir_crypto_require(nir_hmac(kek->key.bytes, what, sizeof(what), digest));
	memcpy(check, digest, NIR_CHECK_BYTES);
	nir_wipe(digest, sizeof(digest));
}

static void
compute_checks(const NirKeyring *ring)
{
	for (int i = 0; i < ring->keks; i++)
		if (!ring->kek[i].destroyed)
			compute_check(&ring->kek[i], checks[i]);
}

/*
 * The keyring, read again if it may have changed.  Where it cannot be read
 * any more, the one in memory is forgotten too.
 */
static const NirKeyring *
use_keyring(void)
{
	LocalTransactionId now = MyProc != NULL ? MyProc->lxid : InvalidLocalTransactionId;
	const NirKeyringProvider *provider;
	NirKeyringStamp stamp;

	if (keyring != NULL && LocalTransactionIdIsValid(now) && now == looked_in)
		return keyring;
	PG_TRY();
	{
		provider = chosen_provider();
		provider->stamp(provider->setting(), &stamp);
		if (keyring == NULL || provider != read_from || memcmp(&stamp, &read_at, sizeof(stamp)) != 0)
		{
			forget_keyring();
			keyring = read_keyring(provider);
			compute_checks(keyring);
			read_from = provider;
			read_at = stamp;
		}
	}
	PG_CATCH();
	{
		forget_keyring();
		PG_RE_THROW();
	}
	PG_END_TRY();
	looked_in = now;
	return keyring;
}

uint64
nir_keyring_serial(void)
{
	(void) use_keyring();
	return serial;
}

/* ---- what is done with it ---- */

void
nir_keyring_mac_key(const char *label, uint8 key[NIR_KEY_BYTES])
{
	const NirKeyring *ring = use_keyring();
	char		info[128];
	int			len = snprintf(info, sizeof(info), "nir %s%c", label, 1);

	if (len >= (int) sizeof(info))
		elog(ERROR, "label of a keyed digest is too long");
	nir_crypto_require(nir_hmac(ring->log_secret, info, len, key));
}

/* The KEK of a generation; one just announced may be in the file already. */
static const NirKek *
require_kek(int generation)
{
	const NirKeyring *ring = use_keyring();
	const NirKek *kek;

	if (generation > ring->keks)
	{
		looked_in = InvalidLocalTransactionId;
		ring = use_keyring();
	}
	if (generation < 1 || generation > ring->keks)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEYRING_WRONG),
				 errmsg("the keyring has no generation %d", generation),
				 errdetail("It is an old copy, or another cluster's."),
				 errhint("Put the newest copy of the keyring in its place.")));
	kek = &ring->kek[generation - 1];
	if (kek->destroyed)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEY_DESTROYED),
				 errmsg("key-encryption key %d was destroyed on %s", generation, kek->on_date),
				 errdetail("What was sealed under it cannot be read any more, by design.")));
	return kek;
}

int
nir_keyring_current(uint8 check[NIR_CHECK_BYTES])
{
	int			generation = use_keyring()->current;

	(void) require_kek(generation);
	memcpy(check, checks[generation - 1], NIR_CHECK_BYTES);
	return generation;
}

void
nir_keyring_wrap(int generation, const NirKey *key, const uint8 *associated, size_t associated_len,
				 uint8 wrapped[NIR_WRAPPED_BYTES])
{
	nir_crypto_require(nir_aead_seal(&require_kek(generation)->key, associated, associated_len,
									 key->bytes, NIR_KEY_BYTES, wrapped,
									 wrapped + NIR_NONCE_BYTES,
									 wrapped + NIR_NONCE_BYTES + NIR_KEY_BYTES));
}

static void
refuse_other_kek(int generation)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEYRING_WRONG),
			 errmsg("the keyring is not the one that the data were sealed with"),
			 errdetail("Its generation %d is another key.", generation),
			 errhint("Use the keyring of the cluster that the data come from.")));
}

void
nir_keyring_unwrap(int generation, const uint8 check[NIR_CHECK_BYTES],
				   const uint8 *associated, size_t associated_len,
				   const uint8 wrapped[NIR_WRAPPED_BYTES], NirKey *key)
{
	const NirKek *kek = require_kek(generation);
	uint8		bytes[NIR_KEY_BYTES];
	NirCryptoResult result;

	if (memcmp(checks[generation - 1], check, NIR_CHECK_BYTES) != 0)
		refuse_other_kek(generation);
	result = nir_aead_open(&kek->key, associated, associated_len,
						   wrapped + NIR_NONCE_BYTES, NIR_KEY_BYTES, wrapped,
						   wrapped + NIR_NONCE_BYTES + NIR_KEY_BYTES, bytes);
	if (result == NIR_CRYPTO_FORGED)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_BROKEN),
				 errmsg("a person's key is damaged"),
				 errdetail("The wrapped key, or the row it is in, is not what was written.")));
	nir_crypto_require(result);
	nir_key_set(key, bytes);
	nir_wipe(bytes, sizeof(bytes));
}

/* ---- administration ---- */

static void
today(char date[NIR_DATE_BYTES])
{
	pg_time_t	now = (pg_time_t) time(NULL);

	pg_strftime(date, NIR_DATE_BYTES, "%Y-%m-%d", pg_gmtime(&now));
}

static void
add_kek(NirKeyring *ring)
{
	NirKek	   *kek = &ring->kek[ring->keks];

	if (ring->keks == NIR_KEYRING_KEKS)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEYRING_MISSING),
				 errmsg("a keyring holds at most %d generations", NIR_KEYRING_KEKS)));
	today(kek->on_date);
	nir_crypto_require(nir_key_draw(&kek->key));
	ring->keks++;
}

static void
write_keyring(const NirKeyring *ring, bool replace)
{
	char	   *text = nir_secret_map(NIR_KEYRING_TEXTBYTES);

	PG_TRY();
	{
		size_t		len = nir_keyring_print(ring, text);

		nir_crypto_require(len > 0 ? NIR_CRYPTO_OK : NIR_CRYPTO_BROKEN);
		nir_keyring_file_write(nir_keyring_file(), text, len, replace);
	}
	PG_FINALLY();
	{
		nir_secret_unmap(text, NIR_KEYRING_TEXTBYTES);
	}
	PG_END_TRY();
}

static void
require_file_and_superuser(void)
{
	if (!superuser())
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("only a superuser makes and changes keyrings")));
	if (chosen_provider() != &nir_keyring_file_provider)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_KEYRING_MISSING),
				 errmsg("nir writes keyring files only"),
				 errhint("What nir.keyring_command gives is made where the command takes it from.")));
}

PG_FUNCTION_INFO_V1(nir_create_keyring);

/* SQL: nir.create_keyring() */
Datum
nir_create_keyring(PG_FUNCTION_ARGS)
{
	NirKeyring *ring;

	require_file_and_superuser();
	ring = nir_secret_map(sizeof(NirKeyring));
	PG_TRY();
	{
		ring->cluster = GetSystemIdentifier();
		nir_crypto_require(nir_random(ring->log_secret, NIR_KEY_BYTES));
		add_kek(ring);
		ring->current = 1;
		write_keyring(ring, false);
	}
	PG_FINALLY();
	{
		nir_secret_unmap(ring, sizeof(NirKeyring));
	}
	PG_END_TRY();
	PG_RETURN_VOID();
}

static const char *
kek_state(const NirKeyring *ring, int generation)
{
	if (ring->kek[generation - 1].destroyed)
		return "destroyed";
	if (generation == ring->current)
		return "current";
	return generation > ring->current ? "announced" : "kept";
}

PG_FUNCTION_INFO_V1(nir_keyring_status);

/* SQL: nir.read_keyring_status() */
Datum
nir_keyring_status(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const NirKeyring *ring = use_keyring();

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < ring->keks; i++)
	{
		const NirKek *kek = &ring->kek[i];
		bytea	   *check = palloc(VARHDRSZ + NIR_CHECK_BYTES);
		Datum		values[6] = {
			Int32GetDatum(i + 1),
			CStringGetTextDatum(kek_state(ring, i + 1)),
			DirectFunctionCall1(date_in, CStringGetDatum(kek->on_date)),
			PointerGetDatum(check),
			CStringGetTextDatum(read_from->name),
			BoolGetDatum(ring->cluster == GetSystemIdentifier()),
		};
		bool		nulls[6] = {false, false, false, kek->destroyed, false, false};

		SET_VARSIZE(check, VARHDRSZ + NIR_CHECK_BYTES);
		if (!kek->destroyed)
			memcpy(VARDATA(check), checks[i], NIR_CHECK_BYTES);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
