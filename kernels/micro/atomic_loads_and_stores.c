// SPDX-License-Identifier: Apache-2.0
//
// Each thread increments a word of its own by a load and a store, SIZE times in all: what a sequentially consistent
// store takes. It has to be seen before anything later is loaded, which on x86 is an exchange: no less than an addition
// takes, and an engine ought not to take more. A store that the next load misses is missing in the sum.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

static uint64_t increment(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) atomic_store(word, atomic_load(word) + 1);
  return *word;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t sum = team_run(args.threads, increment);
  kernel_report_time(started);
  printf("sum %llu\n", (unsigned long long)sum);
  return sum == (uint64_t)size ? 0 : 1;
}
