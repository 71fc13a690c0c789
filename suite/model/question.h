// SPDX-License-Identifier: Apache-2.0
//
// What a thread cannot know by itself: the actions whose effect depends on the other threads, and how they may go.
#pragma once

#include <vector>

#include "interp/agent.h"
#include "suite/model/event.h"

namespace weft::model {

/// An action that a thread is about to do, and the event that this will be; what it reads is still missing. Functions
/// of it are pure; all are values.
struct Question {
  Action action;
  Event event;
  uint64_t pages = 0;  ///< how many the memory must have for the access to be in bounds

  /// Whether nothing of it depends on other threads: it is an event already.
  bool is_settled() const;
};

/// How a wait that has fallen asleep goes on.
enum class Resumption : uint8_t { none, woken, timeout, blocked };

/// What a question's event reads, and what else is open.
struct Answer {
  uint64_t length = 0;  ///< pages, if the event reads the length
  Bytes value{};        ///< if the event reads data
  Resumption resumption = Resumption::none;
  uint32_t count = 0;  ///< notify: how many it wakes
  bool fails = false;  ///< grow gives -1
  bool operator==(const Answer&) const = default;
};

/// The question that an action is: in a memory that has `pages` at least, by the thread of this number. `action` is of
/// a bulk instruction that only checks its bounds, or of any other kind (exec-load and its neighbours).
Question ask(const Action& action, uint8_t thread, uint64_t pages);

/// Whether the answer's length makes the access trap.
bool is_out_of_bounds(const Question& question, const Answer& answer);

/// All answers that read what this one does: how a wait goes on, how many a notify wakes (others can wake or wait,
/// `waiters` of them), whether a grow fails.
std::vector<Answer> completions(const Question& question, Answer reads, unsigned waiters, bool grow_may_fail);

/// The event that the question becomes by its answer; of a wait that falls asleep the first one.
Event answered(const Question& question, const Answer& answer);
/// The second event of a wait that fell asleep: it is woken, or its time is over (exec-memory.atomic.waitn).
Event resumed(const Question& question, Resumption resumption);

/// What the engine is to be told: Agent::resume_with.
struct EngineAnswer {
  uint64_t low = 0, high = 0;
};
EngineAnswer engine_answer(const Question& question, const Answer& answer);

}  // namespace weft::model
