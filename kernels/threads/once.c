// SPDX-License-Identifier: Apache-2.0
//
// pthread_once, SIZE times, all threads at once: the routine runs once, whoever comes first, and everybody who returns
// sees what it wrote. A second run is counted; a return before the routine's end reads an empty cell.
#include <sched.h>

#include "kernel_slice.h"

static pthread_once_t* controls;
static uint64_t* cells;
static int* runs;
static _Thread_local int64_t current;  // the routine has no argument
static pthread_barrier_t together;

struct work {
  int64_t size;
  uint64_t checksum;
};

static void initialise(void) {
  ++runs[current];
  if (current % 16 == 0) sched_yield();  // time for the others to come
  cells[current] = kernel_hash((uint64_t)current);
}

static void* run(void* argument) {
  struct work* work = argument;
  for (current = 0; current < work->size; ++current) {
    if (current % 16 == 0) {
      const int status = pthread_barrier_wait(&together);
      if (status != PTHREAD_BARRIER_SERIAL_THREAD) kernel_check(status, "pthread_barrier_wait");
    }
    kernel_check(pthread_once(&controls[current], initialise), "pthread_once");
    work->checksum = kernel_hash(work->checksum ^ cells[current]);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 1000000);
  static const pthread_once_t fresh = PTHREAD_ONCE_INIT;
  controls = kernel_array(args.size, sizeof *controls);
  cells = kernel_array(args.size, sizeof *cells);
  runs = kernel_array(args.size, sizeof *runs);
  for (int64_t i = 0; i < args.size; ++i) controls[i] = fresh;
  kernel_check(pthread_barrier_init(&together, NULL, (unsigned)args.threads), "pthread_barrier_init");
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){args.size, 0};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  uint64_t expected = 0;
  int64_t total = 0, wrong = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    expected = kernel_hash(expected ^ kernel_hash((uint64_t)i));
    total += runs[i];
    wrong += runs[i] != 1;
  }
  for (int i = 0; i < args.threads; ++i) wrong += works[i].checksum != expected;
  kernel_check(pthread_barrier_destroy(&together), "pthread_barrier_destroy");
  free(controls);
  free(cells);
  free(runs);
  printf("runs %lld\nchecksum %016llx\n", (long long)total, (unsigned long long)works[0].checksum);
  return wrong == 0 ? 0 : 1;
}
