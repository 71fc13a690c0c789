// SPDX-License-Identifier: Apache-2.0
//
// A sequence lock: readers write nothing, and read again when a writer was there meanwhile. Where a fence orders
// nothing, or a load of the sequence is moved over the loads of the data, a reader takes torn words for good.
#include "lock_kernel.h"

/// The orders are those of Boehm, "Can seqlocks get along with programming language memory models?" (2012).
static atomic_uint sequence;  // odd while somebody writes
static _Atomic uint64_t words[kGuardedWords];
static _Atomic uint64_t counter, sum;

struct work {
  int threads;
  int64_t begin, end;
  bool broken;
};

static uint64_t get(const _Atomic uint64_t* word) { return atomic_load_explicit(word, memory_order_relaxed); }
static void set(_Atomic uint64_t* word, uint64_t value) { atomic_store_explicit(word, value, memory_order_relaxed); }

static void update(uint64_t number) {
  int tries = 0;
  unsigned before = atomic_load_explicit(&sequence, memory_order_relaxed);
  // Acquire: what the last writer wrote.
  while (before % 2 != 0 || !atomic_compare_exchange_weak_explicit(&sequence, &before, before + 1, memory_order_acquire,
                                                                   memory_order_relaxed)) {
    kernel_relax(&tries);
    before = atomic_load_explicit(&sequence, memory_order_relaxed);
  }
  // Whoever sees one of the stores behind this fence, and has a fence itself, sees the odd sequence.
  atomic_thread_fence(memory_order_release);
  set(&counter, get(&counter) + 1);
  kernel_dawdle(number);
  for (uint64_t i = 0; i < kGuardedWords; ++i) set(&words[i], get(&words[i]) + i + 1);
  set(&sum, get(&sum) + number);
  atomic_store_explicit(&sequence, before + 2, memory_order_release);
}

/// Copies counter and words as they were at one moment.
static void snapshot(struct guarded* copy) {
  int tries = 0;
  while (true) {
    const unsigned before = atomic_load_explicit(&sequence, memory_order_acquire);
    copy->counter = get(&counter);
    kernel_dawdle(copy->counter);
    for (int i = 0; i < kGuardedWords; ++i) copy->words[i] = get(&words[i]);
    atomic_thread_fence(memory_order_acquire);  // the loads above are before the one below
    if (before % 2 == 0 && atomic_load_explicit(&sequence, memory_order_relaxed) == before) return;
    kernel_relax(&tries);
  }
}

static void* run(void* argument) {
  struct work* work = argument;
  kernel_arrive();
  kernel_await(work->threads);
  struct guarded copy = {0};
  for (int64_t i = work->begin; i < work->end; ++i) {
    const uint64_t seen = copy.counter;
    if (i % 4 == 0) update(kernel_hash((uint64_t)i));
    snapshot(&copy);
    if (!guarded_holds(&copy) || copy.counter < seen) work->broken = true;
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){args.threads, kernel_share(args.size, i, args.threads),
                             kernel_share(args.size, i + 1, args.threads), false};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);
  struct guarded result = {0};
  snapshot(&result);
  result.sum = sum;
  for (int i = 0; i < args.threads; ++i) result.broken = result.broken || works[i].broken;
  return guarded_report(&result, 1, (args.size + 3) / 4);
}
