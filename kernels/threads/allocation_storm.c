// SPDX-License-Identifier: Apache-2.0
//
// malloc, calloc, realloc, aligned_alloc and free from all threads at once. A block goes to a mailbox; whoever takes it
// out, mostly another thread, checks its contents, resizes it, checks again and frees it. An allocator whose lock does
// not hold gives a block away twice, or loses its place, and contents differ.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kMailboxes = 64, kLargest = 8192, kAlignment = 64 };

struct block {
  uint64_t id;
  size_t size;  // of bytes
  uint8_t bytes[];
};

static _Atomic(struct block*) mailboxes[kMailboxes];

struct work {
  struct kernel_slice ids;
  int64_t freed;
  uint64_t checksum;
  bool wrong;
};

static uint8_t content(const struct block* block, size_t at) { return (uint8_t)(block->id + at * 7); }

static void* checked(void* memory) {
  kernel_check(memory == NULL ? ENOMEM : 0, "an allocation");
  return memory;
}

static struct block* make(struct work* work, uint64_t id) {
  const uint64_t number = kernel_hash(id);
  // Mostly small.
  const size_t size = number % 16 == 0 ? number / 16 % kLargest : number / 16 % 200;
  const size_t all = sizeof(struct block) + size;
  struct block* block;
  switch (id % 3) {
    case 0: block = checked(malloc(all)); break;
    case 1:
      block = checked(calloc(1, all));
      for (size_t i = 0; i < size; ++i) work->wrong |= block->bytes[i] != 0;
      break;
    default:
      block = checked(aligned_alloc(kAlignment, (all + kAlignment - 1) / kAlignment * kAlignment));
      work->wrong |= (uintptr_t)block % kAlignment != 0;
  }
  block->id = id;
  block->size = size;
  for (size_t i = 0; i < size; ++i) block->bytes[i] = content(block, i);
  return block;
}

static uint64_t check(struct work* work, const struct block* block) {
  uint64_t sum = 0;
  for (size_t i = 0; i < block->size; ++i) {
    work->wrong |= block->bytes[i] != content(block, i);
    sum += block->bytes[i];
  }
  return kernel_hash(block->id ^ kernel_hash(block->size + (sum << 20)));
}

static void consume(struct work* work, struct block* block) {
  if (block == NULL) return;
  work->checksum += check(work, block);
  ++work->freed;
  const uint64_t number = kernel_hash(block->id ^ 1);
  if (number % 4 == 0) {
    const size_t size = number / 4 % (2 * block->size + 1), kept = size < block->size ? size : block->size;
    block = checked(realloc(block, sizeof(struct block) + size));
    block->size = size;
    for (size_t i = kept; i < size; ++i) block->bytes[i] = content(block, i);
    work->checksum += check(work, block);
  }
  free(block);
}

static void* run(void* argument) {
  struct work* work = argument;
  for (int64_t id = work->ids.begin; id < work->ids.end; ++id) {
    struct block* block = make(work, (uint64_t)id);
    consume(work, atomic_exchange(&mailboxes[kernel_hash((uint64_t)id ^ 2) % kMailboxes], block));
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 300000);
  struct work works[kMaxKernelThreads] = {0};
  for (int i = 0; i < args.threads; ++i) works[i].ids = kernel_slice(args.size, i, args.threads);
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);
  for (int i = 0; i < kMailboxes; ++i) consume(&works[0], atomic_exchange(&mailboxes[i], NULL));

  int64_t freed = 0;
  uint64_t checksum = 0;
  bool wrong = false;
  for (int i = 0; i < args.threads; ++i) {
    freed += works[i].freed;
    checksum += works[i].checksum;
    wrong |= works[i].wrong;
  }
  printf("blocks %lld\nchecksum %016llx\n", (long long)freed, (unsigned long long)checksum);
  return freed == args.size && !wrong ? 0 : 1;
}
