// SPDX-License-Identifier: Apache-2.0
//
// Looks for marked numbers in an array in three ways: the first, all, and whether there is any. The first is a minimum
// agreed on by compare_exchange, "any" a flag that stops the others. Where the marks are is known; a runtime that
// loses the smaller of two indices, or a thread's slice, finds another place or another number of them.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kBlock = 1024, kSteps = 4, kMarks = 5 };

static _Atomic int64_t first;  // the least index found
static _Atomic bool any;

struct work {
  const uint32_t* numbers;
  struct kernel_slice slice;
  uint64_t wanted;
  int64_t count, index_sum;
};

static uint64_t image(uint64_t number) {
  for (int i = 0; i < kSteps; ++i) number = kernel_hash(number);
  return number;
}

/// The first index of the slice, or its end.
static int64_t find(const struct work* work, struct kernel_slice slice) {
  int64_t i = slice.begin;
  while (i < slice.end && image(work->numbers[i]) != work->wanted) ++i;
  return i;
}

static struct kernel_slice block(const struct work* work, int64_t begin) {
  return (struct kernel_slice){begin, begin + kBlock < work->slice.end ? begin + kBlock : work->slice.end};
}

static void* find_first(void* argument) {
  const struct work* work = argument;
  int64_t least = atomic_load(&first);
  for (int64_t begin = work->slice.begin; begin < work->slice.end && begin < least; begin += kBlock) {
    const struct kernel_slice part = block(work, begin);
    const int64_t found = find(work, part);
    least = atomic_load(&first);
    if (found == part.end) continue;
    while (found < least && !atomic_compare_exchange_weak(&first, &least, found)) {
    }
    return NULL;
  }
  return NULL;
}

static void* find_all(void* argument) {
  struct work* work = argument;
  for (int64_t i = work->slice.begin; (i = find(work, (struct kernel_slice){i, work->slice.end})) < work->slice.end;
       ++i) {
    ++work->count;
    work->index_sum += i;
  }
  return NULL;
}

static void* find_any(void* argument) {
  const struct work* work = argument;
  for (int64_t begin = work->slice.begin; begin < work->slice.end && !atomic_load(&any); begin += kBlock) {
    const struct kernel_slice part = block(work, begin);
    if (find(work, part) != part.end) atomic_store(&any, true);
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
    works[i] = (struct work){.numbers = numbers, .slice = kernel_slice(args.size, i, args.threads)};
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
