/*
 * src/keys/secret.c
 *
 * Locking and leaving out of core dumps are best effort: a limit on locked
 * memory (RLIMIT_MEMLOCK) must not keep the server from its keys.
 */
#include "postgres.h"

#include <sys/mman.h>

#include "keys/aead.h"
#include "keys/secret.h"

void *
nir_secret_map(size_t len)
{
	void	   *secret = mmap(NULL, len, PROT_READ | PROT_WRITE,
							  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (secret == MAP_FAILED)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory for keys")));
	(void) mlock(secret, len);
#ifdef MADV_DONTDUMP
	(void) madvise(secret, len, MADV_DONTDUMP);
#endif
	return secret;
}

void
nir_secret_unmap(void *secret, size_t len)
{
	if (secret == NULL)
		return;
	nir_wipe(secret, len);
	(void) munmap(secret, len);
}
