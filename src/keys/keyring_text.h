/*
 * src/keys/keyring_text.h
 *
 * The keyring from and to text; pure, knows no server.
 *
 *     nir keyring 1
 *     cluster 7412345678901234567
 *     log <64 hex digits>
 *     kek 1 destroyed 2027-01-31
 *     kek 2 2026-11-22 <64 hex digits>
 *     kek 3 2027-02-01 <64 hex digits>
 *     current 2
 *     sha256 <64 hex digits>
 *
 * Every line ends with a line feed, and the last one holds the SHA-256 of all
 * bytes before it, so that damage is told from a key that is not there.
 * Generations count from 1, none left out.
 */
#ifndef NIR_KEYS_KEYRING_TEXT_H
#define NIR_KEYS_KEYRING_TEXT_H

#include "keys/aead.h"

#define NIR_KEYRING_KEKS	128	/* generations a keyring can have had */
#define NIR_KEYRING_TEXTBYTES	16384	/* longest text, with a closing zero */
#define NIR_DATE_BYTES		11	/* 2026-11-22 and the closing zero */

/* A key-encryption key. */
typedef struct NirKek
{
	bool		destroyed;		/* key is then empty */
	char		on_date[NIR_DATE_BYTES];	/* day it was made, or destroyed */
	NirKey		key;
} NirKek;

typedef struct NirKeyring
{
	uint64_t	cluster;		/* system identifier where it was made */
	uint8_t		log_secret[NIR_KEY_BYTES];	/* never changes */
	int			keks;			/* generation n is kek[n - 1] */
	int			current;		/* generation that new keys are wrapped by */
	NirKek		kek[NIR_KEYRING_KEKS];
} NirKeyring;

/* True if the text is a whole keyring; otherwise *keyring is wiped. */
extern bool nir_keyring_parse(const char *text, size_t len, NirKeyring *keyring);

/* Writes the text with a closing zero; returns its length, 0 if it failed. */
extern size_t nir_keyring_print(const NirKeyring *keyring, char out[NIR_KEYRING_TEXTBYTES]);

#endif							/* NIR_KEYS_KEYRING_TEXT_H */
