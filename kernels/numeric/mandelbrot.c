// SPDX-License-Identifier: Apache-2.0
//
// SIZE rows of the Mandelbrot set; each thread takes the next row from an atomic counter, for rows take unequal time.
// A row taken twice or never changes the checksum; the upper half must be the lower half's mirror image to the bit.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_team.h"

enum { kWidth = 256, kMostIterations = 256 };

static int64_t height;
static atomic_llong next_row;
static uint64_t* rows;

static int iterations(double re, double im) {
  double x = 0;
  double y = 0;
  int count = 0;
  while (count < kMostIterations && x * x + y * y <= 4) {
    const double next = x * x - y * y + re;
    y = 2 * x * y + im;
    x = next;
    ++count;
  }
  return count;
}

static uint64_t row_hash(int64_t row) {
  const double im = (double)(2 * row + 1 - height) * 1.25 / (double)height;
  uint64_t hash = 0;
  for (int column = 0; column < kWidth; ++column) {
    hash += team_hash(column, (uint64_t)iterations(-2 + 2.5 * column / kWidth, im));
  }
  return hash;
}

static uint64_t body(const struct team_member* self) {
  (void)self;
  uint64_t checksum = 0;
  for (int64_t row = atomic_fetch_add(&next_row, 1); row < height; row = atomic_fetch_add(&next_row, 1)) {
    rows[row] = row_hash(row);
    checksum += team_hash(row, rows[row]);
  }
  return checksum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000);
  height = args.size;
  rows = kernel_array(height, sizeof *rows);
  const double started = kernel_seconds();
  const uint64_t checksum = team_run(args.threads, body);
  kernel_report_time(started);

  bool mirrored = true;
  for (int64_t row = 0; row < height; ++row) mirrored = mirrored && rows[row] == rows[height - 1 - row];
  printf("mirrored %d\nchecksum %016llx\n", mirrored, (unsigned long long)checksum);
  free(rows);
  return mirrored ? 0 : 1;
}
