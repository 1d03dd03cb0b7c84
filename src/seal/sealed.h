/*
 * src/seal/sealed.h
 *
 * Type nir.sealed: an envelope (envelope.h) as a varlena, its modifier, and
 * what text becomes on its way into it.
 *
 * Text that is given for a sealed value is encrypted at once, under a key
 * that this session drew and nobody else has: only the trigger of the table
 * it goes to (reseal.c) seals it for a person.  So no datum ever holds plain
 * text, wherever it is kept on the way.
 */
#ifndef NIR_SEAL_SEALED_H
#define NIR_SEAL_SEALED_H

#include "seal/envelope.h"

/* A value whose envelope was read; close it before the datum goes away. */
typedef struct NirSealed
{
	NirEnvelope head;
	const uint8 *bytes;
	int			len;
	struct varlena *copy;		/* to free, or NULL */
} NirSealed;

/* Reads a value; raises NR055 where it is none. */
extern void nir_sealed_read(Datum datum, NirSealed *value);
extern void nir_sealed_close(NirSealed *value);

/* Category and purposes of a modifier; false if there is none. */
extern bool nir_sealed_modifier(int32 typmod, uint8 *category, NirPurposes *purposes);

/*
 * The plain text of a value, in UTF-8 and in the current context; wipe it
 * with nir_wipe.  NR055 if the seal is broken, NR056 if another session
 * sealed it for itself, NR057 if the key was destroyed.
 */
extern char *nir_sealed_text(const NirSealed *value, int *len);

/* A new value for a person, from text in UTF-8. */
extern Datum nir_sealed_for_person(int64 subject, uint8 category, NirPurposes purposes,
								   const char *text, int len);

/*
 * The same value bound to a column's modifier: a value that nir.seal made is
 * sealed again with its purposes; one of a session is left to the trigger.
 * NR056 if it is sealed for another category or other purposes.
 */
extern Datum nir_sealed_bind(Datum datum, int32 typmod);

/*
 * Raise unless the value may be stored in a column of this modifier: NR058 if
 * it is not sealed for a person yet, NR056 if for another column.
 */
extern void nir_sealed_require_conforming(Datum datum, int32 typmod);

/*
 * While on, text for a sealed value is refused: a definition, or a table
 * without the trigger, would keep it.  Returns what was.
 */
extern bool nir_sealed_refuse_literals(bool on);

#endif							/* NIR_SEAL_SEALED_H */
