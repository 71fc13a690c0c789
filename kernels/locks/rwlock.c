// SPDX-License-Identifier: Apache-2.0
//
// pthread_rwlock: a writer is alone, readers are together. First all threads meet while each holds it for reading,
// which hangs where readers exclude each other; then every fourth access writes, and whoever reads meanwhile sees torn
// words.
#include "lock_kernel.h"

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static struct guarded guarded;

struct work {
  int threads;
  int64_t begin, end;
  bool broken;
};

static void meet(struct work* work) {
  kernel_check(pthread_rwlock_rdlock(&rwlock), "pthread_rwlock_rdlock");
  kernel_arrive();
  kernel_await(work->threads);
  if (pthread_rwlock_trywrlock(&rwlock) != EBUSY) work->broken = true;
  kernel_check(pthread_rwlock_unlock(&rwlock), "pthread_rwlock_unlock");
}

static void* run(void* argument) {
  struct work* work = argument;
  meet(work);
  uint64_t seen = 0;
  for (int64_t i = work->begin; i < work->end; ++i) {
    if (i % 4 == 0) {
      kernel_check(pthread_rwlock_wrlock(&rwlock), "pthread_rwlock_wrlock");
      guarded_update(&guarded, kernel_hash((uint64_t)i));
    } else {
      kernel_check(pthread_rwlock_rdlock(&rwlock), "pthread_rwlock_rdlock");
      if (!guarded_holds(&guarded) || guarded.counter < seen) work->broken = true;
      seen = guarded.counter;
    }
    kernel_check(pthread_rwlock_unlock(&rwlock), "pthread_rwlock_unlock");
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000000);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){args.threads, kernel_share(args.size, i, args.threads),
                             kernel_share(args.size, i + 1, args.threads), false};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);
  for (int i = 0; i < args.threads; ++i) guarded.broken = guarded.broken || works[i].broken;
  return guarded_report(&guarded, 1, (args.size + 3) / 4);
}
