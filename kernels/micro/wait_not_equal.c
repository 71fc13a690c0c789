// SPDX-License-Identifier: Apache-2.0
//
// Each thread waits for a word of its own that is not what it expects, SIZE times in all: what a wait takes that is
// over at once, natively a futex. One that sleeps all the same hangs it, one that says anything but that the word
// differed changes the number; where one lock guards all queues two threads take twice as long.
#include "kernel_team.h"
#include "kernel_wait.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

static uint64_t wait_in_vain(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  team_barrier(self);
  uint64_t differed = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) differed += kernel_wait(word, 1);
  return differed;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t differed = team_run(args.threads, wait_in_vain);
  kernel_report_time(started);
  printf("differed %llu\n", (unsigned long long)differed);
  return differed == (uint64_t)size ? 0 : 1;
}
