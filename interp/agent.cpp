// SPDX-License-Identifier: Apache-2.0
#include "interp/agent.h"

#include <utility>

#include "interp/digest.h"
#include "interp/execute.h"

namespace weft {

Agent::Agent(Store& store, size_t stack_bytes) : store_(store) {
  store_.agents_.push_back(this);
  Result<Reservation> stack = Reservation::reserve(stack_bytes, stack_bytes);
  if (stack && stack->commit(stack->size())) {
    stack_ = std::move(*stack);
    stack_limit_ = reinterpret_cast<uintptr_t>(stack_.base()) + stack_.size();
  }  // else the limit stays 0, see is_complete()
}

Agent::~Agent() { std::erase(store_.agents_, this); }

Completion Agent::invoke(const FuncInst& function, std::span<const Value> arguments) {
  start(function, arguments);
  return resume();
}

void Agent::start(const FuncInst& function, std::span<const Value> arguments) {
  Machine::start(*this, function, arguments);
}

Completion Agent::resume() {
  Machine::run(*this, std::nullopt);
  return completion_;
}

Completion Agent::resume_with(uint64_t answer, uint64_t high) {
  Machine::run(*this, Answer{answer, high});
  return completion_;
}

void Agent::observe(Observation observation) { observation_ = std::move(observation); }

std::vector<BacktraceFrame> Agent::backtrace(size_t limit) const { return Machine::backtrace(*this, limit); }

uint64_t Agent::digest() const {
  uint64_t digest = Machine::digest(*this);
  for (const GlobalInst& global : store_.globals_) digest = mix(mix(digest, global.lo), global.hi);
  for (const TableInst& table : store_.tables_) {
    for (const uint64_t element : table.elements) digest = mix(digest, element);
  }
  return digest;
}

void Agent::stop() {
  interrupt_.store(1);
  stack_limit_.store(0);
  wait_cell_.stop();
  wake_.signal();
}

}  // namespace weft
