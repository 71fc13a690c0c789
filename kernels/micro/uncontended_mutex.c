// SPDX-License-Identifier: Apache-2.0
//
// Each thread locks and unlocks a mutex of its own, SIZE times in all: what a mutex takes that nobody else wants, a few
// atomics and no sleep.
#include "kernel_sync.h"
#include "kernel_team.h"

static int64_t size;
static struct {
  _Alignas(64) pthread_mutex_t mutex;
  uint64_t count;
} own[kMaxKernelThreads];

static uint64_t lock_and_unlock(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  pthread_mutex_t* const mutex = &own[self->id].mutex;
  kernel_check(pthread_mutex_init(mutex, NULL), "pthread_mutex_init");
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    kernel_lock(mutex);
    ++own[self->id].count;
    kernel_unlock(mutex);
  }
  return own[self->id].count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t sum = team_run(args.threads, lock_and_unlock);
  kernel_report_time(started);
  printf("sum %llu\n", (unsigned long long)sum);
  return sum == (uint64_t)size ? 0 : 1;
}
