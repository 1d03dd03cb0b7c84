/*
 * src/seal/envelope.h
 *
 * The bytes of a sealed value; pure, knows no server.
 *
 *     1   format version, 1
 *     1   'e' under a session's own key, 's' under a person's
 *     1   special category
 *     1   zero
 *     4   purposes
 *     8   person ('s'), or the number of the session's key ('e')
 *     4   version of the person's key
 *    12   nonce
 *     n   ciphertext
 *    16   tag
 *
 * Numbers are big-endian.  What stands before the nonce is the associated
 * data: nothing of it can be changed without breaking the seal.  There is no
 * OID in it, so a value means the same after a dump and restore.
 *
 * Purposes with all 24 bits, or category zero, are not yet bound to a column.
 */
#ifndef NIR_SEAL_ENVELOPE_H
#define NIR_SEAL_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keys/aead.h"
#include "types/purpose_bits.h"

#define NIR_ENVELOPE_HEAD		20	/* associated data */
#define NIR_ENVELOPE_OVERHEAD	(NIR_ENVELOPE_HEAD + NIR_NONCE_BYTES + NIR_AEAD_TAG_BYTES)

typedef enum NirSealKind
{
	NIR_SEAL_SESSION = 'e',
	NIR_SEAL_PERSON = 's',
} NirSealKind;

typedef struct NirEnvelope
{
	NirSealKind kind;
	uint8_t		category;
	NirPurposes purposes;
	int64_t		subject;
	uint32_t	key_version;
} NirEnvelope;

/* True if the bytes are a sealed value; what is sealed is not looked at. */
extern bool nir_envelope_read(const uint8_t *bytes, size_t len, NirEnvelope *envelope);

/* Seal text of len bytes into len + NIR_ENVELOPE_OVERHEAD bytes at out. */
extern NirCryptoResult nir_envelope_seal(const NirEnvelope *envelope, const NirKey *key,
										 const uint8_t *text, size_t len, uint8_t *out);

/* Open a value that nir_envelope_read accepted into len - NIR_ENVELOPE_OVERHEAD bytes. */
extern NirCryptoResult nir_envelope_open(const NirKey *key, const uint8_t *bytes, size_t len,
										 uint8_t *text);

#endif							/* NIR_SEAL_ENVELOPE_H */
