// SPDX-License-Identifier: Apache-2.0
//
// The structure of instruction sequences: blocks, folding, labels.
#include <fmt/format.h>

#include "interp/limits.h"
#include "suite/text/expr_parser.h"

namespace weft::text {

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
  switch (cursor_.peek().kind) {
    case TokenKind::keyword: return flat_instruction();
    case TokenKind::lpar: return open_folded();
    case TokenKind::rpar: return close_folded();
    default: break;
  }
  cursor_.unexpected("an instruction");
}

/// Operands of a folded instruction, the condition of a folded `if`, and what surrounds `then` and `else` must be in
/// parentheses.
bool ExprParser::allows_flat() const {
  if (frames_.empty()) return true;
  const FrameKind kind = frames_.back().kind;
  return kind != FrameKind::folded_plain && kind != FrameKind::folded_if && kind != FrameKind::after_then &&
         kind != FrameKind::after_else;
}

Op ExprParser::expect_instruction() {
  const auto op = cursor_.at(TokenKind::keyword) ? find_instruction(cursor_.peek().text) : std::nullopt;
  if (!op) cursor_.unexpected("an instruction");
  return *op;
}

ExprParser::Frame ExprParser::block_frame(FrameKind kind, const Token& keyword, Op op) {
  Frame frame{
      .kind = kind, .position = keyword.position, .pending = {.op = op, .offset = keyword.position.line}, .label = {}};
  if (const auto id = cursor_.accept_id()) frame.label = id_name(*id);
  immediates(keyword, frame.pending);
  return frame;
}

void ExprParser::enter_block(const std::optional<std::string>& label, Position position) {
  if (labels_.size() >= kMaxNesting) fail(position, too_many(kMaxNesting, kMaxNesting + 1));
  if (label) labels_by_name_[*label].push_back(labels_.size());
  labels_.push_back(label);
}

/// An empty else-branch is the same as none (text-if) and is not kept.
void ExprParser::end_block(uint32_t line) {
  if (expr_.body.back().op == Op::else_) expr_.body.pop_back();
  expr_.body.push_back({.op = Op::end, .offset = line});
  if (labels_.back()) labels_by_name_[*labels_.back()].pop_back();
  labels_.pop_back();
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
  if (info(op).immediate != Immediate::block) {
    expr_.body.push_back(plain(keyword, op));
    return;
  }
  Frame frame = block_frame(op == Op::if_ ? FrameKind::flat_if : FrameKind::flat_block, keyword, op);
  enter_block(frame.label, frame.position);
  expr_.body.push_back(frame.pending);
  frames_.push_back(std::move(frame));
}

void ExprParser::flat_end(const Token& keyword) {
  const bool ends_block = !frames_.empty() && frames_.back().kind <= FrameKind::flat_else;
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

void ExprParser::open_folded() {
  const Token paren = cursor_.take();
  if (!frames_.empty()) {
    Frame& frame = frames_.back();
    if (frame.kind == FrameKind::folded_if && cursor_.accept_keyword("then")) {
      enter_block(frame.label, frame.position);
      expr_.body.push_back(frame.pending);
      frame.kind = FrameKind::folded_then;
      return;
    }
    if (frame.kind == FrameKind::after_then && cursor_.at_keyword("else")) {
      expr_.body.push_back({.op = Op::else_, .offset = cursor_.take().position.line});
      frame.kind = FrameKind::folded_else;
      return;
    }
    if (frame.kind == FrameKind::after_then) cursor_.unexpected("'else' or ')'");
    if (frame.kind == FrameKind::after_else) Cursor::unexpected(paren, "')'");
  }
  const Op op = expect_instruction();
  if (op == Op::end || op == Op::else_) cursor_.unexpected("an instruction");
  const Token keyword = cursor_.take();
  if (info(op).immediate != Immediate::block) {
    frames_.push_back({FrameKind::folded_plain, keyword.position, plain(keyword, op), std::nullopt});
    return;
  }
  Frame frame = block_frame(op == Op::if_ ? FrameKind::folded_if : FrameKind::folded_block, keyword, op);
  if (frame.kind == FrameKind::folded_block) {
    enter_block(frame.label, frame.position);
    expr_.body.push_back(frame.pending);
  }
  frames_.push_back(std::move(frame));
}

void ExprParser::close_folded() {
  if (frames_.empty()) cursor_.unexpected("an instruction");
  Frame& frame = frames_.back();
  if (frame.kind == FrameKind::folded_if) cursor_.unexpected("'(then'");
  if (frame.kind <= FrameKind::flat_else) {
    cursor_.unexpected(fmt::format("'end' of the block at {}", to_string(frame.position)));
  }
  const uint32_t line = cursor_.take().position.line;
  switch (frame.kind) {
    case FrameKind::folded_plain:
      expr_.body.push_back(frame.pending);
      frames_.pop_back();
      break;
    case FrameKind::folded_then: frame.kind = FrameKind::after_then; break;
    case FrameKind::folded_else: frame.kind = FrameKind::after_else; break;
    default: end_block(line);
  }
}

}  // namespace weft::text
