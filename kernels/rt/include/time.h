// SPDX-License-Identifier: Apache-2.0
#ifndef WEFT_RT_TIME_H
#define WEFT_RT_TIME_H

#include <stddef.h>

typedef long long time_t;
typedef int clockid_t;  // WASI's numbers

#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1

struct timespec {
  time_t tv_sec;
  long tv_nsec;
};

int clock_gettime(clockid_t clock, struct timespec* now);
/// Nothing interrupts it, so `rest` stays as it is.
int nanosleep(const struct timespec* duration, struct timespec* rest);

#endif
