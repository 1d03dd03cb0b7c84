/*
 * src/seal/category.c
 *
 * GDPR art. 9 and 10, and two that deserve the same: addresses under
 * protection, and what fits nowhere else.
 */
#include <string.h>

#include "seal/category.h"

static const char *const names[] = {
	NULL, "health", "ethnicity", "religion", "offence", "sexuality", "biometric", "address", "other",
};

#define CATEGORIES	(sizeof(names) / sizeof(names[0]))

uint8_t
nir_category_number(const char *name)
{
	for (size_t i = 1; i < CATEGORIES; i++)
		if (strcmp(names[i], name) == 0)
			return (uint8_t) i;
	return NIR_CATEGORY_NONE;
}

const char *
nir_category_name(uint8_t number)
{
	return number < CATEGORIES ? names[number] : NULL;
}
