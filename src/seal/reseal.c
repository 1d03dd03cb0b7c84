/*
 * src/seal/reseal.c
 *
 * The last trigger before a row is written: what the session sealed for
 * itself is sealed for the row's person, and what was sealed before must be
 * this person's and this column's, and whole.  nir.sealed_for, the CHECK
 * beside it, looks at the head alone and so needs no key: a dump is loaded
 * without a keyring.  Both are the table's, and its owner can take them away;
 * nir.conforms is asked by every statement that the planner sees.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/datum.h"
#include "utils/rel.h"

#include "context/catalog.h"
#include "errors.h"
#include "seal/sealed.h"
#include "types/wall.h"

/* The row on its way, and the one it replaces. */
typedef struct Rows
{
	TupleDesc	desc;
	HeapTuple	new;
	HeapTuple	old;			/* NULL for INSERT */
	int			subject_attnum;
} Rows;

static int64
subject_in(const Rows *rows, HeapTuple tuple)
{
	bool		isnull;
	Datum		subject = heap_getattr(tuple, rows->subject_attnum, rows->desc, &isnull);

	if (isnull)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_SEALED),
				 errmsg("a row with sealed values names no person"),
				 errdetail("Column \"%s\" is null.",
						   NameStr(TupleDescAttr(rows->desc, rows->subject_attnum - 1)->attname))));
	switch (TupleDescAttr(rows->desc, rows->subject_attnum - 1)->atttypid)
	{
		case INT2OID:
			return DatumGetInt16(subject);
		case INT4OID:
			return DatumGetInt32(subject);
		case INT8OID:
			return DatumGetInt64(subject);
		default:
			elog(ERROR, "the subject column of a sealed table must be an integer");
	}
}

static void
require_subject(const NirEnvelope *head, int64 subject)
{
	if (head->subject != subject)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_SEAL_FOREIGN),
				 errmsg("a value sealed for another person cannot be stored in this row"),
				 errhint("Give the text anew.")));
}

/* A value was sealed before it came here: it must belong here, and be whole. */
static void
require_ours(const NirSealed *value, int64 subject)
{
	int			len;
	char	   *text;

	require_subject(&value->head, subject);
	text = nir_sealed_text(value, &len);
	nir_wipe(text, len);
	pfree(text);
}

static Datum
seal_for(const NirSealed *value, int64 subject, int32 typmod)
{
	NirPurposes purposes;
	uint8		category;
	int			len;
	char	   *text;
	Datum		result;

	if (!nir_sealed_modifier(typmod, &category, &purposes))
		elog(ERROR, "a sealed column has no modifier");
	(void) nir_wall_bind(NIR_PURPOSES_PLAIN, typmod);
	text = nir_sealed_text(value, &len);
	result = nir_sealed_for_person(subject, category, purposes, text, len);
	nir_wipe(text, len);
	pfree(text);
	return result;
}

/* The value as it may be stored. */
static Datum
reseal(Datum datum, int64 subject, int32 typmod)
{
	NirSealed	value;
	Datum		result = datum;

	nir_sealed_read(datum, &value);
	if (value.head.kind == NIR_SEAL_SESSION)
		result = seal_for(&value, subject, typmod);
	else
	{
		require_ours(&value, subject);
		result = nir_sealed_bind(datum, typmod);
	}
	nir_sealed_close(&value);
	return result;
}

static bool
is_unchanged(const Rows *rows, int attnum, Datum value)
{
	bool		isnull;
	Datum		old;

	if (rows->old == NULL)
		return false;
	old = heap_getattr(rows->old, attnum, rows->desc, &isnull);
	return !isnull && datumIsEqual(value, old, false, -1);
}

static HeapTuple
reseal_row(Rows *rows)
{
	HeapTuple	result = rows->new;

	for (int attnum = 1; attnum <= rows->desc->natts; attnum++)
	{
		Form_pg_attribute attribute = TupleDescAttr(rows->desc, attnum - 1);
		bool		isnull;
		Datum		value;
		Datum		sealed;

		if (attribute->attisdropped || !nir_catalog_is_sealed_type(attribute->atttypid))
			continue;
		value = heap_getattr(rows->new, attnum, rows->desc, &isnull);
		if (isnull)
			continue;
		/* another person's row never gets it, be it unchanged */
		if (is_unchanged(rows, attnum, value) &&
			subject_in(rows, rows->new) == subject_in(rows, rows->old))
			continue;
		sealed = reseal(value, subject_in(rows, rows->new), attribute->atttypmod);
		if (sealed != value)
			result = heap_modify_tuple_by_cols(result, rows->desc, 1, &attnum, &sealed, &isnull);
	}
	return result;
}

PG_FUNCTION_INFO_V1(nir_reseal);

/* SQL: nir.reseal(), a trigger whose argument is the subject column */
Datum
nir_reseal(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Rows		rows;

	nir_wall_require_loaded();
	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigger->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(trigger->tg_event) || TRIGGER_FIRED_BY_DELETE(trigger->tg_event) ||
		trigger->tg_trigger->tgnargs != 1)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("nir.reseal is a BEFORE INSERT OR UPDATE trigger for each row, with the subject column")));
	rows.desc = RelationGetDescr(trigger->tg_relation);
	rows.old = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_trigtuple : NULL;
	rows.new = rows.old != NULL ? trigger->tg_newtuple : trigger->tg_trigtuple;
	rows.subject_attnum = SPI_fnumber(rows.desc, trigger->tg_trigger->tgargs[0]);
	if (rows.subject_attnum <= 0)
		elog(ERROR, "table \"%s\" has lost its subject column", RelationGetRelationName(trigger->tg_relation));
	return PointerGetDatum(reseal_row(&rows));
}

PG_FUNCTION_INFO_V1(nir_sealed_conforms);

/* SQL: nir.conforms(nir.sealed, modifier integer, subject bigint), never false */
Datum
nir_sealed_conforms(PG_FUNCTION_ARGS)
{
	NirSealed	value;

	if (PG_ARGISNULL(0))
		PG_RETURN_BOOL(true);
	nir_sealed_require_conforming(PG_GETARG_DATUM(0), PG_ARGISNULL(1) ? -1 : PG_GETARG_INT32(1));
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_SEALED),
				 errmsg("a row with sealed values names no person")));
	nir_sealed_read(PG_GETARG_DATUM(0), &value);
	require_subject(&value.head, PG_GETARG_INT64(2));
	nir_sealed_close(&value);
	PG_RETURN_BOOL(true);
}

PG_FUNCTION_INFO_V1(nir_sealed_for);

/* SQL: nir.sealed_for(nir.sealed, bigint) */
Datum
nir_sealed_for(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	NirEnvelope head;

	PG_RETURN_BOOL(nir_envelope_read((uint8_t *) VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), &head) &&
				   head.kind == NIR_SEAL_PERSON && head.subject == PG_GETARG_INT64(1) &&
				   head.purposes != NIR_PURPOSES_PLAIN);
}
