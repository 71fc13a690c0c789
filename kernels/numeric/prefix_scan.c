// SPDX-License-Identifier: Apache-2.0
//
// SIZE times the prefix sums of one array, in place: each thread sums its part, and after a barrier adds what is in
// front of it. Each round reads what the one before wrote; sums seen too early or too late spread over everything
// behind them.
#include "kernel_team.h"

enum { kElements = 1 << 18 };

static int64_t rounds;
static uint64_t elements[kElements];
static uint64_t sums[kMaxKernelThreads];
static int64_t wrong_rounds;

static void scan(const struct team_member* self, struct kernel_slice share) {
  uint64_t sum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) sum += elements[i];
  sums[self->id] = sum;
  team_barrier(self);

  uint64_t total = 0;
  uint64_t running = 0;
  for (int i = 0; i < self->threads; ++i) {
    if (i == self->id) running = total;
    total += sums[i];
  }
  for (int64_t i = share.begin; i < share.end; ++i) {
    running += elements[i];
    elements[i] = running;
  }
  team_barrier(self);
  if (self->id == 0) wrong_rounds += elements[kElements - 1] != total;
}

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, kElements);
  for (int64_t i = share.begin; i < share.end; ++i) elements[i] = kernel_hash((uint64_t)i);
  for (int64_t round = 0; round < rounds; ++round) scan(self, share);
  uint64_t checksum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) checksum += team_hash(i, elements[i]);
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000);
  rounds = args.size;
  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);
  printf("wrong rounds %lld\nchecksum %016llx\n", (long long)wrong_rounds, (unsigned long long)checksum);
  return wrong_rounds == 0 ? 0 : 1;
}
