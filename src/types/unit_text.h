/*
 * src/types/unit_text.h
 *
 * Unit numbers: county "03", municipality "0301", city district "030101";
 * pure, knows no server.  Whether a number ever existed is law data
 * (nir.unit_code), not a matter of form.
 *
 * A unit is an int32 that sorts a county first, then its municipalities, each
 * followed by its districts: six digits, padded with zeros, times 4, plus
 * 0 (county), 1 (municipality) or 2 (district).
 */
#ifndef NIR_TYPES_UNIT_TEXT_H
#define NIR_TYPES_UNIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t NirUnit;

typedef enum NirUnitLevel
{
	NIR_UNIT_COUNTY = 0,
	NIR_UNIT_MUNICIPALITY = 1,
	NIR_UNIT_DISTRICT = 2,
} NirUnitLevel;

#define NIR_UNIT_TEXTBYTES	7

/* False unless text is exactly 2, 4 or 6 ASCII digits and no part of it is "00". */
extern bool nir_unit_parse(const char *text, size_t len, NirUnit *result);

/* True if the four bytes are a unit that nir_unit_parse could have made. */
extern bool nir_unit_valid(NirUnit unit);

/* Writes the digits with a closing zero; returns the length. */
extern size_t nir_unit_print(NirUnit unit, char *out);

static inline NirUnitLevel
nir_unit_level(NirUnit unit)
{
	return (NirUnitLevel) (unit & 3);
}

/*
 * True if who acts for outer acts for inner too: the same unit, or a district
 * of the municipality.  A county does not act for its municipalities.
 */
extern bool nir_unit_acts_for(NirUnit outer, NirUnit inner);

/* Last unit that lies in this one (itself for a district). */
extern NirUnit nir_unit_last_within(NirUnit unit);

/* The municipality a district lies in, the county a municipality lies in; itself for a county. */
extern NirUnit nir_unit_parent(NirUnit unit);

#endif							/* NIR_TYPES_UNIT_TEXT_H */
