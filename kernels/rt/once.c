// SPDX-License-Identifier: Apache-2.0
//
// pthread_once: 0 fresh, 1 running, 2 running and somebody may sleep, 3 done. Who wants to sleep makes the 1 a 2 first
// and sleeps while it is 2; who ends the routine puts 3 in its place and wakes them if there was a 2.
#include <pthread.h>

#include "wait.h"

enum { kFresh, kRunning, kAwaited, kDone };

int pthread_once(pthread_once_t* control, void (*routine)(void)) {
  int state = kFresh;
  if (atomic_compare_exchange_strong(&control->state, &state, kRunning)) {
    routine();
    if (atomic_exchange(&control->state, kDone) == kAwaited) rt_notify(&control->state, kEverybody);
    return 0;
  }
  while (state != kDone) {
    if (state == kAwaited || atomic_compare_exchange_strong(&control->state, &state, kAwaited)) {
      rt_wait(&control->state, kAwaited, kForever);
    }
    state = control->state;
  }
  return 0;
}
