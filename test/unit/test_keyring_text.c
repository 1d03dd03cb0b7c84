/*
 * test/unit/test_keyring_text.c
 *
 * The keyring as text: what is printed is read back, and nothing else is
 * accepted.  Every text is parsed from a buffer of exactly its length.
 */
#include <stdlib.h>
#include <string.h>

#include "keys/keyring_text.h"

#include "tap.h"

static NirKeyring keyring;
static char text[NIR_KEYRING_TEXTBYTES];
static size_t text_len;

static bool
parse_exact(const char *from, size_t len, NirKeyring *result)
{
	char	   *copy = malloc(len + (len == 0));
	bool		accepted;

	memcpy(copy, from, len);
	accepted = nir_keyring_parse(copy, len, result);
	free(copy);
	return accepted;
}

static bool
is_wiped(const NirKeyring *result)
{
	static const NirKeyring empty;

	return memcmp(result, &empty, sizeof(empty)) == 0;
}

static void
make_keyring(void)
{
	keyring.cluster = UINT64_C(7412345678901234567);
	memset(keyring.log_secret, 0xa5, NIR_KEY_BYTES);
	keyring.keks = 3;
	keyring.current = 2;
	keyring.kek[0].destroyed = true;
	for (int i = 0; i < 3; i++)
		strcpy(keyring.kek[i].on_date, "2026-11-22");
	(void) nir_key_draw(&keyring.kek[1].key);
	(void) nir_key_draw(&keyring.kek[2].key);
	text_len = nir_keyring_print(&keyring, text);
}

static void
test_round_trip(void)
{
	NirKeyring	read;

	ok(text_len > 0 && parse_exact(text, text_len, &read), "a printed keyring is read");
	ok(read.cluster == keyring.cluster && read.keks == 3 && read.current == 2 &&
	   memcmp(read.log_secret, keyring.log_secret, NIR_KEY_BYTES) == 0, "... with its head");
	ok(read.kek[0].destroyed && !read.kek[1].destroyed && !read.kek[2].destroyed &&
	   memcmp(read.kek[1].key.bytes, keyring.kek[1].key.bytes, NIR_KEY_BYTES) == 0 &&
	   memcmp(read.kek[2].key.bytes, keyring.kek[2].key.bytes, NIR_KEY_BYTES) == 0 &&
	   strcmp(read.kek[2].on_date, "2026-11-22") == 0, "... and its keys");
}

static void
test_damage(void)
{
	NirKeyring	read;
	bool		refused = true;

	for (size_t bit = 0; bit < text_len * 8; bit++)
	{
		text[bit / 8] ^= 1 << bit % 8;
		refused = refused && !parse_exact(text, text_len, &read) && is_wiped(&read);
		text[bit / 8] ^= 1 << bit % 8;
	}
	ok(refused, "a flipped bit anywhere is seen");
	for (size_t len = 0; len < text_len; len++)
		refused = refused && !parse_exact(text, len, &read) && is_wiped(&read);
	ok(refused, "a cut at any place is seen");
	text[text_len] = '\n';
	ok(!parse_exact(text, text_len + 1, &read), "nothing may follow");
}

/* Replaces one piece of the text, and makes the checksum right again. */
static bool
accepts_instead(const char *piece, const char *other)
{
	char		changed[NIR_KEYRING_TEXTBYTES];
	char	   *at = strstr(text, piece);
	size_t		before = at - text;
	uint8_t		sum[NIR_DIGEST_BYTES];
	NirKeyring	read;
	size_t		len;

	len = snprintf(changed, sizeof(changed), "%.*s%s%s", (int) before, text, other, at + strlen(piece));
	len = strstr(changed, "sha256 ") - changed;
	(void) nir_digest(changed, len, sum);
	len += sprintf(changed + len, "sha256 ");
	for (size_t i = 0; i < sizeof(sum); i++)
		len += sprintf(changed + len, "%02x", sum[i]);
	changed[len++] = '\n';
	return parse_exact(changed, len, &read);
}

static void
test_whole_but_wrong(void)
{
	text[text_len] = '\0';
	ok(accepts_instead("current 2\n", "current 3\n"), "the announced generation may become the current one");
	ok(!accepts_instead("current 2\n", "current 1\n"), "a destroyed one may not");
	ok(!accepts_instead("current 2\n", "current 4\n"), "nor one that is not there");
	ok(!accepts_instead("current 2\n", "current 0\n"), "nor none");
	ok(!accepts_instead("current 2\n", "current 02\n"), "numbers are written in one way");
	ok(!accepts_instead("current 2\n", ""), "one is current");
	ok(!accepts_instead("kek 2 ", "kek 4 "), "no generation is left out");
	ok(!accepts_instead("kek 2 ", "kek 1 "), "none comes twice");
	ok(!accepts_instead("keyring 1", "keyring 2"), "a later version is not guessed at");
	ok(!accepts_instead("cluster 7412345678901234567", "cluster 74123456789012345678"), "no number overflows");
	ok(!accepts_instead("kek 1 destroyed 2026-11-22", "kek 1 destroyed 2026-11-22 "), "nothing is behind a date");
	ok(!accepts_instead("a5a5a5", "A5A5A5"), "digits are small");
	ok(!accepts_instead("log a5", "log "), "no key is short");
	ok(!accepts_instead("log a5", "log a5a5"), "no key is long");
}

static void
test_full(void)
{
	NirKeyring	read;

	for (; keyring.keks < NIR_KEYRING_KEKS; keyring.keks++)
	{
		strcpy(keyring.kek[keyring.keks].on_date, "2026-11-22");
		(void) nir_key_draw(&keyring.kek[keyring.keks].key);
	}
	text_len = nir_keyring_print(&keyring, text);
	ok(text_len > 0 && text_len < NIR_KEYRING_TEXTBYTES && parse_exact(text, text_len, &read) &&
	   read.keks == NIR_KEYRING_KEKS, "a full keyring fits");
}

int
main(void)
{
	make_keyring();
	test_round_trip();
	test_damage();
	test_whole_but_wrong();
	test_full();
	return done_testing();
}
