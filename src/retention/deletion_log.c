/*
 * src/retention/deletion_log.c
 *
 * The keyed digests of deletion: links of the chain of nir.deletion_log, and
 * digests by which one subject or one payload is known again without either
 * being kept.  All are links of log/chain.h under names of their own, with the
 * log secret of the keyring.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "errors.h"
#include "keys/keyring.h"
#include "log/chain.h"
#include "retention/window.h"
#include "types/wall.h"

static void
refused(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_DELETION_UNPROVEN),
			 errmsg("OpenSSL refused to make a digest"),
			 errdetail("What cannot be proved is not deleted.")));
}

/* Who became nir_retention makes no links; who is a superuser could read the key. */
static void
require_right(void)
{
	nir_wall_require_loaded();
	if (!superuser())
		nir_window_require_open();
}

/* Digest of one row with these fields. */
static void
digest_fields(ArrayType *fields, uint8 digest[NIR_CHAIN_BYTES])
{
	NirChainBatch *batch = nir_chain_begin();
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	bool		done = batch != NULL;

	deconstruct_array(fields, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
	for (int i = 0; i < count && done; i++)
	{
		text	   *field = nulls[i] ? NULL : DatumGetTextPP(elements[i]);

		done = field == NULL ? nir_chain_add_null(batch)
			: nir_chain_add_field(batch, VARDATA_ANY(field), VARSIZE_ANY_EXHDR(field));
	}
	done = done && nir_chain_end_row(batch) && nir_chain_digest(batch, digest);
	nir_chain_free(batch);
	if (!done)
		refused();
}

PG_FUNCTION_INFO_V1(nir_deletion_link);

/* SQL: nir.deletion_link(chain text, number bigint, previous bytea, fields text[]) */
Datum
nir_deletion_link(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	bytea	   *previous = PG_GETARG_BYTEA_PP(2);
	bytea	   *result = palloc(VARHDRSZ + NIR_CHAIN_BYTES);
	uint8		key[32];
	uint8		digest[NIR_CHAIN_BYTES];
	bool		done;

	require_right();
	if (VARSIZE_ANY_EXHDR(previous) != NIR_CHAIN_BYTES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a link has %d bytes", NIR_CHAIN_BYTES)));
	digest_fields(PG_GETARG_ARRAYTYPE_P(3), digest);
	nir_keyring_mac_key("deletion log", key);
	done = nir_chain_link(key, name, PG_GETARG_INT64(1), (uint8 *) VARDATA_ANY(previous), digest,
						  (uint8 *) VARDATA(result));
	explicit_bzero(key, sizeof(key));
	if (!done)
		refused();
	SET_VARSIZE(result, VARHDRSZ + NIR_CHAIN_BYTES);
	PG_RETURN_BYTEA_P(result);
}

/* Bytes of a digest that tells one subject from another. */
#define SUBJECT_BYTES	16

static int
compare_digests(const void *a, const void *b)
{
	return memcmp(VARDATA(DatumGetPointer(*(const Datum *) a)),
				  VARDATA(DatumGetPointer(*(const Datum *) b)), SUBJECT_BYTES);
}

PG_FUNCTION_INFO_V1(nir_subject_digests);

/* SQL: nir.subject_digests(register text, subjects bigint[]) */
Datum
nir_subject_digests(PG_FUNCTION_ARGS)
{
	static const uint8 nothing_before[NIR_CHAIN_BYTES] = {0};
	Datum		name = PG_GETARG_DATUM(0);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	uint8		key[32];
	uint8		of_register[NIR_CHAIN_BYTES];
	uint8		link[NIR_CHAIN_BYTES];
	bool		done = true;

	require_right();
	digest_fields(construct_array(&name, 1, TEXTOID, -1, false, TYPALIGN_INT), of_register);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), INT8OID, sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &elements, &nulls, &count);
	nir_keyring_mac_key("deleted subject", key);
	for (int i = 0; i < count && done; i++)
	{
		bytea	   *digest = palloc(VARHDRSZ + SUBJECT_BYTES);

		SET_VARSIZE(digest, VARHDRSZ + SUBJECT_BYTES);
		done = nir_chain_link(key, "deleted subject", nulls[i] ? 0 : DatumGetInt64(elements[i]),
							  nothing_before, of_register, link);
		memcpy(VARDATA(digest), link, SUBJECT_BYTES);
		elements[i] = PointerGetDatum(digest);
	}
	explicit_bzero(key, sizeof(key));
	if (!done)
		refused();
	qsort(elements, count, sizeof(Datum), compare_digests);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, count, BYTEAOID, -1, false, TYPALIGN_INT));
}
