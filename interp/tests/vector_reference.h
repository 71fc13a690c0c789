// SPDX-License-Identifier: Apache-2.0
//
// Vector instructions as the specification has them: lane by lane, in integers that cannot overflow, by nothing but the
// words of an instruction's keyword.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "interp/instructions.h"
#include "interp/value.h"

namespace weft::testing {

/// A v128, or the bits of a number in the first bytes.
using Bytes = std::array<uint8_t, 16>;

Bytes bytes_of(const Value& value);
Value value_of(ValType type, const Bytes& bytes);

/// The words of "i32x4.trunc_sat_f64x2_u_zero": i32x4, trunc_sat, f64x2, unsigned, zero.
struct VectorRow {
  explicit VectorRow(Op op);
  struct Shape {
    bool is_float = false;
    unsigned width = 8;  ///< bits of a lane; 8 of v128
    unsigned lanes() const { return 128 / width; }
  };
  Shape shape;  ///< of the result
  Shape from;   ///< of the operands; the same where the keyword has only one
  std::string name;
  bool is_signed = false;
};

/// The result of a row of class vector; `immediate` has the lane in its first byte, or all lanes of a shuffle. Of an
/// operator that computes floats each NaN is the positive canonical one, as numeric.h promises.
Bytes compute_vector(Op op, const std::vector<Bytes>& operands, const Bytes& immediate);

/// What a row of class vector_load makes of the bytes in memory, by its keyword: a whole vector, "load16x4_s",
/// "…_splat", "…_zero" or "…_lane" of `vector`.
Bytes load_vector(Op op, uint8_t lane, const uint8_t* memory, const Bytes& vector);

}  // namespace weft::testing
