// SPDX-License-Identifier: Apache-2.0
#include "interp/value.h"

#include <cmath>

#include <fmt/format.h>

namespace weft {
namespace {

/// A float as the text format writes it: hexadecimal, "inf", "nan:canonical" or the payload of another NaN.
std::string print_float(double value, bool negative, uint64_t payload, uint64_t canonical) {
  const char* sign = negative ? "-" : "";
  if (std::isnan(value))
    return payload == canonical ? fmt::format("{}nan:canonical", sign) : fmt::format("{}nan:{:#x}", sign, payload);
  if (std::isinf(value)) return fmt::format("{}inf", sign);
  return fmt::format("{:a}", value);
}

}  // namespace

std::string to_string(const Value& value) {
  switch (value.type) {
    case ValType::i32: return fmt::format("i32:{}", static_cast<int32_t>(value.as_i32()));
    case ValType::i64: return fmt::format("i64:{}", static_cast<int64_t>(value.lo));
    case ValType::f32:
      return "f32:" + print_float(value.as_f32(), (value.lo >> 31 & 1) != 0, value.lo & 0x7fffff, 0x400000);
    case ValType::f64:
      return "f64:" + print_float(value.as_f64(), value.lo >> 63 != 0, value.lo & 0xfffffffffffff, 0x8000000000000);
    case ValType::v128: return fmt::format("v128:0x{:016x}{:016x}", value.hi, value.lo);
    case ValType::funcref: return value.is_null() ? "funcref:null" : fmt::format("funcref:{:#x}", value.lo);
    case ValType::externref:
      return value.is_null() ? "externref:null" : fmt::format("externref:{}", value.as_externref());
    case ValType::exnref: return value.is_null() ? "exnref:null" : fmt::format("exnref:{:#x}", value.lo);
  }
  return "?";
}

}  // namespace weft
