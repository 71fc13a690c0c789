// SPDX-License-Identifier: Apache-2.0
//
// Types of the specification's structure chapter (syntax-types): values, functions, limits, memories, tables, globals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// A value type; the number is its byte in the binary format (binary-valtype).
enum class ValType : uint8_t {
  i32 = 0x7f,
  i64 = 0x7e,
  f32 = 0x7d,
  f64 = 0x7c,
  v128 = 0x7b,
  funcref = 0x70,
  externref = 0x6f,
  exnref = 0x69,
};

constexpr bool is_reference(ValType type) { return type <= ValType::funcref; }
constexpr bool is_numeric(ValType type) { return type >= ValType::f64; }

/// Slots of 8 bytes that a value of this type takes in a frame.
constexpr uint32_t slots(ValType type) { return type == ValType::v128 ? 2 : 1; }
/// Slots of all values together.
uint32_t slots(const std::vector<ValType>& types);

/// The keyword of the text format.
std::string_view to_string(ValType type);
/// The value type with this binary code, if there is one.
std::optional<ValType> valtype_from_byte(uint8_t byte);

struct FuncType {
  std::vector<ValType> params, results;
  bool operator==(const FuncType&) const = default;
};
/// As the specification writes it: "[i32 i64] -> [i32]".
std::string to_string(const FuncType& type);

/// Limits in pages (memories) or elements (tables). What they may be at most depends on the address type.
struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool operator==(const Limits&) const = default;
};

/// Which numbers address a memory or a table: i32 or i64 (syntax-addrtype).
using AddressType = ValType;

/// A memory type. `shared` requires a maximum (valid-memtype).
struct MemoryType {
  Limits limits;
  bool shared = false;
  AddressType address = ValType::i32;
  uint8_t page_size_log2 = 16;  ///< 0 or 16 (proposal custom-page-sizes)
  bool operator==(const MemoryType&) const = default;
};

struct TableType {
  ValType element = ValType::funcref;
  Limits limits;
  AddressType address = ValType::i32;
  bool operator==(const TableType&) const = default;
};

struct GlobalType {
  ValType type = ValType::i32;
  bool is_mutable = false;
  bool operator==(const GlobalType&) const = default;
};

/// A tag's type: the parameters are the values that an exception of this tag carries (syntax-tagtype).
struct TagType {
  uint32_t type = 0;  ///< type index
  bool operator==(const TagType&) const = default;
};

/// The kinds of external values; the number is the byte in the binary format (binary-externtype).
enum class ExternKind : uint8_t { func = 0, table = 1, memory = 2, global = 3, tag = 4 };
inline constexpr size_t kExternKinds = 5;
std::string_view to_string(ExternKind kind);

std::string to_string(const MemoryType& type);
std::string to_string(const TableType& type);
std::string to_string(const GlobalType& type);

}  // namespace weft
