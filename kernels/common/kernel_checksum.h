// SPDX-License-Identifier: Apache-2.0
//
// For kernels with one thread: a checksum of numbers in their order, and how such a kernel ends.
#ifndef WEFT_KERNEL_CHECKSUM_H
#define WEFT_KERNEL_CHECKSUM_H

#include <stdbool.h>
#include <string.h>

#include "kernel.h"

static inline uint64_t kernel_mix(uint64_t checksum, uint64_t value) { return kernel_hash(checksum ^ value); }

/// All bits of a double.
static inline uint64_t kernel_mix_double(uint64_t checksum, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return kernel_mix(checksum, bits);
}

/// Prints what came of it and returns the exit code.
static inline int kernel_result(bool right, uint64_t checksum) {
  printf("right %d\nchecksum %016llx\n", right, (unsigned long long)checksum);
  return right ? 0 : 1;
}

#endif
