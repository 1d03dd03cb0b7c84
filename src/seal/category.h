/*
 * src/seal/category.h
 *
 * The special categories that nir.sealed knows, as bytes in what is sealed.
 * The numbers are fixed for ever, like the purpose letters; pure, knows no
 * server.
 */
#ifndef NIR_SEAL_CATEGORY_H
#define NIR_SEAL_CATEGORY_H

#include <stddef.h>
#include <stdint.h>

#define NIR_CATEGORY_NONE	0	/* not yet given */

/* The number of a category, or NIR_CATEGORY_NONE. */
extern uint8_t nir_category_number(const char *name);

/* The name of a category, or NULL. */
extern const char *nir_category_name(uint8_t number);

#endif							/* NIR_SEAL_CATEGORY_H */
