// SPDX-License-Identifier: Apache-2.0
//
// How host functions are written: a function over slots that returns what the agent shall do next. It never calls back
// into the engine.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "interp/error.h"
#include "interp/value.h"

namespace weft {

class Agent;
class Memory;
struct FuncInst;
struct Instance;

class HostOutcome;

/// One call of a host function: its arguments and where its results go. Slots are 8 bytes: an i32 zero-extended, floats
/// as bit patterns. Valid only during the call.
struct HostCall {
  Agent& agent;
  Instance* caller;  ///< the instance whose code called; null when the embedder invoked the host function itself
  std::span<const uint64_t> args;
  std::span<uint64_t> results;

  uint32_t i32(size_t index) const { return static_cast<uint32_t>(args[index]); }
  uint64_t i64(size_t index) const { return args[index]; }
  /// The caller's memory 0, or null.
  Memory* memory() const;
};

/// A host function. Called on the agent's thread; must be thread-safe when several agents share it.
using HostFunction = std::function<HostOutcome(HostCall&)>;

/// What comes after a host function returns.
class HostOutcome {
 public:
  enum class Kind : uint8_t { done, trap, exit, unwind, call, stopped };

  /// Results are in HostCall::results.
  static HostOutcome done() { return HostOutcome(Kind::done); }
  /// Puts the one result of integer or float type in place.
  static HostOutcome done(HostCall& call, uint64_t result) { return call.results[0] = result, HostOutcome(Kind::done); }
  /// The agent traps with this message.
  static HostOutcome trap(std::string message) { return HostOutcome(Kind::trap, std::move(message)); }
  /// The program shall end with this status: the agent's completion is `exited`.
  static HostOutcome exit(uint32_t status) { return HostOutcome(Kind::exit, {}, status); }
  /// Drops all frames of the agent: its completion is `unwound` (pthread_exit).
  static HostOutcome unwind() { return HostOutcome(Kind::unwind); }
  /// The agent was told to stop while the function blocked: its completion is `stopped`.
  static HostOutcome stopped() { return HostOutcome(Kind::stopped); }
  /// Asks the agent to call a Wasm function, then `then` with that function's results as args (its results are the host
  /// function's own).
  static HostOutcome call(const FuncInst* function, std::vector<Value> arguments, HostFunction then) {
    HostOutcome outcome(Kind::call);
    outcome.function_ = function, outcome.arguments_ = std::move(arguments), outcome.then_ = std::move(then);
    return outcome;
  }

  Kind kind() const { return kind_; }
  const std::string& message() const { return message_; }
  uint32_t status() const { return status_; }
  const FuncInst* function() const { return function_; }
  const std::vector<Value>& arguments() const { return arguments_; }
  HostFunction& then() { return then_; }

 private:
  explicit HostOutcome(Kind kind, std::string message = {}, uint32_t status = 0)
      : kind_(kind), status_(status), message_(std::move(message)) {}
  Kind kind_;
  uint32_t status_;
  std::string message_;
  const FuncInst* function_ = nullptr;
  std::vector<Value> arguments_;
  HostFunction then_;
};

}  // namespace weft
