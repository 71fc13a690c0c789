// SPDX-License-Identifier: Apache-2.0
//
// Locks for many readers or one writer. `state`: how many readers are inside, or kWriter. Who waits counts itself in
// `waiters` before it looks at the state for the last time; who lets go changes the state before it looks at `waiters`.
// One of the two sees the other, so nobody sleeps on a free lock. Readers come before writers, as they do in glibc.
#include <pthread.h>
#include <stdbool.h>

#include "wait.h"

enum { kWriter = -1 };

static bool enter(pthread_rwlock_t* lock, bool writes, int* seen) {
  *seen = lock->state;
  while (writes ? *seen == 0 : *seen != kWriter && *seen != INT_MAX) {
    if (atomic_compare_exchange_weak(&lock->state, seen, writes ? kWriter : *seen + 1)) return true;
  }
  return false;
}

static int enter_at_last(pthread_rwlock_t* lock, bool writes) {
  int seen = 0;
  if (enter(lock, writes, &seen)) return 0;
  ++lock->waiters;
  while (!enter(lock, writes, &seen)) rt_wait(&lock->state, seen, kForever);
  --lock->waiters;
  return 0;
}

static int try_to_enter(pthread_rwlock_t* lock, bool writes) {
  int seen = 0;
  return enter(lock, writes, &seen) ? 0 : EBUSY;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock) { return enter_at_last(lock, false); }

int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) { return try_to_enter(lock, false); }

int pthread_rwlock_wrlock(pthread_rwlock_t* lock) { return enter_at_last(lock, true); }

int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) { return try_to_enter(lock, true); }

int pthread_rwlock_unlock(pthread_rwlock_t* lock) {
  if (lock->state == kWriter) {
    lock->state = 0;
  } else if (--lock->state != 0) {
    return 0;
  }
  // All of them: several readers may enter at once, and a writer that is woken alone would keep them asleep.
  if (lock->waiters > 0) rt_notify(&lock->state, kEverybody);
  return 0;
}

int pthread_rwlock_init(pthread_rwlock_t* restrict lock, const pthread_rwlockattr_t* restrict attributes) {
  lock->state = 0;
  lock->waiters = 0;
  return attributes == NULL ? 0 : EINVAL;
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock) { return lock->state == 0 ? 0 : EBUSY; }
