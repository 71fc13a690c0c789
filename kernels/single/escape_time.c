// SPDX-License-Identifier: Apache-2.0
//
// SIZE rows of a Julia set: a short loop of doubles whose end is a comparison of two of them. The set is the same when
// turned by half; an engine that is wrong about a sign breaks that, and with one that rounds otherwise than to the
// nearest double the points end elsewhere.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kWidth = 256, kMostIterations = 256 };

static const double kRe = -0.7269;
static const double kIm = 0.1889;

/// Adds to `ends` where the point has come to.
static int iterations(double x, double y, double* ends) {
  int count = 0;
  while (count < kMostIterations && x * x + y * y <= 4) {
    const double next = x * x - y * y + kRe;
    y = 2 * x * y + kIm;
    x = next;
    ++count;
  }
  *ends += x;
  return count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1500);
  const int64_t height = args.size;
  uint16_t* counts = kernel_array(height * kWidth, sizeof *counts);
  double ends = 0;
  const double started = kernel_seconds();
  for (int64_t row = 0; row < height; ++row) {
    const double y = (double)(2 * row + 1 - height) / (double)height;
    for (int column = 0; column < kWidth; ++column) {
      const double x = 1.6 * (2 * column + 1 - kWidth) / kWidth;
      counts[row * kWidth + column] = (uint16_t)iterations(x, y, &ends);
    }
  }
  kernel_report_time(started);

  const int64_t last = height * kWidth - 1;
  int64_t unlike = 0;
  int64_t inside = 0;
  uint64_t checksum = kernel_mix_double(0, ends);
  for (int64_t i = 0; i <= last; ++i) {
    unlike += counts[i] != counts[last - i];
    inside += counts[i] == kMostIterations;
    checksum = kernel_mix(checksum, counts[i]);
  }
  free(counts);
  printf("inside %lld\nunlike %lld\n", (long long)inside, (long long)unlike);
  return kernel_result(unlike == 0, checksum);
}
