// SPDX-License-Identifier: Apache-2.0
//
// Pi by SIZE random points. The i-th point is a hash of i, so that the count does not depend on who draws it: integers,
// no memory, no synchronisation but the join. What it shows is speed-up; a wrong multiplication of 64 bits is far from
// pi.
#include "kernel_math.h"
#include "kernel_team.h"

static int64_t points;

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, points);
  uint64_t inside = 0;
  for (int64_t i = share.begin; i < share.end; ++i) {
    const uint64_t hash = kernel_hash((uint64_t)i);
    const uint64_t x = hash >> 33;
    const uint64_t y = hash & 0x7fffffff;
    inside += x * x + y * y < UINT64_C(1) << 62;
  }
  return inside;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 200000000);
  points = args.size;
  const double started = kernel_seconds();
  const uint64_t inside = team_run(args.threads, body);
  kernel_report_time(started);
  const double pi = 4 * (double)inside / (double)points;
  printf("inside %llu\npi %.6f\n", (unsigned long long)inside, pi);
  return math_abs(pi - kMathPi) < 10 / math_sqrt((double)points) ? 0 : 1;  // six standard deviations
}
