// SPDX-License-Identifier: Apache-2.0
//
// The immediates of instructions, as enum class Immediate lists them.
#include <bit>

#include <fmt/format.h>

#include "suite/text/constants.h"
#include "suite/text/expr_parser.h"
#include "suite/text/literals.h"

namespace weft::text {

Instr ExprParser::plain(const Token& keyword, Op op) {
  Instr instr{.op = op, .offset = keyword.position.line};
  if (op == Op::select && cursor_.at_open("result")) {
    instr.op = Op::select_t;
    select_types(instr);
  } else {
    immediates(keyword, instr);
  }
  return instr;
}

void ExprParser::immediates(const Token& keyword, Instr& instr) {
  const auto space = [this](ExternKind kind) -> const IndexSpace& { return module_.space(kind); };
  const auto index = [&](ExternKind kind) { return space(kind).expect(cursor_); };
  const auto optional_index = [&](ExternKind kind) { return index_or_zero(space(kind)); };
  // The two operands of table.copy and memory.copy are given together or not at all.
  const auto index_pair = [&](ExternKind kind) {
    if (!cursor_.at_index()) return;
    instr.a = index(kind);
    instr.b = index(kind);
  };
  // table.init and memory.init: the segment comes last, an index before it is that of the table or memory.
  const auto segment = [&](const IndexSpace& segments, ExternKind kind) {
    const bool has_entity =
        cursor_.at_index() && (cursor_.peek_next().kind == TokenKind::nat || cursor_.peek_next().kind == TokenKind::id);
    instr.b = has_entity ? index(kind) : 0;
    instr.a = segments.expect(cursor_);
  };

  switch (info(instr.op).immediate) {
    case Immediate::none:
    case Immediate::fence: return;
    case Immediate::block: return block_type(instr);
    case Immediate::block_catches: block_type(instr); return catches(instr);
    case Immediate::tag: instr.a = index(ExternKind::tag); return;
    case Immediate::label: instr.a = label_index(); return;
    case Immediate::labels: return labels(instr);
    case Immediate::func: instr.a = index(ExternKind::func); return;
    case Immediate::type_table:
      instr.b = optional_index(ExternKind::table);
      instr.a = module_.resolve(module_.type_use(false));
      return;
    case Immediate::types: return select_types(instr);
    case Immediate::local: instr.a = local_index(); return;
    case Immediate::global: instr.a = index(ExternKind::global); return;
    case Immediate::table: instr.a = optional_index(ExternKind::table); return;
    case Immediate::table_table: return index_pair(ExternKind::table);
    case Immediate::elem_table: return segment(module_.elements(), ExternKind::table);
    case Immediate::elem: instr.a = module_.elements().expect(cursor_); return;
    case Immediate::memory: instr.a = optional_index(ExternKind::memory); return;
    case Immediate::memory_memory: return index_pair(ExternKind::memory);
    case Immediate::data_memory: module_.need_data_count(); return segment(module_.data(), ExternKind::memory);
    case Immediate::data:
      module_.need_data_count();
      instr.a = module_.data().expect(cursor_);
      return;
    case Immediate::memarg: instr.a = optional_index(ExternKind::memory); return memarg(instr);
    case Immediate::memarg_lane: return memarg_lane(instr);
    case Immediate::lane: instr.lane = lane_index(); return;
    case Immediate::lanes: return shuffle_lanes(keyword, instr);
    case Immediate::i32: instr.lo = int_constant(cursor_, 32); return;
    case Immediate::i64: instr.lo = int_constant(cursor_, 64); return;
    case Immediate::f32: instr.lo = float_constant(cursor_, 32); return;
    case Immediate::f64: instr.lo = float_constant(cursor_, 64); return;
    case Immediate::v128: {
      const VectorConstant constant = vector_constant(cursor_, false);
      instr.lo = constant.lo;
      instr.hi = constant.hi;
      return;
    }
    case Immediate::reftype: instr.a = static_cast<uint32_t>(module_.heap_type()); return;
  }
}

void ExprParser::block_type(Instr& instr) {
  const TypeUse use = module_.type_use(false);
  const FuncType& type = use.signature;
  const bool is_short = !use.index && type.params.empty() && type.results.size() <= 1;  // text-blocktype
  const BlockType block = is_short ? (type.results.empty() ? BlockType{} : BlockType::of(type.results[0]))
                                   : BlockType{module_.resolve(use)};
  instr.lo = static_cast<uint64_t>(block.code);
}

/// The catch clauses of a try_table, whose own label is not yet in scope.
void ExprParser::catches(Instr& instr) {
  using Kind = CatchClause::Kind;
  constexpr std::pair<std::string_view, Kind> kClauses[] = {{"catch", Kind::catch_},
                                                            {"catch_ref", Kind::catch_ref},
                                                            {"catch_all", Kind::catch_all},
                                                            {"catch_all_ref", Kind::catch_all_ref}};
  instr.a = static_cast<uint32_t>(expr_.pool.size());
  const auto accept_clause = [&] {
    for (const auto& [word, kind] : kClauses) {
      if (!cursor_.accept_open(word)) continue;
      CatchClause clause{kind};
      if (clause.has_tag()) clause.tag = module_.space(ExternKind::tag).expect(cursor_);
      clause.label = label_index();
      cursor_.expect_close();
      expr_.add(clause);
      return true;
    }
    return false;
  };
  while (accept_clause()) ++instr.b;
}

uint32_t ExprParser::index_or_zero(const IndexSpace& space) { return cursor_.at_index() ? space.expect(cursor_) : 0; }

uint32_t ExprParser::label_index() {
  if (!cursor_.at(TokenKind::id)) return cursor_.expect_u32("a label index");
  const Token id = cursor_.take();
  const auto found = labels_by_name_.find(id_name(id));
  if (found == labels_by_name_.end() || found->second.empty()) {
    fail(id.position, fmt::format("unknown label {}", id.text));
  }
  return static_cast<uint32_t>(labels_.size() - 1 - found->second.back());
}

uint32_t ExprParser::local_index() {
  static const IndexSpace kNoLocals("local");
  if (cursor_.at(TokenKind::id) && locals_ != nullptr && !locals_->is_type_known) {
    fail(cursor_.peek().position, fmt::format("unknown type, so local {} has no index", cursor_.peek().text));
  }
  return (locals_ != nullptr ? locals_->space : kNoLocals).expect(cursor_);
}

/// br_table: all labels but the last are the table, the last is the default.
void ExprParser::labels(Instr& instr) {
  instr.a = static_cast<uint32_t>(expr_.pool.size());
  do {
    expr_.pool.push_back(label_index());
  } while (cursor_.at_index());
  instr.b = static_cast<uint32_t>(expr_.pool.size()) - instr.a - 1;
}

void ExprParser::select_types(Instr& instr) {
  std::vector<ValType> types;
  module_.value_types("result", types);
  instr.a = static_cast<uint32_t>(expr_.pool.size());
  instr.b = static_cast<uint32_t>(types.size());
  for (const ValType type : types) expr_.pool.push_back(static_cast<uint32_t>(type));
}

/// text-memarg: `offset=` and `align=` are parts of a keyword; the default alignment is the natural one. Whether the
/// offset fits the address type is validation's question.
void ExprParser::memarg(Instr& instr) {
  const auto value = [this](std::string_view prefix) -> std::optional<uint64_t> {
    const Token token = cursor_.peek();
    if (token.kind != TokenKind::keyword || !token.text.starts_with(prefix)) return std::nullopt;
    const std::string_view number = token.text.substr(prefix.size());
    if (!is_nat(number)) cursor_.unexpected("an unsigned number");
    const bool is_2_0 = module_.edition() == Edition::wasm_2_0;
    std::optional<uint64_t> result = to_u64(number);
    if (is_2_0 && result && !to_u32(number)) result.reset();
    if (!result) fail(token.position, fmt::format("i{} constant out of range: {}", is_2_0 ? 32 : 64, token.text));
    cursor_.take();
    return result;
  };
  if (const auto offset = value("offset=")) instr.lo = *offset;
  const Position position = cursor_.peek().position;
  const uint64_t align = value("align=").value_or(info(instr.op).access);
  if (!std::has_single_bit(align)) fail(position, fmt::format("alignment must be a power of two, found {}", align));
  instr.align = static_cast<uint8_t>(std::countr_zero(align));
}

/// The lane index comes last, so that a number in front of anything but a memarg or another number is the lane.
void ExprParser::memarg_lane(Instr& instr) {
  const Token& next = cursor_.peek_next();
  const bool more_follows =
      next.kind == TokenKind::nat ||
      (next.kind == TokenKind::keyword && (next.text.starts_with("offset=") || next.text.starts_with("align=")));
  if (cursor_.at(TokenKind::id) || (cursor_.at(TokenKind::nat) && more_follows)) {
    instr.a = module_.space(ExternKind::memory).expect(cursor_);
  }
  memarg(instr);
  instr.lane = lane_index();
}

uint8_t ExprParser::lane_index() {
  const Token token = cursor_.expect(TokenKind::nat, "a lane index");
  const auto lane = to_u32(token.text);
  if (!lane || *lane > 0xff) malformed_lane(token);
  return static_cast<uint8_t>(*lane);
}

void ExprParser::malformed_lane(const Token& token) const {
  const bool is_2_0 = module_.edition() == Edition::wasm_2_0;
  fail(token.position,
       fmt::format("{} {}", is_2_0 ? "malformed lane index" : "i8 constant out of range: lane index", token.text));
}

void ExprParser::shuffle_lanes(const Token& keyword, Instr& instr) {
  constexpr size_t kLanes = 16;
  size_t count = 0;
  for (; cursor_.peek().is_number(); ++count) {
    if (!cursor_.at(TokenKind::nat)) malformed_lane(cursor_.peek());
    const uint64_t lane = lane_index();
    if (count < kLanes) (count < 8 ? instr.lo : instr.hi) |= lane << count % 8 * 8;
  }
  if (cursor_.at_unknown_word()) cursor_.unexpected("a lane index");
  if (count != kLanes)
    fail(keyword.position, fmt::format("invalid lane length: {} lane indices, expected {}", count, kLanes));
}

}  // namespace weft::text
