/*
 * src/seal/envelope.c
 *
 * Head, nonce, ciphertext and tag, in this order and without padding.
 */
#include <string.h>

#include "seal/category.h"
#include "seal/envelope.h"

#define FORMAT_VERSION	1

static uint64_t
get_number(const uint8_t *bytes, int len)
{
	uint64_t	number = 0;

	for (int i = 0; i < len; i++)
		number = number << 8 | bytes[i];
	return number;
}

static void
put_number(uint8_t *bytes, int len, uint64_t number)
{
	for (int i = len - 1; i >= 0; i--, number >>= 8)
		bytes[i] = (uint8_t) number;
}

bool
nir_envelope_read(const uint8_t *bytes, size_t len, NirEnvelope *envelope)
{
	if (len < NIR_ENVELOPE_OVERHEAD || bytes[0] != FORMAT_VERSION || bytes[3] != 0 ||
		(bytes[1] != NIR_SEAL_SESSION && bytes[1] != NIR_SEAL_PERSON))
		return false;
	envelope->kind = bytes[1];
	envelope->category = bytes[2];
	envelope->purposes = (NirPurposes) get_number(bytes + 4, 4);
	envelope->subject = (int64_t) get_number(bytes + 8, 8);
	envelope->key_version = (uint32_t) get_number(bytes + 16, 4);
	return (envelope->purposes & ~NIR_PURPOSES_PLAIN) == 0 &&
		(envelope->category == NIR_CATEGORY_NONE || nir_category_name(envelope->category) != NULL);
}

NirCryptoResult
nir_envelope_seal(const NirEnvelope *envelope, const NirKey *key,
				  const uint8_t *text, size_t len, uint8_t *out)
{
	uint8_t    *nonce = out + NIR_ENVELOPE_HEAD;
	uint8_t    *sealed = nonce + NIR_NONCE_BYTES;

	out[0] = FORMAT_VERSION;
	out[1] = (uint8_t) envelope->kind;
	out[2] = envelope->category;
	out[3] = 0;
	put_number(out + 4, 4, envelope->purposes);
	put_number(out + 8, 8, (uint64_t) envelope->subject);
	put_number(out + 16, 4, envelope->key_version);
	return nir_aead_seal(key, out, NIR_ENVELOPE_HEAD, text, len, nonce, sealed, sealed + len);
}

NirCryptoResult
nir_envelope_open(const NirKey *key, const uint8_t *bytes, size_t len, uint8_t *text)
{
	const uint8_t *nonce = bytes + NIR_ENVELOPE_HEAD;
	const uint8_t *sealed = nonce + NIR_NONCE_BYTES;
	size_t		text_len = len - NIR_ENVELOPE_OVERHEAD;

	return nir_aead_open(key, bytes, NIR_ENVELOPE_HEAD, sealed, text_len, nonce,
						 sealed + text_len, text);
}
