/*
 * test/unit/fuzz_identity_text.c
 *
 * Any bytes at all: no read past the end, and what is accepted is printed
 * and read back the same.
 */
#include <stdlib.h>
#include <string.h>

#include "types/identity_text.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int lengths[] = {NIR_ORGNR_DIGITS, NIR_FNR_DIGITS, NIR_DUF_DIGITS};
	char		out[NIR_ID_TEXTBYTES];
	uint64_t	id;

	for (int i = 0; i < 3; i++)
	{
		if (!nir_id_parse((const char *) data, size, lengths[i], &id))
			continue;
		nir_id_print(id, lengths[i], out);
		if (id >= UINT64_C(1) << 40 || memcmp(out, data, size) != 0)
			abort();
		if (nir_fnr_judge(id, NIR_FNR_CONTROL_1964) == NIR_FNR_VALID &&
			nir_fnr_judge(id, NIR_FNR_CONTROL_2032) != NIR_FNR_VALID)
			abort();
		(void) nir_duf_control_ok(id);
		(void) nir_orgnr_control_ok(id);
	}
	return 0;
}
