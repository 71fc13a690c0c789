// SPDX-License-Identifier: Apache-2.0
//
// A module for a web page: a bounded buffer between producers and consumers, with condition variables. Returns the sum
// of what came out: of 1 to items, whoever made and took them.
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { kCapacity = 8 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
static int32_t buffer[kCapacity];
static int32_t made, taken, wanted;  // items since the call began; the next to make is made + 1
static int64_t sum;

static void* produce(void* unused) {
  (void)unused;
  pthread_mutex_lock(&mutex);
  while (true) {
    while (made < wanted && made - taken == kCapacity) pthread_cond_wait(&not_full, &mutex);
    if (made >= wanted) break;
    buffer[made % kCapacity] = made + 1;
    ++made;
    pthread_cond_signal(&not_empty);
  }
  pthread_cond_broadcast(&not_full);  // nothing is left to make
  pthread_mutex_unlock(&mutex);
  return NULL;
}

static void* consume(void* unused) {
  (void)unused;
  pthread_mutex_lock(&mutex);
  while (true) {
    while (taken < wanted && taken == made) pthread_cond_wait(&not_empty, &mutex);
    if (taken >= wanted) break;
    sum += buffer[taken % kCapacity];
    ++taken;
    pthread_cond_signal(&not_full);
  }
  pthread_cond_broadcast(&not_empty);  // nothing is left to take
  pthread_mutex_unlock(&mutex);
  return NULL;
}

/// items * (items + 1) / 2; -1 when there is no memory or no thread. One call at a time.
int64_t produce_consume(int32_t producers, int32_t consumers, int32_t items) {
  if (producers < 1 || consumers < 1 || items < 0) return -1;
  const int32_t threads = producers + consumers;
  pthread_t* ids = malloc((size_t)threads * sizeof *ids);
  if (ids == NULL) return -1;
  made = taken = 0;
  wanted = items;
  sum = 0;
  int32_t started = 0;
  while (started < threads && pthread_create(&ids[started], NULL, started < producers ? produce : consume, NULL) == 0) {
    ++started;
  }
  if (started < threads) {  // those that run are to end
    pthread_mutex_lock(&mutex);
    wanted = 0;
    pthread_cond_broadcast(&not_full);
    pthread_cond_broadcast(&not_empty);
    pthread_mutex_unlock(&mutex);
  }
  for (int32_t i = 0; i < started; ++i) pthread_join(ids[i], NULL);
  free(ids);
  return started == threads ? sum : -1;
}
