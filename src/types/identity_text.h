/*
 * src/types/identity_text.h
 *
 * Identity numbers of persons and organisations; pure, knows no server, no
 * setting and no clock.
 *
 * A number is kept as an unsigned integer; its digits are those of the
 * integer, padded with zeros to the length its type has.  Control digits are
 * computed on the digits as they stand, also where day or month carries an
 * addition (D-numbers: day + 40; synthetic numbers: month + 65 or + 80).
 */
#ifndef NIR_TYPES_IDENTITY_TEXT_H
#define NIR_TYPES_IDENTITY_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NIR_FNR_DIGITS		11
#define NIR_DUF_DIGITS		12
#define NIR_ORGNR_DIGITS	9

/* room for the longest of them and a closing zero */
#define NIR_ID_TEXTBYTES	(NIR_DUF_DIGITS + 1)

/* False unless text is exactly that many ASCII digits. */
extern bool nir_id_parse(const char *text, size_t len, int digits, uint64_t *id);

/* Writes that many digits and a closing zero. */
extern void nir_id_print(uint64_t id, int digits, char *out);

typedef enum NirFnrKind
{
	NIR_FNR_UNKNOWN,			/* no series has such a month */
	NIR_FNR_ORDINARY,
	NIR_FNR_D,
	NIR_FNR_SYNTHETIC,
	NIR_FNR_SYNTHETIC_D,
	NIR_FNR_AMBIGUOUS,			/* month + 40: of one institution, or synthetic */
	NIR_FNR_FH,					/* help number of the health sector */
} NirFnrKind;

/* How the first control digit is read. */
typedef enum NirFnrControl
{
	NIR_FNR_CONTROL_1964,		/* rest 0 */
	NIR_FNR_CONTROL_2032,		/* rest 0 to 3; the series say nothing of the century */
} NirFnrControl;

typedef enum NirFnrVerdict
{
	NIR_FNR_VALID,
	NIR_FNR_REFUSED_KIND,		/* month + 40, or FH */
	NIR_FNR_BAD_DATE,			/* no such date, or no series for its year */
	NIR_FNR_BAD_CONTROL,
} NirFnrVerdict;

/* What the first digit and the month say; the rest is not looked at. */
extern NirFnrKind nir_fnr_kind(uint64_t fnr);

/*
 * The sum that control digit 1 makes zero under the rule of 1964, mod 11, or
 * -1 if control digit 2 is wrong.
 */
extern int	nir_fnr_rest(uint64_t fnr);

/* The year that the series of 1964 give the number, or 0 if none has it. */
extern int	nir_fnr_series_year(uint64_t fnr);

/* Synthetic numbers are judged like the numbers they imitate. */
extern NirFnrVerdict nir_fnr_judge(uint64_t fnr, NirFnrControl control);

/* The rule that holds in a year by law. */
extern NirFnrControl nir_fnr_control_in(int year);

/* Year of the first application, as the number has it. */
extern int	nir_duf_year(uint64_t duf);

/* Whether the two control digits are right by the algorithm in common use. */
extern bool nir_duf_control_ok(uint64_t duf);

/* Whether the control digit is right; 000000000 is no number. */
extern bool nir_orgnr_control_ok(uint64_t orgnr);

#endif							/* NIR_TYPES_IDENTITY_TEXT_H */
