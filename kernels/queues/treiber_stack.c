// SPDX-License-Identifier: Apache-2.0
//
// Treiber's lock-free stack: 64-bit compare-exchange of a node's number and a tag. A compare-exchange that compares or
// writes only half, or succeeds without having replaced, hands a node to two threads or loses it.
#include "queue_kernel.h"
#include "tagged_stack.h"

static struct tagged_stack stack, unused;
static uint64_t items[kPoolNodes + 1];  // of the node's owner only, so not atomic

static bool put(uint64_t item) {
  const uint32_t node = tagged_pop(&unused);
  if (node == 0) return false;
  items[node] = item;
  tagged_push(&stack, node);
  return true;
}

static bool take(uint64_t* item) {
  const uint32_t node = tagged_pop(&stack);
  if (node == 0) return false;
  *item = items[node];
  tagged_push(&unused, node);
  return true;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  for (uint32_t node = 1; node <= kPoolNodes; ++node) tagged_push(&unused, node);
  const struct queue_kernel kernel = {put, take, false};
  return queue_kernel_main(args, &kernel);
}
