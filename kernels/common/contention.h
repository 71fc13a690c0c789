// SPDX-License-Identifier: Apache-2.0
//
// For kernels whose threads meet in the same few words: meeting at all, and waiting in a loop.
#ifndef WEFT_CONTENTION_H
#define WEFT_CONTENTION_H

#include <sched.h>
#include <stdatomic.h>

#include "kernel_slice.h"

/// Between two looks at what another thread is to change; `tries` counts them, from 0. Emscripten's sched_yield does
/// not give up the processor. Its nanosleep does, of more than a tenth of a millisecond: who has looked in vain so
/// often waits for a thread that needs a processor.
static inline void kernel_relax(int* tries) {
  const struct timespec pause = {0, 150000};
  ++*tries;
  if (*tries % 256 == 0) {
    nanosleep(&pause, NULL);
  } else if (*tries % 32 == 0) {
    sched_yield();
  }
}

/// In the middle of what nobody may interrupt: lets the others try, now and then.
static inline void kernel_dawdle(uint64_t number) {
  if (number % 64 == 0) sched_yield();
}

static atomic_int kernel_arrived;

/// Without a meeting, the first thread is often done before the second has been created.
static inline void kernel_arrive(void) { atomic_fetch_add(&kernel_arrived, 1); }

static inline void kernel_await(int threads) {
  int tries = 0;
  while (atomic_load(&kernel_arrived) < threads) kernel_relax(&tries);
}

#endif
