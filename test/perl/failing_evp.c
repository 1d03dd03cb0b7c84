/*
 * test/perl/failing_evp.c
 *
 * Comes before OpenSSL in a server (LD_PRELOAD).  Of the calls that nir makes
 * in a process, the one whose number stands in the file FAILING_EVP fails.
 * While the file says "wait" instead, a call waits, with a file FAILING_EVP.pid for
 * a sign, and then hears what other sessions have done meanwhile.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

static int	calls = 0;

/* Until the file is gone. */
static void
wait_and_hear(const char *path)
{
	char		sign[1024];
	FILE	   *file;
	void		(*hear) (void);

	snprintf(sign, sizeof(sign), "%s.%d", path, (int) getpid());
	file = fopen(sign, "w");
	if (file != NULL)
		fclose(file);
	for (int i = 0; i < 60000 && access(path, F_OK) == 0; i++)
		(void) poll(NULL, 0, 1);
	(void) unlink(sign);
	*(void **) &hear = dlsym(RTLD_DEFAULT, "AcceptInvalidationMessages");
	if (hear != NULL)
		hear();
}

/* True for the call that is to fail; only what nir.so calls counts. */
static int
fails(void *caller)
{
	Dl_info		library;
	const char *path = getenv("FAILING_EVP");
	FILE	   *file;
	int			number = 0;
	int			waits;

	if (path == NULL || dladdr(caller, &library) == 0 || strstr(library.dli_fname, "/nir.so") == NULL)
		return 0;
	calls++;
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	if (fscanf(file, "%d", &number) != 1)
		number = 0;
	rewind(file);
	waits = fgetc(file) == 'w';
	fclose(file);
	if (waits)
		wait_and_hear(path);
	return calls == number;
}

#define CAUGHT(result, name, parameters, arguments, failure) \
	result name parameters \
	{ \
		static result (*next) parameters = NULL; \
		if (next == NULL) \
			*(void **) &next = dlsym(RTLD_NEXT, #name); \
		if (fails(__builtin_return_address(0))) \
			return failure; \
		return next arguments; \
	}

CAUGHT(EVP_CIPHER *, EVP_CIPHER_fetch, (OSSL_LIB_CTX *c, const char *a, const char *p), (c, a, p), NULL)
CAUGHT(EVP_CIPHER_CTX *, EVP_CIPHER_CTX_new, (void), (), NULL)
CAUGHT(int, EVP_CipherInit_ex2, (EVP_CIPHER_CTX *c, const EVP_CIPHER *t, const unsigned char *k,
	const unsigned char *i, int e, const OSSL_PARAM p[]), (c, t, k, i, e, p), 0)
CAUGHT(int, EVP_CipherUpdate, (EVP_CIPHER_CTX *c, unsigned char *o, int *l, const unsigned char *i, int n),
	(c, o, l, i, n), 0)
CAUGHT(int, EVP_CipherFinal_ex, (EVP_CIPHER_CTX *c, unsigned char *o, int *l), (c, o, l), 0)
CAUGHT(int, EVP_CIPHER_CTX_ctrl, (EVP_CIPHER_CTX *c, int t, int a, void *p), (c, t, a, p), 0)
CAUGHT(int, RAND_bytes, (unsigned char *b, int n), (b, n), 0)
CAUGHT(int, RAND_priv_bytes, (unsigned char *b, int n), (b, n), 0)
CAUGHT(unsigned char *, EVP_Q_mac, (OSSL_LIB_CTX *c, const char *n, const char *q, const char *s,
	const OSSL_PARAM *p, const void *k, size_t kl, const unsigned char *d, size_t dl,
	unsigned char *o, size_t os, size_t *ol), (c, n, q, s, p, k, kl, d, dl, o, os, ol), NULL)
CAUGHT(int, EVP_Q_digest, (OSSL_LIB_CTX *c, const char *n, const char *q, const void *d, size_t dl,
	unsigned char *o, size_t *ol), (c, n, q, d, dl, o, ol), 0)
