// SPDX-License-Identifier: Apache-2.0
//
// A ball goes round, SIZE throws: each thread sleeps on its own word until it is thrown the ball, by a store and a
// notify. What a throw takes is what waiting and waking take. A notify that is lost hangs it; a number that is wrong,
// or that comes out of turn, changes the checksum.
#include "kernel.h"
#include "kernel_wait.h"

static int64_t throws;
static uint64_t checksum;  // of whoever has the ball

struct player {
  _Alignas(64) _Atomic uint32_t ball;  // the number of the throw that it waits for, plus one
  int id, players;
};
static struct player players[kMaxKernelThreads];

static void* play(void* argument) {
  struct player* player = argument;
  for (int64_t number = player->id; number < throws; number += player->players) {
    uint32_t seen;
    while ((seen = atomic_load(&player->ball)) != (uint32_t)number + 1) kernel_wait(&player->ball, seen);
    checksum = kernel_hash(checksum ^ (uint64_t)number);
    struct player* next = &players[(number + 1) % player->players];
    atomic_store(&next->ball, (uint32_t)number + 2);
    kernel_wake(&next->ball);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 100000);
  throws = args.size;
  for (int i = 0; i < args.threads; ++i) {
    players[i].id = i;
    players[i].players = args.threads;
  }
  players[0].ball = 1;
  const double started = kernel_seconds();
  kernel_run(args.threads, play, players, sizeof players[0]);
  kernel_report_time(started);

  uint64_t expected = 0;
  for (int64_t i = 0; i < throws; ++i) expected = kernel_hash(expected ^ (uint64_t)i);
  printf("checksum %016llx\n", (unsigned long long)checksum);
  return checksum == expected ? 0 : 1;
}
