/*
 * test/unit/test_aead.c
 *
 * The primitives against published answers, against damage in every bit, and
 * with each call of OpenSSL failing once.  The calls are caught here: what
 * the executable defines comes before the library.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "keys/aead.h"

#include "tap.h"

/* ---- calls of OpenSSL, of which one can be made to fail ---- */

static int	calls = 0;
static int	fail_at = 0;		/* 0: none */

#define CAUGHT(result, name, parameters, arguments, failure) \
	result name parameters \
	{ \
		static result (*next) parameters = NULL; \
		if (next == NULL) \
			*(void **) &next = dlsym(RTLD_NEXT, #name); \
		if (++calls == fail_at) \
			return failure; \
		return next arguments; \
	}

CAUGHT(EVP_CIPHER *, EVP_CIPHER_fetch, (OSSL_LIB_CTX *c, const char *a, const char *p), (c, a, p), NULL)
CAUGHT(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, (void), (), NULL)
CAUGHT(int, EVP_CipherInit_ex2, (EVP_CIPHER_CTX *c, const EVP_CIPHER *t, const unsigned char *k,
	const unsigned char *i, int e, const OSSL_PARAM p[]), (c, t, k, i, e, p), 0)
CAUGHT(int, EVP_CipherUpdate, (EVP_CIPHER_CTX *c, unsigned char *o, int *l, const unsigned char *i, int n),
	(c, o, l, i, n), 0)
CAUGHT(int, EVP_CipherFinal_ex, (EVP_CIPHER_CTX *c, unsigned char *o, int *l), (c, o, l), 0)
CAUGHT(int, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *c, int t, int a, void *p), (c, t, a, p), 0)
CAUGHT(int, RAND_bytes, (unsigned char *b, int n), (b, n), 0)
CAUGHT(int, RAND_priv_bytes, (unsigned char *b, int n), (b, n), 0)
CAUGHT(unsigned char *, EVP_Q_mac, (OSSL_LIB_CTX *c, const char *n, const char *q, const char *s,
	const OSSL_PARAM *p, const void *k, size_t kl, const unsigned char *d, size_t dl,
	unsigned char *o, size_t os, size_t *ol), (c, n, q, s, p, k, kl, d, dl, o, os, ol), NULL)
CAUGHT(int, EVP_Q_digest, (OSSL_LIB_CTX *c, const char *n, const char *q, const void *d, size_t dl,
	unsigned char *o, size_t *ol), (c, n, q, d, dl, o, ol), 0)

/* ---- known answers ---- */

static size_t
unhex(const char *hex, uint8_t *out)
{
	size_t		len = strlen(hex) / 2;

	for (size_t i = 0; i < len; i++)
	{
		unsigned int byte;

		sscanf(hex + 2 * i, "%2x", &byte);
		out[i] = (uint8_t) byte;
	}
	return len;
}

typedef struct Answer
{
	const char *name;
	const char *key;
	const char *nonce;
	const char *plain;
	const char *associated;
	const char *sealed;
	const char *tag;
} Answer;

/* NIST CAVP gcmEncryptExtIV256, and test cases 13 to 16 of the GCM specification */
static const Answer answers[] = {
	{"CAVP, no text", "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
		"516c33929df5a3284ff463d7", "", "", "", "bdc1ac884d332457a1d2664f168c76f0"},
	{"CAVP, 16 bytes", "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
		"0d18e06c7c725ac9e362e1ce", "2db5168e932556f8089a0622981d017d", "",
	"fa4362189661d163fcd6a56d8bf0405a", "d636ac1bbedd5cc3ee727dc2ab4a9489"},
	{"case 13", "0000000000000000000000000000000000000000000000000000000000000000",
		"000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
	{"case 14", "0000000000000000000000000000000000000000000000000000000000000000",
		"000000000000000000000000", "00000000000000000000000000000000", "",
	"cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
	{"case 15", "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
		"cafebabefacedbaddecaf888",
		"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
		"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255", "",
		"522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	"8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad", "b094dac5d93471bdec1a502270e3cc6c"},
	{"case 16", "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
		"cafebabefacedbaddecaf888",
		"d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
		"1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
		"feedfacedeadbeeffeedfacedeadbeefabaddad2",
		"522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
	"8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662", "76fc6ece0f4e1768cddf8853bb2d551b"},
};

static void
test_known_answer(const Answer *answer)
{
	uint8_t		bytes[NIR_KEY_BYTES],
				nonce[NIR_NONCE_BYTES],
				plain[64],
				associated[64],
				sealed[64],
				tag[NIR_AEAD_TAG_BYTES],
				out[64],
				out_tag[NIR_AEAD_TAG_BYTES];
	size_t		len = unhex(answer->plain, plain);
	size_t		associated_len = unhex(answer->associated, associated);
	NirKey		key;

	unhex(answer->key, bytes);
	unhex(answer->nonce, nonce);
	unhex(answer->sealed, sealed);
	unhex(answer->tag, tag);
	nir_key_set(&key, bytes);
	/* twice: with a new key, and with the context set up already */
	for (int i = 0; i < 2; i++)
		ok(nir_aead_seal_with_nonce(&key, associated, associated_len, plain, len, nonce, out, out_tag) == NIR_CRYPTO_OK &&
		   memcmp(out, sealed, len) == 0 && memcmp(out_tag, tag, NIR_AEAD_TAG_BYTES) == 0, answer->name);
	ok(nir_aead_open(&key, associated, associated_len, sealed, len, nonce, tag, out) == NIR_CRYPTO_OK &&
	   memcmp(out, plain, len) == 0, "... and back");
}

static void
test_digests(void)
{
	uint8_t		key[NIR_KEY_BYTES] = {0};
	uint8_t		expected[NIR_DIGEST_BYTES];
	uint8_t		out[NIR_DIGEST_BYTES];

	/* RFC 4231, case 1; a key shorter than a block is filled with zeros */
	memset(key, 0x0b, 20);
	unhex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", expected);
	ok(nir_hmac(key, "Hi There", 8, out) == NIR_CRYPTO_OK && memcmp(out, expected, sizeof(out)) == 0,
	   "HMAC-SHA256 as in RFC 4231");
	unhex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", expected);
	ok(nir_digest("abc", 3, out) == NIR_CRYPTO_OK && memcmp(out, expected, sizeof(out)) == 0,
	   "SHA-256 as in FIPS 180");
}

/* ---- damage ---- */

#define TEXT_LEN	23

typedef struct Sealed
{
	uint8_t		associated[9];
	uint8_t		nonce[NIR_NONCE_BYTES];
	uint8_t		text[TEXT_LEN];
	uint8_t		tag[NIR_AEAD_TAG_BYTES];
} Sealed;

static NirCryptoResult
seal_text(const NirKey *key, Sealed *sealed)
{
	memcpy(sealed->associated, "person 17", sizeof(sealed->associated));
	return nir_aead_seal(key, sealed->associated, sizeof(sealed->associated),
						 (const uint8_t *) "a need for a lift, fake", TEXT_LEN,
						 sealed->nonce, sealed->text, sealed->tag);
}

static NirCryptoResult
open_text(const NirKey *key, const Sealed *sealed, uint8_t *out)
{
	return nir_aead_open(key, sealed->associated, sizeof(sealed->associated), sealed->text, TEXT_LEN,
						 sealed->nonce, sealed->tag, out);
}

static bool
is_zero(const uint8_t *bytes, size_t len)
{
	while (len > 0 && bytes[len - 1] == 0)
		len--;
	return len == 0;
}

static void
test_damage(void)
{
	NirKey		key;
	NirKey		other;
	Sealed		sealed;
	uint8_t		out[TEXT_LEN];
	bool		all_forged = true;

	(void) nir_key_draw(&key);
	(void) nir_key_draw(&other);
	ok(seal_text(&key, &sealed) == NIR_CRYPTO_OK && open_text(&key, &sealed, out) == NIR_CRYPTO_OK &&
	   memcmp(out, "a need for a lift, fake", TEXT_LEN) == 0, "what is sealed is opened");
	for (size_t bit = 0; bit < sizeof(sealed) * 8; bit++)
	{
		Sealed		damaged = sealed;

		((uint8_t *) &damaged)[bit / 8] ^= 1 << bit % 8;
		memset(out, 'x', sizeof(out));
		all_forged = all_forged && open_text(&key, &damaged, out) == NIR_CRYPTO_FORGED &&
			is_zero(out, sizeof(out));
	}
	ok(all_forged, "a flipped bit anywhere is seen, and no text is left");
	ok(open_text(&other, &sealed, out) == NIR_CRYPTO_FORGED, "another key does not open it");
	ok(open_text(&key, &sealed, out) == NIR_CRYPTO_OK, "the key still does");
	nir_key_wipe(&key);
	ok(is_zero((uint8_t *) &key, sizeof(key)) && open_text(&key, &sealed, out) == NIR_CRYPTO_BROKEN,
	   "a wiped key is gone and opens nothing");
}

/* ---- nonces ---- */

#define NONCES	200000

static int
compare_nonces(const void *a, const void *b)
{
	return memcmp(a, b, NIR_NONCE_BYTES);
}

static void
test_nonces(void)
{
	uint8_t		(*nonces)[NIR_NONCE_BYTES] = malloc(sizeof(*nonces) * NONCES);
	uint8_t		tag[NIR_AEAD_TAG_BYTES];
	uint8_t		nothing;
	NirKey		key;
	bool		unique = true;

	(void) nir_key_draw(&key);
	for (int i = 0; i < NONCES; i++)
		unique = unique && nir_aead_seal(&key, NULL, 0, &nothing, 0, nonces[i], &nothing, tag) == NIR_CRYPTO_OK;
	qsort(nonces, NONCES, NIR_NONCE_BYTES, compare_nonces);
	for (int i = 1; i < NONCES; i++)
		unique = unique && memcmp(nonces[i - 1], nonces[i], NIR_NONCE_BYTES) != 0;
	ok(unique, "no nonce comes twice");
	free(nonces);
}

/* ---- failure of each call ---- */

/* Everything once, from the beginning; true if all of it succeeded. */
static bool
do_everything(void)
{
	NirKey		key = {0};
	Sealed		sealed = {0};
	uint8_t		out[TEXT_LEN] = {0};
	uint8_t		digest[NIR_DIGEST_BYTES];
	bool		done;

	nir_aead_forget();
	done = nir_key_draw(&key) == NIR_CRYPTO_OK &&
		seal_text(&key, &sealed) == NIR_CRYPTO_OK &&
		open_text(&key, &sealed, out) == NIR_CRYPTO_OK &&
		nir_hmac(key.bytes, "x", 1, digest) == NIR_CRYPTO_OK &&
		nir_digest("x", 1, digest) == NIR_CRYPTO_OK;
	if (!done && !is_zero(out, sizeof(out)) && memcmp(out, "a need for a lift, fake", TEXT_LEN) != 0)
		abort();
	return done;
}

static void
test_failures(void)
{
	int			count;
	bool		noticed = true;
	bool		recovered = true;

	calls = 0;
	ok(do_everything(), "everything works");
	count = calls;
	ok(count >= 14, "the calls of OpenSSL are caught");
	for (int i = 1; i <= count; i++)
	{
		calls = 0;
		fail_at = i;
		noticed = noticed && !do_everything();
		fail_at = 0;
		recovered = recovered && do_everything();
	}
	ok(noticed, "each call that fails is noticed");
	ok(recovered, "... and the next value is not harmed");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		test_known_answer(&answers[i]);
	test_digests();
	test_damage();
	test_nonces();
	test_failures();
	nir_aead_forget();
	return done_testing();
}
