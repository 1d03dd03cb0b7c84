/*
 * src/keys/secret.h
 *
 * Memory for secrets: its own pages, locked against swapping and left out of
 * core dumps where the system allows it, wiped when it is given back.
 */
#ifndef NIR_KEYS_SECRET_H
#define NIR_KEYS_SECRET_H

/* Zeroed memory; raises 53200 if there is none.  Lives until it is unmapped. */
extern void *nir_secret_map(size_t len);

/* Wipe and give back what nir_secret_map gave for this length; NULL is fine. */
extern void nir_secret_unmap(void *secret, size_t len);

#endif							/* NIR_KEYS_SECRET_H */
