// SPDX-License-Identifier: Apache-2.0
//
// The fixed form of two_locks: transfers among accounts in all directions at once, but whoever needs two locks takes
// that of the account that comes first in memory first. No circle of waiting threads can come about; a mutex that two
// threads own changes a balance, a lost wake-up hangs it.
#include <stdbool.h>

#include "kernel_slice.h"
#include "kernel_sync.h"

struct account {
  pthread_mutex_t mutex;
  uint64_t balance;  // modulo 2^64: it may go below zero
};

enum { kAccounts = 3, kAtFirst = 100 };  // with two accounts, one lock would do

static struct account accounts[kAccounts] = {{PTHREAD_MUTEX_INITIALIZER, kAtFirst},
                                             {PTHREAD_MUTEX_INITIALIZER, kAtFirst},
                                             {PTHREAD_MUTEX_INITIALIZER, kAtFirst}};

static void transfer(struct account* from, struct account* to, uint64_t amount) {
  struct account* first = from < to ? from : to;
  struct account* second = from < to ? to : from;
  kernel_lock(&first->mutex);
  kernel_lock(&second->mutex);
  kernel_add_slowly(&from->balance, -amount);
  kernel_add_slowly(&to->balance, amount);
  kernel_unlock(&second->mutex);
  kernel_unlock(&first->mutex);
}

struct order {
  int from, to;
  uint64_t amount;
};

static struct order order(int64_t i) {
  const uint64_t number = kernel_hash((uint64_t)i);
  const int from = (int)(number % kAccounts);
  return (struct order){from, (from + 1 + (int)(number / kAccounts % 2)) % kAccounts, (int64_t)(number / 64 % 100)};
}

static void* run(void* argument) {
  const struct kernel_slice* slice = argument;
  for (int64_t i = slice->begin; i < slice->end; ++i) {
    const struct order one = order(i);
    transfer(&accounts[one.from], &accounts[one.to], one.amount);
  }
  return NULL;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 4000000);
  struct kernel_slice slices[kMaxKernelThreads];
  for (int i = 0; i < args.threads; ++i) slices[i] = kernel_slice(args.size, i, args.threads);
  const double started = kernel_seconds();
  kernel_run(args.threads, run, slices, sizeof slices[0]);
  kernel_report_time(started);

  uint64_t expected[kAccounts] = {kAtFirst, kAtFirst, kAtFirst};
  for (int64_t i = 0; i < args.size; ++i) {
    const struct order one = order(i);
    expected[one.from] -= one.amount;
    expected[one.to] += one.amount;
  }
  bool right = true;
  printf("transfers %lld\n", (long long)args.size);
  for (int i = 0; i < kAccounts; ++i) {
    printf("balance %lld\n", (long long)accounts[i].balance);
    right = right && accounts[i].balance == expected[i];
  }
  return right ? 0 : 1;
}
