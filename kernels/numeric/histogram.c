// SPDX-License-Identifier: Apache-2.0
//
// A histogram of SIZE numbers: threads count block after block on their own and add each block's counts to shared
// atomic bins. An addition that is not atomic loses counts: they no longer sum to SIZE.
#include <stdatomic.h>

#include "kernel_team.h"

enum { kBins = 256, kBlock = 4096 };

static int64_t size;
static atomic_llong next_block;
static atomic_llong bins[kBins];

/// Of two dice: the bins have unequal counts.
static int bin_of(int64_t i) {
  const uint64_t hash = kernel_hash((uint64_t)i);
  return (int)((hash & 127) + (hash >> 7 & 127));
}

static uint64_t body(const struct team_member* self) {
  (void)self;
  for (int64_t block = atomic_fetch_add(&next_block, kBlock); block < size;
       block = atomic_fetch_add(&next_block, kBlock)) {
    int counts[kBins] = {0};
    for (int64_t i = block; i < block + kBlock && i < size; ++i) ++counts[bin_of(i)];
    for (int bin = 0; bin < kBins; ++bin) atomic_fetch_add_explicit(&bins[bin], counts[bin], memory_order_relaxed);
  }
  return 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 200000000);
  size = args.size;
  const double started = kernel_seconds();
  team_run(args.threads, body);
  kernel_report_time(started);

  int64_t counted = 0;
  uint64_t checksum = 0;
  for (int bin = 0; bin < kBins; ++bin) {
    const int64_t count = atomic_load(&bins[bin]);
    counted += count;
    checksum += team_hash(bin, (uint64_t)count);
  }
  printf("counted %lld\nchecksum %016llx\n", (long long)counted, (unsigned long long)checksum);
  return counted == size ? 0 : 1;
}
