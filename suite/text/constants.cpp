// SPDX-License-Identifier: Apache-2.0
#include "suite/text/constants.h"

#include <fmt/format.h>

#include "suite/text/literals.h"

namespace weft::text {
namespace {

struct Shape {
  std::string_view name;
  uint8_t lanes;
  bool is_float;
};
constexpr auto kShapes = std::to_array<Shape>({
    {"i8x16", 16, false},
    {"i16x8", 8, false},
    {"i32x4", 4, false},
    {"i64x2", 2, false},
    {"f32x4", 4, true},
    {"f64x2", 2, true},
});

FloatPattern pattern_of(const Token& token) {
  if (token.kind != TokenKind::keyword) return FloatPattern::exact;
  if (token.text == "nan:canonical") return FloatPattern::canonical_nan;
  if (token.text == "nan:arithmetic") return FloatPattern::arithmetic_nan;
  return FloatPattern::exact;
}

uint64_t int_value(const Token& token, unsigned bits) {
  if (token.kind != TokenKind::nat && token.kind != TokenKind::integer) Cursor::unexpected(token, "an integer");
  const auto value = to_int(token.text, bits);
  if (!value) fail(token.position, fmt::format("constant out of range: {} does not fit i{}", token.text, bits));
  return *value;
}

uint64_t float_value(const Token& token, unsigned bits) {
  if (!token.is_number()) Cursor::unexpected(token, "a floating-point number");
  const auto value = bits == 32 ? std::optional<uint64_t>(to_f32(token.text)) : to_f64(token.text);
  if (!value) fail(token.position, fmt::format("constant out of range: {} does not fit f{}", token.text, bits));
  return *value;
}

}  // namespace

uint64_t int_constant(Cursor& cursor, unsigned bits) {
  const uint64_t value = int_value(cursor.peek(), bits);
  cursor.take();
  return value;
}

uint64_t float_constant(Cursor& cursor, unsigned bits) {
  const uint64_t value = float_value(cursor.peek(), bits);
  cursor.take();
  return value;
}

std::pair<uint64_t, FloatPattern> float_pattern(Cursor& cursor, unsigned bits) {
  const FloatPattern pattern = pattern_of(cursor.peek());
  if (pattern == FloatPattern::exact) return {float_constant(cursor, bits), pattern};
  cursor.take();
  return {0, pattern};
}

VectorConstant vector_constant(Cursor& cursor, bool allow_patterns) {
  const Shape* shape = nullptr;
  for (const Shape& candidate : kShapes) {
    if (cursor.at_keyword(candidate.name)) shape = &candidate;
  }
  if (shape == nullptr) cursor.unexpected("a shape such as i32x4");
  const Token shape_token = cursor.take();

  std::array<Token, 16> literals;
  size_t count = 0;
  const auto at_literal = [&] {
    return cursor.peek().is_number() || (allow_patterns && pattern_of(cursor.peek()) != FloatPattern::exact);
  };
  for (; at_literal(); ++count) {
    const Token token = cursor.take();
    if (count < literals.size()) literals[count] = token;
  }
  if (cursor.at_unknown_word()) cursor.unexpected("a number");
  if (count != shape->lanes) {
    fail(shape_token.position,
         fmt::format("wrong number of lane literals: {} has {}, found {}", shape->name, shape->lanes, count));
  }

  VectorConstant constant{.lanes = shape->lanes, .is_float = shape->is_float};
  const unsigned bits = 128U / shape->lanes;
  for (size_t lane = 0; lane < count; ++lane) {
    uint64_t value = 0;
    const FloatPattern pattern = allow_patterns && shape->is_float ? pattern_of(literals[lane]) : FloatPattern::exact;
    if (pattern != FloatPattern::exact) {
      constant.patterns[lane] = pattern;
    } else {
      value = shape->is_float ? float_value(literals[lane], bits) : int_value(literals[lane], bits);
    }
    const auto shift = static_cast<unsigned>(lane) * bits;
    (shift < 64 ? constant.lo : constant.hi) |= value << shift % 64;
  }
  return constant;
}

}  // namespace weft::text
