// SPDX-License-Identifier: Apache-2.0
//
// All threads come to the same SIZE once_flags at the same time, and to local statics: each initialiser runs once, and
// is finished when any of the calls returns. One that runs twice, or is seen half done, changes the counts or the
// checksum; a lost wake-up hangs it.
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "kernel.hpp"

namespace {

enum { kStatics = 16 };

struct lazy {
  std::once_flag flag;
  uint64_t value = 0;
};

std::atomic<int64_t> initialised{0};
std::atomic<int64_t> constructed{0};

uint64_t slow_hash(uint64_t x) {
  for (int i = 0; i < 20; ++i) x = kernel_hash(x);
  return x;
}

uint64_t value_of(lazy& lazy, int64_t index) {
  std::call_once(lazy.flag, [&lazy, index] {
    ++initialised;
    lazy.value = slow_hash(static_cast<uint64_t>(index));
  });
  return lazy.value;
}

struct constant {
  uint64_t value;
  explicit constant(uint64_t seed) : value(slow_hash(seed)) { ++constructed; }
};

template <size_t kIndex>
uint64_t local_static() {
  static const constant kConstant(kIndex);
  return kConstant.value;
}

template <size_t... kIndices>
uint64_t local_statics(std::index_sequence<kIndices...> /*indices*/) {
  return (local_static<kIndices>() + ...);
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 1000000);
  const auto lazies = std::make_unique<lazy[]>(static_cast<size_t>(args.size));
  std::atomic<uint64_t> checksum{0};
  std::atomic<int> ready{0};
  const double started = kernel_seconds();
  kernel_threads(args.threads, [&](int /*id*/) {
    ++ready;
    while (ready < args.threads) std::this_thread::yield();
    uint64_t sum = local_statics(std::make_index_sequence<kStatics>());
    for (int64_t i = 0; i < args.size; ++i) sum = kernel_hash(sum ^ value_of(lazies[static_cast<size_t>(i)], i));
    checksum += sum;
  });
  kernel_report_time(started);
  return kernel_verdict(initialised == args.size && constructed == kStatics, checksum);
}
