// SPDX-License-Identifier: Apache-2.0
//
// Dining philosophers around a monitor: a philosopher eats when neither neighbour does, and wakes those whom it kept
// waiting by their own condition variables. While eating it uses its two forks without a lock. A signal that goes to
// the wrong waiter, or to none, hangs it; neighbours that eat at once lose uses of a fork.
#include <stdbool.h>

#include "kernel_slice.h"
#include "kernel_sync.h"

enum state { kThinking, kHungry, kEating };

static int seats;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t may_eat[kMaxKernelThreads];
static enum state states[kMaxKernelThreads];
static uint64_t uses[kMaxKernelThreads];  // of the fork on the left of each

struct philosopher {
  int seat;
  int64_t meals;
};

static int right_of(int seat) { return (seat + 1) % seats; }
static int left_of(int seat) { return (seat + seats - 1) % seats; }

static void seat_if_possible(int seat) {
  if (states[seat] != kHungry || states[left_of(seat)] == kEating || states[right_of(seat)] == kEating) return;
  states[seat] = kEating;
  kernel_signal(&may_eat[seat]);
}

static void take_forks(int seat) {
  kernel_lock(&mutex);
  states[seat] = kHungry;
  seat_if_possible(seat);
  while (states[seat] != kEating) kernel_wait(&may_eat[seat], &mutex);
  kernel_unlock(&mutex);
}

static void put_forks(int seat) {
  kernel_lock(&mutex);
  states[seat] = kThinking;
  seat_if_possible(left_of(seat));
  seat_if_possible(right_of(seat));
  kernel_unlock(&mutex);
}

static void* run(void* argument) {
  const struct philosopher* philosopher = argument;
  const int seat = philosopher->seat;
  for (int64_t i = 0; i < philosopher->meals; ++i) {
    take_forks(seat);
    kernel_add_slowly(&uses[seat], kernel_hash((uint64_t)i));
    kernel_add_slowly(&uses[right_of(seat)], kernel_hash((uint64_t)i));
    put_forks(seat);
  }
  return NULL;
}

/// What one of its forks is to show.
static uint64_t uses_by(const struct philosopher* philosopher) {
  uint64_t sum = 0;
  for (int64_t i = 0; i < philosopher->meals; ++i) sum += kernel_hash((uint64_t)i);
  return sum;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 5000000);
  seats = args.threads < 2 ? 2 : args.threads;
  struct philosopher philosophers[kMaxKernelThreads];
  for (int i = 0; i < seats; ++i) {
    const struct kernel_slice meals = kernel_slice(args.size, i, seats);
    philosophers[i] = (struct philosopher){i, meals.end - meals.begin};
    kernel_check(pthread_cond_init(&may_eat[i], NULL), "pthread_cond_init");
  }
  const double started = kernel_seconds();
  kernel_run(seats, run, philosophers, sizeof philosophers[0]);
  kernel_report_time(started);

  bool right = true;
  uint64_t checksum = 0;
  for (int i = 0; i < seats; ++i) {
    right = right && uses[i] == uses_by(&philosophers[i]) + uses_by(&philosophers[left_of(i)]);
    checksum = kernel_hash(checksum ^ uses[i]);
    kernel_check(pthread_cond_destroy(&may_eat[i]), "pthread_cond_destroy");
  }
  printf("philosophers %d, meals %lld\nchecksum %016llx\n", seats, (long long)args.size, (unsigned long long)checksum);
  return right ? 0 : 1;
}
