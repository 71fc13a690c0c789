// SPDX-License-Identifier: Apache-2.0
//
// A pitfall: two threads transfer money in opposite directions, each locks the account that it takes from and then the
// other. Here both hold their first lock before either wants its second: a deadlock, always, whatever THREADS and SIZE
// are. It never ends by itself; a runtime may report it or wait for ever, but not get past it.
#include "kernel_sync.h"

struct account {
  pthread_mutex_t mutex;
  int64_t balance;
};

struct transfer {
  struct account *from, *to;
};

static struct account accounts[2] = {{PTHREAD_MUTEX_INITIALIZER, 100}, {PTHREAD_MUTEX_INITIALIZER, 100}};
static pthread_barrier_t both_hold_one;

static void* run(void* argument) {
  const struct transfer* transfer = argument;
  kernel_lock(&transfer->from->mutex);
  if (pthread_barrier_wait(&both_hold_one) == PTHREAD_BARRIER_SERIAL_THREAD) {
    printf("both threads hold one lock and want the other\n");
    fflush(stdout);
  }
  kernel_lock(&transfer->to->mutex);
  --transfer->from->balance;
  ++transfer->to->balance;
  kernel_unlock(&transfer->to->mutex);
  kernel_unlock(&transfer->from->mutex);
  return NULL;
}

int main(int argc, char** argv) {
  kernel_parse(argc, argv, 1);
  kernel_check(pthread_barrier_init(&both_hold_one, NULL, 2), "pthread_barrier_init");
  struct transfer transfers[2] = {{&accounts[0], &accounts[1]}, {&accounts[1], &accounts[0]}};
  kernel_run(2, run, transfers, sizeof transfers[0]);
  printf("no deadlock\n");
  return 1;
}
