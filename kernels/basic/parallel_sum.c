// SPDX-License-Identifier: Apache-2.0
//
// Fills an array and adds it up, each thread its own slice, then once more in sequence: both have to come to the same.
// Nothing is shared but the memory. What it shows is that threads run at all, that join orders what they wrote before
// what the joiner reads, and how they scale; a runtime that runs a thread too early, twice or not at all prints a wrong
// sum.
#include "kernel_slice.h"

struct work {
  uint32_t* numbers;
  struct kernel_slice slice;
  uint64_t sum, checksum;
};

static void fill(const struct work* work) {
  for (int64_t i = work->slice.begin; i < work->slice.end; ++i) work->numbers[i] = (uint32_t)kernel_hash((uint64_t)i);
}

static void add_up(struct work* work) {
  for (int64_t i = work->slice.begin; i < work->slice.end; ++i) {
    work->sum += work->numbers[i];
    work->checksum += kernel_hash(((uint64_t)i << 32) ^ work->numbers[i]);
  }
}

static void* run(void* argument) {
  fill(argument);
  add_up(argument);
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  uint32_t* numbers = kernel_array(args.size, sizeof *numbers);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){.numbers = numbers, .slice = kernel_slice(args.size, i, args.threads)};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  struct work threaded = {0};
  for (int i = 0; i < args.threads; ++i) {
    threaded.sum += works[i].sum;
    threaded.checksum += works[i].checksum;
  }
  struct work sequential = {.numbers = numbers, .slice = {0, args.size}};
  add_up(&sequential);
  free(numbers);
  printf("sum %llu\nchecksum %016llx\n", (unsigned long long)threaded.sum, (unsigned long long)threaded.checksum);
  return threaded.sum == sequential.sum && threaded.checksum == sequential.checksum ? 0 : 1;
}
