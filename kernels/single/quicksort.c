// SPDX-License-Identifier: Apache-2.0
//
// Quicksort of SIZE 32-bit numbers: loads, comparisons, branches that nobody can foresee. An engine that compares
// signed numbers as unsigned ones, or swaps wrongly, leaves them out of order, or other numbers than before.
#include "kernel_checksum.h"
#include "kernel_slice.h"

enum { kFew = 12 };

static void swap(int32_t* a, int32_t* b) {
  const int32_t other = *a;
  *a = *b;
  *b = other;
}

static void insert_all(int32_t* begin, int32_t* end) {
  for (int32_t* next = begin + 1; next < end; ++next) {
    const int32_t number = *next;
    int32_t* at = next;
    for (; at > begin && at[-1] > number; --at) *at = at[-1];
    *at = number;
  }
}

/// Moves the median of three to the front.
static void choose_pivot(int32_t* begin, int32_t* end) {
  int32_t* middle = begin + (end - begin) / 2;
  if (*middle < *begin) swap(middle, begin);
  if (end[-1] < *middle) swap(end - 1, middle);
  if (*middle < *begin) swap(middle, begin);
  swap(begin, middle);
}

static void sort(int32_t* begin, int32_t* end) {
  while (end - begin > kFew) {
    choose_pivot(begin, end);
    const int32_t pivot = *begin;
    int32_t* left = begin;
    int32_t* right = end;
    for (;;) {  // neither runs over the edge: there is a larger number, and the pivot
      do ++left;
      while (*left < pivot);
      do --right;
      while (*right > pivot);
      if (left >= right) break;
      swap(left, right);
    }
    swap(begin, right);
    if (right - begin < end - right) {  // the shorter part first, so that the recursion is not deep
      sort(begin, right);
      begin = right + 1;
    } else {
      sort(right + 1, end);
      end = right;
    }
  }
  insert_all(begin, end);
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  int32_t* numbers = kernel_array(args.size, sizeof *numbers);
  uint64_t sum = 0;  // of hashes: of the numbers in any order
  for (int64_t i = 0; i < args.size; ++i) {
    numbers[i] = (int32_t)kernel_hash((uint64_t)i);
    sum += kernel_hash((uint64_t)numbers[i]);
  }

  const double started = kernel_seconds();
  sort(numbers, numbers + args.size);
  kernel_report_time(started);
  uint64_t checksum = 0;
  int64_t ascending = 1;
  for (int64_t i = 0; i < args.size; ++i) {
    checksum = kernel_mix(checksum, (uint64_t)numbers[i]);
    sum -= kernel_hash((uint64_t)numbers[i]);
    ascending += i > 0 && numbers[i - 1] <= numbers[i];
  }
  free(numbers);
  return kernel_result(ascending == args.size && sum == 0, checksum);
}
