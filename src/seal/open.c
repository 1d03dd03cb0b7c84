/*
 * src/seal/open.c
 *
 * Opening needs a body bound to the outer user, one purpose that the value
 * serves, a case and a record.  Nobody is exempt: a superuser who is not
 * bound opens nothing.  A value kept from before the person was narrowed is
 * closed as its row is.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "context/context.h"
#include "context/narrowing.h"
#include "context/reference.h"
#include "context/exempt.h"
#include "errors.h"
#include "log/log.h"
#include "seal/category.h"
#include "seal/sealed.h"
#include "seal/subject_key.h"
#include "types/purposes_text.h"
#include "types/wall.h"

static void
require_sealed(const NirEnvelope *head)
{
	if (head->kind != NIR_SEAL_PERSON || head->purposes == NIR_PURPOSES_PLAIN)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NOT_SEALED),
				 errmsg("only a stored sealed value can be opened")));
}

static void
require_purpose(const NirContext *context, const NirEnvelope *head)
{
	char		declared[NIR_PURPOSES_TEXTBYTES];
	char		serves[NIR_PURPOSES_TEXTBYTES];

	nir_purposes_print(context->purposes, true, declared);
	nir_purposes_print(head->purposes, true, serves);
	if ((context->purposes & (context->purposes - 1)) != 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_PLAIN_UNBOUND),
				 errmsg("opening a sealed value needs exactly one declared purpose"),
				 errdetail("Declared are %s.", declared),
				 errhint("Narrow the context with nir.begin_processing to one of them.")));
	if ((context->purposes & head->purposes) == 0)
		ereport(ERROR,
				(errcode(NIR_ERRCODE_VALUE_PURPOSE),
				 errmsg("a sealed value may not be opened for the declared purpose %s", declared),
				 errdetail("It may be opened for %s.", serves)));
}

static void
require_case(const NirContext *context)
{
	if (!nir_reference_says(context->case_ref))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_CASE_REF_REQUIRED),
				 errmsg("opening a sealed value needs a case reference"),
				 errhint("Give it as case_ref: nir.begin_processing(purpose, unit, actor, case_ref).")));
}

/* Tells no more than a row that is not there. */
static void
require_open_subject(int64 subject)
{
	if (!nir_narrowing_lets_open(subject))
		ereport(ERROR,
				(errcode(NIR_ERRCODE_VALUE_PURPOSE),
				 errmsg("the sealed value cannot be opened now"),
				 errhint("Read its row again: what is not there cannot be opened.")));
}

static void
require_log(void)
{
	if (!nir_log_is_kept())
		ereport(ERROR,
				(errcode(NIR_ERRCODE_NO_LOG),
				 errmsg("sealed values cannot be opened where nothing records it"),
				 errhint("Opening needs the access log, and that needs nir in shared_preload_libraries.")));
}

PG_FUNCTION_INFO_V1(nir_open);

/* SQL: nir.open(nir.sealed) */
Datum
nir_open(PG_FUNCTION_ARGS)
{
	const NirContext *context;
	NirSealed	value;
	NirPurposes purpose;
	char	   *opened;
	char	   *shown;
	text	   *result;
	int			len;

	nir_wall_require_loaded();
	context = nir_context_require();
	nir_sealed_read(PG_GETARG_DATUM(0), &value);
	require_sealed(&value.head);
	require_purpose(context, &value.head);
	require_case(context);
	require_log();
	require_open_subject(value.head.subject);
	purpose = context->purposes;
	/* a key that is gone is not recorded as opened */
	(void) nir_subject_key_to_open(value.head.subject, value.head.key_version);
	nir_log_opened(value.head.subject, nir_category_name(value.head.category), purpose);
	opened = nir_sealed_text(&value, &len);
	shown = pg_any_to_server(opened, len, PG_UTF8);
	result = cstring_to_text_with_len(shown, shown == opened ? (size_t) len : strlen(shown));
	if (shown != opened)
		nir_wipe(shown, strlen(shown));
	nir_wipe(opened, len);
	pfree(opened);
	nir_sealed_close(&value);
	PG_RETURN_TEXT_P(result);
}

PG_FUNCTION_INFO_V1(nir_seal);

/* SQL: nir.seal(text, subject bigint, category text) */
Datum
nir_seal(PG_FUNCTION_ARGS)
{
	text	   *given = PG_GETARG_TEXT_PP(0);
	uint8		category = nir_category_number(text_to_cstring(PG_GETARG_TEXT_PP(2)));
	char	   *text = VARDATA_ANY(given);
	char	   *utf8;
	Datum		result;

	nir_wall_require_loaded();
	if (!nir_session_is_exempt())
		(void) nir_context_require();
	if (category == NIR_CATEGORY_NONE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no such special category"),
				 errhint("There are health, ethnicity, religion, offence, sexuality, biometric, address and other.")));
	utf8 = pg_server_to_any(text, VARSIZE_ANY_EXHDR(given), PG_UTF8);
	result = nir_sealed_for_person(PG_GETARG_INT64(1), category, NIR_PURPOSES_PLAIN, utf8,
								   utf8 == text ? (int) VARSIZE_ANY_EXHDR(given) : (int) strlen(utf8));
	if (utf8 != text)
		nir_wipe(utf8, strlen(utf8));
	PG_RETURN_DATUM(result);
}
