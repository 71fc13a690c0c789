// SPDX-License-Identifier: Apache-2.0
//
// Threads that nobody joins: detached by their attributes, by their creator or by themselves. Each owns what it is
// given and says when it is done. Their stacks come back without a join; a runtime that frees a stack in use loses
// numbers, one that frees none runs out of memory or of threads.
#include "kernel_detached.h"
#include "kernel_sync.h"

enum { kCells = 64 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t one_is_done = PTHREAD_COND_INITIALIZER;
static int64_t done;
static uint64_t checksum;

enum detached { kByAttributes, kByCreator, kByItself, kWays };

struct work {
  int64_t id;
  enum detached way;
};

static uint64_t sum_on_stack(int64_t id) {
  uint64_t cells[kCells], sum = 0;
  for (int i = 0; i < kCells; ++i) cells[i] = kernel_hash((uint64_t)(id * kCells + i));
  for (int i = 0; i < kCells; ++i) sum = kernel_hash(sum ^ cells[kCells - 1 - i]);
  return sum;
}

static void* run(void* argument) {
  struct work* work = argument;
  if (work->way == kByItself) kernel_check(pthread_detach(pthread_self()), "pthread_detach");
  const uint64_t sum = sum_on_stack(work->id);
  free(work);
  kernel_lock(&mutex);
  checksum += sum;
  ++done;
  kernel_signal(&one_is_done);
  kernel_unlock(&mutex);
  return NULL;
}

static void create(int64_t id, const pthread_attr_t* detached) {
  struct work* work = malloc(sizeof *work);
  kernel_check(work == NULL ? ENOMEM : 0, "malloc");
  *work = (struct work){id, (enum detached)(id % kWays)};
  const enum detached way = work->way;  // the thread frees its work
  pthread_t thread;
  kernel_check(pthread_create(&thread, way == kByAttributes ? detached : NULL, run, work), "pthread_create");
  if (way == kByCreator) kernel_check(pthread_detach(thread), "pthread_detach");
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000);
  pthread_attr_t detached = kernel_detached();
  const double started = kernel_seconds();
  for (int64_t i = 0; i < args.size; ++i) {
    kernel_lock(&mutex);
    while (i - done >= args.threads) kernel_wait(&one_is_done, &mutex);
    kernel_unlock(&mutex);
    create(i, &detached);
  }
  kernel_lock(&mutex);
  while (done < args.size) kernel_wait(&one_is_done, &mutex);
  const int64_t total = done;
  const uint64_t sum = checksum;
  kernel_unlock(&mutex);
  kernel_report_time(started);
  kernel_check(pthread_attr_destroy(&detached), "pthread_attr_destroy");
  uint64_t expected = 0;
  for (int64_t i = 0; i < args.size; ++i) expected += sum_on_stack(i);
  printf("threads %lld\nchecksum %016llx\n", (long long)total, (unsigned long long)sum);
  return sum == expected ? 0 : 1;
}
