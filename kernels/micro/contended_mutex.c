// SPDX-License-Identifier: Apache-2.0
//
// All threads lock one mutex for one increment, SIZE times: what a mutex takes that others want as well, some of it
// asleep. A wake-up that is lost hangs it; two that are inside lose an increment.
#include "kernel_sync.h"
#include "kernel_team.h"

static int64_t size;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t count;  // under the mutex

static uint64_t lock_and_unlock(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    kernel_lock(&mutex);
    ++count;
    kernel_unlock(&mutex);
  }
  return 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 10000000);
  size = args.size;
  const double started = kernel_seconds();
  team_run(args.threads, lock_and_unlock);
  kernel_report_time(started);
  printf("count %llu\n", (unsigned long long)count);
  return count == (uint64_t)size ? 0 : 1;
}
