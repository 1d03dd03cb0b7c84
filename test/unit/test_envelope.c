/*
 * test/unit/test_envelope.c
 *
 * The bytes of a sealed value: what is sealed is read and opened, its layout
 * stays what it is, and no changed bit and no cut goes unseen.
 */
#include <stdlib.h>
#include <string.h>

#include "seal/category.h"
#include "seal/envelope.h"

#include "tap.h"

static const char text[] = "a need, fake";

#define LEN	(sizeof(text) - 1 + NIR_ENVELOPE_OVERHEAD)

/* From a buffer of exactly its length, as one step. */
static bool
opens(const NirKey *key, const uint8_t *bytes, size_t len)
{
	uint8_t    *copy = malloc(len + (len == 0));
	uint8_t    *out = malloc(len + 1);
	NirEnvelope head;
	bool		opened;

	memcpy(copy, bytes, len);
	opened = nir_envelope_read(copy, len, &head) &&
		nir_envelope_open(key, copy, len, out) == NIR_CRYPTO_OK;
	free(copy);
	free(out);
	return opened;
}

static void
test_categories(void)
{
	bool		same = true;

	for (uint8_t i = 1; i <= 8; i++)
		same = same && nir_category_number(nir_category_name(i)) == i;
	ok(same, "categories have names and numbers");
	ok(nir_category_number("health") == 1 && nir_category_number("other") == 8, "... which stay as they are");
	ok(nir_category_name(0) == NULL && nir_category_name(9) == NULL && nir_category_name(255) == NULL &&
	   nir_category_number("") == NIR_CATEGORY_NONE && nir_category_number("Health") == NIR_CATEGORY_NONE,
	   "there are no others");
}

int
main(void)
{
	static const uint8_t head_bytes[NIR_ENVELOPE_HEAD] = {
		1, 's', 1, 0, 0, 0, 0x80, 8, 0, 0, 0, 0, 0, 0, 1, 17, 0, 0, 0, 2
	};
	NirEnvelope head = {NIR_SEAL_PERSON, 1, 0x8008, 273, 2};
	NirEnvelope read;
	NirKey		key;
	uint8_t		sealed[LEN];
	uint8_t		changed[LEN];
	uint8_t		out[LEN];
	bool		seen = true;

	test_categories();
	(void) nir_key_draw(&key);
	ok(nir_envelope_seal(&head, &key, (const uint8_t *) text, sizeof(text) - 1, sealed) == NIR_CRYPTO_OK, "sealed");
	ok(memcmp(sealed, head_bytes, sizeof(head_bytes)) == 0, "... with the head of format 1");
	ok(nir_envelope_read(sealed, LEN, &read) && read.kind == head.kind && read.category == 1 &&
	   read.purposes == 0x8008 && read.subject == 273 && read.key_version == 2, "... which is read");
	ok(nir_envelope_open(&key, sealed, LEN, out) == NIR_CRYPTO_OK && memcmp(out, text, sizeof(text) - 1) == 0,
	   "... and opened");
	for (size_t bit = 0; bit < LEN * 8; bit++)
	{
		memcpy(changed, sealed, LEN);
		changed[bit / 8] ^= 1 << bit % 8;
		seen = seen && !opens(&key, changed, LEN);
	}
	ok(seen, "no changed bit goes unseen");
	for (size_t len = 0; len < LEN; len++)
		seen = seen && !opens(&key, sealed, len);
	ok(seen, "nor a cut");
	nir_key_wipe(&key);
	return done_testing();
}
