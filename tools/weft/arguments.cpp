// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/arguments.h"

#include <fmt/format.h>

#include "suite/text/lexer.h"
#include "suite/text/literals.h"

namespace weft::cli {
namespace {

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// What the text is as a token of the text format; `end` unless it is a single one, with nothing around it.
text::TokenKind kind_of(std::string_view text) {
  try {
    const text::Token token = text::Lexer(text).next();
    return token.text.size() == text.size() ? token.kind : text::TokenKind::end;
  } catch (const text::SyntaxError&) {
    return text::TokenKind::end;
  }
}

bool is_integer(std::string_view text) {
  const text::TokenKind kind = kind_of(text);
  return kind == text::TokenKind::nat || kind == text::TokenKind::integer;
}

std::optional<uint64_t> parse_integer(std::string_view text, unsigned bits) {
  return is_integer(text) ? text::to_int(text, bits) : std::nullopt;
}

/// What weft prints "nan:canonical" the text format calls "nan".
std::string_view without_canonical(std::string_view text) {
  return text == "nan:canonical" || text == "-nan:canonical" ? text.substr(0, text.find(':')) : text;
}

bool is_float(std::string_view text) { return is_integer(text) || kind_of(text) == text::TokenKind::real; }

std::optional<Value> parse_v128(std::string_view text) {
  constexpr size_t kDigits = 32;
  if (!take_prefix(text, "0x") || text.size() != kDigits) return std::nullopt;
  const auto half = [](std::string_view digits) -> std::optional<uint64_t> {
    if (digits.find_first_not_of("0123456789abcdefABCDEF") != digits.npos) return std::nullopt;
    return text::to_u64("0x" + std::string(digits));
  };
  const auto hi = half(text.substr(0, kDigits / 2)), lo = half(text.substr(kDigits / 2));
  if (!hi || !lo) return std::nullopt;
  return Value::v128(*lo, *hi);
}

}  // namespace

std::optional<Value> parse_value(ValType type, std::string_view text) {
  take_prefix(text, std::string(to_string(type)) + ":");
  switch (type) {
    case ValType::i32:
      if (const auto bits = parse_integer(text, 32)) return Value::i32(static_cast<uint32_t>(*bits));
      break;
    case ValType::i64:
      if (const auto bits = parse_integer(text, 64)) return Value::i64(*bits);
      break;
    case ValType::f32:
      text = without_canonical(text);
      if (const auto bits = is_float(text) ? text::to_f32(text) : std::nullopt) return Value{type, *bits, 0};
      break;
    case ValType::f64:
      text = without_canonical(text);
      if (const auto bits = is_float(text) ? text::to_f64(text) : std::nullopt) return Value{type, *bits, 0};
      break;
    case ValType::v128: return parse_v128(text);
    case ValType::externref:
      if (kind_of(text) == text::TokenKind::nat) {
        if (const auto number = text::to_u32(text)) return Value::externref(*number);
      }
      [[fallthrough]];
    case ValType::funcref:
    case ValType::exnref:
      if (text == "null") return Value::null(type);
      break;
  }
  return std::nullopt;
}

Result<std::vector<Value>> parse_arguments(std::span<const ValType> types, std::span<const std::string> arguments) {
  if (types.size() != arguments.size()) {
    return Error{ErrorKind::host, fmt::format("{} arguments expected, {} given", types.size(), arguments.size()), ""};
  }
  std::vector<Value> values;
  for (size_t i = 0; i < types.size(); ++i) {
    const std::optional<Value> value = parse_value(types[i], arguments[i]);
    if (!value) {
      return Error{ErrorKind::host,
                   fmt::format("argument {}: \"{}\" is not of type {}", i + 1, arguments[i], to_string(types[i])), ""};
    }
    values.push_back(*value);
  }
  return values;
}

}  // namespace weft::cli
