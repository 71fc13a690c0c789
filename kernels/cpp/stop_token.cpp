// SPDX-License-Identifier: Apache-2.0
//
// A thread that is asked to stop and joined when it goes out of scope, in the manner of C++20's jthread, which this
// library lacks. Workers take SIZE jobs from a queue and sleep when it is empty; a request to stop that does not wake
// all of them hangs it.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "kernel.hpp"

namespace {

std::mutex mutex;
std::condition_variable changed;

class stop_token {
 public:
  [[nodiscard]] bool stop_requested() const { return *flag_; }
  void request_stop() const {
    {
      const std::lock_guard<std::mutex> lock(mutex);  // nobody is between its predicate and its wait
      *flag_ = true;
    }
    changed.notify_all();
  }

 private:
  std::shared_ptr<std::atomic<bool>> flag_ = std::make_shared<std::atomic<bool>>(false);
};

class joining_thread {
 public:
  template <typename Routine>
  explicit joining_thread(Routine routine) : thread_(routine, token_) {}
  joining_thread(joining_thread&&) = default;
  ~joining_thread() {
    if (!thread_.joinable()) return;
    token_.request_stop();
    thread_.join();
  }

 private:
  stop_token token_;
  std::thread thread_;
};

std::deque<uint64_t> jobs;
int64_t done = 0;
int stopped = 0;
uint64_t checksum = 0;

void work(const stop_token& token) {
  std::unique_lock<std::mutex> lock(mutex);
  while (true) {
    changed.wait(lock, [&token] { return !jobs.empty() || token.stop_requested(); });
    if (jobs.empty()) break;
    uint64_t job = jobs.front();
    jobs.pop_front();
    lock.unlock();
    for (int i = 0; i < 20; ++i) job = kernel_hash(job);
    lock.lock();
    checksum += job;
    ++done;
  }
  ++stopped;
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 2000000);
  const double started = kernel_seconds();
  {
    std::vector<joining_thread> workers;
    for (int i = 0; i < args.threads; ++i) workers.emplace_back(work);
    for (int64_t i = 0; i < args.size; ++i) {
      const std::lock_guard<std::mutex> lock(mutex);
      jobs.push_back(static_cast<uint64_t>(i));
      changed.notify_one();
    }
  }
  kernel_report_time(started);
  return kernel_verdict(done == args.size && stopped == args.threads, checksum);
}
