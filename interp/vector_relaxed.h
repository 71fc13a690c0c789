// SPDX-License-Identifier: Apache-2.0
//
// Relaxed SIMD (relaxed-ops). The specification lets an implementation choose; ours are the choices of its
// deterministic profile (profile-deterministic), on every host: multiplication and addition round separately, and the
// rest is what the operator without `relaxed` gives. The second operand of a dot product is signed, and its 16-bit sums
// saturate.
#pragma once

#include "interp/vector.h"
#include "interp/vector_float.h"

namespace weft::numeric {
namespace lanes {

/// op-frelaxed_madd; compiled with -ffp-contract=off.
template <class V>
V madd(V a, V b, V c) {
  return computed(a * b + c);
}

/// op-irelaxed_dot. A product fits 16 bits; of the sums only that of two products of -2^7 does not.
inline S16x8 relaxed_dot(S8x16 a, S8x16 b) {
  const S16x8 even = extend_even<S16x8>(a) * extend_even<S16x8>(b), odd = extend_odd<S16x8>(a) * extend_odd<S16x8>(b);
  return as<S16x8>(add_sat_s(as<U16x8>(even), as<U16x8>(odd)));
}

}  // namespace lanes

inline U8x16 i8x16_relaxed_swizzle(U8x16 a, U8x16 s) { return i8x16_swizzle(a, s); }
inline S32x4 i32x4_relaxed_trunc_f32x4_s(F32x4 a) { return i32x4_trunc_sat_f32x4_s(a); }
inline U32x4 i32x4_relaxed_trunc_f32x4_u(F32x4 a) { return i32x4_trunc_sat_f32x4_u(a); }
inline U32x4 i32x4_relaxed_trunc_f64x2_s_zero(F64x2 a) { return i32x4_trunc_sat_f64x2_s_zero(a); }
inline U32x4 i32x4_relaxed_trunc_f64x2_u_zero(F64x2 a) { return i32x4_trunc_sat_f64x2_u_zero(a); }
inline F32x4 f32x4_relaxed_madd(F32x4 a, F32x4 b, F32x4 c) { return lanes::madd(a, b, c); }
inline F32x4 f32x4_relaxed_nmadd(F32x4 a, F32x4 b, F32x4 c) { return lanes::madd(lanes::fneg(a), b, c); }
inline F64x2 f64x2_relaxed_madd(F64x2 a, F64x2 b, F64x2 c) { return lanes::madd(a, b, c); }
inline F64x2 f64x2_relaxed_nmadd(F64x2 a, F64x2 b, F64x2 c) { return lanes::madd(lanes::fneg(a), b, c); }
inline U64x2 i8x16_relaxed_laneselect(U64x2 a, U64x2 b, U64x2 mask) { return v128_bitselect(a, b, mask); }
inline U64x2 i16x8_relaxed_laneselect(U64x2 a, U64x2 b, U64x2 mask) { return v128_bitselect(a, b, mask); }
inline U64x2 i32x4_relaxed_laneselect(U64x2 a, U64x2 b, U64x2 mask) { return v128_bitselect(a, b, mask); }
inline U64x2 i64x2_relaxed_laneselect(U64x2 a, U64x2 b, U64x2 mask) { return v128_bitselect(a, b, mask); }
inline F32x4 f32x4_relaxed_min(F32x4 a, F32x4 b) { return f32x4_min(a, b); }
inline F32x4 f32x4_relaxed_max(F32x4 a, F32x4 b) { return f32x4_max(a, b); }
inline F64x2 f64x2_relaxed_min(F64x2 a, F64x2 b) { return f64x2_min(a, b); }
inline F64x2 f64x2_relaxed_max(F64x2 a, F64x2 b) { return f64x2_max(a, b); }
inline S16x8 i16x8_relaxed_q15mulr_s(S16x8 a, S16x8 b) { return i16x8_q15mulr_sat_s(a, b); }
inline S16x8 i16x8_relaxed_dot_i8x16_i7x16_s(S8x16 a, S8x16 b) { return lanes::relaxed_dot(a, b); }
inline U32x4 i32x4_relaxed_dot_i8x16_i7x16_add_s(S8x16 a, S8x16 b, U32x4 c) {
  return lanes::as<U32x4>(i32x4_extadd_pairwise_i16x8_s(lanes::relaxed_dot(a, b))) + c;
}

}  // namespace weft::numeric
