// SPDX-License-Identifier: Apache-2.0
//
// Threads end in an order that a turn prescribes and are joined in another: as created, backwards, shuffled, and each
// by its successor. Join has to return this thread's value whether it ended long ago or not yet. A runtime that joins
// whoever ends next, or forgets an ended thread, is found wrong or hangs.
#include <stdbool.h>

#include "kernel_sync.h"

enum order { kForward, kBackward, kShuffled, kChain, kOrders };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t next_turn = PTHREAD_COND_INITIALIZER;
static int turn;

struct work {
  pthread_t thread;
  const struct work* predecessor;  // whom it joins, or NULL
  uint64_t secret;
  uint64_t joined;  // the predecessor's value
  int turn;         // when it ends
};

/// Waits for its turn, so that threads end in the order of their turns, more or less.
static void* run(void* argument) {
  struct work* work = argument;
  if (work->predecessor != NULL) {
    void* value = NULL;
    kernel_check(pthread_join(work->predecessor->thread, &value), "pthread_join");
    work->joined = *(uint64_t*)value;
  }
  kernel_lock(&mutex);
  while (turn != work->turn) kernel_wait(&next_turn, &mutex);
  ++turn;
  kernel_broadcast(&next_turn);
  kernel_unlock(&mutex);
  work->secret = kernel_hash(work->secret);
  return &work->secret;
}

static void shuffle(int* numbers, int count, uint64_t seed) {
  for (int i = 0; i < count; ++i) numbers[i] = i;
  for (int i = count - 1; i > 0; --i) {
    const int other = (int)(kernel_hash(seed + (uint64_t)i) % (uint64_t)(i + 1));
    const int kept = numbers[i];
    numbers[i] = numbers[other];
    numbers[other] = kept;
  }
}

/// The checksum of the values in the order of joining, or 0 when one is wrong.
static uint64_t round_of(int threads, enum order order, uint64_t round) {
  static struct work works[kMaxKernelThreads];
  int ends[kMaxKernelThreads], joins[kMaxKernelThreads];
  shuffle(ends, threads, round * 1000);
  shuffle(joins, threads, round * 1000 + 500);
  turn = 0;
  for (int i = 0; i < threads; ++i) {
    const bool chained = order == kChain;
    works[i] = (struct work){.predecessor = chained && i > 0 ? &works[i - 1] : NULL,
                             .secret = round * kMaxKernelThreads + (uint64_t)i,
                             .turn = chained ? i : ends[i]};
    kernel_check(pthread_create(&works[i].thread, NULL, run, &works[i]), "pthread_create");
  }
  uint64_t checksum = 1;
  for (int i = order == kChain ? threads - 1 : 0; i < threads; ++i) {
    const int which = order == kBackward ? threads - 1 - i : order == kShuffled ? joins[i] : i;
    void* value = NULL;
    kernel_check(pthread_join(works[which].thread, &value), "pthread_join");
    if (value != &works[which].secret) return 0;
    if (works[which].secret != kernel_hash(round * kMaxKernelThreads + (uint64_t)which)) return 0;
    checksum = kernel_hash(checksum ^ works[which].secret);
  }
  for (int i = 1; order == kChain && i < threads; ++i) {
    if (works[i].joined != works[i - 1].secret) return 0;
    checksum = kernel_hash(checksum ^ works[i].joined);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000);
  const int64_t rounds = (args.size + args.threads - 1) / args.threads;
  uint64_t checksum = 0;
  int64_t right = 0;
  const double started = kernel_seconds();
  for (int64_t round = 0; round < rounds; ++round) {
    const uint64_t part = round_of(args.threads, (enum order)(round % kOrders), (uint64_t)round);
    right += part != 0;
    checksum = kernel_hash(checksum ^ part);
  }
  kernel_report_time(started);
  printf("rounds %lld\nchecksum %016llx\n", (long long)right, (unsigned long long)checksum);
  return right == rounds ? 0 : 1;
}
