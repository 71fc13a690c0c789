// SPDX-License-Identifier: Apache-2.0
//
// SIZE Ackermann numbers, up to A(3, 6): a recursion five hundred calls deep, over and over. An engine whose frames
// overlap, or that loses one on the way back, gets another number; one that clears its stack for each call takes long.
#include "kernel_checksum.h"

enum { kMost = 6 };

static uint32_t ackermann(uint32_t m, uint32_t n) {
  if (m == 0) return n + 1;
  if (n == 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000);
  const double started = kernel_seconds();
  uint64_t checksum = 0;
  int64_t right = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    const uint32_t n = (uint32_t)((args.size - i) % (kMost + 1));
    const uint32_t number = ackermann(3, n);
    right += number == (8U << n) - 3;
    checksum = kernel_mix(checksum, number);
  }
  kernel_report_time(started);
  return kernel_result(right == args.size, checksum);
}
