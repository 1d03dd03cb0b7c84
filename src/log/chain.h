/*
 * src/log/chain.h
 *
 * A chain of batches of rows.  A batch has a digest of its rows, in their
 * order; a link binds the digest to the batch's number and to the link before
 * it under a key, so that without the key no row can be changed, removed,
 * added or moved without breaking the chain from there on.  What it cannot
 * tell is that the newest batches were cut off: whoever asks must know the
 * last number from somewhere else.
 *
 *   digest = SHA-256(rows), a row = fields, each a byte 1, its length in eight
 *            bytes and its bytes, or for NULL a byte 0; then a byte 2
 *   link   = HMAC-SHA-256(key, "nir chain 1" 0 name 0 number previous digest)
 *
 * Numbers and lengths are big-endian; the first link follows 32 zero bytes.
 *
 * Knows no server.  Functions return false if OpenSSL refuses, and then what
 * they were to fill is not to be used.
 */
#ifndef NIR_LOG_CHAIN_H
#define NIR_LOG_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NIR_CHAIN_BYTES	32		/* of a digest, a link and a key */

typedef struct NirChainBatch NirChainBatch;

/* A batch without rows, or NULL; to be freed with nir_chain_free. */
extern NirChainBatch *nir_chain_begin(void);

extern bool nir_chain_add_field(NirChainBatch *batch, const void *bytes, size_t length);
extern bool nir_chain_add_null(NirChainBatch *batch);
extern bool nir_chain_end_row(NirChainBatch *batch);

/* The digest of the rows so far; nothing can be added afterwards. */
extern bool nir_chain_digest(NirChainBatch *batch, uint8_t digest[NIR_CHAIN_BYTES]);

/* Accepts NULL. */
extern void nir_chain_free(NirChainBatch *batch);

/* name: which chain, so that batches of one cannot stand in another. */
extern bool nir_chain_link(const uint8_t key[NIR_CHAIN_BYTES], const char *name, uint64_t number,
						   const uint8_t previous[NIR_CHAIN_BYTES],
						   const uint8_t digest[NIR_CHAIN_BYTES],
						   uint8_t link[NIR_CHAIN_BYTES]);

/* True if both are the same; takes as long where they differ early as late. */
extern bool nir_chain_equal(const uint8_t a[NIR_CHAIN_BYTES], const uint8_t b[NIR_CHAIN_BYTES]);

#endif							/* NIR_LOG_CHAIN_H */
