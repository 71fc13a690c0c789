// SPDX-License-Identifier: Apache-2.0
//
// Barriers. The last to arrive resets the count, then changes the phase and wakes the others, which sleep while the
// phase is still the one that they read before they arrived. Nobody can arrive for the next phase before, since all are
// here. `inside` says who may still look at the barrier: the first that leaves may destroy it.
#include <pthread.h>

#include "wait.h"

int pthread_barrier_wait(pthread_barrier_t* barrier) {
  ++barrier->inside;
  const int phase = barrier->phase;
  const int is_last = ++barrier->arrived == barrier->count;
  if (is_last) {
    barrier->arrived = 0;
    ++barrier->phase;
    rt_notify(&barrier->phase, kEverybody);
  }
  while (barrier->phase == phase) rt_wait(&barrier->phase, phase, kForever);
  if (--barrier->inside == 0) rt_notify(&barrier->inside, kEverybody);
  return is_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_barrier_destroy(pthread_barrier_t* barrier) {
  for (int inside; (inside = barrier->inside) != 0;) rt_wait(&barrier->inside, inside, kForever);
  return 0;
}

int pthread_barrier_init(pthread_barrier_t* restrict barrier, const pthread_barrierattr_t* restrict attributes,
                         unsigned count) {
  if (count == 0 || count > INT_MAX || attributes != NULL) return EINVAL;
  *barrier = (pthread_barrier_t){.count = (int)count};
  return 0;
}
