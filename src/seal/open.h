/*
 * src/seal/open.h
 *
 * nir.open, and who records it.
 */
#ifndef NIR_SEAL_OPEN_H
#define NIR_SEAL_OPEN_H

#include "types/purpose_bits.h"

/*
 * Records that a person's sealed value is about to be shown; the record is
 * durable when this returns, or it raises.  As long as nobody handed one in,
 * nir.open refuses (NR059).
 */
typedef void (*NirOpenRecorder) (int64 subject, const char *category, NirPurposes purpose);

extern PGDLLEXPORT void nir_open_set_recorder(NirOpenRecorder recorder);

#endif							/* NIR_SEAL_OPEN_H */
