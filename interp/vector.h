// SPDX-License-Identifier: Apache-2.0
//
// Vector semantics (exec-numeric, "Vector Operations"): one function for each row spelled VECTOR, of the row's name, as
// numeric.h has for NUMERIC rows. Parameters and results are the row's, in the shape that the operator works on;
// immediates come last. Of a load, what was loaded takes the place of the address; of a store, the address is missing
// and the result is what is stored. Here is what works on bits and integers; vector_float.h and vector_relaxed.h have
// the rest.
#pragma once

#include "interp/vector_lanes.h"

namespace weft::numeric {

// Loads and stores (exec-instr-memory)

inline U64x2 v128_load(U64x2 memory) { return memory; }
inline U64x2 v128_store(U64x2 a) { return a; }
inline S16x8 v128_load8x8_s(uint64_t memory) { return lanes::extend_low<S16x8>(lanes::as<S8x16>(U64x2{memory})); }
inline U16x8 v128_load8x8_u(uint64_t memory) { return lanes::extend_low<U16x8>(lanes::as<U8x16>(U64x2{memory})); }
inline S32x4 v128_load16x4_s(uint64_t memory) { return lanes::extend_low<S32x4>(lanes::as<S16x8>(U64x2{memory})); }
inline U32x4 v128_load16x4_u(uint64_t memory) { return lanes::extend_low<U32x4>(lanes::as<U16x8>(U64x2{memory})); }
inline S64x2 v128_load32x2_s(uint64_t memory) { return lanes::extend_low<S64x2>(lanes::as<S32x4>(U64x2{memory})); }
inline U64x2 v128_load32x2_u(uint64_t memory) { return lanes::extend_low<U64x2>(lanes::as<U32x4>(U64x2{memory})); }
inline U8x16 v128_load8_splat(uint8_t memory) { return lanes::splat<U8x16>(memory); }
inline U16x8 v128_load16_splat(uint16_t memory) { return lanes::splat<U16x8>(memory); }
inline U32x4 v128_load32_splat(uint32_t memory) { return lanes::splat<U32x4>(memory); }
inline U64x2 v128_load64_splat(uint64_t memory) { return lanes::splat<U64x2>(memory); }
inline U32x4 v128_load32_zero(uint32_t memory) { return U32x4{memory}; }
inline U64x2 v128_load64_zero(uint64_t memory) { return U64x2{memory}; }
inline U8x16 v128_load8_lane(uint8_t memory, U8x16 a, Lane lane) { return lanes::replace(a, memory, lane); }
inline U16x8 v128_load16_lane(uint16_t memory, U16x8 a, Lane lane) { return lanes::replace(a, memory, lane); }
inline U32x4 v128_load32_lane(uint32_t memory, U32x4 a, Lane lane) { return lanes::replace(a, memory, lane); }
inline U64x2 v128_load64_lane(uint64_t memory, U64x2 a, Lane lane) { return lanes::replace(a, memory, lane); }
inline uint8_t v128_store8_lane(U8x16 a, Lane lane) { return a[lane.index]; }
inline uint16_t v128_store16_lane(U16x8 a, Lane lane) { return a[lane.index]; }
inline uint32_t v128_store32_lane(U32x4 a, Lane lane) { return a[lane.index]; }
inline uint64_t v128_store64_lane(U64x2 a, Lane lane) { return a[lane.index]; }

// v128

inline U64x2 v128_not(U64x2 a) { return ~a; }
inline U64x2 v128_and(U64x2 a, U64x2 b) { return a & b; }
inline U64x2 v128_andnot(U64x2 a, U64x2 b) { return a & ~b; }
inline U64x2 v128_or(U64x2 a, U64x2 b) { return a | b; }
inline U64x2 v128_xor(U64x2 a, U64x2 b) { return a ^ b; }
inline U64x2 v128_bitselect(U64x2 a, U64x2 b, U64x2 mask) { return (a & mask) | (b & ~mask); }
inline uint32_t v128_any_true(U64x2 a) { return lanes::any_bit(a); }

// i8x16

inline U8x16 i8x16_shuffle(U8x16 a, U8x16 b, Lanes order) { return lanes::look_up(a, b, order.indices); }
inline U8x16 i8x16_swizzle(U8x16 a, U8x16 s) {
  return lanes::look_up(a, U8x16{}, lanes::min(s, lanes::splat<U8x16>(16)));
}
inline U8x16 i8x16_splat(uint32_t x) { return lanes::splat<U8x16>(static_cast<uint8_t>(x)); }
inline uint32_t i8x16_extract_lane_s(S8x16 a, Lane lane) { return static_cast<uint32_t>(int32_t{a[lane.index]}); }
inline uint32_t i8x16_extract_lane_u(U8x16 a, Lane lane) { return a[lane.index]; }
inline U8x16 i8x16_replace_lane(U8x16 a, uint32_t x, Lane lane) {
  return lanes::replace(a, static_cast<uint8_t>(x), lane);
}
inline S8x16 i8x16_eq(U8x16 a, U8x16 b) { return a == b; }
inline S8x16 i8x16_ne(U8x16 a, U8x16 b) { return a != b; }
inline S8x16 i8x16_lt_s(S8x16 a, S8x16 b) { return a < b; }
inline S8x16 i8x16_lt_u(U8x16 a, U8x16 b) { return a < b; }
inline S8x16 i8x16_gt_s(S8x16 a, S8x16 b) { return a > b; }
inline S8x16 i8x16_gt_u(U8x16 a, U8x16 b) { return a > b; }
inline S8x16 i8x16_le_s(S8x16 a, S8x16 b) { return a <= b; }
inline S8x16 i8x16_le_u(U8x16 a, U8x16 b) { return a <= b; }
inline S8x16 i8x16_ge_s(S8x16 a, S8x16 b) { return a >= b; }
inline S8x16 i8x16_ge_u(U8x16 a, U8x16 b) { return a >= b; }
inline U8x16 i8x16_abs(S8x16 a) { return lanes::abs(a); }
inline U8x16 i8x16_neg(U8x16 a) { return -a; }
inline U8x16 i8x16_popcnt(U8x16 a) { return lanes::popcnt(a); }
inline uint32_t i8x16_all_true(U8x16 a) { return lanes::all_true(a); }
inline uint32_t i8x16_bitmask(U8x16 a) {
  return lanes::sign_bits(lanes::as<U64x2>(a)[0]) | lanes::sign_bits(lanes::as<U64x2>(a)[1]) << 8;
}
inline S8x16 i8x16_narrow_i16x8_s(S16x8 a, S16x8 b) { return lanes::narrow<S8x16>(a, b); }
inline U8x16 i8x16_narrow_i16x8_u(S16x8 a, S16x8 b) { return lanes::narrow<U8x16>(a, b); }
inline U8x16 i8x16_shl(U8x16 a, uint32_t k) { return a << lanes::count<U8x16>(k); }
inline S8x16 i8x16_shr_s(S8x16 a, uint32_t k) { return a >> lanes::count<S8x16>(k); }
inline U8x16 i8x16_shr_u(U8x16 a, uint32_t k) { return a >> lanes::count<U8x16>(k); }
inline U8x16 i8x16_add(U8x16 a, U8x16 b) { return a + b; }
inline U8x16 i8x16_add_sat_s(U8x16 a, U8x16 b) { return lanes::add_sat_s(a, b); }
inline U8x16 i8x16_add_sat_u(U8x16 a, U8x16 b) { return lanes::add_sat_u(a, b); }
inline U8x16 i8x16_sub(U8x16 a, U8x16 b) { return a - b; }
inline U8x16 i8x16_sub_sat_s(U8x16 a, U8x16 b) { return lanes::sub_sat_s(a, b); }
inline U8x16 i8x16_sub_sat_u(U8x16 a, U8x16 b) { return lanes::sub_sat_u(a, b); }
inline S8x16 i8x16_min_s(S8x16 a, S8x16 b) { return lanes::min(a, b); }
inline U8x16 i8x16_min_u(U8x16 a, U8x16 b) { return lanes::min(a, b); }
inline S8x16 i8x16_max_s(S8x16 a, S8x16 b) { return lanes::max(a, b); }
inline U8x16 i8x16_max_u(U8x16 a, U8x16 b) { return lanes::max(a, b); }
inline U8x16 i8x16_avgr_u(U8x16 a, U8x16 b) { return lanes::avgr(a, b); }

// i16x8

inline U16x8 i16x8_splat(uint32_t x) { return lanes::splat<U16x8>(static_cast<uint16_t>(x)); }
inline uint32_t i16x8_extract_lane_s(S16x8 a, Lane lane) { return static_cast<uint32_t>(int32_t{a[lane.index]}); }
inline uint32_t i16x8_extract_lane_u(U16x8 a, Lane lane) { return a[lane.index]; }
inline U16x8 i16x8_replace_lane(U16x8 a, uint32_t x, Lane lane) {
  return lanes::replace(a, static_cast<uint16_t>(x), lane);
}
inline S16x8 i16x8_eq(U16x8 a, U16x8 b) { return a == b; }
inline S16x8 i16x8_ne(U16x8 a, U16x8 b) { return a != b; }
inline S16x8 i16x8_lt_s(S16x8 a, S16x8 b) { return a < b; }
inline S16x8 i16x8_lt_u(U16x8 a, U16x8 b) { return a < b; }
inline S16x8 i16x8_gt_s(S16x8 a, S16x8 b) { return a > b; }
inline S16x8 i16x8_gt_u(U16x8 a, U16x8 b) { return a > b; }
inline S16x8 i16x8_le_s(S16x8 a, S16x8 b) { return a <= b; }
inline S16x8 i16x8_le_u(U16x8 a, U16x8 b) { return a <= b; }
inline S16x8 i16x8_ge_s(S16x8 a, S16x8 b) { return a >= b; }
inline S16x8 i16x8_ge_u(U16x8 a, U16x8 b) { return a >= b; }
inline U16x8 i16x8_abs(S16x8 a) { return lanes::abs(a); }
inline U16x8 i16x8_neg(U16x8 a) { return -a; }
inline uint32_t i16x8_all_true(U16x8 a) { return lanes::all_true(a); }
inline uint32_t i16x8_bitmask(S16x8 a) { return lanes::sign_bits(lanes::as<U64x2>(lanes::narrow<S8x16>(a, a))[0]); }
inline S16x8 i16x8_narrow_i32x4_s(S32x4 a, S32x4 b) { return lanes::narrow<S16x8>(a, b); }
inline U16x8 i16x8_narrow_i32x4_u(S32x4 a, S32x4 b) { return lanes::narrow<U16x8>(a, b); }
inline S16x8 i16x8_extend_low_i8x16_s(S8x16 a) { return lanes::extend_low<S16x8>(a); }
inline S16x8 i16x8_extend_high_i8x16_s(S8x16 a) { return lanes::extend_high<S16x8>(a); }
inline U16x8 i16x8_extend_low_i8x16_u(U8x16 a) { return lanes::extend_low<U16x8>(a); }
inline U16x8 i16x8_extend_high_i8x16_u(U8x16 a) { return lanes::extend_high<U16x8>(a); }
inline U16x8 i16x8_shl(U16x8 a, uint32_t k) { return a << lanes::count<U16x8>(k); }
inline S16x8 i16x8_shr_s(S16x8 a, uint32_t k) { return a >> lanes::count<S16x8>(k); }
inline U16x8 i16x8_shr_u(U16x8 a, uint32_t k) { return a >> lanes::count<U16x8>(k); }
inline U16x8 i16x8_add(U16x8 a, U16x8 b) { return a + b; }
inline U16x8 i16x8_add_sat_s(U16x8 a, U16x8 b) { return lanes::add_sat_s(a, b); }
inline U16x8 i16x8_add_sat_u(U16x8 a, U16x8 b) { return lanes::add_sat_u(a, b); }
inline U16x8 i16x8_sub(U16x8 a, U16x8 b) { return a - b; }
inline U16x8 i16x8_sub_sat_s(U16x8 a, U16x8 b) { return lanes::sub_sat_s(a, b); }
inline U16x8 i16x8_sub_sat_u(U16x8 a, U16x8 b) { return lanes::sub_sat_u(a, b); }
inline U16x8 i16x8_mul(U16x8 a, U16x8 b) { return a * b; }
inline S16x8 i16x8_min_s(S16x8 a, S16x8 b) { return lanes::min(a, b); }
inline U16x8 i16x8_min_u(U16x8 a, U16x8 b) { return lanes::min(a, b); }
inline S16x8 i16x8_max_s(S16x8 a, S16x8 b) { return lanes::max(a, b); }
inline U16x8 i16x8_max_u(U16x8 a, U16x8 b) { return lanes::max(a, b); }
inline U16x8 i16x8_avgr_u(U16x8 a, U16x8 b) { return lanes::avgr(a, b); }
inline S16x8 i16x8_q15mulr_sat_s(S16x8 a, S16x8 b) { return lanes::q15mulr_sat(a, b); }
inline S16x8 i16x8_extadd_pairwise_i8x16_s(S8x16 a) {
  return lanes::extend_even<S16x8>(a) + lanes::extend_odd<S16x8>(a);
}
inline U16x8 i16x8_extadd_pairwise_i8x16_u(U8x16 a) {
  return lanes::extend_even<U16x8>(a) + lanes::extend_odd<U16x8>(a);
}
inline S16x8 i16x8_extmul_low_i8x16_s(S8x16 a, S8x16 b) { return lanes::extmul_low<S16x8>(a, b); }
inline S16x8 i16x8_extmul_high_i8x16_s(S8x16 a, S8x16 b) { return lanes::extmul_high<S16x8>(a, b); }
inline U16x8 i16x8_extmul_low_i8x16_u(U8x16 a, U8x16 b) { return lanes::extmul_low<U16x8>(a, b); }
inline U16x8 i16x8_extmul_high_i8x16_u(U8x16 a, U8x16 b) { return lanes::extmul_high<U16x8>(a, b); }

// i32x4

inline U32x4 i32x4_splat(uint32_t x) { return lanes::splat<U32x4>(x); }
inline uint32_t i32x4_extract_lane(U32x4 a, Lane lane) { return a[lane.index]; }
inline U32x4 i32x4_replace_lane(U32x4 a, uint32_t x, Lane lane) { return lanes::replace(a, x, lane); }
inline S32x4 i32x4_eq(U32x4 a, U32x4 b) { return a == b; }
inline S32x4 i32x4_ne(U32x4 a, U32x4 b) { return a != b; }
inline S32x4 i32x4_lt_s(S32x4 a, S32x4 b) { return a < b; }
inline S32x4 i32x4_lt_u(U32x4 a, U32x4 b) { return a < b; }
inline S32x4 i32x4_gt_s(S32x4 a, S32x4 b) { return a > b; }
inline S32x4 i32x4_gt_u(U32x4 a, U32x4 b) { return a > b; }
inline S32x4 i32x4_le_s(S32x4 a, S32x4 b) { return a <= b; }
inline S32x4 i32x4_le_u(U32x4 a, U32x4 b) { return a <= b; }
inline S32x4 i32x4_ge_s(S32x4 a, S32x4 b) { return a >= b; }
inline S32x4 i32x4_ge_u(U32x4 a, U32x4 b) { return a >= b; }
inline U32x4 i32x4_abs(S32x4 a) { return lanes::abs(a); }
inline U32x4 i32x4_neg(U32x4 a) { return -a; }
inline uint32_t i32x4_all_true(U32x4 a) { return lanes::all_true(a); }
inline uint32_t i32x4_bitmask(U32x4 a) { return a[0] >> 31 | a[1] >> 31 << 1 | a[2] >> 31 << 2 | a[3] >> 31 << 3; }
inline S32x4 i32x4_extend_low_i16x8_s(S16x8 a) { return lanes::extend_low<S32x4>(a); }
inline S32x4 i32x4_extend_high_i16x8_s(S16x8 a) { return lanes::extend_high<S32x4>(a); }
inline U32x4 i32x4_extend_low_i16x8_u(U16x8 a) { return lanes::extend_low<U32x4>(a); }
inline U32x4 i32x4_extend_high_i16x8_u(U16x8 a) { return lanes::extend_high<U32x4>(a); }
inline U32x4 i32x4_shl(U32x4 a, uint32_t k) { return a << lanes::count<U32x4>(k); }
inline S32x4 i32x4_shr_s(S32x4 a, uint32_t k) { return a >> lanes::count<S32x4>(k); }
inline U32x4 i32x4_shr_u(U32x4 a, uint32_t k) { return a >> lanes::count<U32x4>(k); }
inline U32x4 i32x4_add(U32x4 a, U32x4 b) { return a + b; }
inline U32x4 i32x4_sub(U32x4 a, U32x4 b) { return a - b; }
inline U32x4 i32x4_mul(U32x4 a, U32x4 b) { return a * b; }
inline S32x4 i32x4_min_s(S32x4 a, S32x4 b) { return lanes::min(a, b); }
inline U32x4 i32x4_min_u(U32x4 a, U32x4 b) { return lanes::min(a, b); }
inline S32x4 i32x4_max_s(S32x4 a, S32x4 b) { return lanes::max(a, b); }
inline U32x4 i32x4_max_u(U32x4 a, U32x4 b) { return lanes::max(a, b); }
inline S32x4 i32x4_extadd_pairwise_i16x8_s(S16x8 a) {
  return lanes::extend_even<S32x4>(a) + lanes::extend_odd<S32x4>(a);
}
inline U32x4 i32x4_extadd_pairwise_i16x8_u(U16x8 a) {
  return lanes::extend_even<U32x4>(a) + lanes::extend_odd<U32x4>(a);
}
inline U32x4 i32x4_dot_i16x8_s(S16x8 a, S16x8 b) { return lanes::dot(a, b); }
inline S32x4 i32x4_extmul_low_i16x8_s(S16x8 a, S16x8 b) { return lanes::extmul_low<S32x4>(a, b); }
inline S32x4 i32x4_extmul_high_i16x8_s(S16x8 a, S16x8 b) { return lanes::extmul_high<S32x4>(a, b); }
inline U32x4 i32x4_extmul_low_i16x8_u(U16x8 a, U16x8 b) { return lanes::extmul_low<U32x4>(a, b); }
inline U32x4 i32x4_extmul_high_i16x8_u(U16x8 a, U16x8 b) { return lanes::extmul_high<U32x4>(a, b); }

// i64x2

inline U64x2 i64x2_splat(uint64_t x) { return lanes::splat<U64x2>(x); }
inline uint64_t i64x2_extract_lane(U64x2 a, Lane lane) { return a[lane.index]; }
inline U64x2 i64x2_replace_lane(U64x2 a, uint64_t x, Lane lane) { return lanes::replace(a, x, lane); }
inline S64x2 i64x2_eq(U64x2 a, U64x2 b) { return a == b; }
inline S64x2 i64x2_ne(U64x2 a, U64x2 b) { return a != b; }
inline S64x2 i64x2_lt_s(S64x2 a, S64x2 b) { return a < b; }
inline S64x2 i64x2_gt_s(S64x2 a, S64x2 b) { return a > b; }
inline S64x2 i64x2_le_s(S64x2 a, S64x2 b) { return a <= b; }
inline S64x2 i64x2_ge_s(S64x2 a, S64x2 b) { return a >= b; }
inline U64x2 i64x2_abs(S64x2 a) { return lanes::abs(a); }
inline U64x2 i64x2_neg(U64x2 a) { return -a; }
inline uint32_t i64x2_all_true(U64x2 a) { return lanes::all_true(a); }
inline uint32_t i64x2_bitmask(U64x2 a) { return static_cast<uint32_t>(a[0] >> 63 | a[1] >> 63 << 1); }
inline S64x2 i64x2_extend_low_i32x4_s(S32x4 a) { return lanes::extend_low<S64x2>(a); }
inline S64x2 i64x2_extend_high_i32x4_s(S32x4 a) { return lanes::extend_high<S64x2>(a); }
inline U64x2 i64x2_extend_low_i32x4_u(U32x4 a) { return lanes::extend_low<U64x2>(a); }
inline U64x2 i64x2_extend_high_i32x4_u(U32x4 a) { return lanes::extend_high<U64x2>(a); }
inline U64x2 i64x2_shl(U64x2 a, uint32_t k) { return a << lanes::count<U64x2>(k); }
inline S64x2 i64x2_shr_s(S64x2 a, uint32_t k) { return a >> lanes::count<S64x2>(k); }
inline U64x2 i64x2_shr_u(U64x2 a, uint32_t k) { return a >> lanes::count<U64x2>(k); }
inline U64x2 i64x2_add(U64x2 a, U64x2 b) { return a + b; }
inline U64x2 i64x2_sub(U64x2 a, U64x2 b) { return a - b; }
inline U64x2 i64x2_mul(U64x2 a, U64x2 b) { return a * b; }
inline S64x2 i64x2_extmul_low_i32x4_s(S32x4 a, S32x4 b) { return lanes::extmul_low<S64x2>(a, b); }
inline S64x2 i64x2_extmul_high_i32x4_s(S32x4 a, S32x4 b) { return lanes::extmul_high<S64x2>(a, b); }
inline U64x2 i64x2_extmul_low_i32x4_u(U32x4 a, U32x4 b) { return lanes::extmul_low<U64x2>(a, b); }
inline U64x2 i64x2_extmul_high_i32x4_u(U32x4 a, U32x4 b) { return lanes::extmul_high<U64x2>(a, b); }

}  // namespace weft::numeric
