// SPDX-License-Identifier: Apache-2.0
//
// Everything but control: variables, numbers, memory, tables.
#include <utility>

#include "interp/function_lowerer.h"

namespace weft {
namespace {

constexpr bool commutes(Op op) {
  switch (op) {
    case Op::i32_add:
    case Op::i32_mul:
    case Op::i32_and:
    case Op::i32_or:
    case Op::i32_xor:
    case Op::i32_eq:
    case Op::i32_ne:
    case Op::i64_add:
    case Op::i64_mul:
    case Op::i64_and:
    case Op::i64_or:
    case Op::i64_xor:
    case Op::i64_eq:
    case Op::i64_ne: return true;
    default: return false;
  }
}

/// Of an instruction with one result, the type of which is the same for every memory and table.
ValType result_type(Op op) { return *value_type(info(op).results()[0]); }

}  // namespace

void FunctionLowerer::lower(const Instr& instr) {
  const InstrInfo& row = info(instr.op);
  switch (row.instr_class) {
    case InstrClass::control: return lower_control(instr);
    case InstrClass::parametric: return lower_parametric(instr);
    case InstrClass::variable: return lower_variable(instr);
    case InstrClass::reference: return lower_reference(instr);
    case InstrClass::table: return lower_table(instr);
    case InstrClass::memory: return lower_memory(instr);
    case InstrClass::constant: push(Entry::Kind::constant, result_type(instr.op), instr.lo); return;
    case InstrClass::numeric: return lower_numeric(instr);
    case InstrClass::numeric_pair: return lower_numeric_pair(instr);
    case InstrClass::exception: return lower_exception(instr);
    case InstrClass::load:
    case InstrClass::atomic_load: return lower_load(instr);
    case InstrClass::store:
    case InstrClass::atomic_store: return lower_store(instr);
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_cmpxchg:
    case InstrClass::atomic_wait:
    case InstrClass::atomic_notify: return lower_atomic(instr);
    case InstrClass::atomic_fence: return emit(code_index(Form::s, instr.op), abcd(0));
    case InstrClass::vector: return lower_vector(instr);
    case InstrClass::vector_load: return has_lane(instr.op) ? lower_lane_load(instr) : lower_load(instr);
    case InstrClass::vector_store: return has_lane(instr.op) ? lower_lane_store(instr) : lower_store(instr);
  }
}

void FunctionLowerer::lower_parametric(const Instr& instr) {
  if (instr.op == Op::drop) return static_cast<void>(pop());
  const uint16_t condition = read(pop());
  const Entry second = pop(), first = pop();
  const uint16_t from_second = read(second), from_first = read(first);
  emit(code_index(slots(first.type) == 2 ? Internal::select_v128 : Internal::select),
       abcd(top_, from_first, from_second, condition));
  push_result(first.type);
}

void FunctionLowerer::lower_variable(const Instr& instr) {
  switch (instr.op) {
    case Op::local_get: push(Entry::Kind::local, locals_[instr.a].type, locals_[instr.a].slot); return;
    case Op::local_set: return set_local(locals_[instr.a].slot);
    case Op::local_tee:
      set_local(locals_[instr.a].slot);
      push(Entry::Kind::local, locals_[instr.a].type, locals_[instr.a].slot);
      return;
    case Op::global_get: {
      const ValType type = facts_.global_types[instr.a];
      emit(code_index(slots(type) == 2 ? Internal::global_get_v128 : Internal::global_get), ab_imm(top_, 0, instr.a));
      return push_result(type);
    }
    default: {
      const Entry value = pop();
      const uint16_t from = read(value);
      return emit(code_index(slots(value.type) == 2 ? Internal::global_set_v128 : Internal::global_set),
                  ab_imm(0, from, instr.a));
    }
  }
}

void FunctionLowerer::set_local(uint32_t slot) {
  const Entry value = pop();
  const bool produced = just_produced(value);
  // Whoever pushed the local before this assignment shall see its old value. Where many could have, all get their own
  // slot, once, so that lowering takes linear time whatever the code.
  constexpr size_t kMany = 64;
  bool read_before = stack_.size() - settled_ > kMany;
  if (read_before) settle_locals();
  for (size_t i = settled_; i < stack_.size(); ++i) {
    if (stack_[i].kind == Entry::Kind::local && stack_[i].value == slot) settle(stack_[i]), read_before = true;
  }
  if (produced && !read_before) {
    out_.cells[producer_ + 1].s.a = narrow(slot);
    producer_ = kNone;
  } else {
    place(value, slot);
  }
}

void FunctionLowerer::lower_reference(const Instr& instr) {
  if (instr.op == Op::ref_null) {
    push(Entry::Kind::constant, static_cast<ValType>(instr.a), 0);
  } else if (instr.op == Op::ref_is_null) {
    const uint16_t from = read(pop());
    emit(code_index(Internal::ref_is_null), abcd(top_, from));
    push_result(ValType::i32);
  } else {
    emit(code_index(Internal::ref_func), ab_imm(top_, 0, instr.a));
    push_result(ValType::funcref);
  }
}

void FunctionLowerer::lower_numeric(const Instr& instr) {
  const size_t arity = info(instr.op).operands().size();
  if (arity == 1) {
    const uint16_t operand = read(pop());
    emit(code_index(Form::s, instr.op), abcd(top_, operand));
    return push_result(result_type(instr.op));
  }
  Entry rhs = pop(), lhs = pop();
  if (lhs.kind == Entry::Kind::constant && commutes(instr.op)) std::swap(lhs, rhs);
  if (fits_immediate(rhs)) {
    const uint16_t from = read(lhs);
    emit(code_index(Form::i, instr.op), ab_imm(top_, from, static_cast<uint32_t>(rhs.value)));
  } else {
    const uint16_t left = read(lhs), right = read(rhs);
    emit(code_index(Form::s, instr.op), abcd(top_, left, right));
  }
  push_result(result_type(instr.op));
}

bool FunctionLowerer::fits_immediate(const Entry& entry) {
  if (entry.kind != Entry::Kind::constant) return false;
  if (entry.type == ValType::i32) return true;
  return entry.type == ValType::i64 && static_cast<int64_t>(entry.value) == static_cast<int32_t>(entry.value);
}

/// Operands and results lie in as many consecutive slots: their number is too large for four operand fields.
void FunctionLowerer::lower_numeric_pair(const Instr& instr) {
  const size_t arity = info(instr.op).operands().size();
  for (size_t i = stack_.size() - arity; i < stack_.size(); ++i) settle(stack_[i]);
  truncate(stack_.size() - arity, stack_[stack_.size() - arity].slot);
  emit(code_index(Form::s, instr.op), abcd(top_, top_, top_ + 1));
  push(Entry::Kind::slot, ValType::i64);
  push(Entry::Kind::slot, ValType::i64);
}

Form FunctionLowerer::access_form(const Instr& instr, bool immediate) const {
  const MemoryType& memory = facts_.memories[instr.a];
  if (instr.a != 0 || memory.address == ValType::i64) return Form::wide;
  if (info(instr.op).feature == Feature::threads) return Form::s;  // atomic whether shared or not
  return immediate ? (memory.shared ? Form::shared_i : Form::i) : (memory.shared ? Form::shared_s : Form::s);
}

void FunctionLowerer::emit_access(const Instr& instr, Cell operands) {
  const Form form = access_form(instr);
  emit(code_index(form, instr.op), operands, instr.lo);
  if (form == Form::wide) out_.cells.push_back(Cell{.u = instr.a});
}

void FunctionLowerer::lower_load(const Instr& instr) {
  const uint16_t address = read(pop());
  if (const Form form = access_form(instr); form == Form::wide) {
    emit_access(instr, abcd(top_, address));
  } else {
    emit(code_index(form, instr.op), ab_imm(top_, address, static_cast<uint32_t>(instr.lo)));
  }
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_store(const Instr& instr) {
  const Entry value = pop();
  const Entry address = pop();
  const uint32_t offset = static_cast<uint32_t>(instr.lo);
  if (access_form(instr) == Form::wide) {
    const uint16_t at = read(address), from = read(value);
    return emit_access(instr, abcd(at, from));
  }
  if (value.kind == Entry::Kind::constant && info(instr.op).instr_class == InstrClass::store) {
    const uint16_t at = read(address);
    return emit(code_index(access_form(instr, true), instr.op), ab_imm(at, 0, offset), value.value);
  }
  const uint16_t at = read(address), from = read(value);
  emit(code_index(access_form(instr), instr.op), ab_imm(at, from, offset));
}

void FunctionLowerer::lower_vector(const Instr& instr) {
  if (instr.op == Op::v128_const) {
    push(Entry::Kind::constant, ValType::v128, instr.lo).high = instr.hi;
    return;
  }
  const InstrInfo& row = info(instr.op);
  uint16_t operands[3] = {};
  for (size_t i = row.operands().size(); i-- > 0;) operands[i] = read(pop());
  if (row.immediate == Immediate::lane) operands[2] = instr.lane;
  emit(code_index(Form::s, instr.op), abcd(top_, operands[0], operands[1], operands[2]));
  if (row.immediate == Immediate::lanes) {
    out_.cells.push_back(Cell{.u = instr.lo});
    out_.cells.push_back(Cell{.u = instr.hi});
  }
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_lane_load(const Instr& instr) {
  const uint16_t vector = read(pop()), address = read(pop());
  emit_access(instr, abcd(top_, address, vector, instr.lane));
  push_result(ValType::v128);
}

void FunctionLowerer::lower_lane_store(const Instr& instr) {
  const uint16_t vector = read(pop()), address = read(pop());
  emit_access(instr, abcd(address, vector, 0, instr.lane));
}

void FunctionLowerer::lower_atomic(const Instr& instr) {
  uint16_t operands[3] = {};
  for (size_t i = info(instr.op).operands().size(); i-- > 0;) operands[i] = read(pop());
  emit_access(instr, abcd(top_, operands[0], operands[1], operands[2]));
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_memory(const Instr& instr) {
  uint16_t operands[3] = {};
  const CodeIndex code = code_index(Form::s, instr.op);
  for (size_t i = info(instr.op).operands().size(); i-- > 0;) operands[i] = read(pop());
  switch (instr.op) {
    case Op::memory_size:
    case Op::memory_grow: emit(code, abcd(top_, operands[0]), instr.a); return push_result(address_type(instr));
    case Op::memory_fill: return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a);
    case Op::data_drop: return emit(code, ab_imm(0, 0, instr.a));
    default:  // memory.copy, memory.init
      return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a | uint64_t{instr.b} << 32);
  }
}

void FunctionLowerer::lower_table(const Instr& instr) {
  const CodeIndex code = code_index(Form::s, instr.op);
  uint16_t operands[3] = {};
  const auto pop_operands = [&](size_t count) {
    while (count-- > 0) operands[count] = read(pop());
  };
  switch (instr.op) {
    case Op::table_get:
      pop_operands(1);
      emit(code, abcd(top_, operands[0]), instr.a);
      return push_result(facts_.tables[instr.a].element);
    case Op::table_set: pop_operands(2); return emit(code, abcd(operands[0], operands[1]), instr.a);
    case Op::table_size: emit(code, abcd(top_), instr.a); return push_result(facts_.tables[instr.a].address);
    case Op::table_grow:
      pop_operands(2);
      emit(code, abcd(top_, operands[0], operands[1]), instr.a);
      return push_result(facts_.tables[instr.a].address);
    case Op::table_fill: pop_operands(3); return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a);
    case Op::elem_drop: return emit(code, ab_imm(0, 0, instr.a));
    default:  // table.copy, table.init
      pop_operands(3);
      return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a | uint64_t{instr.b} << 32);
  }
}

}  // namespace weft
