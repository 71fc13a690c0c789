// SPDX-License-Identifier: Apache-2.0
#include "interp/host/arguments.h"

#include <charconv>
#include <limits>

#include <fmt/format.h>

namespace weft {
namespace {

/// Takes a sign off: true when it was a minus.
bool take_sign(std::string_view& text) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  return minus;
}

bool take_hex_prefix(std::string_view& text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  return hex;
}

/// The bits of an integer between -2^(bits-1) and 2^bits-1.
std::optional<uint64_t> parse_integer(std::string_view text, int bits) {
  const bool minus = take_sign(text);
  const int base = take_hex_prefix(text) ? 16 : 10;
  uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const uint64_t all = std::numeric_limits<uint64_t>::max() >> (64 - bits);
  if (magnitude > (minus ? all / 2 + 1 : all)) return std::nullopt;
  return (minus ? 0 - magnitude : magnitude) & all;
}

template <class T>
std::optional<T> parse_float(std::string_view text) {
  const bool minus = take_sign(text);
  const auto format = take_hex_prefix(text) ? std::chars_format::hex : std::chars_format::general;
  if (text.starts_with('-')) return std::nullopt;
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, format);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return minus ? -value : value;
}

/// 0x and up to 32 digits, as results are printed.
std::optional<Value> parse_v128(std::string_view text) {
  constexpr size_t kDigits = 16;
  if (!take_hex_prefix(text) || text.empty() || text.size() > 2 * kDigits) return std::nullopt;
  uint64_t halves[2] = {};
  for (uint64_t& half : halves) {
    const std::string_view digits = text.substr(text.size() > kDigits ? text.size() - kDigits : 0);
    text.remove_suffix(digits.size());
    if (digits.empty()) break;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), half, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  }
  return Value::v128(halves[0], halves[1]);
}

}  // namespace

std::optional<Value> parse_value(ValType type, std::string_view text) {
  switch (type) {
    case ValType::i32:
      if (const auto value = parse_integer(text, 32)) return Value::i32(static_cast<uint32_t>(*value));
      break;
    case ValType::i64:
      if (const auto value = parse_integer(text, 64)) return Value::i64(*value);
      break;
    case ValType::f32:
      if (const auto value = parse_float<float>(text)) return Value::f32(*value);
      break;
    case ValType::f64:
      if (const auto value = parse_float<double>(text)) return Value::f64(*value);
      break;
    case ValType::funcref:
    case ValType::externref:
    case ValType::exnref:
      if (text == "null") return Value::null(type);
      break;
    case ValType::v128: return parse_v128(text);
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

}  // namespace weft
