// SPDX-License-Identifier: Apache-2.0
//
// Programs of two threads, many to a file: `racy.wasm NAME` runs one. Both threads are started and have met before
// either begins, so that nothing but what a scenario itself does orders what they do: the race is there in every run,
// or in none.
#pragma once

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NEVER_INLINE __attribute__((noinline))

struct scenario {
  const char* name;
  void (*one)(void);
  void (*other)(void);
};

static atomic_int scenario_met;

static inline void scenario_meet(atomic_int* met) {
  atomic_fetch_add(met, 1);
  while (atomic_load(met) < 2) continue;
}

static inline void* scenario_run(void* argument) {
  scenario_meet(&scenario_met);
  ((void (*)(void))argument)();
  return NULL;
}

/// Runs the scenario of that name; 2 when there is none. Without a name: lists them.
static inline int scenario_main(int argc, char** argv, const struct scenario* scenarios, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (argc < 2) {
      puts(scenarios[i].name);
      continue;
    }
    if (strcmp(argv[1], scenarios[i].name) != 0) continue;
    pthread_t one, other;
    if (pthread_create(&one, NULL, scenario_run, (void*)scenarios[i].one) != 0) return 3;
    if (pthread_create(&other, NULL, scenario_run, (void*)scenarios[i].other) != 0) return 3;
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
  }
  return argc < 2 ? 0 : 2;
}

// What a scenario may use. volatile: what compilers make of races is not the subject.
static volatile int32_t cell, second_cell;
static volatile int64_t wide_cell;
static volatile uint8_t bytes[64];
static atomic_int flag, second_flag;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, second_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static inline void await(atomic_int* word, int value) {
  while (atomic_load_explicit(word, memory_order_acquire) != value) continue;
}

/// Reads what is not to be optimised away.
#define READ(x) ((void)(x))
