// SPDX-License-Identifier: Apache-2.0
//
// Each thread increments a word of its own by compare_exchange, SIZE times in all: what one takes that finds what it
// expects. It ought to take what an addition takes, with any number of threads. In Wasm it may not fail for no reason:
// who is given what was expected believes that the new value is there, and an increment is missing in the sum.
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
  uint32_t seen = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    while (!atomic_compare_exchange_weak(word, &seen, seen + 1)) {
    }
    ++seen;
  }
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
