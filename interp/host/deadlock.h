// SPDX-License-Identifier: Apache-2.0
//
// Finds out that all threads of a program wait, and that none of them will ever go on.
//
// A wait without a timeout goes on when somebody notifies; where everybody waits, nobody does. A wait with a timeout
// ends by itself, but C libraries make one endless wait of many short ones, to look for something in between: so a
// thread whose timeout has passed again and again is asked what it would do if it were left alone. A copy of the
// process runs it on (fork), with a clock that stands still, years ahead. If it comes back to a wait with everything as
// it was at an earlier one (memory, its frames, globals and tables), it will come back for ever; if it calls any host
// function but a clock, wakes somebody, ends, or does not come back, it may be about to do something.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "interp/host/program.h"
#include "interp/mutex.h"
#include "interp/waiters.h"

namespace weft {

class GuestThread;

/// Whether this process is a copy that only finds out what one thread would do.
bool is_trial();
/// In a trial, ends it: the thread did something that others may see.
void end_trial_by_action();
/// In a trial, the clock: a moment years ahead of `now`, the same at every call with this `clock`.
uint64_t trial_clock(uint32_t clock, uint64_t now);
/// Whether a host function of this name only reads a clock, or does nothing.
bool only_reads_a_clock(std::string_view name);

/// Thread safety: everything may be called from any thread. mutex_ guards what is below it, and the members of all
/// watches; no other lock is taken while it is held.
class DeadlockDetector {
 public:
  /// `found` is called from one of the threads, without a lock, when no thread can go on.
  using Found = std::function<void(std::vector<WaitingThread>)>;
  explicit DeadlockDetector(Found found);
  ~DeadlockDetector();

  /// A thread that is about to start, and until remove() counts as one that can go on while it does not wait. The watch
  /// is for its agent, and lives until then.
  WaitWatch* add(GuestThread& thread);
  void remove(GuestThread& thread);

 private:
  class Trial;
  class Watch;
  /// Whether it is time for a trial; if so, the next one has to wait.
  bool may_try();
  /// What all threads wait for, when none can go on.
  std::optional<std::vector<WaitingThread>> deadlock() const;
  void report(std::optional<std::vector<WaitingThread>> deadlock);

  const Found found_;
  const int64_t start_;
  Mutex mutex_;
  int64_t next_trial_ = 0;
  uint64_t epoch_ = 0;  ///< counts what a thread did that may change what another one will do
  std::map<const GuestThread*, std::unique_ptr<Watch>> watches_;
};

}  // namespace weft
