// SPDX-License-Identifier: Apache-2.0
//
// Fibonacci number SIZE by its definition: direct calls and little else. An engine that keeps an operand in a place
// which the callee uses too has another sum; what a call takes is what this takes.
#include "kernel_checksum.h"

static uint64_t fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

/// The same without a call.
static uint64_t by_iteration(int64_t n) {
  uint64_t number = 0;
  uint64_t next = 1;
  for (int64_t i = 0; i < n; ++i) {
    const uint64_t sum = number + next;
    number = next;
    next = sum;
  }
  return number;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 38);
  const double started = kernel_seconds();
  const uint64_t number = fib((uint32_t)args.size);
  kernel_report_time(started);
  printf("fib %llu\n", (unsigned long long)number);
  return kernel_result(number == by_iteration(args.size), kernel_mix(0, number));
}
