// SPDX-License-Identifier: Apache-2.0
//
// pthread_barrier, used again and again: nobody passes before all have come, and exactly one thread is told that it was
// the one. A wake-up that is lost hangs it.
#include "barrier_kernel.h"

static pthread_barrier_t barrier;

static bool wait_for_all(int thread) {
  (void)thread;
  const int status = pthread_barrier_wait(&barrier);
  if (status == PTHREAD_BARRIER_SERIAL_THREAD) return true;
  kernel_check(status, "pthread_barrier_wait");
  return false;
}

int main(int argc, char** argv) {
  const struct kernel_args args = kernel_parse(argc, argv, 50000);
  kernel_check(pthread_barrier_init(&barrier, NULL, (unsigned)args.threads), "pthread_barrier_init");
  const int result = barrier_kernel_run(args, wait_for_all);
  kernel_check(pthread_barrier_destroy(&barrier), "pthread_barrier_destroy");
  return result;
}
