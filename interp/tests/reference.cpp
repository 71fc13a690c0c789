// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/reference.h"

#include <bit>

#include "interp/numeric.h"

namespace weft::testing {

ValType type_of(char letter, AddressType address) { return value_type(letter).value_or(address); }

FuncType type_of(const InstrInfo& row, AddressType address) {
  FuncType type;
  for (const char letter : row.operands()) type.params.push_back(type_of(letter, address));
  for (const char letter : row.results()) type.results.push_back(type_of(letter, address));
  return type;
}

// --- operators
// --------------------------------------------------------------------------------------------------------

namespace {

template <class T>
Slot to_slot(T value) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<uint32_t>(value);
  else
    return std::bit_cast<uint64_t>(value);
}
template <class T>
T from_slot(Slot slot) {
  if constexpr (sizeof(T) == 4)
    return std::bit_cast<T>(static_cast<uint32_t>(slot));
  else
    return std::bit_cast<T>(slot);
}
template <class T>
Computed computed(T value) {
  return {to_slot(value)};
}
template <class T>
Computed computed(numeric::Partial<T> partial) {
  return {to_slot(partial.value), partial.trap};
}

template <class R, class A>
Computed apply(R (*function)(A), Slot a, Slot) {
  return computed(function(from_slot<A>(a)));
}
template <class R, class A>
Computed apply(R (*function)(A, A), Slot a, Slot b) {
  return computed(function(from_slot<A>(a), from_slot<A>(b)));
}

}  // namespace

Computed compute(Op op, Slot a, Slot b) {
  switch (op) {
#define INSTR(...)
#define NUMERIC(prefix, code, name, ...) \
  case Op::name: return apply(&numeric::name, a, b);
#include "interp/instructions.inc"
    default: return {};
  }
}

bool is_numeric_row(Op op) { return info(op).instr_class == InstrClass::numeric; }

// --- accesses
// ---------------------------------------------------------------------------------------------------------

Computed ReferenceMemory::access(Op op, uint64_t address, uint64_t x, uint64_t y) {
  const InstrInfo& row = info(op);
  const uint64_t width = row.access, mask = width == 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * width) - 1;
  const bool atomic = row.feature == Feature::threads;
  if (atomic && address % width != 0) return {0, Trap::unaligned_atomic};
  if (address > bytes.size() || width > bytes.size() - address) return {0, Trap::out_of_bounds_memory_access};
  uint64_t old = 0;
  for (uint64_t i = width; i-- > 0;) old = old << 8 | bytes[address + i];
  uint64_t updated = old;
  if (atomic && row.code >= 0x1e) {  // by the opcode's place in the table: seven widths for each operator
    switch ((row.code - 0x1e) / 7) {
      case 0: updated = old + x; break;
      case 1: updated = old - x; break;
      case 2: updated = old & x; break;
      case 3: updated = old | x; break;
      case 4: updated = old ^ x; break;
      case 5: updated = x; break;
      default: updated = old == (x & mask) ? y : old; break;
    }
  } else if (row.results().empty()) {
    updated = x;
  }
  for (uint64_t i = 0; i < width; ++i) bytes[address + i] = static_cast<uint8_t>(updated >> 8 * i);
  const bool negative = (old >> (8 * width - 1) & 1) != 0;
  if (row.text.ends_with("_s") && negative) old |= row.results() == "i" ? 0xffffffff & ~mask : ~mask;
  return {old};
}

// --- bodies
// -----------------------------------------------------------------------------------------------------------

struct ReferenceInterpreter::Activation {
  struct Label {
    uint32_t target;  ///< where a branch goes on
    bool is_loop;
    size_t arity, height;
  };
  uint32_t function;
  const Expr& code;
  std::vector<Slot> locals, stack;
  std::vector<Label> labels;
  uint32_t pc = 0;

  Slot pop() {
    const Slot value = stack.back();
    stack.pop_back();
    return value;
  }
  uint32_t pop32() { return static_cast<uint32_t>(pop()); }
};

ReferenceInterpreter::ReferenceInterpreter(const Module& module) : module_(module) {
  for (const Global& global : module.globals) globals.push_back(global.init.body[0].lo);
  for (const Function& function : module.functions) {
    const std::vector<Instr>& body = function.code.body;
    std::vector<uint32_t>& ends = ends_.emplace_back(body.size());
    std::vector<uint32_t>& elses = elses_.emplace_back(body.size());
    std::vector<uint32_t> open;
    for (uint32_t pc = 0; pc < body.size(); ++pc) {
      switch (body[pc].op) {
        case Op::block:
        case Op::loop:
        case Op::if_: open.push_back(pc); break;
        case Op::else_: elses[open.back()] = pc; break;
        case Op::end:
          if (open.empty()) break;
          ends[open.back()] = pc;
          if (elses[open.back()] == 0)
            elses[open.back()] = pc;
          else
            ends[elses[open.back()]] = pc;
          open.pop_back();
          break;
        default: break;
      }
    }
  }
}

std::optional<std::vector<Slot>> ReferenceInterpreter::call(uint32_t function, const std::vector<Slot>& arguments) {
  const Function& callee = module_.functions[function];
  const FuncType& type = module_.types[callee.type];
  Activation activation{function, callee.code, arguments, {}, {}};
  activation.locals.resize(arguments.size() + callee.locals.size());
  const auto size = static_cast<uint32_t>(callee.code.body.size());
  activation.labels.push_back({size, false, type.results.size(), 0});
  while (activation.pc < size) {
    if (!step(activation)) return std::nullopt;
  }
  return activation.stack;
}

bool ReferenceInterpreter::branch(Activation& a, uint32_t depth) {
  const Activation::Label label = a.labels[a.labels.size() - 1 - depth];
  a.stack.erase(a.stack.begin() + static_cast<ptrdiff_t>(label.height),
                a.stack.end() - static_cast<ptrdiff_t>(label.arity));
  a.labels.resize(a.labels.size() - 1 - depth);
  a.pc = label.target;  // a loop's own instruction, which enters it again
  return true;
}

bool ReferenceInterpreter::step(Activation& a) {
  const Instr& instr = a.code.body[a.pc];
  const auto give = [&](const Computed& computed) {
    if (computed.trap != Trap::none) return trap = computed.trap, false;
    a.stack.push_back(computed.value);
    return ++a.pc, true;
  };
  const auto element = [&](uint32_t index) {  // the table is full: element i is function i
    if (index >= module_.functions.size()) return trap = Trap::undefined_element, false;
    if (module_.functions[index].type != instr.a) return trap = Trap::indirect_call_type_mismatch, false;
    return true;
  };
  const auto return_all = [&] { return branch(a, static_cast<uint32_t>(a.labels.size()) - 1); };
  const auto invoke = [&](uint32_t function) {
    const size_t count = module_.function_type(function).params.size();
    const auto first = a.stack.end() - static_cast<ptrdiff_t>(count);
    const auto results = call(function, std::vector<Slot>(first, a.stack.end()));
    if (!results) return false;
    a.stack.resize(a.stack.size() - count);
    a.stack.insert(a.stack.end(), results->begin(), results->end());
    return ++a.pc, true;
  };
  if (is_numeric_row(instr.op)) {
    const Slot b = info(instr.op).operands().size() == 2 ? a.pop() : 0, x = a.pop();
    return give(compute(instr.op, x, b));
  }
  if (info(instr.op).access != 0 && instr.op != Op::memory_atomic_notify) {
    const size_t count = info(instr.op).operands().size();
    const Slot y = count > 2 ? a.pop() : 0, x = count > 1 ? a.pop() : 0;
    const Computed computed = memory.access(instr.op, uint64_t{a.pop32()} + instr.lo, x, y);
    if (!give(computed)) return false;
    if (info(instr.op).results().empty()) a.stack.pop_back();
    return true;
  }
  switch (instr.op) {
    case Op::unreachable: return trap = Trap::unreachable, false;
    case Op::block:
    case Op::loop:
    case Op::if_: {
      FuncType type;
      if (const BlockType block = BlockType::from(instr); block.is_type_index())
        type = module_.types[block.type_index()];
      else if (!block.is_empty())
        type.results = {block.value_type()};
      const bool skip = instr.op == Op::if_ && a.pop32() == 0;
      const uint32_t end = ends_[a.function][a.pc], else_ = elses_[a.function][a.pc];
      const size_t height = a.stack.size() - type.params.size();
      if (instr.op == Op::loop)
        a.labels.push_back({a.pc, true, type.params.size(), height});
      else
        a.labels.push_back({end + 1, false, type.results.size(), height});
      a.pc = skip ? else_ + (else_ == end ? 0 : 1) : a.pc + 1;
      return true;
    }
    case Op::else_: a.pc = ends_[a.function][a.pc]; return true;  // the first arm ended
    case Op::end: a.labels.pop_back(); return ++a.pc, true;
    case Op::br: return branch(a, instr.a);
    case Op::br_if: return a.pop32() != 0 ? branch(a, instr.a) : (++a.pc, true);
    case Op::br_table: return branch(a, a.code.pool[instr.a + std::min(a.pop32(), instr.b)]);
    case Op::return_: return return_all();
    case Op::return_call: return invoke(instr.a) && return_all();
    case Op::return_call_indirect: {
      const uint32_t index = a.pop32();
      return element(index) && invoke(index) && return_all();
    }
    case Op::call: return invoke(instr.a);
    case Op::call_indirect: {
      const uint32_t index = a.pop32();
      return element(index) && invoke(index);
    }
    case Op::drop: a.pop(); break;
    case Op::select: {
      const uint32_t condition = a.pop32();
      const Slot second = a.pop(), first = a.pop();
      a.stack.push_back(condition != 0 ? first : second);
      break;
    }
    case Op::local_get: a.stack.push_back(a.locals[instr.a]); break;
    case Op::local_set: a.locals[instr.a] = a.pop(); break;
    case Op::local_tee: a.locals[instr.a] = a.stack.back(); break;
    case Op::global_get: a.stack.push_back(globals[instr.a]); break;
    case Op::global_set: globals[instr.a] = a.pop(); break;
    case Op::memory_size: a.stack.push_back(1); break;
    default: a.stack.push_back(instr.lo); break;  // constants
  }
  return ++a.pc, true;
}

}  // namespace weft::testing
