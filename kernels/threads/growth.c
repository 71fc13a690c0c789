// SPDX-License-Identifier: Apache-2.0
//
// Threads allocate SIZE blocks of 64 KiB and keep them, so that memory grows while the others read and write theirs and
// the latest block of each other. Built without memory growth it needs 40 MiB at once. A runtime whose growth moves
// memory, or that shows threads the old size, traps or loses contents.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kWords = 8192, kChecks = 8 };

struct block {
  struct block* earlier;  // of the same thread
  uint64_t id;
  uint64_t words[kWords];
};

static _Atomic(const struct block*) latest[kMaxKernelThreads];

struct work {
  int index, threads;
  struct kernel_slice ids;
  struct block* blocks;
  uint64_t checksum;
  bool wrong;
};

static void check(struct work* work, const struct block* block, uint64_t start) {
  for (uint64_t i = start % 8; i < kWords; i += 8) work->wrong |= block->words[i] != kernel_hash(block->id ^ i << 32);
}

static void allocate(struct work* work, int64_t id) {
  struct block* block = malloc(sizeof *block);
  kernel_check(block == NULL ? ENOMEM : 0, "malloc");
  block->earlier = work->blocks;
  block->id = (uint64_t)id;
  for (uint64_t i = 0; i < kWords; ++i) {
    block->words[i] = kernel_hash(block->id ^ i << 32);
    work->checksum += block->words[i];
  }
  work->blocks = block;
  atomic_store(&latest[work->index], block);
}

static void* run(void* argument) {
  struct work* work = argument;
  for (int64_t id = work->ids.begin; id < work->ids.end; ++id) {
    allocate(work, id);
    const struct block* own = work->blocks;
    for (int i = 0; i < kChecks; ++i) {
      check(work, own, (uint64_t)(id + i));
      if (own->earlier != NULL) own = own->earlier;
      const struct block* other = atomic_load(&latest[(work->index + i) % work->threads]);
      if (other != NULL) check(work, other, (uint64_t)(id + i));
    }
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 600);
  struct work works[kMaxKernelThreads] = {0};
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){.index = i, .threads = args.threads, .ids = kernel_slice(args.size, i, args.threads)};
  }
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  uint64_t checksum = 0;
  int64_t blocks = 0;
  bool wrong = false;
  for (int i = 0; i < args.threads; ++i) {
    while (works[i].blocks != NULL) {
      struct block* block = works[i].blocks;
      for (uint64_t start = 0; start < 8; ++start) check(&works[i], block, start);
      works[i].blocks = block->earlier;
      free(block);
      ++blocks;
    }
    checksum += works[i].checksum;
    wrong |= works[i].wrong;
  }
  printf("blocks %lld\nchecksum %016llx\n", (long long)blocks, (unsigned long long)checksum);
  return blocks == args.size && !wrong ? 0 : 1;
}
