// SPDX-License-Identifier: Apache-2.0
#include "suite/text/literals.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace weft::text {
namespace {

uint64_t digit_value(char c) { return static_cast<uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

/// Removes a sign and says whether it was a minus.
bool take_sign(std::string_view& text) {
  const bool is_negative = text.front() == '-';
  if (is_negative || text.front() == '+') text.remove_prefix(1);
  return is_negative;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<uint64_t> magnitude(std::string_view digits, uint64_t base) {
  uint64_t value = 0;
  for (const char c : digits) {
    if (c == '_') continue;
    const uint64_t digit = digit_value(c);
    if (value > (std::numeric_limits<uint64_t>::max() - digit) / base) return std::nullopt;
    value = value * base + digit;
  }
  return value;
}

/// A decimal exponent, saturated: no literal has so many digits that it matters.
int64_t exponent_value(std::string_view text) {
  const bool is_negative = take_sign(text);
  constexpr int64_t kHuge = int64_t{1} << 48;
  int64_t value = 0;
  for (const char c : text) {
    if (c != '_') value = std::min(kHuge, value * 10 + (c - '0'));
  }
  return is_negative ? -value : value;
}

/// What the two formats differ in.
template <class Bits>
struct Format;
template <>
struct Format<uint32_t> {
  using Float = float;
  static constexpr int kFraction = 23, kMinExponent = -126, kMaxExponent = 127;
};
template <>
struct Format<uint64_t> {
  using Float = double;
  static constexpr int kFraction = 52, kMinExponent = -1022, kMaxExponent = 1023;
};

/// significand × 2^exponent, rounded; `sticky` says that bits below the significand were not zero.
template <class Bits>
std::optional<Bits> round(uint64_t significand, bool sticky, int64_t exponent) {
  using F = Format<Bits>;
  if (significand == 0) return Bits{0};
  const int shift_up = std::countl_zero(significand);
  significand <<= shift_up;
  exponent += 63 - shift_up;  // the value is now 1.xxx × 2^exponent
  if (exponent > F::kMaxExponent) return std::nullopt;
  // Subnormals have fewer bits of fraction, down to none.
  const int64_t lost = std::max<int64_t>(0, F::kMinExponent - exponent);
  const int64_t drop = 63 - F::kFraction + lost;
  if (drop > 64) return Bits{0};
  const uint64_t kept = drop == 64 ? 0 : significand >> drop;
  const uint64_t half = uint64_t{1} << (drop - 1);
  const uint64_t rest = significand & (half - 1 + half);
  const bool round_up = rest > half || (rest == half && (sticky || (kept & 1) != 0));
  // The implicit bit of a normal number adds one to the exponent field, and a carry out of the fraction does so again.
  const uint64_t field = lost > 0 ? 0 : static_cast<uint64_t>(exponent - F::kMinExponent);
  const uint64_t bits = (field << F::kFraction) + kept + (round_up ? 1 : 0);
  constexpr uint64_t kInfinity = static_cast<uint64_t>(F::kMaxExponent - F::kMinExponent + 2) << F::kFraction;
  if (bits >= kInfinity) return std::nullopt;
  return static_cast<Bits>(bits);
}

template <class Bits>
std::optional<Bits> hex_float(std::string_view text) {
  uint64_t significand = 0;
  bool sticky = false, in_fraction = false;
  int64_t exponent = 0;
  while (!text.empty() && (text.front() | 0x20) != 'p') {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '.') in_fraction = true;
    if (c == '.' || c == '_') continue;
    if (significand >> 60 == 0) {
      significand = significand << 4 | digit_value(c);
      if (in_fraction) exponent -= 4;
    } else {
      sticky |= c != '0';
      if (!in_fraction) exponent += 4;
    }
  }
  if (!text.empty()) exponent += exponent_value(text.substr(1));
  return round<Bits>(significand, sticky, exponent);
}

/// Whether a decimal literal that its type cannot represent is too large rather than too small.
bool is_large(std::string_view digits) {
  const size_t e = std::min(digits.find_first_of("eE"), digits.size());
  const std::string_view mantissa = digits.substr(0, e);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const size_t leading = mantissa.find_first_of("123456789");
  const int64_t exponent = e < digits.size() ? exponent_value(digits.substr(e + 1)) : 0;
  return static_cast<int64_t>(point) - static_cast<int64_t>(leading) + exponent > 0;
}

template <class Bits>
std::optional<Bits> decimal_float(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
  typename Format<Bits>::Float value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) {  // from_chars does not say on which side
    if (is_large(digits)) return std::nullopt;
    return Bits{0};
  }
  if (std::isinf(value)) return std::nullopt;
  return std::bit_cast<Bits>(value);
}

template <class Bits>
std::optional<Bits> to_float(std::string_view text) {
  using F = Format<Bits>;
  constexpr Bits kSign = Bits{1} << (sizeof(Bits) * 8 - 1);
  constexpr Bits kInfinity = static_cast<Bits>(F::kMaxExponent - F::kMinExponent + 2) << F::kFraction;
  const bool is_negative = take_sign(text);
  std::optional<Bits> bits;
  if (text == "inf") {
    bits = kInfinity;
  } else if (text == "nan") {
    bits = kInfinity | Bits{1} << (F::kFraction - 1);
  } else if (take_prefix(text, "nan:0x")) {
    const auto payload = magnitude(text, 16);
    if (payload && *payload > 0 && *payload >> F::kFraction == 0) bits = kInfinity | static_cast<Bits>(*payload);
  } else if (take_prefix(text, "0x")) {
    bits = hex_float<Bits>(text);
  } else {
    bits = decimal_float<Bits>(text);
  }
  if (bits && is_negative) *bits |= kSign;
  return bits;
}

}  // namespace

std::optional<uint64_t> to_u64(std::string_view text) {
  const bool is_hex = take_prefix(text, "0x");
  return magnitude(text, is_hex ? 16 : 10);
}

std::optional<uint32_t> to_u32(std::string_view text) {
  const auto value = to_u64(text);
  if (!value || *value > std::numeric_limits<uint32_t>::max()) return std::nullopt;
  return static_cast<uint32_t>(*value);
}

std::optional<uint64_t> to_int(std::string_view text, unsigned bits) {
  const bool is_negative = take_sign(text);
  const auto value = to_u64(text);
  const uint64_t mask = std::numeric_limits<uint64_t>::max() >> (64 - bits);
  const uint64_t limit = is_negative ? uint64_t{1} << (bits - 1) : mask;
  if (!value || *value > limit) return std::nullopt;
  return (is_negative ? ~*value + 1 : *value) & mask;
}

std::optional<uint32_t> to_f32(std::string_view text) { return to_float<uint32_t>(text); }
std::optional<uint64_t> to_f64(std::string_view text) { return to_float<uint64_t>(text); }

}  // namespace weft::text
