// SPDX-License-Identifier: Apache-2.0
//
// What kernels about locks share: words that hold together only if one thread at a time changes them, and threads that
// do so. None of the words is atomic: under ThreadSanitizer a lock has to order as well as to exclude.
#ifndef WEFT_LOCK_KERNEL_H
#define WEFT_LOCK_KERNEL_H

#include <stdbool.h>

#include "contention.h"

enum { kGuardedWords = 8 };

struct guarded {
  uint64_t counter;
  uint64_t words[kGuardedWords];  // word i is (i + 1) * counter, but while somebody is inside
  uint64_t sum;
  bool broken;  // somebody came in while the words did not hold together
};

static inline bool guarded_holds(const struct guarded* guarded) {
  bool holds = true;
  for (uint64_t i = 0; i < kGuardedWords; ++i) holds = holds && guarded->words[i] == (i + 1) * guarded->counter;
  return holds;
}

static inline void guarded_update(struct guarded* guarded, uint64_t number) {
  if (!guarded_holds(guarded)) guarded->broken = true;
  ++guarded->counter;
  kernel_dawdle(number);
  for (uint64_t i = 0; i < kGuardedWords; ++i) guarded->words[i] += i + 1;
  guarded->sum += number;
}

/// A kernel's last lines: adds up what `count` locks guarded, prints it, and returns main's result.
static inline int guarded_report(const struct guarded* guarded, int count, int64_t updates) {
  uint64_t counter = 0, sum = 0;
  bool broken = false;
  for (int i = 0; i < count; ++i) {
    counter += guarded[i].counter;
    sum += guarded[i].sum;
    broken = broken || guarded[i].broken || !guarded_holds(&guarded[i]);
  }
  printf("counter %llu\nchecksum %016llx\n", (unsigned long long)counter, (unsigned long long)sum);
  return broken || counter != (uint64_t)updates ? 1 : 0;
}

struct lock_kernel {
  void (*lock)(int thread);
  void (*unlock)(int thread);
  int sharers;  // so many threads share a lock, and what it guards
};

struct lock_work {
  const struct lock_kernel* kernel;
  struct guarded* guarded;
  int thread, threads;
  int64_t begin, end;
};

static inline void* lock_kernel_thread(void* argument) {
  const struct lock_work* work = argument;
  kernel_arrive();
  for (int64_t i = work->begin; i < work->end; ++i) {
    const uint64_t number = kernel_hash((uint64_t)i);
    work->kernel->lock(work->thread);
    kernel_await(work->threads);  // whoever has the lock first keeps it until all others want it
    guarded_update(work->guarded, number);
    work->kernel->unlock(work->thread);
  }
  return NULL;
}

/// The main of a kernel about a lock: SIZE updates, divided among the threads.
static inline int lock_kernel_main(int argc, char** argv, int64_t default_size, const struct lock_kernel* kernel) {
  const struct kernel_args args = kernel_parse(argc, argv, default_size);
  static struct guarded guarded[kMaxKernelThreads];
  struct lock_work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct lock_work){kernel,
                                  &guarded[i / kernel->sharers],
                                  i,
                                  args.threads,
                                  kernel_share(args.size, i, args.threads),
                                  kernel_share(args.size, i + 1, args.threads)};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, lock_kernel_thread, works, sizeof works[0]);
  kernel_report_time(started);
  return guarded_report(guarded, kMaxKernelThreads, args.size);
}

#endif
