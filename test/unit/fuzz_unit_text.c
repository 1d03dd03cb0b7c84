/*
 * test/unit/fuzz_unit_text.c
 *
 * Any bytes at all: no read past the end, and what is accepted is printed
 * and read back the same.
 */
#include <stdlib.h>
#include <string.h>

#include "types/unit_text.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	NirUnit		unit;
	NirUnit		again;
	char		out[NIR_UNIT_TEXTBYTES];
	size_t		len;

	if (!nir_unit_parse((const char *) data, size, &unit))
		return 0;
	if (!nir_unit_valid(unit) || !nir_unit_valid(nir_unit_parent(unit)) ||
		!nir_unit_valid(nir_unit_last_within(unit)))
		abort();
	len = nir_unit_print(unit, out);
	if (len != size || memcmp(out, data, len) != 0 || !nir_unit_parse(out, len, &again) || again != unit)
		abort();
	return 0;
}
