// SPDX-License-Identifier: Apache-2.0
//
// Clocks, and giving up the processor.
#include <sched.h>
#include <time.h>

#include "wait.h"

int clock_gettime(clockid_t clock, struct timespec* now) {
  int64_t nanoseconds = 0;
  const int error = wasi_clock_time_get(clock, 1, &nanoseconds);
  if (error != 0) {
    errno = error;
    return -1;
  }
  *now = (struct timespec){nanoseconds / 1000000000, (long)(nanoseconds % 1000000000)};
  return 0;
}

int sched_yield(void) {
  wasi_sched_yield();
  return 0;
}
