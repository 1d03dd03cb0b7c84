/*
 * test/unit/test_chain.c
 *
 * Digest and link of a batch against values that another implementation gave
 * (Python's hashlib and hmac), and that no two batches, names, numbers, keys
 * or predecessors lead to the same.
 */
#include <stdio.h>
#include <string.h>

#include "log/chain.h"

#include "tap.h"

static uint8_t key[NIR_CHAIN_BYTES];
static const uint8_t zero[NIR_CHAIN_BYTES];

/* A batch is told as a text: '.' ends a row, '-' is NULL, [...] a field. */
static bool
digest_of(const char *told, uint8_t digest[NIR_CHAIN_BYTES])
{
	NirChainBatch *batch = nir_chain_begin();
	bool		done = batch != NULL;
	const char *end;

	for (; done && *told != '\0'; told++)
	{
		if (*told == '.')
			done = nir_chain_end_row(batch);
		else if (*told == '-')
			done = nir_chain_add_null(batch);
		else
		{
			end = strchr(told, ']');
			done = nir_chain_add_field(batch, told + 1, (size_t) (end - told - 1));
			told = end;
		}
	}
	done = done && nir_chain_digest(batch, digest);
	nir_chain_free(batch);
	return done;
}

static bool
reads(const uint8_t bytes[NIR_CHAIN_BYTES], const char *expected)
{
	char		text[2 * NIR_CHAIN_BYTES + 1];

	for (int i = 0; i < NIR_CHAIN_BYTES; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	return strcmp(text, expected) == 0;
}

static void
test_reference(void)
{
	uint8_t		none[NIR_CHAIN_BYTES];
	uint8_t		rows[NIR_CHAIN_BYTES];
	uint8_t		first[NIR_CHAIN_BYTES];
	uint8_t		second[NIR_CHAIN_BYTES];
	uint8_t		zeros[70] = {0};
	NirChainBatch *batch = nir_chain_begin();

	ok(digest_of("", none), "a batch without rows has a digest");
	ok(reads(none, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), "... that of nothing");
	ok(nir_chain_add_field(batch, "a", 1) && nir_chain_add_null(batch) && nir_chain_add_field(batch, "", 0) &&
	   nir_chain_end_row(batch) && nir_chain_add_field(batch, zeros, sizeof(zeros)) && nir_chain_end_row(batch) &&
	   nir_chain_digest(batch, rows), "two rows have a digest");
	nir_chain_free(batch);
	ok(reads(rows, "1b0842be4f27f5dc3997f39a0604cd5eb986174e724fa07bd00b6e5c114d2d62"), "... as reckoned elsewhere");
	ok(nir_chain_link(key, "deletion log", 1, zero, rows, first), "the first link");
	ok(reads(first, "cbc90577abbcbe273217c5f907b9b2639de7b1c6bb1654829d5eddf06a0369f1"), "... as reckoned elsewhere");
	ok(nir_chain_link(key, "deletion log", 2, first, none, second), "the second link");
	ok(reads(second, "7b933a81446b6e29f5875c3da53d582f13600add7b42b45c680f2dda07ee25c5"), "... as reckoned elsewhere");
}

/* Batches that would be the same bytes if fields and rows were only joined. */
static void
test_rows_do_not_blur(void)
{
	static const char *const told[] = {
		"", ".", "..", "-.", "--.", "-.-.", "[].", "[][].", "[].[].", "[]-.", "-[].", "[a].", "[a][].", "[][a].",
		"[a]", "[ab].", "[a][b].", "[a].[b].", "[b].[a].", "[a].[b]", "[\1].", "[\2].", "[a]..", ".[a].",
	};
	uint8_t		digests[sizeof(told) / sizeof(told[0])][NIR_CHAIN_BYTES];
	int			count = sizeof(told) / sizeof(told[0]);
	int			same = 0;

	for (int i = 0; i < count; i++)
	{
		if (!digest_of(told[i], digests[i]))
			same++;
		for (int j = 0; j < i; j++)
			same += nir_chain_equal(digests[i], digests[j]);
	}
	ok(same == 0, "no two of the batches have the same digest");
}

static void
test_link_depends_on_all(void)
{
	uint8_t		digest[NIR_CHAIN_BYTES] = {1};
	uint8_t		link[NIR_CHAIN_BYTES];
	uint8_t		other[NIR_CHAIN_BYTES];
	uint8_t		changed[NIR_CHAIN_BYTES];
	int			same = 0;

	ok(nir_chain_link(key, "access log", 7, zero, digest, link) &&
	   nir_chain_link(key, "access log", 7, zero, digest, other) && nir_chain_equal(link, other), "a link can be reckoned again");
	for (int bit = 0; bit < 8 * NIR_CHAIN_BYTES; bit++)
	{
		memcpy(changed, key, NIR_CHAIN_BYTES);
		changed[bit / 8] ^= (uint8_t) (1 << bit % 8);
		same += !nir_chain_link(changed, "access log", 7, zero, digest, other) || nir_chain_equal(link, other);
		memcpy(changed, zero, NIR_CHAIN_BYTES);
		changed[bit / 8] ^= (uint8_t) (1 << bit % 8);
		same += !nir_chain_link(key, "access log", 7, changed, digest, other) || nir_chain_equal(link, other);
		memcpy(changed, digest, NIR_CHAIN_BYTES);
		changed[bit / 8] ^= (uint8_t) (1 << bit % 8);
		same += !nir_chain_link(key, "access log", 7, zero, changed, other) || nir_chain_equal(link, other);
	}
	ok(same == 0, "another bit of key, predecessor or digest makes another link");
	for (int bit = 0; bit < 64; bit++)
		same += !nir_chain_link(key, "access log", 7 ^ (UINT64_C(1) << bit), zero, digest, other) || nir_chain_equal(link, other);
	ok(same == 0, "so does another bit of the number");
	ok(nir_chain_link(key, "access logs", 7, zero, digest, other) && !nir_chain_equal(link, other), "so does another name");
	nir_chain_free(NULL);
}

int
main(void)
{
	for (int i = 0; i < NIR_CHAIN_BYTES; i++)
		key[i] = (uint8_t) i;
	test_reference();
	test_rows_do_not_blur();
	test_link_depends_on_all();
	return done_testing();
}
