// SPDX-License-Identifier: Apache-2.0
//
// std::atomic of every width, of a pointer, a double and a flag, SIZE rounds in all. Each operation has a result that
// no schedule changes, modulo the width; one lost update, or an operation that spills into its neighbour in memory,
// changes it.
#include <atomic>

#include "kernel.hpp"

namespace {

template <typename Number>
class cells {
 public:
  void round(uint64_t hash) {
    const auto number = static_cast<Number>(hash);
    tickets_ += static_cast<uint64_t>(counter_++);
    sum_.fetch_add(number, std::memory_order_relaxed);
    difference_.fetch_sub(number, std::memory_order_acq_rel);
    odd_.fetch_xor(number);
    some_.fetch_or(static_cast<Number>(hash & hash >> 16), std::memory_order_release);
    all_.fetch_and(static_cast<Number>(hash | hash >> 16), std::memory_order_acquire);
    taken_ ^= static_cast<uint64_t>(last_.exchange(number));
    Number most = most_.load(std::memory_order_relaxed);
    while (most < number &&
           !most_.compare_exchange_weak(most, number, std::memory_order_acq_rel, std::memory_order_relaxed)) {
    }
    Number product = product_;
    while (!product_.compare_exchange_strong(product, static_cast<Number>(product * (number | 1U)))) {
    }
  }

  /// What each exchange took out, and what is left, is all that was put in.
  [[nodiscard]] uint64_t checksum() const {
    uint64_t sum = static_cast<Number>(tickets_.load());
    for (const Number value : {counter_.load(), sum_.load(), difference_.load(), odd_.load(), some_.load(), all_.load(),
                               most_.load(), product_.load(), static_cast<Number>(taken_ ^ last_)}) {
      sum = kernel_hash(sum ^ value);
    }
    return sum;
  }

 private:
  std::atomic<Number> counter_{0}, sum_{0}, difference_{0}, odd_{0}, some_{0}, last_{0}, most_{0}, product_{1};
  std::atomic<Number> all_{static_cast<Number>(-1)};
  std::atomic<uint64_t> tickets_{0}, taken_{0};
};

cells<uint8_t> bytes;
cells<uint16_t> halves;
cells<uint32_t> words;
cells<uint64_t> longs;

std::atomic<const char*> pointer{nullptr};
std::atomic<double> whole{0};
std::atomic_flag flag = ATOMIC_FLAG_INIT;
std::atomic<int64_t> guarded{0};

/// Numbers that are whole and small: their sum is exact in any order.
void add_to_double(double number) {
  double old = whole.load(std::memory_order_relaxed);
  while (!whole.compare_exchange_weak(old, old + number)) {
  }
}

/// A lock of a flag and fences; what it guards is atomic, but for its increment.
void add_under_flag() {
  while (flag.test_and_set(std::memory_order_relaxed)) std::this_thread::yield();
  std::atomic_thread_fence(std::memory_order_acquire);
  guarded.store(guarded.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::atomic_thread_fence(std::memory_order_release);
  flag.clear(std::memory_order_relaxed);
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 2000000);
  const std::vector<char> array(static_cast<size_t>(args.size) + 1);
  pointer = array.data();

  const double started = kernel_seconds();
  kernel_threads(args.threads, [&args](int id) {
    for (int64_t i = id; i < args.size; i += args.threads) {
      const uint64_t hash = kernel_hash(static_cast<uint64_t>(i));
      bytes.round(hash);
      halves.round(hash);
      words.round(hash);
      longs.round(hash);
      ++pointer;
      add_to_double(static_cast<double>(hash >> 40));
      add_under_flag();
    }
  });
  kernel_report_time(started);

  uint64_t checksum = static_cast<uint64_t>(whole.load());
  for (const uint64_t part : {bytes.checksum(), halves.checksum(), words.checksum(), longs.checksum()}) {
    checksum = kernel_hash(checksum ^ part);
  }
  return kernel_verdict(pointer == &array.back() && guarded == args.size, checksum);
}
