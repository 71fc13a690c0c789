// SPDX-License-Identifier: Apache-2.0
//
// The two instructions that everything that blocks is made of, and the simplest lock made of them. Without atomics, in
// the form plain, there is one thread, and nothing to lock.
//
// A word in memory says whether to sleep. memory.atomic.wait32 compares and falls asleep in one step as others see it:
// who changes the word first and notifies then misses nobody. What may be left is a notify to a word whose owner is
// gone, and whose memory somebody else waits in; so whoever wakes looks at the word again, always.
#ifndef WEFT_RT_WAIT_H
#define WEFT_RT_WAIT_H

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "wasi.h"

/// Deadlines are nanoseconds of CLOCK_REALTIME.
static const int64_t kForever = -1;

/// False if it is not a time; times before 1970 are past, those behind 2262 for ever but with an end.
static inline int rt_deadline(const struct timespec* time, int64_t* deadline) {
  if (time->tv_nsec < 0 || time->tv_nsec >= 1000000000) return 0;
  *deadline = time->tv_sec < 0                         ? 0
              : time->tv_sec >= INT64_MAX / 1000000000 ? INT64_MAX
                                                       : time->tv_sec * 1000000000 + time->tv_nsec;
  return 1;
}

#ifdef __wasm_atomics__

/// Sleeps while *word is `expected`. Returns ETIMEDOUT once the deadline is past, and else 0, which means nothing.
static inline int rt_wait(_Atomic int* word, int expected, int64_t deadline) {
  int64_t timeout = -1;
  if (deadline != kForever) {
    int64_t now = 0;
    wasi_clock_time_get(CLOCK_REALTIME, 1, &now);
    timeout = deadline - now;
    if (timeout <= 0) return ETIMEDOUT;
  }
  __builtin_wasm_memory_atomic_wait32((int*)word, expected, timeout);
  return 0;
}

static inline void rt_notify(_Atomic int* word, unsigned count) {
  __builtin_wasm_memory_atomic_notify((int*)word, count);
}

static const unsigned kEverybody = UINT_MAX;

// The lock: 0 free, 1 taken, 2 taken and somebody may sleep. Who has found it taken takes it as 2, since others may
// have fallen asleep meanwhile; who gives up after its deadline leaves the 2, for one needless notify. Who unlocks a 2
// wakes one, which takes it as 2 and so wakes the next.

static inline int rt_try_lock(_Atomic int* lock) {
  int free = 0;
  return atomic_compare_exchange_strong(lock, &free, 1);
}

/// 0, or ETIMEDOUT.
static inline int rt_lock_until(_Atomic int* lock, int64_t deadline) {
  if (rt_try_lock(lock)) return 0;
  int error = 0;
  while (error == 0 && atomic_exchange(lock, 2) != 0) error = rt_wait(lock, 2, deadline);
  return error;
}

static inline void rt_lock(_Atomic int* lock) { rt_lock_until(lock, kForever); }

static inline void rt_unlock(_Atomic int* lock) {
  if (atomic_exchange(lock, 0) == 2) rt_notify(lock, 1);
}

#else

static inline void rt_lock(_Atomic int* lock) { (void)lock; }
static inline void rt_unlock(_Atomic int* lock) { (void)lock; }

#endif

#endif
