/*
 * src/log/fill.h
 *
 * What every record of the access log says, for the files of this room.
 */
#ifndef NIR_LOG_FILL_H
#define NIR_LOG_FILL_H

#include "context/context.h"
#include "log/record.h"

/* Kind, time and session; the rest is zero. */
extern void nir_log_fill_in(NirLogRecord *record, NirLogKind kind);

/*
 * The roles that nir_log_learn_who found, and who is acted for (NULL: nobody).
 * The record points into both.
 */
extern void nir_log_describe(NirLogRecord *record, const NirContext *context);

#endif							/* NIR_LOG_FILL_H */
