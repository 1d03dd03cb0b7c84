/*
 * test/unit/tap.h
 *
 * Just enough of the Test Anything Protocol for the tests of the pure files.
 */
#ifndef NIR_TEST_TAP_H
#define NIR_TEST_TAP_H

#include <stdbool.h>
#include <stdio.h>

static int	tap_count = 0;
static int	tap_failed = 0;

static inline void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tap_count, name);
	if (!passed)
		tap_failed++;
}

/* Prints the plan; the value is main's. */
static inline int
done_testing(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif							/* NIR_TEST_TAP_H */
