// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/in_place.h"

#include <algorithm>
#include <array>
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "interp/platform.h"
#include "suite/stress/crew.h"
#include "suite/stress/pin.h"
#include "suite/stress/tally.h"

namespace weft::stress {
namespace {

/// How often the watchdog looks.
constexpr std::chrono::milliseconds kPeriod{100};

/// Batches, one after the other. What threads share is handed over at `gate_`, but for the members that say otherwise.
class Run {
 public:
  Run(Crew& crew, const Options& options, const std::atomic<bool>& interrupted)
      : crew_(crew), options_(options), interrupted_(interrupted), gate_(static_cast<std::ptrdiff_t>(crew.size())) {}

  Result<Observed> run() {
    std::vector<std::thread> threads;
    std::optional<Error> error;
    for (uint32_t i = 1; i < crew_.size() && !error; ++i) {
      auto thread = start_thread([this, i] { serve(i); });
      thread ? threads.push_back(std::move(*thread)) : void(error = thread.error());
    }
    if (error) {
      // Those that have started wait for all: the ones that are missing leave.
      done_ = true;
      for (size_t i = threads.size(); i < crew_.size(); ++i) gate_.arrive_and_drop();
      for (std::thread& thread : threads) thread.join();
      return *error;
    }
    lead();
    for (std::thread& thread : threads) thread.join();
    tally_.tell(crew_.modules(mode_), observed_);
    if (!trapped_.empty()) observed_.stuck = trapped_;
    return std::move(observed_);
  }

 private:
  /// One part in all cells of the batch. False when that did not come to its end.
  bool execute(Runner& runner, const Loops& loops, uint32_t batch) {
    const uint32_t cells = cells_, stride = std::min(mode_.stride, cells);
    uint32_t together = mode_.together ? batch * 2 * kMaxCells : 0;
    for (uint32_t first = 0; first < stride; ++first) {
      const uint32_t count = (cells - first + stride - 1) / stride;
      const std::array<Value, 5> arguments{Value::i32(first), Value::i32(count), Value::i32(stride),
                                           Value::i32(first == 0 ? batch : 0), Value::i32(together)};
      if (together != 0) together += count;
      switch (runner.agent.invoke(*loops.in[mode_.spread ? 1 : 0], arguments)) {
        case Completion::returned: break;
        case Completion::stopped: return false;
        default: trap(runner.agent.error()); return false;
      }
    }
    return true;
  }

  /// No test that is looped in place has an execution that traps.
  void trap(const Error& error) {
    const std::lock_guard lock(mutex_);
    if (trapped_.empty()) trapped_ = "a thread trapped: " + error.message;
    stopped_ = true;
    crew_.stop();
  }

  /// A thread's part of the batch.
  void execute(uint32_t thread) {
    Runner& runner = crew_[thread];
    if (runner.pinned != mode_.pinned) {
      runner.pinned = mode_.pinned;
      static_cast<void>(mode_.pinned ? cores_.pin(thread) : cores_.unpin());
    }
    runner.ended = false;
    if (execute(runner, runner.loops, batch_)) runner.ended = true;
  }

  /// A thread other than the first.
  void serve(uint32_t thread) {
    for (;;) {
      gate_.arrive_and_wait();
      if (done_) return;
      execute(thread);
      gate_.arrive_and_wait();
    }
  }

  /// The first thread: it also does what is the main thread's.
  void lead() {
    const auto start = std::chrono::steady_clock::now();
    std::thread watchdog([this] { watch(); });
    Runner& self = crew_[0];
    uint64_t counted = 0;
    while (counted < options_.iterations && !interrupted_.load() && observed_.stuck.empty()) {
      mode_ = kModes[batch_ % kModes.size()];
      cells_ = static_cast<uint32_t>(std::min<uint64_t>(mode_.cells, options_.iterations - counted));
      ++batch_;
      if (!execute(self, *self.reset, 0)) break;
      if (self.before && !execute(self, *self.before, 0)) break;
      gate_.arrive_and_wait();
      execute(0);
      gate_.arrive_and_wait();
      batches_.fetch_add(1);
      if (!stopped_.load()) {
        if (self.after && !execute(self, *self.after, 0)) break;
        tally_.add(crew_.memory(), crew_.modules(mode_), cells_);
        counted += cells_;
      } else {
        tell_stuck();
      }
    }
    if (self.pinned) cores_.unpin();
    done_ = true;
    gate_.arrive_and_wait();
    {
      const std::lock_guard lock(mutex_);
      finished_ = true;
    }
    woken_.notify_all();
    watchdog.join();
    observed_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    observed_.in_place = true;
  }

  /// Ends the batch when all who have not ended sleep in vain, or when for too long nobody has come any further.
  void watch() {
    using Clock = std::chrono::steady_clock;
    const std::chrono::nanoseconds period = std::min<std::chrono::nanoseconds>(options_.patience, kPeriod);
    std::unique_lock lock(mutex_);
    uint64_t seen = progress();
    Clock::time_point since = Clock::now();
    bool were_asleep = false;
    while (!woken_.wait_for(lock, period, [this] { return finished_ || stopped_.load(); })) {
      const uint64_t now = progress();
      const bool same = std::exchange(seen, now) == now, asleep = crew_.are_asleep();
      // Twice: of several threads, one may have been seen before another one woke it.
      const bool in_vain = same && asleep && std::exchange(were_asleep, asleep);
      were_asleep = asleep;
      if (!same) since = Clock::now();
      if (!in_vain && Clock::now() - since < options_.patience) continue;
      stopped_ = true;
      crew_.stop();
      return;
    }
  }

  /// Changes when a thread comes any further: by a cell where the test has waits, else by a batch.
  uint64_t progress() const { return (batches_.load() << 32) + crew_.positions(); }

  /// The batch was stopped. If every thread slept or was at its end, that is the outcome.
  void tell_stuck() {
    observed_.stuck = "a thread came to no end";
    const auto outcome = crew_.outcome_of_sleepers(mode_, cells_);
    if (!outcome) return;
    ++observed_.outcomes[*outcome], ++observed_.iterations;
    observed_.stuck = "all threads were asleep";
  }

  Crew& crew_;
  const Options& options_;
  const std::atomic<bool>& interrupted_;
  const Cores cores_;

  Mode mode_ = kModes[0];
  uint32_t cells_ = 0;
  uint32_t batch_ = 0;
  bool done_ = false;
  std::barrier<> gate_;

  std::atomic<uint64_t> batches_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  // of the next two
  bool finished_ = false;
  std::string trapped_;
  std::condition_variable woken_;

  Observed observed_;
  Tally tally_;
};

}  // namespace

Result<Observed> run_in_place(const model::Litmus& litmus, const Footprint& footprint, const Options& options,
                              const std::atomic<bool>& interrupted) {
  auto crew = Crew::create(litmus, footprint);
  if (!crew) return crew.error();
  return Run(**crew, options, interrupted).run();
}

}  // namespace weft::stress
