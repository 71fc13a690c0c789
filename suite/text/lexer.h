// SPDX-License-Identifier: Apache-2.0
//
// Tokens of the text format (text-lexical). The lexer looks at the source in place: a token is a view of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "interp/error.h"

namespace weft::text {

/// A place in the source; both count from 1, columns in bytes.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
};
/// "12:5", as Error::where has it.
std::string to_string(Position position);

/// Thrown inside the text front end and caught at its boundary (parse_module, parse_script), where it becomes
/// an Error.
struct SyntaxError {
  Position position;
  std::string message;  ///< begins with the specification's phrase
  ErrorKind kind = ErrorKind::malformed;
};
[[noreturn]] void fail(Position position, std::string message);
/// For what belongs to a proposal that is not implemented: an error of kind host, "not supported: …".
[[noreturn]] void fail_unsupported(Position position, std::string_view message);
/// What the boundary returns.
Error to_error(SyntaxError&& error);

enum class TokenKind : uint8_t {
  lpar,
  rpar,
  keyword,
  id,          // $name or $"name"
  nat,         // an unsigned integer
  integer,     // an integer with a sign
  real,        // a floating-point literal that is not an integer
  string,      // with its quotes and escapes
  reserved,    // what looks like a token and is none (text-reserved)
  annotation,  // a whole one of a known id: `(@name "f")`
  end,         // of the source
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;
  Position position;

  bool is_number() const { return kind == TokenKind::nat || kind == TokenKind::integer || kind == TokenKind::real; }
};

/// Delivers one token after the other. Cheap to copy, which is how a parser remembers a place to return to.
class Lexer {
 public:
  /// `start` is the place of the first byte, if the source is a part of a larger one.
  explicit Lexer(std::string_view source, Position start = {});

  /// The next token; TokenKind::end for ever once the source is exhausted. Annotations that is_known_annotation does
  /// not know are comments. Throws SyntaxError.
  Token next();

 private:
  void skip_space();
  void skip_line_comment();
  void skip_block_comment();
  void skip_annotation();
  void skip_annotation_id();
  bool at_known_annotation() const;
  bool is_closed_string(const char* quote) const;
  void skip_string();
  Token token(TokenKind kind, const char* start, Position where) const {
    return {kind, {start, static_cast<size_t>(at_ - start)}, where};
  }
  void start_new_line();
  [[noreturn]] void illegal_character() const;
  Position position(const char* at) const;
  bool looking_at(char first, char second) const;

  const char* at_;
  const char* end_;
  const char* line_start_;
  uint32_t line_ = 1;
};

/// text-idchar: the printable ASCII characters except space, quotation mark, comma, semicolon and brackets.
bool is_idchar(char c);

/// Whether the text is that of a TokenKind::nat.
bool is_nat(std::string_view text);

/// The bytes a string token stands for, escapes resolved (text-string). Throws SyntaxError.
std::string string_value(const Token& token);

/// The name of an id token without the `$`. Throws SyntaxError when a quoted one is no valid name.
std::string id_name(const Token& token);

/// The offset of the first byte that is not part of well-formed UTF-8, or npos.
size_t find_malformed_utf8(std::string_view bytes);

/// Throws "malformed UTF-8 encoding" unless the whole source is UTF-8, which the text format demands (text-source).
void require_utf8(std::string_view source);

}  // namespace weft::text
