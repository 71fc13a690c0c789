// SPDX-License-Identifier: Apache-2.0
//
// Peterson's lock for two threads, as a tournament for 64: the winner at each node of a binary tree goes on to the next
// level. Loads and stores only, and right only if they are sequentially consistent: a load that overtakes the store
// before it lets both threads in.
#include "lock_kernel.h"

enum { kLevels = 6, kNodes = kMaxKernelThreads / 2 };

/// All accesses are sequentially consistent, as C11 has it without further words: acquire and release are not enough.
struct node {
  atomic_int wants[2];
  atomic_int turn;
};

static struct node nodes[kLevels][kNodes];

static void lock(int thread) {
  for (int level = 0; level < kLevels; ++level) {
    struct node* node = &nodes[level][thread >> (level + 1)];
    const int self = thread >> level & 1, other = 1 - self;
    node->wants[self] = 1;
    node->turn = other;
    int tries = 0;
    while (node->wants[other] && node->turn == other) kernel_relax(&tries);
  }
}

static void unlock(int thread) {
  // The root first: a node that is left lets the next thread go up to where we would still be.
  for (int level = kLevels - 1; level >= 0; --level) nodes[level][thread >> (level + 1)].wants[thread >> level & 1] = 0;
}

int main(int argc, char** argv) {
  const struct lock_kernel kernel = {lock, unlock, kMaxKernelThreads};
  return lock_kernel_main(argc, argv, 20000, &kernel);
}
