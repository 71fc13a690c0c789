// SPDX-License-Identifier: Apache-2.0
//
// Thread-local storage, of the language and of pthread keys. Threads come in waves, so that later ones get memory that
// earlier ones wrote: each has to find its variables initialised, aligned, and its own; its keys NULL. The destructors
// of keys run once for each value, those that set a value again in another pass, all before join returns. A runtime
// that shares or reuses a thread's block as it is prints other numbers.
#include <stdatomic.h>
#include <stdbool.h>

#include "kernel_slice.h"

enum { kCells = 16, kSteps = 2000, kAlignment = 64 };

static _Thread_local uint64_t initialised = 42;
static _Thread_local uint64_t zeroed[kCells];
static _Thread_local _Alignas(kAlignment) uint8_t aligned[kAlignment];

static pthread_key_t first_key, second_key, bare_key;
static _Atomic uint64_t first_pass, second_pass;  // what the destructors saw
static pthread_barrier_t all_are_here;

struct work {
  int64_t id;
  const struct work* neighbour;
  uint64_t* storage;
  uint64_t checksum;
  bool wrong;
};

static void destroy_first(void* value) {
  first_pass += *(uint64_t*)value;
  kernel_check(pthread_setspecific(second_key, value), "pthread_setspecific");
}

static void destroy_second(void* value) {
  second_pass += *(uint64_t*)value + zeroed[0];  // the language's variables are still there
  free(value);
}

static bool is_fresh(void) {
  bool fresh = initialised == 42 && (uintptr_t)aligned % kAlignment == 0;
  for (int i = 0; i < kCells; ++i) fresh = fresh && zeroed[i] == 0;
  for (int i = 0; i < kAlignment; ++i) fresh = fresh && aligned[i] == 0;
  return fresh && pthread_getspecific(first_key) == NULL && pthread_getspecific(second_key) == NULL &&
         pthread_getspecific(bare_key) == NULL;
}

static void set_up(struct work* work) {
  uint64_t* value = kernel_array(1, sizeof *value);
  *value = kernel_hash((uint64_t)work->id);
  kernel_check(pthread_setspecific(first_key, value), "pthread_setspecific");
  kernel_check(pthread_setspecific(bare_key, work), "pthread_setspecific");
  work->storage = zeroed;
}

static void meet(void) {
  const int status = pthread_barrier_wait(&all_are_here);
  if (status != PTHREAD_BARRIER_SERIAL_THREAD) kernel_check(status, "pthread_barrier_wait");
}

static void* run(void* argument) {
  struct work* work = argument;
  work->wrong = !is_fresh();
  set_up(work);
  for (int64_t i = 0; i < kSteps; ++i) {
    initialised = kernel_hash(initialised ^ (uint64_t)(work->id + i));
    zeroed[initialised % kCells] += initialised;
    aligned[initialised % kAlignment] ^= (uint8_t)initialised;
  }
  meet();
  // Storage of another thread, by its address: it is another's, with what that one wrote.
  if (work->neighbour != work) {
    work->wrong |= work->neighbour->storage == zeroed;
    work->checksum = kernel_hash(work->neighbour->storage[1]);
  }
  meet();
  for (int i = 0; i < kCells; ++i) work->checksum = kernel_hash(work->checksum ^ zeroed[i]);
  for (int i = 0; i < kAlignment; ++i) work->checksum = kernel_hash(work->checksum ^ aligned[i]);
  work->wrong |= pthread_getspecific(bare_key) != work;
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 2000);
  // The second first: destructors go by the order of the keys, and it is to have a value again once its turn is over.
  kernel_check(pthread_key_create(&second_key, destroy_second), "pthread_key_create");
  kernel_check(pthread_key_create(&first_key, destroy_first), "pthread_key_create");
  kernel_check(pthread_key_create(&bare_key, NULL), "pthread_key_create");
  kernel_check(pthread_barrier_init(&all_are_here, NULL, (unsigned)args.threads), "pthread_barrier_init");
  const int64_t waves = (args.size + args.threads - 1) / args.threads;
  uint64_t checksum = 0, values = 0;
  bool wrong = !is_fresh();
  const double started = kernel_seconds();
  for (int64_t wave = 0; wave < waves; ++wave) {
    struct work works[kMaxKernelThreads] = {0};
    for (int i = 0; i < args.threads; ++i) {
      works[i].id = wave * args.threads + i;
      works[i].neighbour = &works[(i + 1) % args.threads];
    }
    kernel_run(args.threads, run, works, sizeof works[0]);
    for (int i = 0; i < args.threads; ++i) {
      checksum = kernel_hash(checksum ^ works[i].checksum);
      values += kernel_hash((uint64_t)works[i].id);
      wrong |= works[i].wrong;
    }
    wrong |= first_pass != values;
  }
  kernel_report_time(started);
  wrong |= !is_fresh();  // main's own
  printf("threads %lld\ndestructors %016llx %016llx\nchecksum %016llx\n", (long long)(waves * args.threads),
         (unsigned long long)first_pass, (unsigned long long)second_pass, (unsigned long long)checksum);
  kernel_check(pthread_barrier_destroy(&all_are_here), "pthread_barrier_destroy");
  return wrong ? 1 : 0;
}
