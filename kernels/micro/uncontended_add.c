// SPDX-License-Identifier: Apache-2.0
//
// Each thread adds to a word of its own, SIZE times in all: what a read-modify-write takes that nobody else wants. It
// ought to take the same with any number of threads; where one lock guards all atomics it does not.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

static uint64_t add(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) atomic_fetch_add(word, 1);
  return *word;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t sum = team_run(args.threads, add);
  kernel_report_time(started);
  printf("sum %llu\n", (unsigned long long)sum);
  return sum == (uint64_t)size ? 0 : 1;
}
