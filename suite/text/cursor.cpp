// SPDX-License-Identifier: Apache-2.0
#include "suite/text/cursor.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "interp/instructions.h"
#include "interp/unsupported.h"
#include "suite/text/annotations.h"
#include "suite/text/literals.h"

namespace weft::text {
namespace {

/// Keywords other than those of instructions, sorted. They matter to one question only: is a misplaced word an
/// unexpected token or an unknown operator?
constexpr auto kWords = std::to_array<std::string_view>({
    "assert_exception",
    "assert_exhaustion",
    "assert_invalid",
    "assert_invalid_custom",
    "assert_malformed",
    "assert_malformed_custom",
    "assert_return",
    "assert_trap",
    "assert_unlinkable",
    "binary",
    "catch_all_ref",
    "catch_ref",
    "data",
    "declare",
    "definition",
    "do",
    "either",
    "elem",
    "exn",
    "exnref",
    "export",
    "extern",
    "externref",
    "f32",
    "f32x4",
    "f64",
    "f64x2",
    "field",
    "final",
    "func",
    "funcref",
    "get",
    "global",
    "i16",
    "i16x8",
    "i32",
    "i32x4",
    "i64",
    "i64x2",
    "i8",
    "i8x16",
    "import",
    "instance",
    "invoke",
    "item",
    "local",
    "memory",
    "module",
    "mut",
    "nan:arithmetic",
    "nan:canonical",
    "null",
    "offset",
    "pagesize",
    "param",
    "quote",
    "rec",
    "ref",
    "ref.exn",
    "ref.extern",
    "ref.host",
    "register",
    "result",
    "shared",
    "start",
    "sub",
    "table",
    "tag",
    "then",
    "thread",
    "type",
    "v128",
    "wait",
});
static_assert(std::is_sorted(kWords.begin(), kWords.end()));

/// `offset=1` and `align=1` are one keyword each (text-memarg).
bool is_memarg_word(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = text.substr(0, equals);
  return (name == "offset" || name == "align") && is_nat(text.substr(equals + 1));
}

bool is_unknown_word(const Token& token) {
  if (token.kind != TokenKind::keyword) return token.kind == TokenKind::reserved;
  return !find_instruction(token.text) && !std::binary_search(kWords.begin(), kWords.end(), token.text) &&
         !is_memarg_word(token.text) && unsupported_instruction(token.text).empty() &&
         unsupported_heap_type(token.text).empty();
}

}  // namespace

Cursor::Cursor(std::string_view source) : lexer_(source) {
  read_next();
  current_ = next_;
  annotation_ = next_annotation_;
  read_next();
}

void Cursor::read_next() {
  next_annotation_.kind = TokenKind::end;
  next_ = lexer_.next();
  if (next_.kind != TokenKind::annotation) return;
  next_annotation_ = next_;
  while (next_.kind == TokenKind::annotation) next_ = lexer_.next();
}

Token Cursor::take() {
  if (at_annotation()) refuse(annotation_);
  const Token taken = current_;
  current_ = next_;
  annotation_ = next_annotation_;
  read_next();
  return taken;
}

bool Cursor::at_annotation(std::string_view id) const { return at_annotation() && annotation_id(annotation_) == id; }

Token Cursor::take_annotation() {
  const char* const start = annotation_.text.data();
  Lexer lexer({start, static_cast<size_t>(current_.text.data() - start)}, annotation_.position);
  const Token taken = lexer.next();
  annotation_ = lexer.next();
  return taken;
}

void Cursor::refuse(const Token& annotation) const { misplaced(annotation, annotations_ == Annotations::in_function); }

bool Cursor::at_unknown_word() const { return is_unknown_word(current_); }

bool Cursor::accept_keyword(std::string_view word) {
  if (!at_keyword(word)) return false;
  take();
  return true;
}

bool Cursor::accept_open(std::string_view word) {
  if (!at_open(word)) return false;
  take();
  take();
  return true;
}

std::optional<Token> Cursor::accept_id() {
  if (!at(TokenKind::id)) return std::nullopt;
  return take();
}

Token Cursor::expect(TokenKind kind, std::string_view description) {
  if (!at(kind)) unexpected(description);
  return take();
}

void Cursor::expect_keyword(std::string_view word) {
  if (!accept_keyword(word)) unexpected(fmt::format("'{}'", word));
}

void Cursor::expect_open(std::string_view word) {
  if (accept_open(word)) return;
  if (at(TokenKind::lpar)) unexpected(next_, fmt::format("'{}'", word));
  unexpected(fmt::format("'({}'", word));
}

void Cursor::expect_close(std::string_view description) { expect(TokenKind::rpar, description); }

std::string Cursor::expect_name(std::string_view description) {
  const Token token = expect(TokenKind::string, description);
  std::string name = string_value(token);
  if (find_malformed_utf8(name) != std::string::npos) fail(token.position, "malformed UTF-8 encoding");
  return name;
}

uint32_t Cursor::expect_u32(std::string_view description) {
  const Token token = expect(TokenKind::nat, description);
  const auto value = to_u32(token.text);
  if (!value) fail(token.position, fmt::format("i32 constant out of range: {}", token.text));
  return *value;
}

uint64_t Cursor::expect_u64(std::string_view description) {
  const Token token = expect(TokenKind::nat, description);
  const auto value = to_u64(token.text);
  if (!value) fail(token.position, fmt::format("i64 constant out of range: {}", token.text));
  return *value;
}

void Cursor::skip_to_close() {
  for (size_t depth = 1; depth > 0; take()) {
    if (at(TokenKind::end)) unexpected("')'");
    if (at(TokenKind::lpar)) ++depth;
    if (at(TokenKind::rpar)) --depth;
  }
}

void Cursor::unexpected(const Token& token, std::string_view expected) {
  if (token.kind == TokenKind::end)
    fail(token.position, fmt::format("unexpected token: end of input, expected {}", expected));
  constexpr size_t kShown = 60;
  const auto shown =
      token.text.size() > kShown ? fmt::format("{}…", token.text.substr(0, kShown)) : std::string(token.text);
  fail(token.position, is_unknown_word(token) ? fmt::format("unknown operator {}, expected {}", shown, expected)
                                              : fmt::format("unexpected token {}, expected {}", shown, expected));
}

}  // namespace weft::text
