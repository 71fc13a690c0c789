// SPDX-License-Identifier: Apache-2.0
//
// Every round, the main thread wakes all others by one broadcast and sleeps until the last of them has arrived. A
// broadcast that misses a waiter, or a signal that comes between the check and the sleep and gets lost, hangs it; a
// waiter that returns without the mutex changes the sum.
#include "kernel_sync.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begin = PTHREAD_COND_INITIALIZER;
static pthread_cond_t all_arrived = PTHREAD_COND_INITIALIZER;
static int64_t begun;  // rounds
static int arrived;    // threads, in this round
static uint64_t sum;

struct work {
  int id, threads;
  int64_t rounds;
};

static uint64_t contribution(int id, int64_t round) { return kernel_hash((uint64_t)round * kMaxKernelThreads + id); }

static void* run(void* argument) {
  const struct work* work = argument;
  kernel_lock(&mutex);
  for (int64_t round = 1; round <= work->rounds; ++round) {
    while (begun < round) kernel_wait(&begin, &mutex);
    kernel_add_slowly(&sum, contribution(work->id, round));
    if (++arrived == work->threads) kernel_signal(&all_arrived);
  }
  kernel_unlock(&mutex);
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000);
  struct work works[kMaxKernelThreads];
  pthread_t threads[kMaxKernelThreads];
  const double started = kernel_seconds();
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){i, args.threads, args.size};
    kernel_check(pthread_create(&threads[i], NULL, run, &works[i]), "pthread_create");
  }
  uint64_t expected = 0, checksum = 0;
  for (int64_t round = 1; round <= args.size; ++round) {
    kernel_lock(&mutex);
    arrived = 0;
    begun = round;
    kernel_broadcast(&begin);
    while (arrived < args.threads) kernel_wait(&all_arrived, &mutex);
    checksum = kernel_hash(checksum ^ sum);
    kernel_unlock(&mutex);
    for (int i = 0; i < args.threads; ++i) expected += contribution(i, round);
  }
  for (int i = 0; i < args.threads; ++i) kernel_check(pthread_join(threads[i], NULL), "pthread_join");
  kernel_report_time(started);
  printf("rounds %lld\nchecksum %016llx\n", (long long)begun, (unsigned long long)checksum);
  return sum == expected ? 0 : 1;
}
