// SPDX-License-Identifier: Apache-2.0
//
// Who runs a litmus test in place on our interpreter: an agent for each of its threads, with the loops of both layouts,
// over one memory.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "interp/agent.h"
#include "suite/stress/modes.h"
#include "suite/stress/stress_modules.h"

namespace weft::stress {

/// A loop on one thread: in each layout.
struct Loops {
  std::array<const FuncInst*, 2> in{};  ///< dense, spread
};

/// Whether its agent sleeps, and only a notify can wake it. Thread-safe.
class Sleep : public WaitWatch {
 public:
  bool sleeps(const Wait& wait) override {
    for_ever_ = wait.timeout < 0;
    return false;
  }
  void wakes(WaitResult) override { for_ever_ = false; }
  bool is_for_ever() const { return for_ever_.load(); }

 private:
  std::atomic<bool> for_ever_ = false;
};

/// A thread of the run: thread i of the test, and number 0 also the main thread's parts. Thread safety: is_asleep(),
/// `ended` and agent.stop() from any thread; `slept` is set before agent.stop() and read when that has ended the batch.
struct Runner {
  Store store;
  Agent agent{store};
  Sleep sleep;
  Loops loops;
  std::optional<Loops> reset, before, after;
  bool pinned = false;
  std::atomic<bool> ended = true;  ///< its part of this batch
  bool slept = false;              ///< for ever, when it was stopped

  Runner() { agent.watch_waits(&sleep); }
  ~Runner() { agent.watch_waits(nullptr); }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  bool is_asleep() const { return agent.is_waiting() && sleep.is_for_ever(); }
};

/// Thread safety: immutable but for its runners and its memory.
class Crew {
 public:
  /// `litmus` must live as long. Errors: unlinkable, where a part cannot be looped in place; those of instantiation.
  static Result<std::unique_ptr<Crew>> create(const model::Litmus& litmus, const Footprint& footprint);

  uint32_t size() const { return static_cast<uint32_t>(runners_.size()); }
  Runner& operator[](uint32_t thread) const { return *runners_[thread]; }
  const StressModules& modules(const Mode& mode) const { return modules_[mode.spread ? 1 : 0]; }
  const Memory& memory() const { return *memory_; }

  /// Ends what all of them do, and notes who sleeps for ever.
  void stop();
  /// Some have not ended their part of the batch, and all of those sleep for ever.
  bool are_asleep() const;
  /// Changes when a thread comes from one cell to the next, where the test has waits.
  uint64_t positions() const;
  /// After stop(): the outcome of the first of the batch's cells that a sleeper has not left. Nothing, if one had not
  /// ended and did not sleep, or all have ended at last.
  std::optional<model::Outcome> outcome_of_sleepers(const Mode& mode, uint32_t cells) const;

 private:
  Crew() = default;
  Result<Ok> link(Runner& runner, Module& module, const FuncInst*& loop);

  std::vector<StressModules> modules_;  // dense, spread
  std::shared_ptr<Memory> memory_;
  std::vector<std::unique_ptr<Runner>> runners_;
};

}  // namespace weft::stress
