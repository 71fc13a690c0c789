// SPDX-License-Identifier: Apache-2.0
//
// Mutexes and condition variables whose calls may not fail.
#ifndef WEFT_KERNEL_SYNC_H
#define WEFT_KERNEL_SYNC_H

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

#endif
