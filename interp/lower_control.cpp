// SPDX-License-Identifier: Apache-2.0
//
// Branches, blocks and calls (exec-instr-control).
#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "interp/function_lowerer.h"

namespace weft {
namespace {

/// The comparison of integers that holds when this one does not. Of i32.eqz there is none with its operands.
constexpr std::optional<Op> opposite(Op op) {
  switch (op) {
#define PAIR(x, y)          \
  case Op::x: return Op::y; \
  case Op::y: return Op::x;
    PAIR(i32_eq, i32_ne)
    PAIR(i32_lt_s, i32_ge_s)
    PAIR(i32_lt_u, i32_ge_u)
    PAIR(i32_gt_s, i32_le_s)
    PAIR(i32_gt_u, i32_le_u)
    PAIR(i64_eq, i64_ne)
    PAIR(i64_lt_s, i64_ge_s)
    PAIR(i64_lt_u, i64_ge_u)
    PAIR(i64_gt_s, i64_le_s)
    PAIR(i64_gt_u, i64_le_u)
#undef PAIR
    default: return std::nullopt;
  }
}

}  // namespace

void FunctionLowerer::settle_many(size_t count, size_t above) {
  if (count <= kFewMoves) return;
  const size_t end = stack_.size() - above;
  for (size_t i = end - count; i < end; ++i) settle(stack_[i]);
}

void FunctionLowerer::move_to(uint32_t slot, size_t count) {
  if (count > kFewMoves) {
    settle_many(count);
    const uint32_t from = stack_[stack_.size() - count].slot;
    if (from != slot) emit(Internal::move, abcd(slot, from, top_ - from)), join();
    return;
  }
  for (size_t i = stack_.size() - count; i < stack_.size(); ++i) {
    place(stack_[i], slot);
    slot += slots(stack_[i].type);
  }
}

bool FunctionLowerer::in_place(const Label& target) const {
  const std::vector<ValType>& types = target.branch_types();
  uint32_t slot = target.slot;
  for (size_t i = stack_.size() - types.size(); i < stack_.size(); ++i) {
    if (stack_[i].kind != Entry::Kind::slot || stack_[i].slot != slot) return false;
    slot += slots(stack_[i].type);
  }
  return true;
}

void FunctionLowerer::jump_to(Label& target) {
  if (is_function(target)) return emit_return();
  move_to(target.slot, target.branch_types().size());
  emit(Internal::jump, abcd(0));
  emit_target(target);
}

void FunctionLowerer::emit_return() {
  const size_t count = type_.results.size();
  if (count == 0) return emit(Internal::return_, ab_imm(0, 0, self_.header));
  if (count == 1 && slots(type_.results[0]) == 1) {
    return emit_return_one(stack_.back());
  }
  if (count > kFewMoves) {
    move_to(0, count);
    return emit(Internal::return_, ab_imm(0, 0, self_.header));
  }
  // The results go where the parameters are: one that is still needed there moves away first.
  std::vector<Entry> results(stack_.end() - static_cast<ptrdiff_t>(count), stack_.end());
  uint32_t slot = 0;
  for (Entry& entry : results) {
    if (entry.kind == Entry::Kind::local && entry.value < slot) settle(entry);
    slot += slots(entry.type);
  }
  slot = 0;
  for (const Entry& entry : results) {
    place(entry, slot);
    slot += slots(entry.type);
  }
  emit(Internal::return_, ab_imm(0, 0, self_.header));
}

void FunctionLowerer::emit_return_one(const Entry& value) {
  constexpr Internal kReturns[kAccumulators] = {Internal::return_one, Internal::return_f32, Internal::return_f64};
  const Opcode code = kReturns[accumulator_of(value.type)];
  const Operand from = take(value, places_of(code).first);
  emit(code.with(from.place), ab_imm(0, from.slot, self_.header));
}

std::optional<Cell> FunctionLowerer::branch_operands() const {
  const Cell operands = out_.cells[last_ + 1];  // of i64.eqz, too: the immediate is 0
  if (last_code_.second != Place::immediate || info(last_code_.op()).operands()[1] != 'I') return operands;
  const uint64_t value = out_.cells[last_ + 2].u;
  if (!fits_operand_cell(value)) return std::nullopt;
  return ab_imm(0, operands.i.b, static_cast<uint32_t>(value));
}

Condition FunctionLowerer::pop_condition() {
  const Entry entry = pop();
  const bool is_compared =
      just_produced(entry) && last_code_.form == Form::plain && is_comparison(info(last_code_.op()));
  if (const auto operands = is_compared ? branch_operands() : std::nullopt) {
    Opcode if_code = last_code_, unless_code = last_code_;
    if_code.form = unless_code.form = Form::branch;
    if (last_code_.op() == Op::i32_eqz) {
      if_code = Opcode(Internal::branch_unless).with(last_code_.first);
      unless_code = Opcode(Internal::branch_if).with(last_code_.first);
    } else if (last_code_.op() == Op::i64_eqz) {
      if_code = Opcode(Form::branch, Op::i64_eq).with(last_code_.first, Place::immediate);
      unless_code = Opcode(Form::branch, Op::i64_ne).with(last_code_.first, Place::immediate);
    } else if (const auto op = opposite(last_code_.op())) {
      unless_code.id = static_cast<uint16_t>(*op);
    } else {
      unless_code.form = Form::unless;
    }
    out_.cells.resize(last_);
    out_.locations.pop_back();
    producer_ = kNone;
    accumulated_ = accumulated_before_;
    return {if_code, unless_code, *operands};
  }
  const Operand operand = take(entry, places_of(Internal::branch_if).first);
  return {Opcode(Internal::branch_if).with(operand.place), Opcode(Internal::branch_unless).with(operand.place),
          abcd(0, operand.slot)};
}

void FunctionLowerer::branch_if(Label& target) {
  settle_many(target.branch_types().size(), 1);
  const Condition condition = pop_condition();
  // A return without results shares the one at the function's end.
  if (is_function(target) ? target.results.empty() : in_place(target)) {
    emit(condition.if_code, condition.operands);
    return emit_target(target);
  }
  std::vector<uint32_t> over;
  emit(condition.unless_code, condition.operands);
  emit_forward(over);
  jump_to(target);
  bind_here(over[0]);
}

void FunctionLowerer::branch_table(const Instr& instr) {
  const Operand index = take(pop(), places_of(Internal::branch_table).first);
  const std::span<const uint32_t> depths(function_.code.pool.data() + instr.a, instr.b + 1);
  settle_many(label(depths.back()).branch_types().size());
  emit(Opcode(Internal::branch_table).with(index.place), ab_imm(0, index.slot, instr.b));
  std::vector<std::pair<uint32_t, uint32_t>> stubs;  // depth, target cell
  for (const uint32_t depth : depths) {
    Label& target = label(depth);
    if (is_function(target) || !in_place(target)) {
      std::vector<uint32_t> fixup;
      emit_forward(fixup);
      stubs.emplace_back(depth, fixup[0]);
    } else {
      emit_target(target);
    }
  }
  std::sort(stubs.begin(), stubs.end());
  uint32_t stub = 0;
  for (size_t i = 0; i < stubs.size(); ++i) {
    if (i > 0 && stubs[i].first == stubs[i - 1].first) {
      out_.cells[stubs[i].second].u = stub;
      continue;
    }
    stub = here();
    bind_here(stubs[i].second);
    jump_to(label(stubs[i].first));
  }
  unreachable_ = true;
}

void FunctionLowerer::enter_block(const Instr& instr) {
  Label entered;
  entered.op = instr.op;
  const BlockType type = BlockType::from(instr);
  if (type.is_type_index()) {
    const FuncType& signature = facts_.module.types[type.type_index()];
    entered.params = signature.params, entered.results = signature.results;
  } else if (!type.is_empty()) {
    entered.results = {type.value_type()};
  }
  Condition condition{};
  if (instr.op == Op::if_) condition = pop_condition();
  settle_locals();
  entered.height = stack_.size() - entered.params.size();
  for (size_t i = entered.height; i < stack_.size(); ++i) settle(stack_[i]);
  entered.slot = entered.params.empty() ? top_ : stack_[entered.height].slot;
  if (instr.op == Op::if_) {
    emit(condition.unless_code, condition.operands);
    std::vector<uint32_t> fixup;
    emit_forward(fixup);
    entered.else_fixup = fixup[0];
  }
  producer_ = kNone;
  split();
  if (instr.op == Op::loop) join();
  entered.start = here();
  if (instr.op == Op::try_ || instr.op == Op::try_table) open_region(entered, instr);
  labels_.push_back(std::move(entered));
}

void FunctionLowerer::enter_else() {
  Label& current = labels_.back();
  if (!unreachable_) jump_to(current);
  bind_here(std::exchange(current.else_fixup, kNone));
  restore(current, current.params);
}

void FunctionLowerer::restore(const Label& current, const std::vector<ValType>& types) {
  truncate(current.height, current.slot);
  for (const ValType type : types) push(Entry::Kind::slot, type);
  unreachable_ = false;
}

void FunctionLowerer::end_block() {
  Label& current = labels_.back();
  if (labels_.size() == 1) return end_function();
  if (current.is_in_try) close_region(current);
  if (!unreachable_) move_to(current.slot, current.results.size());
  if (current.else_fixup != kNone) bind_here(current.else_fixup), unreachable_ = false;
  for (const uint32_t fixup : current.fixups) bind_here(fixup), unreachable_ = false;
  producer_ = kNone;
  const bool dead = unreachable_;
  restore(current, current.results);
  unreachable_ = dead;
  labels_.pop_back();
}

void FunctionLowerer::end_function() {
  if (!unreachable_) emit_return();
  if (!labels_[0].fixups.empty()) {  // branches come here only when there are no results to move
    if (!last_code_.is(Internal::return_)) emit(Internal::return_, ab_imm(0, 0, self_.header));
    for (const uint32_t fixup : labels_[0].fixups) out_.cells[fixup].u = last_;
  }
  unreachable_ = true;
}

void FunctionLowerer::skip(const Instr& instr) {
  switch (instr.op) {
    case Op::block:
    case Op::loop:
    case Op::if_:
    case Op::try_:
    case Op::try_table: ++skipped_blocks_; break;
    case Op::catch_:
    case Op::catch_all:
      if (skipped_blocks_ == 0) enter_catch(instr);
      break;
    case Op::else_:
      if (skipped_blocks_ == 0) enter_else();
      break;
    case Op::delegate:
    case Op::end:
      if (skipped_blocks_ == 0) {
        lower(instr);
      } else {
        --skipped_blocks_;
      }
      break;
    default: break;
  }
}

void FunctionLowerer::lower_control(const Instr& instr) {
  switch (instr.op) {
    case Op::unreachable:
      emit(Internal::unreachable, abcd(0));
      unreachable_ = true;
      return;
    case Op::block:
    case Op::loop:
    case Op::if_: return enter_block(instr);
    case Op::else_: return enter_else();
    case Op::end: return end_block();
    case Op::br:
      jump_to(label(instr.a));
      unreachable_ = true;
      return;
    case Op::br_if: return branch_if(label(instr.a));
    case Op::br_table: return branch_table(instr);
    case Op::return_:
      emit_return();
      unreachable_ = true;
      return;
    case Op::call: return lower_call(instr.a);
    case Op::call_indirect: {
      const Entry element = pop();
      const FuncType& type = facts_.module.types[instr.a];
      const uint32_t base = place_arguments(type);
      const Operand from = take(element, places_of(Internal::call_indirect).first);
      emit(Opcode(Internal::call_indirect).with(from.place), abcd(base, from.slot), instr.a | uint64_t{instr.b} << 32);
      return push_call_results(type);
    }
    case Op::return_call: return lower_tail_call(instr.a);
    case Op::return_call_indirect: {
      const uint16_t element = read(pop());
      const FuncType& type = facts_.module.types[instr.a];
      const uint32_t base = place_arguments(type);
      emit(Internal::tail_indirect, abcd(base, element), instr.a | uint64_t{instr.b} << 32);
      out_.cells.push_back(Cell{.u = self_.header});
      return return_host_results(type);
    }
    default: return;  // nop
  }
}

uint32_t FunctionLowerer::place_arguments(const FuncType& type) {
  const size_t first = stack_.size() - type.params.size();
  for (size_t i = first; i < stack_.size(); ++i) settle(stack_[i]);
  const uint32_t base = type.params.empty() ? top_ : stack_[first].slot;
  truncate(first, base);
  return base;
}

void FunctionLowerer::push_call_results(const FuncType& type) {
  join();
  if (type.results.size() == 1 && has_accumulator(type.results[0])) {
    accumulated_[accumulator_of(type.results[0])].in(Place::accumulator).slot = top_;
  }
  for (const ValType result : type.results) push(Entry::Kind::slot, result);
}

void FunctionLowerer::lower_call(uint32_t index) {
  const FuncType& type = facts_.module.types[facts_.function_types[index]];
  const uint32_t base = place_arguments(type);
  if (index < facts_.imported_functions) {
    emit(Internal::call_function, ab_imm(base, 0, index));
  } else {
    emit(Internal::call_direct, abcd(base));
    out_.cells.push_back(Cell{.function = &out_.functions[index - facts_.imported_functions]});
  }
  push_call_results(type);
}

/// exec-return_call: the arguments move to where the caller's were, and its frame becomes the callee's.
void FunctionLowerer::lower_tail_call(uint32_t index) {
  const FuncType& type = facts_.module.types[facts_.function_types[index]];
  const uint32_t base = place_arguments(type);
  if (index < facts_.imported_functions) {
    emit(Internal::tail_function, ab_imm(base, 0, self_.header), index);
    return return_host_results(type);
  }
  emit(Internal::tail_direct, ab_imm(base, 0, self_.header));
  out_.cells.push_back(Cell{.function = &out_.functions[index - facts_.imported_functions]});
  unreachable_ = true;
}

/// Behind a tail call that may reach a host function: it has no frame to be replaced by.
void FunctionLowerer::return_host_results(const FuncType& type) {
  push_call_results(type);
  emit_return();
  unreachable_ = true;
}

}  // namespace weft
