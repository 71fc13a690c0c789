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
};

constexpr bool is_reference(ValType type) { return type == ValType::funcref || type == ValType::externref; }
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

/// Limits in pages (memories) or elements (tables).
struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool operator==(const Limits&) const = default;
};

/// A memory type. `shared` requires a maximum (valid-memtype).
struct MemoryType {
  Limits limits;
  bool shared = false;
  bool operator==(const MemoryType&) const = default;
};

struct TableType {
  ValType element = ValType::funcref;
  Limits limits;
  bool operator==(const TableType&) const = default;
};

struct GlobalType {
  ValType type = ValType::i32;
  bool is_mutable = false;
  bool operator==(const GlobalType&) const = default;
};

/// The four kinds of external values; the number is the byte in the binary format (binary-importdesc).
enum class ExternKind : uint8_t { func = 0, table = 1, memory = 2, global = 3 };
std::string_view to_string(ExternKind kind);

std::string to_string(const MemoryType& type);
std::string to_string(const TableType& type);
std::string to_string(const GlobalType& type);

}  // namespace weft
