// SPDX-License-Identifier: Apache-2.0
//
// A ring buffer for one producer and one consumer: two positions, acquire and release, no read-modify-write at all. The
// threads sit in a circle, a ring between any two neighbours. A position that is seen before the item lets garbage out.
#include <stdalign.h>
#include <stdbool.h>

#include "contention.h"

enum { kCapacity = 1024 };

struct item {
  int64_t number;
  uint64_t hash;
};

struct ring {
  alignas(64) _Atomic uint64_t put;    // written by the producer only
  alignas(64) _Atomic uint64_t taken;  // written by the consumer only
  struct item items[kCapacity];
};

static struct ring rings[kMaxKernelThreads];

static bool put(struct ring* ring, int64_t number) {
  const uint64_t at = atomic_load_explicit(&ring->put, memory_order_relaxed);  // its own
  // Acquire: the consumer has read what is to be overwritten.
  if (at - atomic_load_explicit(&ring->taken, memory_order_acquire) == kCapacity) return false;
  ring->items[at % kCapacity] = (struct item){number, kernel_hash((uint64_t)number)};
  atomic_store_explicit(&ring->put, at + 1, memory_order_release);
  return true;
}

static bool take(struct ring* ring, struct item* item) {
  const uint64_t at = atomic_load_explicit(&ring->taken, memory_order_relaxed);  // its own
  // Acquire: the producer has written what is to be read.
  if (at == atomic_load_explicit(&ring->put, memory_order_acquire)) return false;
  *item = ring->items[at % kCapacity];
  atomic_store_explicit(&ring->taken, at + 1, memory_order_release);
  return true;
}

struct work {
  struct ring *to, *from;
  int threads;
  int64_t next, end;       // numbers of the items to put
  int64_t expected, last;  // those to take
  int64_t taken;
  uint64_t sum;
  bool broken;
};

static void* run(void* argument) {
  struct work* work = argument;
  kernel_arrive();
  kernel_await(work->threads);
  int tries = 0;
  while (work->next < work->end || work->expected < work->last) {
    bool moved = false;
    for (; work->next < work->end && put(work->to, work->next); ++work->next) moved = true;
    for (struct item item; work->expected < work->last && take(work->from, &item); ++work->expected) {
      if (item.number != work->expected || item.hash != kernel_hash((uint64_t)item.number)) work->broken = true;
      work->sum += item.hash;
      ++work->taken;
      moved = true;
    }
    if (moved) {
      tries = 0;
    } else {
      kernel_relax(&tries);
    }
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  const int threads = args.threads;
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < threads; ++i) {
    const int before = (i + threads - 1) % threads;
    works[i] = (struct work){.to = &rings[i],
                             .from = &rings[before],
                             .threads = threads,
                             .next = kernel_share(args.size, i, threads),
                             .end = kernel_share(args.size, i + 1, threads),
                             .expected = kernel_share(args.size, before, threads),
                             .last = kernel_share(args.size, before + 1, threads)};
  }
  const double started = kernel_seconds();
  kernel_run(threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  int64_t taken = 0;
  uint64_t sum = 0;
  bool broken = false;
  for (int i = 0; i < threads; ++i) {
    taken += works[i].taken;
    sum += works[i].sum;
    broken = broken || works[i].broken;
  }
  printf("items %lld\nchecksum %016llx\n", (long long)taken, (unsigned long long)sum);
  return !broken && taken == args.size ? 0 : 1;
}
