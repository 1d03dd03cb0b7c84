/*
 * test/unit/fuzz_keyring_text.c
 *
 * Any bytes at all, between the heading and the checksum that belongs to
 * them: no read past the end, and what is accepted is printed the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys/keyring_text.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char heading[] = "nir keyring 1\ncluster 1\nlog ";
	static NirKeyring keyring;
	static char out[NIR_KEYRING_TEXTBYTES];
	uint8_t		sum[NIR_DIGEST_BYTES];
	size_t		body = sizeof(heading) - 1 + size;
	size_t		len = body + 7 + 2 * NIR_DIGEST_BYTES + 1;
	char	   *text = malloc(len + 1);

	(void) nir_keyring_parse((const char *) data, size, &keyring);
	memcpy(text, heading, sizeof(heading) - 1);
	if (size > 0)
		memcpy(text + sizeof(heading) - 1, data, size);
	if (nir_digest(text, body, sum) != NIR_CRYPTO_OK)
		abort();
	sprintf(text + body, "sha256 ");
	for (int i = 0; i < NIR_DIGEST_BYTES; i++)
		sprintf(text + body + 7 + 2 * i, "%02x", sum[i]);
	text[len - 1] = '\n';
	if (nir_keyring_parse(text, len, &keyring) &&
		(nir_keyring_print(&keyring, out) != len || memcmp(text, out, len) != 0))
		abort();
	free(text);
	return 0;
}
