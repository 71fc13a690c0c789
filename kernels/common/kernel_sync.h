// SPDX-License-Identifier: Apache-2.0
//
// Mutexes and condition variables whose calls may not fail.
#ifndef WEFT_KERNEL_SYNC_H
#define WEFT_KERNEL_SYNC_H

#include <sched.h>

#include "kernel.h"

static inline void kernel_lock(pthread_mutex_t* mutex) {
  kernel_check(pthread_mutex_lock(mutex), "pthread_mutex_lock");
}

static inline void kernel_unlock(pthread_mutex_t* mutex) {
  kernel_check(pthread_mutex_unlock(mutex), "pthread_mutex_unlock");
}

static inline void kernel_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  kernel_check(pthread_cond_wait(condition, mutex), "pthread_cond_wait");
}

static inline void kernel_signal(pthread_cond_t* condition) {
  kernel_check(pthread_cond_signal(condition), "pthread_cond_signal");
}

static inline void kernel_broadcast(pthread_cond_t* condition) {
  kernel_check(pthread_cond_broadcast(condition), "pthread_cond_broadcast");
}

/// Adds in the midst of what a lock protects, and now and then lets the others run in between: who should be kept out
/// gets the time to come in.
static inline void kernel_add_slowly(uint64_t* sum, uint64_t number) {
  const uint64_t before = *sum;
  if (number % 64 == 0) sched_yield();
  *sum = before + number;
}

#endif
