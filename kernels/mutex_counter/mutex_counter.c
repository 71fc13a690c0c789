// SPDX-License-Identifier: Apache-2.0
//
// Threads that add to the same counters under one mutex: a lost wake-up hangs it, a lost update changes what it prints.
#include "kernel.h"

enum { kSlots = 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t counter;
static uint64_t slots[kSlots];

struct work {
  uint64_t id;
  int64_t rounds;
};

static void* run(void* argument) {
  const struct work* work = argument;
  for (int64_t i = 0; i < work->rounds; ++i) {
    const uint64_t number = kernel_hash((work->id << 40) + (uint64_t)i);
    kernel_check(pthread_mutex_lock(&mutex), "pthread_mutex_lock");
    ++counter;
    slots[number % kSlots] += number;
    kernel_check(pthread_mutex_unlock(&mutex), "pthread_mutex_unlock");
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 100000);
  const double started = kernel_seconds();
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){(uint64_t)i, args.size};
  kernel_run(args.threads, run, works, sizeof works[0]);

  uint64_t checksum = 0;
  for (int i = 0; i < kSlots; ++i) checksum = kernel_hash(checksum ^ slots[i]);
  kernel_report_time(started);
  printf("counter %llu\nchecksum %016llx\n", (unsigned long long)counter, (unsigned long long)checksum);
  return counter == (uint64_t)args.threads * (uint64_t)args.size ? 0 : 1;
}
