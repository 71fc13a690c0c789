// SPDX-License-Identifier: Apache-2.0
#include "suite/text/lexer.h"

#include <array>
#include <cstring>

#include <fmt/format.h>

#include "suite/text/annotations.h"

namespace weft::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
uint32_t hex_digit_value(char c) { return static_cast<uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10); }

constexpr auto kIdChars = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0x21; c < 0x7f; ++c) table[c] = true;
  for (const char c : {'"', ',', ';', '(', ')', '[', ']', '{', '}'}) table[static_cast<unsigned char>(c)] = false;
  return table;
}();
/// Recognises the numbers of text-values, consuming the characters of one view from the left.
class NumberScanner {
 public:
  explicit NumberScanner(std::string_view text) : rest_(text) {}

  TokenKind classify() {
    const bool has_sign = accept('+') || accept('-');
    if (rest_ == "inf" || rest_ == "nan") return TokenKind::real;
    if (accept("nan:0x")) return digits(is_hex_digit) && rest_.empty() ? TokenKind::real : TokenKind::reserved;
    const bool is_hex = accept("0x");
    const auto is_any_digit = is_hex ? is_hex_digit : is_digit;
    if (!digits(is_any_digit)) return TokenKind::reserved;
    if (rest_.empty()) return has_sign ? TokenKind::integer : TokenKind::nat;
    if (accept('.') && !rest_.empty() && is_any_digit(rest_.front()) && !digits(is_any_digit))
      return TokenKind::reserved;
    if (is_hex ? accept('p') || accept('P') : accept('e') || accept('E')) {
      if (!accept('+')) accept('-');
      if (!digits(is_digit)) return TokenKind::reserved;
    }
    return rest_.empty() ? TokenKind::real : TokenKind::reserved;
  }

 private:
  bool accept(char c) { return !rest_.empty() && rest_.front() == c && (rest_.remove_prefix(1), true); }
  bool accept(std::string_view prefix) {
    return rest_.starts_with(prefix) && (rest_.remove_prefix(prefix.size()), true);
  }

  /// One or more digits, single underscores between them (text-num).
  bool digits(bool (*is_any_digit)(char)) {
    do {
      if (rest_.empty() || !is_any_digit(rest_.front())) return false;
      while (!rest_.empty() && is_any_digit(rest_.front())) rest_.remove_prefix(1);
    } while (accept('_'));
    return true;
  }

  std::string_view rest_;
};

/// The kind of a token that consists of idchars only.
TokenKind classify(std::string_view text) {
  const char first = text.front();
  if (first == '$') return text.size() > 1 ? TokenKind::id : TokenKind::reserved;
  if (first >= 'a' && first <= 'z') {
    if (text == "inf" || text == "nan") return TokenKind::real;
    if (text.starts_with("nan:0x") && NumberScanner(text).classify() == TokenKind::real) return TokenKind::real;
    return TokenKind::keyword;
  }
  return NumberScanner(text).classify();
}

void append_utf8(std::string& out, uint32_t code) {
  const auto put = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6), put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18), put(0x80 | (code >> 12 & 0x3f)), put(0x80 | (code >> 6 & 0x3f)), put(0x80 | (code & 0x3f));
  }
}

/// What is a token of its own without any meaning (text-reserved).
bool is_punctuation(char c) { return c != 0 && std::strchr(",;[]{}", c) != nullptr; }

}  // namespace

bool is_idchar(char c) { return kIdChars[static_cast<unsigned char>(c)]; }

bool is_nat(std::string_view text) { return NumberScanner(text).classify() == TokenKind::nat; }

std::string to_string(Position position) { return fmt::format("{}:{}", position.line, position.column); }

void fail(Position position, std::string message) { throw SyntaxError{position, std::move(message)}; }
void fail_unsupported(Position position, std::string_view message) {
  throw SyntaxError{position, std::string(message), ErrorKind::host};
}
Error to_error(SyntaxError&& error) { return {error.kind, std::move(error.message), to_string(error.position)}; }

Lexer::Lexer(std::string_view source, Position start)
    : at_(source.data()), end_(at_ + source.size()), line_start_(at_ - (start.column - 1)), line_(start.line) {}

void Lexer::illegal_character() const {
  fail(position(at_), fmt::format("illegal character 0x{:02x}", static_cast<unsigned char>(*at_)));
}

Position Lexer::position(const char* at) const { return {line_, static_cast<uint32_t>(at - line_start_) + 1}; }

bool Lexer::looking_at(char first, char second) const { return end_ - at_ >= 2 && at_[0] == first && at_[1] == second; }

/// text-newline: a line feed, a carriage return, or both in this order.
void Lexer::start_new_line() {
  at_ += looking_at('\r', '\n') ? 2 : 1;
  line_start_ = at_;
  ++line_;
}

void Lexer::skip_line_comment() {
  while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
}

void Lexer::skip_block_comment() {
  const Position start = position(at_);
  size_t depth = 0;
  do {
    if (at_ == end_) fail(start, "unclosed comment");
    if (looking_at('(', ';')) {
      ++depth, at_ += 2;
    } else if (looking_at(';', ')')) {
      --depth, at_ += 2;
    } else if (*at_ == '\n' || *at_ == '\r') {
      start_new_line();
    } else {
      ++at_;
    }
  } while (depth > 0);
}

/// The `(@id` or `(@"id"` that begins an annotation.
void Lexer::skip_annotation_id() {
  const Position start = position(at_);
  at_ += 2;
  const char* const id = at_;
  if (at_ != end_ && *at_ == '"') {
    const Position where = position(at_);
    if (!is_closed_string(at_)) fail(start, "empty annotation id");
    skip_string();
    const std::string name = string_value(token(TokenKind::string, id, where));
    if (find_malformed_utf8(name) != std::string::npos) fail(where, "malformed UTF-8 encoding");
    if (name.empty()) fail(start, "empty annotation id");
    return;
  }
  while (at_ != end_ && is_idchar(*at_)) ++at_;
  if (at_ == id) fail(start, "empty annotation id");
}

/// At `(@`.
bool Lexer::at_known_annotation() const {
  Lexer lexer = *this;
  lexer.skip_annotation_id();
  const Token annotation = lexer.token(TokenKind::annotation, at_, position(at_));
  return is_known_annotation(annotation_id(annotation));
}

/// An annotation is a comment to those who do not know it, but for its tokens, which must be some (text-annot).
void Lexer::skip_annotation() {
  const Position start = position(at_);
  skip_annotation_id();
  for (size_t depth = 1; depth > 0;) {
    if (at_ == end_) fail(start, "unclosed annotation");
    const char c = *at_;
    if (looking_at(';', ';')) {
      skip_line_comment();
    } else if (looking_at('(', ';')) {
      skip_block_comment();
    } else if (c == '"') {
      const char* const string = at_;
      const Position where = position(at_);
      skip_string();
      [[maybe_unused]] const std::string value = string_value(token(TokenKind::string, string, where));
    } else if (c == '\n' || c == '\r') {
      start_new_line();
    } else if (c == ' ' || c == '\t' || is_idchar(c) || is_punctuation(c)) {
      ++at_;
    } else if (c == '(') {
      ++depth, ++at_;
    } else if (c == ')') {
      --depth, ++at_;
    } else {
      illegal_character();
    }
  }
}

void Lexer::skip_space() {
  while (at_ != end_) {
    switch (*at_) {
      case ' ':
      case '\t': ++at_; break;
      case '\n':
      case '\r': start_new_line(); break;
      case ';':
        if (!looking_at(';', ';')) return;
        skip_line_comment();
        break;
      case '(':
        if (looking_at('(', ';')) {
          skip_block_comment();
        } else if (looking_at('(', '@') && !at_known_annotation()) {
          skip_annotation();
        } else {
          return;
        }
        break;
      default: return;
    }
  }
}

/// Whether the quotation mark begins a string, as far as its characters go.
bool Lexer::is_closed_string(const char* quote) const {
  for (const char* at = quote + 1; at != end_; ++at) {
    const auto c = static_cast<unsigned char>(*at);
    if (c == '"') return true;
    if (c < 0x20 || c == 0x7f || (c == '\\' && ++at == end_)) return false;
  }
  return false;
}

/// Moves behind the closing quotation mark. What escapes mean is string_value's business.
void Lexer::skip_string() {
  const char* const start = at_++;
  for (; at_ != end_; ++at_) {
    const auto c = static_cast<unsigned char>(*at_);
    if (c == '"') {
      ++at_;
      return;
    }
    if (c == '\n' || c == '\r') break;
    if (c < 0x20 || c == 0x7f) fail(position(at_), "illegal control character in string literal");
    if (c == '\\' && ++at_ == end_) break;
  }
  fail(position(start), "unclosed string");
}

Token Lexer::next() {
  skip_space();
  const char* const start = at_;
  const Position where = position(start);
  const auto token = [&](TokenKind kind) { return this->token(kind, start, where); };
  if (at_ == end_) return token(TokenKind::end);
  const char first = *at_;
  if (looking_at('(', '@')) return skip_annotation(), token(TokenKind::annotation);
  if (first == '(') return ++at_, token(TokenKind::lpar);
  if (first == ')') return ++at_, token(TokenKind::rpar);

  if (looking_at('$', '"') && !is_closed_string(at_ + 1)) fail(where, "empty identifier");

  // Whatever is not separated by space, a parenthesis or a comment is one token (text-token): the longest run of
  // idchars and strings.
  size_t strings = 0, idchars = 0;
  for (; at_ != end_;) {
    if (is_idchar(*at_)) {
      ++idchars, ++at_;
    } else if (*at_ == '"') {
      ++strings, skip_string();
    } else {
      break;
    }
  }
  if (strings == 0 && idchars == 1 && first == '$') fail(where, "empty identifier");
  if (strings == 0 && idchars > 0) return token(classify({start, idchars}));
  if (strings == 1 && idchars == 0) return token(TokenKind::string);
  if (strings == 1 && idchars == 1 && first == '$') return token(TokenKind::id);
  if (strings > 0) return token(TokenKind::reserved);
  if (is_punctuation(first)) return ++at_, token(TokenKind::reserved);
  illegal_character();
}

std::string string_value(const Token& token) {
  const std::string_view text = token.text.substr(1, token.text.size() - 2);
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out.push_back(text[i]);
      continue;
    }
    const size_t escape = i++;  // the lexer made sure that a character follows
    const auto illegal = [&] {
      const auto column = token.position.column + 1 + static_cast<uint32_t>(escape);
      fail({token.position.line, column}, fmt::format("illegal escape '{}'", text.substr(escape, 2)));
    };
    switch (text[i]) {
      case 't': out.push_back('\t'); break;
      case 'n': out.push_back('\n'); break;
      case 'r': out.push_back('\r'); break;
      case '"':
      case '\'':
      case '\\': out.push_back(text[i]); break;
      case 'u': {
        uint32_t code = 0;
        if (i + 1 == text.size() || text[++i] != '{') illegal();
        bool after_digit = false;
        for (++i; i < text.size() && text[i] != '}'; ++i) {
          const bool is_separator = text[i] == '_' && after_digit;
          if (!is_separator && !is_hex_digit(text[i])) illegal();
          if (!is_separator) code = code * 16 + hex_digit_value(text[i]);
          if (code >= 0x110000) illegal();
          after_digit = !is_separator;
        }
        if (i == text.size() || !after_digit || (code >= 0xd800 && code < 0xe000)) illegal();
        append_utf8(out, code);
        break;
      }
      default:
        if (i + 1 == text.size() || !is_hex_digit(text[i]) || !is_hex_digit(text[i + 1])) illegal();
        out.push_back(static_cast<char>(hex_digit_value(text[i]) << 4 | hex_digit_value(text[i + 1])));
        ++i;
    }
  }
  return out;
}

std::string id_name(const Token& token) {
  if (token.text[1] != '"') return std::string(token.text.substr(1));
  Token quoted = token;
  quoted.text.remove_prefix(1);
  ++quoted.position.column;
  std::string name = string_value(quoted);
  if (name.empty()) fail(token.position, "empty identifier");
  if (find_malformed_utf8(name) != std::string::npos) fail(token.position, "malformed UTF-8 encoding");
  return name;
}

size_t find_malformed_utf8(std::string_view bytes) {
  const auto byte = [bytes](size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto continues = [&byte](size_t i) { return (byte(i) & 0xc0) == 0x80; };
  size_t i = 0;
  while (i < bytes.size()) {
    const unsigned first = byte(i), second = byte(i + 1);
    if (first < 0x80) {
      ++i;
    } else if (first >= 0xc2 && first < 0xe0 && continues(i + 1)) {
      i += 2;
    } else if ((first & 0xf0) == 0xe0 && continues(i + 1) && continues(i + 2) && !(first == 0xe0 && second < 0xa0) &&
               !(first == 0xed && second >= 0xa0)) {
      i += 3;
    } else if (first >= 0xf0 && first < 0xf5 && continues(i + 1) && continues(i + 2) && continues(i + 3) &&
               !(first == 0xf0 && second < 0x90) && !(first == 0xf4 && second >= 0x90)) {
      i += 4;
    } else {
      return i;
    }
  }
  return std::string_view::npos;
}

void require_utf8(std::string_view source) {
  const size_t bad = find_malformed_utf8(source);
  if (bad == std::string_view::npos) return;
  Position position;
  for (size_t i = 0; i < bad; ++i) {
    const bool is_newline = source[i] == '\n' || (source[i] == '\r' && source[i + 1] != '\n');
    position = is_newline ? Position{position.line + 1, 1} : Position{position.line, position.column + 1};
  }
  fail(position, fmt::format("malformed UTF-8 encoding: byte 0x{:02x}", static_cast<unsigned char>(source[bad])));
}

}  // namespace weft::text
