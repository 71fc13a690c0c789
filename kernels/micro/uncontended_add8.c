// SPDX-License-Identifier: Apache-2.0
//
// Each thread adds to a byte of its own, SIZE times in all: what a narrow read-modify-write takes. An engine that makes
// it of a loop about the whole word is slower than at 32 bits; one that adds in 32 bits carries into the next byte, of
// which nothing may be seen.
#include <stdatomic.h>

#include "kernel_team.h"

enum { kBytes = 4, kByte = 1 };

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint8_t bytes[kBytes];
} own[kMaxKernelThreads];

/// How often it has added, or 0 if that is not what the bytes say.
static uint64_t add(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint8_t* const bytes = own[self->id].bytes;
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) atomic_fetch_add(&bytes[kByte], 1);
  const int64_t count = slice.end - slice.begin;
  for (int i = 0; i < kBytes; ++i) {
    if (bytes[i] != (i == kByte ? (uint8_t)count : 0)) return 0;
  }
  return (uint64_t)count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t added = team_run(args.threads, add);
  kernel_report_time(started);
  printf("added %llu\n", (unsigned long long)added);
  return added == (uint64_t)size ? 0 : 1;
}
