// SPDX-License-Identifier: Apache-2.0
//
// Each thread notifies a word of its own that nobody waits for, SIZE times in all: what a notify takes, natively a
// futex, where a lock is freed that nobody wanted. It ought to take the same with any number of threads; where one lock
// guards all queues it does not. A notify that says it woke somebody changes the number.
#include "kernel_team.h"
#include "kernel_wait.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

static uint64_t notify(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  team_barrier(self);
  uint64_t woken = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) woken += kernel_wake(word);
  return (uint64_t)(slice.end - slice.begin) - woken;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t in_vain = team_run(args.threads, notify);
  kernel_report_time(started);
  printf("in vain %llu\n", (unsigned long long)in_vain);
  return in_vain == (uint64_t)size ? 0 : 1;
}
