/*
 * test/unit/fuzz_envelope.c
 *
 * Any bytes at all as a sealed value, as they are and with a head that is
 * accepted: no read past the end, what is read is written the same, and
 * nothing opens that was not sealed.
 */
#include <stdlib.h>
#include <string.h>

#include "seal/envelope.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* From buffers of exactly their lengths. */
static void
try_bytes(const NirKey *key, const uint8_t *data, size_t size)
{
	uint8_t    *copy = malloc(size + (size == 0));
	NirEnvelope head;

	if (size > 0)
		memcpy(copy, data, size);
	if (nir_envelope_read(copy, size, &head))
	{
		uint8_t    *text = calloc(1, size - NIR_ENVELOPE_OVERHEAD + 1);
		uint8_t    *again = malloc(size);

		if (nir_envelope_open(key, copy, size, text) != NIR_CRYPTO_FORGED)
			abort();
		if (nir_envelope_seal(&head, key, text, size - NIR_ENVELOPE_OVERHEAD, again) != NIR_CRYPTO_OK ||
			memcmp(again, copy, NIR_ENVELOPE_HEAD) != 0)
			abort();
		free(again);
		free(text);
	}
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static NirKey key;
	uint8_t    *shaped;

	if (key.id == 0 && nir_key_draw(&key) != NIR_CRYPTO_OK)
		abort();
	try_bytes(&key, data, size);
	if (size < 4)
		return 0;
	/* a head like those that are written, and room for the rest */
	shaped = calloc(1, size + NIR_ENVELOPE_OVERHEAD);
	memcpy(shaped, data, size);
	shaped[0] = 1;
	shaped[1] = data[1] % 2 == 0 ? 'e' : 's';
	shaped[2] %= 9;
	shaped[3] = shaped[4] = 0;
	try_bytes(&key, shaped, size + NIR_ENVELOPE_OVERHEAD);
	try_bytes(&key, shaped, size);
	free(shaped);
	return 0;
}
