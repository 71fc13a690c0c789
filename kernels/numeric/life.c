// SPDX-License-Identifier: Apache-2.0
//
// SIZE generations of the game of life on a torus, the rows divided among the threads, a barrier per generation.
// The first generation is the same when turned by half, so all are; a thread that runs ahead of its neighbours breaks
// that.
#include "kernel_team.h"

enum { kSide = 256, kCells = kSide * kSide };

static int64_t generations;
static uint8_t grids[2][kSide][kSide];

static uint8_t first_cell(int i) { return kernel_hash((uint64_t)(i < kCells - 1 - i ? i : kCells - 1 - i)) % 3 == 0; }

static void next_row(const uint8_t (*old)[kSide], int row, uint8_t* next) {
  const uint8_t* above = old[(row + kSide - 1) % kSide];
  const uint8_t* here = old[row];
  const uint8_t* below = old[(row + 1) % kSide];
  for (int i = 0; i < kSide; ++i) {
    const int left = (i + kSide - 1) % kSide;
    const int right = (i + 1) % kSide;
    const int neighbours =
        above[left] + above[i] + above[right] + here[left] + here[right] + below[left] + below[i] + below[right];
    next[i] = (neighbours | here[i]) == 3;
  }
}

static uint64_t body(const struct team_member* self) {
  const struct kernel_slice share = team_share(self, kSide);
  for (int64_t generation = 0; generation < generations; ++generation) {
    const uint8_t(*old)[kSide] = (const uint8_t(*)[kSide])grids[generation % 2];
    for (int row = (int)share.begin; row < share.end; ++row) next_row(old, row, grids[(generation + 1) % 2][row]);
    team_barrier(self);
  }
  return 0;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1500);
  generations = args.size;
  for (int i = 0; i < kCells; ++i) grids[0][i / kSide][i % kSide] = first_cell(i);
  const double started = kernel_seconds();
  team_run(args.threads, body);
  kernel_report_time(started);

  int alive = 0;
  int unlike = 0;
  uint64_t checksum = 0;
  const uint8_t* last = grids[generations % 2][0];
  for (int i = 0; i < kCells; ++i) {
    alive += last[i];
    unlike += last[i] != last[kCells - 1 - i];
    checksum += team_hash(i, last[i]);
  }
  printf("alive %d\nunlike %d\nchecksum %016llx\n", alive, unlike, (unsigned long long)checksum);
  return unlike == 0 ? 0 : 1;
}
