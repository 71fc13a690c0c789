// SPDX-License-Identifier: Apache-2.0
#include "interp/validate_code.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "interp/limits.h"

namespace weft {
namespace {

constexpr std::string_view kNothing = "nothing";

/// A sequence of one type that outlives everything, for block types.
std::span<const ValType> sequence(ValType type) {
  static constexpr std::array kAll = {ValType::i32,  ValType::i64,     ValType::f32,      ValType::f64,
                                      ValType::v128, ValType::funcref, ValType::externref};
  const auto found = std::find(kAll.begin(), kAll.end(), type);
  return {found, found + 1};
}

/// The type a letter of InstrInfo::signature stands for. Memories have 32-bit addresses, so 'a' is i32.
constexpr ValType letter_type(char letter) {
  switch (letter) {
    case 'I': return ValType::i64;
    case 'f': return ValType::f32;
    case 'F': return ValType::f64;
    case 'v': return ValType::v128;
    default: return ValType::i32;
  }
}

/// How many lanes an instruction chooses from: the second number of its shape ("i8x16.extract_lane_s"), or those that
/// fit an access.
constexpr uint32_t lane_count(const InstrInfo& row) {
  if (row.access != 0) return 16u / row.access;
  uint32_t count = 0;
  for (const char c : row.text.substr(row.text.find('x') + 1)) {
    if (c < '0' || c > '9') break;
    count = count * 10 + static_cast<uint32_t>(c - '0');
  }
  return count;
}
static_assert(lane_count(info(Op::i8x16_replace_lane)) == 16 && lane_count(info(Op::f64x2_extract_lane)) == 2);
static_assert(lane_count(info(Op::v128_load16_lane)) == 8);

constexpr bool is_atomic(InstrClass cls) {
  switch (cls) {
    case InstrClass::atomic_load:
    case InstrClass::atomic_store:
    case InstrClass::atomic_rmw:
    case InstrClass::atomic_cmpxchg:
    case InstrClass::atomic_wait:
    case InstrClass::atomic_notify: return true;
    default: return false;
  }
}

std::string_view text(const std::optional<ValType>& operand) { return operand ? to_string(*operand) : "any type"; }

}  // namespace

Result<Ok> CodeValidator::function(const Function& function) {
  const FuncType& type = context_.module.types[function.type];
  params_ = type.params;
  locals_ = function.locals;
  return run(function.code, type.results);
}

Result<Ok> CodeValidator::constant(const Expr& expr, ValType result) {
  params_ = locals_ = {};
  error_.reset();
  for (const Instr& instr : expr.body) {
    current_ = &instr;
    if (!constant_instruction(instr)) return *error_;
  }
  return run(expr, sequence(result));
}

Result<Ok> CodeValidator::run(const Expr& expr, Types results) {
  error_.reset();
  operands_.clear();
  frames_.clear();
  frames_.push_back({.op = Op::block, .params = {}, .results = results, .height = 0});
  pool_ = &expr.pool;
  for (const Instr& instr : expr.body) {
    current_ = &instr;
    if (frames_.empty()) {
      fail("unexpected instruction after the end of the expression");
    } else if (instruction(instr)) {
      continue;
    }
    return *error_;
  }
  if (!frames_.empty()) return Error{ErrorKind::invalid, "unexpected end: an expression must close with end", ""};
  return Ok{};
}

bool CodeValidator::instruction(const Instr& instr) {
  if (!immediate(instr)) return false;
  const InstrInfo& row = info(instr.op);
  return row.is_special() ? special(instr) : signature(row);
}

// Immediates

bool CodeValidator::immediate(const Instr& instr) {
  switch (info(instr.op).immediate) {
    case Immediate::block: return block_type(instr);
    case Immediate::label: return label(instr.a);
    case Immediate::labels:
      return std::all_of(pool_->begin() + instr.a, pool_->begin() + instr.a + instr.b + 1,
                         [this](uint32_t l) { return label(l); });
    case Immediate::func: return known("function", instr.a, context_.functions.size());
    case Immediate::local: return known("local", instr.a, params_.size() + locals_.size());
    case Immediate::global: return known("global", instr.a, context_.globals.size());
    case Immediate::table: return table(instr.a);
    case Immediate::memory: return memory(instr.a);
    case Immediate::data: return data(instr.a);
    case Immediate::elem: return element(instr.a);
    case Immediate::memory_memory: return memory(instr.a) && memory(instr.b);
    case Immediate::data_memory: return memory(instr.b) && data(instr.a);
    case Immediate::type_table:
      return table(instr.b) && same_type("the table", ValType::funcref, context_.tables[instr.b].element) &&
             known("type", instr.a, context_.module.types.size());
    case Immediate::table_table:
      return table(instr.a) && table(instr.b) &&
             same_type("the source table", context_.tables[instr.a].element, context_.tables[instr.b].element);
    case Immediate::elem_table:
      return table(instr.b) && element(instr.a) &&
             same_type("the segment", context_.tables[instr.b].element, context_.module.elements[instr.a].type);
    case Immediate::types:
      return instr.b == 1 || fail(fmt::format("invalid result arity: select gives 1 value, not {}", instr.b));
    case Immediate::memarg: return memarg(instr);
    case Immediate::memarg_lane: return memarg(instr) && lane(instr.lane, lane_count(info(instr.op)));
    case Immediate::lane: return lane(instr.lane, lane_count(info(instr.op)));
    case Immediate::lanes:
      for (unsigned shift = 0; shift < 64; shift += 8) {
        if (!lane((instr.lo >> shift) & 0xff, 32) || !lane((instr.hi >> shift) & 0xff, 32)) return false;
      }
      return true;
    case Immediate::none:
    case Immediate::i32:
    case Immediate::i64:
    case Immediate::f32:
    case Immediate::f64:
    case Immediate::v128:
    case Immediate::reftype:
    case Immediate::fence: return true;
  }
  return true;
}

bool CodeValidator::known(const char* space, uint32_t index, size_t count) {
  return index < count || fail(fmt::format("unknown {} {}", space, index));
}

bool CodeValidator::label(uint32_t index) {
  return index < frames_.size() || fail(fmt::format("unknown label {}: {} are open", index, frames_.size()));
}

bool CodeValidator::block_type(const Instr& instr) {
  const BlockType type = BlockType::from(instr);
  return !type.is_type_index() || known("type", type.type_index(), context_.module.types.size());
}

bool CodeValidator::memarg(const Instr& instr) {
  if (!memory(instr.a)) return false;
  const InstrInfo& row = info(instr.op);
  if (instr.lo > std::numeric_limits<uint32_t>::max()) return fail(fmt::format("offset out of range: {}", instr.lo));
  const uint64_t alignment = instr.align < 64 ? uint64_t{1} << instr.align : std::numeric_limits<uint64_t>::max();
  if (is_atomic(row.instr_class)) {
    return alignment == row.access ||
           fail(fmt::format("atomic alignment must be natural: {} is aligned to {}, found {}", row.text, row.access,
                            alignment));
  }
  return alignment <= row.access ||
         fail(fmt::format("alignment must not be larger than natural: {} accesses {} bytes, found {}", row.text,
                          row.access, alignment));
}

bool CodeValidator::lane(uint32_t index, uint32_t count) {
  return index < count || fail(fmt::format("invalid lane index: {} has {} lanes, found {}", subject(), count, index));
}

bool CodeValidator::same_type(const char* what, ValType a, ValType b) {
  return a == b || fail(fmt::format("type mismatch: {} expects {} to be of {}, found {}", subject(), what, to_string(a),
                                    to_string(b)));
}

// Typing rules

bool CodeValidator::signature(const InstrInfo& row) {
  const std::string_view operands = row.operands();
  for (auto letter = operands.rbegin(); letter != operands.rend(); ++letter) {
    if (!pop(letter_type(*letter))) return false;
  }
  for (const char letter : row.results()) {
    if (!push(letter_type(letter))) return false;
  }
  return true;
}

bool CodeValidator::special(const Instr& instr) {
  switch (instr.op) {
    case Op::unreachable: return unreachable();
    case Op::block:
    case Op::loop:
    case Op::if_: return enter(instr);
    case Op::else_:
    case Op::end: return leave(instr);
    case Op::br: return pop(target(instr.a).label()) && unreachable();
    case Op::br_if: return pop(ValType::i32) && pop(target(instr.a).label()) && push(target(instr.a).label());
    case Op::br_table: return branch_table(instr);
    case Op::return_: return pop(frames_.front().results) && unreachable();
    case Op::call: {
      const FuncType& type = context_.function_type(instr.a);
      return pop(type.params) && push(type.results);
    }
    case Op::call_indirect: {
      const FuncType& type = context_.module.types[instr.a];
      return pop(ValType::i32) && pop(type.params) && push(type.results);
    }
    case Op::drop: return pop_any("a value").has_value();
    case Op::select: return select();
    case Op::select_t: {
      const auto type = static_cast<ValType>((*pool_)[instr.a]);
      return pop(ValType::i32) && pop(type) && pop(type) && push(type);
    }
    case Op::local_get: return push(local_type(instr.a));
    case Op::local_set: return pop(local_type(instr.a));
    case Op::local_tee: return pop(local_type(instr.a)) && push(local_type(instr.a));
    case Op::global_get: return push(context_.globals[instr.a].type);
    case Op::global_set:
      if (!context_.globals[instr.a].is_mutable) return fail(fmt::format("global is immutable: {}", instr.a));
      return pop(context_.globals[instr.a].type);
    case Op::table_get: return pop(ValType::i32) && push(context_.tables[instr.a].element);
    case Op::table_set: return pop(context_.tables[instr.a].element) && pop(ValType::i32);
    case Op::table_grow: return pop(ValType::i32) && pop(context_.tables[instr.a].element) && push(ValType::i32);
    case Op::table_fill: return pop(ValType::i32) && pop(context_.tables[instr.a].element) && pop(ValType::i32);
    case Op::ref_null: return push(static_cast<ValType>(instr.a));
    case Op::ref_is_null: return is_null();
    case Op::ref_func:
      if (!context_.refs[instr.a]) return fail(fmt::format("undeclared function reference: {}", instr.a));
      return push(ValType::funcref);
    default: return fail(fmt::format("no validation rule for {}", subject()));
  }
}

bool CodeValidator::enter(const Instr& instr) {
  if (instr.op == Op::if_ && !pop(ValType::i32)) return false;
  const Types params = block_params(instr);
  if (!pop(params)) return false;
  frames_.push_back({.op = instr.op, .params = params, .results = block_results(instr), .height = operands_.size()});
  return push(params);
}

/// `else` and `end`: what the block leaves must be exactly its results. An `if` without `else` passes its parameters
/// on.
bool CodeValidator::leave(const Instr& instr) {
  const Frame frame = frames_.back();
  if (!pop(frame.results)) return false;
  if (const size_t surplus = operands_.size() - frame.height; surplus != 0) {
    return fail(fmt::format("type mismatch: {} values too many at the {}, {} on top", surplus, subject(),
                            text(operands_.back())));
  }
  if (instr.op == Op::else_) {
    if (frame.op != Op::if_) return fail("END opcode expected: else without if");
    frames_.back() = {.op = Op::else_, .params = frame.params, .results = frame.results, .height = frame.height};
    return push(frame.params);
  }
  if (frame.op == Op::if_ &&
      !std::equal(frame.params.begin(), frame.params.end(), frame.results.begin(), frame.results.end())) {
    return fail("type mismatch: if without else must give what it takes");
  }
  frames_.pop_back();
  return push(frame.results);
}

/// Every label must accept the operands; they need not be of one type when unreachable code leaves the operands' types
/// open.
bool CodeValidator::branch_table(const Instr& instr) {
  if (!pop(ValType::i32)) return false;
  const Types fallback = target((*pool_)[instr.a + instr.b]).label();
  for (uint32_t i = 0; i < instr.b; ++i) {
    const Types types = target((*pool_)[instr.a + i]).label();
    if (types.size() != fallback.size()) {
      return mismatch(fmt::format("labels of {} values as its default", fallback.size()),
                      fmt::format("{}", types.size()));
    }
    if (!matches(types)) return false;
  }
  return pop(fallback) && unreachable();
}

bool CodeValidator::select() {
  if (!pop(ValType::i32)) return false;
  const auto second = pop_any("a value");
  if (!second) return false;
  const auto first = pop_any("a value");
  if (!first) return false;
  for (const Operand& operand : {*first, *second}) {
    if (operand && is_reference(*operand))
      return mismatch("a number or vector, for want of a type", to_string(*operand));
  }
  if (*first && *second && *first != *second) return mismatch(text(*first), text(*second));
  return push(*first ? *first : *second);
}

bool CodeValidator::is_null() {
  const auto operand = pop_any("a reference");
  if (!operand) return false;
  if (*operand && !is_reference(**operand)) return mismatch("a reference", text(*operand));
  return push(ValType::i32);
}

/// valid-constant: what may stand in a constant expression. Of globals it sees only imported ones.
bool CodeValidator::constant_instruction(const Instr& instr) {
  switch (instr.op) {
    case Op::i32_const:
    case Op::i64_const:
    case Op::f32_const:
    case Op::f64_const:
    case Op::v128_const:
    case Op::ref_null:
    case Op::ref_func:
    case Op::end: return true;
    case Op::global_get:
      if (instr.a >= context_.imported_globals) {
        return fail(fmt::format("unknown global {}: constant expressions see only the {} imported", instr.a,
                                context_.imported_globals));
      }
      return !context_.globals[instr.a].is_mutable ||
             fail(fmt::format("constant expression required: global {} is mutable", instr.a));
    default: return fail(fmt::format("constant expression required: {} is not constant", info(instr.op).text));
  }
}

// Operands

bool CodeValidator::push(Operand type) {
  if (operands_.size() == kMaxFrameSlots) {
    return fail(fmt::format("too many operands: the limit of this implementation is {}", kMaxFrameSlots));
  }
  operands_.push_back(type);
  return true;
}

bool CodeValidator::push(Types types) {
  return std::all_of(types.begin(), types.end(), [this](ValType type) { return push(Operand(type)); });
}

bool CodeValidator::pop(ValType expected) {
  const Frame& frame = frames_.back();
  if (operands_.size() == frame.height) return frame.is_unreachable || mismatch(to_string(expected), kNothing);
  const Operand found = operands_.back();
  operands_.pop_back();
  return !found || *found == expected || mismatch(to_string(expected), to_string(*found));
}

bool CodeValidator::pop(Types types) {
  return std::all_of(types.rbegin(), types.rend(), [this](ValType type) { return pop(type); });
}

/// The top operand, of whatever type; nothing after a failure.
std::optional<CodeValidator::Operand> CodeValidator::pop_any(const char* expected) {
  const Frame& frame = frames_.back();
  if (operands_.size() == frame.height) {
    if (frame.is_unreachable) return Operand();
    mismatch(expected, kNothing);
    return std::nullopt;
  }
  const Operand found = operands_.back();
  operands_.pop_back();
  return found;
}

/// Whether the top operands match, which stay where they are.
bool CodeValidator::matches(Types types) {
  const Frame& frame = frames_.back();
  const size_t available = operands_.size() - frame.height;
  for (size_t depth = 0; depth < types.size(); ++depth) {
    const ValType expected = types[types.size() - 1 - depth];
    if (depth >= available) return frame.is_unreachable || mismatch(to_string(expected), kNothing);
    const Operand found = operands_[operands_.size() - 1 - depth];
    if (found && *found != expected) return mismatch(to_string(expected), to_string(*found));
  }
  return true;
}

/// After an unconditional transfer of control the stack yields whatever is asked for (stack-polymorphism).
bool CodeValidator::unreachable() {
  operands_.resize(frames_.back().height);
  frames_.back().is_unreachable = true;
  return true;
}

ValType CodeValidator::local_type(uint32_t index) const {
  return index < params_.size() ? params_[index] : locals_[index - params_.size()];
}

CodeValidator::Types CodeValidator::block_params(const Instr& instr) const {
  const BlockType type = BlockType::from(instr);
  if (type.is_type_index()) return context_.module.types[type.type_index()].params;
  return {};
}

CodeValidator::Types CodeValidator::block_results(const Instr& instr) const {
  const BlockType type = BlockType::from(instr);
  if (type.is_type_index()) return context_.module.types[type.type_index()].results;
  return type.is_empty() ? Types() : sequence(type.value_type());
}

// Messages

std::string CodeValidator::subject() const {
  if (current_->op != Op::end) return std::string(info(current_->op).text);
  return frames_.size() == 1 ? "end of the body" : fmt::format("end of {}", info(frames_.back().op).text);
}

bool CodeValidator::mismatch(std::string_view expected, std::string_view found) {
  return fail(fmt::format("type mismatch: {} expects {}, found {}", subject(), expected, found));
}

bool CodeValidator::fail(std::string message) {
  error_ = Error{ErrorKind::invalid, std::move(message), fmt::format("{:#x}", current_->offset)};
  return false;
}

}  // namespace weft
