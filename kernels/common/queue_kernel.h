// SPDX-License-Identifier: Apache-2.0
//
// What kernels about queues share: threads that all put numbered items in and take items out, in bursts, so that the
// queue is full at times and empty at times. Each item has to come out once; of a queue, each producer's in order.
#ifndef WEFT_QUEUE_KERNEL_H
#define WEFT_QUEUE_KERNEL_H

#include <stdbool.h>

#include "contention.h"

struct queue_kernel {
  bool (*put)(uint64_t item);    // false: full
  bool (*take)(uint64_t* item);  // false: empty
  bool in_order;
};

struct queue_work {
  const struct queue_kernel* kernel;
  int thread, threads;
  int64_t size;        // of all threads
  int64_t begin, end;  // numbers of the items that it makes
  int64_t taken;
  uint64_t sum;  // of the hashes of what it took
  bool broken;
};

enum { kNumberBits = 48 };  // the rest of an item says who made it

static atomic_int queue_finished;  // threads that have put in all of theirs

static inline void queue_account(struct queue_work* work, int64_t* last, uint64_t item) {
  const uint64_t producer = item >> kNumberBits;
  const int64_t number = (int64_t)(item & ((UINT64_C(1) << kNumberBits) - 1));
  if (producer >= (uint64_t)work->threads || (work->kernel->in_order && number <= last[producer])) {
    work->broken = true;
  } else {
    last[producer] = number;
  }
  ++work->taken;
  work->sum += kernel_hash((uint64_t)number);
}

static inline void* queue_kernel_thread(void* argument) {
  struct queue_work* work = argument;
  int64_t last[kMaxKernelThreads];
  for (int i = 0; i < kMaxKernelThreads; ++i) last[i] = -1;
  kernel_arrive();
  kernel_await(work->threads);
  const uint64_t producer = (uint64_t)work->thread << kNumberBits;
  bool finished = false;
  int tries = 0;
  for (int64_t next = work->begin;;) {
    const int burst = 1 + (int)(kernel_hash((uint64_t)next) % 32);
    int put = 0, taken = 0;
    while (put < burst && next < work->end && work->kernel->put(producer + (uint64_t)next)) ++put, ++next;
    if (next == work->end && !finished) {
      finished = true;
      atomic_fetch_add(&queue_finished, 1);
    }
    // Asked before the queue is: nothing comes into a queue that is found empty after all have finished.
    const bool all_finished = atomic_load(&queue_finished) == work->threads;
    for (uint64_t item; taken < burst && work->kernel->take(&item); ++taken) queue_account(work, last, item);
    if (taken == 0 && all_finished) return NULL;
    if (work->taken > work->size) return NULL;  // it gives out the same again and again
    if (taken != 0 || put != 0) {
      tries = 0;
    } else {
      kernel_relax(&tries);
    }
  }
}

/// The main of a kernel about a queue: SIZE items, divided among the threads.
static inline int queue_kernel_main(struct kernel_args args, const struct queue_kernel* kernel) {
  struct queue_work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct queue_work){.kernel = kernel,
                                   .thread = i,
                                   .threads = args.threads,
                                   .size = args.size,
                                   .begin = kernel_share(args.size, i, args.threads),
                                   .end = kernel_share(args.size, i + 1, args.threads)};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, queue_kernel_thread, works, sizeof works[0]);
  kernel_report_time(started);

  int64_t taken = 0;
  uint64_t sum = 0, expected = 0;
  bool broken = false;
  for (int64_t i = 0; i < args.size; ++i) expected += kernel_hash((uint64_t)i);
  for (int i = 0; i < args.threads; ++i) {
    taken += works[i].taken;
    sum += works[i].sum;
    broken = broken || works[i].broken;
  }
  printf("items %lld\nchecksum %016llx\n", (long long)taken, (unsigned long long)sum);
  return !broken && taken == args.size && sum == expected ? 0 : 1;
}

#endif
