/*
 * test/unit/noise.c
 *
 * Drives one fuzz harness (LLVMFuzzerTestOneInput) with seeded noise, so that
 * every test run visits it and a failure can be repeated.  Half of the inputs
 * are drawn from what the parsers accept, the other half from all bytes; the
 * sanitizers are the judges.  test/hunt/fuzz is the long form.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUTS		200000
#define LONGEST		48

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t state = UINT64_C(0x6e69722e66757a7a);

/* xorshift64*: the same sequence everywhere */
static uint32_t
draw(uint32_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t) ((state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % below;
}

static void
fill(uint8_t *bytes, size_t size)
{
	static const char likely[] = "00112233445566778899abcdefx,-{} \t:.+eE";
	size_t		i;

	if (draw(2) == 0)
	{
		for (i = 0; i < size; i++)
			bytes[i] = (uint8_t) draw(256);
		return;
	}
	for (i = 0; i < size; i++)
		bytes[i] = (uint8_t) likely[draw(sizeof(likely) - 1)];
}

int
main(void)
{
	uint32_t	n;

	printf("1..1\n");
	fflush(stdout);
	for (n = 0; n < INPUTS; n++)
	{
		size_t		size = draw(LONGEST + 1);
		uint8_t    *bytes = malloc(size > 0 ? size : 1);	/* own block: an overrun is seen */

		if (bytes == NULL)
			abort();
		fill(bytes, size);
		LLVMFuzzerTestOneInput(bytes, size);
		free(bytes);
	}
	printf("ok 1 - %s: %d seeded inputs\n", HARNESS, INPUTS);
	return 0;
}
