// SPDX-License-Identifier: Apache-2.0
//
// Each thread stores to a word of its own, fences, and loads the word, SIZE times in all: what a fence takes. Natively
// the accesses are relaxed and take next to nothing; in Wasm they are sequentially consistent, so that the store takes
// what the fence does. A load that misses the store before it changes the number.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t word;
} own[kMaxKernelThreads];

/// How often it has fenced, or 0 if a load missed the store before.
static uint64_t fence(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const word = &own[self->id].word;
  team_barrier(self);
  uint32_t wrong = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    atomic_store_explicit(word, (uint32_t)i, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    wrong |= atomic_load_explicit(word, memory_order_relaxed) ^ (uint32_t)i;
  }
  return wrong == 0 ? (uint64_t)(slice.end - slice.begin) : 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t fences = team_run(args.threads, fence);
  kernel_report_time(started);
  printf("fences %llu\n", (unsigned long long)fences);
  return fences == (uint64_t)size ? 0 : 1;
}
