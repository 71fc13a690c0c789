// SPDX-License-Identifier: Apache-2.0
//
// One thread of a litmus test, run by the interpreter's observed engine: whatever it would read from the shared memory
// it is told. So its events are those of the Wasm code that runtimes execute.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "suite/model/litmus.h"
#include "suite/model/question.h"

namespace weft::model {

/// Why a thread stands.
enum class End : uint8_t {
  asks,  ///< a question
  returned,
  trapped,
  blocked,    ///< asleep for ever
  dropped,    ///< an assumption is false: the execution does not count
  unbounded,  ///< more events or instructions than the limits allow
};

/// What a thread does between two questions. The first `answers` of the events are what its last question has become:
/// none at the begin, one, or two of a wait that ends.
struct Segment {
  std::vector<Event> events;
  unsigned answers = 0;
  End end = End::returned;
  std::optional<Question> question;
  Outcome registers;  ///< the thread's part of the outcome, once it has ended
};

/// Thread safety: none. Replicas of different threads share nothing that changes.
class Replica {
 public:
  /// `number` is the thread's in its events, `name` its own in outcomes ("0", "M"). `memory` stands in for the shared
  /// one and has its maximum size; its bytes are neither read nor written. `pages` is the size that all threads can
  /// rely on. Errors: unlinkable, when the module wants anything else or has state that cannot be set back; host.
  static Result<std::unique_ptr<Replica>> create(const Code& code, uint8_t number, std::string name,
                                                 std::shared_ptr<Memory> memory, uint64_t pages);

  /// Runs the thread from its beginning, given its first answers, and says what it did since the last one. The same
  /// answers always give the same segment.
  Segment run(std::span<const Answer> answers);

 private:
  /// A bulk instruction that is under way: a byte at a time, each with a check of what is left (exec-memory.copy,
  /// exec-memory.fill, exec-memory.init).
  struct Bulk {
    enum class Step : uint8_t { check, load, store };
    Action action;
    Step step = Step::check;
    uint64_t done = 0;
    uint8_t byte = 0;

    bool copies() const { return action.op == Op::memory_copy; }
    Action pending() const;
    bool advance(const Answer& answer);  // false when it is done
  };

  Replica(const Code& code, uint8_t number, std::string name, uint64_t pages);
  void restart();
  Question pending();
  void resume(const Question& question, const Answer& answer);
  End end() const;
  Outcome registers(End end) const;
  const GlobalInst* global(std::string_view name) const;

  Code code_;
  uint8_t number_;
  std::string name_;
  uint64_t pages_;
  Store store_;
  Agent agent_;
  Instance* instance_ = nullptr;
  const FuncInst* function_ = nullptr;
  std::vector<Value> globals_;  // what they are at first
  std::vector<std::span<const uint8_t>> data_;
  std::optional<Bulk> bulk_;
  std::vector<Answer> given_;  // where the agent stands: at the question behind these, if at one
  bool stands_ = false;
  unsigned events_ = 0;  // so far
};

}  // namespace weft::model
