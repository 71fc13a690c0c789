// SPDX-License-Identifier: Apache-2.0
//
// What every kernel needs: its two arguments, a hash, a clock, and pthread calls that may not fail.
#ifndef WEFT_KERNEL_H
#define WEFT_KERNEL_H

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { kMaxKernelThreads = 64 };

/// The arguments of every kernel: how many threads, how much work.
struct kernel_args {
  int threads;
  int64_t size;
};

static int64_t kernel_number(const char* text, int64_t most) {
  char* end = NULL;
  errno = 0;
  const long long value = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < 1 || value > most) {
    fprintf(stderr, "not a number from 1 to %lld: %s\n", (long long)most, text);
    exit(2);
  }
  return value;
}

static struct kernel_args kernel_parse(int argc, char** argv, int64_t default_size) {
  struct kernel_args args = {4, default_size};
  if (argc > 3) {
    fprintf(stderr, "usage: %s [THREADS [SIZE]]\n", argv[0]);
    exit(2);
  }
  if (argc > 1) args.threads = (int)kernel_number(argv[1], kMaxKernelThreads);
  if (argc > 2) args.size = kernel_number(argv[2], INT64_C(1) << 40);
  return args;
}

/// Spreads a number over 64 bits (the finaliser of splitmix64).
static uint64_t kernel_hash(uint64_t x) {
  x += UINT64_C(0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static double kernel_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/// Ends the program when a pthread function failed.
static void kernel_check(int error, const char* what) {
  if (error == 0) return;
  fprintf(stderr, "%s failed: %d\n", what, error);
  exit(3);
}

/// Runs `routine` on `count` threads, each with its element of an array, and joins them.
static inline void kernel_run(int count, void* (*routine)(void*), void* elements, size_t element_size) {
  pthread_t threads[kMaxKernelThreads];
  for (int i = 0; i < count; ++i) {
    kernel_check(pthread_create(&threads[i], NULL, routine, (char*)elements + (size_t)i * element_size),
                 "pthread_create");
  }
  for (int i = 0; i < count; ++i) kernel_check(pthread_join(threads[i], NULL), "pthread_join");
}

/// Times go to stderr: stdout is compared.
static void kernel_report_time(double started) { fprintf(stderr, "seconds: %.6f\n", kernel_seconds() - started); }

#endif
