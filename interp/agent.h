// SPDX-License-Identifier: Apache-2.0
//
// An agent: one thread of execution (relaxed, "agents" in the threads proposal). All its state is explicit, so it can
// be stopped, resumed, stepped and printed at any moment.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "interp/error.h"
#include "interp/host.h"
#include "interp/instructions.h"
#include "interp/limits.h"
#include "interp/platform.h"
#include "interp/registers.h"
#include "interp/store.h"
#include "interp/value.h"
#include "interp/waiters.h"

namespace weft {

/// How an invocation ended, or why resume() returned.
enum class Completion : uint8_t {
  returned,  ///< results()
  trapped,   ///< error(): trap or exhaustion
  exited,    ///< a host function ended the program: exit_status()
  unwound,   ///< a host function dropped all frames (pthread_exit)
  stopped,   ///< stop() was called
  paused,    ///< observed engine only: pending() describes the shared action about to happen
};

/// A shared action (MODEL.md's events): what an observed agent is about to do. Addresses are effective; widths in
/// bytes.
struct Action {
  enum class Kind : uint8_t { load, store, rmw, cmpxchg, wait, notify, fence, size, grow, bulk };
  Kind kind{};
  Op op{};
  Memory* memory = nullptr;  ///< null for fence; of memory.copy the destination
  Memory* source = nullptr;  ///< of memory.copy only
  uint64_t address = 0;
  uint64_t width = 0;  ///< of a bulk action: its length
  bool atomic = false;
  /// What is stored, the operand of an rmw, the replacement of a cmpxchg (each of the access's width), the count of a
  /// notify, the delta of a grow; of memory.fill the byte, of memory.copy the source address, of memory.init the offset
  /// in the segment.
  uint64_t operand = 0;
  uint64_t operand_high = 0;              ///< the upper half of the v128 that is stored; `operand` is the lower one
  uint64_t expected = 0;                  ///< cmpxchg, wait; of the access's width
  int64_t timeout = 0;                    ///< wait: nanoseconds, negative for ever
  std::span<const uint8_t> segment = {};  ///< memory.init: what the segment has now
};

/// One line of a backtrace, innermost first.
struct BacktraceFrame {
  std::string function;  ///< name section, export name, or "func[3]"; "module.name" of a host function
  uint32_t index = 0;    ///< function index in its module
  uint32_t offset = 0;   ///< of the instruction in the binary; 0 for a host function
};

class ExecutionCounts;
class RaceThread;

/// What the observed engine shall count and report. The fast engine ignores it.
struct Observation {
  bool pause_at_actions = false;  ///< resume() returns `paused` before each shared action
  std::optional<uint64_t> fuel;   ///< register-code instructions before the agent traps with "fuel exhausted"
  std::shared_ptr<ExecutionCounts> counts = {};  ///< gets every instruction before it is executed
  std::function<void(const std::string& line)>
      trace;  ///< called before each instruction with "function+0x1f: i32.add s3 = s1, s2"
};

/// One thread of execution over a store.
///
/// Thread safety: stop() and wake_descriptor() from any thread; everything else from one thread at a time, the one that
/// runs the agent.
class Agent {
 public:
  explicit Agent(Store& store, size_t stack_bytes = kStackBytes);
  ~Agent();
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  Store& store() { return store_; }
  /// Whether the system gave it a stack and a wake-up descriptor. Without them every call is "call stack exhausted", or
  /// cannot be stopped while it blocks.
  bool is_complete() const { return stack_.base() != nullptr && wake_.fd() >= 0; }

  /// Runs the function to its end on the calling thread (exec-invocation). The arguments must have its parameter types.
  /// Not reentrant: a host function returns HostOutcome::call instead.
  Completion invoke(const FuncInst& function, std::span<const Value> arguments);

  /// Prepares an invocation; then resume() runs it until it ends or, observed, until the next shared action.
  void start(const FuncInst& function, std::span<const Value> arguments);
  Completion resume();
  /// Observed, paused: the observer answers the pending action itself (the value of a load, the old value of an rmw or
  /// cmpxchg, the result of a wait, notify or grow); the agent does not perform it. Of a load that extends, splats or
  /// fills a lane the value is what memory has, of the action's width; `high` is the upper half of one of 16 bytes.
  /// Actions without a result ignore the value.
  Completion resume_with(uint64_t answer, uint64_t high = 0);

  void observe(Observation observation);

  Completion completion() const { return completion_; }
  const std::vector<Value>& results() const { return results_; }
  const Error& error() const { return error_; }
  uint32_t exit_status() const { return exit_status_; }
  /// Only while paused.
  const Action& pending() const { return *pending_; }
  /// Where the agent stands, or stood when it trapped; innermost first, at most `limit` frames.
  std::vector<BacktraceFrame> backtrace(size_t limit = 64) const;

  /// Who is told of its accesses to shared memory; an agent of Engine::checked must have one. Only while it does not
  /// run.
  void check_races(RaceThread* thread) { race_thread_ = thread; }
  RaceThread* race_thread() const { return race_thread_; }

  /// Null for none. Only while it does not run.
  void watch_waits(WaitWatch* watch) { wait_cell_.watch(watch); }
  /// Whether it sleeps in memory.atomic.wait, and nobody has woken or stopped it. Any thread may ask.
  bool is_waiting() const { return wait_cell_.is_waiting(); }
  /// A number of all that decides what the agent does next, but for memories and host functions: its frames, and the
  /// globals and tables of its store. Only from its own thread, during a wait.
  uint64_t digest() const;

  /// Ends the agent soon (within 100 ms wherever it is: in a loop, a wait, or a host call that heeds
  /// wake_descriptor()). Sticky.
  void stop();
  bool stop_requested() const {
    return interrupt_.load(std::memory_order_relaxed);
  }  // a flag; nothing else is published through it
  /// Readable once stop() was called: a host function that blocks polls this beside its own descriptor, and returns
  /// HostOutcome::stopped().
  const WakeDescriptor& wake_descriptor() const { return wake_; }

 private:
  friend struct Machine;  // the engine (execute.h)

  Store& store_;
  Completion completion_ = Completion::returned;
  std::vector<Value> results_;
  Error error_;
  uint32_t exit_status_ = 0;
  std::optional<Action> pending_;
  Observation observation_;
  RaceThread* race_thread_ = nullptr;

  Reservation stack_;
  std::atomic<uintptr_t> stack_limit_{
      0};  // where frames must end; 0 once stop() was called, so that a call checks one word for both
  std::atomic<uint32_t> interrupt_{0};  // what back edges check
  WaitCell wait_cell_;
  WakeDescriptor wake_;

  /// A host function that asked for a call and waits for its end.
  struct Continuation {
    HostFunction then;
    const FuncInst* host = nullptr;    // whose continuation it is
    const FuncInst* callee = nullptr;  // whose results it gets
    Slot* fp = nullptr;                // where the host function's arguments were
    Slot* caller_fp = nullptr;
    const Cell* return_pc = nullptr;
    bool is_tail_call = false;  // the caller's frame is still there, but its handlers must not catch any more
  };

  const FuncInst* entry_ = nullptr;          // the function invoked
  const FuncInst* host_ = nullptr;           // the host function that runs now, or failed
  Registers registers_;                      // where the agent stands while no handler runs
  std::vector<Continuation> continuations_;  // innermost last
};

}  // namespace weft
