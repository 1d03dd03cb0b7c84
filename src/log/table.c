/*
 * src/log/table.c
 *
 * What the writer and the verifier of nir.access_log must agree on.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/lsyscache.h"

#include "context/catalog.h"
#include "keys/keyring.h"
#include "log/table.h"

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

void
nir_log_digest_row(NirChainBatch *batch, const Oid *types, const Datum *values, const bool *nulls)
{
	for (int i = 0; i < NIR_LOG_NCOLUMNS; i++)
	{
		Oid			function;
		bool		is_varlena;
		bytea	   *sent;

		if (nulls[i])
		{
			nir_log_chain_require(nir_chain_add_null(batch));
			continue;
		}
		getTypeBinaryOutputInfo(types[i], &function, &is_varlena);
		sent = OidSendFunctionCall(function, values[i]);
		nir_log_chain_require(nir_chain_add_field(batch, VARDATA(sent), VARSIZE(sent) - VARHDRSZ));
		pfree(sent);
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
