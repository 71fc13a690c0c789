// SPDX-License-Identifier: Apache-2.0
//
// POSIX semaphores, one that lets three threads in and one that lets in one. A permit too many shows as a fourth thread
// inside or as torn words, a post that wakes nobody hangs it, and a permit that is lost shows at the end.
#include <semaphore.h>

#include "lock_kernel.h"

enum { kPermits = 3 };

static sem_t permits, mutex;
static int inside;  // guarded by mutex, as the rest
static struct guarded guarded;

struct work {
  int threads;
  int64_t begin, end;
};

static void take(sem_t* semaphore) { kernel_check(sem_wait(semaphore), "sem_wait"); }
static void give(sem_t* semaphore) { kernel_check(sem_post(semaphore), "sem_post"); }

static void* run(void* argument) {
  const struct work* work = argument;
  kernel_arrive();
  kernel_await(work->threads);
  for (int64_t i = work->begin; i < work->end; ++i) {
    take(&permits);
    take(&mutex);
    if (++inside > kPermits) guarded.broken = true;
    give(&mutex);
    const uint64_t number = kernel_hash((uint64_t)i);
    take(&mutex);
    guarded_update(&guarded, number);
    --inside;
    give(&mutex);
    give(&permits);
  }
  return NULL;
}

static bool has_exactly(sem_t* semaphore, int value) {
  int now = -1;
  kernel_check(sem_getvalue(semaphore, &now), "sem_getvalue");
  return now == value;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  kernel_check(sem_init(&permits, 0, kPermits), "sem_init");
  kernel_check(sem_init(&mutex, 0, 1), "sem_init");
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){args.threads, kernel_share(args.size, i, args.threads),
                             kernel_share(args.size, i + 1, args.threads)};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);
  if (!has_exactly(&permits, kPermits) || !has_exactly(&mutex, 1) || inside != 0) guarded.broken = true;
  sem_destroy(&permits);
  sem_destroy(&mutex);
  return guarded_report(&guarded, 1, args.size);
}
