// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/fresh.h"

#include <algorithm>
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <span>
#include <utility>

#include "interp/agent.h"
#include "interp/instance.h"
#include "interp/platform.h"
#include "suite/model/ending.h"

namespace weft::stress {
namespace {

/// An instance of one part, and the agent that executes it.
struct Execution {
  Store store;
  Agent agent{store};
  Instance* instance = nullptr;
  Completion completion{};  // of the last run

  Result<Ok> link(const model::Code& code, const std::shared_ptr<Memory>& memory) {
    const std::vector<Extern> imports(code.module->module().imports.size(), Extern(memory));
    const auto made = store.instantiate(code.module, imports, agent);
    if (!made) return made.error();
    instance = *made;
    return Ok{};
  }

  std::optional<model::Outcome> run(const model::Code& code, const std::string& owner) {
    using model::Ending;
    completion = agent.invoke(*instance->find_function(code.function), {});
    const Ending ending{.kind = completion == Completion::returned  ? Ending::Kind::returned
                                : completion == Completion::stopped ? Ending::Kind::blocked
                                                                    : Ending::Kind::trapped,
                        .results = completion == Completion::returned ? agent.results() : std::vector<Value>{},
                        .global = [this](std::string_view name) -> std::optional<Value> {
                          const Extern* found = instance->find_export(name);
                          auto* const* global = found == nullptr ? nullptr : std::get_if<GlobalInst*>(found);
                          return global == nullptr ? std::nullopt : std::optional((*global)->get());
                        }};
    return model::part_of_outcome(code, owner, ending);
  }
};

std::span<const uint8_t> without_last_zeros(std::span<const uint8_t> bytes) {
  while (!bytes.empty() && bytes.back() == 0) bytes = bytes.first(bytes.size() - 1);
  return bytes;
}

class Run {
 public:
  Run(const model::Litmus& litmus, const Options& options, const std::atomic<bool>& interrupted)
      : litmus_(litmus),
        options_(options),
        interrupted_(interrupted),
        image_(without_last_zeros(litmus.image)),
        states_(litmus.threads.size()),
        gate_(static_cast<std::ptrdiff_t>(litmus.threads.size()) + 1) {}

  Result<Observed> run() {
    std::vector<std::thread> threads;
    for (size_t i = 0; i < states_.size() && !failed_; ++i) {
      auto thread = start_thread([this, i] { serve(i); });
      thread ? threads.push_back(std::move(*thread)) : void(failed_ = thread.error());
    }
    for (size_t i = threads.size(); i < states_.size(); ++i) gate_.arrive_and_drop();
    const auto start = std::chrono::steady_clock::now();
    while (!failed_ && observed_.stuck.empty() && observed_.iterations < options_.iterations && !interrupted_.load())
      iterate();
    observed_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    done_ = true;
    gate_.arrive_and_wait();
    for (std::thread& thread : threads) thread.join();
    if (failed_) return *failed_;
    return std::move(observed_);
  }

 private:
  /// One thread of the test: when it sleeps, for ever, and when it has ended. Guarded by mutex_.
  struct State {
    bool ended = false, sleeps = false;
    std::unique_ptr<Execution> execution;
    std::optional<model::Outcome> part;
  };

  /// Tells when a thread sleeps that only another one can wake.
  class Watch : public WaitWatch {
   public:
    Watch(Run& run, State& state) : run_(run), state_(state) {}
    bool sleeps(const Wait& wait) override {
      set(wait.timeout < 0);
      return false;
    }
    void wakes(WaitResult) override { set(false); }

   private:
    void set(bool sleeps) {
      {
        const std::lock_guard lock(run_.mutex_);
        state_.sleeps = sleeps;
      }
      run_.changed_.notify_all();
    }
    Run& run_;
    State& state_;
  };

  void serve(size_t thread) {
    State& state = states_[thread];
    const model::Code& code = litmus_.threads[thread];
    for (;;) {
      gate_.arrive_and_wait();
      if (done_) return;
      Watch watch(*this, state);
      state.execution->agent.watch_waits(&watch);
      // All begin at once, as far as there are cores.
      arrived_.fetch_add(1);
      for (int spins = 0; spins < 10'000 && arrived_.load() < states_.size(); ++spins) {
      }
      auto part = state.execution->run(code, std::to_string(thread));
      state.execution->agent.watch_waits(nullptr);
      {
        const std::lock_guard lock(mutex_);
        state.part = std::move(part), state.ended = true;
      }
      changed_.notify_all();
    }
  }

  void fail(const Error& error) { failed_ = error; }

  void iterate() {
    auto memory = Memory::create(litmus_.memory);
    if (!memory) return fail(memory.error());
    (*memory)->write(0, image_);
    std::optional<model::Outcome> outcome = model::Outcome();
    if (!litmus_.before || run_main(*litmus_.before, *memory, outcome)) run_threads(*memory, outcome);
    if (failed_) return;
    ++observed_.iterations;
    if (!outcome) {
      ++observed_.dropped;
      return;
    }
    std::sort(outcome->begin(), outcome->end());
    ++observed_.outcomes[*outcome];
  }

  /// The others, and the main thread after them.
  void run_threads(const std::shared_ptr<Memory>& memory, std::optional<model::Outcome>& outcome) {
    for (size_t i = 0; i < states_.size(); ++i) {
      states_[i] = State{.execution = std::make_unique<Execution>(), .part = {}};
      if (const auto linked = states_[i].execution->link(litmus_.threads[i], memory); !linked)
        return fail(linked.error());
    }
    arrived_ = 0;
    gate_.arrive_and_wait();
    const bool blocked = wait_for_all();
    for (const State& state : states_) model::add_part(outcome, state.part);
    // The main thread waits for those that stay asleep.
    if (!blocked && litmus_.after) run_main(*litmus_.after, memory, outcome);
  }

  /// Until each thread has ended, or those that have not are asleep, and nobody is there to wake them: then they are
  /// stopped. Whether there were any.
  ///
  /// A thread that was woken comes by its watch before it does anything; so while we hold the mutex, and all who have
  /// not ended were asleep and have not been woken, nothing happens.
  bool wait_for_all() {
    std::unique_lock lock(mutex_);
    const auto stands = [](const State& state) {
      return state.ended || (state.sleeps && state.execution->agent.is_waiting());
    };
    const auto all = [&] { return std::all_of(states_.begin(), states_.end(), stands); };
    if (!changed_.wait_for(lock, options_.patience, all)) observed_.stuck = "a thread came to no end";
    const auto ended = [](const State& state) { return state.ended; };
    const bool blocked = !std::all_of(states_.begin(), states_.end(), ended);
    for (State& state : states_) {
      if (!state.ended) state.execution->agent.stop();
    }
    changed_.wait(lock, [&] { return std::all_of(states_.begin(), states_.end(), ended); });
    return blocked;
  }

  /// Who is alone when it falls asleep for ever stays so.
  class Alone : public WaitWatch {
   public:
    explicit Alone(Agent& agent) : agent_(agent) {}
    bool sleeps(const Wait& wait) override {
      if (wait.timeout < 0) agent_.stop();
      return false;
    }
    void wakes(WaitResult) override {}

   private:
    Agent& agent_;
  };

  /// A part of the main thread. Whether it returned, and found no assumption false.
  bool run_main(const model::Code& code, const std::shared_ptr<Memory>& memory,
                std::optional<model::Outcome>& outcome) {
    Execution execution;
    if (const auto linked = execution.link(code, memory); !linked) {
      fail(linked.error());
      return false;
    }
    Alone watch(execution.agent);
    execution.agent.watch_waits(&watch);
    model::add_part(outcome, execution.run(code, "M"));
    return outcome && execution.completion == Completion::returned;
  }

  const model::Litmus& litmus_;
  const Options& options_;
  const std::atomic<bool>& interrupted_;
  const std::span<const uint8_t> image_;  // the rest of a new memory is zero anyway
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<State> states_;
  std::barrier<> gate_;  // what follows is handed over here
  bool done_ = false;
  std::atomic<size_t> arrived_ = 0;
  Observed observed_;
  std::optional<Error> failed_;
};

}  // namespace

Result<Observed> run_fresh(const model::Litmus& litmus, const Options& options, const std::atomic<bool>& interrupted) {
  return Run(litmus, options, interrupted).run();
}

}  // namespace weft::stress
