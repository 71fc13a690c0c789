// SPDX-License-Identifier: Apache-2.0
#include "suite/script/match.h"

#include <algorithm>

#include <fmt/format.h>

namespace weft::script {
namespace {

constexpr uint64_t mask(unsigned bits) { return bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1; }

/// The float of `width` bits at lane `lane` of a value's 128 bits.
uint64_t lane_bits(uint64_t lo, uint64_t hi, unsigned width, unsigned lane) {
  const unsigned at = width * lane;
  return (at < 64 ? lo >> at : hi >> (at - 64)) & mask(width);
}

/// Whether the bits are a NaN of the kind (float-nan): canonical has only the topmost payload bit set, arithmetic at
/// least that one.
bool is_nan(uint64_t bits, unsigned width, FloatPattern pattern) {
  const unsigned payload_bits = width == 32 ? 23 : 52;
  const uint64_t quiet = uint64_t{1} << (payload_bits - 1);
  const uint64_t exponent = mask(width - 1) & ~mask(payload_bits);
  const uint64_t payload = bits & mask(payload_bits);
  if ((bits & exponent) != exponent) return false;
  return pattern == FloatPattern::canonical_nan ? payload == quiet : (payload & quiet) != 0;
}

bool matches_floats(const Value& actual, const Expected& expected) {
  const unsigned width = actual.type == ValType::f32 || expected.float_lanes == 4 ? 32 : 64;
  for (unsigned lane = 0; lane < expected.float_lanes; ++lane) {
    const uint64_t bits = lane_bits(actual.lo, actual.hi, width, lane);
    const FloatPattern pattern = expected.patterns[lane];
    const bool same = pattern == FloatPattern::exact
                          ? bits == lane_bits(expected.value.lo, expected.value.hi, width, lane)
                          : is_nan(bits, width, pattern);
    if (!same) return false;
  }
  return true;
}

}  // namespace

Value to_value(const Constant& constant) {
  if (constant.is_null) return Value::null(constant.type);
  if (constant.type == ValType::externref) return Value::externref(constant.lo);
  return {constant.type, constant.lo, constant.hi};
}

bool matches(const Value& actual, const Expected& expected) {
  switch (expected.kind) {
    case Expected::Kind::any_null: return actual.is_null();
    case Expected::Kind::any_func: return actual.type == ValType::funcref && !actual.is_null();
    case Expected::Kind::any_extern: return actual.type == ValType::externref && !actual.is_null();
    case Expected::Kind::any_exn: return actual.type == ValType::exnref && !actual.is_null();
    case Expected::Kind::either:
      return std::any_of(expected.alternatives.begin(), expected.alternatives.end(),
                         [&actual](const Expected& alternative) { return matches(actual, alternative); });
    case Expected::Kind::value: break;
  }
  if (actual.type != expected.value.type) return false;
  return expected.float_lanes > 0 ? matches_floats(actual, expected) : actual == to_value(expected.value);
}

std::string to_string(const Expected& expected) {
  switch (expected.kind) {
    case Expected::Kind::any_null: return "a null reference";
    case Expected::Kind::any_func: return "a function reference";
    case Expected::Kind::any_extern: return "an external reference";
    case Expected::Kind::any_exn: return "an exception reference";
    case Expected::Kind::either: {
      std::string out = "either";
      for (const Expected& alternative : expected.alternatives) out += " " + to_string(alternative);
      return out;
    }
    case Expected::Kind::value: break;
  }
  std::string out = weft::to_string(to_value(expected.value));
  const auto name = [](FloatPattern pattern) {
    return pattern == FloatPattern::canonical_nan ? "nan:canonical" : "nan:arithmetic";
  };
  for (unsigned lane = 0; lane < expected.float_lanes; ++lane) {
    if (expected.patterns[lane] == FloatPattern::exact) continue;
    if (expected.value.type != ValType::v128)
      return fmt::format("{}:{}", weft::to_string(expected.value.type), name(expected.patterns[lane]));
    out += fmt::format(" with {} in lane {}", name(expected.patterns[lane]), lane);
  }
  return out;
}

}  // namespace weft::script
