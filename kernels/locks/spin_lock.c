// SPDX-License-Identifier: Apache-2.0
//
// Test-and-test-and-set: an exchange takes the lock, plain loads wait for it. An exchange that is not atomic lets two
// threads in, which tears what the lock guards.
#include <stdatomic.h>

#include "lock_kernel.h"

static atomic_int locked;

static void lock(int thread) {
  (void)thread;
  int tries = 0;
  // Acquire pairs with the release of unlock(): who gets in sees all that was written inside before.
  while (atomic_exchange_explicit(&locked, 1, memory_order_acquire) != 0) {
    // Relaxed: a hint, the exchange decides.
    while (atomic_load_explicit(&locked, memory_order_relaxed) != 0) kernel_relax(&tries);
  }
}

static void unlock(int thread) {
  (void)thread;
  atomic_store_explicit(&locked, 0, memory_order_release);
}

int main(int argc, char** argv) {
  const struct lock_kernel kernel = {lock, unlock, kMaxKernelThreads};
  return lock_kernel_main(argc, argv, 10000000, &kernel);
}
