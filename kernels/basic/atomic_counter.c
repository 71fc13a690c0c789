// SPDX-License-Identifier: Apache-2.0
//
// C11 atomics of every width under contention. A counter hands out tickets: each number exactly once, which the sum of
// the tickets' hashes shows. Others are added to, xored, and updated by compare_exchange; narrow ones wrap around
// beside neighbours that are none of their business. A lost update, or a narrow one that writes its neighbours, is
// printed.
#include <stdatomic.h>

#include "kernel_slice.h"

static _Atomic uint64_t tickets;
static _Atomic uint64_t exchanged;
static _Atomic uint32_t mixed;
static _Atomic uint32_t difference;
static struct {
  _Atomic uint8_t bytes[4];
  _Atomic uint16_t halves[2];
} narrow;

struct work {
  struct kernel_slice slice;
  uint64_t ticket_hashes;
};

static void* run(void* argument) {
  struct work* work = argument;
  for (int64_t i = work->slice.begin; i < work->slice.end; ++i) {
    const uint64_t number = kernel_hash((uint64_t)i);
    work->ticket_hashes += kernel_hash(atomic_fetch_add(&tickets, 1));
    atomic_fetch_xor_explicit(&mixed, (uint32_t)number, memory_order_relaxed);
    atomic_fetch_sub_explicit(&difference, (uint32_t)(number >> 32), memory_order_relaxed);
    atomic_fetch_add_explicit(&narrow.bytes[number % 4], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&narrow.halves[number % 2], 1, memory_order_relaxed);
    uint64_t seen = atomic_load_explicit(&exchanged, memory_order_relaxed);
    while (!atomic_compare_exchange_weak(&exchanged, &seen, seen + number)) {
    }
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 6000000);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){kernel_slice(args.size, i, args.threads), 0};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  uint64_t hashes = 0, expected_hashes = 0, expected_exchanged = 0;
  for (int i = 0; i < args.threads; ++i) hashes += works[i].ticket_hashes;
  for (int64_t i = 0; i < args.size; ++i) {
    expected_hashes += kernel_hash((uint64_t)i);
    expected_exchanged += kernel_hash((uint64_t)i);
  }
  printf("tickets %llu, %016llx\nexchanged %016llx\nmixed %u\ndifference %u\n", (unsigned long long)tickets,
         (unsigned long long)hashes, (unsigned long long)exchanged, mixed, difference);
  printf("bytes %d %d %d %d\nhalves %d %d\n", narrow.bytes[0], narrow.bytes[1], narrow.bytes[2], narrow.bytes[3],
         narrow.halves[0], narrow.halves[1]);
  return tickets == (uint64_t)args.size && hashes == expected_hashes && exchanged == expected_exchanged ? 0 : 1;
}
