/*
 * test/hunt/types_drive.c
 *
 * Where inputs come from, and what the harnesses share: bytes to take, memory
 * with a fence behind it, calls whose errors are outcomes.
 *
 * As SQL:
 *
 *   types_try(harness, input)             one input
 *   types_noise(harness, corpus, seed, n) n inputs, made of the corpus by
 *                                         seeded changes
 *   types_fuzz(harness, options)          libFuzzer, where the server was
 *                                         linked with it; does not return
 *
 * A property that does not hold is an error, under libFuzzer the end.
 */
#include "postgres.h"

#include <sys/mman.h>
#include <unistd.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "compat.h"
#include "types_fuzz.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(types_try);
PG_FUNCTION_INFO_V1(types_noise);
PG_FUNCTION_INFO_V1(types_fuzz);

/* of libFuzzer, and of AddressSanitizer */
extern int	LLVMFuzzerRunDriver(int *argc, char ***argv,
								int (*one) (const uint8_t *data, size_t size)) __attribute__((weak));
extern void __asan_poison_memory_region(void const volatile *start, size_t size) __attribute__((weak));
extern void __asan_unpoison_memory_region(void const volatile *start, size_t size) __attribute__((weak));

typedef struct Harness
{
	const char *name;
	void		(*run) (Bytes input);
} Harness;

static const Harness harnesses[] = {
	{"given", try_given},
	{"datums", try_datums},
	{"texts", try_texts},
};

static const Harness *chosen;
static MemoryContext scratch;
static bool under_fuzzer = false;

/* ---- bytes ---- */

Bytes
take(Bytes *input, Size len)
{
	Bytes		taken = {input->data, Min(len, input->len)};

	input->data += taken.len;
	input->len -= taken.len;
	return taken;
}

uint8
take_byte(Bytes *input)
{
	Bytes		taken = take(input, 1);

	return taken.len == 0 ? 0 : *taken.data;
}

Bytes
take_part(Bytes *input)
{
	return take(input, take_byte(input));
}

/* ---- memory ---- */

/*
 * Every slot is followed by a page that nobody may touch; AddressSanitizer,
 * where there is one, also guards what lies before the block, and the bytes
 * that alignment leaves behind it.
 */
char *
fenced(int slot, Size len, Size alignment)
{
	static char *slots[SLOTS];
	Size		page = sysconf(_SC_PAGESIZE);
	char	   *start;

	Assert(slot < SLOTS && len <= SLOT_BYTES);
	if (slots[slot] == NULL)
	{
		slots[slot] = mmap(NULL, SLOT_BYTES + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (slots[slot] == MAP_FAILED || mprotect(slots[slot] + SLOT_BYTES, page, PROT_NONE) != 0)
			elog(ERROR, "could not build a fence: %m");
	}
	start = (char *) TYPEALIGN_DOWN(alignment, slots[slot] + SLOT_BYTES - len);
	if (__asan_poison_memory_region != NULL)
	{
		__asan_poison_memory_region(slots[slot], SLOT_BYTES);
		__asan_unpoison_memory_region(start, len);
	}
	return start;
}

/* ---- calls ---- */

static void
keep_error(Outcome *outcome)
{
	ErrorData  *error = CopyErrorData();

	FlushErrorState();
	outcome->raised = true;
	outcome->sqlerrcode = error->sqlerrcode;
	snprintf(outcome->message, sizeof(outcome->message), "%s|%s|%s", error->message,
			 error->detail ? error->detail : "", error->hint ? error->hint : "");
	FreeErrorData(error);
}

Outcome
call(FmgrInfo *function, Oid collation, int count, Datum a, Datum b, Datum c)
{
	LOCAL_FCINFO(fcinfo, 3);
	volatile Outcome kept = {0};
	Outcome		outcome = {0};
	MemoryContext caller = CurrentMemoryContext;
	Datum		arguments[3] = {a, b, c};

	InitFunctionCallInfoData(*fcinfo, function, count, collation, NULL, NULL);
	for (int i = 0; i < count; i++)
	{
		fcinfo->args[i].value = arguments[i];
		fcinfo->args[i].isnull = false;
	}
	PG_TRY();
	{
		kept.result = FunctionCallInvoke(fcinfo);
		kept.isnull = fcinfo->isnull;
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(caller);
		keep_error(&outcome);
		kept.raised = true;
	}
	PG_END_TRY();
	if (!kept.raised)
	{
		outcome.result = kept.result;
		outcome.isnull = kept.isnull;
	}
	return outcome;
}

/* ---- one input ---- */

static Bytes now_tried;

static char *
hexadecimal(Bytes bytes)
{
	char	   *text = palloc(2 * bytes.len + 1);

	text[hex_encode((const char *) bytes.data, bytes.len, text)] = '\0';
	return text;
}

void
broken(const char *what, const char *type)
{
	if (under_fuzzer)
	{
		fprintf(stderr, "BROKEN: %s: %s\n", type, what);
		abort();
	}
	ereport(ERROR,
			(errcode(ERRCODE_ASSERT_FAILURE),
			 errmsg("%s: %s", type, what),
			 errdetail("Harness %s, input \\x%s", chosen->name, hexadecimal(now_tried))));
}

static int
try_one(const uint8_t *data, size_t size)
{
	MemoryContext caller = MemoryContextSwitchTo(scratch);

	now_tried = (Bytes) {data, Min(size, SLOT_BYTES / 2)};
	PG_TRY();
	{
		chosen->run(now_tried);
	}
	PG_CATCH();
	{
		/* nothing but the harness itself may raise: libFuzzer cannot be left that way */
		if (under_fuzzer)
		{
			fprintf(stderr, "BROKEN: %s\n", CopyErrorData()->message);
			abort();
		}
		PG_RE_THROW();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(caller);
	MemoryContextReset(scratch);
	return 0;
}

static void
choose(text *name)
{
	int			count;

	chosen = NULL;
	for (int i = 0; i < lengthof(harnesses); i++)
	{
		if (strcmp(harnesses[i].name, text_to_cstring(name)) == 0)
			chosen = &harnesses[i];
	}
	if (chosen == NULL)
		elog(ERROR, "there is no such harness");
	if (scratch == NULL)
		scratch = AllocSetContextCreate(TopMemoryContext, "input", ALLOCSET_DEFAULT_SIZES);
	MemoryContextReset(scratch);
	(void) types_under_test(&count);
}

Datum
types_try(PG_FUNCTION_ARGS)
{
	bytea	   *input = PG_GETARG_BYTEA_PP(1);

	choose(PG_GETARG_TEXT_PP(0));
	try_one((const uint8 *) VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input));
	PG_RETURN_VOID();
}

/* ---- noise ---- */

static uint64 state;

/* xorshift64*: the same sequence everywhere */
static uint32
draw(uint32 below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32) ((state * UINT64CONST(0x2545F4914F6CDD1D)) >> 33) % below;
}

static uint8
draw_byte(void)
{
	static const char likely[] = "0123456789abcdefx,-{} :.+eE%_\\";

	return draw(2) == 0 ? draw(256) : (uint8) likely[draw(sizeof(likely) - 1)];
}

/* One change: a byte overwritten, taken out or put in, or the end cut off. */
static Size
change(uint8 *bytes, Size len, Size room)
{
	Size		at = draw(len + 1);

	switch (draw(5))
	{
		case 0:
			if (len < room)
			{
				memmove(bytes + at + 1, bytes + at, len - at);
				bytes[at] = draw_byte();
				len++;
			}
			break;
		case 1:
			if (at < len)
			{
				memmove(bytes + at, bytes + at + 1, len - at - 1);
				len--;
			}
			break;
		case 2:
			len = draw(8) == 0 ? at : len;
			break;
		default:
			if (at < len)
				bytes[at] = draw_byte();
	}
	return len;
}

/* A part of one input behind a part of another, changed a few times. */
static Size
make_input(uint8 *bytes, Size room, Datum *corpus, int count)
{
	bytea	   *front = DatumGetByteaPP(corpus[draw(count)]);
	bytea	   *back = DatumGetByteaPP(corpus[draw(count)]);
	Size		len = Min(VARSIZE_ANY_EXHDR(front), room / 2);

	memcpy(bytes, VARDATA_ANY(front), len);
	if (draw(4) == 0)
	{
		Size		from = draw(VARSIZE_ANY_EXHDR(back) + 1);
		Size		more = Min(VARSIZE_ANY_EXHDR(back) - from, room / 2);

		len = draw(len + 1);
		memcpy(bytes + len, VARDATA_ANY(back) + from, more);
		len += more;
	}
	for (uint32 changes = draw(6); changes > 0; changes--)
		len = change(bytes, len, room);
	return len;
}

Datum
types_noise(PG_FUNCTION_ARGS)
{
	ArrayType  *corpus = PG_GETARG_ARRAYTYPE_P(1);
	int32		inputs = PG_GETARG_INT32(3);
	uint8		bytes[1024];
	Datum	   *elements;
	int			count;

	choose(PG_GETARG_TEXT_PP(0));
	deconstruct_array(corpus, BYTEAOID, -1, false, TYPALIGN_INT, &elements, NULL, &count);
	if (count == 0)
		elog(ERROR, "the corpus is empty");
	state = UINT64CONST(0x6e69722e66757a7a) ^ (uint64) PG_GETARG_INT64(2);
	for (int32 i = 0; i < count; i++)
	{
		bytea	   *input = DatumGetByteaPP(elements[i]);

		try_one((const uint8 *) VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input));
	}
	for (int32 i = 0; i < inputs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		try_one(bytes, make_input(bytes, sizeof(bytes), elements, count));
	}
	PG_RETURN_INT32(count + inputs);
}

/* ---- libFuzzer ---- */

Datum
types_fuzz(PG_FUNCTION_ARGS)
{
	Datum	   *options;
	int			count;
	char	  **argv;
	int			argc;

	if (LLVMFuzzerRunDriver == NULL)
		elog(ERROR, "this server was not linked with libFuzzer");
	choose(PG_GETARG_TEXT_PP(0));
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &options, NULL, &count);
	argc = count + 1;
	argv = palloc0(sizeof(char *) * (argc + 1));
	argv[0] = pstrdup(chosen->name);
	for (int i = 0; i < count; i++)
		argv[i + 1] = TextDatumGetCString(options[i]);
	under_fuzzer = true;
	_exit(LLVMFuzzerRunDriver(&argc, &argv, try_one));
}
