/*
 * src/log/table.c
 *
 * What the writer and the verifier of nir.access_log must agree on.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"

#include "context/catalog.h"
#include "keys/keyring.h"
#include "log/spool.h"
#include "log/table.h"

bool
nir_log_read_end(NirLogEnd *end)
{
	uint8		note[NIR_SPOOL_NOTE_MAX];

	if (nir_spool_read_note(MyDatabaseId, note) != sizeof(NirLogEnd))
		return false;
	memcpy(end, note, sizeof(NirLogEnd));
	return true;
}

void
nir_log_chain_require(bool done)
{
	nir_crypto_require(done ? NIR_CRYPTO_OK : NIR_CRYPTO_BROKEN);
}

static void
free_batch(void *arg)
{
	nir_chain_free(arg);
}

NirChainBatch *
nir_log_chain_begin(void)
{
	MemoryContextCallback *callback = palloc0(sizeof(MemoryContextCallback));
	NirChainBatch *batch = nir_chain_begin();

	nir_log_chain_require(batch != NULL);
	callback->func = free_batch;
	callback->arg = batch;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
	return batch;
}

static bytea *
bytes_of(Oid type, Datum value)
{
	Oid			function;
	bool		is_varlena;

	if (type == TEXTOID || type == BYTEAOID)
		return DatumGetByteaPP(value);
	getTypeBinaryOutputInfo(type, &function, &is_varlena);
	return OidSendFunctionCall(function, value);
}

void
nir_log_digest_row(NirChainBatch *batch, const Oid *types, const Datum *values, const bool *nulls)
{
	for (int i = 0; i < NIR_LOG_NCOLUMNS; i++)
	{
		bytea	   *bytes;

		if (nulls[i])
		{
			nir_log_chain_require(nir_chain_add_null(batch));
			continue;
		}
		bytes = bytes_of(types[i], values[i]);
		nir_log_chain_require(nir_chain_add_field(batch, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes)));
		if (PointerGetDatum(bytes) != values[i])
			pfree(bytes);
	}
	nir_log_chain_require(nir_chain_end_row(batch));
}

const Oid *
nir_log_column_types(void)
{
	static Oid	types[NIR_LOG_NCOLUMNS] = {
		INT8OID, TIMESTAMPTZOID, TEXTOID, TEXTOID, INT8OID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, InvalidOid,
		InvalidOid, TEXTOID, TEXTOID, TEXTOID, INT8OID, INT8ARRAYOID, INT8OID, BYTEAOID, TEXTOID
	};

	types[9] = nir_catalog_unit_type();
	types[10] = nir_catalog_purposes_type();
	return types;
}
