#include "inversions.h"

uint64_t inversions(const uint32_t *values, size_t length) {
    uint64_t count = 0;
    for (size_t i = 0; i < length; i++) {
        for (size_t k = i + 1; k < length; k++) {
            count += values[i] > values[k];
        }
    }
    return count;
}
