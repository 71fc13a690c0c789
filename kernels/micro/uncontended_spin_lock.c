// SPDX-License-Identifier: Apache-2.0
//
// Each thread takes and frees a spin lock of its own, SIZE times in all: an exchange and a store, both sequentially
// consistent, as all atomics of Wasm are. (A native lock that only acquires and releases takes half.) A store that is
// lost hangs it.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static struct {
  _Alignas(64) _Atomic uint32_t locked;
  uint64_t count;
} own[kMaxKernelThreads];

static uint64_t lock_and_unlock(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  _Atomic uint32_t* const locked = &own[self->id].locked;
  uint64_t* const count = &own[self->id].count;
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    while (atomic_exchange(locked, 1) != 0) {
    }
    ++*count;
    atomic_store(locked, 0);
  }
  return *count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000000);
  size = args.size;
  const double started = kernel_seconds();
  const uint64_t sum = team_run(args.threads, lock_and_unlock);
  kernel_report_time(started);
  printf("sum %llu\n", (unsigned long long)sum);
  return sum == (uint64_t)size ? 0 : 1;
}
