/*
 * src/context/norway.h
 *
 * What day it is where the law is in force.  CURRENT_DATE is the date in the
 * session's time zone, which everybody sets, by up to a week.
 */
#ifndef NIR_CONTEXT_NORWAY_H
#define NIR_CONTEXT_NORWAY_H

#include "pgtime.h"
#include "utils/date.h"
#include "utils/timestamp.h"

/* The instant on a clock in Norway. */
extern void nir_norway_time(TimestampTz instant, struct pg_tm *tm);

extern DateADT nir_norway_date(TimestampTz instant);

/* The date of the transaction's start. */
extern DateADT nir_norway_today(void);

#endif							/* NIR_CONTEXT_NORWAY_H */
