// SPDX-License-Identifier: Apache-2.0
#include "suite/model/outcome.h"

#include <fmt/format.h>

namespace weft::model {
namespace {
__extension__ using Wide = unsigned __int128;
}

std::string to_string(const Outcome& outcome) {
  std::string text;
  for (const auto& [name, value] : outcome) text.append(text.empty() ? "" : " ").append(name).append("=").append(value);
  return text;
}

std::string to_decimal(const Value& value, bool is_unsigned) {
  if (value.type == ValType::v128) return fmt::format("{}", static_cast<Wide>(value.hi) << 64 | value.lo);
  if (value.type == ValType::i32 && !is_unsigned) return fmt::format("{}", static_cast<int32_t>(value.lo));
  if (value.type == ValType::i64 && !is_unsigned) return fmt::format("{}", static_cast<int64_t>(value.lo));
  return fmt::format("{}", value.lo);
}

bool is_all_ones(const Value& value) {
  switch (value.type) {
    case ValType::i32:
    case ValType::f32: return value.lo == 0xffff'ffff;
    case ValType::v128: return (value.lo & value.hi) == ~uint64_t{0};
    default: return value.lo == ~uint64_t{0};
  }
}

}  // namespace weft::model
