// SPDX-License-Identifier: Apache-2.0
//
// A child calls exit(7) while the main thread sleeps and the other children sleep or run in circles. The handler of
// atexit runs, what is still in stdout's buffer comes out, the process ends with 7 and takes everybody along. A runtime
// that ends only the child hangs; one that does not run exit's end loses the last lines.
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_detached.h"
#include "kernel_sync.h"

enum { kStatus = 7 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_are_here = PTHREAD_COND_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int here;
static uint64_t checksum;
static double started;
static _Atomic bool never_set;

struct work {
  int id, threads;
  int64_t lines;
};

static void at_exit(void) { printf("atexit, checksum %016llx", (unsigned long long)checksum); }

static void arrive(void) {
  ++here;
  kernel_signal(&all_are_here);
}

static void end_the_program(const struct work* work) {
  kernel_lock(&mutex);
  while (here < work->threads) kernel_wait(&all_are_here, &mutex);  // the others and main
  kernel_unlock(&mutex);
  for (int64_t i = 0; i < work->lines; ++i) {
    checksum = kernel_hash(checksum ^ (uint64_t)i);
    printf("line %lld %016llx\n", (long long)i, (unsigned long long)checksum);
  }
  kernel_report_time(started);
  exit(kStatus);
}

static void* run(void* argument) {
  const struct work* work = argument;
  if (work->id == 0) end_the_program(work);
  kernel_lock(&mutex);
  arrive();
  while (work->id % 2 != 0) kernel_wait(&never, &mutex);
  kernel_unlock(&mutex);
  while (!atomic_load(&never_set)) sched_yield();
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 20000);
  if (atexit(at_exit) != 0) return 3;
  started = kernel_seconds();
  static struct work works[kMaxKernelThreads];
  pthread_attr_t detached = kernel_detached();  // nobody is left to join them
  for (int i = 0; i < args.threads; ++i) {
    works[i] = (struct work){i, args.threads, args.size};
    pthread_t thread;
    kernel_check(pthread_create(&thread, &detached, run, &works[i]), "pthread_create");
  }
  kernel_check(pthread_attr_destroy(&detached), "pthread_attr_destroy");
  kernel_lock(&mutex);
  arrive();
  for (;;) kernel_wait(&never, &mutex);
}
