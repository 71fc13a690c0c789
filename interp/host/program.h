// SPDX-License-Identifier: Apache-2.0
//
// Running a program: a WASI command, a wasi-threads program, an Emscripten pthread program, or one exported function of
// any module.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interp/agent.h"
#include "interp/error.h"
#include "interp/instance.h"
#include "interp/limits.h"
#include "interp/value.h"
#include "interp/waiters.h"

namespace weft {

class ProgramHost;
class RaceDetector;
class ThreadGroup;
class Wasi;

/// Bytes that an invoked function is to find in the first memory. A plain value.
struct ProgramData {
  std::vector<uint8_t> bytes = {};
  uint64_t address = 0;
  /// Instead: the program's own malloc is asked for an address, which becomes this argument, counted from 0.
  std::optional<size_t> argument = {};
};

/// A directory of the host's that a program may use, and what it calls it.
struct Preopen {
  std::string host, guest;
};

/// What a program is given. A plain value.
struct ProgramOptions {
  std::vector<std::string> args;  ///< the guest's argv: the program's name first
  std::vector<std::string> env;   ///< each "NAME=value"
  std::array<int, 3> streams{
      0, 1, 2};  ///< descriptors behind the guest's stdin, stdout and stderr; -1 is closed. Never closed by us.
  std::vector<Preopen> directories;                 ///< the only ones whose files it can reach
  std::optional<std::string> invoke;                ///< call this export instead of _start or main
  std::vector<Value> arguments;                     ///< of `invoke`: as many as it has parameters, of their types
  std::vector<ProgramData> data;                    ///< stored after the constructors, before `invoke`
  uint32_t max_threads = kMaxThreads;               ///< threads alive at a time, the main thread included
  std::optional<std::chrono::nanoseconds> timeout;  ///< of the whole run, from run() on
  std::optional<uint64_t>
      fuel;  ///< register-code instructions that each thread may execute; selects the observed engine
  /// Called before each instruction, one call at a time; thread 0 is the main thread. Selects the observed engine. It
  /// may block as host functions do, in write_all() for instance: until the agent, the thread's, is told to stop.
  std::function<void(const Agent& agent, uint32_t thread, const std::string& line)> trace;
  std::shared_ptr<ExecutionCounts> counts = {};  ///< of the program's module. Selects the observed engine
  /// Looks for data races (slower); made for Engine::checked. Goes with none of `fuel`, `trace` and `counts`.
  std::shared_ptr<RaceDetector> races = {};
  std::optional<uint64_t> memory_cap = {};  ///< bytes that any one memory may have; see StoreOptions
};

/// A thread of a deadlock.
struct WaitingThread {
  uint32_t thread = 0;  ///< 0 is the main thread
  Wait wait;
  std::vector<BacktraceFrame> backtrace;  ///< innermost first
};

/// How a program ended. A plain value; exactly one for each run, whatever the number of threads.
struct ProgramResult {
  enum class Kind : uint8_t {
    exited,       ///< `status`: main returned, exit() or proc_exit() in any thread, or the last thread ended
    returned,     ///< `values`: the function named by ProgramOptions::invoke came back
    trapped,      ///< `error`, `backtrace`, `thread`
    exhausted,    ///< `error`, `backtrace`, `thread`: call stack or fuel
    deadlocked,   ///< `waiting`: all threads wait, and none can go on (deadlock.h)
    unlinkable,   ///< `error`: an import that no host has, or of another type
    usage,        ///< `error`: nothing to run, no such export, or arguments that are not of its types
    timed_out,    ///< ProgramOptions::timeout passed
    interrupted,  ///< request_stop() was called
    failed,       ///< `error`: the system refused memory or threads
  };

  Kind kind = Kind::exited;
  uint32_t status = 0;
  std::vector<Value> values{};
  Error error{};
  std::vector<BacktraceFrame> backtrace{};  ///< innermost first
  uint32_t thread = 0;                      ///< the thread that ended the program; 0 is the main thread
  std::vector<WaitingThread> waiting{};     ///< by their numbers
};

/// The kind's name: "exited", "timed_out", …
std::string_view to_string(ProgramResult::Kind kind);

/// The exit code of `weft run`: the guest's status modulo 256, or 134 for a trap, exhaustion or deadlock, 124 timed
/// out, 130 interrupted, 1 unlinkable, 2 usage, 3 failed.
int exit_code(const ProgramResult& result);

/// A program that can be run once.
///
/// It is a supervisor: the guest's main thread and every thread that the guest creates is an OS thread of its own with
/// its own Store, Agent and instance of the module; they share the compiled module and the shared memory. Guest threads
/// block all signals. The first trap, exit or limit in any thread decides the result; then every agent is stopped and
/// every OS thread joined before run() returns.
///
/// Thread safety: request_stop() from any thread and from signal handlers; the rest from the thread that owns the
/// program.
class Program {
 public:
  Program(std::shared_ptr<const CompiledModule> module, ProgramOptions options);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Links, instantiates and runs the program to its end, on threads of its own; blocks the caller. Call it once.
  ProgramResult run();

  /// Ends the program as `interrupted`, before, during or after run(). Async-signal-safe.
  void request_stop() noexcept;

 private:
  std::shared_ptr<const CompiledModule> module_;
  ProgramOptions options_;
  std::unique_ptr<Wasi> wasi_;
  std::unique_ptr<ThreadGroup> threads_;
  std::unique_ptr<ProgramHost> host_;
};

}  // namespace weft
