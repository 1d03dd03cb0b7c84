/*
 * test/hunt/types_memcheck.h
 *
 * Stands in for valgrind's header (as valgrind/memcheck.h) when the server under the fuzzer is built:
 * what the server tells valgrind of its memory contexts (USE_VALGRIND) is told
 * to AddressSanitizer, which then knows the limits of every palloc.
 */
#ifndef FUZZ_MEMCHECK_H
#define FUZZ_MEMCHECK_H

#include <sanitizer/asan_interface.h>

#define RUNNING_ON_VALGRIND 0

#define VALGRIND_MAKE_MEM_NOACCESS(start, size)		__asan_poison_memory_region((start), (size))
#define VALGRIND_MAKE_MEM_UNDEFINED(start, size)	__asan_unpoison_memory_region((start), (size))
#define VALGRIND_MAKE_MEM_DEFINED(start, size)		__asan_unpoison_memory_region((start), (size))
#define VALGRIND_MEMPOOL_ALLOC(pool, start, size)	__asan_unpoison_memory_region((start), (size))
#define VALGRIND_MEMPOOL_CHANGE(pool, old, start, size)	__asan_unpoison_memory_region((start), (size))

/* a freed chunk is poisoned where the server wipes it */
#define VALGRIND_MEMPOOL_FREE(pool, start)			do {} while (0)
#define VALGRIND_CREATE_MEMPOOL(pool, red, zeroed)	do {} while (0)
#define VALGRIND_DESTROY_MEMPOOL(pool)				do {} while (0)
#define VALGRIND_MEMPOOL_TRIM(pool, start, size)	do {} while (0)
#define VALGRIND_CHECK_MEM_IS_DEFINED(start, size)	do {} while (0)
#define VALGRIND_CHECK_VALUE_IS_DEFINED(value)		do {} while (0)
#define VALGRIND_DO_LEAK_CHECK						do {} while (0)
#define VALGRIND_COUNT_ERRORS						0
#define VALGRIND_PRINTF(...)						do {} while (0)

#endif							/* FUZZ_MEMCHECK_H */
