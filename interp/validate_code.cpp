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
  static constexpr std::array kAll = {ValType::i32,  ValType::i64,     ValType::f32,       ValType::f64,
                                      ValType::v128, ValType::funcref, ValType::externref, ValType::exnref};
  const auto found = std::find(kAll.begin(), kAll.end(), type);
  return {found, found + 1};
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
  expr_ = &expr;
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
  const InstrFacts& row = facts(instr.op);
  if (row.immediate != Immediate::none && !immediate(instr)) return false;
  return row.is_special ? special(instr) : signature(instr);
}

// Typing rules

bool CodeValidator::signature(const Instr& instr) {
  const InstrFacts& row = facts(instr.op);
  const auto or_address = [&](ValType type, std::string_view letters, size_t i) {
    return type == ValType{} ? address_type(letters[i], instr) : type;
  };
  for (size_t i = row.operand_count; i-- > 0;) {
    if (!pop(or_address(row.operands[i], info(instr.op).operands(), i))) return false;
  }
  for (size_t i = 0; i < row.result_count; ++i) {
    if (!push(or_address(row.results[i], info(instr.op).results(), i))) return false;
  }
  return true;
}

/// The type that a letter of InstrInfo::signature stands for where a memory or table decides.
ValType CodeValidator::address_type(char letter, const Instr& instr) const {
  const auto memory = [this](uint32_t index) { return context_.memories[index].address; };
  AddressType to = ValType::i32, from = ValType::i32;
  switch (facts(instr.op).immediate) {
    case Immediate::memory_memory: to = memory(instr.a), from = memory(instr.b); break;
    case Immediate::table_table: to = table_address(instr.a), from = table_address(instr.b); break;
    case Immediate::data_memory: to = memory(instr.b); break;
    case Immediate::elem_table: to = table_address(instr.b); break;
    case Immediate::table: to = table_address(instr.a); break;
    default: to = memory(instr.a); break;
  }
  if (letter == 'a') return to;
  if (letter == 'b') return from;
  return to == ValType::i64 && from == ValType::i64 ? ValType::i64 : ValType::i32;  // 'n'
}

bool CodeValidator::special(const Instr& instr) {
  switch (instr.op) {
    case Op::unreachable: return unreachable();
    case Op::block:
    case Op::loop:
    case Op::if_:
    case Op::try_:
    case Op::try_table: return enter(instr);
    case Op::else_:
    case Op::end: return leave(instr);
    case Op::catch_:
    case Op::catch_all: return catch_(instr);
    case Op::delegate: return delegate(instr);
    case Op::throw_: return pop(context_.tag_params(instr.a)) && unreachable();
    case Op::throw_ref: return pop(ValType::exnref) && unreachable();
    case Op::rethrow: return rethrow(instr);
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
      return pop(table_address(instr.b)) && pop(type.params) && push(type.results);
    }
    case Op::return_call: return tail_call(context_.function_type(instr.a));
    case Op::return_call_indirect: return pop(table_address(instr.b)) && tail_call(context_.module.types[instr.a]);
    case Op::drop: return pop_any("a value").has_value();
    case Op::select: return select();
    case Op::select_t: {
      const auto type = static_cast<ValType>(expr_->pool[instr.a]);
      return pop(ValType::i32) && pop(type) && pop(type) && push(type);
    }
    case Op::local_get: return push(local_type(instr.a));
    case Op::local_set: return pop(local_type(instr.a));
    case Op::local_tee: return pop(local_type(instr.a)) && push(local_type(instr.a));
    case Op::global_get: return push(context_.globals[instr.a].type);
    case Op::global_set:
      if (!context_.globals[instr.a].is_mutable) {
        return fail(
            fmt::format("{}: {}", edition_ == Edition::wasm_2_0 ? "global is immutable" : "immutable global", instr.a));
      }
      return pop(context_.globals[instr.a].type);
    case Op::table_get: return pop(table_address(instr.a)) && push(context_.tables[instr.a].element);
    case Op::table_set: return pop(context_.tables[instr.a].element) && pop(table_address(instr.a));
    case Op::table_grow:
      return pop(table_address(instr.a)) && pop(context_.tables[instr.a].element) && push(table_address(instr.a));
    case Op::table_fill:
      return pop(table_address(instr.a)) && pop(context_.tables[instr.a].element) && pop(table_address(instr.a));
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

/// What a block, or a part of it, leaves must be exactly its results.
bool CodeValidator::close() {
  const Frame& frame = frames_.back();
  if (!pop(frame.results)) return false;
  return operands_.size() == frame.height ||
         mismatch(frame.results.empty() ? kNothing : "nothing below its results", text(operands_.back()));
}

/// `else` and `end`. An `if` without `else` passes its parameters on.
bool CodeValidator::leave(const Instr& instr) {
  if (!close()) return false;
  const Frame frame = frames_.back();
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

/// `catch` and `catch_all` of the legacy `try`.
bool CodeValidator::catch_(const Instr& instr) {
  if (!close()) return false;
  Frame& frame = frames_.back();
  if (frame.op != Op::try_ && frame.op != Op::catch_) {
    return fail(fmt::format("END opcode expected: {} without try", info(instr.op).text));
  }
  frame.op = instr.op;
  frame.params = {};
  frame.is_unreachable = false;
  return instr.op == Op::catch_all || push(context_.tag_params(instr.a));
}

/// The label is counted from outside the `try`.
bool CodeValidator::delegate(const Instr& instr) {
  if (!close()) return false;
  const Frame frame = frames_.back();
  if (frame.op != Op::try_) return fail("END opcode expected: delegate without try");
  frames_.pop_back();
  return label(instr.a) && push(frame.results);
}

bool CodeValidator::rethrow(const Instr& instr) {
  const Op op = target(instr.a).op;
  if (op != Op::catch_ && op != Op::catch_all) return fail(fmt::format("invalid rethrow label {}", instr.a));
  return unreachable();
}

/// valid-return_call: the callee gives what the function gives.
bool CodeValidator::tail_call(const FuncType& type) {
  const Types results = frames_.front().results;
  if (!std::equal(type.results.begin(), type.results.end(), results.begin(), results.end())) {
    return fail(fmt::format("type mismatch: {} expects a function of the caller's results, found {}", subject(),
                            to_string(type)));
  }
  return pop(type.params) && unreachable();
}

/// Every label must accept the operands; they need not be of one type when unreachable code leaves the operands' types
/// open.
bool CodeValidator::branch_table(const Instr& instr) {
  if (!pop(ValType::i32)) return false;
  const Types fallback = target(expr_->pool[instr.a + instr.b]).label();
  for (uint32_t i = 0; i < instr.b; ++i) {
    const Types types = target(expr_->pool[instr.a + i]).label();
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

/// valid-constant: what may stand in a constant expression. Of globals it sees only earlier ones.
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
    case Op::i32_add:
    case Op::i32_sub:
    case Op::i32_mul:
    case Op::i64_add:
    case Op::i64_sub:
    case Op::i64_mul:
      return edition_ != Edition::wasm_2_0 ||
             fail(fmt::format("constant expression required: {} is not constant", info(instr.op).text));
    case Op::global_get:
      if (instr.a >= context_.visible_globals) {
        return fail(
            fmt::format("unknown global {}: this constant expression sees only {}", instr.a, context_.visible_globals));
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
