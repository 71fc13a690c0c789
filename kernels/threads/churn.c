// SPDX-License-Identifier: Apache-2.0
//
// SIZE threads are created and joined, THREADS of them alive at a time. Each writes to its stack and to its element,
// and returns a value. A runtime that does not give back what a thread took runs out of it; one that mixes up threads
// joins another's value.
#include "kernel.h"

enum { kCells = 256 };

struct work {
  pthread_t thread;
  int64_t id;
  uint64_t checksum;
};

static uint64_t expected(int64_t id) {
  uint64_t cells[kCells], sum = 0;
  for (int i = 0; i < kCells; ++i) cells[i] = kernel_hash((uint64_t)(id * kCells + i));
  for (int i = 0; i < kCells; ++i) sum = kernel_hash(sum ^ cells[kCells - 1 - i]);
  return sum;
}

static void* run(void* argument) {
  struct work* work = argument;
  work->checksum = expected(work->id);
  return (void*)(uintptr_t)(work->checksum & INT32_MAX);
}

/// Whether the thread returned what it should.
static int join(const struct work* work) {
  void* value = NULL;
  kernel_check(pthread_join(work->thread, &value), "pthread_join");
  const uint64_t right = expected(work->id);
  return work->checksum == right && (uintptr_t)value == (right & INT32_MAX);
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000);
  struct work works[kMaxKernelThreads];  // a ring: number id is at id % THREADS
  uint64_t checksum = 0;
  int64_t right = 0;
  const double started = kernel_seconds();
  for (int64_t id = 0; id < args.size + args.threads; ++id) {
    struct work* work = &works[id % args.threads];
    if (id >= args.threads && id - args.threads < args.size) {
      right += join(work);
      checksum = kernel_hash(checksum ^ work->checksum);
    }
    if (id >= args.size) continue;
    *work = (struct work){.id = id};
    kernel_check(pthread_create(&work->thread, NULL, run, work), "pthread_create");
  }
  kernel_report_time(started);
  printf("threads %lld\nchecksum %016llx\n", (long long)right, (unsigned long long)checksum);
  return right == args.size ? 0 : 1;
}
