// SPDX-License-Identifier: Apache-2.0
//
// A pool of threads takes jobs from a queue under a mutex and two condition variables; the main thread takes the
// results in the order of submission, whichever order they end in. A lost wake-up hangs it; a job that is run twice, or
// seen as done before its result is there, changes the checksum.
#include <stdbool.h>

#include "kernel_slice.h"
#include "kernel_sync.h"

enum { kSteps = 100 };

struct job {
  uint64_t (*function)(uint64_t);
  uint64_t argument, result;
  struct job* next;
  bool done;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t submitted = PTHREAD_COND_INITIALIZER;
static pthread_cond_t finished = PTHREAD_COND_INITIALIZER;
static struct job *head, *tail;
static bool closed;

static uint64_t hashes(uint64_t number) {
  for (int i = 0; i < kSteps; ++i) number = kernel_hash(number);
  return number;
}

static uint64_t collatz(uint64_t number) {
  uint64_t steps = 0;
  for (number = number % 100000 + 1; number != 1; ++steps) number = number % 2 == 0 ? number / 2 : 3 * number + 1;
  return steps;
}

static uint64_t digits(uint64_t number) {
  uint64_t sum = 0;
  for (number = kernel_hash(number); number != 0; number /= 10) sum += number % 10;
  return sum;
}

static void submit(struct job* job) {
  kernel_lock(&mutex);
  if (head == NULL) {
    head = job;
  } else {
    tail->next = job;
  }
  tail = job;
  kernel_signal(&submitted);
  kernel_unlock(&mutex);
}

static uint64_t result_of(const struct job* job) {
  kernel_lock(&mutex);
  while (!job->done) kernel_wait(&finished, &mutex);
  kernel_unlock(&mutex);
  return job->result;
}

static void* work(void* argument) {
  int64_t* jobs_run = argument;
  kernel_lock(&mutex);
  for (;;) {
    while (head == NULL && !closed) kernel_wait(&submitted, &mutex);
    if (head == NULL) break;
    struct job* job = head;
    head = job->next;
    kernel_unlock(&mutex);
    job->result += job->function(job->argument);  // += shows a job that is run twice
    ++*jobs_run;
    kernel_lock(&mutex);
    job->done = true;
    kernel_signal(&finished);
  }
  kernel_unlock(&mutex);
  return NULL;
}

int main(int argc, char** argv) {
  static uint64_t (*const functions[])(uint64_t) = {hashes, collatz, digits};
  const struct kernel_args args = kernel_parse(argc, argv, 400000);
  struct job* jobs = kernel_array(args.size, sizeof *jobs);
  pthread_t threads[kMaxKernelThreads];
  int64_t jobs_run[kMaxKernelThreads] = {0};
  const double started = kernel_seconds();
  for (int i = 0; i < args.threads; ++i) {
    kernel_check(pthread_create(&threads[i], NULL, work, &jobs_run[i]), "pthread_create");
  }
  for (int64_t i = 0; i < args.size; ++i) {
    jobs[i].function = functions[i % 3];
    jobs[i].argument = (uint64_t)i;
    submit(&jobs[i]);
  }
  uint64_t checksum = 0;
  for (int64_t i = 0; i < args.size; ++i) checksum = kernel_hash(checksum ^ result_of(&jobs[i]));
  kernel_lock(&mutex);
  closed = true;
  kernel_broadcast(&submitted);
  kernel_unlock(&mutex);
  int64_t total = 0;
  for (int i = 0; i < args.threads; ++i) {
    kernel_check(pthread_join(threads[i], NULL), "pthread_join");
    total += jobs_run[i];
  }
  kernel_report_time(started);
  free(jobs);
  printf("jobs %lld\nchecksum %016llx\n", (long long)total, (unsigned long long)checksum);
  return total == args.size ? 0 : 1;
}
