// SPDX-License-Identifier: Apache-2.0
//
// Many like things on several threads, reported in order, ended early by Ctrl-C.
#pragma once

#include <semaphore.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "tools/weft/interrupt.h"

namespace weft::cli {

/// Does jobs 0 to `count` - 1 on several threads, and calls `report` for each, in order, on the calling thread.
///
/// Thread safety: `work(i)` runs on any thread and may write what belongs to job i; once it has returned, that is the
/// caller's.
class JobRunner {
 public:
  explicit JobRunner(size_t count) : done_(count) { sem_init(&changed_, 0, 0); }
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;
  ~JobRunner() { sem_destroy(&changed_); }

  /// Whether all of them ended. After Ctrl-C some did not, and run on: the process must end by _Exit.
  template <class Work, class Report>
  [[nodiscard]] bool run(size_t workers, Work work, Report report) {
    // Only async-signal-safe things are done here.
    const OnInterrupt on_interrupt([this] {
      interrupted_.store(true);
      sem_post(&changed_);
    });
    const auto take = [this, &work] {
      for (size_t index = next_++; index < done_.size() && !interrupted_.load(); index = next_++) {
        if (!cancelled_.load()) work(index);
        done_[index].store(true);
        sem_post(&changed_);
      }
    };
    for (size_t i = 0; i < std::min(workers, done_.size()); ++i) threads_.emplace_back(take);
    size_t reported = 0;
    while (reported < done_.size() && !interrupted_.load()) {
      while (sem_wait(&changed_) != 0) continue;  // a signal ends the wait early
      for (; reported < done_.size() && done_[reported].load(); ++reported) {
        if (!cancelled_.load()) report(reported);
      }
    }
    if (interrupted_.load()) {
      for (; reported < done_.size(); ++reported) {
        if (done_[reported].load()) report(reported);
      }
      return false;
    }
    for (std::thread& thread : threads_) thread.join();
    return true;
  }

  /// Begins no other job, and reports none after the present one.
  void cancel() { cancelled_.store(true); }

 private:
  std::vector<std::atomic<bool>> done_;
  std::atomic<size_t> next_{0};
  std::atomic<bool> interrupted_{false}, cancelled_{false};
  std::vector<std::thread> threads_;
  sem_t changed_{};  // posted when a job is done and on Ctrl-C: what a signal handler may do
};

}  // namespace weft::cli
