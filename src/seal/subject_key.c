/*
 * src/seal/subject_key.c
 *
 * Reading goes straight to the table by its index, with the latest committed
 * state; locking and making keys goes through SPI, as the extension's owner,
 * because the user has no rights to the table.
 *
 * The cache is a table of fixed size by person and version, in memory of its
 * own; a place is taken over by whoever needs it last.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/skey.h"
#include "access/stratnum.h"
#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/rel.h"

#include "context/catalog.h"
#include "errors.h"
#include "keys/keyring.h"
#include "keys/secret.h"
#include "seal/subject_key.h"

#define PLACES	1024

typedef struct CachedKey
{
	int64		subject;
	uint32		version;
	bool		newest;			/* no later version was there */
	bool		locked;			/* by this transaction: stays until it ends */
	bool		made;			/* by this transaction, and not committed */
	NirKey		key;			/* id 0: the place is empty */
} CachedKey;

static CachedKey *cache = NULL;
static Oid	key_table = InvalidOid; /* nir.subject_key, where the cached keys are from */
static uint64 keyring_read = 0;	/* serial of the keyring that unwrapped them */

/* ---- the cache ---- */

static void
empty_cache(void)
{
	for (int i = 0; cache != NULL && i < PLACES; i++)
		if (cache[i].key.id != 0)
			nir_key_wipe(&cache[i].key);
}

/* Relcache callback: somebody changed or destroyed keys, or everything is stale. */
static void
forget(Datum arg, Oid relid)
{
	if (!OidIsValid(relid) || relid == key_table)
		empty_cache();
}

static void
transaction_ended(XactEvent event, void *arg)
{
	bool		aborted = event == XACT_EVENT_ABORT || event == XACT_EVENT_PARALLEL_ABORT;

	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_PREPARE && !aborted)
		return;
	for (int i = 0; cache != NULL && i < PLACES; i++)
	{
		if (cache[i].made && cache[i].key.id != 0 && event != XACT_EVENT_COMMIT)
			nir_key_wipe(&cache[i].key);
		cache[i].locked = cache[i].made = false;
	}
}

static void
subtransaction_ended(SubXactEvent event, SubTransactionId self, SubTransactionId parent, void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	for (int i = 0; cache != NULL && i < PLACES; i++)
	{
		if (cache[i].made && cache[i].key.id != 0)
			nir_key_wipe(&cache[i].key);
		cache[i].locked = false;
	}
}

void
nir_subject_key_init(void)
{
	nir_catalog_tell_of_changes(forget);
	RegisterXactCallback(transaction_ended, NULL);
	RegisterSubXactCallback(subtransaction_ended, NULL);
}

/* The place for a person's key, after hearing of changes; empty if it holds none. */
static CachedKey *
find_place(int64 subject, uint32 version)
{
	uint64		serial;
	uint32		hash;

	AcceptInvalidationMessages();
	serial = nir_keyring_serial();
	if (cache == NULL)
		cache = nir_secret_map(sizeof(CachedKey) * PLACES);
	if (serial != keyring_read)
		empty_cache();
	keyring_read = serial;
	hash = hash_bytes((unsigned char *) &subject, sizeof(subject)) + version;
	return &cache[hash % PLACES];
}

static bool
holds(const CachedKey *place, int64 subject, uint32 version)
{
	return place->key.id != 0 && place->subject == subject && place->version == version;
}

/* ---- wrapped keys ---- */

typedef struct WrappedKey
{
	int64		subject;
	uint32		version;
	int			generation;
	bool		destroyed;
	uint8		check[NIR_CHECK_BYTES];
	uint8		wrapped[NIR_WRAPPED_BYTES];
} WrappedKey;

/* What a wrapped key is bound to. */
typedef struct Binding
{
	char		what[16];
	int64		subject;
	uint64		version;
} Binding;

static Binding
binding_of(int64 subject, uint32 version)
{
	Binding		binding = {.what = "nir subject key"};

	for (int i = 0; i < 8; i++)
	{
		((uint8 *) &binding.subject)[i] = (uint64) subject >> (56 - 8 * i);
		((uint8 *) &binding.version)[i] = (uint64) version >> (56 - 8 * i);
	}
	return binding;
}

static void
refuse_destroyed(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_KEY_DESTROYED),
			 errmsg("the key of this person was destroyed"),
			 errdetail("What was sealed for the person cannot be read any more, and nothing new is sealed.")));
}

static void
refuse_damaged_row(void)
{
	ereport(ERROR,
			(errcode(NIR_ERRCODE_SEAL_BROKEN),
			 errmsg("a person's key is damaged"),
			 errdetail("Its row in nir.subject_key is not what nir writes.")));
}

static void
copy_bytes(Datum datum, uint8 *out, int len)
{
	bytea	   *bytes = DatumGetByteaPP(datum);

	if ((int) VARSIZE_ANY_EXHDR(bytes) != len)
		refuse_damaged_row();
	memcpy(out, VARDATA_ANY(bytes), len);
}

static void
unwrap_into(CachedKey *place, const WrappedKey *wrapped)
{
	Binding		binding = binding_of(wrapped->subject, wrapped->version);
	NirKey		key;

	if (wrapped->destroyed)
		refuse_destroyed();
	nir_keyring_unwrap(wrapped->generation, wrapped->check, (uint8 *) &binding, sizeof(binding),
					   wrapped->wrapped, &key);
	if (place->key.id != 0)
		nir_key_wipe(&place->key);
	key_table = nir_catalog_relation("subject_key");
	place->subject = wrapped->subject;
	place->version = wrapped->version;
	place->newest = place->locked = place->made = false;
	place->key = key;
	nir_wipe(&key, sizeof(key));
}

/* ---- opening ---- */

static bool
read_wrapped(int64 subject, uint32 version, WrappedKey *wrapped)
{
	NirCatalogScan scan;
	ScanKeyData keys[2];
	HeapTuple	tuple;
	bool		isnull;

	ScanKeyInit(&keys[0], 1, BTEqualStrategyNumber, F_INT8EQ, Int64GetDatum(subject));
	ScanKeyInit(&keys[1], 2, BTEqualStrategyNumber, F_INT4EQ, Int32GetDatum((int32) version));
	nir_catalog_scan_begin(&scan, "subject_key", "subject_key_pkey", 2, keys);
	tuple = nir_catalog_scan_next(&scan);
	if (HeapTupleIsValid(tuple))
	{
		Datum		bytes = nir_catalog_scan_get(&scan, tuple, "wrapped", &wrapped->destroyed);

		wrapped->subject = subject;
		wrapped->version = version;
		if (!wrapped->destroyed)
		{
			copy_bytes(bytes, wrapped->wrapped, NIR_WRAPPED_BYTES);
			copy_bytes(nir_catalog_scan_get(&scan, tuple, "check_value", &isnull),
					   wrapped->check, NIR_CHECK_BYTES);
			wrapped->generation = DatumGetInt32(nir_catalog_scan_get(&scan, tuple, "generation", &isnull));
		}
	}
	nir_catalog_scan_end(&scan);
	return HeapTupleIsValid(tuple);
}

const NirKey *
nir_subject_key_to_open(int64 subject, uint32 version)
{
	CachedKey  *place = find_place(subject, version);
	WrappedKey	wrapped;

	if (holds(place, subject, version))
		return &place->key;
	if (!read_wrapped(subject, version, &wrapped))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_BROKEN),
				 errmsg("there is no key for this sealed value"),
				 errdetail("It was sealed in another database, or nir.subject_key lost a row.")));
	unwrap_into(place, &wrapped);
	return &place->key;
}

/* ---- sealing ---- */

static const char lock_newest[] =
	"SELECT version, generation, check_value, wrapped FROM nir.subject_key"
	" WHERE subject = $1 ORDER BY version DESC LIMIT 1 FOR KEY SHARE";
static const char insert_key[] =
	"INSERT INTO nir.subject_key (subject, version, generation, check_value, wrapped)"
	" VALUES ($1, 1, $2, $3, $4) ON CONFLICT DO NOTHING";

static SPIPlanPtr lock_plan = NULL;
static SPIPlanPtr insert_plan = NULL;

static void
run_plan(SPIPlanPtr *plan, const char *text, int nargs, Oid *types, Datum *values, int expected)
{
	if (*plan == NULL)
	{
		*plan = SPI_prepare(text, nargs, types);
		if (*plan == NULL || SPI_keepplan(*plan) != 0)
			elog(ERROR, "could not prepare a query on nir.subject_key");
	}
	if (SPI_execute_plan(*plan, values, NULL, false, 0) != expected)
		elog(ERROR, "query on nir.subject_key failed");
}

/* True if the person has a key, or had one. */
static bool
lock_wrapped(int64 subject, WrappedKey *wrapped)
{
	Oid			types[] = {INT8OID};
	Datum		values[] = {Int64GetDatum(subject)};
	HeapTuple	tuple;
	TupleDesc	desc;
	Datum		bytes;
	bool		isnull;

	run_plan(&lock_plan, lock_newest, 1, types, values, SPI_OK_SELECT);
	if (SPI_processed == 0)
		return false;
	tuple = SPI_tuptable->vals[0];
	desc = SPI_tuptable->tupdesc;
	wrapped->subject = subject;
	wrapped->version = DatumGetInt32(SPI_getbinval(tuple, desc, 1, &isnull));
	bytes = SPI_getbinval(tuple, desc, 4, &wrapped->destroyed);
	if (wrapped->destroyed)
		return true;
	copy_bytes(bytes, wrapped->wrapped, NIR_WRAPPED_BYTES);
	copy_bytes(SPI_getbinval(tuple, desc, 3, &isnull), wrapped->check, NIR_CHECK_BYTES);
	wrapped->generation = DatumGetInt32(SPI_getbinval(tuple, desc, 2, &isnull));
	return true;
}

static Datum
make_bytes(const uint8 *bytes, int len)
{
	bytea	   *result = palloc(VARHDRSZ + len);

	SET_VARSIZE(result, VARHDRSZ + len);
	memcpy(VARDATA(result), bytes, len);
	return PointerGetDatum(result);
}

/* Make a key; another transaction that makes one first wins. */
static void
make_wrapped(int64 subject)
{
	Binding		binding = binding_of(subject, 1);
	Oid			types[] = {INT8OID, INT4OID, BYTEAOID, BYTEAOID};
	Datum		values[4];
	uint8		check[NIR_CHECK_BYTES];
	uint8		wrapped[NIR_WRAPPED_BYTES];
	NirKey		key;
	int			generation = nir_keyring_current(check);

	nir_crypto_require(nir_key_draw(&key));
	PG_TRY();
	{
		nir_keyring_wrap(generation, &key, (uint8 *) &binding, sizeof(binding), wrapped);
	}
	PG_FINALLY();
	{
		nir_key_wipe(&key);
	}
	PG_END_TRY();
	values[0] = Int64GetDatum(subject);
	values[1] = Int32GetDatum(generation);
	values[2] = make_bytes(check, NIR_CHECK_BYTES);
	values[3] = make_bytes(wrapped, NIR_WRAPPED_BYTES);
	run_plan(&insert_plan, insert_key, 4, types, values, SPI_OK_INSERT);
}

/* Lock the newest key of a person, or make one; *made tells which. */
static void
lock_or_make(int64 subject, WrappedKey *wrapped, bool *made)
{
	*made = false;
	if (lock_wrapped(subject, wrapped))
		return;
	make_wrapped(subject);
	*made = true;
	if (!lock_wrapped(subject, wrapped))
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("another transaction has just made the key of this person"),
				 errhint("Run the transaction again.")));
}

/* As the owner of the extension's tables, whoever asks. */
static void
lock_or_make_as_owner(int64 subject, WrappedKey *wrapped, bool *made)
{
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(BOOTSTRAP_SUPERUSERID,
						   context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "could not connect to SPI");
	lock_or_make(subject, wrapped, made);
	SPI_finish();
	SetUserIdAndSecContext(user, context);
}

const NirKey *
nir_subject_key_to_seal(int64 subject, uint32 *version)
{
	/* the newest version is not known before it is locked; 0 stands for it */
	CachedKey  *place = find_place(subject, 0);
	WrappedKey	wrapped;
	bool		made;

	if (place->key.id == 0 || place->subject != subject || !place->newest || !place->locked)
	{
		lock_or_make_as_owner(subject, &wrapped, &made);
		place = find_place(subject, 0);
		unwrap_into(place, &wrapped);
		place->newest = place->locked = true;
		place->made = made;
	}
	*version = place->version;
	return &place->key;
}
