// SPDX-License-Identifier: Apache-2.0
//
// Threads that add to the same counters under one mutex: a lost wake-up hangs it, a lost update changes what it prints.
#include "kernel_slice.h"
#include "kernel_sync.h"

enum { kSlots = 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t counter;
static uint64_t slots[kSlots];

static void* run(void* argument) {
  const struct kernel_slice* slice = argument;
  for (int64_t i = slice->begin; i < slice->end; ++i) {
    const uint64_t number = kernel_hash((uint64_t)i);
    kernel_lock(&mutex);
    ++counter;
    kernel_add_slowly(&slots[number % kSlots], number);
    kernel_unlock(&mutex);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000000);
  struct kernel_slice slices[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) slices[i] = kernel_slice(args.size, i, args.threads);
  const double started = kernel_seconds();
  kernel_run(args.threads, run, slices, sizeof slices[0]);
  kernel_report_time(started);

  uint64_t checksum = 0;
  for (int i = 0; i < kSlots; ++i) checksum = kernel_hash(checksum ^ slots[i]);
  printf("counter %llu\nchecksum %016llx\n", (unsigned long long)counter, (unsigned long long)checksum);
  return counter == (uint64_t)args.size ? 0 : 1;
}
