// SPDX-License-Identifier: Apache-2.0
//
// Merge sort, ascending and descending: whoever sorts creates a thread for one half, sorts the other and joins. Threads
// create and join threads here, and a join has to order all that was written below it. A join that returns too early
// leaves the array unsorted, or with other numbers in it.
#include <stdbool.h>
#include <string.h>

#include "kernel_slice.h"

enum { kShort = 16 };

struct range {
  uint32_t* numbers;
  uint32_t* scratch;  // as long
  int64_t count;
  bool (*before)(uint32_t, uint32_t);
  int threads;  // that may sort it
};

static bool less(uint32_t a, uint32_t b) { return a < b; }
static bool greater(uint32_t a, uint32_t b) { return a > b; }

static void insertion_sort(const struct range* range) {
  for (int64_t i = 1; i < range->count; ++i) {
    const uint32_t number = range->numbers[i];
    int64_t at = i;
    for (; at > 0 && range->before(number, range->numbers[at - 1]); --at) range->numbers[at] = range->numbers[at - 1];
    range->numbers[at] = number;
  }
}

static void merge(const struct range* range, int64_t middle) {
  memcpy(range->scratch, range->numbers, (size_t)range->count * sizeof *range->numbers);
  int64_t left = 0, right = middle;
  for (int64_t i = 0; i < range->count; ++i) {
    const bool take_right =
        left == middle || (right < range->count && range->before(range->scratch[right], range->scratch[left]));
    range->numbers[i] = range->scratch[take_right ? right++ : left++];
  }
}

static void* sort(void* argument) {
  const struct range* range = argument;
  if (range->count <= kShort) {
    insertion_sort(range);
    return NULL;
  }
  const int64_t middle = range->count / 2;
  const int helpers = range->threads / 2;
  struct range left = {range->numbers, range->scratch, middle, range->before, helpers};
  struct range right = {range->numbers + middle, range->scratch + middle, range->count - middle, range->before,
                        range->threads - helpers};
  pthread_t thread;
  if (helpers > 0) kernel_check(pthread_create(&thread, NULL, sort, &left), "pthread_create");
  sort(&right);
  if (helpers > 0) {
    kernel_check(pthread_join(thread, NULL), "pthread_join");
  } else {
    sort(&left);
  }
  merge(range, middle);
  return NULL;
}

static void fill(const struct range* range) {
  for (int64_t i = 0; i < range->count; ++i) range->numbers[i] = (uint32_t)kernel_hash((uint64_t)i);
}

/// Whether it is sorted and has the numbers of fill(); prints what depends on every place.
static bool check(const struct range* range, const char* name) {
  bool sorted = true;
  uint64_t expected = 0, found = 0, checksum = 0;
  for (int64_t i = 0; i < range->count; ++i) {
    if (i > 0 && range->before(range->numbers[i], range->numbers[i - 1])) sorted = false;
    expected += kernel_hash((uint32_t)kernel_hash((uint64_t)i));
    found += kernel_hash(range->numbers[i]);
    checksum = kernel_hash(checksum ^ range->numbers[i]);
  }
  printf("%s %016llx\n", name, (unsigned long long)checksum);
  return sorted && found == expected;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  uint32_t* numbers = kernel_array(3 * args.size, sizeof *numbers);
  uint32_t* scratch = numbers + 2 * args.size;
  struct range ascending = {numbers, scratch, args.size, less, args.threads};
  struct range descending = {numbers + args.size, scratch, args.size, greater, args.threads};
  fill(&ascending);
  fill(&descending);
  const double started = kernel_seconds();
  sort(&ascending);
  sort(&descending);
  kernel_report_time(started);

  const bool ascends = check(&ascending, "ascending"), descends = check(&descending, "descending");
  free(numbers);
  return ascends && descends ? 0 : 1;
}
