// SPDX-License-Identifier: Apache-2.0
//
// Work stealing with the deque of Chase and Lev, in the C11 version of Lê, Pop, Cohen and Zappa Nardelli (PPoPP 2013):
// mostly relaxed, and right by its fences. Without them owner and thief both get the last task, which is counted twice.
#include <stdbool.h>

#include "contention.h"

enum { kCapacity = 256, kNone = 0 };

struct deque {
  _Atomic int64_t top, bottom;  // signed: an empty deque's bottom is decremented, too
  _Atomic int64_t tasks[kCapacity];
};

static struct deque deques[kMaxKernelThreads];
static atomic_int idle;  // threads that have no task, and whose deques are empty

/// The owner's; a task is pushed whenever another was taken, so there are few and no deque has to grow.
static void push(struct deque* deque, int64_t task) {
  const int64_t bottom = atomic_load_explicit(&deque->bottom, memory_order_relaxed);
  const int64_t top = atomic_load_explicit(&deque->top, memory_order_acquire);
  if (bottom - top >= kCapacity) exit(1);
  atomic_store_explicit(&deque->tasks[bottom % kCapacity], task, memory_order_relaxed);
  atomic_thread_fence(memory_order_release);  // the task before the bottom that shows it
  atomic_store_explicit(&deque->bottom, bottom + 1, memory_order_relaxed);
}

/// The owner's: the youngest task.
static int64_t take(struct deque* deque) {
  const int64_t bottom = atomic_load_explicit(&deque->bottom, memory_order_relaxed) - 1;
  atomic_store_explicit(&deque->bottom, bottom, memory_order_relaxed);
  // With the fence of steal(): either the thief sees this bottom, or the owner the thief's top.
  atomic_thread_fence(memory_order_seq_cst);
  int64_t top = atomic_load_explicit(&deque->top, memory_order_relaxed);
  int64_t task = kNone;
  if (top <= bottom) task = atomic_load_explicit(&deque->tasks[bottom % kCapacity], memory_order_relaxed);
  if (top < bottom) return task;
  kernel_dawdle((uint64_t)top);
  // The last one: whoever moves the top has it.
  if (top == bottom && !atomic_compare_exchange_strong_explicit(&deque->top, &top, top + 1, memory_order_seq_cst,
                                                                memory_order_relaxed)) {
    task = kNone;
  }
  atomic_store_explicit(&deque->bottom, bottom + 1, memory_order_relaxed);
  return task;
}

/// Anybody's: the oldest task. None, too, when somebody else was faster.
static int64_t steal(struct deque* deque) {
  int64_t top = atomic_load_explicit(&deque->top, memory_order_acquire);
  atomic_thread_fence(memory_order_seq_cst);
  const int64_t bottom = atomic_load_explicit(&deque->bottom, memory_order_acquire);
  if (top >= bottom) return kNone;
  kernel_dawdle((uint64_t)top);
  const int64_t task = atomic_load_explicit(&deque->tasks[top % kCapacity], memory_order_relaxed);
  if (!atomic_compare_exchange_strong_explicit(&deque->top, &top, top + 1, memory_order_seq_cst, memory_order_relaxed))
    return kNone;
  return task;
}

static bool looks_empty(struct deque* deque) { return atomic_load(&deque->top) >= atomic_load(&deque->bottom); }

struct work {
  int thread, threads;
  int64_t size;
  int64_t done;
  uint64_t sum;
};

/// A task of somebody else's, or none when everybody is idle: only an owner that is not idle pushes.
static int64_t find_task(const struct work* work) {
  int tries = 0;
  atomic_fetch_add(&idle, 1);
  for (int i = work->thread + 1; atomic_load(&idle) < work->threads; ++i) {
    struct deque* victim = &deques[i % work->threads];
    if (looks_empty(victim)) {
      kernel_relax(&tries);
      continue;
    }
    atomic_fetch_sub(&idle, 1);  // before it has the task
    const int64_t task = steal(victim);
    if (task != kNone) return task;
    atomic_fetch_add(&idle, 1);
  }
  return kNone;
}

/// Tasks are numbered from 1 to size. Most are a binary tree, each with up to two more behind it. The rest are a chain:
/// every other task has the next two behind it. One or two are there at a time, and an owner and all thieves want them.
static void push_following(struct deque* own, int64_t task, int64_t size) {
  const int64_t tree = size - size / 8;
  if (task > tree) {
    const bool link = (task - tree) % 2 == 1;
    if (link && task + 2 <= size) push(own, task + 2);
    if (link && task + 1 <= size) push(own, task + 1);
  } else {
    if (task == 1 && tree < size) push(own, tree + 1);
    if (2 * task <= tree) push(own, 2 * task);
    if (2 * task < tree) push(own, 2 * task + 1);
  }
}

static void* run(void* argument) {
  struct work* work = argument;
  struct deque* own = &deques[work->thread];
  if (work->thread == 0) push(own, 1);
  kernel_arrive();
  kernel_await(work->threads);
  while (true) {
    int64_t task = take(own);
    if (task == kNone) task = find_task(work);
    if (task == kNone) return NULL;
    if (++work->done > work->size) exit(1);  // a task that is given out again and again repeats all behind it
    work->sum += kernel_hash((uint64_t)task);
    push_following(own, task, work->size);
  }
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000000);
  struct work works[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) works[i] = (struct work){i, args.threads, args.size, 0, 0};
  const double started = kernel_seconds();
  kernel_run(args.threads, run, works, sizeof works[0]);
  kernel_report_time(started);

  int64_t done = 0;
  uint64_t sum = 0, expected = 0;
  for (int64_t task = 1; task <= args.size; ++task) expected += kernel_hash((uint64_t)task);
  for (int i = 0; i < args.threads; ++i) {
    done += works[i].done;
    sum += works[i].sum;
  }
  printf("tasks %lld\nchecksum %016llx\n", (long long)done, (unsigned long long)sum);
  return done == args.size && sum == expected ? 0 : 1;
}
