// SPDX-License-Identifier: Apache-2.0
//
// For kernels that divide work: a team of threads with a barrier. Each member returns its part of a checksum; the parts
// are added modulo 2^64, so that their order, and who had which part of the work, do not matter.
#ifndef WEFT_KERNEL_TEAM_H
#define WEFT_KERNEL_TEAM_H

#include <string.h>

#include "kernel_slice.h"

struct team_member {
  int id;
  int threads;
  pthread_barrier_t* barrier;
  uint64_t (*body)(const struct team_member* self);
  uint64_t part;
};

/// The part of 0…count that belongs to a member.
static inline struct kernel_slice team_share(const struct team_member* self, int64_t count) {
  return kernel_slice(count, self->id, self->threads);
}

static inline void team_barrier(const struct team_member* self) {
  const int status = pthread_barrier_wait(self->barrier);
  if (status != PTHREAD_BARRIER_SERIAL_THREAD) kernel_check(status, "pthread_barrier_wait");
}

static inline void* team_thread(void* argument) {
  struct team_member* self = (struct team_member*)argument;
  self->part = self->body(self);
  return NULL;
}

/// Runs `body` on every member and returns the sum of what they return.
static inline uint64_t team_run(int threads, uint64_t (*body)(const struct team_member* self)) {
  pthread_barrier_t barrier;
  kernel_check(pthread_barrier_init(&barrier, NULL, (unsigned)threads), "pthread_barrier_init");
  struct team_member members[kMaxKernelThreads];
  for (int i = 0; i < threads; ++i) {
    const struct team_member member = {i, threads, &barrier, body, 0};
    members[i] = member;
  }
  kernel_run(threads, team_thread, members, sizeof members[0]);
  kernel_check(pthread_barrier_destroy(&barrier), "pthread_barrier_destroy");
  uint64_t sum = 0;
  for (int i = 0; i < threads; ++i) sum += members[i].part;
  return sum;
}

/// What an element of a result adds to the checksum: all its bits, and where it is.
static inline uint64_t team_hash(int64_t index, uint64_t bits) {
  return kernel_hash(kernel_hash((uint64_t)index) ^ bits);
}

static inline uint64_t team_hash_double(int64_t index, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return team_hash(index, bits);
}

#endif
