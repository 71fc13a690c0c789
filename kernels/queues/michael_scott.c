// SPDX-License-Identifier: Apache-2.0
//
// The lock-free queue of Michael and Scott (PODC 1996), with numbered nodes from a pool and tags in place of counted
// pointers. A compare-exchange that errs loses items, repeats them or loses their order.
#include "queue_kernel.h"
#include "tagged_stack.h"

/// All accesses but those of items are sequentially consistent, as C11 has it without further words: the paper assumes
/// it, and the second reads of `head` and `tail` are in order only then.
static _Atomic uint64_t head, tail;  // tagged; head is a dummy, the first item is in the node behind it
static _Atomic uint64_t next[kPoolNodes + 1];
static _Atomic uint64_t items[kPoolNodes + 1];
static struct tagged_stack unused;

/// From `old` to `node`, with the next tag.
static bool replace(_Atomic uint64_t* word, uint64_t old, uint32_t node) {
  return atomic_compare_exchange_strong(word, &old, tagged(tagged_tag(old) + 1, node));
}

/// A node with the item and nothing behind it, or 0 when all are in use.
static uint32_t new_node(uint64_t item) {
  const uint32_t node = tagged_pop(&unused);
  if (node == 0) return 0;
  // Relaxed: published with the node. The tag goes on: who knew the node in a former life must not link to it.
  atomic_store_explicit(&items[node], item, memory_order_relaxed);
  atomic_store(&next[node], tagged(tagged_tag(next[node]) + 1, 0));
  return node;
}

static bool put(uint64_t item) {
  const uint32_t node = new_node(item);
  if (node == 0) return false;
  while (true) {
    const uint64_t last = tail, behind = next[tagged_node(last)];
    if (last != tail) continue;
    kernel_dawdle(tagged_tag(last));
    if (tagged_node(behind) != 0) {
      replace(&tail, last, tagged_node(behind));  // somebody has linked a node, but not yet moved the tail
    } else if (replace(&next[tagged_node(last)], behind, node)) {
      replace(&tail, last, node);
      return true;
    }
  }
}

static bool take(uint64_t* item) {
  while (true) {
    const uint64_t first = head, last = tail, second = next[tagged_node(first)];
    if (first != head) continue;
    kernel_dawdle(tagged_tag(first));
    if (tagged_node(first) == tagged_node(last)) {
      if (tagged_node(second) == 0) return false;
      replace(&tail, last, tagged_node(second));
      continue;
    }
    // Before the node is anybody else's to reuse; a value that was read too late goes with an exchange that fails.
    *item = atomic_load_explicit(&items[tagged_node(second)], memory_order_relaxed);
    if (!replace(&head, first, tagged_node(second))) continue;
    tagged_push(&unused, tagged_node(first));
    return true;
  }
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  for (uint32_t node = 1; node <= kPoolNodes; ++node) tagged_push(&unused, node);
  head = tail = new_node(0);
  const struct queue_kernel kernel = {put, take, true};
  return queue_kernel_main(args, &kernel);
}
