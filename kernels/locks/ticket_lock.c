// SPDX-License-Identifier: Apache-2.0
//
// A ticket lock: first come, first served. Two threads that draw the same ticket are inside together; a ticket that is
// lost hangs everybody behind it.
#include <stdatomic.h>

#include "lock_kernel.h"

static atomic_uint next_ticket, serving;

static void lock(int thread) {
  (void)thread;
  int tries = 0;
  // Relaxed: a number that nobody else has is all that is wanted; what the lock guards comes with `serving`.
  const unsigned ticket = atomic_fetch_add_explicit(&next_ticket, 1, memory_order_relaxed);
  // Acquire pairs with the release of the unlock() that called this ticket.
  while (atomic_load_explicit(&serving, memory_order_acquire) != ticket) kernel_relax(&tries);
}

static void unlock(int thread) {
  (void)thread;
  // Only the thread inside writes it, so a load and a store are enough, and the load may be relaxed.
  const unsigned ticket = atomic_load_explicit(&serving, memory_order_relaxed);
  atomic_store_explicit(&serving, ticket + 1, memory_order_release);
}

int main(int argc, char** argv) {
  const struct lock_kernel kernel = {lock, unlock, kMaxKernelThreads};
  return lock_kernel_main(argc, argv, 10000000, &kernel);
}
