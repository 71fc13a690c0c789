// SPDX-License-Identifier: Apache-2.0
//
// What belongs to proposals that are not implemented, so that it gets a clear error instead of "unknown". A proposal
// that comes moves its rows to instructions.inc.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weft {

inline constexpr std::string_view kGc = "not supported: GC";
inline constexpr std::string_view kFunctionReferences = "not supported: typed function references";
inline constexpr std::string_view kCustomDescriptors = "not supported: custom descriptors";

struct UnsupportedInstr {
  uint8_t prefix;
  uint32_t first_code, last_code;
  std::string_view text;  ///< the keyword, or what a family begins with: it ends with '.'
  std::string_view message;
};
inline constexpr auto kUnsupportedInstrs = std::to_array<UnsupportedInstr>({
    {0x00, 0x14, 0x14, "call_ref", kFunctionReferences},
    {0x00, 0x15, 0x15, "return_call_ref", kFunctionReferences},
    {0x00, 0xd3, 0xd3, "ref.eq", kGc},
    {0x00, 0xd4, 0xd4, "ref.as_non_null", kFunctionReferences},
    {0x00, 0xd5, 0xd5, "br_on_null", kFunctionReferences},
    {0x00, 0xd6, 0xd6, "br_on_non_null", kFunctionReferences},
    {0xfb, 0x00, 0x05, "struct.", kGc},
    {0xfb, 0x06, 0x13, "array.", kGc},
    {0xfb, 0x14, 0x15, "ref.test", kGc},
    {0xfb, 0x16, 0x17, "ref.cast", kGc},
    {0xfb, 0x18, 0x19, "br_on_cast", kGc},
    {0xfb, 0x18, 0x19, "br_on_cast_fail", kGc},
    {0xfb, 0x1a, 0x1a, "any.convert_extern", kGc},
    {0xfb, 0x1b, 0x1b, "extern.convert_any", kGc},
    {0xfb, 0x1c, 0x1c, "ref.i31", kGc},
    {0xfb, 0x1d, 0x1e, "i31.", kGc},
});

/// "not supported: GC", or nothing when no known proposal has such an instruction.
constexpr std::string_view unsupported_instruction(uint8_t prefix, uint32_t code) {
  for (const UnsupportedInstr& row : kUnsupportedInstrs) {
    if (row.prefix == prefix && code >= row.first_code && code <= row.last_code) return row.message;
  }
  return {};
}
constexpr std::string_view unsupported_instruction(std::string_view keyword) {
  for (const UnsupportedInstr& row : kUnsupportedInstrs) {
    const bool is_family = row.text.ends_with('.');
    if (is_family ? keyword.starts_with(row.text) : keyword == row.text) return row.message;
  }
  return {};
}

/// Of a byte that begins a value type: those of GC, and the long form of reference types.
constexpr std::string_view unsupported_valtype(uint8_t byte) {
  if (byte >= 0x6a && byte <= 0x74 && byte != 0x6f && byte != 0x70) return kGc;  // anyref to noexternref
  if (byte == 0x63 || byte == 0x64) return kFunctionReferences;
  return {};
}
/// Of a byte that begins a type definition: structures, arrays, subtypes, recursion groups.
constexpr std::string_view unsupported_type(uint8_t byte) {
  return byte == 0x5f || byte == 0x5e || byte == 0x50 || byte == 0x4f || byte == 0x4e ? kGc : std::string_view{};
}
/// Of an import's kind: a function of exactly its type.
constexpr std::string_view unsupported_import_kind(uint8_t byte) {
  return byte == 0x20 ? kCustomDescriptors : std::string_view{};
}
/// Of a heap type's or reference type's keyword ("any", "anyref").
constexpr std::string_view unsupported_heap_type(std::string_view keyword) {
  constexpr std::string_view kNames[] = {"any", "eq", "i31", "struct", "array", "none", "nofunc", "noextern", "noexn"};
  constexpr std::string_view kReferences[] = {"anyref",  "eqref",       "i31ref",        "structref", "arrayref",
                                              "nullref", "nullfuncref", "nullexternref", "nullexnref"};
  for (const std::string_view name : kNames) {
    if (name == keyword) return kGc;
  }
  for (const std::string_view name : kReferences) {
    if (name == keyword) return kGc;
  }
  return {};
}

}  // namespace weft
