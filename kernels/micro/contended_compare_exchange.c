// SPDX-License-Identifier: Apache-2.0
//
// All threads increment one word by compare_exchange, SIZE times: what one takes that others make fail. Who failed has
// been told what is there now, and tries again. One that succeeds although the word has changed loses an increment.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static _Atomic uint32_t word;

static uint64_t increment(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  team_barrier(self);
  uint32_t seen = 0;
  for (int64_t i = slice.begin; i < slice.end; ++i) {
    while (!atomic_compare_exchange_weak(&word, &seen, seen + 1)) {
    }
    ++seen;
  }
  return 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  size = args.size;
  const double started = kernel_seconds();
  team_run(args.threads, increment);
  kernel_report_time(started);
  printf("sum %u\n", word);
  return word == (uint32_t)size ? 0 : 1;
}
