// SPDX-License-Identifier: Apache-2.0
//
// SIZE rounds of values that cross threads by futures: async, deferred or not, promise, packaged_task, and one
// shared_future for all. A value that is seen before it is whole, or a waiter that nobody wakes, shows. Nothing throws:
// a future that is never given a value is not tried.
#include <chrono>
#include <future>

#include "kernel.hpp"

namespace {

struct wide {
  uint64_t words[8];
};

wide make_wide(uint64_t seed) {
  wide value{};
  for (uint64_t& word : value.words) word = seed = kernel_hash(seed);
  return value;
}

uint64_t sum_of(const wide& value) {
  uint64_t sum = 0;
  for (const uint64_t word : value.words) sum += word;
  return sum;
}

uint64_t by_async(uint64_t seed, int threads) {
  std::vector<std::future<wide>> futures;
  for (int i = 0; i < threads; ++i) {
    futures.push_back(std::async(std::launch::async, make_wide, seed + static_cast<uint64_t>(i)));
  }
  futures.push_back(std::async(std::launch::deferred, make_wide, seed));
  uint64_t sum = futures.back().wait_for(std::chrono::seconds(0)) == std::future_status::deferred ? 1 : 0;
  for (std::future<wide>& future : futures) sum = kernel_hash(sum ^ sum_of(future.get()));
  return sum;
}

/// A question by a shared_future to all, and an answer by a promise of each.
uint64_t by_promise(uint64_t seed, int threads) {
  std::promise<wide> question;
  const std::shared_future<wide> asked = question.get_future().share();
  std::vector<std::promise<uint64_t>> answers(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  for (size_t i = 0; i < answers.size(); ++i) {
    workers.emplace_back([asked, i, &answers] { answers[i].set_value(kernel_hash(sum_of(asked.get()) + i)); });
  }
  question.set_value(make_wide(seed));
  uint64_t sum = 0;
  for (std::promise<uint64_t>& answer : answers) sum = kernel_hash(sum ^ answer.get_future().get());
  for (std::thread& worker : workers) worker.join();
  return sum;
}

uint64_t by_task(uint64_t seed) {
  std::packaged_task<wide(uint64_t)> task(make_wide);
  std::future<wide> future = task.get_future();
  std::thread worker(std::move(task), seed);
  while (future.wait_for(std::chrono::hours(1)) != std::future_status::ready) {
  }
  worker.join();
  return sum_of(future.get());
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 600);
  const double started = kernel_seconds();
  uint64_t checksum = 0;
  for (int64_t i = 0; i < args.size; ++i) {
    const auto seed = static_cast<uint64_t>(i);
    checksum = kernel_hash(checksum ^ by_async(seed, args.threads));
    checksum = kernel_hash(checksum ^ by_promise(seed, args.threads));
    checksum = kernel_hash(checksum ^ by_task(seed));
  }
  kernel_report_time(started);
  return kernel_verdict(true, checksum);
}
