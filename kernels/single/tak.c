// SPDX-License-Identifier: Apache-2.0
//
// SIZE values of Takeuchi's function: calls with three arguments whose arguments are calls. An engine that passes them
// in the wrong order needs another number of calls; one that overwrites an argument while it computes the next gets
// another value.
#include "kernel_checksum.h"

static uint64_t calls;

static int32_t tak(int32_t x, int32_t y, int32_t z) {
  ++calls;
  if (x <= y) return y;
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

/// What it amounts to, for all integers.
static int32_t in_short(int32_t x, int32_t y, int32_t z) {
  if (x <= y) return y;
  return y <= z ? z : x;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000);
  const double started = kernel_seconds();
  uint64_t checksum = 0;
  int64_t right = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    const uint64_t hash = kernel_hash((uint64_t)i);
    const int32_t x = 6 + (int32_t)(hash % 3);
    const int32_t y = 3 + (int32_t)(hash >> 8 & 1);
    const int32_t z = (int32_t)(hash >> 16 & 1) - 1;
    const int32_t value = tak(x, y, z);
    right += value == in_short(x, y, z);
    checksum = kernel_mix(checksum, (uint64_t)value);
  }
  kernel_report_time(started);
  printf("calls %llu\n", (unsigned long long)calls);
  return kernel_result(right == args.size, checksum);
}
