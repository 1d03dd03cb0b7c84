/*
 * src/log/chain.c
 *
 * Digest and link of a batch, by OpenSSL.  Names and fields are delimited by
 * length or a zero byte, so no two batches read as the same bytes.
 */
#include "log/chain.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

static const char label[] = "nir chain 1";

struct NirChainBatch
{
	EVP_MD_CTX *context;
};

static void
put_number(uint8_t bytes[8], uint64_t number)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t) (number >> (56 - 8 * i));
}

NirChainBatch *
nir_chain_begin(void)
{
	NirChainBatch *batch = malloc(sizeof(NirChainBatch));

	if (batch == NULL)
		return NULL;
	batch->context = EVP_MD_CTX_new();
	if (batch->context == NULL || EVP_DigestInit_ex(batch->context, EVP_sha256(), NULL) != 1)
	{
		nir_chain_free(batch);
		return NULL;
	}
	return batch;
}

static bool
add_byte(NirChainBatch *batch, uint8_t byte)
{
	return EVP_DigestUpdate(batch->context, &byte, 1) == 1;
}

bool
nir_chain_add_field(NirChainBatch *batch, const void *bytes, size_t length)
{
	uint8_t		head[9] = {1};

	put_number(head + 1, length);
	return EVP_DigestUpdate(batch->context, head, sizeof(head)) == 1 &&
		EVP_DigestUpdate(batch->context, bytes, length) == 1;
}

bool
nir_chain_add_null(NirChainBatch *batch)
{
	return add_byte(batch, 0);
}

bool
nir_chain_end_row(NirChainBatch *batch)
{
	return add_byte(batch, 2);
}

bool
nir_chain_digest(NirChainBatch *batch, uint8_t digest[NIR_CHAIN_BYTES])
{
	unsigned int length = 0;

	return EVP_DigestFinal_ex(batch->context, digest, &length) == 1 && length == NIR_CHAIN_BYTES;
}

void
nir_chain_free(NirChainBatch *batch)
{
	if (batch == NULL)
		return;
	EVP_MD_CTX_free(batch->context);
	free(batch);
}

static bool
feed(EVP_MD_CTX *context, const char *name, uint64_t number,
	 const uint8_t *previous, const uint8_t *digest)
{
	uint8_t		number_bytes[8];

	put_number(number_bytes, number);
	return EVP_DigestSignUpdate(context, label, sizeof(label)) == 1 &&
		EVP_DigestSignUpdate(context, name, strlen(name) + 1) == 1 &&
		EVP_DigestSignUpdate(context, number_bytes, sizeof(number_bytes)) == 1 &&
		EVP_DigestSignUpdate(context, previous, NIR_CHAIN_BYTES) == 1 &&
		EVP_DigestSignUpdate(context, digest, NIR_CHAIN_BYTES) == 1;
}

bool
nir_chain_link(const uint8_t key[NIR_CHAIN_BYTES], const char *name, uint64_t number,
			   const uint8_t previous[NIR_CHAIN_BYTES], const uint8_t digest[NIR_CHAIN_BYTES],
			   uint8_t link[NIR_CHAIN_BYTES])
{
	EVP_PKEY   *pkey = EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, NULL, key, NIR_CHAIN_BYTES);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t		length = NIR_CHAIN_BYTES;
	bool		done;

	done = pkey != NULL && context != NULL &&
		EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pkey) == 1 &&
		feed(context, name, number, previous, digest) &&
		EVP_DigestSignFinal(context, link, &length) == 1 && length == NIR_CHAIN_BYTES;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	return done;
}

bool
nir_chain_equal(const uint8_t a[NIR_CHAIN_BYTES], const uint8_t b[NIR_CHAIN_BYTES])
{
	return CRYPTO_memcmp(a, b, NIR_CHAIN_BYTES) == 0;
}
