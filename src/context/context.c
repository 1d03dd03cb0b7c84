/* src/context/context.c: first form, superusers only */
#include "postgres.h"

#include "miscadmin.h"

#include "context/context.h"
#include "types/wall.h"

static void
resolve(NirWallState *state)
{
	state->exempt = superuser();
}

void
nir_context_init(void)
{
	nir_wall_set_resolver(resolve);
}
