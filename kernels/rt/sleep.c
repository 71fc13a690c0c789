// SPDX-License-Identifier: Apache-2.0
//
// Sleeping, which is waiting for nobody.
#include <time.h>
#include <unistd.h>

#include "wait.h"

int nanosleep(const struct timespec* duration, struct timespec* rest) {
  (void)rest;
  int64_t nanoseconds = 0;
  if (duration->tv_sec < 0 || !rt_deadline(duration, &nanoseconds)) {
    errno = EINVAL;
    return -1;
  }
  // A word of this thread's own stack, which nobody notifies. By the monotonic clock: sleeping lasts as long whatever
  // becomes of the time of day.
  _Atomic int nobody = 0;
  int64_t now = 0, end = 0;
  wasi_clock_time_get(CLOCK_MONOTONIC, 1, &now);
  if (__builtin_add_overflow(now, nanoseconds, &end)) end = INT64_MAX;
  while (now < end) {
    __builtin_wasm_memory_atomic_wait32((int*)&nobody, 0, end - now);
    wasi_clock_time_get(CLOCK_MONOTONIC, 1, &now);
  }
  return 0;
}

int usleep(unsigned microseconds) {
  const struct timespec duration = {microseconds / 1000000, (long)(microseconds % 1000000 * 1000)};
  return nanosleep(&duration, NULL);
}
