// SPDX-License-Identifier: Apache-2.0
//
// Counts the primes below SIZE. The threads take blocks from one atomic counter, since large numbers cost more than
// small ones; a block that two threads get, or none, changes the count. A sieve checks it.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kBlock = 16 };

static _Atomic int64_t next_block;

struct work {
  int64_t size;
  int64_t count;
  uint64_t checksum;
};

static bool is_prime(uint32_t number) {
  if (number < 2 || (number % 2 == 0 && number != 2)) return false;
  for (uint32_t divisor = 3; divisor <= number / divisor; divisor += 2) {
    if (number % divisor == 0) return false;
  }
  return true;
}

static void* run(void* argument) {
  struct work* work = argument;
  for (;;) {
    const int64_t begin = atomic_fetch_add_explicit(&next_block, kBlock, memory_order_relaxed);
    if (begin >= work->size) return NULL;
    const int64_t end = begin + kBlock < work->size ? begin + kBlock : work->size;
    for (int64_t i = begin; i < end; ++i) {
      if (!is_prime((uint32_t)i)) continue;
      ++work->count;
      work->checksum += kernel_hash((uint64_t)i);
    }
  }
}

/// The same count in sequence, by the sieve of Eratosthenes.
static struct work sieve(int64_t size) {
  struct work result = {size, 0, 0};
  bool* composite = kernel_array(size, sizeof *composite);
  for (int64_t i = 2; i < size; ++i) {
    if (composite[i]) continue;
    ++result.count;
    result.checksum += kernel_hash((uint64_t)i);
    for (int64_t multiple = i * i; multiple < size; multiple += i) composite[multiple] = true;
  }
  free(composite);
  return result;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000000);
  if (args.size > UINT32_MAX) kernel_check(ERANGE, "counting above 2^32");
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){args.size, 0, 0};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  struct work threaded = {args.size, 0, 0};
  for (int i = 0; i < args.threads; ++i) {
    threaded.count += works[i].count;
    threaded.checksum += works[i].checksum;
  }
  const struct work expected = sieve(args.size);
  printf("primes %lld\nchecksum %016llx\n", (long long)threaded.count, (unsigned long long)threaded.checksum);
  return threaded.count == expected.count && threaded.checksum == expected.checksum ? 0 : 1;
}
