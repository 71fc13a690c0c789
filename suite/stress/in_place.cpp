// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/in_place.h"

#include <algorithm>
#include <array>
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "interp/agent.h"
#include "interp/platform.h"
#include "suite/stress/modes.h"
#include "suite/stress/pin.h"
#include "suite/stress/stress_modules.h"
#include "suite/stress/tally.h"

namespace weft::stress {
namespace {

/// How often the watchdog looks.
constexpr std::chrono::milliseconds kPeriod{100};

/// A loop on one thread: in each layout.
struct Loops {
  std::array<const FuncInst*, 2> in{};  ///< dense, spread
};

/// Whether its agent sleeps, and only a notify can wake it.
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

/// A thread of the run: thread i of the test, and number 0 also the main thread's parts.
struct Runner {
  Store store;
  Agent agent{store};
  Sleep sleep;
  Loops loops;
  std::optional<Loops> reset, before, after;
  bool pinned = false;
  std::atomic<bool> ended = true;  // its part of this batch
  bool slept = false;              // for ever, when it was stopped

  Runner() { agent.watch_waits(&sleep); }
  ~Runner() { agent.watch_waits(nullptr); }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  bool is_asleep() const { return agent.is_waiting() && sleep.is_for_ever(); }
};

/// Batches, one after the other. What threads share is handed over at `gate_`, but for the members that say otherwise.
class Run {
 public:
  Run(const model::Litmus& litmus, const Footprint& footprint, const Options& options,
      const std::atomic<bool>& interrupted)
      : litmus_(litmus),
        footprint_(footprint),
        options_(options),
        interrupted_(interrupted),
        gate_(static_cast<std::ptrdiff_t>(litmus.threads.size())) {}

  Result<Observed> run() {
    if (Result<Ok> prepared = prepare(); !prepared) return prepared.error();
    std::vector<std::thread> threads;
    std::optional<Error> error;
    for (uint32_t i = 1; i < runners_.size() && !error; ++i) {
      auto thread = start_thread([this, i] { serve(i); });
      thread ? threads.push_back(std::move(*thread)) : void(error = thread.error());
    }
    if (error) {
      // Those that have started wait for all: the ones that are missing leave.
      done_ = true;
      for (size_t i = threads.size(); i < runners_.size(); ++i) gate_.arrive_and_drop();
      for (std::thread& thread : threads) thread.join();
      return *error;
    }
    lead();
    for (std::thread& thread : threads) thread.join();
    tally_.tell(modules_[0], observed_);
    if (!trapped_.empty()) observed_.stuck = trapped_;
    return std::move(observed_);
  }

 private:
  Result<Ok> prepare() {
    uint32_t pages = 0;
    for (const bool spread : {false, true}) {
      auto modules = make_stress_modules(litmus_, footprint_, spread);
      if (!modules) return modules.error();
      pages = std::max(pages, modules->layout.pages);
      modules_.push_back(std::move(*modules));
    }
    auto memory = Memory::create({.limits = {pages, pages}, .shared = true});
    if (!memory) return memory.error();
    memory_ = std::move(*memory);
    for (size_t i = 0; i < litmus_.threads.size(); ++i) runners_.push_back(std::make_unique<Runner>());
    for (uint32_t layout = 0; layout < modules_.size(); ++layout) {
      StressModules& modules = modules_[layout];
      modules.set_pages(pages);
      for (const Part& part : modules.parts) {
        Runner& runner = *runners_[part.is_thread ? part.number : 0];
        const bool is_before = part.code == (litmus_.before ? &*litmus_.before : nullptr);
        if (!part.is_thread && !(is_before ? runner.before : runner.after))
          (is_before ? runner.before : runner.after).emplace();
        Loops& loops = part.is_thread ? runner.loops : is_before ? *runner.before : *runner.after;
        if (Result<Ok> linked = link(runner, modules.loops[part.number], loops.in[layout]); !linked) return linked;
      }
      if (!runners_[0]->reset) runners_[0]->reset.emplace();
      if (Result<Ok> linked = link(*runners_[0], modules.reset, runners_[0]->reset->in[layout]); !linked) return linked;
    }
    return Ok{};
  }

  Result<Ok> link(Runner& runner, Module& module, const FuncInst*& loop) {
    auto compiled = CompiledModule::compile(std::move(module));
    if (!compiled) return compiled.error();
    const std::vector<Extern> imports{memory_};
    auto instance = runner.store.instantiate(std::move(*compiled), imports, runner.agent);
    if (!instance) return instance.error();
    loop = (*instance)->find_function("loop");
    return Ok{};
  }

  const Layout& layout() const { return modules_[mode_.spread ? 1 : 0].layout; }

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
    for (const auto& runner : runners_) runner->agent.stop();
  }

  /// A thread's part of the batch.
  void execute(uint32_t thread) {
    Runner& runner = *runners_[thread];
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
    Runner& self = *runners_[0];
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
        tally_.add(*memory_, modules_[mode_.spread ? 1 : 0], cells_);
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
    while (!woken_.wait_for(lock, period, [this] { return finished_; })) {
      const uint64_t now = progress();
      const bool same = std::exchange(seen, now) == now, asleep = are_asleep();
      // Twice: of several threads, one may have been seen before another one woke it.
      const bool in_vain = same && asleep && std::exchange(were_asleep, asleep);
      were_asleep = asleep;
      if (!same) since = Clock::now();
      if (!in_vain && Clock::now() - since < options_.patience) continue;
      for (const auto& runner : runners_) runner->slept = runner->is_asleep();
      stopped_ = true;
      for (const auto& runner : runners_) runner->agent.stop();
      return;
    }
  }

  /// Changes when a thread comes any further: by a cell where the test has waits, else by a batch.
  uint64_t progress() const {
    uint64_t sum = batches_.load() << 32;
    for (uint32_t i = 0; i < runners_.size(); ++i)
      sum = sum * 31 + memory_->load<uint32_t>(Layout::position_at(i)).value_or(0);
    return sum;
  }
  bool are_asleep() const {
    const auto ended = [](const auto& runner) { return runner->ended.load(); };
    return !std::all_of(runners_.begin(), runners_.end(), ended) &&
           std::all_of(runners_.begin(), runners_.end(),
                       [&](const auto& runner) { return ended(runner) || runner->is_asleep(); });
  }

  /// The batch was stopped. If every thread slept or was at its end, that is the outcome of the first cell that a
  /// sleeper has not left.
  void tell_stuck() {
    const StressModules& modules = modules_[mode_.spread ? 1 : 0];
    observed_.stuck = "a thread came to no end";
    std::vector<std::pair<uint32_t, uint32_t>> positions;  // in the order in which cells are visited
    const uint32_t stride = std::min(mode_.stride, cells_);
    for (uint32_t i = 0; i < runners_.size(); ++i) {
      const Runner& runner = *runners_[i];
      if (!runner.ended && !runner.slept) return;
      const uint32_t cell = (memory_->load<uint32_t>(Layout::position_at(i)).value_or(0) - Layout::cells_at()) /
                            modules.layout.cell_bytes;
      positions.emplace_back(runner.ended ? std::pair(stride, 0u) : std::pair(cell % stride, cell / stride));
    }
    const auto first = *std::min_element(positions.begin(), positions.end());
    if (first.first == stride) return;  // all came to their end at last: slow, not asleep
    const uint32_t cell = first.second * stride + first.first;
    std::optional<model::Outcome> outcome = model::Outcome();
    for (const Part& part : modules.parts) {
      if (!part.is_thread) continue;  // the main thread waits for those that stay asleep
      const Record& record = modules.records[part.number];
      if (positions[part.number] == first) {
        add_part(outcome, model::Outcome{{"T" + part.owner, "blocked"}});
      } else {
        std::vector<uint8_t> bytes(record.size());
        memory_->read(modules.layout.out[part.number] + uint64_t{cell} * record.size(), bytes);
        add_part(outcome, record.read(*part.code, part.owner, bytes));
      }
    }
    if (!outcome) return;
    std::sort(outcome->begin(), outcome->end());
    ++observed_.outcomes[*outcome], ++observed_.iterations;
    observed_.stuck = "all threads were asleep";
  }

  const model::Litmus& litmus_;
  const Footprint& footprint_;
  const Options& options_;
  const std::atomic<bool>& interrupted_;
  const Cores cores_;
  std::vector<StressModules> modules_;  // dense, spread
  std::shared_ptr<Memory> memory_;
  std::vector<std::unique_ptr<Runner>> runners_;

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
  return Run(litmus, footprint, options, interrupted).run();
}

}  // namespace weft::stress
