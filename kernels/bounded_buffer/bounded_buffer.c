// SPDX-License-Identifier: Apache-2.0
//
// Producers and consumers around a small ring with two condition variables. Half of the threads produce, half consume,
// at least one each. Every item comes out exactly once, whoever takes it.
#include "kernel.h"

enum { kCapacity = 8 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static uint64_t ring[kCapacity];
static int first, count;
static int producing;  // producers that are not done

struct role {
  int producer;
  uint64_t id;
  int64_t items;  // of a producer: how many it makes
  uint64_t taken, checksum;
};

static void produce(uint64_t item) {
  pthread_mutex_lock(&mutex);
  while (count == kCapacity) kernel_check(pthread_cond_wait(&not_full, &mutex), "pthread_cond_wait");
  ring[(first + count) % kCapacity] = item;
  ++count;
  pthread_cond_signal(&not_empty);
  pthread_mutex_unlock(&mutex);
}

/// False when there will never be another item.
static int consume(uint64_t* item) {
  pthread_mutex_lock(&mutex);
  while (count == 0 && producing > 0) kernel_check(pthread_cond_wait(&not_empty, &mutex), "pthread_cond_wait");
  const int got = count > 0;
  if (got) {
    *item = ring[first];
    first = (first + 1) % kCapacity;
    --count;
    pthread_cond_signal(&not_full);
  }
  pthread_mutex_unlock(&mutex);
  return got;
}

static void* run(void* argument) {
  struct role* role = argument;
  if (role->producer) {
    for (int64_t i = 0; i < role->items; ++i) produce((role->id << 40) + (uint64_t)i);
    pthread_mutex_lock(&mutex);
    if (--producing == 0) pthread_cond_broadcast(&not_empty);
    pthread_mutex_unlock(&mutex);
  } else {
    uint64_t item = 0;
    while (consume(&item)) {
      ++role->taken;
      role->checksum += kernel_hash(item);
    }
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000);
  const double started = kernel_seconds();
  const int threads = args.threads < 2 ? 2 : args.threads;
  producing = threads / 2;
  struct role roles[kMaxKernelThreads];
  const int producers = producing;
  for (int i = 0; i < threads; ++i) roles[i] = (struct role){i < producers, (uint64_t)i, args.size, 0, 0};
  kernel_run(threads, run, roles, sizeof roles[0]);

  uint64_t taken = 0, checksum = 0;
  for (int i = 0; i < threads; ++i) {
    taken += roles[i].taken;
    checksum += roles[i].checksum;
  }
  kernel_report_time(started);
  printf("items %llu\nchecksum %016llx\n", (unsigned long long)taken, (unsigned long long)checksum);
  return taken == (uint64_t)producers * (uint64_t)args.size ? 0 : 1;
}
