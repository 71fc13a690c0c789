// SPDX-License-Identifier: Apache-2.0
//
// Producers and consumers around a small ring with two condition variables. Half of the threads produce, half consume,
// at least one each. Every item comes out exactly once, whoever takes it: a lost wake-up hangs it, a wait that returns
// without the mutex loses items.
#include <stdbool.h>

#include "kernel_slice.h"
#include "kernel_sync.h"

enum { kCapacity = 8 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;
static uint64_t ring[kCapacity];
static int first, count;
static int producing;  // producers that are not done

struct role {
  bool producer;
  struct kernel_slice items;  // of a producer
  int64_t taken;              // by a consumer
  uint64_t checksum;
};

static void produce(uint64_t item) {
  kernel_lock(&mutex);
  while (count == kCapacity) kernel_wait(&not_full, &mutex);
  ring[(first + count) % kCapacity] = item;
  ++count;
  kernel_signal(&not_empty);
  kernel_unlock(&mutex);
}

/// False when there will never be another item.
static bool consume(uint64_t* item) {
  kernel_lock(&mutex);
  while (count == 0 && producing > 0) kernel_wait(&not_empty, &mutex);
  const bool got = count > 0;
  if (got) {
    *item = ring[first];
    first = (first + 1) % kCapacity;
    --count;
    kernel_signal(&not_full);
  }
  kernel_unlock(&mutex);
  return got;
}

static void* run(void* argument) {
  struct role* role = argument;
  if (role->producer) {
    for (int64_t i = role->items.begin; i < role->items.end; ++i) produce((uint64_t)i);
    kernel_lock(&mutex);
    if (--producing == 0) kernel_broadcast(&not_empty);
    kernel_unlock(&mutex);
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
  const struct kernel_args args = kernel_parse(argc, argv, 400000);
  const int threads = args.threads < 2 ? 2 : args.threads;
  const int producers = threads / 2;
  producing = producers;
  struct role roles[kMaxKernelThreads] = {0};
  for (int i = 0; i < producers; ++i) {
    roles[i] = (struct role){.producer = true, .items = kernel_slice(args.size, i, producers)};
  }
  const double started = kernel_seconds();
  kernel_run(threads, run, roles, sizeof roles[0]);
  kernel_report_time(started);

  int64_t taken = 0;
  uint64_t checksum = 0, expected = 0;
  for (int i = 0; i < threads; ++i) {
    taken += roles[i].taken;
    checksum += roles[i].checksum;
  }
  for (int64_t i = 0; i < args.size; ++i) expected += kernel_hash((uint64_t)i);
  printf("items %lld\nchecksum %016llx\n", (long long)taken, (unsigned long long)checksum);
  return taken == args.size && checksum == expected ? 0 : 1;
}
