// SPDX-License-Identifier: Apache-2.0
//
// All threads add to one word, SIZE times: what a read-modify-write takes that others want as well. One that is lost is
// missing in the end.
#include <stdatomic.h>

#include "kernel_team.h"

static int64_t size;
static _Atomic uint32_t word;

static uint64_t add(const struct team_member* self) {
  const struct kernel_slice slice = team_share(self, size);
  team_barrier(self);
  for (int64_t i = slice.begin; i < slice.end; ++i) atomic_fetch_add(&word, 1);
  return 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  size = args.size;
  const double started = kernel_seconds();
  team_run(args.threads, add);
  kernel_report_time(started);
  printf("sum %u\n", word);
  return word == (uint32_t)size ? 0 : 1;
}
