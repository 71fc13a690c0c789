// SPDX-License-Identifier: Apache-2.0
#include "interp/host/deadlock.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interp/digest.h"
#include "interp/guest_access.h"
#include "interp/host/blocking.h"
#include "interp/host/thread_group.h"

namespace weft {
namespace {

/// Timeouts of one wait that pass one after the other before a trial is worth a fork.
constexpr uint32_t kPatience = 3;
/// Waits of a trial that may differ before it is given up.
constexpr size_t kLongestCycle = 16;
/// And as long as a quarter of the program's life: what waits for minutes need not know at once.
constexpr int64_t kLeastBetweenTrials = 20'000'000;
/// After so long a trial is given up: it computes, or the copy was made while another thread had a lock that it needs.
constexpr int64_t kLongestTrial = 5'000'000'000;
constexpr uint64_t kYearsAhead = 10 * 365 * 86'400 * uint64_t{1'000'000'000};

std::atomic<bool> in_trial{false};

uint64_t digest(const Memory& memory, uint64_t digest) {
  const uint64_t size = memory.size();
  digest = mix(digest, size);
  for (uint64_t at = 0; at + 8 <= size; at += 8) digest = mix(digest, guest_load<uint64_t, true>(memory.base() + at));
  return digest;
}

}  // namespace

bool is_trial() { return in_trial.load(std::memory_order_relaxed); }

void end_trial_by_action() {
  if (is_trial()) _exit(1);
}

uint64_t trial_clock(uint32_t clock, uint64_t now) {
  static std::array<uint64_t, 4> stopped_at{};
  uint64_t& moment = stopped_at[clock % stopped_at.size()];
  if (moment == 0) moment = now + kYearsAhead;
  return moment;
}

bool only_reads_a_clock(std::string_view name) {
  constexpr std::array<std::string_view, 9> kNames{
      "clock_time_get",  "clock_res_get",       "clock_gettime",
      "__clock_gettime", "clock_getres",        "emscripten_get_now",
      "gettimeofday",    "emscripten_date_now", "emscripten_check_blocking_allowed"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// A copy of the process in which one thread runs on, and what it says in the end. Destroying it ends it.
class DeadlockDetector::Trial {
 public:
  /// In the copy: the descriptor for what is to be said. Here: nothing; is_running() says whether there is a copy.
  std::optional<int> start() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    started_ = monotonic_now();
    pid_ = fork();
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // what is killed leaves nothing running
      return ends[1];
    }
    close(ends[1]);
    result_ = ends[0];
    return std::nullopt;
  }
  Trial() = default;
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  ~Trial() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
    }
    if (result_ >= 0) close(result_);
  }

  bool is_running() const { return pid_ > 0; }
  bool is_too_long() const { return monotonic_now() - started_ > kLongestTrial; }
  /// Whether it has ended, or said all that it will.
  bool has_ended() const {
    pollfd readable{result_, POLLIN, 0};  // its end, without a word, makes it readable too
    return poll_until(std::span(&readable, 1), monotonic_now()) > 0;
  }
  /// Once it has ended: the digest of memory with which the thread comes back for ever, or nothing.
  std::optional<uint64_t> result() const {
    uint64_t memory = 0;
    return read(result_, &memory, sizeof memory) == sizeof memory ? std::optional(memory) : std::nullopt;
  }

 private:
  pid_t pid_ = -1;
  int result_ = -1;
  int64_t started_ = 0;
};

/// One thread's waits. Its members are guarded by the detector's mutex, but in a trial, which has one thread only.
class DeadlockDetector::Watch final : public WaitWatch {
 public:
  Watch(DeadlockDetector& detector, GuestThread& thread) : detector_(detector), thread_(thread) {}

  bool sleeps(const Wait& wait) override {
    if (is_trial()) return end_trial_if_seen(wait), true;
    std::optional<std::vector<WaitingThread>> deadlock;
    {
      const MutexLock lock(detector_.mutex_);
      if (wait.address != wait_.address || wait.expected != wait_.expected) start_series();
      wait_ = wait;
      sleeps_ = true;
      deadlock = detector_.deadlock();
    }
    detector_.report(std::move(deadlock));
    return false;
  }

  void wakes(WaitResult result) override {
    if (is_trial()) return;
    const MutexLock lock(detector_.mutex_);
    const bool slept = std::exchange(sleeps_, false);
    if (!slept || result != WaitResult::timed_out) return start_series();
    ++passed_;
    if (trial_ && trial_->has_ended()) {
      stuck_with_ = trial_->result();
      trial_.reset();
    } else if (trial_ && trial_->is_too_long()) {
      trial_.reset();
    }
    if (epoch_ == detector_.epoch_ && (trial_ || stuck_with_)) return;
    trial_.reset();
    stuck_with_.reset();
    if (passed_ < kPatience || !others_wait() || !detector_.may_try()) return;
    epoch_ = detector_.epoch_;
    trial_.emplace();
    // The copy has this lock, and never asks for it.
    if (const auto result_descriptor = trial_->start()) {
      in_trial = true;
      result_ = *result_descriptor;
    } else if (!trial_->is_running()) {
      trial_.reset();
    }
  }

  /// Whether nothing but a notify lets it go on. If it waits with a timeout, that holds for a memory whose digest is
  /// `memory`, which the first such thread sets.
  bool is_stuck(std::optional<uint64_t>& memory) const {
    if (!sleeps_ || !thread_.agent().is_waiting()) return false;
    if (wait_.timeout < 0) return true;
    if (!stuck_with_ || epoch_ != detector_.epoch_) return false;
    if (!memory) memory = stuck_with_;
    return *memory == *stuck_with_;
  }

  WaitingThread describe() const { return {thread_.id(), wait_, thread_.agent().backtrace()}; }

 private:
  void start_series() {
    passed_ = 0;
    trial_.reset();
    stuck_with_.reset();
    ++detector_.epoch_;
  }

  bool others_wait() const {
    return std::all_of(detector_.watches_.begin(), detector_.watches_.end(), [this](const auto& entry) {
      return entry.second.get() == this || entry.second->thread_.agent().is_waiting();
    });
  }

  /// In a trial: the thread is back at a wait.
  void end_trial_if_seen(const Wait& wait) {
    if (!others_wait() || seen_.size() == kLongestCycle) end_trial_by_action();
    uint64_t memory = 0;
    for (const std::shared_ptr<Memory>& each : thread_.instance()->memories) memory = digest(*each, memory);
    uint64_t state = mix(memory, thread_.agent().digest());
    for (const uint64_t word : {wait.address, wait.expected, static_cast<uint64_t>(wait.timeout)})
      state = mix(state, word);
    if (std::find(seen_.begin(), seen_.end(), state) != seen_.end()) {
      [[maybe_unused]] const ssize_t written = write(result_, &memory, sizeof memory);
      _exit(0);
    }
    seen_.push_back(state);
  }

  DeadlockDetector& detector_;
  GuestThread& thread_;
  bool sleeps_ = false;
  Wait wait_;
  uint32_t passed_ = 0;                 // timeouts, one after the other, of waits like wait_
  uint64_t epoch_ = 0;                  // of the last trial
  std::optional<Trial> trial_;          // under way
  std::optional<uint64_t> stuck_with_;  // what it found out
  // In a trial.
  int result_ = -1;
  std::vector<uint64_t> seen_;
};

DeadlockDetector::DeadlockDetector(Found found) : found_(std::move(found)), start_(monotonic_now()) {}
DeadlockDetector::~DeadlockDetector() = default;

WaitWatch* DeadlockDetector::add(GuestThread& thread) {
  const MutexLock lock(mutex_);
  ++epoch_;
  auto& watch = watches_[&thread];
  watch = std::make_unique<Watch>(*this, thread);
  return watch.get();
}

void DeadlockDetector::remove(GuestThread& thread) {
  std::optional<std::vector<WaitingThread>> found;
  {
    const MutexLock lock(mutex_);
    ++epoch_;
    watches_.erase(&thread);
    found = deadlock();
  }
  report(std::move(found));
}

bool DeadlockDetector::may_try() {
  const int64_t now = monotonic_now();
  if (now < next_trial_) return false;
  next_trial_ = now + std::max<int64_t>(kLeastBetweenTrials, (now - start_) / 4);
  return true;
}

std::optional<std::vector<WaitingThread>> DeadlockDetector::deadlock() const {
  std::optional<uint64_t> memory;
  if (watches_.empty()) return std::nullopt;
  for (const auto& [thread, watch] : watches_) {
    if (!watch->is_stuck(memory)) return std::nullopt;
  }
  std::vector<WaitingThread> waiting;
  for (const auto& [thread, watch] : watches_) waiting.push_back(watch->describe());
  std::sort(waiting.begin(), waiting.end(),
            [](const WaitingThread& a, const WaitingThread& b) { return a.thread < b.thread; });
  return waiting;
}

void DeadlockDetector::report(std::optional<std::vector<WaitingThread>> deadlock) {
  if (deadlock) found_(*std::move(deadlock));
}

}  // namespace weft
