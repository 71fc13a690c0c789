// SPDX-License-Identifier: Apache-2.0
//
// Prices of SIZE European options by Black and Scholes: exp, log and sqrt, no memory but the arguments. Every bit of
// every price is in the checksum; call and put must keep their parity.
#include "kernel_math.h"
#include "kernel_team.h"

static int64_t options;

struct option {
  double spot;
  double strike;
  double rate;
  double volatility;
  double years;
};

static double between(double least, double most, int64_t i, int field) {
  return least + (most - least) * math_unit(kernel_hash((uint64_t)(5 * i + field)));
}

static struct option option_at(int64_t i) {
  return (struct option){between(50, 150, i, 0), between(50, 150, i, 1), between(0, 0.1, i, 2),
                         between(0.05, 0.6, i, 3), between(0.1, 3, i, 4)};
}

/// The cumulative normal distribution, by Abramowitz and Stegun 26.2.17.
static double normal(double x) {
  static const double kTerms[] = {1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530};
  const double k = 1 / (1 + 0.2316419 * math_abs(x));
  double sum = 0;
  for (int i = 0; i < 5; ++i) sum = (sum + kTerms[i]) * k;
  const double tail = sum * math_exp(-0.5 * x * x) / math_sqrt(2 * kMathPi);
  return x < 0 ? tail : 1 - tail;
}

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, options);
  uint64_t checksum = 0;
  for (int64_t i = share.begin; i < share.end; ++i) {
    const struct option o = option_at(i);
    const double deviation = o.volatility * math_sqrt(o.years);
    const double d1 = math_log(o.spot / o.strike) / deviation + o.rate * o.years / deviation + 0.5 * deviation;
    const double d2 = d1 - deviation;
    const double present = o.strike * math_exp(-o.rate * o.years);
    const double call = o.spot * normal(d1) - present * normal(d2);
    const double put = present * normal(-d2) - o.spot * normal(-d1);
    if (!(math_abs(call - put - (o.spot - present)) < 1e-9)) {
      fprintf(stderr, "option %lld: call %.6f, put %.6f\n", (long long)i, call, put);
      exit(1);
    }
    checksum += team_hash_double(2 * i, call) + team_hash_double(2 * i + 1, put);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 3000000);
  options = args.size;
  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);
  printf("options %lld\nchecksum %016llx\n", (long long)options, (unsigned long long)checksum);
  return 0;
}
