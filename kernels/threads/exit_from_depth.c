// SPDX-License-Identifier: Apache-2.0
//
// pthread_exit out of a recursion, at another depth in each thread. Nothing behind a call may run any more; the cleanup
// handlers do, innermost first, then the destructor of the thread's key; the value is joined. A runtime that cannot
// unwind a thread's frames returns into them, or ends more than the thread.
#include <stdbool.h>

#include "kernel_slice.h"

enum { kDeepest = 60 };

static pthread_key_t key;

struct trace {
  int depth;  // where it ends
  int handlers;
  uint64_t order;
  bool returned, destroyed;
};

struct level {
  struct trace* trace;
  int depth;
};

static void destroy(void* value) {
  struct trace* trace = value;
  trace->destroyed = trace->handlers == trace->depth + 1;
}

static void leave(void* argument) {
  const struct level* level = argument;
  ++level->trace->handlers;
  level->trace->order = kernel_hash(level->trace->order ^ (uint64_t)level->depth);
}

static void descend(struct trace* trace, int depth);

static void deeper(struct trace* trace, int depth) {
  if (depth == trace->depth) pthread_exit(trace);
  descend(trace, depth + 1);
}

static void descend(struct trace* trace, int depth) {
  struct level level = {trace, depth};
  pthread_cleanup_push(leave, &level);
  deeper(trace, depth);
  trace->returned = true;
  pthread_cleanup_pop(0);
}

static void* run(void* argument) {
  kernel_check(pthread_setspecific(key, argument), "pthread_setspecific");
  descend(argument, 0);
  return NULL;
}

static bool is_right(const struct trace* trace, const void* value) {
  uint64_t order = 0;
  for (int depth = trace->depth; depth >= 0; --depth) order = kernel_hash(order ^ (uint64_t)depth);
  return value == trace && trace->handlers == trace->depth + 1 && trace->order == order && !trace->returned &&
         trace->destroyed;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 3000);
  kernel_check(pthread_key_create(&key, destroy), "pthread_key_create");
  int64_t right = 0;
  uint64_t checksum = 0;
  const double started = kernel_seconds();
  for (int64_t begin = 0; begin < args.size; begin += args.threads) {
    const int count = (int)(args.size - begin < args.threads ? args.size - begin : args.threads);
    struct trace traces[kMaxKernelThreads] = {0};
    pthread_t threads[kMaxKernelThreads];
    for (int i = 0; i < count; ++i) {
      traces[i].depth = (int)(kernel_hash((uint64_t)(begin + i)) % kDeepest);
      kernel_check(pthread_create(&threads[i], NULL, run, &traces[i]), "pthread_create");
    }
    for (int i = 0; i < count; ++i) {
      void* value = NULL;
      kernel_check(pthread_join(threads[i], &value), "pthread_join");
      right += is_right(&traces[i], value);
      checksum = kernel_hash(checksum ^ traces[i].order);
    }
  }
  kernel_report_time(started);
  printf("threads %lld\nchecksum %016llx\n", (long long)right, (unsigned long long)checksum);
  return right == args.size ? 0 : 1;
}
