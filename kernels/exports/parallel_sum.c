// SPDX-License-Identifier: Apache-2.0
//
// A module for a web page: no main, an export that starts threads, each of which adds up its slice of the caller's
// array. It must be able to start threads from a call that comes from outside, after the constructors have run.
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct slice {
  const int32_t* data;
  int32_t begin, end;
  int64_t sum;
};

static void* run(void* argument) {
  struct slice* slice = argument;
  for (int32_t i = slice->begin; i < slice->end; ++i) slice->sum += slice->data[i];
  return NULL;
}

/// The sum of `length` numbers, by so many threads; -1 when there is no memory or no thread.
int64_t parallel_sum(const int32_t* data, int32_t length, int32_t threads) {
  if (threads < 1 || length < 0) return -1;
  pthread_t* ids = malloc((size_t)threads * sizeof *ids);
  struct slice* slices = malloc((size_t)threads * sizeof *slices);
  int32_t started = 0;
  for (; ids != NULL && slices != NULL && started < threads; ++started) {
    const int32_t begin = (int32_t)((int64_t)length * started / threads);
    const int32_t end = (int32_t)((int64_t)length * (started + 1) / threads);
    slices[started] = (struct slice){data, begin, end, 0};
    if (pthread_create(&ids[started], NULL, run, &slices[started]) != 0) break;
  }
  int64_t sum = 0;
  for (int32_t i = 0; i < started; ++i) {
    pthread_join(ids[i], NULL);
    sum += slices[i].sum;
  }
  free(ids);
  free(slices);
  return started == threads ? sum : -1;
}

/// The same of numbers that it makes itself, for callers without a way to fill memory.
int64_t parallel_sum_filled(int32_t length, int32_t threads) {
  if (length < 1) return -1;
  int32_t* data = malloc((size_t)length * sizeof *data);
  if (data == NULL) return -1;
  for (int32_t i = 0; i < length; ++i) data[i] = (int32_t)((uint32_t)i * UINT32_C(2654435761));
  const int64_t sum = parallel_sum(data, length, threads);
  free(data);
  return sum;
}
