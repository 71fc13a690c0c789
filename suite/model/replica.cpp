// SPDX-License-Identifier: Apache-2.0
#include "suite/model/replica.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "suite/model/ending.h"

namespace weft::model {
namespace {

/// Instructions of a thread that does nothing others could see: a loop without an end.
constexpr uint64_t kFuel = 1'000'000;

Error unlinkable(std::string message) { return {ErrorKind::unlinkable, std::move(message), {}}; }

/// Why the module's state would not be the same at each run, or nothing.
std::string unsuitable(const Module& module) {
  for (const Import& import : module.imports) {
    if (import.kind() != ExternKind::memory)
      return fmt::format("imports {}.{}: only the shared memory can be imported", import.module, import.name);
  }
  if (module.imports.size() > 1) return "imports several memories";
  if (!module.memories.empty() || !module.tables.empty()) return "has a memory or a table of its own";
  if (module.start) return "has a start function";
  for (const DataSegment& segment : module.data) {
    if (segment.mode == SegmentMode::active) return "has an active data segment";
  }
  return {};
}

}  // namespace

Action Replica::Bulk::pending() const {
  const uint64_t left = action.width - done;
  Action next = action;
  if (step == Step::check) {
    // A copy is in bounds when both of its ranges are.
    next.width = left;
    next.address += copies() && action.operand < action.address ? 0 : done;
    if (copies()) next.address = std::max(next.address, action.operand + (next.address - action.address));
    return next;
  }
  // A copy to higher addresses goes backward, so that it reads no byte that it has written.
  const uint64_t at = copies() && action.operand < action.address ? left - 1 : done;
  next.width = 1;
  next.kind = step == Step::load ? Action::Kind::load : Action::Kind::store;
  next.op = step == Step::load ? Op::i32_load8_u : Op::i32_store8;
  next.address = (step == Step::load ? action.operand : action.address) + at;
  next.operand = copies() ? byte : action.segment.empty() ? action.operand : action.segment[action.operand + at];
  return next;
}

bool Replica::Bulk::advance(const Answer& answer) {
  switch (step) {
    case Step::check: step = copies() ? Step::load : Step::store; return done < action.width;
    case Step::load: byte = answer.value[0], step = Step::store; return true;
    case Step::store: ++done, step = Step::check; return true;
  }
  return false;
}

Replica::Replica(const Code& code, uint8_t number, std::string name, uint64_t pages)
    : code_(code),
      number_(number),
      name_(std::move(name)),
      pages_(pages),
      store_({.engine = Engine::observed}),
      agent_(store_) {}

Result<std::unique_ptr<Replica>> Replica::create(const Code& code, uint8_t number, std::string name,
                                                 std::shared_ptr<Memory> memory, uint64_t pages) {
  const Module& module = code.module->module();
  if (std::string why = unsuitable(module); !why.empty()) return unlinkable("the module " + std::move(why));
  std::unique_ptr<Replica> replica(new Replica(code, number, std::move(name), pages));
  const std::vector<Extern> imports(module.imports.size(), Extern(std::move(memory)));
  const Result<Instance*> instance = replica->store_.instantiate(code.module, imports, replica->agent_);
  if (!instance) return instance.error();
  replica->instance_ = *instance;
  replica->function_ = (*instance)->find_function(code.function);
  if (replica->function_ == nullptr) return unlinkable(fmt::format("no exported function \"{}\"", code.function));
  const FuncType& type = replica->function_->type;
  if (!type.params.empty() || (!type.results.empty() && type.results.size() != code.registers.size()))
    return unlinkable(fmt::format("\"{}\" has type {}, which does not fit {} registers", code.function, to_string(type),
                                  code.registers.size()));
  for (const GlobalInst* global : (*instance)->globals) replica->globals_.push_back(global->get());
  replica->data_ = (*instance)->data;
  return replica;
}

void Replica::restart() {
  for (size_t i = 0; i < globals_.size(); ++i) instance_->globals[i]->set(globals_[i]);
  instance_->data = data_;
  bulk_.reset();
  given_.clear();
  events_ = 0;
  agent_.observe({.pause_at_actions = true, .fuel = kFuel, .trace = {}});
  agent_.start(*function_, {});
  agent_.resume();
}

/// What happens next; of a bulk instruction, its next step.
Question Replica::pending() {
  if (!bulk_ && agent_.pending().kind == Action::Kind::bulk) bulk_ = Bulk{.action = agent_.pending()};
  return ask(bulk_ ? bulk_->pending() : agent_.pending(), number_, pages_);
}

void Replica::resume(const Question& question, const Answer& answer) {
  if (bulk_) {
    if (bulk_->advance(answer)) return;
    bulk_.reset();
  }
  const EngineAnswer told = engine_answer(question, answer);
  agent_.resume_with(told.low, told.high);
}

Segment Replica::run(std::span<const Answer> answers) {
  Segment segment;
  // From where it stands, if that is on the way; it mostly is.
  size_t next = given_.size();
  if (!stands_ || next >= answers.size() || !std::equal(given_.begin(), given_.end(), answers.begin())) {
    restart();
    next = 0;
  }
  stands_ = false;
  const auto happens = [&](const Event& event) { segment.events.push_back(event), ++events_; };
  const auto finish = [&](End end) {
    segment.end = end;
    segment.registers = registers(end);
    return segment;
  };
  while (agent_.completion() == Completion::paused) {
    const Question question = pending();
    if (events_ >= kMaxEvents) return finish(End::unbounded);
    if (question.is_settled()) {
      // A check that cannot fail is no event.
      if (question.event.data || question.event.fence) happens(question.event);
      resume(question, {});
      continue;
    }
    if (next == answers.size()) {
      segment.end = End::asks, segment.question = question;
      given_.assign(answers.begin(), answers.end());
      stands_ = true;
      return segment;
    }
    const Answer& answer = answers[next++];
    segment.events.clear();
    happens(answered(question, answer));
    if (answer.resumption == Resumption::woken || answer.resumption == Resumption::timeout)
      happens(resumed(question, answer.resumption));
    segment.answers = static_cast<unsigned>(segment.events.size());
    if (is_out_of_bounds(question, answer)) return finish(End::trapped);
    if (answer.resumption == Resumption::blocked) return finish(End::blocked);
    resume(question, answer);
  }
  return finish(end());
}

End Replica::end() const {
  if (agent_.completion() == Completion::trapped)
    return agent_.error().message == "fuel exhausted" ? End::unbounded : End::trapped;
  const GlobalInst* dropped = global("dropped");
  return dropped != nullptr && dropped->lo != 0 ? End::dropped : End::returned;
}

const GlobalInst* Replica::global(std::string_view name) const {
  const Extern* found = instance_->find_export(name);
  GlobalInst* const* global = found == nullptr ? nullptr : std::get_if<GlobalInst*>(found);
  return global == nullptr ? nullptr : *global;
}

Outcome Replica::registers(End end) const {
  const Ending ending{.kind = end == End::trapped   ? Ending::Kind::trapped
                              : end == End::blocked ? Ending::Kind::blocked
                                                    : Ending::Kind::returned,
                      .results = end == End::returned ? agent_.results() : std::vector<Value>{},
                      .global = [this](std::string_view name) -> std::optional<Value> {
                        const GlobalInst* found = global(name);
                        return found == nullptr ? std::nullopt : std::optional(found->get());
                      }};
  Outcome outcome = part_of_outcome(code_, name_, ending).value_or(Outcome());
  std::sort(outcome.begin(), outcome.end());
  return outcome;
}

}  // namespace weft::model
