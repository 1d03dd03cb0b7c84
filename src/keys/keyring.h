/*
 * src/keys/keyring.h
 *
 * The keyring: key-encryption keys (KEK) by generation, and the log secret,
 * from which keyed digests get their keys.  It lives outside the cluster, in
 * the file or command that nir.keyring_file or nir.keyring_command names; no
 * key in it is ever written to the database.
 *
 * A process reads it when it first needs it and keeps it in memory of its
 * own.  Once in each transaction, or at each call outside one, it looks
 * whether file or settings changed.  No catalog is read, so any process with
 * a PGPROC may ask, in a transaction or not.
 *
 * Whatever is wrong is raised: NR050 none set, or it cannot be read; NR051
 * unsafe; NR052 damaged; NR053 another keyring than the data were sealed
 * with; NR054 OpenSSL failed; NR057 the generation was destroyed.  No message
 * carries a key or what a command printed.
 */
#ifndef NIR_KEYS_KEYRING_H
#define NIR_KEYS_KEYRING_H

#include "keys/aead.h"

#define NIR_CHECK_BYTES		8	/* tells one KEK from another */
#define NIR_WRAPPED_BYTES	(NIR_NONCE_BYTES + NIR_KEY_BYTES + NIR_AEAD_TAG_BYTES)

/* True if a setting names a keyring; whether it can be read is not asked. */
extern bool nir_keyring_is_configured(void);

/*
 * The key for keyed digests under a label ("access log", "deletion log"):
 * HKDF-Expand of the log secret.  The same for as long as the keyring lives;
 * rotating or destroying KEKs does not change it.  Wipe it after use.
 */
extern void nir_keyring_mac_key(const char *label, uint8 key[NIR_KEY_BYTES]);

/*
 * Rises when the keyring was read anew, so that keys which it unwrapped can
 * be thrown away.
 */
extern uint64 nir_keyring_serial(void);

/* The generation by which new keys are wrapped, and what tells its KEK from another's. */
extern int	nir_keyring_current(uint8 check[NIR_CHECK_BYTES]);

/* Wrap a key by a generation, bound to associated data. */
extern void nir_keyring_wrap(int generation, const NirKey *key,
							 const uint8 *associated, size_t associated_len,
							 uint8 wrapped[NIR_WRAPPED_BYTES]);

/*
 * Unwrap a key.  check is what nir_keyring_current gave when it was wrapped.
 * NR053 if this keyring's generation is another; NR055 if the wrapped key, or
 * what it is bound to, was changed.
 */
extern void nir_keyring_unwrap(int generation, const uint8 check[NIR_CHECK_BYTES],
							   const uint8 *associated, size_t associated_len,
							   const uint8 wrapped[NIR_WRAPPED_BYTES], NirKey *key);

/* Raise NR054 unless the result is OK; FORGED is the caller's to explain. */
extern void nir_crypto_require(NirCryptoResult result);

#endif							/* NIR_KEYS_KEYRING_H */
