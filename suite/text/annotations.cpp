// SPDX-License-Identifier: Apache-2.0
#include "suite/text/annotations.h"

#include <algorithm>

#include <fmt/format.h>

namespace weft::text {
namespace {

/// The id as it is written.
std::string_view written_id(const Token& annotation) {
  constexpr size_t kOpening = 2;  // "(@"
  const std::string_view text = annotation.text.substr(kOpening);
  size_t end = 0;
  if (text.front() != '"') {
    while (end < text.size() && is_idchar(text[end])) ++end;
    return text.substr(0, end);
  }
  for (++end; text[end] != '"'; ++end) {
    if (text[end] == '\\') ++end;
  }
  return text.substr(0, end + 1);
}

/// The tokens between the id and the last parenthesis.
class Reader {
 public:
  explicit Reader(const Token& annotation) : position_(annotation.position), id_(annotation_id(annotation)) {
    const std::string_view id = written_id(annotation);
    const auto length = static_cast<size_t>(id.data() + id.size() - annotation.text.data());
    const auto column = annotation.position.column + static_cast<uint32_t>(length);  // an id has no newline
    lexer_ = Lexer(annotation.text.substr(length), {annotation.position.line, column});
    take();
  }

  bool at(TokenKind kind) const { return token_.kind == kind; }
  Token take() {
    const Token taken = token_;
    token_ = lexer_.next();
    return taken;
  }
  bool accept(TokenKind kind) { return at(kind) && (take(), true); }

  /// The parenthesis that closes the annotation, or the placement in it.
  void expect_close() {
    if (!accept(TokenKind::rpar)) fail("unexpected token");
  }

  /// Strings up to something else, joined (text-datastring).
  std::string strings() {
    std::string bytes;
    while (at(TokenKind::string)) bytes += string_value(take());
    return bytes;
  }

  std::string name(std::string_view missing) {
    if (!at(TokenKind::string)) fail(missing);
    std::string name = string_value(token_);
    if (find_malformed_utf8(name) != std::string::npos) fail("malformed UTF-8 encoding");
    take();
    return name;
  }

  [[noreturn]] void fail(std::string_view what) const {
    text::fail(position_, fmt::format("@{} annotation: {}", id_, what));
  }

 private:
  const Position position_;
  const std::string id_;
  Lexer lexer_{{}};
  Token token_;
};

/// Of places before and after the virtual sections only the outer ones exist (text-customannot).
SectionPlace placement(Reader& reader) {
  const std::string_view direction = reader.take().text;
  if (direction != "before" && direction != "after") reader.fail("malformed placement");
  const bool is_after = direction == "after";
  const auto* const word = std::find(kSectionWords.begin(), kSectionWords.end(), reader.take().text);
  if (word == kSectionWords.end()) reader.fail("malformed section kind");
  const auto section = static_cast<Section>(word - kSectionWords.begin());
  if (section == (is_after ? Section::first : Section::last)) reader.fail("malformed section kind");
  reader.expect_close();
  return {section, is_after};
}

}  // namespace

bool is_known_annotation(std::string_view id) {
  return id == kCustomAnnotation || id == kNameAnnotation || id == kBranchHintAnnotation;
}

std::string annotation_id(const Token& annotation) {
  const std::string_view id = written_id(annotation);
  return id.front() == '"' ? string_value({TokenKind::string, id, annotation.position}) : std::string(id);
}

CustomSection custom_annotation(const Token& annotation) {
  Reader reader(annotation);
  CustomSection custom;
  custom.name = reader.name("missing section name");
  if (reader.accept(TokenKind::lpar)) custom.place = placement(reader);
  const std::string bytes = reader.strings();
  custom.bytes.assign(bytes.begin(), bytes.end());
  reader.expect_close();
  return custom;
}

std::string name_annotation(const Token& annotation) {
  Reader reader(annotation);
  std::string name = reader.name("string expected");
  reader.expect_close();
  return name;
}

uint8_t branch_hint_annotation(const Token& annotation) {
  Reader reader(annotation);
  const std::string value = reader.strings();
  reader.expect_close();
  if (value.size() != 1 || static_cast<uint8_t>(value[0]) > 1) reader.fail("invalid hint value");
  return static_cast<uint8_t>(value[0]);
}

void misplaced(const Token& annotation, bool is_in_function) {
  const std::string id = annotation_id(annotation);
  if (id != kBranchHintAnnotation) fail(annotation.position, fmt::format("misplaced @{} annotation", id));
  const std::string_view what = is_in_function ? "invalid placement" : "not in a function";
  fail(annotation.position, fmt::format("@{} annotation: {}", id, what));
}

}  // namespace weft::text
