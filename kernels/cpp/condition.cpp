// SPDX-License-Identifier: Apache-2.0
//
// Threads that take turns in a ring, SIZE turns in all, by condition_variable and condition_variable_any: wait and
// wait_for with a predicate, notify_one and notify_all. A lost notification hangs it; who goes out of turn changes the
// checksum. A wait for what never comes times out.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "kernel.hpp"

namespace {

std::mutex mutex;
std::unique_ptr<std::condition_variable[]> turns;  // one a thread, for notify_one
std::condition_variable_any everybody;             // for all, for notify_all
int64_t turn = 0;
uint64_t chain = 0;

/// Every second round of the ring goes by `everybody`.
bool by_everybody(int64_t number, int threads) { return number / threads % 2 == 1; }

void take_turn(int64_t number, int id, const kernel_args& args) {
  std::unique_lock<std::mutex> lock(mutex);
  const auto mine = [number] { return turn == number; };
  if (by_everybody(number, args.threads)) {
    everybody.wait(lock, mine);
  } else if (number % 2 == 0) {
    turns[id].wait(lock, mine);
  } else {
    while (!turns[id].wait_for(lock, std::chrono::hours(1), mine)) {
    }
  }
  chain = kernel_hash(chain ^ static_cast<uint64_t>(id));
  ++turn;
  if (by_everybody(turn, args.threads)) {
    everybody.notify_all();
  } else {
    turns[turn % args.threads].notify_one();
  }
}

bool times_out() {
  std::condition_variable never;
  std::unique_lock<std::mutex> lock(mutex);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(2);
  return !never.wait_until(lock, deadline, [] { return false; }) && std::chrono::steady_clock::now() >= deadline;
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 100000);
  turns = std::make_unique<std::condition_variable[]>(static_cast<size_t>(args.threads));
  const double started = kernel_seconds();
  kernel_threads(args.threads, [&args](int id) {
    for (int64_t number = id; number < args.size; number += args.threads) take_turn(number, id, args);
  });
  kernel_report_time(started);
  return kernel_verdict(turn == args.size && times_out(), chain);
}
