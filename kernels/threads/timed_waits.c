// SPDX-License-Identifier: Apache-2.0
//
// Waits with a deadline, of condition variables, mutexes and semaphores: some expire, since nobody comes, not before
// their time; those whose deadline is far away are ended by the main thread. How late a wait expires is not judged. A
// runtime that forgets timeouts hangs; one that returns early, or takes a wake-up for a timeout, is found wrong.
#include <semaphore.h>
#include <stdbool.h>

#include "kernel_slice.h"
#include "kernel_sync.h"

enum { kShort = 2, kLong = 600 * 1000 };  // ms

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t nobody_signals = PTHREAD_COND_INITIALIZER;
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static bool is_open;
static int ready_threads;
static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;  // by main, until it opens
static sem_t semaphore;                                   // main posts when it opens

struct work {
  struct kernel_slice rounds;
  int64_t expired, ended, wrong;
};

static struct timespec after(int64_t milliseconds) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  const int64_t nanoseconds = time.tv_nsec + milliseconds % 1000 * 1000000;
  time.tv_sec += milliseconds / 1000 + nanoseconds / 1000000000;
  time.tv_nsec = nanoseconds % 1000000000;
  return time;
}

static int wait_for(pthread_cond_t* condition, struct timespec deadline) {
  return pthread_cond_timedwait(condition, &mutex, &deadline);
}

static int lock_for(struct timespec deadline) { return pthread_mutex_timedlock(&held, &deadline); }

static int take_for(struct timespec deadline) { return sem_timedwait(&semaphore, &deadline) == 0 ? 0 : errno; }

/// A wait without predicate, since it may end early by the rules.
static int wait_until_expired(struct timespec deadline) {
  int status = 0;
  kernel_lock(&mutex);
  while (status == 0) status = wait_for(&nobody_signals, deadline);
  if (pthread_mutex_trylock(&mutex) == 0) status = -1;  // it has to be ours again
  kernel_unlock(&mutex);
  return status;
}

static void expire(struct work* work, int (*wait)(struct timespec), int64_t milliseconds) {
  const double started = kernel_seconds();
  const int status = wait(after(milliseconds));
  // A millisecond for clocks that disagree.
  const bool early = kernel_seconds() - started < (double)(milliseconds - 1) / 1000;
  ++*(status == ETIMEDOUT && !early ? &work->expired : &work->wrong);
}

static void* run(void* argument) {
  struct work* work = argument;
  for (int64_t round = work->rounds.begin; round < work->rounds.end; ++round) {
    expire(work, wait_until_expired, kShort);
    expire(work, wait_until_expired, 0);
    expire(work, lock_for, kShort);
    expire(work, take_for, kShort);
  }
  int status = 0;
  kernel_lock(&mutex);
  ++ready_threads;
  kernel_signal(&ready);
  while (!is_open && status == 0) status = wait_for(&opened, after(kLong));
  kernel_unlock(&mutex);
  ++*(status == 0 ? &work->ended : &work->wrong);
  ++*(take_for(after(kLong)) == 0 ? &work->ended : &work->wrong);
  status = lock_for(after(kLong));
  ++*(status == 0 ? &work->ended : &work->wrong);
  if (status == 0) kernel_unlock(&held);
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 200);
  kernel_check(sem_init(&semaphore, 0, 0), "sem_init");
  struct work works[kMaxKernelThreads];
  pthread_t threads[kMaxKernelThreads];
  const double started = kernel_seconds();
  kernel_lock(&held);
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){.rounds = kernel_slice(args.size, i, args.threads)};
    kernel_check(pthread_create(&threads[i], NULL, run, &works[i]), "pthread_create");
  }
  kernel_lock(&mutex);
  while (ready_threads < args.threads) kernel_wait(&ready, &mutex);
  is_open = true;
  kernel_broadcast(&opened);
  kernel_unlock(&mutex);
  for (int i = 0; i < args.threads; ++i) sem_post(&semaphore);
  kernel_unlock(&held);

  int64_t expired = 0, ended = 0, wrong = 0;
  for (int i = 0; i < args.threads; ++i) {
    kernel_check(pthread_join(threads[i], NULL), "pthread_join");
    expired += works[i].expired;
    ended += works[i].ended;
    wrong += works[i].wrong;
  }
  kernel_report_time(started);
  sem_destroy(&semaphore);
  printf("expired %lld\nended %lld\nwrong %lld\n", (long long)expired, (long long)ended, (long long)wrong);
  return wrong == 0 ? 0 : 1;
}
