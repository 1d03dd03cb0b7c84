/*
 * src/keys/keyring_provider.h
 *
 * Where a keyring's text comes from.  A provider is a file of its own; what
 * it names itself by is a setting.
 */
#ifndef NIR_KEYS_KEYRING_PROVIDER_H
#define NIR_KEYS_KEYRING_PROVIDER_H

#include "keys/keyring_text.h"

/* Differs when the text may have changed. */
typedef struct NirKeyringStamp
{
	uint64		part[6];
} NirKeyringStamp;

typedef struct NirKeyringProvider
{
	const char *name;			/* as nir.keyring_status shows it */
	const char *(*setting) (void);	/* empty if not set */
	/* Fill the stamp; raises where the keyring is not there. */
	void		(*stamp) (const char *setting, NirKeyringStamp *stamp);
	/* Read the text, at most room bytes; returns its length. */
	size_t		(*read) (const char *setting, char *out, size_t room);
} NirKeyringProvider;

extern const NirKeyringProvider nir_keyring_file_provider;
extern const NirKeyringProvider nir_keyring_command_provider;

/*
 * Write a keyring file that is not there yet (NR050 if it is), or in place of
 * the one that is: whole or not at all, and on disk when it returns.
 */
extern void nir_keyring_file_write(const char *path, const char *text, size_t len, bool replace);

#endif							/* NIR_KEYS_KEYRING_PROVIDER_H */
