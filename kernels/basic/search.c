// SPDX-License-Identifier: Apache-2.0
//
// Looks for marked numbers in an array in three ways: the first, all, and whether there is any. The first is a minimum
// agreed on by compare_exchange, "any" a flag that stops the others. Where the marks are is known; a runtime that
// loses the smaller of two indices, or a thread's slice, finds another place or another number of them.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kBlock = 256, kSteps = 4, kMarks = 100 };

static _Atomic int64_t first;  // the least index found
static _Atomic bool any;

/// Every THREADS-th block is a thread's, so that all of them meet marks.
struct work {
  const uint32_t* numbers;
  int64_t size, begin, stride;
  uint64_t wanted;
  int64_t count, index_sum;
};

static uint64_t image(uint64_t number) {
  for (int i = 0; i < kSteps; ++i) number = kernel_hash(number);
  return number;
}

static int64_t end_of_block(const struct work* work, int64_t begin) {
  return begin + kBlock < work->size ? begin + kBlock : work->size;
}

/// The first index from begin, or end.
static int64_t find(const struct work* work, int64_t begin, int64_t end) {
  while (begin < end && image(work->numbers[begin]) != work->wanted) ++begin;
  return begin;
}

static void* find_first(void* argument) {
  const struct work* work = argument;
  int64_t least = atomic_load(&first);
  for (int64_t begin = work->begin; begin < work->size && begin < least; begin += work->stride) {
    const int64_t end = end_of_block(work, begin), found = find(work, begin, end);
    least = atomic_load(&first);
    if (found == end) continue;
    while (found < least && !atomic_compare_exchange_weak(&first, &least, found)) {
    }
    return NULL;
  }
  return NULL;
}

static void* find_all(void* argument) {
  struct work* work = argument;
  for (int64_t begin = work->begin; begin < work->size; begin += work->stride) {
    const int64_t end = end_of_block(work, begin);
    for (int64_t i = begin; (i = find(work, i, end)) < end; ++i) {
      ++work->count;
      work->index_sum += i;
    }
  }
  return NULL;
}

static void* find_any(void* argument) {
  const struct work* work = argument;
  for (int64_t begin = work->begin; begin < work->size && !atomic_load(&any); begin += work->stride) {
    const int64_t end = end_of_block(work, begin);
    if (find(work, begin, end) != end) atomic_store(&any, true);
  }
  return NULL;
}

static void search(void* (*routine)(void*), struct work* works, int threads, uint32_t wanted) {
  for (int i = 0; i < threads; ++i) {
    works[i].wanted = image(wanted);
    works[i].count = works[i].index_sum = 0;
  }
  kernel_run(threads, routine, works, sizeof works[0]);
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 8000000);
  uint32_t* numbers = kernel_array(args.size, sizeof *numbers);
  for (int64_t i = 0; i < args.size; ++i) numbers[i] = (uint32_t)kernel_hash((uint64_t)i) >> 1;
  const uint32_t mark = UINT32_C(1) << 31, absent = mark + 1;  // neither is there by chance
  int64_t marks = 0, index_sum = 0, least = args.size;
  for (int i = 0; i < kMarks; ++i) {  // in the last quarter, so that the first is not found at once
    const int64_t at = args.size - 1 - (int64_t)(kernel_hash((uint64_t)i) % (uint64_t)(args.size / 4 + 1));
    if (numbers[at] == mark) continue;
    numbers[at] = mark;
    ++marks;
    index_sum += at;
    if (at < least) least = at;
  }

  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) {
    works[i] =
        (struct work){.numbers = numbers, .size = args.size, .begin = i * kBlock, .stride = args.threads * kBlock};
  }
  const double started = kernel_seconds();
  atomic_store(&first, args.size);
  search(find_first, works, args.threads, mark);
  search(find_any, works, args.threads, mark);
  const bool any_mark = atomic_exchange(&any, false);
  search(find_any, works, args.threads, absent);
  const bool any_absent = atomic_load(&any);
  search(find_all, works, args.threads, mark);
  kernel_report_time(started);

  int64_t all = 0, all_sum = 0;
  for (int i = 0; i < args.threads; ++i) {
    all += works[i].count;
    all_sum += works[i].index_sum;
  }
  free(numbers);
  printf("first %lld\nall %lld, indices %lld\nany %d, of an absent number %d\n", (long long)first, (long long)all,
         (long long)all_sum, any_mark, any_absent);
  return first == least && all == marks && all_sum == index_sum && any_mark && !any_absent ? 0 : 1;
}
