// SPDX-License-Identifier: Apache-2.0
//
// Semaphores. Who waits counts itself in `waiters` before it sleeps while the value is 0; who posts increments the
// value before it looks at `waiters`. One of the two sees the other. One post, one notify: of two waiters, the second
// post finds the other still asleep, since the first that woke has left the queue.
#include <semaphore.h>
#include <stdbool.h>

#include "wait.h"

static bool take(sem_t* semaphore) {
  int value = semaphore->value;
  while (value > 0) {
    if (atomic_compare_exchange_weak(&semaphore->value, &value, value - 1)) return true;
  }
  return false;
}

static int fail(int error) {
  errno = error;
  return -1;
}

static int take_until(sem_t* semaphore, int64_t deadline) {
  int error = 0;
  ++semaphore->waiters;
  bool taken = take(semaphore);
  while (!taken && error == 0) {
    error = rt_wait(&semaphore->value, 0, deadline);
    taken = take(semaphore);
  }
  --semaphore->waiters;
  return taken ? 0 : fail(error);
}

int sem_wait(sem_t* semaphore) { return take(semaphore) ? 0 : take_until(semaphore, kForever); }

int sem_trywait(sem_t* semaphore) { return take(semaphore) ? 0 : fail(EAGAIN); }

int sem_timedwait(sem_t* restrict semaphore, const struct timespec* restrict deadline) {
  if (take(semaphore)) return 0;  // whatever the deadline
  int64_t until = 0;
  return rt_deadline(deadline, &until) ? take_until(semaphore, until) : fail(EINVAL);
}

int sem_post(sem_t* semaphore) {
  int value = semaphore->value;
  do {
    if (value == SEM_VALUE_MAX) return fail(EOVERFLOW);
  } while (!atomic_compare_exchange_weak(&semaphore->value, &value, value + 1));
  // Whoever was woken may have destroyed the semaphore by now; its memory is still there to be read, and whoever waits
  // in it by then looks again.
  if (semaphore->waiters > 0) rt_notify(&semaphore->value, 1);
  return 0;
}

int sem_getvalue(sem_t* restrict semaphore, int* restrict value) {
  *value = semaphore->value;
  return 0;
}

int sem_init(sem_t* semaphore, int shared, unsigned value) {
  if (shared != 0 || value > SEM_VALUE_MAX) return fail(EINVAL);
  semaphore->value = (int)value;
  semaphore->waiters = 0;
  return 0;
}

int sem_destroy(sem_t* semaphore) {
  (void)semaphore;
  return 0;
}
