// SPDX-License-Identifier: Apache-2.0
//
// Sum and maximum of an array. Each thread reduces its slice block by block and merges each block into two shared
// atomics: the sum by fetch_add, the maximum by compare_exchange. An update that is lost changes the sum; a
// compare_exchange that succeeds when it must not loses the maximum.
#include <stdatomic.h>

#include "kernel_slice.h"

enum { kBlock = 16, kSteps = 4 };

static _Atomic uint64_t sum;
static _Atomic uint64_t maximum;

struct work {
  const uint32_t* numbers;
  struct kernel_slice slice;
};

static uint64_t weight(uint64_t number) {
  for (int i = 0; i < kSteps; ++i) number = kernel_hash(number);
  return number;
}

static void merge(uint64_t block_sum, uint64_t block_maximum) {
  atomic_fetch_add_explicit(&sum, block_sum, memory_order_relaxed);
  uint64_t seen = atomic_load_explicit(&maximum, memory_order_relaxed);
  while (seen < block_maximum && !atomic_compare_exchange_weak(&maximum, &seen, block_maximum)) {
  }
}

static void* run(void* argument) {
  const struct work* work = argument;
  for (int64_t begin = work->slice.begin; begin < work->slice.end; begin += kBlock) {
    const int64_t end = begin + kBlock < work->slice.end ? begin + kBlock : work->slice.end;
    uint64_t block_sum = 0, block_maximum = 0;
    for (int64_t i = begin; i < end; ++i) {
      const uint64_t value = weight(work->numbers[i]);
      block_sum += value;
      if (value > block_maximum) block_maximum = value;
    }
    merge(block_sum, block_maximum);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000000);
  uint32_t* numbers = kernel_array(args.size, sizeof *numbers);
  for (int64_t i = 0; i < args.size; ++i) numbers[i] = (uint32_t)kernel_hash((uint64_t)i);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){numbers, kernel_slice(args.size, i, args.threads)};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  const uint64_t threaded_sum = sum, threaded_maximum = maximum;
  sum = maximum = 0;
  run(&(struct work){numbers, {0, args.size}});
  free(numbers);
  printf("sum %016llx\nmaximum %016llx\n", (unsigned long long)threaded_sum, (unsigned long long)threaded_maximum);
  return threaded_sum == sum && threaded_maximum == maximum ? 0 : 1;
}
