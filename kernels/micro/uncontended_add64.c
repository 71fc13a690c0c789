// SPDX-License-Identifier: Apache-2.0
//
// Each thread adds to 64 bits of its own, SIZE times in all: what a 64-bit read-modify-write takes, which ought to be
// what one of 32 bits takes. Every other addition carries from the lower half to the upper one: where the halves are
// added one by one, or only one of them is, the sum is wrong.
#include <stdatomic.h>

#include "kernel_team.h"

static const uint64_t kStep = UINT64_C(0x180000001);
static int64_t size;
static struct {
  _Alignas(64) _Atomic uint64_t word;
} own[kMaxKernelThreads];

static uint64_t add(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint64_t* const word = &own[self->id].word;
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) atomic_fetch_add(word, kStep);
  return *word;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t sum = team_run(args.threads, add);
  kernel_report_time(started);
  printf("sum %llu\n", (unsigned long long)sum);
  return sum == kStep * (uint64_t)size ? 0 : 1;
}
