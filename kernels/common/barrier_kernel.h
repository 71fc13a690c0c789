// SPDX-License-Identifier: Apache-2.0
//
// What kernels about barriers share: a ring of cells, each phase computed from the one before, with one barrier in
// between. A thread that passes too early reads cells that are not there yet or writes over some that are still read.
// Cells and the count of phases are not atomic: under ThreadSanitizer the barrier has to order, too.
#ifndef WEFT_BARRIER_KERNEL_H
#define WEFT_BARRIER_KERNEL_H

#include <stdbool.h>

#include "contention.h"

enum { kCells = 256 };

/// True for one of the threads in each phase.
typedef bool barrier_wait(int thread);

struct barrier_work {
  barrier_wait* wait;
  int thread, threads;
  int64_t phases;
};

static uint64_t barrier_cells[2][kCells];
static int64_t barrier_phases;  // counted by the one thread of each phase

static inline void* barrier_kernel_thread(void* argument) {
  const struct barrier_work* work = argument;
  const int begin = (int)kernel_share(kCells, work->thread, work->threads);
  const int end = (int)kernel_share(kCells, work->thread + 1, work->threads);
  for (int64_t phase = 0; phase < work->phases; ++phase) {
    const uint64_t* from = barrier_cells[phase % 2];
    uint64_t* to = barrier_cells[(phase + 1) % 2];
    // Modulo 2^64 the sum of all cells stays what it was.
    for (int i = begin; i < end; ++i) to[i] = from[(i + kCells - 1) % kCells] + from[(i + 1) % kCells] - from[i];
    if (work->wait(work->thread)) ++barrier_phases;
  }
  return NULL;
}

static inline uint64_t barrier_sum(const uint64_t* cells) {
  uint64_t sum = 0;
  for (int i = 0; i < kCells; ++i) sum += cells[i];
  return sum;
}

/// Runs SIZE phases, prints the checksum and returns main's result.
static inline int barrier_kernel_run(struct kernel_args args, barrier_wait* wait) {
  for (int i = 0; i < kCells; ++i) barrier_cells[0][i] = kernel_hash((uint64_t)i);
  const uint64_t sum = barrier_sum(barrier_cells[0]);
  struct barrier_work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct barrier_work){wait, i, args.threads, args.size};
  const double started = kernel_seconds();
  kernel_run(args.threads, barrier_kernel_thread, works, sizeof works[0]);
  kernel_report_time(started);

  const uint64_t* cells = barrier_cells[args.size % 2];
  uint64_t checksum = 0;
  for (int i = 0; i < kCells; ++i) checksum = kernel_hash(checksum ^ cells[i]);
  printf("phases %lld\nchecksum %016llx\n", (long long)barrier_phases, (unsigned long long)checksum);
  return barrier_phases == args.size && barrier_sum(cells) == sum ? 0 : 1;
}

#endif
