// SPDX-License-Identifier: Apache-2.0
//
// The structure of instruction sequences: blocks, folding, labels.
#include <fmt/format.h>

#include "interp/limits.h"
#include "interp/unsupported.h"
#include "suite/text/annotations.h"
#include "suite/text/expr_parser.h"

namespace weft::text {
namespace {

bool is_structured(Op op) {
  return info(op).immediate == Immediate::block || info(op).immediate == Immediate::block_catches;
}

/// Whether the keyword goes on with a structured instruction, or ends it, and is none by itself.
bool is_clause(Op op) {
  return op == Op::end || op == Op::else_ || op == Op::catch_ || op == Op::catch_all || op == Op::delegate;
}

}  // namespace

Expr ExprParser::sequence() {
  while (!(cursor_.at(TokenKind::rpar) && frames_.empty())) step();
  return finish();
}

Expr ExprParser::folded() {
  if (!cursor_.at(TokenKind::lpar)) cursor_.unexpected("a folded instruction");
  do {
    step();
  } while (!frames_.empty());
  return finish();
}

Expr ExprParser::finish() {
  expr_.body.push_back({.op = Op::end, .offset = cursor_.peek().position.line});
  return std::move(expr_);
}

void ExprParser::step() {
  if (cursor_.at_annotation() && locals_ != nullptr) read_hint();
  switch (cursor_.peek().kind) {
    case TokenKind::keyword: flat_instruction(); break;
    case TokenKind::lpar: open_folded(); break;
    case TokenKind::rpar: close_folded(); break;
    default: cursor_.unexpected("an instruction");
  }
  if (hint_) cursor_.refuse(hint_->first);  // that was none
}

void ExprParser::read_hint() {
  while (cursor_.at_annotation(kBranchHintAnnotation)) {
    const Token annotation = cursor_.take_annotation();
    const uint8_t value = branch_hint_annotation(annotation);
    if (hint_) fail(annotation.position, fmt::format("@{} annotation: duplicate annotation", kBranchHintAnnotation));
    hint_.emplace(annotation, value);
  }
}

std::optional<uint8_t> ExprParser::take_hint(Op op) {
  if (!hint_) return std::nullopt;
  if (op != Op::br_if && op != Op::if_) {
    module_.note_invalid_annotation(hint_->first.position,
                                    fmt::format("@{} annotation: invalid target", kBranchHintAnnotation));
  }
  return std::exchange(hint_, std::nullopt)->second;
}

void ExprParser::append(const Instr& instr, std::optional<uint8_t> hint) {
  if (hint) branch_hints_.emplace_back(expr_.body.size(), *hint);
  expr_.body.push_back(instr);
}

/// Operands of a folded instruction, the condition of a folded `if`, and the clauses of a folded `if` or `try` must be
/// in parentheses.
bool ExprParser::allows_flat() const {
  if (frames_.empty()) return true;
  switch (frames_.back().kind) {
    case FrameKind::folded_plain:
    case FrameKind::folded_if:
    case FrameKind::after_then:
    case FrameKind::after_else:
    case FrameKind::folded_try:
    case FrameKind::after_do:
    case FrameKind::after_catch:
    case FrameKind::after_catch_all:
    case FrameKind::after_delegate: return false;
    default: return true;
  }
}

Op ExprParser::expect_instruction() {
  const auto op = cursor_.at(TokenKind::keyword) ? find_instruction(cursor_.peek().text) : std::nullopt;
  if (op) return *op;
  if (cursor_.at(TokenKind::keyword)) {
    const std::string_view message = unsupported_instruction(cursor_.peek().text);
    if (!message.empty()) fail_unsupported(cursor_.peek().position, message);
  }
  cursor_.unexpected("an instruction");
}

ExprParser::Frame ExprParser::block_frame(FrameKind kind, const Token& keyword, Op op) {
  Frame frame{.kind = kind,
              .position = keyword.position,
              .pending = {.op = op, .offset = keyword.position.line},
              .label = {},
              .hint = take_hint(op)};
  if (const auto id = cursor_.accept_id()) frame.label = id_name(*id);
  immediates(keyword, frame.pending);
  return frame;
}

void ExprParser::enter_block(const std::optional<std::string>& label, Position position) {
  if (labels_.size() >= kMaxNesting) fail(position, too_many(kMaxNesting, kMaxNesting + 1));
  if (label) labels_by_name_[*label].push_back(labels_.size());
  labels_.push_back(label);
}

void ExprParser::leave_label() {
  if (labels_.back()) labels_by_name_[*labels_.back()].pop_back();
  labels_.pop_back();
}

/// An empty else-branch is the same as none (text-if) and is not kept.
void ExprParser::end_block(uint32_t line) {
  if (expr_.body.back().op == Op::else_) expr_.body.pop_back();
  expr_.body.push_back({.op = Op::end, .offset = line});
  leave_label();
  frames_.pop_back();
}

/// The identifier behind `else` and `end` repeats that of the block.
void ExprParser::check_label() {
  const auto id = cursor_.accept_id();
  if (!id) return;
  if (frames_.back().label != id_name(*id)) fail(id->position, fmt::format("mismatching label {}", id->text));
}

void ExprParser::flat_instruction() {
  if (!allows_flat()) cursor_.unexpected("'(' or ')'");
  const Op op = expect_instruction();
  const Token keyword = cursor_.take();
  if (op == Op::end) return flat_end(keyword);
  if (op == Op::else_) return flat_else(keyword);
  if (op == Op::catch_ || op == Op::catch_all) return flat_catch(keyword, op);
  if (op == Op::delegate) return flat_delegate(keyword);
  if (!is_structured(op)) {
    const auto hint = take_hint(op);
    return append(plain(keyword, op), hint);
  }
  const FrameKind kind = op == Op::if_    ? FrameKind::flat_if
                         : op == Op::try_ ? FrameKind::flat_try
                                          : FrameKind::flat_block;
  Frame frame = block_frame(kind, keyword, op);
  enter_block(frame.label, frame.position);
  append(frame.pending, frame.hint);
  frames_.push_back(std::move(frame));
}

void ExprParser::flat_end(const Token& keyword) {
  const bool ends_block = !frames_.empty() && is_flat(frames_.back().kind);
  if (!ends_block) Cursor::unexpected(keyword, frames_.empty() ? "an instruction" : "')'");
  check_label();
  end_block(keyword.position.line);
}

void ExprParser::flat_else(const Token& keyword) {
  const bool follows_if = !frames_.empty() && frames_.back().kind == FrameKind::flat_if;
  if (!follows_if) Cursor::unexpected(keyword, "an instruction");
  check_label();
  frames_.back().kind = FrameKind::flat_else;
  expr_.body.push_back({.op = Op::else_, .offset = keyword.position.line});
}

void ExprParser::flat_catch(const Token& keyword, Op op) {
  const bool follows_try =
      !frames_.empty() && (frames_.back().kind == FrameKind::flat_try || frames_.back().kind == FrameKind::flat_catch);
  if (!follows_try) Cursor::unexpected(keyword, "an instruction");
  handler(keyword, op);
  frames_.back().kind = op == Op::catch_ ? FrameKind::flat_catch : FrameKind::flat_catch_all;
}

void ExprParser::flat_delegate(const Token& keyword) {
  const bool follows_try = !frames_.empty() && frames_.back().kind == FrameKind::flat_try;
  if (!follows_try) Cursor::unexpected(keyword, "an instruction");
  handler(keyword, Op::delegate);
  frames_.pop_back();
}

/// A `delegate` ends its block, so that its label is counted from outside.
void ExprParser::handler(const Token& keyword, Op op) {
  if (op == Op::delegate) leave_label();
  expr_.body.push_back(plain(keyword, op));
}

/// `(then` and `(else`; false where an instruction may follow.
bool ExprParser::open_clause_of_if() {
  Frame& frame = frames_.back();
  if (frame.kind == FrameKind::folded_if && cursor_.accept_keyword("then")) {
    enter_block(frame.label, frame.position);
    append(frame.pending, frame.hint);
    frame.kind = FrameKind::folded_then;
    return true;
  }
  if (frame.kind != FrameKind::after_then) return false;
  if (!cursor_.at_keyword("else")) cursor_.unexpected("'else' or ')'");
  expr_.body.push_back({.op = Op::else_, .offset = cursor_.take().position.line});
  frame.kind = FrameKind::folded_else;
  return true;
}

/// `(do`, `(catch $e`, `(catch_all` and `(delegate $l`; false where an instruction may follow.
bool ExprParser::open_clause_of_try() {
  Frame& frame = frames_.back();
  if (frame.kind == FrameKind::folded_try) {
    cursor_.expect_keyword("do");
    frame.kind = FrameKind::folded_do;
    return true;
  }
  if (frame.kind != FrameKind::after_do && frame.kind != FrameKind::after_catch) return false;
  const bool allows_delegate = frame.kind == FrameKind::after_do;
  const Token keyword = cursor_.peek();
  if (cursor_.accept_keyword("catch")) {
    handler(keyword, Op::catch_);
    frame.kind = FrameKind::folded_catch;
  } else if (cursor_.accept_keyword("catch_all")) {
    handler(keyword, Op::catch_all);
    frame.kind = FrameKind::folded_catch_all;
  } else if (allows_delegate && cursor_.accept_keyword("delegate")) {
    handler(keyword, Op::delegate);
    cursor_.expect_close();
    frame.kind = FrameKind::after_delegate;
  } else {
    cursor_.unexpected(allows_delegate ? "'catch', 'catch_all', 'delegate' or ')'" : "'catch', 'catch_all' or ')'");
  }
  return true;
}

void ExprParser::open_folded() {
  const Token paren = cursor_.take();
  if (!frames_.empty()) {
    if (open_clause_of_if() || open_clause_of_try()) return;
    const FrameKind kind = frames_.back().kind;
    if (kind == FrameKind::after_else || kind == FrameKind::after_catch_all || kind == FrameKind::after_delegate) {
      Cursor::unexpected(paren, "')'");
    }
  }
  const Op op = expect_instruction();
  if (is_clause(op)) cursor_.unexpected("an instruction");
  const Token keyword = cursor_.take();
  if (!is_structured(op)) {
    const auto hint = take_hint(op);
    frames_.push_back({FrameKind::folded_plain, keyword.position, plain(keyword, op), std::nullopt, hint});
    return;
  }
  const FrameKind kind = op == Op::if_    ? FrameKind::folded_if
                         : op == Op::try_ ? FrameKind::folded_try
                                          : FrameKind::folded_block;
  Frame frame = block_frame(kind, keyword, op);
  if (frame.kind != FrameKind::folded_if) {
    enter_block(frame.label, frame.position);
    append(frame.pending, frame.hint);
  }
  frames_.push_back(std::move(frame));
}

void ExprParser::close_folded() {
  if (frames_.empty()) cursor_.unexpected("an instruction");
  Frame& frame = frames_.back();
  if (frame.kind == FrameKind::folded_if) cursor_.unexpected("'(then'");
  if (frame.kind == FrameKind::folded_try) cursor_.unexpected("'(do'");
  if (is_flat(frame.kind)) {
    cursor_.unexpected(fmt::format("'end' of the block at {}", to_string(frame.position)));
  }
  const uint32_t line = cursor_.take().position.line;
  switch (frame.kind) {
    case FrameKind::folded_plain:
      append(frame.pending, frame.hint);
      frames_.pop_back();
      break;
    case FrameKind::folded_then: frame.kind = FrameKind::after_then; break;
    case FrameKind::folded_else: frame.kind = FrameKind::after_else; break;
    case FrameKind::folded_do: frame.kind = FrameKind::after_do; break;
    case FrameKind::folded_catch: frame.kind = FrameKind::after_catch; break;
    case FrameKind::folded_catch_all: frame.kind = FrameKind::after_catch_all; break;
    case FrameKind::after_delegate: frames_.pop_back(); break;  // which ended the block
    default: end_block(line);
  }
}

}  // namespace weft::text
