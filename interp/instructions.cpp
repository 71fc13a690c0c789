// SPDX-License-Identifier: Apache-2.0
#include "interp/instructions.h"

#include <unordered_map>

namespace weft {
namespace {

constexpr uint16_t kNone = 0xffff;
constexpr size_t kPrefixes = 4;
constexpr uint8_t kPrefixBytes[kPrefixes] = {0x00, 0xfc, 0xfd, 0xfe};
constexpr size_t kCodes = 512;

/// kByCode[prefix slot][code]: codes of 512 and more do not occur in the table, which the assertion below checks.
constexpr auto kByCode = [] {
  std::array<std::array<uint16_t, kCodes>, kPrefixes> table{};
  for (auto& row : table) row.fill(kNone);
  for (size_t i = 0; i < kInstructionCount; ++i) {
    for (size_t p = 0; p < kPrefixes; ++p) {
      if (kPrefixBytes[p] == kInstructions[i].prefix) table[p][kInstructions[i].code] = static_cast<uint16_t>(i);
    }
  }
  return table;
}();
static_assert(kByCode[0][0x6a] == static_cast<uint16_t>(Op::i32_add));
static_assert(kByCode[3][0x01] == static_cast<uint16_t>(Op::memory_atomic_wait32));

}  // namespace

std::optional<Op> find_instruction(uint8_t prefix, uint32_t code) {
  if (code >= kCodes) return std::nullopt;
  for (size_t p = 0; p < kPrefixes; ++p) {
    if (kPrefixBytes[p] != prefix) continue;
    const uint16_t index = kByCode[p][code];
    if (index == kNone) return std::nullopt;
    return static_cast<Op>(index);
  }
  return std::nullopt;
}

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

Edition edition_of(Feature feature) {
  switch (feature) {
    case Feature::mvp:
    case Feature::sign_extension:
    case Feature::saturating_float_to_int:
    case Feature::bulk_memory:
    case Feature::reference_types:
    case Feature::simd:
    case Feature::threads: return Edition::wasm_2_0;
    case Feature::relaxed_simd:
    case Feature::tail_call:
    case Feature::exception_handling:
    case Feature::legacy_exceptions: return Edition::wasm_3_0;
    case Feature::wide_arithmetic: return Edition::latest;
  }
  return Edition::latest;
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
