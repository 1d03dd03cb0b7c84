/*
 * src/keys/keyring_text.c
 *
 * The checksum is looked at first: what follows reads only what was written
 * whole, but trusts nothing of it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys/keyring_text.h"

static const char heading[] = "nir keyring 1\n";

#define SUM_BYTES	(7 + 2 * NIR_DIGEST_BYTES + 1)	/* "sha256 ", digits, line feed */

/* ---- reading ---- */

typedef struct Reader
{
	const char *at;
	const char *end;
} Reader;

/* Take this word, and only this. */
static bool
take(Reader *reader, const char *word)
{
	size_t		len = strlen(word);

	if ((size_t) (reader->end - reader->at) < len || memcmp(reader->at, word, len) != 0)
		return false;
	reader->at += len;
	return true;
}

/* A number without sign or leading zero. */
static bool
take_number(Reader *reader, uint64_t *number)
{
	const char *start = reader->at;

	*number = 0;
	while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
	{
		uint64_t	digit = *reader->at++ - '0';

		if (*number > (UINT64_MAX - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return reader->at > start && (*start != '0' || reader->at == start + 1);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
take_bytes(Reader *reader, uint8_t *bytes, size_t len)
{
	if ((size_t) (reader->end - reader->at) < 2 * len)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		int			high = hex_digit(*reader->at++);
		int			low = hex_digit(*reader->at++);

		if (high < 0 || low < 0)
			return false;
		bytes[i] = (uint8_t) (high << 4 | low);
	}
	return true;
}

/* Ten characters in the form of a date; which day it is does not matter here. */
static bool
take_date(Reader *reader, char *date)
{
	if (reader->end - reader->at < NIR_DATE_BYTES - 1)
		return false;
	for (int i = 0; i < NIR_DATE_BYTES - 1; i++)
	{
		char		c = *reader->at++;

		if (i == 4 || i == 7 ? c != '-' : c < '0' || c > '9')
			return false;
		date[i] = c;
	}
	date[NIR_DATE_BYTES - 1] = '\0';
	return true;
}

static bool
take_kek(Reader *reader, NirKeyring *keyring)
{
	NirKek	   *kek = &keyring->kek[keyring->keks];
	uint8_t		bytes[NIR_KEY_BYTES];
	uint64_t	generation;
	bool		taken;

	if (keyring->keks == NIR_KEYRING_KEKS || !take_number(reader, &generation) ||
		generation != (uint64_t) keyring->keks + 1 || !take(reader, " "))
		return false;
	keyring->keks++;
	kek->destroyed = take(reader, "destroyed ");
	if (!take_date(reader, kek->on_date))
		return false;
	if (kek->destroyed)
		return take(reader, "\n");
	taken = take(reader, " ") && take_bytes(reader, bytes, NIR_KEY_BYTES) && take(reader, "\n");
	if (taken)
		nir_key_set(&kek->key, bytes);
	nir_wipe(bytes, sizeof(bytes));
	return taken;
}

static bool
take_keyring(Reader *reader, NirKeyring *keyring)
{
	uint64_t	current;

	if (!take(reader, heading) ||
		!take(reader, "cluster ") || !take_number(reader, &keyring->cluster) || !take(reader, "\n") ||
		!take(reader, "log ") || !take_bytes(reader, keyring->log_secret, NIR_KEY_BYTES) || !take(reader, "\n"))
		return false;
	while (take(reader, "kek "))
		if (!take_kek(reader, keyring))
			return false;
	if (!take(reader, "current ") || !take_number(reader, &current) || !take(reader, "\n") ||
		current < 1 || current > (uint64_t) keyring->keks || keyring->kek[current - 1].destroyed)
		return false;
	keyring->current = (int) current;
	return reader->at == reader->end;
}

/* True if the last line is the checksum of what is before it. */
static bool
is_whole(const char *text, size_t len)
{
	Reader		reader = {text + len - SUM_BYTES, text + len};
	uint8_t		written[NIR_DIGEST_BYTES];
	uint8_t		computed[NIR_DIGEST_BYTES];

	return take(&reader, "sha256 ") && take_bytes(&reader, written, NIR_DIGEST_BYTES) &&
		take(&reader, "\n") &&
		nir_digest(text, len - SUM_BYTES, computed) == NIR_CRYPTO_OK &&
		memcmp(written, computed, NIR_DIGEST_BYTES) == 0;
}

bool
nir_keyring_parse(const char *text, size_t len, NirKeyring *keyring)
{
	Reader		reader = {text, text + len - SUM_BYTES};

	memset(keyring, 0, sizeof(NirKeyring));
	if (len > SUM_BYTES && len < NIR_KEYRING_TEXTBYTES && is_whole(text, len) &&
		take_keyring(&reader, keyring))
		return true;
	nir_wipe(keyring, sizeof(NirKeyring));
	return false;
}

/* ---- writing ---- */

static char *
put_bytes(char *out, const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
	{
		*out++ = "0123456789abcdef"[bytes[i] >> 4];
		*out++ = "0123456789abcdef"[bytes[i] & 15];
	}
	return out;
}

size_t
nir_keyring_print(const NirKeyring *keyring, char out[NIR_KEYRING_TEXTBYTES])
{
	char	   *at = out;
	uint8_t		sum[NIR_DIGEST_BYTES];

	at += sprintf(at, "%scluster %" PRIu64 "\nlog ", heading, keyring->cluster);
	at = put_bytes(at, keyring->log_secret, NIR_KEY_BYTES);
	*at++ = '\n';
	for (int i = 0; i < keyring->keks; i++)
	{
		const NirKek *kek = &keyring->kek[i];

		at += sprintf(at, "kek %d %s%s", i + 1, kek->destroyed ? "destroyed " : "", kek->on_date);
		if (!kek->destroyed)
		{
			*at++ = ' ';
			at = put_bytes(at, kek->key.bytes, NIR_KEY_BYTES);
		}
		*at++ = '\n';
	}
	at += sprintf(at, "current %d\n", keyring->current);
	if (nir_digest(out, at - out, sum) != NIR_CRYPTO_OK)
	{
		nir_wipe(out, at - out);
		return 0;
	}
	at += sprintf(at, "sha256 ");
	at = put_bytes(at, sum, NIR_DIGEST_BYTES);
	*at++ = '\n';
	*at = '\0';
	return at - out;
}
