// SPDX-License-Identifier: Apache-2.0
//
// Dekker's lock, the first for two threads that knew loads and stores only; each pair of threads has one. Right only if
// they are sequentially consistent: a load that overtakes the store before it lets both threads in.
#include "lock_kernel.h"

/// All accesses are sequentially consistent, as C11 has it without further words: acquire and release are not enough.
struct pair {
  atomic_int wants[2];
  atomic_int turn;
};

static struct pair pairs[kMaxKernelThreads / 2];

static void lock(int thread) {
  struct pair* pair = &pairs[thread / 2];
  const int self = thread % 2, other = 1 - self;
  int tries = 0;
  pair->wants[self] = 1;
  while (pair->wants[other]) {
    kernel_relax(&tries);
    if (pair->turn == self) continue;
    pair->wants[self] = 0;
    while (pair->turn != self) kernel_relax(&tries);
    pair->wants[self] = 1;
  }
}

static void unlock(int thread) {
  struct pair* pair = &pairs[thread / 2];
  pair->turn = 1 - thread % 2;
  pair->wants[thread % 2] = 0;
}

int main(int argc, char** argv) {
  const struct lock_kernel kernel = {lock, unlock, 2};
  return lock_kernel_main(argc, argv, 20000, &kernel);
}
