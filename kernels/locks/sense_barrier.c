// SPDX-License-Identifier: Apache-2.0
//
// A sense-reversing barrier of one counter and one flag: the last to come lets all others go by turning the flag. A
// count that is lost hangs it; a thread that sees the flag before what was written before it computes something else.
#include "barrier_kernel.h"

static atomic_int missing;              // threads that have yet to come
static atomic_bool sense;               // turned from phase to phase
static bool senses[kMaxKernelThreads];  // what each thread waited for last
static int everybody;

static bool wait_for_all(int thread) {
  const bool mine = !senses[thread];
  senses[thread] = mine;
  // Release: what this thread wrote is seen by the last to come; acquire: the last to come sees it.
  if (atomic_fetch_sub_explicit(&missing, 1, memory_order_acq_rel) == 1) {
    // Relaxed: nobody comes again before having seen the flag, which is stored after it.
    atomic_store_explicit(&missing, everybody, memory_order_relaxed);
    atomic_store_explicit(&sense, mine, memory_order_release);
    return true;
  }
  int tries = 0;
  while (atomic_load_explicit(&sense, memory_order_acquire) != mine) kernel_relax(&tries);
  return false;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000);
  everybody = args.threads;
  atomic_init(&missing, everybody);
  return barrier_kernel_run(args, wait_for_all);
}
