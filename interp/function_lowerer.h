// SPDX-License-Identifier: Apache-2.0
//
// Lowering of one function, in one pass over its validated body. Four files: lower.cpp has the frame, the operand
// stack and emission, lower_control.cpp branches and blocks, lower_exception.cpp exceptions, lower_instr.cpp everything
// else. Private to them.
//
// Each value on Wasm's operand stack has a slot of the frame, but a local or a constant is put there only when it must:
// until then it is an operand of whoever uses it. So `local.get` and `i32.const` emit nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "interp/error.h"
#include "interp/lower.h"
#include "interp/module.h"
#include "interp/register_code.h"

namespace weft {

/// Facts about the module that every function's lowering asks for: its index spaces, so that looking up takes no search
/// among the imports.
struct ModuleFacts {
  explicit ModuleFacts(const Module& m) : module(m) {
    for (const Import& import : m.imports) {
      switch (import.kind()) {
        case ExternKind::func: function_types.push_back(std::get<uint32_t>(import.desc)); break;
        case ExternKind::table: tables.push_back(std::get<TableType>(import.desc)); break;
        case ExternKind::memory: memories.push_back(std::get<MemoryType>(import.desc)); break;
        case ExternKind::global: global_types.push_back(std::get<GlobalType>(import.desc).type); break;
        case ExternKind::tag: tag_types.push_back(std::get<TagType>(import.desc).type); break;
      }
    }
    imported_functions = static_cast<uint32_t>(function_types.size());
    for (const Function& function : m.functions) function_types.push_back(function.type);
    for (const Table& table : m.tables) tables.push_back(table.type);
    memories.insert(memories.end(), m.memories.begin(), m.memories.end());
    for (const Global& global : m.globals) global_types.push_back(global.type.type);
    for (const TagType& tag : m.tags) tag_types.push_back(tag.type);
  }
  const Module& module;
  std::vector<uint32_t> function_types;
  std::vector<MemoryType> memories;
  std::vector<TableType> tables;
  std::vector<uint32_t> tag_types;
  std::vector<ValType> global_types;

  const std::vector<ValType>& tag_params(uint32_t tag) const { return module.types[tag_types[tag]].params; }
  uint32_t imported_functions = 0;
};

/// A value of the operand stack, as known while lowering. Each has a slot of its own; a local or a constant is copied
/// there only when it must.
struct Entry {
  enum class Kind : uint8_t { slot, local, constant } kind = Kind::slot;
  ValType type = ValType::i32;
  uint32_t slot = 0;
  uint64_t value = 0;  // local: its slot; constant: its bits
  uint64_t high = 0;   // constant of type v128: its upper half
};

struct Label {
  Op op = Op::block;
  size_t height = 0;  // of the operand stack without the block's parameters
  uint32_t slot = 0;  // of the first parameter, and of the first result
  std::vector<ValType> params, results;
  uint32_t start = 0;              // loop: its first cell
  uint32_t else_fixup = kNone;     // if: the cell of the target to take when the condition is zero
  uint32_t region = kNone;         // try, try_table: the region of its body
  bool is_in_try = false;          // until that ends
  const Instr* clauses = nullptr;  // try_table: the instruction
  std::vector<uint32_t> fixups;

  const std::vector<ValType>& branch_types() const { return op == Op::loop ? params : results; }
};

/// A condition that was taken off the operand stack: a comparison to fuse with the branch, or a slot.
struct Condition {
  Opcode if_code, unless_code;
  Cell operands;
};

/// Where an instruction finds an operand.
struct Operand {
  Place place = Place::slot;
  uint16_t slot = 0;
  uint64_t value = 0;  ///< of an immediate
};

/// Thrown by FunctionLowerer, caught in lower().
struct NotLowerable {
  Error error;
};

class FunctionLowerer {
 public:
  FunctionLowerer(const ModuleFacts& facts, Target target, LoweredModule& out, LoweredFunction& self,
                  const Function& function)
      : facts_(facts),
        has_accumulators_(target != Target::driver_loop),
        fuses_(target == Target::tail_calls || target == Target::listing),
        out_(out),
        self_(self),
        function_(function),
        type_(facts.module.types[function.type]) {}

  /// Throws NotLowerable.
  void run();

  /// The cells that hold a target: a cell number until all code is in its final place.
  const std::vector<uint32_t>& targets() const { return targets_; }

 private:
  // The frame
  void lay_out_frame();
  void add_local(ValType type, uint32_t& slot);

  // The operand stack
  Entry& push(Entry::Kind kind, ValType type, uint64_t value = 0);
  Entry pop();
  void truncate(size_t height, uint32_t slot);
  /// The slot to read a value from; a constant is put into its own slot first.
  uint16_t read(const Entry& entry);
  /// The best of these places to take a value from, which was popped. A slot that nobody else reads is then not
  /// written.
  Operand take(const Entry& entry, PlaceSet places);
  /// The same for an instruction that moves integers only, whatever the value is.
  Operand take_integer(const Entry& entry, PlaceSet places);
  /// Puts a value into a slot, unless it is there.
  void place(const Entry& entry, uint32_t slot);
  /// Gives a value on the stack its own slot for good.
  void settle(Entry& entry);
  /// Before control flow joins or splits: what is on the stack must not change when a local is set on one path only.
  void settle_locals();

  // Emission
  /// Frames beyond kMaxFrameSlots are rejected in the end.
  static uint16_t narrow(uint64_t slot) { return static_cast<uint16_t>(slot); }
  static Cell abcd(uint64_t a, uint64_t b = 0, uint64_t c = 0, uint64_t d = 0) {
    return Cell{.s = {narrow(a), narrow(b), narrow(c), narrow(d)}};
  }
  /// Whether it is the sign extension of its lower half, which is all that a branch or an atomic operation has room
  /// for.
  static bool fits_operand_cell(uint64_t value) { return static_cast<int64_t>(value) == static_cast<int32_t>(value); }
  static Cell ab_imm(uint64_t a, uint64_t b, uint32_t imm) { return Cell{.i = {narrow(a), narrow(b), imm}}; }
  /// Emits an instruction of two cells; the caller appends a third where the layout has one.
  void emit(Opcode code, Cell operands);
  void emit(Opcode code, Cell operands, uint64_t third);
  /// places_of(), as far as this engine has them.
  Places places_of(Opcode code) const;
  void emit_constant(uint32_t slot, const Entry& constant);
  uint32_t here() const { return static_cast<uint32_t>(out_.cells.size()); }
  /// Pushes the result of the instruction just emitted, whose destination is the next slot of the stack.
  void push_result(ValType type);
  /// Whether the last instruction computed this value, so that its destination may change or the instruction go.
  bool just_produced(const Entry& entry) const;
  void bind_here(uint32_t target_cell);

  // Accumulators
  static size_t accumulator_of(ValType type) { return type == ValType::f32 ? 1 : type == ValType::f64 ? 2 : 0; }
  static bool has_accumulator(ValType type) { return slots(type) == 1 && !is_reference(type); }
  /// The accumulator that a value is in, current or previous.
  std::optional<Place> accumulated_in(const Entry& entry) const;
  /// A slot was written, and no accumulator.
  void overwritten(uint32_t slot);
  /// Control flow comes here from somewhere else, or what runs next uses accumulators as it likes.
  void join();
  /// Control flow goes somewhere else from here, where values of the stack may be read from their slots.
  void split() { settled_producers_ = here(); }
  /// Appends the target of a branch to this label: known for a loop, else bound later.
  void emit_target(Label& label);
  void emit_forward(std::vector<uint32_t>& fixups);

  // Branches
  Label& label(uint32_t depth) { return labels_[labels_.size() - 1 - depth]; }
  /// So many values move one by one, each by an instruction of its own; more of them are settled, once, and then move
  /// as a block, so that a branch of two bytes never becomes thousands of instructions.
  static constexpr size_t kFewMoves = 8;
  /// Before a branch of which code follows that has the same stack, or that has several targets: settles the topmost
  /// values if there are many.
  void settle_many(size_t count, size_t above = 0);
  /// Moves the topmost `count` values to where a block has its values. They move towards lower slots, so ascending
  /// order overwrites none.
  void move_to(uint32_t slot, size_t count);
  bool in_place(const Label& target) const;
  bool is_function(const Label& target) const { return &target == labels_.data(); }
  /// A branch that is taken for certain at this point.
  void jump_to(Label& target);
  void emit_return();
  void emit_return_one(const Entry& value);
  /// The operands of the comparison emitted last as a branch has them; nothing when its immediate does not fit there.
  std::optional<Cell> branch_operands() const;
  /// Takes the condition off the stack, and the comparison that made it out of the code.
  Condition pop_condition();
  void branch_if(Label& target);
  void branch_table(const Instr& instr);

  // Structured control
  void enter_block(const Instr& instr);
  void enter_else();
  /// The stack as the label's types say, all in their slots.
  void restore(const Label& current, const std::vector<ValType>& types);
  void end_block();
  void end_function();
  /// Opcode that cannot be reached is not lowered; only its nesting counts.
  void skip(const Instr& instr);

  // Exceptions
  void lower_exception(const Instr& instr);
  /// The region that takes what is thrown in the block of that label, or else around it; kNone: the caller.
  uint32_t region_around(uint32_t depth) const;
  void open_region(Label& entered, const Instr& instr);
  /// The body of the label ends, and with it the region. Emits the landing pads of a try_table.
  void close_region(Label& ending);
  void landing_pad(const Label& ending, const CatchClause& clause);
  void enter_catch(const Instr& instr);

  // Instructions
  void lower(const Instr& instr);
  void lower_control(const Instr& instr);
  /// Takes the arguments off the stack; they are then in consecutive slots from the returned one on.
  uint32_t place_arguments(const FuncType& type);
  void push_call_results(const FuncType& type);
  void lower_call(uint32_t index);
  void lower_tail_call(uint32_t index);
  void return_host_results(const FuncType& type);
  void lower_parametric(const Instr& instr);
  void lower_variable(const Instr& instr);
  void set_local(uint32_t slot);
  void lower_reference(const Instr& instr);
  void lower_numeric(const Instr& instr);
  void lower_numeric_pair(const Instr& instr);
  Opcode access_code(const Instr& instr) const;
  /// The base of an access, and its offset, with the base in it if that is an immediate.
  Operand take_address(const Entry& address, PlaceSet places, uint64_t& offset);
  /// Emits an access whose offset is in a third cell; in the wide form the memory index follows.
  void emit_access(Opcode code, const Instr& instr, Cell operands, uint64_t offset);
  ValType address_type(const Instr& instr) const { return facts_.memories[instr.a].address; }
  void lower_load(const Instr& instr);
  void lower_store(const Instr& instr);
  void lower_vector(const Instr& instr);
  void lower_lane_load(const Instr& instr);
  void lower_lane_store(const Instr& instr);
  void lower_atomic(const Instr& instr);
  void lower_memory(const Instr& instr);
  void lower_table(const Instr& instr);

  /// Gives instructions that fuse with the next their handler.
  void fuse();

  struct Local {
    uint32_t slot;
    ValType type;
  };

  const ModuleFacts& facts_;
  const bool has_accumulators_;
  const bool fuses_;
  LoweredModule& out_;
  LoweredFunction& self_;
  const Function& function_;
  const FuncType& type_;

  std::vector<Local> locals_;
  std::vector<Entry> stack_;
  size_t settled_ = 0;  // so many at the bottom of stack_ read no local
  std::vector<Label> labels_;
  uint32_t top_ = 0, max_slot_ = 0;
  uint32_t offset_ = 0;
  bool unreachable_ = false;
  size_t skipped_blocks_ = 0;
  uint32_t last_ = kNone;  // the instruction emitted last
  Opcode last_code_;
  uint32_t producer_ = kNone;  // the same, while nothing came after it and the topmost value is its result
  /// What an accumulator holds: the value of a slot, too, put there by that instruction.
  struct Accumulated {
    uint32_t slot = kNone;
    uint32_t producer = kNone;  // while nothing but the stack's consumer reads the slot
  };
  struct Accumulators {
    std::array<Accumulated, 2> values;  // the current one, the previous one
    Accumulated& in(Place place) { return values[place == Place::accumulator ? 0 : 1]; }
    void push(Accumulated value) { values = {value, values[0]}; }
  };
  std::array<Accumulators, kAccumulators> accumulated_, accumulated_before_;  // now, and before the last instruction
  uint32_t settled_producers_ = 0;  // instructions before this cell must write their slots
  std::vector<uint32_t> targets_;
  size_t first_instruction_ = 0;  // in out_.locations
};

}  // namespace weft
