// SPDX-License-Identifier: Apache-2.0
//
// Streams, and what writes to them.
#ifndef WEFT_RT_STREAM_H
#define WEFT_RT_STREAM_H

#include <stdbool.h>
#include <stdio.h>

enum { kStreamBuffer = 4096 };

/// Locked for the whole of a call, so that what one printf writes stays together.
struct rt_file {
  int fd;
  bool keeps;  // in its buffer what a call has written
  bool failed;
  _Atomic int lock;
  size_t used;
  char buffer[kStreamBuffer];
};

/// What every function of stdio.h begins with, does in between, and ends with.
void rt_begin(FILE* file);
void rt_put(FILE* file, const char* bytes, size_t count);
/// Returns `result`, or EOF once writing has failed.
int rt_end(FILE* file, int result);

enum { kMaxPrecision = 60, kMaxFixed = 1 + 309 + 1 + kMaxPrecision };

/// Writes the digits of `value`, 0 or more and finite, rounded to `precision` places as C wants it: exactly, to the
/// nearest, halves to the even digit. Returns how many characters there are.
size_t rt_fixed(double value, int precision, char text[kMaxFixed]);

#endif
