// SPDX-License-Identifier: Apache-2.0
//
// The observed engine: one instruction at a time, counted, traced, and announced when others can see it.
#include <fmt/format.h>

#include "interp/execute.h"
#include "interp/handlers_memory.h"
#include "interp/handlers_vector.h"
#include "interp/statistics.h"

namespace weft {
namespace {

/// The lowest `bytes` of a value: what an access of that width stores or compares.
uint64_t low(uint64_t value, uint64_t bytes) { return value & ~uint64_t{0} >> (64 - 8 * bytes); }

/// The lane of `bytes` bytes that a store takes from the vector in these slots.
uint64_t lane_of(const Slot* vector, uint16_t lane, uint64_t bytes) {
  const uint64_t bit = 8 * bytes * lane;
  return low(vector[bit / 64] >> bit % 64, bytes);
}

/// A loaded number of `row.access` bytes as the instruction's result: sign-extended where its name says so.
Slot extend(const InstrInfo& row, uint64_t raw) {
  const int unused = 64 - 8 * row.access;
  raw = raw << unused >> unused;
  if (!row.text.ends_with("_s")) return raw;
  const int64_t wide = static_cast<int64_t>(raw << unused) >> unused;
  return row.results() == "i" ? static_cast<uint32_t>(wide) : static_cast<uint64_t>(wide);
}

/// The memory that the next instruction works on (of a copy: the destination); null when it is none that does.
Memory* accessed_memory(const Registers& r) {
  const Opcode code = opcode_at_pc(r);
  const InstrInfo& row = info(code.op());
  if (code.form == Form::wide) return r.instance->memories[r.pc[3].u].get();
  if (row.instr_class == InstrClass::memory) {
    if (code.op() == Op::data_drop) return nullptr;
    return r.instance->memories[code.op() == Op::memory_init ? r.pc[2].u >> 32 : r.pc[2].u & 0xffffffff].get();
  }
  return row.access != 0 ? r.instance->memory0 : nullptr;
}

/// Gives a vector load what its observer says that memory has.
template <Op op>
void finish_load(Registers& r, Answer answer) {
  using Stored = typename VectorLoad<op>::Stored;
  if constexpr (sizeof(Stored) == 16) {
    VectorLoad<op>::finish(r, Stored{answer.low, answer.high});
  } else {
    VectorLoad<op>::finish(r, static_cast<Stored>(answer.low));
  }
}
void finish_vector_load(Registers& r, Op op, Answer answer) {
  switch (op) {
#define INSTR(...)
#define VECTOR(prefix, code, name, text, cls, ...)                                              \
  case Op::name:                                                                                \
    if constexpr (InstrClass::cls == InstrClass::vector_load) finish_load<Op::name>(r, answer); \
    break;
#include "interp/instructions.inc"
    default: break;
  }
}

std::string location(const Registers& r) {
  const LoweredModule* code = r.instance == nullptr ? nullptr : &r.instance->code->code(Engine::observed);
  if (code == nullptr || !code->contains(r.pc)) return name_of(opcode_at_pc(r));  // a stub
  return fmt::format("{}+{:#x}: {}", r.instance->module().function_name(code->function_at(r.pc).index),
                     code->offset_at(r.pc), print_instruction(*code, r.pc));
}

}  // namespace

std::optional<Action> describe_action(const Registers& r) {
  const Opcode code = opcode_at_pc(r);
  if (code.form == Form::internal) return std::nullopt;
  const Op op = code.op();
  const InstrInfo& row = info(op);
  Action action;
  action.op = op;
  if (row.instr_class == InstrClass::atomic_fence) {
    action.kind = Action::Kind::fence, action.atomic = true;
    return action;
  }
  const bool wide = code.form == Form::wide;
  Memory* memory = accessed_memory(r);
  if (memory == nullptr) return std::nullopt;
  if (op == Op::memory_copy) action.source = r.instance->memories[r.pc[2].u >> 32].get();
  if (!memory->shared() && (action.source == nullptr || !action.source->shared())) return std::nullopt;
  action.memory = memory;
  action.width = row.access;
  action.atomic = row.feature == Feature::threads;
  const Cell& operands = r.pc[1];
  const auto slot = [&r](uint16_t index) { return r.fp[index]; };
  const auto access = [&](Action::Kind kind, uint64_t address) -> std::optional<Action> {
    action.kind = kind, action.address = address;
    if (wide && address < r.pc[2].u) return std::nullopt;  // the sum has wrapped
    const bool traps = !memory->in_bounds(address, action.width) || (action.atomic && address % action.width != 0);
    return traps ? std::nullopt : std::optional(action);
  };
  const auto address = [&](uint16_t base, uint64_t offset) {
    return wide ? slot(base) + r.pc[2].u : effective_address(slot(base), offset);
  };
  switch (row.instr_class) {
    case InstrClass::load:
    case InstrClass::atomic_load: return access(Action::Kind::load, address(operands.i.b, operands.i.imm));
    case InstrClass::store:
    case InstrClass::atomic_store:
      action.operand = low(code.second == Place::immediate ? r.pc[2].u : slot(operands.i.b), action.width);
      return access(Action::Kind::store, address(operands.i.a, operands.i.imm));
    case InstrClass::vector_load:
      return access(Action::Kind::load, address(operands.s.b, has_lane(op) ? r.pc[2].u : operands.i.imm));
    case InstrClass::vector_store:
      if (has_lane(op)) {
        action.operand = lane_of(r.fp + operands.s.b, operands.s.d, action.width);
      } else {
        action.operand = slot(operands.i.b), action.operand_high = r.fp[operands.i.b + 1];
      }
      return access(Action::Kind::store, address(operands.s.a, has_lane(op) ? r.pc[2].u : operands.i.imm));
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_notify:
      action.operand = low(slot(operands.s.c), action.width);
      return access(row.instr_class == InstrClass::atomic_rmw ? Action::Kind::rmw : Action::Kind::notify,
                    address(operands.s.b, r.pc[2].u));
    case InstrClass::atomic_cmpxchg:
      action.expected = low(slot(operands.s.c), action.width);
      action.operand = low(slot(operands.s.d), action.width);
      return access(Action::Kind::cmpxchg, address(operands.s.b, r.pc[2].u));
    case InstrClass::atomic_wait:
      action.expected = low(slot(operands.s.c), action.width);
      action.timeout = static_cast<int64_t>(slot(operands.s.d));
      return access(Action::Kind::wait, address(operands.s.b, r.pc[2].u));
    case InstrClass::memory: break;
    default: return std::nullopt;
  }
  switch (op) {
    case Op::memory_size: action.kind = Action::Kind::size, action.atomic = true; return action;
    case Op::memory_grow:
      action.kind = Action::Kind::grow, action.atomic = true;
      action.operand = slot(operands.s.b);
      return action;
    case Op::memory_fill:
    case Op::memory_copy:
    case Op::memory_init: {
      action.width = slot(operands.s.c);
      action.operand = op == Op::memory_fill ? static_cast<uint8_t>(slot(operands.s.b)) : slot(operands.s.b);
      if (op == Op::memory_copy && !action.source->in_bounds(action.operand, action.width)) return std::nullopt;
      if (op == Op::memory_init) {
        action.segment = r.instance->data[static_cast<uint32_t>(r.pc[2].u)];
        if (action.operand + action.width > action.segment.size()) return std::nullopt;
      }
      action.kind = Action::Kind::bulk, action.address = slot(operands.s.a);
      return memory->in_bounds(action.address, action.width) ? std::optional(action) : std::nullopt;
    }
    default: return std::nullopt;  // data.drop
  }
}

void answer_action(Registers& r, Answer answer) {
  const Opcode code = opcode_at_pc(r);
  const InstrInfo& row = info(code.op());
  if (row.instr_class == InstrClass::vector_load) {
    finish_vector_load(r, code.op(), answer);
  } else if (layout_of(code).starts_with("a=")) {
    const bool loads =
        row.instr_class != InstrClass::atomic_wait && row.instr_class != InstrClass::atomic_notify && row.access != 0;
    const bool is_long = row.instr_class == InstrClass::memory && accessed_memory(r)->address_type() == ValType::i64;
    r.fp[r.pc[1].s.a] = loads ? extend(row, answer.low) : is_long ? answer.low : static_cast<uint32_t>(answer.low);
  }
  r.pc += cells_of(code);
}

void run_observed(Registers r, Observation& observation, bool pending, std::optional<Answer> answer) {
  for (;; pending = false) {
    // Never stale, so that no instruction is run again, and announced, counted and traced again, because another agent
    // grew the memory.
    if (r.instance != nullptr && r.instance->memory0 != nullptr) r.memory_size = r.instance->memory0->size();
    if (!pending && observation.pause_at_actions) {
      if (const std::optional<Action> action = describe_action(r)) return Machine::pause(r, *action);
    }
    if (observation.fuel) {
      if (*observation.fuel == 0) return static_cast<void>(Machine::recover(r, Trap::fuel_exhausted));
      --*observation.fuel;
    }
    if (observation.counts) observation.counts->add(r.pc);
    if (observation.trace) observation.trace(location(r));
    if (pending && answer) {
      answer_action(r, *answer);
    } else if (!step(r)) {
      return;
    }
  }
}

}  // namespace weft
