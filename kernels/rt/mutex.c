// SPDX-License-Identifier: Apache-2.0
//
// Mutexes: the lock of wait.h and, unless the type is normal, who has it. Only the owner itself ever finds itself
// there, so that what others write to `owner` meanwhile does not matter.
#include <pthread.h>
#include <stdbool.h>

#include "wait.h"

static bool is_own(pthread_mutex_t* mutex) {
  return mutex->type != PTHREAD_MUTEX_NORMAL && mutex->owner == pthread_self();
}

/// What locking one's own mutex comes to.
static int lock_again(pthread_mutex_t* mutex, int otherwise) {
  if (mutex->type != PTHREAD_MUTEX_RECURSIVE) return otherwise;
  if (mutex->again == INT_MAX) return EAGAIN;
  ++mutex->again;
  return 0;
}

static int own(pthread_mutex_t* mutex, int error) {
  if (error == 0 && mutex->type != PTHREAD_MUTEX_NORMAL) mutex->owner = pthread_self();
  return error;
}

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  return is_own(mutex) ? lock_again(mutex, EDEADLK) : own(mutex, rt_lock_until(&mutex->lock, kForever));
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) {
  return is_own(mutex) ? lock_again(mutex, EBUSY) : own(mutex, rt_try_lock(&mutex->lock) ? 0 : EBUSY);
}

int pthread_mutex_timedlock(pthread_mutex_t* restrict mutex, const struct timespec* restrict deadline) {
  if (is_own(mutex)) return lock_again(mutex, EDEADLK);
  if (rt_try_lock(&mutex->lock)) return own(mutex, 0);  // whatever the deadline
  int64_t until = 0;
  return rt_deadline(deadline, &until) ? own(mutex, rt_lock_until(&mutex->lock, until)) : EINVAL;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  if (mutex->type != PTHREAD_MUTEX_NORMAL) {
    if (!is_own(mutex)) return EPERM;
    if (mutex->again > 0) {
      --mutex->again;
      return 0;
    }
    mutex->owner = NULL;
  }
  rt_unlock(&mutex->lock);
  return 0;
}

int pthread_mutex_init(pthread_mutex_t* restrict mutex, const pthread_mutexattr_t* restrict attributes) {
  *mutex = (pthread_mutex_t){.type = attributes == NULL ? PTHREAD_MUTEX_DEFAULT : attributes->type};
  return 0;
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) { return mutex->lock == 0 ? 0 : EBUSY; }

int pthread_mutexattr_init(pthread_mutexattr_t* attributes) {
  attributes->type = PTHREAD_MUTEX_DEFAULT;
  return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t* attributes) {
  (void)attributes;
  return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t* attributes, int type) {
  if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK) return EINVAL;
  attributes->type = type;
  return 0;
}
