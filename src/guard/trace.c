/*
 * src/guard/trace.c
 *
 * Names what a statement uses.  A statement over very many columns is told by
 * relation alone from some length on.
 */
#include "postgres.h"

#include "access/sysattr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "guard/trace.h"
#include "log/log.h"
#include "types/purposes_text.h"

#define SEPARATOR		"; "
#define SEPARATOR_BYTES	2
#define COLUMNS_BYTES	(64 * 1024) /* of the text, before columns are left out */
#define TEXT_BYTES		(192 * 1024)	/* before relations are */

static Bitmapset *
used_columns(const RangeTblEntry *rte)
{
	return bms_union(rte->selectedCols, bms_union(rte->insertedCols, rte->updatedCols));
}

static void
add_columns(StringInfo text, const NirRelation *relation, const Bitmapset *columns)
{
	int			bit = -1;
	const char *before = "(";

	if (bms_is_member(InvalidAttrNumber - FirstLowInvalidHeapAttributeNumber, columns))
	{
		appendStringInfoString(text, "(*)");
		return;
	}
	while ((bit = bms_next_member(columns, bit)) >= 0)
	{
		int			attno = bit + FirstLowInvalidHeapAttributeNumber;

		if (attno <= 0 || attno > relation->natts || !relation->column_tagged[attno - 1])
			continue;
		appendStringInfo(text, "%s%s", before, quote_identifier(get_attname(relation->relid, attno, false)));
		before = ", ";
	}
	if (before[0] == ',')
		appendStringInfoChar(text, ')');
}

static void
add_verbs(StringInfo text, AclMode perms)
{
	static const AclMode modes[NIR_VERBS] = {ACL_SELECT, ACL_INSERT, ACL_UPDATE, ACL_DELETE};

	for (int verb = 0; verb < NIR_VERBS; verb++)
		if ((perms & modes[verb]) != 0)
			appendStringInfo(text, " %s", nir_verb_names[verb]);
}

/* Take off the end what begins at start, if it stands there already. */
static void
drop_repeated(NirTrace *trace, int start)
{
	const char *added = trace->text.data + start;
	ListCell   *cell;

	foreach(cell, trace->starts)
	{
		int			end = lnext(trace->starts, cell) != NULL
			? lfirst_int(lnext(trace->starts, cell)) : start;
		int			length = end - lfirst_int(cell) - SEPARATOR_BYTES;

		if (trace->text.len - start == length &&
			memcmp(trace->text.data + lfirst_int(cell), added, length) == 0)
		{
			trace->text.len = start - SEPARATOR_BYTES;
			trace->text.data[trace->text.len] = '\0';
			return;
		}
	}
	trace->starts = lappend_int(trace->starts, start);
}

void
nir_trace_add(NirTrace *trace, const NirRelation *relation,
			  const RangeTblEntry *rte, NirPurposes purposes)
{
	char		letters[NIR_PURPOSES_TEXTBYTES];
	int			start;

	if (!nir_log_is_kept())
		return;
	if (!trace->begun)
	{
		initStringInfo(&trace->text);
		trace->starts = NIL;
		trace->begun = true;
	}
	if (trace->text.len > TEXT_BYTES)
		return;
	if (trace->text.len > 0)
		appendStringInfoString(&trace->text, SEPARATOR);
	start = trace->text.len;
	appendStringInfoString(&trace->text, quote_qualified_identifier(relation->schema, relation->name));
	if (trace->text.len < COLUMNS_BYTES)
		add_columns(&trace->text, relation, used_columns(rte));
	add_verbs(&trace->text, rte->requiredPerms);
	if (purposes != 0)
	{
		nir_purposes_print(purposes, true, letters);
		appendStringInfo(&trace->text, " %s", letters);
	}
	drop_repeated(trace, start);
	if (trace->text.len > TEXT_BYTES)
		appendStringInfoString(&trace->text, "; ...");
}

uint64
nir_trace_write(NirTrace *trace)
{
	return trace->begun ? nir_log_intent(trace->text.data, trace->privileged) : 0;
}
