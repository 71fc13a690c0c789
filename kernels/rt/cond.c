// SPDX-License-Identifier: Apache-2.0
//
// Condition variables: a number that every signal changes. A waiter reads it before it unlocks the mutex and sleeps
// while it stays the same: a signal in between is not lost, since it has changed the number. Whoever is between reading
// and sleeping returns with the one whom the signal wakes; that is one of the early returns that POSIX allows. (Asleep
// through exactly 2^32 signals, it would miss them all.)
#include <pthread.h>

#include "wait.h"

static int wait_until(pthread_cond_t* condition, pthread_mutex_t* mutex, int64_t deadline) {
  const int seen = condition->sequence;
  int error = pthread_mutex_unlock(mutex);
  if (error != 0) return error;
  while (error == 0 && condition->sequence == seen) error = rt_wait(&condition->sequence, seen, deadline);
  pthread_mutex_lock(mutex);
  return error;
}

int pthread_cond_wait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex) {
  return wait_until(condition, mutex, kForever);
}

int pthread_cond_timedwait(pthread_cond_t* restrict condition, pthread_mutex_t* restrict mutex,
                           const struct timespec* restrict deadline) {
  int64_t until = 0;
  return rt_deadline(deadline, &until) ? wait_until(condition, mutex, until) : EINVAL;
}

static int wake(pthread_cond_t* condition, unsigned count) {
  ++condition->sequence;
  rt_notify(&condition->sequence, count);
  return 0;
}

int pthread_cond_signal(pthread_cond_t* condition) { return wake(condition, 1); }

int pthread_cond_broadcast(pthread_cond_t* condition) { return wake(condition, kEverybody); }

int pthread_cond_init(pthread_cond_t* restrict condition, const pthread_condattr_t* restrict attributes) {
  condition->sequence = 0;
  return attributes == NULL ? 0 : EINVAL;
}

int pthread_cond_destroy(pthread_cond_t* condition) {
  (void)condition;
  return 0;
}
