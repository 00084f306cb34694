#include <stddef.h>
#include <stdint.h>

/* The pairs of values of which the first is the larger one. It reads its arguments and nothing
   else, so any number of threads may call it at once. */
uint64_t inversions(const uint32_t *values, size_t length);
