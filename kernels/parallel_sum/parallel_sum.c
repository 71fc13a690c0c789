// SPDX-License-Identifier: Apache-2.0
//
// Fills an array and adds it up, each thread its own slice. Nothing is shared but the memory: what it shows is that
// threads run at all, and how they scale.
#include "kernel.h"

struct slice {
  uint32_t* numbers;
  int64_t begin, end;
  uint64_t sum;
  uint64_t checksum;
};

static void* run(void* argument) {
  struct slice* slice = argument;
  for (int64_t i = slice->begin; i < slice->end; ++i) slice->numbers[i] = (uint32_t)kernel_hash((uint64_t)i);
  for (int64_t i = slice->begin; i < slice->end; ++i) {
    slice->sum += slice->numbers[i];
    slice->checksum ^= kernel_hash(((uint64_t)i << 32) ^ slice->numbers[i]);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  const double started = kernel_seconds();
  uint32_t* numbers = malloc((size_t)args.size * sizeof *numbers);
  if (numbers == NULL) return 3;

  struct slice slices[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    slices[i] = (struct slice){numbers, args.size * i / args.threads, args.size * (i + 1) / args.threads, 0, 0};
  }
  kernel_run(args.threads, run, slices, sizeof slices[0]);

  uint64_t sum = 0, checksum = 0;
  for (int i = 0; i < args.threads; ++i) {
    sum += slices[i].sum;
    checksum ^= slices[i].checksum;
  }
  free(numbers);
  kernel_report_time(started);
  printf("sum %llu\nchecksum %016llx\n", (unsigned long long)sum, (unsigned long long)checksum);
  return 0;
}
