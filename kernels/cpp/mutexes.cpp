// SPDX-License-Identifier: Apache-2.0
//
// Every mutex of the library, SIZE rounds in all: mutex, recursive_mutex, timed_mutex, shared_mutex, and a scoped_lock
// of two in either order. Lost updates change the counters, a lock that does not exclude readers shows half a change, a
// bad scoped_lock deadlocks.
#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <shared_mutex>

#include "kernel.hpp"

namespace {

std::mutex plain;
int64_t counted = 0;

std::recursive_mutex recursive;
int64_t nested = 0;

std::timed_mutex timed;
int64_t timely = 0;

std::shared_mutex shared;
std::array<int64_t, 16> copies{};
std::atomic<int64_t> torn{0};

struct account {
  std::mutex mutex;
  int64_t balance = 1000;
};
std::array<account, 4> accounts;

void count_nested(int depth) {
  const std::lock_guard<std::recursive_mutex> lock(recursive);
  ++nested;
  if (depth > 1) count_nested(depth - 1);
}

void count_timely() {
  while (!timed.try_lock_for(std::chrono::hours(1))) {
  }
  const std::lock_guard<std::timed_mutex> lock(timed, std::adopt_lock);
  ++timely;
}

/// All copies change together; one round in four writes.
void write_or_read(uint64_t hash) {
  if (hash % 4 == 0) {
    const std::unique_lock<std::shared_mutex> lock(shared);
    const int64_t next = copies[0] + 1;
    for (int64_t& copy : copies) copy = next;
    return;
  }
  const std::shared_lock<std::shared_mutex> lock(shared);
  for (const int64_t copy : copies) {
    if (copy != copies[0]) ++torn;
  }
}

void transfer(uint64_t hash) {
  account& from = accounts[hash >> 8 & 3];
  account& to = accounts[hash >> 10 & 3];
  if (&from == &to) return;
  const std::scoped_lock lock(from.mutex, to.mutex);
  const auto amount = static_cast<int64_t>(hash >> 16 & 7);
  from.balance -= amount;
  to.balance += amount;
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 1000000);
  const double started = kernel_seconds();
  kernel_threads(args.threads, [&args](int id) {
    for (int64_t i = id; i < args.size; i += args.threads) {
      const uint64_t hash = kernel_hash(static_cast<uint64_t>(i));
      {
        const std::lock_guard<std::mutex> lock(plain);
        ++counted;
      }
      count_nested(3);
      count_timely();
      write_or_read(hash);
      transfer(hash);
    }
  });
  kernel_report_time(started);

  int64_t money = 0;
  uint64_t checksum = static_cast<uint64_t>(copies[0]);
  for (const account& account : accounts) {
    money += account.balance;
    checksum = kernel_hash(checksum ^ static_cast<uint64_t>(account.balance));
  }
  const bool right = counted == args.size && nested == 3 * args.size && timely == args.size;
  return kernel_verdict(right && torn == 0 && money == 4000, checksum);
}
