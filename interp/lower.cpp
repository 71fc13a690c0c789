// SPDX-License-Identifier: Apache-2.0
#include "interp/lower.h"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "interp/execute.h"
#include "interp/limits.h"

namespace weft {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

/// Facts about the module that every function's lowering asks for.
struct ModuleFacts {
  explicit ModuleFacts(const Module& m) : module(m) {
    for (uint32_t i = 0; i < m.function_count(); ++i) function_types.push_back(m.function_type_index(i));
    for (uint32_t i = 0; i < m.memory_count(); ++i) memory_shared.push_back(m.memory_type(i).shared);
    for (uint32_t i = 0; i < m.global_count(); ++i) global_types.push_back(m.global_type(i).type);
    for (uint32_t i = 0; i < m.table_count(); ++i) table_types.push_back(m.table_type(i).element);
    imported_functions = m.imported(ExternKind::func);
  }
  const Module& module;
  std::vector<uint32_t> function_types;
  std::vector<bool> memory_shared;
  std::vector<ValType> global_types, table_types;
  uint32_t imported_functions = 0;
};

/// A value of the operand stack, as known while lowering. Each has a slot of its own; a local or a constant is copied there only when it must.
struct Entry {
  enum class Kind : uint8_t { slot, local, constant } kind = Kind::slot;
  ValType type = ValType::i32;
  uint32_t slot = 0;
  uint64_t value = 0;  // local: its slot; constant: its bits
};

struct Label {
  Op op = Op::block;
  size_t height = 0;            // of the operand stack without the block's parameters
  uint32_t slot = 0;            // of the first parameter, and of the first result
  std::vector<ValType> params, results;
  uint32_t start = 0;           // loop: its first cell
  uint32_t else_fixup = kNone;  // if: the cell of the target to take when the condition is zero
  std::vector<uint32_t> fixups;

  const std::vector<ValType>& branch_types() const { return op == Op::loop ? params : results; }
};

/// A condition that was taken off the operand stack: a comparison to fuse with the branch, or a slot.
struct Condition {
  CodeIndex if_code, unless_code;
  Cell operands;
};

constexpr bool is_comparison(Op op) { return info(op).anchor == "exec-relop" || info(op).anchor == "exec-testop"; }
constexpr bool commutes(Op op) {
  switch (op) {
    case Op::i32_add: case Op::i32_mul: case Op::i32_and: case Op::i32_or: case Op::i32_xor: case Op::i32_eq: case Op::i32_ne:
    case Op::i64_add: case Op::i64_mul: case Op::i64_and: case Op::i64_or: case Op::i64_xor: case Op::i64_eq: case Op::i64_ne: return true;
    default: return false;
  }
}

ValType result_type(Op op) {
  switch (info(op).results()[0]) {
    case 'I': return ValType::i64;
    case 'f': return ValType::f32;
    case 'F': return ValType::f64;
    case 'v': return ValType::v128;
    default: return ValType::i32;  // 'i', and 'a' of a 32-bit memory
  }
}

/// Private to this file: caught in lower().
struct NotLowerable {
  Error error;
};

class FunctionLowerer {
 public:
  FunctionLowerer(const ModuleFacts& facts, Engine engine, LoweredModule& out, LoweredFunction& self, const Function& function)
      : facts_(facts), engine_(engine), out_(out), self_(self), function_(function), type_(facts.module.types[function.type]) {}

  void run() {
    lay_out_frame();
    self_.first_cell = static_cast<uint32_t>(out_.cells.size());
    labels_.push_back({.params = {}, .results = type_.results, .fixups = {}});
    for (const Instr& instr : function_.code.body) {
      offset_ = instr.offset;
      if (unreachable_) {
        skip(instr);
      } else {
        lower(instr);
      }
    }
    self_.frame_slots = max_slot_;
    if (max_slot_ > kMaxFrameSlots) {
      throw NotLowerable{{ErrorKind::host, fmt::format("a frame of {} slots is more than the limit of {}", max_slot_, kMaxFrameSlots),
                          fmt::format("{:#x}", function_.offset)}};
    }
  }

 private:
  // --- the frame ---------------------------------------------------------------------------------------------------------------------------

  void lay_out_frame() {
    uint32_t slot = 0;
    for (const ValType type : type_.params) add_local(type, slot);
    self_.header = std::max(slot, slots(type_.results));
    slot = self_.header + kHeaderSlots;
    for (const ValType type : function_.locals) add_local(type, slot);
    self_.locals = slot - self_.header - kHeaderSlots;
    top_ = max_slot_ = slot;
  }

  void add_local(ValType type, uint32_t& slot) {
    check_supported(type);
    locals_.push_back({slot, type});
    slot += slots(type);
  }

  void check_supported(ValType type) {
    if (type == ValType::v128) throw NotLowerable{{ErrorKind::host, "not supported yet: v128 (simd)", fmt::format("{:#x}", function_.offset)}};
  }

  // --- the operand stack -------------------------------------------------------------------------------------------------------------------

  Entry& push(Entry::Kind kind, ValType type, uint64_t value = 0) {
    stack_.push_back({kind, type, top_, value});
    top_ += slots(type);
    max_slot_ = std::max(max_slot_, top_);
    return stack_.back();
  }

  Entry pop() {
    const Entry entry = stack_.back();
    stack_.pop_back();
    top_ = entry.slot;
    return entry;
  }

  void truncate(size_t height, uint32_t slot) {
    stack_.resize(height);
    top_ = slot;
  }

  /// The slot to read a value from; a constant is put into its own slot first.
  uint16_t read(const Entry& entry) {
    switch (entry.kind) {
      case Entry::Kind::slot: return narrow(entry.slot);
      case Entry::Kind::local: return narrow(entry.value);
      case Entry::Kind::constant: emit_constant(entry.slot, entry.value); return narrow(entry.slot);
    }
    return 0;
  }

  /// Puts a value into a slot, unless it is there.
  void place(const Entry& entry, uint32_t slot) {
    if (entry.kind == Entry::Kind::constant) {
      emit_constant(slot, entry.value);
    } else if (const uint64_t from = entry.kind == Entry::Kind::local ? entry.value : entry.slot; from != slot) {
      emit(code_index(Internal::copy), abcd(slot, from));
    }
  }

  /// Gives a value on the stack its own slot for good.
  void settle(Entry& entry) {
    place(entry, entry.slot);
    entry.kind = Entry::Kind::slot;
  }

  /// Before control flow joins or splits: what is on the stack must not change when a local is set on one path only.
  void settle_locals() {
    for (Entry& entry : stack_) {
      if (entry.kind == Entry::Kind::local) settle(entry);
    }
  }

  // --- emission ----------------------------------------------------------------------------------------------------------------------------

  static uint16_t narrow(uint64_t slot) { return static_cast<uint16_t>(slot); }  // run() rejects frames beyond kMaxFrameSlots
  static Cell abcd(uint64_t a, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
    return Cell{.s = {narrow(a), narrow(b), narrow(c), narrow(d)}};
  }
  static Cell ab_imm(uint64_t a, uint64_t b, uint32_t imm) { return Cell{.i = {narrow(a), narrow(b), imm}}; }

  /// Emits an instruction of two cells; the caller appends a third where the layout has one.
  void emit(CodeIndex code, Cell operands) {
    producer_ = kNone;
    last_ = here();
    out_.locations.push_back({last_, offset_});
    out_.cells.push_back(handler_cell(engine_, code));
    out_.cells.push_back(operands);
    last_code_ = code;
  }
  void emit(CodeIndex code, Cell operands, uint64_t third) {
    emit(code, operands);
    out_.cells.push_back(Cell{.u = third});
  }
  void emit_constant(uint32_t slot, uint64_t bits) { emit(code_index(Internal::constant), abcd(slot), bits); }

  uint32_t here() const { return static_cast<uint32_t>(out_.cells.size()); }

  /// Pushes the result of the instruction just emitted, whose destination is the next slot of the stack.
  void push_result(ValType type) {
    push(Entry::Kind::slot, type);
    producer_ = last_;
  }

  /// Whether the last instruction computed this value, so that its destination may change or the instruction go.
  bool just_produced(const Entry& entry) const {
    return entry.kind == Entry::Kind::slot && producer_ != kNone && out_.cells[producer_ + 1].s.a == entry.slot;
  }

  void bind_here(uint32_t target_cell) {
    out_.cells[target_cell].u = here();  // a cell number until the module's cells have their final place
    producer_ = kNone;
  }

  /// Appends the target of a branch to this label: known for a loop, else bound later.
  void emit_target(Label& label) {
    if (label.op == Op::loop) {
      targets_.push_back(here());
      out_.cells.push_back(Cell{.u = label.start});
    } else {
      emit_forward(label.fixups);
    }
  }
  void emit_forward(std::vector<uint32_t>& fixups) {
    targets_.push_back(here());
    fixups.push_back(here());
    out_.cells.push_back(Cell{.u = 0});
  }

  // --- branches ----------------------------------------------------------------------------------------------------------------------------

  Label& label(uint32_t depth) { return labels_[labels_.size() - 1 - depth]; }

  /// Moves the topmost values to where the label expects its parameters (a branch to a loop) or its results (all else). They move towards
  /// lower slots, so ascending order overwrites none.
  void move_to(const Label& target, const std::vector<ValType>& types) {
    uint32_t slot = target.slot;
    for (size_t i = stack_.size() - types.size(); i < stack_.size(); ++i) {
      place(stack_[i], slot);
      slot += slots(stack_[i].type);
    }
  }

  bool in_place(const Label& target) const {
    const std::vector<ValType>& types = target.branch_types();
    uint32_t slot = target.slot;
    for (size_t i = stack_.size() - types.size(); i < stack_.size(); ++i) {
      if (stack_[i].kind != Entry::Kind::slot || stack_[i].slot != slot) return false;
      slot += slots(stack_[i].type);
    }
    return true;
  }

  bool is_function(const Label& target) const { return &target == labels_.data(); }

  /// A branch that is taken for certain at this point.
  void jump_to(Label& target) {
    if (is_function(target)) return emit_return();
    move_to(target, target.branch_types());
    emit(code_index(Internal::jump), abcd(0));
    emit_target(target);
  }

  void emit_return() {
    const size_t count = type_.results.size();
    if (count == 0) return emit(code_index(Internal::return_), ab_imm(0, 0, self_.header));
    if (count == 1 && slots(type_.results[0]) == 1) {
      const uint16_t from = read(stack_.back());
      return emit(code_index(Internal::return_one), ab_imm(0, from, self_.header));
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
    emit(code_index(Internal::return_), ab_imm(0, 0, self_.header));
  }

  /// Takes the condition off the stack, and the comparison that made it out of the code.
  Condition pop_condition() {
    const Entry entry = pop();
    if (just_produced(entry) && form_of(last_code_) <= Form::i && form_of(last_code_) != Form::internal && is_comparison(op_of(last_code_))) {
      const Op op = op_of(last_code_);
      const bool immediate = form_of(last_code_) == Form::i;
      const Cell operands = out_.cells[last_ + 1];
      out_.cells.resize(last_);
      out_.locations.pop_back();
      producer_ = kNone;
      return {code_index(immediate ? Form::branch_i : Form::branch_s, op), code_index(immediate ? Form::unless_i : Form::unless_s, op),
              operands};
    }
    return {code_index(Internal::branch_if), code_index(Internal::branch_unless), abcd(0, read(entry))};
  }

  void branch_if(Label& target) {
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

  void branch_table(const Instr& instr) {
    const uint16_t index = read(pop());
    const std::span<const uint32_t> depths(function_.code.pool.data() + instr.a, instr.b + 1);
    emit(code_index(Internal::branch_table), ab_imm(0, index, instr.b));
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

  // --- structured control ------------------------------------------------------------------------------------------------------------------

  void enter_block(const Instr& instr) {
    Label entered;
    entered.op = instr.op;
    const BlockType type = BlockType::from(instr);
    if (type.is_type_index()) {
      const FuncType& signature = facts_.module.types[type.type_index()];
      entered.params = signature.params, entered.results = signature.results;
    } else if (!type.is_empty()) {
      entered.results = {type.value_type()};
    }
    for (const ValType result : entered.results) check_supported(result);
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
    entered.start = here();
    labels_.push_back(std::move(entered));
  }

  void enter_else() {
    Label& current = labels_.back();
    if (!unreachable_) {
      move_to(current, current.results);
      emit(code_index(Internal::jump), abcd(0));
      emit_target(current);
    }
    bind_here(std::exchange(current.else_fixup, kNone));
    restore(current, current.params);
  }

  /// The stack as the label's types say, all in their slots.
  void restore(const Label& current, const std::vector<ValType>& types) {
    truncate(current.height, current.slot);
    for (const ValType type : types) push(Entry::Kind::slot, type);
    unreachable_ = false;
  }

  void end_block() {
    Label& current = labels_.back();
    if (labels_.size() == 1) return end_function();
    if (!unreachable_) move_to(current, current.results);
    if (current.else_fixup != kNone) bind_here(current.else_fixup), unreachable_ = false;
    for (const uint32_t fixup : current.fixups) bind_here(fixup), unreachable_ = false;
    producer_ = kNone;
    const bool dead = unreachable_;
    restore(current, current.results);
    unreachable_ = dead;
    labels_.pop_back();
  }

  void end_function() {
    if (!unreachable_) emit_return();
    if (!labels_[0].fixups.empty()) {  // branches come here only when there are no results to move
      if (last_code_ != code_index(Internal::return_)) emit(code_index(Internal::return_), ab_imm(0, 0, self_.header));
      for (const uint32_t fixup : labels_[0].fixups) out_.cells[fixup].u = last_;
    }
    unreachable_ = true;
  }

  /// Code that cannot be reached is not lowered; only its nesting counts.
  void skip(const Instr& instr) {
    switch (instr.op) {
      case Op::block: case Op::loop: case Op::if_: ++skipped_blocks_; break;
      case Op::else_:
        if (skipped_blocks_ == 0) enter_else();
        break;
      case Op::end:
        if (skipped_blocks_ == 0) {
          end_block();
        } else {
          --skipped_blocks_;
        }
        break;
      default: break;
    }
  }

  // --- instructions ------------------------------------------------------------------------------------------------------------------------

  void lower(const Instr& instr) {
    const InstrInfo& row = info(instr.op);
    if (row.feature == Feature::simd) {
      throw NotLowerable{{ErrorKind::host, fmt::format("not supported yet: {} (simd)", row.text), fmt::format("{:#x}", instr.offset)}};
    }
    switch (row.instr_class) {
      case InstrClass::control: return lower_control(instr);
      case InstrClass::parametric: return lower_parametric(instr);
      case InstrClass::variable: return lower_variable(instr);
      case InstrClass::reference: return lower_reference(instr);
      case InstrClass::table: return lower_table(instr);
      case InstrClass::memory: return lower_memory(instr);
      case InstrClass::constant: push(Entry::Kind::constant, result_type(instr.op), instr.lo); return;
      case InstrClass::numeric: return lower_numeric(instr);
      case InstrClass::load: case InstrClass::atomic_load: return lower_load(instr);
      case InstrClass::store: case InstrClass::atomic_store: return lower_store(instr);
      case InstrClass::atomic_rmw: case InstrClass::atomic_cmpxchg: case InstrClass::atomic_wait: case InstrClass::atomic_notify:
        return lower_atomic(instr);
      case InstrClass::atomic_fence: return emit(code_index(Form::s, instr.op), abcd(0));
      case InstrClass::vector: case InstrClass::vector_load: case InstrClass::vector_store: return;  // rejected above
    }
  }

  void lower_control(const Instr& instr) {
    switch (instr.op) {
      case Op::unreachable:
        emit(code_index(Internal::unreachable), abcd(0));
        unreachable_ = true;
        return;
      case Op::block: case Op::loop: case Op::if_: return enter_block(instr);
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
        const uint16_t element = read(pop());
        const FuncType& type = facts_.module.types[instr.a];
        const uint32_t base = place_arguments(type);
        emit(code_index(Internal::call_indirect), abcd(base, element), instr.a | uint64_t{instr.b} << 32);
        return push_call_results(type);
      }
      default: return;  // nop
    }
  }

  /// Takes the arguments off the stack; they are then in consecutive slots from the returned one on.
  uint32_t place_arguments(const FuncType& type) {
    const size_t first = stack_.size() - type.params.size();
    for (size_t i = first; i < stack_.size(); ++i) settle(stack_[i]);
    const uint32_t base = type.params.empty() ? top_ : stack_[first].slot;
    truncate(first, base);
    return base;
  }
  void push_call_results(const FuncType& type) {
    for (const ValType result : type.results) check_supported(result), push(Entry::Kind::slot, result);
  }

  void lower_call(uint32_t index) {
    const FuncType& type = facts_.module.types[facts_.function_types[index]];
    const uint32_t base = place_arguments(type);
    if (index < facts_.imported_functions) {
      emit(code_index(Internal::call_function), ab_imm(base, 0, index));
    } else {
      emit(code_index(Internal::call_direct), abcd(base));
      out_.cells.push_back(Cell{.function = &out_.functions[index - facts_.imported_functions]});
    }
    push_call_results(type);
  }

  void lower_parametric(const Instr& instr) {
    if (instr.op == Op::drop) return static_cast<void>(pop());
    const uint16_t condition = read(pop());
    const Entry second = pop(), first = pop();
    const uint16_t from_second = read(second), from_first = read(first);
    emit(code_index(Internal::select), abcd(top_, from_first, from_second, condition));
    push_result(first.type);
  }

  void lower_variable(const Instr& instr) {
    switch (instr.op) {
      case Op::local_get: push(Entry::Kind::local, locals_[instr.a].type, locals_[instr.a].slot); return;
      case Op::local_set: return set_local(locals_[instr.a].slot);
      case Op::local_tee:
        set_local(locals_[instr.a].slot);
        push(Entry::Kind::local, locals_[instr.a].type, locals_[instr.a].slot);
        return;
      case Op::global_get:
        check_supported(facts_.global_types[instr.a]);
        emit(code_index(Internal::global_get), ab_imm(top_, 0, instr.a));
        return push_result(facts_.global_types[instr.a]);
      default: {
        const uint16_t from = read(pop());
        return emit(code_index(Internal::global_set), ab_imm(0, from, instr.a));
      }
    }
  }

  void set_local(uint32_t slot) {
    const Entry value = pop();
    bool read_before = false;
    const bool produced = just_produced(value);
    for (Entry& entry : stack_) {  // whoever pushed the local before this assignment shall see its old value
      if (entry.kind == Entry::Kind::local && entry.value == slot) settle(entry), read_before = true;
    }
    if (produced && !read_before) {
      out_.cells[producer_ + 1].s.a = narrow(slot);
      producer_ = kNone;
    } else {
      place(value, slot);
    }
  }

  void lower_reference(const Instr& instr) {
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

  void lower_numeric(const Instr& instr) {
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

  /// An immediate is 32 bits, sign-extended for i64.
  static bool fits_immediate(const Entry& entry) {
    if (entry.kind != Entry::Kind::constant) return false;
    if (entry.type == ValType::i32) return true;
    return entry.type == ValType::i64 && static_cast<int64_t>(entry.value) == static_cast<int32_t>(entry.value);
  }

  Form access_form(const Instr& instr, bool immediate = false) const {
    if (info(instr.op).feature == Feature::threads) return Form::s;  // atomic whether shared or not
    const bool shared = facts_.memory_shared[instr.a];
    return immediate ? (shared ? Form::shared_i : Form::i) : (shared ? Form::shared_s : Form::s);
  }

  void lower_load(const Instr& instr) {
    const uint16_t address = read(pop());
    emit(code_index(access_form(instr), instr.op), ab_imm(top_, address, static_cast<uint32_t>(instr.lo)));
    push_result(result_type(instr.op));
  }

  void lower_store(const Instr& instr) {
    const Entry value = pop();
    const Entry address = pop();
    const uint32_t offset = static_cast<uint32_t>(instr.lo);
    if (value.kind == Entry::Kind::constant && info(instr.op).instr_class == InstrClass::store) {
      const uint16_t at = read(address);
      return emit(code_index(access_form(instr, true), instr.op), ab_imm(at, 0, offset), value.value);
    }
    const uint16_t at = read(address), from = read(value);
    emit(code_index(access_form(instr), instr.op), ab_imm(at, from, offset));
  }

  void lower_atomic(const Instr& instr) {
    uint16_t operands[3] = {};
    for (size_t i = info(instr.op).operands().size(); i-- > 0;) operands[i] = read(pop());
    emit(code_index(Form::s, instr.op), abcd(top_, operands[0], operands[1], operands[2]), instr.lo);
    push_result(result_type(instr.op));
  }

  void lower_memory(const Instr& instr) {
    uint16_t operands[3] = {};
    const CodeIndex code = code_index(Form::s, instr.op);
    for (size_t i = info(instr.op).operands().size(); i-- > 0;) operands[i] = read(pop());
    switch (instr.op) {
      case Op::memory_size: case Op::memory_grow:
        emit(code, abcd(top_, operands[0]));
        return push_result(ValType::i32);
      case Op::memory_init: return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a);
      case Op::data_drop: return emit(code, ab_imm(0, 0, instr.a));
      default: return emit(code, abcd(operands[0], operands[1], operands[2]));  // memory.copy, memory.fill
    }
  }

  void lower_table(const Instr& instr) {
    const CodeIndex code = code_index(Form::s, instr.op);
    uint16_t operands[3] = {};
    const auto pop_operands = [&](size_t count) {
      while (count-- > 0) operands[count] = read(pop());
    };
    switch (instr.op) {
      case Op::table_get:
        pop_operands(1);
        emit(code, abcd(top_, operands[0]), instr.a);
        return push_result(facts_.table_types[instr.a]);
      case Op::table_set: pop_operands(2); return emit(code, abcd(operands[0], operands[1]), instr.a);
      case Op::table_size: emit(code, abcd(top_), instr.a); return push_result(ValType::i32);
      case Op::table_grow:
        pop_operands(2);
        emit(code, abcd(top_, operands[0], operands[1]), instr.a);
        return push_result(ValType::i32);
      case Op::table_fill: pop_operands(3); return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a);
      case Op::elem_drop: return emit(code, ab_imm(0, 0, instr.a));
      default:  // table.copy, table.init
        pop_operands(3);
        return emit(code, abcd(operands[0], operands[1], operands[2]), instr.a | uint64_t{instr.b} << 32);
    }
  }

  struct Local {
    uint32_t slot;
    ValType type;
  };

  const ModuleFacts& facts_;
  const Engine engine_;
  LoweredModule& out_;
  LoweredFunction& self_;
  const Function& function_;
  const FuncType& type_;

  std::vector<Local> locals_;
  std::vector<Entry> stack_;
  std::vector<Label> labels_;
  uint32_t top_ = 0, max_slot_ = 0;
  uint32_t offset_ = 0;
  bool unreachable_ = false;
  size_t skipped_blocks_ = 0;
  uint32_t last_ = kNone;       // the instruction emitted last
  CodeIndex last_code_ = 0;
  uint32_t producer_ = kNone;   // the same, while nothing came after it and the topmost value is its result

 public:
  std::vector<uint32_t> targets_;  // cells that hold a target
};

}  // namespace

Result<std::unique_ptr<LoweredModule>> lower(const Module& module, Engine engine) {
  auto out = std::make_unique<LoweredModule>();
  const ModuleFacts facts(module);
  out->functions.resize(module.functions.size());
  std::vector<uint32_t> targets;
  try {
    for (size_t i = 0; i < module.functions.size(); ++i) {
      LoweredFunction& function = out->functions[i];
      function.index = facts.imported_functions + static_cast<uint32_t>(i);
      FunctionLowerer lowerer(facts, engine, *out, function, module.functions[i]);
      lowerer.run();
      targets.insert(targets.end(), lowerer.targets_.begin(), lowerer.targets_.end());
    }
  } catch (NotLowerable& failure) {
    return std::move(failure.error);
  }
  out->cells.shrink_to_fit();
  for (const uint32_t cell : targets) out->cells[cell].target = &out->cells[out->cells[cell].u];
  for (LoweredFunction& function : out->functions) function.entry = &out->cells[function.first_cell];
  return out;
}

}  // namespace weft
