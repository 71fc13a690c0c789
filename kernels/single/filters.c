// SPDX-License-Identifier: Apache-2.0
//
// SIZE samples of noise through two filters, in floats: a sum of the last sixteen samples with weights, and one that
// feeds back what it has put out. An engine that computes floats as doubles, or rounds only when it stores, has other
// bits; one that delays a sample too long has another signal than the same in doubles.
#include "kernel_checksum.h"
#include "kernel_math.h"

enum { kTaps = 16, kNoise = 4096 };

static float noise[kNoise];
static float weights[kTaps];

/// Low-pass: y = b (x + 2 x' + x'') - a1 y' - a2 y''.
static const float kB = 0.0675F;
static const float kA1 = -1.143F;
static const float kA2 = 0.4128F;

static float weighted(int64_t i) {
  float sum = 0;
  for (int tap = 0; tap < kTaps; ++tap) sum += weights[tap] * noise[(i + tap) % kNoise];
  return sum;
}

static float largest(float a, float b) { return a < b ? b : a; }

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000000);
  for (int i = 0; i < kNoise; ++i) noise[i] = (float)(math_unit(kernel_hash((uint64_t)i)) - 0.5);
  for (int tap = 0; tap < kTaps; ++tap) weights[tap] = (float)(1 + tap % 8) * (tap < 8 ? 0.02F : -0.01F);

  const double started = kernel_seconds();
  float x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  float most = 0;
  uint64_t checksum = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    const float x = weighted(i);
    const float y = kB * (x + 2 * x1 + x2) - kA1 * y1 - kA2 * y2;
    x2 = x1, x1 = x;
    y2 = y1, y1 = y;
    most = largest(most, y < 0 ? -y : y);
    uint32_t bits;
    memcpy(&bits, &y, sizeof bits);
    checksum = checksum * 31 + bits;
  }
  kernel_report_time(started);

  double dx1 = 0, dx2 = 0, dy1 = 0, dy2 = 0;
  double error = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    double x = 0;
    for (int tap = 0; tap < kTaps; ++tap) x += (double)weights[tap] * (double)noise[(i + tap) % kNoise];
    const double y = (double)kB * (x + 2 * dx1 + dx2) - (double)kA1 * dy1 - (double)kA2 * dy2;
    dx2 = dx1, dx1 = x;
    dy2 = dy1, dy1 = y;
    if (i == args.size - 1) error = math_abs(y - (double)y1);
  }
  printf("loudest %.6f\n", (double)most);
  return kernel_result(error < 1e-5, checksum);
}
