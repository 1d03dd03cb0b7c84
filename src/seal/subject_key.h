/*
 * src/seal/subject_key.h
 *
 * The keys of persons: nir.subject_key, wrapped by the keyring.
 *
 * A key that was destroyed stays as a row without a key (a tombstone), so
 * that nobody makes it anew.  A cached key is used only after hearing what
 * other sessions have committed, so a shredded person's values open in no
 * session from the moment the shredding commits; on a standby, from its
 * replay.  A key made in a transaction that is taken back leaves the cache.
 */
#ifndef NIR_SEAL_SUBJECT_KEY_H
#define NIR_SEAL_SUBJECT_KEY_H

#include "keys/aead.h"

extern void nir_subject_key_init(void);

/*
 * The key to open what was sealed for a person under a version; NR057 if it
 * was destroyed, NR055 if there never was one.  Valid until the next call.
 */
extern const NirKey *nir_subject_key_to_open(int64 subject, uint32 version);

/*
 * The newest key of a person, made if there is none, and locked so that it
 * is not destroyed before this transaction ends.  *version is set.
 */
extern const NirKey *nir_subject_key_to_seal(int64 subject, uint32 *version);

#endif							/* NIR_SEAL_SUBJECT_KEY_H */
