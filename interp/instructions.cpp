// SPDX-License-Identifier: Apache-2.0
#include "interp/instructions.h"

#include <unordered_map>

namespace weft {
std::optional<Op> find_instruction(std::string_view text) {
  static const auto by_text = [] {
    std::unordered_map<std::string_view, Op> map;
    for (size_t i = 0; i < kInstructionCount; ++i) map.try_emplace(kInstructions[i].text, static_cast<Op>(i));
    return map;
  }();
  const auto found = by_text.find(text);
  if (found == by_text.end()) return std::nullopt;
  return found->second;
}

std::string_view to_string(Feature feature) {
  switch (feature) {
    case Feature::mvp: return "mvp";
    case Feature::sign_extension: return "sign_extension";
    case Feature::saturating_float_to_int: return "saturating_float_to_int";
    case Feature::bulk_memory: return "bulk_memory";
    case Feature::reference_types: return "reference_types";
    case Feature::simd: return "simd";
    case Feature::relaxed_simd: return "relaxed_simd";
    case Feature::threads: return "threads";
    case Feature::tail_call: return "tail_call";
    case Feature::exception_handling: return "exception_handling";
    case Feature::legacy_exceptions: return "legacy_exceptions";
    case Feature::wide_arithmetic: return "wide_arithmetic";
  }
  return "";
}

}  // namespace weft
