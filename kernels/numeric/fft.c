// SPDX-License-Identifier: Apache-2.0
//
// SIZE times a fast Fourier transform and its inverse, a barrier after every stage: the butterflies of a stage read
// what other threads wrote in the one before. A barrier that leaks, or a write that comes late, and the inverse does
// not give the signal back.
#include "kernel_math.h"
#include "kernel_team.h"

enum { kStages = 16, kPoints = 1 << kStages, kHalf = kPoints / 2 };

static int64_t rounds;
static double re[kPoints];
static double im[kPoints];
static double cosines[kHalf];
static double sines[kHalf];

static double signal_at(int64_t i) { return math_unit(kernel_hash((uint64_t)i)) - 0.5; }

static void swap(double* a, double* b) {
  const double old = *a;
  *a = *b;
  *b = old;
}

static void reverse_bits(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, kPoints);
  for (int64_t i = share.begin; i < share.end; ++i) {
    int64_t j = 0;
    for (int bit = 0; bit < kStages; ++bit) j |= (i >> bit & 1) << (kStages - 1 - bit);
    if (i >= j) continue;
    swap(&re[i], &re[j]);
    swap(&im[i], &im[j]);
  }
  team_barrier(self);
}

/// `sign` is -1 for the transform and 1 for its inverse, which is not yet divided by the number of points.
static void transform(const struct team_member* self, double sign) {
  reverse_bits(self);
  const struct kernel_slice share = team_share(self, kHalf);
  for (int stage = 0; stage < kStages; ++stage) {
    const int64_t half = INT64_C(1) << stage;
    for (int64_t i = share.begin; i < share.end; ++i) {
      const int64_t k = i & (half - 1);
      const int64_t top = 2 * i - k;
      const int64_t bottom = top + half;
      const double c = cosines[k << (kStages - 1 - stage)];
      const double s = sign * sines[k << (kStages - 1 - stage)];
      const double x = c * re[bottom] - s * im[bottom];
      const double y = c * im[bottom] + s * re[bottom];
      re[bottom] = re[top] - x;
      im[bottom] = im[top] - y;
      re[top] += x;
      im[top] += y;
    }
    team_barrier(self);
  }
}

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, kPoints);
  uint64_t checksum = 0;
  for (int64_t round = 0; round < rounds; ++round) {
    transform(self, -1);
    for (int64_t i = share.begin; i < share.end; ++i)
      checksum += team_hash_double(2 * i, re[i]) + team_hash_double(2 * i + 1, im[i]);
    team_barrier(self);
    transform(self, 1);
    for (int64_t i = share.begin; i < share.end; ++i) {
      re[i] /= kPoints;
      im[i] /= kPoints;
    }
    team_barrier(self);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 60);
  rounds = args.size;
  for (int i = 0; i < kPoints; ++i) re[i] = signal_at(i);
  for (int i = 0; i < kHalf; ++i) {
    cosines[i] = math_cos(kMathPi * i / kHalf);
    sines[i] = math_sin(kMathPi * i / kHalf);
  }

  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);
  int64_t back = 0;
  for (int i = 0; i < kPoints; ++i) back += math_abs(re[i] - signal_at(i)) < 1e-9 && math_abs(im[i]) < 1e-9;
  printf("points back %lld\nchecksum %016llx\n", (long long)back, (unsigned long long)checksum);
  return back == kPoints ? 0 : 1;
}
