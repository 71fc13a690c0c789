// SPDX-License-Identifier: Apache-2.0
//
// The queue lock of Mellor-Crummey and Scott: each thread waits on a word of its own, and hands the lock to whoever
// queued behind it. A link or a hand-over that is lost hangs it, a tail that two threads replace lets both in.
#include <stdalign.h>

#include "lock_kernel.h"

struct node {
  alignas(64) struct node* _Atomic next;
  atomic_int waiting;
};

static struct node nodes[kMaxKernelThreads];
static struct node* _Atomic tail;

static void lock(int thread) {
  struct node* self = &nodes[thread];
  // Relaxed: nobody else looks at the node before the exchange has published it.
  atomic_store_explicit(&self->next, NULL, memory_order_relaxed);
  atomic_store_explicit(&self->waiting, 1, memory_order_relaxed);
  // Release publishes the node; acquire because a lock that was free has been left by the unlock() that wrote `tail`.
  struct node* previous = atomic_exchange_explicit(&tail, self, memory_order_acq_rel);
  if (previous == NULL) return;
  // Release: the previous owner writes to the node that it finds here.
  atomic_store_explicit(&previous->next, self, memory_order_release);
  int tries = 0;
  while (atomic_load_explicit(&self->waiting, memory_order_acquire) != 0) kernel_relax(&tries);
}

static void unlock(int thread) {
  struct node* self = &nodes[thread];
  struct node* next = atomic_load_explicit(&self->next, memory_order_acquire);
  if (next == NULL) {
    struct node* last = self;
    // Nobody behind us: release for whoever finds the lock free.
    if (atomic_compare_exchange_strong_explicit(&tail, &last, NULL, memory_order_release, memory_order_relaxed)) return;
    int tries = 0;  // somebody has come, but not yet told who it is
    while ((next = atomic_load_explicit(&self->next, memory_order_acquire)) == NULL) kernel_relax(&tries);
  }
  atomic_store_explicit(&next->waiting, 0, memory_order_release);
}

int main(int argc, char** argv) {
  const struct lock_kernel kernel = {lock, unlock, kMaxKernelThreads};
  return lock_kernel_main(argc, argv, 20000, &kernel);
}
