/* src/guard/hooks.c: first form */
#include "postgres.h"

#include "guard/hooks.h"

void
nir_guard_init(void)
{
}
