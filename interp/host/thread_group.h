// SPDX-License-Identifier: Apache-2.0
//
// The threads of one guest program: who is alive, who ended it, and how everybody is stopped and joined.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "interp/agent.h"
#include "interp/host/deadlock.h"
#include "interp/host/program.h"
#include "interp/mutex.h"
#include "interp/platform.h"
#include "interp/store.h"

namespace weft {

class ThreadGroup;

/// What one OS thread of a program runs: a store of its own, an agent of its own, and later an instance of its own.
/// Thread safety: none; its creator hands it to its OS thread. (The group may stop its agent from outside.)
class GuestThread {
 public:
  GuestThread(ThreadGroup& group, uint32_t id, const ProgramOptions& options);

  /// 0 is the main thread; the others count from 1.
  uint32_t id() const { return id_; }
  ThreadGroup& group() { return group_; }
  Store& store() { return store_; }
  Agent& agent() { return agent_; }
  const Agent& agent() const { return agent_; }
  /// Null until instantiate() succeeded.
  Instance* instance() { return instance_; }

  /// Makes this thread's instance of the module, with these memories in place of its own (Store::instantiate()); its
  /// start function runs here. On failure the program ends, and the answer is false.
  bool instantiate(std::shared_ptr<const CompiledModule> module, const Linker& linker,
                   std::span<const std::shared_ptr<Memory>> memories);
  /// Calls a function of this thread's instance: its results, or nothing when the thread is over (trap, exit,
  /// unwinding, stop); a trap and an exit have then ended the program.
  std::optional<std::vector<Value>> call(const FuncInst& function, std::initializer_list<Value> arguments = {});
  std::optional<std::vector<Value>> call(const FuncInst& function, const std::vector<Value>& arguments);
  /// The same by the first of the names that is exported; true as well when none is.
  bool call_if_exported(std::initializer_list<std::string_view> names, std::initializer_list<Value> arguments = {});
  /// The first exported function of these names, or null.
  const FuncInst* find(std::initializer_list<std::string_view> names) const;
  /// Ends the program because of an error on this thread.
  void fail(const Error& error);

 private:
  bool ended_by_agent();

  ThreadGroup& group_;
  const uint32_t id_;
  Store store_;
  Agent agent_;
  Instance* instance_ = nullptr;
};

/// The threads of one program and its one result.
///
/// Thread safety: request_stop() from any thread and from signal handlers; run() from the owner, once; everything else
/// from any thread. mutex_ guards the table of threads and the result; while it is held agents are made and stopped and
/// OS threads started, and of our locks only the detectors' (of deadlocks, of races) are taken.
class ThreadGroup {
 public:
  using Body = std::function<void(GuestThread&)>;

  /// The options must outlive the group.
  explicit ThreadGroup(const ProgramOptions& options);
  ~ThreadGroup();
  ThreadGroup(const ThreadGroup&) = delete;
  ThreadGroup& operator=(const ThreadGroup&) = delete;

  /// Runs `main` as thread 0 and returns when the program is decided and every thread joined. A program whose last
  /// thread ends undecided has exited with status 0.
  ProgramResult run(Body main);

  /// Starts a thread, on the creator's: its number, from 1 to kMaxThreadId. Error: host, when max_threads are alive,
  /// the program is ending, or the system has no more threads, address space or descriptors.
  Result<uint32_t> spawn(const Agent& creator, Body body);

  /// Decides the result, unless something else has before, and stops everybody.
  void finish(ProgramResult result);

  /// Blocks until this thread is over (its OS thread runs no guest code any more); false when the program ended first.
  bool wait_until_over(const Agent& waiter, uint32_t id);
  bool is_over(const Agent& asker, uint32_t id);

  void request_stop() noexcept;

  static constexpr uint32_t kMaxThreadId = (1U << 29) - 1;  ///< what wasi-threads allows

 private:
  friend class GuestThread;
  struct Entry {
    std::thread os_thread;
    Agent* agent = nullptr;  ///< while it has one
    bool over = false;
  };

  Result<uint32_t> start(uint32_t id, const Agent* creator, Body body) WEFT_REQUIRES(mutex_);
  void thread_main(std::shared_ptr<GuestThread> thread, const Body& body);
  /// Whether it is over; who sees that knows all that it did.
  bool has_ended(const Agent& asker, uint32_t id) WEFT_REQUIRES(mutex_);
  void decide(ProgramResult result) WEFT_REQUIRES(mutex_);
  uint32_t new_id() WEFT_REQUIRES(mutex_);
  void wait_for_room() WEFT_REQUIRES(mutex_);
  void join_those_over();
  void join_all();
  void trace(const GuestThread& thread, const std::string& line);

  const ProgramOptions& options_;
  DeadlockDetector detector_;
  Mutex mutex_;
  std::condition_variable_any changed_;  ///< a thread is over, or the program decided
  std::map<uint32_t, Entry> entries_ WEFT_GUARDED_BY(mutex_);
  std::optional<ProgramResult> result_ WEFT_GUARDED_BY(mutex_);
  uint32_t alive_ WEFT_GUARDED_BY(mutex_) = 0;
  uint32_t last_id_ WEFT_GUARDED_BY(mutex_) = 0;
  Mutex trace_mutex_;    ///< one line at a time
  WakeDescriptor wake_;  ///< decided, or asked to stop
  std::atomic<bool> stop_requested_{false};
};

}  // namespace weft
