// SPDX-License-Identifier: Apache-2.0
//
// Runtime values (syntax-val), outside of frames: arguments, results, globals' initial values.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

#include "interp/types.h"

namespace weft {

struct FuncInst;

/// A typed value. `lo` holds an i32 zero-extended, the bit pattern of a float, a FuncInst* of a funcref, an Exception*
/// of an exnref, and for an externref the host's number plus one; 0 is the null reference. `hi` is the upper half of a
/// v128.
struct Value {
  ValType type = ValType::i32;
  uint64_t lo = 0, hi = 0;

  static Value i32(uint32_t v) { return {ValType::i32, v, 0}; }
  static Value i64(uint64_t v) { return {ValType::i64, v, 0}; }
  static Value f32(float v) { return {ValType::f32, std::bit_cast<uint32_t>(v), 0}; }
  static Value f64(double v) { return {ValType::f64, std::bit_cast<uint64_t>(v), 0}; }
  static Value v128(uint64_t lo, uint64_t hi) { return {ValType::v128, lo, hi}; }
  static Value null(ValType type) { return {type, 0, 0}; }
  static Value funcref(const FuncInst* function) {
    return {ValType::funcref, reinterpret_cast<uintptr_t>(function), 0};
  }
  static Value externref(uint64_t number) { return {ValType::externref, number + 1, 0}; }

  uint32_t as_i32() const { return static_cast<uint32_t>(lo); }
  uint64_t as_i64() const { return lo; }
  float as_f32() const { return std::bit_cast<float>(static_cast<uint32_t>(lo)); }
  double as_f64() const { return std::bit_cast<double>(lo); }
  const FuncInst* as_funcref() const { return reinterpret_cast<const FuncInst*>(static_cast<uintptr_t>(lo)); }
  uint64_t as_externref() const { return lo - 1; }
  bool is_null() const { return is_reference(type) && lo == 0; }
  bool operator==(const Value&) const = default;
};

/// As `weft run --invoke` prints it: "i32:-1", "f32:0x1.8p+0", "f64:nan:canonical", "v128:0x…", "funcref:null".
std::string to_string(const Value& value);

}  // namespace weft
