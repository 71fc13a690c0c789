// SPDX-License-Identifier: Apache-2.0
//
// Treiber's stack of numbered nodes. Its top is the number of a node and a tag that each change increments, in one
// 64-bit word: whoever slept between reading the top and replacing it fails, even if the same node is on top again
// (ABA).
#ifndef WEFT_TAGGED_STACK_H
#define WEFT_TAGGED_STACK_H

#include "contention.h"

enum { kPoolNodes = 256 };  // numbered from 1; 0 is none

/// A node in the low half, a tag in the high one.
static inline uint64_t tagged(uint64_t tag, uint32_t node) { return tag << 32 | node; }
static inline uint32_t tagged_node(uint64_t word) { return (uint32_t)word; }
static inline uint64_t tagged_tag(uint64_t word) { return word >> 32; }

struct tagged_stack {
  _Atomic uint64_t top;
};

/// A node is on one stack at a time, so one array of links serves all stacks.
static _Atomic uint32_t tagged_below[kPoolNodes + 1];

static inline void tagged_push(struct tagged_stack* stack, uint32_t node) {
  uint64_t top = atomic_load_explicit(&stack->top, memory_order_relaxed);
  do {
    atomic_store_explicit(&tagged_below[node], tagged_node(top), memory_order_relaxed);
    // Release: whoever pops the node sees the link and what else was written to it. A pop in between is a
    // read-modify-write, which continues the release sequence.
  } while (!atomic_compare_exchange_weak_explicit(&stack->top, &top, tagged(tagged_tag(top) + 1, node),
                                                  memory_order_release, memory_order_relaxed));
}

/// A node, or 0.
static inline uint32_t tagged_pop(struct tagged_stack* stack) {
  uint64_t top = atomic_load_explicit(&stack->top, memory_order_acquire);
  while (tagged_node(top) != 0) {
    // Relaxed and possibly of another time, when the node was popped meanwhile; then the tag has changed.
    const uint32_t below = atomic_load_explicit(&tagged_below[tagged_node(top)], memory_order_relaxed);
    kernel_dawdle(tagged_tag(top));
    if (atomic_compare_exchange_weak_explicit(&stack->top, &top, tagged(tagged_tag(top) + 1, below),
                                              memory_order_acquire, memory_order_acquire)) {
      return tagged_node(top);
    }
  }
  return 0;
}

#endif
