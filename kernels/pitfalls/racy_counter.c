// SPDX-License-Identifier: Apache-2.0
//
// A pitfall: threads increment a shared counter by a load, an addition and a store: two threads that load the same
// value lose an increment. How many are lost is up to the schedule and goes to stderr. A runtime may not count more
// than there were, nor lose any of one thread. In C such a data race is undefined (`volatile` keeps the compiler from
// making use of that), in Wasm it is not; `weft run --race` reports it. mutex_counter and atomic_counter are how to do
// it.
#include <stdbool.h>

#include "kernel_slice.h"

static volatile int64_t counter;

static void* run(void* argument) {
  const struct kernel_slice* slice = argument;
  for (int64_t i = slice->begin; i < slice->end; ++i) {
    const int64_t seen = counter;
    counter = seen + 1;
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000000);
  struct kernel_slice slices[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) slices[i] = kernel_slice(args.size, i, args.threads);
  const double started = kernel_seconds();
  kernel_run(args.threads, run, slices, sizeof slices[0]);
  kernel_report_time(started);

  fprintf(stderr, "%lld increments, counter %lld, lost %lld\n", (long long)args.size, (long long)counter,
          (long long)(args.size - counter));
  const bool at_most = counter <= args.size, above_zero = counter > 0;
  printf("count at most the true count: %s\n", at_most ? "yes" : "no");
  printf("count above zero: %s\n", above_zero ? "yes" : "no");
  return at_most && above_zero && (args.threads > 1 || counter == args.size) ? 0 : 1;
}
