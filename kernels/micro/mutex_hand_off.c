// SPDX-License-Identifier: Apache-2.0
//
// Threads that take turns under one mutex, SIZE turns: each signals the next, and sleeps until it is signalled itself.
// What a turn takes is what a mutex and a condition variable take. A signal that is lost hangs it; two that are inside,
// or one out of turn, change the checksum.
#include "kernel.h"
#include "kernel_sync.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int64_t turn, turns;  // under the mutex, as the checksum
static uint64_t checksum;

struct taker {
  pthread_cond_t signalled;
  int id, takers;
};
static struct taker takers[kMaxKernelThreads];

static void* take_turns(void* argument) {
  struct taker* taker = argument;
  kernel_lock(&mutex);
  for (int64_t own = taker->id; own < turns; own += taker->takers) {
    while (turn != own) kernel_check(pthread_cond_wait(&taker->signalled, &mutex), "pthread_cond_wait");
    checksum = kernel_hash(checksum ^ (uint64_t)turn);
    ++turn;
    kernel_check(pthread_cond_signal(&takers[turn % taker->takers].signalled), "pthread_cond_signal");
  }
  kernel_unlock(&mutex);
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 100000);
  turns = args.size;
  for (int i = 0; i < args.threads; ++i) {
    kernel_check(pthread_cond_init(&takers[i].signalled, NULL), "pthread_cond_init");
    takers[i].id = i;
    takers[i].takers = args.threads;
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, take_turns, takers, sizeof takers[0]);
  kernel_report_time(started);

  uint64_t expected = 0;
  for (int64_t i = 0; i < turns; ++i) expected = kernel_hash(expected ^ (uint64_t)i);
  printf("checksum %016llx\n", (unsigned long long)checksum);
  return checksum == expected ? 0 : 1;
}
