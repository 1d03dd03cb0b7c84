/*
 * src/errors.c
 *
 * Notes which of nir's own errors was raised.
 */
#include "postgres.h"

#include "errors.h"

static int	raised = 0;

int
nir_errcode(int sqlstate)
{
	if (ERRCODE_TO_CATEGORY(sqlstate) == ERRCODE_TO_CATEGORY(NIR_ERRCODE_NO_CONTEXT))
		raised = sqlstate;
	return (errcode) (sqlstate);
}

int
nir_errors_take_raised(void)
{
	int			taken = raised;

	raised = 0;
	return taken;
}
