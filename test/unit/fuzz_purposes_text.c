/*
 * test/unit/fuzz_purposes_text.c
 *
 * Any bytes at all: no read past the end, and what is accepted is printed
 * and read back the same.
 */
#include <stdlib.h>
#include <string.h>

#include "types/purposes_text.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	NirPurposes set;
	NirPurposes again;
	char		out[NIR_PURPOSES_TEXTBYTES];
	size_t		len;

	nir_purposes_parse_list((const char *) data, size, &set);
	if (!nir_purposes_parse((const char *) data, size, &set))
		return 0;
	if ((set & ~NIR_PURPOSES_PLAIN) != 0)
		abort();
	len = nir_purposes_print(set, true, out);
	if (len >= sizeof(out) || !nir_purposes_parse(out, len, &again) || again != set)
		abort();
	return 0;
}
