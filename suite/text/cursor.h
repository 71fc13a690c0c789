// SPDX-License-Identifier: Apache-2.0
//
// A place in the token stream with one token of lookahead, and the words for what was not expected there.
#pragma once

#include <optional>
#include <string_view>

#include "suite/text/lexer.h"

namespace weft::text {

/// What known annotations are.
enum class Annotations : uint8_t { comments, in_module, in_function };

class Cursor {
 public:
  explicit Cursor(std::string_view source);

  const Token& peek() const { return current_; }
  const Token& peek_next() const { return next_; }
  /// The token at hand, and moves on. Throws where annotations are no comments and those before it were not taken: they
  /// are misplaced.
  Token take();

  /// From now on. Comments at first.
  void treat_annotations_as(Annotations annotations) { annotations_ = annotations; }
  /// Whether annotations that are no comments stand before the token at hand and were not taken.
  bool at_annotation() const {
    return annotation_.kind == TokenKind::annotation && annotations_ != Annotations::comments;
  }
  /// Whether the first of them has this id.
  bool at_annotation(std::string_view id) const;
  Token take_annotation();
  [[noreturn]] void refuse(const Token& annotation) const;

  bool at(TokenKind kind) const { return current_.kind == kind; }
  bool at_keyword(std::string_view word) const { return at(TokenKind::keyword) && current_.text == word; }
  /// Whether `(word` comes next.
  bool at_open(std::string_view word) const {
    return at(TokenKind::lpar) && next_.kind == TokenKind::keyword && next_.text == word;
  }
  /// Whether an index comes next: a number or an identifier.
  bool at_index() const { return at(TokenKind::nat) || at(TokenKind::id); }

  /// Whether what comes next is no word of the language at all.
  bool at_unknown_word() const;

  bool accept_keyword(std::string_view word);
  bool accept_open(std::string_view word);
  std::optional<Token> accept_id();

  Token expect(TokenKind kind, std::string_view description);
  void expect_keyword(std::string_view word);
  void expect_open(std::string_view word);
  void expect_close(std::string_view description = "')'");
  /// A string that must be UTF-8 (text-name).
  std::string expect_name(std::string_view description);
  /// A number without sign that fits 32 bits.
  uint32_t expect_u32(std::string_view description);
  /// The same for 64 bits.
  uint64_t expect_u64(std::string_view description);

  /// Moves behind the `)` that closes the parenthesis opened last.
  void skip_to_close();

  /// Throws "unexpected token", or "unknown operator" where the token at hand is no word of the language.
  [[noreturn]] void unexpected(std::string_view expected) const { unexpected(current_, expected); }
  [[noreturn]] static void unexpected(const Token& token, std::string_view expected);

 private:
  void read_next();

  Lexer lexer_;
  Token current_, next_;
  Token annotation_, next_annotation_;  // the first one before each, if there is one
  Annotations annotations_ = Annotations::comments;
};

}  // namespace weft::text
