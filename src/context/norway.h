/*
 * src/context/norway.h
 *
 * Days as the law counts them: in Norway, whatever time zone the session is
 * set to.
 */
#ifndef NIR_CONTEXT_NORWAY_H
#define NIR_CONTEXT_NORWAY_H

#include "pgtime.h"
#include "utils/date.h"
#include "utils/timestamp.h"

extern void nir_norway_time(TimestampTz instant, struct pg_tm *tm);
extern DateADT nir_norway_date(TimestampTz instant);

#endif							/* NIR_CONTEXT_NORWAY_H */
