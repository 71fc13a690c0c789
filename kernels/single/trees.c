// SPDX-License-Identifier: Apache-2.0
//
// SIZE numbers put into a tree, walked through in order, and taken out again, the smallest first: malloc, free, and
// loads whose address is what the load before has found. An engine that loses a store, or mixes up two locals that are
// pointers, walks in another order or into nothing.
#include "kernel_checksum.h"
#include "kernel_slice.h"

struct node {
  struct node* smaller;
  struct node* larger;
  uint64_t number;
};

static struct node* make(uint64_t number) {
  struct node* node = malloc(sizeof *node);
  kernel_check(node == NULL ? ENOMEM : 0, "malloc");
  *node = (struct node){NULL, NULL, number};
  return node;
}

static void insert(struct node** root, uint64_t number) {
  while (*root != NULL) root = number < (*root)->number ? &(*root)->smaller : &(*root)->larger;
  *root = make(number);
}

/// What a walk in order has seen.
struct walk {
  int64_t count, ascending;
  uint64_t last, checksum;
};

static void visit(struct walk* walk, uint64_t number) {
  walk->ascending += walk->count == 0 || walk->last <= number;
  ++walk->count;
  walk->last = number;
  walk->checksum = walk->checksum * 31 + number;
}

static void visit_all(struct walk* walk, const struct node* node) {
  if (node == NULL) return;
  visit_all(walk, node->smaller);
  visit(walk, node->number);
  visit_all(walk, node->larger);
}

static uint64_t take_smallest(struct node** root) {
  while ((*root)->smaller != NULL) root = &(*root)->smaller;
  struct node* node = *root;
  const uint64_t number = node->number;
  *root = node->larger;
  free(node);
  return number;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 200000);
  struct node* root = NULL;
  struct walk whole = {0}, taken = {0};
  const double started = kernel_seconds();
  for (int64_t i = 0; i < args.size; ++i) insert(&root, kernel_hash((uint64_t)i));
  visit_all(&whole, root);
  while (root != NULL) visit(&taken, take_smallest(&root));
  kernel_report_time(started);
  const bool right = whole.count == args.size && whole.ascending == args.size && taken.count == args.size &&
                     taken.ascending == args.size && taken.checksum == whole.checksum;
  return kernel_result(right, whole.checksum);
}
