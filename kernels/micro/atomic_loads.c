// SPDX-License-Identifier: Apache-2.0
//
// Each thread loads a word of its own, sequentially consistent, SIZE times in all: what an atomic load takes, which on
// most machines is what any load takes. An engine that makes it of a lock or of a read-modify-write is slower by far.
#include <stdatomic.h>

#include "kernel_team.h"

static const uint32_t kValue = UINT32_C(0x9e3779b9);
static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

static uint64_t load(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  *word = kValue;
  team_barrier(self);
  uint32_t sum = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) sum += atomic_load(word);
  return sum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 200000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint32_t sum = (uint32_t)team_run(args.threads, load);
  kernel_report_time(started);
  printf("sum %u\n", sum);
  return sum == kValue * (uint32_t)size ? 0 : 1;
}
