// SPDX-License-Identifier: Apache-2.0
#include "suite/model/question.h"

#include <algorithm>
#include <string_view>

namespace weft::model {
namespace {

using Kind = Action::Kind;

/// relaxed-aux: what the rules of loads and stores call tearing; it depends on the address, not on the hint.
bool is_tear_free(const Action& action) {
  if (action.atomic) return true;
  const InstrInfo& row = info(action.op);
  const bool loads = row.instr_class == InstrClass::load, stores = row.instr_class == InstrClass::store;
  if (!loads && !stores) return false;
  const char type = loads ? row.results().front() : row.operands().back();
  return (type == 'i' || type == 'I') && action.width <= 4 && action.address % action.width == 0;
}

Access length_access(Ordering ordering) {
  return {.region = Region::length, .ordering = ordering, .reads = true, .tear_free = true, .size = sizeof(uint64_t)};
}

/// What an rmw stores (exec-atomic.rmw), before it is cut to the access's width.
uint64_t modify(Op op, uint64_t old, uint64_t operand) {
  const std::string_view name = info(op).text;
  const auto is = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (is(".add")) return old + operand;
  if (is(".sub")) return old - operand;
  if (is(".and")) return old & operand;
  if (is(".or")) return old | operand;
  if (is(".xor")) return old ^ operand;
  return operand;  // xchg
}

/// A number as bytes, those beyond the width 0.
Bytes cut(uint64_t low, uint64_t high, uint64_t width) {
  Bytes bytes = to_bytes(low, high);
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(std::min<uint64_t>(width, bytes.size())), bytes.end(),
            uint8_t{0});
  return bytes;
}

bool finds_expected(const Question& question, const Answer& answer) {
  return to_number(answer.value) == question.action.expected;
}

uint64_t page_bytes(const Action& action) { return uint64_t{1} << action.memory->type().page_size_log2; }

}  // namespace

bool Question::is_settled() const {
  return !event.length && !event.data.reads && event.suspension == Suspension::none && action.kind != Kind::wait;
}

Question ask(const Action& action, uint8_t thread, uint64_t pages) {
  Question question{.action = action, .event = {.thread = thread, .op = action.op}};
  Event& event = question.event;
  if (action.kind == Kind::fence) {
    event.fence = true;
    return question;
  }
  if (action.kind == Kind::size || action.kind == Kind::grow) {
    event.length = length_access(Ordering::seqcst);
    return question;
  }
  question.pages = (action.address + action.width + page_bytes(action) - 1) / page_bytes(action);
  if (question.pages > pages) event.length = length_access(Ordering::unord);
  if (action.kind == Kind::bulk) return question;
  event.location = action.address;
  if (action.kind == Kind::notify) {
    event.suspension = Suspension::notify, event.limit = static_cast<uint32_t>(action.operand);
    return question;
  }
  event.data = {.ordering = action.atomic ? Ordering::seqcst : Ordering::unord,
                .reads = action.kind != Kind::store,
                .writes = action.kind == Kind::store || action.kind == Kind::rmw,
                .tear_free = is_tear_free(action),
                .start = action.address,
                .size = action.width};
  if (action.kind == Kind::store) event.data.written = cut(action.operand, action.operand_high, action.width);
  return question;
}

bool is_out_of_bounds(const Question& question, const Answer& answer) {
  return question.event.length && question.event.length.ordering == Ordering::unord && answer.length < question.pages;
}

std::vector<Answer> completions(const Question& question, Answer reads, unsigned waiters, bool grow_may_fail) {
  if (is_out_of_bounds(question, reads)) return {reads};
  std::vector<Answer> all;
  const auto add = [&](const Answer& answer) { all.push_back(answer); };
  switch (question.action.kind) {
    case Kind::wait:
      if (!finds_expected(question, reads)) return {reads};
      reads.resumption = Resumption::woken, add(reads);
      reads.resumption = question.action.timeout < 0 ? Resumption::blocked : Resumption::timeout, add(reads);
      return all;
    case Kind::notify:
      for (; reads.count <= std::min(waiters, question.event.limit); ++reads.count) add(reads);
      return all;
    case Kind::grow: {
      const uint64_t maximum = question.action.memory->pages();
      const bool fits = question.action.operand <= maximum && reads.length <= maximum - question.action.operand;
      if (fits) add(reads);
      reads.fails = true;
      if (!fits || grow_may_fail) add(reads);
      return all;
    }
    default: return {reads};
  }
}

Event answered(const Question& question, const Answer& answer) {
  const Action& action = question.action;
  Event event = question.event;
  if (event.length) event.length.read = to_bytes(answer.length);
  if (is_out_of_bounds(question, answer)) {
    event.data = {}, event.suspension = Suspension::none;
    return event;
  }
  if (event.data.reads) event.data.read = answer.value;
  const uint64_t old = to_number(answer.value);
  switch (action.kind) {
    case Kind::rmw: event.data.written = cut(modify(action.op, old, action.operand), 0, action.width); break;
    case Kind::cmpxchg:
      // Where it fails it only reads (exec-atomic.rmw.cmpxchg).
      if (!finds_expected(question, answer)) break;
      event.data.writes = true, event.data.written = to_bytes(action.operand);
      break;
    case Kind::wait:
      event.suspension = finds_expected(question, answer) ? Suspension::wait : Suspension::not_equal;
      break;
    case Kind::notify: event.count = answer.count; break;
    case Kind::grow:
      if (answer.fails) break;
      event.length.writes = true, event.length.written = to_bytes(answer.length + action.operand);
      event.data = {
          .writes = true, .start = answer.length * page_bytes(action), .size = action.operand * page_bytes(action)};
      break;
    default: break;
  }
  return event;
}

Event resumed(const Question& question, Resumption resumption) {
  return {.thread = question.event.thread,
          .op = question.event.op,
          .suspension = resumption == Resumption::woken ? Suspension::woken : Suspension::timeout,
          .location = question.event.location};
}

EngineAnswer engine_answer(const Question& question, const Answer& answer) {
  switch (question.action.kind) {
    case Kind::wait:
      return {static_cast<uint64_t>(answer.resumption == Resumption::none    ? WaitResult::not_equal
                                    : answer.resumption == Resumption::woken ? WaitResult::woken
                                                                             : WaitResult::timed_out)};
    case Kind::notify: return {answer.count};
    case Kind::size: return {answer.length};
    case Kind::grow: return {answer.fails ? ~uint64_t{0} : answer.length};
    default: return {to_number(answer.value), to_number(answer.value, 8)};
  }
}

}  // namespace weft::model
