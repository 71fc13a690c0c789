// SPDX-License-Identifier: Apache-2.0
#include "interp/validate_code.h"

#include <algorithm>
#include <array>
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
  if (operands_.size() != frame.height) {
    return mismatch(frame.results.empty() ? kNothing : "nothing below its results", text(operands_.back()));
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
  if (operands_.size() == kMaxOperands) return fail(too_many(kMaxOperands, kMaxOperands + 1));
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
