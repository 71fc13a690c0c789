// SPDX-License-Identifier: Apache-2.0
//
// In how many ways SIZE queens stand on a board of so many rows and do not attack each other: backtracking on sets of
// bits. An engine that shifts or negates wrongly, or comes back from a call with a changed local, finds another number.
#include "kernel_checksum.h"

enum { kMost = 16 };

static const int64_t kSolutions[kMost + 1] = {1,   1,   0,    0,     2,     10,     4,       40,      92,
                                              352, 724, 2680, 14200, 73712, 365596, 2279184, 14772512};

struct board {
  uint32_t all;  // columns
  uint64_t checksum;
};

/// The columns taken, and where in this row the diagonals of the queens above arrive.
static int64_t place(struct board* board, uint32_t columns, uint32_t left, uint32_t right) {
  if (columns == board->all) return 1;
  int64_t count = 0;
  for (uint32_t free = board->all & ~(columns | left | right); free != 0; free &= free - 1) {
    const uint32_t queen = free & -free;
    const int64_t below = place(board, columns | queen, (left | queen) << 1, (right | queen) >> 1);
    board->checksum = board->checksum * 31 + (uint64_t)below;
    count += below;
  }
  return count;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 12);
  if (args.size > kMost) {
    fprintf(stderr, "at most %d queens\n", kMost);
    return 2;
  }
  struct board board = {(1U << args.size) - 1, 0};
  const double started = kernel_seconds();
  const int64_t count = place(&board, 0, 0, 0);
  kernel_report_time(started);
  printf("solutions %lld\n", (long long)count);
  return kernel_result(count == kSolutions[args.size], board.checksum);
}
