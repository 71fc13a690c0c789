// SPDX-License-Identifier: Apache-2.0
//
// Everything but control: variables, numbers, memory, tables.
#include <utility>

#include "interp/function_lowerer.h"

namespace weft {
namespace {

/// Of an instruction with one result, the type of which is the same for every memory and table.
ValType result_type(Op op) { return facts(op).results[0]; }

}  // namespace

void FunctionLowerer::lower(const Instr& instr) {
  switch (facts(instr.op).instr_class) {
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
    case InstrClass::atomic_fence: return emit(Opcode(Form::plain, instr.op), abcd(0));
    case InstrClass::vector: return lower_vector(instr);
    case InstrClass::vector_load: return has_lane(instr.op) ? lower_lane_load(instr) : lower_load(instr);
    case InstrClass::vector_store: return has_lane(instr.op) ? lower_lane_store(instr) : lower_store(instr);
  }
}

void FunctionLowerer::lower_parametric(const Instr& instr) {
  if (instr.op == Op::drop) {
    const Entry value = pop();
    if (const auto place = accumulated_in(value)) take(value, set_of(*place));  // whose slot is then not written
    return;
  }
  const Entry condition = pop();
  const bool is_vector = slots(stack_.back().type) == 2;
  const Opcode code = is_vector ? Internal::select_v128 : Internal::select;
  const Operand from_condition = take(condition, places_of(code).first);
  const Entry second = pop(), first = pop();
  const uint16_t from_second = read(second), from_first = read(first);
  emit(code.with(from_condition.place), abcd(top_, from_first, from_second, from_condition.slot));
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
      emit(slots(type) == 2 ? Internal::global_get_v128 : Internal::global_get, ab_imm(top_, 0, instr.a));
      return push_result(type);
    }
    default: {
      const Entry value = pop();
      if (slots(value.type) == 2) return emit(Internal::global_set_v128, ab_imm(0, read(value), instr.a));
      const Operand from = take_integer(value, places_of(Internal::global_set).first);
      return emit(Opcode(Internal::global_set).with(from.place), ab_imm(0, from.slot, instr.a));
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
    overwritten(slot);
    for (Accumulators& accumulators : accumulated_) {
      Accumulated& result = accumulators.in(Place::accumulator);
      if (result.producer == producer_) result = {slot, kNone};
    }
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
    emit(Internal::ref_is_null, abcd(top_, from));
    push_result(ValType::i32);
  } else {
    emit(Internal::ref_func, ab_imm(top_, 0, instr.a));
    push_result(ValType::funcref);
  }
}

void FunctionLowerer::lower_numeric(const Instr& instr) {
  const Opcode code(Form::plain, instr.op);
  const Places places = places_of(code);
  if (facts(instr.op).operand_count == 1) {
    const Operand operand = take(pop(), places.first);
    emit(code.with(operand.place), abcd(top_, operand.slot));
    return push_result(result_type(instr.op));
  }
  Entry rhs = pop(), lhs = pop();
  const auto is_current = [this](const Entry& entry) { return accumulated_in(entry) == Place::accumulator; };
  const bool swaps =
      lhs.kind == Entry::Kind::constant ? rhs.kind != Entry::Kind::constant : is_current(rhs) && !is_current(lhs);
  if (swaps && commutes(instr.op)) std::swap(lhs, rhs);
  PlaceSet first = places.first, second = places.second;
  const auto left_in = accumulated_in(lhs), right_in = accumulated_in(rhs);
  if (left_in && right_in && left_in != right_in && exists(code.with(*left_in, *right_in))) {
    first = set_of(*left_in), second = set_of(*right_in);
  } else {
    first &= static_cast<PlaceSet>(~kPrevious), second &= static_cast<PlaceSet>(~kPrevious);
    if (rhs.kind == Entry::Kind::constant) first &= static_cast<PlaceSet>(~kImmediate);
    // There is one accumulator for both.
    if (is_current(rhs) && !is_current(lhs)) first &= static_cast<PlaceSet>(~kAccumulator);
    if (is_current(lhs)) second &= static_cast<PlaceSet>(~kAccumulator);
  }
  const Operand left = take(lhs, first);
  if (left.place == Place::accumulator) second &= static_cast<PlaceSet>(~kAccumulator);
  const Operand right = take(rhs, second);
  const Opcode placed = code.with(left.place, right.place);
  const Place immediate = Place::immediate;
  if (left.place != immediate && right.place != immediate) {
    emit(placed, abcd(top_, left.slot, right.slot));
  } else if (facts(instr.op).operands[0] == ValType::i32) {
    emit(placed, ab_imm(top_, left.slot, static_cast<uint32_t>(right.value)));
  } else {
    emit(placed, abcd(top_, left.slot, right.slot), left.place == immediate ? left.value : right.value);
  }
  push_result(result_type(instr.op));
}

/// Operands and results lie in as many consecutive slots: their number is too large for four operand fields.
void FunctionLowerer::lower_numeric_pair(const Instr& instr) {
  const size_t arity = facts(instr.op).operand_count;
  for (size_t i = stack_.size() - arity; i < stack_.size(); ++i) settle(stack_[i]);
  truncate(stack_.size() - arity, stack_[stack_.size() - arity].slot);
  emit(Opcode(Form::plain, instr.op), abcd(top_, top_, top_ + 1));
  overwritten(top_), overwritten(top_ + 1);
  push(Entry::Kind::slot, ValType::i64);
  push(Entry::Kind::slot, ValType::i64);
}

Opcode FunctionLowerer::access_code(const Instr& instr) const {
  const MemoryType& memory = facts_.memories[instr.a];
  if (instr.a != 0 || memory.address == ValType::i64) return {Form::wide, instr.op};
  if (info(instr.op).feature == Feature::threads) return {Form::plain, instr.op};  // atomic whether shared or not
  return {memory.shared ? Form::shared : Form::plain, instr.op};
}

Operand FunctionLowerer::take_address(const Entry& address, PlaceSet places, uint64_t& offset) {
  if (address.kind == Entry::Kind::constant && (places & kImmediate) != 0) {
    const uint64_t sum = static_cast<uint32_t>(address.value) + offset;
    if (sum > ~uint32_t{0}) return {Place::slot, read(address)};
    offset = sum;
    return {Place::immediate};
  }
  return take(address, static_cast<PlaceSet>(places & ~kImmediate));
}

void FunctionLowerer::emit_access(Opcode code, const Instr& instr, Cell operands, uint64_t offset) {
  emit(code, operands, offset);
  if (code.form == Form::wide) out_.cells.push_back(Cell{.u = instr.a});
}

void FunctionLowerer::lower_load(const Instr& instr) {
  const Opcode code = access_code(instr);
  const Entry address = pop();
  uint64_t offset = instr.lo;
  const Operand base = take_address(address, places_of(code).first, offset);
  if (code.form == Form::wide) {
    emit_access(code, instr, abcd(top_, base.slot), offset);
  } else {
    emit(code.with(base.place), ab_imm(top_, base.slot, static_cast<uint32_t>(offset)));
  }
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_store(const Instr& instr) {
  const Opcode code = access_code(instr);
  const Places places = places_of(code);
  const Entry value = pop(), address = pop();
  if (code.form == Form::wide) {
    const uint16_t at = read(address), from = read(value);
    return emit_access(code, instr, abcd(at, from), instr.lo);
  }
  uint64_t offset = instr.lo;
  // An integer is in the same accumulators as the address.
  const bool is_integer = accumulator_of(value.type) == 0;
  const auto value_in = is_integer ? accumulated_in(value) : std::nullopt, address_in = accumulated_in(address);
  const bool both =
      value_in == Place::accumulator && address_in == Place::previous && exists(code.with(*address_in, *value_in));
  PlaceSet first = places.first, second = static_cast<PlaceSet>(places.second & ~kPrevious);
  if (!both) first &= static_cast<PlaceSet>(~kPrevious);
  if (is_integer && address_in == Place::accumulator) second &= static_cast<PlaceSet>(~kAccumulator);
  const Operand base = take_address(address, first, offset);
  const Operand from = take(value, second);
  const Cell operands = ab_imm(base.slot, from.slot, static_cast<uint32_t>(offset));
  const Opcode placed = code.with(base.place, from.place);
  if (from.place == Place::immediate) return emit(placed, operands, from.value);
  emit(placed, operands);
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
  emit(Opcode(Form::plain, instr.op), abcd(top_, operands[0], operands[1], operands[2]));
  if (row.immediate == Immediate::lanes) {
    out_.cells.push_back(Cell{.u = instr.lo});
    out_.cells.push_back(Cell{.u = instr.hi});
  }
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_lane_load(const Instr& instr) {
  const uint16_t vector = read(pop()), address = read(pop());
  emit_access(access_code(instr), instr, abcd(top_, address, vector, instr.lane), instr.lo);
  push_result(ValType::v128);
}

void FunctionLowerer::lower_lane_store(const Instr& instr) {
  const uint16_t vector = read(pop()), address = read(pop());
  emit_access(access_code(instr), instr, abcd(address, vector, 0, instr.lane), instr.lo);
}

void FunctionLowerer::lower_atomic(const Instr& instr) {
  const Opcode code = access_code(instr);
  const Places places = places_of(code);
  Entry entries[3];
  const size_t count = facts(instr.op).operand_count;
  for (size_t i = count; i-- > 0;) entries[i] = pop();
  uint64_t offset = instr.lo;
  const uint16_t third = count > 2 ? read(entries[2]) : uint16_t{0};
  PlaceSet second = places.second;
  if (accumulated_in(entries[0]) == Place::accumulator) second &= static_cast<PlaceSet>(~kAccumulator);
  if (!fits_operand_cell(entries[1].value)) second &= static_cast<PlaceSet>(~kImmediate);
  const Operand base = take_address(entries[0], places.first, offset);
  const Operand operand = count > 1 ? take(entries[1], second) : Operand();
  const Opcode placed = code.with(base.place, operand.place);
  if (operand.place == Place::immediate) {
    emit_access(placed, instr, ab_imm(top_, base.slot, static_cast<uint32_t>(operand.value)), offset);
  } else {
    emit_access(placed, instr, abcd(top_, base.slot, operand.slot, third), offset);
  }
  push_result(result_type(instr.op));
}

void FunctionLowerer::lower_memory(const Instr& instr) {
  uint16_t operands[3] = {};
  const Opcode code(Form::plain, instr.op);
  for (size_t i = facts(instr.op).operand_count; i-- > 0;) operands[i] = read(pop());
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
  const Opcode code(Form::plain, instr.op);
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
