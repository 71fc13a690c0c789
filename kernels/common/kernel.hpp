// SPDX-License-Identifier: Apache-2.0
//
// What the kernels in C++ need beside kernel.h. They are built with -std=c++20 -fno-exceptions.
#ifndef WEFT_KERNEL_HPP
#define WEFT_KERNEL_HPP

#include <thread>
#include <vector>

#include "kernel.h"

/// Runs `routine(id)` on `count` threads and joins them.
template <typename Routine>
void kernel_threads(int count, Routine routine) {
  std::vector<std::thread> threads;
  for (int id = 0; id < count; ++id) threads.emplace_back(routine, id);
  for (std::thread& thread : threads) thread.join();
}

/// How many of `total` rounds are those of one thread.
static inline int64_t kernel_share(int64_t total, int id, int threads) {
  return total / threads + (id < total % threads ? 1 : 0);
}

/// Prints the lines that every kernel in C++ ends with, and gives its exit code.
static inline int kernel_verdict(bool right, uint64_t checksum) {
  printf("right %d\nchecksum %016llx\n", right ? 1 : 0, (unsigned long long)checksum);
  return right ? 0 : 1;
}

#endif
