// SPDX-License-Identifier: Apache-2.0
//
// The operands of constants, the same in instructions, in the arguments of actions and in the results a script expects.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "suite/text/cursor.h"

namespace weft::text {

/// How a script compares a float with the actual result: by its bits, or as one of the two kinds of NaN (float-nan).
enum class FloatPattern : uint8_t { exact, canonical_nan, arithmetic_nan };

/// A vector constant in one of the six shapes (text-vconst). Lane 0 is in the lowest bits of `lo`.
struct VectorConstant {
  uint64_t lo = 0, hi = 0;
  uint8_t lanes = 16;
  bool is_float = false;
  std::array<FloatPattern, 4> patterns{};  ///< of float lanes
};

/// An integer of 32 or 64 bits. Throws "constant out of range".
uint64_t int_constant(Cursor& cursor, unsigned bits);

/// The bits of a float of 32 or 64 bits.
uint64_t float_constant(Cursor& cursor, unsigned bits);

/// A float, or a NaN pattern.
std::pair<uint64_t, FloatPattern> float_pattern(Cursor& cursor, unsigned bits);

/// A shape and its lanes; with `allow_patterns` a float lane may be a NaN pattern.
VectorConstant vector_constant(Cursor& cursor, bool allow_patterns);

}  // namespace weft::text
