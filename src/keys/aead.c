/*
 * src/keys/aead.c
 *
 * Every return value of OpenSSL is looked at.  A context that failed is
 * freed, so that no half-made state meets the next value; freeing wipes it.
 */
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "keys/aead.h"

#define PLACES		8			/* keys that take turns, as a session's and a person's do */

/* A context, and the id of the key it is set up for; 0 is none. */
typedef struct Place
{
	EVP_CIPHER_CTX *context;
	uint64_t	keyed_for;
} Place;

static EVP_CIPHER *cipher = NULL;	/* fetched once */
static Place places[PLACES];	/* by the low bits of the key's id */
static uint64_t last_id = 0;

static void
empty_place(Place *place)
{
	EVP_CIPHER_CTX_free(place->context);
	place->context = NULL;
	place->keyed_for = 0;
}

static Place *
place_of(const NirKey *key)
{
	return &places[key->id % PLACES];
}

/* ---- keys ---- */

void
nir_wipe(void *secret, size_t len)
{
	OPENSSL_cleanse(secret, len);
}

void
nir_key_wipe(NirKey *key)
{
	if (key->id != 0 && key->id == place_of(key)->keyed_for)
		empty_place(place_of(key));
	OPENSSL_cleanse(key, sizeof(NirKey));
}

void
nir_key_set(NirKey *key, const uint8_t bytes[NIR_KEY_BYTES])
{
	memcpy(key->bytes, bytes, NIR_KEY_BYTES);
	key->id = ++last_id;
}

NirCryptoResult
nir_key_draw(NirKey *key)
{
	key->id = 0;
	if (RAND_priv_bytes(key->bytes, NIR_KEY_BYTES) != 1)
	{
		OPENSSL_cleanse(key, sizeof(NirKey));
		return NIR_CRYPTO_BROKEN;
	}
	key->id = ++last_id;
	return NIR_CRYPTO_OK;
}

bool
nir_same_secret(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}

/* ---- random bytes, drawn in pools: a nonce alone costs more than the encryption ---- */

#define POOL_BYTES	4096

static uint8_t pool[POOL_BYTES];
static size_t pool_left = 0;
static pid_t pool_owner = 0;

NirCryptoResult
nir_random(uint8_t *out, size_t len)
{
	if (len > POOL_BYTES)
		return RAND_bytes(out, len) == 1 ? NIR_CRYPTO_OK : NIR_CRYPTO_BROKEN;
	if (pool_left < len || pool_owner != getpid())
	{
		pool_left = 0;
		if (RAND_bytes(pool, POOL_BYTES) != 1)
			return NIR_CRYPTO_BROKEN;
		pool_left = POOL_BYTES;
		pool_owner = getpid();
	}
	pool_left -= len;
	memcpy(out, pool + pool_left, len);
	memset(pool + pool_left, 0, len);
	return NIR_CRYPTO_OK;
}

/* ---- AES-256-GCM ---- */

void
nir_aead_forget(void)
{
	for (int i = 0; i < PLACES; i++)
		empty_place(&places[i]);
}

/* What OpenSSL queued says nothing that a user may see. */
static NirCryptoResult
broken(const NirKey *key)
{
	empty_place(place_of(key));
	ERR_clear_error();
	return NIR_CRYPTO_BROKEN;
}

/* The context of a key, set up for it and for a nonce; NULL if that failed. */
static EVP_CIPHER_CTX *
set_up(const NirKey *key, const uint8_t *nonce, int encrypt)
{
	Place	   *place = place_of(key);

	if (place->context != NULL && place->keyed_for == key->id)
		return EVP_CipherInit_ex2(place->context, NULL, NULL, nonce, encrypt, NULL) == 1 ? place->context : NULL;
	if (cipher == NULL)
		cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	if (cipher == NULL)
		return NULL;
	if (place->context == NULL)
		place->context = EVP_CIPHER_CTX_new();
	if (place->context == NULL)
		return NULL;
	place->keyed_for = 0;
	if (EVP_CipherInit_ex2(place->context, cipher, key->bytes, nonce, encrypt, NULL) != 1)
		return NULL;
	place->keyed_for = key->id;
	return place->context;
}

/* Feed associated data and text; GCM gives out as many bytes as it takes. */
static bool
feed(EVP_CIPHER_CTX *context, const uint8_t *associated, size_t associated_len, const uint8_t *in, size_t len, uint8_t *out)
{
	int			done = 0;

	if (associated_len > 0 &&
		(EVP_CipherUpdate(context, NULL, &done, associated, (int) associated_len) != 1 ||
		 done != (int) associated_len))
		return false;
	return len == 0 ||
		(EVP_CipherUpdate(context, out, &done, in, (int) len) == 1 && done == (int) len);
}

static bool
fits(size_t associated_len, size_t len)
{
	return associated_len <= INT32_MAX && len <= INT32_MAX;
}

NirCryptoResult
nir_aead_seal_with_nonce(const NirKey *key, const uint8_t *associated, size_t associated_len,
						 const uint8_t *plain, size_t len, const uint8_t nonce[NIR_NONCE_BYTES],
						 uint8_t *out, uint8_t tag[NIR_AEAD_TAG_BYTES])
{
	EVP_CIPHER_CTX *context;
	uint8_t		rest[16];
	int			done = 0;

	if (key->id == 0 || !fits(associated_len, len))
		return NIR_CRYPTO_BROKEN;
	context = set_up(key, nonce, 1);
	if (context != NULL && feed(context, associated, associated_len, plain, len, out) &&
		EVP_CipherFinal_ex(context, rest, &done) == 1 && done == 0 &&
		EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, NIR_AEAD_TAG_BYTES, tag) == 1)
		return NIR_CRYPTO_OK;
	if (len > 0)
		OPENSSL_cleanse(out, len);
	return broken(key);
}

NirCryptoResult
nir_aead_seal(const NirKey *key, const uint8_t *associated, size_t associated_len,
			  const uint8_t *plain, size_t len, uint8_t nonce[NIR_NONCE_BYTES],
			  uint8_t *out, uint8_t tag[NIR_AEAD_TAG_BYTES])
{
	if (nir_random(nonce, NIR_NONCE_BYTES) != NIR_CRYPTO_OK)
		return broken(key);
	return nir_aead_seal_with_nonce(key, associated, associated_len, plain, len, nonce, out, tag);
}

NirCryptoResult
nir_aead_open(const NirKey *key, const uint8_t *associated, size_t associated_len,
			  const uint8_t *sealed, size_t len, const uint8_t nonce[NIR_NONCE_BYTES],
			  const uint8_t tag[NIR_AEAD_TAG_BYTES], uint8_t *out)
{
	uint8_t		expected[NIR_AEAD_TAG_BYTES];
	EVP_CIPHER_CTX *context;
	uint8_t		rest[16];
	int			done = 0;
	bool		fed;

	if (key->id == 0 || !fits(associated_len, len))
		return NIR_CRYPTO_BROKEN;
	memcpy(expected, tag, NIR_AEAD_TAG_BYTES);
	context = set_up(key, nonce, 0);
	fed = context != NULL && feed(context, associated, associated_len, sealed, len, out) &&
		EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, NIR_AEAD_TAG_BYTES, expected) == 1;
	if (fed && EVP_CipherFinal_ex(context, rest, &done) == 1 && done == 0)
		return NIR_CRYPTO_OK;
	if (len > 0)
		OPENSSL_cleanse(out, len);
	(void) broken(key);
	return fed ? NIR_CRYPTO_FORGED : NIR_CRYPTO_BROKEN;
}

/* ---- digests ---- */

NirCryptoResult
nir_hmac(const uint8_t key[NIR_KEY_BYTES], const void *data, size_t len, uint8_t out[NIR_DIGEST_BYTES])
{
	size_t		done = 0;

	if (EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, NIR_KEY_BYTES,
				  data, len, out, NIR_DIGEST_BYTES, &done) != NULL && done == NIR_DIGEST_BYTES)
		return NIR_CRYPTO_OK;
	OPENSSL_cleanse(out, NIR_DIGEST_BYTES);
	ERR_clear_error();
	return NIR_CRYPTO_BROKEN;
}

NirCryptoResult
nir_digest(const void *data, size_t len, uint8_t out[NIR_DIGEST_BYTES])
{
	size_t		done = 0;

	if (EVP_Q_digest(NULL, "SHA256", NULL, data, len, out, &done) == 1 && done == NIR_DIGEST_BYTES)
		return NIR_CRYPTO_OK;
	OPENSSL_cleanse(out, NIR_DIGEST_BYTES);
	ERR_clear_error();
	return NIR_CRYPTO_BROKEN;
}
