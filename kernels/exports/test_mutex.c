// SPDX-License-Identifier: Apache-2.0
//
// A module for a web page: an export whose threads increment one counter under a mutex. Returns the counter, which must
// be threads * iterations.
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int32_t counter;

static void* run(void* argument) {
  const int32_t* iterations = argument;
  for (int32_t i = 0; i < *iterations; ++i) {
    pthread_mutex_lock(&mutex);
    ++counter;
    pthread_mutex_unlock(&mutex);
  }
  return NULL;
}

/// What the counter has become; -1 when there is no memory or no thread. One call at a time.
int32_t test_mutex(int32_t threads, int32_t iterations) {
  if (threads < 1) return -1;
  pthread_t* ids = malloc((size_t)threads * sizeof *ids);
  if (ids == NULL) return -1;
  counter = 0;
  int32_t started = 0;
  while (started < threads && pthread_create(&ids[started], NULL, run, &iterations) == 0) ++started;
  for (int32_t i = 0; i < started; ++i) pthread_join(ids[i], NULL);
  free(ids);
  return started == threads ? counter : -1;
}
