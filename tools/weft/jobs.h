// SPDX-License-Identifier: Apache-2.0
//
// Many like things on several threads, reported in order, ended early by Ctrl-C.
#pragma once

#include <semaphore.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <thread>
#include <vector>

#include "tools/weft/command.h"
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

  /// So many at a time, by default as many as there are cores. Whether all of them ended: after Ctrl-C some did not,
  /// and run on, so that the process must end by end_interrupted().
  template <class Work, class Report>
  [[nodiscard]] bool run(std::optional<uint64_t> at_a_time, Work work, Report report) {
    // Only async-signal-safe things are done here.
    const OnInterrupt on_interrupt([this] {
      interrupted_.store(true);
      sem_post(&changed_);
    });
    // Each thread has `work` itself: after Ctrl-C it outlives this call.
    const auto take = [this, work] {
      for (size_t index = next_++; index < done_.size() && !interrupted_.load(); index = next_++) {
        if (!cancelled_.load()) work(index);
        done_[index].store(true);
        sem_post(&changed_);
      }
    };
    const size_t workers = at_a_time.value_or(std::max(1U, std::thread::hardware_concurrency()));
    for (size_t i = 0; i < std::min(workers, done_.size()); ++i) threads_.emplace_back(take);
    size_t next = 0;
    const auto report_next = [&] {
      if (!cancelled_.load()) report(next);
    };
    while (next < done_.size() && !interrupted_.load()) {
      while (sem_wait(&changed_) != 0) continue;  // a signal ends the wait early
      for (; next < done_.size() && done_[next].load(); ++next) report_next();
    }
    if (interrupted_.load()) {
      for (; next < done_.size(); ++next) {
        if (done_[next].load()) report_next();
      }
      return false;
    }
    join();
    return true;
  }

  /// After run() has returned false: until the jobs that run on have ended, so that the process may end as any other.
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
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

/// Ends the process after Ctrl-C: jobs still run on other threads, with what the caller owns, so no destructor may run.
[[noreturn]] inline void end_interrupted(const CommandLine& line) {
  std::fflush(stdout);
  line.error("interrupted");
  std::_Exit(kInterrupted);
}

}  // namespace weft::cli
