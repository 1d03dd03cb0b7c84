/*
 * src/keys/aead.h
 *
 * AES-256-GCM, HMAC-SHA256 and SHA-256 through OpenSSL's EVP; knows no server
 * and never raises.
 *
 * A few cipher contexts live as long as the process.  Each remembers which key
 * it was last set up for, so that many values under one key cost one key
 * schedule; whatever fails throws its context away.
 */
#ifndef NIR_KEYS_AEAD_H
#define NIR_KEYS_AEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NIR_KEY_BYTES		32
#define NIR_NONCE_BYTES		12
#define NIR_AEAD_TAG_BYTES		16
#define NIR_DIGEST_BYTES	32

/* A key; id is never given to other bytes in this process. */
typedef struct NirKey
{
	uint64_t	id;
	uint8_t		bytes[NIR_KEY_BYTES];
} NirKey;

typedef enum NirCryptoResult
{
	NIR_CRYPTO_OK,
	NIR_CRYPTO_FORGED,			/* authentication failed: other key, other data, or damage */
	NIR_CRYPTO_BROKEN,			/* OpenSSL did not do what it was asked */
} NirCryptoResult;

/* Make these bytes a key, with an id of its own. */
extern void nir_key_set(NirKey *key, const uint8_t bytes[NIR_KEY_BYTES]);

/* Draw a new key. */
extern NirCryptoResult nir_key_draw(NirKey *key);

/* Overwrite a key, or anything else that is secret. */
extern void nir_key_wipe(NirKey *key);
extern void nir_wipe(void *secret, size_t len);

/* Random bytes that nobody else has seen, also not before a fork. */
extern NirCryptoResult nir_random(uint8_t *out, size_t len);

/*
 * Encrypt len bytes to as many at out, draw the nonce, and write the tag that
 * proves text and associated data.  out is wiped unless the result is OK.
 */
extern NirCryptoResult nir_aead_seal(const NirKey *key,
									 const uint8_t *associated, size_t associated_len,
									 const uint8_t *plain, size_t len,
									 uint8_t nonce[NIR_NONCE_BYTES], uint8_t *out,
									 uint8_t tag[NIR_AEAD_TAG_BYTES]);

/* The same with a nonce of the caller's; for known answers only. */
extern NirCryptoResult nir_aead_seal_with_nonce(const NirKey *key,
												const uint8_t *associated, size_t associated_len,
												const uint8_t *plain, size_t len,
												const uint8_t nonce[NIR_NONCE_BYTES], uint8_t *out,
												uint8_t tag[NIR_AEAD_TAG_BYTES]);

/* Decrypt; nothing of the text is left at out unless the result is OK. */
extern NirCryptoResult nir_aead_open(const NirKey *key,
									 const uint8_t *associated, size_t associated_len,
									 const uint8_t *sealed, size_t len,
									 const uint8_t nonce[NIR_NONCE_BYTES],
									 const uint8_t tag[NIR_AEAD_TAG_BYTES], uint8_t *out);

/* Forget the keys that contexts were set up for. */
extern void nir_aead_forget(void);

extern NirCryptoResult nir_hmac(const uint8_t key[NIR_KEY_BYTES],
								const void *data, size_t len, uint8_t out[NIR_DIGEST_BYTES]);
extern NirCryptoResult nir_digest(const void *data, size_t len, uint8_t out[NIR_DIGEST_BYTES]);

/* True if both are the same; takes as long when they differ. */
extern bool nir_same_secret(const void *a, const void *b, size_t len);

#endif							/* NIR_KEYS_AEAD_H */
