/*
 * src/types/purposes_text.h
 *
 * Purposes from and to text; pure, knows no server.
 *
 * Accepted: letters and ranges separated by commas, blanks around them, any
 * order, repeats allowed: "a,b,d", "a-e,i".  nir_purposes_parse also takes
 * them in braces, the output form of type nir.purposes: "{a,d}", "{}".
 */
#ifndef NIR_TYPES_PURPOSES_TEXT_H
#define NIR_TYPES_PURPOSES_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "types/purpose_bits.h"

/* longest output: {a,b,...,x} and the closing zero */
#define NIR_PURPOSES_TEXTBYTES	(2 + 2 * NIR_PURPOSE_COUNT)

/* A list without braces; false if malformed or empty. */
extern bool nir_purposes_parse_list(const char *text, size_t len, NirPurposes *result);

/* With or without braces; "{}" is the empty set; false if malformed. */
extern bool nir_purposes_parse(const char *text, size_t len, NirPurposes *result);

/* Writes "{a,d}" (or "a,d" without braces) with a closing zero; returns its length. */
extern size_t nir_purposes_print(NirPurposes purposes, bool braces, char *out);

#endif							/* NIR_TYPES_PURPOSES_TEXT_H */
